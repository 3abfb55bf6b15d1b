import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { useAnnounce } from "@/lib/announce";
import { useCommands } from "@/lib/command-context";
import type { Command } from "@/lib/commands";
import { statsQuery } from "@/lib/decision-stats";
import { type Offer, offerWords, useExceptionOffers } from "@/lib/exception-offers";
import { OfferList } from "@/ui/exception-offer/exception-offer";
import classes from "./after-dismissal.module.css";

const letter = "o";
/** More than these are offered where the rules are. */
const most = 3;

type Props = { dismissed: readonly string[]; onClose: (decision: string) => void };

/** After a dismissal: offers to take out of its rule what was now dismissed for the third time or more. */
export function AfterDismissal({ dismissed, onClose }: Props) {
  const { data } = useQuery({ ...statsQuery, enabled: dismissed.length > 0 });
  const all = useMemo(
    () => data?.repeats.filter(({ decision }) => dismissed.includes(decision)) ?? [],
    [data?.repeats, dismissed],
  );
  const repeats = useMemo(() => all.slice(0, most), [all]);
  const control = useExceptionOffers(repeats);
  const { offers, toggle, forget } = control;
  const next = offers.find(({ out }) => !out);
  useTold(next);
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: "today.takeout",
          label: "Take it out of the rule",
          group: "Today",
          keys: [letter],
          when: () => next !== undefined,
          run: () => next && toggle(next),
        },
      ],
      [next, toggle],
    ),
  );
  if (offers.length === 0) return null;
  const close = (offer: Offer) => {
    forget(offer);
    onClose(offer.repeat.decision);
    focusList();
  };
  return (
    <section className={classes.offer} aria-label="Offer">
      <OfferList control={control} named letter={letter} onClose={close} />
      {all.length > most && <p>{all.length - most} more are offered under Rules, in the details of each rule.</p>}
    </section>
  );
}

/** Says an offer once, when it comes up. */
function useTold(next: Offer | undefined): void {
  const announce = useAnnounce();
  const [told, setTold] = useState<readonly string[]>([]);
  useEffect(() => {
    if (!next || told.includes(next.repeat.decision)) return;
    setTold([...told, next.repeat.decision]);
    announce(`${offerWords(next.repeat)} O takes it out, Z takes the dismissal back.`);
  }, [next, told, announce]);
}

/** The line with the focus is going; the row under the cursor is where work goes on. */
function focusList(): void {
  document.querySelector<HTMLElement>('[data-decisions] [data-cursor="true"] [data-title]')?.focus();
}
