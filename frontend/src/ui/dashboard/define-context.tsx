import { createContext, type ReactNode, use, useCallback, useState } from "react";
import type { Reference } from "@/lib/dashboards/types";
import { DefinitionDrawer } from "./definition-drawer";

type Define = (reference: Reference) => void;

const DefineContext = createContext<Define>(() => {});

/** Opens what a number is. */
export function useDefine(): Define {
  return use(DefineContext);
}

/** Lets every number in it be asked about. */
export function DefinitionHost({ children }: { children: ReactNode }) {
  const [reference, setReference] = useState<Reference | null>(null);
  const close = useCallback(() => setReference(null), []);
  return (
    <DefineContext value={setReference}>
      {children}
      <DefinitionDrawer reference={reference} onClose={close} />
    </DefineContext>
  );
}
