import { fireEvent, render, screen } from "@test-utils";
import { expect, test, vi } from "vitest";
import { planImport } from "../logic/import-plan";
import { importFile } from "../testdata/import-files";
import { PreviewLine } from "./preview-line";

function show(file: ReturnType<typeof importFile>) {
  const onChange = vi.fn();
  const line = planImport([file]).lines[0];
  if (!line) throw new Error("no line");
  render(
    <ul>
      <PreviewLine line={line} options={[]} onChange={onChange} />
    </ul>,
  );
  return onChange;
}

test("a file without a period asks for it and takes only a whole one", () => {
  const onChange = show(importFile({ path: "/t", refused: true, needs: ["period"], first_day: "", last_day: "" }));
  expect(screen.getByText("needs an answer")).toBeInTheDocument();
  fireEvent.change(screen.getByLabelText("First day"), { target: { value: "2026-11-24" } });
  fireEvent.click(screen.getByRole("button", { name: "Use this period" }));
  expect(screen.getByRole("alert")).toHaveTextContent("The last day is missing.");
  expect(onChange).not.toHaveBeenCalled();
  fireEvent.change(screen.getByLabelText("Last day"), { target: { value: "2026-11-24" } });
  fireEvent.click(screen.getByRole("button", { name: "Use this period" }));
  expect(onChange).toHaveBeenCalledExactlyOnceWith("/t", { period_from: "2026-11-24", period_to: "2026-11-24" });
});

test("a refused file says why and shows no figures that could be taken for stored rows", () => {
  show(
    importFile({
      refused: true,
      rows: 90,
      problems: [
        { code: "unknown_kind", message: "This is no report Purser knows. Download one of those listed.", fatal: true },
      ],
    }),
  );
  expect(screen.getByText("left out")).toBeInTheDocument();
  expect(screen.getByText(/Download one of those listed/)).toBeInTheDocument();
  expect(screen.queryByText("90")).not.toBeInTheDocument();
});

test("bad rows open on demand with line, column, reason and text", () => {
  show(
    importFile({
      rows: 10,
      stored: 9,
      quarantined: 1,
      bad: [{ line: 12, column: "quantity", reason: "Not a whole number.", text: "SKU-1\t1.5" }],
    }),
  );
  const toggle = screen.getByRole("button", { name: "1 bad row" });
  expect(toggle).toHaveAttribute("aria-expanded", "false");
  expect(screen.getByText("Not a whole number.")).not.toBeVisible();
  fireEvent.click(toggle);
  expect(screen.getByText("Not a whole number.")).toBeVisible();
  expect(screen.getByText("Line 12")).toBeVisible();
});
