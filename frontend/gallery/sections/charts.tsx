import type { ChartData } from "@/lib/dashboards/types";
import { Chart } from "@/ui/chart/chart";
import { Case, Section } from "../case";
import { days, line, noChart, random, today, wave } from "../made-up";

const ignore = () => {};
const saving = { onSavePng: ignore, onSaveCsv: ignore, onOpen: ignore, onPoint: ignore, onMarker: ignore };

const sales: ChartData = {
  ...noChart,
  title: "Units rose 12 % against the four weeks before, most of it in Germany",
  unit: "units",
  days: days(90),
  lines: [
    line("Units", "main", wave(90, 42, 12)),
    line("Four weeks before", "compare", wave(90, 37, 10, 3)),
    line("Target", "threshold", wave(90, 35, 0)),
  ],
  settling_from: today - 2,
  from: today - 27,
  markers: [
    { day: today - 60, title: "Price raised to $24.99", kind: "decision", link: "/today" },
    { day: today - 22, title: "Ordered 480 units", kind: "decision", link: "/today" },
    { day: today - 21, title: "Out of stock in the United States", kind: "event", link: "" },
    { day: today - 3, title: "Settlement closes", kind: "due", link: "" },
  ],
};

const stock: ChartData = {
  ...noChart,
  title: "SKU-104 sells out 12 Dec, 9 days before stock can land",
  unit: "units",
  days: days(60, 20),
  lines: [
    line(
      "On hand",
      "main",
      days(60, 20).map((_, index) => (index < 40 ? 400 - index * 7 : null)),
    ),
    line(
      "Expected",
      "expected",
      days(60, 20).map((_, index) => (index < 39 ? null : Math.max(0, 127 - (index - 39) * 7))),
    ),
    line(
      "Likely range",
      "band_low",
      days(60, 20).map((_, index) => (index < 39 ? null : Math.max(0, 127 - (index - 39) * 9))),
    ),
    line(
      "Likely range",
      "band_high",
      days(60, 20).map((_, index) => (index < 39 ? null : 127 - (index - 39) * 4)),
    ),
    line(
      "Safety stock",
      "limit",
      days(60, 20).map(() => 60),
    ),
  ],
};

const profit: ChartData = {
  ...noChart,
  title: "Profit was below zero on 9 days",
  currency: "EUR",
  days: days(42),
  lines: [line("Profit", "main", wave(42, 60, 90, 5)), line("Before", "compare", wave(42, 50, 70, 9))],
  settling_from: today - 6,
};

const bars: ChartData = {
  ...noChart,
  title: "Two SKUs make half of the returns",
  unit: "units",
  bars: [
    bar("Edelstahl-Trinkflasche 750 ml mit Schraubverschluss", 84, "84 units", "Defective 31, no longer needed 20"),
    bar("SKU-087", 61, "61 units", ""),
    bar("SKU-031", 12, "12 units", ""),
    bar("SKU-022", -18, "−18 units", "Corrections of the month before"),
    { ...bar("SKU-019", 0, "?", ""), known: false },
  ],
};

function bar(label: string, value: number, text: string, detail: string, total = false) {
  return { label, value, text, detail, total, known: true, name: "sales.returns", subject: `US/${label}` };
}

const bullets: ChartData = {
  ...noChart,
  title: "Late shipments are over Amazon's limit",
  unit: "%",
  bullets: [
    bullet("Late shipment rate", 4.2, 4, 8, "4.2 %", "under 4 %", "critical"),
    bullet("Order defect rate", 0.8, 1, 2, "0.8 %", "under 1 %", "warning"),
    bullet("Pre-fulfilment cancellation rate", 0.4, 2.5, 5, "0.4 %", "under 2.5 %", "good"),
    bullet("Gültige Sendungsverfolgungsrate nach Versandart", null, 95, 100, "?", "over 95 %", "unknown"),
  ],
};

function bullet(
  label: string,
  value: number | null,
  target: number,
  max: number,
  text: string,
  against: string,
  state: ChartData["bullets"][number]["state"],
) {
  return { label, detail: "", value, target, max, text, against, state, name: "health.rate", subject: "" };
}

