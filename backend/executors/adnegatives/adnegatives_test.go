package adnegatives_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"sync"
	"testing"

	"purser/backend/core/action"
	"purser/backend/core/action/actiontest"
	"purser/backend/executors/adnegatives"
)

// account holds states of negatives by entity, match and term.
type account struct {
	mu   sync.Mutex
	of   map[string]string
	seen []string
	fail error             // of reading
	late map[string]string // what is shown later; nil: all is shown at once
}

func (a *account) FindScope(_ context.Context, kind, subject string) (string, string, error) {
	if kind == "search_term" {
		entity, term, _ := strings.Cut(subject, "#")
		return entity, term, nil
	}
	return subject, "", nil
}

func (a *account) Negative(_ context.Context, entity, match, term string) (string, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.of[entity+"|"+match+"|"+term], a.fail
}

func (a *account) NegativeBody(entity, match, term string) (string, error) {
	return entity + "|" + match + "|" + term, nil
}

func (a *account) AddNegative(_ context.Context, _, text string) (action.Receipt, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.seen = append(a.seen, text)
	if a.late != nil {
		a.late[text] = "ENABLED"
		return action.Receipt{Text: "Taken."}, nil
	}
	a.of[text] = "ENABLED"
	return action.Receipt{Text: "Taken."}, nil
}

func wish(kind, subject, target string) action.Wish {
	return action.Wish{Kind: adnegatives.Name, Decision: "d1", Subject: subject, SubjectKind: kind, Title: "t", Target: target}
}

func TestConformance(t *testing.T) {
	t.Parallel()
	actiontest.Run(t, func(*testing.T) actiontest.Subject {
		a := &account{of: map[string]string{"US/7|exact|cup": "ENABLED"}}
		return actiontest.Subject{
			Make: func() action.Executor { return adnegatives.New(a) }, Wish: wish("search_term", "US/7#tin cup", "exact"),
			State: func() string { a.mu.Lock(); defer a.mu.Unlock(); return fmt.Sprint(a.of) },
			Seen:  func() []string { a.mu.Lock(); defer a.mu.Unlock(); return append([]string(nil), a.seen...) },
			Edit:  func() { a.of["US/7|exact|tin cup"] = "PAUSED" },
			Late:  func() (show func()) { a.late = map[string]string{}; return func() { maps.Copy(a.of, a.late) } },
		}
	})
}

func TestTargets(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ kind, subject, target, field string }{
		{"search_term", "US/7#Tin Cup", "exact", `negative exact "tin cup"`},
		{"search_term", "US/7#tin cup", " phrase ", `negative phrase "tin cup"`},
		{"search_term", "US/7#tin cup", "phrase: tin cup", `negative phrase "tin cup"`},
		{"campaign", "US/7", "exact: tin: cup", `negative exact "tin: cup"`},
		{"campaign", "US/7", `exact: 12" tin 4"`, `negative exact "12" tin 4""`},
		{"search_term", "US/7#tin cup", "phrase: other", ""},
		{"search_term", "US/7#tin cup", "broad", ""},
		{"search_term", "US/7#tin cup", "", ""},
		{"search_term", "US/7#*", "exact", ""},
		{"search_term", "US/7#b0abc12345", "exact", ""}, // a product
		{"search_term", `US/7#12" pan`, "exact", ""},
		{"search_term", "US/7#a\x00b", "exact", ""},
		{"search_term", "US/7#" + strings.Repeat("x", 81), "exact", ""},
		{"search_term", "US/7#" + strings.Repeat("x", 80), "exact", `negative exact "` + strings.Repeat("x", 80) + `"`},
		{"search_term", "US/7#a b c d", "phrase", `negative phrase "a b c d"`},
		{"search_term", "US/7#a b c d e", "phrase", ""},
		{"search_term", "US/7#a b c d e f g h i j", "exact", `negative exact "a b c d e f g h i j"`},
		{"search_term", "US/7#a b c d e f g h i j k", "exact", ""},
		{"campaign", "US/7", "exact", ""},
	} {
		r, err := adnegatives.New(&account{}).Prepare(t.Context(), wish(c.kind, c.subject, c.target))
		if c.field == "" && err == nil || c.field != "" && (err != nil || r.Field != c.field || r.Before != "" || r.After != "ENABLED") {
			t.Errorf("%+v: %+v, %v", c, r, err)
		}
	}
}

// TestOneThatIsThere: nothing is added twice.
func TestOneThatIsThere(t *testing.T) {
	t.Parallel()
	a := &account{of: map[string]string{"US/7|exact|tin cup": "ENABLED", "US/7|phrase|tin cup": "PAUSED"}}
	e := adnegatives.New(a)
	r, err := e.Prepare(t.Context(), wish("search_term", "US/7#tin cup", "exact"))
	if err != nil || r.Before != r.After {
		t.Fatalf("%+v, %v", r, err)
	}
	if _, err := e.Execute(t.Context(), r); err != nil || len(a.seen) != 0 {
		t.Errorf("%v, %q", err, a.seen)
	}
	if r, err := e.Prepare(t.Context(), wish("search_term", "US/7#tin cup", "phrase")); err == nil {
		t.Errorf("%+v", r)
	}
}

// TestUnreadableIsRefused: what is not repeated is not left open where it has not begun.
func TestUnreadableIsRefused(t *testing.T) {
	t.Parallel()
	a := &account{of: map[string]string{}}
	e := adnegatives.New(a)
	r, err := e.Prepare(t.Context(), wish("search_term", "US/7#tin cup", "exact"))
	if err != nil {
		t.Fatal(err)
	}
	a.fail = errors.New("no line")
	if _, err := e.Execute(t.Context(), r); !action.IsRefused(err) || len(a.seen) != 0 {
		t.Errorf("%v, %q", err, a.seen)
	}
	for _, field := range []string{"", "negative", `negative exact`, `negative exact "`, `negative broad "tin cup"`, `negative exact "tin cup`, `exact "tin cup"`, `negative exact ""`} {
		r.Field = field
		if _, err := e.Execute(t.Context(), r); !action.IsRefused(err) {
			t.Errorf("%q: %v", field, err)
		}
	}
}
