/** What waits for the one before it; a failure of one does not hold the next. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Tells the program one thing after the other, in the order in which they were done: what a quick hand takes back
 * must be what it did last, not what the program had come to by then.
 */
export function inOrder<Answer>(tell: () => Promise<Answer>): Promise<Answer> {
  const next = last.then(tell, tell);
  last = next.catch(() => undefined);
  return next;
}
