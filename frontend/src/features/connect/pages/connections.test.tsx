import { screen, waitFor, within } from "@test-utils";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  connection,
  FakeAccounts,
  lockedVault,
  newWords,
  openVault,
  problem,
  words,
  works,
} from "../testdata/accounts";
import { click, everythingKept, openPage, press } from "../testdata/open-page";

let fake: FakeAccounts;

beforeEach(() => {
  fake = new FakeAccounts();
  fake.vault = openVault;
  fake.connections = [connection()];
});

afterEach(() => {
  window.go = undefined;
});

const part = (name: RegExp) => screen.findByRole("region", { name });

describe("what is connected", () => {
  it("shows whose it is, what it reads, and how long its secret is good for", async () => {
    openPage(fake, "/connect");
    const shown = await part(/^Selling Partner API/);
    expect(shown).toHaveTextContent("Küchenwerkzeugmanufaktur Süd");
    expect(shown).toHaveTextContent("▲ The client secret is good for another 12 days, until 2026-12-07.");
    expect(within(shown).getByRole("checkbox", { name: "Amazon.de" })).toBeChecked();
    expect(within(shown).queryByText(/practice Amazon/)).toBeNull();
  });

  it("says where it is when that is not Amazon", async () => {
    fake.connections = [connection({ endpoint: { base: "http://127.0.0.1:8765/spapi/eu", token: "x" } })];
    openPage(fake, "/connect");
    expect(await screen.findByText(/practice Amazon at 127\.0\.0\.1:8765/)).toBeVisible();
  });

  it("is paused and resumed, and its marketplaces are chosen", async () => {
    openPage(fake, "/connect");
    await click("Pause");
    expect(await screen.findByText(/paused: nothing is fetched or sent/)).toBeVisible();
    await click("Resume");
    await waitFor(() => expect(screen.queryByText(/paused:/)).toBeNull());
    await userEvent.click(screen.getByRole("checkbox", { name: "Amazon.fr" }));
    await waitFor(() => expect(screen.getByRole("checkbox", { name: "Amazon.fr" })).not.toBeChecked());
    expect(fake.of("SetPlaces")).toMatchObject([{ api: "spapi", region: "eu" }]);
  });

  it("ends on the second press only", async () => {
    openPage(fake, "/connect");
    await press("Disconnect");
    expect(fake.of("Disconnect")).toEqual([]);
    await userEvent.keyboard("{Escape}{Enter}");
    expect(fake.of("Disconnect")).toEqual([]);
    await userEvent.keyboard("{Enter}");
    expect(await screen.findByText("Nothing is connected yet")).toBeVisible();
    expect(fake.of("Disconnect")).toEqual([{ api: "spapi", region: "eu" }]);
  });

  it.each(["locked", "lost"] as const)(
    "is not ended while the vault is %s: its secrets would stay in it",
    async (state) => {
      fake.vault = { ...lockedVault, state };
      openPage(fake, "/connect");
      expect(await screen.findByRole("button", { name: "Disconnect" })).toBeDisabled();
    },
  );

  it("is checked again", async () => {
    openPage(fake, "/connect");
    await click("Check again");
    expect(await screen.findByText(/Amazon answered: it works/)).toBeVisible();
    fake.amazon = () => works({ works: false, problem: problem({ title: "The authorisation was withdrawn" }) });
    await click("Check again");
    expect(await screen.findByRole("alert")).toHaveTextContent("The authorisation was withdrawn");
  });

  it("says so when it could not be read, and reads it again", async () => {
    openPage(fake, "/connect");
    await part(/^Selling Partner API/);
    const broken = new FakeAccounts();
    broken.overview = () => {
      throw { code: "unavailable", module: "accounts", message: "Connections are not running yet.", hint: "" };
    };
    document.body.replaceChildren();
    openPage(broken, "/connect");
    expect(await screen.findByText("The connections could not be read.")).toBeVisible();
    broken.overview = fake.overview.bind(fake);
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await part(/^Selling Partner API/)).toBeVisible();
  });

  it("is not among the made-up figures of the demo shop", async () => {
    fake.connections = [];
    openPage(fake, "/connect?do=add", { demo: true });
    expect(await screen.findByText("This is the demo shop")).toBeVisible();
    expect(screen.queryByRole("list", { name: "Steps" })).toBeNull();
  });

  it("is a made-up Amazon where the demo shop practises", async () => {
    fake.connections = [];
    openPage(fake, "/connect", { demo: true });
    await click("Practise here");
    expect(await screen.findByText(/practice Amazon at 127\.0\.0\.1:8765/)).toBeVisible();
    expect(fake.connections).toHaveLength(1);
  });
});

