-- name: Begin
-- Used at the start: since when inputs are kept.
INSERT INTO audits_began (one, at) VALUES (1, ?1) ON CONFLICT (one) DO UPDATE SET at = at RETURNING at;

-- name: Keep
-- Used before every evaluation: what an action rested on.
INSERT INTO audits_kept (action, decision, subject, at, stake_minor, stake_currency, stake_per, head, inputs)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (action) DO NOTHING;

-- name: KeptHeads
-- Used by every list of items.
SELECT action, subject, at, stake_minor, stake_currency, stake_per, head FROM audits_kept ORDER BY action;

-- name: KeptInputs
-- Used by Item.
SELECT at, inputs FROM audits_kept WHERE action = ?1;

-- name: Draws
-- Used by every list of items.
SELECT month, kind, through, seed, head FROM audits_draw ORDER BY month, kind, through;

-- name: AddDraw
-- Used by Judge: the sample is fixed with the first verdict.
INSERT INTO audits_draw (month, kind, through, seed, head, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- name: Reviews
-- Used by every list of items: oldest first.
SELECT id, month, action, kind, policy, version, verdict, cause, note, answers, rerun, at FROM audits_review ORDER BY id;

-- name: ReviewsOf
-- Used by Item: oldest first.
SELECT id, month, action, kind, policy, version, verdict, cause, note, answers, rerun, at FROM audits_review WHERE action = ?1 ORDER BY id;

-- name: AddReview
-- Used by Judge.
INSERT INTO audits_review (month, action, kind, policy, version, verdict, cause, note, answers, rerun, at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) RETURNING id;

-- name: AddEffect
-- Used by Judge, after its policies were taken back.
INSERT INTO audits_effect (review, text) VALUES (?1, ?2);

-- name: Effects
-- Used by Report.
SELECT r.action, r.at, e.text FROM audits_effect e JOIN audits_review r ON r.id = e.review WHERE r.month = ?1 ORDER BY e.id;

-- name: AddResult
-- Used by Run and Answer.
INSERT INTO audits_result (list, name, at, result, text, evidence, total, checked, unknown, stale, note)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11);

-- name: LastResults
-- Used by Checklists: the newest result of each check.
SELECT id, list, name, at, result, text, evidence, total, checked, unknown, stale, note FROM audits_result
WHERE id IN (SELECT max(id) FROM audits_result GROUP BY list, name) ORDER BY id;

-- name: ResultsSince
-- Used by the trend: oldest first.
SELECT list, name, at, result, stale FROM audits_result WHERE at >= ?1 ORDER BY id;

-- name: Schedules
-- Used by Checklists.
SELECT list, every, ran FROM audits_schedule ORDER BY list;

-- name: SetEvery
-- Used by Schedule.
INSERT INTO audits_schedule (list, every) VALUES (?1, ?2) ON CONFLICT (list) DO UPDATE SET every = excluded.every;

-- name: SetRan
-- Used by Run.
INSERT INTO audits_schedule (list, ran) VALUES (?1, ?2) ON CONFLICT (list) DO UPDATE SET ran = excluded.ran;

-- name: Tasks
-- Used by Checklists: findings that were made tasks.
SELECT list, name, result, action, at FROM audits_task ORDER BY at;

-- name: AddTask
-- Used by TurnIntoTask.
INSERT INTO audits_task (list, name, result, action, at) VALUES (?1, ?2, ?3, ?4, ?5);

-- name: Unfollowed
-- Used by Enforce: verdicts of which nothing followed yet.
SELECT id FROM audits_review r WHERE verdict <> 'right' AND NOT EXISTS (SELECT 1 FROM audits_effect e WHERE e.review = r.id) ORDER BY id;
