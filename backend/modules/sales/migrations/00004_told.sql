-- +goose Up
-- When a line was last told, in Unix seconds: of the first line that an order has of a SKU by documents that told all of
-- its lines, of further ones by any document. 0: before this was noted, so as of observed_at at the least.
ALTER TABLE sales_order_line ADD COLUMN told_at INTEGER NOT NULL DEFAULT 0;
-- The further lines, of which there are few.
CREATE INDEX sales_order_line_further ON sales_order_line(day, order_id, sku_id, seq, told_at, observed_at) WHERE seq > 0;
