package inventory_test

import (
	"context"
	"strings"
	"testing"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module/moduletest"
	"purser/backend/core/page"
	"purser/backend/core/source"
	"purser/backend/modules/inventory"
)

// shop is two marketplaces with 40 days of stock reports and sales:
//
//	US/A  3 a day, out of stock for 8 days in between, 50 left, 10 inbound, cost known
//	US/B  1 a day, sold out and no longer listed
//	US/C  2 a day, 9 left, no cost
//	US/D  does not sell, 5 left
//	DE/A  known from planning and restock reports only
func shop(tb testing.TB) (*inventory.Module, *moduletest.Host) {
	tb.Helper()
	m, h := start(tb)
	for ago := 40; ago >= 0; ago-- {
		a, d := level("A", 50), level("D", 5)
		if ago >= 4 && ago <= 11 {
			a = level("A", 0)
		}
		a.InboundShipped, a.InboundReceiving, a.InboundWorking, a.Reserved, a.Unsellable = 8, 2, 99, 7, 4
		rows := []source.StockLevel{a, level("C", 9), d}
		if ago > 3 {
			rows = append(rows, level("B", 2))
		}
		h.Apply(tb, m, stock(int64(100-ago), today-core.Day(ago), rows...))
	}
	plan := []source.StockPlan{
		{
			Row: 2, Marketplace: "DE", Day: today - 1, SKU: "A", Available: 12, Inbound: 5, Unfulfillable: 2, Currency: "EUR", Alert: "Excess",
			Age0to90: 4, Age91to180: 2, Age181to270: 3, Age271to365: 2, Age365p: 1, ExcessUnits: 4, DaysOfSupply: 33.5, StorageCostNextMonth: 120,
		},
		{Row: 3, Marketplace: "DE", Day: today - 1, SKU: "B", Available: 3, Currency: "EUR", Age0to90: 3, DaysOfSupply: -1, RecommendedAction: "Create sale"},
	}
	advice := []source.RestockRow{
		{Row: 2, Marketplace: "DE", SKU: "A", RecommendedQty: 120, DaysOfSupply: 40},
		{Row: 3, Marketplace: "DE", SKU: "B", DaysOfSupply: 7},
	}
	h.Apply(tb, m,
		source.Batch{Stream: source.StockPlanning, DocumentID: 201, ObservedAt: noon(today), Rows: plan, Len: 2, Snapshot: true, Last: true},
		source.Batch{Stream: source.RestockAdvice, DocumentID: 202, ObservedAt: noon(today), Rows: advice, Len: 2, Snapshot: true, Last: true},
	)
	for i := range h.Items {
		if h.Items[i].SKU == "A" && h.Items[i].Marketplace == "US" {
			h.Items[i].LeadTime = 20
		}
	}
	h.DailyFn = sales(map[string]func(int) float64{
		"US/A": func(ago int) float64 { return map[bool]float64{true: 0, false: 3}[ago >= 4 && ago <= 11] },
		"US/B": func(ago int) float64 { return map[bool]float64{true: 1, false: 0}[ago > 3] },
		"US/C": func(ago int) float64 { return float64(ago%3) + 1 },
		"DE/A": always(1),
	}, 60)
	serve(h, m, map[string]int64{"US/A": 800, "US/B": 500, "US/D": 250})
	return m, h
}

// serve answers the facts of inventory itself, as the host does, beside those of sales.
func serve(h *moduletest.Host, m *inventory.Module, costs map[string]int64) {
	h.FactsFn = func(q fact.Query) []fact.Column {
		cost := map[string]fact.Value{}
		for id, minor := range costs {
			cost[id] = fact.Value{Money: core.Money{Minor: minor, Currency: "USD"}, Maturity: fact.Fresh, AsOf: q.AsOf, Source: "catalog"}
		}
		out := []fact.Column{{Name: "sales.unit_cost", Values: cost}}
		if own := ownNames(q.Names); len(own) > 0 {
			columns, err := m.Facts(context.Background(), fact.Query{AsOf: q.AsOf, Names: own, Subject: q.Subject})
			if err != nil {
				panic(err)
			}
			out = append(out, columns...)
		}
		return out
	}
}

