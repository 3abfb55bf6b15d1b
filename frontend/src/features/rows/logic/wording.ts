import type { Definition } from "@/lib/dashboards/types";

/** A number as a heading: "Units sold, SKU-104: 412 units". Amounts are left out when they are hidden. */
export function headingOf(definition: Definition, hideAmounts: boolean): string {
  const name = [definition.title, definition.label].filter((part) => part !== "").join(", ");
  const values = definition.values.map((value) => {
    if (value.currency !== "") return hideAmounts ? "•••" : value.text;
    const unit = definition.unit === "" || definition.unit === "%" || value.text === "?" ? "" : ` ${definition.unit}`;
    return `${value.text}${unit}`;
  });
  return values.length === 0 ? name : `${name}: ${values.join(" · ")}`;
}
