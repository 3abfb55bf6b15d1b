package actions_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"purser/backend/core/action"
	"purser/backend/services/actions"
)

// Fault 35: the switch is thrown in the middle of a thousand actions.
// In a run of 1,000 actions the switch is thrown by hand: nothing begins more than a second later, nor after a restart.
func TestSwitchInTheMiddle(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.limits()
	var thrown atomic.Int64 // Unix nanoseconds; 0: not yet
	var began atomic.Int64
	after := make(chan time.Duration, 2000)
	at := int64(rand.IntN(150) + 50)
	w.p.onBegin = func(begun) {
		if n := began.Add(1); n == at {
			w.must(os.WriteFile(w.stop, nil, 0o600))
			thrown.Store(time.Now().UnixNano())
		} else if since := thrown.Load(); since != 0 {
			after <- time.Since(time.Unix(0, since))
		}
	}
	var wishes []action.Wish
	for i := range 1000 {
		e := fmt.Sprintf("US/%d", i)
		w.p.set(e, 100)
		wishes = append(wishes, w.wish(e, 110))
	}
	ids := w.approve(wishes...)
	w.clk.add(held)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 2)
	for _, outbound := range []bool{true, false} {
		go func() { ended <- w.s.Work(ctx, outbound) }()
	}
	deadline := time.Now().Add(30 * time.Second)
	for thrown.Load() == 0 && time.Now().Before(deadline) {
		time.Sleep(5 * time.Millisecond)
	}
	time.Sleep(1500 * time.Millisecond)
	stop()
	w.must(errors.Join(<-ended, <-ended))
	w.open()
	w.pass()
	w.run(time.Hour)
	close(after)
	for d := range after {
		t.Errorf("begun %s after the switch was thrown", d)
	}
	if n := began.Load(); n != at {
		t.Fatalf("%d were begun, thrown at %d", n, at)
	}
	waiting := 0
	for _, id := range ids {
		if w.state(id) != action.Approved {
			continue
		}
		if waiting++; waiting > 5 {
			w.cancel(id)
		}
	}
	if waiting != 1000-int(at) {
		t.Errorf("%d wait", waiting)
	}
	w.p.onBegin = nil
	w.must(w.s.Stop(context.Background(), false, actions.Person))
	w.pass()
	for _, id := range ids[:at+5] {
		w.want(id, action.Verified)
	}
	w.audited()
}

// What waits while everything is stopped expires as it would otherwise, and says why it waits until then.
func TestExpiresWhileStopped(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.limits()
	w.p.set("US/A", 100)
	id := w.approve(w.wish("US/A", 110))[0]
	w.must(w.s.Stop(t.Context(), true, actions.Person))
	w.run(held)
	if a := w.want(id, action.Approved); a.Waits == "" {
		t.Error("it says nothing of what it waits for")
	}
	w.run(48 * time.Hour)
	w.want(id, action.Failed)
	w.must(w.s.Stop(t.Context(), false, actions.Person))
	w.run(time.Minute)
	if w.p.count() != 0 {
		t.Error("begun")
	}
	for _, r := range w.records() {
		if r.To == string(action.Sending) {
			t.Error("armed")
		}
	}
}

// Thrown between the look at everything and the sending, it still holds.
func TestStoppedAtTheLastMoment(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.limits()
	w.p.set("US/A", 100)
	id := w.approve(w.wish("US/A", 110))[0]
	w.p.onValue = func(action.Request) { // the file appears while the peer is read for the last time
		if w.state(id) == action.Sending {
			w.must(actions.StopFile(w.stop, w.clk.Now()))
		}
	}
	w.run(held)
	if a := w.want(id, action.Approved); w.p.count() != 0 || a.BeganAt != "" || a.Waits == "" {
		t.Errorf("begun %d times: %+v", w.p.count(), a)
	}
	w.p.onValue = nil
	w.must(actions.ResumeFile(w.stop))
	w.pass()
	w.want(id, action.Verified)
	w.audited()
}

func TestSwitchIsAFile(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	dir := filepath.Join(t.TempDir(), "data")
	w.must(os.Mkdir(dir, 0o700))
	w.stop = filepath.Join(dir, "STOP")
	w.open()
	for _, c := range []struct {
		name string
		do   func()
		want bool
	}{
		{"nothing there", func() {}, false},
		{"made by hand", func() { w.must(os.WriteFile(w.stop, nil, 0o600)) }, true},
		{"removed by hand", func() { w.must(os.Remove(w.stop)) }, false},
		{"a folder of that name", func() { w.must(os.Mkdir(w.stop, 0o700)) }, true},
		{"taken away", func() { w.must(w.s.Stop(t.Context(), false, actions.Person)) }, false},
		{"a link to nowhere", func() { w.must(os.Symlink("/nowhere/at/all", w.stop)) }, true},
		{"taken away", func() { w.must(w.s.Stop(t.Context(), false, actions.Person)) }, false},
		{"thrown", func() { w.must(w.s.Stop(t.Context(), true, actions.Person)) }, true},
		{"thrown again", func() { w.must(w.s.Stop(t.Context(), true, actions.Person)) }, true},
		{"taken back", func() { w.must(w.s.Stop(t.Context(), false, actions.Person)) }, false},
		{"no file to remove", func() { w.must(actions.ResumeFile(w.stop)) }, false},
		{"the folder is gone", func() { w.must(os.Remove(dir)) }, true},
		{"a file in place of the folder", func() { w.must(os.WriteFile(dir, nil, 0o600)) }, true},
	} {
		c.do()
		if w.s.Stopped() != c.want {
			t.Fatalf("%s: stopped is %v", c.name, !c.want)
		}
	}
	if err := w.s.Stop(t.Context(), false, actions.Person); err == nil || !w.s.Stopped() {
		t.Errorf("resumed although the file cannot be removed: %v", err)
	}
	if err := actions.StopFile(w.stop, w.clk.Now()); err == nil {
		t.Error("written into no folder")
	}
	var states []string
	for _, r := range w.records() {
		states = append(states, r.From+" to "+r.To)
	}
	if got := fmt.Sprint(states); got != "[stopped to running stopped to running running to stopped stopped to running]" {
		t.Errorf("the audit tells of %s", got)
	}
}

// A folder that cannot be looked into counts as stopped.
func TestUnreadableFolderStops(t *testing.T) {
	t.Parallel()
	if os.Geteuid() == 0 {
		t.Skip("nothing is unreadable to root")
	}
	w := newWorld(t)
	dir := filepath.Join(t.TempDir(), "data")
	w.must(os.Mkdir(dir, 0o000))
	t.Cleanup(func() { _ = os.Chmod(dir, 0o700) })
	w.stop = filepath.Join(dir, "STOP")
	w.open()
	if !w.s.Stopped() {
		t.Error("not stopped")
	}
}

// It goes on only once the audit says so; it stops even if the audit cannot say so.
func TestSwitchAndAudit(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.recordErr = errors.New("disk full")
	if err := w.s.Stop(t.Context(), true, actions.Person); err == nil || !w.s.Stopped() {
		t.Errorf("stopped %v: %v", w.s.Stopped(), err)
	}
	if err := w.s.Stop(t.Context(), false, actions.Person); err == nil || !w.s.Stopped() {
		t.Errorf("went on without a row of the audit: %v", err)
	}
}
