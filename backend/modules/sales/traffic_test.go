package sales_test

import (
	"testing"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
	"purser/backend/core/source"
)

func item(asin string, p core.Period, sessions, views, units int32, featured float64) source.TrafficItem {
	return source.TrafficItem{
		Marketplace: "US", Period: p, ASIN: core.ASIN(asin), Currency: "USD", Sessions: sessions, PageViews: views,
		UnitsOrdered: units, FeaturedOfferPct: featured, UnitSessionPct: -1,
	}
}

func items(doc int64, observed core.Day, rows ...source.TrafficItem) source.Batch {
	return source.Batch{
		Stream: source.TrafficItems, DocumentID: doc, Kind: "business_report_by_item", ObservedAt: noon(observed),
		Period: rows[0].Period, Rows: rows, Len: len(rows), Last: true,
	}
}

func TestItemTrafficDayByDay(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	h.Apply(t, m, orders(1, d+1, core.LastDays(d, 7), line("US", "A", d, 1, 1, 100), line("US", "B", d, 2, 1, 100)))
	for i := range 7 {
		at := d - core.Day(i)
		p := core.Period{From: at, To: at}
		h.Apply(t, m, items(int64(10+i), at+1, item("B0A", p, 10, 20, 2, 50)))
	}
	asOf := d + 1
	wantNum(t, value(t, m, asOf, "sales.sessions_7d", "US/A"), 70, fact.Fresh)
	wantNum(t, value(t, m, asOf, "sales.unit_session_pct_7d", "US/A"), 20, fact.Fresh)
	wantNum(t, value(t, m, asOf, "sales.featured_offer_pct_7d", "US/A"), 50, fact.Fresh)
	wantNum(t, value(t, m, asOf, "sales.sessions_7d", "US/B"), 0, fact.Fresh)
	wantMissing(t, value(t, m, asOf, "sales.unit_session_pct_7d", "US/B"))
	wantMissing(t, value(t, m, asOf, "sales.sessions_28d", "US/A"))
	// Restated the day after: the past keeps its figure, and the same again changes nothing.
	p := core.Period{From: d, To: d}
	b := items(30, d+2, item("B0A", p, 15, 20, 2, 50))
	if got := h.Apply(t, m, b); got != (module.Applied{Stored: 1}) {
		t.Errorf("restated: %+v", got)
	}
	if got := h.Apply(t, m, b); got != (module.Applied{Unchanged: 1}) {
		t.Errorf("again: %+v", got)
	}
	if got := h.Apply(t, m, items(31, d+1, item("B0A", p, 10, 20, 2, 50))); got != (module.Applied{Older: 1}) {
		t.Errorf("older: %+v", got)
	}
	wantNum(t, value(t, m, d+1, "sales.sessions_7d", "US/A"), 70, fact.Fresh)
	wantNum(t, value(t, m, d+2, "sales.sessions_7d", "US/A"), 75, fact.Fresh)
	got := series(t, m, "sales.sessions", "US/A", core.LastDays(d, 3), d+2)
	if p := got["US/A"]; len(p) != 3 || p[d].Num != 15 || p[d-1].Num != 10 {
		t.Errorf("series %+v", got)
	}
}

func TestItemTrafficOfOnePeriod(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	h.Apply(t, m, orders(1, d+1, core.LastDays(d, 28), line("US", "A", d, 1, 1, 100), line("US", "B", d, 2, 1, 100), line("US", "C", d, 3, 1, 100)))
	for i := range h.Items {
		if h.Items[i].SKU == "B" {
			h.Items[i].ASIN = "B0A" // A and B are offers of one item
		}
	}
	h.Apply(t, m, items(2, d+1, item("B0A", core.LastDays(d, 28), 200, 400, 30, -1)))
	v := value(t, m, d+1, "sales.sessions_28d", "US/B")
	wantNum(t, v, 200, fact.Fresh)
	if v.Note != "shared by 2 SKUs" {
		t.Errorf("note %q", v.Note)
	}
	wantNum(t, value(t, m, d+1, "sales.unit_session_pct_28d", "US/A"), 15, fact.Fresh)
	wantMissing(t, value(t, m, d+1, "sales.featured_offer_pct_28d", "US/A"))
	wantNum(t, value(t, m, d+1, "sales.sessions_28d", "US/C"), 0, fact.Fresh)
	wantMissing(t, value(t, m, d+1, "sales.sessions_7d", "US/A"))
}

func TestMarketTraffic(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	var rows []source.TrafficDay
	for i := range 7 {
		rows = append(rows, source.TrafficDay{
			Marketplace: "US", Day: d - core.Day(i), Currency: "USD", Sessions: 100, PageViews: 150, UnitsOrdered: 5, FeaturedOfferPct: -1,
		})
	}
	b := source.Batch{Stream: source.TrafficDays, DocumentID: 1, Kind: "sales_and_traffic", ObservedAt: noon(d + 1), Rows: rows, Len: 7, Last: true}
	if got := h.Apply(t, m, b); got != (module.Applied{Stored: 7}) {
		t.Fatalf("got %+v", got)
	}
	if got := h.Apply(t, m, b); got != (module.Applied{Unchanged: 7}) {
		t.Fatalf("again %+v", got)
	}
	wantNum(t, value(t, m, d+1, "sales.market_sessions_7d", "US"), 700, fact.Fresh)
	wantNum(t, value(t, m, d+1, "sales.market_unit_session_pct_7d", "US"), 5, fact.Fresh)
	wantMissing(t, value(t, m, d+1, "sales.market_sessions_28d", "US"))
	if got := export(t, m, "sales.traffic_daily"); len(got) != 7 || got[0][9] != nil {
		t.Errorf("export %v", got)
	}
}
