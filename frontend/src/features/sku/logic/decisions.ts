type Item = { subject: string; members: readonly { subject: string }[] };

/** Whether a decision is about a SKU, by itself or as one of several. */
export function about(item: Item, subject: string): boolean {
  return item.subject === subject || item.members.some((member) => member.subject === subject);
}
