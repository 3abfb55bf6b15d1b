-- name: SnapshotObserved
-- Apply: when the stored snapshot of a day was made, and whether by a report.
SELECT observed_at, whole FROM inventory_snapshot WHERE kind = ?1 AND marketplace = ?2 AND day = ?3;

-- name: PutSnapshot
-- Apply: takes over a day for a report that is not older, or for a page of a day without a report.
INSERT INTO inventory_snapshot (kind, marketplace, day, observed_at, document_id, whole, dirty)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1)
ON CONFLICT (kind, marketplace, day) DO UPDATE
SET observed_at = excluded.observed_at, document_id = excluded.document_id, whole = excluded.whole, dirty = 1;

-- name: MarkSnapshot
-- Apply: the rows of a day change, and nothing else of it.
UPDATE inventory_snapshot SET dirty = 1 WHERE kind = ?1 AND marketplace = ?2 AND day = ?3;

-- name: NewerLevels
-- Apply: the SKUs of a day of which something later than ?4 is stored.
SELECT sku FROM inventory_level WHERE kind = ?1 AND marketplace = ?2 AND day = ?3 AND carried = 0 AND observed_at > ?4;

-- name: Neighbours
-- Apply: the snapshots around a day: the day before, and the next with whether a report made it; 0: none.
SELECT COALESCE((SELECT max(day) FROM inventory_snapshot WHERE kind = ?1 AND marketplace = ?2 AND day < ?3), 0),
    COALESCE(n.day, 0), COALESCE(n.whole, 1), COALESCE((SELECT whole FROM inventory_snapshot WHERE kind = ?1 AND marketplace = ?2 AND day = ?3), 1)
FROM (SELECT 1) LEFT JOIN (SELECT day, whole FROM inventory_snapshot
    WHERE kind = ?1 AND marketplace = ?2 AND day > ?3 ORDER BY day LIMIT 1) AS n;

-- name: DropCarried
-- Apply: forgets what a day has from the snapshot before it.
DELETE FROM inventory_level WHERE kind = ?1 AND marketplace = ?2 AND day = ?3 AND carried = 1;

-- name: CarryLevels
-- Apply: a day made by pages has what the snapshot of day ?4 says of the SKUs that they do not name.
INSERT INTO inventory_level (kind, marketplace, day, sku, asin, fnsku, as_of, on_hand, reserved, inbound,
    inbound_working, unsellable, extra, document_id, row, observed_at, carried)
SELECT kind, marketplace, ?3, sku, asin, fnsku, as_of, on_hand, reserved, inbound, inbound_working, unsellable, extra,
    document_id, row, observed_at, 1
FROM inventory_level AS p WHERE p.kind = ?1 AND p.marketplace = ?2 AND p.day = ?4 AND NOT EXISTS (
    SELECT 1 FROM inventory_level AS n WHERE n.kind = ?1 AND n.marketplace = ?2 AND n.day = ?3 AND n.sku = p.sku);

-- name: NewerSnapshots
-- Apply: whether the marketplace has a later snapshot of any kind, so that its titles and prices stay.
SELECT count(*) FROM inventory_snapshot WHERE marketplace = ?1 AND observed_at > ?2;

-- name: PutLevels
-- Apply: changes only rows that differ, so that the number changed is the number stored.
INSERT INTO inventory_level (kind, marketplace, day, sku, asin, fnsku, as_of, on_hand, reserved, inbound,
    inbound_working, unsellable, extra, document_id, row, observed_at)
SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15 FROM temp.bulk WHERE handle = ?1
ON CONFLICT (kind, marketplace, day, sku) DO UPDATE
SET asin = excluded.asin, fnsku = excluded.fnsku, as_of = excluded.as_of, on_hand = excluded.on_hand,
    reserved = excluded.reserved, inbound = excluded.inbound, inbound_working = excluded.inbound_working,
    unsellable = excluded.unsellable, extra = excluded.extra, document_id = excluded.document_id, row = excluded.row,
    observed_at = excluded.observed_at, carried = 0
