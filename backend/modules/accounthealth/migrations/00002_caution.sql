-- +goose Up

-- From which share of an allowance a metric is shown as near its target. It comes from no
-- document and outlives a rebuild; the newest that is in force on a day counts.
CREATE TABLE accounthealth_caution (
    effective_from TEXT NOT NULL PRIMARY KEY, -- YYYY-MM-DD
    share          REAL NOT NULL,             -- fraction of the allowance that is used
    source         TEXT NOT NULL
) WITHOUT ROWID;

INSERT INTO accounthealth_caution (effective_from, share, source) VALUES
    ('2026-11-25', 0.7, 'Purser''s default of 25 November 2026: three tenths of the allowance are left');
