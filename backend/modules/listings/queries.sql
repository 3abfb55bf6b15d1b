-- name: SnapshotObserved
-- Apply: when the stored snapshot of a day was made, and whether by a report.
SELECT observed_at, whole FROM listings_snapshot WHERE kind = ?1 AND marketplace = ?2 AND day = ?3;

-- name: PutSnapshot
-- Apply: takes over a day for a report that is not older, or for a page of a day without a report.
INSERT INTO listings_snapshot (kind, marketplace, day, observed_at, document_id, whole) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (kind, marketplace, day) DO UPDATE
SET observed_at = excluded.observed_at, document_id = excluded.document_id, whole = excluded.whole;

-- name: Neighbours
-- Apply: the snapshots around a day: the day before, and the next with whether a report made it (0: none), and whether a
-- report made that of the day itself.
SELECT COALESCE((SELECT max(day) FROM listings_snapshot WHERE kind = ?1 AND marketplace = ?2 AND day < ?3), 0),
    COALESCE(n.day, 0), COALESCE(n.whole, 1), COALESCE((SELECT whole FROM listings_snapshot WHERE kind = ?1 AND marketplace = ?2 AND day = ?3), 1)
FROM (SELECT 1) LEFT JOIN (SELECT day, whole FROM listings_snapshot
    WHERE kind = ?1 AND marketplace = ?2 AND day > ?3 ORDER BY day LIMIT 1) AS n;

-- name: NewerSnapshots
-- Apply: whether the marketplace has a later snapshot, so that its titles and prices stay.
SELECT count(*) FROM listings_snapshot WHERE marketplace = ?1 AND observed_at > ?2;

-- name: SnapshotsOf
-- Apply, at the last batch of a whole snapshot: the days the document has taken over.
SELECT marketplace, day FROM listings_snapshot WHERE kind = ?1 AND document_id = ?2;

-- name: Marketplaces
-- Apply: whose an empty report can be; ?1 a kind or '' for any.
SELECT DISTINCT marketplace FROM listings_snapshot WHERE ?1 = '' OR kind = ?1;

-- name: PutOffers
-- Apply: changes only rows that differ, so that the number changed is the number stored.
INSERT INTO listings_offer (marketplace, day, document_id, row, sku, asin, listing_id, title, status, fba, quantity,
    price_minor, currency, opened_at, observed_at)
SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14 FROM temp.bulk WHERE handle = ?1
ON CONFLICT (marketplace, day, sku) DO UPDATE
SET document_id = excluded.document_id, row = excluded.row, observed_at = excluded.observed_at, carried = 0, asin = excluded.asin, listing_id = excluded.listing_id,
    title = excluded.title, status = excluded.status, fba = excluded.fba, quantity = excluded.quantity,
    price_minor = excluded.price_minor, currency = excluded.currency, opened_at = excluded.opened_at
WHERE (asin, listing_id, title, status, fba, quantity, price_minor, currency, opened_at)
    IS NOT (excluded.asin, excluded.listing_id, excluded.title, excluded.status, excluded.fba, excluded.quantity,
            excluded.price_minor, excluded.currency, excluded.opened_at);

-- name: ClaimOffers
-- Apply: rows that did not differ belong to this document too, so that they are not swept.
UPDATE listings_offer AS t SET document_id = b.c2, row = b.c3, observed_at = b.c14, carried = 0 FROM temp.bulk AS b
WHERE b.handle = ?1 AND t.marketplace = b.c0 AND t.day = b.c1 AND t.sku = b.c4
    AND (t.document_id <> b.c2 OR t.observed_at <> b.c14 OR t.carried = 1);

-- name: SweepOffers
-- Apply, at the last batch of a whole snapshot: what the document does not name is gone, unless a later page names it.
DELETE FROM listings_offer WHERE marketplace = ?1 AND day = ?2 AND document_id <> ?3 AND (carried = 1 OR observed_at <= ?4);

-- name: NewerOffers
-- Apply: what rows of a day say something later than ?3.
SELECT sku, '', '', '' FROM listings_offer WHERE marketplace = ?1 AND day = ?2 AND carried = 0 AND observed_at > ?3;

-- name: UncarryOffers
-- Apply: forgets what a day has from the snapshot before it.
DELETE FROM listings_offer WHERE marketplace = ?1 AND day = ?2 AND carried = 1;

