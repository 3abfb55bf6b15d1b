import { act, fireEvent, screen, within } from "@test-utils";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import { openPage } from "@/lib/testdata/open-page";
import type { Ask, Quota, Stream } from "../api/types";
import { FakeFetching } from "../testdata/fake-fetching";
import { madeAsk, madeFailure, madeStream } from "../testdata/fetched";
import { DataPage } from "./data-page";

afterEach(() => {
  window.go = undefined;
});

type Account = { streams?: Stream[]; asks?: Ask[]; quota?: Quota[] };

async function open(address: string, { streams = [], asks = [], quota = [] }: Account, jobs: object = {}) {
  const fake = new FakeFetching({ streams, asks, quota });
  const bound = (methods: object) =>
    Object.fromEntries(
      Object.entries(methods).map(([name, method]) => [name, async (input?: unknown) => method(input)]),
    );
  window.go = {
    ingest: {
      API: bound({ Freshness: () => ({ kinds: [] }), Documents: () => ({ rows: [], total: 0 }) }),
    },
    jobs: { API: bound({ ...fake.methods(), ...jobs }) },
  };
  const page = await openPage({ address, pages: { "/data": () => <DataPage />, "/connect": () => "Connect here" } });
  return { ...page, fake };
}

const orders = madeStream();
const traffic = madeStream({ feed: "spapi.traffic", title: "Sales and traffic", marketplace: "", region: "eu" });
const refused = madeStream({
  feed: "spapi.transactions",
  title: "Transactions (live)",
  state: "denied",
  text: "The account's access does not allow it.",
  failure: madeFailure(),
});

test("each kind of data tells its place, state and last error in a row", async () => {
  await open("/data?tab=amazon", { streams: [orders, traffic, refused] });
  const table = await screen.findByRole("table", { name: "Data from Amazon" });
  expect(within(table).getByRole("row", { name: /All orders US fresh/ })).toBeVisible();
  expect(within(table).getByRole("row", { name: /Sales and traffic Europe fresh/ })).toBeVisible();
  const row = within(table).getByRole("row", { name: /Transactions/ });
  expect(row).toHaveTextContent("not granted");
  expect(row).toHaveTextContent("lacks the role Finance and Accounting");
  expect(screen.getByText("2 of 3 kinds of data are up to date, 1 needs you.")).toBeVisible();
});

test("a row opens what was asked, what Amazon answered, folded, and what to do", async () => {
  const asks = [madeAsk({ id: 5, status: "done", text: "812 rows, 3 new or different.", feed: refused.feed })];
  const page = await open("/data?tab=amazon", { streams: [orders, refused], asks });
  await userEvent.click(await screen.findByText("Transactions (live)"));
  expect(page.search()).toMatchObject({ tab: "amazon", stream: "spapi.transactions/na/US" });
  const details = screen.getByRole("complementary", { name: "Transactions (live) details" });
  expect(await within(details).findByText(/812 rows, 3 new or different/)).toBeVisible();
  expect(within(details).getByText("f1c3e2d4-0a5b-4c6d-8e7f-9a0b1c2d3e4f")).toBeVisible();
  expect(within(details).getByText(/Unauthorized/)).not.toBeVisible();
  await userEvent.click(within(details).getByText("What Amazon answered"));
  expect(within(details).getByText(/Unauthorized/)).toBeVisible();
  expect(within(details).getByText(/then press Fetch now\.$/, { selector: "section:nth-of-type(1) p" })).toBeVisible();
});

test("keys fetch and pause what is chosen, and everything", async () => {
  const { fake, said } = await open("/data?tab=amazon&stream=spapi.all_orders/na/US", { streams: [orders, traffic] });
  await screen.findByRole("button", { name: "Fetch now" });
  await userEvent.keyboard("r");
  await expect.poll(() => said).toContain("It is fetched now.");
  await userEvent.keyboard("p");
  expect(await screen.findByRole("button", { name: "Resume" })).toBeVisible();
  expect(said).toContain("All orders is paused.");
  await userEvent.keyboard("{Shift>}R{/Shift}");
  await expect.poll(() => fake.fetched).toEqual(["spapi.all_orders/na/US", "//"]);
  await userEvent.keyboard("{Shift>}P{/Shift}");
  expect(await screen.findByText(/Everything from Amazon is paused\./)).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Resume all" }));
  await expect.poll(() => screen.queryByText(/Everything from Amazon is paused\./)).toBeNull();
  expect(fake.paused).toBe(false);
});

test("what can't be done says why", async () => {
  const { said } = await open(
    "/data?tab=amazon&stream=spapi.all_orders/na/US",
    { streams: [orders] },
    {
      RunNow: () => Promise.reject({ code: "unavailable", module: "jobs", message: "It stopped.", hint: "Start it." }),
    },
  );
  await userEvent.click(await screen.findByRole("button", { name: "Fetch now" }));
  await expect.poll(() => said).toEqual(["It stopped. Start it."]);
});

test("a refused answer is copied by key, and gives its request id", async () => {
  const copied: string[] = [];
  document.execCommand = () => copied.push(document.querySelector("textarea")?.value ?? "") > 0;
  const { said } = await open("/data?tab=amazon&stream=spapi.transactions/na/US", { streams: [refused] });
  await screen.findByRole("button", { name: "Copy answer and request id" });
  await userEvent.keyboard("y");
  expect(said).toEqual(["The answer is copied."]);
  expect(copied[0]).toContain("Request id: f1c3e2d4-0a5b-4c6d-8e7f-9a0b1c2d3e4f");
});

