/** Stands in for accounts.API and jobs.API: in the tests, and while the page is looked at without the program. */
import type {
  Capability,
  Checklist,
  Connection,
  Draft,
  Overview,
  Place,
  Problem,
  Recovery,
  Stream,
  Tried,
  Vault,
  Which,
} from "../api/types";

export const words =
  "acid bacon cabin daisy eagle fable gadget habit iron jacket kettle ladder magnet napkin oasis paddle quartz rabbit saddle tablet umbrella vacuum walnut zebra".split(
    " ",
  );

export const newWords = [...words].reverse();

export const openVault: Vault = { state: "unlocked", mode: "keychain", reason: "", note: "", wait: 0, left: 10 };
export const noVault: Vault = { ...openVault, state: "none", mode: "", reason: "There is no vault yet." };
export const lockedVault: Vault = {
  ...openVault,
  state: "locked",
  mode: "passphrase",
  reason: "The vault is locked.",
};

export function place(code: string, title: string, part: Partial<Place> = {}): Place {
  return { code, title, profile: "", suspended: false, known: true, wanted: true, ...part };
}

export function capability(name: string, title: string, role: string, part: Partial<Capability> = {}): Capability {
  return { name, title, role, state: "granted", text: "", checked_at: "2026-11-25T18:00:00Z", ...part };
}

export function problem(part: Partial<Problem> = {}): Problem {
  return {
    name: "invalid_grant",
    title: "Amazon no longer accepts the refresh token",
    text: "It was revoked, it has expired, or it belongs to another application than this client ID.",
    steps: ["Seller Central → Apps and Services → Develop Apps.", "Copy the new refresh token and enter it here."],
    field: "refresh_token",
    fault: "reconnect",
    raw: '{"error":"invalid_grant","error_description":"The request has an invalid grant parameter : refresh_token"}',
    request: "8f4b6a3e-1c5d-4c9b-9f0e-2d6d2c1f7a55",
    at: "",
    ...part,
  };
}

const missingRole = problem({
  name: "missing_role",
  title: "Review requests cannot be read",
  text: "The application lacks a role for it, or the role was added after it was authorised. One of these is enough: Buyer Solicitation.",
  steps: [
    "Seller Central → Apps and Services → Develop Apps → Edit app: tick Buyer Solicitation, and save. Amazon may review it first.",
    "Choose Authorise beside the application and copy the new refresh token.",
    "Enter the new refresh token under Reconnect.",
  ],
  field: "",
  fault: "denied",
  raw: '{"errors":[{"code":"Unauthorized","message":"Access to requested resource is denied."}]}',
  request: "",
});

export function works(part: Partial<Tried> = {}): Tried {
  return {
    works: true,
    problem: null,
    seller_id: "A2QWERTYUIOPAS",
    store_name: "Küchenwerkzeugmanufaktur Süd",
    plan: "PROFESSIONAL",
    places: [place("DE", "Amazon.de"), place("FR", "Amazon.fr"), place("IT", "Amazon.it", { suspended: true })],
    capabilities: [
      capability("sellers", "Marketplaces of the account", "Selling Partner Insights"),
      capability("orders", "Orders", "Inventory and Order Tracking"),
      capability("inventory", "FBA stock", "Amazon Fulfillment"),
      capability("finances", "Money", "Finance and Accounting"),
      capability("listings", "Listings and prices", "Product Listing"),
      capability("traffic", "Sales and traffic", "Selling Partner Insights", {
        state: "unknown",
        text: "Amazon takes no more requests of this kind just now.",
      }),
      capability("solicitations", "Review requests", "Buyer Solicitation", { state: "denied" }),
    ],
    missing: [missingRole],
    warnings: ["Amazon has suspended the listings in IT."],
    kept: false,
    also: [],
    sellers: [],
    ...part,
  };
}

export function connection(part: Partial<Connection> = {}): Connection {
  const { seller_id, store_name, plan, places, capabilities, missing } = works();
  return {
    api: "spapi",
    title: "Selling Partner API",
    region: "eu",
    region_title: "Europe, Middle East, India and Africa",
    client_id: "amzn1.application-oa2-client.1a2b3c",
    connected_at: "2026-06-01T08:00:00Z",
    seller_id,
    store_name,
    plan,
    endpoint: { base: "", token: "" },
    state: "connected",
    paused: false,
    problem: null,
    places,
    capabilities,
    missing,
    rotation: {
      applies: true,
      created: "2026-06-10",
      ends: "2026-12-07",
      days_left: 12,
      due: true,
      text: "The client secret is good for another 12 days, until 2026-12-07.",
      source: "Amazon SP-API documentation",
      date: "2026-11-23",
    },
    ...part,
  };
}