WHERE (asin, fnsku, as_of, on_hand, reserved, inbound, inbound_working, unsellable, extra)
    IS NOT (excluded.asin, excluded.fnsku, excluded.as_of, excluded.on_hand, excluded.reserved,
            excluded.inbound, excluded.inbound_working, excluded.unsellable, excluded.extra);

-- name: ClaimLevels
-- Apply: rows that did not differ belong to this document too, so that they are not swept.
UPDATE inventory_level SET document_id = b.c13, row = b.c14, observed_at = b.c15, carried = 0
FROM temp.bulk AS b
WHERE b.handle = ?1 AND inventory_level.kind = b.c0 AND inventory_level.marketplace = b.c1
    AND inventory_level.day = b.c2 AND inventory_level.sku = b.c3
    AND (inventory_level.document_id <> b.c13 OR inventory_level.observed_at <> b.c15 OR inventory_level.carried = 1);

-- name: SnapshotsOf
-- Apply, at the last batch of a whole snapshot: the days the document has taken over.
SELECT marketplace, day FROM inventory_snapshot WHERE kind = ?1 AND document_id = ?2;

-- name: SweepLevels
-- Apply, at the last batch of a whole snapshot: what the document does not name is gone, unless a later page names it.
DELETE FROM inventory_level WHERE kind = ?1 AND marketplace = ?2 AND day = ?3 AND document_id <> ?4
    AND (carried = 1 OR observed_at <= ?5);

-- name: PutPlans
-- Apply: the planning report's own figures.
INSERT INTO inventory_plan (marketplace, day, sku, age_0_90, age_91_180, age_181_270, age_271_365, age_365_plus,
    shipped_7, shipped_30, shipped_60, shipped_90, days_of_supply, hist_days_of_supply, excess_units,
    storage_cost_minor, currency, alert, recommended_action, document_id, row)
SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20
FROM temp.bulk WHERE handle = ?1
ON CONFLICT (marketplace, day, sku) DO UPDATE
SET age_0_90 = excluded.age_0_90, age_91_180 = excluded.age_91_180, age_181_270 = excluded.age_181_270,
    age_271_365 = excluded.age_271_365, age_365_plus = excluded.age_365_plus, shipped_7 = excluded.shipped_7,
    shipped_30 = excluded.shipped_30, shipped_60 = excluded.shipped_60, shipped_90 = excluded.shipped_90,
    days_of_supply = excluded.days_of_supply, hist_days_of_supply = excluded.hist_days_of_supply,
    excess_units = excluded.excess_units, storage_cost_minor = excluded.storage_cost_minor,
    currency = excluded.currency, alert = excluded.alert, recommended_action = excluded.recommended_action,
    document_id = excluded.document_id, row = excluded.row;

-- name: SweepPlans
-- Apply: the same for the planning report's own figures.
DELETE FROM inventory_plan WHERE marketplace = ?1 AND day = ?2 AND document_id <> ?3;

-- name: PutAdvice
-- Apply: the restock report's own figures.
INSERT INTO inventory_advice (marketplace, day, sku, supplier, units_30, days_of_supply, alert, recommended_qty,
    recommended_ship, document_id, row)
SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10 FROM temp.bulk WHERE handle = ?1
ON CONFLICT (marketplace, day, sku) DO UPDATE
SET supplier = excluded.supplier, units_30 = excluded.units_30, days_of_supply = excluded.days_of_supply,
    alert = excluded.alert, recommended_qty = excluded.recommended_qty,
    recommended_ship = excluded.recommended_ship, document_id = excluded.document_id, row = excluded.row;

-- name: SweepAdvice
-- Apply: the same for the restock report's own figures.
DELETE FROM inventory_advice WHERE marketplace = ?1 AND day = ?2 AND document_id <> ?3;

-- name: DirtySnapshots
-- Settle: the days to work out, each with the days before and after it. A changed day also
-- changes what happened at the next one.
SELECT s.kind, s.marketplace, s.day,
    COALESCE((SELECT max(p.day) FROM inventory_snapshot AS p
        WHERE p.kind = s.kind AND p.marketplace = s.marketplace AND p.day < s.day), 0),
    COALESCE((SELECT min(n.day) FROM inventory_snapshot AS n
        WHERE n.kind = s.kind AND n.marketplace = s.marketplace AND n.day > s.day), 0)
