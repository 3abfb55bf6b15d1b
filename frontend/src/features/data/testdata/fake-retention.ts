import type { ErasePlan, Holding, Kept, KeptClass, PurgeRun, Receipt } from "../api/kept";

const nothing: KeptClass["next"] = { day: "", documents: 0, bytes: 0, rows: 0, text: "" };
const policy =
  "Amazon's Data Protection Policy as changed in November 2025: what is not personal at most 18 months, unless a law asks for more.";

const fetched: Holding = {
  origin: "api",
  origin_title: "From Amazon's APIs",
  bound: true,
  why: "Amazon's rules bind what its APIs gave.",
  documents: 412,
  cleared: 3,
  bytes: 38_200_000,
  rows: 0,
  oldest: "2026-08-28",
};

/** Classes, purges and receipts as Go gives them, with what a test does not say made up. */
export function madeClass(part: Partial<KeptClass> = {}): KeptClass {
  return {
    name: "amazon_raw",
    title: "Answers of Amazon's APIs",
    about: "Documents as they were fetched. Numbers made of them stay; only the rows of the original cannot be shown.",
    kept: "90 days",
    days: 90,
    endless: false,
    edit: "days",
    shortest: 1,
    longest: 90,
    law: "",
    years: 0,
    changed: "",
    figures: [
      {
        name: "longest",
        text: "at most 90 days",
        days: 90,
        years: 0,
        source: "Purser's own figure, well inside Amazon's limit of 18 months.",
        date: "2026-11-23",
      },
    ],
    holdings: [fetched],
    next: {
      day: "2026-11-26",
      documents: 4,
      bytes: 310_000,
      rows: 0,
      text: "4 documents of 2026-08-28 on 2026-11-26.",
    },
    ...part,
  };
}

const facts = madeClass({
  name: "amazon_fact",
  title: "Figures made of them",
  about: "Orders, adverts, traffic, stock, listings, reviews and account health, as far as Amazon's APIs told them.",
  kept: "548 days",
  days: 548,
  shortest: 35,
  longest: 548,
  figures: [{ name: "longest", text: "at most 548 days", days: 548, years: 0, source: policy, date: "2025-11-25" }],
  holdings: [
    { ...fetched, documents: 0, cleared: 0, bytes: 0, rows: 182_040, oldest: "2025-06-02" },
    {
      origin: "file",
      origin_title: "From files that you downloaded",
      bound: false,
      why: "They are yours: no limit holds for them, and Purser deletes none of it.",
      documents: 0,
      cleared: 0,
      bytes: 0,
      rows: 41_200,
      oldest: "2024-11-25",
    },
  ],
  next: { day: "2026-12-02", documents: 0, bytes: 0, rows: 310, text: "310 rows of 2025-06-02 on 2026-12-02." },
});

const legal = madeClass({
  name: "legal",
  title: "Settlements, invoices and fees",
  about: "Money that Amazon booked. A law may ask you to keep it for years.",
  kept: "548 days, until you name a law",
  days: 548,
  edit: "law",
  shortest: 1,
  longest: 30,
  figures: [
    {
      name: "years",
      text: "as many years as the law asks for, at most 30",
      days: 0,
      years: 30,
      source: policy,
      date: "2025-11-25",
    },
  ],
  holdings: [{ ...fetched, documents: 38, bytes: 2_400_000, rows: 9_120, oldest: "2025-07-14" }],
  next: { ...nothing, text: "Nothing goes before 2027-01-13." },
});

const fixed = (name: string, title: string, about: string, kept: string, part: Partial<KeptClass> = {}) =>
  madeClass({
    name,
    title,
    about,
    kept,
    endless: true,
    days: 0,
    edit: "",
    figures: [],
    holdings: [],
    next: nothing,
    ...part,
  });

export const madeClasses: KeptClass[] = [
  fixed(
    "secret",
    "Secrets",
    "They are in the vault only, and go with the connection or with the vault.",
    "as long as the connection",
  ),
  fixed("pii", "Buyers' data", "Purser blanks it before the first write.", "never", { endless: false }),
  madeClass(),
  facts,
  legal,
  fixed(
    "own",
    "Your own",
    "Rules, costs, notes and decisions, and every report that you downloaded yourself.",
    "until you delete it",
    {
      holdings: [
        {
          ...fetched,
          origin: "file",
          origin_title: "From files that you downloaded",
          bound: false,
          why: "They are yours: no limit holds for them, and Purser deletes none of it.",
          documents: 64,
          bytes: 11_800_000,
          rows: 41_200,
          oldest: "2024-11-25",
        },
      ],
    },
  ),
  fixed(
    "audit",
    "What was done",
    "Who approved what, what was sent, and each time something was deleted by these rules.",
    "for ever",
    {
      figures: [{ name: "least", text: "at least 400 days", days: 400, years: 0, source: policy, date: "2025-11-25" }],
    },
  ),
];