describe("at a glance", () => {
  it("tells what is read where, how old secrets are and when something last came", async () => {
    fake.connections = [
      connection(),
      connection({ api: "adsapi", title: "Amazon Ads API", region: "na", region_title: "North America" }),
    ];
    openPage(fake, "/connect");
    const table = await screen.findByRole("table", { name: "Connections" });
    const rows = within(table).getAllByRole("row").slice(1);
    expect(rows.map((row) => row.textContent)).toEqual([
      expect.stringMatching(/^North America.*not connected.*Connect/),
      expect.stringMatching(/^North AmericaAmazon Ads API✓ connected/),
      expect.stringMatching(/^Europe.*✓ connected.*DE, FR, IT.*5 of 7without Review requests.*▲ 12 days left/),
      expect.stringMatching(/^Europe.*not connected/),
    ]);
    await userEvent.click(within(table).getByRole("button", { name: "Selling Partner API" }));
    expect(screen.getByRole("heading", { name: /^Selling Partner API, Europe/ })).toHaveFocus();
    const found = await axe.run(document.body, { rules: { region: { enabled: false } } });
    expect(found.violations.map((one) => one.id)).toEqual([]);
  });
});

describe("an open vault", () => {
  const choose = (name: RegExp) => userEvent.click(screen.getByRole("radio", { name }));
  const again = async (text: string) => {
    await userEvent.type(screen.getByLabelText("Passphrase"), text);
    await userEvent.type(screen.getByLabelText("The same again"), text);
  };

  it("is moved from the keychain to a passphrase, which is kept nowhere", async () => {
    const { client } = openPage(fake, "/connect");
    await press("Change what opens it…");
    expect(await screen.findByRole("button", { name: "Change it" })).toBeDisabled();
    await choose(/^A passphrase/);
    await again("CANARY short");
    await userEvent.type(screen.getByLabelText("Passphrase"), "er");
    await click("Change it");
    expect(screen.getByText("The two are not the same.")).toBeVisible();
    expect(fake.of("MoveVault")).toEqual([]);
    await again("CANARY horse battery");
    await click("Change it");
    expect(await screen.findByText("The vault is open, and changed")).toBeVisible();
    expect(await screen.findByText(/opened by your passphrase/)).toBeVisible();
    expect(fake.of("MoveVault")).toEqual([{ mode: "passphrase", passphrase: "CANARY horse battery" }]);
    expect(everythingKept(client)).not.toContain("CANARY");
  });

  it("gets new words, two of which are asked back", async () => {
    const { client } = openPage(fake, "/connect");
    await press("New recovery words…");
    await click("Make new words");
    const list = await screen.findByRole("list", { name: "Recovery words" });
    expect(
      within(list)
        .getAllByRole("listitem")
        .map((item) => item.textContent),
    ).toEqual(newWords);
    await click("I have written them down");
    for (const field of screen.getAllByLabelText(/^Word \d+$/)) {
      const [label] = (field as HTMLInputElement).labels ?? [];
      const place = Number(/\d+/.exec(label?.textContent ?? "")?.[0]);
      await userEvent.type(field, newWords[place - 1] ?? "");
    }
    await click("These are the words");
    expect(await screen.findByText("The vault is open, with new recovery words")).toBeVisible();
    expect(everythingKept(client)).not.toContain(newWords[0]);
  });

  it("says why it was not changed", async () => {
    fake.move = () => {
      throw { code: "unavailable", module: "accounts", message: "The keychain is locked.", hint: "" };
    };
    openPage(fake, "/connect");
    await click("New recovery words…");
    await click("Make new words");
    expect(await screen.findByRole("alert")).toHaveTextContent("Nothing was changed. The keychain is locked.");
  });

  it("is there too where nothing is connected", async () => {
    fake.connections = [];
    openPage(fake, "/connect");
    expect(await screen.findByText("Nothing is connected yet")).toBeVisible();
    expect(screen.getByRole("button", { name: "New recovery words…" })).toBeVisible();
  });
});

