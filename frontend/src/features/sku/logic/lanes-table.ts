import type { Lane } from "@/lib/dashboards/types";
import type { Twin, TwinColumn } from "@/ui/chart/twin";

/** All lanes as one table: a row a day, the newest first, and a column a line. */
export function lanesTable(lanes: readonly Lane[]): Twin {
  const lines = lanes.flatMap(({ data }) =>
    data.lines.map((line) => ({
      title: line.label,
      of: data.title,
      unit: data.currency || data.unit,
      at: new Map(data.days.map((day, index) => [day, line.values[index] ?? null])),
    })),
  );
  const days = [...new Set(lanes.flatMap(({ data }) => data.days))].sort((a, b) => b - a);
  const heading = ({ title, of }: (typeof lines)[number]) =>
    lines.filter((line) => line.title === title).length > 1 ? `${of}, ${title}` : title;
  const columns: TwinColumn[] = [
    { title: "Day", unit: "", kind: "day" },
    ...lines.map((line): TwinColumn => ({ title: heading(line), unit: line.unit, kind: "number" })),
  ];
  const rows = days.map((day) => ({
    key: String(day),
    cells: [day, ...lines.map((line) => line.at.get(day) ?? null)],
    name: "",
    subject: "",
  }));
  return { columns, rows };
}
