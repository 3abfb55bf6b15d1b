import { createContext, use } from "react";
import type { DisplaySettings } from "./types";

/** How things are shown everywhere: set once at the top from State(). */
export type Display = DisplaySettings & {
  locale: string;
  /** The program's own clock, RFC 3339; the page never asks the web view what time it is. */
  now: string;
  demo: boolean;
};

export const defaultDisplay: Display = {
  theme: "system",
  density: "default",
  single_keys: true,
  hide_amounts: false,
  locale: "en-US",
  now: "",
  demo: false,
};

export const DisplayContext = createContext<Display>(defaultDisplay);

export function useDisplay(): Display {
  return use(DisplayContext);
}
