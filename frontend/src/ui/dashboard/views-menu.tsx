import { ActionIcon, Button, Popover, TextInput } from "@mantine/core";
import { IconBookmark, IconPencil, IconTrash } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useRouter } from "@tanstack/react-router";
import { type FormEvent, memo, useState } from "react";
import { linkTo } from "@/lib/address";
import { useAnnounce } from "@/lib/announce";
import { toCallError } from "@/lib/call";
import { deleteView, saveView } from "@/lib/dashboards/actions";
import { viewsQuery } from "@/lib/dashboards/queries";
import type { SavedView } from "@/lib/dashboards/types";
import { useDashboard } from "./dashboard-context";
import classes from "./views-menu.module.css";

type Props = { opened: boolean; onOpened: (opened: boolean) => void };

/** The views of this page that were kept under a name: open, rename, delete, and keep this one. */
export const ViewsMenu = memo(function ViewsMenu({ opened, onOpened }: Props) {
  const { page } = useDashboard();
  const { data: all = [] } = useQuery(viewsQuery);
  const views = all.filter((view) => view.page === page.name);
  return (
    <Popover opened={opened} onChange={onOpened} position="bottom-end" trapFocus returnFocus width={340}>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconBookmark size={15} stroke={1.6} aria-hidden="true" />}
          onClick={() => onOpened(!opened)}
        >
          Views
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        {views.length === 0 && (
          <p className={classes.none}>Range, scope, columns and filters, as they are now, can be kept under a name.</p>
        )}
        <ul className={classes.list}>
          {views.map((view) => (
            <ViewLine key={view.id} view={view} onOpened={() => onOpened(false)} />
          ))}
        </ul>
        <NewView views={views} onDone={() => onOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
});

/** Runs an action on views and says how it ended. */
function useTelling() {
  const announce = useAnnounce();
  return (action: Promise<unknown>, done: string) =>
    action.then(() => announce(done)).catch((reason: unknown) => announce(toCallError(reason).message));
}

function ViewLine({ view, onOpened }: { view: SavedView; onOpened: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const tell = useTelling();
  const [renaming, setRenaming] = useState(false);
  if (renaming) {
    return (
      <li>
        <NameForm
          label={`New name of ${view.name}`}
          name={view.name}
          action="Rename"
          onName={(name) => {
            setRenaming(false);
            void tell(saveView(client, { ...view, name }), `The view is now called ${name}`);
          }}
        />
      </li>
    );
  }
  return (
    <li>
      <button
        type="button"
        className={classes.open}
        onClick={() => {
          onOpened();
          void navigate(linkTo(view.address));
        }}
      >
        {view.name}
      </button>
      <ActionIcon variant="subtle" size={26} aria-label={`Rename ${view.name}`} onClick={() => setRenaming(true)}>
        <IconPencil size={15} stroke={1.6} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        size={26}
        aria-label={`Delete ${view.name}`}
        onClick={() => void tell(deleteView(client, view.id), `The view ${view.name} is deleted`)}
      >
        <IconTrash size={15} stroke={1.6} />
      </ActionIcon>
    </li>
  );
}

/** Keeps the address as it is now; under a name that there is, it replaces that view. */
function NewView({ views, onDone }: { views: readonly SavedView[]; onDone: () => void }) {
  const client = useQueryClient();
  const tell = useTelling();
  const { page } = useDashboard();
  const { state } = useRouter();
  const keep = (name: string) => {
    const there = views.find((view) => view.name === name);
    const address = state.location.pathname + state.location.searchStr;
    onDone();
    void tell(
      saveView(client, { id: there?.id ?? "", name, page: page.name, address }),
      there ? `${name} now shows this view` : `This view is kept as ${name}`,
    );
  };
  return <NameForm label="Name of this view" name="" action="Save" onName={keep} />;
}

type FormProps = { label: string; name: string; action: string; onName: (name: string) => void };

function NameForm({ label, name, action, onName }: FormProps) {
  const [text, setText] = useState(name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== "") onName(text.trim());
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        aria-label={label}
        placeholder="Name of this view"
        value={text}
        maxLength={80}
        onChange={(event) => setText(event.currentTarget.value)}
        data-autofocus
      />
      <Button type="submit" disabled={text.trim() === ""}>
        {action}
      </Button>
    </form>
  );
}
