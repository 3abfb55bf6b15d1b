import { screen, waitFor } from "@test-utils";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { useCommands } from "@/lib/command-context";
import type { Command } from "@/lib/commands";
import { openPage } from "@/lib/testdata/open-page";
import { WindowMenu } from "./menu";

const run = vi.fn();

const windowCommands: Command[] = [{ id: "print", label: "Print this page", group: "File", keys: ["mod+p"], run }];
const pageCommands: Command[] = [
  { id: "approve", label: "Approve", group: "Today", keys: ["a"], run },
  { id: "snooze", label: "Snooze", group: "Today", when: () => false, run },
  { id: "next", label: "Next row", group: "Today", keys: ["j"], keyOnly: true, run },
];

function Window() {
  const [opened, setOpened] = useState(false);
  useCommands(windowCommands, "window");
  useCommands(pageCommands);
  return <WindowMenu opened={opened} onChange={setOpened} />;
}

describe("the menu of the window", () => {
  it("lists the commands of the registry by menu, and runs them by keyboard", async () => {
    await openPage({ address: "/", pages: { "/": Window } });
    await userEvent.click(screen.getByRole("button", { name: "Menu" }));
    expect((await screen.findAllByRole("menuitem")).map((item) => item.textContent)).toEqual(["File", "Page"]);
    screen.getByRole("menuitem", { name: "Page" }).focus();
    await userEvent.keyboard("{ArrowRight}");
    const approve = await screen.findByRole("menuitem", { name: /Approve/ });
    await waitFor(() => expect(approve).toHaveFocus());
    expect(screen.getByRole("menuitem", { name: "Snooze" })).toBeDisabled();
    expect(screen.queryByRole("menuitem", { name: /Next row/ })).toBeNull();
    await userEvent.keyboard("{Enter}");
    await waitFor(() => expect(run).toHaveBeenCalledOnce());
    await waitFor(() => expect(screen.queryByRole("menuitem", { name: "File" })).toBeNull());
  });
});
