package advertising_test

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/source"
	"purser/backend/modules/advertising"
)

func figuresOf() []string {
	return []string{"advertising.spend", "advertising.sales", "advertising.orders", "advertising.clicks", "advertising.impressions"}
}

// frame gives the values of a frame by measure and subject, without what is not known.
func frame(tb testing.TB, m *advertising.Module, kind fact.SubjectKind, p core.Period, day core.Day, names ...string) (map[string]map[string]int64, fact.Frame) {
	tb.Helper()
	f, err := m.Measure(tb.Context(), fact.MeasureQuery{Names: names, Kind: kind, Period: p, AsOf: day})
	if err != nil {
		tb.Fatal(err)
	}
	out := map[string]map[string]int64{}
	for _, c := range f.Columns {
		out[c.Name] = map[string]int64{}
		for i, s := range f.Subjects {
			if c.Missing == nil || !c.Missing[i] {
				out[c.Name][s] = c.Values[i]
			}
		}
	}
	return out, f
}

// drawn sums the daily series of a measure over a period; only what is not zero.
func drawn(tb testing.TB, m *advertising.Module, series string, p core.Period, day core.Day) (sums map[string]int64, days map[string]int) {
	tb.Helper()
	list, err := m.Daily(tb.Context(), series, "", p, day)
	if err != nil {
		tb.Fatal(err)
	}
	sums, days = map[string]int64{}, map[string]int{}
	for _, s := range list {
		var sum int64
		for _, pt := range s.Points {
			if pt.Money.Currency != "" {
				sum += pt.Money.Minor
			} else {
				sum += int64(pt.Num)
			}
		}
		days[s.Subject] = len(s.Points)
		if sum != 0 {
			sums[s.Subject] = sum
		}
	}
	return sums, days
}

func withoutZeros(in map[string]int64) map[string]int64 {
	out := map[string]int64{}
	for k, v := range in {
		if v != 0 {
			out[k] = v
		}
	}
	return out
}

// someReports are reports of random days that overlap, restate each other and leave gaps.
func someReports(rt *rapid.T, st source.Stream, first int64) []source.Batch {
	var out []source.Batch
	for doc := range int64(rapid.IntRange(0, 4).Draw(rt, "reports")) {
		to := asOf() - core.Day(rapid.IntRange(1, 60).Draw(rt, "to"))
		seen := to + core.Day(rapid.IntRange(0, 12).Draw(rt, "seen after"))
		p := core.LastDays(to, rapid.IntRange(1, 50).Draw(rt, "days"))
		var rows []source.AdRow
		for range rapid.IntRange(1, 25).Draw(rt, "rows") {
			day := p.From + core.Day(rapid.IntRange(0, p.Days()-1).Draw(rt, "day"))
			clicks := rapid.IntRange(0, 30).Draw(rt, "clicks")
			r := product(day, rapid.SampledFrom([]string{"c1", "c2", "c3"}).Draw(rt, "campaign"), rapid.SampledFrom([]string{"A", "B", "C"}).Draw(rt, "sku"),
				int32(clicks), int64(rapid.IntRange(0, 500).Draw(rt, "spend")), int64(rapid.IntRange(0, 900).Draw(rt, "sales")), int32(rapid.IntRange(0, 2).Draw(rt, "orders")))
			if st == source.AdSearchTerms {
				r.SKU, r.Targeting, r.SearchTerm = "", "kw", rapid.SampledFrom([]string{"flask", "cup"}).Draw(rt, "term")
			}
			rows = append(rows, r)
		}
		if rapid.IntRange(0, 5).Draw(rt, "summary") == 0 {
			for i := range rows {
				rows[i] = summaryOf(rows[i], p)
			}
		}
		out = append(out, report(first+doc, st, seen, p, rows...))
	}
	return out
}