FROM inventory_snapshot AS s WHERE s.dirty = 1 ORDER BY s.kind, s.marketplace, s.day;

-- name: DropChanges
-- Settle: forgets what was worked out for a day.
DELETE FROM inventory_change WHERE kind = ?1 AND marketplace = ?2 AND day = ?3;

-- name: MakeChanges
-- Settle: SKUs whose state on day ?3 differs from that of the snapshot before it (day ?4, 0: none).
INSERT INTO inventory_change (kind, marketplace, day, sku, in_stock)
SELECT n.kind, n.marketplace, n.day, n.sku, n.on_hand > 0
FROM inventory_level AS n
WHERE n.kind = ?1 AND n.marketplace = ?2 AND n.day = ?3 AND (n.on_hand > 0) <> COALESCE((
    SELECT p.on_hand > 0 FROM inventory_level AS p
    WHERE p.kind = ?1 AND p.marketplace = ?2 AND p.day = ?4 AND p.sku = n.sku), 0)
UNION ALL
SELECT p.kind, p.marketplace, ?3, p.sku, 0
FROM inventory_level AS p
WHERE p.kind = ?1 AND p.marketplace = ?2 AND p.day = ?4 AND p.on_hand > 0 AND NOT EXISTS (
    SELECT 1 FROM inventory_level AS n
    WHERE n.kind = ?1 AND n.marketplace = ?2 AND n.day = ?3 AND n.sku = p.sku);

-- name: CleanSnapshots
-- Settle: nothing is left to work out.
UPDATE inventory_snapshot SET dirty = 0 WHERE dirty = 1;

-- name: PutTotals
-- Settle: what the rows of each changed snapshot add up to.
UPDATE inventory_snapshot SET (on_hand, inbound) = (
    SELECT COALESCE(sum(l.on_hand), 0), COALESCE(sum(l.inbound), 0) FROM inventory_level AS l
    WHERE l.kind = inventory_snapshot.kind AND l.marketplace = inventory_snapshot.marketplace AND l.day = inventory_snapshot.day)
WHERE dirty = 1;

-- name: Token
-- recall: changes with the tables.
SELECT token FROM inventory_token WHERE id = 1;

-- name: PutToken
-- touch: another one.
UPDATE inventory_token SET token = ?1 WHERE id = 1;

-- name: ForgetSnapshots
-- Forget.
DELETE FROM inventory_snapshot;

-- name: ForgetLevels
-- Forget.
DELETE FROM inventory_level;

-- name: ForgetChanges
-- Forget.
DELETE FROM inventory_change;

-- name: ForgetPlans
-- Forget.
DELETE FROM inventory_plan;

-- name: ForgetAdvice
-- Forget.
DELETE FROM inventory_advice;

-- name: Snapshots
-- Facts, Daily and Stamps: every snapshot, oldest first.
SELECT kind, marketplace, day, observed_at FROM inventory_snapshot ORDER BY kind, marketplace, day;

-- name: Levels
-- Facts: one snapshot's SKUs.
SELECT sku, as_of, on_hand, reserved, inbound, inbound_working, unsellable, carried
FROM inventory_level WHERE kind = ?1 AND marketplace = ?2 AND day = ?3;

-- name: Changes
-- history: when each SKU came into stock and ran out.
SELECT sku, day, in_stock FROM inventory_change
WHERE kind = ?1 AND marketplace = ?2 ORDER BY sku, day;

-- name: Plans
-- Facts: one planning snapshot's SKUs.
SELECT p.sku, l.as_of, p.age_181_270 + p.age_271_365 + p.age_365_plus, p.excess_units, p.days_of_supply
FROM inventory_plan AS p JOIN inventory_level AS l
    ON l.kind = 'fba_inventory_planning' AND l.marketplace = p.marketplace AND l.day = p.day AND l.sku = p.sku
