import type { Locator, Page } from "@playwright/test";
import type { rules } from "../../src/lib/contract.ts";
import { bound, expect, goTo, settled } from "./fixtures.ts";

/** The condition of the rule below: cover that ends within a week of the next delivery. */
export const runsOutWhen = "inventory.cover_days < double(inventory.lead_time_days) + 7.0";
const units = "int(inventory.velocity * 45.0) - inventory.on_hand - inventory.inbound";

/** A rule that warns before a SKU runs out: two days in a row, then quiet for a week once it was dealt with. */
export function runsOut(name: string): string {
  return `name: ${name}
title: Runs out before restock
version: 1
subject: sku
source: My own rule
date: "2026-01-31"
cases:
  - name: case_1
    when: "${runsOutWhen}"
    hold: 2
    cooldown: 7
    severity: warning
    title: "{subject.label} runs out before restock"
    at_stake:
      money: inventory.lost_sales_day
      per: day
    action:
      kind: inventory.restock
      label: Restock to 45 days
      units: ${units}
`;
}

/** What the fields of that rule say, by the names of the fields. */
export const runsOutFields = {
  title: "Runs out before restock",
  hold: "2",
  cooldown: "7",
  leadsTo: "A restock order",
  button: "Restock to 45 days",
  says: "{subject.label} runs out before restock",
  money: "inventory.lost_sales_day",
  units,
} as const;

export const askPolicies = async (page: Page) =>
  (await bound<rules.PoliciesOutput>(page, "rules.API.Policies")).policies;
export const askText = async (page: Page, policy: string) =>
  (await bound<rules.TextOutput>(page, "rules.API.Text", { policy })).yaml;
export const askDraft = (page: Page, yaml: string) =>
  bound<rules.Draft>(page, "rules.API.Read", { yaml, policy: null });
export const askPreview = (page: Page, yaml: string) =>
  bound<rules.PreviewOutput>(page, "rules.API.Preview", { yaml, subject: "", as_of: "", limit: 50 });

/** A text without what tells one rule from another of the same sense: its name, its version, the day it was begun. */
export const sense = (yaml: string) => yaml.trim().replaceAll(/^(name|version|date): .*$/gm, "$1: …");

/** A rule about SKUs with one condition, and nothing else to it. */
export function simple(name: string, when: string, title = "{subject.label} needs a look"): string {
  return `name: ${name}
title: Rule ${name}
version: 1
subject: sku
source: My own rule
date: "2026-01-31"
cases:
  - name: case_1
    when: ${JSON.stringify(when)}
    severity: warning
    title: ${JSON.stringify(title)}
    action:
      kind: task
      label: Look into it
`;
}

/** The fields of the studio, as they are found by their names. */
export function studioOf(page: Page) {
  const head = page.getByRole("region", { name: "Policy", exact: true });
  const first = page.getByRole("region", { name: "Case case_1" });
  const text = (where: Locator, name: string) => where.getByRole("textbox", { name, exact: true });
  const list = (where: Locator, name: string) => where.getByRole("combobox", { name, exact: true });
  return {
    title: text(head, "Title"),
    name: text(head, "Name"),
    more: head.locator("summary"),
    accepts: head.getByRole("combobox", { name: "Accepts data that is" }),
    first,
    addCondition: first.getByRole("button", { name: "Condition", exact: true }),
    left: first.getByRole("combobox", { name: "Left side of condition 1", exact: true }),
    kind: first.getByRole("combobox", { name: "Kind of right side of condition 1" }),
    right: first.getByRole("textbox", { name: "Right side of condition 1", exact: true }),
    hold: text(first, "For"),
    cooldown: text(first, "Cool-down"),
    severity: list(first, "Severity"),
    leadsTo: list(first, "What it leads to"),
    button: text(first, "Words of the button"),
    says: text(first, "Title"),
    moreOfCase: first.locator("summary"),
    money: text(first, "Money at stake"),
    units: text(first, "Units of an order"),
    side: page.getByRole("complementary", { name: "What the policy does" }),
    problems: page.getByRole("region", { name: "Problems" }),
    save: page.getByRole("button", { name: "Save", exact: true }),
    standing: page
      .locator("main")
      .getByRole("status")
      .filter({ hasText: /^(New|Saved|Not saved yet)$/ }),
    yaml: page.getByRole("textbox", { name: "Policy as YAML" }),
  };
}

/** Opens a rule in the studio, or a new one, in the view that is asked for. */
export async function goToStudio(page: Page, search: Record<string, string> = {}): Promise<void> {
  await goTo(page, `/rules/edit?${new URLSearchParams(search)}`);
  await expect(studioOf(page).standing).toBeVisible();
  await settled(page);
}

/** Puts a text into a field of code, as pasting it does. */
export async function paste(page: Page, field: Locator, text: string): Promise<void> {
  await field.focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(text);
}

/** Saves what is shown and waits until it is in force. */
export async function save(page: Page): Promise<void> {
  await page.keyboard.press("Control+s");
  await expect(studioOf(page).standing).toHaveText("Saved");
  await settled(page);
}
