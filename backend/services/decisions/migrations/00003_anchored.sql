-- +goose Up
-- The newest row whose hash is in the anchor file; 0: none ever was. A file that does not hold it was cut or lost.
ALTER TABLE decisions_audit_head ADD COLUMN anchored INTEGER NOT NULL DEFAULT 0;