func ownNames(names []string) []string {
	var out []string
	for _, n := range names {
		if strings.HasPrefix(n, "inventory.") {
			out = append(out, n)
		}
	}
	return out
}

func TestMarketTotals(t *testing.T) {
	t.Parallel()
	m, _ := shop(t)
	get := func(name, market string) fact.Value { return one(t, m, today, name, market) }
	for name, want := range map[string]float64{
		"inventory.units_on_hand": 64, "inventory.inbound_units_total": 10, "inventory.skus_out_of_stock": 1, "inventory.skus_low": 2, "inventory.skus_to_order": 3,
	} {
		if got := get(name, "US"); got.Num != want {
			t.Errorf("%s: %v, want %v (%q)", name, got.Num, want, got.Note)
		}
	}
	// A 50 × 8.00 and D 5 × 2.50; C has no cost.
	tied := get("inventory.market_stock_value", "US")
	if tied.Money != (core.Money{Minor: 41250, Currency: "USD"}) || tied.Maturity != fact.Estimated || !strings.Contains(tied.Note, "1 SKU left out: no unit cost given") {
		t.Errorf("cash tied up %+v", tied)
	}
	lost := get("inventory.market_lost_sales_day", "US")
	if want := one(t, m, today, "inventory.lost_sales_day", "US/B").Money; lost.Money != want || want.Minor == 0 {
		t.Errorf("lost %s, want %s", lost.Money, want)
	}
	cost := one(t, m, today, "inventory.order_cost", "US/A")
	if units := one(t, m, today, "inventory.suggested_units", "US/A"); cost.Money.Minor != int64(units.Num)*800 || units.Num == 0 {
		t.Errorf("order cost %+v of %v units", cost, units.Num)
	}
	for _, id := range []string{"US/C", "DE/A"} {
		if v := one(t, m, today, "inventory.stock_value", id); v.Maturity != fact.Missing || v.Note == "" {
			t.Errorf("%s: value without a cost %+v", id, v)
		}
	}
	if v := get("inventory.market_stock_value", "DE"); v.Maturity != fact.Missing || v.Note != "no unit cost given" {
		t.Errorf("DE: %+v", v)
	}
	wantNum(t, "aged", get("inventory.aged_units_total", "DE"), 6, fact.Fresh)
	wantNum(t, "excess", get("inventory.excess_units_total", "DE"), 4, fact.Fresh)
	if v := get("inventory.aged_units_total", "US"); v.Maturity != fact.Missing || !strings.Contains(v.Note, "planning") {
		t.Errorf("aged without a planning report: %+v", v)
	}
}

func TestPageNamesExist(t *testing.T) {
	t.Parallel()
	m, _ := shop(t)
	known := map[string]bool{"sales.units": true, "sales.unit_cost": true, "sales.price": true, "marketplace": true, "tag": true, "group": true}
	skus := map[string]bool{}
	for _, d := range m.Manifest().Facts {
		known[d.Name] = true
		skus[d.Name] = d.Subject == fact.SKU
	}
	for _, x := range m.Measures() {
		known[x.Name], skus[x.Name] = true, true
	}
	p := m.Page()
	tables, presets := map[string]bool{}, map[string]bool{}
	for _, table := range p.Tables {
		tables[table.Name] = true
		columns := map[string]bool{}
		if table.List {
			rows, err := m.List(t.Context(), fact.RowsQuery{Name: table.Name, AsOf: today})
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range rows.Columns {
				columns[c.Name] = true
			}
		}
		check := func(name string) {
			name, _, _ = strings.Cut(name, "~")
			if !columns[name] && (table.List || !known[name] || (strings.HasPrefix(name, "inventory.") && !skus[name])) {
				t.Errorf("table %s: no column %s", table.Name, name)
			}
		}
		for _, c := range append(table.Columns, table.Sort) {
			check(c)
		}
		for _, preset := range table.Presets {
			presets[preset.Name] = true
			for _, c := range preset.Columns {
				check(c)
			}
			for _, f := range preset.Filters {
				check(f.Column)
			}
		}
	}
	for _, tile := range p.Tiles {
		if !known[tile.Name] || skus[tile.Name] || !tables[tile.Table] || !presets[tile.Preset] {
			t.Errorf("tile %+v", tile)
		}
	}
	for _, c := range p.Charts {
		d, err := m.Chart(t.Context(), page.ChartQuery{Name: c.Name, Period: core.LastDays(today-1, 28), AsOf: today, Marketplaces: []string{"US", "DE"}})
		if err != nil || d.Title == "" || d.Note == "" && d.Bars == nil && d.Lines == nil && d.Bullets == nil {
			t.Errorf("%s: %+v, %v", c.Name, d, err)
		}
	}
}

