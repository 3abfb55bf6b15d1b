-- name: ListSent
-- Used by Notify to say each thing once.
SELECT key FROM notifications_sent;

-- name: AddSent
INSERT INTO notifications_sent(key, at, title) VALUES (?1, ?2, ?3) ON CONFLICT(key) DO NOTHING;

-- name: DropSent
-- Used when a thing has cleared, so that it may be told again when it returns.
DELETE FROM notifications_sent WHERE key = ?1;

-- name: AddWaiting
-- Used by Notify for what is new, or has become urgent since.
INSERT INTO notifications_waiting(key, cause, title, urgent, since) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT(key) DO UPDATE SET title = excluded.title, urgent = excluded.urgent;

-- name: DropWaiting
-- Used when a thing was told, or has cleared before it was.
DELETE FROM notifications_waiting WHERE key = ?1;

-- name: ListWaiting
SELECT key, cause, title, urgent, since FROM notifications_waiting ORDER BY since, key;

-- name: AddEvent
-- Used by Notify: what Preview looks at.
INSERT INTO notifications_event(at, cause, title, urgent) VALUES (?1, ?2, ?3, ?4);

-- name: DropEvents
-- Used by Notify: Preview looks at a week.
DELETE FROM notifications_event WHERE at < ?1;

-- name: ListEvents
SELECT at, cause, title, urgent FROM notifications_event WHERE at >= ?1 ORDER BY at, id;

-- name: AddMessage
INSERT INTO notifications_message(at, brief, things, title, body) VALUES (?1, ?2, ?3, ?4, ?5);

-- name: ListMessages
-- Used to keep to the budget of a day, and to show what was sent.
SELECT at, brief, things, title, body FROM notifications_message WHERE at >= ?1 ORDER BY at, id;

-- name: ListSettings
SELECT name, value FROM notifications_setting;

-- name: GetSetting
-- Used for when the day began.
SELECT value FROM notifications_setting WHERE name = ?1;

-- name: PutSetting
INSERT INTO notifications_setting(name, value) VALUES (?1, ?2) ON CONFLICT(name) DO UPDATE SET value = excluded.value;
