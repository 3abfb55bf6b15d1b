-- +goose Up
-- Counts what may change an answer, in its transaction, so that what is kept in memory knows when it is old.
CREATE TABLE reviews_changes (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  n  INTEGER NOT NULL
);
INSERT INTO reviews_changes (id, n) VALUES (1, 0);
