import { fireEvent, render, screen } from "@test-utils";
import { expect, test, vi } from "vitest";
import { Tabbed } from "./tabbed";

const tabs = [
  { value: "a", title: "Reports" },
  { value: "b", title: "Files", count: 1204 },
] as const;

test("shows the chosen part under its tab and tells which other one is asked for", () => {
  const onChange = vi.fn();
  render(
    <Tabbed label="Data" tabs={tabs} value="a" onChange={onChange}>
      Content
    </Tabbed>,
  );
  expect(screen.getByRole("tabpanel", { name: "Reports" })).toHaveTextContent("Content");
  fireEvent.click(screen.getByRole("tab", { name: /Files\s*1,204/ }));
  expect(onChange).toHaveBeenCalledExactlyOnceWith("b");
  fireEvent.click(screen.getByRole("tab", { name: "Reports" }));
  expect(onChange).toHaveBeenCalledTimes(1);
});
