-- +goose Up
-- Tags and the product group that the seller gives to SKUs.
CREATE TABLE catalog_tag(
  mkt TEXT NOT NULL,
  sku TEXT NOT NULL,
  folded TEXT NOT NULL,           -- the tag without regard to case: a SKU has it once
  tag TEXT NOT NULL,              -- as the seller writes it
  PRIMARY KEY(mkt, sku, folded)
) STRICT, WITHOUT ROWID;
CREATE INDEX catalog_tag_folded ON catalog_tag(folded, tag);
CREATE TABLE catalog_group(
  mkt TEXT NOT NULL,
  sku TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY(mkt, sku)
) STRICT, WITHOUT ROWID;
-- Counts the changes of the seller's own figures and marks, in their transactions.
CREATE TABLE catalog_version(id INTEGER PRIMARY KEY CHECK(id = 1), n INTEGER NOT NULL) STRICT;
INSERT INTO catalog_version(id, n) VALUES (1, 0);
