-- +goose Up
-- Counts of changes: 10 and 11 of the packed days, 12 … of what each stream brought. They only ever
-- grow, also over a rebuild, so that a reader who kept something knows whether it still holds.
ALTER TABLE sales_daily ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
CREATE INDEX sales_daily_version ON sales_daily(version);

-- Packed days now count their lines: all are counted once more when the module starts.
INSERT INTO sales_dirty(day, mkt, observed_day) SELECT day, mkt, 0 FROM sales_daily WHERE true ON CONFLICT DO NOTHING;

-- Refunded principal is added up from the index alone; lines are listed by day.
DROP INDEX sales_settlement_line_refund;
CREATE INDEX sales_settlement_line_principal ON sales_settlement_line(day, mkt, sku_id, currency, observed_day, amount)
  WHERE refund = 1 AND amount_type = 'ItemPrice' AND amount_desc = 'Principal';
CREATE INDEX sales_settlement_line_day ON sales_settlement_line(day, mkt, row);
