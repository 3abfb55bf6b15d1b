import { IconArrowRight, IconCopy, IconInfoCircle, IconListSearch, IconPackage } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useAnnounce } from "@/lib/announce";
import { copyText } from "@/lib/copy-text";
import type { PlacedRow } from "@/lib/dashboards/use-table-windows";
import { ActionMenu } from "../action-menu/action-menu";
import type { MenuAction } from "../menu-button/menu-items";
import { useRowActions } from "./use-row-actions";
import type { TableState } from "./use-table-state";

type Props = { state: TableState; row: PlacedRow | null; anchor: HTMLElement | null; onClose: () => void };

/** What can be done with a row, each with its key. */
export function RowMenu({ state, row, anchor, onClose }: Props) {
  const navigate = useNavigate();
  const announce = useAnnounce();
  const actions = useRowActions(state);
  if (!row || row.kind === "group" || row.pending) return null;
  const number = actions.numberOf(row);
  const list: MenuAction[] = [
    { id: "open", label: "Show details", icon: IconArrowRight, keys: "enter", run: () => state.open(row) },
  ];
  const sku = actions.skuOf(row);
  if (sku !== "") {
    list.push({
      id: "sku",
      label: "Go to the SKU",
      icon: IconPackage,
      run: () => void navigate({ to: "/sku/$subject", params: { subject: sku } }),
    });
  }
  if (number) {
    const title = number.title.toLowerCase();
    list.push(
      { id: "define", label: `What is ${title}?`, icon: IconInfoCircle, keys: "d", run: () => actions.define(row) },
      { id: "rows", label: `Rows behind ${title}`, icon: IconListSearch, keys: "r", run: () => actions.rows(row) },
    );
  } else if (row.document > 0) {
    list.push({ id: "rows", label: "Original row", icon: IconListSearch, keys: "r", run: () => actions.rows(row) });
  }
  list.push({
    id: "copy",
    label: `Copy ${row.label}`,
    icon: IconCopy,
    run: () => announce(copyText(row.label) ? `${row.label} copied` : "It could not be copied"),
  });
  return <ActionMenu label={`Actions for ${row.label}`} anchor={anchor} actions={list} onClose={onClose} />;
}
