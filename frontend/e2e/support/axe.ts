import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, settled } from "./fixtures.ts";

const rules = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"];

/**
 * What axe finds wrong by WCAG 2.2 A and AA, one line each; of what was held against all of it in other colours, only
 * what colours can spoil.
 */
export async function violations(page: Page, colours = false): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  const { violations: found } = await (colours ? axe.withRules(["color-contrast"]) : axe.withTags(rules)).analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.html.slice(0, 160)} ${node.failureSummary ?? ""}`),
  );
}

/** Holds what is shown against axe in the dark and in the light: the system says which, as nothing else is set. */
export async function accessible(page: Page, what: string): Promise<void> {
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", colorScheme);
    await settled(page);
    expect.soft(await violations(page, colorScheme === "dark"), `${what}, ${colorScheme}`).toEqual([]);
  }
}
