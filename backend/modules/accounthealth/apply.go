package accounthealth

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"purser/backend/core"
	"purser/backend/core/module"
	"purser/backend/core/source"
	"purser/backend/platform/sqlite"
)

// warnings is the metric under which each of Amazon's warnings comes.
const warnings = "warning_states"

// row is a metric with the day it was observed on.
type row struct {
	source.HealthMetric
	day core.Day
}

// Apply implements module.Projector. A day's report of a marketplace belongs to one document:
// a newer one takes it over metric by metric and sweeps the rest at its last batch, an older
// one is left out.
func (m *Module) Apply(ctx context.Context, tx *sql.Tx, b source.Batch) (module.Applied, error) {
	s, err := m.running()
	if err != nil {
		return module.Applied{}, err
	}
	metrics, ok := b.Rows.([]source.HealthMetric)
	if b.Stream != source.AccountHealth || (!ok && b.Rows != nil) {
		return module.Applied{}, fmt.Errorf("account health: stream %q with rows of type %T", b.Stream, b.Rows)
	}
	a := applier{started: s, tx: tx, batch: b}
	admitted, err := a.admit(ctx, metrics)
	if err != nil {
		return module.Applied{}, err
	}
	out := module.Applied{Older: len(metrics) - len(admitted)}
	out.Stored, err = a.put(ctx, lastOfEach(admitted))
	if err != nil {
		return module.Applied{}, err
	}
	out.Unchanged = len(admitted) - out.Stored
	if b.Snapshot && b.Last {
		return out, a.sweep(ctx)
	}
	return out, nil
}

type applier struct {
	*started
	tx    *sql.Tx
	batch source.Batch
}

// admit keeps the metrics of marketplaces that have no newer report of that day, and takes those days over.
func (a applier) admit(ctx context.Context, metrics []source.HealthMetric) ([]row, error) {
	days := map[string]core.Day{} // 0: a newer report is there
	admitted := make([]row, 0, len(metrics))
	for _, h := range metrics {
		if h.Marketplace == "" {
			h.Marketplace = a.batch.Marketplace
		}
		if h.Marketplace == "" {
			return nil, core.Invalid(name, fmt.Sprintf("Row %d of the performance report names no marketplace.", h.Row),
				"Say which marketplace the file is of and import it again.")
		}
		if h.Metric == warnings && h.Title != "" { // several at once, told apart by their type only
			h.Metric += "/" + h.Title
		}
		day, ok := days[h.Marketplace]
		if !ok {
			var err error
			if day, err = a.takeOver(ctx, h.Marketplace); err != nil {
				return nil, err
			}
			days[h.Marketplace] = day
		}
		if day != 0 {
			admitted = append(admitted, row{h, day})
		}
	}
	return admitted, nil
}

func (a applier) takeOver(ctx context.Context, marketplace string) (core.Day, error) {
	day := observedDay(marketplace, a.batch.ObservedAt)
	at := a.batch.ObservedAt.UnixMilli()
	var have int64
	err := a.tx.QueryRowContext(ctx, a.sql["SnapshotObserved"], marketplace, day).Scan(&have)
	switch {
	case errors.Is(err, sql.ErrNoRows):
	case err != nil:
		return 0, fmt.Errorf("look up the performance report of %s in %s: %w", day, marketplace, err)
	case have > at:
		return 0, nil
	}
	if _, err := a.tx.ExecContext(ctx, a.sql["PutSnapshot"], marketplace, day, at, a.batch.DocumentID); err != nil {
		return 0, fmt.Errorf("store the performance report of %s in %s: %w", day, marketplace, err)
	}
	return day, nil
}

// lastOfEach keeps the last row of each metric.
func lastOfEach(rows []row) []row {
	type key struct{ marketplace, metric string }
	at := make(map[key]int, len(rows))
	out := make([]row, 0, len(rows))
	for _, r := range rows {
		k := key{r.Marketplace, r.Metric}
		if i, ok := at[k]; ok {
			out[i] = r
			continue
		}
		at[k] = len(out)
		out = append(out, r)
	}
	return out
}

// put stores metrics and says how many were new or different.
func (a applier) put(ctx context.Context, rows []row) (int, error) {
	bulk := sqlite.RowsOf(rows, a.value)
	stored, err := sqlite.Bulk(ctx, a.tx, a.sql["PutMetrics"], bulk)
	if err != nil {
		return 0, fmt.Errorf("store account health: %w", err)
	}
	if stored < len(rows) {
		if _, err := sqlite.Bulk(ctx, a.tx, a.sql["ClaimMetrics"], bulk); err != nil {
			return 0, fmt.Errorf("store account health: %w", err)
		}
	}
	return stored, nil
}

func (a applier) value(r *row, col int) any {
	switch col {
	case 0:
		return r.Marketplace
	case 1:
		return int64(r.day)
	case 2:
		return r.Metric
	case 3:
		return r.Title
	case 4:
		return r.Status
	case 5:
		return given(r.HasRate, r.Rate)
	case 6:
		return given(r.HasTarget, r.Target)
	case 7:
		return r.Condition
	case 8:
		return given(r.HasCount, int64(r.Count))
	case 9:
		// A rate is measured over something; a counter over nothing.
		return given(r.HasRate || r.Orders > 0, int64(r.Orders))
	case 10:
		return instant(r.From)
	case 11:
		return instant(r.To)
	case 12:
		return a.batch.DocumentID
	case 13:
		return int64(r.Row)
	}
	return nil
}

// given is v, or nil where the report does not say.
func given[T any](has bool, v T) any {
	if !has {
		return nil
	}
	return v
}

func instant(t time.Time) any { return given(!t.IsZero(), t.Unix()) }

// sweep removes from the days the document has taken over the sections that it does not have.
func (a applier) sweep(ctx context.Context) error {
	type place struct {
		marketplace string
		day         int64
	}
	places, err := sqlite.Collect(ctx, a.tx, a.sql["SnapshotsOf"], []any{a.batch.DocumentID}, func(r *sql.Rows, p *place) error {
		return r.Scan(&p.marketplace, &p.day)
	})
	if err != nil {
		return fmt.Errorf("look up the document's reports: %w", err)
	}
	for _, p := range places {
		if _, err := a.tx.ExecContext(ctx, a.sql["SweepMetrics"], p.marketplace, p.day, a.batch.DocumentID); err != nil {
			return fmt.Errorf("remove sections that are gone: %w", err)
		}
	}
	return nil
}

// Settle implements module.Projector; there is no roll-up.
func (m *Module) Settle(context.Context, *sql.Tx) error { return nil }

// Forget implements module.Projector. The targets stay: no document could bring them back.
func (m *Module) Forget(ctx context.Context, tx *sql.Tx) error {
	s, err := m.running()
	if err != nil {
		return err
	}
	for _, q := range []string{"ForgetSnapshots", "ForgetMetrics"} {
		if _, err := tx.ExecContext(ctx, s.sql[q]); err != nil {
			return fmt.Errorf("forget account health: %w", err)
		}
	}
	return nil
}
