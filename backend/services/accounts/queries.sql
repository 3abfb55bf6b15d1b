-- name: Connections
-- Used by everything that reads: all connections.
SELECT api, region, client_id, secret_created, connected_at, changed_at, seller_id, store_name, plan, base, token, state, paused, problem, problem_at
FROM accounts_connection ORDER BY api DESC, CASE region WHEN 'na' THEN 0 WHEN 'eu' THEN 1 ELSE 2 END;

-- name: Places
-- Used by everything that reads.
SELECT api, region, code, profile, suspended, wanted FROM accounts_place ORDER BY api, region, code, profile;

-- name: Capabilities
-- Used by everything that reads.
SELECT api, region, name, title, role, state, text, checked_at FROM accounts_capability ORDER BY api, region, title, name;

-- name: Keep
-- Used by Connect and Reconnect: what was found, once it works.
INSERT INTO accounts_connection (api, region, client_id, secret_created, connected_at, changed_at, seller_id, store_name, plan, base, token, state)
VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?7, ?8, ?9, ?10, 'connected')
ON CONFLICT (api, region) DO UPDATE SET client_id = ?3, secret_created = ?4, changed_at = ?5, seller_id = ?6, store_name = ?7, plan = ?8,
  state = 'connected', problem = '', problem_at = 0;

-- name: Works
-- Used by Check: what was asked again works with the credentials there are.
UPDATE accounts_connection SET seller_id = ?3, store_name = ?4, plan = ?5, state = 'connected', problem = '', problem_at = 0
WHERE api = ?1 AND region = ?2;

-- name: KeepPlace
-- Used when places were asked for: what a person chose stays.
INSERT INTO accounts_place (api, region, code, profile, suspended, wanted) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (api, region, code, profile) DO UPDATE SET suspended = ?5;

-- name: DropPlaces
-- Used when places were asked for: those that Amazon no longer names, by a JSON list of [code, profile].
DELETE FROM accounts_place WHERE api = ?1 AND region = ?2 AND NOT EXISTS
  (SELECT 1 FROM json_each(?3) j WHERE json_extract(j.value, '$[0]') = code AND json_extract(j.value, '$[1]') = profile);

-- name: WantPlace
-- Used by SetPlaces.
UPDATE accounts_place SET wanted = ?5 WHERE api = ?1 AND region = ?2 AND code = ?3 AND profile = ?4;

-- name: KeepCapability
-- Used when capabilities were asked for: what could not be found out does not replace what is known.
INSERT INTO accounts_capability (api, region, name, title, role, state, text, checked_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (api, region, name) DO UPDATE SET title = ?4, role = ?5, state = ?6, text = ?7, checked_at = ?8
WHERE ?6 <> 'unknown' OR state = 'unknown';

-- name: Deny
-- Used by MarkDenied: a call was refused for want of a capability.
INSERT INTO accounts_capability (api, region, name, title, role, state, text, checked_at) VALUES (?1, ?2, ?3, ?3, '', 'denied', ?4, ?5)
ON CONFLICT (api, region, name) DO UPDATE SET state = 'denied', text = ?4, checked_at = ?5;

-- name: NeedsReconnect
-- Used by MarkReconnect: only where it was connected, and not by an answer to older credentials.
UPDATE accounts_connection SET state = 'reconnect', problem = ?3, problem_at = ?4
WHERE api = ?1 AND region = ?2 AND state = 'connected' AND changed_at <= ?5;

-- name: Pause
-- Used by Pause and Resume.
UPDATE accounts_connection SET paused = ?3 WHERE api = ?1 AND region = ?2 AND paused <> ?3;

-- name: Renew
-- Used by Reconnect: a connection that shares the application, whose new secret works for it too.
UPDATE accounts_connection SET secret_created = ?3, changed_at = ?4, state = 'connected', problem = '', problem_at = 0
WHERE api = ?1 AND region = ?2;

-- name: Erase
-- Used by Erase; places and capabilities go with it.
DELETE FROM accounts_connection WHERE api = ?1 AND region = ?2;

-- name: EraseTold
-- Used by Erase: reminders of applications that nothing is connected with any more.
DELETE FROM accounts_told WHERE NOT EXISTS (SELECT 1 FROM accounts_connection c WHERE c.api = accounts_told.api AND c.client_id = accounts_told.client_id);

-- name: Tell
-- Used by Due: nothing is changed where it was told before.
INSERT INTO accounts_told (api, client_id, secret_created, days, at) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING;

-- name: Ticks
-- Used by Checklist.
SELECT name, at FROM accounts_tick;

-- name: Tick
-- Used by Tick.
INSERT INTO accounts_tick (name, at) VALUES (?1, ?2) ON CONFLICT (name) DO NOTHING;

-- name: Untick
-- Used by Tick.
DELETE FROM accounts_tick WHERE name = ?1;
