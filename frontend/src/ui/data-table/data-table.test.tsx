import { act, fireEvent, render, screen, within } from "@test-utils";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { CommandContext } from "@/lib/command-context";
import { CommandRegistry } from "@/lib/commands";
import type { Value } from "@/lib/dashboards/types";
import { Fact } from "../fact/fact";
import type { Column } from "./column";
import { DataTable } from "./data-table";

type Item = { sku: string; units: number };
const items: Item[] = [
  { sku: "SKU-1", units: 4 },
  { sku: "SKU-2", units: 9 },
  { sku: "SKU-3", units: 1 },
];
const columns: Column<Item>[] = [
  { id: "sku", title: "SKU", rowHeader: true, render: (item) => item.sku },
  { id: "units", title: "Units", align: "end", sortable: true, render: (item) => item.units },
];

function Fixture({ onOpen }: { onOpen?: (item: Item) => void }) {
  const [selected, setSelected] = useState("SKU-1");
  return (
    <DataTable
      label="Items"
      rows={items}
      columns={columns}
      rowKey={(item) => item.sku}
      selected={selected}
      onSelect={(item) => setSelected(item.sku)}
      onOpen={onOpen}
      total={250}
    />
  );
}

describe("DataTable", () => {
  it("is a table that knows how many rows there are in all", () => {
    render(<Fixture />);
    const table = screen.getByRole("table", { name: "Items" });
    expect(table).toHaveAttribute("aria-rowcount", "251");
    expect(
      within(table)
        .getAllByRole("rowheader")
        .map((cell) => cell.textContent),
    ).toEqual(["SKU-1", "SKU-2", "SKU-3"]);
  });

  it("opens the row that Tab came to, before any is selected", async () => {
    const opened = vi.fn();
    render(<DataTable label="Items" rows={items} columns={columns} rowKey={(item) => item.sku} onOpen={opened} />);
    await userEvent.tab();
    await userEvent.tab();
    expect(screen.getByText("SKU-1").closest("tr")).toHaveFocus();
    await userEvent.keyboard("{Enter}");
    expect(opened).toHaveBeenCalledExactlyOnceWith(items[0]);
  });

  it("moves the selection with the arrows and opens with Enter", async () => {
    const opened = vi.fn();
    render(<Fixture onOpen={opened} />);
    await userEvent.click(screen.getByText("SKU-1"));
    screen.getByText("SKU-1").closest("tr")?.focus();
    await userEvent.keyboard("{ArrowDown}");
    expect(screen.getByText("SKU-2").closest("tr")).toHaveAttribute("aria-current", "true");
    await userEvent.keyboard("{End}{Enter}");
    expect(opened).toHaveBeenCalledWith(items[2]);
  });

  it("asks for the largest first when a number column is chosen, then turns round", async () => {
    const sorted = vi.fn();
    const table = (sort?: { id: string; desc: boolean }) => (
      <DataTable label="Items" rows={items} columns={columns} rowKey={(item) => item.sku} sort={sort} onSort={sorted} />
    );
    const { rerender } = render(table());
    await userEvent.click(screen.getByRole("button", { name: "Units" }));
    expect(sorted).toHaveBeenLastCalledWith({ id: "units", desc: true });
    rerender(table({ id: "units", desc: true }));
    expect(screen.getByRole("columnheader", { name: "Units" })).toHaveAttribute("aria-sort", "descending");
    await userEvent.click(screen.getByRole("button", { name: "Units" }));
    expect(sorted).toHaveBeenLastCalledWith({ id: "units", desc: false });
  });
});

type Line = {
  key: string;
  name: string;
  group?: { label: string; count: number; collapsed: boolean };
  pending?: boolean;
};
const lines: Line[] = [
  { key: "g/US", name: "", group: { label: "United States", count: 2, collapsed: false } },
  { key: "US/1", name: "Flask" },
  { key: "US/2", name: "Mug" },
  { key: "#3", name: "", pending: true },
];
const lineColumns: Column<Line>[] = [
  {
    id: "name",
    title: "Name",
    rowHeader: true,
    sticky: true,
    fixed: true,
    sortable: true,
    render: (line) => line.name,
  },
  { id: "units", title: "Units", align: "end", sortable: true, render: () => "7" },
  { id: "price", title: "Price", align: "end", render: () => "9" },
];
const lineKey = (line: Line) => line.key;
const groupOf = (line: Line) => line.group ?? null;
const isPending = (line: Line) => line.pending === true;

function Ticking({ onToggle, onActions, onHide, onMove }: Record<string, (...told: unknown[]) => void>) {
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  return (
    <>
      <output>{[...keys].join(" ")}</output>
      <DataTable
        label="Lines"
        rows={lines}
        columns={lineColumns}
        rowKey={lineKey}
        group={groupOf}
        pending={isPending}
        onToggleGroup={onToggle}
        onActions={onActions}
        selectedKeys={keys}
        onSelectKeys={setKeys}
        onSort={vi.fn()}
        columnActions={{ onHide, onMove }}
        totals={(column) => (column.id === "units" ? "14" : null)}
      />
    </>
  );
}

