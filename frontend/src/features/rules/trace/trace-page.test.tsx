import { screen, waitFor, within } from "@test-utils";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { beforeEach, describe, expect, it } from "vitest";
import { openPage } from "@/lib/testdata/open-page";
import { explanation } from "./testdata/explanation";
import { TracePage } from "./trace-page";
import type { Change } from "./types";

const change = (day: string, changed: string, outcome: string): Change => ({
  policy: "restock",
  policy_title: "Runs out before restock",
  version: 4,
  subject: "DE/SKU-104",
  label: "SKU-104",
  day,
  time: `${day}T06:11:00Z`,
  outcome,
  case: "",
  summary: "",
  changed,
  why: [],
});

let asked: { subject: string; policy: string; as_of: string }[];
let fail: boolean;

beforeEach(() => {
  asked = [];
  fail = false;
  window.go = {
    app: { API: { State: async () => ({ as_of: "2026-11-24", settings: {}, modules: [], jobs: [] }) } },
    rules: {
      API: {
        Policies: async () => ({
          as_of: "2026-11-24",
          policies: [{ name: "restock", title: "Runs out before restock" }],
        }),
        Explain: async (input) => {
          const { subject, policy, as_of } = input as (typeof asked)[number];
          asked.push({ subject, policy, as_of });
          if (fail) throw { code: "not_found", module: "rules", message: "There are no facts about it.", hint: "" };
          const base = explanation({ subject, as_of: as_of === "" ? "2026-11-24" : as_of });
          if (policy !== "") return { explanations: [base] };
          const quiet = {
            ...base,
            policy: "aged",
            title: "Stock ages",
            outcome: "continue",
            summary: "continue",
            case: "",
          };
          return { explanations: [quiet, base] };
        },
        Traces: async () => ({
          traces: [
            change("2026-11-19", "from continue to decided low", "decided"),
            change("2026-11-02", "", "continue"),
          ],
        }),
      },
    },
    dashboards: {
      API: {
        Search: async () => ({
          hits: [
            { kind: "sku", title: "SKU-087", detail: "Trivet, DE", link: "/sku/DE%2FSKU-087" },
            { kind: "order", title: "302-1", detail: "", link: "/rows?q=302-1" },
          ],
        }),
      },
    },
    decisions: {
      API: {
        Inbox: async () => ({
          items: [
            {
              id: "1",
              title: "SKU-104 sells out",
              severity: "warning",
              subject: "DE/SKU-104",
              policy: "restock",
              policy_title: "Runs out before restock",
              members: [],
            },
          ],
        }),
      },
    },
  };
});

const open = (address: string) =>
  openPage({ address, pages: { "/rules/trace": TracePage, "/rules/edit": () => <p>The studio</p> } });

const violations = async () =>
  (await axe.run(document.body, { rules: { region: { enabled: false } } })).violations.map((one) => one.id);

const trace = "/rules/trace?subject=DE%2FSKU-104&policy=restock";

