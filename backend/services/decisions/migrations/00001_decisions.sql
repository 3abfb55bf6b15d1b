-- +goose Up
-- One row for each thing a policy ever wanted decided; evaluating again updates it.
CREATE TABLE decisions_decision (
  id           TEXT PRIMARY KEY,              -- short hash of identity
  identity     TEXT NOT NULL UNIQUE,          -- policy:case:subject
  state        TEXT NOT NULL CHECK (state IN ('proposed', 'approved', 'rejected', 'snoozed', 'expired')),
  firing       INTEGER NOT NULL,              -- 1 until it is known that the case no longer holds
  regressed    INTEGER NOT NULL DEFAULT 0,    -- 1: it was dealt with, cleared, and fired again
  proposal     TEXT NOT NULL,                 -- the latest, as JSON
  first_seen   INTEGER NOT NULL,              -- of this episode; Unix seconds
  last_seen    INTEGER NOT NULL,
  state_at     INTEGER NOT NULL,
  reason       TEXT NOT NULL DEFAULT '',
  note         TEXT NOT NULL DEFAULT '',
  units        INTEGER NOT NULL DEFAULT 0,    -- the seller's own figure; 0: as proposed
  snooze       TEXT NOT NULL DEFAULT '',      -- tomorrow, monday, settled, worse, date
  snooze_until INTEGER NOT NULL DEFAULT 0,    -- day; 0 for worse
  snooze_worse REAL NOT NULL DEFAULT 0,       -- the figure when it was snoozed
  revision     INTEGER NOT NULL DEFAULT 0     -- grows with each transition or edit
) STRICT;
CREATE INDEX decisions_decision_state ON decisions_decision (state);

-- Every transition, chained by hash; rows are only ever added.
CREATE TABLE decisions_audit (
  seq          INTEGER PRIMARY KEY,
  at           INTEGER NOT NULL,
  decision     TEXT NOT NULL,
  from_state   TEXT NOT NULL,
  to_state     TEXT NOT NULL,
  who          TEXT NOT NULL,
  reason       TEXT NOT NULL,
  payload_hash TEXT NOT NULL,
  prev_hash    TEXT NOT NULL,
  hash         TEXT NOT NULL
) STRICT;
CREATE INDEX decisions_audit_decision ON decisions_audit (decision);

-- The end of the chain, so that rows cut off at the end are noticed.
CREATE TABLE decisions_audit_head (
  one  INTEGER PRIMARY KEY CHECK (one = 1),
  seq  INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER decisions_audit_no_update BEFORE UPDATE ON decisions_audit
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER decisions_audit_no_delete BEFORE DELETE ON decisions_audit
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
-- +goose StatementEnd

-- Lines of the restock draft: what the seller approved to order.
CREATE TABLE decisions_restock_line (
  marketplace   TEXT NOT NULL,
  sku           TEXT NOT NULL,
  units         INTEGER NOT NULL CHECK (units > 0),
  decision      TEXT NOT NULL,
  cost_minor    INTEGER,                      -- landed cost of a unit when approved; NULL: not known
  cost_currency TEXT NOT NULL DEFAULT '',
  state         TEXT NOT NULL DEFAULT 'draft',
  created_at    INTEGER NOT NULL,
  PRIMARY KEY (marketplace, sku)
) STRICT, WITHOUT ROWID;

-- Tasks that came from approvals.
CREATE TABLE decisions_task (
  decision   TEXT PRIMARY KEY,
  title      TEXT NOT NULL,
  label      TEXT NOT NULL,
  link       TEXT NOT NULL,
  steps      TEXT NOT NULL,                   -- [{"text":…,"done":…}]
  done       INTEGER NOT NULL DEFAULT 0,      -- 1: every step is ticked
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What a person did, newest last, with what it was before: undo survives a restart.
CREATE TABLE decisions_journal (
  seq    INTEGER PRIMARY KEY,
  at     INTEGER NOT NULL,
  verb   TEXT NOT NULL,
  title  TEXT NOT NULL,
  steps  TEXT NOT NULL,                       -- JSON of the rows before
  undone INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The last evaluation that was applied.
CREATE TABLE decisions_applied (
  one   INTEGER PRIMARY KEY CHECK (one = 1),
  as_of INTEGER NOT NULL,
  at    INTEGER NOT NULL
) STRICT;
