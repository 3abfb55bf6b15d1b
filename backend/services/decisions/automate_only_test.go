package decisions_test

import (
	"database/sql"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"purser/backend/core/action"
	"purser/backend/core/decision"
	"purser/backend/services/actions"
	"purser/backend/services/decisions"
)

// A rule acts by itself on what its list names. Of what comes later, and of everything where there is no list, a person
// is asked, and told why.
func TestNewOnesAreAskedAbout(t *testing.T) {
	t.Parallel()
	db, c := openFile(t, filepath.Join(t.TempDir(), "ledger.db")), start()
	s, err := decisions.Open(t.Context(), decisions.Options{DB: db, Clock: c})
	if err != nil {
		t.Fatal(err)
	}
	out := carriedOut(t, s, db, c)
	let := func(only ...string) {
		t.Helper()
		m := actions.Mode{Policy: "default", Mode: actions.Auto, Consent: actions.ConsentTo("default"), Band: actions.Band{PerDay: 10, Only: only}}
		st := actions.Standing{Looked: actions.CleanLooks, Clean: c.now.Add(-actions.CleanDays * 24 * time.Hour)}
		if err := out.SetMode(t.Context(), m, action.Task, st); err != nil {
			t.Fatal(err)
		}
	}
	auto := decisions.Automation{Alone: out.ActsAlone, May: out.MayAct}
	does := func(want int, all ...decision.Proposal) {
		t.Helper()
		apply(t, s, always, all...)
		if n, err := s.Automate(t.Context(), auto); err != nil || n != want {
			t.Errorf("did %d, want %d: %v", n, want, err)
		}
	}
	why := func(p decision.Proposal) string {
		t.Helper()
		text, err := s.Asks(t.Context(), auto, decisions.ID(p.ID()))
		if err != nil {
			t.Error(err)
		}
		return text
	}
	does(0, task("A"))
	if text := why(task("A")); text != "" {
		t.Errorf("it acts on nothing, and says %q", text)
	}
	let("DE/A", "DE/B")
	does(1, task("A"), task("NEW"))
	if text := why(task("NEW")); text != "DE/NEW is not among what this rule may touch by itself." {
		t.Errorf("a new one waits because %q", text)
	}
	if text := why(task("A")); text != "" || stateOf(t, s, task("A")) != "approved" || stateOf(t, s, task("NEW")) != "proposed" {
		t.Errorf("one on the list: %q", text)
	}
	let("DE/NEW")
	does(1, task("A"), task("B"), task("NEW"))
	for sku, want := range map[string]string{"A": "approved", "B": "proposed", "NEW": "approved"} {
		if got := stateOf(t, s, task(sku)); got != want {
			t.Errorf("%s is %s, want %s", sku, got, want)
		}
	}
	// As it was stored before there were lists.
	err = db.Write(t.Context(), func(tx *sql.Tx) error {
		_, err := tx.ExecContext(t.Context(), `UPDATE actions_mode SET band = '{"per_day":10}'`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	s, err = decisions.Open(t.Context(), decisions.Options{DB: db, Clock: c})
	if err != nil {
		t.Fatal(err)
	}
	out = carriedOut(t, s, db, c)
	auto = decisions.Automation{Alone: out.ActsAlone, May: out.MayAct}
	does(0, task("B"))
	if text := why(task("B")); !strings.Contains(text, "names nothing") {
		t.Errorf("without a list it waits because %q", text)
	}
	all, err := s.ProposedFor(t.Context(), "default")
	if err != nil || !slices.Equal(all, []string{"DE/A", "DE/B", "DE/NEW"}) {
		t.Errorf("proposed for %q, %v", all, err)
	}
	if none, err := s.ProposedFor(t.Context(), "def%"); err != nil || len(none) != 0 {
		t.Errorf("of another rule: %q, %v", none, err)
	}
	sound(t, s)
}
