import { fireEvent, render, screen } from "@test-utils";
import { expect, test, vi } from "vitest";
import { costError } from "../logic/costs";
import { EditCell } from "./edit-cell";

function show(hide = false) {
  const saved = [vi.fn(), vi.fn()];
  const cell = (sku: string, index: number) => (
    <tr>
      <td>
        <EditCell
          label={`Cost of ${sku}`}
          field="cost"
          value="6.05"
          placeholder="?"
          check={costError}
          onSave={(text) => saved[index]?.(text)}
          money
        />
      </td>
    </tr>
  );
  render(
    <table>
      <tbody>
        {cell("SKU-1", 0)}
        {cell("SKU-2", 1)}
      </tbody>
    </table>,
    { display: { hide_amounts: hide } },
  );
  return saved;
}

test("Enter saves once and goes to the same field of the row below", () => {
  const [first, second] = show();
  const field = screen.getByLabelText("Cost of SKU-1");
  field.focus();
  fireEvent.change(field, { target: { value: "7.10" } });
  fireEvent.keyDown(field, { key: "Enter" });
  expect(first).toHaveBeenCalledExactlyOnceWith("7.10");
  expect(screen.getByLabelText("Cost of SKU-2")).toHaveFocus();
  fireEvent.keyDown(screen.getByLabelText("Cost of SKU-2"), { key: "ArrowUp" });
  expect(field).toHaveFocus();
  expect(second).not.toHaveBeenCalled();
});

test("what cannot be a cost stays in its field, marked, and is not saved", () => {
  const [first] = show();
  const field = screen.getByLabelText("Cost of SKU-1");
  field.focus();
  fireEvent.change(field, { target: { value: "abc" } });
  fireEvent.keyDown(field, { key: "Enter" });
  expect(first).not.toHaveBeenCalled();
  expect(field).toHaveFocus();
  expect(field).toHaveAttribute("aria-invalid", "true");
  fireEvent.keyDown(field, { key: "Escape" });
  expect(field).toHaveValue("6.05");
});

test("hidden amounts are not in the page at all", () => {
  show(true);
  expect(screen.queryByDisplayValue("6.05")).not.toBeInTheDocument();
});
