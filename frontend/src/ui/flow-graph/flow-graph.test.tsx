import { render, screen } from "@test-utils";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { FlowGraph } from "./flow-graph";

const nodes = [
  { id: "fact", kind: "fact", title: "Cover", note: "19.0 days", tone: "plain" },
  { id: "end", kind: "outcome", title: "Decided", note: "", tone: "pass" },
] as const;
const edges = [{ from: "fact", to: "end" }];

describe("the graph", () => {
  it("says each node whole, chooses by Enter and walks by arrows", async () => {
    const onSelect = vi.fn();
    render(<FlowGraph label="How it came about" nodes={nodes} edges={edges} selected="end" onSelect={onSelect} />);
    const fact = screen.getByLabelText("fact, Cover, 19.0 days");
    const end = screen.getByLabelText("outcome, Decided, holds");
    fact.focus();
    await userEvent.keyboard("{ArrowRight}");
    expect(end).toHaveFocus();
    await userEvent.keyboard("{ArrowLeft}");
    expect(fact).toHaveFocus();
    await userEvent.keyboard("{Enter}");
    expect(onSelect).toHaveBeenCalledWith("fact");
  });
});
