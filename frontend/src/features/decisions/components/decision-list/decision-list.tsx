import { useEffect, useRef } from "react";
import { placeOf } from "@/lib/commands";
import type { Row } from "../../logic/triage";
import type { TriageControl } from "../use-triage";
import classes from "./decision-list.module.css";
import { DecisionRow } from "./decision-row";

/** Decisions in the order they should be taken; the cursor follows J and K. */
export function DecisionList({
  rows,
  triage,
  label = "Decisions",
}: {
  rows: readonly Row[];
  triage: TriageControl;
  label?: string;
}) {
  const list = useRef<HTMLUListElement>(null);
  const cursor = triage.current?.id ?? "";
  const { mode } = triage;
  useEffect(() => {
    const row = list.current?.querySelector<HTMLElement>('[data-cursor="true"]');
    if (!row || cursor === "" || mode !== "list") return;
    row.scrollIntoView({ block: "nearest" });
    const place = placeOf(document.activeElement);
    if (place === "page" || place === "control")
      row.querySelector<HTMLElement>("[data-title]")?.focus({ preventScroll: true });
  }, [cursor, mode]);
  return (
    <ul ref={list} className={classes.list} aria-label={label} data-decisions="">
      {rows.map(({ item, parent }) => (
        <DecisionRow
          key={item.id}
          item={item}
          member={parent !== null}
          current={item.id === cursor}
          selected={triage.selected.includes(item.id)}
          triage={triage}
        />
      ))}
    </ul>
  );
}
