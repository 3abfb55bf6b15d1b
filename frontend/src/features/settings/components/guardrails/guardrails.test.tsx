import { screen, waitFor, within } from "@test-utils";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { beforeEach, describe, expect, it } from "vitest";
import type { Display } from "@/lib/display";
import { openPage } from "@/lib/testdata/open-page";
import type { Kind, Limit, Mode, Subjects } from "../../api/guardrails";
import { SettingsPage } from "../../pages/settings-page";

const source = "the project's own guardrails, 2026-11-26";
const limit = (name: string, words: string, value: number, shipped = value): Limit => ({
  name,
  words,
  value,
  shipped,
  source: shipped > 0 ? source : "",
});
const mode = (policy: string, rest: Partial<Mode> = {}): Mode => ({
  policy,
  title: `Rule ${policy}`,
  kind: "task",
  noun: "SKU",
  mode: "propose",
  since: "",
  why: "",
  band: { per_day: 0, units_max: 0, minor: 0, currency: "", only: [] },
  consent: `act by itself: ${policy}`,
  against: "0 of its decisions were looked at in audits; 59 are needed, none of them wrong.",
  looked: 0,
  wrong: 0,
  ...rest,
});

const running = {
  stopped: false,
  stop_file: "/data/STOP",
  waiting: 0,
  sending: 0,
  unknown: 0,
  mismatch: 0,
  stopped_kinds: [],
};

let kinds: Kind[];
let modes: Mode[];
let told: unknown[];
let subjects: Subjects;
let refuse: boolean;
let hook: { address: string; signed: boolean; problem: string; secret: string; demo: boolean };

function setLimit({ kind, name, value, typed }: { kind: string; name: string; value: string; typed: string }) {
  told.push({ name, value, typed });
  if (refuse) throw { code: "invalid", message: "It cannot be set.", hint: "Try later." };
  kinds = kinds.map((one) =>
    one.name !== kind
      ? one
      : {
          ...one,
          limits: one.limits.map((old) =>
            old.name === name ? { ...old, value: value === "shipped" ? old.shipped : Number(value) } : old,
          ),
        },
  );
  return { kinds: structuredClone(kinds) };
}

function setMode(input: { policy: string; mode: Mode["mode"]; band: Mode["band"] }) {
  told.push(input);
  modes = modes.map((one) =>
    one.policy === input.policy ? { ...one, mode: input.mode, band: input.band, since: "2026-11-25T19:00:00Z" } : one,
  );
  return { modes: structuredClone(modes) };
}

beforeEach(() => {
  told = [];
  subjects = { proposed: [], known: [] };
  refuse = false;
  hook = { address: "", signed: false, problem: "", secret: "", demo: false };
  const task = { name: "task", title: "Open a task", level: 1, automatic: true, stopped: null };
  kinds = [
    { ...task, limits: [limit("per_day", "actions in 24 hours", 300)] },
    {
      name: "order",
      title: "Bestellung beim Lieferanten auslösen",
      level: 3,
      automatic: false,
      stopped: null,
      limits: [
        limit("money_day:EUR", "money in 24 hours in EUR", 0, 0),
        limit("units_max", "units of one action", 90, 50),
      ],
    },
    {
      name: "webhook",
      title: "Send a message",
      level: 3,
      automatic: false,
      stopped: null,
      limits: [limit("per_day", "actions in 24 hours", 50)],
    },
  ];
  modes = [
    mode("cover"),
    mode("ripe", { against: "", looked: 60 }),
    mode("many", { kind: "" }),
    mode("demoted", { why: "a decision of it was wrong", since: "2026-11-20T10:00:00Z", looked: 61, wrong: 1 }),
  ];
  window.go = {
    actions: {
      API: {
        Status: async () => ({
          stopped: false,
          stop_file: "/data/STOP",
          waiting: 0,
          sending: 0,
          unknown: 0,
          mismatch: 0,
          stopped_kinds: [],
        }),
        Stop: async (input) => {
          told.push(input);
          return {
            stopped: true,
            stop_file: "/data/STOP",
            waiting: 0,
            sending: 0,
            unknown: 0,
            mismatch: 0,
            stopped_kinds: [],
          };
        },
        Limits: async () => ({ kinds: structuredClone(kinds) }),
        SetLimit: async (input) => setLimit(input as never),
        Modes: async () => ({ modes: structuredClone(modes) }),
        SetMode: async (input) => setMode(input as never),
        Subjects: async () => subjects,
      },
    },
    app: {
      API: {
        Webhook: async () => hook,
        SetWebhook: async (input) => {
          told.push(input);
          hook = { ...hook, address: (input as { address: string }).address, signed: true };
          return { ...hook, secret: hook.address === "" ? "" : "s3cret" };
        },
      },
    },
  };
});

