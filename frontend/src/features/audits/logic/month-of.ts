/** The month that an instant lies in on this computer, as the program counts months: "2026-11". */
export function monthOf(instant: string): string {
  const at = new Date(instant);
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, "0")}`;
}
