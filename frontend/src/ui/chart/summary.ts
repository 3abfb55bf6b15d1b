import type { ChartData, ChartKind } from "@/lib/dashboards/types";
import { unknownMark } from "@/lib/format";
import { summarise, valueText } from "../time-series/summary";
import { bulletStates } from "./bullets";
import { seriesOf } from "./series-of";

const most = 6;

/** What a chart shows, in sentences, for those who do not see it: Go's words, else made from the numbers. */
export function chartSummary(kind: ChartKind, data: ChartData, locale: string, now: string): string {
  if (data.summary !== "") return data.summary;
  switch (kind) {
    case "lines":
    case "columns":
    case "calendar":
      return summarise(seriesOf(kind, data), locale, now);
    case "bars":
    case "waterfall":
      return listed(
        data.bars.map(
          (bar) => `${bar.label} ${bar.known ? bar.text || valueText(bar.value, "", locale) : "not known"}`,
        ),
      );
    case "bullets":
      return listed(
        data.bullets.map(
          (bullet) =>
            `${bullet.label} ${bullet.text || unknownMark}${bullet.against === "" ? "" : ` against ${bullet.against}`}, ${bulletStates[bullet.state].word.toLowerCase()}`,
        ),
      );
    case "scatter":
      return `${data.points.length} points by ${data.x_title} and ${data.y_title}.`;
  }
}

function listed(parts: string[]): string {
  const rest = parts.length - most;
  const shown = parts.slice(0, most).join("; ");
  return rest > 0 ? `${shown}; and ${rest} more.` : `${shown}.`;
}

/** Whether there is nothing to draw. */
export function isEmptyChart(kind: ChartKind, data: ChartData): boolean {
  switch (kind) {
    case "lines":
    case "columns":
    case "calendar":
      return data.lines.every((line) => line.values.every((value) => value === null));
    case "bars":
    case "waterfall":
      return data.bars.length === 0;
    case "bullets":
      return data.bullets.length === 0;
    case "scatter":
      return data.points.length === 0;
  }
}
