import { screen, waitFor, within } from "@test-utils";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { beforeEach, describe, expect, it } from "vitest";
import type { Display } from "@/lib/display";
import { openPage } from "@/lib/testdata/open-page";
import type { DecisionItem, Trail } from "../api/types";
import { item, trail } from "../testdata/entries";
import { JournalPage } from "./journal-page";

let trails: Trail[];
let done: DecisionItem[];
let told: unknown[];
let asked: unknown[];
let looked: string[];
let noSpace: boolean;
let fail: boolean;
let faults: string[];

const detailsOf = (id: string) => ({
  id,
  subject: "US/SKU-3",
  policy: "restock",
  case: "low",
  as_of: "2026-11-24",
  note: "",
  why: [
    {
      case: "low",
      clause: "",
      expression: "inventory.cover",
      text: "Days of cover",
      value: "19",
      unit: "days",
    },
    { case: "low", clause: "", expression: "sales.lost", text: "Sales at risk", value: "€412.00", unit: "" },
  ],
  history: [
    { seq: 12, at: "2026-11-25T09:00:00Z", from: "", to: "proposed", by: "purser", reason: "", hash: "" },
    {
      seq: 30,
      at: "2026-11-25T10:30:00Z",
      from: "proposed",
      to: "rejected",
      by: "person",
      reason: "",
      hash: "",
    },
  ],
});

const together = { batch: "b", level: 2, approved_at: "2026-11-25T11:00:00Z" };

beforeEach(() => {
  told = [];
  asked = [];
  looked = [];
  noSpace = false;
  fail = false;
  faults = [];
  trails = [
    trail(6, {
      state: "unknown",
      state_text: "of unknown fate",
      reversible: false,
      reason: "The line was cut.",
      receipt: "",
      seen: "",
      level: 3,
      approved_at: "2026-11-25T12:00:00Z",
    }),
    trail(5, { ...together, position: 2, state: "failed", reason: "It was refused.", reversible: false }),
    trail(4, { ...together, position: 1, title: "Verdunkelungsvorhang mit Ösen geht vor der Nachlieferung aus" }),
    trail(3, { ...together, position: 0 }),
    trail(2, { kind: "task", kind_title: "Open a task", policy: "stranded" }),
  ];
  done = [item("x"), item("d2", { title: "Has an action" })];
  window.go = {
    actions: {
      API: {
        List: async (input) => {
          asked.push(input);
          if (fail) throw { code: "db_locked", message: "The file is in use.", hint: "Close it." };
          return { actions: structuredClone(trails) };
        },
        Rollback: async (input) => {
          told.push(["rollback", input]);
          return trail(9, { reverses: 3, title: "Take back: Decision 3" });
        },
        Resolve: async (input) => {
          told.push(["resolve", input]);
          trails = trails.map((one) => (one.id === 6 ? { ...one, state: "verified", state_text: "done" } : one));
          return structuredClone(trails[0]);
        },
      },
    },
    decisions: {
      API: {
        Inbox: async (input) => ({
          items: (input as { tab: string }).tab === "done" ? done : [],
          also_noticed: [],
        }),
        Get: async (input) => {
          const { id } = input as { id: string };
          looked.push(id);
          return detailsOf(id);
        },
        Verify: async () => ({ sound: faults.length === 0, rows: 1240, anchors: 3, faults }),
      },
    },
    app: {
      API: {
        State: async () => ({ door: "desktop" }),
        SaveSheet: async (input) => {
          if (noSpace) throw { code: "internal", message: "The disk is full.", hint: "Make room." };
          told.push(["save", input]);
          return { name: "journal.csv", path: "/data/exports/journal.csv" };
        },
      },
    },
    rules: {
      API: {
        Policies: async () => ({ policies: [{ name: "restock", title: "Runs out before restock" }] }),
        Explain: async () => ({
          explanations: [
            {
              as_of: "2026-11-25",
              outcome: "continue",
              summary: "",
              cases: [{ why: [{ expression: "inventory.cover", text: "Days of cover", value: "44", unit: "days" }] }],
            },
          ],
        }),
      },
    },
  };
});

const open = (address = "/journal", display?: Partial<Display>) =>
  openPage({ address, pages: { "/journal": JournalPage, "/rules": () => <p>Rules</p> }, display });
const titles = async () => (await screen.findAllByRole("rowheader")).map((cell) => cell.textContent);
const details = () => screen.findByRole("complementary", { name: "Journal details" });

