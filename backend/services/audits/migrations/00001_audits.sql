-- +goose Up
-- What an action rested on, kept when it was agreed to: the decision goes on being brought up to date.
CREATE TABLE audits_kept (
  action   INTEGER PRIMARY KEY,
  decision TEXT NOT NULL,
  subject  TEXT NOT NULL,
  at       INTEGER NOT NULL,                   -- Unix seconds, as all times here
  stake_minor    INTEGER NOT NULL,             -- money that depends on it; '' as currency: not known
  stake_currency TEXT NOT NULL,
  stake_per      TEXT NOT NULL,                -- day or once
  head     TEXT NOT NULL,                      -- hash of the row of the audit by which it was agreed to
  inputs   TEXT NOT NULL                       -- JSON of Decision
) STRICT;

-- Since when inputs are kept; of what was agreed to before they may be of later.
CREATE TABLE audits_began (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  at  INTEGER NOT NULL
) STRICT;

-- From which seed the sample of a month was drawn; fixed by the first verdict, so that nobody can choose. What is
-- dealt with later in the month is drawn from a seed of its own.
CREATE TABLE audits_draw (
  month   TEXT NOT NULL,                       -- YYYY-MM
  kind    TEXT NOT NULL,
  through INTEGER NOT NULL,                    -- last action that it is for
  seed    TEXT NOT NULL,
  head    TEXT NOT NULL,                       -- end of the audit that the seed was made of
  at      INTEGER NOT NULL,
  PRIMARY KEY (month, kind, through)
) STRICT, WITHOUT ROWID;

-- Verdicts; the newest of an item counts. Rows are only ever added.
CREATE TABLE audits_review (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  month   TEXT NOT NULL,
  action  INTEGER NOT NULL,
  kind    TEXT NOT NULL,
  policy  TEXT NOT NULL,
  version INTEGER NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('right', 'wrong', 'critical')),
  cause   TEXT NOT NULL DEFAULT '',            -- of critical
  note    TEXT NOT NULL DEFAULT '',
  answers TEXT NOT NULL,                       -- JSON
  rerun   TEXT NOT NULL,                       -- same, different or cannot
  at      INTEGER NOT NULL
) STRICT;
CREATE INDEX audits_review_action ON audits_review (action);
CREATE INDEX audits_review_month ON audits_review (month);

-- +goose StatementBegin
CREATE TRIGGER audits_review_no_update BEFORE UPDATE ON audits_review
BEGIN SELECT RAISE(ABORT, 'verdicts are only ever added'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audits_review_no_delete BEFORE DELETE ON audits_review
BEGIN SELECT RAISE(ABORT, 'verdicts are only ever added'); END;
-- +goose StatementEnd

-- What followed from verdicts, in words.
CREATE TABLE audits_effect (
  id     INTEGER PRIMARY KEY AUTOINCREMENT,
  review INTEGER NOT NULL,
  text   TEXT NOT NULL
) STRICT;

-- Results of checks, one for each run.
CREATE TABLE audits_result (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  list     TEXT NOT NULL,
  name     TEXT NOT NULL,
  at       INTEGER NOT NULL,
  result   TEXT NOT NULL CHECK (result IN ('passed', 'failed', 'cannot_tell', 'crashed', 'by_hand')),
  text     TEXT NOT NULL,
  evidence TEXT NOT NULL,                      -- JSON
  total    INTEGER NOT NULL,                   -- findings, also those that were not kept
  checked  INTEGER NOT NULL,
  unknown  INTEGER NOT NULL,
  stale    TEXT NOT NULL DEFAULT '',           -- which inputs are old
  note     TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX audits_result_check ON audits_result (list, name, id);

-- When a list was run last, and how often it is due.
CREATE TABLE audits_schedule (
  list  TEXT PRIMARY KEY,
  every TEXT NOT NULL DEFAULT '',              -- '' as it came
  ran   INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Findings that were made tasks.
CREATE TABLE audits_task (
  list   TEXT NOT NULL,
  name   TEXT NOT NULL,
  result INTEGER NOT NULL,                     -- id of the result it is about
  action INTEGER NOT NULL,
  at     INTEGER NOT NULL,
  PRIMARY KEY (list, name, result)
) STRICT, WITHOUT ROWID;
