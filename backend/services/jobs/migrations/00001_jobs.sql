-- +goose Up
-- Times are Unix milliseconds, 0: none.
CREATE TABLE jobs_stream(
  id INTEGER PRIMARY KEY,
  feed TEXT NOT NULL,
  region TEXT NOT NULL,
  marketplace TEXT NOT NULL,      -- '' of a feed of the region
  low INTEGER NOT NULL,           -- windows from low to high were planned: each is a row of jobs_ask
  high INTEGER NOT NULL,
  ended INTEGER NOT NULL,         -- 1: there is nothing older to be had
  next_run INTEGER NOT NULL,
  tried_at INTEGER NOT NULL,
  success_at INTEGER NOT NULL,
  rows INTEGER NOT NULL,          -- of the last ask that was done
  took INTEGER NOT NULL,          -- milliseconds from its first step to its last
  runs INTEGER NOT NULL,          -- how often it was planned
  paused INTEGER NOT NULL,
  trouble TEXT NOT NULL,          -- '' or why it is not up to date
  alerted INTEGER NOT NULL,       -- 1: a person was told of it
  failure TEXT NOT NULL,          -- JSON: the last answer that was none
  note TEXT NOT NULL,
  UNIQUE(feed, region, marketplace)
) STRICT;
CREATE TABLE jobs_again(
  stream_id INTEGER NOT NULL,
  past INTEGER NOT NULL,          -- milliseconds: how far back it reaches
  last_at INTEGER NOT NULL,
  PRIMARY KEY(stream_id, past)
) STRICT, WITHOUT ROWID;
CREATE TABLE jobs_ask(
  id INTEGER PRIMARY KEY,
  stream_id INTEGER NOT NULL,
  kind TEXT NOT NULL,             -- fresh, snapshot, again, backfill
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  since INTEGER NOT NULL,         -- what lies before was covered already
  day INTEGER NOT NULL,           -- days since 1970 of a feed day by day, else 0
  state BLOB,                     -- of the API, as its last step gave it
  status TEXT NOT NULL,           -- open, suspect, held, cancelled, done
  priority INTEGER NOT NULL,      -- lower goes first
  attempts INTEGER NOT NULL,      -- failures in a row
  next_at INTEGER NOT NULL,
  planned_at INTEGER NOT NULL,
  began_at INTEGER NOT NULL,
  ended_at INTEGER NOT NULL,
  rows INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  empties INTEGER NOT NULL,       -- how often nothing came where something should have
  invalids INTEGER NOT NULL,
  restarts INTEGER NOT NULL,
  fatals INTEGER NOT NULL,
  fatal_at INTEGER NOT NULL,      -- the first one of a day's
  late INTEGER NOT NULL,
  failure TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE INDEX jobs_ask_open ON jobs_ask(status) WHERE status <> 'done';
CREATE INDEX jobs_ask_stream ON jobs_ask(stream_id, to_at);
CREATE TABLE jobs_lane(
  api TEXT NOT NULL,
  region TEXT NOT NULL,
  reconnect INTEGER NOT NULL,     -- since when a person has to connect anew
  failure TEXT NOT NULL,
  PRIMARY KEY(api, region)
) STRICT, WITHOUT ROWID;
CREATE TABLE jobs_quota(
  day INTEGER NOT NULL,           -- UTC, days since 1970
  api TEXT NOT NULL,
  region TEXT NOT NULL,
  grp TEXT NOT NULL,
  requests INTEGER NOT NULL,
  begun INTEGER NOT NULL,
  PRIMARY KEY(day, api, region, grp)
) STRICT, WITHOUT ROWID;
CREATE TABLE jobs_setting(
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE jobs_bucket(
  key TEXT PRIMARY KEY,
  tokens REAL NOT NULL,
  at INTEGER NOT NULL,
  per_second REAL NOT NULL
) STRICT, WITHOUT ROWID;
