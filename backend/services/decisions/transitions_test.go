package decisions_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"purser/backend/core"
	"purser/backend/core/decision"
	"purser/backend/platform/sqlite"
	"purser/backend/services/decisions"
)

// Each script is a history of one decision; the state is checked at its end.
func TestTransitions(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, script, want string }{
		{"new is proposed", "fire", "proposed"},
		{"still firing stays", "fire fire fire", "proposed"},
		{"clears by itself", "fire clear", "expired"},
		{"unknown never clears", "fire unknown", "proposed"},
		{"comes back after clearing by itself", "fire clear fire", "proposed"},
		{"approved stays approved while it fires", "fire approve fire fire", "approved"},
		{"approved stays approved when it clears", "fire approve clear", "approved"},
		{"approved comes back after it cleared", "fire approve clear fire", "proposed+regressed"},
		{"unknown is no clearing, so no return", "fire approve unknown fire", "approved"},
		{"rejected stays rejected while it fires", "fire reject fire", "rejected"},
		{"rejected comes back after it cleared", "fire reject clear fire", "proposed+regressed"},
		{"approving a returned one ends the flag", "fire approve clear fire approve", "approved"},
		{"snoozed clears by itself", "fire snooze clear", "expired"},
		{"snoozed stays while it fires", "fire snooze fire", "snoozed"},
		{"approve twice", "fire approve approve", "approved"},
		{"undo approve", "fire approve undo", "proposed"},
		{"undo reject", "fire reject undo", "proposed"},
		{"undo snooze then approve", "fire snooze undo approve", "approved"},
		{"undo twice", "fire snooze approve undo undo", "proposed"},
		{"undo once of two", "fire snooze approve undo", "snoozed"},
		{"undo keeps a returned one returned", "fire approve clear fire reject undo", "proposed+regressed"},
		{"undone approval of a cleared one expires", "fire approve clear undo clear", "expired"},
		{"undone approval of a cleared one that fires", "fire approve clear undo fire", "proposed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s, _, _ := fresh(t)
			p := restock("SKU-104", 480)
			id := decisions.ID(p.ID())
			for _, step := range strings.Fields(c.script) {
				var err error
				switch step {
				case "fire":
					apply(t, s, always, p)
				case "clear":
					apply(t, s, always)
				case "unknown":
					apply(t, s, never)
				case "approve":
					_, err = agree(t, s, 0, id)
				case "reject":
					_, err = s.Reject(t.Context(), []string{id}, decisions.ReasonKnown, "")
				case "snooze":
					_, err = s.Snooze(t.Context(), []string{id}, decisions.SnoozeTomorrow, 0)
				case "undo":
					_, err = s.Undo(t.Context())
				}
				if err != nil {
					t.Fatalf("%s: %v", step, err)
				}
				sound(t, s)
			}
			if got := stateOf(t, s, p); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestRefusedTransitions(t *testing.T) {
	t.Parallel()
	s, _, _ := fresh(t)
	p, q := restock("A", 10), restock("B", 0)
	apply(t, s, always, p, q)
	id := decisions.ID(p.ID())
	code := func(err error) string {
		var e *core.Error
		if !errors.As(err, &e) {
			return ""
		}
		return e.Code
	}
	if _, err := s.Approve(t.Context(), decisions.Agreement{IDs: []string{"nothing"}}); code(err) != core.CodeNotFound {
		t.Errorf("unknown id: %v", err)
	}
	if _, err := s.Approve(t.Context(), decisions.Agreement{IDs: []string{decisions.ID(q.ID())}}); code(err) != core.CodeConflict ||
		!strings.Contains(err.Error(), q.Title) || !strings.Contains(err.Error(), "Say how many units") {
		t.Errorf("an order without a figure: %v", err)
	}
	if _, err := s.Approve(t.Context(), decisions.Agreement{IDs: []string{id}, Units: -5}); code(err) != core.CodeInvalid || stateOf(t, s, p) != "proposed" {
		t.Errorf("negative units: %v", err)
	}
	if _, err := s.Reject(t.Context(), []string{id}, "because", ""); code(err) != core.CodeInvalid {
		t.Errorf("no such reason: %v", err)
	}
	if _, err := s.Snooze(t.Context(), []string{id}, decisions.SnoozeDate, core.Date(2026, 11, 25)); code(err) != core.CodeInvalid {
		t.Errorf("today is not ahead: %v", err)
	}
	if _, err := s.Snooze(t.Context(), []string{id}, decisions.SnoozeSettled, 0); code(err) != core.CodeInvalid {
		t.Errorf("settled already: %v", err)
	}
	if _, err := s.Undo(t.Context()); code(err) != core.CodeNotFound {
		t.Errorf("nothing to undo: %v", err)
	}
	if _, err := s.Reject(t.Context(), []string{id}, decisions.ReasonWrong, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := agree(t, s, 0, id); code(err) != core.CodeConflict {
		t.Errorf("approve a dismissed one: %v", err)
	}
	// One that fails leaves the others as they were.
	if _, err := s.Approve(t.Context(), decisions.Agreement{IDs: []string{decisions.ID(q.ID()), id}, Units: 5}); code(err) != core.CodeConflict || stateOf(t, s, q) != "proposed" {
		t.Errorf("all or none: %v %s", err, stateOf(t, s, q))
	}
	sound(t, s)
}

func TestApproveTwiceSaysAlready(t *testing.T) {
	t.Parallel()
	s, _, _ := fresh(t)
	p := restock("SKU-104", 480)
	apply(t, s, always, p)
	a := api(t, s)
	in := decisions.ApproveInput{ID: decisions.ID(p.ID()), Units: 600}
	first, err := a.Approve(in)
	if err != nil || first.Already || len(first.Lines) != 1 || first.Lines[0].Units != 600 || first.Items[0].State != "approved" {
		t.Fatalf("first: %+v %v", first, err)
	}
	if first.Lines[0].Total.Minor != 600*605 || first.Lines[0].Total.Text != "€3,630.00" {
		t.Errorf("total of the line: %+v", first.Lines[0].Total)
	}
	second, err := a.Approve(in)
	if err != nil || !second.Already || len(second.Lines) != 1 {
		t.Fatalf("second: %+v %v", second, err)
	}
	d, err := a.Get(decisions.IDInput{ID: in.ID})
	if err != nil || len(d.History) != 2 || d.RestockLine == nil || d.RestockLine.Units != 600 {
		t.Fatalf("history: %+v %v", d, err)
	}
	if u, err := a.Undo(); err != nil || len(u.Lines) != 0 || u.Items[0].State != "proposed" || u.Title != "Approved: SKU-104 sells out soon" {
		t.Fatalf("undo: %+v %v", u, err)
	}
}

func TestEditBeforeAndAfterApproval(t *testing.T) {
	t.Parallel()
	s, _, _ := fresh(t)
	p := restock("SKU-104", 480)
	id := decisions.ID(p.ID())
	apply(t, s, always, p)
	edit := func(n int) {
		t.Helper()
		if _, err := s.Edit(t.Context(), id, n); err != nil {
			t.Fatal(err)
		}
	}
	edit(500)
	apply(t, s, always, restock("SKU-104", 470)) // newer numbers leave the seller's figure alone
	if _, err := agree(t, s, 0, id); err != nil {
		t.Fatal(err)
	}
	edit(520)
	units := func() int {
		lines, err := s.RestockLines(t.Context())
		if err != nil || len(lines) != 1 {
			t.Fatalf("lines: %v %v", lines, err)
		}
		return lines[0].Units
	}
	if got := units(); got != 520 {
		t.Errorf("after the edit: %d", got)
	}
	if _, err := s.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := units(); got != 500 {
		t.Errorf("after undoing the edit: %d", got)
	}
	sound(t, s)
}

func TestTaskKeepsItsChecklist(t *testing.T) {
	t.Parallel()
	s, _, _ := fresh(t)
	p := task("SKU-104")
	id := decisions.ID(p.ID())
	apply(t, s, always, p)
	a := api(t, s)
	if _, err := a.Approve(decisions.ApproveInput{ID: id}); err != nil {
		t.Fatal(err)
	}
	count := func(tab string) int {
		in, err := a.Inbox(decisions.InboxInput{Tab: tab})
		if err != nil {
			t.Fatal(err)
		}
		return len(in.Items)
	}
	if count(decisions.TabWaiting) != 1 || count(decisions.TabDone) != 0 {
		t.Error("a task with open steps waits")
	}
	for i := range 2 {
		if _, err := a.CheckTask(decisions.CheckTaskInput{ID: id, Step: i, Done: true}); err != nil {
			t.Fatal(err)
		}
	}
	if count(decisions.TabWaiting) != 0 || count(decisions.TabDone) != 1 {
		t.Error("a task with all steps ticked is done")
	}
	if _, err := a.CheckTask(decisions.CheckTaskInput{ID: id, Step: 2, Done: true}); err == nil {
		t.Error("there is no third step")
	}
	tasks, err := a.Tasks()
	if err != nil || len(tasks.Tasks) != 1 || !tasks.Tasks[0].Done || tasks.Tasks[0].Steps[0].Text != "Read the reviews" {
		t.Errorf("tasks: %+v %v", tasks, err)
	}
	if _, err := a.Undo(); err != nil {
		t.Fatal(err)
	}
	if tasks, _ := a.Tasks(); len(tasks.Tasks) != 0 {
		t.Error("undoing the approval removes its task")
	}
}

func TestIdentityIsStable(t *testing.T) {
	t.Parallel()
	p := restock("SKU-104", 480)
	const want = "573380e63b2a03ed"
	if got := decisions.ID(p.ID()); got != want {
		t.Errorf("id %s: ids are stored and must not change from %s", got, want)
	}
	p.Title, p.Version, p.Action.Units, p.Severity = "other", 2, 3, decision.Critical
	if got := decisions.ID(p.ID()); got != want {
		t.Errorf("the id must not depend on the numbers: %s", got)
	}
}

func TestQueriesPrepare(t *testing.T) {
	t.Parallel()
	_, db, _ := fresh(t)
	text, err := os.ReadFile("queries.sql")
	if err != nil {
		t.Fatal(err)
	}
	q, err := sqlite.ParseQueries(string(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := db.PrepareAll(t.Context(), q); err != nil {
		t.Fatal(err)
	}
}

func TestBeforeAttach(t *testing.T) {
	t.Parallel()
	a := &decisions.API{}
	_, err := a.Inbox(decisions.InboxInput{})
	var e *core.Error
	if !errors.As(err, &e) || e.Code != core.CodeUnavailable {
		t.Errorf("got %v", err)
	}
}
