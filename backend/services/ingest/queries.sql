-- name: FindDocument
-- Used by the import to know a file again.
SELECT state, waiting, inspection FROM ingest_document WHERE sha256 = ?1 AND options = ?2;

-- name: AddDocument
INSERT INTO ingest_document(sha256, options, file, kind, marketplace, encoding, inspection, size, rows, quarantined, first_day, last_day, observed_at, imported_at, state)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, 'importing')
ON CONFLICT(sha256, options) DO UPDATE SET state = 'importing', imported_at = excluded.imported_at
RETURNING id;

-- name: ClearQuarantine
DELETE FROM ingest_quarantine WHERE document_id = ?1;

-- name: AddQuarantine
INSERT INTO ingest_quarantine(document_id, line, seq, column_name, reason, text)
SELECT c0, c1, c2, c3, c4, c5 FROM temp.bulk WHERE handle = ?1;

-- name: FinishDocument
-- Committed together with the last batch, so "stored" means that all of it is.
UPDATE ingest_document SET state = 'stored', stored = ?2, unchanged = ?3, older = ?4, waiting = ?5 WHERE id = ?1;

-- name: Unfinished
-- Used at start: documents whose import was cut, and those that a module could not take.
SELECT id FROM ingest_document WHERE state = 'importing' OR waiting <> '' ORDER BY id;

-- name: AllDocuments
-- Used by the rebuild, in the order of first import.
SELECT id FROM ingest_document ORDER BY id;

-- name: GetDocument
SELECT id, sha256, file, kind, marketplace, encoding, inspection, size, rows, quarantined, observed_at, state FROM ingest_document WHERE id = ?1;

-- name: ListDocuments
-- Used by the Data page, newest first.
SELECT id, file, kind, marketplace, rows, stored, quarantined, first_day, last_day, observed_at, imported_at, size, state, waiting
FROM ingest_document ORDER BY id DESC LIMIT ?1 OFFSET ?2;

-- name: CountDocuments
SELECT count(*) FROM ingest_document;

-- name: KindStamps
-- Used for freshness: what each kind of document reaches.
SELECT kind, max(observed_at), max(last_day), sum(rows), count(*) FROM ingest_document WHERE state = 'stored' GROUP BY kind;

-- name: ListQuarantine
-- Used by the Data page.
SELECT line, column_name, reason, text FROM ingest_quarantine WHERE document_id = ?1 ORDER BY line, seq LIMIT 500;

-- name: DocumentNames
-- Used by Documents: many ids at once, as a JSON list.
SELECT id, file, kind, observed_at FROM ingest_document WHERE id IN (SELECT value FROM json_each(?1));

-- name: DocumentOfRow
-- Used by Original.
SELECT sha256, file, kind, inspection, size, observed_at, imported_at FROM ingest_document WHERE id = ?1;
