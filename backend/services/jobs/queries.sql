-- name: Streams
SELECT id, feed, region, marketplace, low, high, ended, next_run, tried_at, success_at, rows, took, runs, paused, trouble, alerted, failure, note
FROM jobs_stream ORDER BY id;

-- name: AddStream
INSERT INTO jobs_stream(feed, region, marketplace, low, high, ended, next_run, tried_at, success_at, rows, took, runs, paused, trouble, alerted, failure, note)
VALUES (?1, ?2, ?3, 0, 0, 0, ?4, 0, 0, 0, 0, 0, 0, '', 0, '', '') RETURNING id;

-- name: SaveStream
UPDATE jobs_stream SET low = ?2, high = ?3, ended = ?4, next_run = ?5, tried_at = ?6, success_at = ?7, rows = ?8, took = ?9, runs = ?10,
  paused = ?11, trouble = ?12, alerted = ?13, failure = ?14, note = ?15 WHERE id = ?1;

-- name: Pasts
SELECT stream_id, past, last_at FROM jobs_again;

-- name: SaveAgain
INSERT INTO jobs_again(stream_id, past, last_at) VALUES (?1, ?2, ?3) ON CONFLICT(stream_id, past) DO UPDATE SET last_at = excluded.last_at;

-- name: OpenAsks
-- Used at start: everything that is still to be done.
SELECT id, stream_id, kind, from_at, to_at, since, day, state, status, attempts, next_at, planned_at, began_at, ended_at, rows, changed,
  empties, invalids, restarts, fatals, fatal_at, late, failure, note, priority = 0
FROM jobs_ask WHERE status <> 'done' ORDER BY id;

-- name: AddAsk
INSERT INTO jobs_ask(stream_id, kind, from_at, to_at, since, day, state, status, priority, attempts, next_at, planned_at, began_at, ended_at,
  rows, changed, empties, invalids, restarts, fatals, fatal_at, late, failure, note)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, NULL, 'open', ?7, 0, ?8, ?9, 0, 0, 0, 0, 0, 0, ?10, 0, 0, 0, '', '') RETURNING id;

-- name: SaveAsk
UPDATE jobs_ask SET from_at = ?2, to_at = ?3, since = ?4, state = ?5, status = ?6, attempts = ?7, next_at = ?8, began_at = ?9, ended_at = ?10,
  rows = ?11, changed = ?12, empties = ?13, invalids = ?14, restarts = ?15, fatals = ?16, fatal_at = ?17, late = ?18, failure = ?19, note = ?20, priority = ?21
WHERE id = ?1;

-- name: DropAsk
DELETE FROM jobs_ask WHERE id = ?1;

-- name: Before
-- Used when nothing came: what the windows of the two weeks before had.
SELECT from_at, to_at, rows
FROM jobs_ask WHERE stream_id = ?1 AND status = 'done' AND kind <> 'snapshot' AND to_at > ?2 AND from_at < ?3 AND planned_at <= ?4;

-- name: Within
-- Used when a window that is asked for again has nothing: what it had before.
SELECT from_at, to_at, rows
FROM jobs_ask WHERE stream_id = ?1 AND status = 'done' AND rows > 0 AND to_at > ?2 AND from_at < ?3;

-- name: Reached
-- Used when the clock was set: how far windows reach that were planned at a time that has come.
SELECT stream_id, coalesce(max(CASE WHEN planned_at <= ?1 AND kind IN ('fresh', 'backfill') THEN to_at END), 0), sum(planned_at <= ?1)
FROM jobs_ask GROUP BY stream_id;

-- name: Prune
-- The last ones of each stream stay: what came before is told from them, and how far they reach.
DELETE FROM jobs_ask WHERE id IN (
  SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY stream_id ORDER BY id DESC) AS n FROM jobs_ask WHERE status = 'done') WHERE n > ?1);

-- name: PruneQuota
DELETE FROM jobs_quota WHERE day < ?1;

-- name: Finished
-- Used by the page: what was done last.
SELECT id, stream_id, kind, from_at, to_at, since, day, NULL, status, attempts, next_at, planned_at, began_at, ended_at, rows, changed,
  empties, invalids, restarts, fatals, fatal_at, late, failure, note, priority = 0
FROM jobs_ask WHERE status = 'done' ORDER BY ended_at DESC, id DESC LIMIT ?1;

-- name: Lanes
SELECT api, region, reconnect, failure FROM jobs_lane;

-- name: SaveLane
INSERT INTO jobs_lane(api, region, reconnect, failure) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT(api, region) DO UPDATE SET reconnect = excluded.reconnect, failure = excluded.failure;

-- name: Count
INSERT INTO jobs_quota(day, api, region, grp, requests, begun) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT(day, api, region, grp) DO UPDATE SET requests = requests + excluded.requests, begun = begun + excluded.begun;

-- name: Counted
SELECT day, api, region, grp, requests, begun FROM jobs_quota WHERE day >= ?1 ORDER BY day DESC, api, region, grp;

-- name: Setting
SELECT value FROM jobs_setting WHERE name = ?1;

-- name: SaveSetting
INSERT INTO jobs_setting(name, value) VALUES (?1, ?2) ON CONFLICT(name) DO UPDATE SET value = excluded.value;

-- name: Buckets
SELECT key, tokens, at, per_second FROM jobs_bucket;

-- name: SaveBucket
INSERT INTO jobs_bucket(key, tokens, at, per_second) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT(key) DO UPDATE SET tokens = excluded.tokens, at = excluded.at, per_second = excluded.per_second;

-- name: EraseAsks
DELETE FROM jobs_ask WHERE stream_id = ?1;

-- name: ErasePasts
DELETE FROM jobs_again WHERE stream_id = ?1;

-- name: EraseStream
DELETE FROM jobs_stream WHERE id = ?1;
