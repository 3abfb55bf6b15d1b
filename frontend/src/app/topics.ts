import type { Feature } from "@/lib/feature";

const services = ["today", "ingest", "modules", "catalog", "rules", "decisions", "actions", "dashboards", "away"];

/** Every "changed:<topic>" the window listens to. */
export function topicsOf(features: readonly Feature[]): string[] {
  return [...new Set([...services, ...features.flatMap((feature) => [feature.name, ...(feature.topics ?? [])])])];
}