describe("the list", () => {
  it("has what was done and what was only decided, newest first, batches together", async () => {
    await open();
    await waitFor(async () =>
      expect(await titles()).toEqual([
        "Decision 6",
        "Approved together: 2 sent, 1 not sent 3",
        "Decision 3",
        "Verdunkelungsvorhang mit Ösen geht vor der Nachlieferung aus",
        "Decision 5",
        "Finding x",
        "Decision 2",
      ]),
    );
    const row = screen.getByRole("row", { name: /Decision 3/ });
    expect(row).toHaveTextContent("40 units →to 480 units");
    expect(row).toHaveTextContent("Runs out before restock");
    const dismissed = screen.getByRole("row", { name: /Finding x/ });
    expect(dismissed).toHaveTextContent("10:30");
    expect(dismissed).toHaveTextContent("dismissed: known");
    expect(dismissed).toHaveTextContent("you");
    expect(looked).toEqual([]);
    expect(asked).toEqual([{ from: "2026-08-27", to: "2026-11-25", below: 0, limit: 1000 }]);
    const found = await axe.run(document.body, { rules: { region: { enabled: false } } });
    expect(found.violations.map((one) => one.id)).toEqual([]);
  });

  it("is narrowed by its address, and says so when nothing is left", async () => {
    const page = await open("/journal?state=look");
    await waitFor(async () => expect(await titles()).toEqual(["Decision 6"]));
    await userEvent.click(screen.getByRole("button", { name: "State: To look at" }));
    await userEvent.click(await screen.findByRole("menuitemradio", { name: "Waits" }));
    await userEvent.click(await screen.findByRole("button", { name: "Clear filters" }));
    await waitFor(() => expect(page.search()).toEqual({}));
    await userEvent.click(screen.getByRole("button", { name: "Period: 90 days" }));
    await userEvent.click(await screen.findByRole("menuitemradio", { name: "7 days" }));
    await waitFor(() => expect(asked.at(-1)).toMatchObject({ from: "2026-11-18", to: "2026-11-25" }));
    expect(page.search()).toEqual({ days: 7 });
  });

  it("says what it will hold while there is nothing", async () => {
    trails = [];
    done = [];
    await open();
    expect(await screen.findByText("Nothing was decided yet")).toBeVisible();
  });

  it("says what went wrong and reads again", async () => {
    fail = true;
    await open();
    expect(await screen.findByText("The file is in use.")).toBeVisible();
    fail = false;
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await titles()).toContain("Decision 6");
  });

  it("says that more decisions were dealt with than the program gives", async () => {
    done = Array.from({ length: 200 }, (_, index) => item(`n${index}`));
    await open();
    expect(await screen.findByText(/only the newest 200 are here/)).toBeVisible();
  });
});

describe("the details", () => {
  it("are walked to by keys, and tell what was approved, answered and read", async () => {
    await open("/journal?sel=a3");
    const box = await details();
    expect(box).toHaveTextContent("Approved by you");
    expect(box).toHaveTextContent("480 units are in the draft order.");
    expect(box).toHaveTextContent("a1b2c3");
    expect(await within(box).findByText(/row 30 of the audit/)).toBeVisible();
    await userEvent.click(await screen.findByRole("row", { name: /Decision 3/ }));
    await userEvent.keyboard("{ArrowDown}{ArrowDown}");
    await waitFor(async () => expect(await details()).toHaveTextContent("It was refused."));
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("complementary")).toBeNull());
  });

  it("show the figures then beside the same figures now, and call it no verdict", async () => {
    await open("/journal?sel=a3");
    await userEvent.click(await within(await details()).findByRole("button", { name: /Beside the same figures now/ }));
    const table = await screen.findByRole("table", { name: "The figures then and now" });
    expect(await within(table).findByRole("row", { name: "Days of cover 19 days 44 days" })).toBeVisible();
    expect(within(table).getByRole("row", { name: "Sales at risk €412.00 ?" })).toBeVisible();
    expect(screen.getByText(/not yet a verdict/)).toBeVisible();
  });

  it("take an action back by two presses", async () => {
    const page = await open("/journal?sel=a3");
    const box = await details();
    await userEvent.click(within(box).getByRole("button", { name: "Revert" }));
    expect(told).toEqual([]);
    await userEvent.click(within(box).getByRole("button", { name: "Press again to revert" }));
    await waitFor(() => expect(told).toEqual([["rollback", { id: 3 }]]));
    await waitFor(() => expect(page.said).toContain("Taken back: Decision 3"));
  });

  it("let a person say what became of what nobody saw end", async () => {
    await open("/journal?sel=a6");
    const box = await details();
    expect(box).toHaveTextContent("Look there: was it done?");
    await userEvent.type(within(box).getByRole("textbox", { name: "Note" }), "Seen there");
    await userEvent.click(within(box).getByRole("button", { name: "It was done" }));
    await waitFor(() => expect(told).toEqual([["resolve", { id: 6, happened: true, note: "Seen there" }]]));
    await waitFor(() => expect(within(box).queryByRole("button", { name: "It was done" })).toBeNull());
  });

  it("cover amounts while they are hidden, in the payload too", async () => {
    await open("/journal?sel=a3", { hide_amounts: true });
    const box = await details();
    await within(box).findByText("Sales at risk");
    expect(box).not.toHaveTextContent("412");
    expect(box).not.toHaveTextContent("9.90");
    expect(box).not.toHaveTextContent("990");
  });
});

