import type { Figure, ViewInput } from "@/lib/dashboards/types";
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
          <dt>{figure.title}</dt>
          <dd>
            <Fact
              value={figure.value}
              unit={figure.unit === "%" || figure.value.currency !== "" ? "" : figure.unit}
              onDefine={() => define({ name: figure.name, subject, view })}
            />
          </dd>
        </div>
      ))}
    </dl>
  );
}
