-- name: AddAction
-- Used by Approve and Rollback.
INSERT INTO actions_action (key, decision, title, policy, version, kind, entity, field, before, after, payload, size, hash, state, who,
  approved_at, expires_at, not_before, batch, position, reverses, subject)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 'approved', ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)
RETURNING id;

-- name: OneAction
-- Used by every transition.
SELECT id, key, decision, title, policy, version, kind, entity, field, before, after, payload, size, hash, state, who, approved_at, expires_at,
  not_before, batch, position, reverses, tries, waits, reason, ref, receipt, seen, began_at, ended_at, done_at, subject
FROM actions_action WHERE id = ?1;

-- name: Pending
-- Used by the worker and at the start: what is not over. What cannot be read back is over when it was sent.
SELECT id, key, decision, title, policy, version, kind, entity, field, before, after, payload, size, hash, state, who, approved_at, expires_at,
  not_before, batch, position, reverses, tries, waits, reason, ref, receipt, seen, began_at, ended_at, done_at, subject
FROM actions_action WHERE state IN ('approved', 'sending') OR (state = 'sent' AND ended_at = 0) ORDER BY id;

-- name: OfDecision
-- Used to show a decision and to undo it: newest first.
SELECT id, key, decision, title, policy, version, kind, entity, field, before, after, payload, size, hash, state, who, approved_at, expires_at,
  not_before, batch, position, reverses, tries, waits, reason, ref, receipt, seen, began_at, ended_at, done_at, subject
FROM actions_action WHERE decision = ?1 ORDER BY id DESC;

-- name: FirstOfBatch
-- Used by the gate of a batch: the first of those that were not refused or taken back.
SELECT id, position, state = 'verified' OR state = 'rolled_back' OR (state = 'sent' AND ended_at > 0) FROM actions_action
WHERE batch = ?1 AND batch <> '' AND state NOT IN ('failed', 'cancelled') ORDER BY position LIMIT ?2;

-- name: BadOfBatch
-- Used by the gate of a batch: what a person must look at before any other of it goes.
SELECT title, state, position FROM actions_action
WHERE batch = ?1 AND batch <> '' AND state IN ('mismatch', 'unknown') ORDER BY position LIMIT 1;

-- name: Newest
-- Used by the journal: newest first, from an id down.
SELECT id, key, decision, title, policy, version, kind, entity, field, before, after, payload, size, hash, state, who, approved_at, expires_at,
  not_before, batch, position, reverses, tries, waits, reason, ref, receipt, seen, began_at, ended_at, done_at, subject
FROM actions_action WHERE id < ?1 AND approved_at >= ?2 AND approved_at < ?3 ORDER BY id DESC LIMIT ?4;

-- name: PutAction
-- Used by every transition; nothing happens if another one came first.
UPDATE actions_action SET state = ?2, not_before = ?3, tries = ?4, waits = ?5, reason = ?6, ref = ?7, receipt = ?8, seen = ?9,
  began_at = ?10, ended_at = ?11, done_at = ?12 WHERE id = ?1 AND state = ?13 AND tries = ?14;

-- name: Past
-- Used by the guards: what was done of a kind since a moment, or may have been; without one action. What nobody knows
-- the end of has no time, and neither has what was taken and is not read back yet: it may happen any moment.
SELECT done_at, entity, field, size, reverses FROM actions_action
WHERE kind = ?1 AND id <> ?3 AND done_at >= ?2 AND done_at > 0 AND (state IN ('verified', 'rolled_back') OR (state = 'sent' AND ended_at > 0))
UNION ALL
SELECT 0, entity, field, size, reverses FROM actions_action
WHERE +kind = ?1 AND id <> ?3 AND (state IN ('sending', 'mismatch', 'unknown') OR (state = 'sent' AND ended_at = 0));