// TestFramesAreTheSumOfTheirSeries: over any window and as-of day, with restated days, gaps
// and summaries, a measure is what its daily series add up to, and covers as many days.
func TestFramesAreTheSumOfTheirSeries(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	rapid.Check(t, func(rt *rapid.T) {
		if err := h.Write(t.Context(), func(tx *sql.Tx) error { return m.Forget(t.Context(), tx) }); err != nil {
			rt.Fatal(err)
		}
		for i, st := range []source.Stream{source.AdProducts, source.AdCampaigns, source.AdTargets, source.AdSearchTerms} {
			h.Apply(t, m, someReports(rt, st, int64(i*10+1))...)
		}
		day := asOf() - core.Day(rapid.IntRange(0, 20).Draw(rt, "as of"))
		p := core.LastDays(day-core.Day(rapid.IntRange(1, 40).Draw(rt, "back")), rapid.IntRange(1, 90).Draw(rt, "window"))
		for _, kind := range []fact.SubjectKind{fact.SKU, fact.Campaign, fact.SearchTerm, fact.Marketplace} {
			got, f := frame(t, m, kind, p, day, figuresOf()...)
			cover := f.Columns[0].Cover["US"]
			if cover.Days < p.Days() && len(f.Columns[0].Cover) > 0 && cover.Note == "" {
				rt.Fatalf("%s: %d of %d days are covered, and it does not say so", kind, cover.Days, p.Days())
			}
			if strings.Contains(cover.Note, "one sum") && cover.Days == p.Days() {
				continue // a summary of exactly these days has no daily series
			}
			for _, me := range m.Measures() {
				series := me.Series[kind]
				if series == "" {
					continue
				}
				want, days := drawn(t, m, series, p, day)
				if d := cmp.Diff(want, withoutZeros(got[me.Name])); d != "" {
					rt.Fatalf("%s of %s over %v as of %s differs from its series:\n%s", me.Name, kind, p, day, d)
				}
				for _, n := range days {
					if n != cover.Days {
						rt.Fatalf("%s: %d days drawn, %d covered", series, n, cover.Days)
					}
				}
			}
		}
	})
}

// TestFramesAgreeWithFacts: over the window of a fact, a measure is the fact.
func TestFramesAgreeWithFacts(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	p := core.LastDays(asOf()-1, 60)
	rows := fill(p, func(d core.Day) source.AdRow {
		return product(d, "c", "A", int32(d%5), int64(d%7)*11, int64(d%3)*100, int32(d%3))
	})
	rows = append(rows, product(asOf()-20, "d", "B", 3, 90, 0, 0))
	h.Apply(t, m, report(1, source.AdProducts, asOf(), p, rows...))
	facts := ask(t, m, asOf())
	for _, n := range []int{7, 28} {
		window := core.LastDays(asOf()-3, n)
		for name, fields := range map[string]struct {
			kind fact.SubjectKind
			fact string
		}{
			"advertising.spend": {fact.SKU, "spend"}, "advertising.sales": {fact.Marketplace, "market_sales"}, "advertising.orders": {fact.SKU, "orders"},
			"advertising.clicks": {fact.Campaign, "campaign_clicks"},
		} {
			got, _ := frame(t, m, fields.kind, window, asOf(), name)
			for subject, v := range facts[fmt.Sprintf("advertising.%s_%dd", fields.fact, n)] {
				if want := v.Money.Minor + int64(v.Num); got[name][subject] != want {
					t.Errorf("%s of %s over %d days: %d, the fact says %d", name, subject, n, got[name][subject], want)
				}
			}
		}
	}
}

