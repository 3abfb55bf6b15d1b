package modulehost_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
	"purser/backend/core/page"
	"purser/backend/services/modulehost"
)

// shower is a module with a page: measures, rows, lists and charts, each of which can be made to fail.
type shower struct {
	fake
	asked int // frames
	fail  func() error
}

func (s *shower) answer() error {
	if s.fail != nil {
		return s.fail()
	}
	return nil
}

func (s *shower) Measures() []fact.Measure {
	return []fact.Measure{{Definition: fact.Definition{Name: s.name + ".units", Type: fact.Count}, Kinds: []fact.SubjectKind{fact.SKU}}}
}

func (s *shower) Measure(_ context.Context, q fact.MeasureQuery) (fact.Frame, error) {
	s.asked++
	return fact.Frame{Subjects: []string{"US/A"}, Columns: []fact.FrameColumn{{Name: q.Names[0], Values: []int64{int64(s.asked)}}}}, s.answer()
}

func (s *shower) Rows(_ context.Context, q fact.RowsQuery) (fact.Rows, error) {
	return fact.Rows{How: "rows of " + q.Name, Total: 1}, s.answer()
}

func (s *shower) List(_ context.Context, q fact.RowsQuery) (fact.Rows, error) {
	return fact.Rows{How: "list " + q.Name, Total: 1}, s.answer()
}

func (s *shower) Page() page.Page { return page.Page{Title: "Page of " + s.name} }

func (s *shower) Chart(_ context.Context, q page.ChartQuery) (page.Data, error) {
	return page.Data{Title: "chart " + q.Name}, s.answer()
}

func question(change func(*fact.MeasureQuery)) fact.MeasureQuery {
	q := fact.MeasureQuery{Names: []string{"aa.units"}, Kind: fact.SKU, Period: core.Period{From: 10, To: 20}, AsOf: 21}
	if change != nil {
		change(&q)
	}
	return q
}

