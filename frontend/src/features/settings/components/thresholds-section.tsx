import { Checkbox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { FilterField } from "@/ui/filter-field/filter-field";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows, RefreshingBar } from "@/ui/state-card/loading-rows";
import { NoMatch, StateCard } from "@/ui/state-card/state-card";
import { policiesQuery } from "../api/queries";
import type { Policy } from "../api/types";
import { filterPolicies } from "../logic/threshold";
import classes from "./settings.module.css";
import { ThresholdRow } from "./threshold-row";
import { UndoLine } from "./undo-line";
import { useSettingsSearch } from "./use-settings-search";
import { useThresholds } from "./use-thresholds";

/** Every figure that a policy compares with, by policy. */
export function ThresholdsSection() {
  const [search, change] = useSettingsSearch();
  const query = useQuery(policiesQuery);
  const edit = useThresholds();
  const filter = useCallback((q: string) => change({ q: q || undefined }), [change]);
  const all = query.data;
  const shown = useMemo(
    () => filterPolicies(all ?? [], search.q ?? "", search.changed ?? false),
    [all, search.q, search.changed],
  );
  if (query.isPending) return <LoadingRows rows={8} label="Reading the thresholds" tall />;
  if (query.isError) {
    return (
      <ErrorState effect="The thresholds could not be read." error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  if (query.data.every((policy) => policy.thresholds.length === 0)) {
    return <StateCard title="No policy has a threshold">Policies compare with fixed figures only.</StateCard>;
  }
  return (
    <>
      <div className={classes.toolbar}>
        <FilterField label="Filter thresholds" value={search.q ?? ""} onChange={filter} />
        <Checkbox
          label="Changed only"
          checked={search.changed ?? false}
          onChange={(event) => change({ changed: event.currentTarget.checked || undefined })}
        />
        <UndoLine saved={edit.saved} problem={edit.problem} />
      </div>
      <RefreshingBar active={query.isFetching} />
      {shown.length === 0 ? (
        <NoMatch
          filters={filtersText(search.q ?? "", search.changed ?? false)}
          onClear={() => change({ q: undefined, changed: undefined })}
        />
      ) : (
        <div className={classes.scroll}>
          {shown.map((policy) => (
            <PolicyThresholds key={policy.name} policy={policy} edit={edit} />
          ))}
        </div>
      )}
    </>
  );
}

function filtersText(q: string, changed: boolean): string {
  if (q === "") return "No threshold differs from its default.";
  return `No ${changed ? "changed " : ""}threshold mentions "${q}".`;
}

function PolicyThresholds({ policy, edit }: { policy: Policy; edit: ReturnType<typeof useThresholds> }) {
  return (
    <section className={classes.policy} aria-labelledby={`policy-${policy.name}`}>
      <h2 id={`policy-${policy.name}`}>
        {policy.title} <span className={classes.small}>version {policy.version}</span>
      </h2>
      {policy.thresholds.map((threshold) => (
        <ThresholdRow
          key={threshold.name}
          threshold={threshold}
          onSave={(value) => edit.set(policy.name, threshold, value)}
          onReset={() => edit.reset(policy.name, threshold)}
        />
      ))}
    </section>
  );
}
