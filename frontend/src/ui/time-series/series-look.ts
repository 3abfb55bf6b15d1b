import type { Colour } from "../theme/token-colours";

export const secondsPerDay = 86_400;

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
};