WHERE p.marketplace = ?1 AND p.day = ?2;

-- name: Advice
-- Facts: one restock snapshot's SKUs.
SELECT sku, recommended_qty, days_of_supply FROM inventory_advice WHERE marketplace = ?1 AND day = ?2;

-- name: History
-- Daily: on hand, or what is on its way (?5 = 'inbound'), of all SKUs of a marketplace, one line a snapshot.
SELECT sku, day, CASE ?5 WHEN 'inbound' THEN inbound ELSE on_hand END FROM inventory_level
WHERE kind = ?1 AND marketplace = ?2 AND day BETWEEN ?3 AND ?4 ORDER BY sku, day;

-- name: HistoryOf
-- Daily and Rows: one SKU (?5) in every snapshot of a period. One that does not list it has line 0 and
-- tells of no unit. One look-up a snapshot: a year of the whole marketplace is not read for it.
SELECT s.day, s.document_id, COALESCE(l.row, 0), COALESCE(l.on_hand, 0), COALESCE(l.inbound, 0), l.sku IS NOT NULL
FROM inventory_snapshot AS s LEFT JOIN inventory_level AS l
    ON l.kind = s.kind AND l.marketplace = s.marketplace AND l.day = s.day AND l.sku = ?5
WHERE s.kind = ?1 AND s.marketplace = ?2 AND s.day BETWEEN ?3 AND ?4 ORDER BY s.day;

-- name: Totals
-- Daily and charts: what the snapshots of a marketplace add up to.
SELECT day, on_hand, inbound FROM inventory_snapshot
WHERE kind = ?1 AND marketplace = ?2 AND day BETWEEN ?3 AND ?4 ORDER BY day;

-- name: TotalsOf
-- Charts: the same of some SKUs, a JSON list of them.
SELECT s.day, COALESCE((SELECT sum(l.on_hand) FROM inventory_level AS l
    WHERE l.kind = s.kind AND l.marketplace = s.marketplace AND l.day = s.day
        AND l.sku IN (SELECT value FROM json_each(?5))), 0), 0
FROM inventory_snapshot AS s
WHERE s.kind = ?1 AND s.marketplace = ?2 AND s.day BETWEEN ?3 AND ?4 ORDER BY s.day;

-- name: SnapshotDocument
-- Rows: the document of a snapshot.
SELECT document_id FROM inventory_snapshot WHERE kind = ?1 AND marketplace = ?2 AND day = ?3;

-- name: LevelRows
-- Rows: the lines of a snapshot; ?4 a SKU, or '' for all.
SELECT sku, as_of, on_hand, reserved, inbound, inbound_working, unsellable, carried, document_id, row
FROM inventory_level WHERE kind = ?1 AND marketplace = ?2 AND day = ?3 AND (?4 = '' OR sku = ?4) ORDER BY sku;

-- name: PlanRows
-- Rows and charts: the lines of a planning report; ?3 a SKU, or '' for all.
SELECT p.sku, l.as_of, p.age_0_90, p.age_91_180, p.age_181_270, p.age_271_365, p.age_365_plus, p.excess_units,
    p.days_of_supply, p.document_id, p.row
FROM inventory_plan AS p JOIN inventory_level AS l
    ON l.kind = 'fba_inventory_planning' AND l.marketplace = p.marketplace AND l.day = p.day AND l.sku = p.sku
WHERE p.marketplace = ?1 AND p.day = ?2 AND (?3 = '' OR p.sku = ?3) ORDER BY p.sku;

-- name: AdviceRow
-- Rows: a SKU's line of a restock report.
SELECT recommended_qty, days_of_supply, document_id, row FROM inventory_advice WHERE marketplace = ?1 AND day = ?2 AND sku = ?3;

