package modulehost_test

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
	"purser/backend/core/source"
	"purser/backend/platform/clock"
	"purser/backend/platform/sqlite"
	"purser/backend/services/modulehost"
)

// fake is a module whose every step can be chosen.
type fake struct {
	name       string
	migrations fs.FS
	init       func() error
	run        func(context.Context) error
	apply      func(*sql.Tx) error
	facts      func(context.Context, module.Host) ([]fact.Column, error)
	host       module.Host
}

func (f *fake) Manifest() module.Manifest {
	mf := f.migrations
	if mf == nil {
		mf = fstest.MapFS{"00001_t.sql": {Data: []byte("-- +goose Up\nCREATE TABLE " + f.name + "_t(a INTEGER);\n")}}
	}
	return module.Manifest{
		Name: f.name, Title: f.name, Input: "in", Output: "out", Migrations: mf, Consumes: []source.Stream{source.Orders},
		Facts: []fact.Definition{{Name: f.name + ".n", Subject: fact.SKU, Type: fact.Count, Meaning: "n", Formula: "n", Sources: []string{"x"}}},
	}
}

func (f *fake) Init(_ context.Context, h module.Host) error {
	f.host = h
	if f.init != nil {
		return f.init()
	}
	return nil
}

func (f *fake) Run(ctx context.Context) error {
	if f.run != nil {
		return f.run(ctx)
	}
	<-ctx.Done()
	return nil
}

func (f *fake) Apply(_ context.Context, tx *sql.Tx, b source.Batch) (module.Applied, error) {
	if f.apply != nil {
		return module.Applied{}, f.apply(tx)
	}
	return module.Applied{Stored: b.Len}, nil
}
func (*fake) Settle(context.Context, *sql.Tx) error { return nil }
func (*fake) Forget(context.Context, *sql.Tx) error { return nil }

func (f *fake) Facts(ctx context.Context, _ fact.Query) ([]fact.Column, error) {
	if f.facts != nil {
		return f.facts(ctx, f.host)
	}
	return []fact.Column{{Name: f.name + ".n", Values: map[string]fact.Value{"US/A": {Num: 1, Maturity: fact.Fresh}, "US/B": {Num: 2, Maturity: fact.Fresh}}}}, nil
}

func start(t *testing.T, modules ...module.Module) (*modulehost.Host, *sqlite.DB) {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "market.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	h := modulehost.New(modulehost.Deps{Market: db, Clock: clock.Real{}, Log: slog.New(slog.DiscardHandler)}, modules)
	ctx, cancel := context.WithCancel(t.Context())
	h.Start(ctx)
	wait, stop := context.WithTimeout(ctx, 20*time.Second)
	defer stop()
	if err := h.Wait(wait); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cancel(); h.Stop(); _ = db.Close() })
	return h, db
}

func states(h *modulehost.Host) map[string]modulehost.Status {
	out := map[string]modulehost.Status{}
	for _, s := range h.Statuses() {
		out[s.Manifest.Name] = s
	}
	return out
}

func TestModulesFailAlone(t *testing.T) {
	t.Parallel()
	h, _ := start(t,
		&fake{name: "wrong", init: func() error { return errors.New("planted error") }},
		&fake{name: "panicky", init: func() error { panic("planted panic") }},
		&fake{name: "broken", migrations: fstest.MapFS{"00001_t.sql": {Data: []byte("-- +goose Up\nCREATE TABLE planted(;\n")}}},
		&fake{name: "healthy"},
	)
	got := states(h)
	for name, want := range map[string]string{"wrong": "planted error", "panicky": "planted panic", "broken": "planted"} {
		if got[name].State != modulehost.Failed || !strings.Contains(got[name].Reason, want) && name != "broken" {
			t.Errorf("%s is %s because %q", name, got[name].State, got[name].Reason)
		}
	}
	if got["healthy"].State != modulehost.Running {
		t.Errorf("the healthy one is %s", got["healthy"].State)
	}
	cols, err := h.Columns(t.Context(), fact.Query{AsOf: 1})
	if err != nil || len(cols) != 1 || cols[0].Name != "healthy.n" {
		t.Errorf("facts %v, %v", cols, err)
	}
	if why := h.Reason("wrong.n"); !strings.Contains(why, "planted error") {
		t.Errorf("the reason of a missing fact is %q", why)
	}
}

