-- +goose Up

-- One performance report's word on one marketplace on the day it was made.
CREATE TABLE accounthealth_snapshot (
    marketplace TEXT    NOT NULL,
    day         INTEGER NOT NULL,
    observed_at INTEGER NOT NULL, -- Unix milliseconds UTC
    document_id INTEGER NOT NULL,
    PRIMARY KEY (marketplace, day)
) WITHOUT ROWID;

-- One metric of one report. NULL: the report does not say.
CREATE TABLE accounthealth_metric (
    marketplace TEXT    NOT NULL,
    day         INTEGER NOT NULL,
    metric      TEXT    NOT NULL,
    title       TEXT    NOT NULL,
    status      TEXT    NOT NULL, -- as written
    rate        REAL,             -- fraction: 0.032 is 3.2 %
    target      REAL,
    condition   TEXT    NOT NULL, -- LESS_THAN, GREATER_THAN, EQUALS or ''
    count       INTEGER,          -- defects, late shipments, violations
    orders      INTEGER,          -- orders, shipments or units the rate is measured over
    from_at     INTEGER,          -- Unix seconds UTC
    to_at       INTEGER,
    document_id INTEGER NOT NULL,
    row         INTEGER NOT NULL,
    PRIMARY KEY (marketplace, day, metric)
) WITHOUT ROWID;

CREATE INDEX accounthealth_metric_series ON accounthealth_metric (marketplace, metric, day);

-- Amazon's targets, for reports that state none. They come from no document and outlive a
-- rebuild. marketplace '' holds everywhere. kind: rate, violations or documents.
CREATE TABLE accounthealth_target_default (
    metric         TEXT NOT NULL,
    marketplace    TEXT NOT NULL DEFAULT '',
    effective_from TEXT NOT NULL, -- YYYY-MM-DD
    kind           TEXT NOT NULL,
    target         REAL NOT NULL,
    condition      TEXT NOT NULL, -- LESS_THAN, GREATER_THAN, AT_LEAST, AT_MOST or EQUALS
    source         TEXT NOT NULL,
    PRIMARY KEY (metric, marketplace, effective_from)
) WITHOUT ROWID;

INSERT INTO accounthealth_target_default (metric, effective_from, kind, target, condition, source) VALUES
    ('order_defect_rate_afn', '2020-11-18', 'rate', 0.01, 'LESS_THAN', 'Amazon help 200370550 (read November 2026): order defect rate under 1 %, 60 days'),
    ('order_defect_rate_mfn', '2020-11-18', 'rate', 0.01, 'LESS_THAN', 'Amazon help 200370550 (read November 2026): order defect rate under 1 %, 60 days'),
    ('late_shipment_rate', '2020-11-18', 'rate', 0.04, 'LESS_THAN', 'Amazon help 200370550 (read November 2026): late shipment rate under 4 %, 10 and 30 days'),
    ('pre_fulfillment_cancellation_rate', '2020-11-18', 'rate', 0.025, 'LESS_THAN', 'Amazon help 200370550 (read November 2026): cancellation rate under 2.5 %, 7 days'),
    ('valid_tracking_rate', '2020-11-18', 'rate', 0.95, 'AT_LEAST', 'Amazon help 200370550 (read November 2026): valid tracking rate of at least 95 %, 30 days'),
    ('on_time_delivery_rate', '2020-11-18', 'rate', 0.95, 'GREATER_THAN', 'Account health report schema of 2020-11-18: on-time delivery over 95 %'),
    ('invoice_defect_rate', '2020-11-18', 'rate', 0.05, 'LESS_THAN', 'Account health report schema of 2020-11-18: invoice defect rate under 5 %, 7 days'),
    ('listing_policy_violations', '2020-11-18', 'violations', 0, 'EQUALS', 'Account health report schema of 2020-11-18: none'),
    ('product_authenticity_customer_complaints', '2020-11-18', 'violations', 0, 'EQUALS', 'Account health report schema of 2020-11-18: none'),
    ('product_condition_customer_complaints', '2020-11-18', 'violations', 0, 'EQUALS', 'Account health report schema of 2020-11-18: none'),
    ('product_safety_customer_complaints', '2020-11-18', 'violations', 0, 'EQUALS', 'Account health report schema of 2020-11-18: none'),
    ('received_intellectual_property_complaints', '2020-11-18', 'violations', 0, 'EQUALS', 'Account health report schema of 2020-11-18: none'),
    ('suspected_intellectual_property_violations', '2020-11-18', 'violations', 0, 'EQUALS', 'Account health report schema of 2020-11-18: none'),
    ('restricted_product_policy_violations', '2020-11-18', 'violations', 0, 'EQUALS', 'Account health report schema of 2020-11-18: none'),
    ('food_and_product_safety_issues', '2020-11-18', 'violations', 0, 'EQUALS', 'Account health report schema of 2020-11-18: none'),
    ('other_policy_violations', '2020-11-18', 'violations', 0, 'EQUALS', 'Account health report schema of 2020-11-18: none'),
    ('document_requests', '2020-11-18', 'documents', 0, 'EQUALS', 'Account health report schema of 2020-11-18: none');

INSERT INTO accounthealth_target_default (metric, marketplace, effective_from, kind, target, condition, source) VALUES
    ('unit_on_time_delivery_rate', 'US', '2024-09-25', 'rate', 0.90, 'AT_LEAST',
     'Amazon seller forum announcement (read November 2026): on-time delivery of at least 90 % required in the US from 25 September 2024');
