import { render, screen, within } from "@test-utils";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import type { Column } from "./column";
import { DataTable } from "./data-table";
import { moveTo } from "./row-keys";

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

describe("moveTo", () => {
  it.each([
    ["ArrowDown", -1, 3, 0],
    ["ArrowDown", 2, 3, 2],
    ["ArrowUp", 0, 3, 0],
    ["PageDown", 1, 30, 11],
    ["Home", 9, 30, 0],
    ["a", 1, 3, null],
    ["ArrowDown", -1, 0, null],
  ])("%s from %d of %d goes to %s", (key, index, count, next) => {
    expect(moveTo(key, index, count)).toBe(next);
  });
});
