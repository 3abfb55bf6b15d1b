-- +goose Up

-- Views of pages that the seller keeps: a name for an address.
CREATE TABLE dashboards_view (
    id       TEXT PRIMARY KEY,
    name     TEXT    NOT NULL,
    page     TEXT    NOT NULL,
    address  TEXT    NOT NULL,
    saved_at INTEGER NOT NULL -- Unix seconds UTC
) STRICT, WITHOUT ROWID;

-- Rates of exchange that the seller gave: units of to_currency for one of from_currency, from a day on.
CREATE TABLE dashboards_rate (
    from_currency TEXT NOT NULL,
    to_currency   TEXT NOT NULL,
    day           TEXT NOT NULL, -- YYYY-MM-DD
    rate          TEXT NOT NULL, -- decimal, as entered
    source        TEXT NOT NULL,
    PRIMARY KEY (from_currency, to_currency, day)
) STRICT, WITHOUT ROWID;
