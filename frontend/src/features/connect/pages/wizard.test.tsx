import { screen, waitFor, within } from "@test-utils";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { connection, FakeAccounts, openVault, place, problem, words, works } from "../testdata/accounts";
import { click, everythingKept, openPage, press, tabTo } from "../testdata/open-page";

const id = "amzn1.application-oa2-client.0a1b2c3d4e5f";
const secret = "amzn1.oa2-cs.v1.CANARYSECRET";
const token = "Atzr|IwEBCANARYTOKEN";
const passphrase = "CANARY correct horse";

let fake: FakeAccounts;

beforeEach(() => {
  fake = new FakeAccounts();
});

afterEach(() => {
  window.go = undefined;
  vi.useRealTimers();
});

const heading = (name: string) => screen.findByRole("heading", { level: 2, name });

/** Pastes all three texts into the client ID, and says when the secret was made. */
async function enter(
  texts = `${id}\n${secret}\n${token}`,
  goTo: (field: HTMLElement) => Promise<void> = userEvent.click,
) {
  await goTo(await screen.findByLabelText("Client ID"));
  await userEvent.paste(texts);
  const made = screen.getByLabelText("The client secret was made on");
  await goTo(made);
  await userEvent.type(made, "2026-11-20", { skipClick: true });
}

async function makeVault(mode: "keychain" | "passphrase") {
  await heading("Where secrets are kept");
  if (mode === "passphrase") {
    await tabTo(screen.getByRole("radio", { name: "The keychain of this computer" }));
    await userEvent.keyboard("{ArrowDown}");
    await tabTo(screen.getByLabelText("Passphrase"));
    await userEvent.keyboard(passphrase);
    await tabTo(screen.getByLabelText("The same again"));
    await userEvent.keyboard(passphrase);
  }
  await press("Make the vault");
  await press("I have written them down");
  for (const field of await screen.findAllByLabelText(/^Word \d+$/)) {
    const label = screen.getByText(/^Word \d+$/, { selector: `label[for="${field.id}"]` }).textContent ?? "";
    await tabTo(field);
    await userEvent.keyboard(words[Number(label.slice(5)) - 1] ?? "");
  }
  await press("These are the words");
}

describe("the way to an account", () => {
  it("is gone from the first step to the first data by the keyboard alone", async () => {
    const { router, client } = openPage(fake, "/connect?do=add");
    await makeVault("passphrase");
    expect(fake.of("CreateVault")).toEqual([{ mode: "passphrase", passphrase }]);
    expect(await heading("Your own application")).toHaveFocus();
    expect(everythingKept(client)).not.toContain("CANARY");
    expect(everythingKept(client)).not.toContain("umbrella");

    await tabTo(await screen.findByRole("checkbox", { name: "Choose Private developer" }));
    await userEvent.keyboard(" ");
    expect(await screen.findByText(/1 of 6 ticked/)).toBeVisible();
    await tabTo(screen.getByRole("radio", { name: "America" }));
    await userEvent.keyboard("{ArrowRight}");
    await press("Open Develop Apps");
    expect(fake.of("OpenLink")).toEqual([
      { url: "https://sellercentral-europe.amazon.com/sellingpartner/developerconsole" },
    ]);
    await press("I have the three texts");

    expect(await heading("Paste the texts")).toHaveFocus();
    expect(screen.getByRole("radio", { name: /^Europe/ })).toBeChecked();
    await enter(undefined, tabTo);
    expect(document.documentElement.outerHTML).not.toContain("CANARY"); // typed, and still not echoed
    await press("Try it");

    expect(await heading("What was found")).toHaveFocus();
    const tried = { api: "spapi", region: "eu", client_id: id, client_secret: secret, refresh_token: token };
    expect(fake.of("Try")).toEqual([{ ...tried, secret_created: "2026-11-20", seller_id: "", base: "", token: "" }]);
    expect(everythingKept(client)).not.toContain("CANARY");
    expect(screen.getByText("Küchenwerkzeugmanufaktur Süd")).toBeVisible();
    await tabTo(screen.getByRole("checkbox", { name: "Amazon.it" }));
    await userEvent.keyboard(" ");
    await press("Connect");

    expect(await heading("What arrives first")).toHaveFocus();
    expect(fake.of("Connect")).toEqual(fake.of("Try"));
    expect(fake.of("SetPlaces")).toEqual([
      { api: "spapi", region: "eu", places: [{ code: "IT", profile: "", wanted: false }] },
    ]);
    expect(await screen.findByText("3 of 7 ready, about 6 min left; you can start")).toBeVisible();
    const feedback = screen.getByRole("link", { name: "Reviews" }).closest("li");
    expect(feedback).toHaveTextContent("does not come");
    expect(feedback).toHaveTextContent("The account's access does not allow it.");
    expect(everythingKept(client)).not.toContain("CANARY");
    await press("See what needs you");
    await waitFor(() => expect(router.state.location.pathname).toBe("/today"));
  });

  it("asks the words back until they are right, and then forgets them", async () => {
    openPage(fake, "/connect?do=add");
    await click("Make the vault");
    expect(screen.getAllByRole("listitem").filter((item) => words.includes(item.textContent ?? ""))).toHaveLength(24);
    await click("I have written them down");
    expect(screen.queryByText("umbrella")).toBeNull();
    await click("These are the words");
    expect(screen.getAllByText(/That is not the word/)).toHaveLength(2);
    await click("Show them again");
    expect(screen.getByText("umbrella")).toBeVisible();
  });

  it("takes no short passphrase and no slip of the finger", async () => {
    openPage(fake, "/connect?do=add");
    await userEvent.click(await screen.findByRole("radio", { name: "A passphrase" }));
    await userEvent.type(screen.getByLabelText("Passphrase"), "short");
    await click("Make the vault");
    expect(screen.getByText("It has 5 characters; at least 12 are needed.")).toBeVisible();
    await userEvent.type(screen.getByLabelText("Passphrase"), "long enough it is");
    await userEvent.type(screen.getByLabelText("The same again"), "long enough it iss");
    await click("Make the vault");
    expect(screen.getByText("The two are not the same.")).toBeVisible();
    expect(fake.of("CreateVault")).toEqual([]);
  });
});

