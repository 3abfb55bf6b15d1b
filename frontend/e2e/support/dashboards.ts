import type { Cookie, Locator, Page } from "@playwright/test";
import type {
  Check,
  Definition,
  Reference,
  RowsBehind,
  Table,
  TableInput,
  ViewInput,
} from "../../src/lib/dashboards/types.ts";
import { bound, expect, goTo, settled, test } from "./fixtures.ts";
import { newDataDir, type Seller, type Server, serve } from "./server.ts";

/**
 * One server for all tests of a file, which run one after the other, each in a window of its own. `folder` makes the
 * data folder; without it the seller's own is taken. Answers the server that runs now.
 */
export function shared(seller: Seller, folder?: () => Promise<string>): () => Server {
  let server: Server | undefined;
  let cookies: Cookie[] = [];
  test.describe.configure({ mode: "default" });
  test.beforeAll(async () => {
    server = await serve((await folder?.()) ?? newDataDir(seller), seller);
    cookies = [];
  });
  // The watch is asked for here so that it sees all of the page.
  test.beforeEach(async ({ page, watch }) => {
    expect(watch.faults).toEqual([]);
    await page.context().addCookies(cookies);
    await page.goto(server?.url ?? "");
    cookies = await page.context().cookies();
    await settled(page);
  });
  test.afterAll(() => server?.stop());
  return () => {
    if (!server) throw new Error("The server runs only during tests.");
    return server;
  };
}

/** All of the account over 28 days, compared with the same weekdays before. */
export const plainView: ViewInput = {
  scope: { marketplaces: [], tag: "", group: "", currency: "" },
  range: { preset: "", from: "", to: "", compare: "" },
};

/** A window of a table as the page asks for it when nothing is changed. */
export function tableInput(page: string, table: string, change: Partial<TableInput> = {}): TableInput {
  return {
    page,
    table,
    view: plainView,
    preset: "",
    columns: [],
    sort: "",
    desc: false,
    filters: [],
    query: "",
    group: "",
    collapsed: [],
    subject: "",
    offset: 0,
    limit: 200,
    ...change,
  };
}

export const askTable = (page: Page, input: TableInput) => bound<Table>(page, "dashboards.API.Table", input);
export const askDefinition = (page: Page, reference: Reference) =>
  bound<Definition>(page, "dashboards.API.Define", reference);
export const askRows = (page: Page, reference: Reference, limit = 200) =>
  bound<RowsBehind>(page, "dashboards.API.Rows", { reference, offset: 0, limit });
export const askChecks = async (page: Page) => (await bound<{ checks: Check[] }>(page, "dashboards.API.Checks")).checks;

/** The path and search behind the #, the search as pairs. */
export function address(page: Page): { path: string; search: Record<string, string> } {
  const hash = new URL(page.url()).hash.slice(1);
  return split(hash);
}

export function split(to: string): { path: string; search: Record<string, string> } {
  const [path = "", search = ""] = to.split("?");
  return { path, search: Object.fromEntries(new URLSearchParams(search)) };
}

/** A row of the table that is shown, by the name in its first cell. */
export function rowNamed(page: Page, name: string): Locator {
  return page
    .locator("main")
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name }) });
}

/** The names of the rows that are drawn, from the top. */
export async function namesOfRows(page: Page): Promise<string[]> {
  const heads = page.locator("main tbody").getByRole("rowheader");
  return (await heads.allInnerTexts()).map((text) => text.split("\n")[0]?.trim() ?? "");
}

/** Goes to a page of the account and waits until its table is there. */
export async function goToTable(page: Page, path: string, heading: string): Promise<void> {
  await goTo(page, path, heading);
  await expect(page.locator("main tbody").getByRole("rowheader").first()).toBeVisible();
}
