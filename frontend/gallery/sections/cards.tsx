import type { ChartData, ChartKind } from "@/lib/dashboards/types";
import { Chart } from "@/ui/chart/chart";
import { Case, Section } from "../case";
import classes from "../gallery.module.css";
import { days, line, noChart, random, today, wave } from "../made-up";

const ignore = () => {};
const doing = { onSavePng: ignore, onSaveCsv: ignore, onOpen: ignore, onPoint: ignore, onMarker: ignore };
const title = "Refunds rose by a third against the four weeks before, most of it on two flasks in Germany";

const lines: ChartData = {
  ...noChart,
  title,
  unit: "units",
  days: days(56),
  lines: [line("This range", "main", wave(56, 42, 12)), line("Same weekdays before", "compare", wave(56, 37, 10, 3))],
  settling_from: today - 3,
  markers: [{ day: today - 22, title: "Ordered 480 units", kind: "decision", link: "/today" }],
};

const gaps: ChartData = {
  ...lines,
  lines: [
    line(
      "Stock on hand",
      "main",
      wave(56, 60, 20).map((value, index) => (index % 9 > 4 && index % 9 !== 7 ? null : value)),
    ),
  ],
};

const amounts: ChartData = {
  ...noChart,
  title,
  bars: Array.from({ length: 12 }, (_, index) => ({
    label: index === 1 ? "Edelstahl-Trinkflasche 750 ml mit Schraubverschluss" : `SKU-${104 + index}`,
    value: 84 - index * 7,
    text: `${84 - index * 7} units`,
    detail: index % 2 === 0 ? "Defective, no longer needed" : "",
    total: false,
    known: true,
    name: "sales.returns",
    subject: "",
  })),
};

const rates: ChartData = {
  ...noChart,
  title,
  bullets: ["Late shipments", "Order defects", "Cancellations", "Gültige Sendungsnummern", "Returns", "A-to-z"].map(
    (label, index) => ({
      label,
      detail: "Last 30 days",
      value: index === 3 ? null : 3.82 - index * 0.6,
      target: 4 - index * 0.8,
      max: 8,
      text: index === 3 ? "?" : `${(3.82 - index * 0.6).toFixed(2)} %`,
      against: `under ${4 - index} %`,
      state: (["warning", "good", "good", "unknown", "critical", "good"] as const)[index] ?? "good",
      name: "health.rate",
      subject: "",
    }),
  ),
};

const steps: ChartData = {
  ...noChart,
  title,
  currency: "EUR",
  bars: [12_480, -640, -4100, -1900, 210, 6050].map((value, index) => ({
    label:
      ["Sales", "Refunds", "Amazon's fees", "Werbekosten (Sponsored Products)", "Reimbursements", "Profit"][index] ??
      "",
    value,
    text: `${value < 0 ? "−" : ""}€${Math.abs(value)}`,
    detail: "",
    total: index === 0 || index === 5,
    known: true,
    name: "sales.profit",
    subject: "",
  })),
};

const year: ChartData = {
  ...noChart,
  title,
  unit: "units",
  days: days(365),
  lines: [line("Units", "main", wave(365, 40, 24))],
};

const next = random(5);
const crowd: ChartData = {
  ...noChart,
  title,
  points: Array.from({ length: 320 }, (_, index) => ({
    x: Math.round(800 * next() ** 6),
    y: Math.round(900 * next() ** 4) / 10,
    size: 100 * next() ** 3,
    label: `Campaign ${index + 1} exact, flasks`,
    subject: `US/Campaign ${index + 1}`,
  })),
  x_title: "Spend",
  x_unit: "USD",
  y_title: "ACoS",
  y_unit: "%",
};

const cards: [string, ChartKind, ChartData][] = [
  ["Lines", "lines", lines],
  ["Lines with gaps", "lines", gaps],
  ["Columns", "columns", { ...lines, lines: lines.lines.slice(0, 1) }],
  ["Bars", "bars", amounts],
  ["Bullets", "bullets", rates],
  ["Waterfall", "waterfall", steps],
  ["Calendar", "calendar", year],
  ["Scatter", "scatter", crowd],
];

/** Charts as large as pages show them. */
export function CardSection() {
  return (
    <Section title="Charts in the cards of a page">
      {cards.map(([name, kind, data]) => (
        <Case key={name} title={name}>
          <div className={classes.card}>
            <Chart kind={kind} data={data} about="Last eight weeks" height={104} {...doing} />
          </div>
        </Case>
      ))}
    </Section>
  );
}
