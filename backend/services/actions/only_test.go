package actions_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/services/actions"
)

func TestAListNamesWhatIsThere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	many := make([]string, actions.OnlyMax+1)
	for i := range many {
		many[i] = fmt.Sprintf("US/SKU-%05d", i)
	}
	for name, only := range map[string][]string{
		"none": nil, "blank": {"US/A", ""}, "all": {"all"}, "a star": {"*"}, "a star of a marketplace": {"US/A", "XX/*"}, "no marketplace": {"SKU-1"},
		"small letters": {"us/A"}, "nothing of it": {"US/ "}, "a line break": {"US/A\nUS/B"}, "no text": {"US/\xff"}, "too long": {"US/" + strings.Repeat("x", 1000)}, "too many": many,
	} {
		m, st := shown(w)
		m.Band.Only = only
		err := w.s.SetMode(t.Context(), m, "bid", st)
		if code(err) != core.CodeInvalid || len(err.Error()) > 400 {
			t.Errorf("%s: %v", name, err)
		}
	}
	m, st := shown(w)
	m.Band.Only = []string{"DE/Frühling: 2026/Flasche", "account", "US", "US/A", "DE/Frühling: 2026/Flasche"}
	w.must(w.s.SetMode(t.Context(), m, "bid", st))
	now, err := w.s.ModeOf(t.Context(), "rule")
	if err != nil || !slices.Equal(now.Band.Only, []string{"DE/Frühling: 2026/Flasche", "US", "US/A", "account"}) {
		t.Errorf("kept as %q, %v", now.Band.Only, err)
	}
	if rec := w.records(); !strings.HasSuffix(rec[len(rec)-1].Reason, "on 4: DE/Frühling: 2026/Flasche, US, US/A, account") {
		t.Errorf("the audit says %+v", rec)
	}
	m.Band.Only = many[1:]
	w.must(w.s.SetMode(t.Context(), m, "bid", st))
	first := w.records()
	m.Band.Only = many[:actions.OnlyMax]
	w.must(w.s.SetMode(t.Context(), m, "bid", st))
	second := w.records()
	a, b := first[len(first)-1].Reason, second[len(second)-1].Reason
	if !strings.Contains(a, "on 10000, their list by its SHA-256: ") || len(a) > 200 || a == b {
		t.Errorf("the audit says %q, and of another list %q", a, b)
	}
}

// Through the door, what is not there is refused: it would be acted on as soon as it comes. What was agreed to stays.
func TestAListOfWhatIsNotThere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.api(actions.Standing{Looked: 60, Clean: start.Add(-100 * 24 * time.Hour)})
	in := actions.SetModeInput{Policy: "rule", Mode: actions.Auto, Consent: actions.ConsentTo("rule"), Band: actions.BandOutput{PerDay: 3, Only: []string{"US/A", "US/NEW"}}}
	if _, err := a.SetMode(in); code(err) != core.CodeInvalid || !strings.Contains(err.Error(), "US/NEW") {
		t.Errorf("names what is not there: %v", err)
	}
	m, st := shown(w)
	m.Band.Only = []string{"US/OLD"}
	w.must(w.s.SetMode(t.Context(), m, "bid", st))
	in.Band.Only = []string{"US/A", "US/OLD"}
	if _, err := a.SetMode(in); err != nil {
		t.Errorf("what was on the list before: %v", err)
	}
}

