package app_test

import (
	"context"
	"database/sql"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"purser/app"
	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/action/actiontest"
	"purser/backend/executors/drafts"
	"purser/backend/executors/notes"
	"purser/backend/executors/tasks"
	"purser/backend/platform/clock"
	"purser/backend/platform/sqlite"
	"purser/backend/services/actions"
	"purser/backend/services/decisions"
)

// TestExecutorsOnTheLedger holds the executors that write into the ledger against their promises on a real file.
func TestExecutorsOnTheLedger(t *testing.T) {
	t.Parallel()
	wish := action.Wish{
		Decision: "d1", Policy: "low_cover", Version: 3, Subject: "US/SKU-104", SubjectKind: "sku", Title: "Cover is low", Label: "Approve order of 480",
		Checklist: []string{"Ask the supplier", "Book a slot"}, Units: 480, Owner: "Kim", Due: core.Date(2026, 12, 1), Price: core.Money{Minor: 1250, Currency: "USD"},
	}
	for kind, c := range map[string]struct {
		executor func(decisions.Book) action.Executor
		edit     func(decisions.Book) error
	}{
		action.Task: {
			func(b decisions.Book) action.Executor { return tasks.New(b) },
			func(b decisions.Book) error {
				return b.PutTask(t.Context(), "d1", &action.TaskBody{Decision: "d1", Title: "Mine", Steps: []string{"x"}})
			},
		},
		action.Restock: {
			func(b decisions.Book) action.Executor { return drafts.New(b) },
			func(b decisions.Book) error {
				return b.PutLine(t.Context(), "US", "SKU-104", &action.LineBody{Marketplace: "US", SKU: "SKU-104", Units: 7, Decision: "d0"})
			},
		},
		action.Note: {
			func(b decisions.Book) action.Executor { return notes.New(b) },
			func(b decisions.Book) error {
				return b.PutNote(t.Context(), "d1", &action.NoteBody{Decision: "d1", Subject: "US/SKU-104", Text: "Mine"})
			},
		},
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			actiontest.Run(t, func(t *testing.T) actiontest.Subject {
				t.Helper()
				db, book := ledger(t)
				w := wish
				w.Kind = kind
				return actiontest.Subject{
					Make: func() action.Executor { return c.executor(book) }, Wish: w, State: func() string { return rowsOf(t, db) },
					Edit: func() {
						if err := c.edit(book); err != nil {
							t.Error(err)
						}
					},
				}
			})
		})
	}
}

func ledger(t *testing.T) (*sqlite.DB, decisions.Book) {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "ledger.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	s, err := decisions.Open(t.Context(), decisions.Options{DB: db, Clock: clock.Fixed(time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC))})
	if err != nil {
		t.Fatal(err)
	}
	return db, s.Book()
}

// rowsOf is every row that executors write.
func rowsOf(t *testing.T, db *sqlite.DB) string {
	t.Helper()
	var all string
	err := db.Reader().QueryRowContext(t.Context(), `
		SELECT coalesce(group_concat(line, char(10)), '') FROM (
			SELECT json_array('task', decision, title, label, link, steps, owner, due, done) AS line FROM decisions_task
			UNION ALL SELECT json_array('line', marketplace, sku, units, decision, cost_minor, cost_currency) FROM decisions_restock_line
			UNION ALL SELECT json_array('note', decision, subject, text) FROM decisions_note
			ORDER BY line)`).Scan(&all)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestKindsWorkAsShipped: every kind that is listed has a name of its own and every limit that it needs.
func TestKindsWorkAsShipped(t *testing.T) {
	t.Parallel()
	db, _ := ledger(t)
	s, err := actions.Open(t.Context(), actions.Options{
		DB: db, Clock: clock.Fixed(time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)), Log: slog.New(slog.DiscardHandler), Executors: app.ExecutorsAlone(),
		Record:   func(context.Context, *sql.Tx, actions.Record) error { return nil },
		StopFile: filepath.Join(t.TempDir(), "STOP"),
	})
	if err != nil {
		t.Fatal(err)
	}
	limits, err := s.Limits(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	set := map[string]bool{}
	for _, l := range limits {
		set[l.Kind] = true
		if l.Value <= 0 || l.Source == "" {
			t.Errorf("%s has no limit as shipped for %s", l.Kind, l.Name)
		}
	}
	for _, kind := range []string{action.Restock, action.Task, action.Note, action.Notify, action.File, action.Webhook} {
		if !set[kind] {
			t.Errorf("nothing carries out %q", kind)
		}
	}
}