describe("the file", () => {
  it("is written by Ctrl+E with the rows that are shown, and says where it is", async () => {
    done = [item("x", { at_stake: { minor: 41250, currency: "USD", text: "$412.50" }, at_stake_per: "day" })];
    const page = await open("/journal?state=decision");
    await titles();
    await userEvent.keyboard("{Control>}e{/Control}");
    await waitFor(() => expect(page.said).toEqual(["1 entry saved in /data/exports/journal.csv"]));
    const [[, file]] = told as [[string, { name: string; head: string[]; rows: string[][] }]];
    expect(file.name).toBe("journal 2026-08-27 2026-11-25 filtered");
    expect(file.rows).toHaveLength(1);
    const cell = (title: string) => file.rows[0]?.[file.head.indexOf(title)];
    expect(["Time (UTC)", "Decision", "State", "Who", "At stake"].map(cell)).toEqual([
      "2026-11-25T10:30:00Z",
      "Finding x",
      "dismissed: known",
      "you",
      "412.50",
    ]);
  });

  it("is not offered while nothing is shown", async () => {
    trails = [];
    done = [];
    await open();
    await screen.findByText("Nothing was decided yet");
    expect(screen.getByRole("button", { name: /Save as CSV/ })).toBeDisabled();
    await userEvent.keyboard("{Control>}e{/Control}");
    expect(told).toEqual([]);
  });

  it("that cannot be written is told of", async () => {
    noSpace = true;
    const page = await open();
    await titles();
    await userEvent.click(screen.getByRole("button", { name: /Save as CSV/ }));
    await waitFor(() => expect(page.said).toEqual(["Not saved. The disk is full. Make room."]));
  });
});

describe("what was read back", () => {
  const hash = "107a7bee9ca0";
  const task = { kind: "task", entity: "decision:d3", ref: "decision:d3", receipt: "A task with 3 steps is open." };

  it("is told in words; what was read stands folded below them", async () => {
    trails = [trail(3, { ...task, after: hash, seen: hash })];
    await open("/journal?sel=a3");
    const box = await details();
    expect(box).toHaveTextContent("Read back✓ the task is there, as approved");
    expect(box).not.toHaveTextContent("Reference");
    expect(within(box).getByText(hash)).not.toBeVisible();
  });

  it("names nothing by its hash where it is not as approved", async () => {
    const reason = `"${hash}" was to be there, and there is "22bb7bee9ca0".`;
    trails = [trail(3, { ...task, after: hash, seen: "22bb7bee9ca0", state: "mismatch", reason })];
    await open("/journal?sel=a3");
    const box = await details();
    expect(box).toHaveTextContent("The task that was approved was to be there, and there is another task.");
    expect(box).toHaveTextContent("≠ another task is there than was approved");
    expect(box).toHaveTextContent("nothing else is done to this task.");
  });
});

describe("the audit", () => {
  it("is checked by V and said to be whole", async () => {
    await open();
    await titles();
    await userEvent.keyboard("v");
    expect(await screen.findByText("Audit: 1,240 rows, whole")).toBeVisible();
  });

  it("tells every fault", async () => {
    faults = ["row 7 was changed", "row 9 does not follow the row before it"];
    await open();
    await userEvent.click(await screen.findByRole("button", { name: /Check the audit/ }));
    const alert = await screen.findByRole("alert");
    expect(alert).toHaveTextContent("Audit: 1,240 rows, not whole: 2 faults");
    expect(alert).toHaveTextContent("row 9 does not follow the row before it");
  });
});
