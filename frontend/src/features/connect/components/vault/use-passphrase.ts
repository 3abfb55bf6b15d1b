import { useRef, useState } from "react";
import type { VaultMode } from "../../api/types";
import { passphraseFault } from "../../logic/words";
import { takeText } from "../secret-field";

/** How a vault is to be kept, chosen in a form. */
export function usePassphrase(initial: VaultMode = "keychain") {
  const first = useRef<HTMLInputElement>(null);
  const again = useRef<HTMLInputElement>(null);
  const [mode, setMode] = useState<VaultMode>(initial);
  const [fault, setFault] = useState("");
  /** Takes the passphrase out of the fields; null where it will not do, which is said. */
  const take = (): string | null => {
    if (mode === "keychain") return "";
    const [one, two] = [takeText(first.current), takeText(again.current)];
    const wrong = passphraseFault(one, two);
    setFault(wrong);
    if (wrong === "") return one;
    first.current?.focus();
    return null;
  };
  const choose = (next: VaultMode) => {
    setFault("");
    setMode(next);
  };
  return { mode, choose, fault, take, fields: { first, again } };
}
