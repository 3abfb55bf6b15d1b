import type { Bar, Bullet, ChartData, ChartKind, ScatterPoint } from "@/lib/dashboards/types";
import { dayFromNumber, formatDay, unknownMark } from "@/lib/format";
import { valueText } from "../time-series/summary";

export type Cell = string | number | null;

/** A row of the table that has the same numbers as the chart, and what choosing it opens. */
export type TwinRow = { key: string; cells: Cell[]; name: string; subject: string };

export type TwinColumn = { title: string; unit: string; kind: "text" | "number" | "day" };

export type Twin = { columns: TwinColumn[]; rows: TwinRow[] };

const text = (title: string): TwinColumn => ({ title, unit: "", kind: "text" });
const number = (title: string, unit: string): TwinColumn => ({ title, unit, kind: "number" });

/** The numbers of a chart as a table; of daily charts the newest day first. */
export function twinOf(kind: ChartKind, data: ChartData): Twin {
  const unit = data.currency || data.unit;
  switch (kind) {
    case "lines":
    case "columns":
    case "calendar":
      return daily(data, unit);
    case "bars":
    case "waterfall":
      return bars(data.bars, unit);
    case "bullets":
      return bullets(data.bullets, unit);
    case "scatter":
      return points(data);
  }
}

function daily(data: ChartData, unit: string): Twin {
  const marked = data.markers.length > 0;
  const titlesOf = (day: number) =>
    data.markers
      .filter((marker) => marker.day === day)
      .map((marker) => marker.title)
      .join("; ");
  const rows = data.days.map((day, index) => {
    const values = data.lines.map((line) => line.values[index] ?? null);
    const settling = data.settling_from > 0 && day >= data.settling_from ? "settling" : "";
    const cells: Cell[] = [day, ...values];
    if (data.settling_from > 0) cells.push(settling);
    if (marked) cells.push(titlesOf(day));
    return { key: String(day), cells, name: "", subject: "" };
  });
  const columns: TwinColumn[] = [
    { title: "Day", unit: "", kind: "day" },
    ...data.lines.map((line) => number(line.label, unit)),
  ];
  if (data.settling_from > 0) columns.push(text("State"));
  if (marked) columns.push(text("What happened"));
  return { columns, rows: rows.reverse() };
}

function bars(list: Bar[], unit: string): Twin {
  return {
    columns: [text("Name"), number("Value", unit), text("Detail")],
    rows: list.map((bar, index) => ({
      key: `${index} ${bar.label}`,
      cells: [bar.label, bar.known ? bar.value : null, bar.detail],
      name: bar.name,
      subject: bar.subject,
    })),
  };
}

function bullets(list: Bullet[], unit: string): Twin {
  return {
    columns: [text("Name"), number("Value", unit), number("Target", unit), text("Against"), text("State")],
    rows: list.map((bullet, index) => ({
      key: `${index} ${bullet.label}`,
      cells: [bullet.label, bullet.value, bullet.target, bullet.against, bullet.state],
      name: bullet.name,
      subject: bullet.subject,
    })),
  };
}

function points(data: ChartData): Twin {
  const sized = data.points.some((point) => point.size !== 0);
  return {
    columns: [
      text("Name"),
      number(data.x_title || "X", data.x_unit),
      number(data.y_title || "Y", data.y_unit),
      ...(sized ? [number("Size", "")] : []),
    ],
    rows: data.points.map((point: ScatterPoint, index) => ({
      key: `${index} ${point.subject}`,
      cells: [point.label, point.x, point.y, ...(sized ? [point.size] : [])],
      name: "",
      subject: point.subject,
    })),
  };
}

/** A cell as a person reads it: an unknown number is "?", never empty or zero. */
export function cellText(cell: Cell, column: TwinColumn, locale: string, now: string): string {
  if (cell === null) return unknownMark;
  if (typeof cell === "string") return cell;
  if (column.kind === "day") return formatDay(dayFromNumber(cell), locale, now);
  return valueText(cell, column.unit, locale);
}

/** The same as CSV. A text that a spreadsheet would take for a formula gets an apostrophe in front. */
export function twinCsv(twin: Twin): string {
  const heading = twin.columns.map((column) =>
    column.unit === "" ? column.title : `${column.title} (${column.unit})`,
  );
  const lines = twin.rows.map((row) =>
    row.cells.map((cell, index) => {
      if (cell === null) return "";
      if (typeof cell === "number") return twin.columns[index]?.kind === "day" ? dayFromNumber(cell) : String(cell);
      return quoted(cell);
    }),
  );
  return `${[heading.map(quoted), ...lines].map((cells) => cells.join(",")).join("\r\n")}\r\n`;
}

function quoted(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
