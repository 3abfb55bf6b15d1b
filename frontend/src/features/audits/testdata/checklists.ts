import type { Check, Checklists, Counts } from "../api/types";

const none: Counts = {
  checks: 0,
  passed: 0,
  failed: 0,
  cannot_tell: 0,
  crashed: 0,
  by_hand: 0,
  not_run: 0,
  stale: 0,
};

const check = (name: string, title: string, rest: Partial<Check>): Check => ({
  name,
  title,
  why: "A hidden listing sells nothing.",
  how: "facts",
  how_text: "Looks at listings.suppressed; it fails where that is yes",
  fix: "Supply what Amazon names.",
  link: "/listings",
  seller: "/fixyourproducts",
  result: "passed",
  result_text: "All 110 SKUs",
  evidence: [],
  evidence_all: 0,
  checked: 110,
  unknown: 0,
  stale: false,
  stale_text: "",
  last_run: "2026-11-25T18:00:00Z",
  source: "Seller Central, Fix your products",
  date: "2026-11-25",
  note: "",
  task_at: "",
  task_note: "",
  ...rest,
});

/** A list with a check in every state. */
export const fakeChecklists: Checklists = {
  lists: [
    {
      name: "hygiene",
      title: "Listing hygiene",
      question: "Can buyers find everything?",
      every: "weekly",
      every_text: "every week",
      due_on: "2026-11-20",
      due_text: "due since 20 Nov",
      late: true,
      last_run: "2026-11-25T18:00:00Z",
      source: "Seller Central",
      date: "2026-11-25",
      counts: { ...none, checks: 5, passed: 1, failed: 1, cannot_tell: 1, crashed: 1, by_hand: 1, stale: 1 },
      checks: [
        check("suppressed", "Is every listing found?", {
          result: "failed",
          result_text: "1 of 110 SKUs",
          evidence: [
            {
              subject: "US/SKU-104",
              label: "Kaffeefilter Edelstahl",
              text: "Hidden for: 3 days, losing $40.00",
              as_of: "2026-11-24",
              maturity: "settling",
            },
            { subject: "campaign/7", label: "Autumn campaign", text: "Hidden", as_of: "2026-11-24", maturity: "fresh" },
          ],
          evidence_all: 60,
        }),
        check("stranded", "Has all stock an offer?", { stale: true, stale_text: "rests on stock of 1 Nov" }),
        check("fees", "Are fees right?", { result: "cannot_tell", result_text: "Cannot tell: no fee report" }),
        check("broken", "Does it add up?", { result: "crashed", result_text: "The fact could not be read" }),
        check("content", "Are pictures as you made them?", {
          how: "hand",
          result: "by_hand",
          result_text: "Look by hand",
          how_text: "Open your best sellers and read them.",
        }),
      ],
    },
  ],
  counts: { ...none, checks: 5, passed: 1, failed: 1, cannot_tell: 1, crashed: 1, by_hand: 1, stale: 1 },
  trend: [
    { ...none, day: "2026-11-20", checks: 5, passed: 3, failed: 1 },
    { ...none, day: "2026-11-25", checks: 5, passed: 1, failed: 1 },
  ],
};