-- name: ListLevels
-- List inventory.levels: ?1 the snapshots, ?2 text, ?3 subject, ?4 column to sort by, ?5 1 for descending, ?6 limit, ?7 offset.
SELECT total, marketplace, sku, asin, fnsku, as_of, kind, on_hand, reserved, inbound, inbound_working, unsellable, document_id, row
FROM (
    SELECT count(*) OVER () AS total, l.*, CASE ?4 WHEN 'sku' THEN l.sku WHEN 'marketplace' THEN l.marketplace WHEN 'asin' THEN l.asin
        WHEN 'fnsku' THEN l.fnsku WHEN 'on_hand' THEN l.on_hand WHEN 'reserved' THEN l.reserved WHEN 'inbound' THEN l.inbound
        WHEN 'inbound_working' THEN l.inbound_working WHEN 'unsellable' THEN l.unsellable WHEN 'as_of' THEN l.as_of END AS sorted
    FROM json_each(?1) AS j JOIN inventory_level AS l
        ON l.kind = j.value ->> 'kind' AND l.marketplace = j.value ->> 'marketplace' AND l.day = j.value ->> 'day'
    WHERE (?2 = '' OR instr(lower(l.sku || ' ' || l.asin || ' ' || l.fnsku), lower(?2)) > 0)
        AND (?3 = '' OR l.marketplace || '/' || l.sku = ?3)
)
ORDER BY CASE ?5 WHEN 0 THEN sorted END, CASE ?5 WHEN 1 THEN sorted END DESC, marketplace, sku LIMIT ?6 OFFSET ?7;

-- name: ListAged
-- List inventory.aged: parameters as of ListLevels.
SELECT total, marketplace, sku, asin, as_of, on_hand, age_0_90, age_91_180, age_181_270, age_271_365, age_365_plus, excess_units,
    storage_cost_minor, currency, alert, recommended_action, document_id, row
FROM (
    SELECT count(*) OVER () AS total, p.*, l.asin, l.as_of, l.on_hand,
        CASE ?4 WHEN 'sku' THEN p.sku WHEN 'marketplace' THEN p.marketplace WHEN 'asin' THEN l.asin WHEN 'on_hand' THEN l.on_hand
        WHEN 'age_0_90' THEN p.age_0_90 WHEN 'age_91_180' THEN p.age_91_180 WHEN 'age_181_270' THEN p.age_181_270
        WHEN 'age_271_365' THEN p.age_271_365 WHEN 'age_365_plus' THEN p.age_365_plus WHEN 'excess' THEN p.excess_units
        WHEN 'storage_cost' THEN p.storage_cost_minor WHEN 'alert' THEN p.alert WHEN 'action' THEN p.recommended_action
        WHEN 'as_of' THEN l.as_of END AS sorted
    FROM json_each(?1) AS j JOIN inventory_plan AS p
        ON p.marketplace = j.value ->> 'marketplace' AND p.day = j.value ->> 'day'
    JOIN inventory_level AS l
        ON l.kind = 'fba_inventory_planning' AND l.marketplace = p.marketplace AND l.day = p.day AND l.sku = p.sku
    WHERE (?2 = '' OR instr(lower(p.sku || ' ' || l.asin || ' ' || p.alert || ' ' || p.recommended_action), lower(?2)) > 0)
        AND (?3 = '' OR p.marketplace || '/' || p.sku = ?3)
)
ORDER BY CASE ?5 WHEN 0 THEN sorted END, CASE ?5 WHEN 1 THEN sorted END DESC, marketplace, sku LIMIT ?6 OFFSET ?7;

-- name: ExportDaily
-- Export inventory.daily.
SELECT day, marketplace, sku, on_hand, inbound, reserved, unsellable
FROM inventory_level WHERE kind = 'fba_inventory' AND day BETWEEN ?1 AND ?2 ORDER BY day, marketplace, sku;

-- name: ExportPlanning
-- Export inventory.planning.
SELECT p.day, p.marketplace, p.sku, l.on_hand, p.age_0_90, p.age_91_180, p.age_181_270, p.age_271_365, p.age_365_plus,
    p.shipped_7, p.shipped_30, p.shipped_60, p.shipped_90, p.days_of_supply, p.hist_days_of_supply, p.excess_units,
    p.storage_cost_minor, p.currency, p.alert, p.recommended_action
