import { act, render, screen } from "@test-utils";
import { afterEach, expect, test } from "vitest";
import { useJob } from "./jobs";
import type { Job } from "./types";

afterEach(() => {
  window.go = undefined;
  window.runtime = undefined;
});

const job = (state: Job["state"]): Job => ({
  id: "j",
  kind: "preview",
  state,
  stage: "",
  done: 0,
  total: 0,
  rate_text: "",
  eta_text: "",
  message: "",
  files: [],
});

function State() {
  return <p>{useJob("j").data?.state ?? "none"}</p>;
}

test("an event that comes late does not make an ended job run again", async () => {
  let tell: (payload: unknown) => void = () => {};
  window.runtime = {
    EventsOn: (_topic, listener) => {
      tell = listener;
      return () => {};
    },
  };
  window.go = { ingest: { API: { Job: async () => job("running") } } };
  render(<State />);
  expect(await screen.findByText("running")).toBeInTheDocument();
  act(() => tell(job("done")));
  expect(await screen.findByText("done")).toBeInTheDocument();
  act(() => tell(job("running")));
  expect(screen.getByText("done")).toBeInTheDocument();
});
