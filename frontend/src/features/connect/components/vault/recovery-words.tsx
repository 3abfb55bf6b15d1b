import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { pickTwo, sameWord } from "../../logic/words";
import classes from "../connect.module.css";

/** The recovery words, told this once. Two of them are asked back, so that nobody goes on without having them. */
export function RecoveryWords({ words, onDone }: { words: readonly string[]; onDone: () => void }) {
  const [written, setWritten] = useState(false);
  if (written) return <AskBack words={words} onDone={onDone} onShow={() => setWritten(false)} />;
  return (
    <div className={classes.form}>
      <p className={classes.prose}>
        These {words.length} words open the vault when the keychain or the passphrase is lost. Write them on paper, in
        this order, and keep it where you keep other papers. They are shown this once.
      </p>
      <ol className={classes.words} aria-label="Recovery words">
        {words.map((word, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a word may come twice, and its place is what matters.
          <li key={index}>{word}</li>
        ))}
      </ol>
      <div className={classes.actions}>
        <Button onClick={() => setWritten(true)}>I have written them down</Button>
      </div>
    </div>
  );
}

type AskProps = { words: readonly string[]; onDone: () => void; onShow: () => void };

function AskBack({ words, onDone, onShow }: AskProps) {
  const [places] = useState(() => pickTwo(words.length));
  const [typed, setTyped] = useState<readonly string[]>(["", ""]);
  const [wrong, setWrong] = useState<readonly boolean[]>([false, false]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const faults = places.map((place, index) => !sameWord(typed[index] ?? "", words[place]));
    setWrong(faults);
    if (!faults.includes(true)) onDone();
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <p className={classes.prose}>Read two of them back from your paper.</p>
      <div className={classes.pair}>
        {places.map((place, index) => (
          <TextInput
            key={place}
            label={`Word ${place + 1}`}
            value={typed[index]}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            data-autofocus={index === 0 ? true : undefined}
            error={wrong[index] ? "That is not the word. Look at your paper again." : undefined}
            onChange={(event) => {
              const text = event.currentTarget.value;
              setTyped((before) => before.map((word, at) => (at === index ? text : word)));
            }}
          />
        ))}
      </div>
      <div className={classes.actions}>
        <Button type="submit">These are the words</Button>
        <Button variant="default" onClick={onShow}>
          Show them again
        </Button>
      </div>
    </form>
  );
}
