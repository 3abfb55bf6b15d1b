package inventory_test

import (
	"database/sql"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module/moduletest"
	"purser/backend/core/source"
	"purser/backend/modules/inventory"
)

const outDays = "inventory.stockout_days"

func measure(tb testing.TB, m *inventory.Module, kind fact.SubjectKind, p core.Period, asOf core.Day) (map[string]int64, map[string]fact.Cover) {
	tb.Helper()
	f, err := m.Measure(tb.Context(), fact.MeasureQuery{Names: []string{outDays}, Kind: kind, Period: p, AsOf: asOf})
	if err != nil {
		tb.Fatal(err)
	}
	out := map[string]int64{}
	for i, id := range f.Subjects {
		out[id] = f.Columns[0].Values[i]
	}
	return out, f.Columns[0].Cover
}

// reports is what each day's report says of units on hand; a SKU that a report does not list is absent.
type reports map[core.Day]map[string]int32

// without counts the days of p without stock the plain way, and the days that are known.
func (r reports) without(sku string, p core.Period, asOf core.Day) (out int64, told int) {
	for d := p.From; d <= p.To && d < asOf; d++ {
		known, had, has := false, false, false
		for day := d - 200; day <= d; day++ {
			if report, ok := r[day]; ok {
				has = report[sku] > 0
				had = had || has
				known = d-day <= 7
			}
		}
		if known {
			told++
		}
		if known && had && !has {
			out++
		}
	}
	return out, told
}

// The measure, its series and its rows tell the same as counting day by day, whatever the reports, their order and the range.
func TestStockoutDays(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	rapid.Check(t, func(r *rapid.T) {
		if err := h.Write(t.Context(), func(tx *sql.Tx) error { return m.Forget(t.Context(), tx) }); err != nil {
			r.Fatal(err)
		}
		told := reports{}
		doc := int64(0)
		for range rapid.IntRange(1, 10).Draw(r, "reports") {
			day := today - core.Day(rapid.IntRange(0, 40).Draw(r, "ago"))
			told[day] = map[string]int32{}
			var rows []source.StockLevel
			for _, sku := range []string{"A", "B", "C"} {
				if n := rapid.IntRange(-1, 2).Draw(r, "units"); n >= 0 {
					rows = append(rows, level(sku, int32(n)))
					told[day][sku] = int32(n)
				}
			}
			doc++
			h.Apply(t, m, stock(doc, day, rows...)) // a day told twice is restated: the later document wins
			if rapid.Bool().Draw(r, "look between") {
				measure(t, m, fact.SKU, core.LastDays(today, 60), today)
			}
		}
		asOf := today - core.Day(rapid.IntRange(0, 10).Draw(r, "as of"))
		p := core.LastDays(asOf-core.Day(rapid.IntRange(-3, 20).Draw(r, "end")), rapid.IntRange(1, 45).Draw(r, "days"))
		first := today
		for day := range told {
			first = min(first, day)
		}
		if first > asOf {
			return
		}
		check(t, r, m, told, p, asOf)
	})
}

func check(t *testing.T, r *rapid.T, m *inventory.Module, told reports, p core.Period, asOf core.Day) {
	t.Helper()
	got, cover := measure(t, m, fact.SKU, p, asOf)
	markets, _ := measure(t, m, fact.Marketplace, p, asOf)
	byDay := sumsOf(t, m, outDays, p, asOf)
	inMarket := sumsOf(t, m, "inventory.market_stockout_days", p, asOf)
	var sum int64
	for _, sku := range []string{"A", "B", "C"} {
		want, days := told.without(sku, p, asOf)
		id := "US/" + sku
		if got[id] != want || byDay[id] != want || cover["US"].Days != days {
			r.Fatalf("%s: measure %d, series %d, want %d; %d days known, want %d", id, got[id], byDay[id], want, cover["US"].Days, days)
		}
		rows, err := m.Rows(t.Context(), fact.RowsQuery{Name: outDays, Subject: id, Period: p, AsOf: asOf, Limit: 2})
		if err != nil || int64(rows.Total) != want || int64(len(rows.Rows)) != min(want, 2) {
			r.Fatalf("%s: %d rows, want %d (%v)", id, rows.Total, want, err)
		}
		for _, row := range rows.Rows {
			if row.Document == 0 || row.Cells[2].Num != 0 {
				r.Fatalf("row %+v", row)
			}
		}
		sum += want
	}
	if markets["US"] != sum || inMarket["US"] != sum {
		r.Fatalf("marketplace: measure %d, series %d, want %d", markets["US"], inMarket["US"], sum)
	}
}

func sumsOf(t *testing.T, m *inventory.Module, name string, p core.Period, asOf core.Day) map[string]int64 {
	t.Helper()
	series, err := m.Daily(t.Context(), name, "", p, asOf)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]int64{}
	for _, s := range series {
		for _, point := range s.Points {
			out[s.Subject] += int64(point.Num)
		}
	}
	return out
}