const waterfall: ChartData = {
  ...noChart,
  title: "Of €100 in sales, €11 are left",
  currency: "EUR",
  bars: [
    bar("Sales", 12480, "€12,480", "", true),
    bar("Refunds", -640, "−€640", ""),
    bar("Amazon's fees", -4100, "−€4,100", ""),
    bar("Werbekosten (Sponsored Products und Brands)", -1900, "−€1,900", ""),
    bar("Reimbursements", 210, "€210", ""),
    { ...bar("Cost of goods", 0, "?", "No cost is known for 3 SKUs"), known: false },
    bar("Profit before goods", 6050, "€6,050", "", true),
  ],
};

const calendar: ChartData = {
  ...noChart,
  title: "Mondays sell most; the two dark weeks are Prime days",
  unit: "units",
  days: days(180),
  lines: [
    line(
      "Units",
      "main",
      wave(180, 40, 24).map((value, index) => (index % 41 === 3 ? null : value)),
    ),
  ],
};

const next = random(11);
const scatter: ChartData = {
  ...noChart,
  title: "Five campaigns spend a lot and sell little",
  points: Array.from({ length: 40 }, (_, index) => ({
    x: Math.round(next() * 800),
    y: Math.round(next() * 600) / 10,
    size: next() * 100,
    label: `Campaign ${index + 1}`,
    subject: `US/Campaign ${index + 1}`,
  })),
  x_title: "Spend",
  x_unit: "USD",
  y_title: "ACoS",
  y_unit: "%",
};

export function ChartSection() {
  return (
    <Section title="Charts of days">
      <Case title="Lines: comparison, target, chosen range, settling days, what happened" wide>
        <Chart kind="lines" data={sales} about="Units a day" {...saving} height={200} />
      </Case>
      <Case title="Projection with its range">
        <Chart kind="lines" data={stock} about="Stock" {...saving} />
      </Case>
      <Case title="Columns, gains and losses">
        <Chart kind="columns" data={profit} about="Profit a day" {...saving} />
      </Case>
      <Case title="Nothing known">
        <Chart
          kind="lines"
          data={{ ...noChart, note: "The returns report of these days is not in yet." }}
          about="Return rate"
          {...saving}
        />
      </Case>
      <Case title="More lines than can be told apart">
        <Chart
          kind="lines"
          data={{
            ...noChart,
            title: "All campaigns cost about the same",
            unit: "clicks",
            days: days(60),
            lines: ["Frühjahr", "Sommer", "Herbst", "Winter", "Marke", "Test"].map((label, index) =>
              line(label, index === 0 ? "main" : "second", wave(60, 60 - index * 8, 6, index + 1)),
            ),
          }}
          {...saving}
        />
      </Case>
      <Case title="A single known day, and gaps">
        <Chart
          kind="lines"
          data={{
            ...noChart,
            title: "Only one day is known",
            unit: "units",
            days: days(7),
            lines: [line("Units", "main", [null, null, 12, null, null, 4, 5])],
          }}
        />
      </Case>
    </Section>
  );
}

export function DrawingSection() {
  return (
    <Section title="Other charts">
      <Case title="Bars">
        <Chart kind="bars" data={bars} {...saving} />
      </Case>
      <Case title="Bullets" wide>
        <Chart kind="bullets" data={bullets} {...saving} />
      </Case>
      <Case title="Bullets in little room">
        <Chart kind="bullets" data={bullets} />
      </Case>
      <Case title="Waterfall" wide>
        <Chart kind="waterfall" data={waterfall} {...saving} />
      </Case>
      <Case title="Calendar" wide>
        <Chart kind="calendar" data={calendar} {...saving} />
      </Case>
      <Case title="Calendar with losses">
        <Chart kind="calendar" data={{ ...profit, title: "Losses come at weekends", currency: "", unit: "points" }} />
      </Case>
      <Case title="Scatter" wide>
        <Chart kind="scatter" data={scatter} {...saving} />
      </Case>
    </Section>
  );
}

const lanes = ["Units", "Sessions", "Ad spend"].map((name, index) => ({
  ...noChart,
  title: `${name} of SKU-104`,
  days: days(90),
  lines: [line(name, "main" as const, wave(90, 40 + index * 30, 12, index + 2))],
}));

export function TimelineSection() {
  return (
    <Section title="Charts that share the day under the cursor">
      {lanes.map((data) => (
        <Case key={data.title} title={data.title} wide>
          <Chart kind="lines" data={data} height={90} syncKey="gallery" />
        </Case>
      ))}
    </Section>
  );
}
