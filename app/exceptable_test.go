package app_test

import (
	"testing"
	"time"

	"purser/app"
	"purser/backend/core"
	engine "purser/backend/services/rules"
)

// An exception is offered only where it can be made: the rule is on and has the case, and none is in force.
func TestExceptionsThatCanBeMade(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	today := core.Date(2026, 11, 25)
	rules, exceptable := app.OpenExceptions(t, t.TempDir(), now)
	add := func(caseName, subject, until string, on core.Day) {
		t.Helper()
		in := engine.ExceptionInput{Policy: "default", Case: caseName, Subject: subject, Reason: "known", Until: until}
		if err := rules.AddException(t.Context(), in, on); err != nil {
			t.Fatal(err)
		}
	}
	add("restock", "DE/CASE", "", today)
	add("", "DE/ALL", "2026-11-25", today)
	add("restock", "DE/ENDED", "2026-11-24", today-1)
	can := func(policy, caseName, subject string) bool {
		t.Helper()
		f, err := exceptable(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return f(policy, caseName, subject)
	}
	for _, c := range []struct {
		policy, caseName, subject string
		want                      bool
	}{
		{"default", "restock", "DE/FREE", true},
		{"default", "restock", "DE/CASE", false},
		{"default", "reevaluate", "DE/CASE", true},
		{"default", "restock", "DE/ALL", false},
		{"default", "restock", "DE/ENDED", true},
		{"default", "nocase", "DE/FREE", false},
		{"nobody", "restock", "DE/FREE", false},
	} {
		if got := can(c.policy, c.caseName, c.subject); got != c.want {
			t.Errorf("%s %s %s: %v", c.policy, c.caseName, c.subject, got)
		}
	}
	if err := rules.Switch(t.Context(), "default", false); err != nil {
		t.Fatal(err)
	}
	if can("default", "restock", "DE/FREE") {
		t.Error("a rule that is off asks nothing that could be taken out")
	}
	if err := rules.Switch(t.Context(), "default", true); err != nil || !can("default", "restock", "DE/FREE") {
		t.Errorf("on again: %v", err)
	}
}
