import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { linkTo } from "@/lib/address";
import { useAnnounce } from "@/lib/announce";
import { toCallError } from "@/lib/call";
import { useDisplay } from "@/lib/display";
import { formatNumber } from "@/lib/format";
import { Day } from "@/ui/day/day";
import { Inspector, InspectorSection } from "@/ui/inspector/inspector";
import { Kbd } from "@/ui/kbd/kbd";
import { openLink } from "../../api/links";
import type { ChecklistActs } from "../../api/mutations";
import type { Check, Checklist } from "../../api/types";
import { resultLooks } from "../../logic/looks";
import { Mark } from "../mark/mark";
import { AnswerForm } from "./answer-form";
import classes from "./checklists.module.css";
import { EvidenceList } from "./evidence-list";

type Props = { list: Checklist; check: Check; acts: ChecklistActs; onClose: () => void };

/** One check: what came out, what it rests on, what to do about it, and where. */
export function CheckInspector({ list, check, acts, onClose }: Props) {
  const look = resultLooks[check.result];
  return (
    <Inspector label="Check details" onClose={onClose} footer={<Ways list={list} check={check} acts={acts} />}>
      <p className={classes.over}>{list.title}</p>
      <h2 className={classes.question}>{check.title}</h2>
      <p className={classes.text}>
        <Mark look={look} word={look.word} />
        {check.result_text !== "" && `: ${check.result_text}`}
      </p>
      {check.result === "crashed" && (
        <p className={classes.warn}>
          The check itself did not work: nothing is known about the shop from it. It is a fault of Purser.
        </p>
      )}
      {check.stale && (
        <p className={classes.warn}>
          <span aria-hidden="true">○ </span>
          {check.stale_text || "It rests on old inputs."}
        </p>
      )}
      {check.note !== "" && <p className={classes.text}>Your note: {check.note}</p>}
      {check.how === "hand" && (
        <AnswerForm
          key={`${check.name} ${check.last_run}`}
          busy={acts.answer.isPending}
          onAnswer={(result, note) => acts.answer.mutate({ list: list.name, check: check.name, result, note })}
        />
      )}
      {check.evidence.length > 0 && (
        <InspectorSection title="What was found">
          <EvidenceList evidence={check.evidence} all={check.evidence_all} />
        </InspectorSection>
      )}
      <InspectorSection title="Why it matters">
        <p className={classes.text}>{check.why}</p>
      </InspectorSection>
      {check.fix !== "" && (
        <InspectorSection title="What to do">
          <p className={classes.text}>{check.fix}</p>
        </InspectorSection>
      )}
      <InspectorSection title="How it is checked">
        <p className={classes.text}>{check.how_text}</p>
        {check.how !== "hand" && <Reach check={check} />}
        <p className={classes.small}>
          {check.source}
          {check.date !== "" && (
            <>
              , <Day value={check.date} />
            </>
          )}
        </p>
      </InspectorSection>
    </Inspector>
  );
}

function Reach({ check }: { check: Check }) {
  const { locale } = useDisplay();
  if (check.last_run === "") return null;
  return (
    <p className={classes.small}>
      It could tell about {formatNumber(check.checked, locale)}
      {check.unknown > 0 && `, and not about ${formatNumber(check.unknown, locale)}`}. Run{" "}
      <Day value={check.last_run} />.
    </p>
  );
}

/** What can be done about a check. */
function Ways({ list, check, acts }: Omit<Props, "onClose">) {
  const announce = useAnnounce();
  const taskable = check.result === "failed" && check.task_at === "";
  return (
    <div className={classes.ways}>
      {taskable && (
        <Button
          loading={acts.task.isPending}
          rightSection={<Kbd keys="m" />}
          onClick={() => acts.task.mutate({ list: list.name, check: check.name })}
        >
          Make it a task
        </Button>
      )}
      {check.link !== "" && (
        <Link {...linkTo(check.link)} className={classes.link}>
          Open the page
        </Link>
      )}
      {check.seller !== "" && (
        <Button
          variant="default"
          onClick={() => openLink(check.seller).catch((reason: unknown) => announce(toCallError(reason).message))}
        >
          Open at Amazon
        </Button>
      )}
      {check.task_at !== "" && (
        <p className={classes.small}>
          Made a task <Day value={check.task_at} />. {check.task_note}
        </p>
      )}
    </div>
  );
}
