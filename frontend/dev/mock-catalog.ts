import type { Item, ItemsInput } from "../src/features/settings/api/types";

const items: Item[] = Array.from({ length: 412 }, (_, i) => ({
  marketplace: i % 3 === 0 ? "DE" : "US",
  sku: `SKU-${String(i + 1).padStart(3, "0")}`,
  asin: `B0${(100000 + i * 7919).toString(36).toUpperCase().padStart(8, "0")}`,
  title:
    ["Steel flask 750 ml", "Bamboo cutting board, large", "Linen tea towel, set of 4", "Cast iron trivet"][i % 4] ?? "",
  price: amount(1499 + (i % 9) * 300, i % 3 === 0 ? "EUR" : "USD"),
  cost: i % 6 === 2 ? null : amount(405 + (i % 11) * 55, i % 3 === 0 ? "EUR" : "USD"),
  lead_time_days: i % 4 === 0 ? 35 : 28,
  lead_assumed: i % 4 !== 0,
}));
let defaultLeadTime = 28;

function amount(minor: number, currency: string) {
  return { minor, currency, text: `${(minor / 100).toFixed(2)} ${currency}` };
}

/** catalog.API over 412 made-up SKUs. */
export function mockCatalog() {
  return {
    Items: async ({ filter, missing_cost, offset, limit }: ItemsInput) => {
      const needle = filter.toLowerCase();
      const found = items.filter(
        (i) => (!missing_cost || !i.cost) && `${i.sku} ${i.asin} ${i.title}`.toLowerCase().includes(needle),
      );
      return {
        rows: found.slice(offset, offset + limit),
        total: found.length,
        missing_cost: items.filter((i) => !i.cost).length,
        default_lead_time: defaultLeadTime,
      };
    },
    SetItem: async (input: { marketplace: string; sku: string; cost: string; lead_time_days: string }) => {
      const at = items.findIndex((i) => i.sku === input.sku && i.marketplace === input.marketplace);
      const before = items[at];
      if (!before) throw { code: "not_found", module: "catalog", message: `There is no ${input.sku}.`, hint: "" };
      const after: Item = {
        ...before,
        cost:
          input.cost === ""
            ? null
            : amount(Math.round(Number(input.cost.replace(",", ".")) * 100), before.price?.currency ?? "USD"),
        lead_time_days: input.lead_time_days === "" ? defaultLeadTime : Number(input.lead_time_days),
        lead_assumed: input.lead_time_days === "",
      };
      items[at] = after;
      return after;
    },
    SetDefaultLeadTime: async ({ days }: { days: number }) => {
      defaultLeadTime = days;
      return {};
    },
    ImportCosts: async ({ text }: { text: string }) => ({
      set: Math.max(0, text.trim().split("\n").length - 2),
      problems: [{ line: 3, reason: 'lead_time_days: "soon" is not a number of days from 1 to 365' }],
    }),
  };
}
