-- +goose Up

-- What a snapshot's rows add up to, so that years of a marketplace's stock are read line by line of
-- snapshots, not of SKUs.
ALTER TABLE inventory_snapshot ADD COLUMN on_hand INTEGER NOT NULL DEFAULT 0;
ALTER TABLE inventory_snapshot ADD COLUMN inbound INTEGER NOT NULL DEFAULT 0;

UPDATE inventory_snapshot SET (on_hand, inbound) = (
    SELECT COALESCE(sum(l.on_hand), 0), COALESCE(sum(l.inbound), 0) FROM inventory_level AS l
    WHERE l.kind = inventory_snapshot.kind AND l.marketplace = inventory_snapshot.marketplace AND l.day = inventory_snapshot.day);

-- Every change of the tables above leaves another token, so that what was read under a token still holds under it.
CREATE TABLE inventory_token (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    token INTEGER NOT NULL
);

INSERT INTO inventory_token (id, token) VALUES (1, 0);
