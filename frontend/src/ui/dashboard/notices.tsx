import { useNavigate } from "@tanstack/react-router";
import { linkTo } from "@/lib/address";
import type { Notice } from "@/lib/dashboards/types";
import classes from "./dashboard-page.module.css";

const marks: Record<Notice["kind"], { mark: string; word: string }> = {
  stale: { mark: "○", word: "Stale" },
  partial: { mark: "◐", word: "Partial" },
  settling: { mark: "◐", word: "Settling" },
  info: { mark: "●", word: "Note" },
};

/** What limits the figures of the page, each with the page that helps. */
export function Notices({ notices }: { notices: readonly Notice[] }) {
  const navigate = useNavigate();
  return notices.map((notice) => (
    <div key={`${notice.kind} ${notice.text}`} className={classes.notice} data-kind={notice.kind} role="status">
      <span aria-hidden="true">{marks[notice.kind].mark} </span>
      <strong>{marks[notice.kind].word}.</strong> {notice.text}
      {notice.link !== "" && (
        <button type="button" className={classes.help} onClick={() => void navigate(linkTo(notice.link))}>
          Show what helps
        </button>
      )}
    </div>
  ));
}
