-- +goose Up
CREATE TABLE catalog_own(
  mkt TEXT NOT NULL,
  sku TEXT NOT NULL,
  cost_minor INTEGER,             -- landed unit cost; NULL: not entered
  currency TEXT NOT NULL DEFAULT '',
  lead_days INTEGER,              -- NULL: the account's default
  changed_at INTEGER NOT NULL,    -- unix seconds
  PRIMARY KEY(mkt, sku)
) STRICT, WITHOUT ROWID;
CREATE TABLE catalog_setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
