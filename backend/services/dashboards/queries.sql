-- name: AllViews
-- Used by Views.
SELECT id, name, page, address FROM dashboards_view ORDER BY page, name COLLATE NOCASE, id;

-- name: PutView
-- Used by SaveView.
INSERT INTO dashboards_view(id, name, page, address, saved_at) VALUES (?, ?, ?, ?, ?)
ON CONFLICT(id) DO UPDATE SET name = excluded.name, page = excluded.page, address = excluded.address, saved_at = excluded.saved_at;

-- name: DropView
-- Used by DeleteView.
DELETE FROM dashboards_view WHERE id = ?;

-- name: AllRates
-- Used by Rates and whenever amounts are converted.
SELECT from_currency, to_currency, day, rate, source FROM dashboards_rate ORDER BY day DESC, from_currency, to_currency;

-- name: PutRate
-- Used by SetRate.
INSERT INTO dashboards_rate(from_currency, to_currency, day, rate, source) VALUES (?, ?, ?, ?, ?)
ON CONFLICT(from_currency, to_currency, day) DO UPDATE SET rate = excluded.rate, source = excluded.source;

-- name: DropRate
-- Used by DeleteRate.
DELETE FROM dashboards_rate WHERE from_currency = ? AND to_currency = ? AND day = ?;
