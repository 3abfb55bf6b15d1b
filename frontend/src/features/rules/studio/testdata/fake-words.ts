import type { Vocabulary, Word } from "../../api/studio-types";

const word = (name: string, title: string, unit: string, meaning: string, rest: Partial<Word> = {}): Word => ({
  name,
  title,
  type: "number",
  unit,
  meaning,
  about: "sku",
  many: false,
  insert: name,
  ...rest,
});

const facts: Word[] = [
  word("inventory.cover_days", "Days of cover", "days", "Days that stock lasts at the present velocity."),
  word("inventory.lead_time_days", "Lead time", "days", "Days from ordering to sellable."),
  word("inventory.on_hand", "Stock on hand", "units", "Units that can be sold now.", { type: "count" }),
  word("inventory.lost_sales_day", "Sales lost a day", "", "Sales a day that are lost once stock is out.", {
    type: "money",
  }),
  word("sales.units_28d", "Units in 28 days", "units", "Units ordered over 28 days.", { type: "count" }),
  word("sales.change_28d", "Change of sales", "ratio", "Change of sales over 28 days against the 28 days before.", {
    type: "ratio",
  }),
  word("advertising.advertised", "Advertised", "", "Whether an advert runs for it.", { type: "flag" }),
  word(
    "reviews.negative_share_low_90d",
    "Negative share, lower bound",
    "ratio",
    "Lower 95 % bound of the share of negative feedback in 90 days.",
    {
      type: "ratio",
    },
  ),
  word(
    "campaigns.acos_28d",
    "ACoS of its campaigns",
    "ratio",
    "Ad spend per ad sales of each campaign that advertises it.",
    {
      type: "list of ratio",
      about: "campaign",
      many: true,
      insert: "highest(campaigns.acos_28d)",
    },
  ),
];

/** Names that the fake takes in conditions. */
export const factNames: Record<string, number> = Object.fromEntries(
  facts.flatMap(({ name, insert }) => [
    [name, 1],
    [insert, 1],
  ]),
);

export const vocabulary: Vocabulary = {
  subject: "sku",
  facts,
  functions: [
    word("lowest", "Lowest of several", "", "The lowest of the values of several subjects.", { insert: "lowest()" }),
    word("abs", "Without its sign", "", "The figure without its sign.", { insert: "abs()" }),
  ],
  subjects: [
    { kind: "account", title: "Account" },
    { kind: "marketplace", title: "Marketplace" },
    { kind: "sku", title: "SKU" },
    { kind: "campaign", title: "Campaign" },
  ],
  policies: [{ name: "account_at_risk", title: "Account at risk", subject: "marketplace", cases: ["at_risk"] }],
  effects: [
    { effect: "growth", words: "grow", grows: true },
    { effect: "bids.down", words: "lower bids", grows: false },
    { effect: "order.up", words: "order more than sales ask for", grows: true },
    { effect: "stock.up", words: "add stock", grows: false },
  ],
  formats: ["money", "days", "percent", "units", "date"],
  action_kinds: ["task", "inventory.restock"],
};
