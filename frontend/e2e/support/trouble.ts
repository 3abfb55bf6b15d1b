import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** Makes the reviews module refuse to start: its tables say that a newer Purser wrote them. */
export function breakReviews(dir: string): void {
  const file = join(dir, "demo", "market.db");
  execFileSync("sqlite3", [file, "INSERT INTO schema_version_reviews(version_id, is_applied) VALUES (999, 1)"]);
}