export function checklist(): Checklist {
  const item = (name: string, title: string, text = "", link = "") => ({ name, title, text, link, done_at: "" });
  return {
    groups: [
      {
        name: "register",
        title: "Register as a private developer",
        items: [
          item(
            "plan",
            "The account has a Professional selling plan",
            "Accounts with an Individual plan cannot register.",
          ),
          item(
            "private",
            "Choose Private developer",
            "The application is for your own account only.",
            "Seller Central → Apps and Services → Develop Apps",
          ),
        ],
      },
      {
        name: "roles",
        title: "Ask for roles",
        items: [
          item("roles", "Tick the unrestricted roles only", "Product Listing, Pricing, Amazon Fulfillment, and so on."),
          item("no_restricted", "Tick no restricted role", "Purser reads no names or addresses of buyers."),
        ],
      },
      {
        name: "connect",
        title: "Authorise the application",
        items: [
          item("token", "Copy a refresh token for each region", "Each is shown once."),
          item("ads", "Apply for the Ads API too if you advertise", "It is an application and a consent of its own."),
        ],
      },
    ],
    done: 0,
    total: 6,
    source: "Amazon SP-API documentation",
    date: "2026-11-23",
  };
}

export function stream(feed: string, title: string, part: Partial<Stream> = {}): Stream {
  return {
    feed,
    title,
    api: feed.split(".")[0] ?? "",
    region: "eu",
    marketplace: "DE",
    group: "reports",
    state: "waiting",
    text: "Waits for its first turn.",
    covered_from: "",
    covered_until: "",
    settled_through: "",
    filled: 0,
    last_success: "",
    next_run: "",
    rows: 0,
    seconds: 0,
    runs: 0,
    open: 1,
    quota_left: "",
    note: "",
    failure: null,
    ...part,
  };
}

const here = { state: "filling", last_success: "2026-11-25T18:55:00Z", filled: 12 };

export const streams: Stream[] = [
  stream("spapi.orders", "Orders (live)", here),
  stream("spapi.fba_inventory", "FBA stock report", here),
  stream("spapi.merchant_listings", "All listings", here),
  stream("spapi.account_health", "Account health", { state: "running", text: "Being fetched now." }),
  stream("spapi.settlements", "Settlements"),
  stream("spapi.sales_and_traffic", "Sales and traffic"),
  stream("spapi.seller_feedback", "Seller feedback", {
    state: "denied",
    text: "The account's access does not allow it.",
  }),
  stream("adsapi.campaigns", "Campaigns as they are set up"),
];

/** The program's side of the page: a vault, connections and what Amazon would say. */
export class FakeAccounts {
  vault: Vault = noVault;
  connections: Connection[] = [];
  list = checklist();
  passphrase = "";
  /** What Amazon says to what is tried next; a function for an answer that depends on it. */
  amazon: (draft: Draft) => Tried = () => works();
  streams: Stream[] = streams;
  /** Everything that was called, in order, with copies of what was given. */
  calls: { name: string; input: unknown }[] = [];

  overview(): Overview {
    return structuredClone({
      vault: this.vault,
      connections: this.connections,
      regions: [
        { region: "na", title: "North America" },
        { region: "eu", title: "Europe, Middle East, India and Africa" },
        { region: "fe", title: "Far East and Australia" },
      ],
      apis: [
        { api: "spapi", title: "Selling Partner API", ends: true },
        { api: "adsapi", title: "Amazon Ads API", ends: false },
      ],
    });
  }

  of(name: string): unknown[] {
    return this.calls.filter((one) => one.name === name).map(({ input }) => input);
  }

  accounts(): Record<string, (input?: unknown) => Promise<unknown>> {
    return this.noting({
      Overview: () => this.overview(),
      Checklist: () => this.list,
      Tick: (input) => this.tick(input as { name: string; done: boolean }),
      VaultState: () => this.vault,
      CreateVault: (input) => this.create(input as { mode: "keychain" | "passphrase"; passphrase: string }),
      Unlock: (input) => this.unlock((input as { passphrase: string }).passphrase),
      Restore: (input) => this.restore(input as { words: string; mode: "keychain" | "passphrase"; passphrase: string }),
      MoveVault: (input) => this.move(input as { mode: "keychain" | "passphrase"; passphrase: string }),
      RenewVault: (input) => ({ words: newWords, vault: this.move(input as Parameters<FakeAccounts["move"]>[0]) }),
      EraseVault: () => this.setVault(noVault),
      Try: (input) => this.amazon(input as Draft),
      Connect: (input) => this.connect(input as Draft),
      Reconnect: (input) => this.reconnect(input as Draft),
      Check: (input) => ({ ...this.amazon(input as Draft), kept: true }),
      SetPlaces: (input) => this.setPlaces(input as Which & { places: { code: string; wanted: boolean }[] }),
      Pause: (input) => this.change(input as Which, { paused: true, state: "paused" }),
      Resume: (input) => this.change(input as Which, { paused: false, state: "connected" }),
      Disconnect: (input) => this.disconnect(input as Which),
    });
  }

