package app_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"purser/app"
	"purser/backend/core"
	"purser/backend/services/ingest"
	engine "purser/backend/services/rules"
	"purser/backend/sources/simulator"
)

// TestBacktestCommand asks about an account without data.
func TestBacktestCommand(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	out, _ := cli(t, dir, 0, "rules", "backtest", "default", "--days", "30", "--as-of", "2026-11-24", "--json")
	if got := decode[engine.BacktestOutput](t, out); got.Skipped != 30 || got.Days != 0 || got.From != "2026-10-26" || got.Summary.Episodes != 0 {
		t.Errorf("%+v", got)
	}
	if out, _ := cli(t, dir, 0, "rules", "backtest", "default", "--as-of", "2026-11-24"); !strings.Contains(out, "fired 0 times") || !strings.Contains(out, "90 before the first data") {
		t.Error(out)
	}
	for _, c := range []struct {
		status int
		args   []string
	}{{2, nil}, {2, []string{"default", "second"}}, {2, []string{"default", "--days", "400"}}, {2, []string{"default", "--as-of", "soon"}}, {1, []string{"nobody"}}} {
		if _, problem := cli(t, dir, c.status, append([]string{"rules", "backtest"}, c.args...)...); problem == "" {
			t.Errorf("%v: nothing is said", c.args)
		}
	}
}

// honestDays is over how many days the backtest is compared with what was said on them; the gate has more.
func honestDays() int {
	if os.Getenv("PURSER_GATE") != "" {
		return 10
	}
	return 6
}

// firing is a policy that fires on a subject.
type firing struct{ policy, subject string }

// said is what an evaluation came to, all but of the subjects left aside.
type said struct {
	titles   map[firing]string // of what fires
	numbers  map[string]string // by identity: all texts and the money
	policies []string
}

// aside are subjects whose past the simulator moves with the day it is: files of two days contradict each other about
// what was ordered weeks ago, as no files of Amazon's do.
func aside(seller *simulator.Seller) map[string]bool {
	out := map[string]bool{}
	for _, p := range seller.Planted() {
		if p.Name == simulator.PlantSuppressed {
			out[p.Subject] = true
		}
	}
	return out
}

func evaluated(t *testing.T, desk *app.Desk, day core.Day, aside map[string]bool) said {
	t.Helper()
	run, err := desk.Rules().Evaluate(t.Context(), day)
	if err != nil {
		t.Fatal(err)
	}
	s := said{titles: map[firing]string{}, numbers: map[string]string{}}
	for _, p := range run.Proposals {
		if aside[p.Subject] {
			continue
		}
		s.titles[firing{p.Policy, p.Subject}] = p.Title
		s.numbers[p.ID()] = fmt.Sprint(p.Title, p.Sentence, p.Do, p.AtStake.Text())
		for _, o := range p.Against {
			s.titles[firing{o.Policy, p.Subject}] = o.Title
		}
	}
	for _, p := range run.Policies {
		if !p.Guard {
			s.policies = append(s.policies, p.Name)
		}
		if !p.Healthy {
			t.Errorf("%s does not run: %s", p.Name, p.Error)
		}
	}
	return s
}

// received gives what the seller downloads by the day on which it counts as known: files of the early morning, UTC, are
// of the evening before where the account's day ends. On each day from first on every report is downloaded anew.
func received(first, last core.Day) map[core.Day][]ingest.Document {
	us, _ := core.MarketplaceByCode("US")
	out := map[core.Day][]ingest.Document{}
	for day := first; day <= last; day++ {
		for f := range simulator.New(honestSeller(day + 1)).Documents() {
			if at := core.DayOf(f.ModTime, us.Zone()); at == day || (day == first && at < day) {
				out[at] = append(out[at], ingest.Document{File: f, Options: simulator.OptionsFor(f)})
			}
		}
	}
	return out
}

func honestSeller(day core.Day) simulator.Options {
	return simulator.Options{Seed: 104, SKUs: 20, AsOf: day, Days: 400}
}

func until(docs map[core.Day][]ingest.Document, from, to core.Day) (out []ingest.Document) {
	for _, d := range slices.Sorted(maps.Keys(docs)) {
		if d >= from && d <= to {
			out = append(out, docs[d]...)
		}
	}
	return out
}

