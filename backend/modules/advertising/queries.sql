-- name: AddNames
-- Apply: numbers texts seen for the first time.
INSERT INTO advertising_names (name) SELECT c0 FROM temp.bulk WHERE handle = ?1 AND true ON CONFLICT (name) DO NOTHING;

-- name: NumbersOf
-- Apply: the numbers of a JSON array of texts.
SELECT name, id FROM advertising_names WHERE name IN (SELECT value FROM json_each(?1));

-- name: NamesAfter
-- Names: texts numbered since the last look.
SELECT id, name FROM advertising_names WHERE id > ?1 ORDER BY id;

-- name: SlotVersions
-- Apply: what documents said of one slot, newest first.
SELECT s.document, d.observed, s.content, s.lines
FROM advertising_sheets s JOIN advertising_documents d ON d.market = s.market AND d.stream = s.stream AND d.document = s.document
WHERE s.market = ?1 AND s.stream = ?2 AND s.start_day = ?3 AND s.end_day = ?4
ORDER BY d.observed DESC, s.document DESC;

-- name: ContentByHash
-- Apply: finds rows that are already kept.
SELECT id FROM advertising_contents WHERE hash = ?1;

-- name: AddContent
-- Apply: keeps packed rows.
INSERT INTO advertising_contents (hash, data) VALUES (?1, ?2);

-- name: ContentData
-- Apply: packed rows of one content.
SELECT data FROM advertising_contents WHERE id = ?1;

-- name: ContentsData
-- Facts, exports: packed rows of a JSON array of contents.
SELECT id, data FROM advertising_contents WHERE id IN (SELECT value FROM json_each(?1));

-- name: DropOrphan
-- Apply: removes a content that no sheet uses any more.
DELETE FROM advertising_contents WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM advertising_sheets WHERE content = ?1);

-- name: PutSheet
-- Apply: what a document says of one slot.
INSERT INTO advertising_sheets (market, stream, start_day, end_day, document, content, clicks, lines)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (market, stream, start_day, end_day, document) DO UPDATE SET
  content = excluded.content, clicks = excluded.clicks, lines = excluded.lines;

-- name: PutDocument
-- Apply: widens what a document covers.
INSERT INTO advertising_documents (market, stream, document, kind, observed, first_day, last_day, daily)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (market, stream, document) DO UPDATE SET
  first_day = min(first_day, excluded.first_day), last_day = max(last_day, excluded.last_day),
  daily = min(daily, excluded.daily), observed = excluded.observed, kind = excluded.kind;

-- name: Revisions
-- Every answer: how often what each stream says of each marketplace has changed.
SELECT market, stream, revision FROM advertising_revisions ORDER BY market, stream;

-- name: BumpRevision
-- Apply: what a stream says of a marketplace changes.
INSERT INTO advertising_revisions (market, stream, revision) VALUES (?1, ?2, 1)
ON CONFLICT (market, stream) DO UPDATE SET revision = revision + 1;

-- name: BumpRevisions
-- Forget: everything changes.
UPDATE advertising_revisions SET revision = revision + 1;

-- name: Documents
-- Facts, measures, series, exports: the reports of a stream in a marketplace.
SELECT document, observed, first_day, last_day, daily
FROM advertising_documents WHERE market = ?1 AND stream = ?2;

-- name: Sheets
-- Facts, measures, series, exports: the sheets of a stream in a marketplace, by day.
SELECT document, start_day, end_day, content, clicks
FROM advertising_sheets WHERE market = ?1 AND stream = ?2 ORDER BY start_day, end_day;

-- name: ContentHashes
-- Measures: whether a JSON array of contents is what it was.
SELECT id, hash FROM advertising_contents WHERE id IN (SELECT value FROM json_each(?1));

-- name: HashedContents
-- Measures, series: packed rows of a JSON array of contents, to be summed.
SELECT id, hash, data FROM advertising_contents WHERE id IN (SELECT value FROM json_each(?1));

-- name: SheetLines
-- Rows: packed rows of one sheet and their lines in its document.
SELECT c.data, s.lines FROM advertising_sheets s JOIN advertising_contents c ON c.id = s.content
WHERE s.market = ?1 AND s.stream = ?2 AND s.start_day = ?3 AND s.end_day = ?4 AND s.document = ?5;

-- name: Setting
-- Facts: the figure in force on a day.
SELECT value FROM advertising_setting WHERE name = ?1 AND effective_from <= ?2 ORDER BY effective_from DESC LIMIT 1;

-- name: PutSetting
-- SetTermLimit: the seller's own figure, from a day on.
INSERT INTO advertising_setting (name, effective_from, value, unit, source) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (name, effective_from) DO UPDATE SET value = excluded.value, unit = excluded.unit, source = excluded.source;

-- name: Stamps
-- Stamps: how far each kind of report goes.
SELECT kind, max(observed), max(last_day) FROM advertising_documents GROUP BY kind ORDER BY kind;

-- name: ForgetSheets
-- Forget, before a rebuild.
DELETE FROM advertising_sheets;

-- name: ForgetContents
-- Forget, before a rebuild.
DELETE FROM advertising_contents;

-- name: ForgetDocuments
-- Forget, before a rebuild.
DELETE FROM advertising_documents;

-- name: ForgetNames
-- Forget, before a rebuild.
DELETE FROM advertising_names;

-- name: Held
-- Held: sheets by day, and whether a document of the JSON list ?1 told them.
SELECT 'amazon_fact', document IN (SELECT value FROM json_each(?1)), start_day, count(*) FROM advertising_sheets GROUP BY 2, 3;

-- name: PurgeSheets
-- Purge: what documents of the JSON list ?1 told of days before ?2, sums that begin there too.
DELETE FROM advertising_sheets WHERE start_day < ?2 AND document IN (SELECT value FROM json_each(?1)) RETURNING start_day;

-- name: PurgeDocuments
-- Purge: documents of which nothing is left.
DELETE FROM advertising_documents WHERE document IN (SELECT value FROM json_each(?1))
  AND (last_day < ?2 OR daily = 0 AND first_day < ?2 AND NOT EXISTS (SELECT 1 FROM advertising_sheets s
    WHERE s.market = advertising_documents.market AND s.stream = advertising_documents.stream AND s.document = advertising_documents.document));

-- name: NarrowDocuments
-- Purge: the others speak of the days from ?2 on.
UPDATE advertising_documents SET first_day = ?2 WHERE first_day < ?2 AND document IN (SELECT value FROM json_each(?1));

-- name: DropOrphans
-- Purge: contents that no sheet uses any more.
DELETE FROM advertising_contents WHERE id NOT IN (SELECT content FROM advertising_sheets);

-- name: AllContents
-- Purge: which texts are still used.
SELECT data FROM advertising_contents;

-- name: DropNames
-- Purge: texts that are not in the JSON list ?1 any more.
DELETE FROM advertising_names WHERE id NOT IN (SELECT value FROM json_each(?1));
