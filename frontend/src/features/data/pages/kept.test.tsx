import { screen, waitFor, within } from "@test-utils";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { afterEach, expect, test } from "vitest";
import { openPage } from "@/lib/testdata/open-page";
import { FakeFetching } from "../testdata/fake-fetching";
import { FakeRetention, madeReceipt, madeRun } from "../testdata/fake-retention";
import { DataPage } from "./data-page";

afterEach(() => {
  window.go = undefined;
});

async function open(address = "/data?tab=kept") {
  const fake = new FakeRetention();
  const bound = (methods: object) =>
    Object.fromEntries(
      Object.entries(methods).map(([name, method]) => [
        name,
        async (input?: unknown) => structuredClone(await method(input)),
      ]),
    );
  window.go = {
    ingest: { API: bound({ Freshness: () => ({ kinds: [] }), Documents: () => ({ rows: [], total: 0 }) }) },
    jobs: { API: bound(new FakeFetching({ streams: [], asks: [], quota: [] }).methods()) },
    retention: { API: bound(fake.methods()) },
    app: { API: bound({ OpenDataDir: () => ({ path: "/" }), OpenLink: () => ({}) }) },
  };
  const page = await openPage({ address, pages: { "/data": () => <DataPage /> } });
  await screen.findByRole("table", { name: "What is kept and how long" });
  return { ...page, fake };
}

const press = (name: string | RegExp) => userEvent.click(screen.getByRole("button", { name }));

test("each class says how long it is kept, by which rule, what there is and what goes next", async () => {
  await open();
  const row = screen.getByRole("row", { name: /^Answers of Amazon's APIs/ });
  expect(row).toHaveTextContent("90 days");
  expect(row).toHaveTextContent("at most 90 days");
  expect(row).toHaveTextContent("412 documents, 38 MB");
  expect(row).toHaveTextContent("4 documents of 2026-08-28 on 2026-11-26.");
  expect(screen.getByRole("row", { name: /^Secrets/ })).toHaveTextContent("nothing");
  const found = await axe.run(document.body, { rules: { region: { enabled: false } } });
  expect(found.violations.map((one) => one.id)).toEqual([]);
});

test("days are changed within the rule's bounds", async () => {
  const { fake } = await open();
  await press("Answers of Amazon's APIs");
  const days = await screen.findByRole("textbox", { name: "Days" });
  await userEvent.clear(days);
  await userEvent.type(days, "120{Enter}");
  expect(await screen.findByText("Write a whole number of days from 1 to 90.")).toBeVisible();
  expect(fake.told).toEqual([]);
  await userEvent.clear(days);
  await userEvent.type(days, "30");
  expect(screen.getByText(/What is older than 30 days goes with the next purge/)).toBeVisible();
  await userEvent.keyboard("{Enter}");
  await waitFor(() =>
    expect(screen.getByRole("row", { name: /^Answers/ })).toHaveTextContent("30 days◆ changed by you"),
  );
  expect(fake.told).toEqual([{ method: "SetClass", input: { name: "amazon_raw", days: 30, years: 0, law: "" } }]);
});

test("a law has a name and years, and is taken back", async () => {
  const { fake } = await open("/data?tab=kept&keep=legal");
  await press("Keep it as long as the law asks");
  expect(screen.getByText(/Name the law/)).toBeVisible();
  await userEvent.type(screen.getByRole("textbox", { name: /Which law/ }), "§ 147 AO");
  await userEvent.type(screen.getByRole("textbox", { name: "Years" }), "10{Enter}");
  await userEvent.click(await screen.findByRole("button", { name: "No law asks for it" }));
  await waitFor(() => expect(fake.told).toHaveLength(2));
  expect(fake.told.map(({ input }) => input)).toEqual([
    { name: "legal", days: 0, years: 10, law: "§ 147 AO" },
    { name: "legal", days: 0, years: 0, law: "" },
  ]);
});

test("a purge is looked at before it deletes", async () => {
  const { fake } = await open();
  await press("Purge now…");
  expect(await screen.findByText("4 original documents taken in before 2026-08-29")).toBeVisible();
  await press("Leave it until it is due by itself");
  expect(fake.told).toEqual([]);
  await press("Purge now…");
  await userEvent.click(await screen.findByRole("button", { name: "Delete this now" }));
  expect(await screen.findByText(/^Deleted: 4 original documents/, { selector: "p" })).toHaveTextContent(
    "310 KB smaller",
  );
  expect(fake.told).toEqual([{ method: "Purge", input: undefined }]);
  expect(await screen.findByText("What was deleted before")).toBeVisible();
});

test("a purge with nothing due says so and offers nothing to delete", async () => {
  const { fake } = await open();
  fake.preview = madeRun({ parts: [], documents: 0, bytes: 0, waiting: ["Sales does not run."] });
  await press("Purge now…");
  expect(await screen.findByText(/^Nothing is due\./)).toBeVisible();
  expect(screen.getByText("Sales does not run.")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Delete this now" })).toBeNull();
});

test("everything is erased only once the word is typed, and the receipt says what is left to do", async () => {
  const { fake } = await open();
  fake.receipt = madeReceipt({ left: [{ path: "/data/notes.txt", text: "It is not Purser's." }] });
  await press("See what would be erased…");
  const table = await screen.findByRole("table", { name: "What is erased" });
  expect(within(table).getByRole("row", { name: /Databases 2 files 412 MB/ })).toBeVisible();
  expect(screen.getByRole("button", { name: "Erase everything" })).toBeDisabled();
  await userEvent.type(screen.getByRole("textbox", { name: "Type erase everything to do it" }), "erase");
  expect(screen.getByRole("button", { name: "Erase everything" })).toBeDisabled();
  await userEvent.keyboard(" Everything{Enter}");
  const done = await screen.findByText(/Everything was erased, except for what is named below/);
  expect(done).toHaveFocus();
  expect(screen.getByText("/data/notes.txt")).toBeVisible();
  expect(screen.getByText(/erased-2026-11-25\.txt$/)).toBeVisible();
  expect(fake.told).toEqual([{ method: "Erase", input: { word: "erase everything" } }]);
});

test("what could not be erased says why, and nothing is taken for done", async () => {
  const { fake } = await open();
  fake.refuses = { code: "conflict", message: "An import runs.", hint: "Wait for it, then erase again." };
  await press("See what would be erased…");
  await userEvent.type(await screen.findByRole("textbox", { name: /^Type/ }), "erase everything{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent(
    "Not everything was erased. An import runs. Wait for it, then erase again.",
  );
  expect(screen.queryByText(/was erased, /)).toBeNull();
});