describe("reconnecting", () => {
  const secret = "amzn1.oa2-cs.v1.CANARYNEW";

  it("enters what is new only, and says where else the new secret is in use", async () => {
    fake.amazon = () => works({ also: ["na"], warnings: [] });
    const { client, router } = openPage(fake, "/connect");
    await click("Reconnect");
    await userEvent.type(await screen.findByLabelText("Client secret"), secret);
    await click("Try it and replace");
    expect(screen.getByText("On which day was the secret made?")).toBeVisible();
    await userEvent.type(screen.getByLabelText("The client secret was made on"), "2026-11-24");
    await click("Try it and replace");
    expect(await screen.findByText(/has taken the place of the old one/)).toBeVisible();
    expect(screen.getByText(/in use in North America too/)).toBeVisible();
    expect(fake.of("Reconnect")).toMatchObject([
      { api: "spapi", region: "eu", client_id: "", client_secret: secret, refresh_token: "", base: "", token: "" },
    ]);
    expect(everythingKept(client)).not.toContain("CANARY");
    await click("What is connected");
    await waitFor(() => expect(router.state.location.search).toMatchObject({ do: "" }));
  });

  it("leaves what there is when the new does not work", async () => {
    fake.amazon = () => works({ works: false, problem: problem() });
    const { client } = openPage(fake, "/connect?do=reconnect&api=spapi&region=eu");
    await userEvent.type(await screen.findByLabelText("Refresh token"), "Atzr|CANARYBAD");
    await click("Try it and replace");
    expect(await screen.findByRole("alert")).toHaveTextContent("Amazon no longer accepts the refresh token");
    expect(fake.connections[0]?.state).toBe("connected");
    expect(everythingKept(client)).not.toContain("CANARY");
  });
});

describe("a new token of what may be another account", () => {
  it("asks for the merchant token, which nobody but the person enters", async () => {
    fake.amazon = () =>
      works({
        works: false,
        problem: problem({ name: "other_store", field: "seller_id", title: "Is this the same account?" }),
      });
    openPage(fake, "/connect?do=reconnect&api=spapi&region=eu");
    const token = await screen.findByLabelText(/^Merchant token/);
    expect(token).toHaveValue("");
    await userEvent.type(screen.getByLabelText("Refresh token"), "Atzr|CANARYOTHER");
    await click("Try it and replace");
    expect(await screen.findByRole("alert")).toHaveTextContent("Is this the same account?");
    expect(token).toBeInvalid();
    await userEvent.type(token, "A2QWERTYUIOPAS");
    await userEvent.type(screen.getByLabelText("Refresh token"), "Atzr|CANARYOTHER");
    fake.amazon = () => works();
    await click("Try it and replace");
    expect(await screen.findByText(/has taken the place of the old one/)).toBeVisible();
    expect(fake.of("Reconnect")).toMatchObject([{ seller_id: "" }, { seller_id: "A2QWERTYUIOPAS" }]);
  });
});

