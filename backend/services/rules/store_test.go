package rules_test

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"purser/backend/platform/clock"
	"purser/backend/platform/sqlite"
	"purser/backend/services/rules"
)

func openDB(t *testing.T) *sqlite.DB {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "ledger.db"), sqlite.Options{Durable: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func exec(t *testing.T, db *sqlite.DB, text string) {
	t.Helper()
	if err := db.Write(t.Context(), func(tx *sql.Tx) error {
		_, err := tx.ExecContext(t.Context(), text)
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// A ledger of the version before keeps its figures, and what they make of a policy's version.
func TestLedgerOfTheVersionBefore(t *testing.T) {
	t.Parallel()
	db := openDB(t)
	first := fstest.MapFS{"00001_rules.sql": &fstest.MapFile{Data: []byte(readFile(t, "migrations/00001_rules.sql"))}}
	if err := db.Migrate(t.Context(), "rules", first); err != nil {
		t.Fatal(err)
	}
	exec(t, db, `INSERT INTO rules_threshold VALUES ('low', 'days', 4.5);
INSERT INTO rules_change (at, policy, name, value) VALUES (1, 'low', 'days', 6), (2, 'low', 'days', 4.5)`)
	store, err := rules.OpenStore(t.Context(), db, clock.Fixed(time.Unix(3, 0)))
	if err != nil {
		t.Fatal(err)
	}
	k := newKept(t, store, map[string]string{"low.yaml": low})
	if p := k.policy(t, "low"); p.Version != 3 || *p.Thresholds[0].Value != 4.5 || !p.Changed {
		t.Errorf("%+v", p)
	}
	all, err := k.Versions(rules.PolicyInput{Policy: "low"})
	if err != nil || len(all.Versions) != 2 || all.Versions[0].Version != 3 || all.Versions[0].At != "1970-01-01T00:00:02Z" ||
		all.Versions[0].Note != "Figures changed: Days 4.5 days" || !all.Versions[0].Current || all.Versions[1].Current {
		t.Errorf("%+v %v", all, err)
	}
	if _, err := k.Restore(rules.VersionInput{Policy: "low", Version: 1}); err != nil {
		t.Fatal(err)
	}
	if p := k.policy(t, "low"); p.Version != 4 || *p.Thresholds[0].Value != 10 || p.Changed {
		t.Errorf("as shipped again: %+v", p)
	}
}

// A change that fails half way leaves nothing behind, in the file and in force.
func TestHalfAChangeIsNone(t *testing.T) {
	t.Parallel()
	db := openDB(t)
	store, err := rules.OpenStore(t.Context(), db, clock.Fixed(time.Unix(3, 0)))
	if err != nil {
		t.Fatal(err)
	}
	k := newKept(t, store, map[string]string{"low.yaml": low})
	if _, err := k.SetThreshold(rules.SetThresholdInput{Policy: "low", Name: "days", Value: "9"}); err != nil {
		t.Fatal(err)
	}
	before := k.text(t, "")
	exec(t, db, `CREATE TRIGGER no_more BEFORE DELETE ON rules_threshold BEGIN SELECT raise(ABORT, 'the disk is full'); END`)
	if _, err := k.Save(rules.SaveInput{YAML: strings.Replace(low, "It is low", "Mine", 1)}); err == nil {
		t.Error("saving must fail")
	}
	if _, err := k.Import(rules.TextInput{YAML: small("one", "", "true") + "---\n" + strings.Replace(low, "It is low", "Mine", 1)}); err == nil {
		t.Error("importing must fail")
	}
	if _, err := k.Restore(rules.VersionInput{Policy: "low", Version: 1}); err == nil {
		t.Error("restoring must fail")
	}
	if got := k.text(t, ""); got != before {
		t.Errorf("in force:\n%s", got)
	}
	if err := k.e.Reload(t.Context()); err != nil || k.text(t, "") != before {
		t.Errorf("in the file: %v\n%s", err, k.text(t, ""))
	}
	if *k.changes != 1 {
		t.Errorf("%d changes were told", *k.changes)
	}
}

// Without a place to keep them rules can be asked but not changed; before Attach not even asked.
func TestRulesThatCannotBeChanged(t *testing.T) {
	t.Parallel()
	k := newKept(t, nil, map[string]string{"low.yaml": low})
	detached := &rules.API{}
	for name, call := range map[string]func(a *rules.API) error{
		"save": func(a *rules.API) error { _, err := a.Save(rules.SaveInput{YAML: low}); return err },
		"restore": func(a *rules.API) error {
			_, err := a.Restore(rules.VersionInput{Policy: "low", Version: 1})
			return err
		},
		"switch": func(a *rules.API) error { _, err := a.Switch(rules.SwitchInput{Policy: "low"}); return err },
		"remove": func(a *rules.API) error { _, err := a.Remove(rules.PolicyInput{Policy: "low"}); return err },
		"import": func(a *rules.API) error { _, err := a.Import(rules.TextInput{YAML: low}); return err },
		"except": func(a *rules.API) error {
			_, err := a.AddException(rules.ExceptionInput{Policy: "low", Subject: "DE/A", Reason: "why"})
			return err
		},
		"readmit": func(a *rules.API) error {
			_, err := a.RemoveException(rules.ExceptionInput{Policy: "low", Subject: "DE/A"})
			return err
		},
		"tests": func(a *rules.API) error { _, err := a.SaveTests(rules.TestsInput{Policy: "low"}); return err },
	} {
		for _, a := range []*rules.API{k.API, detached} {
			if err := call(a); code(err) != "unavailable" {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if k.text(t, "low") != low || *k.changes != 0 {
		t.Error("nothing may change")
	}
}
