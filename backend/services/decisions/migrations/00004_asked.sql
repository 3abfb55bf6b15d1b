-- +goose Up
-- The orders whose buyer was asked for a review, kept for ever: Amazon takes one request for an order.
CREATE TABLE decisions_asked (
  marketplace  TEXT NOT NULL,                 -- code, such as US
  amazon_order TEXT NOT NULL,
  key          TEXT NOT NULL CHECK (key <> ''), -- of the action that has it
  at           INTEGER NOT NULL,              -- Unix seconds
  PRIMARY KEY (marketplace, amazon_order)
) STRICT, WITHOUT ROWID;
