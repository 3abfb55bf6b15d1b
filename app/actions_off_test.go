package app_test

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"purser/app"
	"purser/backend/core/action"
	"purser/backend/executors/adbudgets"
	"purser/backend/sources/simulator"
	"purser/backend/sources/simulator/practice"
)

// TestAccountSwitchedOff: while Amazon says that the account may not sell, nothing is sent there; what stays on this
// computer goes on, and so does everything once Amazon says otherwise.
func TestAccountSwitchedOff(t *testing.T) {
	t.Parallel()
	live(t, simulator.Options{Seed: 104, SKUs: 20, Ahead: 4}, 2*24*time.Hour, func(t *testing.T, l *app.Live, amazon *practice.Server) {
		t.Helper()
		if err := amazon.SetFaults(practice.Faults{{Name: practice.Suspended}}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Hour)
		synctest.Wait()
		all := l.Campaigns(t)
		if len(all) == 0 {
			t.Fatal("no campaign came in")
		}
		lower := action.Wish{Decision: "1", Kind: adbudgets.Name, SubjectKind: "campaign", Subject: all[0], Target: "-10%"}
		here := action.Wish{Decision: "1", Kind: action.Task, SubjectKind: "campaign", Subject: all[0], Label: "Look at it"}
		off := func(against []string) bool {
			return slices.ContainsFunc(against, func(s string) bool { return strings.Contains(s, "the account is deactivated on") })
		}
		if got := l.Against(t, lower); !off(got) {
			t.Errorf("against a change at Amazon: %q", got)
		}
		if got := l.Against(t, here); len(got) > 0 {
			t.Errorf("against a task: %q", got)
		}
		if err := amazon.SetFaults(nil); err != nil {
			t.Fatal(err)
		}
		time.Sleep(26 * time.Hour)
		synctest.Wait()
		if got := l.Against(t, lower); off(got) {
			t.Errorf("still against it: %q", got)
		}
	})
}
