package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"purser/app"
	"purser/backend/services/actions"
)

// within waits until something holds, and fails the test if it does not in time.
func within(t *testing.T, d time.Duration, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(d); !holds(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("after %v still not: %s", d, what)
		}
	}
}

func switched(t *testing.T, w *app.Watched) []string {
	t.Helper()
	got, err := w.Switched(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// However the switch is thrown, by hand, by command, in the window, while Purser is closed: the audit notes it once.
func TestSwitchIsNotedOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "STOP")
	w := app.OpenWatched(t, dir, now())
	var want []string
	noted := func(text string) {
		t.Helper()
		want = append(want, text)
		within(t, 20*time.Second, fmt.Sprint("noted ", want), func() bool {
			got := switched(t, w)
			return len(got) == len(want) && strings.HasPrefix(got[len(got)-1], text)
		})
	}
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	noted("stopped by person: the file STOP was made at 20")
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	noted("running by person: the file STOP was taken away")
	cli(t, dir, 0, "stop")
	noted("stopped by person: the file STOP was made at 20")
	if _, err := w.Actions.Stop(actions.StopInput{}); err != nil {
		t.Fatal(err)
	}
	noted("running by person: running by person")
	if _, err := w.Actions.Stop(actions.StopInput{Stop: true}); err != nil {
		t.Fatal(err)
	}
	noted("stopped by person: stopped by person")
	time.Sleep(3 * time.Second) // three more looks add nothing
	if got := switched(t, w); len(got) != len(want) {
		t.Errorf("noted more than once: %v", got)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	cli(t, dir, 0, "resume")
	w = app.OpenWatched(t, dir, now())
	noted("running by person: the file STOP was taken away")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	cli(t, dir, 0, "audit", "verify")
}

// Nothing acts by itself before the audit was checked, nor when it is not whole.
func TestNothingActsOnABrokenAudit(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	w := app.OpenWatched(t, dir, now())
	propose(t, w)
	within(t, 20*time.Second, "checked and whole", w.Sound)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	forge(t, dir, `UPDATE decisions_decision SET state = 'approved'`)
	w = app.OpenWatched(t, dir, now())
	within(t, 20*time.Second, "found broken", func() bool {
		if w.Sound() {
			t.Fatal("a broken audit passed for whole")
		}
		return w.Broken()
	})
	v, err := w.Decisions.Verify()
	if err != nil || v.Sound || !slices.ContainsFunc(v.Faults, func(f string) bool { return strings.Contains(f, `is "approved", the audit says "proposed"`) }) {
		t.Errorf("%+v %v", v, err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}
