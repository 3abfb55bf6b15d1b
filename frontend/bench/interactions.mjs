// What a person does on a large page, key by key. A step with a title is timed; the others only lead to it.

const sales = "/sales";

// A script that answers false is run again until what it needs is there.

/** Brings the heading of a sortable column under the keyboard; columns take turns. */
const heading = (turn) => `() => {
  const all = document.querySelectorAll("main thead th button:not([data-menu])");
  all[${turn} % all.length].focus();
}`;

/** Puts the cursor on a row far down. */
const scrollTo = (row) => `() => {
  const table = document.querySelector("[data-table]");
  table.scrollTop = ${row} * table.querySelector("tr[data-index]").offsetHeight;
}`;
const cursorAt = (row) => `() => {
  const there = document.querySelector('tr[data-index="${row}"]');
  there?.click();
  return there !== null;
}`;

const words = "kettle 4321";
const ranges = ["1", "2", "4", "5", "3"];
const windowOf = 200;

/** One of a kind after the other: where it happens, how often, after how many rounds the page is loaded anew. */
export const scenarios = [
  { path: sales, rounds: 30, steps: () => [{ key: "j", title: "next row (J)" }] },
  {
    path: sales,
    rounds: 30,
    begin: () => Array.from({ length: 31 }, () => ({ key: "j" })),
    steps: () => [{ key: "k", title: "previous row (K)" }],
  },
  {
    path: sales,
    rounds: 24,
    steps: (round) => [
      { script: heading(Math.floor(round / 2)) },
      { key: "Enter", title: "sort by a heading (Enter)" },
    ],
  },
  {
    path: sales,
    rounds: 2 * words.length,
    begin: () => [{ key: "/" }],
    steps: (round) => [
      ...(round === words.length ? [{ key: "Escape" }, { key: "/" }] : []),
      { key: words[round % words.length], title: "filter, a letter" },
    ],
  },
  { path: sales, rounds: 24, fresh: 4, steps: () => [{ key: "b", title: "group by (B)" }] },
  {
    path: sales,
    rounds: 24,
    steps: () => [
      { key: "j" },
      { key: "Enter", title: "open details (Enter)" },
      { key: "Escape", title: "close details (Esc)" },
    ],
  },
  {
    path: `${sales}?charts=none`,
    rounds: 20,
    steps: (round) => {
      const row = round * windowOf + 150;
      const further = Array.from({ length: 5 }, () => ({
        key: "PageDown",
        title: "ten rows on (Page Down)",
        reading: "… into rows not read yet",
      }));
      return [{ script: scrollTo(row) }, { script: cursorAt(row + 2) }, ...further];
    },
  },
  {
    path: sales,
    rounds: 25,
    fresh: 5,
    steps: (round) => [{ key: ranges[round % 5], title: "range (1 to 5)" }],
  },
  {
    path: sales,
    rounds: 24,
    steps: () => [
      { key: "j" },
      { key: "d", title: "what a number is (D)" },
      { key: "Escape", title: "close that (Esc)" },
    ],
  },
];

/** Where the charts are: all of the page and those of a SKU beside them, over days that nothing has read yet. */
export function chartsAddress(round) {
  const day = (back) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
  const sku = `US/BULK-${String(round).padStart(5, "0")}`;
  return `${sales}?range=custom&from=${day(30 + round)}&to=${day(2)}&charts=all&sel=${encodeURIComponent(sku)}`;
}
