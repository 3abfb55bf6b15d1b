package rules_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"purser/backend/core"
	"purser/backend/platform/sqlite"
	"purser/backend/services/rules"
)

// tracing is an engine that keeps how its policies ended.
func tracing(t *testing.T, f *fakeFacts, budget int, policies map[string]string) (*rules.Engine, *rules.API) {
	t.Helper()
	store := openLedger(t, filepath.Join(t.TempDir(), "ledger.db"))
	e, err := rules.New(rules.Options{Facts: f, Store: store, Policies: files(policies), TraceBudget: budget})
	if err != nil {
		t.Fatal(err)
	}
	api := &rules.API{}
	rules.Attach(t.Context(), api, e, nil, nil)
	return e, api
}

// stocked also reads a fact that is known on all days, so that the subject is there on those without cover.
func stocked(extra string) string {
	return strings.Replace(short(extra), "< 10.0", "< 10.0 && inventory.on_hand > 0", 1)
}

func runOn(t *testing.T, e *rules.Engine, days ...core.Day) {
	t.Helper()
	for _, d := range days {
		run, err := e.Evaluate(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		if err := e.KeepTraces(t.Context(), run); err != nil {
			t.Fatal(err)
		}
	}
}

func traces(t *testing.T, api *rules.API, subject, policy string) []rules.TraceOutput {
	t.Helper()
	out, err := api.Traces(rules.TracesInput{Subject: subject, Policy: policy, Limit: 200})
	if err != nil {
		t.Fatal(err)
	}
	return out.Traces
}

func TestTracesKeepWhatChanged(t *testing.T) {
	t.Parallel()
	f := &fakeFacts{defs: definitions()}
	cover(f, "DE/A", "..xxx?..") // the policy wants two days
	cover(f, "DE/B", "........")
	guard := strings.Replace(guarded("", "")["guard.yaml"], "< 14.0", "< 10.0", 1)
	e, api := tracing(t, f, 0, map[string]string{"short.yaml": stocked("    hold: 2\n"), "guard.yaml": guard})
	for d := asOf - 7; d <= asOf; d++ {
		runOn(t, e, d, d) // a second run of the day changes nothing
	}
	var got []string
	for _, x := range traces(t, api, "DE/A", "short") {
		got = append(got, fmt.Sprintf("%s %s %q %q %t", x.Day[8:], strings.TrimSpace(x.Outcome+" "+x.Case), x.Summary, x.Changed, len(x.Why) > 0))
	}
	want := []string{
		`23 continue "continue" "from can't tell to continue" false`,
		`22 cant_tell "can't tell: inventory missing" "from decided first to can't tell" false`,
		`20 decided first "It is so" "from continue to decided first" true`,
		`19 continue "not yet: first holds for 1 of 2 days" "" true`,
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if all := traces(t, api, "DE/A", ""); len(all) != 7 || all[0].PolicyTitle == "" || all[0].Time == "" {
		t.Errorf("of both policies: %d", len(all))
	}
	if quiet := traces(t, api, "DE/B", ""); len(quiet) != 0 {
		t.Errorf("nothing ever happened: %+v", quiet)
	}
	if _, err := api.Traces(rules.TracesInput{}); err == nil {
		t.Error("no subject is taken")
	}
}

// TestTracesKeepWithinTheirBudget lets policies go to and fro for long.
func TestTracesKeepWithinTheirBudget(t *testing.T) {
	t.Parallel()
	f := &fakeFacts{defs: definitions()}
	const n = 100
	cover(f, "DE/quiet", "x"+strings.Repeat("?", n-1))
	cover(f, "DE/noisy", strings.Repeat("x.", n/2))
	policies := map[string]string{"short.yaml": stocked("")}
	e, api := tracing(t, f, 0, policies)
	for d := asOf - n + 1; d <= asOf; d++ {
		runOn(t, e, d)
	}
	noisy, quiet := traces(t, api, "DE/noisy", ""), traces(t, api, "DE/quiet", "")
	if len(noisy) != 30 || noisy[0].Day != asOf.String() || len(quiet) != 2 {
		t.Errorf("%d of the noisy one, %d of the quiet one", len(noisy), len(quiet))
	}
	e, api = tracing(t, f, 4000, policies) // some ten rows
	for d := asOf - n + 1; d <= asOf; d++ {
		runOn(t, e, d)
	}
	noisy, quiet = traces(t, api, "DE/noisy", ""), traces(t, api, "DE/quiet", "")
	if len(noisy) < 4 || len(noisy) > 20 || noisy[0].Day != asOf.String() || len(quiet) != 0 {
		t.Errorf("in little room %d of the noisy one, %d of the quiet one", len(noisy), len(quiet))
	}
}

// TestTracesGoOn opens the file again: what is there is not written twice.
func TestTracesGoOn(t *testing.T) {
	t.Parallel()
	f := &fakeFacts{defs: definitions()}
	cover(f, "DE/A", "xxx")
	file := filepath.Join(t.TempDir(), "ledger.db")
	for d := asOf - 2; d <= asOf; d++ {
		e, err := rules.New(rules.Options{Facts: f, Store: openLedger(t, file), Policies: files(map[string]string{"short.yaml": stocked("")})})
		if err != nil {
			t.Fatal(err)
		}
		runOn(t, e, d)
		api := &rules.API{}
		rules.Attach(t.Context(), api, e, nil, nil)
		if got := traces(t, api, "DE/A", "short"); len(got) != 1 || got[0].Day != (asOf-2).String() || got[0].Outcome != string(rules.Decided) {
			t.Errorf("on %s: %+v", d, got)
		}
	}
}

func TestTraceQueriesPrepare(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "ledger.db")
	openLedger(t, file)
	db, err := sqlite.Open(t.Context(), file, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	q, err := sqlite.ParseQueries(readFile(t, "trace.sql"))
	if err != nil {
		t.Fatal(err)
	}
	if err := db.PrepareAll(t.Context(), q); err != nil {
		t.Error(err)
	}
}
