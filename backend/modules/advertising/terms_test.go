package advertising_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/source"
)

func TestSearchTerms(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.FactsFn = contributions(map[string]float64{"US/A": 0.30, "US/B": 0.10}, nil)
	p := core.LastDays(asOf()-1, 60)
	d := asOf() - 10
	h.Apply(t, m,
		report(1, source.AdSearchTerms, asOf(), p,
			term(d, "c", "BROAD", "flask", 100, 50_00, 400_00, 10),
			term(d, "c", "EXACT", "flask", 100, 50_00, 400_00, 10),
			term(d, "c", "BROAD", "cup", 50, 25_00, 0, 0),
			term(asOf()-45, "c", "BROAD", "cup", 10, 5_00, 0, 0),
			term(d, "c", "BROAD", "bowl", 5, 2_00, 0, 0),
			term(d, "c", "BROAD", "seen", 0, 0, 0, 0),
			term(d, "bare", "BROAD", "mug", 90, 60_00, 0, 0),
		),
		report(2, source.AdProducts, asOf(), p,
			product(d, "c", "A", 100, 50_00, 600_00, 10), product(d, "c", "B", 100, 50_00, 200_00, 10), product(d, "bare", "NOCOST", 90, 60_00, 0, 0)))
	got := ask(t, m, asOf())
	flask, cup := "US/c/flask", "US/c/cup"
	wantMoney(t, got["advertising.term_spend"][flask], 100_00, "USD", fact.Fresh)
	wantMoney(t, got["advertising.term_wasted"][flask], 0, "USD", fact.Fresh)
	wantMoney(t, got["advertising.term_wasted"][cup], 30_00, "USD", fact.Fresh)
	if v := got["advertising.term_match_type"][flask]; v.Text != "broad, exact" {
		t.Errorf("match types: %q", v.Text)
	}
	// 20 orders from 205 clicks of the campaign's other terms.
	if v := got["advertising.term_expected_orders"][cup]; math.Abs(v.Num-60*20.0/205) > 1e-9 {
		t.Errorf("expected orders %v", v.Num)
	}
	// Order value 40.00 × break-even (0.30 × 600 + 0.10 × 200) ÷ 800 = 0.25 × 2.
	wantMoney(t, got["advertising.term_limit"][cup], 20_00, "USD", fact.Fresh)
	// Without costs the mean ACoS 192 ÷ 800 stands in: 40.00 × 0.24 × 2.
	bare := got["advertising.term_limit"]["US/bare/mug"]
	wantMoney(t, bare, 19_20, "USD", fact.Estimated)
	if !strings.Contains(bare.Note, "mean ACoS") {
		t.Errorf("the note must say what stands in: %q", bare.Note)
	}
	if _, ok := got["advertising.term_spend"]["US/c/seen"]; ok {
		t.Error("a term without clicks is not judged")
	}
	wantMoney(t, got["advertising.wasted_spend_28d"]["US"], 25_00+60_00, "USD", fact.Estimated)
	if v := got["advertising.market_wasted_terms"]["US"]; v.Num != 2 {
		t.Errorf("wasted terms %v", v)
	}
}

func TestSearchTermsFromASummary(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	p := core.LastDays(asOf()-4, 30)
	h.Apply(t, m, report(1, source.AdSearchTerms, asOf(), p, summaryOf(term(0, "c", "BROAD", "cup", 30, 9_00, 0, 0), p)))
	got := ask(t, m, asOf())
	wantMoney(t, got["advertising.term_wasted"]["US/c/cup"], 9_00, "USD", fact.Fresh)
	for _, name := range []string{"advertising.term_limit", "advertising.term_acos", "advertising.term_expected_orders"} {
		if v := got[name]["US/c/cup"]; v.Maturity != fact.Missing || v.Note == "" {
			t.Errorf("%s must be missing with a reason: %+v", name, v)
		}
	}
	if v := got["advertising.wasted_spend_28d"]["US"]; v.Known() {
		t.Errorf("28 days can't be taken out of a sum of 30: %+v", v)
	}
}

