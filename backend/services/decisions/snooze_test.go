package decisions_test

import (
	"testing"

	"purser/backend/core"
	"purser/backend/core/decision"
	"purser/backend/services/decisions"
)

func TestSnoozeUntilADay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		until string
		date  core.Day
		days  int // from Wednesday 25 November until it is back
	}{
		{decisions.SnoozeTomorrow, 0, 1},
		{decisions.SnoozeMonday, 0, 5},
		{decisions.SnoozeDate, core.Date(2026, 12, 2), 7},
		{decisions.SnoozeSettled, 0, 3},
	} {
		t.Run(c.until, func(t *testing.T) {
			t.Parallel()
			s, _, clk := fresh(t)
			p := restock("SKU-104", 480)
			p.Settled = core.Date(2026, 11, 28)
			apply(t, s, always, p)
			if _, err := s.Snooze(t.Context(), []string{decisions.ID(p.ID())}, c.until, c.date); err != nil {
				t.Fatal(err)
			}
			clk.days(c.days - 1)
			apply(t, s, always, p)
			if got := stateOf(t, s, p); got != "snoozed" {
				t.Errorf("a day before: %s", got)
			}
			clk.days(1)
			in, err := s.Inbox(t.Context(), decisions.InboxInput{}) // no evaluation is needed to wake it
			if err != nil || len(in.Items) != 1 {
				t.Errorf("on the day: %+v %v", in.Items, err)
			}
			if got := stateOf(t, s, p); got != "proposed" {
				t.Errorf("on the day: %s", got)
			}
			sound(t, s)
		})
	}
}

func TestSnoozeUntilWorse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name        string
		before, now float64
		want        string
	}{
		{"a little worse", 100, 119.9, "snoozed"},
		{"a fifth worse", 100, 120, "proposed"},
		{"better", 100, 20, "snoozed"},
		{"cover shrinks by a fifth", -20, -16, "proposed"},
		{"cover shrinks a little", -20, -16.5, "snoozed"},
		{"from nothing", 0, 0.01, "proposed"},
		{"nothing stays nothing", 0, 0, "snoozed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s, _, clk := fresh(t)
			p := restock("SKU-104", 480)
			p.Worse = c.before
			apply(t, s, always, p)
			if _, err := s.Snooze(t.Context(), []string{decisions.ID(p.ID())}, decisions.SnoozeWorse, 0); err != nil {
				t.Fatal(err)
			}
			clk.days(100) // no day ends it
			p.Worse = c.now
			apply(t, s, always, p)
			if got := stateOf(t, s, p); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// The figure counts from when it was snoozed, not from yesterday.
func TestSlowlyWorseWakesToo(t *testing.T) {
	t.Parallel()
	s, _, _ := fresh(t)
	p := restock("SKU-104", 480)
	apply(t, s, always, p)
	if _, err := s.Snooze(t.Context(), []string{decisions.ID(p.ID())}, decisions.SnoozeWorse, 0); err != nil {
		t.Fatal(err)
	}
	for p.Worse = 105; p.Worse < 120; p.Worse += 5 {
		apply(t, s, always, p)
		if got := stateOf(t, s, p); got != "snoozed" {
			t.Fatalf("at %v: %s", p.Worse, got)
		}
	}
	p.Severity = decision.Critical
	if n := apply(t, s, always, p); n.Woken != 1 || n.Urgent != 1 {
		t.Errorf("at 120: %+v", n)
	}
}

// A day that counts from when a thing was first seen is not put off by seeing it again.
func TestFixedDueDay(t *testing.T) {
	t.Parallel()
	s, _, _ := fresh(t)
	p := restock("SKU-104", 480)
	p.DueFixed, p.Due = true, core.Date(2026, 11, 28)
	apply(t, s, always, p)
	p.Due += 2
	apply(t, s, always, p)
	due := func() string {
		t.Helper()
		d, err := s.Get(t.Context(), decisions.ID(p.ID()))
		if err != nil {
			t.Fatal(err)
		}
		return d.Due
	}
	if got := due(); got != "2026-11-28" {
		t.Errorf("seen again: due %s", got)
	}
	apply(t, s, always)
	p.Due += 10
	apply(t, s, always, p)
	if got := due(); got != "2026-12-10" {
		t.Errorf("a new episode has its own day: due %s", got)
	}
}
