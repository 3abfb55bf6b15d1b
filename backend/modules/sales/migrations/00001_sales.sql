-- +goose Up
-- Names are interned: a line names its marketplace, SKU and words by small numbers.
CREATE TABLE sales_marketplace(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE sales_sku(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
-- Currencies, order states and ASINs.
CREATE TABLE sales_word(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
-- Order ids that are not of Amazon's 3-7-7 form.
CREATE TABLE sales_order_name(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

-- Scratch of one number, written and read within a transaction.
CREATE TABLE sales_tally(id INTEGER PRIMARY KEY, n INTEGER NOT NULL) STRICT;

-- Order lines. The purchase day never changes, so it may lead the key; order_id is the
-- 17 digits of a 3-7-7 id, or minus the number of a sales_order_name. Money is minor units of currency.
CREATE TABLE sales_order_line(
  day INTEGER NOT NULL, order_id INTEGER NOT NULL, sku_id INTEGER NOT NULL, seq INTEGER NOT NULL,
  mkt INTEGER NOT NULL, purchased_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, observed_at INTEGER NOT NULL,
  status INTEGER NOT NULL,
  state INTEGER NOT NULL,            -- 0 sold, 1 cancelled, 2 pending
  fba INTEGER NOT NULL, qty INTEGER NOT NULL, currency INTEGER NOT NULL, has_price INTEGER NOT NULL,
  price INTEGER NOT NULL, promotion INTEGER NOT NULL,
  document_id INTEGER NOT NULL, row INTEGER NOT NULL,
  PRIMARY KEY(day, order_id, sku_id, seq)) STRICT, WITHOUT ROWID;
-- Which orders a day holds, packed (internal/daypack): finds the day of an order id at a
-- hundredth of what an index on order_id, whose entries come in no order, costs an import.
CREATE TABLE sales_day_orders(day INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT;

-- Days of a marketplace whose roll-ups have yet to follow the lines.
CREATE TABLE sales_dirty(day INTEGER NOT NULL, mkt INTEGER NOT NULL, observed_day INTEGER NOT NULL,
  PRIMARY KEY(day, mkt)) STRICT, WITHOUT ROWID;

-- A line that moves to another marketplace leaves a day behind that must be counted again.
-- +goose StatementBegin
CREATE TRIGGER sales_order_line_moved AFTER UPDATE OF mkt ON sales_order_line WHEN old.mkt <> new.mkt BEGIN
  INSERT INTO sales_dirty(day, mkt, observed_day) VALUES (old.day, old.mkt, 0) ON CONFLICT DO NOTHING;
END;
-- +goose StatementEnd

-- One row a day and marketplace with all its SKUs packed (format: internal/daypack):
-- a window over 2,000 SKUs reads a few hundred rows instead of hundreds of thousands.
CREATE TABLE sales_daily(day INTEGER NOT NULL, mkt INTEGER NOT NULL, observed_day INTEGER NOT NULL, data BLOB NOT NULL,
  PRIMARY KEY(day, mkt)) STRICT, WITHOUT ROWID;
-- What single entries of sales_daily said before they were restated.
CREATE TABLE sales_daily_was(
  day INTEGER NOT NULL, mkt INTEGER NOT NULL, sku_id INTEGER NOT NULL, currency INTEGER NOT NULL, observed_day INTEGER NOT NULL,
  units INTEGER NOT NULL, sales INTEGER NOT NULL, orders INTEGER NOT NULL, cancelled_units INTEGER NOT NULL,
  pending_units INTEGER NOT NULL, price INTEGER NOT NULL,
  PRIMARY KEY(day, mkt, sku_id, currency, observed_day)) STRICT, WITHOUT ROWID;
-- Totals of a marketplace; every version that was known at the end of some day.
CREATE TABLE sales_market_daily(
  mkt INTEGER NOT NULL, day INTEGER NOT NULL, currency INTEGER NOT NULL, observed_day INTEGER NOT NULL,
  units INTEGER NOT NULL, sales INTEGER NOT NULL, orders INTEGER NOT NULL, cancelled_units INTEGER NOT NULL,
  pending_units INTEGER NOT NULL,
  PRIMARY KEY(mkt, day, currency, observed_day)) STRICT, WITHOUT ROWID;

-- What the catalog has been told of a SKU, so that it is told again only of what is new.
CREATE TABLE sales_item(
  mkt INTEGER NOT NULL, sku_id INTEGER NOT NULL, asin INTEGER NOT NULL, title_hash INTEGER NOT NULL,
  price INTEGER NOT NULL, currency INTEGER NOT NULL, price_day INTEGER NOT NULL,
  PRIMARY KEY(mkt, sku_id)) STRICT, WITHOUT ROWID;

-- Which days documents cover: nothing is zero that no document covers.
-- A document counts once its last batch is in (done).
CREATE TABLE sales_coverage(
  stream TEXT NOT NULL, mkt INTEGER NOT NULL, document_id INTEGER NOT NULL, observed_at INTEGER NOT NULL,
  part INTEGER NOT NULL,             -- tells periods of one document apart where each counts alone; else 0
  kind TEXT NOT NULL, from_day INTEGER NOT NULL, to_day INTEGER NOT NULL, done INTEGER NOT NULL,
  PRIMARY KEY(stream, mkt, document_id, observed_at, part)) STRICT, WITHOUT ROWID;

CREATE TABLE sales_traffic_daily(
  mkt INTEGER NOT NULL, day INTEGER NOT NULL, observed_day INTEGER NOT NULL, currency INTEGER NOT NULL,
  ordered_sales INTEGER NOT NULL, units INTEGER NOT NULL, order_items INTEGER NOT NULL, units_refunded INTEGER NOT NULL,
  sessions INTEGER NOT NULL, page_views INTEGER NOT NULL, featured_offer_pct REAL NOT NULL,
  document_id INTEGER NOT NULL, row INTEGER NOT NULL,
  PRIMARY KEY(mkt, day, observed_day)) STRICT, WITHOUT ROWID;

CREATE TABLE sales_traffic_item(
  mkt INTEGER NOT NULL, from_day INTEGER NOT NULL, to_day INTEGER NOT NULL, asin INTEGER NOT NULL, sku_id INTEGER NOT NULL,
  observed_day INTEGER NOT NULL, currency INTEGER NOT NULL,
  ordered_sales INTEGER NOT NULL, units INTEGER NOT NULL, order_items INTEGER NOT NULL,
  sessions INTEGER NOT NULL, page_views INTEGER NOT NULL, featured_offer_pct REAL NOT NULL,
  document_id INTEGER NOT NULL, row INTEGER NOT NULL,
  PRIMARY KEY(mkt, from_day, to_day, asin, sku_id, observed_day)) STRICT, WITHOUT ROWID;

-- Rows of a document that comes in several batches, while it comes in: tells equal rows apart.
CREATE TABLE sales_seen(stream TEXT NOT NULL, document_id INTEGER NOT NULL, hash INTEGER NOT NULL, row INTEGER NOT NULL,
  PRIMARY KEY(stream, document_id, hash, row)) STRICT, WITHOUT ROWID;

CREATE TABLE sales_settlement(
  id TEXT PRIMARY KEY, mkt INTEGER NOT NULL, currency INTEGER NOT NULL, start_at INTEGER NOT NULL, end_at INTEGER NOT NULL,
  deposit_at INTEGER NOT NULL, total INTEGER NOT NULL, observed_day INTEGER NOT NULL, document_id INTEGER NOT NULL) STRICT, WITHOUT ROWID;
-- Keyed by what a line says and how many equal lines the settlement has before it.
CREATE TABLE sales_settlement_line(
  settlement_id TEXT NOT NULL, hash INTEGER NOT NULL, occurrence INTEGER NOT NULL,
  mkt INTEGER NOT NULL, currency INTEGER NOT NULL, day INTEGER NOT NULL, posted_at INTEGER NOT NULL,
  transaction_type TEXT NOT NULL, amount_type TEXT NOT NULL, amount_desc TEXT NOT NULL,
  order_id TEXT NOT NULL, order_item TEXT NOT NULL, sku_id INTEGER NOT NULL, qty INTEGER NOT NULL, amount INTEGER NOT NULL,
  refund INTEGER NOT NULL, observed_day INTEGER NOT NULL, document_id INTEGER NOT NULL, row INTEGER NOT NULL,
  PRIMARY KEY(settlement_id, hash, occurrence)) STRICT, WITHOUT ROWID;
CREATE INDEX sales_settlement_line_refund ON sales_settlement_line(day) WHERE refund = 1;
CREATE INDEX sales_settlement_line_refund_order ON sales_settlement_line(order_id) WHERE refund = 1;

CREATE TABLE sales_transaction(
  hash INTEGER NOT NULL, occurrence INTEGER NOT NULL,
  mkt INTEGER NOT NULL, currency INTEGER NOT NULL, at INTEGER NOT NULL, day INTEGER NOT NULL,
  settlement_id TEXT NOT NULL, type TEXT NOT NULL, class TEXT NOT NULL, order_id TEXT NOT NULL, sku_id INTEGER NOT NULL,
  description TEXT NOT NULL, qty INTEGER NOT NULL, product_sales INTEGER NOT NULL, selling_fees INTEGER NOT NULL,
  fba_fees INTEGER NOT NULL, other_fees INTEGER NOT NULL, promotions INTEGER NOT NULL, other INTEGER NOT NULL, total INTEGER NOT NULL,
  observed_day INTEGER NOT NULL, document_id INTEGER NOT NULL, row INTEGER NOT NULL,
  PRIMARY KEY(hash, occurrence)) STRICT, WITHOUT ROWID;
CREATE INDEX sales_transaction_day ON sales_transaction(day);
CREATE INDEX sales_transaction_refund ON sales_transaction(day) WHERE class = 'refund';

CREATE TABLE sales_fee(
  mkt INTEGER NOT NULL, sku_id INTEGER NOT NULL, observed_day INTEGER NOT NULL, currency INTEGER NOT NULL,
  price INTEGER NOT NULL, total INTEGER NOT NULL, referral INTEGER NOT NULL, fulfilment INTEGER NOT NULL, size_tier TEXT NOT NULL,
  document_id INTEGER NOT NULL, row INTEGER NOT NULL,
  PRIMARY KEY(mkt, sku_id, observed_day)) STRICT, WITHOUT ROWID;

CREATE TABLE sales_reimbursement(
  hash INTEGER NOT NULL, occurrence INTEGER NOT NULL,
  id TEXT NOT NULL, case_id TEXT NOT NULL, order_id TEXT NOT NULL, reason TEXT NOT NULL, mkt INTEGER NOT NULL, day INTEGER NOT NULL,
  sku_id INTEGER NOT NULL, currency INTEGER NOT NULL, per_unit INTEGER NOT NULL, total INTEGER NOT NULL,
  cash_units INTEGER NOT NULL, stock_units INTEGER NOT NULL, original_id TEXT NOT NULL,
  observed_day INTEGER NOT NULL, document_id INTEGER NOT NULL, row INTEGER NOT NULL,
  PRIMARY KEY(hash, occurrence)) STRICT, WITHOUT ROWID;
