import { Button, Radio, TextInput } from "@mantine/core";
import { type ClipboardEvent, type FormEvent, type RefObject, useRef, useState } from "react";
import { useAnnounce } from "@/lib/announce";
import { useDisplay } from "@/lib/display";
import type { Draft, Overview, Problem, Seller } from "../../api/types";
import { named, type Pasted, recognise, recogniseOne } from "../../logic/paste";
import { amazons, practiceEndpoint } from "../../logic/practice";
import { marketplacesOf } from "../../logic/regions";
import classes from "../connect.module.css";
import { SecretField, takeText } from "../secret-field";
import type { HeldNames, SecretName } from "../use-held";
import { PracticeField } from "./practice-field";
import { SellerChoice } from "./seller-choice";
import type { Shown } from "./shown";

type Props = {
  apis: Overview["apis"];
  regions: Overview["regions"];
  shown: Shown;
  onShown: (change: Partial<Shown>) => void;
  held: HeldNames;
  /** Connected already: API and region stand, and what is left empty stays as it is. */
  anew?: boolean;
  problem: Problem | null;
  /** Whose adverts the login is for, once Amazon told. */
  sellers: readonly Seller[];
  busy: boolean;
  action: string;
  onSubmit: (draft: Draft) => void;
};

type Faults = Partial<Record<SecretName | "created" | "address", string>>;

/** Where the three texts go in. Secrets are taken out of their fields when it is sent. */
export function CredentialsForm(props: Props) {
  const { apis, shown, onShown, held, anew = false, problem, sellers, busy, action, onSubmit } = props;
  const { now } = useDisplay();
  const [faults, setFaults] = useState<Faults>({});
  const id = useRef<HTMLInputElement>(null);
  const secret = useRef<HTMLInputElement>(null);
  const token = useRef<HTMLInputElement>(null);
  const fields = { client_id: id, client_secret: secret, refresh_token: token };
  const pasted = usePaste(fields, () => setFaults({}));
  const ends = apis.find(({ api }) => api === shown.api)?.ends ?? false;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const missing = findFaults(fields, { ...props, anew }, ends);
    setFaults(missing);
    const first = (Object.keys(fields) as SecretName[]).find((name) => missing[name]);
    if (first) fields[first].current?.focus();
    if (Object.keys(missing).length > 0) return;
    const endpoint = (anew ? null : practiceEndpoint(shown.address, shown.api, shown.region)) ?? amazons;
    onSubmit({
      api: shown.api,
      region: shown.region,
      client_id: takeText(id.current).trim(),
      client_secret: takeText(secret.current).trim(),
      refresh_token: takeText(token.current).trim(),
      secret_created: shown.created,
      seller_id: shown.seller.trim(),
      ...endpoint,
    });
  };
  const told = (name: SecretName) => ({
    placeholder: placeholder(problem?.field === name, held[name], anew),
    error: faults[name] ?? (problem?.field === name ? problem.title : undefined),
    onPaste: pasted(name),
  });
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      {!anew && <WhatAndWhere {...props} />}
      <p className={classes.small}>
        You may paste all three texts at once into any of these fields; Purser tells which is which.
      </p>
      <TextInput
        ref={id}
        label="Client ID"
        description="Begins with amzn1.application-oa2-client."
        autoComplete="off"
        spellCheck={false}
        defaultValue=""
        {...told("client_id")}
      />
      <SecretField ref={secret} label="Client secret" description="Beside the client ID" {...told("client_secret")} />
      <SecretField
        ref={token}
        label="Refresh token"
        description="Shown once, when you authorise the application; each region has its own"
        {...told("refresh_token")}
      />
      <div className={classes.pair}>
        {ends && (
          <TextInput
            type="date"
            label="The client secret was made on"
            description="Amazon ends it after a while; Purser reminds you in time"
            max={now.slice(0, 10)}
            value={shown.created}
            error={faults.created}
            onChange={(event) => onShown({ created: event.currentTarget.value })}
          />
        )}
        {shown.api === "spapi" && (
          <TextInput
            label="Merchant token (may be empty)"
            description="Seller Central → Settings → Account Info"
            placeholder={anew ? "Empty: stays as it is" : undefined}
            error={problem?.field === "seller_id" ? problem.title : undefined}
            autoComplete="off"
            spellCheck={false}
            value={shown.seller}
            onChange={(event) => onShown({ seller: event.currentTarget.value })}
          />
        )}
      </div>
      {shown.api !== "spapi" && sellers.length > 1 && (
        <SellerChoice
          sellers={sellers}
          chosen={shown.seller}
          fault={problem?.field === "seller_id" ? problem.title : undefined}
          onChoose={(seller) => onShown({ seller })}
        />
      )}
      {!anew && <PracticeField shown={shown} fault={faults.address} onShown={onShown} />}
      <div className={classes.actions}>
        <Button type="submit" loading={busy}>
          {action}
        </Button>
        <span className={classes.small} role="status">
          {busy ? "Asking Amazon. It may take a minute." : ""}
        </span>
      </div>
    </form>
  );
}

