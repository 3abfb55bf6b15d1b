// Weighs what `npm run build` made, gzipped, and fails when it is heavier than agreed: the scripts and styles that
// the page loads before anything is shown, and each part that is loaded when it is needed. A folder may be given.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import process from "node:process";
import { gzipSync } from "node:zlib";

const limits = { script: 290, lazy: 240, style: 42 };
const dist = process.argv[2] ?? "dist";
const page = join(dist, "index.html");
if (!existsSync(page)) {
  process.stderr.write(`${page} is missing: run npm run build first.\n`);
  process.exit(1);
}

const assets = join(dist, "assets");
const files = readdirSync(assets);
const sizes = new Map(
  files.map((file) => [file, gzipSync(readFileSync(join(assets, file)), { level: 9 }).length / 1000]),
);
const size = (file) => sizes.get(file) ?? 0;
const sum = (list) => list.reduce((total, file) => total + size(file), 0);
const kilobytes = (number) => number.toFixed(1).padStart(6);

/** What a script imports before it runs; import("…") is loaded later and has a bracket. */
function importsOf(file) {
  const text = readFileSync(join(assets, file), "utf8");
  return [...text.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([^"']+\.js)["']/g)].map((match) => match[1]);
}

const html = readFileSync(page, "utf8");
const named = (pattern) => [...html.matchAll(pattern)].map((match) => basename(match[1]));
const first = new Set();
const queue = named(/(?:src|href)="([^"]+\.js)"/g);
while (queue.length > 0) {
  const file = queue.pop();
  if (first.has(file) || !sizes.has(file)) continue;
  first.add(file);
  queue.push(...importsOf(file));
}
const scripts = [...first];
const styles = named(/href="([^"]+\.css)"/g);
const lazy = files.filter((file) => file.endsWith(".js") && !first.has(file)).sort((a, b) => size(b) - size(a));

const lines = [];
let over = 0;
function weigh(what, weight, limit) {
  const heavy = weight > limit;
  if (heavy) over += 1;
  lines.push(`${kilobytes(weight)} kB of ${limit}  ${what}${heavy ? "  TOO HEAVY" : ""}`);
}
weigh(`scripts before the first page, ${scripts.length} files`, sum(scripts), limits.script);
weigh(`styles before the first page, ${styles.length} files`, sum(styles), limits.style);
for (const file of lazy.slice(0, 5)) weigh(`when needed: ${file}`, size(file), limits.lazy);
for (const file of lazy.slice(5)) if (size(file) > limits.lazy) weigh(`when needed: ${file}`, size(file), limits.lazy);
if (scripts.length === 0 || lazy.length === 0 || styles.length === 0) {
  over += 1;
  lines.push("nothing was found to weigh: has the build changed its shape?");
}
process.stdout.write(`${lines.join("\n")}\n`);
process.exit(over > 0 ? 1 : 0);