-- name: CarryOffers
-- Apply: a day made by pages has what the snapshot of day ?3 says and they do not.
INSERT INTO listings_offer (marketplace, day, document_id, row, sku, asin, listing_id, title, status, fba, quantity, price_minor, currency, opened_at, observed_at, carried)
SELECT marketplace, ?2, document_id, row, sku, asin, listing_id, title, status, fba, quantity, price_minor, currency, opened_at, observed_at, 1
FROM listings_offer AS p WHERE p.marketplace = ?1 AND p.day = ?3 AND NOT EXISTS (
    SELECT 1 FROM listings_offer AS n WHERE n.marketplace = ?1 AND n.day = ?2 AND n.sku = p.sku);

-- name: PutSuppressed
-- Apply: as PutOffers.
INSERT INTO listings_suppressed (marketplace, day, document_id, row, sku, asin, reason, issue, status, changed_day, observed_at)
SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10 FROM temp.bulk WHERE handle = ?1
ON CONFLICT (marketplace, day, sku, asin, reason, issue) DO UPDATE
SET document_id = excluded.document_id, row = excluded.row, observed_at = excluded.observed_at, carried = 0, status = excluded.status, changed_day = excluded.changed_day
WHERE (status, changed_day) IS NOT (excluded.status, excluded.changed_day);

-- name: ClaimSuppressed
-- Apply: as ClaimOffers.
UPDATE listings_suppressed AS t SET document_id = b.c2, row = b.c3, observed_at = b.c10, carried = 0 FROM temp.bulk AS b
WHERE b.handle = ?1 AND t.marketplace = b.c0 AND t.day = b.c1 AND t.sku = b.c4 AND t.asin = b.c5 AND t.reason = b.c6
    AND t.issue = b.c7
    AND (t.document_id <> b.c2 OR t.observed_at <> b.c10 OR t.carried = 1);

-- name: SweepSuppressed
-- Apply: as SweepOffers.
DELETE FROM listings_suppressed WHERE marketplace = ?1 AND day = ?2 AND document_id <> ?3 AND (carried = 1 OR observed_at <= ?4);

-- name: NewerSuppressed
-- Apply: what rows of a day say something later than ?3.
SELECT sku, asin, reason, issue FROM listings_suppressed WHERE marketplace = ?1 AND day = ?2 AND carried = 0 AND observed_at > ?3;

-- name: UncarrySuppressed
-- Apply: forgets what a day has from the snapshot before it.
DELETE FROM listings_suppressed WHERE marketplace = ?1 AND day = ?2 AND carried = 1;

-- name: CarrySuppressed
-- Apply: a day made by pages has what the snapshot of day ?3 says and they do not.
INSERT INTO listings_suppressed (marketplace, day, document_id, row, sku, asin, reason, issue, status, changed_day, observed_at, carried)
SELECT marketplace, ?2, document_id, row, sku, asin, reason, issue, status, changed_day, observed_at, 1
FROM listings_suppressed AS p WHERE p.marketplace = ?1 AND p.day = ?3 AND NOT EXISTS (
    SELECT 1 FROM listings_suppressed AS n WHERE n.marketplace = ?1 AND n.day = ?2 AND n.sku = p.sku AND n.asin = p.asin AND n.reason = p.reason AND n.issue = p.issue);

-- name: PutStranded
-- Apply: as PutOffers.
INSERT INTO listings_stranded (marketplace, day, document_id, row, sku, fnsku, asin, reason, message, primary_action,
    stranded_day, removal_day, fulfillable, unfulfillable, reserved, inbound, observed_at)
SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16 FROM temp.bulk WHERE handle = ?1
ON CONFLICT (marketplace, day, sku, fnsku) DO UPDATE
SET document_id = excluded.document_id, row = excluded.row, observed_at = excluded.observed_at, carried = 0, asin = excluded.asin, reason = excluded.reason,
    message = excluded.message, primary_action = excluded.primary_action, stranded_day = excluded.stranded_day,
    removal_day = excluded.removal_day, fulfillable = excluded.fulfillable, unfulfillable = excluded.unfulfillable,
    reserved = excluded.reserved, inbound = excluded.inbound
