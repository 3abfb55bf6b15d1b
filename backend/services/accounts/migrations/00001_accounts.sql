-- +goose Up
-- What the account is connected to. Secrets are in the vault alone. Times are Unix milliseconds.
CREATE TABLE accounts_connection (
  api       TEXT NOT NULL,                     -- spapi or adsapi
  region    TEXT NOT NULL CHECK (region IN ('na', 'eu', 'fe')),
  client_id TEXT NOT NULL,                     -- of the seller's own application; no secret
  secret_created TEXT NOT NULL,                -- YYYY-MM-DD; '' where nobody said
  connected_at INTEGER NOT NULL,
  changed_at   INTEGER NOT NULL,               -- since when the credentials are those in the vault
  seller_id  TEXT NOT NULL,                    -- '' where Amazon did not say
  store_name TEXT NOT NULL,
  plan       TEXT NOT NULL,
  base  TEXT NOT NULL,                         -- address on this computer in place of Amazon's; '' Amazon's own
  token TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('connected', 'reconnect')),
  paused INTEGER NOT NULL DEFAULT 0,
  problem TEXT NOT NULL DEFAULT '',            -- JSON of what went wrong last; '' nothing
  problem_at INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (api, region)
) STRICT, WITHOUT ROWID;

-- Marketplaces of a connection; of adverts there can be several profiles for one.
CREATE TABLE accounts_place (
  api     TEXT NOT NULL,
  region  TEXT NOT NULL,
  code    TEXT NOT NULL,
  profile TEXT NOT NULL,
  suspended INTEGER NOT NULL,
  wanted    INTEGER NOT NULL,
  PRIMARY KEY (api, region, code, profile),
  FOREIGN KEY (api, region) REFERENCES accounts_connection (api, region) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- What the access of a connection allows.
CREATE TABLE accounts_capability (
  api    TEXT NOT NULL,
  region TEXT NOT NULL,
  name   TEXT NOT NULL,
  title  TEXT NOT NULL,
  role   TEXT NOT NULL,
  state  TEXT NOT NULL CHECK (state IN ('granted', 'denied', 'unknown')),
  text   TEXT NOT NULL,
  checked_at INTEGER NOT NULL,
  PRIMARY KEY (api, region, name),
  FOREIGN KEY (api, region) REFERENCES accounts_connection (api, region) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Reminders that were told: each once for one secret.
CREATE TABLE accounts_told (
  api       TEXT NOT NULL,
  client_id TEXT NOT NULL,
  secret_created TEXT NOT NULL,
  days INTEGER NOT NULL,                       -- before the end
  at   INTEGER NOT NULL,
  PRIMARY KEY (api, client_id, secret_created, days)
) STRICT, WITHOUT ROWID;

-- What a person ticked on the checklist.
CREATE TABLE accounts_tick (
  name TEXT PRIMARY KEY,
  at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
