import { act, fireEvent, render, screen } from "@test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FilterField } from "./filter-field";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const type = (text: string) => fireEvent.change(screen.getByLabelText("Filter SKUs"), { target: { value: text } });

test("tells the filter once typing rests, without the spaces around it", () => {
  const onChange = vi.fn();
  render(<FilterField label="Filter SKUs" value="" onChange={onChange} />);
  type("fl");
  act(() => void vi.advanceTimersByTime(100));
  type("flask ");
  act(() => void vi.advanceTimersByTime(100));
  expect(onChange).not.toHaveBeenCalled();
  act(() => void vi.advanceTimersByTime(100));
  expect(onChange).toHaveBeenCalledTimes(1);
  expect(onChange).toHaveBeenCalledWith("flask");
});

test("an answer that comes late does not take back what was typed since", () => {
  const onChange = vi.fn();
  const { rerender } = render(<FilterField label="Filter SKUs" value="" onChange={onChange} />);
  type("fl");
  act(() => void vi.advanceTimersByTime(200));
  type("flask");
  rerender(<FilterField label="Filter SKUs" value="fl" onChange={onChange} />);
  expect(screen.getByLabelText("Filter SKUs")).toHaveValue("flask");
});

test("a filter cleared elsewhere empties the field; Esc clears it too", () => {
  const onChange = vi.fn();
  const { rerender } = render(<FilterField label="Filter SKUs" value="flask" onChange={onChange} />);
  rerender(<FilterField label="Filter SKUs" value="" onChange={onChange} />);
  expect(screen.getByLabelText("Filter SKUs")).toHaveValue("");
  type("x");
  screen.getByLabelText("Filter SKUs").focus();
  fireEvent.keyDown(screen.getByLabelText("Filter SKUs"), { key: "Escape" });
  expect(screen.getByLabelText("Filter SKUs")).toHaveValue("");
  expect(screen.getByLabelText("Filter SKUs")).toHaveFocus();
  fireEvent.keyDown(screen.getByLabelText("Filter SKUs"), { key: "Escape" });
  expect(screen.getByLabelText("Filter SKUs")).not.toHaveFocus();
});
