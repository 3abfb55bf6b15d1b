-- Statements of the sales module. Bulk statements read their rows from temp.bulk.

-- name: AddMarketplace
-- intern: numbers for marketplaces not seen before; ?1 is a JSON list.
INSERT INTO sales_marketplace(name) SELECT value FROM json_each(?1) WHERE true ON CONFLICT DO NOTHING;

-- name: FindMarketplace
-- lookUp: the numbers of a JSON list of marketplaces.
SELECT s.name, s.id FROM json_each(?1) j CROSS JOIN sales_marketplace s ON s.name = j.value;

-- name: AllMarketplace
-- namesByID: every marketplace.
SELECT id, name FROM sales_marketplace;

-- name: AddSKU
-- intern: numbers for SKUs not seen before; ?1 is a JSON list.
INSERT INTO sales_sku(name) SELECT value FROM json_each(?1) WHERE true ON CONFLICT DO NOTHING;

-- name: FindSKU
-- lookUp: the numbers of a JSON list of SKUs.
SELECT s.name, s.id FROM json_each(?1) j CROSS JOIN sales_sku s ON s.name = j.value;

-- name: AllSKU
-- namesByID: every SKU.
SELECT id, name FROM sales_sku;

-- name: AddWord
-- intern: numbers for words not seen before; ?1 is a JSON list.
INSERT INTO sales_word(name) SELECT value FROM json_each(?1) WHERE true ON CONFLICT DO NOTHING;

-- name: FindWord
-- lookUp: the numbers of a JSON list of words.
SELECT s.name, s.id FROM json_each(?1) j CROSS JOIN sales_word s ON s.name = j.value;

-- name: AllWord
-- namesByID: every word.
SELECT id, name FROM sales_word;

-- name: AddOrder
-- intern: numbers for order ids not seen before; ?1 is a JSON list.
INSERT INTO sales_order_name(name) SELECT value FROM json_each(?1) WHERE true ON CONFLICT DO NOTHING;

-- name: FindOrder
-- lookUp: the numbers of a JSON list of order ids.
SELECT s.name, s.id FROM json_each(?1) j CROSS JOIN sales_order_name s ON s.name = j.value;

-- name: Tally
-- tally: the number the statement before it left.
SELECT n FROM sales_tally WHERE id = 1;

-- name: Token
-- remember: which state of the names and told items this is.
SELECT n FROM sales_tally WHERE id = 2;

-- name: StoreToken
-- touch: a new state of the names and told items.
INSERT OR REPLACE INTO sales_tally(id, n) VALUES (2, ?1);

-- name: UpsertOrderLines
-- upsert: newer lines replace older ones; equal lines keep their place, and only note that they were told (?5, see
-- surplus.go). take is false, and counts the lines that are older than what is stored (?4) and those that were only told
-- again (?6); CASE evaluates it for no others.
INSERT INTO sales_order_line(day, order_id, sku_id, seq, mkt, purchased_at, updated_at, observed_at, status, state,
  fba, qty, currency, has_price, price, promotion, document_id, row, told_at)
SELECT c0, c1, c2, c3, c4, c5, c6, ?2, c7, c8, c9, c10, c11, c12, c13, c14, ?3, c15, ?5 FROM temp.bulk WHERE handle = ?1
ON CONFLICT(day, order_id, sku_id, seq) DO UPDATE SET
  mkt = excluded.mkt, purchased_at = excluded.purchased_at, updated_at = excluded.updated_at,
  observed_at = iif(excluded.updated_at > sales_order_line.updated_at, excluded.observed_at, max(sales_order_line.observed_at, excluded.observed_at)),
  status = excluded.status, state = excluded.state, fba = excluded.fba, qty = excluded.qty, currency = excluded.currency,
  has_price = excluded.has_price, price = excluded.price, promotion = excluded.promotion,
  document_id = CASE WHEN (excluded.updated_at, excluded.mkt, excluded.purchased_at, excluded.status, excluded.fba, excluded.qty, excluded.currency,
      excluded.has_price, excluded.price, excluded.promotion) = (sales_order_line.updated_at, sales_order_line.mkt, sales_order_line.purchased_at,
      sales_order_line.status, sales_order_line.fba, sales_order_line.qty, sales_order_line.currency, sales_order_line.has_price,
      sales_order_line.price, sales_order_line.promotion)
    THEN sales_order_line.document_id ELSE excluded.document_id END,
  row = CASE WHEN (excluded.updated_at, excluded.mkt, excluded.purchased_at, excluded.status, excluded.fba, excluded.qty, excluded.currency,
      excluded.has_price, excluded.price, excluded.promotion) = (sales_order_line.updated_at, sales_order_line.mkt, sales_order_line.purchased_at,
      sales_order_line.status, sales_order_line.fba, sales_order_line.qty, sales_order_line.currency, sales_order_line.has_price,
      sales_order_line.price, sales_order_line.promotion)
    THEN sales_order_line.row ELSE excluded.row END,
  told_at = max(sales_order_line.told_at, excluded.told_at)
WHERE CASE
  WHEN excluded.updated_at > sales_order_line.updated_at THEN true
  WHEN excluded.updated_at < sales_order_line.updated_at THEN take(?4)
  WHEN excluded.mkt <> sales_order_line.mkt
      OR excluded.purchased_at <> sales_order_line.purchased_at OR excluded.status <> sales_order_line.status
      OR excluded.state <> sales_order_line.state OR excluded.fba <> sales_order_line.fba OR excluded.qty <> sales_order_line.qty
      OR excluded.currency <> sales_order_line.currency OR excluded.has_price <> sales_order_line.has_price
      OR excluded.price <> sales_order_line.price OR excluded.promotion <> sales_order_line.promotion
    THEN CASE WHEN excluded.observed_at >= sales_order_line.observed_at THEN true ELSE take(?4) END
  WHEN excluded.told_at > sales_order_line.told_at THEN NOT take(?6)
  ELSE false END;

-- name: Outdone
-- notOutdone: take gets the places (c4) of further lines of an order and SKU that are not there because a document
-- newer than ?2 told the order without them.
INSERT OR REPLACE INTO sales_tally(id, n) SELECT 1, count(take(?3, b.c4)) FROM temp.bulk b
CROSS JOIN sales_order_line f ON f.day = b.c0 AND f.order_id = b.c1 AND f.sku_id = b.c2 AND f.seq = 0
WHERE b.handle = ?1 AND f.told_at > ?2
  AND NOT EXISTS (SELECT 1 FROM sales_order_line s WHERE s.day = b.c0 AND s.order_id = b.c1 AND s.sku_id = b.c2 AND s.seq = b.c3);

-- name: TellAgain
-- tellAgain: lines that stay as they are were told once more. All are there: as an INSERT it reads each once, in key
-- order, and needs no table of what to update.
INSERT INTO sales_order_line(day, order_id, sku_id, seq, mkt, purchased_at, updated_at, observed_at, status, state,
  fba, qty, currency, has_price, price, promotion, document_id, row, told_at)
SELECT c0, c1, c2, c3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ?2 FROM temp.bulk WHERE handle = ?1
ON CONFLICT(day, order_id, sku_id, seq) DO UPDATE SET told_at = excluded.told_at WHERE told_at < excluded.told_at;

