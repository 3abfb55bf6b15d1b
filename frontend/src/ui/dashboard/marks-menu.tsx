import { Button, Popover, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useAnnounce } from "@/lib/announce";
import { toCallError } from "@/lib/call";
import { type Marks, type MarksChange, restoreMarks, setMarks } from "@/lib/dashboards/marks";
import { scopesQuery } from "@/lib/dashboards/queries";
import { useDisplay } from "@/lib/display";
import { formatNumber } from "@/lib/format";
import classes from "./marks-menu.module.css";

type Props = {
  subjects: readonly string[];
  /** Tags that at least one of them has. */
  tags: readonly string[];
};

/** Tags the chosen SKUs, or puts them into a product group; the last change can be taken back. */
export function MarksMenu({ subjects, tags }: Props) {
  const { data: scopes } = useQuery(scopesQuery);
  const marking = useMarking(subjects);
  return (
    <>
      <MarkForm
        title="Tag…"
        label="Tag"
        known={scopes?.tags ?? []}
        actions={(tag) => [
          { title: "Add tag", off: tag === "", change: { add: tag }, said: `Tagged ${tag}` },
          { title: "Remove tag", off: !tags.includes(tag), change: { remove: tag }, said: `Tag ${tag} removed` },
        ]}
        onMark={marking.mark}
      />
      <MarkForm
        title="Product group…"
        label="Product group"
        known={scopes?.groups ?? []}
        actions={(group) => [
          { title: "Set group", off: group === "", change: { group }, said: `Now in ${group}` },
          { title: "No group", off: false, change: { group: "" }, said: "Now in no group" },
        ]}
        onMark={marking.mark}
      />
      {marking.before && (
        <Button variant="subtle" size="compact-sm" onClick={marking.undo}>
          Undo the last change
        </Button>
      )}
    </>
  );
}

/** Changes marks, says what was done, and keeps how it was. */
function useMarking(subjects: readonly string[]) {
  const client = useQueryClient();
  const announce = useAnnounce();
  const { locale } = useDisplay();
  const [before, setBefore] = useState<Marks[] | null>(null);
  const failed = (reason: unknown) => announce(toCallError(reason).message);
  const mark = (change: MarksChange, said: string) => {
    setMarks(client, subjects, change)
      .then((marks) => {
        setBefore(marks);
        announce(`${said}: ${formatNumber(subjects.length, locale)} ${subjects.length === 1 ? "SKU" : "SKUs"}`);
      })
      .catch(failed);
  };
  const undo = () => {
    restoreMarks(client, before ?? [])
      .then(() => {
        setBefore(null);
        announce("Taken back");
      })
      .catch(failed);
  };
  return { mark, undo, before };
}

type Action = { title: string; off: boolean; change: MarksChange; said: string };

type FormProps = {
  title: string;
  label: string;
  /** Those in use, offered while typing. */
  known: readonly string[];
  actions: (text: string) => Action[];
  onMark: (change: MarksChange, said: string) => void;
};

function MarkForm({ title, label, known, actions, onMark }: FormProps) {
  const [opened, setOpened] = useState(false);
  const [text, setText] = useState("");
  const listId = useId();
  const choices = actions(text.trim());
  const run = ({ change, said }: Action) => {
    onMark(change, said);
    setOpened(false);
    setText("");
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const first = choices.find((action) => !action.off);
    if (first) run(first);
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="top-start" trapFocus returnFocus width={280}>
      <Popover.Target>
        <Button variant="default" size="compact-sm" onClick={() => setOpened(!opened)}>
          {title}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form className={classes.form} onSubmit={submit}>
          <TextInput
            label={label}
            value={text}
            maxLength={60}
            list={listId}
            onChange={(event) => setText(event.currentTarget.value)}
            data-autofocus
          />
          <datalist id={listId}>
            {known.map((value) => (
              <option key={value} value={value} />
            ))}
          </datalist>
          <div className={classes.actions}>
            {choices.map((action) => (
              <Button key={action.title} variant="default" disabled={action.off} onClick={() => run(action)}>
                {action.title}
              </Button>
            ))}
          </div>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
