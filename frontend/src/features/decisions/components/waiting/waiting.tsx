import { Checkbox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Money } from "@/ui/money/money";
import { useCheckTask } from "../../api/mutations";
import { restockLinesQuery, tasksQuery } from "../../api/queries";
import type { RestockLine, Task } from "../../api/types";
import { OpenLink } from "./open-link";
import classes from "./waiting.module.css";

/** What approvals left to do: tasks with their steps, and the draft of the next order. */
export function Waiting() {
  const { data: tasks = [] } = useQuery(tasksQuery);
  const { data: lines = [] } = useQuery(restockLinesQuery);
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
      {lines.length > 0 && <RestockDraft lines={lines} />}
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

function RestockDraft({ lines }: { lines: readonly RestockLine[] }) {
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
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={`${line.marketplace}/${line.sku}`}>
              <th scope="row">{line.sku}</th>
              <td>{line.marketplace}</td>
              <td>{line.units}</td>
              <td>{line.unit_cost?.text ? <Money amount={line.unit_cost} /> : "?"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
