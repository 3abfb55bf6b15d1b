import { isCurrency, namesAmount } from "@/lib/amounts";
import type { ChartData } from "@/lib/dashboards/types";

/** Whether a chart tells amounts of money: by its unit, on an axis, or in words. */
export function tellsAmounts(data: ChartData): boolean {
  const units = [data.currency, data.unit, data.x_unit, data.y_unit];
  const words = [
    data.title,
    data.summary,
    data.note,
    ...data.bars.flatMap(({ text, detail }) => [text, detail]),
    ...data.bullets.flatMap(({ text, against, detail }) => [text, against, detail]),
  ];
  return units.some(isCurrency) || words.some(namesAmount);
}
