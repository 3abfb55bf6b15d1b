package app

import (
	"context"
	"database/sql"
	"time"

	"purser/backend/core/module"
	"purser/backend/services/decisions"
	"purser/backend/services/ingest"
	"purser/backend/services/modulehost"
	"purser/backend/services/retention"
)

// limit opens what keeps data no longer than it may be kept.
func (s *session) limit(ctx context.Context) (err error) {
	s.retention, err = retention.Open(ctx, retention.Options{
		Market: s.market, Ledger: s.ledger, Clock: s.clk, Zone: time.Local, Documents: originals{s.ingest}, Modules: keepers{s.host},
		Class: s.classes(), Audit: s.decisions.AuditSize, Log: s.log,
		Record: func(ctx context.Context, tx *sql.Tx, r retention.Record) error {
			return s.decisions.RecordChange(ctx, tx, decisions.Record(r))
		},
		Changed: func() { s.bus.Publish("changed:retention", nil) },
	})
	return err
}

// letGo deletes once a day what may no longer be kept, until the session ends.
func (s *session) letGo() { s.tree.Add("retention", s.retention.Run, nil) }

// classes names the class of what an API gives, by kind of document, as its feeds say.
func (s *session) classes() func(kind string) string {
	by := map[string]string{}
	for _, api := range s.amazon.apis() {
		for _, f := range api.Feeds() {
			for _, kind := range f.Kinds {
				by[kind] = f.Keep
			}
		}
	}
	return func(kind string) string { return by[kind] }
}

// originals are the kept documents.
type originals struct{ *ingest.Service }

var _ retention.Documents = originals{}

// Documents implements retention.Documents.
func (o originals) Documents(ctx context.Context) ([]retention.Document, error) {
	all, err := o.Held(ctx)
	out := make([]retention.Document, len(all))
	for i, d := range all {
		out[i] = retention.Document{ID: d.ID, Kind: d.Kind, API: d.API, Received: d.Imported, Bytes: d.Bytes, Rows: d.Rows, Cleared: d.Cleared}
	}
	return out, err
}

// Sweep implements retention.Documents.
func (o originals) Sweep(ctx context.Context) error { return o.SweepCleared(ctx) }

// keepers are the modules that keep rows for a time.
type keepers struct{ host *modulehost.Host }

var _ retention.Modules = keepers{}

// Keepers implements retention.Modules.
func (k keepers) Keepers() []retention.Keeper {
	var out []retention.Keeper
	for _, mf := range k.host.Keepers() {
		out = append(out, retention.Keeper{Name: mf.Name, Title: mf.Title})
	}
	return out
}

// Held implements retention.Modules.
func (k keepers) Held(ctx context.Context, name string, documents []int64) ([]module.Held, error) {
	return k.host.Held(ctx, name, documents)
}