WHERE (asin, reason, message, primary_action, stranded_day, removal_day, fulfillable, unfulfillable, reserved, inbound)
    IS NOT (excluded.asin, excluded.reason, excluded.message, excluded.primary_action, excluded.stranded_day,
            excluded.removal_day, excluded.fulfillable, excluded.unfulfillable, excluded.reserved, excluded.inbound);

-- name: ClaimStranded
-- Apply: as ClaimOffers.
UPDATE listings_stranded AS t SET document_id = b.c2, row = b.c3, observed_at = b.c16, carried = 0 FROM temp.bulk AS b
WHERE b.handle = ?1 AND t.marketplace = b.c0 AND t.day = b.c1 AND t.sku = b.c4 AND t.fnsku = b.c5
    AND (t.document_id <> b.c2 OR t.observed_at <> b.c16 OR t.carried = 1);

-- name: SweepStranded
-- Apply: as SweepOffers.
DELETE FROM listings_stranded WHERE marketplace = ?1 AND day = ?2 AND document_id <> ?3 AND (carried = 1 OR observed_at <= ?4);

-- name: NewerStranded
-- Apply: what rows of a day say something later than ?3.
SELECT sku, fnsku, '', '' FROM listings_stranded WHERE marketplace = ?1 AND day = ?2 AND carried = 0 AND observed_at > ?3;

-- name: UncarryStranded
-- Apply: forgets what a day has from the snapshot before it.
DELETE FROM listings_stranded WHERE marketplace = ?1 AND day = ?2 AND carried = 1;

-- name: CarryStranded
-- Apply: a day made by pages has what the snapshot of day ?3 says and they do not.
INSERT INTO listings_stranded (marketplace, day, document_id, row, sku, fnsku, asin, reason, message, primary_action, stranded_day, removal_day, fulfillable, unfulfillable, reserved, inbound, observed_at, carried)
SELECT marketplace, ?2, document_id, row, sku, fnsku, asin, reason, message, primary_action, stranded_day, removal_day, fulfillable, unfulfillable, reserved, inbound, observed_at, 1
FROM listings_stranded AS p WHERE p.marketplace = ?1 AND p.day = ?3 AND NOT EXISTS (
    SELECT 1 FROM listings_stranded AS n WHERE n.marketplace = ?1 AND n.day = ?2 AND n.sku = p.sku AND n.fnsku = p.fnsku);

-- name: ForgetSnapshots
-- Forget.
DELETE FROM listings_snapshot;

-- name: ForgetOffers
-- Forget.
DELETE FROM listings_offer;

-- name: ForgetSuppressed
-- Forget.
DELETE FROM listings_suppressed;

-- name: ForgetStranded
-- Forget.
DELETE FROM listings_stranded;

-- name: Snapshots
-- Facts, Daily and Stamps: every snapshot, oldest first.
SELECT kind, marketplace, day, observed_at FROM listings_snapshot ORDER BY kind, marketplace, day;

-- name: Offers
-- Facts: the offers of one report.
SELECT sku, status, fba, quantity, price_minor, currency, CASE carried WHEN 1 THEN observed_at ELSE 0 END
FROM listings_offer WHERE marketplace = ?1 AND day = ?2;

-- name: LastActive
-- Facts: for offers that are not active on day ?2, the first report with their status and the last in which they were active.
SELECT n.sku,
    (SELECT min(h.day) FROM listings_offer AS h
        WHERE h.marketplace = n.marketplace AND h.sku = n.sku AND h.status = n.status AND h.day <= n.day),
    COALESCE((SELECT max(h.day) FROM listings_offer AS h
        WHERE h.marketplace = n.marketplace AND h.sku = n.sku AND h.status = 'Active' AND h.day <= n.day), 0)
FROM listings_offer AS n WHERE n.marketplace = ?1 AND n.day = ?2 AND n.status <> 'Active';

-- name: Suppressed
-- Facts: why listings of one report are hidden.
SELECT sku, reason, issue, changed_day FROM listings_suppressed
WHERE marketplace = ?1 AND day = ?2 AND sku <> '' ORDER BY sku, row;

-- name: SuppressedDays
-- Facts: on which days the SKUs of day ?2 were hidden.
SELECT DISTINCT h.sku, h.day FROM listings_suppressed AS h
WHERE h.marketplace = ?1 AND h.day <= ?2 AND h.sku IN (
    SELECT n.sku FROM listings_suppressed AS n WHERE n.marketplace = ?1 AND n.day = ?2 AND n.changed_day = 0);

