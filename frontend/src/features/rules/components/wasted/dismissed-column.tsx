import { dealtWith, type PolicyStats, type Stats } from "@/lib/decision-stats";
import type { Column } from "@/ui/data-table/column";
import { Percent } from "@/ui/percent/percent";
import type { Row } from "../list/listed";
import classes from "./wasted.module.css";
import { WastedMark } from "./wasted-mark";

/** Puts the share that was dismissed behind "Cannot tell"; the columns as they are where nothing was dealt with yet. */
export function withDismissed(columns: Column<Row>[], stats: Stats | undefined): Column<Row>[] {
  if (!stats?.policies.some((one) => dealtWith(one) > 0)) return columns;
  const byName = new Map(stats.policies.map((one) => [one.policy, one]));
  const at = columns.findIndex(({ id }) => id === "cant_tell") + 1;
  return columns.toSpliced(at, 0, {
    id: "dismissed",
    title: "Dismissed",
    align: "end",
    help: helpOf(stats),
    render: ({ policy }) => policy && <Dismissed stats={byName.get(policy.name)} />,
  });
}

function helpOf({ days, limits }: Stats): string {
  const share = Math.round(limits.wasted_share * 100);
  return (
    `Of what you approved or dismissed in ${days} days. It wasted your time when that were ` +
    `${limits.wasted_dealt} or more and ${share} % or more were dismissed, other than as too late.`
  );
}

function Dismissed({ stats }: { stats: PolicyStats | undefined }) {
  if (!stats || stats.dismissed_share === null) return <span className={classes.quiet}>—</span>;
  return (
    <span className={classes.dismissed}>
      {stats.wasted && <WastedMark />}
      <span data-none={stats.dismissed === 0 || undefined}>
        <Percent value={100 * stats.dismissed_share} digits={0} /> <small>of {dealtWith(stats)}</small>
      </span>
    </span>
  );
}
