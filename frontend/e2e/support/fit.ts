import type { Locator, Page } from "@playwright/test";

const controls =
  'button, a[href], input, select, textarea, summary, [role="tab"], [role="slider"], [role="radio"], label:has(input[type="radio"])';

/** What makes the window or its page scroll sideways; tables and the like scroll in a box of their own. */
export function sideways(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const window_ = document.scrollingElement;
    const found: string[] = [];
    if (window_ && window_.scrollWidth > innerWidth) found.push(`the window, ${window_.scrollWidth - innerWidth} px`);
    const main = document.querySelector("main");
    const body = document.querySelector("main h1")?.closest("main > *");
    for (const box of [main, body, ...(body?.querySelectorAll(":scope > *, :scope > * > *") ?? [])]) {
      // A strip or a table that scrolls by itself is no part of what the page does.
      if (!box || (box.querySelector("h1") === null && getComputedStyle(box).overflowX !== "visible")) continue;
      if (box.clientWidth > 0 && box.scrollWidth > box.clientWidth + 1)
        found.push(`${box.tagName} ${box.className}, ${box.scrollWidth - box.clientWidth} px`);
    }
    return found;
  });
}

/** Controls that stay out of sight, or under something else, also when they have the focus and are scrolled to. */
export function outOfReach(page: Page): Promise<string[]> {
  return page.locator(controls).evaluateAll(async (all) => {
    const trouble = (target: Element) => {
      const { left, right, top, bottom, width, height } = target.getBoundingClientRect();
      const inside = left < innerWidth && right > 0 && top < innerHeight && bottom > 0 && width > 0;
      if (!inside) return `at ${Math.round(left)},${Math.round(top)}`;
      const x = Math.min(innerWidth - 1, Math.max(0, left + width / 2));
      const y = Math.min(innerHeight - 1, Math.max(0, top + height / 2));
      const hit = document.elementFromPoint(x, y);
      return hit && (target.contains(hit) || hit.contains(target)) ? "" : `under ${hit?.className}`;
    };
    const found: string[] = [];
    for (const control of all as HTMLElement[]) {
      if (!control.checkVisibility({ visibilityProperty: true }) || control.getClientRects().length === 0) continue;
      const target = (control as HTMLInputElement).labels?.[0] ?? control;
      control.focus({ preventScroll: true });
      target.scrollIntoView({ block: "center", inline: "center" });
      // What comes with the focus is there some frames later.
      for (let frames = 0; frames < 20 && trouble(target) !== ""; frames++)
        await new Promise((next) => requestAnimationFrame(next));
      const left = trouble(target);
      if (left !== "")
        found.push(`${control.getAttribute("aria-label") ?? control.textContent?.slice(0, 50)}: ${left}`);
    }
    return found;
  });
}

/** Makes the words of controls, headings and labels 40 % longer, as German makes them. */
export async function lengthen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const named = "button, a, label, legend, dt, th, h1, h2, h3, [role='tab'], [role='status']";
    const before = new Map<Node, string>();
    Object.assign(window, { before });
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.nodeValue ?? "";
      // Amounts and days stay as long as they are; only words grow.
      if (!/\p{L}{3}/u.test(text) || !node.parentElement?.closest(named)) continue;
      if (node.parentElement.closest("kbd, code, pre, .visually-hidden, tbody, svg, style")) continue;
      const more = Math.ceil(text.trim().length * 0.4);
      node.nodeValue = text.trimEnd() + "äußerung ".repeat(1 + more / 9).slice(0, more);
      before.set(node, text);
    }
  });
}

/** Takes that back. */
export async function shorten(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { before } = window as unknown as { before: Map<Node, string> };
    for (const [node, text] of before) node.nodeValue = text;
  });
}

type Cut = { index: number; text: string; by: string; dots: boolean };

/** Controls whose words do not fit into them. Words that end in "…" may, where the focus shows them whole. */
export async function clipped(page: Page): Promise<string[]> {
  const all = page.locator(controls);
  const found: string[] = [];
  for (const { index, text, by, dots } of await all.evaluateAll(cuts)) {
    if (dots && (await hasTip(page, all.nth(index), unlengthened(text)))) continue;
    found.push(`${text}: ${by}`);
  }
  return found;
}

/** Runs in the page: the part of each control that is cut. */
function cuts(all: Element[]): Cut[] {
  const cutOf = (control: Element, index: number): Cut | null => {
    const shown = control.checkVisibility({ visibilityProperty: true }) && control.getClientRects().length > 0;
    // The figure of a slider floats beside its thumb.
    const bare = control.matches("input, select, textarea, [role='slider']");
    if (!shown || bare || control.closest("tbody, figure, aside")) return null;
    for (const part of [control, ...control.querySelectorAll("*")]) {
      const { overflowX, display, textOverflow } = getComputedStyle(part);
      if (display === "inline" || part.clientWidth === 0 || part.closest(".visually-hidden, [title], svg")) continue;
      if (part !== control && overflowX === "visible") continue;
      const wide = part.scrollWidth > part.clientWidth + 1;
      const high = part.scrollHeight > part.clientHeight + 2;
      if (!wide && !high) continue;
      const by = `${part.scrollWidth}×${part.scrollHeight} in ${part.clientWidth}×${part.clientHeight}`;
      return { index, text: part.textContent?.trim() ?? "", by, dots: textOverflow === "ellipsis" && !high };
    }
    return null;
  };
  return all.map(cutOf).filter((cut) => cut !== null);
}

/** The words before they were made longer, or most of them. */
function unlengthened(text: string): string {
  return text.slice(0, Math.floor(text.length / 1.5));
}

async function hasTip(page: Page, control: Locator, words: string): Promise<boolean> {
  // Tips come to a focus by keyboard.
  await page.keyboard.press("Shift");
  await control.focus();
  const tip = page.getByRole("tooltip").filter({ hasText: words });
  return tip
    .first()
    .waitFor({ timeout: 2000 })
    .then(
      () => true,
      () => false,
    );
}
