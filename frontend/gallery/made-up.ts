import type { ChartData, ChartLine, Value } from "@/lib/dashboards/types";
import { dayNumber } from "@/lib/format";

/** The last day of the gallery's data. */
export const today = dayNumber("2026-11-24");

/** The same numbers every time: seeded, from 0 to 1. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

export function days(count: number, ahead = 0): number[] {
  return Array.from({ length: count }, (_, index) => today + ahead - count + 1 + index);
}

/** A weekly wave with noise. */
export function wave(count: number, base: number, swing: number, seed = 7): number[] {
  const next = random(seed);
  return Array.from({ length: count }, (_, index) =>
    Math.round(base + Math.sin((index / 7) * 2 * Math.PI) * swing + (next() - 0.5) * swing),
  );
}

export function line(label: string, role: ChartLine["role"], values: (number | null)[]): ChartLine {
  return { name: "", label, role, values };
}

export const noChart: ChartData = {
  title: "",
  summary: "",
  note: "",
  unit: "",
  currency: "",
  days: [],
  lines: [],
  settling_from: 0,
  from: 0,
  markers: [],
  bars: [],
  bullets: [],
  points: [],
  x_title: "",
  x_unit: "",
  y_title: "",
  y_unit: "",
};

export const fresh: Value = {
  text: "1,204",
  num: 1204,
  currency: "",
  approx: false,
  maturity: "fresh",
  as_of: "2026-11-24",
  source: "All orders",
  note: "",
  line: null,
  good: "",
};
