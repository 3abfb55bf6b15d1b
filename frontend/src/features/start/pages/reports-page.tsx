import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useAnnounce } from "@/lib/announce";
import { toCallError } from "@/lib/call";
import { chooseFiles } from "@/lib/files";
import { Page } from "@/ui/page/page";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows } from "@/ui/state-card/loading-rows";
import { type ReportKind, reportKindsQuery } from "../api/kinds";
import classes from "../components/start.module.css";

/** Which report files to fetch, where each is and what it makes possible. */
export function ReportsPage() {
  const navigate = useNavigate();
  const announce = useAnnounce();
  const kinds = useQuery(reportKindsQuery);
  const importFiles = () => {
    chooseFiles()
      .then((paths) => {
        if (paths.length > 0) void navigate({ to: "/data/import", search: { paths } });
      })
      .catch((reason: unknown) => announce(toCallError(reason).message));
  };
  return (
    <Page
      title="Report files"
      lead="Which ones to download from Seller Central, and what each makes possible."
      actions={
        <>
          <Button onClick={importFiles}>Choose files</Button>
          <Button variant="default" onClick={() => void navigate({ to: "/start" })}>
            Back
          </Button>
        </>
      }
    >
      <div className={classes.connect}>
        <p>
          Reports hold the same figures as a connection brings. Download what you have, drop the files anywhere in this
          window, and come back with newer ones whenever you like: importing a file twice changes nothing. One file is
          enough to begin.
        </p>
        {kinds.error && (
          <ErrorState
            effect="The list of reports could not be read."
            error={kinds.error}
            onRetry={() => void kinds.refetch()}
          />
        )}
        {kinds.isPending && <LoadingRows rows={8} label="Reading the list of reports" />}
        {kinds.data && <ReportTable kinds={kinds.data} />}
        <p className={classes.quiet}>
          Menus of Seller Central move from time to time; the names of the reports seldom do.
        </p>
      </div>
    </Page>
  );
}

function ReportTable({ kinds }: { kinds: readonly ReportKind[] }) {
  return (
    <table className={classes.guides}>
      <thead>
        <tr>
          <th scope="col">Report</th>
          <th scope="col">Where to download it</th>
          <th scope="col">What it unlocks</th>
        </tr>
      </thead>
      <tbody>
        {kinds.map((kind) => (
          <tr key={kind.kind}>
            <th scope="row">{kind.title}</th>
            <td>{kind.where}</td>
            <td>{kind.unlocks}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