FROM inventory_plan AS p JOIN inventory_level AS l
    ON l.kind = 'fba_inventory_planning' AND l.marketplace = p.marketplace AND l.day = p.day AND l.sku = p.sku
WHERE p.day BETWEEN ?1 AND ?2 ORDER BY p.day, p.marketplace, p.sku;

-- name: Setting
-- Facts and Rows: the figure in force on a day.
SELECT value, effective_from, source FROM inventory_setting WHERE name = ?1 AND effective_from <= ?2 ORDER BY effective_from DESC LIMIT 1;

-- name: PutSetting
-- SetTargetCover: the seller's own figure, from a day on.
INSERT INTO inventory_setting (name, effective_from, value, unit, source) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (name, effective_from) DO UPDATE SET value = excluded.value, unit = excluded.unit, source = excluded.source;

-- name: Held
-- Held: rows by day, and whether a document of the JSON list ?1 told them.
SELECT 'amazon_fact', document_id IN (SELECT value FROM json_each(?1)), day, count(*) FROM (
    SELECT document_id, day FROM inventory_level
    UNION ALL SELECT document_id, day FROM inventory_plan
    UNION ALL SELECT document_id, day FROM inventory_advice
) GROUP BY 2, 3;

-- name: PurgeSnapshots
-- Purge: what documents of the JSON list ?1 made of days before ?2, so that these days are unknown.
DELETE FROM inventory_snapshot WHERE day < ?2 AND document_id IN (SELECT value FROM json_each(?1)) RETURNING day;

-- name: PurgeLevels
-- Purge: their rows, those that pages changed in other snapshots, and those of snapshots that are gone.
DELETE FROM inventory_level WHERE day < ?2 AND (document_id IN (SELECT value FROM json_each(?1)) OR NOT EXISTS (
    SELECT 1 FROM inventory_snapshot AS s WHERE s.kind = inventory_level.kind AND s.marketplace = inventory_level.marketplace
        AND s.day = inventory_level.day)) RETURNING day;

-- name: PurgePlans
-- Purge: the same of planning reports.
DELETE FROM inventory_plan WHERE day < ?2 AND (document_id IN (SELECT value FROM json_each(?1)) OR NOT EXISTS (
    SELECT 1 FROM inventory_snapshot AS s WHERE s.kind = 'fba_inventory_planning' AND s.marketplace = inventory_plan.marketplace
        AND s.day = inventory_plan.day)) RETURNING day;

-- name: PurgeAdvice
-- Purge: the same of restock reports.
DELETE FROM inventory_advice WHERE day < ?2 AND (document_id IN (SELECT value FROM json_each(?1)) OR NOT EXISTS (
    SELECT 1 FROM inventory_snapshot AS s WHERE s.kind = 'restock_recommendations' AND s.marketplace = inventory_advice.marketplace
        AND s.day = inventory_advice.day)) RETURNING day;

-- name: PurgeChanges
-- Purge: what was worked out of snapshots that are gone, before ?1.
DELETE FROM inventory_change WHERE day < ?1 AND NOT EXISTS (
    SELECT 1 FROM inventory_snapshot AS s WHERE s.kind = inventory_change.kind AND s.marketplace = inventory_change.marketplace
        AND s.day = inventory_change.day);

-- name: SettleAround
-- Purge: what is left of the days from ?1 on before ?2, and the first snapshot after them, are worked out anew. That one
-- stands for itself from now on where pages made it: what it began with is gone.
UPDATE inventory_snapshot SET dirty = 1, whole = iif(day >= ?2 AND NOT EXISTS (
    SELECT 1 FROM inventory_snapshot AS b WHERE b.kind = inventory_snapshot.kind AND b.marketplace = inventory_snapshot.marketplace
        AND b.day < inventory_snapshot.day), 1, whole)
WHERE day >= ?1 AND day <= COALESCE((SELECT min(n.day) FROM inventory_snapshot AS n
    WHERE n.kind = inventory_snapshot.kind AND n.marketplace = inventory_snapshot.marketplace AND n.day >= ?2), ?2);
