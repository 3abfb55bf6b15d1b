-- +goose Up
-- What a purge that is under way has let go so far, in the transaction that did it; the ledger gets it when it ends.
CREATE TABLE retention_step(
  run INTEGER NOT NULL,
  part TEXT NOT NULL,
  class TEXT NOT NULL,
  documents INTEGER NOT NULL,
  rows INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  before_day INTEGER NOT NULL,
  PRIMARY KEY(run, part, class)
) STRICT, WITHOUT ROWID;
