import { expect, test } from "vitest";
import { fillStages, isArriving, isFilling } from "./fill";
import { madeStream } from "./testdata/made";

const waiting = { state: "waiting", filled: 0 };

test("the stages are the kinds of data in Go's order, over all their places", () => {
  const stages = fillStages([
    madeStream({ feed: "b", title: "B" }),
    madeStream({ feed: "a", title: "A", filled: 50, state: "filling" }),
    madeStream({ feed: "a", title: "A", marketplace: "DE", ...waiting }),
    madeStream({ feed: "c", title: "C", ...waiting }),
    madeStream({ feed: "d", title: "D", filled: 10, state: "denied" }),
  ]);
  expect(stages).toEqual([
    { feed: "b", title: "B", percent: 100, state: "here" },
    { feed: "a", title: "A", percent: 25, state: "moving" },
    { feed: "c", title: "C", percent: 0, state: "waiting" },
    { feed: "d", title: "D", percent: 10, state: "stuck" },
  ]);
});

test("a fill is over once only what waits for a person, or is not offered, is missing", () => {
  expect(isFilling([madeStream(), madeStream(waiting)])).toBe(true);
  expect(isFilling([madeStream({ filled: 40, state: "paused" })])).toBe(true);
  expect(isFilling([madeStream(), madeStream({ ...waiting, state: "denied" })])).toBe(false);
  expect(isFilling([madeStream({ ...waiting, state: "not_offered" })])).toBe(false);
});

test("what arrives has not come even once; the past, and what waits for a person, is no arrival", () => {
  const never = { ...waiting, last_success: "" };
  expect(isArriving([madeStream(), madeStream(never)])).toBe(true);
  expect(isArriving([madeStream({ filled: 40, state: "filling" })])).toBe(false);
  expect(isArriving([madeStream({ ...never, state: "reconnect" }), madeStream({ ...never, state: "paused" })])).toBe(
    false,
  );
  expect(isArriving([])).toBe(false);
});
