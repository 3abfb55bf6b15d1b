import { screen, waitFor, within } from "@test-utils";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { beforeEach, describe, expect, it } from "vitest";
import { openPage } from "@/lib/testdata/open-page";
import type { Policy } from "../api/types";
import { RulesPage } from "./rules-page";

const policy = (name: string, rest: Partial<Policy> = {}): Policy => ({
  name,
  title: `Rule ${name}`,
  subject: "sku",
  version: 1,
  description: "",
  source: "",
  date: "",
  scope: "",
  otherwise: "",
  topic: "inventory",
  off: false,
  own: false,
  changed: false,
  guard: false,
  stage: "propose",
  priority: 0,
  effects: [],
  health: "ok",
  last_error: "",
  subjects: 12,
  matches: 0,
  cant_tell: 0,
  inhibited: 0,
  held: 0,
  waiting: 0,
  excepted: 0,
  unknown: [],
  clauses: [],
  cases: [],
  thresholds: [],
  ...rest,
});

let policies: Policy[];
let told: string[];
let imported: string[];
let fail: boolean;

beforeEach(() => {
  told = [];
  imported = [];
  fail = false;
  policies = [
    policy("restock", { matches: 5, held: 1, waiting: 2, cant_tell: 3, excepted: 4, changed: true, version: 4 }),
    policy("mine", { own: true, changed: true, off: true }),
    policy("aged", { off: true, topic: "storage" }),
    policy("gate", { guard: true, effects: ["bids.up"] }),
    policy("broken", { health: "err", last_error: "case drop, when, line 18: no such name" }),
    policy("away", { health: "err", last_error: "ads.spend is not declared by any module" }),
  ];
  const all = () => ({ as_of: "2026-11-24", policies: structuredClone(policies) });
  window.go = {
    app: { API: { State: async () => ({ door: "desktop", settings: {}, modules: [], jobs: [] }) } },
    rules: {
      API: {
        Policies: async () => {
          if (fail) throw { code: "db_locked", module: "rules", message: "The file is in use.", hint: "Close it." };
          return all();
        },
        Switch: async (input) => {
          const { policy: name, on } = input as { policy: string; on: boolean };
          told.push(`${name} ${on ? "on" : "off"}`);
          policies = policies.map((one) => (one.name === name ? { ...one, off: !on } : one));
          return all();
        },
        Remove: async (input) => {
          const { policy: name } = input as { policy: string };
          told.push(`remove ${name}`);
          policies = policies.filter((one) => one.name !== name);
          return all();
        },
        Text: async (input) => ({ yaml: `name: ${(input as { policy: string }).policy}\n`, name: "purser-rules.yaml" }),
        Import: async (input) => {
          const { yaml } = input as { yaml: string };
          imported.push(yaml);
          const problem = {
            where: "case low",
            field: "when",
            line: 3,
            column: 1,
            from: 0,
            to: 1,
            message: "no such fact",
          };
          return yaml.includes("bad")
            ? { kept: [], problems: [problem] }
            : { kept: [{ name: "new", title: "A new rule", subject: "sku", cases: [] }], problems: [] };
        },
      },
    },
    decisions: { API: { Inbox: async () => ({ items: [] }) } },
  };
});

const open = (address = "/rules") =>
  openPage({
    address,
    pages: {
      "/rules": RulesPage,
      "/rules/edit": () => <p>The studio</p>,
      "/rules/backtest": () => <p>A backtest</p>,
      "/rules/trace": () => <p>A trace</p>,
    },
  });

const row = (name: string) => screen.findByRole("row", { name: new RegExp(`Rule ${name}`) });
const titles = () => screen.getAllByRole("rowheader").map((cell) => cell.textContent);

