import { expect, test } from "vitest";
import { askLook, streamLook } from "@/lib/fetching/stream-state";
import { madeAsk, madeFailure } from "../testdata/fetched";
import { answerText } from "./answer-text";
import { askDays, tookText } from "./ask-words";
import { placeName } from "./places";
import { quotaTable } from "./quota";
import { isHeading, workRows } from "./work-rows";

test("a window is told in days, and in hours where it is shorter than a day", () => {
  expect(askDays(madeAsk())).toEqual({ first: "2026-11-24", last: "2026-11-25" });
  expect(askDays(madeAsk({ day: "2026-11-20" }))).toEqual({ first: "2026-11-20", last: "2026-11-20" });
  const hour = { from: "2026-11-25T05:10:00Z", to: "2026-11-25T06:10:00Z" };
  expect(askDays(madeAsk(hour))).toEqual({ first: hour.from, last: hour.to });
  expect(askDays(madeAsk({ from: "", to: "" }))).toEqual({ first: "", last: "" });
});

test.each([
  [0, "0 s"],
  [59, "59 s"],
  [74, "1 min"],
  [3600, "1 h"],
  [4810, "1 h 20 min"],
])("%d seconds are %s", (seconds, text) => expect(tookText(seconds)).toBe(text));

test("a place is its marketplace, or the region of what is fetched for all of it", () => {
  expect(placeName({ region: "eu", marketplace: "DE" })).toBe("DE");
  expect(placeName({ region: "eu", marketplace: "" })).toBe("Europe");
  expect(placeName({ region: "moon_side", marketplace: "" })).toBe("moon side");
});

test("a state that is not known is told by its name, and as one that is not well", () => {
  expect(streamLook("half_eaten")).toMatchObject({ word: "half eaten", tone: "warning" });
  expect(askLook("half_eaten").word).toBe("half eaten");
});

test("states that differ differ in more than their colour", () => {
  const states = [
    "fresh",
    "running",
    "waiting",
    "filling",
    "late",
    "paused",
    "throttled",
    "denied",
    "reconnect",
    "fatal",
  ];
  expect(new Set(states.map((state) => streamLook(state).word)).size).toBe(states.length);
});

test("a copied answer leaves out what was not told", () => {
  const text = answerText(madeFailure({ raw: "", status: 0, request_id: "" }));
  expect(text).toContain("Status: no answer");
  expect(text).not.toContain("Request id");
  expect(text).not.toContain("Answer:");
  expect(answerText(madeFailure())).toContain("Request id: f1c3e2d4");
});

const count = (day: string, requests: number, group = "orders") => ({
  day,
  api: "spapi",
  region: "na",
  group,
  requests,
  begun: 3,
  planned: 24,
  left: day.endsWith("25") ? "18 of 20 left" : "",
});

test("requests stand under their days, old to new; what is begun and left is that of the newest day", () => {
  const { days, lines } = quotaTable([
    count("2026-11-25", 7),
    count("2026-11-24", 9),
    count("2026-11-24", 2, "reports"),
  ]);
  expect(days).toEqual(["2026-11-24", "2026-11-25"]);
  expect(lines.map(({ group, begun, left }) => [group, begun, left])).toEqual([
    ["orders", 3, "18 of 20 left"],
    ["reports", 0, ""],
  ]);
  expect(lines[0]?.requests).toEqual({ "2026-11-24": 9, "2026-11-25": 7 });
});

test("work is told in two parts that fold", () => {
  const asks = [madeAsk({ id: 1 }), madeAsk({ id: 2, status: "held" }), madeAsk({ id: 3, status: "done" })];
  const ids = (folded: string[]) =>
    workRows(asks, new Set(folded)).map((row) => (isHeading(row) ? row.heading : row.id));
  expect(ids([])).toEqual(["open", 1, 2, "done", 3]);
  expect(ids(["open"])).toEqual(["open", "done", 3]);
});
