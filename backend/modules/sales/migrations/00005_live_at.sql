-- +goose Up
-- What was told without an id is looked for among what was told of the same moment.
CREATE INDEX sales_live_at ON sales_live(at, mkt);
