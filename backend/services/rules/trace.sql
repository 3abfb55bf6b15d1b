-- name: LastTraces
-- Used by traceStore.open: how each policy ended last for each subject.
SELECT policy, subject, sign FROM rules_trace AS t
WHERE id = (SELECT max(id) FROM rules_trace WHERE subject = t.subject AND policy = t.policy);

-- name: TraceSize
-- Used by traceStore.open and traceStore.prune.
SELECT coalesce(sum(size), 0) FROM rules_trace;

-- name: AddTrace
-- Used by traceStore.add.
INSERT INTO rules_trace (policy, subject, day, at, version, outcome, case_name, sign, body, size)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);

-- name: TrimTraces
-- Used by traceStore.add: the newest of a policy and a subject stay.
DELETE FROM rules_trace WHERE subject = ?1 AND policy = ?2 AND id <=
  (SELECT id FROM rules_trace WHERE subject = ?1 AND policy = ?2 ORDER BY id DESC LIMIT 1 OFFSET ?3);

-- name: PruneTraces
-- Used by traceStore.prune: the oldest go first, until at least so many bytes are free.
DELETE FROM rules_trace WHERE id IN (
  SELECT id FROM (SELECT id, size, sum(size) OVER (ORDER BY id) AS freed FROM rules_trace) WHERE freed - size < ?1
);

-- name: TracesOf
-- Used by traceStore.list: newest first, with how the policy ended before.
SELECT t.policy, t.subject, t.day, t.at, t.version, t.outcome, t.case_name, t.body, p.outcome, p.case_name
FROM rules_trace AS t
LEFT JOIN rules_trace AS p ON p.id =
  (SELECT max(id) FROM rules_trace WHERE subject = t.subject AND policy = t.policy AND id < t.id)
WHERE t.subject = ?1 AND (?2 = '' OR t.policy = ?2)
ORDER BY t.id DESC LIMIT ?3;
