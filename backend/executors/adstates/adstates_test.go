package adstates_test

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"sync"
	"testing"

	"purser/backend/core/action"
	"purser/backend/core/action/actiontest"
	"purser/backend/executors/adstates"
)

// account holds states by entity.
type account struct {
	mu   sync.Mutex
	of   map[string]string
	seen []string
	late map[string]string // what is shown later; nil: all is shown at once
}

func (a *account) FindPart(_ context.Context, _, subject string) (string, error) { return subject, nil }

func (a *account) State(_ context.Context, entity string) (string, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.of[entity], nil
}

func (a *account) StateBody(entity, state string) (string, error) {
	return entity + "=" + state, nil
}

func (a *account) SetState(_ context.Context, entity, text string) (action.Receipt, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.seen = append(a.seen, text)
	if a.late != nil {
		a.late[entity] = strings.TrimPrefix(text, entity+"=")
		return action.Receipt{Text: "Taken."}, nil
	}
	a.of[entity] = strings.TrimPrefix(text, entity+"=")
	return action.Receipt{Text: "Taken."}, nil
}

func wish(target string) action.Wish {
	return action.Wish{Kind: adstates.Name, Decision: "d1", Subject: "US/7", SubjectKind: "campaign", Title: "t", Target: target}
}

func TestConformance(t *testing.T) {
	t.Parallel()
	actiontest.Run(t, func(*testing.T) actiontest.Subject {
		a := &account{of: map[string]string{"US/7": "ENABLED", "US/8": "PAUSED"}}
		return actiontest.Subject{
			Make: func() action.Executor { return adstates.New(a) }, Wish: wish("PAUSED"), Other: wish("ENABLED"),
			State: func() string { a.mu.Lock(); defer a.mu.Unlock(); return fmt.Sprint(a.of) },
			Seen:  func() []string { a.mu.Lock(); defer a.mu.Unlock(); return append([]string(nil), a.seen...) },
			Edit:  func() { a.of["US/7"] = "ARCHIVED" },
			Late:  func() (show func()) { a.late = map[string]string{}; return func() { maps.Copy(a.of, a.late) } },
		}
	})
}

// TestTwoStates: nothing else is ever set, and what is in another state is left alone.
func TestTwoStates(t *testing.T) {
	t.Parallel()
	for _, target := range []string{"", "ARCHIVED", "archived", "DELETED", "PAUSE", "0.5"} {
		a := &account{of: map[string]string{"US/7": "ENABLED"}}
		if r, err := adstates.New(a).Prepare(t.Context(), wish(target)); err == nil {
			t.Errorf("%q: %+v", target, r)
		}
		r := action.Request{Kind: adstates.Name, Entity: "US/7", Field: "state", Before: "ENABLED", After: target, Payload: "US/7=" + target}
		if _, err := adstates.New(a).Execute(t.Context(), r); !action.IsRefused(err) || len(a.seen) > 0 {
			t.Errorf("%q: %v, %q", target, err, a.seen)
		}
	}
	a := &account{of: map[string]string{"US/7": "ARCHIVED"}}
	if r, err := adstates.New(a).Prepare(t.Context(), wish("ENABLED")); err == nil {
		t.Errorf("%+v", r)
	}
	if r, err := adstates.New(&account{of: map[string]string{"US/7": "PAUSED"}}).Prepare(t.Context(), wish(" enabled ")); err != nil || r.After != "ENABLED" {
		t.Errorf("%+v, %v", r, err)
	}
}
