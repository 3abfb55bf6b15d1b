import { fireEvent, screen, waitFor } from "@test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Check } from "@/lib/dashboards/types";
import type { Display } from "@/lib/display";
import { openPage } from "@/lib/testdata/open-page";
import { checkKeys } from "../../logic/checks";
import { Checks } from "./checks";

const check = (number: number, rest: Partial<Check> = {}): Check => ({
  key: `check${number}`,
  number,
  title: `Check ${number}`,
  asks: `Is ${number} well?`,
  value: String(number),
  detail: "",
  state: "good",
  link: `/page${number}?preset=open`,
  name: "",
  subject: "",
  money: false,
  ...rest,
});

let checks: Check[];

beforeEach(() => {
  checks = Array.from({ length: 12 }, (_, index) => check(index + 1));
  window.go = { dashboards: { API: { Checks: async () => ({ checks }) } } };
});

afterEach(() => {
  window.go = undefined;
});

async function open(display: Partial<Display> = {}, active = true) {
  const page = await openPage({ address: "/today", pages: { "/today": () => <Checks active={active} /> }, display });
  await screen.findByRole("link", { name: /Check 12/ });
  return page;
}

const key = (character: string, rest: KeyboardEventInit = {}) =>
  fireEvent.keyDown(document.body, { key: character, ...rest });

describe("the morning checks", () => {
  it.each(checkKeys.map((name, index) => [name, index + 1] as const))("are opened by %s: check %d", async (name, n) => {
    const page = await open();
    key(name);
    await waitFor(() => expect(page.address()).toBe(`/page${n}?preset=open`));
  });

  it("lead to their rows with Shift, whatever the key types then", async () => {
    checks[3] = check(4, { name: "inventory.low", subject: "US" });
    const page = await open();
    key("#", { code: "Digit3", shiftKey: true });
    expect(page.address()).toBe("/today");
    key("$", { code: "Digit4", shiftKey: true });
    await waitFor(() => expect(page.address()).toContain("/rows"));
    expect(page.search()).toEqual({ name: "inventory.low", subject: "US" });
  });

  it("lead to the rows of the days that they are about", async () => {
    checks[6] = check(7, { name: "sales.profit", link: "/sales?range=month" });
    const page = await open();
    key("&", { code: "Digit7", shiftKey: true });
    await waitFor(() => expect(page.search()).toEqual({ name: "sales.profit", range: "month" }));
  });

  it("leave the keys to a menu of the inbox that is open", async () => {
    const page = await open({}, false);
    key("4");
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(page.address()).toBe("/today");
  });

  it("say their state by a word, and what is missing", async () => {
    checks[10] = check(11, {
      title: "Featured offer",
      value: "?",
      detail: "needs: Sales and traffic",
      state: "unknown",
    });
    await open();
    expect(screen.getByRole("link", { name: /Featured offer/ })).toHaveTextContent(
      /not known.*needs: Sales and traffic/,
    );
    expect(screen.getByRole("link", { name: /Check 1\b/ })).toHaveTextContent("good");
  });

  it("cover amounts when they are hidden, and nothing else", async () => {
    checks[4] = check(5, { value: "1 020 zł", detail: "6 % more", money: true });
    checks[5] = check(6, { value: "3", detail: "$84 wasted" });
    await open({ hide_amounts: true });
    const amounts = screen.getByRole("link", { name: /Check 5/ });
    expect(amounts).toHaveTextContent("amount hidden");
    expect(amounts).toHaveTextContent("6 % more");
    expect(amounts).not.toHaveTextContent("1 020");
    expect(screen.getByRole("link", { name: /Check 6/ })).not.toHaveTextContent("84");
  });

  it("say why they could not be read", async () => {
    window.go = {};
    await openPage({ address: "/today", pages: { "/today": () => <Checks /> } });
    expect(await screen.findByRole("alert")).toHaveTextContent("The morning checks could not be read.");
  });
});
