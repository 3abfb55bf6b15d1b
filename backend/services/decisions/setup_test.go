package decisions_test

import (
	"context"
	"database/sql"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/decision"
	"purser/backend/core/fact"
	"purser/backend/executors/drafts"
	"purser/backend/executors/tasks"
	"purser/backend/platform/sqlite"
	"purser/backend/services/actions"
	"purser/backend/services/decisions"
)

// ticking is a clock the test moves.
type ticking struct{ now time.Time }

func (c *ticking) Now() time.Time { return c.now }

func (c *ticking) days(n int) { c.now = c.now.Add(time.Duration(n) * 24 * time.Hour) }

func start() *ticking { return &ticking{time.Date(2026, 11, 25, 7, 0, 0, 0, time.UTC)} } // a Wednesday

func openFile(tb testing.TB, path string) *sqlite.DB {
	tb.Helper()
	db, err := sqlite.Open(context.Background(), path, sqlite.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = db.Close() })
	return db
}

func service(tb testing.TB, db *sqlite.DB, c *ticking) *decisions.Service {
	tb.Helper()
	s, err := decisions.Open(context.Background(), decisions.Options{
		DB: db, Clock: c,
		PolicyTitle: func(p string) string { return "Policy " + p },
		UnitCost: func(_ context.Context, _ string, sku core.SKU) core.Money {
			if sku == "NOCOST" {
				return core.Money{}
			}
			return core.Money{Minor: 605, Currency: "EUR"}
		},
	})
	if err != nil {
		tb.Fatal(err)
	}
	carriedOut(tb, s, db, c)
	return s
}

// carriedOut gives the service what carries out its approvals, as the program does.
func carriedOut(tb testing.TB, s *decisions.Service, db *sqlite.DB, c *ticking) *actions.Service {
	tb.Helper()
	out, err := actions.Open(context.Background(), actions.Options{
		DB: db, Clock: c, Log: slog.New(slog.DiscardHandler), StopFile: filepath.Join(tb.TempDir(), "STOP"),
		Executors: []action.Executor{drafts.New(s.Book()), tasks.New(s.Book())},
		Record: func(ctx context.Context, tx *sql.Tx, r actions.Record) error {
			return s.Record(ctx, tx, decisions.Record(r))
		},
		Moved: s.Moved,
	})
	if err != nil {
		tb.Fatal(err)
	}
	s.Use(out)
	return out
}

// agree approves what is proposed, with other units unless they are 0.
func agree(tb testing.TB, s *decisions.Service, units int, ids ...string) (decisions.Change, error) {
	tb.Helper()
	return s.Approve(context.Background(), decisions.Agreement{IDs: ids, Units: units})
}

func fresh(tb testing.TB) (*decisions.Service, *sqlite.DB, *ticking) {
	tb.Helper()
	db := openFile(tb, filepath.Join(tb.TempDir(), "ledger.db"))
	c := start()
	return service(tb, db, c), db, c
}

func api(tb testing.TB, s *decisions.Service) *decisions.API {
	tb.Helper()
	a := &decisions.API{}
	decisions.Attach(context.Background(), a, s)
	return a
}

func restock(sku string, units int) decision.Proposal {
	return decision.Proposal{
		Policy: "default", Version: 1, Case: "restock", SubjectKind: fact.SKU, Subject: "DE/" + sku, Severity: decision.Warning,
		Title: sku + " sells out soon", Action: action.Action{Kind: "inventory.restock", Label: "Approve order", Units: units},
		AtStake: core.Money{Minor: 41200, Currency: "EUR"}, AtStakePer: "day", Worse: 100, AsOf: core.Date(2026, 11, 24), Maturity: fact.Fresh,
	}
}

func task(sku string) decision.Proposal {
	p := restock(sku, 0)
	p.Case = "reevaluate"
	p.Title = "Re-evaluate " + sku
	p.Action = action.Action{Kind: "task", Label: "Re-evaluate", Checklist: []string{"Read the reviews", "Mend the images"}}
	return p
}

func always(string, string, string) string { return "cleared by itself" }
func never(string, string, string) string  { return "" }

func apply(tb testing.TB, s *decisions.Service, cleared func(string, string, string) string, ps ...decision.Proposal) decisions.Applied {
	tb.Helper()
	n, err := s.Apply(context.Background(), decisions.Evaluation{AsOf: core.Date(2026, 11, 24), Proposals: ps, Cleared: cleared})
	if err != nil {
		tb.Fatal(err)
	}
	return n
}

func stateOf(tb testing.TB, s *decisions.Service, p decision.Proposal) string {
	tb.Helper()
	d, err := s.Get(context.Background(), decisions.ID(p.ID()))
	if err != nil {
		tb.Fatal(err)
	}
	state := d.State
	if d.Regressed {
		state += "+regressed"
	}
	return state
}

func sound(tb testing.TB, s *decisions.Service) {
	tb.Helper()
	r, err := s.Verify(context.Background())
	if err != nil || !r.Sound() {
		tb.Fatalf("audit: %v %v", r.Faults, err)
	}
}
