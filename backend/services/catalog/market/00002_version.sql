-- +goose Up
-- Counts the changes of the catalog, in their transactions, so that a copy in memory knows when it is old.
CREATE TABLE catalog_version(id INTEGER PRIMARY KEY CHECK(id = 1), n INTEGER NOT NULL) STRICT;
INSERT INTO catalog_version(id, n) VALUES (1, 0);
