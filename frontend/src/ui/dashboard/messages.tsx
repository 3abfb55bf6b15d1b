import { IconX } from "@tabler/icons-react";
import { memo } from "react";
import { useAnnounce } from "@/lib/announce";
import { useAppState } from "@/lib/app-state";
import { toCallError } from "@/lib/call";
import { exportAddress, openExports } from "@/lib/dashboards/files";
import type { Exported } from "@/lib/dashboards/types";
import { useDisplay } from "@/lib/display";
import { ErrorState } from "../state-card/error-state";
import { useDashboard } from "./dashboard-context";
import classes from "./dashboard-page.module.css";
import { Notices } from "./notices";
import { fileText, type PageExport } from "./use-export";

/** What limits the figures, what could not be read again, and the file that was written. */
export const Messages = memo(function Messages({ exporting, failed }: { exporting: PageExport; failed: unknown }) {
  const { page } = useDashboard();
  const { written, failed: unwritten, dismiss } = exporting;
  return (
    <>
      {page.state === "retrying" && (
        <div className={classes.notice} data-kind="partial" role="status">
          <strong>It is being started again.</strong> {page.reason} What you see is what it last knew.
        </div>
      )}
      <Notices notices={page.notices} />
      {failed !== null && failed !== undefined && (
        <ErrorState effect="The page could not be read again." error={failed} />
      )}
      {unwritten !== null && <ErrorState effect="The file was not written." error={unwritten} onRetry={dismiss} />}
      {written && <Written file={written} onDismiss={dismiss} />}
    </>
  );
});

/** The file that was written, and the way to it: its folder on the desktop, a download in a browser. */
function Written({ file, onDismiss }: { file: Exported; onDismiss: () => void }) {
  const { locale } = useDisplay();
  const announce = useAnnounce();
  const web = useAppState().data?.door === "web";
  const show = () => void openExports().catch((reason: unknown) => announce(toCallError(reason).message));
  return (
    <div className={classes.notice} data-kind="info" role="status">
      <strong>{fileText(file, locale)}.</strong> {!web && <span className={classes.path}>{file.path}</span>}
      {web ? (
        <a className={classes.help} href={exportAddress(file.name)} download={file.name}>
          Download it
        </a>
      ) : (
        <button type="button" className={classes.help} onClick={show}>
          Show its folder
        </button>
      )}
      <button type="button" className={classes.dismiss} aria-label="Close this message" onClick={onDismiss}>
        <IconX size={14} stroke={1.8} aria-hidden="true" />
      </button>
    </div>
  );
}
