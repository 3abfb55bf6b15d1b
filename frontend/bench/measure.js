// Runs inside the page, in Chromium and in the real window alike: does what a person does on a page with ten thousand
// rows, and answers how long each took from the key to the second frame after it, and to the rows that it asked for.
// Plain script without imports: WebDriver hands it over as text.
globalThis.measurePage = async (rounds) => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => done()));
  const twoFrames = async () => {
    await frame();
    await frame();
  };
  const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
  const grid = () => document.querySelector("main table");
  const rowsText = () => grid()?.tBodies[0]?.innerText ?? "";
  const until = async (test, limit = 15000) => {
    const end = performance.now() + limit;
    while (!test()) {
      if (performance.now() > end) throw new Error(`timed out on ${test}`);
      await frame();
    }
  };
  const quiet = async () => {
    for (let before = "", same = 0; same < 6; await frame()) {
      const now = rowsText();
      same = now === before && now !== "" ? same + 1 : 0;
      before = now;
    }
  };
  const key = (name, options = {}) => {
    const at = document.activeElement ?? document.body;
    at.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true, ...options }));
  };
  const figures = {};
  const note = (name, ms) => {
    figures[name] = figures[name] ?? [];
    figures[name].push(ms);
  };
  /** Times an act to the second frame, and to a change of the rows where it asks for other ones. */
  const time = async (name, act, changes) => {
    const before = rowsText();
    const start = performance.now();
    act();
    await twoFrames();
    note(name, performance.now() - start);
    if (changes) {
      await until(() => rowsText() !== before).catch(() => undefined);
      await frame();
      note(`${name}, new rows shown`, performance.now() - start);
    }
    await quiet();
  };

  await until(() => grid() && rowsText() !== "", 60000);
  await quiet();
  grid().querySelector("tbody tr")?.focus();
  for (let n = 0; n < rounds; n++) await time("next row (J)", () => key("j"));
  for (let n = 0; n < rounds; n++) await time("previous row (K)", () => key("k"));
  for (let n = 0; n < rounds; n++) await time("screen down (PageDown)", () => key("PageDown"));
  grid().querySelector("tbody tr")?.focus();
  const heads = () =>
    [...grid().querySelectorAll("thead th[aria-sort] button, thead th button")].filter(
      (one) => one.innerText.trim() !== "",
    );
  for (let n = 0; n < rounds; n++) await time("sort by a heading", () => heads()[n % 4 === 0 ? 1 : 0]?.click(), true);
  const filter = document.querySelector("main input[type=search], main input[aria-label^='Filter']");
  const type = (text) => {
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
    set.call(filter, text);
    filter.dispatchEvent(new Event("input", { bubbles: true }));
  };
  if (filter) {
    for (let n = 0; n < rounds; n++)
      await time("a letter in the filter", () => type(n % 2 === 0 ? `0${n % 10}` : `0${n % 10}1`), true);
    type("");
    await quiet();
  }
  grid().querySelector("tbody tr")?.focus();
  for (let n = 0; n < rounds; n++) {
    await time("range (1 to 5)", () => key(String((n % 4) + 2)), true);
  }
  for (let n = 0; n < rounds; n++) {
    grid().querySelector("tbody tr")?.focus();
    await time("open the row (Enter)", () => key("Enter"));
    await sleep(50);
    await time("close it (Esc)", () => key("Escape"));
  }
  // Six charts from an empty page: from the moment the page is asked for to pixels in each.
  const drawn = () =>
    [...document.querySelectorAll("main figure canvas")].filter((one) => one.width > 0 && one.height > 0).length;
  const wanted = Math.max(1, drawn());
  for (let n = 0; n < Math.min(rounds, 8); n++) {
    const back = location.hash;
    location.hash = "#/settings";
    await until(() => drawn() === 0);
    await sleep(100);
    const start = performance.now();
    location.hash = back;
    await until(() => drawn() >= wanted);
    await twoFrames();
    note(`a page with ${wanted} charts, from its key to its pixels`, performance.now() - start);
    await quiet();
  }
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  if (paint) note("first contentful paint", paint.startTime);
  return figures;
};