// answered is which question of the module's life the answer is from.
func answered(t *testing.T, h *modulehost.Host, q fact.MeasureQuery) int64 {
	t.Helper()
	f, err := h.Frame(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return f.Columns[0].Values[0]
}

func TestFramesAreKeptUntilDataChanges(t *testing.T) {
	t.Parallel()
	h, _ := start(t, &shower{fake: fake{name: "aa"}})
	for range 3 {
		if n := answered(t, h, question(nil)); n != 1 {
			t.Fatalf("the module was asked %d times for the same", n)
		}
	}
	before := h.Version()
	h.Bump()
	if h.Version() <= before {
		t.Error("the version did not rise")
	}
	if n := answered(t, h, question(nil)); n != 2 {
		t.Errorf("after a change of data the answer is from question %d", n)
	}
}

func TestFramesOfOtherQuestionsAreOthers(t *testing.T) {
	t.Parallel()
	h, _ := start(t, &shower{fake: fake{name: "aa"}})
	seen := []int64{answered(t, h, question(nil))}
	for _, change := range []func(*fact.MeasureQuery){
		func(q *fact.MeasureQuery) { q.Names = []string{"aa.units", "aa.more"} },
		func(q *fact.MeasureQuery) { q.Kind = fact.Marketplace },
		func(q *fact.MeasureQuery) { q.Period.To = 19 },
		func(q *fact.MeasureQuery) { q.AsOf = 22 },
		func(q *fact.MeasureQuery) { q.Subject = "US/A" },
	} {
		n := answered(t, h, question(change))
		if slices.Contains(seen, n) {
			t.Errorf("%+v was answered with another's frame", question(change))
		}
		seen = append(seen, n)
	}
	if n := answered(t, h, question(nil)); n != 1 {
		t.Errorf("the first is gone: %d", n)
	}
	for i := range 400 { // what is kept has a bound
		answered(t, h, question(func(q *fact.MeasureQuery) { q.AsOf = core.Day(100 + i) }))
	}
	if n := answered(t, h, question(nil)); n == 1 {
		t.Error("every frame that was ever asked for is kept")
	}
}

// While a module answers, data may change; its answer is then not kept.
func TestFramesOfChangedDataAreNotKept(t *testing.T) {
	t.Parallel()
	m := &shower{fake: fake{name: "aa"}}
	h, _ := start(t, m)
	m.fail = func() error { h.Bump(); return nil }
	answered(t, h, question(nil))
	m.fail = nil
	if n := answered(t, h, question(nil)); n != 2 {
		t.Errorf("an answer from before the change was kept: %d", n)
	}
}

func TestFramesAreDroppedWhenAModuleChangesState(t *testing.T) {
	t.Parallel()
	other := &fake{name: "bb"}
	h, _ := start(t, &shower{fake: fake{name: "aa"}}, other)
	answered(t, h, question(nil))
	before := h.Version()
	other.facts = func(context.Context, module.Host) ([]fact.Column, error) { panic("planted") }
	if cols, err := h.Columns(t.Context(), fact.Query{AsOf: 5, Names: []string{"bb.n"}}); err != nil || len(cols) != 0 {
		t.Fatal(cols, err)
	}
	if states(h)["bb"].State != modulehost.Failed || h.Version() <= before {
		t.Fatalf("bb is %s, version %d after %d", states(h)["bb"].State, h.Version(), before)
	}
	if n := answered(t, h, question(nil)); n != 2 {
		t.Errorf("the frame was kept over a change of state: %d", n)
	}
	before = h.Version()
	if err := h.Retry(t.Context(), "bb"); err != nil || h.Version() <= before {
		t.Errorf("%v, version %d after %d", err, h.Version(), before)
	}
}

// ask calls each thing that pages ask of a module.
func ask(h *modulehost.Host) map[string]func(context.Context) error {
	rows := fact.RowsQuery{Name: "aa.units"}
	return map[string]func(context.Context) error{
		"Frame": func(ctx context.Context) error { _, err := h.Frame(ctx, question(nil)); return err },
		"Rows":  func(ctx context.Context) error { _, err := h.Rows(ctx, rows); return err },
		"List":  func(ctx context.Context) error { _, err := h.List(ctx, rows); return err },
		"Chart": func(ctx context.Context) error { _, err := h.Chart(ctx, "aa", page.ChartQuery{Name: "c"}); return err },
	}
}

func TestPagesAreAnswered(t *testing.T) {
	t.Parallel()
	h, _ := start(t, &shower{fake: fake{name: "aa"}}, &fake{name: "bb"})
	for what, call := range ask(h) {
		if err := call(t.Context()); err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	if r, err := h.Rows(t.Context(), fact.RowsQuery{Name: "aa.n"}); err != nil || r.How != "rows of aa.n" {
		t.Errorf("%+v, %v", r, err)
	}
	if r, err := h.List(t.Context(), fact.RowsQuery{Name: "aa.orders"}); err != nil || r.How != "list aa.orders" {
		t.Errorf("%+v, %v", r, err)
	}
	if m := h.Measures(); len(m) != 1 || m[0].Name != "aa.units" {
		t.Errorf("measures %v", m)
	}
	p, state, reason, ok := h.PageOf("aa")
	if !ok || p.Title != "Page of aa" || state != "running" || reason != "" {
		t.Errorf("page %+v, %s, %s, %v", p, state, reason, ok)
	}
	for _, name := range []string{"bb", "nobody"} {
		if _, _, _, ok := h.PageOf(name); ok {
			t.Errorf("%s has a page", name)
		}
	}
	if f, err := h.Frame(t.Context(), fact.MeasureQuery{}); err != nil || len(f.Columns) != 0 {
		t.Errorf("no names: %+v, %v", f, err)
	}
}

// A module that lacks what is asked of it says so, and is not broken by that.
func TestWhatAModuleDoesNotHave(t *testing.T) {
	t.Parallel()
	h, _ := start(t, &fake{name: "bb"})
	for _, mod := range []string{"bb", "nobody"} {
		for what, err := range map[string]error{
			"Frame": second(h.Frame(t.Context(), fact.MeasureQuery{Names: []string{mod + ".units"}})),
			"Rows":  second(h.Rows(t.Context(), fact.RowsQuery{Name: mod + ".units"})),
			"List":  second(h.List(t.Context(), fact.RowsQuery{Name: mod + ".orders"})),
			"Chart": second(h.Chart(t.Context(), mod, page.ChartQuery{Name: "c"})),
		} {
			var e *core.Error
			if !errors.As(err, &e) || e.Code != core.CodeNotFound || !strings.Contains(e.Message, mod) {
				t.Errorf("%s of %s: %v", what, mod, err)
			}
		}
	}
	if states(h)["bb"].State != modulehost.Running {
		t.Errorf("bb is %s", states(h)["bb"].State)
	}
}

func second[T any](_ T, err error) error { return err }

// An error is handed on and nothing of the answer is kept; the module goes on.
func TestErrorsOfModulesAreHandedOn(t *testing.T) {
	t.Parallel()
	planted := errors.New("planted")
	m := &shower{fake: fake{name: "aa"}, fail: func() error { return planted }}
	h, _ := start(t, m)
	for what, call := range ask(h) {
		if err := call(t.Context()); !errors.Is(err, planted) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if s := states(h)["aa"]; s.State != modulehost.Running {
		t.Errorf("it is %s because %q", s.State, s.Reason)
	}
	m.fail = nil
	for what, call := range ask(h) {
		if err := call(t.Context()); err != nil {
			t.Errorf("%s, once it works again: %v", what, err)
		}
	}
}

// A panic stops the module alone: the next question is told why, other modules answer, and its page is still there.
func TestPanicsOfModulesMarkThemFailed(t *testing.T) {
	t.Parallel()
	for _, what := range []string{"Frame", "Rows", "List", "Chart"} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			m := &shower{fake: fake{name: "aa"}, fail: func() error { panic(fmt.Sprintf("planted in %s", what)) }}
			h, _ := start(t, m, &fake{name: "bb"})
			before := h.Version()
			if err := ask(h)[what](t.Context()); err == nil || !strings.Contains(err.Error(), "planted in "+what) {
				t.Errorf("got %v", err)
			}
			if s := states(h)["aa"]; s.State != modulehost.Failed || !strings.Contains(s.Reason, "planted in "+what) {
				t.Errorf("it is %s because %q", s.State, s.Reason)
			}
			if h.Version() <= before {
				t.Error("the version did not rise")
			}
			m.fail = nil
			for other, call := range ask(h) {
				var e *core.Error
				if err := call(t.Context()); !errors.As(err, &e) || e.Code != core.CodeUnavailable || !strings.Contains(e.Message, "planted in "+what) {
					t.Errorf("%s of a failed module: %v", other, err)
				}
			}
			if why := h.Reason("aa.units"); !strings.Contains(why, "planted in "+what) {
				t.Errorf("the reason of its numbers is %q", why)
			}
			if p, state, reason, ok := h.PageOf("aa"); !ok || p.Title != "Page of aa" || state != "failed" || !strings.Contains(reason, "planted") {
				t.Errorf("its page: %+v, %s, %s, %v", p, state, reason, ok)
			}
			if cols, err := h.Columns(t.Context(), fact.Query{AsOf: 1}); err != nil || len(cols) != 1 || cols[0].Name != "bb.n" {
				t.Errorf("the other module: %v, %v", cols, err)
			}
			if err := h.Retry(t.Context(), "aa"); err != nil {
				t.Fatal(err)
			}
			if err := ask(h)[what](t.Context()); err != nil {
				t.Errorf("after it was started again: %v", err)
			}
		})
	}
}