// A band that was stored before there were lists lets nothing be done, and neither does one that somebody tampered with.
func TestABandOfBefore(t *testing.T) {
	t.Parallel()
	for name, band := range map[string]string{
		"before": `{"per_day":9,"units_max":999,"money":{"minor":9999,"currency":"EUR"}}`, "null": `{"per_day":9,"units_max":999,"money":{"minor":9999,"currency":"EUR"},"only":null}`,
		"all": `{"per_day":9,"units_max":999,"money":{"minor":9999,"currency":"EUR"},"only":["*","US","all"]}`,
	} {
		w := newWorld(t)
		w.limits()
		w.p.set("US/A", 100)
		w.sql(`INSERT INTO actions_mode (policy, mode, since, consent, band) VALUES ('rule', 'auto', 1, 'act by itself: rule', ?)`, band)
		d, err := w.s.Prepare(t.Context(), []action.Wish{w.wish("US/A", 110)})
		w.must(err)
		if why, err := w.s.MayAct(t.Context(), "rule", d[0]); err != nil || !strings.Contains(why, "touch by itself") {
			t.Errorf("%s: %q %v", name, why, err)
		}
		made, err := w.approveDrafts(actions.Purser, d)
		w.must(err)
		w.run(held)
		if a := w.want(made[0], action.Failed); w.p.count() != 0 || !strings.Contains(a.Reason, "touch by itself") {
			t.Errorf("%s: begun, %s", name, a.Reason)
		}
	}
}

// TestNothingOutsideTheList: whatever list is agreed to, and whatever comes later, nothing that it does not name is
// ever begun without asking, and what it names is.
func TestNothingOutsideTheList(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	n, done, waited := 0, 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		path := filepath.Join(dir, fmt.Sprintf("%d.db", n))
		w := makeWorld(rt, dir, path)
		defer func() {
			_ = w.db.Close()
			for _, end := range []string{"", "-wal", "-shm"} {
				_ = os.Remove(path + end)
			}
		}()
		w.limits()
		old, m, st := []string{"US/A", "US/B", "DE/A", "US/A/x", "US"}, actions.Mode{}, actions.Standing{}
		for _, id := range old {
			w.p.set(id, 100)
		}
		list := rapid.SliceOfDistinct(rapid.SampledFrom(old), rapid.ID)
		var only []string
		agree := func() {
			m, st = shown(w)
			m.Band = actions.Band{PerDay: 1000, UnitsMax: 1000, Money: core.Money{Minor: 500, Currency: "EUR"}, Only: list.Draw(rt, "list")}
			if err := w.s.SetMode(t.Context(), m, "bid", st); (err != nil) != (len(m.Band.Only) == 0) {
				rt.Fatalf("a list of %d: %v", len(m.Band.Only), err)
			} else if err == nil {
				only = m.Band.Only
			}
		}
		w.p.onBegin = func(b begun) {
			if !slices.Contains(only, b.Request.Entity) {
				rt.Errorf("%s was begun without asking; the list is %q", b.Request.Entity, only)
			}
		}
		agree()
		for i := range rapid.IntRange(1, 12).Draw(rt, "steps") {
			subject := rapid.SampledFrom(append(old, "US/NEW", "us/a", "US/", "", "US/A ", "A")).Draw(rt, "subject")
			d, err := w.s.Prepare(t.Context(), []action.Wish{w.wish(subject, 101+i)})
			w.must(err)
			if rapid.IntRange(0, 9).Draw(rt, "about another") == 0 {
				d[0].Subject = "US/NEW"
			}
			why, err := w.s.MayAct(t.Context(), "rule", d[0])
			w.must(err)
			on := slices.Contains(only, subject) && d[0].Subject == subject
			if (why == "") != on && (!on || len(d[0].Against) == 0) {
				rt.Fatalf("%q about %q of %q: %q", subject, d[0].Subject, only, why)
			}
			if why != "" {
				waited++
				continue
			}
			_, err = w.approveDrafts(actions.Purser, d)
			w.must(err)
			if rapid.IntRange(0, 2).Draw(rt, "another list first") == 0 {
				agree()
			}
			w.run(held)
		}
		done += w.p.count()
	})
	t.Logf("done %d, waited %d", done, waited)
	if (done == 0 || waited == 0) && !t.Failed() {
		t.Errorf("done %d, waited %d: the test tells nothing", done, waited)
	}
}
