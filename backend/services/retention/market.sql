-- name: AddStep
INSERT INTO retention_step(run, part, class, documents, rows, bytes, before_day, unread) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT(run, part, class) DO UPDATE SET documents = documents + excluded.documents, rows = rows + excluded.rows,
  bytes = bytes + excluded.bytes, before_day = excluded.before_day,
  unread = iif(excluded.unread = '[]', unread, excluded.unread);

-- name: Steps
-- Used at the end of a run.
SELECT part, class, documents, rows, bytes, before_day, unread FROM retention_step WHERE run = ?1 ORDER BY part, class;

-- name: ForgetSteps
-- Used when the ledger has them.
DELETE FROM retention_step WHERE run <= ?1;
