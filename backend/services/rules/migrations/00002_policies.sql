-- +goose Up
-- Every version of a policy that the seller kept; the latest one hides the shipped policy of its name.
CREATE TABLE rules_policy (
  policy  TEXT NOT NULL,
  version INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  note    TEXT NOT NULL,
  yaml    TEXT NOT NULL,
  changes INTEGER NOT NULL,                          -- threshold changes of the policy before it was kept
  follows INTEGER NOT NULL CHECK (follows IN (0, 1)), -- 1: from here the shipped text is in force, updates included
  PRIMARY KEY (policy, version)
) STRICT;

-- A row exists only where the seller switched.
CREATE TABLE rules_switch (
  policy  TEXT PRIMARY KEY,
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1))
) STRICT;

-- Subjects taken out of a policy, or of one of its cases.
CREATE TABLE rules_exception (
  policy    TEXT NOT NULL,
  case_name TEXT NOT NULL, -- '': all cases
  subject   TEXT NOT NULL,
  reason    TEXT NOT NULL,
  until     INTEGER,       -- last day, in days since 1970; NULL: for good
  at        INTEGER NOT NULL,
  PRIMARY KEY (policy, case_name, subject)
) STRICT;

-- The seller's own tests of a policy, instead of the shipped ones.
CREATE TABLE rules_tests (
  policy TEXT PRIMARY KEY,
  text   TEXT NOT NULL
) STRICT;
