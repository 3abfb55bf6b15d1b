/** Gives things that may share a label keys of their own; their order never changes while they are shown. */
export function numbered<Item extends { label: string }>(items: readonly Item[]): { id: string; item: Item }[] {
  return items.map((item, index) => ({ id: `${index} ${item.label}`, item }));
}
