import type { Problem } from "../../api/studio-types";

/** What a problem may be about: a case, a clause, a threshold, or the policy itself (""). */
export type Place = { kind: "case" | "clause" | "threshold" | ""; name: string; field: string };

/** The problems of one field. */
export function problemsAt(problems: readonly Problem[], { kind, name, field }: Place): Problem[] {
  const where = kind === "" ? "" : `${kind} ${name}`;
  return problems.filter((problem) => problem.where === where && fieldOf(problem.field) === field);
}

/** What is wrong with one field, as a sentence for below it; "" when nothing is. */
export function errorAt(problems: readonly Problem[], place: Place): string {
  return problemsAt(problems, place)
    .map(({ message }) => message)
    .join(". ");
}

/** Problems of a case, clause or threshold that belong to no field that is shown. */
export function looseProblems(problems: readonly Problem[], kind: Place["kind"], name: string): Problem[] {
  return problemsAt(problems, { kind, name, field: "" });
}

/** In words: "Case restock, title". */
export function placeWords({ where, field, line }: Problem): string {
  const first = where === "" ? "Policy" : `${where.charAt(0).toUpperCase()}${where.slice(1)}`;
  const parts = field === "" ? [first] : [first, field.replaceAll("_", " ")];
  return line > 0 ? `${parts.join(", ")} (line ${line})` : parts.join(", ");
}

/** The attribute by which the field of a problem is found on the page. */
export const placeKey = (where: string, field: string): string => `${where}/${fieldOf(field)}`;

export const placeOfProblem = ({ where, field }: Problem): string => placeKey(where, field);

/** The text has the money of a case inside at_stake, the builder has one field for it. */
function fieldOf(field: string): string {
  if (field === "at_stake" || field === "at_stake.money") return "money";
  if (field === "action.label" || field === "label") return "action_label";
  if (field === "action.kind" || field === "action") return "action_kind";
  if (field === "action.units") return "units";
  if (field.startsWith("checklist") || field.startsWith("action.checklist")) return "checklist";
  return field;
}