-- name: DropSurplus
-- dropFurther: further lines of the days ?1 to ?2 that the newest document which told all lines of their order has not.
DELETE FROM sales_order_line AS s INDEXED BY sales_order_line_further
WHERE s.seq > 0 AND s.day BETWEEN ?1 AND ?2 AND max(s.told_at, s.observed_at) <
  (SELECT f.told_at FROM sales_order_line f WHERE f.day = s.day AND f.order_id = s.order_id AND f.sku_id = s.sku_id AND f.seq = 0);

-- name: MarkDirty
-- markDirty: days whose lines changed.
INSERT INTO sales_dirty(day, mkt, observed_day) SELECT c0, c1, c2 FROM temp.bulk WHERE handle = ?1
ON CONFLICT DO UPDATE SET observed_day = max(observed_day, excluded.observed_day);

-- name: CountDirty
-- Init: are there roll-ups left to do?
SELECT count(*) FROM sales_dirty;

-- name: DirtyDays
-- Settle: what to count again, by day.
SELECT day, mkt, observed_day FROM sales_dirty ORDER BY day, mkt;

-- name: LinesOfDay
-- countDay: the lines of one day. The table is its primary key, so they come order by order; countDay checks that.
SELECT count(take(?1, order_id, sku_id, mkt, purchased_at, state, qty, currency, has_price, price))
FROM sales_order_line WHERE day = ?2;

-- name: DayPack
-- storeDay: what a day says now.
SELECT data FROM sales_daily WHERE day = ?1 AND mkt = ?2;

-- name: StoreDayPack
-- storeDay: what a day says from now on.
INSERT INTO sales_daily(day, mkt, observed_day, data, version) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT DO UPDATE SET observed_day = excluded.observed_day, data = excluded.data, version = excluded.version
WHERE observed_day <> excluded.observed_day OR data <> excluded.data;

-- name: TouchDayPack
-- storeDay: the totals of a day changed, even if nothing else did.
UPDATE sales_daily SET version = ?3 WHERE day = ?1 AND mkt = ?2 AND version <> ?3;

-- name: Bump
-- bump: one more change of what ?1 counts.
INSERT INTO sales_tally(id, n) VALUES (?1, 1) ON CONFLICT DO UPDATE SET n = n + 1 RETURNING n;

-- name: Versions
-- view: the token of the names and the counts of changes.
SELECT id, n FROM sales_tally WHERE id >= 2;

-- name: ChangedDays
-- readPacks: the packed days that changed after ?1.
SELECT day, mkt, observed_day, data FROM sales_daily WHERE version > ?1;

-- name: ChangedTotals
-- readPacks: all versions of the totals of these days.
SELECT t.mkt, t.day, t.currency, t.observed_day, t.units, t.sales, t.orders, t.cancelled_units, t.pending_units
FROM sales_daily d CROSS JOIN sales_market_daily t ON t.mkt = d.mkt AND t.day = d.day
WHERE d.version > ?1 ORDER BY t.mkt, t.day, t.currency, t.observed_day;

-- name: KeepDayWas
-- keepWas: entries as they were known on an earlier day.
INSERT OR REPLACE INTO sales_daily_was(day, mkt, sku_id, currency, observed_day, units, sales, orders, cancelled_units, pending_units, price)
SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10 FROM temp.bulk WHERE handle = ?1;

-- name: MarketDayVersions
-- marketDayTotals: all versions of one day, oldest first.
SELECT currency, observed_day, units, sales, orders, cancelled_units, pending_units
FROM sales_market_daily WHERE mkt = ?1 AND day = ?2 ORDER BY currency, observed_day;

-- name: StoreMarketDay
-- storeMarketDay: a version of one day.
INSERT INTO sales_market_daily(mkt, day, currency, observed_day, units, sales, orders, cancelled_units, pending_units)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT DO UPDATE SET units = excluded.units, sales = excluded.sales, orders = excluded.orders,
  cancelled_units = excluded.cancelled_units, pending_units = excluded.pending_units;

-- name: ToldItems
-- noteItems, notePrices: what the catalog knows from here.
SELECT mkt, sku_id, asin, title_hash, price, currency, price_day FROM sales_item;

-- name: UpsertTold
-- tell: what the catalog was told.
INSERT OR REPLACE INTO sales_item(mkt, sku_id, asin, title_hash, price, currency, price_day)
SELECT c0, c1, c2, c3, c4, c5, c6 FROM temp.bulk WHERE handle = ?1;

-- name: Cover
-- cover: days that a document covers, widened by each of its batches.
INSERT INTO sales_coverage(stream, mkt, document_id, observed_at, part, kind, from_day, to_day, done)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0)
ON CONFLICT DO UPDATE SET from_day = min(from_day, excluded.from_day), to_day = max(to_day, excluded.to_day);

-- name: CoverageDone
-- finish: the document is in as a whole.
UPDATE sales_coverage SET done = 1 WHERE stream = ?1 AND document_id = ?2 AND done = 0;

-- name: Coverage
-- coverage: what whole documents of a stream cover.
SELECT mkt, from_day, to_day, observed_at, kind, document_id FROM sales_coverage WHERE stream = ?1 AND done = 1;

-- name: DropSeen
-- finish: the rows of a document need no telling apart any more.
DELETE FROM sales_seen WHERE stream = ?1 AND document_id = ?2;

-- name: DayPacks
-- readDays: packed days of all marketplaces (?3 = 0) or of one.
SELECT day, mkt, observed_day, data FROM sales_daily WHERE day BETWEEN ?1 AND ?2 AND (?3 = 0 OR mkt = ?3) ORDER BY day, mkt;

-- name: DaysWas
-- readDays: what entries of these days said before.
SELECT day, mkt, sku_id, currency, observed_day, units, sales, orders, cancelled_units, pending_units, price
FROM sales_daily_was WHERE day BETWEEN ?1 AND ?2 AND (?3 = 0 OR mkt = ?3)
ORDER BY day, mkt, sku_id, currency, observed_day;

-- name: MarketDays
-- readMarketDays: all versions of the totals of a marketplace.
SELECT day, currency, observed_day, units, sales, orders, cancelled_units, pending_units
FROM sales_market_daily WHERE mkt = ?1 AND day BETWEEN ?2 AND ?3 ORDER BY day, currency, observed_day;

-- name: StoreDayOrders
-- Settle: which orders a day holds.
INSERT INTO sales_day_orders(day, data) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET data = excluded.data WHERE data <> excluded.data;

-- name: DayOrders
-- OrderSKUs: which orders each day holds.
SELECT day, data FROM sales_day_orders ORDER BY day;

-- name: OrderSKUs
-- OrderSKUs: the SKUs of orders of known days; ?1 is a JSON list of pairs of day and order number.
SELECT DISTINCT o.order_id, o.mkt, o.sku_id FROM json_each(?1) j CROSS JOIN sales_order_line o
  ON o.day = json_extract(j.value, '$[0]') AND o.order_id = json_extract(j.value, '$[1]')
ORDER BY o.order_id, o.mkt, o.sku_id;

-- name: Stamps
-- Stamps: how far each kind of document goes.
SELECT c.kind, max(c.observed_at), max(c.to_day) FROM sales_coverage c WHERE c.done = 1 GROUP BY c.kind ORDER BY c.kind;

