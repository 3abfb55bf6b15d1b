-- +goose Up
CREATE TABLE ingest_document(
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL,           -- of the bytes as received (decompressed member of a zip)
  options TEXT NOT NULL,          -- what the person decided, canonical JSON; part of the identity
  file TEXT NOT NULL,             -- the name it came with
  kind TEXT NOT NULL,
  marketplace TEXT NOT NULL,
  encoding TEXT NOT NULL,
  inspection TEXT NOT NULL,       -- JSON: all that is needed to read it again
  size INTEGER NOT NULL,
  rows INTEGER NOT NULL,
  stored INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0,
  older INTEGER NOT NULL DEFAULT 0,
  quarantined INTEGER NOT NULL DEFAULT 0,
  first_day INTEGER NOT NULL,     -- days since 1970, 0: none
  last_day INTEGER NOT NULL,
  observed_at INTEGER NOT NULL,   -- unix seconds
  imported_at INTEGER NOT NULL,
  state TEXT NOT NULL,            -- importing, stored
  waiting TEXT NOT NULL DEFAULT '', -- modules that could not take it, comma separated
  UNIQUE(sha256, options)
) STRICT;
CREATE INDEX ingest_document_kind ON ingest_document(kind, observed_at);
CREATE TABLE ingest_quarantine(
  document_id INTEGER NOT NULL,
  line INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  column_name TEXT NOT NULL,
  reason TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY(document_id, line, seq)
) STRICT, WITHOUT ROWID;
