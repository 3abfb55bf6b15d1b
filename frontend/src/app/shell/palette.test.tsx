import { act, screen, waitFor } from "@test-utils";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useCommands } from "@/lib/command-context";
import type { Command } from "@/lib/commands";
import type { Hit } from "@/lib/dashboards/types";
import { openPage } from "@/lib/testdata/open-page";
import { openPalette, Palette, type PaletteScope } from "./palette";

const hit = (kind: Hit["kind"], title: string, link: string): Hit => ({ kind, title, detail: "", link });

const all = [
  hit("sku", "SKU-104", "/sku/US%2FSKU-104"),
  hit("order", "113-104", "/rows/original?document=3&line=9"),
  hit("sku", "SKU-1040", "/sku/US%2FSKU-1040"),
];

let asked: string[];
let ran = vi.fn<() => void>();
let fails: boolean;

beforeEach(() => {
  asked = [];
  ran = vi.fn<() => void>();
  fails = false;
  window.go = {
    dashboards: {
      API: {
        Search: async (input) => {
          const { query } = input as { query: string };
          asked.push(query);
          if (fails) throw { code: "internal", module: "dashboards", message: "The index is gone.", hint: "" };
          return { hits: all.filter(({ title }) => title.toLowerCase().includes(query.toLowerCase())) };
        },
      },
    },
  };
});

afterEach(() => {
  window.go = undefined;
});

async function open(scope: PaletteScope = "all") {
  const commands: Command[] = [{ id: "sales", label: "Sales", group: "Go", run: ran }];
  const Window = () => {
    useCommands(commands);
    return <Palette scope={scope} />;
  };
  const page = await openPage({ address: "/today", pages: { "/today": Window, "/sku/$subject": () => "a SKU" } });
  act(() => openPalette());
  await screen.findByRole("dialog");
  return page;
}

const actions = () => [...document.querySelectorAll("[data-action]")].map((action) => action.textContent);

describe("the palette", () => {
  it("offers commands at once, and what the account has once typing rests", async () => {
    await open();
    expect(actions()).toEqual(["Sales"]);
    await userEvent.keyboard("104");
    await waitFor(() => expect(actions()).toEqual(["SKU-104", "SKU-1040", "113-104"]));
    expect(asked.at(-1)).toBe("104");
  });

  it("opens the best hit with Enter", async () => {
    const page = await open();
    await userEvent.keyboard("sku-104");
    await waitFor(() => expect(actions()).toHaveLength(2));
    await userEvent.keyboard("{Enter}");
    await waitFor(() => expect(page.address()).toBe("/sku/US%2FSKU-104"));
  });

  it("walks over commands and hits alike", async () => {
    const page = await open();
    await userEvent.keyboard("104");
    await waitFor(() => expect(actions()).toHaveLength(3));
    await userEvent.keyboard("{ArrowDown}{ArrowDown}{Enter}");
    await waitFor(() => expect(page.address()).toBe("/rows/original?document=3&line=9"));
  });

  it("runs a command by its words", async () => {
    await open();
    await userEvent.keyboard("go sal{Enter}");
    await waitFor(() => expect(ran).toHaveBeenCalledOnce());
  });

  it("narrowed to SKUs shows nothing else", async () => {
    await open("skus");
    expect(screen.getByText(/Type a SKU/)).toBeVisible();
    await userEvent.keyboard("104");
    await waitFor(() => expect(actions()).toEqual(["SKU-104", "SKU-1040"]));
  });

  it("says that nothing was found, and why it could not search", async () => {
    await open();
    await userEvent.keyboard("zz");
    expect(await screen.findByText("Nothing has these words")).toBeVisible();
    fails = true;
    await userEvent.keyboard("z");
    expect(await screen.findByText("Could not search. The index is gone.")).toBeVisible();
  });
});
