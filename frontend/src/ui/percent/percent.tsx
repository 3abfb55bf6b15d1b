import { useDisplay } from "@/lib/display";
import { formatPercent, unknownMark } from "@/lib/format";

/** A percentage from 0 to 100, one decimal; "?" when it is not known. */
export function Percent({ value, digits = 1 }: { value: number | null; digits?: number }) {
  const { locale } = useDisplay();
  return <span>{value === null ? unknownMark : formatPercent(value, locale, digits)}</span>;
}
