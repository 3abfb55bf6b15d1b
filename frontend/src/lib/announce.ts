import { createContext, use } from "react";

/** Speaks a short message to screen readers and shows it in the status bar. */
export type Announce = (message: string) => void;

export const AnnounceContext = createContext<Announce>(() => {});

export function useAnnounce(): Announce {
  return use(AnnounceContext);
}
