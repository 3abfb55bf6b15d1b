import type { Limit, ModeName } from "../api/guardrails";
import { decimalsOf } from "./costs";
import { numberText } from "./threshold";

/** The currency of a limit on money, which is kept in minor units; "" for all others. */
export function currencyOf({ name }: Pick<Limit, "name">): string {
  return name.split(":")[1] ?? "";
}

function scaleOf(limit: Pick<Limit, "name">): number {
  const currency = currencyOf(limit);
  return currency === "" ? 1 : 10 ** decimalsOf(currency);
}

/** A figure of a limit as people read it: "200", "15,000.00"; "" for none. */
export function figureText(value: number, limit: Pick<Limit, "name">): string {
  return value > 0 ? numberText(value / scaleOf(limit)) : "";
}

type Parsed = { ok: true; value: number } | { ok: false; error: string };

const wrong = "Write a number above 0, or leave it blank so that nothing of the kind is done.";

/** What was typed, as the program keeps it; blank is 0, for none. */
export function parseFigure(text: string, limit: Pick<Limit, "name">): Parsed {
  const bare = text.trim();
  if (bare === "") return { ok: true, value: 0 };
  if (!/^(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$/.test(bare)) return { ok: false, error: wrong };
  const scale = scaleOf(limit);
  const typed = Number(bare.replaceAll(",", "")) * scale;
  const value = scale === 1 ? typed : Math.round(typed);
  return value > 0 ? { ok: true, value } : { ok: false, error: wrong };
}

/** Limits of which a smaller figure allows more. */
const floors = ["hours_between", "value_min"];

/** Whether a figure allows more than the one before, which asks for it to be typed twice. */
export function loosens(limit: Pick<Limit, "name" | "value">, value: number): boolean {
  if (value === 0) return false;
  if (limit.value === 0) return true;
  return floors.includes(limit.name) ? value < limit.value : value > limit.value;
}

export const modeTitles: Record<ModeName, string> = { observe: "Observe", propose: "Propose", auto: "Act by itself" };

export const modeMeanings: Record<ModeName, string> = {
  observe: "What it finds is kept and shown apart. Nothing is asked.",
  propose: "It asks, you decide.",
  auto: "What can be reverted is done without asking, within the band, on what you named. All else it asks.",
};
