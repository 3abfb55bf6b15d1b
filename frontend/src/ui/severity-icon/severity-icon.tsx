import { IconAlertOctagon, IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import type { Severity } from "@/lib/types";
import classes from "./severity-icon.module.css";

const icons = { critical: IconAlertOctagon, warning: IconAlertTriangle, info: IconInfoCircle };
export const severityWords = { critical: "Critical", warning: "Warning", info: "Information" };

type Props = { severity: Severity; word?: "shown" | "hidden" };

/** Shape, word and colour together: octagon, triangle or circle. */
export function SeverityIcon({ severity, word = "hidden" }: Props) {
  const Icon = icons[severity];
  return (
    <span className={classes.severity} data-severity={severity} data-word={word}>
      <Icon size={15} stroke={1.8} aria-hidden="true" />
      <span className={word === "hidden" ? "visually-hidden" : undefined}>{severityWords[severity]}</span>
    </span>
  );
}
