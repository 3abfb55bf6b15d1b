import { act, fireEvent, render, screen } from "@test-utils";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { Value } from "@/lib/dashboards/types";
import { Fact } from "./fact";

const value: Value = {
  text: "€12,480.00",
  num: 12480,
  currency: "EUR",
  approx: false,
  maturity: "fresh",
  as_of: "2026-11-24",
  source: "All orders",
  note: "",
  line: null,
  good: "",
};
const shown = () => document.body.textContent?.trim() ?? "";

describe("Fact", () => {
  it("tells unknown from not applicable and from zero", () => {
    const { unmount } = render(<Fact value={{ ...value, text: "?", num: null, maturity: "missing" }} />);
    expect(shown()).toContain("?");
    unmount();
    const second = render(<Fact value={{ ...value, text: "", num: null, currency: "", maturity: "" }} />);
    expect(screen.getByText("—")).toBeVisible();
    second.unmount();
    render(<Fact value={{ ...value, text: "0", num: 0, currency: "" }} />);
    expect(screen.getByText("0")).toBeVisible();
  });

  it("marks what is converted and what may still change, also for screen readers", () => {
    render(<Fact value={{ ...value, approx: true, maturity: "settling" }} />);
    expect(screen.getByText("about")).toBeInTheDocument();
    expect(screen.getByText("settling")).toBeInTheDocument();
  });

  it.each([
    ["1", "feedbacks", "1 feedback"],
    ["−1", "days", "−1 day"],
    ["11", "units", "11 units"],
    ["1.0", "days", "1.0 days"],
    ["2026-11-23", "day", "23 Nov"],
  ])("writes %s %s as %s", (text, unit, expected) => {
    render(<Fact value={{ ...value, currency: "", text }} unit={unit} />, { display: { now: "2026-11-25T06:00:00Z" } });
    expect(
      screen.getByText((_, element) => element?.textContent === expected, { selector: "[data-maturity]" }),
    ).toBeVisible();
  });

  it("covers an amount and the note that may name it", async () => {
    vi.useFakeTimers();
    render(<Fact value={{ ...value, note: "€200.00 are estimated" }} />, { display: { hide_amounts: true } });
    expect(screen.getByText("amount hidden")).toBeInTheDocument();
    fireEvent.pointerEnter(screen.getByText("amount hidden").closest("[data-maturity]") ?? document.body);
    await act(() => vi.advanceTimersByTimeAsync(400));
    vi.useRealTimers();
    expect(await screen.findByText("All orders")).toBeInTheDocument();
    expect(shown()).not.toContain("€");
  });

  it("is a button that opens its definition and does not press the row it stands in", async () => {
    const defined = vi.fn();
    const pressed = vi.fn();
    render(
      // biome-ignore lint/a11y/useKeyWithClickEvents: it stands for a row, whose keys are the table's.
      // biome-ignore lint/a11y/noStaticElementInteractions: as above.
      <div onClick={pressed}>
        <Fact value={value} onDefine={defined} focusable={false} />
      </div>,
    );
    const button = screen.getByRole("button", { name: "€12,480.00" });
    expect(button).toHaveAttribute("tabindex", "-1");
    await userEvent.click(button);
    expect(defined).toHaveBeenCalledOnce();
    expect(pressed).not.toHaveBeenCalled();
  });

  it("says in a word whether a change is good", () => {
    render(<Fact value={{ ...value, currency: "", text: "+1.3 pp", num: 0.013, good: "bad" }} change />);
    expect(screen.getByText(", worse")).toBeInTheDocument();
  });
});
