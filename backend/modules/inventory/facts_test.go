package inventory_test

import (
	"math"
	"strings"
	"testing"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
	"purser/backend/core/source"
)

func wantNum(t *testing.T, what string, v fact.Value, want float64, m fact.Maturity) {
	t.Helper()
	if v.Maturity != m || (m != fact.Missing && math.Abs(v.Num-want) > 1e-9) {
		t.Errorf("%s: got %v (%s, %q), want %v (%s)", what, v.Num, v.Maturity, v.Note, want, m)
	}
}

// Stock is known on each of the last 40 days: none on the 8 days 11…4 days ago, when nothing sold; 3 a day else.
func TestRestockFromStockAndSales(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Items = []module.Item{{Marketplace: "US", SKU: "A", LeadTime: 20}}
	out := func(ago int) bool { return ago >= 4 && ago <= 11 }
	for ago := 40; ago >= 0; ago-- {
		l := level("A", 50)
		if out(ago) {
			l = level("A", 0)
		}
		l.InboundShipped, l.InboundReceiving, l.InboundWorking, l.Reserved, l.Unsellable = 8, 2, 99, 7, 4
		h.Apply(t, m, stock(int64(100-ago), today-core.Day(ago), l))
	}
	h.DailyFn = sales(map[string]func(int) float64{"US/A": func(ago int) float64 {
		switch {
		case ago == 0:
			return 1000 // today is half a day: it must not count
		case out(ago):
			return 0
		}
		return 3
	}}, 60)
	h.FactsFn = func(q fact.Query) []fact.Column {
		return []fact.Column{{Name: "sales.price", Values: map[string]fact.Value{
			"US/A": {Money: core.Money{Minor: 2500, Currency: "USD"}, Maturity: fact.Fresh, AsOf: q.AsOf - 1},
		}}}
	}
	get := func(name string) fact.Value { return one(t, m, today, name, "US/A") }
	for name, want := range map[string]float64{
		"inventory.on_hand": 50, "inventory.inbound": 10, "inventory.inbound_working": 99, "inventory.reserved": 7,
		"inventory.unsellable": 4, "inventory.velocity": 3, "inventory.stockout_days_28d": 8, "inventory.cover_days": 20,
		"inventory.cover_on_hand_days": 50.0 / 3, "inventory.lead_time_days": 20, "inventory.order_by_days": 0,
		"inventory.days_short": 0, "inventory.suggested_units": 3*(20+45) - 60,
	} {
		wantNum(t, name, get(name), want, fact.Fresh)
	}
	if got := get("inventory.sells_out_day").Text; got != (today + 20).String() {
		t.Errorf("sells out on %s", got)
	}
	if got := get("inventory.lost_sales_day").Money; got != (core.Money{Minor: 7500, Currency: "USD"}) {
		t.Errorf("lost sales %s", got)
	}
	if note := get("inventory.velocity").Note; !strings.Contains(note, "8 days out of stock left out") {
		t.Errorf("the note does not name the days left out: %q", note)
	}
	if got := get("inventory.order_by_days"); got.AsOf != today || got.Source != "fba_inventory" {
		t.Errorf("order by of %s from %s", got.AsOf, got.Source)
	}
	if got := get("inventory.on_hand"); got.AsOf != today || got.Source != "fba_inventory" {
		t.Errorf("on hand of %s from %s", got.AsOf, got.Source)
	}
}

func TestFewDaysWithStockUseNinety(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	for ago := 88; ago >= 0; ago -= 4 {
		var n int32 = 9
		if ago <= 40 {
			n = 0
		}
		h.Apply(t, m, stock(int64(100-ago), today-core.Day(ago), level("A", n)))
	}
	h.DailyFn = sales(map[string]func(int) float64{"US/A": func(ago int) float64 {
		if ago <= 40 {
			return 0
		}
		return 2
	}}, 95)
	v := one(t, m, today, "inventory.velocity", "US/A")
	if v.Num != 2 || !strings.Contains(v.Note, "measured over 90 days") {
		t.Errorf("got %v, %q", v.Num, v.Note)
	}
	wantNum(t, "stockout days", one(t, m, today, "inventory.stockout_days_28d", "US/A"), 28, fact.Fresh)
	wantNum(t, "cover", one(t, m, today, "inventory.cover_days", "US/A"), 0, v.Maturity)
	wantNum(t, "out of stock", one(t, m, today, "inventory.skus_out_of_stock", "US"), 1, v.Maturity)
	wantNum(t, "low", one(t, m, today, "inventory.skus_low", "US"), 1, v.Maturity)
}

