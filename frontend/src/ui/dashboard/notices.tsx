import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useState } from "react";
import { linkTo } from "@/lib/address";
import type { Notice } from "@/lib/dashboards/types";
import classes from "./dashboard-page.module.css";

const marks: Record<Notice["kind"], { mark: string; word: string }> = {
  stale: { mark: "○", word: "Stale" },
  partial: { mark: "◐", word: "Partial" },
  settling: { mark: "◐", word: "Settling" },
  info: { mark: "●", word: "Note" },
};

/** What limits the figures of the page, each with the page that helps; the first in sight, the others on demand. */
export function Notices({ notices }: { notices: readonly Notice[] }) {
  const [all, setAll] = useState(false);
  const hidden = all ? 0 : Math.max(0, notices.length - 1);
  return notices.slice(0, notices.length - hidden).map((notice, index) => (
    <NoticeLine key={`${notice.kind} ${notice.text}`} notice={notice}>
      {index === 0 && notices.length > 1 && (
        <button type="button" className={classes.more} aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? "Show fewer" : `${hidden} more`}
        </button>
      )}
    </NoticeLine>
  ));
}

function NoticeLine({ notice, children }: { notice: Notice; children: ReactNode }) {
  const navigate = useNavigate();
  return (
    <div className={classes.notice} data-kind={notice.kind} role="status">
      <span aria-hidden="true">{marks[notice.kind].mark} </span>
      <strong>{marks[notice.kind].word}.</strong> {notice.text}
      {notice.link !== "" && (
        <button type="button" className={classes.help} onClick={() => void navigate(linkTo(notice.link))}>
          Show what helps
        </button>
      )}
      {children}
    </div>
  );
}
