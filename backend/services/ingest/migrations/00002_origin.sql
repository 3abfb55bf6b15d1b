-- +goose Up
-- Who gave a document: the seller (file) or an API of Amazon's (api). What is both is the seller's.
ALTER TABLE ingest_document ADD COLUMN origin TEXT NOT NULL DEFAULT 'file';
UPDATE ingest_document SET origin = 'api' WHERE kind GLOB 'api_*';

-- Whether its original is still there: kept, clearing (it counts as gone, its file is being deleted), cleared.
ALTER TABLE ingest_document ADD COLUMN original TEXT NOT NULL DEFAULT 'kept';
ALTER TABLE ingest_document ADD COLUMN cleared_at INTEGER NOT NULL DEFAULT 0; -- Unix seconds
CREATE INDEX ingest_document_clearing ON ingest_document(original) WHERE original <> 'kept';
