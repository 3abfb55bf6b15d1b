-- name: AddFeedback
-- Apply: feedback seen for the first time.
INSERT INTO reviews_feedback (day, market, order_id, rating, comment, response, document, line, first_seen, last_seen)
SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c8 FROM temp.bulk WHERE handle = ?1 AND true
ON CONFLICT (day, market, order_id, rating, comment) DO NOTHING;

-- name: SeeFeedback
-- Apply: feedback seen again; the newest report gives the response.
INSERT INTO reviews_feedback (day, market, order_id, rating, comment, response, document, line, first_seen, last_seen)
SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c8 FROM temp.bulk WHERE handle = ?1 AND true
ON CONFLICT (day, market, order_id, rating, comment) DO UPDATE SET
  response = iif((excluded.last_seen, excluded.document) >= (last_seen, document), excluded.response, response),
  line = iif((excluded.last_seen, excluded.document) >= (last_seen, document), excluded.line, line),
  document = iif((excluded.last_seen, excluded.document) >= (last_seen, document), excluded.document, document),
  first_seen = min(first_seen, excluded.first_seen), last_seen = max(last_seen, excluded.last_seen);

-- name: AddReturns
-- Apply: returns seen for the first time.
INSERT INTO reviews_returns (day, order_id, sku, plate, at, seq, quantity, reason, market, document, line, first_seen, last_seen)
SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c11 FROM temp.bulk WHERE handle = ?1 AND true
ON CONFLICT (day, order_id, sku, plate, at, seq, quantity, reason) DO NOTHING;

-- name: SeeReturns
-- Apply: returns seen again.
INSERT INTO reviews_returns (day, order_id, sku, plate, at, seq, quantity, reason, market, document, line, first_seen, last_seen)
SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c11 FROM temp.bulk WHERE handle = ?1 AND true
ON CONFLICT (day, order_id, sku, plate, at, seq, quantity, reason) DO UPDATE SET
  market = max(market, excluded.market),
  line = iif((excluded.last_seen, excluded.document) >= (last_seen, document), excluded.line, line),
  document = iif((excluded.last_seen, excluded.document) >= (last_seen, document), excluded.document, document),
  first_seen = min(first_seen, excluded.first_seen), last_seen = max(last_seen, excluded.last_seen);

-- name: PutDocument
-- Apply: widens what a document covers.
INSERT INTO reviews_documents (stream, document, market, kind, observed, first_day, last_day, rows)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (stream, document, market) DO UPDATE SET
  first_day = min(first_day, excluded.first_day), last_day = max(last_day, excluded.last_day),
  rows = max(rows, excluded.rows), observed = excluded.observed, kind = excluded.kind;

-- name: Documents
-- Facts, Daily, exports: the reports of a stream.
SELECT market, observed, first_day, last_day, rows FROM reviews_documents WHERE stream = ?1 ORDER BY observed, document;

-- name: Feedback
-- Facts, Daily, exports: feedback of a run of days.
SELECT day, market, order_id, rating, comment, response, document, line, first_seen, last_seen
FROM reviews_feedback WHERE day BETWEEN ?1 AND ?2 ORDER BY day, market, order_id, rating, comment;

-- name: Returns
-- Facts, Daily, exports: returns of a run of days; rows of one unit are next to each other.
SELECT day, order_id, sku, plate, at, seq, quantity, reason, market, document, line, first_seen, last_seen
FROM reviews_returns WHERE day BETWEEN ?1 AND ?2 ORDER BY day, order_id, sku, plate, at, seq, quantity, reason;

-- name: Changes
-- Memory: whether what is kept is still right.
SELECT n FROM reviews_changes;

-- name: CountChange
-- Apply, Forget.
UPDATE reviews_changes SET n = n + 1;

-- name: Stamps
-- Stamps: how far each kind of report goes.
SELECT kind, max(observed), max(last_day) FROM reviews_documents GROUP BY kind ORDER BY kind;

-- name: ForgetDocuments
-- Forget, before a rebuild.
DELETE FROM reviews_documents;

-- name: ForgetFeedback
-- Forget, before a rebuild.
DELETE FROM reviews_feedback;

-- name: ForgetReturns
-- Forget, before a rebuild.
DELETE FROM reviews_returns;

-- name: Held
-- Held: rows by day, and whether a document of the JSON list ?1 told them last.
SELECT 'amazon_fact', document IN (SELECT value FROM json_each(?1)), day, count(*) FROM (
  SELECT document, day FROM reviews_feedback UNION ALL SELECT document, day FROM reviews_returns
) GROUP BY 2, 3;

-- name: PurgeFeedback
-- Purge: what documents of the JSON list ?1 told of days before ?2.
DELETE FROM reviews_feedback WHERE day < ?2 AND document IN (SELECT value FROM json_each(?1)) RETURNING day;

-- name: PurgeReturns
-- Purge: as PurgeFeedback.
DELETE FROM reviews_returns WHERE day < ?2 AND document IN (SELECT value FROM json_each(?1)) RETURNING day;

-- name: PurgeDocuments
-- Purge: documents that speak of such days only.
DELETE FROM reviews_documents WHERE last_day < ?2 AND document IN (SELECT value FROM json_each(?1));

-- name: NarrowDocuments
-- Purge: the others speak of the days from ?2 on.
UPDATE reviews_documents SET first_day = ?2 WHERE first_day < ?2 AND document IN (SELECT value FROM json_each(?1));
