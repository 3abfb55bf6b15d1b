import { toCallError } from "@/lib/call";
import { studio } from "../../api/studio-calls";
import type { Draft, PolicyModel, Problem } from "../../api/studio-types";
import { type History, noHistory, remembered, stepBack, stepOn } from "./history";
import { merged, opened, toWrite } from "./policy";

/** How a draft stands: its text is the truth, the policy is the builder's view of it. */
export type DraftState = {
  phase: "loading" | "failed" | "ready";
  error: unknown;
  yaml: string;
  /** The text that was opened or saved last. */
  base: string;
  /** The text that Go looked at last; what the problems and the preview are of. */
  checked: string;
  /** null: the text is no policy; `good` is the last that was one. */
  policy: PolicyModel | null;
  good: PolicyModel | null;
  problems: Problem[];
  warnings: string[];
  /** The policy was changed and the text does not say so yet. */
  ahead: boolean;
  /** The text was changed and the policy does not show it yet. */
  behind: boolean;
  /** Go has yet to look at the last edit. */
  pending: boolean;
  /** Go could not be asked. */
  syncError: unknown;
};

type Step = Pick<DraftState, "yaml" | "policy" | "ahead" | "behind">;

const pauseMs = 150;

const blank: DraftState = {
  phase: "loading",
  error: null,
  yaml: "",
  base: "",
  checked: "",
  policy: null,
  good: null,
  problems: [],
  warnings: [],
  ahead: false,
  behind: false,
  pending: false,
  syncError: null,
};

/** A draft while it is written. It outlives the page, so what was not saved is there when a person comes back. */
export class DraftStore {
  private state = blank;
  private history: History<Step> = noHistory();
  private listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private edits = 0;
  private running: Promise<void> | null = null;

  /** first gives the text to begin with; fresh means that it is not saved anywhere. */
  constructor(
    private readonly first: () => Promise<string>,
    readonly fresh: boolean,
  ) {
    void this.load();
  }

  get = (): DraftState => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  get dirty(): boolean {
    return this.state.phase === "ready" && (this.state.ahead || this.state.yaml !== this.state.base);
  }

  canUndo = (): boolean => this.history.past.length > 0;
  canRedo = (): boolean => this.history.future.length > 0;

  async load(): Promise<void> {
    this.set({ ...blank });
    this.history = noHistory();
    const edit = ++this.edits;
    try {
      const yaml = await this.first();
      const draft = await studio.read(yaml);
      if (edit !== this.edits) return;
      this.set({ ...blank, phase: "ready", base: yaml });
      this.take(draft, yaml);
    } catch (error) {
      if (edit === this.edits) this.set({ ...blank, phase: "failed", error });
    }
  }

  /** Changes the policy as the builder has it; edits with the same key in one go are one step of undo. */
  edit(change: (policy: PolicyModel) => PolicyModel, key = ""): void {
    const { policy } = this.state;
    if (!policy) return;
    const next = change(policy);
    if (next === policy) return;
    this.remember(key);
    this.set({ policy: next, good: next, ahead: true });
    this.schedule();
  }

  /** Changes the text. */
  type(yaml: string): void {
    if (yaml === this.state.yaml) return;
    this.remember("text");
    this.set({ yaml, ahead: false, behind: true });
    this.schedule();
  }

  undo = (): boolean => this.step(stepBack(this.history, this.now()));
  redo = (): boolean => this.step(stepOn(this.history, this.now()));

  /** Brings text, policy and problems together now instead of after the pause. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    if (this.running) await this.running;
    if (!this.state.pending) return;
    this.running = this.sync();
    await this.running;
    this.running = null;
  }

  /** Takes what was saved as the text that nothing was changed of. */
  saved(draft: Draft): void {
    this.edits++;
    this.set({ base: draft.yaml, ahead: false, pending: false });
    this.take(draft, draft.yaml);
  }

  /** Shows why a draft was refused. */
  refused(problems: Problem[]): void {
    this.set({ problems });
  }

  private now(): Step {
    const { yaml, policy, ahead, behind } = this.state;
    return { yaml, policy, ahead, behind };
  }

  private remember(key: string) {
    this.history = remembered(this.history, this.now(), key, performance.now());
  }

  private step(taken: { history: History<Step>; state: Step } | null): boolean {
    if (!taken) return false;
    this.history = taken.history;
    this.set({ ...taken.state, good: taken.state.policy ?? this.state.good });
    this.schedule();
    return true;
  }

  private schedule() {
    this.edits++;
    this.set({ pending: true });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), pauseMs);
  }

  private async sync(): Promise<void> {
    const edit = this.edits;
    const { yaml, policy, ahead } = this.state;
    try {
      const draft = await (ahead && policy ? studio.write(yaml, toWrite(policy)) : studio.read(yaml));
      // What a person did meanwhile counts; it is looked at after its own pause.
      if (edit !== this.edits) return;
      this.set({ pending: false, syncError: null });
      if (ahead && policy) this.takeWritten(draft, policy);
      else this.take(draft, yaml);
    } catch (error) {
      if (edit === this.edits) this.set({ pending: false, syncError: toCallError(error) });
    }
  }

  private take(draft: Draft, yaml: string) {
    const { policy: kept, behind } = this.state;
    const policy = draft.policy && (kept && !behind ? merged(kept, draft.policy) : opened(draft.policy));
    this.set({ yaml, checked: yaml, policy, good: policy ?? this.state.good, behind: false, ...told(draft) });
  }

  private takeWritten(draft: Draft, kept: PolicyModel) {
    const policy = draft.policy ? merged(kept, draft.policy) : kept;
    this.set({ yaml: draft.yaml, checked: draft.yaml, policy, good: policy, ahead: false, ...told(draft) });
  }

  private set(change: Partial<DraftState>) {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}

const told = ({ problems, warnings }: Draft) => ({ problems, warnings });
