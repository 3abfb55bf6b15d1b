import { useCallback, useEffect, useMemo, useReducer } from "react";
import { useCommands } from "@/lib/command-context";
import type { Command } from "@/lib/commands";
import { useDecide, useEditUnits } from "../api/mutations";
import type { Decision, Inbox, RejectReason, SnoozeUntil, Tab } from "../api/types";
import { type Act, delegateAct, rejectAct, snoozeAct } from "../logic/optimistic";
import { idsOf, type Mode, nameOf, type Row, rowsOf, startTriage, targets, triage } from "../logic/triage";
import { type Looked, useApproval } from "./use-approval";

type Options = {
  tab: Tab;
  inbox: Inbox;
  /** Whether what was only noticed is unfolded. */
  noticed: boolean;
  /** The decision that the address names. */
  first: string;
  inspector: boolean;
  setInspector: (shown: boolean) => void;
  /** What was dismissed, so that more can be offered about it. */
  onDismissed: (ids: readonly string[]) => void;
};

/** Everything rows, inspector and keys do with the list. */
export type TriageControl = {
  rows: Row[];
  noticedRows: Row[];
  current: Decision | undefined;
  chosen: Decision[];
  selected: readonly string[];
  unfolded: readonly string[];
  mode: Mode;
  trace: boolean;
  go: (id: string) => void;
  /** Goes to a row that is only now being unfolded. */
  visit: (id: string) => void;
  tick: (id: string) => void;
  fold: (id: string) => void;
  setMode: (mode: Mode) => void;
  toggleTrace: () => void;
  approve: (units?: number) => void;
  /** Approves this one, whatever is ticked. */
  approveOne: (item: Decision) => void;
  /** What must be looked at before it is approved; null where nothing is. */
  looked: Looked | null;
  closeLook: () => void;
  /** The look ended with an approval. */
  acted: () => void;
  /** Whether a person can agree to it: what a guard holds back waits for the guard, what is only watched for its rule. */
  mayApprove: (item: Decision) => boolean;
  edit: (units: number) => void;
  delegate: (owner: string, due: string) => void;
  snooze: (until: SnoozeUntil, date?: string) => void;
  reject: (reason: RejectReason) => void;
};

export function useTriage(options: Options): TriageControl {
  const { tab, inbox, noticed, first, onDismissed } = options;
  const [state, dispatch] = useReducer(triage, { ...startTriage, cursor: first });
  const rows = useMemo(() => rowsOf(inbox.items, state.unfolded), [inbox.items, state.unfolded]);
  const noticedRows = useMemo(
    () => (noticed ? rowsOf(inbox.also_noticed, state.unfolded) : []),
    [noticed, inbox.also_noticed, state.unfolded],
  );
  const all = useMemo(() => [...rows, ...noticedRows], [rows, noticedRows]);
  const ids = useMemo(() => all.map(({ item }) => item.id), [all]);
  useEffect(() => dispatch({ type: "rows", ids }), [ids]);

  const decide = useDecide(tab);
  const editUnits = useEditUnits();
  const current = all.find(({ item }) => item.id === state.cursor)?.item;
  const chosen = useMemo(() => targets(all, state), [all, state]);
  const acted = useCallback(() => dispatch({ type: "acted" }), []);
  const approval = useApproval(decide, acted);
  const act = useCallback(
    (make: (what: string) => Act): readonly string[] => {
      const open = chosen.filter((item) => canDecide(item));
      if (open.length === 0) return [];
      const ids = idsOf(open);
      decide(make(nameOf(open)), ids);
      acted();
      return ids;
    },
    [chosen, decide, acted],
  );

  const control = useMemo<TriageControl>(
    () => ({
      rows,
      noticedRows,
      current,
      chosen,
      selected: state.selected,
      unfolded: state.unfolded,
      mode: state.mode,
      trace: state.trace,
      go: (id) => dispatch({ type: "go", id, ids }),
      visit: (id) => dispatch({ type: "visit", id }),
      tick: (id) => {
        dispatch({ type: "go", id, ids });
        dispatch({ type: "select" });
      },
      fold: (id) => dispatch({ type: "fold", id }),
      setMode: (mode) => dispatch({ type: "mode", mode }),
      toggleTrace: () => dispatch({ type: "trace" }),
      approve: (units = 0) => approval.ask(chosen.filter(canDecide), units),
      approveOne: (item) => approval.ask([item], 0),
      looked: approval.looked,
      closeLook: approval.close,
      acted,
      mayApprove: (item) => tab !== "observed" && canApprove(item),
      edit: (units) => {
        if (current) editUnits(current.id, units);
        dispatch({ type: "mode", mode: "list" });
      },
      delegate: (owner, due) => act((what) => delegateAct(owner, due, what)),
      snooze: (until, date = "") => act((what) => snoozeAct(until, date, what)),
      reject: (reason) => onDismissed(act((what) => rejectAct(reason, what))),
    }),
    [rows, noticedRows, current, chosen, state, ids, act, acted, approval, tab, editUnits, onDismissed],
  );
  const move = useCallback((step: number) => dispatch({ type: "move", step, ids }), [ids]);
  useTriageKeys(control, move, options);
  return control;
}

