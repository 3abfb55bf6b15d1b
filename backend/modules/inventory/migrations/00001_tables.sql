-- +goose Up

-- One stock document's word on one marketplace on the day it was made. kind is the kind of
-- document: fba_inventory, fba_inventory_planning or restock_recommendations. dirty: its
-- changes have yet to be worked out.
CREATE TABLE inventory_snapshot (
    kind        TEXT    NOT NULL,
    marketplace TEXT    NOT NULL,
    day         INTEGER NOT NULL,
    observed_at INTEGER NOT NULL, -- Unix milliseconds UTC
    document_id INTEGER NOT NULL,
    dirty       INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (kind, marketplace, day)
) WITHOUT ROWID;

-- Units of one SKU in one snapshot. inbound is shipped + receiving where the document tells
-- them apart (inbound_working is then known), else all that is on its way.
CREATE TABLE inventory_level (
    kind            TEXT    NOT NULL,
    marketplace     TEXT    NOT NULL,
    day             INTEGER NOT NULL,
    sku             TEXT    NOT NULL,
    asin            TEXT    NOT NULL,
    fnsku           TEXT    NOT NULL,
    as_of           INTEGER NOT NULL, -- day the document says its figures are of
    on_hand         INTEGER NOT NULL,
    reserved        INTEGER NOT NULL,
    inbound         INTEGER NOT NULL,
    inbound_working INTEGER,
    unsellable      INTEGER NOT NULL,
    extra           INTEGER NOT NULL, -- fingerprint of what the row says besides, kept in inventory_plan or inventory_advice
    document_id     INTEGER NOT NULL,
    row             INTEGER NOT NULL,
    PRIMARY KEY (kind, marketplace, day, sku)
) WITHOUT ROWID;

-- Roll-up: the snapshots at which a SKU came into stock or ran out. A SKU a snapshot does not
-- name has none.
CREATE TABLE inventory_change (
    kind        TEXT    NOT NULL,
    marketplace TEXT    NOT NULL,
    day         INTEGER NOT NULL,
    sku         TEXT    NOT NULL,
    in_stock    INTEGER NOT NULL,
    PRIMARY KEY (kind, marketplace, day, sku)
) WITHOUT ROWID;

-- What the planning report adds to the levels. Money in minor units; NULL: the report has none.
CREATE TABLE inventory_plan (
    marketplace          TEXT    NOT NULL,
    day                  INTEGER NOT NULL,
    sku                  TEXT    NOT NULL,
    age_0_90             INTEGER NOT NULL,
    age_91_180           INTEGER NOT NULL,
    age_181_270          INTEGER NOT NULL,
    age_271_365          INTEGER NOT NULL,
    age_365_plus         INTEGER NOT NULL,
    shipped_7            INTEGER NOT NULL,
    shipped_30           INTEGER NOT NULL,
    shipped_60           INTEGER NOT NULL,
    shipped_90           INTEGER NOT NULL,
    days_of_supply       REAL,
    hist_days_of_supply  REAL,
    excess_units         INTEGER NOT NULL,
    storage_cost_minor   INTEGER NOT NULL,
    currency             TEXT    NOT NULL,
    alert                TEXT    NOT NULL,
    recommended_action   TEXT    NOT NULL,
    document_id          INTEGER NOT NULL,
    row                  INTEGER NOT NULL,
    PRIMARY KEY (marketplace, day, sku)
) WITHOUT ROWID;

-- What the restock report adds to the levels.
CREATE TABLE inventory_advice (
    marketplace      TEXT    NOT NULL,
    day              INTEGER NOT NULL,
    sku              TEXT    NOT NULL,
    supplier         TEXT    NOT NULL,
    units_30         INTEGER NOT NULL,
    days_of_supply   REAL,
    alert            TEXT    NOT NULL,
    recommended_qty  INTEGER NOT NULL,
    recommended_ship INTEGER NOT NULL, -- day; 0: none
    document_id      INTEGER NOT NULL,
    row              INTEGER NOT NULL,
    PRIMARY KEY (marketplace, day, sku)
) WITHOUT ROWID;

-- The seller's planning figures, each from a day on. They come from no document and outlive a rebuild.
CREATE TABLE inventory_setting (
    name           TEXT NOT NULL,
    effective_from TEXT NOT NULL, -- YYYY-MM-DD
    value          REAL NOT NULL,
    unit           TEXT NOT NULL,
    source         TEXT NOT NULL,
    PRIMARY KEY (name, effective_from)
) WITHOUT ROWID;

INSERT INTO inventory_setting (name, effective_from, value, unit, source) VALUES
    ('target_cover_days', '2000-01-01', 45, 'days',
     'Purser''s starting value, November 2026: an order lasts 45 days after it lands. Amazon sets no such figure; change it to yours.');
