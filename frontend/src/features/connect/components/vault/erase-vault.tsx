import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { eraseVault } from "../../api/calls";
import classes from "../connect.module.css";
import { Fault } from "../fault";
import { useAct } from "../use-act";

/** The last way out: every secret is gone, and what is connected has to be connected anew. */
export function EraseVault({ onDone }: { onDone: () => void }) {
  const [word, setWord] = useState("");
  const { busy, error, act } = useAct();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await act(() => eraseVault(word.trim().toLowerCase()))) onDone();
  };
  return (
    <details className={classes.fold}>
      <summary>Neither words nor passphrase: begin with a new vault</summary>
      <form className={classes.form} onSubmit={(event) => void submit(event)}>
        <p className={classes.prose}>
          Every secret in the vault is erased. What was read from Amazon stays, and so do your connections; each needs a
          new client secret and a new refresh token afterwards.
        </p>
        <TextInput
          label="Type erase to do it"
          w={220}
          value={word}
          autoComplete="off"
          onChange={(event) => setWord(event.currentTarget.value)}
        />
        <div className={classes.actions}>
          <Button type="submit" variant="default" loading={busy} disabled={word.trim().toLowerCase() !== "erase"}>
            Erase the vault
          </Button>
        </div>
        <Fault error={error} effect="The vault was not erased." />
      </form>
    </details>
  );
}
