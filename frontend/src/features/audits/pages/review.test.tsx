import { screen, waitFor, within } from "@test-utils";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { beforeEach, describe, expect, it } from "vitest";
import type { Display } from "@/lib/display";
import { openPage } from "@/lib/testdata/open-page";
import type { Item, Review } from "../api/types";
import { FakeProgram } from "../testdata/program";
import { fakeItem, fakeRow } from "../testdata/review";
import { AuditsPage } from "./audits-page";

let program: FakeProgram;

beforeEach(() => {
  program = new FakeProgram();
  program.install();
});

const first = "/audits?month=2026-11&item=1";

async function review(address = first, display?: Partial<Display>) {
  const page = await openPage({ address, pages: { "/audits": AuditsPage, "/rules": () => null }, display });
  await screen.findByRole("region", { name: "What was decided" });
  return { page, user: userEvent.setup() };
}

const question = (name: RegExp) => screen.getByRole("group", { name });
const pressed = () => screen.queryAllByRole("button", { pressed: true }).map((one) => one.dataset.value);

describe("answering", () => {
  it("has the focus on the first question and nothing answered", async () => {
    await review();
    expect(question(/right thing/)).toHaveFocus();
    expect(pressed()).toEqual([]);
    expect(screen.getByText("3 questions have no answer yet.")).toBeInTheDocument();
    expect(screen.getByText("It can be told from 10 Dec.")).toBeInTheDocument();
  });

  it("goes on with every answer, skips what cannot be asked, and ends at the verdict", async () => {
    const { user } = await review();
    await user.keyboard("y");
    expect(question(/mature/)).toHaveFocus();
    await user.keyboard("u");
    expect(question(/text says/)).toHaveFocus();
    await user.keyboard("y");
    expect(screen.getByRole("group", { name: "Verdict" })).toHaveFocus();
    expect(pressed()).toEqual(["yes", "unsure", "yes"]);
  });

  it("jumps by number, and takes answers back one by one", async () => {
    const { user, page } = await review();
    await user.keyboard("3n");
    expect(question(/right thing/)).toHaveFocus();
    await user.keyboard("y{Backspace}");
    expect(question(/right thing/)).toHaveFocus();
    expect(pressed()).toEqual(["no"]);
    await user.keyboard("z");
    expect(question(/text says/)).toHaveFocus();
    expect(pressed()).toEqual([]);
    await user.keyboard("{Backspace}");
    expect(page.said.at(-1)).toBe("Nothing is answered yet.");
  });

  it("works with the pointer too", async () => {
    const { user } = await review();
    await user.click(within(question(/mature/)).getByRole("button", { name: "No" }));
    expect(pressed()).toEqual(["no"]);
    expect(question(/text says/)).toHaveFocus();
  });

  it("keeps answers of an item while one looks at another", async () => {
    const { user, page } = await review();
    await user.keyboard("y");
    await user.keyboard("j");
    expect(await screen.findByRole("heading", { level: 1, name: /Item 2/ })).toBeInTheDocument();
    expect(pressed()).toEqual([]);
    await user.keyboard("k");
    expect(await screen.findByRole("heading", { level: 1, name: /Item 1/ })).toBeInTheDocument();
    expect(pressed()).toEqual(["yes"]);
    expect(page.search()).toEqual({ month: "2026-11", item: 1 });
  });
});

