package retention_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/module"
	"purser/backend/core/source"
	"purser/backend/platform/sqlite"
	"purser/backend/services/retention"
)

// ticking is a clock that a test moves.
type ticking struct {
	mu  sync.Mutex
	now time.Time
}

func (c *ticking) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *ticking) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

// row is what the account holds of a day.
type row struct {
	module, class string
	document      int64
	day           core.Day
}

// account stands in for documents and modules; what it lets go is stored in the market file, as theirs is.
type account struct {
	db    *sqlite.DB
	clk   *ticking
	docs  []retention.Document
	rows  []row
	fails map[string]error // by module or "clear"
	// unread are files that could not be read again, by module.
	unread map[string][]string
	calls  int
	cutAt  int // the call that is cut after its transaction; 0: none
}

var errCut = errors.New("killed")

func (a *account) cut() error {
	a.calls++
	if a.calls == a.cutAt {
		return errCut
	}
	return nil
}

func (a *account) Documents(context.Context) ([]retention.Document, error) {
	return slices.Clone(a.docs), nil
}

func (a *account) Clear(ctx context.Context, ids []int64, note func(*sql.Tx) error) error {
	if err := a.cut(); err != nil { // before the transaction
		return err
	}
	if err := a.db.Write(ctx, note); err != nil {
		return err
	}
	for i := range a.docs {
		if slices.Contains(ids, a.docs[i].ID) && a.docs[i].API {
			a.docs[i].Cleared, a.docs[i].Bytes = true, 0
		}
	}
	return a.cut() // after it
}

func (*account) Sweep(context.Context) error { return nil }

func (a *account) Purge(ctx context.Context, name string, p module.Purge, note func(*sql.Tx, module.Purged) error) error {
	if err := errors.Join(a.fails[name], a.cut()); err != nil {
		return err
	}
	gone := module.Purged{Unread: a.unread[name]}
	left := slices.DeleteFunc(slices.Clone(a.rows), func(r row) bool {
		before := p.Facts
		if r.class == source.KeepLegal {
			before = p.Legal
		}
		if r.module != name || r.day >= before || !slices.Contains(p.Documents, r.document) {
			return false
		}
		if r.class == source.KeepLegal {
			gone.Legal++
		} else {
			gone.Facts++
		}
		return true
	})
	if err := a.db.Write(ctx, func(tx *sql.Tx) error { return note(tx, gone) }); err != nil {
		return err
	}
	a.rows = left
	return a.cut()
}

func (*account) Keepers() []retention.Keeper {
	return []retention.Keeper{{Name: "sales", Title: "Sales"}, {Name: "inventory", Title: "Inventory"}}
}

func (a *account) Held(_ context.Context, name string, documents []int64) ([]module.Held, error) {
	if err := a.fails[name]; err != nil {
		return nil, err
	}
	by := map[module.Held]int{}
	for _, r := range a.rows {
		if r.module == name {
			by[module.Held{Class: r.class, API: slices.Contains(documents, r.document), Day: r.day}]++
		}
	}
	var out []module.Held
	for h, n := range by {
		h.Rows = n
		out = append(out, h)
	}
	return out, nil
}

// desk is a service on an account.
type desk struct {
	*retention.Service
	*account
	ledger  *sqlite.DB
	records []retention.Record
}

const kindMoney = "settlement"

func open(tb testing.TB, dir string, a *account) *desk {
	tb.Helper()
	d := &desk{account: a}
	for name, db := range map[string]**sqlite.DB{"market.db": &a.db, "ledger.db": &d.ledger} {
		var err error
		if *db, err = sqlite.Open(context.Background(), filepath.Join(dir, name), sqlite.Options{}); err != nil {
			tb.Fatal(err)
		}
	}
	tb.Cleanup(func() {
		if err := errors.Join(a.db.Close(), d.ledger.Close()); err != nil {
			tb.Error(err)
		}
	})
	var err error
	d.Service, err = retention.Open(context.Background(), retention.Options{
		Market: a.db, Ledger: d.ledger, Clock: a.clk, Documents: a, Modules: a,
		Class: func(kind string) string {
			if kind == kindMoney {
				return source.KeepLegal
			}
			return source.KeepRaw
		},
		Record: func(_ context.Context, _ *sql.Tx, r retention.Record) error {
			d.records = append(d.records, r)
			return nil
		},
		Audit: func(context.Context) (int, time.Time, error) {
			return 7, time.Date(2020, 1, 2, 0, 0, 0, 0, time.UTC), nil
		},
	})
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

// noon is midday of a day.
func noon(d core.Day) time.Time { return d.Time().Add(12 * time.Hour) }

var start = core.Date(2026, time.November, 26)

func clockOn(d core.Day) *ticking { return &ticking{now: noon(d)} }

// class finds a class.
func (d *desk) class(tb testing.TB, name string) retention.ClassOutput {
	tb.Helper()
	o, err := d.Classes(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	for _, c := range o.Classes {
		if c.Name == name {
			return c
		}
	}
	tb.Fatalf("no class %s", name)
	return retention.ClassOutput{}
}

func (d *desk) purge(tb testing.TB) retention.RunOutput {
	tb.Helper()
	o, err := d.Service.Purge(tb.Context(), "person")
	if err != nil {
		tb.Fatal(err)
	}
	return o
}

func describe(rows []row) string {
	out := ""
	for _, r := range rows {
		out += fmt.Sprintf("%s/%s/%s ", r.module, r.class, r.day)
	}
	return out
}
