import { FreshnessChip } from "@/ui/freshness-chip/freshness-chip";
import type { Document } from "../api/types";

/** Whether a file has been taken in, in a shape and a word. */
export function DocumentState({ document }: { document: Document }) {
  switch (document.state) {
    case "stored":
      return <FreshnessChip state="fresh">taken in</FreshnessChip>;
    case "waiting":
      return <FreshnessChip state="stale">waits for {document.waiting || "a module"}</FreshnessChip>;
    case "importing":
      return <FreshnessChip state="settling">being taken in</FreshnessChip>;
    default:
      return <FreshnessChip state="missing">{document.state}</FreshnessChip>;
  }
}
