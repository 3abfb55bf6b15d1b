/** Opens pages in tests as the window does: at an address, with keys that run commands. */
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from "@tanstack/react-router";
import { act, render } from "@test-utils";
import { type ReactNode, use, useEffect } from "react";
import { AnnounceContext } from "../announce";
import { CommandContext } from "../command-context";
import { CommandRegistry, keyNames, placeOf } from "../commands";
import type { Display } from "../display";

type Input = {
  /** "/rows?name=sales.units" */
  address: string;
  /** Pages by path, as the router writes it; an address without a page shows nothing. */
  pages: Record<string, () => ReactNode>;
  display?: Partial<Display>;
};

/** What a test sees of the window: where it is, what was announced, and what can be done. */
export type OpenPage = {
  /** The address as a person sees it, with search. */
  address: () => string;
  search: () => Record<string, unknown>;
  said: string[];
  registry: CommandRegistry;
};

export async function openPage({ address, pages, display }: Input): Promise<OpenPage> {
  const registry = new CommandRegistry();
  const said: string[] = [];
  const root = createRootRoute({ component: Outlet, notFoundComponent: () => null });
  const routes = Object.entries(pages).map(([path, component]) =>
    createRoute({ getParentRoute: () => root, path, component }),
  );
  const router = createRouter({
    routeTree: root.addChildren(routes),
    history: createMemoryHistory({ initialEntries: [address] }),
  });
  await act(() => router.load());
  render(
    <CommandContext value={registry}>
      <AnnounceContext value={(message) => said.push(message)}>
        <Keys />
        <RouterProvider router={router} />
      </AnnounceContext>
    </CommandContext>,
    { display },
  );
  return {
    address: () => router.state.location.href,
    search: () => router.state.location.search as Record<string, unknown>,
    said,
    registry,
  };
}

function Keys() {
  const registry = use(CommandContext);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const place = placeOf(event.target);
      if (keyNames(event).some((name) => registry.press(name, place, true, event.timeStamp))) event.preventDefault();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [registry]);
  return null;
}
