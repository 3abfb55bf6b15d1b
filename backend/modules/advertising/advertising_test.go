package advertising_test

import (
	"database/sql"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
	"purser/backend/core/module/moduletest"
	"purser/backend/core/source"
	"purser/backend/modules/advertising"
)

func TestContract(t *testing.T) {
	t.Parallel()
	moduletest.Run(t, func() module.Module { return advertising.New() }, advertising.Queries())
}

func TestSKUFacts(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Items = []module.Item{{Marketplace: "US", SKU: "QUIET"}, {Marketplace: "DE", SKU: "ELSEWHERE"}}
	h.FactsFn = contributions(map[string]float64{"US/A": 0.25, "US/B": -0.1}, map[string]int64{"US/A": 1_000_00, "US/B": 50_00})
	p := core.LastDays(asOf()-1, 95)
	rows := fill(p, func(d core.Day) source.AdRow { return product(d, "c", "A", 10, 2_00, 5_00, 1) })
	rows = append(rows, fill(p, func(d core.Day) source.AdRow { return product(d, "c", "B", 1, 10, 20, 0) })...)
	rows = append(rows, product(asOf()-10, "c2", "A", 0, 0, 0, 0), product(asOf()-10, "c2", "NOSALES", 3, 90, 0, 0))
	h.Apply(t, m, report(1, source.AdProducts, asOf(), p, rows...))

	got := ask(t, m, asOf())
	spend := got["advertising.spend_28d"]["US/A"]
	wantMoney(t, spend, 56_00, "USD", fact.Fresh)
	if spend.AsOf != asOf()-3 {
		t.Errorf("28 days end on %s, want the last settled day %s", spend.AsOf, asOf()-3)
	}
	wantMoney(t, got["advertising.sales_7d"]["US/A"], 35_00, "USD", fact.Fresh)
	wantMoney(t, got["advertising.spend_90d"]["US/A"], 180_00, "USD", fact.Fresh)
	for name, want := range map[string]float64{
		"advertising.acos_28d": 0.4, "advertising.orders_28d": 28, "advertising.clicks_7d": 70, "advertising.spend_share_28d": 0.056,
		"advertising.breakeven_acos": 0.25, "advertising.acos_over_breakeven_28d": 1.6,
	} {
		if v := got[name]["US/A"]; math.Abs(v.Num-want) > 1e-12 || v.Maturity != fact.Fresh {
			t.Errorf("%s = %v %s, want %v", name, v.Num, v.Maturity, want)
		}
	}
	wantMoney(t, got["advertising.profit_after_ads_28d"]["US/A"], 28*125-56_00, "USD", fact.Fresh)
	wantMoney(t, got["advertising.spend_28d"]["US/QUIET"], 0, "USD", fact.Fresh)
	if v := got["advertising.advertised"]["US/QUIET"]; v.Flag || !v.Known() {
		t.Errorf("a SKU no covered day names is known not to be advertised: %+v", v)
	}
	if !got["advertising.advertised"]["US/A"].Flag {
		t.Error("A is advertised")
	}
	if _, ok := got["advertising.spend_28d"]["DE/ELSEWHERE"]; ok {
		t.Error("no report of DE: nothing may be said of it")
	}
	for name, subject := range map[string]string{
		"advertising.acos_28d": "US/NOSALES", "advertising.profit_after_ads_28d": "US/NOSALES",
		"advertising.acos_over_breakeven_28d": "US/B", "advertising.spend_share_28d": "US/QUIET", "advertising.breakeven_acos": "US/QUIET",
	} {
		if v := got[name][subject]; v.Maturity != fact.Missing || v.Note == "" {
			t.Errorf("%s of %s must be missing with a reason: %+v", name, subject, v)
		}
	}
	one, err := m.Facts(t.Context(), fact.Query{AsOf: asOf(), Subject: "US/A", Names: []string{"advertising.spend_28d"}})
	if err != nil {
		t.Fatal(err)
	}
	if len(one) != 1 || len(one[0].Values) != 1 || one[0].Values["US/A"] != spend {
		t.Errorf("one subject: %+v", one)
	}
}

