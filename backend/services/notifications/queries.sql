-- name: ListSent
-- Used by Notify to say each thing once.
SELECT key FROM notifications_sent;

-- name: AddSent
INSERT INTO notifications_sent(key, at, title) VALUES (?1, ?2, ?3) ON CONFLICT(key) DO NOTHING;

-- name: DropSent
-- Used when a thing has cleared, so that it may be told again when it returns.
DELETE FROM notifications_sent WHERE key = ?1;
