import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { toCallError } from "@/lib/call";
import { useDisplay } from "@/lib/display";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows } from "@/ui/state-card/loading-rows";
import { type ErasePlan, erase, erasePlanQuery } from "../../api/kept";
import { bytesText, countText } from "../../logic/kept";
import classes from "./kept.module.css";
import { AtAmazon, Outside } from "./outside";
import { EarlierReceipts, ReceiptCard } from "./receipt";

/** The way out: everything is erased, after what that means was shown and a word was typed, with a receipt. */
export function ErasePart() {
  const client = useQueryClient();
  const [looking, setLooking] = useState(false);
  const { mutate, isPending, data, error, reset } = useMutation({
    mutationFn: (word: string) => erase(word),
    onSuccess: () => setLooking(false),
    // Everything else is another now; what this part shows is its own.
    onSettled: () => void client.invalidateQueries(),
  });
  const failed = error ? toCallError(error) : null;
  const look = () => {
    reset();
    setLooking(true);
  };
  return (
    <section className={classes.part} aria-labelledby="kept-erase">
      <h2 id="kept-erase">Erase everything</h2>
      {!looking && !data && (
        <>
          <p className={classes.prose}>
            Every database, document, copy, export and secret of this account on this computer. Nothing is erased before
            you have seen what, and typed a word.
          </p>
          <div className={classes.actions}>
            <Button variant="default" onClick={look}>
              See what would be erased…
            </Button>
          </div>
        </>
      )}
      {looking && <Plan busy={isPending} onErase={mutate} onLeave={() => setLooking(false)} />}
      {failed && (
        <p role="alert" className={classes.fault}>
          Not everything was erased. {failed.message} {failed.hint}
        </p>
      )}
      {data && <ReceiptCard receipt={data} fresh />}
      {!data && <EarlierReceipts />}
    </section>
  );
}

type PlanProps = { busy: boolean; onErase: (word: string) => void; onLeave: () => void };

function Plan({ busy, onErase, onLeave }: PlanProps) {
  const { data, error, refetch } = useQuery(erasePlanQuery);
  if (error && !data) {
    return <ErrorState effect="What would be erased could not be told." error={error} onRetry={() => void refetch()} />;
  }
  if (!data) return <LoadingRows rows={4} label="Looking at what there is" />;
  return (
    <div className={classes.plan}>
      <p className={classes.prose}>{data.text}</p>
      <Items plan={data} />
      <AtAmazon all={data.amazon} />
      <Outside title="Purser knows of this and does not touch it" all={data.outside} />
      <Word word={data.word} busy={busy} onErase={onErase} onLeave={onLeave} />
    </div>
  );
}

function Items({ plan }: { plan: ErasePlan }) {
  const { locale } = useDisplay();
  return (
    <table className={classes.items} aria-label="What is erased">
      <tbody>
        {plan.items.map((item) => (
          <tr key={item.kind}>
            <th scope="row">{item.title}</th>
            <td data-align="end">{countText(item.count, item.unit, locale)}</td>
            <td data-align="end">{item.bytes > 0 ? bytesText(item.bytes, locale) : ""}</td>
          </tr>
        ))}
        <tr>
          <th scope="row">All of it, in {plan.folder}</th>
          <td data-align="end">{countText(plan.files, "files", locale)}</td>
          <td data-align="end">{bytesText(plan.bytes, locale)}</td>
        </tr>
      </tbody>
    </table>
  );
}

type WordProps = PlanProps & { word: string };

function Word({ word, busy, onErase, onLeave }: WordProps) {
  const [typed, setTyped] = useState("");
  const matches = typed.trim().toLowerCase() === word.toLowerCase();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (matches) onErase(word);
  };
  return (
    <form className={classes.word} onSubmit={submit} aria-label="Erase everything">
      <TextInput
        label={`Type ${word} to do it`}
        autoComplete="off"
        spellCheck={false}
        w={260}
        value={typed}
        disabled={busy}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <div className={classes.actions}>
        <Button type="submit" color="red" loading={busy} disabled={!matches}>
          Erase everything
        </Button>
        <Button variant="default" disabled={busy} onClick={onLeave}>
          Keep everything
        </Button>
      </div>
      <p role="status" className={classes.small}>
        {busy && "Erasing. It goes on even if Purser is closed meanwhile: what is left is erased at the next start."}
      </p>
    </form>
  );
}
