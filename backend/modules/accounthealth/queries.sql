-- name: SnapshotObserved
-- Apply: when the stored report of a day was made.
SELECT observed_at FROM accounthealth_snapshot WHERE marketplace = ?1 AND day = ?2;

-- name: PutSnapshot
-- Apply: takes over a day for a document that is not older.
INSERT INTO accounthealth_snapshot (marketplace, day, observed_at, document_id) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (marketplace, day) DO UPDATE SET observed_at = excluded.observed_at, document_id = excluded.document_id;

-- name: PutMetrics
-- Apply: changes only rows that differ, so that the number changed is the number stored.
INSERT INTO accounthealth_metric (marketplace, day, metric, title, status, rate, target, condition, count, orders,
    from_at, to_at, document_id, row)
SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13 FROM temp.bulk WHERE handle = ?1
ON CONFLICT (marketplace, day, metric) DO UPDATE
SET title = excluded.title, status = excluded.status, rate = excluded.rate, target = excluded.target,
    condition = excluded.condition, count = excluded.count, orders = excluded.orders, from_at = excluded.from_at,
    to_at = excluded.to_at, document_id = excluded.document_id, row = excluded.row
WHERE (title, status, rate, target, condition, count, orders, from_at, to_at)
    IS NOT (excluded.title, excluded.status, excluded.rate, excluded.target, excluded.condition, excluded.count,
            excluded.orders, excluded.from_at, excluded.to_at);

-- name: ClaimMetrics
-- Apply: rows that did not differ belong to this document too, so that they are not swept.
UPDATE accounthealth_metric SET document_id = b.c12, row = b.c13
FROM temp.bulk AS b
WHERE b.handle = ?1 AND accounthealth_metric.marketplace = b.c0 AND accounthealth_metric.day = b.c1
    AND accounthealth_metric.metric = b.c2 AND accounthealth_metric.document_id <> b.c12;

-- name: SnapshotsOf
-- Apply, at the last batch: the days the document has taken over.
SELECT marketplace, day FROM accounthealth_snapshot WHERE document_id = ?1;

-- name: SweepMetrics
-- Apply, at the last batch: sections that the document does not have are gone.
DELETE FROM accounthealth_metric WHERE marketplace = ?1 AND day = ?2 AND document_id <> ?3;

-- name: ForgetSnapshots
-- Forget.
DELETE FROM accounthealth_snapshot;

-- name: ForgetMetrics
-- Forget.
DELETE FROM accounthealth_metric;

-- name: Snapshots
-- Facts, Daily and Stamps: every report, oldest first.
SELECT marketplace, day, observed_at FROM accounthealth_snapshot ORDER BY marketplace, day;

-- name: Metrics
-- Facts: the metrics of one report.
SELECT metric, title, status, rate, target, condition, count, orders, from_at, to_at, document_id, row
FROM accounthealth_metric WHERE marketplace = ?1 AND day = ?2 ORDER BY metric;

-- name: Counters
-- Chart counts: what the reports of a run of days count without measuring a rate.
SELECT day, metric, count, condition FROM accounthealth_metric
WHERE marketplace = ?1 AND day BETWEEN ?2 AND ?3 AND count IS NOT NULL AND rate IS NULL ORDER BY day, metric;

-- name: MetricNames
-- Facts: every metric a marketplace's reports have had up to a day.
SELECT DISTINCT metric FROM accounthealth_metric WHERE marketplace = ?1 AND day <= ?2 ORDER BY metric;

-- name: Targets
-- Facts: Amazon's targets in force in a marketplace on a day; its own come before those that hold everywhere.
SELECT metric, kind, target, condition, effective_from, source FROM accounthealth_target_default
WHERE marketplace IN ('', ?1) AND effective_from <= ?2 ORDER BY marketplace, effective_from;

-- name: Caution
-- Chart targets: from which share of an allowance on a metric is near its target, as in force on a day; before any, the first.
SELECT share FROM accounthealth_caution ORDER BY effective_from <= ?1 DESC,
    CASE WHEN effective_from <= ?1 THEN effective_from END DESC, effective_from LIMIT 1;

-- name: History
-- Daily and chart history: the metrics of a marketplace over time; ?4 a metric or '' for all.
SELECT metric, day, title, rate, target, count, orders, status, condition FROM accounthealth_metric
WHERE marketplace = ?1 AND day BETWEEN ?2 AND ?3 AND (?4 = '' OR metric = ?4) ORDER BY metric, day;

-- name: ReportLines
-- List accounthealth.metrics: the lines of the report that speaks for day ?2 in the marketplaces of the JSON list ?1
-- (none: all) that hold the text ?3, of the subject ?4 or all; sorted by column ?5, down if ?6; ?7 of them after ?8.
WITH spoke AS (
    SELECT marketplace, COALESCE(max(CASE WHEN day <= ?2 THEN day END), min(day)) AS day
    FROM accounthealth_snapshot
    WHERE json_array_length(?1) = 0 OR marketplace IN (SELECT value FROM json_each(?1))
    GROUP BY marketplace
), found AS (
    SELECT m.*, CASE WHEN m.to_at > m.from_at THEN round((m.to_at - m.from_at) / 86400.0) END AS span
    FROM accounthealth_metric AS m JOIN spoke USING (marketplace, day)
    WHERE (?3 = '' OR instr(lower(m.marketplace || ' ' || m.metric || ' ' || m.title || ' ' || m.status), lower(?3)) > 0)
        AND (?4 = '' OR m.marketplace || '/' || m.metric = ?4)
), keyed AS (
    SELECT found.*, CASE ?5 WHEN 'marketplace' THEN marketplace WHEN 'metric' THEN metric WHEN 'title' THEN lower(title)
        WHEN 'status' THEN status WHEN 'rate' THEN rate WHEN 'target' THEN target WHEN 'count' THEN count
        WHEN 'orders' THEN orders WHEN 'window' THEN span WHEN 'report' THEN day END AS k
    FROM found
)
SELECT marketplace, day, metric, title, status, rate, target, condition, count, orders, span, document_id, row, count(*) OVER ()
FROM keyed
ORDER BY k IS NULL, CASE WHEN ?6 THEN NULL ELSE k END, CASE WHEN ?6 THEN k END DESC, marketplace, row
LIMIT ?7 OFFSET ?8;

-- name: ExportDaily
-- Export accounthealth.daily.
SELECT day, marketplace, metric, rate, target, count, orders, status FROM accounthealth_metric
WHERE day BETWEEN ?1 AND ?2 ORDER BY day, marketplace, metric;

-- name: Held
-- Held: metrics by day, and whether a document of the JSON list ?1 told them.
SELECT 'amazon_fact', document_id IN (SELECT value FROM json_each(?1)), day, count(*) FROM accounthealth_metric GROUP BY 2, 3;

-- name: PurgeMetrics
-- Purge: what documents of the JSON list ?1 said of days before ?2.
DELETE FROM accounthealth_metric WHERE day < ?2 AND document_id IN (SELECT value FROM json_each(?1)) RETURNING day;

-- name: PurgeSnapshots
-- Purge: so that these days are unknown.
DELETE FROM accounthealth_snapshot WHERE day < ?2 AND document_id IN (SELECT value FROM json_each(?1)) RETURNING day;
