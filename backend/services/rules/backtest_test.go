package rules_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/decision"
	"purser/backend/core/fact"
	"purser/backend/core/source"
	"purser/backend/services/rules"
)

// cover sets the days of cover of a SKU on the days that end with asOf: one sign each, "x" below the limit, "." above it,
// "?" not known. The money at stake is 2.00 on each.
func cover(f *fakeFacts, subject, signs string) {
	first := asOf - core.Day(len(signs)) + 1
	for i, s := range signs {
		day := first + core.Day(i)
		f.on(day, "inventory.on_hand", subject, fact.Value{Num: 5, AsOf: day})
		switch s {
		case 'x':
			f.on(day, "inventory.cover_days", subject, fact.Value{Num: 5, AsOf: day})
		case '.':
			f.on(day, "inventory.cover_days", subject, fact.Value{Num: 50, AsOf: day})
		}
	}
}

// short is a policy that fires on a SKU with less than ten days of cover.
func short(extra string) string {
	return small("short", "", "inventory.cover_days < 10.0") + "    at_stake: {money: \"2.0\", per: day}\n" + extra
}

func backtest(t *testing.T, e *rules.Engine, in rules.BacktestInput) rules.BacktestOutput {
	t.Helper()
	out, err := e.Backtest(t.Context(), in, asOf, nil)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// spans writes episodes as days before asOf, oldest first: "9-7" ended, "3-0+" running.
func spans(t *testing.T, out rules.BacktestOutput) string {
	t.Helper()
	var all []string
	for _, x := range slices.Backward(out.Episodes) {
		from, err := core.ParseDay(x.From)
		if err != nil {
			t.Fatal(err)
		}
		to, err := core.ParseDay(x.To)
		if err != nil {
			t.Fatal(err)
		}
		s := fmt.Sprintf("%d-%d", asOf-from, asOf-to)
		if x.Running {
			s += "+"
		}
		all = append(all, s)
	}
	return strings.Join(all, " ")
}

func TestEpisodes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, extra, signs, want string }{
		{"a run of days is one", "", "..xxx..", "4-2"},
		{"a false day ends it", "", "xx.xx.", "5-4 2-1"},
		{"unknown days do not", "", "x??x..", "5-2"},
		{"unknown, then false", "", "xx?...", "5-4"},
		{"unknown to the end", "", "..xx??", "3-2+"},
		{"running", "", "...xxx", "2-0+"},
		{"the cooldown joins", "    cooldown: 2\n", "x.x...x.", "7-5 1-1"},
		{"held two days", "    hold: 2\n", ".x.xxx.", "2-1"},
		{"goes on while it is kept", "    keep: inventory.cover_days < 60.0\n", ".x..", "2-0+"},
		{"nothing", "", "....", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := &fakeFacts{defs: definitions()}
			cover(f, "DE/A", c.signs)
			e := engine(t, f, map[string]string{"short.yaml": short(c.extra)})
			out := backtest(t, e, rules.BacktestInput{Policy: "short", Days: len(c.signs)})
			if got := spans(t, out); got != c.want {
				t.Errorf("%s: got %q, want %q", c.signs, got, c.want)
			}
		})
	}
}

func TestBacktestAddsUp(t *testing.T) {
	t.Parallel()
	f := &fakeFacts{defs: definitions()}
	// asOf is a Tuesday: the last week has two days, the first of three weeks five.
	cover(f, "DE/A", "..xxx....xx.x")
	cover(f, "US/B", "...........xx")
	events := func(context.Context, string) ([]rules.Event, error) {
		return []rules.Event{
			{Subject: "DE/A", Day: asOf - 9, Title: "Ordered", State: decision.Approved, Policy: "other"},
			{Subject: "DE/A", Day: asOf - 2, Title: "No", State: decision.Rejected, Policy: "short"},
			{Subject: "DE/A", Day: asOf - 7, Title: "Between two", State: decision.Approved, Policy: "short"},
			{Subject: "US/B", Day: asOf, Title: "Another's", State: decision.Rejected, Policy: "other"},
		}, nil
	}
	e, err := rules.New(rules.Options{Facts: f, Policies: files(map[string]string{"short.yaml": short("")}), Events: events})
	if err != nil {
		t.Fatal(err)
	}
	out := backtest(t, e, rules.BacktestInput{Policy: "short", Days: 20})
	if out.Skipped != 7 || out.Days != 13 || out.From != (asOf-19).String() || out.To != asOf.String() {
		t.Errorf("days: %+v", out)
	}
	s := out.Summary
	if s.Episodes != 4 || s.Subjects != 2 || s.Running != 2 || s.Acted != 1 || s.Dismissed != 1 || s.Cleared != 0 || s.MedianDays != 2 || s.Busiest != 1 {
		t.Errorf("summary: %+v", s)
	}
	if got := strings.Join(s.PointedAt, " "); got != "€12.00 $4.00" {
		t.Errorf("pointed at %s", got)
	}
	if s.PerWeek != 4.0*7/13 || s.SecondsPerWeek != 4.0*12*7/13 {
		t.Errorf("a week: %v, %v seconds", s.PerWeek, s.SecondsPerWeek)
	}
	var weeks []string
	for _, w := range out.Weeks {
		weeks = append(weeks, fmt.Sprintf("%s:%d", w.From, w.Episodes))
	}
	if got := strings.Join(weeks, " "); got != "2026-11-05:0 2026-11-09:1 2026-11-16:1 2026-11-23:2" {
		t.Errorf("weeks: %s", got)
	}
	newest := out.Episodes[0]
	if newest.Subject != "DE/A" || newest.Days != 1 || newest.AtStake != "€2.00 a day" || newest.Did != "" || newest.Title != "It is so" {
		t.Errorf("newest: %+v", newest)
	}
	if oldest := out.Episodes[len(out.Episodes)-1]; oldest.Did != "approved: Ordered" {
		t.Errorf("oldest: %+v", oldest)
	}
}

