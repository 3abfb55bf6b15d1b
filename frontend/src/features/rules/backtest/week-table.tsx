import { useMemo } from "react";
import { dayNumber } from "@/lib/format";
import type { Twin } from "@/ui/chart/twin";
import { TwinTable } from "@/ui/chart/twin-table";
import type { Week } from "./types";

/** The weeks of a backtest as numbers. */
export function WeekTable({ weeks, compared }: { weeks: readonly Week[]; compared: boolean }) {
  const twin = useMemo(() => weekTwin(weeks, compared), [weeks, compared]);
  return <TwinTable title="Episodes by week" twin={twin} openable={() => false} />;
}

function weekTwin(weeks: readonly Week[], compared: boolean): Twin {
  return {
    columns: [
      { title: "Week of", unit: "", kind: "day" },
      { title: "Episodes", unit: "", kind: "number" },
      ...(compared ? [{ title: "Before", unit: "", kind: "number" as const }] : []),
      { title: "State", unit: "", kind: "text" },
    ],
    rows: weeks.map((week) => ({
      key: week.from,
      name: "",
      subject: "",
      cells: [
        dayNumber(week.from),
        week.episodes,
        ...(compared ? [week.before] : []),
        week.unsettled ? "can still change" : "settled",
      ],
    })),
  };
}
