import type { Colour } from "../theme/token-colours";

/** How large and in which colours a waterfall, calendar or scatter is drawn. */
export type DrawingLook = { width: number; height: number; colour: Colour; locale: string };

export const fontFamily = '"Inter Variable", system-ui, sans-serif';
