import classes from "./sparkline.module.css";

type Props = { values: readonly (number | null)[]; width?: number; height?: number; min?: number; max?: number };

/** A word-sized line beside a number, which carries the meaning; give min and max to share a scale in a column. */
export function Sparkline({ values, width = 64, height = 16, min, max }: Props) {
  const known = values.filter((value): value is number => value !== null);
  if (known.length < 2) return null;
  const low = min ?? Math.min(...known);
  const high = max ?? Math.max(...known);
  return (
    <svg className={classes.line} width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <path d={sparkPath(values, { width, height, low, high })} />
    </svg>
  );
}

type Scale = { width: number; height: number; low: number; high: number };

/** The path of the line; a missing day lifts the pen. */
export function sparkPath(values: readonly (number | null)[], { width, height, low, high }: Scale): string {
  const range = high - low || 1;
  const step = values.length > 1 ? (width - 2) / (values.length - 1) : 0;
  let penDown = false;
  const parts: string[] = [];
  values.forEach((value, index) => {
    if (value === null) {
      penDown = false;
      return;
    }
    const x = (1 + index * step).toFixed(1);
    const y = (height - 1 - ((value - low) / range) * (height - 2)).toFixed(1);
    parts.push(`${penDown ? "L" : "M"}${x} ${y}`);
    penDown = true;
  });
  return parts.join("");
}
