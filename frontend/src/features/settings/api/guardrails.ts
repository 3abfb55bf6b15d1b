import { queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/call";
import type { actions, app, Narrow } from "@/lib/contract";

/** One figure that a kind of action keeps to. A value of 0 means that none is set and nothing of the kind is done. */
export type Limit = Narrow<actions.LimitOutput>;

/** A kind of action with its limits. Level 1 stays on this computer, 2 leaves it and can be reverted, 3 for good. */
export type Kind = Narrow<
  Omit<actions.KindOutput, "needs" | "repeatable" | "readable">,
  { limits: Limit[]; stopped?: StoppedKind | null }
>;

/** A kind of action of which nothing more begins until a person lets it go on. */
export type StoppedKind = actions.StoppedKindOutput;

export type ModeName = "observe" | "propose" | "auto";

/** How a rule may act, and what speaks against its acting by itself. */
export type Mode = Narrow<actions.ModeOutput, { mode: ModeName }>;

/** Within what a rule acts by itself, and on what; money in minor units. */
export type Band = actions.BandOutput;

/** What the list of a rule may name: what it has proposed for, and what else there is now. */
export type Subjects = Narrow<actions.SubjectsOutput>;

/** Where signed messages go. */
export type Webhook = Narrow<app.WebhookOutput>;

export const limitsQuery = queryOptions({
  queryKey: ["actions", "limits"],
  queryFn: async () => (await call<{ kinds: Kind[] }>("actions.API.Limits")).kinds,
});

export const modesQuery = queryOptions({
  queryKey: ["actions", "modes"],
  queryFn: async () => (await call<{ modes: Mode[] }>("actions.API.Modes")).modes,
});

export const subjectsQuery = (policy: string) =>
  queryOptions({
    queryKey: ["actions", "subjects", policy],
    queryFn: () => call<Subjects>("actions.API.Subjects", { policy }),
  });

export const webhookQuery = queryOptions({
  queryKey: ["settings", "webhook"],
  queryFn: () => call<Webhook>("app.API.Webhook"),
});

/** Sets a figure: a number, "" for none, or "shipped". What allows more than before is typed twice. */
export async function setLimit(input: actions.SetLimitInput): Promise<Kind[]> {
  return (await call<{ kinds: Kind[] }>("actions.API.SetLimit", input)).kinds;
}

export async function setMode(input: actions.SetModeInput): Promise<Mode[]> {
  return (await call<{ modes: Mode[] }>("actions.API.SetMode", input)).modes;
}

/** Lets a kind of action go on that Purser stopped by itself. */
export function resumeKind(kind: string): Promise<actions.StatusOutput> {
  return call<actions.StatusOutput>("actions.API.ResumeKind", { kind });
}

/** Sets where messages go, with a new secret that only this answer tells; "" takes the address away. */
export function setWebhook(address: string): Promise<Webhook> {
  return call<Webhook>("app.API.SetWebhook", { address });
}