function useTriageKeys(control: TriageControl, move: (step: number) => void, { inspector, setInspector }: Options) {
  const commands = useMemo<Command[]>(() => {
    const { current } = control;
    const has = () => current !== undefined;
    const decidable = () => control.chosen.some(canDecide);
    const approvable = () => control.chosen.some(canDecide) && control.chosen.every(control.mayApprove);
    const group = "Today";
    const open = (mode: Mode) => () => {
      setInspector(true);
      control.setMode(mode);
    };
    return [
      { id: "today.next", label: "Next decision", group, keys: ["j", "arrowdown"], keyOnly: true, run: () => move(1) },
      {
        id: "today.previous",
        label: "Previous decision",
        group,
        keys: ["k", "arrowup"],
        keyOnly: true,
        run: () => move(-1),
      },
      { id: "today.first", label: "First decision", group, keys: ["home"], keyOnly: true, run: () => move(-1e6) },
      { id: "today.last", label: "Last decision", group, keys: ["end"], keyOnly: true, run: () => move(1e6) },
      { id: "today.approve", label: "Approve", group, keys: ["a"], when: approvable, run: () => control.approve() },
      {
        id: "today.edit",
        label: "Edit the units",
        group,
        keys: ["e"],
        when: () => current !== undefined && canEdit(current),
        run: open("edit"),
      },
      { id: "today.snooze", label: "Snooze…", group, keys: ["s"], when: decidable, run: open("snooze") },
      { id: "today.delegate", label: "Hand over…", group, keys: ["h"], when: approvable, run: open("delegate") },
      { id: "today.dismiss", label: "Dismiss…", group, keys: ["d"], when: decidable, run: open("dismiss") },
      {
        id: "today.why",
        label: "Why: the full trace",
        group,
        keys: ["w"],
        when: has,
        run: () => {
          setInspector(true);
          control.toggleTrace();
        },
      },
      {
        id: "today.select",
        label: "Select",
        group,
        keys: ["x"],
        when: has,
        run: () => current && control.tick(current.id),
      },
      {
        id: "today.fold",
        label: "Show or hide the members of a group",
        group,
        keys: ["enter", "space"],
        keyOnly: true,
        when: () => (current?.members.length ?? 0) > 0,
        run: () => current && control.fold(current.id),
      },
      {
        id: "inspector",
        label: "Show or hide the details",
        group: "View",
        keys: ["mod+i"],
        run: () => setInspector(!inspector),
      },
      {
        id: "today.close",
        label: "Close the details",
        group,
        keys: ["escape"],
        keyOnly: true,
        when: () => inspector,
        run: () => setInspector(false),
      },
    ];
  }, [control, move, inspector, setInspector]);
  useCommands(commands);
}

/** Whether a decision still waits for one. */
export function canDecide(item: Decision): boolean {
  return item.state === "proposed" || item.state === "snoozed";
}

function canApprove(item: Decision): boolean {
  return canDecide(item) && item.held_by.length === 0;
}

/** Whether it has a number of units that can be changed. */
export function canEdit(item: Decision): boolean {
  return canDecide(item) && item.members.length === 0 && item.action.units > 0;
}
