package accounts_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"purser/backend/services/accounts"
)

func (x *set) due(t *testing.T) []accounts.Reminder {
	t.Helper()
	out, err := x.Due(t.Context(), x.clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestRemindersOverTwoHundredDays walks through the life of a secret, asking often and starting anew in between.
func TestRemindersOverTwoHundredDays(t *testing.T) {
	t.Parallel()
	x := connected(t)
	x.connect(t, draftEU()) // the same application: one reminder for both
	var got []string
	made := time.Date(2026, 11, 26, 0, 0, 0, 0, time.UTC)
	for turn := range 200 * 4 {
		for _, r := range x.due(t) {
			got = append(got, fmt.Sprintf("day %d: %d", int(x.clock.Now().Sub(made)/(24*time.Hour)), r.Days))
			if r.Left != r.Days || !slices.Equal(r.Regions, []string{"na", "eu"}) || r.Ends != "2027-05-25" || !strings.Contains(r.Text, "2027-05-25") || r.Title == "" {
				t.Errorf("%+v", r)
			}
		}
		if turn%40 == 0 {
			x.open(t)
		}
		x.clock.add(6 * time.Hour)
	}
	want := []string{"day 90: 90", "day 150: 30", "day 166: 14", "day 173: 7", "day 179: 1"}
	if !slices.Equal(got, want) {
		t.Fatalf("reminders %v, want %v", got, want)
	}
	if r := x.one(t, "na").Rotation; *r.DaysLeft != -20 || !r.Due || !strings.Contains(r.Text, "ended") {
		t.Errorf("%+v", r)
	}
}

func TestNoReminderAfterRotation(t *testing.T) {
	t.Parallel()
	x := connected(t)
	x.clock.add(160 * 24 * time.Hour)
	// Purser was not running when the first two became due: the more urgent one stands for both.
	if d := x.due(t); len(d) != 1 || d[0].Days != 30 || d[0].Left != 20 {
		t.Fatalf("%+v", d)
	}
	if err := x.vault.Unlock(t.Context(), noText); err != nil {
		t.Fatal(err)
	}
	x.amazon.secrets[secretTwo] = true
	day := x.clock.Now().Format(time.DateOnly)
	if out, err := x.Reconnect(t.Context(), accounts.DraftInput{API: "spapi", Region: "na", ClientSecret: secretTwo, SecretCreated: day}); err != nil || !out.Kept {
		t.Fatalf("%+v %v", out, err)
	}
	for range 89 {
		x.clock.add(24 * time.Hour)
		if d := x.due(t); len(d) != 0 {
			t.Fatalf("%+v", d)
		}
	}
	x.clock.add(24 * time.Hour)
	if d := x.due(t); len(d) != 1 || d[0].Days != 90 {
		t.Fatalf("the new secret has reminders of its own: %+v", d)
	}
	x.clock.add(-100 * 24 * time.Hour)
	x.clock.add(100 * 24 * time.Hour)
	if d := x.due(t); len(d) != 0 {
		t.Fatalf("told again after the clock was set: %+v", d)
	}
}

func TestAnEndedSecretIsToldOnce(t *testing.T) {
	t.Parallel()
	x := connected(t)
	x.clock.add(190 * 24 * time.Hour)
	if d := x.due(t); len(d) != 1 || d[0].Days != 1 || d[0].Left != -10 || !strings.Contains(d[0].Title, "has ended") {
		t.Fatalf("%+v", d)
	}
	if d := x.due(t); len(d) != 0 {
		t.Fatalf("%+v", d)
	}
}