describe("adverts of several sellers", () => {
  it("are asked for: those of one are read, and the others' left alone", async () => {
    fake.connections = [];
    fake.amazon = () =>
      works({
        works: false,
        problem: problem({ name: "several_sellers", field: "seller_id", title: "Whose adverts are to be read?" }),
        sellers: [
          { id: "A1SELLER", store: "Northwind", marketplaces: ["US", "MX"] },
          { id: "A2OTHER", store: "", marketplaces: ["CA"] },
        ],
      });
    openPage(fake, "/connect?do=add&api=adsapi&region=na");
    await click("I have the three texts");
    await userEvent.click(await screen.findByLabelText("Client ID"));
    await userEvent.paste("amzn1.application-oa2-client.1\namzn1.oa2-cs.v1.CANARY\nAtzr|CANARY");
    expect(screen.queryByRole("radiogroup", { name: /^Whose adverts/ })).toBeNull();
    await click("Try it");
    expect(await screen.findByRole("alert")).toHaveTextContent("Whose adverts are to be read?");
    await userEvent.click(screen.getByRole("radio", { name: "Northwind (A1SELLER)" }));
    expect(screen.getByRole("radio", { name: "A2OTHER" })).not.toBeChecked();
    fake.amazon = () => works();
    await click("Try it");
    expect(await screen.findByRole("heading", { level: 2, name: "What was found" })).toBeVisible();
    expect(fake.of("Try")).toMatchObject([{ seller_id: "" }, { api: "adsapi", seller_id: "A1SELLER" }]);
  });
});

describe("a locked vault", () => {
  it("is opened also where nothing is connected", async () => {
    fake.connections = [];
    openPage(fake, "/connect");
    expect(await screen.findByRole("button", { name: "Use the recovery words" })).toBeVisible();
    expect(screen.getByLabelText("Passphrase")).toBeVisible();
  });

  beforeEach(() => {
    fake.vault = lockedVault;
    fake.passphrase = "CANARY horse battery";
  });

  it("is opened by its passphrase, which is kept nowhere", async () => {
    const { client } = openPage(fake, "/connect");
    expect(await screen.findByRole("button", { name: "Reconnect" })).toBeDisabled();
    expect(screen.getByRole("button", { name: "Disconnect" })).toBeDisabled();
    await userEvent.type(screen.getByLabelText("Passphrase"), "CANARY wrong{Enter}");
    expect(await screen.findByText(/This is not the passphrase/)).toBeVisible();
    expect(await screen.findByText("9 tries left before you have to wait")).toBeVisible();
    expect(everythingKept(client)).not.toContain("CANARY");
    await userEvent.type(screen.getByLabelText("Passphrase"), "CANARY horse battery{Enter}");
    expect(await screen.findByText("The vault is open")).toBeVisible();
    expect(screen.getByRole("button", { name: "Reconnect" })).toBeEnabled();
    expect(everythingKept(client)).not.toContain("CANARY");
  });

  it("is opened by its words", async () => {
    const { client } = openPage(fake, "/connect");
    await click("Use the recovery words");
    await userEvent.click(screen.getByLabelText("Recovery words"));
    await userEvent.paste(words.join("\n"));
    await click("Open the vault");
    expect(await screen.findByText("The vault is open")).toBeVisible();
    expect(fake.of("Restore")).toEqual([
      { words: expect.stringContaining("umbrella"), mode: "keychain", passphrase: "" },
    ]);
    expect(everythingKept(client)).not.toContain("umbrella");
  });

  it("is erased only once the word is typed", async () => {
    openPage(fake, "/connect");
    await userEvent.click(await screen.findByText(/begin with a new vault/));
    expect(screen.getByRole("button", { name: "Erase the vault" })).toBeDisabled();
    await userEvent.type(screen.getByLabelText("Type erase to do it"), "erase");
    await click("Erase the vault");
    expect(await screen.findByRole("button", { name: "Make the vault" })).toBeVisible();
    expect(fake.of("EraseVault")).toEqual([{ confirm: "erase" }]);
  });
});
