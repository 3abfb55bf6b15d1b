import { useDisplay } from "@/lib/display";
import { formatDay, formatDayLong, formatInstant } from "@/lib/format";

/** A day "YYYY-MM-DD" or an instant; the full date on hover. */
export function Day({ value }: { value: string }) {
  const { locale, now } = useDisplay();
  if (value === "") return <span>—</span>;
  const bare = /^\d{4}-\d{2}-\d{2}$/.test(value);
  const text = bare ? formatDay(value, locale, now) : formatInstant(value, locale, now);
  return (
    <time dateTime={value} title={formatDayLong(value, locale)}>
      {text}
    </time>
  );
}
