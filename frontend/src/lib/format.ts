/**
 * How numbers and days are written. The locale always comes from State(): a web view may
 * report "C", which Intl refuses. Money arrives as text from Go and is not formatted here.
 */

export const unknownMark = "?";
export const notApplicable = "—";
const minus = "−";

/** What is dear to make and used again and again, by what it was made of. */
function remembered<T>(make: (...key: string[]) => T): (...key: string[]) => T {
  const made = new Map<string, T>();
  return (...key) => {
    const name = key.join("|");
    const known = made.get(name);
    if (known !== undefined) return known;
    const fresh = make(...key);
    made.set(name, fresh);
    return fresh;
  };
}

const canonical = remembered((locale = "") => {
  try {
    return Intl.getCanonicalLocales(locale.replace("_", "-"))[0] ?? "en-US";
  } catch {
    return "en-US";
  }
});

/** The locale if Intl takes it, else en-US. */
export function safeLocale(locale: string): string {
  return canonical(locale);
}

const numbers = remembered((locale = "", digits = "0") => {
  const exactly = Number(digits);
  return new Intl.NumberFormat(safeLocale(locale), { minimumFractionDigits: exactly, maximumFractionDigits: exactly });
});

export function formatNumber(value: number, locale: string, digits = 0): string {
  return withMinus(numbers(locale, String(digits)).format(value));
}

/** 0–100, one decimal unless told: "4.2 %". */
export function formatPercent(percent: number, locale: string, digits = 1): string {
  return `${formatNumber(percent, locale, digits)} %`;
}

/** A change with its sign: "+12.0 %", "−0.3 pp", "0 units". */
export function formatChange(value: number, unit: string, locale: string, digits = 1): string {
  const text = formatNumber(value, locale, digits);
  const sign = value > 0 && /[1-9]/.test(text) ? "+" : "";
  return `${sign}${text}${unit === "" ? "" : ` ${unit}`}`;
}

type DayParts = { year: number; month: number; day: number };

/** The parts of "YYYY-MM-DD", or null when it is not a day. */
export function dayParts(day: string): DayParts | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})/.exec(day);
  if (!found) return null;
  const [, year, month, date] = found.map(Number);
  if (year === undefined || month === undefined || date === undefined) return null;
  if (month < 1 || month > 12 || date < 1 || date > 31) return null;
  return { year, month, day: date };
}

/** "26 Nov", with the year when it is not the year of `now`. */
export function formatDay(day: string, locale: string, now = ""): string {
  const parts = dayParts(day);
  if (!parts) return notApplicable;
  const text = `${parts.day} ${monthName(parts.month, locale)}`;
  const today = dayParts(now);
  return today && today.year === parts.year ? text : `${text} ${parts.year}`;
}

/** "Thursday, 26 November 2026", for tooltips and screen readers. */
export function formatDayLong(day: string, locale: string): string {
  const parts = dayParts(day);
  if (!parts) return notApplicable;
  const at = new Date(Date.UTC(parts.year, parts.month - 1, parts.day));
  const weekday = names(locale, "weekday", "long").format(at);
  const month = names(locale, "month", "long").format(at);
  return `${weekday}, ${parts.day} ${month} ${parts.year}`;
}

function monthName(month: number, locale: string): string {
  const at = new Date(Date.UTC(2026, month - 1, 15));
  return names(locale, "month", "short").format(at);
}

const names = remembered(
  (locale = "", part = "month", length = "long") =>
    new Intl.DateTimeFormat(safeLocale(locale), { [part]: length, timeZone: "UTC" }),
);

// A zone of "" is that of the computer.
const clocks = remembered(
  (locale = "", timeZone = "") =>
    new Intl.DateTimeFormat(safeLocale(locale), {
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
      timeZone: timeZone || undefined,
    }),
);

const calendars = remembered(
  (timeZone = "") =>
    new Intl.DateTimeFormat("en-CA", {
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      timeZone: timeZone || undefined,
    }),
);

/** The time on the seller's clock: "06:10". */
export function formatTime(instant: string, locale: string, timeZone?: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return notApplicable;
  return clocks(locale, timeZone ?? "").format(at);
}

/** "06:10" on the same day as `now`, else "25 Nov 06:10". A bare day stays a day. */
export function formatInstant(instant: string, locale: string, now = "", timeZone?: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(instant)) return formatDay(instant, locale, now);
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return notApplicable;
  const day = localDay(at, timeZone);
  const today = now === "" ? "" : localDay(new Date(now), timeZone);
  const time = formatTime(instant, locale, timeZone);
  return day === today ? time : `${formatDay(day, locale, now)} ${time}`;
}

function localDay(at: Date, timeZone?: string): string {
  if (Number.isNaN(at.getTime())) return "";
  return calendars(timeZone ?? "").format(at);
}

const msPerDay = 86_400_000;

/** Days since 1970, as Series() counts them, as "YYYY-MM-DD". */
export function dayFromNumber(days: number): string {
  return new Date(days * msPerDay).toISOString().slice(0, 10);
}

/** "YYYY-MM-DD" as days since 1970; NaN when it is not a day. */
export function dayNumber(day: string): number {
  const parts = dayParts(day);
  return parts ? Date.UTC(parts.year, parts.month - 1, parts.day) / msPerDay : Number.NaN;
}

/** "1:40": minutes and seconds. */
export function formatSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function withMinus(text: string): string {
  return text.replace("-", minus);
}
