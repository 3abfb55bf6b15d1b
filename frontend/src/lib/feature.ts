import type { TablerIcon } from "@tabler/icons-react";
import type { ComponentType } from "react";

/** Where an entry stands in the rail: the daily work, how it is judged, the machine itself. */
export type RailGroup = "work" | "judgement" | "machine";

/** One entry of the rail. */
export type NavEntry = {
  /** Names the counter in State().counts; also the key of the entry. */
  name: string;
  title: string;
  path: string;
  icon: TablerIcon;
  group: RailGroup;
  /** The letter after G that goes there. */
  chord?: string;
};

/** One page. The component is loaded when the page is first opened. */
export type FeatureRoute = {
  /** Path of the router, for example "/m/$module". */
  path: string;
  load: () => Promise<{ Page: ComponentType }>;
  /** Checks and completes the view state that the address carries. */
  search?: (raw: Record<string, unknown>) => Record<string, unknown>;
};

/** What a feature folder tells the window; one line in app/features.ts takes it in. */
export type Feature = {
  name: string;
  nav: readonly NavEntry[];
  routes: readonly FeatureRoute[];
  /** Topics of "changed:<topic>" events that its queries live on. */
  topics?: readonly string[];
};
