import { EditorView } from "@codemirror/view";
import { act, fireEvent, screen, waitFor, within } from "@test-utils";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openPage } from "@/lib/testdata/open-page";
import { dropDraft } from "./logic/drafts";
import { studioSearch } from "./logic/search";
import { StudioPage } from "./studio-page";
import { fakeStudio } from "./testdata/fake-studio";

// jsdom has no fonts; fields that grow with their text ask when they are loaded.
Object.defineProperty(document, "fonts", { configurable: true, value: new EventTarget() });

let fake: ReturnType<typeof fakeStudio>;

beforeEach(() => {
  fake = fakeStudio();
  window.go = { rules: { API: fake.methods } };
});

afterEach(() => {
  for (const raw of [{ policy: "restock" }, { new: "sku" }, { copy: "restock" }]) dropDraft(studioSearch(raw));
  window.go = undefined;
});

const open = async (search = "policy=restock") => {
  const page = await openPage({ address: `/rules/edit?${search}`, pages: { "/rules/edit": StudioPage } });
  await screen.findByRole("button", { name: /^Save$/ });
  return page;
};

const last = (method: string) => fake.calls.filter((one) => one.method === method).at(-1)?.input;
const show = async (view: "Builder" | "CEL" | "YAML") => {
  fireEvent.click(screen.getByRole("radio", { name: view }));
};
const editor = (label: string) => EditorView.findFromDOM(screen.getByRole("textbox", { name: label }));
const textIn = (label: string) => editor(label)?.state.doc.toString() ?? "";
const caseCard = () => screen.getByRole("region", { name: "Case low" });

/** The editor takes text from its document; a test writes there as typing does. */
async function write(label: string, text: string) {
  const view = editor(label);
  await act(async () => view?.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }));
}

