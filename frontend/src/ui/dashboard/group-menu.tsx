import { memo } from "react";
import type { TableSpec } from "@/lib/dashboards/types";
import { ChoiceMenu } from "./choice-menu";
import { useDashboard } from "./dashboard-context";

/** What the rows are grouped by. */
export const GroupMenu = memo(function GroupMenu({ groups }: { groups: TableSpec["groups"] }) {
  const { search, change } = useDashboard();
  if (groups.length === 0) return null;
  const chosen = groups.find((group) => group.name === search.groupby);
  return (
    <ChoiceMenu
      label="Grouped by"
      shown={chosen ? `By ${chosen.title.toLowerCase()}` : "Not grouped"}
      active={chosen !== undefined}
      value={chosen?.name ?? ""}
      choices={[{ value: "", title: "Not grouped" }, ...groups.map(({ name, title }) => ({ value: name, title }))]}
      onChange={(name) => change({ groupby: name || undefined })}
    />
  );
});
