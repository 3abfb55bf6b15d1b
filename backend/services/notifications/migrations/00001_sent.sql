-- +goose Up
CREATE TABLE notifications_sent(
  key TEXT PRIMARY KEY,           -- decision id and the episode it belongs to
  at INTEGER NOT NULL,            -- unix seconds
  title TEXT NOT NULL
) STRICT, WITHOUT ROWID;
