import { expect, test } from "./support/fixtures.ts";
import { everyPage, type Place, visit, walkedPages } from "./support/pages.ts";
import { folderOf, type State, sellerOf } from "./support/states.ts";
import { tabWalk } from "./support/tab-walk.ts";

const demo = walkedPages("demo");
const half = Math.ceil(demo.length / 2);
const walks: { name: string; state: State; places: Place[] }[] = [
  { name: "demo", state: "demo", places: demo.slice(0, half) },
  { name: "demo, further pages", state: "demo", places: demo.slice(half) },
  { name: "empty", state: "empty", places: everyPage("empty") },
];

for (const { name, state, places } of walks) {
  test(`Tab walks through every page and back: ${name}`, async ({ page, open }) => {
    test.setTimeout(600_000);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await open(sellerOf[state], await folderOf(state));
    for (const place of places) {
      await test.step(place.name, async () => {
        await visit(page, place);
        const there = await tabWalk(page);
        expect.soft(there.whole, `${place.name}: the walk comes round`).toBe(true);
        expect.soft(there.unmarked, `${place.name}: focus that cannot be seen`).toEqual([]);
        expect.soft(there.covered, `${place.name}: focus that is covered`).toEqual([]);
        expect.soft(there.missed, `${place.name}: controls that Tab does not come to`).toEqual([]);
        const back = await tabWalk(page, "Shift+Tab");
        expect.soft(back.whole, `${place.name}: the walk back comes round`).toBe(true);
        expect.soft(back.covered, `${place.name}: focus that is covered on the way back`).toEqual([]);
        expect.soft(back.stops.toReversed(), `${place.name}: the way back`).toEqual(there.stops);
      });
    }
  });
}