-- name: Stranded
-- Facts: stock without an offer in one report.
SELECT sku, reason, stranded_day, removal_day, fulfillable + unfulfillable FROM listings_stranded
WHERE marketplace = ?1 AND day = ?2 ORDER BY sku, row;

-- name: StrandedDays
-- Facts: on which days the SKUs of day ?2 were stranded.
SELECT DISTINCT h.sku, h.day FROM listings_stranded AS h
WHERE h.marketplace = ?1 AND h.day <= ?2 AND h.sku IN (
    SELECT n.sku FROM listings_stranded AS n WHERE n.marketplace = ?1 AND n.day = ?2 AND n.stranded_day = 0);

-- name: SuppressedCounts
-- Daily: hidden listings of a marketplace by day; a report of none is 0.
SELECT s.day, (SELECT count(DISTINCT t.sku) FROM listings_suppressed AS t WHERE t.marketplace = s.marketplace AND t.day = s.day AND t.sku <> '')
FROM listings_snapshot AS s WHERE s.kind = 'suppressed_listings' AND s.marketplace = ?1 AND s.day BETWEEN ?2 AND ?3 ORDER BY s.day;

-- name: StrandedCounts
-- Daily: SKUs with stranded stock of a marketplace by day; a report of none is 0.
SELECT s.day, (SELECT count(DISTINCT t.sku) FROM listings_stranded AS t WHERE t.marketplace = s.marketplace AND t.day = s.day)
FROM listings_snapshot AS s WHERE s.kind = 'stranded_inventory' AND s.marketplace = ?1 AND s.day BETWEEN ?2 AND ?3 ORDER BY s.day;

-- name: HiddenHistory
-- Daily and chart issues: on which days SKUs were hidden, by SKU, and since when the report says so (0: it does not); ?4 a SKU or '' for all.
SELECT sku, day, COALESCE(min(NULLIF(changed_day, 0)), 0) FROM listings_suppressed
WHERE marketplace = ?1 AND day BETWEEN ?2 AND ?3 AND sku <> '' AND (?4 = '' OR sku = ?4) GROUP BY sku, day ORDER BY sku, day;

-- name: StrayHistory
-- Daily and chart issues: as HiddenHistory, of stranded stock.
SELECT sku, day, COALESCE(min(NULLIF(stranded_day, 0)), 0) FROM listings_stranded
WHERE marketplace = ?1 AND day BETWEEN ?2 AND ?3 AND (?4 = '' OR sku = ?4) GROUP BY sku, day ORDER BY sku, day;

-- name: OfferHistory
-- Daily: offers of a marketplace by SKU and day; ?4 a SKU or '' for all.
SELECT sku, day, status, price_minor, currency FROM listings_offer
WHERE marketplace = ?1 AND day BETWEEN ?2 AND ?3 AND (?4 = '' OR sku = ?4) ORDER BY sku, day;

-- name: OfferLines
-- Rows: lines of one listings report; ?3 a SKU, ?4 a status, or '' for all.
SELECT document_id, row, day, sku, asin, title, status, fba, quantity, price_minor, currency FROM listings_offer
WHERE marketplace = ?1 AND day = ?2 AND (?3 = '' OR sku = ?3) AND (?4 = '' OR status = ?4) ORDER BY row, sku;

-- name: SuppressedLines
-- Rows: lines of the suppressed listings reports of a run of days; ?4 a SKU or '' for all that have one.
SELECT document_id, row, day, sku, asin, reason, issue, changed_day FROM listings_suppressed
WHERE marketplace = ?1 AND day BETWEEN ?2 AND ?3 AND sku <> '' AND (?4 = '' OR sku = ?4) ORDER BY day, sku, row;

-- name: StrandedLines
-- Rows: lines of the stranded inventory reports of a run of days; ?4 a SKU or '' for all.
SELECT document_id, row, day, sku, asin, reason, message, stranded_day, removal_day, fulfillable, unfulfillable FROM listings_stranded
WHERE marketplace = ?1 AND day BETWEEN ?2 AND ?3 AND (?4 = '' OR sku = ?4) ORDER BY day, sku, row;

