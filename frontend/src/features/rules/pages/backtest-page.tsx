import { Button, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { useCommands } from "@/lib/command-context";
import { Kbd } from "@/ui/kbd/kbd";
import { Page } from "@/ui/page/page";
import { StateCard } from "@/ui/state-card/state-card";
import { policiesQuery } from "../api/queries";
import { BacktestPanel } from "../backtest/backtest-panel";
import { policyVersionsQuery } from "../backtest/queries";
import { type BacktestSearch, backtestSearch } from "./search";

/** What a saved rule would have done, alone or beside an earlier version of it. */
export function BacktestPage() {
  const search = backtestSearch(useSearch({ strict: false }));
  const { policy = "", days = 90, against = 0 } = search;
  const navigate = useNavigate();
  const { data } = useQuery(policiesQuery);
  const found = data?.policies.find((one) => one.name === policy);
  const change = (next: BacktestSearch) =>
    void navigate({ to: "/rules/backtest", search: { ...search, ...next }, replace: true });
  const commands = useMemo(() => {
    const group = "Backtest";
    const to = (id: string, label: string, key: string, path: string, more: object) => ({
      id: `backtest.${id}`,
      label,
      group,
      keys: [key],
      run: () => void navigate({ to: path, search: { policy, ...more } }),
    });
    return [
      to("edit", "Edit rule", "e", "/rules/edit", {}),
      to("trace", "Trace", "w", "/rules/trace", {}),
      to("back", "Back to the rules", "escape", "/rules", {}),
    ];
  }, [navigate, policy]);
  useCommands(commands);
  return (
    <Page
      title={found?.title ?? (policy === "" ? "Backtest" : policy)}
      lead="What it would have done, judged day by day on what was known on each."
      actions={
        policy !== "" && (
          <>
            <VersionPicker
              policy={policy}
              value={against}
              onChange={(version) => change({ against: version || undefined })}
            />
            <Button variant="default" rightSection={<Kbd keys="e" />} onClick={commands[0]?.run}>
              Edit rule
            </Button>
          </>
        )
      }
    >
      {policy === "" ? (
        <StateCard
          title="No rule is chosen"
          action={{ label: "To the rules", run: () => void navigate({ to: "/rules" }) }}
        >
          Choose one in the list and press B.
        </StateCard>
      ) : (
        <BacktestPanel
          key={policy}
          policy={policy}
          against={against}
          days={days}
          onDays={(next) => change({ days: next === 90 ? undefined : next })}
        />
      )}
    </Page>
  );
}

type PickerProps = { policy: string; value: number; onChange: (version: number) => void };

/** Another version to compare with; nothing where there is only one. */
function VersionPicker({ policy, value, onChange }: PickerProps) {
  const { data } = useQuery(policyVersionsQuery(policy));
  const others = (data ?? []).filter((one) => !one.current);
  if (others.length === 0) return null;
  return (
    <Select
      aria-label="Compare with"
      placeholder="Compare with…"
      data={others.map((one) => ({
        value: String(one.version),
        label: `Version ${one.version}${one.note === "" ? "" : `, ${one.note}`}${one.shipped ? ", built in" : ""}`,
      }))}
      value={value === 0 ? null : String(value)}
      onChange={(next) => onChange(next === null ? 0 : Number(next))}
      clearable
      clearButtonProps={{ "aria-label": "Compare with nothing", "aria-hidden": false, tabIndex: 0, size: "24px" }}
      w={230}
      comboboxProps={{ transitionProps: { duration: 0 } }}
    />
  );
}