const open = (display?: Partial<Display>) =>
  openPage({ address: "/settings?section=guardrails", pages: { "/settings": SettingsPage }, display });
const part = (name: string | RegExp) => screen.findByRole("region", { name });
const perDay = () => screen.findByRole("textbox", { name: "Actions in 24 hours, Open a task" });

describe("limits", () => {
  it("a stricter figure holds at once", async () => {
    await open();
    await userEvent.clear(await perDay());
    await userEvent.type(await perDay(), "200{Enter}");
    await waitFor(() => expect(told).toEqual([{ name: "per_day", value: "200", typed: "200" }]));
    const row = await part("Open a task stays on this computer");
    expect(await within(row).findByText("changed")).toBeVisible();
    expect(screen.getByText("Open a task, actions in 24 hours: 200.")).toBeVisible();
    // Taking it back would allow more, which a press does not.
    expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
    const found = await axe.run(document.body, { rules: { region: { enabled: false } } });
    expect(found.violations.map((one) => one.id)).toEqual([]);
  });

  it("a looser figure is asked for a second time, and can be taken back at once", async () => {
    await open();
    await userEvent.clear(await perDay());
    await userEvent.type(await perDay(), "400{Enter}");
    const again = await screen.findByRole("textbox", { name: "This allows more: type 400 once more" });
    expect(again).toHaveFocus();
    expect(told).toEqual([]);
    await userEvent.keyboard("40{Enter}");
    expect(screen.getByText("That is another figure.")).toBeVisible();
    await userEvent.keyboard("0{Enter}");
    await waitFor(() => expect(told).toEqual([{ name: "per_day", value: "400", typed: "400" }]));
    await userEvent.click(await screen.findByRole("button", { name: "Undo" }));
    await waitFor(() => expect(told).toHaveLength(2));
    expect(await perDay()).toHaveValue("300");
  });

  it("Esc leaves a looser figure as it was", async () => {
    await open();
    await userEvent.clear(await perDay());
    await userEvent.type(await perDay(), "400{Enter}");
    await screen.findByRole("textbox", { name: /once more/ });
    await userEvent.keyboard("{Escape}");
    expect(await perDay()).toHaveValue("300");
    expect(await perDay()).toHaveFocus();
    expect(told).toEqual([]);
  });

  it("blank means that nothing of the kind is done, and says so", async () => {
    await open();
    await userEvent.clear(await perDay());
    await userEvent.keyboard("{Enter}");
    const row = await part("Open a task stays on this computer");
    expect(await within(row).findByText("Nothing of this kind is done.")).toBeVisible();
    expect(told).toEqual([{ name: "per_day", value: "", typed: "" }]);
    await userEvent.click(within(row).getByRole("button", { name: /Back to 300, as shipped/ }));
    await waitFor(() => expect(told.at(-1)).toEqual({ name: "per_day", value: "shipped", typed: "" }));
  });

  it("one that was never set says so, and money is covered while amounts are hidden", async () => {
    await open({ hide_amounts: true });
    const row = await part(/^Bestellung beim Lieferanten auslösen/);
    expect(row).toHaveTextContent("Nothing is shipped; you set it.");
    expect(row).toHaveTextContent("amount hidden");
    expect(within(row).queryByRole("textbox", { name: /Money/ })).toBeNull();
  });

  it("says why a figure was refused", async () => {
    refuse = true;
    await open();
    await userEvent.clear(await perDay());
    await userEvent.type(await perDay(), "5{Enter}");
    expect(await screen.findByRole("alert")).toHaveTextContent("Not saved. It cannot be set. Try later.");
  });

  it("zero is no limit", async () => {
    await open();
    await userEvent.clear(await perDay());
    await userEvent.type(await perDay(), "0{Enter}");
    expect(await screen.findByText(/Write a number above 0/)).toBeVisible();
    expect(told).toEqual([]);
  });
});

