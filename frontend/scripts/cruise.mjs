// Runs dependency-cruiser over src and fails when it finds a crossing, or when it
// read next to nothing: with a TypeScript it cannot read, it reports green on zero modules.
import { spawnSync } from "node:child_process";
import process from "node:process";

const run = spawnSync(
  process.execPath,
  [
    "node_modules/dependency-cruiser/bin/dependency-cruise.mjs",
    "--config",
    ".dependency-cruiser.cjs",
    "--output-type",
    "json",
    "src",
  ],
  { encoding: "utf8", maxBuffer: 256 * 1024 * 1024 },
);
if (!run.stdout) {
  process.stderr.write(run.stderr || "dependency-cruiser printed nothing\n");
  process.exit(1);
}
const { modules, summary } = JSON.parse(run.stdout);
const own = modules.filter((module) => module.source.startsWith("src/")).length;
const typed = modules.filter(
  (module) => /^src\/.*\.tsx?$/.test(module.source) && module.dependencies.length > 0,
).length;
for (const violation of summary.violations) {
  process.stderr.write(`${violation.rule.name}: ${violation.from} -> ${violation.to}\n`);
}
process.stdout.write(`cruised ${own} modules of src (${typed} with imports), ${summary.error} violations\n`);
process.exit(own === 0 || typed === 0 || summary.error > 0 ? 1 : 0);
