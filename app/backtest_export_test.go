package app

import (
	"context"

	"purser/backend/core/module"
	"purser/backend/services/ingest"
	"purser/backend/services/rules"
)

// Receive imports documents, as they were downloaded.
func (d *Desk) Receive(ctx context.Context, docs []ingest.Document) error {
	if _, err := d.s.ingest.ImportDocuments(ctx, docs, func(string, int, int) {}); err != nil {
		return err
	}
	d.s.changed()
	return nil
}

// Own stores what the seller would have entered.
func (d *Desk) Own(ctx context.Context, items []module.Item) error {
	return d.s.catalog.Set(ctx, ownFigures(items)...)
}

// Rules is the engine.
func (d *Desk) Rules() *rules.Engine { return d.s.rules }
