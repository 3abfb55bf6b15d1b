import { useCallback, useMemo } from "react";
import { FilterField } from "@/ui/filter-field/filter-field";
import { NoMatch } from "@/ui/state-card/state-card";
import type { Kind, Mode } from "../../api/guardrails";
import { modeMeanings, modeTitles } from "../../logic/guardrails";
import { UndoLine } from "../undo-line";
import { useSettingsSearch } from "../use-settings-search";
import classes from "./guardrails.module.css";
import { ModeRow } from "./mode-row";
import { useModes } from "./use-modes";

type Props = { modes: readonly Mode[]; kinds: readonly Kind[] };

/** Which rules are only watched, which ask, and which may act by themselves. */
export function ModesPart({ modes, kinds }: Props) {
  const [{ q = "" }, change] = useSettingsSearch();
  const edit = useModes();
  const filter = useCallback((words: string) => change({ q: words || undefined }), [change]);
  const shown = useMemo(
    () => modes.filter(({ title, policy }) => `${title} ${policy}`.toLowerCase().includes(q.toLowerCase())),
    [modes, q],
  );
  return (
    <section className={classes.part} aria-labelledby="guardrails-modes">
      <h2 id="guardrails-modes">What each rule may do</h2>
      <dl className={classes.meanings}>
        {(["observe", "propose", "auto"] as const).map((name) => (
          <div key={name}>
            <dt>{modeTitles[name]}</dt>
            <dd>{modeMeanings[name]}</dd>
          </div>
        ))}
      </dl>
      <div className={classes.bar}>
        <FilterField label="Filter rules" value={q} onChange={filter} />
        <UndoLine saved={edit.saved} problem={edit.problem} />
      </div>
      {shown.length === 0 && q !== "" && (
        <NoMatch filters={`No rule is called "${q}".`} onClear={() => change({ q: undefined })} />
      )}
      {modes.length === 0 && <p className={classes.about}>No rule proposes anything.</p>}
      {shown.map((mode) => (
        <ModeRow key={mode.policy} mode={mode} kind={kinds.find(({ name }) => name === mode.kind)} edit={edit} />
      ))}
    </section>
  );
}
