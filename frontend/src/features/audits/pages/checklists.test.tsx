import { screen, waitFor, within } from "@test-utils";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { beforeEach, expect, it, vi } from "vitest";
import type { Display } from "@/lib/display";
import { openPage } from "@/lib/testdata/open-page";
import { fakeChecklists } from "../testdata/checklists";
import { FakeProgram } from "../testdata/program";
import { AuditsPage } from "./audits-page";

// jsdom has no canvas to draw on.
vi.mock("@/ui/time-series/series-canvas", () => ({ SeriesCanvas: () => null }));

let program: FakeProgram;

beforeEach(() => {
  program = new FakeProgram();
  program.lists = structuredClone(fakeChecklists);
  program.install();
});

async function checklists(search = "", display?: Partial<Display>) {
  const page = await openPage({
    address: `/audits?tab=checklists${search}`,
    pages: { "/audits": AuditsPage, "/sku/$subject": () => null, "/listings": () => null },
    display,
  });
  await screen.findByRole("region", { name: "Listing hygiene" });
  return { page, user: userEvent.setup() };
}

const row = (name: RegExp) => screen.getByRole("button", { name });
const details = () => within(screen.getByRole("complementary", { name: "Check details" }));

it("counts what passed, and has no other score", async () => {
  await checklists();
  expect(screen.getByRole("heading", { name: "1 of 5 checks passed" })).toBeInTheDocument();
  for (const text of ["1 crashed", "1 failed", "1 cannot tell", "1 by hand"]) {
    expect(screen.getAllByText(text).length).toBeGreaterThan(0);
  }
  expect(screen.getByText("1 of 5 passed, 2 fewer than on 20 Nov")).toBeInTheDocument();
});

it("tells every result by a word, and apart: crashed is not failed, old inputs are marked", async () => {
  await checklists();
  expect(row(/Is every listing found/)).toHaveTextContent("failed");
  expect(row(/Has all stock an offer/)).toHaveTextContent(/passed.*rests on stock of 1 Nov/);
  expect(row(/Are fees right/)).toHaveTextContent("cannot tell");
  expect(row(/Does it add up/)).toHaveTextContent("crashed");
  expect(row(/Are pictures/)).toHaveTextContent("by hand");
  expect(screen.getByText("due since 20 Nov")).toBeInTheDocument();
  expect(screen.getByRole("status")).toHaveTextContent("1 result rests on inputs that are old");
});

it("shows what was found with the way to the SKU, and makes it a task by a key", async () => {
  const { user, page } = await checklists();
  await user.keyboard("j{Enter}");
  expect(await screen.findByRole("complementary", { name: "Check details" })).toBeInTheDocument();
  expect(page.search()).toMatchObject({ check: "hygiene/suppressed" });
  expect(details().getByRole("link", { name: "Kaffeefilter Edelstahl" })).toHaveAttribute("href", "/sku/US%2FSKU-104");
  expect(details().getByText("Autumn campaign")).toBeInTheDocument();
  expect(details().getByText("The first 2 of 60.")).toBeInTheDocument();
  expect(details().getByRole("link", { name: "Open the page" })).toHaveAttribute("href", "/listings");
  await user.keyboard("m");
  await waitFor(() => expect(page.said).toContain("Opened: a task of 2 steps."));
  expect(program.told).toContain('task {"list":"hygiene","check":"suppressed"}');
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("complementary")).not.toBeInTheDocument());
});

it("offers no task for what passed, nor a second one", async () => {
  const list = program.lists?.lists[0];
  if (list?.checks[0]) list.checks[0] = { ...list.checks[0], task_at: "2026-11-25T18:00:00Z", task_note: "Waits." };
  const { user } = await checklists("&check=hygiene%2Fsuppressed");
  expect(details().queryByRole("button", { name: /Make it a task/ })).not.toBeInTheDocument();
  expect(details().getByText(/Waits\./)).toBeInTheDocument();
  await user.keyboard("m");
  await user.click(row(/Has all stock an offer/));
  expect(details().queryByRole("button", { name: /Make it a task/ })).not.toBeInTheDocument();
  await user.keyboard("m");
  expect(program.told).toEqual([]);
});

it("says of a crashed check that nothing is known from it", async () => {
  await checklists("&check=hygiene%2Fbroken");
  expect(details().getByText(/nothing is known about the shop from it/)).toBeInTheDocument();
});

it("takes what a person found: yes at once, no only with words", async () => {
  const { user } = await checklists("&check=hygiene%2Fcontent");
  expect(details().getByRole("button", { name: "No" })).toBeDisabled();
  expect(details().getByRole("button", { name: "Cannot tell" })).toBeDisabled();
  await user.type(details().getByRole("textbox", { name: /What you found/ }), "One picture is old");
  await user.click(details().getByRole("button", { name: "No" }));
  await waitFor(() => expect(program.told).toHaveLength(1));
  expect(program.told[0]).toBe(
    'answer {"list":"hygiene","check":"content","result":"failed","note":"One picture is old"}',
  );
  await user.click(details().getByRole("button", { name: "Yes" }));
  await waitFor(() => expect(program.told).toHaveLength(2));
});

it("runs all, runs one list, and sets how often it is due", async () => {
  const { user, page } = await checklists();
  await user.keyboard("r");
  await waitFor(() => expect(page.said).toContain("All checks have run."));
  await user.click(screen.getByRole("button", { name: "Run Listing hygiene" }));
  await waitFor(() => expect(page.said).toContain("The checks of the list have run."));
  await user.click(screen.getByRole("button", { name: /How often Listing hygiene is due/ }));
  await user.click(await screen.findByRole("menuitemradio", { name: "Every quarter" }));
  await waitFor(() =>
    expect(program.told).toEqual([
      'run {"list":""}',
      'run {"list":"hygiene"}',
      'schedule {"list":"hygiene","every":"quarterly"}',
    ]),
  );
});

it("says why something was not done", async () => {
  const { user, page } = await checklists();
  program.fail = { code: "busy", module: "audits", message: "A file is being taken in.", hint: "Try again then." };
  await user.keyboard("r");
  await waitFor(() => expect(page.said).toContain("Not done. A file is being taken in. Try again then."));
  expect(screen.getByRole("region", { name: "Listing hygiene" })).toBeInTheDocument();
});

it("covers amounts in what was found while they are hidden", async () => {
  await checklists("&check=hygiene%2Fsuppressed", { hide_amounts: true });
  expect(details().getByText(/Hidden for: 3 days, losing •••/)).toBeInTheDocument();
});

it("says what could not be read, and tries again", async () => {
  program.fail = { code: "db_locked", module: "audits", message: "The file is in use.", hint: "Close it." };
  await openPage({ address: "/audits?tab=checklists", pages: { "/audits": AuditsPage } });
  expect(await screen.findByRole("alert")).toHaveTextContent("The checklists could not be read.");
  program.fail = null;
  await userEvent.setup().click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("region", { name: "Listing hygiene" })).toBeInTheDocument();
});

it("axe finds nothing, with the details of a check by hand open", async () => {
  await checklists("&check=hygiene%2Fcontent");
  const rules = { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } };
  expect((await axe.run(document.body, rules)).violations).toEqual([]);
}, 30_000);
