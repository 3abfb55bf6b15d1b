package decisions_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/services/decisions"
)

// What a policy may do by itself is done as Purser, is no step of the person's undo, and what is outside its band waits.
func TestAutomateDoesWhatItMay(t *testing.T) {
	t.Parallel()
	s, _, _ := fresh(t)
	apply(t, s, always, task("A"), task("B"), restock("C", 10))
	alone := func(_ context.Context, policy string) (bool, error) { return policy == "default", nil }
	may := func(_ context.Context, _ string, d action.Draft) (string, error) {
		if d.Kind.Name == action.Task && strings.Contains(d.Title, "A") {
			return "", nil
		}
		return "outside its band", nil
	}
	n, err := s.Automate(t.Context(), decisions.Automation{Alone: alone, May: may})
	if err != nil || n != 1 {
		t.Fatalf("did %d: %v", n, err)
	}
	for p, want := range map[string]string{"A": "approved", "B": "proposed"} {
		if got := stateOf(t, s, task(p)); got != want {
			t.Errorf("%s is %s, want %s", p, got, want)
		}
	}
	d, err := s.Get(t.Context(), decisions.ID(task("A").ID()))
	if err != nil || len(d.Actions) != 1 || d.Actions[0].Who != decisions.Purser || d.Actions[0].State != action.Verified {
		t.Errorf("its action: %+v %v", d.Actions, err)
	}
	if last := d.History[len(d.History)-1]; last.By != decisions.Purser || !strings.Contains(last.Reason, "without asking") {
		t.Errorf("its history ends with %+v", last)
	}
	if last, err := s.LastUndoable(t.Context()); err != nil || last != nil {
		t.Errorf("a person can undo what they did not do: %+v %v", last, err)
	}
	sound(t, s)
}

func TestWhatIsOnlyWatchedAsksNobody(t *testing.T) {
	t.Parallel()
	db, c := openFile(t, filepath.Join(t.TempDir(), "ledger.db")), start()
	watched := true
	s, err := decisions.Open(t.Context(), decisions.Options{DB: db, Clock: c, Observed: func(string) bool { return watched }})
	if err != nil {
		t.Fatal(err)
	}
	carriedOut(t, s, db, c)
	apply(t, s, always, task("A"))
	id := decisions.ID(task("A").ID())
	count := func(tab string) int {
		in, err := s.Inbox(t.Context(), decisions.InboxInput{Tab: tab})
		if err != nil {
			t.Fatal(err)
		}
		return len(in.Items)
	}
	open, err := s.ListOpen(t.Context())
	if err != nil || len(open) != 0 || count(decisions.TabNeeds) != 0 || count(decisions.TabObserved) != 1 {
		t.Errorf("asked: %v %v", open, err)
	}
	if _, err := agree(t, s, 0, id); core.AsError(err) == nil || core.AsError(err).Code != core.CodeInvalid || stateOf(t, s, task("A")) != "proposed" {
		t.Errorf("approved although it is only watched: %v", err)
	}
	watched = false
	if _, err := agree(t, s, 0, id); err != nil || count(decisions.TabObserved) != 0 {
		t.Errorf("not approved: %v", err)
	}
	sound(t, s)
}

func TestDelegate(t *testing.T) {
	t.Parallel()
	s, _, c := fresh(t)
	p := restock("A", 10)
	apply(t, s, always, p)
	id, today := decisions.ID(p.ID()), core.DayOf(c.now, time.UTC)
	if _, err := s.Delegate(t.Context(), []string{id}, " ", today); core.AsError(err) == nil || core.AsError(err).Code != core.CodeInvalid {
		t.Errorf("to nobody: %v", err)
	}
	if _, err := s.Delegate(t.Context(), []string{id}, "Ana", today-1); core.AsError(err) == nil || core.AsError(err).Code != core.CodeInvalid {
		t.Errorf("due in the past: %v", err)
	}
	if _, err := s.Delegate(t.Context(), []string{id}, "Ana", today+3); err != nil {
		t.Fatal(err)
	}
	tasks, err := s.Tasks(t.Context())
	if err != nil || len(tasks) != 1 || tasks[0].Owner != "Ana" || tasks[0].Due != today+3 || len(tasks[0].Steps) != 1 {
		t.Errorf("got %+v %v", tasks, err)
	}
	if lines, err := s.RestockLines(t.Context()); err != nil || len(lines) != 0 {
		t.Errorf("what was handed over is ordered as well: %v %v", lines, err)
	}
	if _, err := s.Undo(t.Context()); err != nil || stateOf(t, s, p) != "proposed" {
		t.Fatalf("undo: %v", err)
	}
	if tasks, err := s.Tasks(t.Context()); err != nil || len(tasks) != 0 {
		t.Errorf("the task stays: %v %v", tasks, err)
	}
	sound(t, s)
}

// What changed between the preview and the approval is not approved.
func TestApprovalIsBoundToWhatWasSeen(t *testing.T) {
	t.Parallel()
	s, db, _ := fresh(t)
	p := restock("A", 10)
	apply(t, s, always, p)
	a := decisions.Agreement{IDs: []string{decisions.ID(p.ID())}}
	b, err := s.Preview(t.Context(), a)
	if err != nil || len(b.Lines) != 1 || b.Lines[0].Units != 10 || b.Seen == "" || len(b.Riskiest) != 1 || b.Totals[0].Minor != 6050 {
		t.Fatalf("preview: %+v %v", b, err)
	}
	err = db.Write(t.Context(), func(tx *sql.Tx) error {
		_, err := tx.ExecContext(t.Context(), `INSERT INTO decisions_restock_line (marketplace, sku, units, decision, created_at) VALUES ('DE', 'A', 7, 'x', 1)`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	a.Seen = b.Seen
	if _, err := s.Approve(t.Context(), a); core.AsError(err) == nil || core.AsError(err).Code != core.CodeConflict || stateOf(t, s, p) != "proposed" {
		t.Errorf("approved something else than was seen: %v", err)
	}
	if b, err = s.Preview(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	a.Seen = b.Seen
	if _, err := s.Approve(t.Context(), a); err != nil || stateOf(t, s, p) != "approved" {
		t.Errorf("not approved: %v", err)
	}
	sound(t, s)
}
