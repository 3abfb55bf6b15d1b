package actions_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/source"
	"purser/backend/services/actions"
)

var (
	nobody  = &source.APIError{Fault: source.FaultOffline, Message: "Nothing was reached."}
	amazons = &source.APIError{Fault: source.FaultUnavailable, Message: "It answered 503."}
)

func (w *world) dry(wish action.Wish) action.Draft {
	w.t.Helper()
	all, err := w.s.Prepare(context.Background(), []action.Wish{wish})
	if err != nil {
		w.t.Fatal(err)
	}
	return all[0]
}

// What was looked at while Amazon answered can be approved while it does not: it waits, and is sent once it does.
func TestApprovedWhileNobodyAnswers(t *testing.T) {
	t.Parallel()
	for name, away := range map[string]error{"offline": nobody, "503": amazons} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, h, _ := stoppable(t)
			wish := w.wish("US/DRY", 110)
			seen := w.dry(wish)
			h.dry = away
			w.clk.add(time.Hour)
			d := w.dry(wish)
			if len(d.Against) != 0 || d.Hash != seen.Hash || d.Request.Payload != seen.Request.Payload || !strings.Contains(d.Note, "25 Nov, 07:00 UTC") {
				t.Fatalf("%+v", d)
			}
			if seen.Note != "" {
				t.Errorf("what Amazon answered has a note: %s", seen.Note)
			}
			ids, err := w.approveDrafts(actions.Person, []action.Draft{d})
			w.must(err)
			w.p.valueErr = func(action.Request) error { return away }
			w.run(time.Hour)
			if a := w.want(ids[0], action.Approved); a.Waits == "" || w.p.count() != 0 {
				t.Errorf("it waits for %q, begun %d times", a.Waits, w.p.count())
			}
			w.p.valueErr, h.dry = nil, nil
			w.run(time.Minute)
			w.want(ids[0], action.Verified)
			w.audited()
		})
	}
}

// What was changed by others meanwhile is not overwritten.
func TestChangedWhileNobodyAnswers(t *testing.T) {
	t.Parallel()
	w, h, _ := stoppable(t)
	wish := w.wish("US/DRY", 110)
	w.dry(wish)
	h.dry = nobody
	ids, err := w.approveDrafts(actions.Person, []action.Draft{w.dry(wish)})
	w.must(err)
	w.p.set("US/DRY", 105)
	w.run(time.Minute)
	if a := w.want(ids[0], action.Failed); !strings.Contains(a.Reason, "changed since the approval") || w.p.count() != 0 {
		t.Errorf("%q, begun %d times", a.Reason, w.p.count())
	}
}

// Nothing stands in for what was never looked at, for another wish, for what is older than an approval holds, or where
// Amazon did answer. Limits hold all the same.
func TestNothingElseStandsIn(t *testing.T) {
	t.Parallel()
	w, h, _ := stoppable(t)
	wish := w.wish("US/DRY", 110)
	h.dry = nobody
	refused := func(what string, wish action.Wish) {
		t.Helper()
		if d := w.dry(wish); len(d.Against) == 0 || d.Request.Payload != "" || d.Note != "" {
			t.Errorf("%s: %+v", what, d)
		}
	}
	refused("never looked at", wish)
	h.dry = nil
	w.dry(wish)
	h.dry = nobody
	refused("another value", w.wish("US/DRY", 111))
	other := wish
	other.Version++
	refused("another version of the rule", other)
	for _, f := range []source.APIFault{source.FaultThrottled, source.FaultDenied, source.FaultReconnect, source.FaultInvalid} {
		h.dry = &source.APIError{Fault: f, Message: "No."}
		refused(string(f), wish)
	}
	h.dry = core.Unavailable("test", "Nothing is connected.", nil)
	refused("not connected", wish)
	h.dry = nobody
	w.limits(action.ValueMax, "105")
	if d := w.dry(wish); len(d.Against) == 0 || d.Note == "" {
		t.Errorf("over its limit: %+v", d)
	}
	w.limits()
	w.clk.add(action.ValidFor)
	refused("too old", wish)
}
