package actions_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/source"
	"purser/backend/executors/adbids"
	"purser/backend/executors/adbudgets"
	"purser/backend/executors/adnegatives"
	"purser/backend/executors/adstates"
	"purser/backend/executors/offers"
	"purser/backend/executors/reviewrequests"
	"purser/backend/services/actions"
)

// halting is a peer that takes nothing more after some.
type halting struct {
	*peer
	err error // what Execute answers; nil: as the peer does
	dry error // what Prepare answers for US/DRY
}

func (h *halting) Execute(ctx context.Context, r action.Request) (action.Receipt, error) {
	if h.err != nil {
		h.begins = append(h.begins, begun{Request: r})
		return action.Receipt{}, h.err
	}
	return h.peer.Execute(ctx, r)
}

func (h *halting) Prepare(ctx context.Context, w action.Wish) (action.Request, error) {
	if h.dry != nil && w.Subject == "US/DRY" {
		return action.Request{}, h.dry
	}
	return h.peer.Prepare(ctx, w)
}

// stoppable is a world whose peer can stop its kind, beside another kind that goes on.
func stoppable(t *testing.T) (*world, *halting, *[]actions.Alert) {
	t.Helper()
	w := newWorld(t)
	w.limits()
	for _, e := range []string{"US/A", "US/B", "US/C", "US/DRY"} {
		w.p.set(e, 100)
	}
	h, told := &halting{peer: w.p}, &[]actions.Alert{}
	w.s = withAlerts(t, w, h, told)
	return w, h, told
}

func withAlerts(t *testing.T, w *world, h action.Executor, told *[]actions.Alert) *actions.Service {
	t.Helper()
	s, err := actions.Open(t.Context(), actions.Options{
		DB: w.db, Clock: w.clk, Log: slog.New(slog.DiscardHandler), StopFile: w.stop, Executors: []action.Executor{h},
		Record: func(_ context.Context, tx *sql.Tx, r actions.Record) error {
			if w.recordErr != nil {
				return w.recordErr
			}
			_, err := tx.Exec(`INSERT INTO test_audit VALUES (?, ?, ?, ?, ?)`, r.Subject, r.From, r.To, r.Who, r.Reason)
			return err
		},
		Alert: func(_ context.Context, a actions.Alert) { *told = append(*told, a) },
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

const noMore = "Amazon lets this account write to nobody."

// Once an answer says that nothing of a kind is taken, no further one begins, over restarts, until a person lets it; one
// alert tells of it.
func TestStopOfAKind(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]error{
		"refused": action.Refuse("No.", action.KindStopped(noMore, errors.New("403"))), "open": action.KindStopped(noMore, nil),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, h, told := stoppable(t)
			h.err = answer
			first := w.approve(w.wish("US/A", 110))[0]
			second := w.approve(w.wish("US/B", 110))[0]
			w.run(held)
			w.run(time.Hour)
			w.s = withAlerts(t, w, h, told)
			w.run(time.Hour)
			if name == "refused" {
				w.want(first, action.Failed)
			} else if a := w.want(first, action.Sending); a.Waits == "" {
				t.Error("it says nothing of what it waits for")
			}
			if a := w.want(second, action.Approved); !strings.Contains(a.Waits, noMore) || !strings.Contains(a.Waits, "25 Nov, 07:00 UTC") {
				t.Errorf("it waits: %q", a.Waits)
			}
			if n := w.p.count(); n != 1 {
				t.Errorf("begun %d times", n)
			}
			if len(*told) != 1 || (*told)[0].Key != "actions:stopped:bid" || !strings.Contains((*told)[0].Text, noMore) || (*told)[0].Title == "" {
				t.Errorf("told: %+v", *told)
			}
			w.resumes(second, h)
			w.audited()
		})
	}
}

// resumes lets the kind go on and looks whether it does.
func (w *world) resumes(waiting int64, h *halting) {
	w.t.Helper()
	a := w.api(actions.Standing{})
	st, err := a.Status()
	w.must(err)
	limits, err := a.Limits()
	w.must(err)
	if len(st.StoppedKinds) != 1 || st.StoppedKinds[0] != (actions.StoppedKindOutput{Kind: "bid", Title: "Set a bid", Reason: noMore, Since: "2026-11-25T07:00:11Z"}) ||
		limits.Kinds[0].Stopped == nil || *limits.Kinds[0].Stopped != st.StoppedKinds[0] || st.Stopped {
		w.t.Errorf("shown as %+v, %+v", st, limits.Kinds[0].Stopped)
	}
	drafts, err := w.s.Prepare(context.Background(), []action.Wish{w.wish("US/C", 110)})
	if err != nil || len(drafts[0].Against) != 1 || !strings.Contains(drafts[0].Against[0], noMore) {
		w.t.Errorf("prepared: %+v, %v", drafts, err)
	}
	for _, kind := range []string{"", "nonsense"} {
		if _, err := a.ResumeKind(actions.ResumeKindInput{Kind: kind}); code(err) != core.CodeInvalid {
			w.t.Errorf("%q goes on: %v", kind, err)
		}
	}
	w.recordErr = errors.New("no audit")
	if _, err := a.ResumeKind(actions.ResumeKindInput{Kind: "bid"}); err == nil {
		w.t.Errorf("it goes on and the audit does not say so")
	}
	w.recordErr, h.err = nil, nil
	w.run(time.Hour)
	w.want(waiting, action.Approved)
	for range 2 { // the second time nothing changes
		st, err = a.ResumeKind(actions.ResumeKindInput{Kind: "bid"})
		if err != nil || len(st.StoppedKinds) != 0 {
			w.t.Errorf("goes on: %+v, %v", st, err)
		}
	}
	w.run(time.Minute)
	w.want(waiting, action.Verified)
	var of []string
	for _, r := range w.records() {
		if r.Subject == "kind:bid" {
			of = append(of, r.From+" "+r.To+" "+r.Who)
		}
	}
	if strings.Join(of, ", ") != "running stopped purser, stopped running person" {
		w.t.Errorf("the audit says %q", of)
	}
}