-- name: ListIssues
-- List listings.issues: hidden listings and stranded stock of the reports that speak for day ?2 in the marketplaces of
-- the JSON list ?1 (none: all) that hold the text ?3, of the subject ?4 or all; sorted by column ?5, down if ?6; ?7 of them after ?8.
WITH spoke AS (
    SELECT kind, marketplace, COALESCE(max(CASE WHEN day <= ?2 THEN day END), min(day)) AS day
    FROM listings_snapshot
    WHERE json_array_length(?1) = 0 OR marketplace IN (SELECT value FROM json_each(?1))
    GROUP BY kind, marketplace
), issues AS (
    SELECT document_id, row, t.day, marketplace, sku, asin, 'Hidden from search' AS state, 'suppressed_listings' AS kind,
        reason, issue, changed_day AS since, NULL AS units, 0 AS removal
    FROM listings_suppressed AS t JOIN spoke AS s USING (marketplace) WHERE s.kind = 'suppressed_listings' AND s.day = t.day
    UNION ALL
    SELECT document_id, row, t.day, marketplace, sku, asin, 'Stranded', 'stranded_inventory',
        reason, message, stranded_day, fulfillable + unfulfillable, removal_day
    FROM listings_stranded AS t JOIN spoke AS s USING (marketplace) WHERE s.kind = 'stranded_inventory' AND s.day = t.day
), keyed AS (
    SELECT issues.*, CASE ?5 WHEN 'marketplace' THEN marketplace WHEN 'sku' THEN sku WHEN 'asin' THEN asin WHEN 'state' THEN state
        WHEN 'reason' THEN lower(reason) WHEN 'issue' THEN lower(issue) WHEN 'since' THEN NULLIF(since, 0) WHEN 'units' THEN units
        WHEN 'removal' THEN NULLIF(removal, 0) WHEN 'report' THEN day END AS k
    FROM issues
    WHERE (?3 = '' OR instr(lower(marketplace || ' ' || sku || ' ' || asin || ' ' || state || ' ' || reason || ' ' || issue), lower(?3)) > 0)
        AND (?4 = '' OR marketplace || '/' || sku = ?4)
)
SELECT document_id, row, day, marketplace, sku, asin, state, kind, reason, issue, since, units, removal, count(*) OVER ()
FROM keyed
ORDER BY k IS NULL, CASE WHEN ?6 THEN NULL ELSE k END, CASE WHEN ?6 THEN k END DESC, marketplace, state DESC, row, sku
LIMIT ?7 OFFSET ?8;

-- name: ListOffers
-- List listings.offers: as ListIssues, of the lines of the listings reports. Prices are compared within a currency only.
WITH spoke AS (
    SELECT marketplace, COALESCE(max(CASE WHEN day <= ?2 THEN day END), min(day)) AS day
    FROM listings_snapshot
    WHERE kind = 'merchant_listings' AND (json_array_length(?1) = 0 OR marketplace IN (SELECT value FROM json_each(?1)))
    GROUP BY marketplace
), keyed AS (
    SELECT o.*, CASE ?5 WHEN 'marketplace' THEN marketplace WHEN 'sku' THEN sku WHEN 'asin' THEN asin WHEN 'title' THEN lower(title)
        WHEN 'status' THEN status WHEN 'fulfilment' THEN fba WHEN 'quantity' THEN quantity WHEN 'price' THEN NULLIF(price_minor, 0)
        WHEN 'opened' THEN NULLIF(opened_at, 0) WHEN 'report' THEN day END AS k
    FROM listings_offer AS o JOIN spoke USING (marketplace, day)
    WHERE (?3 = '' OR instr(lower(marketplace || ' ' || sku || ' ' || asin || ' ' || title || ' ' || status), lower(?3)) > 0)
        AND (?4 = '' OR marketplace || '/' || sku = ?4)
)
SELECT document_id, row, day, marketplace, sku, asin, title, status, fba, quantity, price_minor, currency, opened_at, count(*) OVER ()
FROM keyed
ORDER BY k IS NULL, CASE WHEN ?5 = 'price' THEN currency END, CASE WHEN ?6 THEN NULL ELSE k END, CASE WHEN ?6 THEN k END DESC,
    marketplace, row, sku
LIMIT ?7 OFFSET ?8;

