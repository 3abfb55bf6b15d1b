-- +goose Up
-- What the Finances API says of a transaction, in every version there was: content is a number of all that its records
-- say. Times are Unix seconds: the first and the last observation that said so.
CREATE TABLE sales_live_version(
  id TEXT NOT NULL, content INTEGER NOT NULL, first_at INTEGER NOT NULL, last_at INTEGER NOT NULL,
  PRIMARY KEY(id, content)) STRICT, WITHOUT ROWID;
-- The records of a version. They tell the money of settlements and of sales_transaction once more: see origins in refunds.go.
CREATE TABLE sales_live(
  id TEXT NOT NULL, content INTEGER NOT NULL, part INTEGER NOT NULL,
  mkt INTEGER NOT NULL, currency INTEGER NOT NULL, at INTEGER NOT NULL, day INTEGER NOT NULL,
  type TEXT NOT NULL, class TEXT NOT NULL, order_id TEXT NOT NULL, sku_id INTEGER NOT NULL,
  description TEXT NOT NULL, qty INTEGER NOT NULL, product_sales INTEGER NOT NULL, selling_fees INTEGER NOT NULL,
  fba_fees INTEGER NOT NULL, other_fees INTEGER NOT NULL, promotions INTEGER NOT NULL, other INTEGER NOT NULL, total INTEGER NOT NULL,
  document_id INTEGER NOT NULL, row INTEGER NOT NULL,
  PRIMARY KEY(id, content, part)) STRICT, WITHOUT ROWID;
CREATE INDEX sales_live_refund ON sales_live(day) WHERE class = 'refund';
