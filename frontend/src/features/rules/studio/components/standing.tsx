import { coverAmounts } from "@/lib/amounts";
import { useDisplay } from "@/lib/display";
import { formatInstant } from "@/lib/format";
import { WithTip } from "@/ui/fact/with-tip";
import type { Node } from "../../api/studio-types";
import classes from "./conditions.module.css";

/** The values of a row for the example subject; as of when, and why unknown, on hover and focus. */
export function Standing({ node, op }: { node: Node | undefined; op: string }) {
  const { hide_amounts } = useDisplay();
  if (!node || (node.left === "" && node.note === "")) return null;
  const shown = (text: string) => (hide_amounts ? coverAmounts(text) : text);
  const values = node.right === "" ? node.left : `${node.left || "?"} ${op} ${node.right}`;
  return (
    <WithTip tip={<Tip node={node} note={shown(node.note)} />}>
      {(handlers, hold) => (
        <button type="button" className={classes.values} {...handlers} ref={hold} data-result={node.result}>
          <span className="visually-hidden">Now: </span>
          {node.left === "" && node.right === "" ? shown(node.note) : shown(values)}
        </button>
      )}
    </WithTip>
  );
}

function Tip({ node, note }: { node: Node; note: string }) {
  const { locale, now } = useDisplay();
  return (
    <span className={classes.tip}>
      <span>{node.as_of === "" ? "No date known" : `As of ${formatInstant(node.as_of, locale, now)}`}</span>
      {note !== "" && <span>{note}</span>}
      {node.near && <span>True if the figures moved by a tenth</span>}
    </span>
  );
}
