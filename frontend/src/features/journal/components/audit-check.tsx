import { Button } from "@mantine/core";
import { IconShieldCheck } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useMemo } from "react";
import { useAnnounce } from "@/lib/announce";
import { call, toCallError } from "@/lib/call";
import { useCommands } from "@/lib/command-context";
import { useDisplay } from "@/lib/display";
import { formatNumber } from "@/lib/format";
import { Kbd } from "@/ui/kbd/kbd";
import classes from "./journal.module.css";

type Verified = { sound: boolean; rows: number; anchors: number; faults: string[] };

/** Whether every row of the audit is there and unchanged; asked for, since a long one takes seconds. */
export function useAuditCheck() {
  const announce = useAnnounce();
  const { locale } = useDisplay();
  const check = useMutation({
    mutationFn: () => call<Verified>("decisions.API.Verify", undefined, 10 * 60_000),
    onSuccess: (verified) => announce(auditText(verified, locale)),
    onError: (reason) => announce(toCallError(reason).message),
  });
  const { mutate, isPending } = check;
  useCommands(
    useMemo(
      () => [
        {
          id: "journal.verify",
          label: "Check the audit",
          group: "Journal",
          keys: ["v"],
          when: () => !isPending,
          run: () => mutate(),
        },
      ],
      [mutate, isPending],
    ),
  );
  return check;
}

type Check = ReturnType<typeof useAuditCheck>;

/** What the check found, beside the button that asks for it. */
export function AuditButton({ check }: { check: Check }) {
  const { data, isPending, mutate } = check;
  const { locale } = useDisplay();
  return (
    <>
      {data?.sound && !isPending && (
        <span className={classes.sound}>
          <span aria-hidden="true">✓ </span>
          {auditText(data, locale)}
        </span>
      )}
      <Button
        variant="default"
        loading={isPending}
        leftSection={<IconShieldCheck size={15} stroke={1.6} aria-hidden="true" />}
        rightSection={<Kbd keys="v" />}
        onClick={() => mutate()}
      >
        Check the audit
      </Button>
    </>
  );
}

/** What is wrong with the audit, until it is checked again. */
export function AuditFaults({ check: { data, error } }: { check: Check }) {
  const { locale } = useDisplay();
  if (error) {
    const { message, hint } = toCallError(error);
    return (
      <p className={classes.faults} role="alert">
        The audit could not be checked. {message} {hint}
      </p>
    );
  }
  if (!data || data.sound) return null;
  return (
    <div className={classes.faults} role="alert">
      <strong>
        <span aria-hidden="true">⬣ </span>
        {auditText(data, locale)}
      </strong>
      <ul>
        {data.faults.map((fault) => (
          <li key={fault}>{fault}</li>
        ))}
      </ul>
      <p>Nothing is done without asking until it is whole. Keep a copy of ledger.db as it is now.</p>
    </div>
  );
}

/** "Audit: 1,240 rows, whole", with how many of them were held against the copy outside the database. */
function auditText({ sound, rows, anchors, faults }: Verified, locale: string): string {
  const counted = `${formatNumber(rows, locale)} ${rows === 1 ? "row" : "rows"}`;
  if (!sound) return `Audit: ${counted}, not whole: ${faults.length} ${faults.length === 1 ? "fault" : "faults"}`;
  if (anchors === 0) return `Audit: ${counted}, whole; none is anchored outside the database yet`;
  return `Audit: ${counted}, whole`;
}
