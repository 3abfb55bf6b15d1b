package audits_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/fact"
	"purser/backend/platform/sqlite"
	"purser/backend/services/audits"
)

// ticking is a clock the test moves.
type ticking struct{ now time.Time }

func (c *ticking) Now() time.Time { return c.now }

// world is everything around the audits.
type world struct {
	actions   []action.Trail
	decisions map[string]audits.Decision
	money     map[int64]core.Money
	now       map[int64]string // at the place of an action; absent: it cannot be read
	auto      map[string]bool  // policies that act by themselves
	failing   error            // of Demote and Record
	records   []audits.Record
	rerun     audits.Rerun
	states    []audits.RuleState
	ran       bool
	defs      []fact.Definition
	cols      []fact.Column
	reasons   map[string]string
	feeds     []audits.Feed
	columns   func() error
	opened    []audits.Finding
	asked     int // how often for the actions
}

func (w *world) Actions(context.Context) ([]action.Trail, error) {
	w.asked++
	return w.actions, nil
}

func (w *world) Decision(_ context.Context, id string) (audits.Decision, error) {
	d, ok := w.decisions[id]
	if !ok {
		return d, core.NotFound("decisions", "There is no decision "+id+".")
	}
	return d, nil
}

func (w *world) Evaluated(context.Context) (string, error) { return "2026-11-25", nil }

func (w *world) Committed(t action.Trail) core.Money { return w.money[t.ID] }

func (w *world) Now(_ context.Context, t action.Trail) (string, bool, error) {
	v, ok := w.now[t.ID]
	return v, ok, nil
}

func (w *world) Demote(_ context.Context, policies []string, _ string) (out []string, err error) {
	if w.failing != nil {
		return nil, w.failing
	}
	for _, p := range policies {
		if w.auto[p] {
			out = append(out, p)
			delete(w.auto, p)
		}
	}
	return out, nil
}

func (w *world) OpenTask(_ context.Context, f audits.Finding) (action.Trail, error) {
	w.opened = append(w.opened, f)
	return action.Trail{ID: int64(1000 + len(w.opened)), State: action.Verified}, nil
}

func (w *world) Title(policy string) string { return "Rule " + policy }

func (w *world) Text(_ context.Context, policy string, version int) (string, bool, error) {
	return fmt.Sprintf("name: %s\nversion: %d\n", policy, version), version < 9, nil
}

func (w *world) Again(context.Context, audits.Question) (audits.Rerun, error) { return w.rerun, nil }

func (w *world) Of(kind string) (out []string) {
	for _, p := range []string{"bids", "budgets"} {
		if kind == "bid" {
			out = append(out, p)
		}
	}
	return out
}

func (w *world) States(context.Context) ([]audits.RuleState, bool, error) {
	return w.states, w.ran, nil
}

func (w *world) Definitions() []fact.Definition { return w.defs }

func (w *world) Columns(_ context.Context, q fact.Query) (out []fact.Column, err error) {
	if w.columns != nil {
		if err := w.columns(); err != nil {
			return nil, err
		}
	}
	for _, c := range w.cols {
		if q.Wants(c.Name) {
			out = append(out, c)
		}
	}
	return out, nil
}

func (w *world) Reason(name string) string { return w.reasons[name] }

func (w *world) Feeds(context.Context) ([]audits.Feed, error) { return w.feeds, nil }

func (w *world) Today() core.Day { return core.Date(2026, 11, 26) }

func (w *world) Label(subject string) string { return "Label of " + subject }

func newWorld() *world {
	return &world{
		decisions: map[string]audits.Decision{}, money: map[int64]core.Money{}, now: map[int64]string{}, auto: map[string]bool{},
		rerun: audits.Rerun{Possible: true, Same: true, Text: "the same"}, reasons: map[string]string{},
	}
}

