-- name: NoteItems
-- Used by Note: fills what is known, never blanks it.
INSERT INTO catalog_item(mkt, sku, asin, title, price_minor, currency)
SELECT c0, c1, c2, c3, c4, c5 FROM temp.bulk WHERE handle = ?1
ON CONFLICT(mkt, sku) DO UPDATE SET
  asin = CASE WHEN excluded.asin <> '' THEN excluded.asin ELSE asin END,
  title = CASE WHEN excluded.title <> '' THEN excluded.title ELSE title END,
  price_minor = CASE WHEN excluded.currency <> '' THEN excluded.price_minor ELSE price_minor END,
  currency = CASE WHEN excluded.currency <> '' THEN excluded.currency ELSE currency END
WHERE (excluded.asin <> '' AND excluded.asin <> asin) OR (excluded.title <> '' AND excluded.title <> title)
   OR (excluded.currency <> '' AND (excluded.price_minor <> price_minor OR excluded.currency <> currency));

-- name: ListItems
-- Used by Items and the costs page; the seller's own figures are joined in Go, they live in another file.
SELECT mkt, sku, asin, title, price_minor, currency FROM catalog_item ORDER BY mkt, sku;

-- name: Version
-- Used before every answer from memory.
SELECT n FROM catalog_version;

-- name: Bump
-- Used by Note when it changed something.
UPDATE catalog_version SET n = n + 1;
