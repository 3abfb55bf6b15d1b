/**
 * Tells the program one act after the other, in the order of the keys: what a quick hand takes back must be what it
 * did last, not what the program had come to by then.
 *
 * What still waits for its turn is kept in the page's own session store, and told after a reload. No act is done
 * twice by that: an act leaves the store before the program is told, so one whose answer the reload cut off is never
 * told again; only a reload of this very page tells what is left, no other page that got a copy of its store, and
 * only while it is fresh. Undo means what was done before it, so it is told only if that is what it would take back.
 * A page that is closed takes its store along: while anything is not answered, the browser asks first.
 */
import { call, toCallError } from "./call";
import type { Call } from "./contract";

type Act = { method: string; input?: unknown; at: number };

const store = "purser.waiting";
/** A page that was restored the next day does not act any more. */
const freshMs = 60_000;
const undo = "decisions.API.Undo";

let waiting: Act[] = [];
let unanswered = 0;
let last: Promise<unknown> = Promise.resolve();

/** Tells the program, after everything that was to be told before; a failure of one does not hold the next. */
export function inOrder<Answer>(...args: Call<Answer>): Promise<Answer> {
  const [method, input] = args as unknown as [string, unknown?];
  const act: Act = { method, input, at: Date.now() };
  keep([...waiting, act]);
  return queue(() => tell<Answer>(act));
}

/** What became of the acts that waited when the page was reloaded. */
export type AfterReload = { told: number; left: number; problems: string[] };

/** Tells what waited when the page was reloaded; null where nothing did. It is called once, before anything is done. */
export function tellAfterReload(): Promise<AfterReload> | null {
  const found = read();
  if (found.length === 0) return null;
  const fresh = wasReloaded() ? found.filter(({ at }) => Date.now() - at < freshMs) : [];
  keep([...fresh, ...waiting]);
  return queue(async () => {
    const out: AfterReload = { told: 0, left: found.length - fresh.length, problems: [] };
    const done: string[][] = [];
    for (const act of fresh) {
      if (act.method === undo && !(await undoes(done.pop()))) {
        keep(waiting.filter((one) => one !== act));
        out.left++;
        continue;
      }
      try {
        const answer = await tell<{ already?: boolean } | null>(act);
        out.told++;
        if (act.method !== undo && !answer?.already) done.push(idsOf(act));
      } catch (reason) {
        const { message, hint } = toCallError(reason);
        out.problems.push(`${message} ${hint}`.trim());
      }
    }
    return out;
  });
}

function queue<Answer>(job: () => Promise<Answer>): Promise<Answer> {
  unanswered++;
  const next = last.then(job).finally(() => {
    unanswered--;
  });
  last = next.catch(() => undefined);
  return next;
}

function tell<Answer>(act: Act): Promise<Answer> {
  keep(waiting.filter((one) => one !== act));
  return call<Answer>(...([act.method, act.input] as unknown as Call<Answer>));
}

/** Whether Undo would take back the act on these decisions, and not something older. */
async function undoes(ids: string[] | undefined): Promise<boolean> {
  if (!ids) return false;
  try {
    const newest = await call<{ possible: boolean; ids: string[] }>("decisions.API.LastUndoable");
    return newest.possible && [...newest.ids].sort().join(" ") === [...ids].sort().join(" ");
  } catch {
    return false;
  }
}

function idsOf({ input }: Act): string[] {
  const { ids = [], id = "" } = (input ?? {}) as { ids?: string[]; id?: string };
  return ids.length > 0 ? ids : [id];
}

function keep(acts: Act[]): void {
  waiting = acts;
  try {
    if (acts.length === 0) sessionStorage.removeItem(store);
    else sessionStorage.setItem(store, JSON.stringify(acts));
  } catch {
    // Without a store everything is as it is in a page that is never reloaded.
  }
}

function read(): Act[] {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(store) ?? "[]");
    return Array.isArray(found) ? found.filter(isAct) : [];
  } catch {
    return [];
  }
}

function isAct(value: unknown): value is Act {
  const { method, at } = (value ?? {}) as Partial<Act>;
  return typeof method === "string" && method.startsWith("decisions.API.") && typeof at === "number";
}

/** A copy of the page, or one that is restored, has the store of another that may still tell what is in it. */
function wasReloaded(): boolean {
  const [entry] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return entry?.type === "reload";
}

window.addEventListener("beforeunload", (event) => {
  if (unanswered > 0) event.preventDefault();
});
