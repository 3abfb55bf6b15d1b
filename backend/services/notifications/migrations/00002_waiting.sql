-- +goose Up
-- What waits for its message: for the morning brief, or for the next message that may be sent.
CREATE TABLE notifications_waiting(
  key    TEXT PRIMARY KEY,
  cause  TEXT NOT NULL,           -- what several of them have in common, to follow their number
  title  TEXT NOT NULL,
  urgent INTEGER NOT NULL,
  since  INTEGER NOT NULL         -- unix seconds
) STRICT, WITHOUT ROWID;

-- Every message that was sent, newest last.
CREATE TABLE notifications_message(
  id    INTEGER PRIMARY KEY,
  at    INTEGER NOT NULL,         -- unix seconds
  brief INTEGER NOT NULL,         -- 1: the morning brief
  things INTEGER NOT NULL,        -- how many it told of
  title TEXT NOT NULL,
  body  TEXT NOT NULL
) STRICT;
CREATE INDEX notifications_message_at ON notifications_message(at);

-- When what was told began to be so, to say what other settings would have come to.
CREATE TABLE notifications_event(
  id     INTEGER PRIMARY KEY,
  at     INTEGER NOT NULL,
  cause  TEXT NOT NULL,
  title  TEXT NOT NULL,
  urgent INTEGER NOT NULL
) STRICT;
CREATE INDEX notifications_event_at ON notifications_event(at);

-- The seller's own settings; a row exists only where the default was changed.
CREATE TABLE notifications_setting(
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