func TestRetryStartsAgain(t *testing.T) {
	t.Parallel()
	fail := true
	h, _ := start(t, &fake{name: "flaky", init: func() error {
		if fail {
			return errors.New("not yet")
		}
		return nil
	}})
	if err := h.Retry(t.Context(), "flaky"); err == nil {
		t.Fatal("retry of a module that still fails said nothing")
	}
	fail = false
	if err := h.Retry(t.Context(), "flaky"); err != nil || states(h)["flaky"].State != modulehost.Running {
		t.Fatalf("%v, %s", err, states(h)["flaky"].State)
	}
	if err := h.Retry(t.Context(), "flaky"); err == nil {
		t.Fatal("a running module was started again")
	}
}

func TestPanicInApplyUndoesOnlyThatModule(t *testing.T) {
	t.Parallel()
	bad := &fake{name: "bad", apply: func(tx *sql.Tx) error {
		if _, err := tx.Exec(`INSERT INTO bad_t VALUES (1)`); err != nil {
			return err
		}
		panic("planted")
	}}
	good := &fake{name: "good", apply: func(tx *sql.Tx) error {
		_, err := tx.Exec(`INSERT INTO good_t VALUES (1)`)
		return err
	}}
	h, db := start(t, bad, good)
	err := db.Write(t.Context(), func(tx *sql.Tx) error {
		if _, err := h.Apply(t.Context(), tx, "bad", source.Batch{}, true); err == nil {
			t.Error("the panic was swallowed")
		}
		_, err := h.Apply(t.Context(), tx, "good", source.Batch{}, true)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var b, g int
	if err := db.Reader().QueryRowContext(t.Context(), `SELECT (SELECT count(*) FROM bad_t), (SELECT count(*) FROM good_t)`).Scan(&b, &g); err != nil || b != 0 || g != 1 {
		t.Fatalf("bad %d, good %d, %v", b, g, err)
	}
	if got := states(h)["bad"]; got.State != modulehost.Failed {
		t.Fatalf("after its panic it is %s", got.State)
	}
}

func TestFactsInACircleEnd(t *testing.T) {
	t.Parallel()
	a := &fake{name: "aa"}
	b := &fake{name: "bb"}
	ask := func(name string) func(context.Context, module.Host) ([]fact.Column, error) {
		return func(ctx context.Context, h module.Host) ([]fact.Column, error) {
			return h.Facts(ctx, fact.Query{AsOf: 1, Names: []string{name}})
		}
	}
	a.facts, b.facts = ask("bb.n"), ask("aa.n")
	h, _ := start(t, a, b)
	cols, err := h.Columns(t.Context(), fact.Query{AsOf: 1, Names: []string{"aa.n"}})
	if err != nil || len(cols) != 0 {
		t.Fatalf("%v, %v", cols, err)
	}
}

func TestFactTableSortsFiltersAndPages(t *testing.T) {
	t.Parallel()
	h, _ := start(t, &fake{name: "one"})
	api := &modulehost.API{}
	if _, err := api.FactTable(modulehost.FactTableInput{Module: "one"}); err == nil {
		t.Error("an API without a host answered")
	}
	modulehost.Attach(t.Context(), api, h, func(s string) string { return "label of " + s }, func() core.Day { return 5 })
	out, err := api.FactTable(modulehost.FactTableInput{Module: "one", Sort: "one.n", Desc: true, Limit: 1})
	if err != nil || out.Total != 2 || len(out.Rows) != 1 || out.Rows[0].Subject != "US/B" || out.Rows[0].Cells[0].Text != "2" {
		t.Fatalf("%+v, %v", out, err)
	}
	out, err = api.FactTable(modulehost.FactTableInput{Module: "one", Filter: "us/a", Limit: 10})
	if err != nil || out.Total != 1 || out.Rows[0].Label != "A" {
		t.Fatalf("%+v, %v", out, err)
	}
}