// A single stock report must not turn the days with sales into the only days counted.
func TestDaysWithoutStockReportCountAsInStock(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Apply(t, m, stock(1, today, level("A", 14)))
	h.DailyFn = sales(map[string]func(int) float64{
		"US/A": func(ago int) float64 { return map[bool]float64{true: 7, false: 0}[ago%7 == 1] },
	}, 60)
	v := one(t, m, today, "inventory.velocity", "US/A")
	wantNum(t, "velocity", v, 1, fact.Estimated)
	if !strings.Contains(v.Note, "24 days, taken as in stock") {
		t.Errorf("note %q", v.Note)
	}
	wantNum(t, "cover", one(t, m, today, "inventory.cover_days", "US/A"), 14, fact.Estimated)
	wantNum(t, "stockout days", one(t, m, today, "inventory.stockout_days_28d", "US/A"), 0, fact.Missing)
}

// A SKU without a series on days that another SKU's series covers sold nothing; days nobody covers are unknown.
func TestSalesCoverageIsTheMarketplaces(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	for ago := 35; ago >= 0; ago -= 5 {
		h.Apply(t, m, stock(int64(100-ago), today-core.Day(ago), level("A", 10), level("B", 10)))
	}
	h.DailyFn = sales(map[string]func(int) float64{"US/A": always(2)}, 14)
	wantNum(t, "A", one(t, m, today, "inventory.velocity", "US/A"), 2, fact.Fresh)
	wantNum(t, "B", one(t, m, today, "inventory.velocity", "US/B"), 0, fact.Fresh)
	b := one(t, m, today, "inventory.cover_days", "US/B")
	if b.Maturity != fact.Missing || b.Note != "no sales" {
		t.Errorf("cover without sales: %+v", b)
	}
	wantNum(t, "B suggested", one(t, m, today, "inventory.suggested_units", "US/B"), 0, fact.Estimated)
	wantNum(t, "B short", one(t, m, today, "inventory.days_short", "US/B"), 0, fact.Estimated)
}

func TestWithoutSalesNothingIsGuessed(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Apply(t, m, stock(1, today, level("A", 10), level("B", 0)))
	for _, name := range []string{"inventory.velocity", "inventory.cover_days", "inventory.suggested_units", "inventory.lost_sales_day"} {
		if v := one(t, m, today, name, "US/A"); v.Maturity != fact.Missing || v.Note == "" {
			t.Errorf("%s: %+v", name, v)
		}
	}
	wantNum(t, "out of stock", one(t, m, today, "inventory.skus_out_of_stock", "US"), 1, fact.Estimated)
	wantNum(t, "low", one(t, m, today, "inventory.skus_low", "US"), 0, fact.Missing)
	wantNum(t, "units", one(t, m, today, "inventory.units_on_hand", "US"), 10, fact.Fresh)
}

func TestAsOfUsesWhatWasKnown(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Apply(t, m, stock(1, today-10, level("A", 30)), stock(2, today-1, level("B", 5)))
	wantNum(t, "then", one(t, m, today-9, "inventory.on_hand", "US/A"), 30, fact.Fresh)
	wantNum(t, "stale", one(t, m, today-4, "inventory.on_hand", "US/A"), 30, fact.Stale)
	gone := one(t, m, today, "inventory.on_hand", "US/A")
	wantNum(t, "gone", gone, 0, fact.Fresh)
	if !strings.Contains(gone.Note, "no longer listed") {
		t.Errorf("note %q", gone.Note)
	}
	before := one(t, m, today-20, "inventory.on_hand", "US/A")
	wantNum(t, "before", before, 30, fact.Estimated)
	if before.Note != "first known on "+(today-10).String() {
		t.Errorf("note %q", before.Note)
	}
	wantNum(t, "not yet there", one(t, m, today-9, "inventory.on_hand", "US/B"), 0, fact.Missing)
}

func TestStaleSalesMakeCoverStale(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Apply(t, m, stock(1, today, level("A", 30)))
	h.DailyFn = sales(map[string]func(int) float64{"US/A": always(1)}, 60)
	full := h.DailyFn
	h.DailyFn = func(s, id string, p core.Period, asOf core.Day) []fact.Series {
		p.To = min(p.To, today-10)
		return full(s, id, p, asOf)
	}
	v := one(t, m, today, "inventory.cover_days", "US/A")
	if v.Maturity != fact.Stale || !strings.Contains(v.Note, "sales known only up to") {
		t.Errorf("got %+v", v)
	}
}

func TestLeadTimeDefaultIsAnAssumption(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Apply(t, m, stock(1, today, level("A", 10)))
	h.DailyFn = sales(map[string]func(int) float64{"US/A": always(1)}, 60)
	v := one(t, m, today, "inventory.lead_time_days", "US/A")
	wantNum(t, "lead", v, 30, fact.Estimated)
	if !strings.Contains(v.Note, "default of 30 days") {
		t.Errorf("note %q", v.Note)
	}
	wantNum(t, "order by", one(t, m, today, "inventory.order_by_days", "US/A"), -20, fact.Estimated)
	wantNum(t, "short", one(t, m, today, "inventory.days_short", "US/A"), 20, fact.Estimated)
	if got := one(t, m, today, "inventory.lost_sales_day", "US/A"); got.Money.Minor != 1999 || !strings.Contains(got.Note, "catalog") {
		t.Errorf("price from the catalog: %+v", got)
	}
}

