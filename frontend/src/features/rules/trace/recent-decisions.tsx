import { queryOptions, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useCovered } from "@/lib/amounts";
import { call } from "@/lib/call";
import type { decisions, Narrow } from "@/lib/contract";
import type { Severity } from "@/lib/types";
import { SeverityIcon } from "@/ui/severity-icon/severity-icon";
import classes from "./trace.module.css";

type Shown = "id" | "title" | "severity" | "subject" | "policy" | "policy_title";
type Open = Narrow<Pick<decisions.ItemOutput, Shown>, { severity: Severity }>;
type Item = Narrow<Pick<decisions.ItemOutput, Shown | "members">, { severity: Severity; members: Open[] }>;

/** Decisions that wait now, groups taken apart. */
const openQuery = queryOptions({
  queryKey: ["decisions", "rules", "open"],
  queryFn: async () => {
    const { items } = await call<{ items: Item[] }>("decisions.API.Inbox", { tab: "needs", marketplace: "" });
    return items.flatMap((item): Open[] => (item.members.length > 0 ? item.members : [item]));
  },
});

const most = 12;

/** Decisions that wait, each with the way to its trace; of one rule where one is chosen. */
export function RecentDecisions({ policy }: { policy: string }) {
  const open = useCovered(useQuery(openQuery).data);
  const shown = (open ?? []).filter((one) => policy === "" || one.policy === policy).slice(0, most);
  if (shown.length === 0) return null;
  return (
    <section aria-label="Decided now">
      <h2>Or the trace of a decision that waits</h2>
      <ul className={classes.verdicts}>
        {shown.map((one) => (
          <li key={one.id}>
            <Link to="/rules/trace" search={{ subject: one.subject, policy: one.policy }}>
              <SeverityIcon severity={one.severity} />
              <span className={classes.what}>
                {one.title}
                <small>
                  {one.policy_title}, {one.subject}
                </small>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