describe("verdicts", () => {
  it("gives right by one key and comes to the next item", async () => {
    const { user, page } = await review();
    await user.keyboard("yyyr");
    expect(await screen.findByRole("heading", { level: 1, name: /Item 2/ })).toBeInTheDocument();
    expect(program.judged).toEqual([
      {
        month: "2026-11",
        id: 1,
        answers: [
          { question: "entity", answer: "yes" },
          { question: "data", answer: "yes" },
          { question: "rule", answer: "yes" },
        ],
        verdict: "right",
        cause: "",
        note: "",
      },
    ]);
    expect(page.said).toContain("Right. 1 of 3 looked at.");
    await waitFor(() => expect(screen.getByText(/^1 of 3 looked at/)).toBeInTheDocument());
    expect(question(/right thing/)).toHaveFocus();
  });

  it("refuses every verdict before all is answered", async () => {
    const { user, page } = await review();
    await user.keyboard("yr");
    expect(page.said.at(-1)).toBe("2 questions have no answer yet.");
    expect(program.judged).toEqual([]);
  });

  it("does not offer right against a No", async () => {
    const { user, page } = await review();
    await user.keyboard("yny");
    expect(screen.queryByRole("button", { name: "Right" })).not.toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Wrong" })).toBeEnabled();
    await user.keyboard("r");
    expect(page.said.at(-1)).toMatch(/so it was not right/);
    expect(program.judged).toEqual([]);
  });

  it("offers only critical where a No is critical", async () => {
    const { user } = await review();
    await user.keyboard("nyy");
    const bar = within(screen.getByRole("group", { name: "Verdict" }));
    expect(bar.getAllByRole("button").map((one) => one.textContent)).toEqual(["CriticalC"]);
  });

  it("asks for words with a wrong one", async () => {
    const { user } = await review();
    await user.keyboard("ynyw");
    const note = screen.getByRole("textbox", { name: /What was wrong/ });
    expect(note).toHaveFocus();
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(program.judged).toEqual([]);
    await user.keyboard("too many units, no yield{Control>}{Enter}{/Control}");
    await waitFor(() => expect(program.judged).toHaveLength(1));
    expect(program.judged[0]).toMatchObject({ verdict: "wrong", note: "too many units, no yield", cause: "" });
  });

  it("asks for kind and words with a critical one, and says what follows before it goes on", async () => {
    program.consequence = {
      text: ["The default policy acted by itself and goes back to proposing."],
      demoted: ["default"],
      look_again: [fakeRow(3, { decided_at: "2026-09-15T12:00:00Z" })],
    };
    const { user } = await review();
    await user.keyboard("nyyc2");
    expect(screen.getByRole("radio", { name: /The amount was wrong/ })).toBeChecked();
    await user.keyboard("Twice what was needed{Control>}{Enter}{/Control}");
    expect(await screen.findByRole("heading", { name: "What follows" })).toBeInTheDocument();
    expect(program.judged[0]).toMatchObject({ verdict: "critical", cause: "amount", note: "Twice what was needed" });
    expect(screen.getByText(/acted by itself and goes back to proposing/)).toBeInTheDocument();
    expect(screen.getByRole("link", { name: "default" })).toHaveAttribute("href", "/rules?policy=default");
    expect(screen.getByRole("link", { name: /Item 3/ })).toHaveAttribute("href", "/audits?month=2026-09&item=3");
    expect(screen.getByRole("heading", { level: 1, name: /Item 1/ })).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Next item" })).toHaveFocus();
    await user.keyboard("{Enter}");
    expect(await screen.findByRole("heading", { level: 1, name: /Item 2/ })).toBeInTheDocument();
  });

  it("leaves the form with Esc and the page with the next one", async () => {
    const { user, page } = await review();
    await user.keyboard("ynyw");
    await user.keyboard("half a thou{Escape}");
    expect(screen.queryByRole("textbox")).not.toBeInTheDocument();
    expect(page.search()).toMatchObject({ item: 1 });
    await user.keyboard("w");
    expect(screen.getByRole("textbox")).toHaveValue("half a thou");
    await user.keyboard("{Escape}{Escape}");
    await waitFor(() => expect(page.search()).toEqual({ month: "2026-11" }));
  });

  it("says why a verdict was not kept, and keeps the answers", async () => {
    const { user } = await review();
    await user.keyboard("yyy");
    program.fail = { code: "locked", module: "audits", message: "The file is in use.", hint: "Close it." };
    await user.keyboard("r");
    expect(await screen.findByRole("alert")).toHaveTextContent(
      "The verdict was not kept. The file is in use. Close it.",
    );
    expect(pressed()).toEqual(["yes", "yes", "yes"]);
  });

  it("shows the report when the last one has its verdict", async () => {
    program.items.set(1, fakeItem(1, { verdict: "right", verdict_text: "Right" }));
    program.items.set(2, fakeItem(2, { verdict: "right", verdict_text: "Right" }));
    const { user, page } = await review("/audits?month=2026-11&item=3");
    await user.keyboard("yyyr");
    await waitFor(() => expect(page.search()).toEqual({ month: "2026-11", view: "report" }));
    expect(page.said).toContain("November 2026: all 3 have a verdict.");
  });

  it("twenty in a row need nothing but keys", async () => {
    program.items = new Map(
      Array.from({ length: 20 }, (_, n) => [n + 1, fakeItem(n + 1, { previous: n, next: n < 19 ? n + 2 : 0 })]),
    );
    const { user, page } = await review();
    for (let n = 1; n <= 20; n++) {
      await screen.findByRole("heading", { level: 1, name: `Item ${n} sells out 12 Dec` });
      await waitFor(() => expect(question(/right thing/)).toHaveFocus());
      await user.keyboard("yyyr");
      await waitFor(() => expect(program.judged).toHaveLength(n));
    }
    await waitFor(() => expect(page.search()).toEqual({ month: "2026-11", view: "report" }));
  }, 60_000);
});

