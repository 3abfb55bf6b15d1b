-- +goose Up
-- Kinds of action of which nothing more begins until a person lets them go on.
CREATE TABLE actions_stopped_kind (
  kind   TEXT PRIMARY KEY,
  reason TEXT NOT NULL,                        -- in words, of the one who takes nothing more
  since  INTEGER NOT NULL                      -- Unix seconds
) STRICT, WITHOUT ROWID;