  jobs(): Record<string, (input?: unknown) => Promise<unknown>> {
    return this.noting({
      Streams: () => ({ streams: this.streams }),
      Progress: () => ({
        streams: this.streams.length,
        ready: this.streams.filter((one) => one.last_success !== "").length,
        whole: 0,
        done: 6,
        total: 40,
        percent: 15,
        left: "about 6 min",
        text: "",
        paused: false,
      }),
    });
  }

  /** What the page uses of app.API. */
  app(): Record<string, (input?: unknown) => Promise<unknown>> {
    const base = "http://127.0.0.1:8765";
    const texts = { client_id: "practice", client_secret: "practice", refresh_token: "practice" };
    const draft = { ...texts, api: "spapi", region: "eu", secret_created: "2026-11-01", seller_id: "" };
    return this.noting({
      OpenLink: () => ({}),
      LeaveDemo: () => ({}),
      Practise: () => ({
        address: base,
        connect: [{ ...draft, base: `${base}/spapi/eu`, token: `${base}/auth/o2/token` }],
      }),
    });
  }

  private noting(methods: Record<string, (input: unknown) => unknown>) {
    return Object.fromEntries(
      Object.entries(methods).map(([name, method]) => [
        name,
        async (input?: unknown) => {
          this.calls.push({ name, input: structuredClone(input) });
          return structuredClone(await method(input));
        },
      ]),
    );
  }

  private tick({ name, done }: { name: string; done: boolean }): Checklist {
    const items = this.list.groups.flatMap((group) => group.items);
    for (const item of items) if (item.name === name) item.done_at = done ? "2026-11-25T19:00:00Z" : "";
    this.list.done = items.filter((item) => item.done_at !== "").length;
    return this.list;
  }

  private setVault(vault: Vault): Vault {
    this.vault = vault;
    return vault;
  }

  private create({ mode, passphrase }: { mode: "keychain" | "passphrase"; passphrase: string }): Recovery {
    this.passphrase = passphrase;
    return { words, vault: this.setVault({ ...openVault, mode }) };
  }

  private unlock(passphrase: string): Vault {
    if (this.vault.mode === "keychain" || passphrase === this.passphrase)
      return this.setVault({ ...openVault, mode: this.vault.mode });
    this.vault = { ...this.vault, left: this.vault.left - 1 };
    throw { code: "invalid", module: "accounts", message: "This is not the passphrase.", hint: "" };
  }

  move({ mode, passphrase }: { mode: "keychain" | "passphrase"; passphrase: string }): Vault {
    this.passphrase = passphrase;
    return this.setVault({ ...this.vault, mode });
  }

  private restore(input: { words: string; mode: "keychain" | "passphrase"; passphrase: string }): Vault {
    if (input.words.trim().split(/\s+/).join(" ") !== words.join(" "))
      throw { code: "invalid", module: "accounts", message: "These are not the words of this vault.", hint: "" };
    return this.setVault({ ...openVault, mode: input.mode });
  }

  private connect(draft: Draft): Tried {
    const answer = this.amazon(draft);
    if (!answer.works) return answer;
    const { api, region, client_id, base, token } = draft;
    const { title } = this.overview().apis.find((one) => one.api === api) ?? { title: api };
    const where = this.overview().regions.find((one) => one.region === region) ?? { title: region };
    const { seller_id, store_name, plan, places, capabilities, missing } = answer;
    const made = { api, title, region, region_title: where.title, client_id, endpoint: { base, token } };
    this.connections.push(connection({ ...made, seller_id, store_name, plan, places, capabilities, missing }));
    return { ...answer, kept: true };
  }

  private reconnect(draft: Draft): Tried {
    const answer = this.amazon(draft);
    if (answer.works) this.change(draft, { state: "connected", problem: null });
    return { ...answer, kept: answer.works };
  }

  private setPlaces(input: Which & { places: { code: string; wanted: boolean }[] }): Overview {
    const found = this.connections.find((one) => one.api === input.api && one.region === input.region);
    for (const { code, wanted } of input.places)
      for (const known of found?.places ?? []) if (known.code === code) known.wanted = wanted;
    return this.overview();
  }

  private change({ api, region }: Which, part: Partial<Connection>): Overview {
    this.connections = this.connections.map((one) =>
      one.api === api && one.region === region ? { ...one, ...part } : one,
    );
    return this.overview();
  }

  private disconnect({ api, region }: Which): Overview {
    this.connections = this.connections.filter((one) => one.api !== api || one.region !== region);
    return this.overview();
  }
}