func TestCoverage(t *testing.T) {
	t.Parallel()
	const name = "advertising.spend_28d"
	through := asOf() - 1
	row := func(d core.Day) source.AdRow { return product(d, "c", "A", 5, 1_00, 0, 0) }
	cases := map[string]struct {
		seen core.Day
		p    core.Period
		rows []source.AdRow
		want fact.Maturity
		cash int64
		note string
	}{
		"DaysWithoutRowAreZero": {asOf(), core.LastDays(through, 60), []source.AdRow{row(through - 10)}, fact.Fresh, 1_00, ""},
		"UncoveredDayIsMissing": {asOf(), core.LastDays(through, 20), []source.AdRow{row(through - 10)}, fact.Missing, 0, "days"},
		"OnlyUnsettledFits":     {asOf(), core.LastDays(through, 28), []source.AdRow{row(through)}, fact.Settling, 1_00, "restate"},
		"Old":                   {asOf() - 10, core.LastDays(asOf()-11, 60), []source.AdRow{row(asOf() - 20)}, fact.Stale, 1_00, "newest day"},
		"KnownLater":            {asOf() + 9, core.LastDays(asOf()+8, 60), []source.AdRow{row(asOf() - 3)}, fact.Estimated, 1_00, "first known on 2026-12-04"},
		"Summary":               {asOf(), core.LastDays(asOf()-4, 28), []source.AdRow{summaryOf(row(0), core.LastDays(asOf()-4, 28))}, fact.Fresh, 1_00, ""},
		"SummaryOfOtherLength":  {asOf(), core.LastDays(asOf()-4, 30), []source.AdRow{summaryOf(row(0), core.LastDays(asOf()-4, 30))}, fact.Missing, 0, "no report"},
		"FutureOfThePartialDay": {asOf(), core.LastDays(asOf(), 60), []source.AdRow{row(asOf()), row(asOf() - 5)}, fact.Fresh, 1_00, ""},
	}
	for label, c := range cases {
		t.Run(label, func(t *testing.T) {
			t.Parallel()
			m, h := start(t)
			h.Apply(t, m, report(1, source.AdProducts, c.seen, c.p, c.rows...))
			v := ask(t, m, asOf(), name)[name]["US/A"]
			if c.want == fact.Missing && v.Maturity == "" {
				v = ask(t, m, asOf(), "advertising.market_spend_28d")["advertising.market_spend_28d"]["US"]
			}
			if v.Maturity != c.want || v.Money.Minor != c.cash || !strings.Contains(v.Note, c.note) {
				t.Errorf("got %s %v %q, want %s %d %q", v.Maturity, v.Money, v.Note, c.want, c.cash, c.note)
			}
		})
	}
}

func summaryOf(r source.AdRow, p core.Period) source.AdRow {
	r.Start, r.End = p.From, p.To
	return r
}

// TestRestatement: each as-of day sees the newest report made by its end.
func TestRestatement(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	day := asOf() - 20
	cover := func(to core.Day) core.Period { return core.LastDays(to, 60) }
	h.Apply(t, m,
		report(1, source.AdProducts, day+1, cover(day), product(day, "old name", "A", 50, 10_00, 0, 0)),
		report(2, source.AdProducts, day+5, cover(day+4), product(day, "new name", "A", 48, 9_60, 30_00, 2)),
		report(3, source.AdProducts, asOf(), cover(asOf()-1), product(day, "new name", "A", 48, 9_60, 60_00, 4)),
		// A report filtered to another campaign says nothing of what it leaves out.
		report(4, source.AdProducts, asOf(), cover(asOf()-1), product(day, "other", "B", 1, 10, 0, 0)),
	)
	for seen, want := range map[core.Day]int64{day + 1: 0, day + 4: 0, day + 8: 30_00, asOf(): 60_00} {
		v := ask(t, m, seen, "advertising.sales_28d")["advertising.sales_28d"]["US/A"]
		if v.Money.Minor != want {
			t.Errorf("as of %s: ad sales %v (%s %s), want %d", seen, v.Money, v.Maturity, v.Note, want)
		}
	}
	wantMoney(t, ask(t, m, asOf(), "advertising.spend_28d")["advertising.spend_28d"]["US/A"], 9_60, "USD", fact.Fresh)
	got := ask(t, m, asOf(), "advertising.campaign_spend_28d")["advertising.campaign_spend_28d"]
	if _, ok := got["US/old name"]; ok {
		t.Errorf("a renamed campaign is counted once: %v", got)
	}
}

