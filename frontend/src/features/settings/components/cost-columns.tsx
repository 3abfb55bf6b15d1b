import type { Column } from "@/ui/data-table/column";
import { Money } from "@/ui/money/money";
import type { Item } from "../api/types";
import { type CostField, costError, costToEdit, leadTimeError, leadTimeToEdit } from "../logic/costs";
import { EditCell } from "./edit-cell";
import classes from "./settings.module.css";

type Save = (item: Item, field: CostField, text: string) => void;

/** The columns of the cost table; cost and lead time are fields to type into. */
export function costColumns(save: Save): Column<Item>[] {
  return [
    { id: "sku", title: "SKU", rowHeader: true, sticky: true, render: (row) => row.sku },
    { id: "market", title: "Market", render: (row) => row.marketplace },
    {
      id: "title",
      title: "Title",
      render: (row) => (
        <span className={classes.itemTitle} title={row.title}>
          {row.title || row.asin}
        </span>
      ),
    },
    { id: "price", title: "Price", align: "end", render: (row) => <Money amount={row.price} /> },
    {
      id: "cost",
      title: "Cost",
      align: "end",
      help: "What one unit costs you landed at Amazon: making, freight and duty. Enter saves and goes down, Esc leaves it as it was.",
      render: (row) => <CostCell row={row} save={save} />,
    },
    {
      id: "lead_time",
      title: "Lead time, days",
      align: "end",
      help: "Days from your order until the units can be sold. Empty: the default.",
      render: (row) => (
        <EditCell
          label={`Lead time of ${row.sku}, ${row.marketplace}, days`}
          field="lead_time"
          value={leadTimeToEdit(row)}
          placeholder={`${row.lead_time_days} default`}
          check={leadTimeError}
          onSave={(text) => save(row, "lead_time", text)}
        />
      ),
    },
  ];
}

function CostCell({ row, save }: { row: Item; save: Save }) {
  const currency = row.cost?.currency ?? row.price?.currency ?? "";
  return (
    <span className={classes.pair}>
      <EditCell
        label={`Cost of ${row.sku}, ${row.marketplace}${currency === "" ? "" : `, ${currency}`}`}
        field="cost"
        value={costToEdit(row.cost)}
        placeholder="?"
        check={costError}
        onSave={(text) => save(row, "cost", text)}
        money
      />
      <span className={classes.currency}>{currency}</span>
    </span>
  );
}
