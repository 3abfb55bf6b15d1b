-- +goose Up
-- The seller's own thresholds; a row exists only where the default was changed.
CREATE TABLE rules_threshold (
  policy TEXT NOT NULL,
  name   TEXT NOT NULL,
  value  REAL NOT NULL,
  PRIMARY KEY (policy, name)
) STRICT, WITHOUT ROWID;

-- Every change ever made; the number of rows of a policy is part of its version.
CREATE TABLE rules_change (
  id     INTEGER PRIMARY KEY,
  at     INTEGER NOT NULL,
  policy TEXT NOT NULL,
  name   TEXT NOT NULL,
  value  REAL
) STRICT;
CREATE INDEX rules_change_policy ON rules_change (policy);