describe("the list of rules", () => {
  it("says of each whether it works and what it found", async () => {
    await open();
    expect(await row("restock")).toHaveTextContent(/works5123Inventoryeach SKU4changed$/);
    expect(await row("broken")).toHaveTextContent("fault: case drop, when, line 18: no such name");
    expect(await row("away")).toHaveTextContent("module missing");
    expect(await row("mine")).toHaveTextContent(/off————.*yours$/);
    expect(titles()).not.toContain("Rule aged");
    expect(titles()).not.toContain("Rule gate");
    const found = await axe.run(document.body, { rules: { region: { enabled: false } } });
    expect(found.violations.map((one) => one.id)).toEqual([]);
  });

  it("has what came with Purser under its topics, and guards apart", async () => {
    const page = await open();
    await userEvent.click(await screen.findByRole("tab", { name: /Templates/ }));
    expect(titles()).toEqual([
      "Inventory 4",
      "Rule away",
      "Rule broken",
      "Rule gate",
      "Rule restock",
      "Storage 1",
      "Rule aged",
    ]);
    await userEvent.click(screen.getByRole("button", { name: /Inventory/ }));
    expect(titles()).toEqual(["Inventory 4", "Storage 1", "Rule aged"]);
    await userEvent.click(screen.getByRole("tab", { name: /Guards/ }));
    expect(titles()).toEqual(["Rule gate"]);
    expect(page.search()).toMatchObject({ tab: "guards" });
  });

  it("is filtered by words and by topic", async () => {
    await open("/rules?tab=templates");
    await userEvent.type(await screen.findByRole("textbox", { name: "Filter rules" }), "aged");
    await waitFor(() => expect(titles()).toEqual(["Storage 1", "Rule aged"]));
    await userEvent.clear(screen.getByRole("textbox", { name: "Filter rules" }));
    await userEvent.click(screen.getByRole("button", { name: "Topic: Every topic" }));
    await userEvent.click(await screen.findByRole("menuitemradio", { name: "Storage" }));
    await waitFor(() => expect(titles()).toEqual(["Storage 1", "Rule aged"]));
    await userEvent.type(screen.getByRole("textbox", { name: "Filter rules" }), "nothing like it");
    await userEvent.click(await screen.findByRole("button", { name: "Clear filters" }));
    await waitFor(() => expect(titles()).toHaveLength(7));
  });

  it("switches a rule in its row, and by Space under the cursor", async () => {
    const page = await open();
    await userEvent.click(within(await row("restock")).getByRole("switch", { name: "Rule restock, on" }));
    await waitFor(() => expect(told).toEqual(["restock off"]));
    await waitFor(() => expect(page.said).toContain("Rule restock switched off"));
    await userEvent.click(await row("mine"));
    await userEvent.keyboard(" ");
    await waitFor(() => expect(told).toEqual(["restock off", "mine on"]));
    expect(screen.getByRole("checkbox", { name: /Rule mine/ })).not.toBeChecked();
  });

  it("leads by keys to the studio, a backtest and a trace", async () => {
    for (const [key, address] of [
      ["n", "/rules/edit"],
      ["e", "/rules/edit?policy=restock"],
      ["b", "/rules/backtest?policy=restock"],
      ["w", "/rules/trace?policy=restock"],
    ] as const) {
      const page = await open("/rules?policy=restock");
      await screen.findAllByRole("complementary", { name: "Rule details" });
      await userEvent.keyboard(key);
      await waitFor(() => expect(page.address()).toBe(address));
      document.body.replaceChildren();
    }
  });

  it("tells in the details what came of it", async () => {
    await open("/rules?policy=restock");
    const details = await screen.findByRole("complementary", { name: "Rule details" });
    expect(details).toHaveTextContent("Held back by guards1");
    expect(details).toHaveTextContent("Exceptions4");
    await userEvent.click(within(details).getByRole("button", { name: "Switch off" }));
    await waitFor(() => expect(told).toEqual(["restock off"]));
  });

  it("says what went wrong and reads again", async () => {
    fail = true;
    await open();
    expect(await screen.findByText("The file is in use.")).toBeInTheDocument();
    fail = false;
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await row("restock")).toBeInTheDocument();
  });
});

describe("several rules", () => {
  const tick = async (name: string) =>
    userEvent.click(within(await row(name)).getByRole("checkbox", { name: new RegExp(`Rule ${name}`) }));

  it("are switched at once, those that are so already left alone", async () => {
    await open();
    await tick("restock");
    await tick("mine");
    const bar = screen.getByRole("region", { name: "Selected rules" });
    expect(bar).toHaveTextContent("2 selected");
    await userEvent.click(within(bar).getByRole("button", { name: "Switch off" }));
    await waitFor(() => expect(told).toEqual(["restock off"]));
  });

  it("are exported as one text", async () => {
    await open();
    await tick("restock");
    await tick("mine");
    await userEvent.click(screen.getByRole("button", { name: "Export" }));
    const text = await screen.findByRole("textbox", { name: "The rules as text" });
    expect(text).toHaveValue("name: mine\n---\nname: restock\n");
  });

  it("are deleted only when they are one's own, and only after a yes", async () => {
    const page = await open();
    await tick("restock");
    await tick("mine");
    await userEvent.click(screen.getByRole("button", { name: "Delete 1 of yours" }));
    const dialog = await screen.findByRole("dialog", { name: /Delete “Rule mine”/ });
    expect(told).toEqual([]);
    await userEvent.click(within(dialog).getByRole("button", { name: "Delete" }));
    await waitFor(() => expect(told).toEqual(["remove mine"]));
    await waitFor(() => expect(page.said).toContain("Rule mine deleted"));
  });
});

describe("importing", () => {
  it("shows faults at their place and keeps the text, then takes in what is right", async () => {
    const page = await open();
    await userEvent.click(await screen.findByRole("button", { name: "Import" }));
    const dialog = await screen.findByRole("dialog", { name: "Import rules" });
    const field = within(dialog).getByRole("textbox", { name: "Rules as text" });
    await userEvent.type(field, "name: bad");
    await userEvent.click(within(dialog).getByRole("button", { name: "Import" }));
    expect(await within(dialog).findByRole("alert")).toHaveTextContent("case low, when, line 3: no such fact");
    await userEvent.clear(field);
    await userEvent.type(field, "name: fine");
    await userEvent.click(within(dialog).getByRole("button", { name: "Import" }));
    await waitFor(() => expect(page.said).toContain("A new rule imported"));
    expect(imported).toEqual(["name: bad", "name: fine"]);
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  });
});
