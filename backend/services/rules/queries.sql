-- name: ListThresholds
-- Used by Store.account.
SELECT policy, name, value FROM rules_threshold;

-- name: CountChanges
-- Used by Store.account: versions of policies.
SELECT policy, count(*), max(at) FROM rules_change GROUP BY policy;

-- name: SetThreshold
-- Used by Store.setThreshold.
INSERT INTO rules_threshold (policy, name, value) VALUES (?1, ?2, ?3)
ON CONFLICT (policy, name) DO UPDATE SET value = excluded.value;

-- name: ResetThreshold
-- Used by Store.resetThreshold.
DELETE FROM rules_threshold WHERE policy = ?1 AND name = ?2;

-- name: AddChange
-- Used by Store.setThreshold and Store.resetThreshold; a NULL value is a return to the default.
INSERT INTO rules_change (at, policy, name, value) VALUES (?1, ?2, ?3, ?4);

-- name: LatestPolicies
-- Used by Store.account.
SELECT p.policy, p.version, p.at, p.note, p.yaml, p.changes, p.follows FROM rules_policy AS p
WHERE p.version = (SELECT max(version) FROM rules_policy WHERE policy = p.policy) ORDER BY p.policy;

-- name: PolicyVersions
-- Used by Store.versions: newest first.
SELECT policy, version, at, note, yaml, changes, follows FROM rules_policy WHERE policy = ?1 ORDER BY version DESC;

-- name: AddPolicy
-- Used by Store.keep; the number of changes so far is read where it is needed, in the same transaction.
INSERT INTO rules_policy (policy, version, at, note, yaml, changes, follows)
VALUES (?1, ?2, ?3, ?4, ?5, (SELECT count(*) FROM rules_change WHERE policy = ?1), ?6);

-- name: ResetThresholds
-- Used by Store.keep and Store.remove: the text has the figures now.
DELETE FROM rules_threshold WHERE policy = ?1;

-- name: RemovePolicy
-- Used by Store.remove.
DELETE FROM rules_policy WHERE policy = ?1;

-- name: RemoveSwitch
-- Used by Store.remove.
DELETE FROM rules_switch WHERE policy = ?1;

-- name: RemoveExceptions
-- Used by Store.remove.
DELETE FROM rules_exception WHERE policy = ?1;

-- name: ListSwitches
-- Used by Store.account.
SELECT policy, enabled FROM rules_switch;

-- name: SetSwitch
-- Used by Store.switchTo.
INSERT INTO rules_switch (policy, enabled) VALUES (?1, ?2)
ON CONFLICT (policy) DO UPDATE SET enabled = excluded.enabled;

-- name: ListExceptions
-- Used by Store.account.
SELECT policy, case_name, subject, reason, coalesce(until, 0), at FROM rules_exception ORDER BY at DESC, policy, subject, case_name;

-- name: AddException
-- Used by Store.except; naming a subject again changes its reason and end.
INSERT INTO rules_exception (policy, case_name, subject, reason, until, at) VALUES (?1, ?2, ?3, ?4, nullif(?5, 0), ?6)
ON CONFLICT (policy, case_name, subject) DO UPDATE SET reason = excluded.reason, until = excluded.until, at = excluded.at;

-- name: RemoveException
-- Used by Store.readmit.
DELETE FROM rules_exception WHERE policy = ?1 AND case_name = ?2 AND subject = ?3;

-- name: GetTests
-- Used by Store.tests.
SELECT text FROM rules_tests WHERE policy = ?1;

-- name: SetTests
-- Used by Store.keepTests.
INSERT INTO rules_tests (policy, text) VALUES (?1, ?2) ON CONFLICT (policy) DO UPDATE SET text = excluded.text;

-- name: RemoveTests
-- Used by Store.keepTests and Store.remove.
DELETE FROM rules_tests WHERE policy = ?1;
