-- name: ListOwn
-- Used by Items: costs and lead times.
SELECT mkt, sku, cost_minor, currency, lead_days FROM catalog_own;

-- name: SetOwn
-- Used by Set and the costs file.
INSERT INTO catalog_own(mkt, sku, cost_minor, currency, lead_days, changed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT(mkt, sku) DO UPDATE SET cost_minor = excluded.cost_minor, currency = excluded.currency,
  lead_days = excluded.lead_days, changed_at = excluded.changed_at;

-- name: GetSetting
SELECT value FROM catalog_setting WHERE name = ?1;

-- name: SetSetting
INSERT INTO catalog_setting(name, value) VALUES (?1, ?2) ON CONFLICT(name) DO UPDATE SET value = excluded.value;