test("jobs stand in their order, and one that waits can be cancelled", async () => {
  const asks = [
    madeAsk({ id: 1, status: "running", text: "Being fetched now." }),
    madeAsk({ id: 2, title: "Settlements" }),
    madeAsk({ id: 3, title: "FBA returns", status: "done", ended: "2026-11-25T06:00:00Z", rows: 12, text: "12 rows" }),
  ];
  const { said } = await open("/data?tab=jobs", { streams: [orders], asks });
  const table = await screen.findByRole("table", { name: "Under way, waiting and done" });
  const heads = within(table)
    .getAllByRole("rowheader")
    .map((cell) => cell.textContent);
  expect(heads).toEqual(["Under way and waiting 2", "All orders", "Settlements", "Done last 1", "FBA returns"]);
  await userEvent.click(within(table).getByText("Settlements"));
  expect(screen.getByRole("complementary", { name: "Settlements job details" })).toBeVisible();
  await userEvent.keyboard("c");
  await expect.poll(() => said).toEqual(["Settlements is stopped. What was stored stays."]);
  expect(await within(table).findByText("stopped by you")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Cancel" })).toBeNull();
});

test("requests are told by day against a usual day", async () => {
  const row = { day: "2026-11-25", api: "spapi", region: "na", group: "orders", requests: 31, begun: 7, planned: 24 };
  await open("/data?tab=jobs", { streams: [orders], quota: [{ ...row, left: "18 of 20 left" }] });
  const line = await screen.findByRole("row", { name: /Orders North America/ });
  expect(
    within(line)
      .getAllByRole("cell")
      .map((cell) => cell.textContent),
  ).toEqual(["18 of 20 left", "7", "24", "31"]);
});

test("the first fill stands over every tab, stages in the order in which they come", async () => {
  await open("/data", {
    streams: [orders, { ...traffic, filled: 40, state: "running" }, { ...refused, filled: 0, state: "waiting" }],
  });
  const band = await screen.findByRole("region", { name: "First fill" });
  expect(
    within(band)
      .getAllByRole("listitem")
      .map((item) => item.textContent),
  ).toEqual(["All orders: here", "Sales and traffic: 40 %", "Transactions (live): waits for its turn"]);
  expect(band).toHaveTextContent("2 of 3 kinds of data are here");
});

test("once all is here there is no band", async () => {
  await open("/data?tab=amazon", { streams: [orders] });
  await screen.findByRole("table", { name: "Data from Amazon" });
  expect(screen.queryByRole("region", { name: "First fill" })).toBeNull();
});

test("offline says what stays and when it is tried again; a lost connection leads to connecting", async () => {
  const away = { state: "offline", failure: madeFailure({ at: "2026-11-25T18:12:00Z" }) };
  const page = await open("/data", {
    streams: [
      { ...orders, ...away, next_run: "2026-11-25T18:30:00Z" },
      { ...traffic, state: "reconnect", text: "Amazon no longer accepts the connection." },
    ],
  });
  expect(await screen.findByText(/Amazon can't be reached.*stays readable.*tried again at/)).toBeVisible();
  await userEvent.click(screen.getByRole("link", { name: "Connect again" }));
  expect(page.address()).toBe("/connect");
});

test("with nothing connected it leads to connecting, and files still work", async () => {
  const page = await open("/data?tab=amazon", {});
  await userEvent.click(await screen.findByRole("button", { name: "Connect an account" }));
  expect(page.address()).toBe("/connect");
});

test("fetching that does not run yet is no failure; a failure can be tried again", async () => {
  let fault: object | null = { code: "unavailable", module: "jobs", message: "Fetching is not running yet.", hint: "" };
  const jobs = { Streams: () => (fault ? Promise.reject(fault) : { streams: [orders] }) };
  await open("/data?tab=amazon", {}, jobs);
  expect(await screen.findByText("Fetching is not running yet.")).toBeVisible();
  expect(screen.queryByRole("alert")).toBeNull();
  fault = { code: "db_locked", module: "jobs", message: "The file is in use.", hint: "" };
  await userEvent.click(screen.getByRole("button", { name: "Look again" }));
  expect(await screen.findByText("What is fetched from Amazon could not be read.")).toBeVisible();
  fault = null;
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("table", { name: "Data from Amazon" })).toBeVisible();
});

test("what was read stays in sight where reading it again fails", async () => {
  let reads = 0;
  const jobs = {
    Streams: () => (reads++ === 0 ? { streams: [orders] } : Promise.reject({ code: "timeout", message: "Late." })),
  };
  await open("/data?tab=amazon&stream=spapi.all_orders/na/US", {}, jobs);
  await userEvent.click(await screen.findByRole("button", { name: "Fetch now" }));
  expect(await screen.findByText(/the last that was read/)).toBeVisible();
  expect(screen.getByRole("row", { name: /All orders US fresh/ })).toBeVisible();
});

test("digits lead from tab to tab", async () => {
  const page = await open("/data", { streams: [orders] });
  await screen.findByRole("tab", { name: /From Amazon/ });
  act(() => void fireEvent.keyDown(window, { key: "3", code: "Digit3" }));
  await expect.poll(() => page.search()).toMatchObject({ tab: "amazon" });
  act(() => void fireEvent.keyDown(window, { key: "2", code: "Digit2" }));
  await expect.poll(() => page.search()).toMatchObject({ tab: "files" });
});
