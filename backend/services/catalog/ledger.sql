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

-- name: Version
-- Used before every answer from memory.
SELECT n FROM catalog_version;

-- name: Bump
-- Used by everything that changes the seller's own figures or marks.
UPDATE catalog_version SET n = n + 1;

-- name: ListMarks
-- Used by Marks: tags in the order in which they are shown, then groups.
SELECT mkt, sku, false, tag, folded AS rank FROM catalog_tag
UNION ALL SELECT mkt, sku, true, name, '' FROM catalog_group ORDER BY rank;

-- name: DropTags
-- Used by SetMarks and RestoreMarks: the tags of SKUs, before they are written anew.
DELETE FROM catalog_tag WHERE (mkt, sku) IN (SELECT c0, c1 FROM temp.bulk WHERE handle = ?1);

-- name: DropGroups
DELETE FROM catalog_group WHERE (mkt, sku) IN (SELECT c0, c1 FROM temp.bulk WHERE handle = ?1);

-- name: AddTags
INSERT INTO catalog_tag(mkt, sku, folded, tag) SELECT c0, c1, c2, c3 FROM temp.bulk WHERE handle = ?1;

-- name: AddGroups
INSERT INTO catalog_group(mkt, sku, name) SELECT c0, c1, c2 FROM temp.bulk WHERE handle = ?1;
