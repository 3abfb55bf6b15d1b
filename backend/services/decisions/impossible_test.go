package decisions_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"purser/backend/core/action"
	"purser/backend/core/decision"
	"purser/backend/services/decisions"
)

// mixed are decisions of which only the tasks can be done: an order without units and a kind that nobody carries out.
func mixed() (good, bad []decision.Proposal) {
	odd := task("ODD")
	odd.Action.Kind = "nonsense"
	return []decision.Proposal{task("A"), task("Z")}, []decision.Proposal{restock("NONE", 0), odd}
}

// Lines that cannot be done are shown with their reason beside the others, which can be approved without them.
func TestLinesThatCannotBeAreShown(t *testing.T) {
	t.Parallel()
	s, _, _ := fresh(t)
	good, bad := mixed()
	var ids []string
	for _, p := range append(bad, good...) {
		apply(t, s, never, p)
		ids = append(ids, decisions.ID(p.ID()))
	}
	b, err := s.Preview(t.Context(), decisions.Agreement{IDs: ids})
	if err != nil || len(b.Lines) != 4 || b.Against != 2 {
		t.Fatalf("%+v, %v", b, err)
	}
	for i, l := range b.Lines {
		if against := i < len(bad); (len(l.Against) == 1) != against || (l.Payload == "") != against || l.Decision != ids[i] || l.Title == "" || l.KindTitle == "" {
			t.Errorf("%d: %+v", i, l)
		}
	}
	if _, err := agree(t, s, 0, ids...); err == nil || !strings.Contains(err.Error(), bad[0].Title) {
		t.Errorf("all of them: %v", err)
	}
	if _, err := agree(t, s, 0, ids[len(bad):]...); err != nil {
		t.Errorf("the others: %v", err)
	}
	for _, p := range bad {
		if got := stateOf(t, s, p); got != "proposed" {
			t.Errorf("%s is %s", p.Title, got)
		}
	}
	sound(t, s)
}

// A decision that cannot be done keeps nothing else from being done without asking, and says why it waits.
func TestAutomateGoesPastWhatCannotBe(t *testing.T) {
	t.Parallel()
	s, _, _ := fresh(t)
	good, bad := mixed()
	apply(t, s, always, append(bad, good...)...)
	auto := decisions.Automation{
		Alone: func(context.Context, string) (bool, error) { return true, nil },
		May:   func(context.Context, string, action.Draft) (string, error) { return "", nil },
	}
	if n, err := s.Automate(t.Context(), auto); err != nil || n != 2 {
		t.Errorf("did %d: %v", n, err)
	}
	for _, p := range good {
		if got := stateOf(t, s, p); got != "approved" {
			t.Errorf("%s is %s", p.Title, got)
		}
	}
	for i, want := range []string{"0 is not a number of units", `Nothing here carries out "nonsense"`} {
		why, err := s.Asks(t.Context(), auto, decisions.ID(bad[i].ID()))
		if err != nil || !strings.Contains(why, want) || stateOf(t, s, bad[i]) != "proposed" {
			t.Errorf("%s waits because %q, %v", bad[i].Title, why, err)
		}
	}
	sound(t, s)
}

// Where a decision fails for another reason the others are done all the same, and the error names it; what was called off
// ends.
func TestAutomateGoesPastFaults(t *testing.T) {
	t.Parallel()
	s, _, _ := fresh(t)
	apply(t, s, always, task("A"), task("BAD"), task("Z"))
	broken, asked := errors.New("disk full"), 0
	auto := decisions.Automation{
		Alone: func(context.Context, string) (bool, error) { asked++; return true, nil },
		May: func(_ context.Context, _ string, d action.Draft) (string, error) {
			if strings.Contains(d.Title, "BAD") {
				return "", broken
			}
			return "", nil
		},
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if n, err := s.Automate(ctx, auto); n != 0 || !errors.Is(err, context.Canceled) || asked > 1 {
		t.Errorf("called off: did %d, asked %d times, %v", n, asked, err)
	}
	n, err := s.Automate(t.Context(), auto)
	if n != 2 || !errors.Is(err, broken) || !strings.Contains(err.Error(), task("BAD").Title) {
		t.Errorf("did %d: %v", n, err)
	}
	for sku, want := range map[string]string{"A": "approved", "BAD": "proposed", "Z": "approved"} {
		if got := stateOf(t, s, task(sku)); got != want {
			t.Errorf("%s is %s, want %s", sku, got, want)
		}
	}
	sound(t, s)
}
