import { expect, test } from "vitest";
import { madeAsk, madeFailure, madeStream } from "../testdata/fetched";
import { asksOf, streamsSentence, troubles } from "./streams";

test("the sentence counts what is up to date and what needs a person", () => {
  expect(streamsSentence([])).toMatch(/No Amazon account is connected/);
  expect(streamsSentence([madeStream(), madeStream()])).toBe("All 2 kinds of data are up to date.");
  const some = [
    madeStream(),
    madeStream({ state: "offline" }),
    madeStream({ state: "paused" }),
    madeStream({ state: "denied" }),
  ];
  expect(streamsSentence(some)).toBe("1 of 4 kinds of data are up to date, 1 needs you, 1 paused.");
});

test("a connection that is gone is told once for each region and door", () => {
  const gone = { state: "reconnect", text: "Connect the account anew." };
  const found = troubles([
    madeStream(gone),
    madeStream({ ...gone, feed: "other" }),
    madeStream({ ...gone, api: "adsapi", region: "eu" }),
    madeStream(),
  ]);
  expect(found.map((t) => t.whose)).toEqual(["Seller Central, North America", "Amazon Ads, Europe"]);
});

test("being offline is told once, with the last try, the next one after it and the last time something came", () => {
  const away = (at: string, next_run: string) =>
    madeStream({ state: "offline", next_run, failure: madeFailure({ at }), last_success: "2026-11-25T05:00:00Z" });
  const found = troubles([
    away("2026-11-25T07:12:00Z", "2026-11-25T07:20:00Z"),
    away("2026-11-25T07:10:00Z", "2026-11-25T07:00:00Z"),
    madeStream({ last_success: "2026-11-25T06:40:00Z" }),
  ]);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({
    kind: "offline",
    tried: "2026-11-25T07:12:00Z",
    next: "2026-11-25T07:20:00Z",
    reached: "2026-11-25T06:40:00Z",
  });
});

test("the history of a stream is that of its place alone", () => {
  const asks = [madeAsk({ id: 1 }), madeAsk({ id: 2, marketplace: "DE" }), madeAsk({ id: 3, feed: "other" })];
  expect(asksOf(asks, madeStream()).map((ask) => ask.id)).toEqual([1]);
});
