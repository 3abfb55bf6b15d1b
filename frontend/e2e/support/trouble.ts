import { execFileSync } from "node:child_process";
import { join } from "node:path";

const modules = ["sales", "inventory", "advertising", "accounthealth", "listings", "reviews"];

/** Makes modules of the demo refuse to start, all unless named: their tables say that a newer Purser wrote them. */
export function breakModules(dir: string, names: readonly string[] = modules): void {
  const file = join(dir, "demo", "market.db");
  const newer = names.map((name) => `INSERT INTO schema_version_${name}(version_id, is_applied) VALUES (999, 1);`);
  execFileSync("sqlite3", [file, newer.join("\n")]);
}

/** The same with one module. */
export function breakReviews(dir: string): void {
  breakModules(dir, ["reviews"]);
}
