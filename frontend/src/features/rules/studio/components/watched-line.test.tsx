import { screen, waitFor } from "@test-utils";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { openPage } from "@/lib/testdata/open-page";
import { WatchedLine } from "./watched-line";

afterEach(() => {
  window.go = undefined;
});

function program(mode: string) {
  const band = { per_day: 0, units_max: 0, minor: 0, currency: "", only: [] };
  let now = mode;
  const modes = () => ({ modes: [{ policy: "mine", mode: now, since: "2026-11-20T08:00:00Z", band }] });
  const SetMode = vi.fn(async (input: unknown) => {
    now = (input as { mode: string }).mode;
    return modes();
  });
  window.go = { actions: { API: { Modes: async () => modes(), SetMode } } };
  return SetMode;
}

const open = () => openPage({ address: "/rules/edit", pages: { "/rules/edit": () => <WatchedLine policy="mine" /> } });

it("lets a rule that is only watched propose", async () => {
  const set = program("observe");
  await open();
  expect(await screen.findByText(/it asks nobody/)).toHaveTextContent("Watched since 20 Nov");
  expect(screen.getByRole("link", { name: "Today, Observed" })).toHaveAttribute(
    "href",
    expect.stringContaining("observed"),
  );
  await userEvent.click(screen.getByRole("button", { name: "Let it propose" }));
  expect(set).toHaveBeenCalledWith(expect.objectContaining({ policy: "mine", mode: "propose" }));
  await waitFor(() => expect(screen.queryByText(/it asks nobody/)).toBeNull());
});

it("is silent about a rule that proposes", async () => {
  program("propose");
  await open();
  await waitFor(() => expect(screen.queryByText(/it asks nobody/)).toBeNull());
});