describe("what is entered", () => {
  beforeEach(() => {
    fake.vault = openVault;
  });

  async function openForm() {
    const opened = openPage(fake, "/connect?do=add");
    await click("I have the three texts");
    await heading("Paste the texts");
    return opened;
  }

  it("is asked for where it is missing, before anybody is asked", async () => {
    await openForm();
    await click("Try it");
    expect(screen.getByText("The client ID is missing.")).toBeVisible();
    expect(screen.getByText("The client secret is missing.")).toBeVisible();
    expect(screen.getByText("The refresh token is missing.")).toBeVisible();
    expect(screen.getByText("On which day was the secret made?")).toBeVisible();
    expect(screen.getByLabelText("Client ID")).toHaveFocus();
    expect(fake.of("Try")).toEqual([]);
  });

  it("goes into the right field from the wrong one", async () => {
    await openForm();
    await userEvent.click(screen.getByLabelText("Client ID"));
    await userEvent.paste(secret);
    expect(screen.getByLabelText("Client ID")).toHaveValue("");
    expect(screen.getByLabelText("Client secret")).toHaveValue(secret);
    expect(screen.getByLabelText("Client secret")).toHaveAttribute("type", "password");
    expect(screen.getByLabelText("Refresh token")).toHaveAttribute("type", "password");
  });

  it("is refused in words, with Amazon's own folded below, and need not all be entered again", async () => {
    fake.amazon = (draft) =>
      draft.refresh_token === token ? works() : works({ works: false, problem: problem(), places: [] });
    const { client } = await openForm();
    await enter(`${id}\n${secret}\nAtzr|CANARYWRONG`);
    await click("Try it");
    const card = await screen.findByRole("alert");
    expect(card).toHaveFocus();
    expect(card).toHaveTextContent("Amazon no longer accepts the refresh token");
    expect(within(card).getByText("8f4b6a3e-1c5d-4c9b-9f0e-2d6d2c1f7a55")).not.toBeVisible();
    await userEvent.click(within(card).getByText("What Amazon answered"));
    expect(within(card).getByText("8f4b6a3e-1c5d-4c9b-9f0e-2d6d2c1f7a55")).toBeVisible();
    expect(screen.getByLabelText("Refresh token")).toBeInvalid();
    expect(everythingKept(client)).not.toContain("CANARY");

    await userEvent.type(screen.getByLabelText("Refresh token"), token);
    await click("Try it");
    await heading("What was found");
    expect(fake.of("Try").at(-1)).toMatchObject({ client_id: id, client_secret: secret, refresh_token: token });
  });

  it("is forgotten when asked to", async () => {
    fake.amazon = () => works({ works: false, problem: problem() });
    await openForm();
    await enter();
    await click("Try it");
    await screen.findByRole("alert");
    await click("Forget what I entered");
    await click("Try it");
    expect(screen.getByText("The client secret is missing.")).toBeVisible();
    expect(fake.of("Try")).toHaveLength(1);
  });

  it("cannot be connected once ten minutes have gone by", async () => {
    await openForm();
    await enter();
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime });
    await user.click(screen.getByRole("button", { name: "Try it" }));
    expect(await screen.findByRole("button", { name: "Connect" })).toBeEnabled();
    await vi.advanceTimersByTimeAsync(10 * 60_000 + 1000);
    await waitFor(() => expect(screen.getByRole("button", { name: "Connect" })).toBeDisabled());
    expect(screen.getByText(/The secrets were forgotten meanwhile/)).toBeVisible();
    expect(fake.of("Connect")).toEqual([]);
  });

  it("goes to a practice Amazon on this computer and nowhere else", async () => {
    await openForm();
    await enter();
    await userEvent.click(screen.getByText("Practise first"));
    const address = screen.getByLabelText("Address on this computer");
    await userEvent.type(address, "http://192.168.1.4:80");
    await click("Try it");
    expect(screen.getByText(/Only an address on this computer is possible/)).toBeVisible();
    expect(fake.of("Try")).toEqual([]);
    await userEvent.clear(address);
    expect(address).toBeVisible();
    await userEvent.type(address, "127.0.0.1:8765");
    await click("Try it");
    await heading("What was found");
    expect(screen.getByText("North America, practice Amazon at 127.0.0.1:8765")).toBeVisible();
    expect(fake.of("Try")).toMatchObject([
      { base: "http://127.0.0.1:8765/spapi/na", token: "http://127.0.0.1:8765/auth/o2/token" },
    ]);
  });

  it("says that nothing was tried when the program fails", async () => {
    fake.amazon = () => {
      throw { code: "invalid", module: "accounts", message: "Something has a blank in it.", hint: "Copy it again." };
    };
    const { client } = await openForm();
    await enter();
    await click("Try it");
    expect(await screen.findByRole("alert")).toHaveTextContent(
      "It was not tried. Something has a blank in it. Copy it again.",
    );
    expect(everythingKept(client)).not.toContain("CANARY");
  });

  it("leads to Reconnect where it is connected already", async () => {
    fake.connections = [
      connection({ region: "na", region_title: "North America" }),
      connection({ api: "adsapi", region: "na" }),
    ];
    const { router } = await openForm();
    await click("Enter a new secret or token");
    await waitFor(() => expect(router.state.location.search).toEqual({ do: "reconnect", api: "spapi", region: "na" }));
  });
});

