import {
  IconAlertOctagon,
  IconChevronDown,
  IconChevronRight,
  IconCircleCheck,
  IconHelpCircle,
  IconRepeat,
} from "@tabler/icons-react";
import { useId, useState } from "react";
import { useDisplay } from "@/lib/display";
import { formatNumber } from "@/lib/format";
import type { JobFile } from "@/lib/types";
import { Day } from "@/ui/day/day";
import type { FileOptions } from "../api/types";
import { isNeedProblem, optionsOf, type PlanLine, type PlanStatus } from "../logic/import-plan";
import { counted } from "../logic/result-text";
import { BadRows } from "./bad-rows";
import classes from "./import.module.css";
import { NeedsForm } from "./needs-form";

type Props = {
  line: PlanLine;
  options: FileOptions[];
  onChange: (path: string, part: Partial<FileOptions>) => void;
};

const marks: Record<PlanStatus, { icon: typeof IconHelpCircle; word: string }> = {
  ready: { icon: IconCircleCheck, word: "will be imported" },
  known: { icon: IconRepeat, word: "already there" },
  needs: { icon: IconHelpCircle, word: "needs an answer" },
  refused: { icon: IconAlertOctagon, word: "left out" },
};

/** One file: what it is, how much of it is new, what it still needs, and what is wrong with it. */
export function PreviewLine({ line: { file, status }, options, onChange }: Props) {
  const { icon: Icon, word } = marks[status];
  return (
    <li className={classes.line} data-status={status}>
      <Icon size={16} stroke={1.7} className={classes.mark} aria-hidden="true" />
      <div className={classes.what}>
        <h2 className={classes.file}>{file.file}</h2>
        <p className={classes.sub}>
          <Identity file={file} />
        </p>
      </div>
      {status !== "refused" && <Figures file={file} />}
      <span className={classes.status}>{word}</span>
      <div className={classes.below}>
        <Problems file={file} />
        {status !== "refused" && (
          <NeedsForm
            file={file}
            options={optionsOf(options, file.path)}
            onChange={(part) => onChange(file.path, part)}
          />
        )}
        {status === "refused" && canReread(file) && (
          <NeedsForm
            file={file}
            options={optionsOf(options, file.path)}
            onChange={(part) => onChange(file.path, part)}
          />
        )}
        <Details file={file} />
      </div>
    </li>
  );
}

/** A file read with the wrong encoding can be read again with the right one. */
function canReread(file: JobFile): boolean {
  return file.problems.some((p) => p.code === "wrong_encoding");
}

function Identity({ file }: { file: JobFile }) {
  if (file.kind_title === "") return <>Not a report Purser knows</>;
  return (
    <>
      {file.kind_title}
      {file.marketplace !== "" && `, ${file.marketplace.replaceAll(",", ", ")}`}
      {file.first_day !== "" && (
        <>
          , <Day value={file.first_day} />
          {file.last_day !== file.first_day && (
            <>
              {" – "}
              <Day value={file.last_day} />
            </>
          )}
        </>
      )}
    </>
  );
}

function Figures({ file }: { file: JobFile }) {
  const { locale } = useDisplay();
  const waiting = file.needs.length > 0;
  return (
    <dl className={classes.figures}>
      <Figure name="rows" value={formatNumber(file.rows, locale)} />
      <Figure name="new" value={waiting ? "?" : formatNumber(file.stored, locale)} strong />
      <Figure name="already there" value={waiting ? "?" : formatNumber(file.duplicates, locale)} />
    </dl>
  );
}

function Figure({ name, value, strong = false }: { name: string; value: string; strong?: boolean }) {
  return (
    <div data-strong={strong}>
      <dd>{value}</dd>
      <dt>{name}</dt>
    </div>
  );
}

function Problems({ file }: { file: JobFile }) {
  const shown = file.problems.filter((p) => !isNeedProblem(p.code) || file.needs.length === 0);
  if (shown.length === 0) return null;
  return (
    <ul className={classes.problems}>
      {shown.map((p) => (
        <li key={`${p.code}/${p.message}`} data-fatal={p.fatal}>
          {p.message}
        </li>
      ))}
    </ul>
  );
}

function Details({ file }: { file: JobFile }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const parts = [
    file.bad.length > 0 ? counted(Math.max(file.quarantined, file.bad.length), "bad row") : "",
    file.unknown_columns.length > 0 ? counted(file.unknown_columns.length, "unknown column") : "",
  ].filter((part) => part !== "");
  if (parts.length === 0) return null;
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <div>
      <button
        type="button"
        className={classes.more}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <Chevron size={14} stroke={1.8} aria-hidden="true" />
        {parts.join(", ")}
      </button>
      <div id={id} hidden={!open} className={classes.details}>
        {file.unknown_columns.length > 0 && (
          <p className={classes.sub}>
            Columns Purser does not read, kept with the file: {file.unknown_columns.join(", ")}.
          </p>
        )}
        <BadRows rows={file.bad} />
      </div>
    </div>
  );
}