describe("a kind that Purser stopped", () => {
  const halted = {
    kind: "webhook",
    title: "Send a message",
    reason: "Nothing is taken any more: 403 three times.",
    since: "2026-11-24T16:20:00Z",
  };

  beforeEach(() => {
    kinds = kinds.map((one) => (one.name === "webhook" ? { ...one, stopped: halted } : one));
    let left = [halted];
    const api = window.go?.actions?.API ?? {};
    api.Status = async () => ({ ...running, stopped_kinds: left });
    api.ResumeKind = async (input) => {
      told.push(input);
      if (refuse) throw { code: "unavailable", message: "The ledger is busy.", hint: "Try again." };
      left = [];
      kinds = kinds.map((one) => ({ ...one, stopped: null }));
      return { ...running, stopped_kinds: left };
    };
  });

  it("says why and since when, and goes on once that was confirmed", async () => {
    await open();
    const stopped = await part("Stopped by Purser");
    expect(stopped).toHaveTextContent("Nothing is taken any more: 403 three times.");
    expect(stopped).toHaveTextContent(/Stopped since .*24 Nov/);
    expect(await part(/^Send a message.*stopped$/)).toBeVisible();
    await userEvent.click(within(stopped).getByRole("button", { name: "Let it go on…" }));
    expect(within(stopped).getByRole("button", { name: "Let it go on" })).toHaveFocus();
    expect(stopped).toHaveTextContent(/waits is carried out at once, one by one and within its limits/);
    await userEvent.keyboard("{Escape}");
    expect(within(stopped).getByRole("button", { name: "Let it go on…" })).toBeEnabled();
    expect(told).toEqual([]);
    await userEvent.click(within(stopped).getByRole("button", { name: "Let it go on…" }));
    await userEvent.keyboard("{Enter}");
    await waitFor(() => expect(screen.queryByRole("region", { name: "Stopped by Purser" })).toBeNull());
    expect(told).toEqual([{ kind: "webhook" }]);
    expect(await part(/^Send a message leaves this computer for good$/)).toBeVisible();
  });

  it("stays stopped, and says why, where that failed", async () => {
    refuse = true;
    await open();
    const stopped = await part("Stopped by Purser");
    await userEvent.click(within(stopped).getByRole("button", { name: "Let it go on…" }));
    await userEvent.click(within(stopped).getByRole("button", { name: "Let it go on" }));
    expect(await within(stopped).findByRole("alert")).toHaveTextContent("It stays stopped. The ledger is busy.");
  });
});

