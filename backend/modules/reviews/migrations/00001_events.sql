-- +goose Up
-- Which days each report speaks for. market is '' for reports of returns, which name none.
CREATE TABLE reviews_documents (
  stream    TEXT    NOT NULL,
  document  INTEGER NOT NULL,
  market    TEXT    NOT NULL,
  kind      TEXT    NOT NULL,
  observed  INTEGER NOT NULL, -- Unix seconds
  first_day INTEGER NOT NULL,
  last_day  INTEGER NOT NULL,
  rows      INTEGER NOT NULL, -- of its largest batch: how dense it is
  PRIMARY KEY (stream, document, market)
) WITHOUT ROWID;

-- Seller feedback; the rater is never kept. An edited feedback is a row of its own.
CREATE TABLE reviews_feedback (
  day        INTEGER NOT NULL,
  market     TEXT    NOT NULL,
  order_id   TEXT    NOT NULL,
  rating     INTEGER NOT NULL,
  comment    TEXT    NOT NULL,
  response   TEXT    NOT NULL,
  document   INTEGER NOT NULL, -- the newest that has it, and its line there
  line       INTEGER NOT NULL,
  first_seen INTEGER NOT NULL, -- Unix seconds: the oldest and the newest report that has it
  last_seen  INTEGER NOT NULL,
  PRIMARY KEY (day, market, order_id, rating, comment)
) WITHOUT ROWID;

-- FBA customer returns. seq tells apart units without a license plate that agree in all else.
CREATE TABLE reviews_returns (
  day        INTEGER NOT NULL,
  order_id   TEXT    NOT NULL,
  sku        TEXT    NOT NULL,
  plate      TEXT    NOT NULL,
  at         INTEGER NOT NULL,
  seq        INTEGER NOT NULL,
  quantity   INTEGER NOT NULL,
  reason     TEXT    NOT NULL,
  market     TEXT    NOT NULL, -- '' where the report does not say
  document   INTEGER NOT NULL,
  line       INTEGER NOT NULL,
  first_seen INTEGER NOT NULL,
  last_seen  INTEGER NOT NULL,
  PRIMARY KEY (day, order_id, sku, plate, at, seq, quantity, reason)
) WITHOUT ROWID;