describe("items with a verdict", () => {
  const given: Review = {
    id: 4,
    at: "2026-11-24T10:00:00Z",
    verdict: "right",
    verdict_text: "Right",
    cause: "",
    note: "",
    answers: [{ question: "entity", answer: "yes" }],
  };
  const of = (rest: Partial<Item> = {}) =>
    fakeItem(1, { verdict: "right", verdict_text: "Right", review: given, history: [given], ...rest });

  it("shows what was said, and starts anew when it is judged again", async () => {
    program.items.set(1, of());
    const { user } = await review();
    expect(screen.getByText("Is it about the right thing?").parentElement).toHaveTextContent("Yes");
    expect(screen.queryByRole("list", { name: "Questions" })).not.toBeInTheDocument();
    await user.keyboard("y");
    expect(program.judged).toEqual([]);
    await user.keyboard("a");
    await waitFor(() => expect(question(/right thing/)).toHaveFocus());
    expect(pressed()).toEqual([]);
    expect(screen.getByText("An earlier verdict")).toBeInTheDocument();
  });

  it("asks again where it must be looked at again", async () => {
    program.items.set(1, of({ look_again: true, look_again_for: "One like it was found critical." }));
    await review();
    expect(screen.getByText(/One like it was found critical/)).toBeInTheDocument();
    expect(pressed()).toEqual([]);
    expect(question(/right thing/)).toHaveFocus();
  });
});

describe("what was decided", () => {
  it("shows inputs, rule, what was sent, the rule run again, what is there now and the rows of the audit", async () => {
    await review();
    const file = within(screen.getByRole("region", { name: "What was decided" }));
    expect(file.getByText("one of the five largest by money", { exact: false })).toBeInTheDocument();
    const inputs = within(file.getByRole("region", { name: /Inputs as they were/ }));
    expect(inputs.getByText("19.0 days")).toBeInTheDocument();
    expect(inputs.getByText("settling")).toBeInTheDocument();
    expect(inputs.getByText("1 line that did not matter any more")).toBeInTheDocument();
    expect(file.getByText("Its words in that version")).toBeInTheDocument();
    const sent = within(file.getByRole("region", { name: /What was sent/ }));
    expect(sent.getByText("593 units")).toBeInTheDocument();
    expect(sent.getByText("593 units are in the draft order.")).toBeInTheDocument();
    expect(sent.getByText("83bfac71")).toBeInTheDocument();
    expect(file.getByText("The same case with 593 units.")).toBeInTheDocument();
    expect(file.getByText("It stands there as it was written.")).toBeInTheDocument();
    expect(file.getByText("you: approved 593 units")).toBeInTheDocument();
  });

  it("says plainly what is not known", async () => {
    program.items.set(
      1,
      fakeItem(1, {
        inputs: [],
        inputs_was: false,
        input_text: "It was agreed to before inputs were kept.",
        rule_text: "",
        rule_note: "Version 3 of this rule is gone.",
        rerun: { state: "cannot", text: "The rule's version is gone." },
        now: { known: false, value: "", same: false, text: "What stands there now cannot be read." },
        log: [],
      }),
    );
    await review();
    expect(screen.getByText("None were kept.")).toBeInTheDocument();
    expect(screen.getByText("Version 3 of this rule is gone.")).toBeInTheDocument();
    expect(screen.getByText("Its words in that version are gone.")).toBeInTheDocument();
    expect(screen.getByText("Cannot be run again")).toBeInTheDocument();
    expect(screen.getByText("not known")).toBeInTheDocument();
    expect(screen.getByText("There are none.")).toBeInTheDocument();
  });

  it("covers amounts everywhere while they are hidden", async () => {
    await review(first, { hide_amounts: true });
    const main = document.body.textContent ?? "";
    expect(main).not.toContain("5,870.70");
    expect(main).not.toContain("5870.70");
    expect(main).not.toContain('"minor":990');
    expect(main).toContain("Order 593 units");
  });

  it("says what could not be read, and tries again", async () => {
    program.fail = { code: "db_locked", module: "audits", message: "The file is in use.", hint: "Close it." };
    await openPage({ address: first, pages: { "/audits": AuditsPage } });
    expect(await screen.findByRole("alert")).toHaveTextContent("This item could not be read.");
    program.fail = null;
    await userEvent.setup().click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("heading", { level: 1, name: /Item 1/ })).toBeInTheDocument();
  });
});

it("axe finds nothing, neither while asking nor in the form", async () => {
  const { user } = await review();
  const rules = { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } };
  expect((await axe.run(document.body, rules)).violations).toEqual([]);
  await user.keyboard("nyyc");
  expect((await axe.run(document.body, rules)).violations).toEqual([]);
}, 30_000);
