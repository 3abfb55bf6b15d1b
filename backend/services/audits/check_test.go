package audits_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/services/audits"
)

// shop is a world in which the facts of the listing checks are known of two SKUs.
func shop() *world {
	w := newWorld()
	for _, d := range []fact.Definition{
		{Name: "listings.suppressed", Type: fact.Flag, Title: "Hidden"},
		{Name: "listings.suppressed_reason", Type: fact.Text, Title: "Because"},
		{Name: "listings.suppressed_days", Type: fact.Number, Unit: "days", Title: "Hidden for"},
		{Name: "listings.inactive", Type: fact.Flag, Title: "Inactive"},
		{Name: "inventory.on_hand", Type: fact.Count, Unit: "units", Title: "On hand"},
		{Name: "listings.status", Type: fact.Text, Title: "Offer"},
		{Name: "sales.fees_per_unit", Type: fact.Money, Title: "Fees"},
		{Name: "sales.price", Type: fact.Money, Title: "Price"},
		{Name: "sales.units_28d", Type: fact.Count, Title: "Units"},
		{Name: "sales.unit_cost", Type: fact.Money, Title: "Cost"},
	} {
		d.Subject = fact.SKU
		w.defs = append(w.defs, d)
	}
	return w
}

func (w *world) set(name string, values map[string]fact.Value) {
	for n, v := range values {
		if v.Maturity == "" {
			v.Maturity = fact.Fresh
		}
		v.AsOf = core.Date(2026, 11, 25)
		values[n] = v
	}
	w.cols = append(w.cols, fact.Column{Name: name, Values: values})
}