// What stops a kind may be heard from any answer, also of a dry run or a reading.
func TestStopOfAKindIsHeardEverywhere(t *testing.T) {
	t.Parallel()
	w, h, told := stoppable(t)
	h.dry = action.KindStopped(noMore, nil)
	drafts, err := w.s.Prepare(t.Context(), []action.Wish{w.wish("US/DRY", 110), w.wish("US/A", 110)})
	if err != nil || len(*told) != 1 || len(drafts) != 2 || len(drafts[0].Against) == 0 || len(drafts[1].Against) == 0 {
		t.Errorf("%+v, %v, told %v", drafts, err, *told)
	}
	w, h, told = stoppable(t)
	id := w.approve(w.wish("US/A", 110))[0]
	w.p.valueErr = func(action.Request) error { return action.KindStopped(noMore, nil) }
	w.run(held)
	if w.want(id, action.Approved); len(*told) != 1 || w.p.count() != 0 || h.err != nil {
		t.Errorf("told %v, begun %d times", *told, w.p.count())
	}
}

// A line that Amazon could not be asked about is shown as such and cannot be approved; the others can.
func TestOneUnreadableLine(t *testing.T) {
	t.Parallel()
	w, h, told := stoppable(t)
	wishes := []action.Wish{w.wish("US/A", 110), w.wish("US/DRY", 110), w.wish("US/B", 110)}
	for f, err := range map[string]error{
		"throttled": &source.APIError{Fault: source.FaultThrottled, Message: "Nothing was reached."}, "offline": &source.APIError{Fault: source.FaultOffline, Message: "Nothing was reached."},
		"not connected": core.Unavailable("test", "Nothing was reached.", nil), "within": fmt.Errorf("read: %w", &source.APIError{Message: "Nothing was reached."}),
	} {
		h.dry = err
		drafts, err := w.s.Prepare(t.Context(), wishes)
		if err != nil || len(drafts) != 3 {
			t.Fatalf("%s: %+v, %v", f, drafts, err)
		}
		d := drafts[1]
		if len(d.Against) != 1 || d.Against[0] != "Amazon could not be asked what it is now: Nothing was reached." || d.Request.Decision != wishes[1].Decision ||
			d.Request.Entity != "US/DRY" || d.Kind.Name != "bid" || d.Title != wishes[1].Title || d.Hash != actions.HashOf(d.Request) {
			t.Errorf("%s: %+v", f, d)
		}
		if len(drafts[0].Against)+len(drafts[2].Against) != 0 || drafts[0].Request.Payload == "" || drafts[2].Request.Payload == "" {
			t.Errorf("%s: the others: %+v", f, drafts)
		}
		if _, err := w.approveDrafts(actions.Person, drafts[1:2]); code(err) != core.CodeConflict {
			t.Errorf("%s: approved: %v", f, err)
		}
	}
	h.dry = errors.New("disk full")
	if _, err := w.s.Prepare(t.Context(), wishes); err == nil || !strings.Contains(err.Error(), wishes[1].Title) {
		t.Errorf("a fault of the program: %v", err)
	}
	h.dry = &source.APIError{Message: "It was called off."}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if drafts, err := w.s.Prepare(ctx, wishes); err == nil {
		t.Errorf("called off: %+v", drafts)
	}
	if len(*told) != 0 {
		t.Errorf("told %v", *told)
	}
}

// Every limit that a kind of the live account needs is shipped, with where it is from.
func TestLiveKindsHaveLimits(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := w.another(adbids.New(nil), adbudgets.New(nil), adstates.New(nil), adnegatives.New(nil), offers.NewPrices(nil), offers.NewQuantities(nil),
		reviewrequests.New(nil, nil, nil))
	all, err := s.Limits(t.Context(), nil)
	w.must(err)
	got := map[string]map[string]float64{}
	for _, l := range all {
		if l.Kind == w.p.kind.Name {
			continue
		}
		if got[l.Kind] == nil {
			got[l.Kind] = map[string]float64{}
		}
		got[l.Kind][l.Name] = l.Value
		if l.Value <= 0 || !strings.Contains(l.Source, "2026-11-26") {
			t.Errorf("%s has no limit as shipped for %s: %+v", l.Kind, l.Name, l)
		}
	}
	if len(got) != 7 || len(got[adbids.Name]) != 7 || len(got[adbudgets.Name]) != 7 || len(got[offers.Price]) != 7 || len(got[offers.Quantity]) != 4 {
		t.Errorf("%v", got)
	}
}
