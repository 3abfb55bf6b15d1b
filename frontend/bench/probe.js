// Runs in the page. Times what a key does: from the event to the second frame after the DOM first changed, and to the
// second frame after it changed for the last time, when no call into the program was open any more.
(() => {
  if (window.probe) return;
  const quietMs = 120;
  let armed = false;
  let at = 0;
  let first = 0;
  let last = 0;
  let changed = 0;
  let frames = 0;
  let open = 0;
  let calls = 0;
  let chartAt = 0;

  const touch = () => {
    changed = performance.now();
  };

  // Calls go through window.go, by name, each time anew.
  for (const api of Object.values(window.go).flatMap((service) => Object.values(service))) {
    for (const [name, method] of Object.entries(api)) {
      api[name] = (...input) => {
        open += 1;
        calls += 1;
        touch();
        return Promise.resolve(method(...input)).finally(() => {
          open -= 1;
          touch();
          if (name === "Chart") chartAt = changed;
        });
      };
    }
  }

  addEventListener(
    "keydown",
    (event) => {
      if (!armed) return;
      armed = false;
      at = event.timeStamp;
      touch();
    },
    true,
  );

  new MutationObserver(() => {
    touch();
    if (at === 0) return;
    frames += 1;
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        frames -= 1;
        last = performance.now();
        first ||= last;
      }),
    );
  }).observe(document.documentElement, { subtree: true, childList: true, attributes: true, characterData: true });

  const quiet = () => open === 0 && frames === 0 && performance.now() - changed > quietMs;

  /** Whether something has been painted on the canvas. */
  const inked = (canvas) => {
    if (canvas.width === 0 || canvas.height === 0) return false;
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return data.some((byte) => byte !== 0);
  };

  const done = new WeakSet();
  const painted = () => {
    const figures = [...document.querySelectorAll("main figure")];
    const boxes = document.querySelectorAll(
      'main :is(section[aria-label="Charts"], aside) section[tabindex]:not(figure *)',
    );
    const waiting = [...boxes].some((box) => !box.querySelector("figure, [role=alert]"));
    if (figures.length === 0 || waiting) return 0;
    const all = figures.every((figure) =>
      [...figure.querySelectorAll("canvas")].every((canvas) => {
        if (!done.has(canvas) && inked(canvas)) done.add(canvas);
        return done.has(canvas);
      }),
    );
    return all ? figures.length : 0;
  };

  window.probe = {
    /** The next key is timed. */
    arm() {
      armed = true;
      at = first = last = calls = 0;
    },
    quiet,
    /** From now on it is not quiet for a while. */
    touch,
    /** Milliseconds of the key that was timed; null until all is quiet; first is 0 where nothing changed. */
    result() {
      if (at === 0 || !quiet()) return null;
      const found = { first: first && first - at, last: last && last - at, calls };
      at = 0;
      return found;
    },
    /** Follows an address and answers how long after the last answer all of its charts were on the screen. */
    charts(address) {
      chartAt = 0;
      location.hash = `#${address}`;
      const from = performance.now();
      return new Promise((answer) => {
        const look = () => {
          const count = open === 0 && chartAt > from ? painted() : 0;
          if (count > 0 || performance.now() - from > 20_000) {
            requestAnimationFrame(() => answer({ ms: performance.now() - chartAt, count }));
          } else {
            requestAnimationFrame(look);
          }
        };
        requestAnimationFrame(look);
      });
    },
    /** Changes a pixel, again and again, and answers how long each took to the second frame. */
    floor(count) {
      const mark = document.createElement("i");
      mark.style.cssText = "position:fixed;inset:0 auto auto 0;width:1px;height:1px;z-index:9999";
      document.body.append(mark);
      const took = [];
      return new Promise((answer) => {
        const next = () => {
          const from = performance.now();
          mark.style.background = took.length % 2 ? "#000" : "#fff";
          requestAnimationFrame(() =>
            requestAnimationFrame(() => {
              took.push(performance.now() - from);
              if (took.length < count) setTimeout(next, 20);
              else {
                mark.remove();
                answer(took);
              }
            }),
          );
        };
        next();
      });
    },
    /** Scrolls the table of the page and answers the time between frames. */
    scroll(count, step) {
      const table = document.querySelector("[data-table]");
      const took = [];
      return new Promise((answer) => {
        let before = performance.now();
        const next = () => {
          const now = performance.now();
          took.push(now - before);
          before = now;
          table.scrollTop += step;
          if (took.length <= count) requestAnimationFrame(next);
          else answer(took.slice(1));
        };
        requestAnimationFrame(next);
      });
    },
  };
})();
