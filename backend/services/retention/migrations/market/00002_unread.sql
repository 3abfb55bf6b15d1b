-- +goose Up
-- Files of the seller's that could not be read again: a JSON list of their names.
ALTER TABLE retention_step ADD COLUMN unread TEXT NOT NULL DEFAULT '[]';
