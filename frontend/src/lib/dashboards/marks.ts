/** Tags and product groups of SKUs. */
import type { QueryClient } from "@tanstack/react-query";
import { call } from "../call";
import type { catalog } from "../contract";

/** Tags and group of one SKU, as they were. */
export type Marks = catalog.MarksOutput;
type Before = catalog.SetMarksOutput;

export type MarksChange = {
  add?: string;
  remove?: string;
  /** "": out of any group; absent: the group stays. */
  group?: string;
};

/** Changes the marks of SKUs, all or none, and answers how they were, for restoreMarks. */
export async function setMarks(
  client: QueryClient,
  subjects: readonly string[],
  { add, remove, group }: MarksChange,
): Promise<Marks[]> {
  const out = await call<Before>("catalog.API.SetMarks", {
    subjects: [...subjects],
    add_tags: add ? [add] : [],
    remove_tags: remove ? [remove] : [],
    set_group: group !== undefined,
    group: group ?? "",
  });
  await refresh(client);
  return out.before;
}

/** Takes a change of marks back. */
export async function restoreMarks(client: QueryClient, marks: readonly Marks[]): Promise<void> {
  await call<Before>("catalog.API.RestoreMarks", { marks: [...marks] });
  await refresh(client);
}

async function refresh(client: QueryClient) {
  await Promise.all(["dashboards", "settings", "data"].map((root) => client.invalidateQueries({ queryKey: [root] })));
}
