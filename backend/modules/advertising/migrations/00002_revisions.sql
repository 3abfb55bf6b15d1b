-- +goose Up
-- How often what a stream says of a marketplace has changed. It outlives Forget: what was
-- read into memory is right as long as this is what it was then.
CREATE TABLE advertising_revisions (
  market   TEXT    NOT NULL,
  stream   TEXT    NOT NULL,
  revision INTEGER NOT NULL,
  PRIMARY KEY (market, stream)
) WITHOUT ROWID;
INSERT INTO advertising_revisions (market, stream, revision) SELECT DISTINCT market, stream, 1 FROM advertising_documents;

-- Sheets are read by marketplace and stream, all at once.
DROP INDEX advertising_documents_by_day;
DROP INDEX advertising_sheets_by_day;
CREATE INDEX advertising_sheets_by_market ON advertising_sheets (market, stream, start_day, end_day, document, content, clicks);

-- The figures by which search terms are judged, each from a day on. They come from no document and outlive a rebuild.
CREATE TABLE advertising_setting (
  name           TEXT NOT NULL,
  effective_from TEXT NOT NULL, -- YYYY-MM-DD
  value          REAL NOT NULL,
  unit           TEXT NOT NULL,
  source         TEXT NOT NULL,
  PRIMARY KEY (name, effective_from)
) WITHOUT ROWID;

INSERT INTO advertising_setting (name, effective_from, value, unit, source) VALUES
  ('term_limit_factor', '2000-01-01', 2, 'orders',
   'Seller practice, November 2026: a term has had its chance once it has cost order value × break-even × 2. Amazon sets no such figure; change it to yours.'),
  ('term_min_clicks', '2000-01-01', 20, 'clicks',
   'Purser''s starting value, November 2026: with fewer clicks a campaign''s conversion says nothing, and the marketplace''s is used. Change it to yours.');
