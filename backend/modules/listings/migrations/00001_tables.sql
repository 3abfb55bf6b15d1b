-- +goose Up

-- One report's word on one marketplace on the day it was made. kind is the kind of document:
-- merchant_listings, suppressed_listings or stranded_inventory. An empty report has a row here
-- and none below: that is how "none" is known.
CREATE TABLE listings_snapshot (
    kind        TEXT    NOT NULL,
    marketplace TEXT    NOT NULL,
    day         INTEGER NOT NULL,
    observed_at INTEGER NOT NULL, -- Unix milliseconds UTC
    document_id INTEGER NOT NULL,
    PRIMARY KEY (kind, marketplace, day)
) WITHOUT ROWID;

CREATE TABLE listings_offer (
    marketplace TEXT    NOT NULL,
    day         INTEGER NOT NULL,
    document_id INTEGER NOT NULL,
    row         INTEGER NOT NULL,
    sku         TEXT    NOT NULL,
    asin        TEXT    NOT NULL,
    listing_id  TEXT    NOT NULL,
    title       TEXT    NOT NULL,
    status      TEXT    NOT NULL, -- Active, Inactive, Incomplete
    fba         INTEGER NOT NULL,
    quantity    INTEGER,          -- the seller's own stock; NULL: the report has none
    price_minor INTEGER NOT NULL, -- 0: none
    currency    TEXT    NOT NULL,
    opened_at   INTEGER NOT NULL, -- Unix seconds UTC; 0: none
    PRIMARY KEY (marketplace, day, sku)
) WITHOUT ROWID;

CREATE INDEX listings_offer_history ON listings_offer (marketplace, sku, status, day);

-- A listing can be hidden for several reasons at once.
CREATE TABLE listings_suppressed (
    marketplace TEXT    NOT NULL,
    day         INTEGER NOT NULL,
    document_id INTEGER NOT NULL,
    row         INTEGER NOT NULL,
    sku         TEXT    NOT NULL,
    asin        TEXT    NOT NULL,
    reason      TEXT    NOT NULL,
    issue       TEXT    NOT NULL,
    status      TEXT    NOT NULL,
    changed_day INTEGER NOT NULL, -- 0: the report does not say
    PRIMARY KEY (marketplace, day, sku, asin, reason, issue)
) WITHOUT ROWID;

CREATE TABLE listings_stranded (
    marketplace    TEXT    NOT NULL,
    day            INTEGER NOT NULL,
    document_id    INTEGER NOT NULL,
    row            INTEGER NOT NULL,
    sku            TEXT    NOT NULL,
    fnsku          TEXT    NOT NULL,
    asin           TEXT    NOT NULL,
    reason         TEXT    NOT NULL,
    message        TEXT    NOT NULL,
    primary_action TEXT    NOT NULL,
    stranded_day   INTEGER NOT NULL, -- 0: the report does not say
    removal_day    INTEGER NOT NULL, -- 0: none
    fulfillable    INTEGER NOT NULL,
    unfulfillable  INTEGER NOT NULL,
    reserved       INTEGER NOT NULL,
    inbound        INTEGER NOT NULL,
    PRIMARY KEY (marketplace, day, sku, fnsku)
) WITHOUT ROWID;
