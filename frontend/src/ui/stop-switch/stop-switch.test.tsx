import { screen, waitFor, within } from "@test-utils";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { beforeEach, describe, expect, it } from "vitest";
import { openPage } from "@/lib/testdata/open-page";
import type { StopStatus } from "./stop-status";
import { StopSwitch } from "./stop-switch";
import { StoppedStrip } from "./stopped-strip";
import { ToLookAt } from "./to-look-at";

let status: StopStatus;
let asked: boolean[];
let refuse: boolean;

beforeEach(() => {
  status = {
    stopped: false,
    stop_file: "/data/STOP",
    waiting: 0,
    sending: 0,
    unknown: 0,
    mismatch: 0,
    stopped_kinds: [],
  };
  asked = [];
  refuse = false;
  window.go = {
    actions: {
      API: {
        Status: async () => ({ ...status }),
        Stop: async (input) => {
          const { stop } = input as { stop: boolean };
          asked.push(stop);
          if (refuse)
            throw { code: "internal", message: "The disk is full.", hint: "Make a file named STOP yourself." };
          status = { ...status, stopped: stop };
          return { ...status };
        },
      },
    },
  };
});

const page = () => (
  <>
    <StopSwitch />
    <StoppedStrip />
    <main>
      <ToLookAt />
      <div role="dialog" aria-label="Approve five">
        <button type="button">Approve</button>
      </div>
      <input aria-label="Note" />
    </main>
  </>
);
const open = () => openPage({ address: "/today", pages: { "/today": page, "/journal": () => <p>The journal</p> } });
const strip = () => screen.findByRole("region", { name: "Everything is stopped" });

describe("the switch", () => {
  it("stops at one press and says so", async () => {
    const window = await open();
    await userEvent.click(await screen.findByRole("button", { name: "Stop everything" }));
    expect(await strip()).toHaveTextContent("Nothing waits.");
    expect(asked).toEqual([true]);
    await waitFor(() => expect(window.said).toContain("Everything is stopped. Nothing else begins."));
    const found = await axe.run(document.body, { rules: { region: { enabled: false } } });
    expect(found.violations.map((one) => one.id)).toEqual([]);
  });

  it("stops by its key in a text field", async () => {
    await open();
    await screen.findByRole("button", { name: "Stop everything" });
    screen.getByRole("textbox", { name: "Note" }).focus();
    await userEvent.keyboard("{Control>}{Shift>}X{/Shift}{/Control}");
    await strip();
    expect(asked).toEqual([true]);
  });

  it("stops by its key over a dialog", async () => {
    await open();
    await screen.findByRole("button", { name: "Stop everything" });
    screen.getByRole("button", { name: "Approve" }).focus();
    await userEvent.keyboard("{Control>}{Shift>}X{/Shift}{/Control}");
    await strip();
    expect(asked).toEqual([true]);
  });

  it("never resumes by the key that stops", async () => {
    status.stopped = true;
    const window = await open();
    await strip();
    await userEvent.keyboard("{Control>}{Shift>}X{/Shift}{/Control}");
    expect(asked).toEqual([]);
    expect(window.said).toContain("Everything is stopped already.");
  });

  it("says why it could not stop, and what to do", async () => {
    refuse = true;
    await open();
    await userEvent.click(await screen.findByRole("button", { name: "Stop everything" }));
    expect(await screen.findByRole("alert")).toHaveTextContent(
      "Not stopped. The disk is full. Make a file named STOP yourself.",
    );
  });
});

describe("while everything is stopped", () => {
  it("resumes at the second press, and leads there from the header", async () => {
    status = { ...status, stopped: true, waiting: 3, sending: 1, unknown: 1 };
    const window = await open();
    const bar = await strip();
    expect(bar).toHaveTextContent("3 approvals wait.");
    await userEvent.click(screen.getByRole("button", { name: /^Stopped/ }));
    const resume = within(bar).getByRole("button", { name: "Resume" });
    expect(resume).toHaveFocus();
    await userEvent.keyboard("{Enter}");
    expect(asked).toEqual([]);
    expect(resume).toHaveTextContent("Press again: 3 approvals go on");
    await userEvent.keyboard("{Enter}");
    await waitFor(() => expect(asked).toEqual([false]));
    await waitFor(() => expect(screen.queryByRole("region", { name: "Everything is stopped" })).toBeNull());
    expect(window.said).toContain("Resumed. What waits goes on.");
  });

  it("leads to what waits", async () => {
    status = { ...status, stopped: true, waiting: 3 };
    const window = await open();
    await userEvent.click(await screen.findByRole("link", { name: "3 approvals wait." }));
    await waitFor(() => expect(window.address()).toBe("/journal?state=approved"));
  });

  it("is seen within a second when the file was made by hand and something may begin", async () => {
    status.waiting = 1;
    await open();
    await screen.findByRole("button", { name: "Stop everything" });
    status.stopped = true;
    await waitFor(() => expect(screen.getByRole("button", { name: /^Stopped/ })).toBeVisible(), {
      timeout: 1500,
    });
    expect(asked).toEqual([]);
  });
});

it("what nobody knows is on screen on every page", async () => {
  status = { ...status, unknown: 2, mismatch: 1 };
  const window = await open();
  await userEvent.click(await screen.findByRole("link", { name: "Actions: 2 of unknown fate, 1 not as approved" }));
  await waitFor(() => expect(window.address()).toBe("/journal?state=look"));
});
