-- name: AllDecisions
-- Used by Apply and Inbox.
SELECT id, identity, state, firing, regressed, proposal, first_seen, last_seen, state_at, reason, note, units,
       snooze, snooze_until, snooze_worse, revision, not_done
FROM decisions_decision ORDER BY id;

-- name: OneDecision
-- Used by every transition and by Get.
SELECT id, identity, state, firing, regressed, proposal, first_seen, last_seen, state_at, reason, note, units,
       snooze, snooze_until, snooze_worse, revision, not_done
FROM decisions_decision WHERE id = ?1;

-- name: ProposedFor
-- Used by ProposedFor: what a policy ever proposed something for.
SELECT DISTINCT json_extract(proposal, '$.Subject') AS subject FROM decisions_decision
WHERE json_extract(proposal, '$.Policy') = ?1 ORDER BY subject;

-- name: PutDecision
-- Used by every transition.
INSERT INTO decisions_decision (id, identity, state, firing, regressed, proposal, first_seen, last_seen, state_at, reason, note, units,
       snooze, snooze_until, snooze_worse, revision, not_done)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
ON CONFLICT (id) DO UPDATE SET
  state = excluded.state, firing = excluded.firing, regressed = excluded.regressed, proposal = excluded.proposal,
  first_seen = excluded.first_seen, last_seen = excluded.last_seen, state_at = excluded.state_at, reason = excluded.reason,
  note = excluded.note, units = excluded.units, snooze = excluded.snooze, snooze_until = excluded.snooze_until,
  snooze_worse = excluded.snooze_worse, revision = excluded.revision, not_done = excluded.not_done;

-- name: AuditHead
-- Used by every transition to chain its row, and by Verify.
SELECT seq, hash FROM decisions_audit_head WHERE one = 1;

-- name: AuditSize
-- Used by AuditSize: how many rows there are, and when the first was written.
SELECT count(*), COALESCE(min(at), 0) FROM decisions_audit;

-- name: SetAuditHead
-- Used by every transition.
INSERT INTO decisions_audit_head (one, seq, hash) VALUES (1, ?1, ?2)
ON CONFLICT (one) DO UPDATE SET seq = excluded.seq, hash = excluded.hash;

-- name: AddAudit
-- Used by every transition.
INSERT INTO decisions_audit (seq, at, decision, from_state, to_state, who, reason, payload_hash, prev_hash, hash)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);

-- name: Anchored
-- Used by Anchor and Verify: the newest row that is held outside the database.
SELECT anchored FROM decisions_audit_head WHERE one = 1;

-- name: SetAnchored
-- Used by Anchor.
UPDATE decisions_audit_head SET anchored = ?1 WHERE one = 1;

-- name: AuditHash
-- Used by Anchor: the file goes on only where the chain has what it holds.
SELECT hash FROM decisions_audit WHERE seq = ?1;

-- name: LastOf
-- Used by RecordChange and LastOf.
SELECT to_state FROM decisions_audit WHERE decision = ?1 ORDER BY seq DESC LIMIT 1;

-- name: AuditAfter
-- Used by Verify: the rows after one.
SELECT seq, at, decision, from_state, to_state, who, reason, payload_hash, prev_hash, hash FROM decisions_audit WHERE seq > ?1 ORDER BY seq;

-- name: AuditLocks
-- Used by Verify: what keeps rows from being changed or deleted.
SELECT count(*) FROM sqlite_master
WHERE type = 'trigger' AND tbl_name = 'decisions_audit' AND sql LIKE '%RAISE(ABORT%'
  AND name IN ('decisions_audit_no_update', 'decisions_audit_no_delete');

-- name: History
-- Used by Get.
SELECT seq, at, decision, from_state, to_state, who, reason, payload_hash, prev_hash, hash FROM decisions_audit
WHERE decision = ?1 ORDER BY seq;

-- name: States
-- Used by Verify: each decision must be in the state its last audit row says.
SELECT id, state FROM decisions_decision ORDER BY id;

-- name: AuditSince
-- Used by Stats: the whole audit of each decision that is open or has changed since.
SELECT a.decision, d.identity, a.at, a.from_state, a.to_state, a.who, a.reason
FROM decisions_decision d JOIN decisions_audit a ON a.decision = d.id
WHERE d.state_at >= ?1 OR d.state IN ('proposed', 'snoozed')
ORDER BY a.decision, a.seq;