describe("three views of one text", () => {
  it("shows the conditions in rows, as CEL and as YAML, and an edit in one is in all", async () => {
    await open();
    const card = await screen.findByRole("region", { name: "Case low" });
    const left = within(card).getAllByRole("combobox", { name: "Left side of condition 1" })[0];
    await waitFor(() => expect(left).toHaveValue("Days of cover"));
    expect(within(card).getByRole("textbox", { name: "Right side of condition 1" })).toHaveValue(
      "inventory.lead_time_days + threshold.safety_days",
    );
    fireEvent.change(within(card).getByRole("textbox", { name: "Right side of condition 2.1" }), {
      target: { value: "5" },
    });
    await show("CEL");
    await waitFor(() => expect(textIn("Case low")).toContain("inventory.on_hand > 5 || advertising.advertised"));
    await show("YAML");
    await waitFor(() => expect(textIn("Policy as YAML")).toContain("inventory.on_hand > 5"));
    expect(textIn("Policy as YAML")).toContain("# Lead time of the sea route");
  });

  it("takes a condition written as CEL into the rows", async () => {
    await open("policy=restock&view=cel");
    await screen.findByRole("textbox", { name: "Case low" });
    await write("Case low", "inventory.cover_days < 14 && sales.units_28d > 3");
    await waitFor(() => expect(String(last("Write")?.yaml)).toContain("name: restock"));
    await show("Builder");
    await waitFor(() =>
      expect(within(caseCard()).getByRole("textbox", { name: "Right side of condition 1" })).toHaveValue("14"),
    );
    expect(within(caseCard()).getByRole("textbox", { name: "Right side of condition 2" })).toHaveValue("3");
  });

  it("keeps a text with a fault and shows the last good state, read-only, until it is mended", async () => {
    await open("policy=restock&view=yaml");
    await screen.findByRole("textbox", { name: "Policy as YAML" });
    const good = textIn("Policy as YAML");
    await write("Policy as YAML", `${good}\nthis is no policy`);
    expect(await screen.findByText(/could not find expected/, { selector: "button" })).toBeInTheDocument();
    await show("Builder");
    expect(await screen.findByText(/this shows how it stood before/)).toBeInTheDocument();
    expect(screen.getByDisplayValue("Runs out before restock")).toBeDisabled();
    await show("YAML");
    await waitFor(() => expect(textIn("Policy as YAML")).toContain("this is no policy"));
    await write("Policy as YAML", good.replace("Runs out before restock", "Sells out"));
    await show("Builder");
    await waitFor(() => expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Sells out"));
    expect(screen.queryByText(/this shows how it stood before/)).not.toBeInTheDocument();
  });

  it("keeps a row that is not finished out of the text and in sight", async () => {
    await open();
    const card = await screen.findByRole("region", { name: "Case low" });
    const adds = within(card).getAllByRole("button", { name: "Condition" });
    fireEvent.click(adds.at(-1) as HTMLElement);
    await waitFor(() => expect(last("Write")).toBeDefined());
    expect(within(card).getByRole("combobox", { name: "Left side of condition 3" })).toHaveValue("");
    expect(screen.queryByRole("region", { name: "Problems" })).not.toBeInTheDocument();
    expect(within(card).getByRole("combobox", { name: "Left side of condition 3" })).toBeInTheDocument();
  });
});

describe("what it would do now", () => {
  it("tells how each condition stands for the example, and for another one when it is picked", async () => {
    await open();
    const card = await screen.findByRole("region", { name: "Case low" });
    await waitFor(() => expect(within(card).getByText("19.0 < 35.0")).toBeInTheDocument());
    expect(within(card).getAllByText("pass").length).toBeGreaterThan(1);
    expect(within(card).getByText("not needed")).toBeInTheDocument();
    fireEvent.click(await screen.findByRole("button", { name: "SKU-087 Lunch box" }));
    await waitFor(() => expect(within(card).getByText("36.2 < 35.0")).toBeInTheDocument());
    expect(within(card).getByText("nearly")).toBeInTheDocument();
  });

  it("moves matches and curve with a figure", async () => {
    await open();
    const matches = await screen.findByRole("list", { name: "Matches now" });
    await waitFor(() => expect(within(matches).getAllByRole("listitem")).toHaveLength(1));
    fireEvent.keyDown(screen.getByRole("slider", { name: "Safety days" }), { key: "End" });
    await waitFor(() =>
      expect(within(screen.getByRole("list", { name: "Matches now" })).getAllByRole("listitem")).toHaveLength(2),
    );
    expect(await screen.findByText(/At 60 days: 2 match now/)).toBeInTheDocument();
    expect(fake.calls.filter(({ method }) => method === "Sweep").length).toBeLessThan(4);
  });

  it("keeps the last answer while the draft has a fault, and says what is wrong at its place", async () => {
    await open();
    await screen.findByRole("list", { name: "Matches now" });
    const card = screen.getByRole("region", { name: "Case low" });
    const right = within(card).getByRole("textbox", { name: "Right side of condition 1" });
    fireEvent.change(right, { target: { value: "inventory.lead_tme" } });
    expect(await within(card).findByText("undeclared reference to 'inventory.lead_tme'")).toBeInTheDocument();
    expect(screen.getByRole("list", { name: "Matches now" })).toBeInTheDocument();
    fireEvent.click(screen.getByRole("button", { name: /Case low, when/ }));
    expect(card).toContainElement(document.activeElement as HTMLElement);
  });
});

describe("edits", () => {
  it("moves a row by keys, takes it back and does it again", async () => {
    await open();
    const card = await screen.findByRole("region", { name: "Case low" });
    const first = () => within(card).getByRole("combobox", { name: "Left side of condition 1" });
    await waitFor(() => expect(first()).toHaveValue("Days of cover"));
    fireEvent.keyDown(first(), { key: "ArrowDown", altKey: true });
    await waitFor(() =>
      expect(within(card).getByRole("combobox", { name: "Left side of condition 1.1" })).toHaveValue("Days of cover"),
    );
    fireEvent.keyDown(document.body, { key: "z", ctrlKey: true });
    await waitFor(() => expect(first()).toHaveValue("Days of cover"));
    fireEvent.keyDown(document.body, { key: "z", ctrlKey: true, shiftKey: true });
    await waitFor(() =>
      expect(within(card).getByRole("combobox", { name: "Left side of condition 1.1" })).toHaveValue("Days of cover"),
    );
  });

  it("saves with a note by Ctrl+S, and refuses with the problems in sight", async () => {
    const page = await open();
    const title = await screen.findByDisplayValue("{subject.label} sells out before stock can land");
    fireEvent.change(title, { target: { value: "" } });
    fireEvent.keyDown(document.body, { key: "s", ctrlKey: true });
    await waitFor(() => expect(page.said).toContain("Not saved: one thing to mend first."));
    expect(within(caseCard()).getByText("a title is needed")).toBeInTheDocument();
    fireEvent.change(title, { target: { value: "{subject.label} runs out" } });
    fireEvent.change(screen.getByRole("textbox", { name: "Why, for the list of versions" }), {
      target: { value: "shorter" },
    });
    fireEvent.keyDown(document.body, { key: "s", ctrlKey: true });
    await waitFor(() => expect(page.said).toContain("Saved as version 5. Everything is judged anew."));
    expect(last("Save")).toMatchObject({ note: "shorter", new: false });
    expect(fake.saved()).toContain("{subject.label} runs out");
    expect(screen.getByText("Saved")).toBeInTheDocument();
  });

  it("asks before it drops what was not saved", async () => {
    await open();
    const title = await screen.findByDisplayValue("Runs out before restock");
    fireEvent.change(title, { target: { value: "Changed" } });
    fireEvent.click(await screen.findByRole("button", { name: "Drop the changes" }));
    const dialog = await screen.findByRole("dialog");
    fireEvent.click(within(dialog).getByRole("button", { name: "Keep writing" }));
    expect(screen.getByDisplayValue("Changed")).toBeInTheDocument();
    fireEvent.click(screen.getByRole("button", { name: "Drop the changes" }));
    fireEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Drop them" }));
    expect(await screen.findByDisplayValue("Runs out before restock")).toBeInTheDocument();
  });

  it("begins a new policy, whose name is asked for and which is saved as new", async () => {
    const user = userEvent.setup();
    const page = await open("new=sku");
    const problems = await screen.findByRole("region", { name: "Problems" });
    expect(problems).toHaveTextContent("a condition is needed");
    const card = screen.getByRole("region", { name: "Case case_1" });
    fireEvent.click(within(card).getAllByRole("button", { name: "Condition" })[0] as HTMLElement);
    await user.click(within(card).getByRole("combobox", { name: "Left side of condition 1" }));
    await user.click(await screen.findByRole("option", { name: /Days of cover/ }));
    await user.type(within(card).getByRole("textbox", { name: "Right side of condition 1" }), "9");
    await waitFor(() => expect(screen.queryByRole("region", { name: "Problems" })).not.toBeInTheDocument());
    fireEvent.click(screen.getByRole("button", { name: /^Save$/ }));
    await waitFor(() => expect(page.search()).toMatchObject({ policy: "my_rule", new: "" }));
    expect(last("Save")).toMatchObject({ new: true });
  });
});

describe("versions, exceptions, tests", () => {
  it("shows what changed between two versions and returns to one", async () => {
    const page = await open("policy=restock&tab=versions");
    const list = await screen.findByRole("list", { name: "Versions" });
    expect(within(list).getByText(/Version 4/)).toHaveTextContent("in force");
    expect(screen.getByText("They are the same.")).toBeInTheDocument();
    fireEvent.click(screen.getByRole("combobox", { name: "From" }));
    fireEvent.click(await screen.findByRole("option", { name: "Version 3" }));
    const lines = await screen.findByRole("list", { name: "Lines that changed" });
    expect(lines).toHaveTextContent("Added: hold: 2");
    fireEvent.click(screen.getByRole("button", { name: "Return to version 3" }));
    await waitFor(() => expect(page.said.join()).toContain("Version 3 is in force again, as version 5"));
    await waitFor(() => expect(fake.saved()).not.toContain("hold: 2"));
  });

  it("takes a subject out with a reason, and in again", async () => {
    await open("policy=restock&tab=exceptions");
    expect(await screen.findByText("No exceptions: every subject is judged.")).toBeInTheDocument();
    const put = screen.getByRole("button", { name: "Take it out" });
    expect(put).toBeDisabled();
    fireEvent.change(screen.getByRole("textbox", { name: "Subject" }), { target: { value: "US/SKU-087" } });
    fireEvent.change(screen.getByRole("textbox", { name: "Until" }), { target: { value: "2026-12" } });
    expect(screen.getByText("Write a day as 2026-12-31")).toBeInTheDocument();
    fireEvent.change(screen.getByRole("textbox", { name: "Until" }), { target: { value: "2026-12-31" } });
    fireEvent.change(screen.getByRole("textbox", { name: "Reason" }), { target: { value: "is phased out" } });
    fireEvent.click(put);
    const list = await screen.findByRole("list", { name: "Exceptions" });
    await waitFor(() => expect(list).toHaveTextContent("SKU-087 Lunch boxall cases · until 31 Dec · is phased out"));
    fireEvent.click(screen.getByRole("button", { name: "Remove the exception for SKU-087 Lunch box" }));
    expect(await screen.findByText("No exceptions: every subject is judged.")).toBeInTheDocument();
  });

  it("runs the tests on the draft and makes one of the example", async () => {
    await open("policy=restock&tab=tests");
    expect(await screen.findByText("1 of 1 pass.")).toBeInTheDocument();
    fireEvent.change(await screen.findByRole("textbox", { name: "Name of the test" }), {
      target: { value: "as today" },
    });
    fireEvent.click(screen.getByRole("button", { name: "Make a test of this" }));
    expect(await screen.findByText("2 of 2 pass.")).toBeInTheDocument();
    fireEvent.click(screen.getByRole("button", { name: "Save the tests" }));
    await waitFor(() => expect(String(last("SaveTests")?.tests)).toContain("- name: as today"));
  });
});
