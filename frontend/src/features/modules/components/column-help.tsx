import type { FactColumn } from "../api/types";
import { sourceTitles } from "../logic/wording";
import classes from "./module.module.css";

type Props = { column: FactColumn; titles: readonly { kind: string; title: string }[] };

/** What a fact means, how it is computed, and what it rests on. */
export function ColumnHelp({ column, titles }: Props) {
  return (
    <span className={classes.help}>
      <span>{column.meaning}</span>
      {column.formula !== "" && <span>Computed: {column.formula}</span>}
      {column.unit !== "" && <span>Unit: {column.unit}</span>}
      {column.sources.length > 0 && <span>From: {sourceTitles(column.sources, titles).join(", ")}</span>}
    </span>
  );
}
