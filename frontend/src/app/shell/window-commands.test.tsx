import { act, waitFor } from "@test-utils";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { openPage } from "@/lib/testdata/open-page";
import { WindowCommands } from "./window-commands";

const nothing = () => {};

function Window() {
  return (
    <WindowCommands
      onSearch={nothing}
      onFindSku={nothing}
      onMenu={nothing}
      onShortcuts={nothing}
      onToggleRail={nothing}
      onToggleDetails={nothing}
    />
  );
}

it("asks why not from anywhere, by its name and by its chord", async () => {
  window.go = { decisions: { API: { LastUndoable: async () => ({ possible: false, title: "" }) } } };
  const page = await openPage({ address: "/today", pages: { "/today": Window, "/rules/trace": Window } });
  const command = page.registry.list().find((one) => one.label === "Why not…?");
  expect(command?.keyOnly).toBeFalsy();
  act(() => command?.run());
  await waitFor(() => expect(page.address()).toBe("/rules/trace"));
  await userEvent.keyboard("gt");
  await waitFor(() => expect(page.address()).toBe("/today"));
  await userEvent.keyboard("gw");
  await waitFor(() => expect(page.address()).toBe("/rules/trace"));
});
