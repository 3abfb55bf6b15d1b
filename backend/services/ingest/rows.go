package ingest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"sort"
	"strings"

	"golang.org/x/sync/errgroup"

	"purser/backend/core/module"
	"purser/backend/core/source"
)

// applied sums up what a document's batches changed.
type applied struct {
	module.Applied
	waiting string // modules that could not take it, comma separated
}

// rows reads the document and stores it batch by batch, each in one transaction; parsing
// runs ahead of storing by one batch. The last transaction settles the roll-ups of every
// stream and marks the document stored.
func (s *Service) rows(ctx context.Context, id int64, f source.File, in source.Inspection, p Progress) (applied, error) {
	batches := make(chan source.Batch)
	free := make(chan source.Batch, 3)
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(batches)
		return s.read(gctx, f, in, func(b source.Batch) error {
			select {
			case batches <- batchOf(b, free):
				return nil
			case <-gctx.Done():
				return gctx.Err()
			}
		})
	})
	w := &writer{s: s, id: id, in: in, failed: map[string]string{}, free: free}
	g.Go(func() error { return w.drain(gctx, batches, f.Name, p) })
	if err := g.Wait(); err != nil {
		return applied{}, err
	}
	if err := w.finish(ctx); err != nil {
		return applied{}, err
	}
	return applied{w.sum, w.waiting()}, nil
}

type writer struct {
	s      *Service
	id     int64
	in     source.Inspection
	sum    module.Applied
	failed map[string]string // module → why
	// held is the last batch of a stream: it is written when another one comes, so that the
	// very last one shares its transaction with the end of the document.
	held *source.Batch
	free chan source.Batch // batches whose rows may be overwritten
	done int
}

func (w *writer) drain(ctx context.Context, batches <-chan source.Batch, name string, p Progress) error {
	for b := range batches {
		b.DocumentID, b.Kind, b.ObservedAt = w.id, w.in.Kind, w.in.ObservedAt
		if b.Period.To == 0 {
			b.Period = w.in.Period
		}
		if w.held != nil {
			if err := w.pass(ctx, *w.held, name, p); err != nil {
				return err
			}
			w.held = nil
		}
		if b.Last {
			w.held = &b
			continue
		}
		if err := w.pass(ctx, b, name, p); err != nil {
			return err
		}
	}
	return nil
}

// pass writes a batch and gives its memory back.
func (w *writer) pass(ctx context.Context, b source.Batch, name string, p Progress) error {
	if err := w.write(ctx, b, false); err != nil {
		return err
	}
	w.done += b.Len
	p("store "+name, w.done, w.in.Rows)
	select {
	case w.free <- b:
	default: // enough are free
	}
	return nil
}

// batchOf copies a batch, whose rows the source uses again, so that parsing goes on while it is
// stored. The copy lies in a batch that was stored, where one is free and large enough.
func batchOf(b source.Batch, free <-chan source.Batch) source.Batch {
	from := reflect.ValueOf(b.Rows)
	if from.Kind() != reflect.Slice || from.Len() == 0 {
		return b
	}
	n := from.Len()
	select {
	case old := <-free:
		if to := reflect.ValueOf(old.Rows); to.Type() == from.Type() && to.Cap() >= n {
			to = to.Slice(0, n)
			reflect.Copy(to, from)
			b.Rows = to.Interface()
			return b
		}
	default:
	}
	to := reflect.MakeSlice(from.Type(), n, n)
	reflect.Copy(to, from)
	b.Rows = to.Interface()
	return b
}

// finish writes the held batch, settles and marks the document, in one transaction.
func (w *writer) finish(ctx context.Context) error {
	if w.held == nil {
		w.held = &source.Batch{}
	}
	return w.write(ctx, *w.held, true)
}

func (w *writer) write(ctx context.Context, b source.Batch, end bool) error {
	var sum module.Applied
	err := w.s.d.Market.Write(ctx, func(tx *sql.Tx) error {
		var err error
		if b.Stream != "" {
			if sum, err = w.apply(ctx, tx, b, end || b.Last); err != nil {
				return err
			}
		}
		if !end {
			return nil
		}
		total := add(w.sum, sum)
		_, err = tx.ExecContext(ctx, w.s.q["FinishDocument"], w.id, total.Stored, total.Unchanged, total.Older, w.waiting())
		if err != nil {
			return fmt.Errorf("finish the document: %w", err)
		}
		return nil
	})
	if err != nil {
		w.s.d.Undone()
		return err
	}
	w.sum = add(w.sum, sum)
	return nil
}

// apply hands the batch to each module that consumes it; a module that fails is set aside
// and the document waits for it, the others go on. With several consumers the counts are
// those of the one that stored most: rows are counted once.
func (w *writer) apply(ctx context.Context, tx *sql.Tx, b source.Batch, settle bool) (module.Applied, error) {
	var best module.Applied
	took := false
	for _, name := range w.s.d.Modules.Consumers(b.Stream) {
		if _, down := w.failed[name]; down {
			continue
		}
		a, err := w.s.d.Modules.Apply(ctx, tx, name, b, settle)
		if err != nil {
			if ctx.Err() != nil || errors.Is(err, sql.ErrTxDone) {
				return module.Applied{}, err
			}
			w.failed[name] = err.Error()
			w.s.d.Log.LogAttrs(ctx, slog.LevelError, "Module could not take a document",
				slog.String("module", name), slog.Int64("document", w.id), slog.String("error", err.Error()))
			continue
		}
		if !took || a.Stored > best.Stored {
			best = a
		}
		took = true
	}
	return best, nil
}

func (w *writer) waiting() string {
	var names []string
	for n := range w.failed {
		names = append(names, n)
	}
	sort.Strings(names)
	return strings.Join(names, ",")
}

func add(a, b module.Applied) module.Applied {
	return module.Applied{Stored: a.Stored + b.Stored, Unchanged: a.Unchanged + b.Unchanged, Older: a.Older + b.Older}
}