-- name: OlderTrafficDays
-- storeVersions: rows of which a later version says something else.
INSERT OR REPLACE INTO sales_tally(id, n)
SELECT 1, count(*) FROM temp.bulk b WHERE b.handle = ?1 AND EXISTS (SELECT 1 FROM sales_traffic_daily v WHERE v.mkt = b.c0 AND v.day = b.c1 AND v.observed_day > b.c2
  AND NOT (v.currency = b.c3 AND v.ordered_sales = b.c4 AND v.units = b.c5 AND v.order_items = b.c6 AND v.units_refunded = b.c7 AND v.sessions = b.c8 AND v.page_views = b.c9 AND v.featured_offer_pct = b.c10));

-- name: StoreTrafficDays
-- storeVersions: versions that say something else than the one before them (c20: 0 newest, 1 older).
INSERT INTO sales_traffic_daily(mkt, day, observed_day, currency, ordered_sales, units, order_items, units_refunded, sessions, page_views, featured_offer_pct, document_id, row)
SELECT b.c0, b.c1, b.c2, b.c3, b.c4, b.c5, b.c6, b.c7, b.c8, b.c9, b.c10, b.c11, b.c12 FROM temp.bulk b
WHERE b.handle = ?1 AND b.c20 = EXISTS (SELECT 1 FROM sales_traffic_daily v WHERE v.mkt = b.c0 AND v.day = b.c1 AND v.observed_day > b.c2
  AND NOT (v.currency = b.c3 AND v.ordered_sales = b.c4 AND v.units = b.c5 AND v.order_items = b.c6 AND v.units_refunded = b.c7 AND v.sessions = b.c8 AND v.page_views = b.c9 AND v.featured_offer_pct = b.c10))
  AND NOT EXISTS (SELECT 1 FROM sales_traffic_daily v WHERE v.mkt = b.c0 AND v.day = b.c1
    AND v.observed_day = (SELECT max(x.observed_day) FROM sales_traffic_daily x WHERE x.mkt = b.c0 AND x.day = b.c1 AND x.observed_day <= b.c2)
    AND v.currency = b.c3 AND v.ordered_sales = b.c4 AND v.units = b.c5 AND v.order_items = b.c6 AND v.units_refunded = b.c7 AND v.sessions = b.c8 AND v.page_views = b.c9 AND v.featured_offer_pct = b.c10)
ON CONFLICT DO UPDATE SET currency = excluded.currency, ordered_sales = excluded.ordered_sales, units = excluded.units, order_items = excluded.order_items, units_refunded = excluded.units_refunded, sessions = excluded.sessions, page_views = excluded.page_views, featured_offer_pct = excluded.featured_offer_pct, document_id = excluded.document_id, row = excluded.row
WHERE NOT (currency = excluded.currency AND ordered_sales = excluded.ordered_sales AND units = excluded.units AND order_items = excluded.order_items AND units_refunded = excluded.units_refunded AND sessions = excluded.sessions AND page_views = excluded.page_views AND featured_offer_pct = excluded.featured_offer_pct);

-- name: OlderTrafficItems
-- storeVersions: rows of which a later version says something else.
INSERT OR REPLACE INTO sales_tally(id, n)
SELECT 1, count(*) FROM temp.bulk b WHERE b.handle = ?1 AND EXISTS (SELECT 1 FROM sales_traffic_item v WHERE v.mkt = b.c0 AND v.from_day = b.c1 AND v.to_day = b.c2 AND v.asin = b.c3 AND v.sku_id = b.c4 AND v.observed_day > b.c5
  AND NOT (v.currency = b.c6 AND v.ordered_sales = b.c7 AND v.units = b.c8 AND v.order_items = b.c9 AND v.sessions = b.c10 AND v.page_views = b.c11 AND v.featured_offer_pct = b.c12));

-- name: StoreTrafficItems
-- storeVersions: versions that say something else than the one before them (c20: 0 newest, 1 older).
INSERT INTO sales_traffic_item(mkt, from_day, to_day, asin, sku_id, observed_day, currency, ordered_sales, units, order_items, sessions, page_views, featured_offer_pct, document_id, row)
SELECT b.c0, b.c1, b.c2, b.c3, b.c4, b.c5, b.c6, b.c7, b.c8, b.c9, b.c10, b.c11, b.c12, b.c13, b.c14 FROM temp.bulk b
WHERE b.handle = ?1 AND b.c20 = EXISTS (SELECT 1 FROM sales_traffic_item v WHERE v.mkt = b.c0 AND v.from_day = b.c1 AND v.to_day = b.c2 AND v.asin = b.c3 AND v.sku_id = b.c4 AND v.observed_day > b.c5
  AND NOT (v.currency = b.c6 AND v.ordered_sales = b.c7 AND v.units = b.c8 AND v.order_items = b.c9 AND v.sessions = b.c10 AND v.page_views = b.c11 AND v.featured_offer_pct = b.c12))
  AND NOT EXISTS (SELECT 1 FROM sales_traffic_item v WHERE v.mkt = b.c0 AND v.from_day = b.c1 AND v.to_day = b.c2 AND v.asin = b.c3 AND v.sku_id = b.c4
    AND v.observed_day = (SELECT max(x.observed_day) FROM sales_traffic_item x WHERE x.mkt = b.c0 AND x.from_day = b.c1 AND x.to_day = b.c2 AND x.asin = b.c3 AND x.sku_id = b.c4 AND x.observed_day <= b.c5)
    AND v.currency = b.c6 AND v.ordered_sales = b.c7 AND v.units = b.c8 AND v.order_items = b.c9 AND v.sessions = b.c10 AND v.page_views = b.c11 AND v.featured_offer_pct = b.c12)
ON CONFLICT DO UPDATE SET currency = excluded.currency, ordered_sales = excluded.ordered_sales, units = excluded.units, order_items = excluded.order_items, sessions = excluded.sessions, page_views = excluded.page_views, featured_offer_pct = excluded.featured_offer_pct, document_id = excluded.document_id, row = excluded.row
WHERE NOT (currency = excluded.currency AND ordered_sales = excluded.ordered_sales AND units = excluded.units AND order_items = excluded.order_items AND sessions = excluded.sessions AND page_views = excluded.page_views AND featured_offer_pct = excluded.featured_offer_pct);

-- name: OlderFees
-- storeVersions: rows of which a later version says something else.
INSERT OR REPLACE INTO sales_tally(id, n)
SELECT 1, count(*) FROM temp.bulk b WHERE b.handle = ?1 AND EXISTS (SELECT 1 FROM sales_fee v WHERE v.mkt = b.c0 AND v.sku_id = b.c1 AND v.observed_day > b.c2
  AND NOT (v.currency = b.c3 AND v.price = b.c4 AND v.total = b.c5 AND v.referral = b.c6 AND v.fulfilment = b.c7 AND v.size_tier = b.c8));