func TestMeasureSaysWhatItRestsOn(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Apply(t, m, stock(1, today-20, level("A", 3)), stock(2, today-19, level("A", 0)))
	_, cover := measure(t, m, fact.SKU, core.LastDays(today-1, 28), today)
	want := fact.Cover{Days: 9, Through: today - 12, Maturity: fact.Stale, Note: "stock known on 9 of 28 days"}
	if cover["US"] != want {
		t.Errorf("got %+v", cover["US"])
	}
	values, cover := measure(t, m, fact.SKU, core.LastDays(today-1, 5), today)
	if cover["US"].Maturity != fact.Missing || cover["US"].Note == "" || len(values) != 0 {
		t.Errorf("got %+v, %v", cover["US"], values)
	}
	if _, err := m.Measure(t.Context(), fact.MeasureQuery{Names: []string{"inventory.none"}, Kind: fact.SKU}); core.AsError(err).Code != core.CodeNotFound {
		t.Errorf("got %v", err)
	}
	for _, x := range m.Measures() {
		if x.Title == "" || x.Meaning == "" || x.Formula == "" || len(x.Sources) == 0 || !x.Base() {
			t.Errorf("%+v", x)
		}
	}
}

// Series of one SKU and of all, and of the marketplace, agree.
func TestSeriesAgree(t *testing.T) {
	t.Parallel()
	m, _ := shop(t)
	p := core.LastDays(today, 30)
	for _, name := range []string{"inventory.on_hand", "inventory.inbound"} {
		all, err := m.Daily(t.Context(), name, "", p, today)
		if err != nil || len(all) < 5 {
			t.Fatalf("%s: %d series, %v", name, len(all), err)
		}
		sums := map[string]map[core.Day]float64{"US": {}, "DE": {}}
		for _, s := range all {
			alone, err := m.Daily(t.Context(), name, s.Subject, p, today)
			if err != nil || len(alone) != 1 || fmt.Sprint(alone[0]) != fmt.Sprint(s) {
				t.Errorf("%s of %s: %v, alone %v", name, s.Subject, s, alone)
			}
			market, _ := fact.SplitID(s.Subject)
			for _, point := range s.Points {
				sums[market][point.Day] += point.Num
			}
		}
		total := map[string]string{"inventory.on_hand": "inventory.units_on_hand", "inventory.inbound": "inventory.inbound_units_total"}[name]
		markets, err := m.Daily(t.Context(), total, "", p, today)
		if err != nil || len(markets) != 2 {
			t.Fatalf("%s: %v, %v", total, markets, err)
		}
		for _, s := range markets {
			for _, point := range s.Points {
				if sums[s.Subject][point.Day] != point.Num {
					t.Errorf("%s of %s on %s: %v, SKUs %v", total, s.Subject, point.Day, point.Num, sums[s.Subject][point.Day])
				}
			}
		}
	}
}

// wide is daily reports of 5 marketplaces, of whose SKUs a tenth sells out now and then.
func wide(b *testing.B, skus, days int) (*inventory.Module, *moduletest.Host) {
	b.Helper()
	m, h := start(b)
	doc := int64(0)
	for ago := days; ago >= 0; ago-- {
		for _, market := range []string{"US", "UK", "DE", "FR", "IT"} {
			rows := make([]source.StockLevel, skus)
			for i := range rows {
				n := int32(5 + i%7)
				if i%10 == 0 && (ago+i)%40 < 6 {
					n = 0
				}
				rows[i] = level(fmt.Sprintf("SKU-%04d", i), n)
				rows[i].Marketplace = market
			}
			doc++
			h.Items = nil
			h.Apply(b, m, stock(doc, today-core.Day(ago), rows...))
		}
	}
	return m, h
}

func BenchmarkYear(b *testing.B) {
	m, _ := wide(b, 2000, 60)
	year := core.LastDays(today-1, 365)
	b.Run("Measure", func(b *testing.B) {
		for b.Loop() {
			if values, _ := measure(b, m, fact.SKU, year, today); len(values) == 0 {
				b.Fatal("nothing")
			}
		}
	})
	for _, x := range []struct{ series, subject string }{
		{"inventory.on_hand", "US/SKU-0010"}, {"inventory.units_on_hand", ""}, {"inventory.stockout_days", "US/SKU-0010"}, {"inventory.market_stockout_days", ""},
	} {
		b.Run(x.series+" "+x.subject, func(b *testing.B) {
			for b.Loop() {
				if s, err := m.Daily(b.Context(), x.series, x.subject, year, today); err != nil || len(s) == 0 {
					b.Fatal(len(s), err)
				}
			}
		})
	}
}
