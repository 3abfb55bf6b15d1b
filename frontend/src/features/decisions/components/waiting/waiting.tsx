import { Checkbox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Money as Amount } from "@/lib/types";
import { Day } from "@/ui/day/day";
import { Money } from "@/ui/money/money";
import { useCheckTask } from "../../api/mutations";
import { restockDraftQuery, tasksQuery } from "../../api/queries";
import type { RestockDraft, Task } from "../../api/types";
import { OpenLink } from "./open-link";
import classes from "./waiting.module.css";

/** What approvals left to do: tasks with their steps, and the draft of the next order. */
export function Waiting() {
  const { data: tasks = [] } = useQuery(tasksQuery);
  const { data: draft } = useQuery(restockDraftQuery);
  const open = tasks.filter((task) => !task.done);
  return (
    <>
      {open.length > 0 && (
        <section className={classes.section} aria-label="Tasks">
          <h2>Tasks</h2>
          {open.map((task) => (
            <TaskCard key={task.decision} task={task} />
          ))}
        </section>
      )}
      {draft && draft.lines.length > 0 && <RestockTable draft={draft} />}
    </>
  );
}

function TaskCard({ task }: { task: Task }) {
  const check = useCheckTask();
  const done = task.steps.filter((step) => step.done).length;
  return (
    <div className={classes.task}>
      <div className={classes.head}>
        <h3>{task.title}</h3>
        <span>
          {done} of {task.steps.length}
        </span>
      </div>
      <HandedOver task={task} />
      <ul>
        {task.steps.map((step, index) => (
          <li key={step.text}>
            <Checkbox
              label={step.text}
              checked={step.done}
              onChange={(event) => check(task, index, event.currentTarget.checked)}
            />
          </li>
        ))}
      </ul>
      {task.link !== "" && <OpenLink url={task.link} />}
    </div>
  );
}

/** Who does it and until when, where it was handed over. */
function HandedOver({ task: { owner, due } }: { task: Task }) {
  if (owner === "" && due === "") return null;
  return (
    <p className={classes.owner}>
      {owner !== "" && <span>Handed over to {owner}</span>}
      {due !== "" && (
        <span>
          due <Day value={due} />
        </span>
      )}
    </p>
  );
}

function RestockTable({ draft }: { draft: RestockDraft }) {
  return (
    <section className={classes.section} aria-label="Restock draft">
      <h2>Restock draft</h2>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">SKU</th>
            <th scope="col">Marketplace</th>
            <th scope="col">Units</th>
            <th scope="col">Cost of a unit</th>
            <th scope="col">Cost</th>
          </tr>
        </thead>
        <tbody>
          {draft.lines.map((line) => (
            <tr key={`${line.marketplace}/${line.sku}`}>
              <th scope="row">{line.label}</th>
              <td>{line.marketplace}</td>
              <td>{line.units}</td>
              <td>
                <Cost amount={line.unit_cost} />
              </td>
              <td>
                <Cost amount={line.total} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={classes.totals}>
        {draft.totals.map((total) => (
          <span key={total.currency}>
            Total <Money amount={total} /> {total.currency}
          </span>
        ))}
        {draft.without_cost > 0 && <span>{draft.without_cost} without a known cost, in no total</span>}
      </p>
    </section>
  );
}

function Cost({ amount }: { amount: Amount | null }) {
  return amount ? <Money amount={amount} /> : <span>?</span>;
}
