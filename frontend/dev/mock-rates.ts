import type { Rate } from "../src/features/settings/api/types";

/** Rates of exchange of dashboards.API, kept until the page is read again. */
export function mockRates() {
  let rates: Rate[] = [{ from: "EUR", to: "USD", day: "2026-11-02", rate: "1.084", source: "European Central Bank" }];
  const others = (rate: Rate) =>
    rates.filter((one) => one.from !== rate.from || one.to !== rate.to || one.day !== rate.day);
  return {
    Rates: () => ({ rates }),
    SetRate: (rate: Rate) => {
      rates = [rate, ...others(rate)].sort((a, b) => b.day.localeCompare(a.day));
      return { rates };
    },
    DeleteRate: (rate: Rate) => {
      rates = others(rate);
      return { rates };
    },
  };
}
