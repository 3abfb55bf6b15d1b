-- +goose Up

-- A page of an API names some listings and says nothing of the others. whole: a report made the snapshot; else pages did,
-- and it begins with what the one before it says.
ALTER TABLE listings_snapshot ADD COLUMN whole INTEGER NOT NULL DEFAULT 1;

-- observed_at: Unix milliseconds UTC of what the row says; 0: from before this was noted. carried: the row is that of the
-- snapshot before.
ALTER TABLE listings_offer ADD COLUMN observed_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE listings_offer ADD COLUMN carried INTEGER NOT NULL DEFAULT 0;
ALTER TABLE listings_suppressed ADD COLUMN observed_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE listings_suppressed ADD COLUMN carried INTEGER NOT NULL DEFAULT 0;
ALTER TABLE listings_stranded ADD COLUMN observed_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE listings_stranded ADD COLUMN carried INTEGER NOT NULL DEFAULT 0;
