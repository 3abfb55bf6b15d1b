import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { toCallError } from "@/lib/call";
import { copyText } from "@/lib/copy-text";
import { TwoPress } from "@/ui/two-press/two-press";
import { setWebhook, type Webhook, webhookQuery } from "../../api/guardrails";
import settings from "../settings.module.css";
import classes from "./guardrails.module.css";

/** The one address that messages may go to, and the secret they are signed with. */
export function WebhookPart() {
  const { data, error } = useQuery(webhookQuery);
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: setWebhook,
    // The secret is told by this answer only and must not stay among what is kept for other pages.
    onSuccess: (answer) => client.setQueryData(webhookQuery.queryKey, { ...answer, secret: "" }),
    gcTime: 0,
  });
  const secret = save.data?.secret ?? "";
  return (
    <section className={classes.part} aria-labelledby="guardrails-webhook">
      <h2 id="guardrails-webhook">Address for messages</h2>
      <p className={classes.about}>
        Rules may send signed messages to this address and to no other. Over https, or to this computer. A new address
        gets a new secret, which is shown once and kept in the keychain.
      </p>
      {error && (
        <p role="alert" className={settings.problem}>
          The address could not be read. {toCallError(error).message}
        </p>
      )}
      {data && <Form key={data.address} told={data} busy={save.isPending} onSave={(address) => save.mutate(address)} />}
      {secret !== "" && <Secret secret={secret} onHide={save.reset} />}
      {save.isError && (
        <p role="alert" className={settings.problem}>
          Not saved. {toCallError(save.error).message} {toCallError(save.error).hint}
        </p>
      )}
    </section>
  );
}

/** Shown until it is hidden or the page is left; it cannot be shown again. */
function Secret({ secret, onHide }: { secret: string; onHide: () => void }) {
  const [copied, setCopied] = useState(false);
  return (
    <div className={classes.secret} role="status">
      <p>
        The secret for the receiver, shown this once: <code className={settings.path}>{secret}</code>
      </p>
      <div className={classes.answers}>
        <Button size="compact-sm" onClick={() => setCopied(copyText(secret))}>
          {copied ? "Copied" : "Copy the secret"}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onHide}>
          I have it, hide it
        </Button>
      </div>
    </div>
  );
}

type FormProps = { told: Webhook; busy: boolean; onSave: (address: string) => void };

function Form({ told, busy, onSave }: FormProps) {
  const [address, setAddress] = useState(told.address);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (address.trim() !== "") onSave(address.trim());
  };
  return (
    <form className={classes.webhook} onSubmit={submit}>
      <TextInput
        label="Address"
        type="url"
        placeholder="https://"
        value={address}
        disabled={told.demo}
        onChange={(event) => setAddress(event.currentTarget.value)}
      />
      <div className={classes.answers}>
        <Button type="submit" variant="default" loading={busy} disabled={told.demo || address.trim() === ""}>
          {told.address !== "" && address.trim() === told.address ? "Make a new secret" : "Save the address"}
        </Button>
        {told.address !== "" && (
          <TwoPress label="Take it away" again="Press again: nothing is sent any more" onConfirm={() => onSave("")} />
        )}
      </div>
      <Says told={told} />
    </form>
  );
}

/** Whether anything can be sent, and if not, why. */
function Says({ told }: { told: Webhook }) {
  if (told.demo) return <p className={settings.small}>This is the demo shop: nothing is sent.</p>;
  if (told.address === "") return <p className={settings.small}>No address is set: no message is sent.</p>;
  if (told.problem !== "") {
    return (
      <p className={classes.refused}>
        <span aria-hidden="true">⊘ </span>No message is sent: {told.problem}
      </p>
    );
  }
  return (
    <p className={settings.small}>
      <span aria-hidden="true">✓ </span>The secret is in the keychain.
    </p>
  );
}
