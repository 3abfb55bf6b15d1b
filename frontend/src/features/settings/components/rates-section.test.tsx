import { render, screen, waitFor, within } from "@test-utils";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Rate } from "../api/types";
import { rateKey } from "../logic/rates";
import { RatesSection } from "./rates-section";

let rates: Rate[];
let refuses: boolean;

beforeEach(() => {
  rates = [{ from: "EUR", to: "USD", day: "2026-11-02", rate: "1.08", source: "ECB" }];
  refuses = false;
  const others = (rate: Rate) => rates.filter((one) => rateKey(one) !== rateKey(rate));
  const answer = () => {
    if (refuses) throw { code: "invalid", module: "dashboards", message: "It is not a currency.", hint: "Use EUR." };
    return { rates };
  };
  window.go = {
    dashboards: {
      API: {
        Rates: async () => ({ rates }),
        SetRate: async (input) => {
          if (!refuses) rates = [input as Rate, ...others(input as Rate)];
          return answer();
        },
        DeleteRate: async (input) => {
          rates = others(input as Rate);
          return answer();
        },
      },
    },
  };
});

afterEach(() => {
  window.go = undefined;
});

async function type(from: string, rate: string) {
  await userEvent.type(screen.getByLabelText("One unit of"), from);
  await userEvent.type(screen.getByLabelText("is worth"), rate);
  await userEvent.type(screen.getByLabelText("in"), "usd");
  await userEvent.type(screen.getByLabelText("from the day"), "2026-11-24");
  await userEvent.type(screen.getByLabelText("Source"), "ECB{Enter}");
}

const shown = () =>
  within(screen.getByRole("table", { name: "Rates of exchange" }))
    .getAllByRole("rowheader")
    .map((cell) => cell.textContent);

describe("rates of exchange", () => {
  it("are stored with day and source, and taken back", async () => {
    render(<RatesSection />);
    await screen.findByRole("rowheader", { name: "EUR in USD" });
    await type("gbp", "1,27");
    await waitFor(() => expect(shown()).toEqual(["GBP in USD", "EUR in USD"]));
    expect(rates[0]).toEqual({ from: "GBP", to: "USD", day: "2026-11-24", rate: "1.27", source: "ECB" });
    expect(screen.getByText("1 GBP is 1.27 USD from 24 Nov.")).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: "Undo" }));
    await waitFor(() => expect(shown()).toEqual(["EUR in USD"]));
  });

  it("are forgotten, and come back as they were", async () => {
    render(<RatesSection />);
    await userEvent.click(await screen.findByRole("button", { name: "Forget: 1 EUR is 1.08 USD from 2026-11-02" }));
    expect(await screen.findByText("No rate has been given")).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: "Undo" }));
    await waitFor(() => expect(rates.map((rate) => rate.rate)).toEqual(["1.08"]));
  });

  it("are not sent with something missing, which is said at the field", async () => {
    render(<RatesSection />);
    await screen.findByRole("rowheader", { name: "EUR in USD" });
    await type("usd", "0");
    expect(screen.getByText("Another currency than the first.")).toBeVisible();
    expect(screen.getByText("A number above 0, such as 1.087.")).toBeVisible();
    expect(rates).toHaveLength(1);
  });

  it("say why one was refused", async () => {
    render(<RatesSection />);
    await screen.findByRole("rowheader", { name: "EUR in USD" });
    refuses = true;
    await type("xyz", "2");
    expect(await screen.findByRole("alert")).toHaveTextContent("Not saved. It is not a currency. Use EUR.");
    expect(screen.getByLabelText("One unit of")).toHaveValue("xyz");
  });
});
