package rules_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/platform/clock"
	"purser/backend/platform/sqlite"
	"purser/backend/services/rules"
)

// kept is an account whose rules can be changed.
type kept struct {
	*rules.API
	e       *rules.Engine
	f       *fakeFacts
	changes *int
}

func openLedger(t *testing.T, file string) *rules.Store {
	t.Helper()
	db, err := sqlite.Open(t.Context(), file, sqlite.Options{Durable: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	store, err := rules.OpenStore(t.Context(), db, clock.Fixed(time.Unix(1_795_000_000, 0)))
	if err != nil {
		t.Fatal(err)
	}
	return store
}

func newKept(t *testing.T, store *rules.Store, policies map[string]string) kept {
	t.Helper()
	f := &fakeFacts{defs: definitions()}
	f.set("inventory.cover_days", "DE/A", fact.Value{Num: 5})
	o := rules.Options{Facts: f, Relations: belonging{}, Store: store}
	if policies != nil {
		o.Policies = files(policies)
	}
	e, err := rules.New(o)
	if err != nil {
		t.Fatal(err)
	}
	k := kept{API: &rules.API{}, e: e, f: f, changes: new(int)}
	rules.Attach(context.Background(), k.API, e, func() core.Day { return asOf }, func() { *k.changes++ })
	return k
}

// account is a new account with these shipped policies.
func account(t *testing.T, policies map[string]string) kept {
	t.Helper()
	return newKept(t, openLedger(t, filepath.Join(t.TempDir(), "ledger.db")), policies)
}

func (k kept) policy(t *testing.T, name string) rules.PolicyOutput {
	t.Helper()
	all, err := k.Policies()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all.Policies {
		if p.Name == name {
			return p
		}
	}
	t.Fatalf("policy %s is not listed", name)
	return rules.PolicyOutput{}
}

func (k kept) text(t *testing.T, name string) string {
	t.Helper()
	out, err := k.Text(rules.PolicyInput{Policy: name})
	if err != nil {
		t.Fatal(err)
	}
	return out.YAML
}

func (k kept) save(t *testing.T, text, note string) rules.Draft {
	t.Helper()
	d, err := k.Save(rules.SaveInput{YAML: text, Note: note})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// proposals names the policies that propose something.
func (k kept) proposals(t *testing.T) string {
	t.Helper()
	run, err := k.e.Evaluate(t.Context(), asOf)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range run.Proposals {
		out = append(out, p.Policy)
	}
	return strings.Join(out, " ")
}

// low is a policy with a threshold and a comment.
const low = `# What the seller sees first.
name: low
title: Low cover
version: 1
subject: sku
thresholds:
  - name: days # of cover
    title: Days
    value: 10
    unit: days
    meaning: Cover below which it fires.
    min: 0
    max: 99
    source: a test
    date: "2026-11-25"
cases:
  - name: first
    when: inventory.cover_days < threshold.days
    severity: info
    title: It is low
    action: {kind: task, label: Do}
`

func code(err error) string {
	var e *core.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

func TestSaveMakesAVersion(t *testing.T) {
	t.Parallel()
	k := account(t, map[string]string{"low.yaml": low, "other.yaml": small("other", "", "inventory.cover_days < 2.0")})
	if k.text(t, "low") != low {
		t.Error("the shipped text must come out as it is")
	}
	if _, err := k.SetThreshold(rules.SetThresholdInput{Policy: "low", Name: "days", Value: "4.5"}); err != nil {
		t.Fatal(err)
	}
	if got := k.proposals(t); got != "" {
		t.Errorf("5 days are not below 4.5: %s", got)
	}
	folded := strings.NewReplacer("version: 1", "version: 2", "value: 10", "value: 4.5").Replace(low)
	if got := k.text(t, "low"); got != folded {
		t.Errorf("the changed figure must be in the text:\n%s", got)
	}
	if p := k.policy(t, "low"); !p.Changed || p.Own || p.Version != 2 {
		t.Errorf("after the figure: %+v", p)
	}
	d := k.save(t, strings.Replace(folded, "It is low", "It is very low", 1), "clearer")
	want := strings.NewReplacer("version: 2", "version: 3", "It is low", "It is very low").Replace(folded)
	if d.YAML != want || len(d.Problems) > 0 || *k.changes != 2 {
		t.Errorf("kept, %d changes, %v:\n%s", *k.changes, d.Problems, d.YAML)
	}
	p := k.policy(t, "low")
	if p.Version != 3 || !p.Changed || p.Thresholds[0].Changed || *p.Thresholds[0].Value != 4.5 || *p.Thresholds[0].Default != 4.5 {
		t.Errorf("the figure is the text's now: %+v", p)
	}
	if d := k.save(t, k.text(t, "low"), ""); d.YAML != want || k.policy(t, "low").Version != 3 {
		t.Error("the same text again is no new version")
	}
	if _, err := k.SetThreshold(rules.SetThresholdInput{Policy: "low", Name: "days", Value: "8"}); err != nil {
		t.Fatal(err)
	}
	if p := k.policy(t, "low"); p.Version != 4 || k.proposals(t) != "low" {
		t.Errorf("a figure changed after it was kept counts on: version %d", p.Version)
	}
}

func TestSaveRefuses(t *testing.T) {
	t.Parallel()
	k := account(t, map[string]string{
		"low.yaml":   low,
		"quiet.yaml": strings.Replace(small("quiet", "", "true"), "severity: info", "severity: info\n    inhibited_by: [\"low:first\"]", 1),
	})
	for _, c := range []struct {
		name, text, field, want string
		isNew                   bool
	}{
		{"no YAML", "name: [", "", "YAML", false},
		{"unknown key", low + "colour: red\n", "", "colour", false},
		{"unknown fact", strings.Replace(low, "inventory.cover_days", "inventory.nonsense", 1), "when", "inventory.nonsense", false},
		{"taken", low, "name", "already", true},
		{"silenced by nobody", strings.Replace(low, "severity: info", "severity: info\n    inhibited_by: [nobody]", 1), "inhibited_by", "policy nobody", false},
		{"another would break", strings.Replace(low, "name: first", "name: second", 1), "", "Policy quiet would not run any more", false},
		{"cost bomb", strings.Replace(low, "inventory.cover_days < threshold.days", `"[`+strings.Repeat("1,", 60)+`1].all(a, [`+strings.Repeat("1,", 60)+`1].all(b, a == b))"`, 1), "when", "the limit is", false},
	} {
		d, err := k.Save(rules.SaveInput{YAML: c.text, New: c.isNew})
		if err != nil || len(d.Problems) == 0 || !strings.Contains(d.Problems[0].Message, c.want) || (c.field != "" && d.Problems[0].Field != c.field) {
			t.Errorf("%s: %+v %v", c.name, d.Problems, err)
		}
	}
	if k.policy(t, "low").Version != 1 || *k.changes != 0 {
		t.Error("nothing may be kept")
	}
}

func TestVersionsAndRestore(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "ledger.db")
	k := newKept(t, openLedger(t, file), map[string]string{"low.yaml": low})
	second := strings.Replace(low, "It is low", "Second", 1)
	k.save(t, second, "two")
	k.save(t, strings.Replace(low, "It is low", "Third", 1), "three")
	all, err := k.Versions(rules.PolicyInput{Policy: "low"})
	if err != nil || len(all.Versions) != 3 {
		t.Fatalf("%+v %v", all, err)
	}
	if v := all.Versions; v[0].Version != 3 || v[0].Note != "three" || !v[0].Current || v[1].Version != 2 || v[1].Current ||
		!v[2].Shipped || v[2].YAML != low || v[2].Version != 1 || v[0].At != "2026-11-18T11:06:40Z" || v[2].At != "" {
		t.Errorf("versions: %+v", v)
	}
	d, err := k.Restore(rules.VersionInput{Policy: "low", Version: 2})
	if err != nil || d.YAML != strings.Replace(second, "version: 1", "version: 4", 1) || k.policy(t, "low").Version != 4 {
		t.Errorf("restored: %+v %v", d, err)
	}
	if _, err := k.Restore(rules.VersionInput{Policy: "low", Version: 9}); code(err) != core.CodeNotFound {
		t.Errorf("no such version: %v", err)
	}
	if _, err := k.Restore(rules.VersionInput{Policy: "low", Version: 1, Shipped: true}); err != nil {
		t.Fatal(err)
	}
	if p := k.policy(t, "low"); p.Changed || p.Version != 5 || p.Cases[0].Title != "It is low" {
		t.Errorf("as shipped again: %+v", p)
	}
	// Purser brings a newer one: it is in force, as a later version.
	newer := strings.NewReplacer("version: 1", "version: 3", "It is low", "Newer").Replace(low)
	k = newKept(t, openLedger(t, file), map[string]string{"low.yaml": newer})
	if p := k.policy(t, "low"); p.Changed || p.Version != 7 || p.Cases[0].Title != "Newer" {
		t.Errorf("a newer one is shipped: %+v", p)
	}
	k.save(t, strings.Replace(newer, "Newer", "Mine", 1), "")
	k = newKept(t, openLedger(t, file), map[string]string{"low.yaml": low})
	if p := k.policy(t, "low"); !p.Changed || p.Version != 8 || p.Cases[0].Title != "Mine" {
		t.Errorf("the account's own hides the shipped one: %+v", p)
	}
}

func TestSwitchAndRemove(t *testing.T) {
	t.Parallel()
	k := account(t, map[string]string{"low.yaml": low, "rare.yaml": small("rare", "off: true\ntopic: inventory\n", "inventory.cover_days < 9.0")})
	if got := k.proposals(t); got != "low" {
		t.Errorf("what is off by its text does not speak: %s", got)
	}
	p := k.policy(t, "rare")
	if !p.Off || p.Health != "ok" || p.Topic != "inventory" || p.Subjects != 0 {
		t.Errorf("it is listed all the same: %+v", p)
	}
	if _, err := k.Explain(rules.ExplainInput{Subject: "DE/A", Policy: "rare"}); code(err) != core.CodeUnavailable {
		t.Errorf("asked while off: %v", err)
	}
	for _, s := range []rules.SwitchInput{{Policy: "rare", On: true}, {Policy: "low", On: false}} {
		if _, err := k.Switch(s); err != nil {
			t.Fatal(err)
		}
	}
	run, err := k.e.Evaluate(t.Context(), asOf)
	if err != nil || len(run.Proposals) != 1 || run.Proposals[0].Policy != "rare" {
		t.Fatalf("switched: %+v %v", run.Proposals, err)
	}
	if got := run.Cleared("low", "first", "DE/A"); got != "its policy was switched off" {
		t.Errorf("its decision ends: %q", got)
	}
	if _, err := k.Switch(rules.SwitchInput{Policy: "nonsense"}); code(err) != core.CodeNotFound {
		t.Errorf("no such policy: %v", err)
	}
	if _, err := k.Remove(rules.PolicyInput{Policy: "low"}); code(err) != core.CodeInvalid {
		t.Errorf("a shipped one cannot be removed: %v", err)
	}
	d, err := k.Save(rules.SaveInput{YAML: strings.NewReplacer("name: low", "name: mine", "version: 1", "version: 7").Replace(low), New: true})
	if err != nil || !strings.Contains(d.YAML, "version: 1\n") || !k.policy(t, "mine").Own {
		t.Fatalf("a copy begins at version 1: %+v %v", d, err)
	}
	after := strings.Replace(small("after", "", "true"), "severity: info", "severity: info\n    inhibited_by: [mine]", 1)
	k.save(t, after, "")
	if _, err := k.Remove(rules.PolicyInput{Policy: "mine"}); code(err) != core.CodeConflict {
		t.Errorf("another names it: %v", err)
	}
	for _, name := range []string{"after", "mine"} {
		if _, err := k.Remove(rules.PolicyInput{Policy: name}); err != nil {
			t.Error(err)
		}
	}
	if _, err := k.Text(rules.PolicyInput{Policy: "mine"}); code(err) != core.CodeNotFound {
		t.Errorf("it is gone: %v", err)
	}
}

func TestExceptions(t *testing.T) {
	t.Parallel()
	k := account(t, map[string]string{"low.yaml": low})
	k.f.set("inventory.cover_days", "DE/B", fact.Value{Num: 5})
	for _, in := range []rules.ExceptionInput{
		{Policy: "low", Subject: "DE/A"},
		{Policy: "low", Reason: "why"},
		{Policy: "low", Subject: "DE/A", Reason: "why", Until: "2026-11-23"},
		{Policy: "low", Subject: "DE/A", Reason: "why", Until: "soon"},
	} {
		if _, err := k.AddException(in); code(err) != core.CodeInvalid {
			t.Errorf("%+v: %v", in, err)
		}
	}
	if _, err := k.AddException(rules.ExceptionInput{Policy: "low", Case: "none", Subject: "DE/A", Reason: "why"}); code(err) != core.CodeNotFound {
		t.Errorf("no such case: %v", err)
	}
	out, err := k.AddException(rules.ExceptionInput{Policy: "low", Case: "first", Subject: "DE/A", Reason: "sold out for good", Until: "2026-11-25"})
	if err != nil || len(out.Exceptions) != 1 || out.Exceptions[0].Until != "2026-11-25" || out.Exceptions[0].Label != "A" {
		t.Fatalf("%+v %v", out, err)
	}
	for day, want := range map[core.Day]string{asOf: "DE/B", asOf + 1: "DE/B", asOf + 2: "DE/A DE/B"} {
		run, err := k.e.Evaluate(t.Context(), day)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range run.Proposals {
			got = append(got, p.Subject)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", day, got, want)
		}
		if why := run.Cleared("low", "first", "DE/A"); (why == "you took it out: sold out for good") != (want == "DE/B") {
			t.Errorf("%s: cleared %q", day, why)
		}
	}
	if _, err := k.e.Evaluate(t.Context(), asOf); err != nil {
		t.Fatal(err)
	}
	if p := k.policy(t, "low"); p.Excepted != 1 || p.Matches != 1 {
		t.Errorf("counted: %+v", p)
	}
	in := rules.ExceptionInput{Policy: "low", Case: "first", Subject: "DE/A"}
	if out, err := k.RemoveException(in); err != nil || len(out.Exceptions) != 0 || k.proposals(t) != "low low" {
		t.Errorf("back again: %+v %v", out, err)
	}
	if _, err := k.RemoveException(in); code(err) != core.CodeNotFound {
		t.Errorf("twice: %v", err)
	}
}

func TestExportAndImport(t *testing.T) {
	t.Parallel()
	a := account(t, nil)
	if _, err := a.SetThreshold(rules.SetThresholdInput{Policy: "default", Name: "ad_spend_high", Value: "0.3"}); err != nil {
		t.Fatal(err)
	}
	if d := a.save(t, low, ""); len(d.Problems) > 0 {
		t.Fatal(d.Problems)
	}
	all, err := a.Text(rules.PolicyInput{})
	if err != nil || all.Name != "purser-rules-2026-11-24.yaml" || strings.Count(all.YAML, "\n---\n")+1 != len(mustPolicies(t, a)) {
		t.Fatalf("%s: %v", all.Name, err)
	}
	if !strings.Contains(all.YAML, "    value: 0.3\n    unit: ratio\n") || !strings.Contains(all.YAML, "# What the seller sees first.") {
		t.Error("figures and comments must be in the text")
	}
	b := account(t, nil)
	out, err := b.Import(rules.TextInput{YAML: strings.ReplaceAll(all.YAML, "\n", "\r\n")})
	if err != nil || len(out.Problems) > 0 || len(out.Kept) != len(mustPolicies(t, b)) {
		t.Fatalf("%+v %v", out, err)
	}
	if got := b.text(t, ""); got != all.YAML {
		t.Error("what was imported must come out as it went in")
	}
	changed := 0
	for _, p := range mustPolicies(t, b) {
		if p.Changed {
			changed++
		}
	}
	if changed != 2 || b.policy(t, "default").Version != 2 {
		t.Errorf("%d policies differ, want default and low", changed)
	}
	again, err := b.Import(rules.TextInput{YAML: all.YAML})
	if err != nil || len(again.Kept) != len(out.Kept) || b.policy(t, "default").Version != 2 {
		t.Errorf("again changes nothing: %v", err)
	}
}

func mustPolicies(t *testing.T, k kept) []rules.PolicyOutput {
	t.Helper()
	all, err := k.Policies()
	if err != nil {
		t.Fatal(err)
	}
	return all.Policies
}

func TestImportKeepsAllOrNothing(t *testing.T) {
	t.Parallel()
	k := account(t, map[string]string{"low.yaml": low})
	good := small("good", "", "inventory.cover_days < 9.0")
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "\n---\n# only a comment\n", ""},
		{"empty", "---\n---\n", "There is no policy in the text."},
		{"one is wrong", good + "---\n" + small("bad", "", "inventory.nonsense < 1.0"), "undeclared"},
		{"twice", good + "---\n" + good, "is there twice"},
		{"cut off", good + "---\nname: bad\ncases: [", "yaml"},
	} {
		out, err := k.Import(rules.TextInput{YAML: c.text})
		if err != nil || len(out.Problems) == 0 || !strings.Contains(out.Problems[0].Message, c.want) || len(out.Kept) > 0 {
			t.Errorf("%s: %+v %v", c.name, out, err)
		}
		if n := len(mustPolicies(t, k)); n != 1 {
			t.Errorf("%s: %d policies", c.name, n)
		}
	}
	out, err := k.Import(rules.TextInput{YAML: good + "---\n" + strings.Replace(low, "inventory.cover_days", "inventory.nonsense", 1)})
	if err != nil || len(out.Problems) != 1 || out.Problems[0].Where != "policy low case first" || out.Problems[0].Line != 11+18 {
		t.Errorf("the line is counted in the whole text: %+v %v", out, err)
	}
}

// A policy that was kept and no longer compiles marks itself; the others run.
func TestBrokenLaterMarksItself(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "ledger.db")
	k := newKept(t, openLedger(t, file), map[string]string{"low.yaml": low})
	k.save(t, small("mine", "", "inventory.velocity < 2.0"), "")
	f := &fakeFacts{}
	for _, d := range definitions() {
		if d.Name != "inventory.velocity" {
			f.defs = append(f.defs, d)
		}
	}
	f.set("inventory.cover_days", "DE/A", fact.Value{Num: 5})
	e, err := rules.New(rules.Options{Facts: f, Store: openLedger(t, file), Policies: files(map[string]string{"low.yaml": low})})
	if err != nil {
		t.Fatal(err)
	}
	run, err := e.Evaluate(t.Context(), asOf)
	if err != nil || len(run.Proposals) != 1 || len(e.Broken()) != 1 || e.Broken()[0].Policy != "mine" {
		t.Errorf("%+v %v %v", run.Proposals, e.Broken(), err)
	}
}

// Evaluations see all of a change or nothing of it.
func TestChangesWhileEvaluating(t *testing.T) {
	t.Parallel()
	k := account(t, map[string]string{"low.yaml": low})
	var g sync.WaitGroup
	stop := make(chan struct{})
	for range 2 {
		g.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				// Odd versions have a figure that fires, even ones do not.
				x, err := k.Explain(rules.ExplainInput{Subject: "DE/A", Policy: "low"})
				if err != nil {
					t.Error(err)
					return
				}
				if got := x.Explanations[0]; (got.Outcome == "decided") != (got.Version%2 == 1) {
					t.Errorf("version %d: %s", got.Version, got.Outcome)
					return
				}
			}
		})
	}
	for i := range 10 {
		value := "4"
		if i%2 == 1 {
			value = "10"
		}
		k.save(t, strings.Replace(low, "value: 10", "value: "+value, 1), "")
	}
	close(stop)
	g.Wait()
	if k.policy(t, "low").Version != 11 {
		t.Errorf("version %d", k.policy(t, "low").Version)
	}
}
