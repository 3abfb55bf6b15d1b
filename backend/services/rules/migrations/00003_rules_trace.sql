-- +goose Up
-- How policies ended for subjects: a row is written when that is another way than in the run before.
CREATE TABLE rules_trace (
  id        INTEGER PRIMARY KEY,
  policy    TEXT NOT NULL,
  subject   TEXT NOT NULL,
  day       INTEGER NOT NULL,            -- the as-of day
  at        INTEGER NOT NULL,            -- Unix seconds
  version   INTEGER NOT NULL,            -- of the policy
  outcome   TEXT NOT NULL,
  case_name TEXT NOT NULL,               -- the deciding one; '' for none
  sign      TEXT NOT NULL,               -- what makes it another way: outcome, case, days waited, what is unknown
  body      BLOB NOT NULL,               -- summary and reasons, JSON, zstd
  size      INTEGER NOT NULL             -- bytes that the row takes, about
) STRICT;
CREATE INDEX rules_trace_subject ON rules_trace (subject, policy, id);