export function madeRun(part: Partial<PurgeRun> = {}): PurgeRun {
  return {
    id: 0,
    began_at: "",
    ended_at: "",
    who: "person",
    documents: 4,
    rows: 0,
    bytes: 310_000,
    freed: 0,
    parts: [
      {
        part: "originals",
        title: "Original documents",
        class: "amazon_raw",
        documents: 4,
        rows: 0,
        bytes: 310_000,
        before: "2026-08-29",
        text: "4 original documents taken in before 2026-08-29",
      },
    ],
    waiting: [],
    text: "To be deleted now: 4 original documents taken in before 2026-08-29.",
    ...part,
  };
}

const amazon = [
  {
    api: "spapi",
    region: "eu",
    title: "Selling Partner API, Europe",
    text: "Seller Central → Apps and Services → Manage Your Apps: disable the authorisation.",
    link: "https://sellercentral-europe.amazon.com",
  },
];

const outside = [
  {
    path: "/home/seller/.cache/purser",
    text: "What the system's web view keeps for Purser's window. Delete it by hand.",
  },
  { path: "", text: "What you saved, printed or sent from Purser to another place." },
];

const items = [
  { kind: "vault", title: "Vault of secrets", count: 1, unit: "files", bytes: 4_100 },
  { kind: "databases", title: "Databases", count: 2, unit: "files", bytes: 412_000_000 },
  { kind: "documents", title: "Kept originals of reports", count: 476, unit: "files", bytes: 50_000_000 },
  { kind: "exports", title: "Exports", count: 3, unit: "files", bytes: 80_000 },
];

export const madePlan: ErasePlan = {
  word: "erase everything",
  folder: "/home/seller/.local/share/purser",
  demo: false,
  items,
  files: 482,
  bytes: 462_184_100,
  amazon,
  outside,
  text: "Purser closes this account, erases its secrets first, then all else that it wrote, and begins anew as on the first start.",
};

export function madeReceipt(part: Partial<Receipt> = {}): Receipt {
  return {
    at: "2026-11-25T19:30:00Z",
    folder: madePlan.folder,
    demo: false,
    who: "window",
    resumed: false,
    items,
    files: 482,
    bytes: 462_184_100,
    amazon,
    outside,
    left: [],
    text: "Purser: receipt of what was erased\n2026-11-25 19:30 UTC\n482 files, 462 MB",
    text_path: `${madePlan.folder}/receipts/erased-2026-11-25.txt`,
    json_path: `${madePlan.folder}/receipts/erased-2026-11-25.json`,
    ...part,
  };
}

/** retention.API over an account that is kept in memory. */
export class FakeRetention {
  classes = structuredClone(madeClasses);
  runs: PurgeRun[] = [];
  preview = madeRun();
  receipt = madeReceipt();
  receipts: Receipt[] = [];
  told: { method: string; input: unknown }[] = [];
  /** What the next call that changes something refuses with. */
  refuses: { code: string; message: string; hint: string } | null = null;

  private kept(): Kept {
    return {
      classes: this.classes,
      bound:
        "Amazon's policies bind developers and what they get through Amazon's APIs. Reports that you downloaded yourself are yours: no limit holds for them.",
      bound_source: "Amazon's staff on private developers, and the notes on the changed policies.",
      bound_date: "2026-11-23",
      as_of: "2026-11-25",
      next_run: "2026-11-26T03:00:00Z",
      waiting: [],
      runs: this.runs,
    };
  }

  methods() {
    return {
      Classes: () => this.kept(),
      SetClass: (input: { name: string; days: number; years: number; law: string }) => this.set(input),
      Preview: () => this.preview,
      Purge: () => this.purge(),
      EraseBegin: () => madePlan,
      Erase: (input: { word: string }) => this.acted("Erase", input, () => this.receipt),
      Receipts: () => ({ receipts: this.receipts }),
    };
  }

  private acted<T>(method: string, input: unknown, work: () => T): T {
    this.told.push({ method, input });
    if (this.refuses) throw { module: "retention", ...this.refuses };
    return work();
  }

  private set(input: { name: string; days: number; years: number; law: string }) {
    return this.acted("SetClass", input, () => {
      this.classes = this.classes.map((one) =>
        one.name !== input.name
          ? one
          : one.edit === "law"
            ? {
                ...one,
                law: input.law,
                years: input.years,
                kept: input.years > 0 ? `${input.years} years` : "548 days, until you name a law",
                changed: "2026-11-25T19:00:00Z",
              }
            : { ...one, days: input.days, kept: `${input.days} days`, changed: "2026-11-25T19:00:00Z" },
      );
      return this.kept();
    });
  }

  private purge() {
    return this.acted("Purge", undefined, () => {
      const done = {
        ...this.preview,
        id: this.runs.length + 1,
        began_at: "2026-11-25T19:10:00Z",
        freed: this.preview.bytes,
      };
      const run = { ...done, ended_at: done.began_at, text: done.text.replace("To be deleted now", "Deleted") };
      this.runs = [run, ...this.runs];
      this.preview = madeRun({ parts: [], documents: 0, bytes: 0, text: "Nothing is due." });
      return run;
    });
  }
}
