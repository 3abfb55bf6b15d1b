import { Button } from "@mantine/core";
import { useCovered } from "@/lib/amounts";
import { Kbd } from "@/ui/kbd/kbd";
import { Money } from "@/ui/money/money";
import type { Batch } from "../../api/types";
import { levelCounts, levelSentence, levelWords, refused, withoutAmount } from "../../logic/batch";
import classes from "./approval-sheet.module.css";
import type { BatchControl } from "./use-batch";

/** What the whole comes to: where it goes, what it commits, how long the approval holds, what speaks against it. */
export function BatchHead({ all, batch }: { all: Batch; batch: BatchControl }) {
  const shown = useCovered(batch.kept ?? all);
  const { lines } = shown;
  const without = withoutAmount(lines);
  return (
    <>
      <ul className={classes.levels}>
        {levelCounts(lines).map(({ level, count }) => (
          <li key={level} data-level={level}>
            <span aria-hidden="true">{levelWords(level, shown.hold_s).mark} </span>
            {levelSentence(level, shown.hold_s, count, lines.length)}
          </li>
        ))}
      </ul>
      <p className={classes.sums}>
        {shown.totals.length > 0 && (
          <span className={classes.totals}>
            Commits{" "}
            {shown.totals.map((total) => (
              <strong key={total.currency}>
                <Money amount={total} />
              </strong>
            ))}
          </span>
        )}
        {without > 0 && <span>{without} without a known cost, in no total</span>}
        <span>The approval holds for {shown.valid_hours} hours: what has not begun by then is not done any more.</span>
      </p>
      {shown.against > 0 && <Against shown={shown} onLeave={batch.leaveRefused} />}
    </>
  );
}

function Against({ shown, onLeave }: { shown: Batch; onLeave: () => void }) {
  const lines = shown.lines.filter((line) => refused([line]).length > 0);
  return (
    <section className={classes.against} aria-label="What speaks against it">
      <p>
        <span aria-hidden="true">▲ </span>
        {shown.against} of {shown.lines.length} would be refused, and nothing is approved with them:
      </p>
      <ul>
        {lines.map((line) => (
          <li key={line.decision}>
            <strong>{line.label || line.title}</strong>: {line.against.join(" ")}
          </li>
        ))}
      </ul>
      {shown.lines.length > shown.against && (
        <Button variant="default" onClick={onLeave} rightSection={<Kbd keys="l" />} aria-keyshortcuts="l">
          {shown.against === 1 ? "Leave it out" : `Leave these ${shown.against} out`}
        </Button>
      )}
    </section>
  );
}
