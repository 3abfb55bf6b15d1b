/** Moves the focus to the next or the previous line, from wherever it is; stays at the ends. */
export function moveLine(sheet: HTMLElement, step: number): void {
  const lines = [...sheet.querySelectorAll<HTMLElement>("[data-line] [data-open]")];
  const at = lines.findIndex((line) => line.closest("[data-line]")?.contains(document.activeElement));
  const to = at < 0 ? (step > 0 ? 0 : lines.length - 1) : Math.min(lines.length - 1, Math.max(0, at + step));
  lines[to]?.focus();
}