// TestBacktestIsEvaluate runs a policy that has everything on random facts, and compares each day with an evaluation of
// that day.
func TestBacktestIsEvaluate(t *testing.T) {
	t.Parallel()
	guard := guarded("", "")["guard.yaml"]
	policies := map[string]string{
		"guard.yaml": guard,
		"quiet.yaml": small("quiet", "", "advertising.spend_7d > 80.0"),
		"short.yaml": small("short", "", "inventory.cover_days < 30.0") + "    hold: 2\n    keep: inventory.cover_days < 40.0\n    inhibited_by: [quiet]\n    effects: [bids.up]\n",
	}
	const n = 40
	rnd := rand.New(rand.NewPCG(1, 2))
	f := &fakeFacts{defs: definitions()}
	for d := asOf - n - 70; d <= asOf; d++ {
		for s := range 12 {
			id := fmt.Sprintf("DE/S%d", s)
			f.on(d, "advertising.spend_7d", id, money(id, "advertising.spend_7d", rnd.Float64()*100))
			if rnd.IntN(10) > 0 {
				f.on(d, "inventory.cover_days", id, fact.Value{Num: rnd.Float64() * 60, AsOf: d})
			}
		}
	}
	e := engine(t, f, policies)
	out := backtest(t, e, rules.BacktestInput{Policy: "short", Days: n})
	wantFired, wantHeld := map[string]int{}, map[string]int{}
	for d := asOf - n + 1; d <= asOf; d++ {
		run, err := e.Evaluate(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range run.Proposals {
			if p.Policy == "short" {
				wantFired[p.Subject]++
				if len(p.HeldBy) > 0 {
					wantHeld[p.Subject]++
				}
			}
		}
	}
	fired, held := map[string]int{}, map[string]int{}
	total := 0
	for _, x := range out.Episodes {
		fired[x.Subject] += x.Days
		held[x.Subject] += x.Held
		total += x.Days
	}
	if total < 50 || fmt.Sprint(fired) != fmt.Sprint(wantFired) || fmt.Sprint(held) == "map[]" {
		t.Errorf("fired %v, evaluations %v", fired, wantFired)
	}
	for s, h := range held {
		if h != wantHeld[s] {
			t.Errorf("%s: held back on %d days, evaluations say %d", s, h, wantHeld[s])
		}
	}
}

func TestBacktestCompares(t *testing.T) {
	t.Parallel()
	f := &fakeFacts{defs: definitions()}
	cover(f, "DE/A", "..xx..")
	cover(f, "DE/B", "......")
	f.on(asOf, "inventory.cover_days", "DE/C", fact.Value{Num: 30})
	e := engine(t, f, map[string]string{
		"short.yaml": short(""),
		"other.yaml": small("other", "", "inventory.cover_days < 10.0 && inventory.on_hand > 0"),
	})
	draft := strings.Replace(short(""), "< 10.0", "< 40.0 && inventory.cover_days > 20.0", 1)
	out := backtest(t, e, rules.BacktestInput{YAML: draft, Days: 6})
	if out.Before == nil || out.Before.Episodes != 1 || out.Only != 1 || out.OnlyBefore != 1 || out.Both != 0 || out.Episodes[0].Before {
		t.Errorf("nothing in common: %+v", out)
	}
	draft = strings.Replace(short(""), "< 10.0", "< 40.0", 1)
	out = backtest(t, e, rules.BacktestInput{YAML: draft, Days: 6})
	if out.Only != 1 || out.OnlyBefore != 0 || out.Both != 1 || !out.Episodes[1].Before || out.Weeks[len(out.Weeks)-1].Episodes != 1 {
		t.Errorf("one in common: %+v", out)
	}
	if len(out.Overlaps) != 1 || out.Overlaps[0].Policy != "other" || out.Overlaps[0].Share != 2.0/3 {
		t.Errorf("overlaps: %+v", out.Overlaps)
	}
	if alone := backtest(t, e, rules.BacktestInput{Policy: "short", Days: 6}); alone.Before != nil || alone.Both != 0 {
		t.Errorf("nothing to compare with: %+v", alone.Before)
	}
	broken := backtest(t, e, rules.BacktestInput{YAML: strings.Replace(short(""), "cover_days", "nonsense", 1)})
	if len(broken.Problems) != 1 || broken.Problems[0].Field != "when" || len(broken.Episodes) != 0 {
		t.Errorf("a draft that does not run: %+v", broken.Problems)
	}
	for _, in := range []rules.BacktestInput{{}, {Policy: "nobody"}, {Policy: "short", Days: 400}, {Policy: "short", Against: 7}} {
		if _, err := e.Backtest(t.Context(), in, asOf, nil); err == nil {
			t.Errorf("%+v is taken", in)
		}
	}
}

func TestBacktestMarksWhatIsNotSettled(t *testing.T) {
	t.Parallel()
	f := &fakeFacts{defs: definitions()}
	for i := range f.defs {
		f.defs[i].Sources = []string{"test_report"}
	}
	for d := asOf - 9; d <= asOf; d++ {
		n := 50.0
		if d <= asOf-8 || d >= asOf-1 {
			n = 5
		}
		f.on(d, "inventory.cover_days", "DE/A", fact.Value{Num: n, AsOf: d, Maturity: fact.Settling})
	}
	e, err := rules.New(rules.Options{
		Facts: f, Policies: files(map[string]string{"short.yaml": strings.Replace(short(""), "subject: sku\n", "subject: sku\naccepts: [settling]\n", 1)}),
		Kind: func(string) (source.Kind, bool) { return source.Kind{Settles: 72 * time.Hour}, true },
	})
	if err != nil {
		t.Fatal(err)
	}
	out := backtest(t, e, rules.BacktestInput{Policy: "short", Days: 10})
	if len(out.Episodes) != 2 || !out.Episodes[0].Unsettled || out.Episodes[1].Unsettled || out.Unsettled != 3 {
		t.Errorf("%d days unsettled, %+v", out.Unsettled, out.Episodes)
	}
	if w := out.Weeks; !w[len(w)-1].Unsettled || w[0].Unsettled {
		t.Errorf("weeks: %+v", w)
	}
}

// TestBacktestReadsOnce looks at what is asked for: nothing, when the data is the same.
func TestBacktestReadsOnce(t *testing.T) {
	t.Parallel()
	f := &fakeFacts{defs: definitions()}
	cover(f, "DE/A", "..xx..")
	var version atomic.Int64
	e, err := rules.New(rules.Options{Facts: f, Policies: files(map[string]string{"short.yaml": short("")}), Version: version.Load})
	if err != nil {
		t.Fatal(err)
	}
	first := backtest(t, e, rules.BacktestInput{Policy: "short", Days: 6})
	asked := len(f.asked)
	draft := strings.Replace(short(""), "< 10.0", "< 10.0 && inventory.on_hand > 0", 1)
	second := backtest(t, e, rules.BacktestInput{YAML: draft, Days: 6})
	if asked == 0 || len(f.asked) != asked || spans(t, first) != spans(t, second) {
		t.Errorf("asked %d times, then %d; %s, %s", asked, len(f.asked), spans(t, first), spans(t, second))
	}
	f.on(asOf, "inventory.cover_days", "DE/A", fact.Value{Num: 1, AsOf: asOf})
	version.Add(1)
	if third := backtest(t, e, rules.BacktestInput{Policy: "short", Days: 6}); spans(t, third) != "3-2 0-0+" || len(f.asked) == asked {
		t.Errorf("after a change: %s", spans(t, third))
	}
}

func TestBacktestStops(t *testing.T) {
	t.Parallel()
	f := &fakeFacts{defs: definitions()}
	cover(f, "DE/A", "..xx..")
	e := engine(t, f, map[string]string{"short.yaml": short("")})
	ctx, cancel := context.WithCancel(t.Context())
	last := 0
	_, err := e.Backtest(ctx, rules.BacktestInput{Policy: "short", Days: 365}, asOf, func(done, of int) {
		if done != last+1 || of != 365 {
			t.Errorf("%d of %d after %d", done, of, last)
		}
		if last = done; done == 3 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || last > 20 {
		t.Errorf("after %d days: %v", last, err)
	}
	f.fault = errors.New("the disk is gone")
	if _, err := e.Backtest(t.Context(), rules.BacktestInput{Policy: "short"}, asOf, nil); !errors.Is(err, f.fault) {
		t.Errorf("a fault of reading: %v", err)
	}
}
