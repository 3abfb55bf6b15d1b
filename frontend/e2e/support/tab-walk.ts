import type { Page } from "@playwright/test";

/** What a walk by Tab through a page found. Texts name the controls. */
export type Walk = {
  /** The stops in their order. */
  stops: string[];
  /** Stops that leave no mark when they have the focus. */
  unmarked: string[];
  /** Stops that lie wholly under something else, or out of sight. */
  covered: string[];
  /** Controls that can be seen but that Tab never came to. */
  missed: string[];
  /** Whether the walk came back to where it began. */
  whole: boolean;
};

type Step = { done: boolean };
type Held = { begin: () => void; step: () => Promise<Step>; end: () => Omit<Walk, "whole"> };

const mostStops = 200;

/** Walks by Tab (or by Shift and Tab) from the start of the page until the focus leaves it at the other end. */
export async function tabWalk(page: Page, key: "Tab" | "Shift+Tab" = "Tab"): Promise<Walk> {
  await page.evaluate(installWalk);
  await page.evaluate(() => (window as unknown as { walk: Held }).walk.begin());
  let whole = false;
  for (let pressed = 0; pressed < mostStops && !whole; pressed++) {
    await page.keyboard.press(key);
    whole = (await page.evaluate(() => (window as unknown as { walk: Held }).walk.step())).done;
  }
  const seen = await page.evaluate(() => (window as unknown as { walk: Held }).walk.end());
  return { ...seen, whole };
}

/** Runs in the page. */
function installWalk(): void {
  const stops: Element[] = [];
  const unmarked: string[] = [];
  const covered: string[] = [];
  let before: { element: Element; look: string } | null = null;

  const nameOf = (element: Element) => {
    const text = (element.getAttribute("aria-label") ?? element.textContent ?? "").replace(/\s+/g, " ").trim();
    const value = element instanceof HTMLInputElement ? ` ${element.type} ${element.value}` : "";
    return `${element.tagName.toLowerCase()}${value} "${text.slice(0, 60)}"`;
  };
  /** Some marks come with the next frame; nothing is waited for where all is well at once. */
  const soon = async (well: () => boolean) => {
    for (let frames = 0; frames < 10 && !well(); frames++) await new Promise((next) => requestAnimationFrame(next));
    return well();
  };
  /** An element, its label and what stands around it: one of them shows where the focus is. */
  const around = (element: Element) => {
    const label = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
    // A field of code is marked by the frame around its editor.
    const frame = element.matches("[contenteditable='true']") ? element.closest("[data-invalid]") : null;
    return [element, ...label, frame, element.parentElement, ...element.children].filter(
      (one) => one instanceof Element,
    );
  };
  const lookOf = (element: Element) =>
    around(element)
      .map((one) => {
        const style = getComputedStyle(one);
        const mark = getComputedStyle(one, "::before");
        return [style.outline, style.boxShadow, style.borderColor, style.backgroundColor, style.opacity, mark.outline];
      })
      .join("|");

  const inSight = (element: Element) => {
    const hits = around(element).slice(0, 3);
    return hits.some((target) => {
      const box = target.getBoundingClientRect();
      const [left, top] = [Math.max(0, box.left), Math.max(0, box.top)];
      const [right, bottom] = [Math.min(innerWidth, box.right), Math.min(innerHeight, box.bottom)];
      if (right - left < 2 || bottom - top < 2) return false;
      return [0.1, 0.5, 0.9].some((across) =>
        [0.2, 0.5, 0.8].some((down) => {
          const hit = document.elementFromPoint(left + (right - left) * across, top + (bottom - top) * down);
          return (
            hit !== null && (target.contains(hit) || (hit.contains(target) && hit.closest("label, button") === hit))
          );
        }),
      );
    });
  };

  /** Composite controls have one stop for all that is in them; a disabled one has none. */
  const reachable = "a[href], button, input, select, textarea, summary, [tabindex]";
  const composite =
    '[role="tablist"], [role="radiogroup"], [role="menu"], [role="listbox"], tr[tabindex], [data-decisions], ol[aria-label="Steps"]';
  const missed = () =>
    [...document.querySelectorAll<HTMLElement>(reachable)]
      .filter(
        (element) => !stops.includes(element) && !element.matches(":disabled, [aria-disabled='true'], main, aside"),
      )
      .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest("[inert]"))
      .filter((element) => element.getClientRects().length > 0 && !element.matches("tr, li"))
      // Steps of a number are made by arrows in its field; what frames a stop is no control itself.
      .filter((element) => !element.closest("[aria-hidden='true']") && !stops.some((stop) => element.contains(stop)))
      .filter((element) => !element.parentElement?.closest(composite) && !element.closest('[role="radiogroup"]'))
      .map(nameOf);

  const begin = () => {
    // Where the focus was last is where Tab would go on from: the page itself is made that place.
    document.body.tabIndex = -1;
    document.body.focus({ preventScroll: true });
    document.body.removeAttribute("tabindex");
    document.getSelection()?.removeAllRanges();
  };
  const step = async () => {
    const element = document.activeElement;
    const left = before;
    before = null;
    if (left && left.element !== element && !(await soon(() => lookOf(left.element) !== left.look)))
      unmarked.push(nameOf(left.element));
    if (!element || element === document.body) return { done: stops.length > 0 };
    if (stops.includes(element)) return { done: element === stops[0] };
    stops.push(element);
    before = { element, look: lookOf(element) };
    if (!(await soon(() => inSight(element)))) covered.push(nameOf(element));
    return { done: false };
  };
  const end = () => ({ stops: stops.map(nameOf), unmarked, covered, missed: missed() });
  Object.assign(window, { walk: { begin, step, end } });
}