describe("what each rule may do", () => {
  const choice = (name: string) => screen.findByRole("combobox", { name: `What Rule ${name} may do` });

  it("is changed at once and taken back", async () => {
    await open();
    await userEvent.selectOptions(await choice("cover"), "observe");
    await waitFor(() => expect(told).toMatchObject([{ policy: "cover", mode: "observe" }]));
    await userEvent.click(await screen.findByRole("button", { name: "Undo" }));
    await waitFor(() => expect(told.at(-1)).toMatchObject({ policy: "cover", mode: "propose" }));
  });

  it("acting by itself is refused with what is missing, and nothing is sent", async () => {
    await open();
    await userEvent.selectOptions(await choice("cover"), "auto");
    expect(await screen.findByRole("alert")).toHaveTextContent(/^Not yet: 0 of its decisions/);
    expect(await choice("cover")).toHaveValue("propose");
    expect(told).toEqual([]);
    expect(screen.getByText("To act by itself: Its cases lead to several kinds of action.")).toBeVisible();
    expect(screen.getByText(/Taken back to proposing: a decision of it was wrong/)).toBeVisible();
  });

  it("acting by itself takes a band, what it may touch, and the consent in words", async () => {
    subjects = { proposed: [{ id: "US/SKU-7", label: "Steel flask" }], known: [{ id: "US/SKU-8", label: "" }] };
    await open();
    await userEvent.selectOptions(await choice("ripe"), "auto");
    const form = await screen.findByRole("form", { name: "Let Rule ripe act by itself" });
    const press = () => userEvent.click(within(form).getByRole("button", { name: "Let it act by itself" }));
    await press();
    expect(within(form).getByRole("alert")).toHaveTextContent("Give a whole number of actions a day.");
    await userEvent.type(within(form).getByRole("textbox", { name: "Actions a day, at most" }), "5");
    await press();
    expect(within(form).getByRole("alert")).toHaveTextContent("Name what it may touch by itself.");
    await userEvent.click(within(form).getByRole("button", { name: "Add 1 SKU it has proposed for" }));
    expect(within(form).getByRole("checkbox", { name: /US\/SKU-7/ })).toBeChecked();
    expect(within(form).getByRole("checkbox", { name: "US/SKU-8" })).not.toBeChecked();
    await userEvent.type(within(form).getByRole("textbox", { name: /Your consent/ }), "yes");
    await press();
    expect(within(form).getByRole("alert")).toHaveTextContent("Type exactly: act by itself: ripe");
    expect(told).toEqual([]);
    await userEvent.clear(within(form).getByRole("textbox", { name: /Your consent/ }));
    await userEvent.type(within(form).getByRole("textbox", { name: /Your consent/ }), "act by itself: ripe");
    await press();
    await waitFor(() =>
      expect(told).toEqual([
        {
          policy: "ripe",
          mode: "auto",
          consent: "act by itself: ripe",
          band: { per_day: 5, units_max: 0, minor: 0, currency: "", only: ["US/SKU-7"] },
        },
      ]),
    );
    expect(await screen.findByText("At most 5 a day")).toBeVisible();
    expect(screen.getByText("May act by itself on 1 SKU")).toBeVisible();
    expect(screen.queryByRole("form", { name: "Let Rule ripe act by itself" })).toBeNull();
  });

  it("a band of before there were lists acts on nothing, and says so", async () => {
    modes = [
      mode("old", { mode: "auto", against: "", band: { per_day: 5, units_max: 0, minor: 0, currency: "", only: [] } }),
    ];
    await open();
    expect(await screen.findByText(/It names nothing that it may touch by itself/)).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: /^Change the band ?of Rule old/ }));
    expect(await screen.findByText("0 SKUs ticked. Nothing is called that.")).toBeVisible();
  });

  it("is found by words", async () => {
    await open();
    await choice("cover");
    await userEvent.type(screen.getByRole("textbox", { name: "Filter rules" }), "demo");
    await waitFor(() => expect(screen.getAllByRole("combobox")).toHaveLength(1));
  });
});

it("the address for messages is set, its secret shown once, and taken away by two presses", async () => {
  await open();
  const box = await part("Address for messages");
  await userEvent.type(await within(box).findByRole("textbox", { name: "Address" }), "https://example.com/hook");
  await userEvent.click(within(box).getByRole("button", { name: "Save the address" }));
  expect(await within(box).findByText("s3cret")).toBeVisible();
  await userEvent.click(within(box).getByRole("button", { name: "I have it, hide it" }));
  expect(within(box).queryByText("s3cret")).toBeNull();
  await userEvent.click(within(box).getByRole("button", { name: "Take it away" }));
  await userEvent.click(within(box).getByRole("button", { name: /Press again/ }));
  await waitFor(() => expect(told).toEqual([{ address: "https://example.com/hook" }, { address: "" }]));
});

it("the switch says where its file is, and stops", async () => {
  await open();
  const box = await part("The switch");
  expect(await within(box).findByText("/data/STOP")).toBeVisible();
  await userEvent.click(within(box).getByRole("button", { name: /Stop everything/ }));
  await waitFor(() => expect(told).toEqual([{ stop: true }]));
  expect(await within(box).findByText("Everything is stopped.")).toBeVisible();
});
