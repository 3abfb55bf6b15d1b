/** Moves the focus to the next region of the window: header, rail, page, inspector, status bar. */
export function focusNextRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>("[data-region]")];
  if (regions.length === 0) return;
  const inside = regions.filter((region) => region.contains(document.activeElement)).at(-1);
  const from = inside ? regions.indexOf(inside) : step > 0 ? -1 : 0;
  const region = regions[(from + step + regions.length) % regions.length];
  if (!region) return;
  const stop = region.matches("[tabindex]") ? region : firstStop(region);
  stop?.focus();
}

function firstStop(region: HTMLElement): HTMLElement | null {
  return region.querySelector<HTMLElement>('a[href], button:not([disabled]), [tabindex="0"]');
}
