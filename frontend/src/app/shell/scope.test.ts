// @vitest-environment jsdom
import { afterEach, describe, expect, it } from "vitest";
import type { AppState } from "@/lib/types";
import { focusScope, scopeParts } from "./scope";

const state = { account: "Harbour Goods", marketplaces: ["US", "DE"], currency: "USD" } as AppState;
const texts = (search: Record<string, unknown>) => scopeParts(state, search).map((part) => part.text);

afterEach(() => {
  document.body.innerHTML = "";
});

describe("what the header says is shown", () => {
  it("is the whole account where the address says nothing", () => {
    expect(texts({})).toEqual(["Harbour Goods", "US · DE", "USD"]);
  });

  it("follows the address, and leaves out a marketplace the account does not have", () => {
    expect(texts({ marketplaces: "DE,FR", tag: "winter", currency: "EUR" })).toEqual([
      "Harbour Goods",
      "DE",
      "tag winter",
      "≈ EUR",
    ]);
  });

  it("leads to the control of the page, where there is one", () => {
    expect(focusScope()).toBe(false);
    document.body.innerHTML = `<main><button aria-label="Currency: Own currencies">a</button>
      <button aria-label="Marketplaces: US">b</button></main>`;
    expect(focusScope()).toBe(true);
    expect(document.activeElement?.textContent).toBe("b");
  });
});