-- name: OneLine
-- Used by Approve, Edit and Get.
SELECT marketplace, sku, units, decision, cost_minor, cost_currency, state, created_at
FROM decisions_restock_line WHERE marketplace = ?1 AND sku = ?2;

-- name: AllLines
-- Used by RestockLines.
SELECT marketplace, sku, units, decision, cost_minor, cost_currency, state, created_at
FROM decisions_restock_line ORDER BY marketplace, sku;

-- name: PutLine
-- Used by the executor of the draft order.
INSERT INTO decisions_restock_line (marketplace, sku, units, decision, cost_minor, cost_currency, state, created_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (marketplace, sku) DO UPDATE SET
  units = excluded.units, decision = excluded.decision, cost_minor = excluded.cost_minor,
  cost_currency = excluded.cost_currency, state = excluded.state, created_at = excluded.created_at;

-- name: DropLine
-- Used by the executor of the draft order.
DELETE FROM decisions_restock_line WHERE marketplace = ?1 AND sku = ?2;

-- name: OneTask
-- Used by Approve, CheckTask and Get.
SELECT decision, title, label, link, steps, done, created_at, owner, due FROM decisions_task WHERE decision = ?1;

-- name: AllTasks
-- Used by Tasks and Inbox.
SELECT decision, title, label, link, steps, done, created_at, owner, due FROM decisions_task ORDER BY created_at, decision;

-- name: PutTask
-- Used by CheckTask and the executor of tasks.
INSERT INTO decisions_task (decision, title, label, link, steps, done, created_at, owner, due) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (decision) DO UPDATE SET
  title = excluded.title, label = excluded.label, link = excluded.link, steps = excluded.steps, done = excluded.done,
  created_at = excluded.created_at, owner = excluded.owner, due = excluded.due;

-- name: DropTask
-- Used by the executor of tasks.
DELETE FROM decisions_task WHERE decision = ?1;

-- name: AddJournal
-- Used by everything a person does.
INSERT INTO decisions_journal (at, verb, title, steps) VALUES (?1, ?2, ?3, ?4);

-- name: Undoable
-- Used by Undo and LastUndoable: newest first.
SELECT seq, at, verb, title, steps FROM decisions_journal WHERE undone = 0 ORDER BY seq DESC LIMIT 50;

-- name: MarkUndone
-- Used by Undo.
UPDATE decisions_journal SET undone = 1 WHERE seq = ?1 AND undone = 0;

-- name: SetApplied
-- Used by Apply.
INSERT INTO decisions_applied (one, as_of, at) VALUES (1, ?1, ?2)
ON CONFLICT (one) DO UPDATE SET as_of = excluded.as_of, at = excluded.at;

-- name: GetApplied
-- Used by Inbox.
SELECT as_of, at FROM decisions_applied WHERE one = 1;

-- name: OneNote
-- Used by the executor of notes.
SELECT decision, subject, text FROM decisions_note WHERE decision = ?1;

-- name: NotesOf
-- Used by Notes: what is kept with a subject, newest first.
SELECT decision, subject, text, created_at FROM decisions_note WHERE subject = ?1 ORDER BY created_at DESC, decision;

-- name: PutNote
-- Used by the executor of notes.
INSERT INTO decisions_note (decision, subject, text, created_at) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (decision) DO UPDATE SET subject = excluded.subject, text = excluded.text, created_at = excluded.created_at;

-- name: DropNote
-- Used by the executor of notes.
DELETE FROM decisions_note WHERE decision = ?1;

-- name: ClaimOrder
-- Used by the executor of review requests, before anything is sent; whoever was first keeps it.
INSERT INTO decisions_asked (marketplace, amazon_order, key, at) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (marketplace, amazon_order) DO NOTHING;

-- name: HolderOfOrder
-- Used by the executor of review requests.
SELECT key FROM decisions_asked WHERE marketplace = ?1 AND amazon_order = ?2;

-- name: ReleaseOrder
-- Used by the executor of review requests where nothing was sent.
DELETE FROM decisions_asked WHERE marketplace = ?1 AND amazon_order = ?2 AND key = ?3;
