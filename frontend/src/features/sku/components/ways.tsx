import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { DashboardSearch } from "@/lib/dashboards/search";
import { Kbd } from "@/ui/kbd/kbd";
import { SeverityIcon } from "@/ui/severity-icon/severity-icon";
import { openDecisionsQuery } from "../api/queries";
import classes from "./sku.module.css";

type Props = { subject: string; view: DashboardSearch };

/** From the SKU to what it is about: decisions that wait, its orders, and why rules judge it so. */
export function Ways({ subject, view }: Props) {
  const { data: open } = useQuery(openDecisionsQuery(subject));
  return (
    <div className={classes.ways}>
      {open && open.length > 0 && (
        <ul className={classes.open} aria-label="Decisions that wait">
          {open.map((item) => (
            <li key={item.id}>
              <Link to="/today" search={{ item: item.id }}>
                <SeverityIcon severity={item.severity} />
                {item.title}
              </Link>
            </li>
          ))}
        </ul>
      )}
      {open?.length === 0 && <span className={classes.none}>No decision waits.</span>}
      <span className={classes.links}>
        <Link to="/rows" search={ordersOf(subject, view)}>
          Orders <Kbd keys="o" />
        </Link>
        <Link to="/inventory" search={whyOf(subject, view)}>
          Why, and why not <Kbd keys="w" />
        </Link>
        <Link to="/rules/trace" search={{ subject }}>
          Trace of each rule
        </Link>
      </span>
    </div>
  );
}

/** The orders of a SKU are the rows behind its units. */
export function ordersOf(subject: string, view: DashboardSearch) {
  return { ...view, name: "sales.units", subject };
}

/** The inspector of its stock also asks the policies. */
export function whyOf(subject: string, view: DashboardSearch) {
  return { ...view, sel: subject };
}