describe("the trace of a rule", () => {
  it("lists each step and shows both sides of the chosen one with where they come from", async () => {
    const page = await open(trace);
    const steps = await screen.findByRole("list", { name: "Steps" });
    expect(within(steps).getByRole("button", { name: /Case Low: decides/ })).toHaveAttribute("aria-current", "step");
    await userEvent.click(within(steps).getByRole("button", { name: /Cover 19.0 days is below/ }));
    const details = screen.getByRole("region", { name: "Details of the step" });
    expect(details).toHaveTextContent("Left19.0 daysinventory.cover_days");
    expect(details).toHaveTextContent("Operatoris below");
    expect(details).toHaveTextContent("Right35.0");
    const lead = within(details).getByRole("row", { name: /Lead time days/ });
    expect(lead).toHaveTextContent("FBA inventory");
    expect(lead).toHaveTextContent("estimated");
    expect(within(lead).getByRole("link", { name: /Rows behind/ })).toHaveAttribute(
      "href",
      expect.stringContaining("name=inventory.lead_time_days"),
    );
    expect(page.search().step).toBe("case:low/0");
    expect(await violations()).toEqual([]);
  });

  it("draws the case as a graph whose nodes choose steps", async () => {
    const page = await open(trace);
    const node = await screen.findByLabelText(/^fact, Cover days/);
    node.focus();
    await userEvent.keyboard("{Enter}");
    await waitFor(() => expect(page.search().step).toBe("fact:inventory.cover_days"));
    expect(screen.getByRole("region", { name: "Details of the step" })).toHaveTextContent("Cover days");
  });

  it("goes from step to step and from day to day by keys, and never beyond the last day", async () => {
    const page = await open(trace);
    await screen.findByRole("list", { name: "Steps" });
    await userEvent.keyboard("j");
    expect(page.search().step).toBe("case:low/0");
    await userEvent.keyboard("]");
    expect(page.search().as_of).toBeUndefined();
    await userEvent.keyboard("[[");
    await waitFor(() => expect(page.search().as_of).toBe("2026-11-23"));
    await waitFor(() => expect(asked.at(-1)?.as_of).toBe("2026-11-23"));
    await userEvent.click(screen.getByRole("button", { name: /Change before, 19 Nov/ }));
    await waitFor(() => expect(page.search().as_of).toBe("2026-11-19"));
  });

  it("tells when the outcome changed", async () => {
    await open(`${trace}&step=outcome`);
    const details = await screen.findByRole("region", { name: "Details of the step" });
    expect(await within(details).findByText("from continue to decided low")).toBeInTheDocument();
    expect(details).toHaveTextContent("Order 480 units.");
  });

  it("covers amounts while they are hidden", async () => {
    await openPage({
      address: `${trace}&step=outcome`,
      pages: { "/rules/trace": TracePage },
      display: { hide_amounts: true },
    });
    const details = await screen.findByRole("region", { name: "Details of the step" });
    expect(details).toHaveTextContent("••• a day is at stake");
    expect(details).not.toHaveTextContent("312.40");
  });

  it("says what went wrong and asks again", async () => {
    fail = true;
    await open(trace);
    expect(await screen.findByText("There are no facts about it.")).toBeInTheDocument();
    fail = false;
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("list", { name: "Steps" })).toBeInTheDocument();
  });

  it("leads to the studio", async () => {
    const page = await open(trace);
    await screen.findByRole("list", { name: "Steps" });
    await userEvent.keyboard("e");
    await waitFor(() => expect(page.address()).toBe("/rules/edit?policy=restock"));
  });
});

describe("why not", () => {
  it("asks for a subject first, then for a rule", async () => {
    const page = await open("/rules/trace");
    expect(await screen.findByRole("link", { name: /SKU-104 sells out/ })).toBeInTheDocument();
    const field = screen.getByRole("combobox", { name: "Subject" });
    await userEvent.type(field, "trivet");
    await userEvent.click(await screen.findByRole("option", { name: /SKU-087/ }));
    await waitFor(() => expect(page.search().subject).toBe("DE/SKU-087"));
    const rules = within(await screen.findByRole("list", { name: "How each rule judged it" })).getAllByRole("link");
    expect(rules.map((rule) => rule.textContent)).toEqual([
      "✓Runs out before restockSKU-104 sells out 12 Dec",
      "–Stock agesnothing to do: continue",
    ]);
    expect(await violations()).toEqual([]);
    await userEvent.click(rules[1] as HTMLElement);
    await waitFor(() => expect(page.search()).toMatchObject({ subject: "DE/SKU-087", policy: "aged" }));
  });

  it("takes a subject that is typed whole", async () => {
    const page = await open("/rules/trace?policy=restock");
    await userEvent.type(await screen.findByRole("combobox", { name: "Why not another subject" }), "US/SKU-9{Enter}");
    await waitFor(() => expect(page.search()).toMatchObject({ policy: "restock", subject: "US/SKU-9" }));
  });
});
