-- +goose Up
-- What was agreed to and what became of it; the payload never changes after it was approved.
CREATE TABLE actions_action (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  key         TEXT NOT NULL UNIQUE,            -- idempotency key
  decision    TEXT NOT NULL,                   -- '' for none
  title       TEXT NOT NULL,
  policy      TEXT NOT NULL,
  version     INTEGER NOT NULL,
  kind        TEXT NOT NULL,
  entity      TEXT NOT NULL,
  field       TEXT NOT NULL,
  before      TEXT NOT NULL,
  after       TEXT NOT NULL,
  payload     TEXT NOT NULL,
  size        TEXT NOT NULL,                   -- JSON of action.Size
  hash        TEXT NOT NULL,                   -- of all of the above, as approved
  state       TEXT NOT NULL CHECK (state IN
    ('approved', 'sending', 'sent', 'verified', 'mismatch', 'unknown', 'failed', 'cancelled', 'rolled_back')),
  who         TEXT NOT NULL,                   -- person or purser
  approved_at INTEGER NOT NULL,                -- Unix seconds, as all times here
  expires_at  INTEGER NOT NULL,
  not_before  INTEGER NOT NULL,                -- held until then, so that it can be taken back; later tries move it on
  batch       TEXT NOT NULL DEFAULT '',
  position    INTEGER NOT NULL DEFAULT 0,      -- in the batch, from 0
  reverses    INTEGER NOT NULL DEFAULT 0,      -- id of the action it takes back; 0: none
  tries       INTEGER NOT NULL DEFAULT 0,
  waits       TEXT NOT NULL DEFAULT '',        -- why it has not begun
  reason      TEXT NOT NULL DEFAULT '',        -- why it ended as it did
  ref         TEXT NOT NULL DEFAULT '',        -- receipt
  receipt     TEXT NOT NULL DEFAULT '',
  seen        TEXT NOT NULL DEFAULT '',        -- value that was read back
  began_at    INTEGER NOT NULL DEFAULT 0,
  ended_at    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX actions_action_state ON actions_action (state);
CREATE INDEX actions_action_entity ON actions_action (entity, field);
CREATE INDEX actions_action_decision ON actions_action (decision);
CREATE INDEX actions_action_kind ON actions_action (kind, began_at);

-- Limits that the seller set; what is not here is as shipped.
CREATE TABLE actions_limit (
  kind   TEXT NOT NULL,
  name   TEXT NOT NULL,                        -- of money with its currency: money_day:EUR
  value  REAL,                                 -- NULL: taken away, so that nothing of the kind is done
  set_at INTEGER NOT NULL,
  PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;

-- How each policy may act; what is not here is as it came.
CREATE TABLE actions_mode (
  policy  TEXT PRIMARY KEY,
  mode    TEXT NOT NULL CHECK (mode IN ('observe', 'propose', 'auto')),
  since   INTEGER NOT NULL,
  consent TEXT NOT NULL DEFAULT '',            -- what the seller typed for auto
  band    TEXT NOT NULL DEFAULT '{}',          -- JSON of Band
  why     TEXT NOT NULL DEFAULT ''             -- why it was taken back
) STRICT, WITHOUT ROWID;
