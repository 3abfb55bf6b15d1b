import { render, screen, within } from "@test-utils";
import axe from "axe-core";
import { expect, test } from "vitest";
import { changeWords } from "./change-words";
import { PayloadView } from "./payload-view";

const line = (units: number, minor = 450) => ({
  marketplace: "US",
  sku: "SKU-104",
  units,
  decision: "d1",
  cost: { minor, currency: "USD" },
});
const order = JSON.stringify({ set: line(480), was: line(96) });
const task = JSON.stringify({
  set: {
    decision: "d1",
    title: "Listing is suppressed",
    label: "Mend the listing",
    link: "",
    steps: ["Produktsicherheitsverordnungskonformitätserklärung hochladen", "Check it"],
    owner: "Anna",
    due: 20790,
  },
  was: null,
});

const row = (name: string) => {
  const term = screen.getByText(name, { selector: "dt" });
  return term.parentElement as HTMLElement;
};

test("an order goes from what it was to what it will be, and says what stays", () => {
  render(<PayloadView payload={order} hash="ab12" />);
  expect(row("Units")).toHaveTextContent("Unitsfrom 96 to →480");
  expect(row("SKU")).toHaveTextContent("SKUSKU-104 as before");
  expect(row("Cost of a unit")).toHaveTextContent("4.50 USD as before");
  expect(screen.getByText(order)).toBeInTheDocument();
  expect(screen.getByText("ab12")).toBeVisible();
});

test("a task lists its steps, for whom and until when; what is empty is no zero", async () => {
  const { container } = render(<PayloadView payload={task} />);
  expect(within(row("Steps")).getAllByRole("listitem")).toHaveLength(2);
  expect(row("Owner")).toHaveTextContent("OwnerAnna");
  expect(row("Due")).toHaveTextContent("DueThursday, 3 December 2026");
  expect(row("Link")).toHaveTextContent("Link—");
  const found = await axe.run(container, { rules: { region: { enabled: false } } });
  expect(found.violations.map((one) => one.id)).toEqual([]);
});

test("what is sent is listed by its names, also deep ones, and text stays text", () => {
  const { unmount } = render(<PayloadView payload={JSON.stringify({ event: "approved", about: { sku: "SKU-1" } })} />);
  expect(row("Event")).toHaveTextContent("approved");
  expect(row("About, sku")).toHaveTextContent("SKU-1");
  unmount();
  render(<PayloadView payload={"sku\tunits\nSKU-1\t4"} />);
  expect(screen.getByText(/SKU-1\s+4/)).toBeVisible();
});

test("hidden amounts stay hidden, also in the bytes", () => {
  render(<PayloadView payload={order} />, { display: { hide_amounts: true } });
  expect(row("Cost of a unit")).toHaveTextContent("amount hidden");
  expect(document.body.textContent).not.toMatch(/450|4\.50/);
  expect(row("Units")).toHaveTextContent("480");
});

test("a cell says in a few words from what to what", () => {
  const words = (payload: string, before = "", after = "") =>
    changeWords({ payload, before, after }, "en-US", "2026-11-25T19:00:00Z");
  expect(words(order)).toEqual({ before: "96 units", after: "480 units" });
  expect(words(task)).toEqual({ before: "nothing", after: "task of 2 steps, for Anna, due 3 Dec" });
  const file = { set: { name: "relist.tsv", text: "sku\tprice\n" }, was: null };
  expect(words(JSON.stringify(file)).after).toBe("relist.tsv");
  expect(words(JSON.stringify({ set: { text: "x".repeat(90) }, was: null })).after).toBe(`${"x".repeat(80)}…`);
  expect(words("12.5", "10", "12.5")).toEqual({ before: "10", after: "12.5" });
  expect(words(JSON.stringify({ event: "approved" }))).toEqual({ before: "", after: "approved" });
  expect(words(JSON.stringify({ set: null, was: line(1) }))).toEqual({ before: "1 unit", after: "nothing" });
});
