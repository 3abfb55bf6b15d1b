-- name: ListThresholds
-- Used by Store.Thresholds before every evaluation.
SELECT policy, name, value FROM rules_threshold;

-- name: CountChanges
-- Used by Store.Thresholds: versions of policies.
SELECT policy, count(*) FROM rules_change GROUP BY policy;

-- name: SetThreshold
-- Used by Store.Set.
INSERT INTO rules_threshold (policy, name, value) VALUES (?1, ?2, ?3)
ON CONFLICT (policy, name) DO UPDATE SET value = excluded.value;

-- name: ResetThreshold
-- Used by Store.Reset.
DELETE FROM rules_threshold WHERE policy = ?1 AND name = ?2;

-- name: AddChange
-- Used by Store.Set and Store.Reset; a NULL value is a return to the default.
INSERT INTO rules_change (at, policy, name, value) VALUES (?1, ?2, ?3, ?4);
