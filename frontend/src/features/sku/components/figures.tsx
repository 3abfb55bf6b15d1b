import type { Figure, Value, ViewInput } from "@/lib/dashboards/types";
import { useDefine } from "@/ui/dashboard/define-context";
import { Fact } from "@/ui/fact/fact";
import classes from "./sku.module.css";

type Props = { figures: readonly Figure[]; subject: string; view: ViewInput };

/** The key figures of a SKU; each opens what it is and where it comes from. */
export function Figures({ figures, subject, view }: Props) {
  const define = useDefine();
  return (
    <dl className={classes.figures}>
      {figures.map((figure) => (
        <div key={figure.name}>
          <dt title={figure.title}>{figure.title}</dt>
          <dd>
            <Fact {...inWords(figure)} onDefine={() => define({ name: figure.name, subject, view })} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The value and its unit; a day to order by that is over reads "9 days late" instead of a number below zero. */
function inWords({ name, unit, value }: Figure): { value: Value; unit: string } {
  const { num, text } = value;
  if (name === "inventory.order_by_days" && num !== null && num < 0) {
    const days = text.replace(/^[−-]/, "").replace(/[.,]0$/, "");
    return { value: { ...value, text: `${days} ${days === "1" ? "day" : "days"} late` }, unit: "" };
  }
  return { value, unit: unit === "%" || value.currency !== "" ? "" : unit };
}
