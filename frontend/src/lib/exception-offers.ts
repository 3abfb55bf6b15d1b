import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { useAnnounce } from "./announce";
import { call, toCallError } from "./call";
import { type Repeat, reasonWords, statsQuery } from "./decision-stats";

/** One offer: to take something out of a rule, or to put back what was just taken out. */
export type Offer = { repeat: Repeat; out: boolean };

export type ExceptionOffers = {
  offers: readonly Offer[];
  /** Takes it out of its rule, or puts it back. */
  toggle: (offer: Offer) => void;
  /** Forgets that it was taken out here; the exception stays. */
  forget: (offer: Offer) => void;
  busy: boolean;
  /** Why the last one was refused; "" when it was not. */
  failed: string;
};

/** Offers exceptions for what is dismissed again and again; what was taken out stays, so that it can be put back. */
export function useExceptionOffers(repeats: readonly Repeat[]): ExceptionOffers {
  const [touched, setTouched] = useState<readonly Offer[]>([]);
  const client = useQueryClient();
  const announce = useAnnounce();
  const { mutate, isPending, error } = useMutation({
    mutationFn: tell,
    onSuccess: async (_, { repeat, out }) => {
      setTouched((before) => [...without(before, repeat), { repeat, out: !out }]);
      announce(out ? `${nameOf(repeat)} is judged by this rule again.` : outWords(repeat));
      for (const key of ["rules", "app", "dashboards"]) void client.invalidateQueries({ queryKey: [key] });
      await client.invalidateQueries({ queryKey: ["decisions"] });
      // Whether what was put back is offered again is for the program to say.
      if (out) setTouched((before) => without(before, repeat));
    },
    onError: (reason) => {
      announce(`Not done. ${toCallError(reason).message}`);
      void client.invalidateQueries({ queryKey: statsQuery.queryKey });
    },
  });
  const offers = useMemo(() => {
    const known = new Set(touched.map(({ repeat }) => repeat.decision));
    const fresh = repeats.filter(({ decision }) => !known.has(decision));
    return [...touched, ...fresh.map((repeat) => ({ repeat, out: false }))];
  }, [touched, repeats]);
  const toggle = useCallback(
    (offer: Offer) => {
      if (!isPending) mutate(offer);
    },
    [mutate, isPending],
  );
  const forget = useCallback(({ repeat }: Offer) => setTouched((before) => without(before, repeat)), []);
  return { offers, toggle, forget, busy: isPending, failed: error ? toCallError(error).message : "" };
}

/** Everything is judged anew afterwards; that may take a while on a large account. */
const judgeTimeoutMs = 2 * 60_000;

function tell({ repeat, out }: Offer): Promise<unknown> {
  const { policy, case: name, subject, times, reason } = repeat;
  const input = {
    policy,
    case: name,
    subject,
    reason: `Dismissed ${times} times as ${reasonWords(reason)}`,
    until: "",
  };
  if (out) return call<unknown>("rules.API.RemoveException", input, judgeTimeoutMs);
  return call<unknown>("rules.API.AddException", input, judgeTimeoutMs);
}

function without(offers: readonly Offer[], { decision }: Repeat): readonly Offer[] {
  return offers.filter(({ repeat }) => repeat.decision !== decision);
}

/** What it is about, as a person knows it. */
export function nameOf({ label, subject }: Repeat): string {
  return label === "" ? subject : label;
}

const ordinals = ["Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth"];

/** "Third time: take SKU-104 out of this rule?" */
export function offerWords(repeat: Repeat): string {
  const ordinal = ordinals[repeat.times - 3];
  const start = ordinal === undefined ? `${repeat.times} times now` : `${ordinal} time`;
  return `${start}: take ${nameOf(repeat)} out of this rule?`;
}

/** "SKU-104 is out of this rule." */
export function outWords(repeat: Repeat): string {
  return `${nameOf(repeat)} is out of this rule.`;
}
