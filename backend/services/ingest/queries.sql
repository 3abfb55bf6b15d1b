-- name: FindDocument
-- Used by the import to know a file again.
SELECT id, state, waiting, inspection, origin, original FROM ingest_document WHERE sha256 = ?1 AND options = ?2;

-- name: AddDocument
-- What an API gave and the seller gives too is the seller's from then on, and never the other way round.
INSERT INTO ingest_document(sha256, options, file, kind, marketplace, encoding, inspection, size, rows, quarantined, first_day, last_day, observed_at, imported_at, state, origin)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, 'importing', ?15)
ON CONFLICT(sha256, options) DO UPDATE SET state = 'importing', imported_at = excluded.imported_at,
  origin = iif(excluded.origin = 'file', 'file', origin), original = 'kept', cleared_at = 0
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
-- Used at start: documents whose import was cut, and those that a module could not take, as far as they can be read.
SELECT id FROM ingest_document WHERE (state = 'importing' OR waiting <> '') AND original = 'kept' ORDER BY id;

-- name: AllDocuments
-- Used by the rebuild, in the order of first import.
SELECT id FROM ingest_document ORDER BY id;

-- name: GetDocument
SELECT id, sha256, file, kind, marketplace, encoding, inspection, size, rows, quarantined, observed_at, state FROM ingest_document WHERE id = ?1;

-- name: ListDocuments
-- Used by the Data page, newest first.
SELECT id, file, kind, marketplace, rows, stored, quarantined, first_day, last_day, observed_at, imported_at, size, state, waiting, origin, cleared_at
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
SELECT sha256, file, kind, inspection, size, observed_at, imported_at, cleared_at FROM ingest_document WHERE id = ?1;

-- name: Own
-- Used by the import: the seller gives what an API gave.
UPDATE ingest_document SET origin = 'file' WHERE id = ?1;

-- name: Held
-- Used by retention: every document there is.
SELECT id, sha256, kind, origin, imported_at, rows, original FROM ingest_document ORDER BY id;

-- name: CountCleared
-- Used before a rebuild: what it could not make again.
SELECT count(*) FROM ingest_document WHERE original <> 'kept';

-- name: ClearOriginals
-- Used by Clear: from now on these originals count as gone. Never those of the seller.
UPDATE ingest_document SET original = 'clearing', cleared_at = ?2
WHERE id IN (SELECT value FROM json_each(?1)) AND origin = 'api' AND original = 'kept';

-- name: ClearBadRows
-- Used by Clear: texts of rows are part of the original.
DELETE FROM ingest_quarantine WHERE document_id IN (SELECT value FROM json_each(?1))
  AND document_id IN (SELECT id FROM ingest_document WHERE original = 'clearing');

-- name: Clearing
-- Used by Sweep: the hashes of originals that count as gone, and whether another document is read from the same bytes.
SELECT c.sha256, EXISTS (SELECT 1 FROM ingest_document k WHERE k.sha256 = c.sha256 AND k.original = 'kept')
FROM ingest_document c WHERE c.original = 'clearing' GROUP BY c.sha256;

-- name: Cleared
-- Used by Sweep: the file of an original is gone.
UPDATE ingest_document SET original = 'cleared' WHERE original = 'clearing' AND sha256 = ?1;

-- name: FilesOfDays
-- Used by Purge: documents of the seller's that speak of some days (?1 to ?2), or were made on them.
SELECT id, kind FROM ingest_document
WHERE origin = 'file' AND original = 'kept' AND state = 'stored'
  AND (first_day <= ?2 AND last_day >= ?1 AND last_day > 0 OR observed_at / 86400 BETWEEN ?1 - 1 AND ?2 + 1)
ORDER BY id;

-- name: Await
-- Used by Purge: a document that could not be read waits for a module (?2).
UPDATE ingest_document SET waiting = CASE WHEN waiting = '' THEN ?2 WHEN instr(',' || waiting || ',', ',' || ?2 || ',') > 0 THEN waiting ELSE waiting || ',' || ?2 END
WHERE id = ?1;