-- name: Blocking
-- Used by the guards: what keeps others away from a field while it is under way, and from all of an entity until a person
-- looked.
SELECT title, state FROM actions_action
WHERE entity = ?1 AND id <> ?3 AND (state IN ('mismatch', 'unknown') OR
  (field = ?2 AND (state = 'sending' OR (state = 'sent' AND ended_at = 0)))) ORDER BY id LIMIT 1;

-- name: Twin
-- Used by Approve: the same, byte for byte, that is not over.
SELECT title, state FROM actions_action
WHERE hash = ?1 AND (state IN ('approved', 'sending', 'mismatch', 'unknown') OR (state = 'sent' AND ended_at = 0)) LIMIT 1;

-- name: TakingBack
-- Used by Rollback: what takes an action back, or did.
SELECT count(*) FROM actions_action WHERE reverses = ?1 AND reverses <> 0 AND state NOT IN ('failed', 'cancelled');

-- name: Latest
-- Used to notice a clock that was put back.
SELECT latest FROM actions_clock WHERE id = 1;

-- name: SetLatest
-- Used to notice a clock that was put back.
UPDATE actions_clock SET latest = ?1 WHERE id = 1;

-- name: Awaiting
-- Used when the clock was put back: what was approved and has not begun.
SELECT id, key, decision, title, policy, version, kind, entity, field, before, after, payload, size, hash, state, who, approved_at, expires_at,
  not_before, batch, position, reverses, tries, waits, reason, ref, receipt, seen, began_at, ended_at, done_at, subject
FROM actions_action WHERE state = 'approved' ORDER BY id;

-- name: Sooner
-- Used when the clock was put back: what is looked at again later is looked at now.
UPDATE actions_action SET not_before = ?1 WHERE state IN ('sending', 'sent') AND not_before > ?1;

-- name: Limits
-- Used by the guards and the settings.
SELECT kind, name, value FROM actions_limit ORDER BY kind, name;

-- name: SetLimit
-- Used by SetLimit.
INSERT INTO actions_limit (kind, name, value, set_at) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (kind, name) DO UPDATE SET value = excluded.value, set_at = excluded.set_at;

-- name: DropLimit
-- Used by SetLimit to return to what was shipped.
DELETE FROM actions_limit WHERE kind = ?1 AND name = ?2;

-- name: Modes
-- Used by Modes.
SELECT policy, mode, since, consent, band, why FROM actions_mode ORDER BY policy;

-- name: OneMode
-- Used by the guards of what acts by itself.
SELECT policy, mode, since, consent, band, why FROM actions_mode WHERE policy = ?1;

-- name: SetMode
-- Used by SetMode and by demotion.
INSERT INTO actions_mode (policy, mode, since, consent, band, why) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (policy) DO UPDATE SET mode = excluded.mode, since = excluded.since, consent = excluded.consent, band = excluded.band, why = excluded.why;

-- name: StateCounts
-- Used by the status line.
SELECT state, count(*) FROM actions_action
WHERE state IN ('approved', 'sending', 'mismatch', 'unknown') OR (state = 'sent' AND ended_at = 0) GROUP BY state;

-- name: ActionStates
-- Used when the audit is checked: each action must be in the state its last row says.
SELECT id, state FROM actions_action ORDER BY id;

-- name: DoneBy
-- Used by what acts by itself: actions of a policy that nobody was asked about, since a moment; without one action.
SELECT count(*) FROM actions_action
WHERE policy = ?1 AND who = 'purser' AND reverses = 0 AND approved_at >= ?2 AND id <> ?3 AND state NOT IN ('failed', 'cancelled');

-- name: StoppedKinds
-- Used by the guards, the status line and the settings.
SELECT kind, reason, since FROM actions_stopped_kind ORDER BY kind;

-- name: StopKind
-- Used when nothing of a kind is taken any more; the first reason stays.
INSERT INTO actions_stopped_kind (kind, reason, since) VALUES (?1, ?2, ?3) ON CONFLICT (kind) DO NOTHING;

-- name: ResumeKind
-- Used when a person lets a kind go on.
DELETE FROM actions_stopped_kind WHERE kind = ?1;
