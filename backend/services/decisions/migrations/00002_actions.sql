-- +goose Up
-- Why what was approved was not done; '' if it was, or has not been tried.
ALTER TABLE decisions_decision ADD COLUMN not_done TEXT NOT NULL DEFAULT '';
-- Who does a task, '' for the seller, and until which day; 0 for none.
ALTER TABLE decisions_task ADD COLUMN owner TEXT NOT NULL DEFAULT '';
ALTER TABLE decisions_task ADD COLUMN due INTEGER NOT NULL DEFAULT 0;

-- Sentences kept with a subject.
CREATE TABLE decisions_note (
  decision   TEXT PRIMARY KEY,
  subject    TEXT NOT NULL,
  text       TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX decisions_note_subject ON decisions_note (subject);

-- What was approved before is carried out by nobody and cannot be taken back by what carries things out now.
UPDATE decisions_journal SET undone = 1;
