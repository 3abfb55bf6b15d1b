package actions_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/platform/sqlite"
	"purser/backend/services/actions"
)

// ticking is a clock the test moves.
type ticking struct {
	mu  sync.Mutex
	now time.Time
}

func (c *ticking) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *ticking) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

var start = time.Date(2026, 11, 25, 7, 0, 0, 0, time.UTC)

// failer is a *testing.T or a *rapid.T.
type failer interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
	Errorf(format string, args ...any)
}

// world is a service with its peer, its audit and everything it asks about.
type world struct {
	t    failer
	db   *sqlite.DB
	clk  *ticking
	p    *peer
	s    *actions.Service
	stop string

	mu        sync.Mutex
	moved     map[string]action.State
	version   int
	off       bool
	handsOff  map[string]string
	sound     actions.Soundness
	recordErr error
}

func openFile(tb failer, path string) *sqlite.DB {
	tb.Helper()
	db, err := sqlite.Open(context.Background(), path, sqlite.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	return db
}

func newWorld(t *testing.T) *world {
	t.Helper()
	dir := t.TempDir()
	w := makeWorld(t, dir, filepath.Join(dir, "ledger.db"))
	t.Cleanup(func() { _ = w.db.Close() })
	return w
}

func makeWorld(t failer, dir, path string) *world {
	t.Helper()
	clk := &ticking{now: start}
	w := &world{
		t: t, db: openFile(t, path), clk: clk, p: newPeer(clk.Now), stop: filepath.Join(dir, "STOP"), moved: map[string]action.State{},
		version: 1, handsOff: map[string]string{}, sound: actions.Whole,
	}
	w.sql(`CREATE TABLE IF NOT EXISTS test_audit (subject TEXT, was TEXT, state TEXT, who TEXT, reason TEXT)`)
	w.open()
	return w
}

// open opens the service anew on the same file, as a restart does.
func (w *world) open() {
	w.t.Helper()
	w.s = w.another()
}

func (w *world) another(more ...action.Executor) *actions.Service {
	w.t.Helper()
	s, err := w.tryOpen(more...)
	if err != nil {
		w.t.Fatal(err)
	}
	return s
}

func (w *world) tryOpen(more ...action.Executor) (*actions.Service, error) {
	return actions.Open(context.Background(), actions.Options{
		DB: w.db, Clock: w.clk, Log: slog.New(slog.DiscardHandler), StopFile: w.stop, Executors: append([]action.Executor{w.p}, more...),
		Record: func(_ context.Context, tx *sql.Tx, r actions.Record) error {
			if w.recordErr != nil {
				return w.recordErr
			}
			_, err := tx.Exec(`INSERT INTO test_audit VALUES (?, ?, ?, ?, ?)`, r.Subject, r.From, r.To, r.Who, r.Reason)
			return err
		},
		Moved: func(_ context.Context, _ *sql.Tx, d string, to action.State, _ string) error {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.moved[d] = to
			return nil
		},
		VersionOf: func(string) (int, bool) { return w.version, !w.off },
		HandsOff:  func(_ context.Context, _ action.Kind, entity string) string { return w.handsOff[entity] },
		Sound:     func() actions.Soundness { return w.sound },
	})
}

var wide = map[string]string{
	action.PerDay: "100000", action.PerEntityDay: "1000", action.HoursBetween: "0.0001", action.StepPercent: "1000", action.WeekPercent: "100000",
	action.ValueMin: "1", action.ValueMax: "1000000", action.MoneyDay + ":EUR": "1000000000", action.MoneyMonth + ":EUR": "1000000000",
}

// limits sets figures; what is not given is wide.
func (w *world) limits(pairs ...string) {
	w.t.Helper()
	all := map[string]string{}
	for k, v := range wide {
		all[k] = v
	}
	for i := 0; i < len(pairs); i += 2 {
		all[pairs[i]] = pairs[i+1]
	}
	for name, v := range all {
		if err := w.s.SetLimit(context.Background(), w.p.kind.Name, name, v, v); err != nil {
			w.t.Fatal(err)
		}
	}
}

var eur = core.Money{Minor: 100, Currency: "EUR"}

func (w *world) wish(entity string, to int) action.Wish {
	return action.Wish{
		Kind: w.p.kind.Name, Decision: "d-" + entity + "-" + strconv.Itoa(to), Policy: "rule", Version: w.version, Subject: entity,
		Title: fmt.Sprintf("%s to %d", entity, to), Units: to, Price: eur,
	}
}

// approve prepares and approves, as one batch.
func (w *world) approve(wishes ...action.Wish) []int64 {
	w.t.Helper()
	ids, err := w.tryApprove(actions.Person, wishes...)
	if err != nil {
		w.t.Fatal(err)
	}
	return ids
}

func (w *world) tryApprove(who string, wishes ...action.Wish) (ids []int64, err error) {
	drafts, err := w.s.Prepare(context.Background(), wishes)
	if err != nil {
		return nil, err
	}
	return w.approveDrafts(who, drafts)
}

func (w *world) approveDrafts(who string, drafts []action.Draft) (ids []int64, err error) {
	err = w.db.Write(context.Background(), func(tx *sql.Tx) error {
		ids, err = w.s.Approve(context.Background(), tx, drafts, who)
		return err
	})
	return ids, err
}

// pass is one round of both workers.
func (w *world) pass() {
	w.t.Helper()
	for _, outbound := range []bool{false, true} {
		if err := w.s.Pass(context.Background(), outbound); err != nil {
			w.t.Fatalf("pass: %v", err)
		}
	}
}

// run lets time go by until everything has had its turn.
func (w *world) run(d time.Duration) {
	w.t.Helper()
	w.clk.add(d)
	w.pass()
}

const held = 11 * time.Second

func (w *world) one(id int64) action.Trail {
	w.t.Helper()
	a, err := w.s.One(context.Background(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	return a
}

func (w *world) state(id int64) action.State {
	w.t.Helper()
	return w.one(id).State
}

// want says what an action must have come to.
func (w *world) want(id int64, s action.State) action.Trail {
	w.t.Helper()
	a := w.one(id)
	if a.State != s {
		w.t.Fatalf("action %d (%s) is %s, want %s; waits %q, reason %q", id, a.Title, a.State, s, a.Waits, a.Reason)
	}
	return a
}

func (w *world) key(id int64) string {
	w.t.Helper()
	var key string
	if err := w.db.Reader().QueryRow(`SELECT key FROM actions_action WHERE id = ?`, id).Scan(&key); err != nil {
		w.t.Fatal(err)
	}
	return key
}

func (w *world) sql(query string, args ...any) {
	w.t.Helper()
	err := w.db.Write(context.Background(), func(tx *sql.Tx) error {
		_, err := tx.Exec(query, args...)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) all() []action.Trail {
	w.t.Helper()
	all, err := w.s.List(context.Background(), core.Period{From: core.DayOf(start, time.UTC) - 800, To: core.DayOf(start, time.UTC) + 2000}, 0, 1<<30)
	if err != nil {
		w.t.Fatal(err)
	}
	return all
}

func (w *world) cancel(id int64) bool {
	w.t.Helper()
	done := false
	err := w.db.Write(context.Background(), func(tx *sql.Tx) (err error) {
		done, err = w.s.Cancel(context.Background(), tx, id, actions.Person, "taken back")
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return done
}

// records is the audit.
func (w *world) records() (out []actions.Record) {
	w.t.Helper()
	rows, err := w.db.Reader().Query(`SELECT subject, was, state, who, reason FROM test_audit ORDER BY rowid`)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var r actions.Record
		if err := rows.Scan(&r.Subject, &r.From, &r.To, &r.Who, &r.Reason); err != nil {
			w.t.Fatal(err)
		}
		out = append(out, r)
	}
	if err := rows.Err(); err != nil {
		w.t.Fatal(err)
	}
	return out
}

// audited says whether each action is in the state its last row of the audit says.
func (w *world) audited() {
	w.t.Helper()
	said := map[string]string{}
	for _, r := range w.records() {
		if was, ok := said[r.Subject]; ok && was != r.From {
			w.t.Errorf("the audit of %s goes from %s, and it was %s", r.Subject, r.From, was)
		}
		said[r.Subject] = r.To
	}
	is, err := w.s.States(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	for name, state := range is {
		if said[name] != state {
			w.t.Errorf("%s is %s, and the audit says %s", name, state, said[name])
		}
	}
}

func code(err error) string {
	var e *core.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
