import { fireEvent, render, screen } from "@test-utils";
import { expect, test, vi } from "vitest";
import type { Threshold } from "../api/types";
import { ThresholdRow } from "./threshold-row";

const decline: Threshold = {
  name: "sales_decline",
  title: "Sales decline",
  value: -0.2,
  default: -0.2,
  from: "",
  unit: "ratio",
  meaning: "Change of sales.",
  min: -0.95,
  max: 0,
  source: "Purser's default",
  date: "2026-11-25",
  changed: false,
};

function show(change: Partial<Threshold> = {}) {
  const onSave = vi.fn();
  const onReset = vi.fn();
  render(<ThresholdRow threshold={{ ...decline, ...change }} onSave={onSave} onReset={onReset} />);
  const field = screen.getByLabelText("Sales decline");
  const type = (text: string) => fireEvent.change(field, { target: { value: text } });
  return { field, type, onSave, onReset };
}

test("Enter saves the ratio that the per cent stands for", () => {
  const { field, type, onSave } = show();
  expect(field).toHaveValue("−20");
  type("-35");
  fireEvent.keyDown(field, { key: "Enter" });
  fireEvent.blur(field);
  expect(onSave).toHaveBeenCalledExactlyOnceWith(-0.35);
});

test("leaving the field saves, but not what did not change", () => {
  const { field, type, onSave } = show();
  fireEvent.blur(field);
  type("-20 %");
  fireEvent.blur(field);
  expect(onSave).not.toHaveBeenCalled();
  type("-21");
  fireEvent.blur(field);
  expect(onSave).toHaveBeenCalledExactlyOnceWith(-0.21);
});

test("what is out of bounds is not saved and says so", () => {
  const { field, type, onSave } = show();
  type("12");
  fireEvent.keyDown(field, { key: "Enter" });
  expect(onSave).not.toHaveBeenCalled();
  expect(screen.getByText("The most is 0 %.")).toBeInTheDocument();
  fireEvent.keyDown(field, { key: "Escape" });
  expect(field).toHaveValue("−20");
  expect(screen.queryByText("The most is 0 %.")).not.toBeInTheDocument();
});

test("a changed threshold is marked with a word and can be reset", () => {
  const { onReset } = show({ value: -0.3, changed: true });
  expect(screen.getByText("changed")).toBeInTheDocument();
  fireEvent.click(screen.getByRole("button", { name: /Reset to −20 %/ }));
  expect(onReset).toHaveBeenCalledTimes(1);
});

test("emptying a field that a fact can fill goes back to the fact", () => {
  const { field, type, onReset, onSave } = show({ default: null, from: "advertising.breakeven_acos", changed: true });
  type("");
  fireEvent.keyDown(field, { key: "Enter" });
  expect(onReset).toHaveBeenCalledTimes(1);
  expect(onSave).not.toHaveBeenCalled();
});
