import { describe, expect, it } from "vitest";
import type { Rotation } from "../api/types";
import { stream } from "../testdata/accounts";
import { named, recognise, recogniseOne } from "./paste";
import { practiceEndpoint } from "./practice";
import { secretAge } from "./rotation";
import { connectSearch } from "./search";
import { sentence, stagesOf } from "./stages";
import { passphraseFault, pickTwo, sameWord } from "./words";

const id = "amzn1.application-oa2-client.0a1b2c3d4e5f";
const secret = "amzn1.oa2-cs.v1.6f5e4d3c2b1a";
const token = "Atzr|IwEBIOq-x_y/z+A=";
const all = { clientId: id, clientSecret: secret, refreshToken: token };

describe("what is pasted", () => {
  it.each([
    ["lines", `${id}\n${secret}\n${token}`],
    ["lines in another order, with blanks", `  ${token}\r\n\r\n ${id} \r\n${secret}\r\n`],
    ["labels", `Client identifier: ${id}\nClient secret: ${secret}\nRefresh token: ${token}`],
    ["JSON", JSON.stringify({ client_id: id, client_secret: secret, refresh_token: token })],
  ])("is told apart: %s", (_, text) => {
    expect(recognise(text)).toEqual(all);
  });

  it("may be two of the three", () => {
    const found = recognise(`${id}\n${secret}`);
    expect(found).toEqual({ ...all, refreshToken: "" });
    expect(found && named(found)).toBe("client ID and client secret");
    expect(named(all)).toBe("client ID, client secret and refresh token");
  });

  it("may be three lines that begin in no known way, but no three lines of prose", () => {
    expect(recognise("practice-id\npractice-secret\npractice-token")).toEqual({
      clientId: "practice-id",
      clientSecret: "practice-secret",
      refreshToken: "practice-token",
    });
    expect(recognise("Here is my\nclient and its\nsecret")).toBeNull();
    expect(recognise("one\ntwo\nthree\nfour")).toBeNull();
  });

  it("goes where it belongs when it is one of them in the field of another", () => {
    expect(recognise(token)).toBeNull();
    expect(recogniseOne(` ${token}\n`, "client_id")).toEqual({ clientId: "", clientSecret: "", refreshToken: token });
    expect(recogniseOne(token, "refresh_token")).toBeNull();
    expect(recogniseOne("practice-token", "client_id")).toBeNull();
  });
});

describe("the address of a practice Amazon", () => {
  it("makes both addresses from one", () => {
    expect(practiceEndpoint("127.0.0.1:8765", "spapi", "eu")).toEqual({
      base: "http://127.0.0.1:8765/spapi/eu",
      token: "http://127.0.0.1:8765/auth/o2/token",
    });
    expect(practiceEndpoint("http://localhost:99/", "adsapi", "na")?.base).toBe("http://localhost:99/ads/na");
    expect(practiceEndpoint("http://[::1]:99/own/path/", "spapi", "na")?.base).toBe("http://[::1]:99/own/path");
  });

  it("is Amazon's own where it is empty", () => {
    expect(practiceEndpoint("  ", "spapi", "eu")).toEqual({ base: "", token: "" });
  });

  it.each([
    "http://192.168.1.4:80",
    "https://sellingpartnerapi-eu.amazon.com",
    "127.0.0.1.evil.example",
    "http://user@127.0.0.1:80",
    "http://127.0.0.1:80/?a=b",
    "not an address",
  ])("is only on this computer: %s", (address) => {
    expect(practiceEndpoint(address, "spapi", "eu")).toBeNull();
  });
});

describe("the stages of the first data", () => {
  const here = { state: "filling", last_success: "2026-11-25T18:00:00Z" };

  it("are ready once every stream that can come is here", () => {
    const stages = stagesOf([
      stream("spapi.orders", "Orders (live)", here),
      stream("spapi.all_orders", "All orders"),
      stream("spapi.stock", "FBA stock (live)", here),
      stream("spapi.stranded_inventory", "Stranded", { state: "not_offered", text: "Amazon does not make this." }),
      stream("spapi.account_health", "Account health", { state: "denied", text: "A role is missing." }),
      stream("adsapi.campaigns", "Campaigns"),
      stream("new.thing", "A new thing"),
    ]);
    expect(stages.map(({ name, state, page }) => [name, state, page])).toEqual([
      ["orders", "arriving", "/sales"],
      ["stock", "ready", "/inventory"],
      ["health", "stuck", "/health"],
      ["ads", "waiting", "/ads"],
      ["other", "waiting", "/data"],
    ]);
    expect(stages[2]?.note).toBe("A role is missing.");
    expect(sentence(stages, "about 6 min")).toBe("1 of 4 ready, about 6 min left; you can start");
  });

  it("are put into a sentence that promises nothing", () => {
    expect(sentence([], "")).toBe("The first data is being ordered.");
    expect(sentence(stagesOf([stream("spapi.orders", "Orders")]), "")).toBe("0 of 1 ready");
    expect(sentence(stagesOf([stream("spapi.orders", "Orders", here)]), "about 2 h")).toMatch(/^All parts are ready/);
    expect(sentence(stagesOf([stream("spapi.orders", "Orders", { state: "denied" })]), "")).toMatch(/^Nothing can/);
  });
});

describe("words and passphrases", () => {
  it("asks for two different words, lowest first, whatever chance says", () => {
    for (let a = 0; a < 24; a++) {
      for (let b = 0; b < 23; b++) {
        const draws = [a / 24, b / 23];
        const [first, second] = pickTwo(24, () => (draws.shift() ?? 0) + 1e-9);
        expect(first).toBeLessThan(second);
        expect(second).toBeLessThan(24);
      }
    }
  });

  it("forgives capitals and blanks of a word, and nothing else", () => {
    expect(sameWord(" Acid ", "acid")).toBe(true);
    expect(sameWord("acids", "acid")).toBe(false);
    expect(sameWord("", undefined)).toBe(false);
  });

  it("takes twelve characters, twice the same", () => {
    expect(passphraseFault("elevenchars", "elevenchars")).toMatch(/11 characters/);
    expect(passphraseFault("🦊".repeat(11), "🦊".repeat(11))).toMatch(/11 characters/);
    expect(passphraseFault("twelve chars", "twelve char")).toBe("The two are not the same.");
    expect(passphraseFault("twelve chars", "twelve chars")).toBe("");
  });
});

describe("the age of a secret", () => {
  const rotation: Rotation = {
    applies: true,
    created: "2026-06-01",
    ends: "2026-11-28",
    days_left: 40,
    due: false,
    text: "",
    source: "",
    date: "",
  };
  it.each([
    [{}, "good"],
    [{ days_left: 14, due: true }, "soon"],
    [{ days_left: 0, due: true }, "soon"],
    [{ days_left: -1, due: true }, "ended"],
    [{ days_left: null }, "unknown"],
    [{ applies: false, days_left: null }, "none"],
  ])("of %o is %s", (part, age) => {
    expect(secretAge({ ...rotation, ...part })).toBe(age);
  });
});

it("an address that says something else shows what is connected", () => {
  expect(connectSearch({ do: "erase", api: 7 })).toEqual({ do: "", api: "", region: "" });
  expect(connectSearch({ do: "reconnect", api: "spapi", region: "eu" }).do).toBe("reconnect");
});
