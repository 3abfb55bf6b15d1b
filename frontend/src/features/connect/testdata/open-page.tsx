import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from "@tanstack/react-router";
import { render, screen } from "@test-utils";
import userEvent from "@testing-library/user-event";
import type { Display } from "@/lib/display";
import { connectSearch } from "../logic/search";
import { ConnectPage } from "../pages/connect-page";
import type { FakeAccounts } from "./accounts";

/** Opens the page at an address, over a stand-in for the program. */
export function openPage(fake: FakeAccounts, address: string, display: Partial<Display> = {}) {
  window.go = {
    accounts: { API: fake.accounts() },
    jobs: { API: fake.jobs() },
    app: { API: fake.app() },
  };
  const root = createRootRoute({ component: Outlet });
  const page = createRoute({
    getParentRoute: () => root,
    path: "/connect",
    component: ConnectPage,
    validateSearch: connectSearch,
  });
  const other = (path: string) =>
    createRoute({ getParentRoute: () => root, path, component: () => <h1>Another page: {path}</h1> });
  const router = createRouter({
    routeTree: root.addChildren([page, ...["/today", "/start", "/sales"].map(other)]),
    history: createMemoryHistory({ initialEntries: [address] }),
  });
  const { client } = render(<RouterProvider router={router as never} />, { display });
  return { router, client };
}

type Client = ReturnType<typeof openPage>["client"];

/** Everything that the page and what is behind it keep, as one text: a secret must not be in it. */
export function everythingKept(client: Client): string {
  const values = [...document.querySelectorAll("input, textarea")].map((field) => (field as HTMLInputElement).value);
  const queries = client.getQueryCache().getAll();
  const mutations = client.getMutationCache().getAll();
  return JSON.stringify([
    document.documentElement.outerHTML,
    values,
    queries.map(({ queryKey, state }) => [queryKey, state]),
    mutations.map(({ state }) => state),
    { ...window.localStorage },
    { ...window.sessionStorage },
    window.location.href,
  ]);
}

/** Goes to an element by Tab alone, which proves that the keyboard gets there. */
export async function tabTo(element: HTMLElement): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if (document.activeElement === element) return;
    await userEvent.tab();
  }
  throw new Error(`Tab does not get to ${element.outerHTML.slice(0, 120)}`);
}

/** Presses a button as the keyboard does. */
export async function press(name: string | RegExp): Promise<void> {
  await tabTo(await screen.findByRole("button", { name }));
  await userEvent.keyboard("{Enter}");
}

/** Presses a button as the mouse does. */
export async function click(name: string | RegExp): Promise<void> {
  await userEvent.click(await screen.findByRole("button", { name }));
}