describe("a table with groups and ticks", () => {
  const ticked = () => screen.getByRole("status").textContent;
  const rowOf = (text: string) => screen.getByText(text).closest("tr");

  it("ticks by key, extends with Shift, takes all with Ctrl+A and none with Escape; headings and unread rows never", async () => {
    render(<Ticking />);
    rowOf("Flask")?.focus();
    await userEvent.click(screen.getByText("Flask"));
    await userEvent.keyboard(" ");
    expect(ticked()).toBe("US/1");
    await userEvent.keyboard("{Shift>}{ArrowDown}{/Shift}");
    expect(ticked()).toBe("US/1 US/2");
    await userEvent.keyboard("{Escape}");
    expect(ticked()).toBe("");
    await userEvent.keyboard("{Control>}a{/Control}");
    expect(ticked()).toBe("US/1 US/2");
    expect(screen.getByRole("checkbox", { name: "Select all rows" })).toBeChecked();
  });

  it("ticks with the box of a row, which has the row's name", async () => {
    render(<Ticking />);
    await userEvent.click(screen.getByRole("checkbox", { name: "Mug" }));
    expect(ticked()).toBe("US/2");
  });

  it("collapses a group with the left arrow and with its button, and not twice", async () => {
    const toggled = vi.fn();
    render(<Ticking onToggle={toggled} />);
    const fold = screen.getByRole("button", { name: "United States 2" });
    expect(fold).toHaveAttribute("aria-expanded", "true");
    await userEvent.click(fold);
    expect(toggled).toHaveBeenLastCalledWith("g/US", true);
    rowOf("United States")?.focus();
    await userEvent.keyboard("{ArrowLeft}");
    expect(toggled).toHaveBeenCalledTimes(2);
    await userEvent.keyboard("{ArrowRight}");
    expect(toggled).toHaveBeenCalledTimes(2);
  });

  it("offers the letters as commands while it is there", async () => {
    const registry = new CommandRegistry();
    const acted = vi.fn();
    const { unmount } = render(
      <CommandContext value={registry}>
        <Ticking onActions={acted} />
      </CommandContext>,
    );
    const press = (name: string) => act(() => void registry.press(name, "page", true, 0));
    press("j");
    press("j");
    expect(rowOf("Flask")).toHaveFocus();
    press("x");
    expect(ticked()).toBe("US/1");
    press(".");
    expect(acted).toHaveBeenCalledWith(lines[1], rowOf("Flask"));
    unmount();
    expect(registry.press("j", "page", true, 0)).toBe(false);
  });

  it("keeps totals in the footer and counts them", () => {
    render(<Ticking />);
    expect(screen.getByRole("row", { name: "Total 14" })).toHaveAttribute("aria-rowindex", "6");
    expect(screen.getByRole("table")).toHaveAttribute("aria-rowcount", "6");
  });

  it("hides and moves a column from the menu of its heading, but not the fixed one", async () => {
    const hidden = vi.fn();
    const moved = vi.fn();
    render(<Ticking onHide={hidden} onMove={moved} />);
    await userEvent.click(screen.getByRole("button", { name: "Column Units" }));
    expect(await screen.findByRole("menuitem", { name: "Move left" })).toBeDisabled();
    await userEvent.click(screen.getByRole("menuitem", { name: "Move right" }));
    expect(moved).toHaveBeenCalledWith("units", 1);
    await userEvent.click(screen.getByRole("button", { name: "Column Name" }));
    expect(await screen.findByRole("menuitem", { name: "Sort A to Z" })).toBeVisible();
    expect(screen.queryByRole("menuitem", { name: "Hide" })).toBeNull();
  });

  it("tells the page of a row that was not read yet as soon as it is", () => {
    const chosen = vi.fn();
    const table = (rows: Line[]) => (
      <DataTable
        label="Lines"
        rows={rows}
        columns={lineColumns}
        rowKey={lineKey}
        pending={isPending}
        selected="US/1"
        onSelect={chosen}
      />
    );
    const { rerender } = render(table(lines));
    rowOf("Flask")?.focus();
    fireEvent.keyDown(document.activeElement ?? document.body, { key: "End" });
    expect(chosen).not.toHaveBeenCalled();
    expect(document.activeElement).toHaveAttribute("aria-rowindex", "5");
    const read = [...lines.slice(0, 3), { key: "US/3", name: "Lid" }];
    rerender(table(read));
    expect(chosen).toHaveBeenCalledWith(read[3]);
    expect(rowOf("Lid")).toHaveFocus();
  });
});

describe("the maturity of a column", () => {
  const fact = (text: string, maturity: Value["maturity"]): Value => ({
    text,
    num: null,
    currency: "",
    approx: false,
    maturity,
    as_of: "",
    source: "",
    note: "",
    line: null,
    good: "",
  });
  const table = (states: Value["maturity"][]) => (
    <DataTable
      label="Facts"
      rows={states.map((state, index) => ({ key: `row ${index}`, value: fact(`${index}`, state) }))}
      columns={factColumns}
      rowKey={factKey}
    />
  );
  const heading = () => screen.getAllByRole("columnheader")[1]?.textContent;

  it("is said once in the heading where all known values have it", () => {
    const { rerender } = render(table(["settling", "missing", "settling"]));
    expect(heading()).toContain("settling");
    rerender(table(["settling", "fresh", "settling"]));
    expect(heading()).toBe("Units");
    rerender(table(["fresh", "fresh"]));
    expect(heading()).toBe("Units");
  });
});

type FactRow = { key: string; value: Value };
const factKey = (row: FactRow) => row.key;
const factColumns: Column<FactRow>[] = [
  { id: "name", title: "Name", rowHeader: true, render: (row) => row.key },
  { id: "units", title: "Units", align: "end", render: (row) => <Fact value={row.value} /> },
];