-- name: StoreFees
-- storeVersions: versions that say something else than the one before them (c20: 0 newest, 1 older).
INSERT INTO sales_fee(mkt, sku_id, observed_day, currency, price, total, referral, fulfilment, size_tier, document_id, row)
SELECT b.c0, b.c1, b.c2, b.c3, b.c4, b.c5, b.c6, b.c7, b.c8, b.c9, b.c10 FROM temp.bulk b
WHERE b.handle = ?1 AND b.c20 = EXISTS (SELECT 1 FROM sales_fee v WHERE v.mkt = b.c0 AND v.sku_id = b.c1 AND v.observed_day > b.c2
  AND NOT (v.currency = b.c3 AND v.price = b.c4 AND v.total = b.c5 AND v.referral = b.c6 AND v.fulfilment = b.c7 AND v.size_tier = b.c8))
  AND NOT EXISTS (SELECT 1 FROM sales_fee v WHERE v.mkt = b.c0 AND v.sku_id = b.c1
    AND v.observed_day = (SELECT max(x.observed_day) FROM sales_fee x WHERE x.mkt = b.c0 AND x.sku_id = b.c1 AND x.observed_day <= b.c2)
    AND v.currency = b.c3 AND v.price = b.c4 AND v.total = b.c5 AND v.referral = b.c6 AND v.fulfilment = b.c7 AND v.size_tier = b.c8)
ON CONFLICT DO UPDATE SET currency = excluded.currency, price = excluded.price, total = excluded.total, referral = excluded.referral, fulfilment = excluded.fulfilment, size_tier = excluded.size_tier, document_id = excluded.document_id, row = excluded.row
WHERE NOT (currency = excluded.currency AND price = excluded.price AND total = excluded.total AND referral = excluded.referral AND fulfilment = excluded.fulfilment AND size_tier = excluded.size_tier);

-- name: InsertSettlementLines
-- settlements: rows that are not there yet.
INSERT INTO sales_settlement_line(settlement_id, hash, occurrence, mkt, currency, day, posted_at, transaction_type, amount_type, amount_desc, order_id, order_item, sku_id, qty, amount, refund, observed_day, document_id, row)
SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18 FROM temp.bulk WHERE handle = ?1 ON CONFLICT DO NOTHING;

-- name: InsertTransactions
-- transactions: rows that are not there yet.
INSERT INTO sales_transaction(hash, occurrence, mkt, currency, at, day, settlement_id, type, class, order_id, sku_id, description, qty, product_sales, selling_fees, fba_fees, other_fees, promotions, other, total, observed_day, document_id, row)
SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20, c21, c22 FROM temp.bulk WHERE handle = ?1 ON CONFLICT DO NOTHING;

-- name: LiveVersions
-- live: what versions of transactions there are; ?1 is a JSON list of ids.
SELECT v.id, v.content, v.last_at FROM json_each(?1) j CROSS JOIN sales_live_version v ON v.id = j.value;

-- name: LiveDetails
-- fuller: versions of transactions with what they come to and how much they tell; ?1 is a JSON list of ids.
SELECT v.id, v.content, v.first_at, v.last_at, sum(l.total), min(c.name),
  sum((k.name <> '') + (l.order_id <> '') + (l.qty <> 0) + (l.product_sales <> 0) + (l.selling_fees <> 0) + (l.fba_fees <> 0) + (l.other_fees <> 0) + (l.promotions <> 0))
FROM json_each(?1) j CROSS JOIN sales_live_version v ON v.id = j.value JOIN sales_live l ON l.id = v.id AND l.content = v.content
JOIN sales_sku k ON k.id = l.sku_id JOIN sales_word c ON c.id = l.currency GROUP BY v.id, v.content;

-- name: OutdoneVersion
-- fuller: a version that is told in more detail.
DELETE FROM sales_live_version WHERE id = ?1 AND content = ?2;

-- name: OutdoneRecords
-- fuller: the records of it.
DELETE FROM sales_live WHERE id = ?1 AND content = ?2;

-- name: OutdoneLater
-- fuller: after it was first seen it was told in more detail.
UPDATE sales_live_version SET last_at = first_at WHERE id = ?1 AND content = ?2;

-- name: SeeLive
-- live: one more observation of versions.
INSERT INTO sales_live_version(id, content, first_at, last_at) SELECT c0, c1, c2, c2 FROM temp.bulk WHERE handle = ?1
ON CONFLICT DO UPDATE SET first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at)
WHERE excluded.first_at < first_at OR excluded.last_at > last_at;

-- name: InsertLive
-- live: records of versions that are not there yet.
INSERT INTO sales_live(id, content, part, mkt, currency, at, day, type, class, order_id, sku_id, description, qty, product_sales, selling_fees, fba_fees, other_fees, promotions, other, total, document_id, row)
SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20, c21 FROM temp.bulk WHERE handle = ?1 ON CONFLICT DO NOTHING;

-- name: ForgetReleased
-- releases: records of ids of the JSON list ?1 that are releases.
DELETE FROM sales_live WHERE id IN (SELECT v.id FROM json_each(?1) j CROSS JOIN sales_live_version v ON v.id = j.value AND v.content = 0);

-- name: ForgetReleasedVersions
-- releases: what else was said of them.
DELETE FROM sales_live_version WHERE content <> 0
  AND id IN (SELECT v.id FROM json_each(?1) j CROSS JOIN sales_live_version v ON v.id = j.value AND v.content = 0);

-- name: OutnamedNameless
-- named: what was told without a name is what is told with one of the same moment, order and sum; it may lack more than
-- its name.
SELECT DISTINCT n.id FROM (
  SELECT id, content, mkt, currency, at, order_id, sum(total) AS total FROM sales_live WHERE id GLOB '#*' GROUP BY id, content
) n JOIN sales_live x ON x.mkt = n.mkt AND x.at = n.at AND x.currency = n.currency
  AND x.order_id = n.order_id AND x.id NOT GLOB '#*'
WHERE n.total = (SELECT sum(y.total) FROM sales_live y WHERE y.id = x.id AND y.content = x.content);

-- name: ForgetNamelessVersions
-- named: of the JSON list ?1.
DELETE FROM sales_live_version WHERE id IN (SELECT value FROM json_each(?1));

-- name: ForgetNameless
-- named: the records of them.
DELETE FROM sales_live WHERE id IN (SELECT value FROM json_each(?1));

-- name: CountNameless
-- named: are there any?
SELECT count(*) FROM sales_live_version WHERE id GLOB '#*';

-- name: LiveRefunds
-- refunds: product sales refunded in transactions of the API, in every version.
SELECT t.mkt, t.day, t.sku_id, t.currency, t.id, t.content, v.first_at, -sum(t.product_sales)
FROM sales_live t JOIN sales_live_version v ON v.id = t.id AND v.content = t.content WHERE t.class = 'refund'
GROUP BY t.mkt, t.day, t.sku_id, t.currency, t.id, t.content;

-- name: LiveRivals
-- refunds: the versions of transactions that have several.
SELECT id, content, first_at, last_at FROM sales_live_version
WHERE id IN (SELECT id FROM sales_live_version GROUP BY id HAVING count(*) > 1) ORDER BY id, content;

-- name: InsertReimbursements
-- reimbursements: rows that are not there yet.
INSERT INTO sales_reimbursement(hash, occurrence, id, case_id, order_id, reason, mkt, day, sku_id, currency, per_unit, total, cash_units, stock_units, original_id, observed_day, document_id, row)
SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17 FROM temp.bulk WHERE handle = ?1 ON CONFLICT DO NOTHING;