// What settles is unknown to rules; a price that may still change must not hide what a stock-out costs.
func TestSettlingPriceIsAnEstimate(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Apply(t, m, stock(1, today, level("A", 10)))
	h.DailyFn = sales(map[string]func(int) float64{"US/A": always(1)}, 60)
	h.FactsFn = func(fact.Query) []fact.Column {
		price := fact.Value{Money: core.Money{Minor: 1250, Currency: "USD"}, Maturity: fact.Settling}
		return []fact.Column{{Name: "sales.price", Values: map[string]fact.Value{"US/A": price}}}
	}
	v := one(t, m, today, "inventory.lost_sales_day", "US/A")
	if v.Money.Minor != 1250 || v.Maturity != fact.Estimated || !strings.Contains(v.Note, "restated") {
		t.Errorf("got %+v", v)
	}
}

// Half a unit a day of 17.99 is 8.995, which rounds up: in binary fractions of a dollar it would be a hair less.
func TestLostSalesRoundInMinorUnits(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Apply(t, m, stock(1, today, level("A", 10)))
	h.DailyFn = sales(map[string]func(int) float64{"US/A": func(ago int) float64 { return float64(ago % 2) }}, 60)
	h.FactsFn = func(fact.Query) []fact.Column {
		price := fact.Value{Money: core.Money{Minor: 1799, Currency: "USD"}, Maturity: fact.Fresh}
		return []fact.Column{{Name: "sales.price", Values: map[string]fact.Value{"US/A": price}}}
	}
	if v := one(t, m, today, "inventory.lost_sales_day", "US/A"); v.Money.Minor != 900 {
		t.Errorf("got %s", v.Money)
	}
}

func TestTargetCoverIsTheSellers(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Apply(t, m, stock(1, today, level("A", 10)))
	h.DailyFn = sales(map[string]func(int) float64{"US/A": always(1)}, 60)
	if err := m.SetTargetCover(t.Context(), today, 60, "mine"); err != nil {
		t.Fatal(err)
	}
	wantNum(t, "from its day on", one(t, m, today, "inventory.suggested_units", "US/A"), 80, fact.Estimated)
	wantNum(t, "before", one(t, m, today-1, "inventory.suggested_units", "US/A"), 65, fact.Estimated)
	if err := m.SetTargetCover(t.Context(), today, -1, ""); err == nil {
		t.Error("accepted a negative cover")
	}
}

func TestPlanningAndRestockReports(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	plan := source.StockPlan{
		Row: 2, Marketplace: "DE", Day: today - 1, SKU: "A", Available: 12, Reserved: 1, Inbound: 5, Unfulfillable: 2, Currency: "EUR",
		Age181to270: 3, Age271to365: 2, Age365p: 1, ExcessUnits: 4, DaysOfSupply: 33.5, HistoricalDaysOfSupply: -1,
	}
	advice := source.RestockRow{Row: 2, Marketplace: "DE", SKU: "A", RecommendedQty: 120, DaysOfSupply: 40}
	other := source.RestockRow{Row: 3, Marketplace: "DE", SKU: "B", RecommendedQty: 0, DaysOfSupply: 7}
	h.Apply(t, m,
		source.Batch{Stream: source.StockPlanning, DocumentID: 1, ObservedAt: noon(today), Rows: []source.StockPlan{plan}, Len: 1, Snapshot: true, Last: true},
		source.Batch{Stream: source.RestockAdvice, DocumentID: 2, ObservedAt: noon(today), Rows: []source.RestockRow{advice, other}, Len: 2, Snapshot: true, Last: true},
	)
	for name, want := range map[string]float64{
		"inventory.aged_181_units": 6, "inventory.excess_units": 4, "inventory.amazon_recommended_units": 120,
		"inventory.days_of_supply_amazon": 33.5, "inventory.on_hand": 12, "inventory.unsellable": 2,
	} {
		wantNum(t, name, one(t, m, today, name, "DE/A"), want, fact.Fresh)
	}
	wantNum(t, "B", one(t, m, today, "inventory.days_of_supply_amazon", "DE/B"), 7, fact.Fresh)
	wantNum(t, "inbound", one(t, m, today, "inventory.inbound", "DE/A"), 5, fact.Estimated)
	wantNum(t, "working", one(t, m, today, "inventory.inbound_working", "DE/A"), 0, fact.Missing)
	if v := one(t, m, today, "inventory.on_hand", "DE/A"); v.Source != "fba_inventory_planning" || v.AsOf != today-1 {
		t.Errorf("on hand of %s from %s", v.AsOf, v.Source)
	}
}

func TestOtherModulesAreNotAskedNeedlessly(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Apply(t, m, stock(1, today, level("A", 10)))
	h.DailyFn = func(string, string, core.Period, core.Day) []fact.Series { t.Error("asked sales"); return nil }
	wantNum(t, "on hand", one(t, m, today, "inventory.on_hand", "US/A"), 10, fact.Fresh)
}
