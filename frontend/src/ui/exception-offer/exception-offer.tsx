import { Button, VisuallyHidden } from "@mantine/core";
import { reasonWords } from "@/lib/decision-stats";
import { type ExceptionOffers, nameOf, type Offer, offerWords, outWords } from "@/lib/exception-offers";
import { Kbd } from "@/ui/kbd/kbd";
import classes from "./exception-offer.module.css";

type Props = {
  control: ExceptionOffers;
  /** Whether the rule must be named, because the place does not. */
  named?: boolean;
  /** The key that takes out the first one. */
  letter?: string;
  /** Takes the line away without doing anything; absent where lines stay. */
  onClose?: (offer: Offer) => void;
};

/** What is dismissed again and again, each with a button that takes it out of its rule, and one that puts it back. */
export function OfferList({ control, named = false, letter, onClose }: Props) {
  const { offers, failed } = control;
  if (offers.length === 0) return null;
  const first = offers.find(({ out }) => !out);
  return (
    <ul className={classes.list} aria-label="Dismissed again and again">
      {offers.map((offer) => (
        <OfferLine
          key={offer.repeat.decision}
          offer={offer}
          control={control}
          named={named}
          letter={offer === first ? letter : undefined}
          onClose={onClose}
        />
      ))}
      {failed !== "" && (
        <li className={classes.failed} role="alert">
          {failed}
        </li>
      )}
    </ul>
  );
}

type LineProps = Required<Pick<Props, "control" | "named">> & Pick<Props, "letter" | "onClose"> & { offer: Offer };

function OfferLine({ offer, control, named, letter, onClose }: LineProps) {
  const { repeat, out } = offer;
  const about = `${nameOf(repeat)}, ${repeat.policy_title}`;
  const act = out ? "Undo" : "Take it out";
  const close = out ? "Close" : "Not now";
  return (
    <li className={classes.line}>
      <span className={classes.words}>
        {out ? outWords(repeat) : offerWords(repeat)}
        <small>
          {named && `${repeat.policy_title}, `}case {repeat.case}: dismissed {repeat.times} times as{" "}
          {reasonWords(repeat.reason)}
        </small>
      </span>
      {/* One button in both states, so that the focus stays on it. */}
      <Button
        variant="default"
        aria-busy={control.busy}
        aria-keyshortcuts={letter}
        rightSection={letter === undefined ? undefined : <Kbd keys={letter} />}
        onClick={() => control.toggle(offer)}
      >
        {act}
        <VisuallyHidden>: {about}</VisuallyHidden>
      </Button>
      {onClose && (
        <Button variant="subtle" onClick={() => onClose(offer)}>
          {close}
          <VisuallyHidden>: {about}</VisuallyHidden>
        </Button>
      )}
    </li>
  );
}
