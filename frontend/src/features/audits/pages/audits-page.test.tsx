import { screen, waitFor, within } from "@test-utils";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Display } from "@/lib/display";
import { openPage } from "@/lib/testdata/open-page";
import { FakeProgram } from "../testdata/program";
import { fakeItem, fakeMonth } from "../testdata/review";
import { AuditsPage } from "./audits-page";

let program: FakeProgram;

beforeEach(() => {
  program = new FakeProgram();
  program.install();
});

async function audits(address = "/audits", display?: Partial<Display>) {
  const page = await openPage({
    address,
    pages: { "/audits": AuditsPage, "/today": () => <h1>Today</h1> },
    display,
  });
  return { page, user: userEvent.setup() };
}

describe("monthly review", () => {
  it("opens the newest month that has something to look at, and says how far it is", async () => {
    program.months.months.unshift(fakeMonth({ month: "2026-12", title: "December 2026", to_look: 0, looked: 0 }));
    await audits();
    expect(await screen.findByRole("heading", { level: 2, name: "November 2026" })).toBeInTheDocument();
    expect(screen.getByRole("link", { name: /November 2026/ })).toHaveAttribute("aria-current", "true");
    expect(screen.getByRole("link", { name: /October 2026/ })).toHaveTextContent("1 of 3 looked at, of 40 decided");
    expect(screen.getByRole("progressbar", { name: "0 of 3 looked at" })).toBeInTheDocument();
  });

  it("says of each kind how many are looked at and why, how wrong the rest may be, and the money at risk", async () => {
    await audits();
    const kinds = within(await screen.findByRole("list", { name: "Kinds of action" }));
    expect(kinds.getByRole("heading", { name: /Add to the draft order/ })).toHaveTextContent("under way");
    expect(kinds.getByText(/2 for a reason of their own; of the others 1 of 38 drawn by lot/)).toHaveTextContent(
      "the usual plan",
    );
    expect(kinds.getByText("With 95 % certainty at most 4.9 in 100 are wrong.")).toBeInTheDocument();
    expect(kinds.getByText("$490.00")).toBeInTheDocument();
    expect(kinds.getByText("How they were drawn")).toBeInTheDocument();
  });

  it("starts with Enter at the first open item, and opens any by J and Enter", async () => {
    program.items.set(1, fakeItem(1, { verdict: "right", verdict_text: "Right" }));
    const { user, page } = await audits();
    await screen.findByRole("button", { name: "Go on with the review" });
    await user.keyboard("{Enter}");
    await waitFor(() => expect(page.search()).toEqual({ month: "2026-11", item: 2 }));
    await user.keyboard("{Escape}");
    await screen.findByRole("heading", { level: 2, name: "November 2026" });
    await user.keyboard("jjjk");
    expect(screen.getByRole("link", { name: /Item 2/ })).toHaveFocus();
    await user.keyboard("j{Enter}");
    await waitFor(() => expect(page.search()).toEqual({ month: "2026-11", item: 3 }));
  });

  it("covers amounts while they are hidden", async () => {
    await audits("/audits", { hide_amounts: true });
    await screen.findByRole("list", { name: "Kinds of action" });
    expect(document.body.textContent).not.toMatch(/\$\d/);
  });

  it("says what the page is for while nothing was decided", async () => {
    program.months = { months: [] };
    const { user } = await audits();
    expect(await screen.findByText("Nothing was decided yet")).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Go to Today" }));
    expect(await screen.findByRole("heading", { name: "Today" })).toBeInTheDocument();
  });

  it("says what could not be read, and tries again", async () => {
    program.fail = { code: "db_locked", module: "audits", message: "The file is in use.", hint: "Close it." };
    const { user } = await audits();
    expect(await screen.findByRole("alert")).toHaveTextContent("The months could not be read.");
    program.fail = null;
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("heading", { level: 2, name: "November 2026" })).toBeInTheDocument();
  });

  it("reads again when an action has changed", async () => {
    const listeners = new Map<string, (payload: unknown) => void>();
    window.runtime = {
      EventsOn: (topic, listener) => {
        listeners.set(topic, listener);
        return () => listeners.delete(topic);
      },
    };
    await audits();
    await screen.findByRole("progressbar", { name: "0 of 3 looked at" });
    program.items.set(1, fakeItem(1, { verdict: "right", verdict_text: "Right" }));
    listeners.get("changed:actions")?.(null);
    expect(await screen.findByRole("progressbar", { name: "1 of 3 looked at" })).toBeInTheDocument();
    window.runtime = undefined;
  });
});

describe("report", () => {
  const address = "/audits?month=2026-11&view=report";

  it("says what was found, what followed, and what running the rules again came to", async () => {
    await audits(address);
    const sentence = "Looked at 3 of 40 decided. 1 wrong, 0 critical.";
    expect(await screen.findByRole("heading", { level: 2, name: sentence })).toBeInTheDocument();
    expect(screen.getByText(/2 gave the same decision, 0 another one, 1 could not be run again/)).toBeInTheDocument();
    expect(screen.getByText("20 Nov: The default policy proposes again.")).toBeInTheDocument();
    expect(screen.getByText(/None of it acts by itself until a later month is clean/)).toBeInTheDocument();
    expect(screen.getByRole("link", { name: /Item 2/ })).toBeInTheDocument();
  });

  it("is copied with Y, printed, and left with Esc", async () => {
    const copied: string[] = [];
    document.execCommand = () => {
      copied.push(document.querySelector("textarea")?.value ?? "");
      return true;
    };
    const print = vi.spyOn(window, "print").mockImplementation(() => {});
    const { user, page } = await audits(address);
    await screen.findByRole("button", { name: "Print" });
    await user.keyboard("y");
    expect(page.said).toContain("The report is copied.");
    expect(copied[0]).toContain("Looked at 3 of 40 decided. 1 wrong, 0 critical.");
    await user.click(screen.getByRole("button", { name: "Print" }));
    expect(print).toHaveBeenCalledOnce();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(page.search()).toEqual({ month: "2026-11" }));
  });
});

it("axe finds nothing, neither in the review of a month nor in its report", async () => {
  const rules = { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } };
  const { user } = await audits();
  await screen.findByRole("list", { name: "Kinds of action" });
  expect((await axe.run(document.body, rules)).violations).toEqual([]);
  await user.keyboard("t");
  await screen.findByRole("button", { name: "Print" });
  expect((await axe.run(document.body, rules)).violations).toEqual([]);
}, 30_000);