-- name: ExportDaily
-- Export listings.daily; suppressed and stranded are empty on days without such a report.
SELECT o.day, o.marketplace, o.sku, o.status,
    CASE WHEN EXISTS (SELECT 1 FROM listings_snapshot AS s WHERE s.kind = 'suppressed_listings' AND s.marketplace = o.marketplace AND s.day = o.day)
        THEN EXISTS (SELECT 1 FROM listings_suppressed AS t WHERE t.marketplace = o.marketplace AND t.day = o.day AND t.sku = o.sku) END,
    CASE WHEN EXISTS (SELECT 1 FROM listings_snapshot AS s WHERE s.kind = 'stranded_inventory' AND s.marketplace = o.marketplace AND s.day = o.day)
        THEN (SELECT COALESCE(sum(t.fulfillable + t.unfulfillable), 0) FROM listings_stranded AS t
            WHERE t.marketplace = o.marketplace AND t.day = o.day AND t.sku = o.sku) END,
    NULLIF(o.price_minor, 0), o.currency
FROM listings_offer AS o WHERE o.day BETWEEN ?1 AND ?2 ORDER BY o.day, o.marketplace, o.sku;

-- name: ExportTrouble
-- Export listings.trouble.
SELECT day, marketplace, sku, 'stranded', reason, message, NULLIF(stranded_day, 0), fulfillable + unfulfillable, NULLIF(removal_day, 0)
FROM listings_stranded WHERE day BETWEEN ?1 AND ?2
UNION ALL
SELECT day, marketplace, sku, 'suppressed', reason, issue, NULLIF(changed_day, 0), NULL, NULL
FROM listings_suppressed WHERE day BETWEEN ?1 AND ?2
ORDER BY 1, 2, 3, 4, 5;

-- name: Held
-- Held: rows by day, and whether a document of the JSON list ?1 told them.
SELECT 'amazon_fact', document_id IN (SELECT value FROM json_each(?1)), day, count(*) FROM (
    SELECT document_id, day FROM listings_offer
    UNION ALL SELECT document_id, day FROM listings_suppressed
    UNION ALL SELECT document_id, day FROM listings_stranded
) GROUP BY 2, 3;

-- name: PurgeSnapshots
-- Purge: what documents of the JSON list ?1 made of days before ?2, so that these days are unknown.
DELETE FROM listings_snapshot WHERE day < ?2 AND document_id IN (SELECT value FROM json_each(?1)) RETURNING day;

-- name: PurgeOffers
-- Purge: their rows, those that pages changed in other snapshots, and those of snapshots that are gone.
DELETE FROM listings_offer WHERE day < ?2 AND (document_id IN (SELECT value FROM json_each(?1)) OR NOT EXISTS (
    SELECT 1 FROM listings_snapshot AS s WHERE s.kind = 'merchant_listings' AND s.marketplace = listings_offer.marketplace
        AND s.day = listings_offer.day)) RETURNING day;

-- name: PurgeSuppressed
-- Purge: as PurgeOffers.
DELETE FROM listings_suppressed WHERE day < ?2 AND (document_id IN (SELECT value FROM json_each(?1)) OR NOT EXISTS (
    SELECT 1 FROM listings_snapshot AS s WHERE s.kind = 'suppressed_listings' AND s.marketplace = listings_suppressed.marketplace
        AND s.day = listings_suppressed.day)) RETURNING day;

-- name: PurgeStranded
-- Purge: as PurgeOffers.
DELETE FROM listings_stranded WHERE day < ?2 AND (document_id IN (SELECT value FROM json_each(?1)) OR NOT EXISTS (
    SELECT 1 FROM listings_snapshot AS s WHERE s.kind = 'stranded_inventory' AND s.marketplace = listings_stranded.marketplace
        AND s.day = listings_stranded.day)) RETURNING day;

-- name: StandAlone
-- Purge: the first snapshot from day ?1 on stands for itself where pages made it: what it began with is gone.
UPDATE listings_snapshot SET whole = 1 WHERE whole = 0 AND day >= ?1 AND NOT EXISTS (
    SELECT 1 FROM listings_snapshot AS b WHERE b.kind = listings_snapshot.kind AND b.marketplace = listings_snapshot.marketplace
        AND b.day < listings_snapshot.day);