func run(tb testing.TB, s *audits.Service, list string) audits.ChecklistsOutput {
	tb.Helper()
	if err := s.Run(context.Background(), list); err != nil {
		tb.Fatal(err)
	}
	out, err := s.Checklists(context.Background())
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

func checkOf(tb testing.TB, out audits.ChecklistsOutput, list, name string) audits.CheckOutput {
	tb.Helper()
	for _, l := range out.Lists {
		for _, c := range l.Checks {
			if l.Name == list && c.Name == name {
				return c
			}
		}
	}
	tb.Fatalf("there is no check %s of %s", name, list)
	return audits.CheckOutput{}
}

func TestAFactThatIsKnownPassesOrFails(t *testing.T) {
	w := shop()
	w.set("listings.suppressed", map[string]fact.Value{"US/A": {Flag: true}, "US/B": {}})
	w.set("listings.suppressed_reason", map[string]fact.Value{"US/A": {Text: "Missing image"}})
	w.set("listings.suppressed_days", map[string]fact.Value{"US/A": {Num: 3}})
	w.set("listings.status", map[string]fact.Value{"US/A": {Text: "Active"}, "US/B": {Text: "Inactive"}})
	w.set("sales.fees_per_unit", map[string]fact.Value{"US/A": {Money: core.Money{Minor: 501, Currency: "USD"}}, "US/B": {Money: core.Money{Minor: 500, Currency: "USD"}}})
	w.set("sales.price", map[string]fact.Value{"US/A": {Money: core.Money{Minor: 1000, Currency: "USD"}}, "US/B": {Money: core.Money{Minor: 1000, Currency: "USD"}}})
	w.set("sales.units_28d", map[string]fact.Value{"US/A": {Num: 1}, "US/B": {Num: 1}, "US/C": {Num: 0}})
	s, _, _ := open(t, w)
	out := run(t, s, "")
	c := checkOf(t, out, "listing_hygiene", "suppressed")
	want := []audits.EvidenceOutput{{
		Subject: "US/A", Label: "Label of US/A", Text: "Hidden: yes · Because: Missing image · Hidden for: 3.0 days", AsOf: "2026-11-25", Maturity: "fresh",
	}}
	if diff := cmp.Diff(want, c.Evidence); c.Result != audits.Failed || diff != "" || c.Checked != 2 || c.Stale || c.ResultText != "1 of 2 SKUs" {
		t.Errorf("%s %q: %s", c.Result, c.ResultText, diff)
	}
	if c := checkOf(t, out, "listing_hygiene", "incomplete"); c.Result != audits.Passed || c.Checked != 2 {
		t.Errorf("%s: %s", c.Result, c.ResultText)
	}
	if c := checkOf(t, out, "fees_dimensions", "fee_share"); c.Result != audits.Failed || len(c.Evidence) != 1 || c.Evidence[0].Subject != "US/A" {
		t.Errorf("half of the price is not above half of it: %s, %+v", c.ResultText, c.Evidence)
	}
	if c := checkOf(t, out, "data_quality", "costs"); c.Result != audits.Failed || c.EvidenceAll != 2 || c.Checked != 2 {
		t.Errorf("a cost that is not given: %s, %+v", c.ResultText, c.Evidence)
	}
}

// TestWhatHasNoDataNeverPasses takes the data away in every way there is.
func TestWhatHasNoDataNeverPasses(t *testing.T) {
	gone := fact.Value{Maturity: fact.Missing, Note: "import the listings report"}
	for name, change := range map[string]func(*world){
		"no column":   func(*world) {},
		"no subject":  func(w *world) { w.set("listings.status", map[string]fact.Value{}) },
		"all missing": func(w *world) { w.set("listings.status", map[string]fact.Value{"US/A": gone}) },
		"one missing": func(w *world) {
			w.set("listings.status", map[string]fact.Value{"US/A": gone, "US/B": {Text: "Active"}})
		},
		"module is down": func(w *world) { w.reasons["listings.status"] = "Listings is not running" },
	} {
		w := shop()
		change(w)
		s, _, _ := open(t, w)
		c := checkOf(t, run(t, s, "listing_hygiene"), "listing_hygiene", "incomplete")
		if c.Result != audits.CannotTell || !strings.HasPrefix(c.ResultText, "Cannot tell") {
			t.Errorf("%s: %s, %s", name, c.Result, c.ResultText)
		}
		if strings.Contains(name, "missing") && !strings.Contains(c.ResultText, "import the listings report") {
			t.Errorf("%s does not say what is missing: %s", name, c.ResultText)
		}
	}
}

func TestACrashIsNoFailure(t *testing.T) {
	w := shop()
	w.set("listings.status", map[string]fact.Value{"US/A": {Text: "Active"}})
	s, _, _ := open(t, w)
	if c := checkOf(t, run(t, s, ""), "listing_hygiene", "stranded"); c.Result != audits.Crashed || !strings.Contains(c.ResultText, "listings.stranded") {
		t.Errorf("a fact that nobody declares: %s, %s", c.Result, c.ResultText)
	}
	for _, columns := range []func() error{func() error { return errors.New("planted") }, func() error { panic("planted") }} {
		w.columns = columns
		out := run(t, s, "")
		if c := checkOf(t, out, "listing_hygiene", "incomplete"); c.Result != audits.Crashed || !strings.Contains(c.ResultText, "planted") {
			t.Errorf("%s, %s", c.Result, c.ResultText)
		}
		if c := checkOf(t, out, "data_quality", "stale"); c.Result == audits.Crashed || c.Result == audits.NotRun {
			t.Errorf("another check did not run: %s", c.Result)
		}
		if out.Counts.Crashed == 0 || out.Counts.Failed != 0 {
			t.Errorf("%+v", out.Counts)
		}
	}
}

func TestOldInputsAreMarked(t *testing.T) {
	w := shop()
	w.feeds = []audits.Feed{{Kind: "merchant_listings", Title: "All listings", State: fact.Stale, Text: "stale, 9 days old"}}
	w.set("listings.status", map[string]fact.Value{"US/A": {Text: "Active", Maturity: fact.Stale, Source: "merchant_listings"}})
	s, _, _ := open(t, w)
	out := run(t, s, "")
	c := checkOf(t, out, "listing_hygiene", "incomplete")
	if c.Result != audits.Passed || !c.Stale || c.StaleText != "It rests on old reports: All listings" || out.Counts.Stale != 1 {
		t.Errorf("%s, %v: %s", c.Result, c.Stale, c.StaleText)
	}
}

func TestRulesAndReports(t *testing.T) {
	w := shop()
	s, _, _ := open(t, w)
	out := run(t, s, "")
	for _, name := range []string{"cannot_tell", "exceptions", "broken"} {
		if c := checkOf(t, out, "rule_hygiene", name); c.Result != audits.CannotTell {
			t.Errorf("%s before any evaluation: %s", name, c.Result)
		}
	}
	if c := checkOf(t, out, "data_quality", "missing"); c.Result != audits.CannotTell {
		t.Errorf("no kind of report is known: %s", c.Result)
	}
	w.ran = true
	w.states = []audits.RuleState{
		{Name: "a", Title: "A", Subjects: 10, CantTell: 4},
		{Name: "b", Title: "B", Subjects: 10, CantTell: 5, Unknown: "cost missing"},
		{Name: "c", Title: "C", Off: true, Error: "it is off"},
		{Name: "d", Title: "D", Error: "line 3"},
		{Name: "e", Title: "E", Excepted: 2},
	}
	w.feeds = []audits.Feed{
		{Kind: "k1", Title: "K1", State: fact.Fresh},
		{Kind: "k2", Title: "K2", State: fact.Stale, Text: "old"},
		{Kind: "k3", Title: "K3", State: fact.Missing, Text: "never"},
		{Kind: "k4", Title: "K4", State: fact.Fresh, Rejected: 2},
	}
	out = run(t, s, "")
	for key, want := range map[string]string{
		"rule_hygiene/broken": "d: line 3", "rule_hygiene/cannot_tell": "b: cannot tell of 5 of 10: cost missing", "rule_hygiene/exceptions": "e: 2 taken out",
		"data_quality/stale": "k2: old", "data_quality/missing": "k3: never", "data_quality/rejected": "k4: 2 rows not understood",
	} {
		list, name, _ := strings.Cut(key, "/")
		c := checkOf(t, out, list, name)
		if c.Result != audits.Failed || len(c.Evidence) != 1 || c.Evidence[0].Subject+": "+c.Evidence[0].Text != want {
			t.Errorf("%s: %s, %+v", key, c.Result, c.Evidence)
		}
	}
}

func TestByHand(t *testing.T) {
	s, c, _ := open(t, shop())
	answer := func(result, note string) error {
		return s.Answer(context.Background(), audits.AnswerCheckInput{List: "listing_hygiene", Check: "content", Result: result, Note: note})
	}
	if got := checkOf(t, run(t, s, ""), "listing_hygiene", "content"); got.Result != audits.ByHand {
		t.Fatalf("%s", got.Result)
	}
	refused(t, answer(audits.Failed, ""), core.CodeInvalid, "few words")
	refused(t, answer("fine", ""), core.CodeInvalid, "no result")
	refused(t, s.Answer(context.Background(), audits.AnswerCheckInput{List: "listing_hygiene", Check: "suppressed", Result: audits.Passed}), core.CodeInvalid, "answered by Purser")
	if err := answer(audits.Passed, ""); err != nil {
		t.Fatal(err)
	}
	if got := checkOf(t, run(t, s, ""), "listing_hygiene", "content"); got.Result != audits.Passed {
		t.Errorf("running the list forgets what a person found: %s", got.Result)
	}
	c.now = c.now.Add(8 * 24 * time.Hour)
	if got := checkOf(t, run(t, s, ""), "listing_hygiene", "content"); got.Result != audits.ByHand {
		t.Errorf("what a person found a week ago still counts: %s", got.Result)
	}
	if err := answer(audits.Failed, "a picture is gone"); err != nil {
		t.Fatal(err)
	}
	out, err := s.TurnIntoTask(context.Background(), "listing_hygiene", "content")
	if err != nil || out.Action == 0 {
		t.Errorf("%+v, %v", out, err)
	}
}

func TestSchedules(t *testing.T) {
	s, c, _ := open(t, shop())
	list := func() audits.ChecklistOutput {
		out, err := s.Checklists(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		return out.Lists[0]
	}
	if l := list(); l.DueOn != "2026-11-28" || l.DueText != "never run" || l.Late || l.LastRun != "" || l.Counts.NotRun != len(l.Checks) {
		t.Errorf("%+v", l)
	}
	run(t, s, "listing_hygiene")
	if l := list(); l.DueOn != "2026-12-05" || l.Late {
		t.Errorf("%s, %s", l.DueOn, l.DueText)
	}
	c.now = c.now.Add(9 * 24 * time.Hour)
	if l := list(); !l.Late || l.DueText != "late by 2 days" {
		t.Errorf("%s, %s", l.DueOn, l.DueText)
	}
	if err := s.Schedule(context.Background(), "listing_hygiene", "quarterly"); err != nil {
		t.Fatal(err)
	}
	if l := list(); l.Late || l.DueOn != "2027-02-27" || l.Every != "quarterly" {
		t.Errorf("%s, %s", l.DueOn, l.DueText)
	}
	refused(t, s.Schedule(context.Background(), "listing_hygiene", "never"), core.CodeInvalid, "no schedule")
	refused(t, s.Schedule(context.Background(), "nothing", "weekly"), core.CodeNotFound, "")
	refused(t, s.Run(context.Background(), "nothing"), core.CodeNotFound, "")
}

func TestAFindingMakesOneTask(t *testing.T) {
	w := shop()
	many := map[string]fact.Value{}
	for i := range 80 {
		many[fmt.Sprintf("US/S%02d", i)] = fact.Value{Text: "Incomplete"}
	}
	w.set("listings.status", many)
	s, _, _ := open(t, w)
	_, err := s.TurnIntoTask(context.Background(), "listing_hygiene", "incomplete")
	refused(t, err, core.CodeInvalid, "nothing to do")
	c := checkOf(t, run(t, s, ""), "listing_hygiene", "incomplete")
	if len(c.Evidence) != 50 || c.EvidenceAll != 80 {
		t.Errorf("%d of %d", len(c.Evidence), c.EvidenceAll)
	}
	if _, err := s.TurnIntoTask(context.Background(), "listing_hygiene", "incomplete"); err != nil {
		t.Fatal(err)
	}
	_, err = s.TurnIntoTask(context.Background(), "listing_hygiene", "incomplete")
	refused(t, err, core.CodeConflict, "was made")
	if len(w.opened) != 1 || len(w.opened[0].Steps) != 22 || w.opened[0].Steps[20] != "and 60 more" || w.opened[0].Link != "/inventory" {
		t.Errorf("%+v", w.opened)
	}
	again := checkOf(t, run(t, s, ""), "listing_hygiene", "incomplete")
	if again.TaskAt != "" {
		t.Error("a new finding already has a task")
	}
	if _, err := s.TurnIntoTask(context.Background(), "listing_hygiene", "incomplete"); err != nil || w.opened[0].Name == w.opened[1].Name {
		t.Errorf("%v: %+v", err, w.opened)
	}
}

func TestTheTrendCountsTheLastOfEachDay(t *testing.T) {
	w := shop()
	w.set("listings.status", map[string]fact.Value{"US/A": {Text: "Incomplete"}})
	s, c, _ := open(t, w)
	run(t, s, "")
	w.cols[0].Values["US/A"] = fact.Value{Text: "Active", Maturity: fact.Fresh}
	run(t, s, "")
	c.now = c.now.Add(24 * time.Hour)
	w.cols[0].Values["US/A"] = fact.Value{Text: "Incomplete", Maturity: fact.Fresh}
	out := run(t, s, "listing_hygiene")
	if len(out.Trend) != 2 || out.Trend[0].Passed != 1 || out.Trend[0].Failed != 0 || out.Trend[1].Failed != 1 || out.Trend[1].Passed != 0 {
		t.Errorf("%+v", out.Trend)
	}
	if n := out.Trend[1].Checks; n != out.Counts.Checks || out.Trend[1].CountsOutput != out.Counts {
		t.Errorf("%+v and %+v", out.Trend[1], out.Counts)
	}
}