func TestCampaignsAndMarket(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	p := core.LastDays(asOf()-1, 60)
	rows := fill(p, func(d core.Day) source.AdRow {
		r := product(d, "c", "", 4, 8_00, 20_00, 1)
		r.Budget = 10_00
		if d < asOf()-5 {
			r.Budget = 7_00
		}
		return r
	})
	h.Apply(t, m, report(1, source.AdCampaigns, asOf(), p, rows...))
	got := ask(t, m, asOf())
	wantMoney(t, got["advertising.campaign_spend_28d"]["US/c"], 28*8_00, "USD", fact.Fresh)
	wantMoney(t, got["advertising.campaign_budget"]["US/c"], 10_00, "USD", fact.Fresh)
	if v := got["advertising.campaign_budget_used_pct"]["US/c"]; v.Num != 80 {
		t.Errorf("budget used %v", v)
	}
	wantMoney(t, got["advertising.market_spend_7d"]["US"], 56_00, "USD", fact.Fresh)
	if v := got["advertising.market_acos_28d"]["US"]; v.Num != 0.4 || v.Source != "sp_campaigns" {
		t.Errorf("market ACoS %+v", v)
	}
	if v := got["advertising.market_spend_90d"]["US"]; v.Maturity != fact.Missing {
		t.Errorf("60 covered days are not 90: %+v", v)
	}
	if v := got["advertising.settled_through"]["US"]; v.Text != (asOf() - 3).String() {
		t.Errorf("settled through %q", v.Text)
	}
}

func TestDailyAndExports(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	p := core.LastDays(asOf()-1, 10)
	h.Apply(t, m, report(1, source.AdProducts, asOf(), p,
		product(asOf()-5, "c", "A", 5, 1_00, 3_00, 1), product(asOf()-5, "d", "A", 5, 2_00, 0, 0), product(asOf()-1, "d", "B", 1, 50, 0, 0)))
	list, err := m.Daily(t.Context(), "advertising.spend", "US/A", core.LastDays(asOf(), 20), asOf())
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	if len(list[0].Points) != 10 {
		t.Fatalf("%d points, want the 10 covered days", len(list[0].Points))
	}
	for _, pt := range list[0].Points {
		want, mat := int64(0), fact.Fresh
		if pt.Day == asOf()-5 {
			want = 3_00
		}
		if pt.Day > asOf()-3 {
			mat = fact.Settling
		}
		if pt.Money != (core.Money{Minor: want, Currency: "USD"}) || pt.Maturity != mat {
			t.Errorf("%s: %v %s, want %d %s", pt.Day, pt.Money, pt.Maturity, want, mat)
		}
	}
	for series, subject := range map[string]string{"advertising.spend": "US/d", "advertising.campaign_clicks": "US/d", "advertising.market_sales": "US"} {
		if l, err := m.Daily(t.Context(), series, subject, p, asOf()); err != nil || len(l) != 1 || l[0].Subject != subject {
			t.Errorf("%s of %s: %v %v", series, subject, l, err)
		}
	}
	var rows []string
	err = m.Exports()[0].Rows(t.Context(), p, func(r []any) error {
		rows = append(rows, fmt.Sprint(r...))
		return nil
	})
	want := []string{fmt.Sprint("2026-11-20", "US", "A", int64(300), int64(300), int64(10), int64(1), int64(100), "USD")}
	if err != nil || len(rows) != 2 || rows[0] != want[0] {
		t.Errorf("export %q %v, want first %q", rows, err, want)
	}
	st, err := m.Stamps(t.Context())
	if err != nil || len(st) != 1 || st[0].Kind != "sp_advertised_products" || st[0].Through != asOf()-1 {
		t.Errorf("stamps %+v %v", st, err)
	}
}

// BenchmarkFacts asks all facts of 2 000 SKUs advertised on each of 95 days and 5 000 terms of 60 days.
func BenchmarkFacts(b *testing.B) {
	m, h := start(b)
	p := core.LastDays(asOf()-1, 95)
	ratio, sales := map[string]float64{}, map[string]int64{}
	for i := range 2000 {
		sku := fmt.Sprintf("SKU-%04d", i)
		ratio["US/"+sku], sales["US/"+sku] = 0.3, 9_000_00
	}
	h.FactsFn = contributions(ratio, sales)
	var products, terms []source.AdRow
	for d := p.From; d <= p.To; d++ {
		for i := range 2000 {
			products = append(products, product(d, fmt.Sprintf("Campaign %d", i%100), fmt.Sprintf("SKU-%04d", i), 3, 2_31, 7_00, 1))
		}
		for i := range 1000 {
			n := (i*7 + int(d)*13) % 5000
			terms = append(terms, term(d, fmt.Sprintf("Campaign %d", n%100), "BROAD", fmt.Sprintf("search term %d", n), 2, 1_10, int64(n%3)*900, int32(n%3)))
		}
	}
	h.Apply(b, m, report(1, source.AdProducts, asOf(), p, products...), report(2, source.AdSearchTerms, asOf(), p, terms...))
	b.ResetTimer()
	for b.Loop() {
		if _, err := m.Facts(b.Context(), fact.Query{AsOf: asOf()}); err != nil {
			b.Fatal(err)
		}
	}
}
