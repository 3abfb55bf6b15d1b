-- +goose Up
-- Texts of reports, numbered once. AUTOINCREMENT: a number is never given twice, so that
-- numbers read earlier stay right after a rebuild.
CREATE TABLE advertising_names (
  id   INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE
);

-- What each report covers: a day inside it without a sheet had no activity.
CREATE TABLE advertising_documents (
  market    TEXT    NOT NULL,
  stream    TEXT    NOT NULL,
  document  INTEGER NOT NULL,
  kind      TEXT    NOT NULL,
  observed  INTEGER NOT NULL, -- Unix seconds
  first_day INTEGER NOT NULL,
  last_day  INTEGER NOT NULL,
  daily     INTEGER NOT NULL, -- 0: its rows are sums over several days
  PRIMARY KEY (market, stream, document)
) WITHOUT ROWID;
CREATE INDEX advertising_documents_by_day ON advertising_documents (stream, last_day);

-- The rows of one document for one day (or one run of days, in a summary report).
CREATE TABLE advertising_sheets (
  market    TEXT    NOT NULL,
  stream    TEXT    NOT NULL,
  start_day INTEGER NOT NULL,
  end_day   INTEGER NOT NULL,
  document  INTEGER NOT NULL,
  content   INTEGER NOT NULL,
  clicks    INTEGER NOT NULL,
  lines     BLOB    NOT NULL, -- lines of the document, in the order of the content's rows
  UNIQUE (market, stream, start_day, end_day, document)
);
CREATE INDEX advertising_sheets_by_day ON advertising_sheets (stream, end_day, start_day, market, document, content, clicks);
CREATE INDEX advertising_sheets_by_content ON advertising_sheets (content);

-- Packed rows, kept once however many reports repeat them unchanged.
CREATE TABLE advertising_contents (
  id   INTEGER PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE, -- SHA-256 of data
  data BLOB NOT NULL
);