// TestBacktestHonesty lives through two weeks, evaluating each day on the files of that day, then takes in the files
// after them, which restate orders, traffic and advertising, and compares a backtest with what was said on the days.
func TestBacktestHonesty(t *testing.T) {
	t.Parallel()
	if raced || testing.Short() {
		t.Skip("make test runs it without the race detector, which makes it six times as slow and finds nothing more")
	}
	today := core.Date(2026, time.November, 25)
	seller := simulator.New(honestSeller(today))
	moved := aside(seller)
	last := today - 3 // what comes after restates these days
	first := last - core.Day(honestDays()) + 1
	docs := received(first, today-1)
	open := func() *app.Desk { return app.OpenDesk(t, t.TempDir(), today.Time().Add(20*time.Hour)) }
	receive := func(desk *app.Desk, all []ingest.Document) {
		if err := desk.Receive(t.Context(), all); err != nil {
			t.Fatal(err)
		}
	}

	desk := open()
	receive(desk, until(docs, 0, first-1))
	if err := desk.Own(t.Context(), seller.Items()); err != nil {
		t.Fatal(err)
	}
	then := map[core.Day]said{}
	for day := first; day <= last; day++ {
		receive(desk, docs[day])
		then[day] = evaluated(t, desk, day, moved)
	}
	receive(desk, until(docs, last+1, today))

	for day := first; day <= last; day++ {
		if now := evaluated(t, desk, day, moved); !maps.Equal(now.numbers, then[day].numbers) {
			t.Errorf("%s is judged in another way now: %v", day, changes(then[day].numbers, now.numbers))
		}
	}
	compareBacktests(t, desk, then, last, moved)

	hindsight := open()
	receive(hindsight, until(docs, 0, last))
	if err := hindsight.Own(t.Context(), seller.Items()); err != nil {
		t.Fatal(err)
	}
	receive(hindsight, knownAlready(until(docs, last+1, today), last))
	wrong := changes(then[last].numbers, evaluated(t, hindsight, last, moved).numbers)
	if len(wrong) == 0 {
		t.Error("with hindsight the last day would be judged the same: nothing was restated that matters")
	}
	t.Logf("with hindsight %d decisions of %d on %s would be others: %v", len(wrong), len(then[last].numbers), last, wrong)
}

// knownAlready makes restatements known days before they were: orders, traffic and advertising.
func knownAlready(docs []ingest.Document, day core.Day) (out []ingest.Document) {
	for _, d := range docs {
		for _, kind := range []string{"all-orders", "sales-and-traffic", "sp-"} {
			if strings.HasPrefix(d.File.Name, kind) {
				d.Options.ObservedAt = day.Time().Add(7 * time.Hour)
				out = append(out, d)
				break
			}
		}
	}
	return out
}

// changes names what is not the same in both.
func changes(a, b map[string]string) (out []string) {
	for id := range a {
		if a[id] != b[id] {
			out = append(out, id)
		}
	}
	for id := range b {
		if _, ok := a[id]; !ok {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// compareBacktests runs a backtest of every policy over the days, and compares on which subjects it fires, on how many
// days, and what it says on the first of them.
func compareBacktests(t *testing.T, desk *app.Desk, then map[core.Day]said, last core.Day, moved map[string]bool) {
	t.Helper()
	fired := 0
	for _, policy := range then[last].policies {
		out, err := desk.Rules().Backtest(t.Context(), engine.BacktestInput{Policy: policy, Days: honestDays()}, last, nil)
		if err != nil {
			t.Fatal(err)
		}
		want, got := map[string]int{}, map[string]int{}
		for _, s := range then {
			for f := range s.titles {
				if f.policy == policy {
					want[f.subject]++
				}
			}
		}
		for _, x := range out.Episodes {
			if moved[x.Subject] {
				continue
			}
			got[x.Subject] += x.Days
			fired += x.Days
			from, err := core.ParseDay(x.From)
			if err != nil {
				t.Fatal(err)
			}
			if title, ok := then[from].titles[firing{policy, x.Subject}]; !ok || title != x.Title {
				t.Errorf("%s on %s, %s: backtest says %q, the day said %q (%t)", policy, x.Subject, x.From, x.Title, title, ok)
			}
		}
		if !maps.Equal(got, want) {
			t.Errorf("%s: backtest %v, then %v", policy, got, want)
		}
	}
	if fired < 10*honestDays() {
		t.Errorf("only %d firings were compared", fired)
	}
	t.Logf("%d firings of %d policies compared over %d days", fired, len(then[last].policies), honestDays())
}
