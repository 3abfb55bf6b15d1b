import type { Colour } from "../theme/token-colours";

export const secondsPerDay = 86_400;

/** What is written around the plot: where the days are, and whether lines are named where they end. */
export type Frame = { days: "bottom" | "top" | "none"; named: boolean };

/** A chart by itself. */
export const wholeFrame: Frame = { days: "bottom", named: true };

/** How large and in which colours and words a drawing of days is. */
export type Look = {
  /** CSS pixels. */
  width: number;
  height: number;
  /** Enlarges everything that is drawn: 2 makes a picture at twice the size. */
  scale: number;
  colour: Colour;
  day: (day: number) => string;
  value: (value: number) => string;
  /** A chart by itself unless said. */
  frame?: Frame;
};
