import { Button, FileButton, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type DragEvent, useState } from "react";
import { toCallError } from "@/lib/call";
import { importCosts } from "../api/mutations";
import { COSTS_HEADER, costListError } from "../logic/costs";
import classes from "./settings.module.css";

/** Many costs at once: pasted from a spreadsheet, dropped or chosen as a CSV file. */
export function PasteCosts({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [text, setText] = useState("");
  const [tried, setTried] = useState("");
  const send = useMutation({
    mutationFn: importCosts,
    onSuccess: () => client.invalidateQueries({ queryKey: ["settings", "items"] }),
  });
  const store = () => {
    const problem = costListError(text);
    setTried(problem);
    if (problem === "") send.mutate(text);
  };
  const take = (file: File | null | undefined) => {
    file?.text().then(
      (content) => {
        setText(content);
        setTried("");
        send.reset();
      },
      () => setTried(`${file.name} could not be read.`),
    );
  };
  const onDrop = (event: DragEvent) => {
    // The window would take the file for a report.
    event.preventDefault();
    event.stopPropagation();
    take(event.dataTransfer.files[0]);
  };
  const failed = send.isError ? toCallError(send.error) : null;
  return (
    <section className={classes.paste} aria-label="Paste a list of costs">
      <Textarea
        label="Costs as CSV, or cells copied from a spreadsheet"
        description={
          <>
            First line: <span className={classes.sample}>{COSTS_HEADER}</span>. An empty cost or lead time means not
            known.
          </>
        }
        placeholder={`${COSTS_HEADER}\nUS,SKU-104,6.05,USD,28`}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          send.reset();
        }}
        onDrop={onDrop}
        error={tried === "" ? undefined : tried}
        rows={5}
        classNames={{ input: classes.sample }}
      />
      <div className={classes.pasteActions}>
        <Button onClick={store} loading={send.isPending}>
          Store these costs
        </Button>
        <FileButton onChange={take} accept=".csv,.txt,.tsv,text/csv,text/plain">
          {(props) => (
            <Button variant="default" {...props}>
              Choose a CSV file
            </Button>
          )}
        </FileButton>
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
        <span role="status" className={classes.small}>
          {send.data && resultText(send.data.set, send.data.problems.length)}
        </span>
        {failed && (
          <span role="alert" className={classes.problem}>
            {failed.message} {failed.hint}
          </span>
        )}
      </div>
      {send.data && send.data.problems.length > 0 && (
        <ul className={classes.problems} aria-label="Lines that were left out">
          {send.data.problems.map((p) => (
            <li key={`${p.line}/${p.reason}`}>
              Line {p.line}: {p.reason}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function resultText(set: number, problems: number): string {
  const stored = set === 1 ? "1 SKU was stored." : `${set} SKUs were stored.`;
  if (problems === 0) return stored;
  return `${stored} ${problems === 1 ? "1 line was" : `${problems} lines were`} left out.`;
}