func chart(t *testing.T, m *inventory.Module, q page.ChartQuery) page.Data {
	t.Helper()
	q.AsOf = today
	if q.Marketplaces == nil {
		q.Marketplaces = []string{"US"}
	}
	if q.Period.To == 0 {
		q.Period = core.LastDays(today-1, 28)
	}
	d, err := m.Chart(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range d.Lines {
		if len(l.Values) != len(d.Days) {
			t.Errorf("%s: line %q has %d values on %d days", q.Name, l.Label, len(l.Values), len(d.Days))
		}
	}
	return d
}

func TestCoverChart(t *testing.T) {
	t.Parallel()
	m, _ := shop(t)
	d := chart(t, m, page.ChartQuery{Name: "cover"})
	if d.Title != "2 SKUs sell out before an order placed today can land" || len(d.Bullets) != 3 {
		t.Fatalf("%q with %d bullets", d.Title, len(d.Bullets))
	}
	if b := d.Bullets[0]; b.Subject != "US/B" || *b.Value != 0 || *b.Target != 30 || b.State != "critical" {
		t.Errorf("first %+v", b)
	}
	if b := d.Bullets[2]; b.Label != "A" || *b.Value != 20 || b.State != "warning" || b.Text != "20 days" || b.Against != "lead time of 20 days" {
		t.Errorf("last %+v", b)
	}
	narrow := chart(t, m, page.ChartQuery{Name: "cover", Subjects: []string{"US/A"}})
	if len(narrow.Bullets) != 1 || narrow.Title != "Stock of 1 selling SKU outlasts its lead time" {
		t.Errorf("narrowed: %q with %d bullets", narrow.Title, len(narrow.Bullets))
	}
}

func TestStockChart(t *testing.T) {
	t.Parallel()
	m, _ := shop(t)
	all := chart(t, m, page.ChartQuery{Name: "stock"})
	if len(all.Lines) != 1 || *all.Lines[0].Values[0] != 66 || *all.Lines[0].Values[27] != 64 || all.Title != "US is down 3 % to 64 units over the range" {
		t.Errorf("%q %v", all.Title, all.Lines)
	}
	some := chart(t, m, page.ChartQuery{Name: "stock", Subjects: []string{"US/A", "US/D", "DE/A"}})
	one := chart(t, m, page.ChartQuery{Name: "stock", Subject: "US/A"})
	for i, v := range one.Lines[0].Values {
		if *some.Lines[0].Values[i] != *v+5 {
			t.Errorf("day %d: %v of the two, %v of one", i, *some.Lines[0].Values[i], *v)
		}
	}
}

func TestAgeChart(t *testing.T) {
	t.Parallel()
	m, _ := shop(t)
	d := chart(t, m, page.ChartQuery{Name: "age", Marketplaces: []string{"DE"}})
	if d.Title != "6 units (40 %) older than 180 days" || len(d.Bars) != 5 || d.Bars[0].Value != 7 || d.Bars[4].Text != "1 unit" {
		t.Errorf("%q %+v", d.Title, d.Bars)
	}
	if d := chart(t, m, page.ChartQuery{Name: "age"}); d.Note == "" || d.Bars != nil {
		t.Errorf("without a planning report: %+v", d)
	}
}

func TestProjection(t *testing.T) {
	t.Parallel()
	m, _ := shop(t)
	gone := chart(t, m, page.ChartQuery{Name: "projection", Subject: "US/B"})
	if want := "B is out of stock; an order placed today can land 25 Dec"; gone.Title != want {
		t.Errorf("%q, want %q", gone.Title, want)
	}
	d := chart(t, m, page.ChartQuery{Name: "projection"}) // C loses more units than B until an order lands
	if want := "C sells out 29 Nov, 26 days before stock can land"; d.Title != want {
		t.Errorf("%q, want %q", d.Title, want)
	}
	at := func(role page.Role, day core.Day) *float64 {
		for _, l := range d.Lines {
			if l.Role == role {
				return l.Values[int(day)-d.Days[0]]
			}
		}
		t.Fatalf("no line %s", role)
		return nil
	}
	if v := at(page.Main, today); v == nil || *v != 9 {
		t.Errorf("on hand today %v", v)
	}
	if v := at(page.Main, today+1); v != nil {
		t.Errorf("on hand tomorrow %v", *v)
	}
	if v := at(page.Expected, today-1); v != nil {
		t.Errorf("expected yesterday %v", *v)
	}
	perDay := one(t, m, today, "inventory.velocity", "US/C").Num
	if v := at(page.Expected, today+2); v == nil || *v != 9-2*perDay {
		t.Errorf("expected in two days %v", v)
	}
	for day := today; day <= today+30; day++ {
		low, mid, high := *at(page.BandLow, day), *at(page.Expected, day), *at(page.BandHigh, day)
		if low < 0 || low > mid || mid > high || high > 9 {
			t.Errorf("day %d: %v, %v, %v", day-today, low, mid, high)
		}
	}
	kinds := map[string]core.Day{}
	for _, x := range d.Markers {
		kinds[x.Title] = core.Day(x.Day)
	}
	if kinds["Sells out"] != today+4 || kinds["An order placed today can land"] != today+30 || kinds["Order by"] != today-26 {
		t.Errorf("markers %v", d.Markers)
	}
	if still := chart(t, m, page.ChartQuery{Name: "projection", Subject: "US/D"}); !strings.Contains(still.Title, "sells nothing") {
		t.Errorf("%q", still.Title)
	}
}

func TestProjectionCountsWhatIsOnItsWay(t *testing.T) {
	t.Parallel()
	m, _ := shop(t)
	d := chart(t, m, page.ChartQuery{Name: "projection", Subject: "US/A"})
	if d.Title != "A sells out 15 Dec; order by 25 Nov" || !strings.HasPrefix(d.Note, "10 units on the way") {
		t.Errorf("%q, %q", d.Title, d.Note)
	}
}

func TestProjectionStartsAtTheNewestReport(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	serve(h, m, nil)
	h.Apply(t, m, stock(1, today-30, level("B", 1)), stock(2, today-1, level("A", 10)), stock(3, today, level("A", 4)))
	h.DailyFn = sales(map[string]func(int) float64{"US/A": always(2)}, 60)
	d := chart(t, m, page.ChartQuery{Name: "projection", Subject: "US/A"})
	i := int(today) - d.Days[0]
	if v := d.Lines[0].Values; *v[i] != 4 || *v[i-1] != 10 || v[i-29] != nil {
		t.Errorf("on hand %v", v)
	}
	if v := d.Lines[1].Values; *v[i] != 4 || *v[i+1] != 2 || *v[i+3] != 0 {
		t.Errorf("expected %v", v)
	}
	if none := chart(t, m, page.ChartQuery{Name: "projection", Subject: "US/Z"}); none.Note != "No stock report lists Z" {
		t.Errorf("%+v", none)
	}
	old := chart(t, m, page.ChartQuery{Name: "stock", Subject: "US/A", Period: core.LastDays(today-1, 40)}).Lines[0].Values
	if *old[39] != 10 || old[12] != nil {
		t.Errorf("before it was there: %v", old)
	}
}

func TestEmptyPage(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	serve(h, m, nil)
	for _, c := range m.Page().Charts {
		if d := chart(t, m, page.ChartQuery{Name: c.Name}); !strings.Contains(d.Note, "import") {
			t.Errorf("%s: %+v", c.Name, d)
		}
	}
	_, err := m.Chart(t.Context(), page.ChartQuery{Name: "none"})
	if e := core.AsError(err); e == nil || e.Code != core.CodeNotFound {
		t.Errorf("%v", err)
	}
}