// TestMeasuresForgetAndImportAgain: what is kept in memory never outlives what it was made of.
func TestMeasuresForgetAndImportAgain(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	p := core.LastDays(asOf()-1, 30)
	spend := func() int64 {
		got, _ := frame(t, m, fact.SKU, p, asOf(), "advertising.spend")
		market, _ := frame(t, m, fact.Marketplace, p, asOf(), "advertising.spend")
		if got["advertising.spend"]["US/A"] != market["advertising.spend"]["US"] {
			t.Errorf("SKU %v, marketplace %v", got, market)
		}
		return got["advertising.spend"]["US/A"]
	}
	week := report(1, source.AdProducts, asOf()-3, p, product(asOf()-9, "c", "A", 50, 1_00, 0, 0), product(asOf()-8, "c", "A", 50, 3_00, 0, 0))
	h.Apply(t, m, week)
	if n := spend(); n != 4_00 {
		t.Errorf("first report: %d", n)
	}
	again := report(2, source.AdProducts, asOf(), p, product(asOf()-9, "c", "A", 49, 90, 0, 0), product(asOf()-8, "c", "A", 50, 3_00, 0, 0))
	h.Apply(t, m, again)
	if n := spend(); n != 3_90 {
		t.Errorf("restated: %d", n)
	}
	// A second batch replaces the day's rows; their number may be given to others.
	more := again
	more.Rows = []source.AdRow{{
		Row: 9, Marketplace: "US", Start: asOf() - 9, End: asOf() - 9, Campaign: "c", AdGroup: "g", SKU: "A", Currency: "USD", Clicks: 3, Spend: 10,
	}}
	h.Apply(t, m, more)
	if n := spend(); n != 4_00 {
		t.Errorf("second batch: %d", n)
	}
	rolledBack := h.File.Write(t.Context(), func(tx *sql.Tx) error {
		if _, err := m.Apply(t.Context(), tx, report(3, source.AdProducts, asOf(), p, product(asOf()-9, "c", "A", 99, 77_00, 0, 0))); err != nil {
			t.Fatal(err)
		}
		return sql.ErrTxDone
	})
	if n := spend(); n != 4_00 || rolledBack == nil {
		t.Errorf("an import that was undone counts: %d", n)
	}
	if err := h.Write(t.Context(), func(tx *sql.Tx) error { return m.Forget(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
	if _, f := frame(t, m, fact.SKU, p, asOf(), "advertising.spend"); len(f.Subjects) != 0 || f.Columns[0].Cover["US"].Days != 0 {
		t.Errorf("forgotten, yet %+v", f)
	}
	h.Apply(t, m, report(1, source.AdProducts, asOf(), p, product(asOf()-9, "c", "A", 50, 7_00, 0, 0)))
	if n := spend(); n != 7_00 {
		t.Errorf("imported again: %d", n)
	}
}

func TestCoverIsHonest(t *testing.T) {
	t.Parallel()
	row := func(d core.Day) source.AdRow { return product(d, "c", "A", 5, 1_00, 0, 0) }
	last := asOf() - 1
	cases := map[string]struct {
		seen   core.Day
		p      core.Period
		rows   []source.AdRow
		ask    core.Period
		days   int
		mat    fact.Maturity
		note   string
		amount int64
	}{
		"Settled":        {asOf(), core.LastDays(last, 60), []source.AdRow{row(last - 10)}, core.LastDays(last-5, 28), 28, fact.Fresh, "", 1_00},
		"Settling":       {asOf(), core.LastDays(last, 60), []source.AdRow{row(last - 10)}, core.LastDays(last, 28), 28, fact.Settling, "restate", 1_00},
		"Gap":            {asOf(), core.LastDays(last, 20), []source.AdRow{row(last - 10)}, core.LastDays(last-5, 28), 15, fact.Estimated, "13 of the 28 days", 1_00},
		"Nothing":        {asOf(), core.LastDays(last, 20), []source.AdRow{row(last - 10)}, core.LastDays(last-50, 7), 0, fact.Missing, "import", 0},
		"Stale":          {asOf() - 20, core.LastDays(last-20, 60), []source.AdRow{row(last - 25)}, core.LastDays(last, 28), 8, fact.Stale, "newer", 1_00},
		"OldRangeIsDone": {asOf() - 20, core.LastDays(last-20, 60), []source.AdRow{row(last - 35)}, core.LastDays(last-30, 7), 7, fact.Fresh, "", 1_00},
		"KnownLater":     {asOf() + 9, core.LastDays(asOf()+8, 60), []source.AdRow{row(last - 5)}, core.LastDays(last, 7), 7, fact.Settling, "first known on", 1_00},
		"Summary":        {asOf(), core.LastDays(last-3, 28), []source.AdRow{summaryOf(row(0), core.LastDays(last-3, 28))}, core.LastDays(last-3, 28), 28, fact.Fresh, "one sum", 1_00},
		"SummaryOfOther": {asOf(), core.LastDays(last-3, 30), []source.AdRow{summaryOf(row(0), core.LastDays(last-3, 30))}, core.LastDays(last-3, 28), 0, fact.Missing, "can't be split", 0},
		"TodayIsNotOver": {asOf(), core.LastDays(asOf(), 60), []source.AdRow{row(asOf()), row(asOf() - 9)}, core.LastDays(asOf(), 29), 28, fact.Settling, "", 1_00},
	}
	for label, c := range cases {
		t.Run(label, func(t *testing.T) {
			t.Parallel()
			m, h := start(t)
			h.Apply(t, m, report(1, source.AdProducts, c.seen, c.p, c.rows...))
			got, f := frame(t, m, fact.Marketplace, c.ask, asOf(), "advertising.spend")
			cover := f.Columns[0].Cover["US"]
			if cover.Days != c.days || cover.Maturity != c.mat || !strings.Contains(cover.Note, c.note) || got["advertising.spend"]["US"] != c.amount {
				t.Errorf("got %d over %+v, want %d over %d days %s %q", got["advertising.spend"]["US"], cover, c.amount, c.days, c.mat, c.note)
			}
		})
	}
}

func TestWastedAndCurrencies(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	p := core.LastDays(asOf()-1, 60)
	d := asOf() - 10
	h.Apply(t, m, report(1, source.AdSearchTerms, asOf(), p,
		term(d, "c", "BROAD", "flask", 10, 5_00, 40_00, 1), term(d+1, "c", "BROAD", "flask", 10, 2_00, 0, 0), term(d, "c", "BROAD", "cup", 7, 3_00, 0, 0)))
	wasted := func(p core.Period) (int64, map[string]int64) {
		market, _ := frame(t, m, fact.Marketplace, p, asOf(), "advertising.spend", "advertising.wasted")
		terms, _ := frame(t, m, fact.SearchTerm, p, asOf(), "advertising.wasted")
		return market["advertising.wasted"]["US"], terms["advertising.wasted"]
	}
	if all, terms := wasted(p); all != 3_00 || terms["US/c/flask"] != 0 || terms["US/c/cup"] != 3_00 {
		t.Errorf("over all days: %d, %v", all, terms)
	}
	if all, terms := wasted(core.Period{From: d + 1, To: d + 1}); all != 2_00 || terms["US/c/flask"] != 2_00 {
		t.Errorf("over one day: %d, %v", all, terms)
	}

	euro := product(d, "c", "B", 5, 1_00, 0, 0)
	euro.Currency = "EUR"
	h.Apply(t, m, report(2, source.AdProducts, asOf(), p, product(d, "c", "A", 5, 4_00, 0, 0), euro))
	got, f := frame(t, m, fact.SKU, p, asOf(), "advertising.spend", "advertising.clicks")
	if _, ok := got["advertising.spend"]["US/B"]; ok || got["advertising.spend"]["US/A"] != 4_00 || got["advertising.clicks"]["US/B"] != 5 {
		t.Errorf("euros in the United States: %v", got)
	}
	if !strings.Contains(f.Columns[0].MissingNote, "currency") || slices.Contains(f.Columns[1].Missing, true) {
		t.Errorf("it must say why: %+v", f.Columns)
	}
	if got, _ := frame(t, m, fact.Marketplace, p, asOf(), "advertising.spend"); len(got["advertising.spend"]) != 0 {
		t.Errorf("dollars and euros were added: %v", got)
	}
}

func TestMeasureRefuses(t *testing.T) {
	t.Parallel()
	m, _ := start(t)
	for name, kind := range map[string]fact.SubjectKind{"advertising.acos": fact.SKU, "advertising.wasted": fact.SKU, "advertising.spend": fact.HealthMetric} {
		_, err := m.Measure(t.Context(), fact.MeasureQuery{Names: []string{name}, Kind: kind, Period: core.LastDays(asOf()-1, 7), AsOf: asOf()})
		if e := core.AsError(err); e == nil || e.Message == "" {
			t.Errorf("%s of %s was answered", name, kind)
		}
	}
	for _, name := range figuresOf() {
		one, err := m.Measure(t.Context(), fact.MeasureQuery{Names: []string{name}, Kind: fact.SKU, Period: core.LastDays(asOf()-1, 7), AsOf: asOf()})
		if err != nil || len(one.Subjects) != 0 {
			t.Errorf("%s without reports: %+v %v", name, one, err)
		}
	}
}
