/** Reads colours of the tokens where they hold now, for what is drawn on a canvas. */
export function tokenColours(element: Element): (name: string) => string {
  const style = getComputedStyle(element);
  const known = new Map<string, string>();
  return (name) => {
    const found = known.get(name) ?? resolved(style, style.getPropertyValue(name).trim());
    known.set(name, found);
    return found;
  };
}

/** A token may name another one. */
function resolved(style: CSSStyleDeclaration, value: string): string {
  const other = /^var\((--[\w-]+)\)$/.exec(value)?.[1];
  return other ? resolved(style, style.getPropertyValue(other).trim()) : value;
}

export type Colour = ReturnType<typeof tokenColours>;