// decide adds an action with its decision; change may be nil.
func (w *world) decide(at time.Time, kind, policy string, change func(*action.Trail)) action.Trail {
	id := int64(len(w.actions) + 1)
	decision := fmt.Sprintf("d%d", id)
	stamp := at.UTC().Format(time.RFC3339)
	t := action.Trail{
		ID: id, Decision: decision, Title: fmt.Sprintf("Action %d", id), Policy: policy, Version: 1, Kind: kind, KindTitle: "Kind " + kind,
		Level: action.Local, Entity: "decision:" + decision, Before: "", After: fmt.Sprintf("v%d", id), Hash: fmt.Sprintf("hash%d", id),
		State: action.Verified, StateText: "done", Who: "person", ApprovedAt: stamp, BeganAt: stamp, EndedAt: stamp,
	}
	if change != nil {
		change(&t)
	}
	w.actions = append(w.actions, t)
	w.now[id] = t.After
	w.decisions[decision] = audits.Decision{
		Case: "case", Subject: fmt.Sprintf("US/SKU-%d", id), Sentence: "Because.", Do: "Do it.", AsOf: "2026-11-24",
		Inputs: []audits.InputOutput{{Case: "case", Expression: "a > b", Text: "A is above B", Value: "3", Maturity: "fresh", Result: "true"}},
		Log: []audits.LogEntry{
			{LogOutput: audits.LogOutput{Seq: id * 2, At: stamp, To: "proposed", By: "purser", Reason: "proposed"}, Hash: fmt.Sprintf("p%d", id)},
			{LogOutput: audits.LogOutput{Seq: id*2 + 1, At: stamp, From: "proposed", To: "approved", By: t.Who, Reason: "approved"}, Hash: fmt.Sprintf("a%d", id)},
		},
	}
	return t
}

func openFile(tb testing.TB, path string) *sqlite.DB {
	tb.Helper()
	db, err := sqlite.Open(context.Background(), path, sqlite.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = db.Close() })
	return db
}

func service(tb testing.TB, db *sqlite.DB, w *world, c *ticking) *audits.Service {
	tb.Helper()
	s, err := audits.Open(context.Background(), audits.Options{
		DB: db, Clock: c, Ledger: w, Rules: w, Facts: w,
		Record: func(_ context.Context, _ *sql.Tx, r audits.Record) error {
			if errors.Is(w.failing, errAudit) {
				return w.failing
			}
			w.records = append(w.records, r)
			return nil
		},
	})
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func noRecord(context.Context, *sql.Tx, audits.Record) error { return nil }

type sqlTx = sql.Tx

var errAudit = errors.New("the audit cannot be written")

// open opens a service on a file of its own, at the end of November 2026.
func open(tb testing.TB, w *world) (*audits.Service, *ticking, *sqlite.DB) {
	tb.Helper()
	c := &ticking{time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)}
	db := openFile(tb, filepath.Join(tb.TempDir(), "ledger.db"))
	s := service(tb, db, w, c)
	c.now = time.Date(2026, 11, 28, 8, 0, 0, 0, time.UTC)
	return s, c, db
}

func inMonth(month, day int) time.Time {
	return time.Date(2026, time.Month(month), day, 9, 0, 0, 0, time.UTC)
}

// month gives a review of a month.
func month(tb testing.TB, s *audits.Service, name string) audits.MonthDetailOutput {
	tb.Helper()
	out, err := s.Month(context.Background(), name)
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

// verdict is a verdict with every question answered by yes.
func verdict(tb testing.TB, s *audits.Service, month string, id int64, v, cause string) audits.JudgeInput {
	tb.Helper()
	i, err := s.Item(context.Background(), month, id)
	if err != nil {
		tb.Fatal(err)
	}
	in := audits.JudgeInput{Month: month, ID: id, Verdict: v, Cause: cause}
	if v != audits.Right {
		in.Note = "it was too much"
	}
	for _, q := range i.Questions {
		if q.Asked {
			in.Answers = append(in.Answers, audits.AnswerInput{Question: q.Name, Answer: audits.Yes})
		}
	}
	return in
}

func judge(tb testing.TB, s *audits.Service, month string, id int64, v, cause string) audits.JudgeOutput {
	tb.Helper()
	out, err := s.Judge(context.Background(), verdict(tb, s, month, id, v, cause))
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

// judgeAll finds everything of a month right that waits for a verdict.
func judgeAll(tb testing.TB, s *audits.Service, name string) {
	tb.Helper()
	for n := month(tb, s, name).Next; n != 0; {
		n = judge(tb, s, name, n, audits.Right, "").NextOpen
	}
}

func drawnIDs(m audits.MonthDetailOutput) (out []int64) {
	for _, i := range m.Items {
		if i.Drawn {
			out = append(out, i.ID)
		}
	}
	slices.Sort(out)
	return out
}

func refused(tb testing.TB, err error, code, part string) {
	tb.Helper()
	e := core.AsError(err)
	if e == nil || e.Code != code {
		tb.Fatalf("got %v, want %s", err, code)
	}
	if part != "" && !strings.Contains(e.Error(), part) {
		tb.Fatalf("got %q, want something of %q", e.Error(), part)
	}
}
