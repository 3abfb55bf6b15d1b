-- +goose Up
-- What the decision was about, held against what a rule may touch by itself. '': stored before that was kept, which is
-- on no list.
ALTER TABLE actions_action ADD COLUMN subject TEXT NOT NULL DEFAULT '';
