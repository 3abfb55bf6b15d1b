-- +goose Up
-- What a person chose about a class.
CREATE TABLE retention_class(
  name TEXT PRIMARY KEY,
  days INTEGER NOT NULL,        -- 0: as shipped
  years INTEGER NOT NULL,       -- 0: no law was named
  law TEXT NOT NULL,
  changed_at INTEGER NOT NULL   -- Unix seconds
) STRICT, WITHOUT ROWID;
-- A purge. One that has no end was cut, and goes on as itself.
CREATE TABLE retention_run(
  id INTEGER PRIMARY KEY,
  began_at INTEGER NOT NULL,    -- Unix seconds
  ended_at INTEGER NOT NULL,    -- 0: not yet
  who TEXT NOT NULL,            -- person, purser
  freed INTEGER NOT NULL,       -- bytes
  parts TEXT NOT NULL,          -- JSON: what each part let go
  waiting TEXT NOT NULL         -- JSON: parts that could not
) STRICT;