-- name: SettlementIsWhole
-- withoutWhole: the lines that other documents than ?2 have brought add up to the total.
SELECT EXISTS (SELECT 1 FROM sales_settlement s WHERE s.id = ?1
  AND NOT EXISTS (SELECT 1 FROM sales_settlement_line l WHERE l.settlement_id = ?1 AND l.document_id = ?2)
  AND s.total = (SELECT sum(l.amount) FROM sales_settlement_line l WHERE l.settlement_id = ?1));

-- name: DropSurplusSettlementLines
-- dropSurplus: equal lines beyond those that a document has, where without them the lines add up to the total of the
-- settlement; otherwise it may be the document that lacks one. Of several, one that is just as much too much goes.
WITH surplus AS MATERIALIZED (
  SELECT settlement_id, hash, occurrence, amount FROM sales_settlement_line t WHERE occurrence > 0 AND document_id <> ?2
    AND hash IN (SELECT c0 FROM temp.bulk WHERE handle = ?1 AND c1 = 0)
    AND observed_day <= (SELECT max(c2) FROM temp.bulk b WHERE b.handle = ?1 AND b.c0 = t.hash)
    AND NOT EXISTS (SELECT 1 FROM temp.bulk b WHERE b.handle = ?1 AND b.c0 = t.hash AND b.c1 = t.occurrence)
), off AS MATERIALIZED (
  SELECT s.id, (SELECT sum(l.amount) FROM sales_settlement_line l WHERE l.settlement_id = s.id) - s.total AS extra,
    (SELECT sum(x.amount) FROM surplus x WHERE x.settlement_id = s.id) AS all_of_it
  FROM sales_settlement s WHERE s.id IN (SELECT settlement_id FROM surplus)
)
DELETE FROM sales_settlement_line AS t WHERE EXISTS (
  SELECT 1 FROM surplus x JOIN off o ON o.id = x.settlement_id
  WHERE x.settlement_id = t.settlement_id AND x.hash = t.hash AND x.occurrence = t.occurrence AND o.extra <> 0
    AND (o.extra = o.all_of_it OR o.extra = x.amount AND NOT EXISTS (
      SELECT 1 FROM surplus y WHERE y.settlement_id = x.settlement_id AND y.amount = x.amount AND (y.hash, y.occurrence) < (x.hash, x.occurrence))));

-- name: DropSurplusReimbursements
-- dropSurplus: equal rows beyond those that a document has, of documents that are no newer.
DELETE FROM sales_reimbursement AS t WHERE occurrence > 0 AND document_id <> ?2
  AND hash IN (SELECT c0 FROM temp.bulk WHERE handle = ?1 AND c1 = 0)
  AND observed_day <= (SELECT max(c2) FROM temp.bulk b WHERE b.handle = ?1 AND b.c0 = t.hash)
  AND NOT EXISTS (SELECT 1 FROM temp.bulk b WHERE b.handle = ?1 AND b.c0 = t.hash AND b.c1 = t.occurrence);

-- name: UpsertSettlement
-- settlementHeads: the statement itself; ?10 says whether its marketplace is known from a line.
INSERT INTO sales_settlement(id, mkt, currency, start_at, end_at, deposit_at, total, observed_day, document_id)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT DO UPDATE SET mkt = excluded.mkt WHERE ?10 = 1 AND mkt IN (SELECT id FROM sales_marketplace WHERE name IN ('', 'XX'));

-- name: AnySeen
-- seenBefore: did earlier batches of the document leave rows?
SELECT EXISTS (SELECT 1 FROM sales_seen WHERE stream = ?1 AND document_id = ?2);

-- name: AddSeen
-- seenBefore: remember rows until the document is in.
INSERT INTO sales_seen(stream, document_id, hash, row) SELECT c0, c1, c2, c3 FROM temp.bulk WHERE handle = ?1 ON CONFLICT DO NOTHING;

-- name: SeenBefore
-- seenBefore: how many equal rows lie before row ?3.
SELECT hash, count(*) FROM sales_seen WHERE stream = ?1 AND document_id = ?2 AND row < ?3 GROUP BY hash;

-- name: TrafficItemSums
-- itemTraffic: items over single days (?4 = 0) or one period of ?4 + 1 days, in the version known by ?5.
SELECT asin, sku_id, sum(sessions), sum(page_views), sum(units),
  sum(CASE WHEN featured_offer_pct >= 0 THEN featured_offer_pct * page_views ELSE 0 END),
  sum(CASE WHEN featured_offer_pct >= 0 THEN page_views ELSE 0 END)
FROM (SELECT asin, sku_id, sessions, page_views, units, featured_offer_pct, max(observed_day)
  FROM sales_traffic_item WHERE mkt = ?1 AND from_day BETWEEN ?2 AND ?3 AND to_day - from_day = ?4 AND to_day <= ?3 AND observed_day <= ?5
  GROUP BY from_day, to_day, asin, sku_id)
GROUP BY asin, sku_id;

-- name: TrafficDays
-- readTraffic: a marketplace day by day, all versions.
SELECT day, observed_day, sessions, page_views, units FROM sales_traffic_daily
WHERE mkt = ?1 AND day BETWEEN ?2 AND ?3 ORDER BY day, observed_day;

-- name: LinesOfMarket
-- fetch: order lines of a day of a marketplace, of one SKU (?3) or all (0), newest first.
SELECT o.order_id, coalesce(n.name, ''), o.sku_id, o.mkt, o.status, o.state, o.fba, o.qty, o.currency, o.has_price, o.price, o.promotion, o.document_id, o.row
FROM sales_order_line o LEFT JOIN sales_order_name n ON n.id = -o.order_id
WHERE o.day = ?1 AND o.mkt = ?2 AND (?3 = 0 OR o.sku_id = ?3)
ORDER BY o.order_id DESC, o.sku_id DESC, o.seq DESC LIMIT ?5 OFFSET ?4;

-- name: ListLines
-- listed: order lines of some days (?1 to ?2), marketplaces (?3) and SKUs (?4; [] is all); of them those whose status (?6) or
-- order id (?7) fits, if ?5 is 1. What sorts first stands for the mark.
SELECT o.day, o.order_id, coalesce(n.name, ''), o.sku_id, o.mkt, o.status, o.state, o.fba, o.qty, o.currency, o.has_price, o.price, o.promotion, o.document_id, o.row
FROM sales_order_line o LEFT JOIN sales_order_name n ON n.id = -o.order_id
  JOIN sales_sku k ON k.id = o.sku_id JOIN sales_word w ON w.id = o.status
