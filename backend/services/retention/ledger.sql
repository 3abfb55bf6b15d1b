-- name: Classes
SELECT name, days, years, law, changed_at FROM retention_class;

-- name: PutClass
INSERT INTO retention_class(name, days, years, law, changed_at) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT(name) DO UPDATE SET days = excluded.days, years = excluded.years, law = excluded.law, changed_at = excluded.changed_at;

-- name: Runs
-- Used by the page, newest first.
SELECT id, began_at, ended_at, who, freed, parts, waiting FROM retention_run ORDER BY id DESC LIMIT ?1;

-- name: OpenRun
-- Used by Purge: the one that was cut.
SELECT id FROM retention_run WHERE ended_at = 0 ORDER BY id DESC LIMIT 1;

-- name: LastRun
-- Used by Run: when the last one that ended began, and which parts could not let go then.
SELECT began_at, waiting FROM retention_run WHERE ended_at > 0 ORDER BY id DESC LIMIT 1;

-- name: AddRun
INSERT INTO retention_run(began_at, ended_at, who, freed, parts, waiting) VALUES (?1, 0, ?2, 0, '[]', '[]') RETURNING id;

-- name: EndRun
UPDATE retention_run SET ended_at = ?2, freed = ?3, parts = ?4, waiting = ?5 WHERE id = ?1;

-- name: ForgetRuns
-- Used by Purge: runs that let nothing go are kept for a while only.
DELETE FROM retention_run WHERE ended_at > 0 AND began_at < ?1 AND parts = '[]';