describe("what was found", () => {
  beforeEach(() => {
    fake.vault = openVault;
  });

  async function openFound() {
    const opened = openPage(fake, "/connect?do=add");
    await click("I have the three texts");
    await enter();
    await click("Try it");
    await heading("What was found");
    return opened;
  }

  it("says what is missing and how to add it", async () => {
    await openFound();
    const list = screen.getByRole("list", { name: "What the access allows" });
    expect(within(list).getByText("Review requests").closest("li")).toHaveTextContent("not allowed");
    const how = within(list).getByText(/How to add it/);
    await userEvent.click(how);
    expect(within(list).getByText(/tick Buyer Solicitation, and save/)).toBeVisible();
    expect(within(list).getByText("Sales and traffic").closest("li")).toHaveTextContent("could not be told");
  });

  it("follows one profile of a marketplace at most, and at least one marketplace", async () => {
    fake.amazon = () =>
      works({
        places: [
          place("DE", "Amazon.de", { profile: "11", wanted: false }),
          place("DE", "Amazon.de", { profile: "22", wanted: false }),
          place("XX", "XX", { known: false, wanted: false }),
        ],
      });
    await openFound();
    expect(screen.getByRole("button", { name: "Connect" })).toBeDisabled();
    expect(screen.getByText("Tick at least one marketplace.")).toBeVisible();
    expect(screen.getByRole("checkbox", { name: "XX" })).toBeDisabled();
    await userEvent.click(screen.getByRole("checkbox", { name: "Amazon.de, profile 11" }));
    await userEvent.click(screen.getByRole("checkbox", { name: "Amazon.de, profile 22" }));
    expect(screen.getByRole("checkbox", { name: "Amazon.de, profile 11" })).not.toBeChecked();
    expect(screen.getByRole("button", { name: "Connect" })).toBeEnabled();
  });

  it("is not kept when Amazon changes its mind, and can be tried again", async () => {
    const { client } = await openFound();
    fake.amazon = () => works({ works: false, problem: problem({ name: "offline", title: "Amazon was not reached" }) });
    await click("Connect");
    expect(await screen.findByRole("alert")).toHaveTextContent("Amazon was not reached");
    expect(fake.connections).toEqual([]);
    fake.amazon = () => works();
    await click("Connect");
    await heading("What arrives first");
    expect(everythingKept(client)).not.toContain("CANARY");
  });
});
