import { render, screen, waitFor } from "@test-utils";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { NotificationsSection } from "./notifications-section";

const usual = { brief: "07:00", quiet_from: "20:00", quiet_to: "07:00", budget: 8, paused: "" };
let saved: (typeof usual)[];

beforeEach(() => {
  saved = [];
  const answer = (settings: typeof usual) => ({
    settings,
    defaults: usual,
    week: settings.brief === "" ? 1 : 4,
    messages: [
      { at: "2026-11-25T07:00:00Z", brief: true, things: 3, title: "Your morning: 3 things", body: "2 SKUs sell out" },
    ],
  });
  window.go = {
    notifications: {
      API: {
        Settings: async () => answer(usual),
        SetSettings: async (input?: unknown) => {
          const settings = input as typeof usual;
          if (settings.budget === 40)
            throw { code: "invalid", message: "40 messages a day cannot be set.", hint: "Choose fewer." };
          saved.push(settings);
          return answer(settings);
        },
      },
    },
  };
});

afterEach(() => {
  window.go = undefined;
});

describe("notifications", () => {
  it("saves a time when the field is left, and says what it would have come to", async () => {
    render(<NotificationsSection />);
    const brief = await screen.findByLabelText("Morning brief");
    expect(screen.getByText(/there would have been 4 messages/)).toBeVisible();
    expect(screen.getByText("Your morning: 3 things")).toBeVisible();
    await userEvent.clear(brief);
    await userEvent.tab();
    await waitFor(() => expect(saved).toEqual([{ ...usual, brief: "" }]));
    expect(await screen.findByText(/there would have been 1 message /)).toBeVisible();
  });

  it("saves nothing that did not change", async () => {
    render(<NotificationsSection />);
    await userEvent.click(await screen.findByLabelText("Quiet from"));
    await userEvent.tab();
    await userEvent.tab();
    expect(saved).toEqual([]);
  });

  it("says why a figure is refused", async () => {
    render(<NotificationsSection />);
    const budget = await screen.findByLabelText("Messages a day at most");
    await userEvent.clear(budget);
    await userEvent.type(budget, "40");
    await userEvent.tab();
    expect(await screen.findByRole("alert")).toHaveTextContent(
      "Not saved. 40 messages a day cannot be set. Choose fewer.",
    );
  });
});
