import { IconHandStop } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useAnnounce } from "@/lib/announce";
import { TwoPress } from "../two-press/two-press";
import { stopStatusQuery, useStop, useStopFailure } from "./stop-status";
import classes from "./stop-switch.module.css";
import { partsOf, resumeText } from "./words";

const resumeId = "resume-everything";

/** Puts the focus on Resume, if everything is stopped. */
export function focusResume(): void {
  document.getElementById(resumeId)?.focus();
}

/** On every page while everything is stopped: what waits, what is under way, what nobody knows, and the way on. */
export function StoppedStrip() {
  const { data } = useQuery(stopStatusQuery);
  const { set, busy } = useStop();
  const failure = useStopFailure();
  useSaid(data?.stopped);
  return (
    <div className={classes.place}>
      {data?.stopped && (
        <section className={classes.strip} aria-label="Everything is stopped" data-region="">
          <IconHandStop size={16} stroke={1.8} aria-hidden="true" />
          <strong>Everything is stopped.</strong>
          {partsOf(data).map(({ text, state }) =>
            state ? (
              <Link key={text} to="/journal" search={{ state }}>
                {text}
              </Link>
            ) : (
              <span key={text}>{text}</span>
            ),
          )}
          <span className={classes.spring} />
          <TwoPress
            id={resumeId}
            size="compact-sm"
            label="Resume"
            again={resumeText(data)}
            disabled={busy}
            onConfirm={() => set(false)}
          />
        </section>
      )}
      {failure !== "" && (
        <p className={classes.failure} role="alert">
          {failure}
        </p>
      )}
    </div>
  );
}

/** Says that everything stopped, whoever did it. What was so when the window opened is on screen only. */
function useSaid(stopped: boolean | undefined): void {
  const announce = useAnnounce();
  const before = useRef(stopped);
  useEffect(() => {
    if (stopped && before.current === false) announce("Everything is stopped. Nothing else begins.");
    before.current = stopped;
  }, [stopped, announce]);
}