func TestCurrenciesAreNotMixed(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	p := core.LastDays(asOf()-1, 60)
	euro := product(asOf()-9, "c", "A", 5, 1_00, 0, 0)
	euro.Currency = "EUR"
	h.Apply(t, m, report(1, source.AdProducts, asOf(), p, product(asOf()-9, "c", "A", 5, 1_00, 0, 0), euro, product(asOf()-9, "c", "B", 5, 7_00, 0, 0)))
	got := ask(t, m, asOf(), "advertising.spend_28d", "advertising.clicks_28d", "advertising.market_spend_28d")
	for _, v := range []fact.Value{got["advertising.spend_28d"]["US/A"], got["advertising.market_spend_28d"]["US"]} {
		if v.Maturity != fact.Missing || !strings.Contains(v.Note, "currencies") {
			t.Errorf("dollars and euros were added: %+v", v)
		}
	}
	wantMoney(t, got["advertising.spend_28d"]["US/B"], 7_00, "USD", fact.Fresh)
	if got["advertising.clicks_28d"]["US/A"].Num != 10 {
		t.Error("clicks have no currency and are summed")
	}
}

// TestDuplicateRows: rows that agree in every name add up, storing them again does not.
func TestDuplicateRows(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	p := core.LastDays(asOf()-1, 60)
	r := product(asOf()-9, "c", "A", 5, 1_00, 0, 0)
	b := report(1, source.AdProducts, asOf(), p, r, r)
	if a := h.Apply(t, m, b); a != (module.Applied{Stored: 2}) {
		t.Errorf("first time: %+v", a)
	}
	if a := h.Apply(t, m, b); a != (module.Applied{Unchanged: 2}) {
		t.Errorf("second time: %+v", a)
	}
	older := report(2, source.AdProducts, asOf()-2, p, product(asOf()-9, "c", "A", 4, 80, 0, 0))
	if a := h.Apply(t, m, older); a != (module.Applied{Older: 1}) {
		t.Errorf("older report: %+v", a)
	}
	wantMoney(t, ask(t, m, asOf(), "advertising.spend_28d")["advertising.spend_28d"]["US/A"], 2_00, "USD", fact.Fresh)
}

func TestForget(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	b := report(1, source.AdProducts, asOf(), core.LastDays(asOf()-1, 95), product(asOf()-9, "c", "A", 5, 1_00, 0, 0))
	h.Apply(t, m, b)
	want := ask(t, m, asOf())
	if err := h.Write(t.Context(), func(tx *sql.Tx) error { return m.Forget(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
	if v := ask(t, m, asOf(), "advertising.spend_28d")["advertising.spend_28d"]; len(v) != 0 {
		t.Errorf("forgotten, yet %v", v)
	}
	h.Apply(t, m, b)
	if d := cmp.Diff(want, ask(t, m, asOf())); d != "" {
		t.Errorf("rebuilt differs:\n%s", d)
	}
}

// TestOrderOfBatches: whatever the order of documents and of their batches, the answers are the same.
func TestOrderOfBatches(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	rapid.Check(t, func(rt *rapid.T) {
		var batches []source.Batch
		for doc := range int64(rapid.IntRange(1, 4).Draw(rt, "documents")) {
			seen := asOf() - core.Day(rapid.IntRange(0, 8).Draw(rt, "seen"))
			p := core.LastDays(seen-1, 40)
			var rows []source.AdRow
			for range rapid.IntRange(2, 10).Draw(rt, "rows") {
				rows = append(rows, product(p.To-core.Day(rapid.IntRange(0, 6).Draw(rt, "day")), rapid.SampledFrom([]string{"c1", "c2"}).Draw(rt, "campaign"),
					rapid.SampledFrom([]string{"A", "B"}).Draw(rt, "sku"), int32(rapid.IntRange(0, 30).Draw(rt, "clicks")), int64(rapid.IntRange(0, 500).Draw(rt, "spend")), 0, 0))
			}
			b := report(doc+1, source.AdProducts, seen, p, rows...)
			half := len(rows) / 2
			b1, b2 := b, b
			b1.Rows, b2.Rows = rows[:half], rows[half:]
			batches = append(batches, b1, b2)
		}
		var want map[string]map[string]fact.Value
		for round := range 2 {
			if err := h.Write(t.Context(), func(tx *sql.Tx) error { return m.Forget(t.Context(), tx) }); err != nil {
				rt.Fatal(err)
			}
			h.Apply(t, m, batches...)
			got := ask(t, m, asOf(), "advertising.spend_28d", "advertising.clicks_7d", "advertising.market_spend_28d")
			if round == 0 {
				want = got
				seed := rapid.Uint64().Draw(rt, "seed")
				rng := rand.New(rand.NewPCG(seed, 1))
				rng.Shuffle(len(batches), func(i, j int) { batches[i], batches[j] = batches[j], batches[i] })
				batches = append(batches, batches[0])
			} else if d := cmp.Diff(want, got); d != "" {
				rt.Errorf("order matters:\n%s", d)
			}
		}
	})
}
