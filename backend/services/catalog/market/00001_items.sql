-- +goose Up
CREATE TABLE catalog_item(
  mkt TEXT NOT NULL,
  sku TEXT NOT NULL,
  asin TEXT NOT NULL DEFAULT '',
  title TEXT NOT NULL DEFAULT '',
  price_minor INTEGER NOT NULL DEFAULT 0,
  currency TEXT NOT NULL DEFAULT '',
  PRIMARY KEY(mkt, sku)
) STRICT, WITHOUT ROWID;
