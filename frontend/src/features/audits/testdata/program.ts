import type { Checklists, Item, Judged, Judgement, Months, Report } from "../api/types";
import { fakeItem, fakeLot, fakeMonth, fakeRow } from "./review";

/** Stands in for the Go program: a month of three items, the last of which is open unless it is said otherwise. */
export class FakeProgram {
  judged: Judgement[] = [];
  told: string[] = [];
  items = new Map<number, Item>([1, 2, 3].map((id) => [id, fakeItem(id)]));
  months: Months = { months: [fakeMonth(), fakeMonth({ month: "2026-10", title: "October 2026", state: "done" })] };
  lists: Checklists | null = null;
  /** What each verdict leads to. */
  consequence: Judged["consequence"] = { text: [], demoted: [], look_again: [] };
  fail: unknown = null;

  install(): void {
    window.go = {
      app: {
        API: {
          State: async () => ({ door: "desktop", settings: {}, modules: [], jobs: [], freshness: [] }),
          OpenLink: async (input) => this.note("open", input),
        },
      },
      audits: { API: this.methods() },
    };
  }

  /** What the audits answer, by method. */
  methods(): Record<string, (input?: unknown) => Promise<unknown>> {
    return {
      Months: async () => this.answer(this.months),
      Month: async () => this.answer(this.month()),
      Item: async (input) => this.answer(this.items.get((input as { id: number }).id)),
      Judge: async (input) => this.answer(this.judge(input as Judgement)),
      Report: async () => this.answer(this.report()),
      Checklists: async () => this.answer(this.lists),
      RunChecks: async (input) => this.answer(this.note("run", input) && this.lists),
      AnswerCheck: async (input) => this.answer(this.note("answer", input) && this.lists),
      SetSchedule: async (input) => this.answer(this.note("schedule", input) && this.lists),
      TurnIntoTask: async (input) => this.answer(this.task(input)),
    };
  }

  private answer<Output>(output: Output): Output {
    if (this.fail !== null) throw this.fail;
    return structuredClone(output);
  }

  private note(what: string, input: unknown): true {
    this.told.push(`${what} ${JSON.stringify(input)}`);
    return true;
  }

  private month() {
    const items = [...this.items.values()].map(({ id, verdict, verdict_text, look_again }) =>
      fakeRow(id, { verdict, verdict_text, look_again }),
    );
    const looked = items.filter(({ verdict }) => verdict !== "").length;
    return {
      ...fakeMonth({ looked }),
      lots: [fakeLot()],
      items,
      next: items.find((one) => one.verdict === "")?.id ?? 0,
    };
  }

  private judge(judgement: Judgement): Judged {
    this.judged.push(judgement);
    const before = this.items.get(judgement.id) as Item;
    const verdict_text = { right: "Right", wrong: "Wrong", critical: "Critical" }[judgement.verdict];
    const { verdict, cause, note, answers } = judgement;
    const review = { id: this.judged.length, at: "2026-11-25T18:00:00Z", verdict, verdict_text, cause, note, answers };
    this.items.set(judgement.id, { ...before, verdict, verdict_text, review, history: [review, ...before.history] });
    const { items, lots: _, next, ...month } = this.month();
    const item = items.find(({ id }) => id === judgement.id) as Judged["item"];
    return { month, item, next_open: next, consequence: this.consequence };
  }

  private report(): Report {
    return {
      ...fakeMonth({ state: "done", state_text: "Done" }),
      sentence: "Looked at 3 of 40 decided. 1 wrong, 0 critical.",
      lots: [fakeLot({ looked: 3, blocked: "None of it acts by itself until a later month is clean." })],
      found: [fakeRow(2, { verdict: "wrong", verdict_text: "Wrong" })],
      look_again: [],
      effects: ["20 Nov: The default policy proposes again."],
      rerun: { same: 2, different: 0, cannot: 1 },
    };
  }

  private task(input: unknown) {
    this.note("task", input);
    const check = this.lists?.lists[0]?.checks[0];
    return { action: 9, title: check?.title ?? "", text: "Opened: a task of 2 steps.", check };
  }
}
