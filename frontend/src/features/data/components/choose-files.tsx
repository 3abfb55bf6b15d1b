import { Button } from "@mantine/core";
import { IconFileImport } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Page } from "@/ui/page/page";
import { freshnessQuery } from "../api/queries";
import { groupKinds } from "../logic/freshness";
import classes from "./import.module.css";
import { useAddFiles } from "./use-add-files";

/** No file yet: how to hand some over, and which ones would help most. */
export function ChooseFiles() {
  const add = useAddFiles([]);
  const navigate = useNavigate();
  return (
    <Page
      title="Import report files"
      lead="You see what each file is before anything is stored."
      actions={
        <Button variant="default" onClick={() => void navigate({ to: "/data" })}>
          Back to Data
        </Button>
      }
    >
      <div className={classes.drop}>
        <IconFileImport size={28} stroke={1.4} aria-hidden="true" />
        <p className={classes.dropTitle}>Drop report files anywhere in this window</p>
        <p className={classes.small}>
          Text, CSV and zip files as Amazon gives them. Importing a file twice changes nothing.
        </p>
        <Button onClick={add.run} loading={add.busy}>
          Choose files
        </Button>
        {add.error !== "" && (
          <p role="alert" className={classes.error}>
            {add.error}
          </p>
        )}
      </div>
      <WhereToGet />
    </Page>
  );
}

function WhereToGet() {
  const { data } = useQuery(freshnessQuery);
  const missing = data ? groupKinds(data).missing : [];
  if (missing.length === 0) return null;
  return (
    <section className={classes.where}>
      <h2>Reports Purser has not seen yet</h2>
      <dl>
        {missing.map((kind) => (
          <div key={kind.kind}>
            <dt>{kind.title}</dt>
            <dd>
              {kind.where}
              <span className={classes.small}>{kind.unlocks}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
