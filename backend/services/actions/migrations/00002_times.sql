-- +goose Up
-- When it was last known what an action did; limits count from then. 0: nobody knows yet, and it counts as of now.
ALTER TABLE actions_action ADD COLUMN done_at INTEGER NOT NULL DEFAULT 0;
UPDATE actions_action SET done_at = max(began_at, ended_at) WHERE state IN ('sent', 'verified', 'rolled_back');
CREATE INDEX actions_action_done ON actions_action (kind, done_at);
CREATE INDEX actions_action_batch ON actions_action (batch, position) WHERE batch <> '';
CREATE INDEX actions_action_reverses ON actions_action (reverses) WHERE reverses <> 0;
CREATE INDEX actions_action_hash ON actions_action (hash);

-- The latest time that was seen while something was approved, to notice a clock that was put back; one row.
CREATE TABLE actions_clock (
  id     INTEGER PRIMARY KEY CHECK (id = 1),
  latest INTEGER NOT NULL
) STRICT;
INSERT INTO actions_clock (id, latest) VALUES (1, 0);
