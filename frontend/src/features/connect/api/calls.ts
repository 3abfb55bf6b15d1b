/**
 * Calls that do something. They are never given to a mutation of the query library, which would keep
 * what it was called with, and secrets are in it.
 */
import { call } from "@/lib/call";
import type { Checklist, Draft, Overview, Place, Recovery, Tried, Vault, VaultMode, Which } from "./types";

/** Longer than the program itself waits for Amazon. */
const amazonMs = 120_000;

/** A keychain may first ask the person. */
const keychainMs = 60_000;

export const tryDraft = (draft: Draft) => call<Tried>("accounts.API.Try", draft, amazonMs);

export const connect = (draft: Draft) => call<Tried>("accounts.API.Connect", draft, amazonMs);

/** Tries what is new and puts it in the place of what there is; what is left out stays as it is. */
export const reconnect = (draft: Draft) => call<Tried>("accounts.API.Reconnect", draft, amazonMs);

/** Asks Amazon again with the secrets there are. */
export const check = (which: Which) => call<Tried>("accounts.API.Check", which, amazonMs);

export const pause = (which: Which) => call<Overview>("accounts.API.Pause", which);

export const resume = (which: Which) => call<Overview>("accounts.API.Resume", which);

export const disconnect = (which: Which) => call<Overview>("accounts.API.Disconnect", which);

export const setPlaces = ({ api, region }: Which, places: readonly Place[]) =>
  call<Overview>("accounts.API.SetPlaces", {
    api,
    region,
    places: places.map(({ code, profile, wanted }) => ({ code, profile, wanted })),
  });

export const tick = (name: string, done: boolean) => call<Checklist>("accounts.API.Tick", { name, done });

export const createVault = (mode: VaultMode, passphrase: string) =>
  call<Recovery>("accounts.API.CreateVault", { mode, passphrase }, keychainMs);

export const unlock = (passphrase: string) => call<Vault>("accounts.API.Unlock", { passphrase }, keychainMs);

/** Has the other mode, or another passphrase, open the vault. Its recovery words stay. */
export const moveVault = (mode: VaultMode, passphrase: string) =>
  call<Vault>("accounts.API.MoveVault", { mode, passphrase }, keychainMs);

/** Gives the vault a new key; the words before are good for nothing then. */
export const renewVault = (mode: VaultMode, passphrase: string) =>
  call<Recovery>("accounts.API.RenewVault", { mode, passphrase }, keychainMs);

export const restore = (words: string, mode: VaultMode, passphrase: string) =>
  call<Vault>("accounts.API.Restore", { words, mode, passphrase }, keychainMs);

export const eraseVault = (confirm: string) => call<Vault>("accounts.API.EraseVault", { confirm }, keychainMs);

/** Opens a page of Amazon in the person's own browser; the program checks the address. */
export const openLink = (url: string) => call<unknown>("app.API.OpenLink", { url });

export const leaveDemo = () => call<unknown>("app.API.LeaveDemo");

/** Has the demo shop's own practice Amazon answer on this computer; gives what to enter to connect to it. */
export const practise = () => call<{ connect: Draft[] }>("app.API.Practise", undefined, amazonMs);