function placeholder(refused: boolean, held: boolean, anew: boolean): string {
  if (refused) return "";
  if (held) return "Kept from the last try; empty: used again";
  return anew ? "Empty: stays as it is" : "";
}

function WhatAndWhere({ apis, regions, shown, onShown }: Props) {
  return (
    <>
      <Radio.Group label="What is connected" value={shown.api} onChange={(api) => onShown({ api })}>
        <div className={classes.choices}>
          {apis.map(({ api, title }) => (
            <Radio key={api} value={api} label={title} description={about[api]} />
          ))}
        </div>
      </Radio.Group>
      <Radio.Group label="Where you sell" value={shown.region} onChange={(region) => onShown({ region })}>
        <div className={classes.choices}>
          {regions.map(({ region, title }) => (
            <Radio key={region} value={region} label={title} description={marketplacesOf(region)} />
          ))}
        </div>
      </Radio.Group>
    </>
  );
}

const about: Record<string, string> = {
  spapi: "Orders, stock, listings, money, health of the account",
  adsapi: "Campaigns and search terms; an application and a consent of its own",
};

type Fields = Record<SecretName, RefObject<HTMLInputElement | null>>;

const asked: Record<SecretName, string> = {
  client_id: "The client ID is missing.",
  client_secret: "The client secret is missing.",
  refresh_token: "The refresh token is missing.",
};

function findFaults(fields: Fields, { shown, held, anew }: Props, ends: boolean): Faults {
  const faults: Faults = {};
  if (!anew) {
    for (const name of Object.keys(fields) as SecretName[]) {
      if (!held[name] && (fields[name].current?.value.trim() ?? "") === "") faults[name] = asked[name];
    }
    if (practiceEndpoint(shown.address, shown.api, shown.region) === null)
      faults.address = "Only an address on this computer is possible: 127.0.0.1 or localhost.";
  }
  const newSecret = (fields.client_secret.current?.value.trim() ?? "") !== "";
  if (ends && shown.created === "" && (!anew || newSecret)) faults.created = "On which day was the secret made?";
  return faults;
}

/** Puts what is pasted into the fields it belongs to, wherever it was pasted. */
function usePaste(fields: Fields, onPut: () => void) {
  const announce = useAnnounce();
  const put = (found: Pasted) => {
    const into: [SecretName, string][] = [
      ["client_id", found.clientId],
      ["client_secret", found.clientSecret],
      ["refresh_token", found.refreshToken],
    ];
    for (const [name, text] of into) {
      const input = fields[name].current;
      if (input && text !== "") input.value = text;
    }
  };
  return (name: SecretName) => (event: ClipboardEvent<HTMLInputElement>) => {
    const text = event.clipboardData.getData("text");
    const found = recognise(text) ?? recogniseOne(text, name);
    if (!found) return;
    event.preventDefault();
    put(found);
    onPut();
    announce(`Recognised: ${named(found)}.`);
  };
}