WHERE o.day BETWEEN ?1 AND ?2 AND o.mkt IN (SELECT value FROM json_each(?3)) AND (?4 = '[]' OR o.sku_id IN (SELECT value FROM json_each(?4)))
  AND (?5 = 0 OR o.status IN (SELECT value FROM json_each(?6)) OR coalesce(n.name,
    printf('%03d-%07d-%07d', o.order_id / 100000000000000, o.order_id / 10000000 % 10000000, o.order_id % 10000000)) LIKE ?7 ESCAPE '\')
ORDER BY /*sort*/ o.day DESC, o.order_id DESC, o.sku_id DESC, o.seq DESC LIMIT ?9 OFFSET ?8;

-- name: CountLines
-- listed: how many lines ListLines has.
SELECT count(*) FROM sales_order_line o LEFT JOIN sales_order_name n ON n.id = -o.order_id
WHERE o.day BETWEEN ?1 AND ?2 AND o.mkt IN (SELECT value FROM json_each(?3)) AND (?4 = '[]' OR o.sku_id IN (SELECT value FROM json_each(?4)))
  AND (?5 = 0 OR o.status IN (SELECT value FROM json_each(?6)) OR coalesce(n.name,
    printf('%03d-%07d-%07d', o.order_id / 100000000000000, o.order_id / 10000000 % 10000000, o.order_id % 10000000)) LIKE ?7 ESCAPE '\');

-- name: LinesOfOrder
-- ofOrder: the lines of an order on a day.
SELECT o.day, o.order_id, coalesce(n.name, ''), o.sku_id, o.mkt, o.status, o.state, o.fba, o.qty, o.currency, o.has_price, o.price, o.promotion, o.document_id, o.row
FROM sales_order_line o LEFT JOIN sales_order_name n ON n.id = -o.order_id WHERE o.day = ?1 AND o.order_id = ?2 ORDER BY o.sku_id, o.seq;

-- name: ListSettlementLines
-- settlements: of the newest ?4 lines of some days and marketplaces, those of a SKU (?5; 0 is all) that hold a text (?6).
-- What sorts first stands for the mark.
SELECT l.day, l.mkt, l.settlement_id, l.transaction_type, l.amount_type, l.amount_desc, l.order_id, l.sku_id, l.qty, l.amount, l.currency, l.document_id, l.row
FROM (SELECT * FROM sales_settlement_line x WHERE x.day BETWEEN ?1 AND ?2 AND +x.mkt IN (SELECT value FROM json_each(?3))
    ORDER BY x.day DESC, x.mkt DESC, x.row DESC LIMIT ?4) l JOIN sales_sku k ON k.id = l.sku_id
WHERE (?5 = 0 OR l.sku_id = ?5) AND (?6 = '%' OR k.name LIKE ?6 ESCAPE '\' OR l.order_id LIKE ?6 ESCAPE '\' OR l.settlement_id LIKE ?6 ESCAPE '\'
  OR l.transaction_type LIKE ?6 ESCAPE '\' OR l.amount_type LIKE ?6 ESCAPE '\' OR l.amount_desc LIKE ?6 ESCAPE '\')
ORDER BY /*sort*/ l.day DESC, l.mkt DESC, l.row DESC LIMIT ?8 OFFSET ?7;

-- name: CountSettlementLines
-- settlements: how many lines ListSettlementLines has.
SELECT count(*)
FROM (SELECT * FROM sales_settlement_line x WHERE x.day BETWEEN ?1 AND ?2 AND +x.mkt IN (SELECT value FROM json_each(?3))
    ORDER BY x.day DESC, x.mkt DESC, x.row DESC LIMIT ?4) l JOIN sales_sku k ON k.id = l.sku_id
WHERE (?5 = 0 OR l.sku_id = ?5) AND (?6 = '%' OR k.name LIKE ?6 ESCAPE '\' OR l.order_id LIKE ?6 ESCAPE '\' OR l.settlement_id LIKE ?6 ESCAPE '\'
  OR l.transaction_type LIKE ?6 ESCAPE '\' OR l.amount_type LIKE ?6 ESCAPE '\' OR l.amount_desc LIKE ?6 ESCAPE '\');

-- name: CountAllSettlementLines
-- settlements: how many lines there are on some days, from the index alone.
SELECT count(*) FROM sales_settlement_line x WHERE x.day BETWEEN ?1 AND ?2 AND +x.mkt IN (SELECT value FROM json_each(?3));

-- name: PricedLine
-- price: the line whose price of a SKU is the last of a day.
SELECT o.order_id, coalesce(n.name, ''), o.sku_id, o.mkt, o.status, o.state, o.fba, o.qty, o.currency, o.has_price, o.price, o.promotion, o.document_id, o.row
FROM sales_order_line o LEFT JOIN sales_order_name n ON n.id = -o.order_id
WHERE o.day = ?1 AND o.mkt = ?2 AND o.sku_id = ?3 AND o.state <> 1 AND o.has_price = 1 AND o.qty > 0 AND (o.price + o.qty / 2) / o.qty > 0 AND o.currency = ?4
ORDER BY o.purchased_at DESC, o.order_id DESC, o.seq DESC LIMIT 1;

-- name: RefundRows
-- refunds: principal refunded for one SKU (?4) or all (0), line by line; see AllRefunds and LiveRefunds.
SELECT day, order_id, sku_id, currency, observed_day, 0 AS settled, -amount, document_id, row, 'Settlement', '', 0, 0 FROM sales_settlement_line
WHERE refund = 1 AND amount_type = 'ItemPrice' AND amount_desc = 'Principal' AND day BETWEEN ?1 AND ?2 AND mkt = ?3 AND (?4 = 0 OR sku_id = ?4)
UNION ALL
SELECT t.day, t.order_id, t.sku_id, t.currency, t.observed_day, coalesce((SELECT min(s.observed_day) FROM sales_settlement_line s
    WHERE s.refund = 1 AND s.order_id = t.order_id AND (s.settlement_id = t.settlement_id OR t.settlement_id = '')), 0), -t.product_sales, t.document_id, t.row, 'Transaction', '', 0, 0
FROM sales_transaction t WHERE t.class = 'refund' AND t.day BETWEEN ?1 AND ?2 AND t.mkt = ?3 AND (?4 = 0 OR t.sku_id = ?4)
UNION ALL
SELECT t.day, t.order_id, t.sku_id, t.currency, 0, 0, -t.product_sales, t.document_id, t.row, 'Live transaction', t.id, t.content, v.first_at
FROM sales_live t JOIN sales_live_version v ON v.id = t.id AND v.content = t.content
WHERE t.class = 'refund' AND t.day BETWEEN ?1 AND ?2 AND t.mkt = ?3 AND (?4 = 0 OR t.sku_id = ?4)
ORDER BY 1 DESC, 8, 9;

-- name: SettlementHeads
-- settledThrough: the statements of a marketplace, the latest first, each with its first line.
SELECT s.id, s.start_at, s.end_at, s.observed_day, s.document_id, coalesce((SELECT min(l.row) FROM sales_settlement_line l WHERE l.settlement_id = s.id), 0)
FROM sales_settlement s WHERE s.mkt = ?1 AND s.end_at > s.start_at ORDER BY s.end_at DESC, s.id;

-- name: FeePlaces
-- fees: all versions of all previews and where they stand.
SELECT mkt, sku_id, observed_day, currency, total, document_id, row FROM sales_fee ORDER BY mkt, sku_id, observed_day;

-- name: AllRefunds
-- refunds: principal refunded, by day and SKU: in settlements, and in transactions with the day on which the
-- settlement of their order was first seen.
SELECT mkt, day, sku_id, currency, observed_day, 0, -sum(amount) FROM sales_settlement_line
WHERE refund = 1 AND amount_type = 'ItemPrice' AND amount_desc = 'Principal'
GROUP BY day, mkt, sku_id, currency, observed_day
UNION ALL
SELECT mkt, day, sku_id, currency, observed_day, settled, -sum(product_sales) FROM (
  SELECT t.mkt, t.day, t.sku_id, t.currency, t.observed_day, t.product_sales, coalesce((SELECT min(s.observed_day) FROM sales_settlement_line s
    WHERE s.refund = 1 AND s.order_id = t.order_id AND (s.settlement_id = t.settlement_id OR t.settlement_id = '')), 0) AS settled
  FROM sales_transaction t WHERE t.class = 'refund')
GROUP BY mkt, day, sku_id, currency, observed_day, settled;

-- name: AllTrafficDays
-- visits: every marketplace day by day, all versions.
SELECT mkt, day, observed_day, sessions, page_views, units, featured_offer_pct, document_id, row
FROM sales_traffic_daily ORDER BY mkt, day, observed_day;

-- name: ItemRows
-- loadReports: the rows of reports that begin and end in some days, all versions.
SELECT from_day, to_day, asin, sku_id, observed_day, sessions, page_views, units, featured_offer_pct, document_id, row
FROM sales_traffic_item WHERE mkt = ?1 AND from_day BETWEEN ?2 AND ?3 AND to_day <= ?3
ORDER BY from_day, to_day, asin, sku_id, observed_day;

-- name: FeeVersions
-- readFees: all versions of all previews.
SELECT mkt, sku_id, observed_day, currency, total FROM sales_fee WHERE ?1 = 0 OR mkt = ?1 ORDER BY mkt, sku_id, observed_day;

-- name: SettlementSpans
-- settlementSpans: what statements cover.
SELECT mkt, start_at, end_at, observed_day FROM sales_settlement WHERE end_at > start_at ORDER BY mkt, start_at;

-- name: ExportSettlements
-- Exports.
SELECT s.id, s.start_at, s.end_at, s.deposit_at, s.total,
  (SELECT coalesce(sum(l.amount), 0) FROM sales_settlement_line l WHERE l.settlement_id = s.id),
  (SELECT count(*) FROM sales_settlement_line l WHERE l.settlement_id = s.id),
  c.name, m.name, s.document_id
FROM sales_settlement s JOIN sales_word c ON c.id = s.currency JOIN sales_marketplace m ON m.id = s.mkt
WHERE s.end_at >= ?1 AND s.start_at < ?2 ORDER BY s.id;

-- name: ExportSettlementLines
-- Exports.
SELECT l.settlement_id, l.day, l.posted_at, m.name, l.transaction_type, l.amount_type, l.amount_desc, l.order_id, l.order_item, k.name, l.qty,
  l.amount, c.name, l.document_id, l.row
FROM sales_settlement_line l JOIN sales_word c ON c.id = l.currency JOIN sales_marketplace m ON m.id = l.mkt JOIN sales_sku k ON k.id = l.sku_id
WHERE l.day BETWEEN ?1 AND ?2 ORDER BY l.settlement_id, l.row, l.hash, l.occurrence;

-- name: ExportTransactions
-- Exports.
SELECT t.day, t.at, m.name, t.settlement_id, t.class, t.type, t.order_id, k.name, t.description, t.qty, t.product_sales, t.selling_fees, t.fba_fees,
  t.other_fees, t.promotions, t.other, t.total, c.name, t.document_id, t.row
FROM sales_transaction t JOIN sales_word c ON c.id = t.currency JOIN sales_marketplace m ON m.id = t.mkt JOIN sales_sku k ON k.id = t.sku_id
WHERE t.day BETWEEN ?1 AND ?2 ORDER BY t.day, t.at, t.hash, t.occurrence;

-- name: ExportReimbursements
-- Exports.
SELECT t.day, m.name, t.id, t.case_id, t.order_id, t.reason, k.name, t.per_unit, t.total, c.name, t.cash_units, t.stock_units, t.original_id, t.document_id, t.row
FROM sales_reimbursement t JOIN sales_word c ON c.id = t.currency JOIN sales_marketplace m ON m.id = t.mkt JOIN sales_sku k ON k.id = t.sku_id
WHERE t.day BETWEEN ?1 AND ?2 ORDER BY t.day, t.id, t.hash, t.occurrence;

-- name: ExportTrafficDays
-- Exports: the newest version of each day.
SELECT t.day, m.name, t.sessions, t.page_views, t.units, t.order_items, t.units_refunded, t.ordered_sales, c.name, t.featured_offer_pct, max(t.observed_day)
FROM sales_traffic_daily t JOIN sales_word c ON c.id = t.currency JOIN sales_marketplace m ON m.id = t.mkt
WHERE t.day BETWEEN ?1 AND ?2 GROUP BY t.day, m.name ORDER BY t.day, m.name;

-- name: ExportFees
-- Exports: the newest preview of each SKU.
SELECT m.name, k.name, max(t.observed_day), t.price, t.total, t.referral, t.fulfilment, t.size_tier, c.name
FROM sales_fee t JOIN sales_word c ON c.id = t.currency JOIN sales_marketplace m ON m.id = t.mkt JOIN sales_sku k ON k.id = t.sku_id
GROUP BY m.name, k.name ORDER BY m.name, k.name;

-- name: ExportMarketDays
-- Exports: the newest version of each day.
SELECT t.day, m.name, t.units, t.sales, t.orders, t.cancelled_units, t.pending_units, c.name, max(t.observed_day)
FROM sales_market_daily t JOIN sales_word c ON c.id = t.currency JOIN sales_marketplace m ON m.id = t.mkt
WHERE t.day BETWEEN ?1 AND ?2 GROUP BY t.day, m.name, c.name ORDER BY t.day, m.name, c.name;

-- name: ForgetLines
-- Forget.
DELETE FROM sales_order_line;
-- name: ForgetDayOrders
-- Forget.
DELETE FROM sales_day_orders;
-- name: ForgetDirty
-- Forget and Settle.
DELETE FROM sales_dirty;
-- name: ForgetDaily
-- Forget.
DELETE FROM sales_daily;
-- name: ForgetDailyWas
-- Forget.
DELETE FROM sales_daily_was;
-- name: ForgetMarketDaily
-- Forget.
DELETE FROM sales_market_daily;
-- name: ForgetItems
-- Forget.
DELETE FROM sales_item;
-- name: ForgetCoverage
-- Forget.
DELETE FROM sales_coverage;
-- name: ForgetTrafficDaily
-- Forget.
DELETE FROM sales_traffic_daily;
-- name: ForgetTrafficItems
-- Forget.
DELETE FROM sales_traffic_item;
-- name: ForgetSeen
-- Forget.
DELETE FROM sales_seen;
-- name: ForgetSettlements
-- Forget.
DELETE FROM sales_settlement;
-- name: ForgetSettlementLines
-- Forget.
DELETE FROM sales_settlement_line;
-- name: ForgetTransactions
-- Forget.
DELETE FROM sales_transaction;
-- name: ForgetLive
-- Forget.
DELETE FROM sales_live;
-- name: ForgetLiveVersions
-- Forget.
DELETE FROM sales_live_version;
-- name: ForgetFees
-- Forget.
DELETE FROM sales_fee;
-- name: ForgetReimbursements
-- Forget.
DELETE FROM sales_reimbursement;
-- name: ForgetTally
-- Forget: the counts of changes stay.
DELETE FROM sales_tally WHERE id < 10;
-- name: ForgetMarketplaces
-- Forget.
DELETE FROM sales_marketplace;
-- name: ForgetSKUs
-- Forget.
DELETE FROM sales_sku;
-- name: ForgetWords
-- Forget.
DELETE FROM sales_word;
-- name: ForgetOrderNames
-- Forget.
DELETE FROM sales_order_name;

-- name: Held
-- Held: rows by class and day, and whether a document of the JSON list ?1 told them. A statement counts whole, by its first
-- day; a fee preview by the last day on which it held.
SELECT class, document_id IN (SELECT value FROM json_each(?1)), day, count(*) FROM (
  SELECT 'amazon_fact' AS class, document_id, day FROM sales_order_line
  UNION ALL SELECT 'amazon_fact', document_id, day FROM sales_traffic_daily
  UNION ALL SELECT 'amazon_fact', document_id, from_day FROM sales_traffic_item
  UNION ALL SELECT 'amazon_fact', f.document_id, coalesce(
      (SELECT min(n.observed_day) FROM sales_fee n WHERE n.mkt = f.mkt AND n.sku_id = f.sku_id AND n.observed_day > f.observed_day),
      (SELECT max(c.to_day) FROM sales_coverage c WHERE c.stream = 'fee_estimates' AND c.mkt = f.mkt), f.observed_day) FROM sales_fee f
  UNION ALL SELECT 'legal', l.document_id, coalesce(
      (SELECT coalesce(nullif(s.start_at, 0), nullif(s.end_at, 0), nullif(s.deposit_at, 0)) / 86400 FROM sales_settlement s WHERE s.id = l.settlement_id), l.day)
    FROM sales_settlement_line l
  UNION ALL SELECT 'legal', document_id, day FROM sales_transaction
  UNION ALL SELECT 'legal', document_id, day FROM sales_reimbursement
  UNION ALL SELECT 'legal', document_id, day FROM sales_live
) GROUP BY 1, 2, 3;

-- name: PurgedDays
-- Purge: days and marketplaces before ?2 of which documents of the JSON list ?1 told lines.
SELECT DISTINCT day, mkt FROM sales_order_line WHERE day < ?2 AND document_id IN (SELECT value FROM json_each(?1));

-- name: PurgeLines
-- Purge: these lines.
DELETE FROM sales_order_line WHERE day < ?2 AND document_id IN (SELECT value FROM json_each(?1)) RETURNING day;

-- name: PurgeDaily
-- Purge: the roll-ups of pairs of day and marketplace, a JSON list.
DELETE FROM sales_daily WHERE (day, mkt) IN (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?1));

-- name: PurgeDailyWas
-- Purge: what they said before.
DELETE FROM sales_daily_was WHERE (day, mkt) IN (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?1));

-- name: PurgeMarketDaily
-- Purge: and their totals.
DELETE FROM sales_market_daily WHERE (mkt, day) IN (SELECT json_extract(value, '$[1]'), json_extract(value, '$[0]') FROM json_each(?1));

-- name: PurgeDayOrders
-- Purge: which orders these days hold.
DELETE FROM sales_day_orders WHERE day IN (SELECT json_extract(value, '$[0]') FROM json_each(?1));

-- name: LinesLeft
-- Purge: what is left of these days, with the newest observation.
SELECT o.day, o.mkt, m.name, max(o.observed_at) FROM sales_order_line o JOIN sales_marketplace m ON m.id = o.mkt
WHERE o.day IN (SELECT json_extract(value, '$[0]') FROM json_each(?1)) GROUP BY o.day, o.mkt;

-- name: PurgeTrafficDays
-- Purge: as PurgeLines.
DELETE FROM sales_traffic_daily WHERE day < ?2 AND document_id IN (SELECT value FROM json_each(?1)) RETURNING day;

-- name: PurgeTrafficItems
-- Purge: as PurgeLines, of periods that begin before ?2.
DELETE FROM sales_traffic_item WHERE from_day < ?2 AND document_id IN (SELECT value FROM json_each(?1)) RETURNING from_day;

-- name: PurgeFees
-- Purge: previews that no longer held on day ?2; see Held.
DELETE FROM sales_fee WHERE document_id IN (SELECT value FROM json_each(?1)) AND coalesce(
  (SELECT min(n.observed_day) FROM sales_fee n WHERE n.mkt = sales_fee.mkt AND n.sku_id = sales_fee.sku_id AND n.observed_day > sales_fee.observed_day),
  (SELECT max(c.to_day) FROM sales_coverage c WHERE c.stream = 'fee_estimates' AND c.mkt = sales_fee.mkt), observed_day) < ?2
RETURNING observed_day;

-- name: PurgeSettlementLines
-- Purge: lines of statements that begin before ?2, and of none; see Held.
DELETE FROM sales_settlement_line WHERE document_id IN (SELECT value FROM json_each(?1)) AND coalesce(
  (SELECT coalesce(nullif(s.start_at, 0), nullif(s.end_at, 0), nullif(s.deposit_at, 0)) / 86400 FROM sales_settlement s
    WHERE s.id = sales_settlement_line.settlement_id), day) < ?2
RETURNING day;

-- name: PurgeSettlements
-- Purge: the statements themselves.
DELETE FROM sales_settlement WHERE document_id IN (SELECT value FROM json_each(?1))
  AND coalesce(nullif(start_at, 0), nullif(end_at, 0), nullif(deposit_at, 0)) / 86400 < ?2
RETURNING start_at / 86400;

-- name: PurgeTransactions
-- Purge: as PurgeLines.
DELETE FROM sales_transaction WHERE day < ?2 AND document_id IN (SELECT value FROM json_each(?1)) RETURNING day;

-- name: PurgeReimbursements
-- Purge: as PurgeLines.
DELETE FROM sales_reimbursement WHERE day < ?2 AND document_id IN (SELECT value FROM json_each(?1)) RETURNING day;

-- name: PurgeLive
-- Purge: as PurgeLines.
DELETE FROM sales_live WHERE day < ?2 AND document_id IN (SELECT value FROM json_each(?1)) RETURNING day;

-- name: PurgeLiveVersions
-- Purge: versions of which nothing is left.
DELETE FROM sales_live_version WHERE NOT EXISTS (SELECT 1 FROM sales_live t WHERE t.id = sales_live_version.id AND t.content = sales_live_version.content);

-- name: PurgeCoverage
-- Purge: days before ?2 are no longer covered by documents of the JSON list ?1, in the streams of the JSON list ?3. A part
-- counts whole.
DELETE FROM sales_coverage WHERE stream IN (SELECT value FROM json_each(?3)) AND document_id IN (SELECT value FROM json_each(?1))
  AND (to_day < ?2 OR part <> 0 AND from_day < ?2);

-- name: NarrowCoverage
-- Purge: what they cover besides stays.
UPDATE sales_coverage SET from_day = ?2 WHERE from_day < ?2 AND stream IN (SELECT value FROM json_each(?3))
  AND document_id IN (SELECT value FROM json_each(?1));
