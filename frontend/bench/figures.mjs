// Prints what was measured, each figure beside its goal.
import process from "node:process";

/** The value below which that share of all values lies. */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
}

const ms = (value) => `${value.toFixed(0).padStart(5)} ms`;

export function say(text = "") {
  process.stdout.write(`${text}\n`);
}

/** One line: a title, figures, and the goal with whether it is met. */
export function sayFigure(title, figures, value, goal) {
  const met = goal === undefined ? "" : `  goal ${goal} ms${value <= goal ? "" : ", missed"}`;
  say(`  ${title.padEnd(30)} ${figures}${met}`);
}

/** How long an interaction took, of what was measured each time. */
export function sayInteraction(title, found, goal) {
  const seen = found.filter(({ first }) => first > 0);
  if (seen.length === 0) {
    say(`  ${title.padEnd(30)} changed nothing, ${found.length} times`);
    return;
  }
  const firsts = seen.map(({ first }) => first);
  const lasts = seen.map(({ last }) => last);
  const [answer, shown] = [percentile(firsts, 0.95), percentile(lasts, 0.95)];
  const idle = found.length - seen.length;
  const figures = [
    `answer p50 ${ms(percentile(firsts, 0.5))} p95 ${ms(answer)}`,
    `data shown p50 ${ms(percentile(lasts, 0.5))} p95 ${ms(shown)}`,
    `${String(found.length).padStart(3)} times${idle > 0 ? `, ${idle} changed nothing` : ""}`,
  ];
  sayFigure(title, figures.join("  "), Math.max(answer, shown), goal);
}
