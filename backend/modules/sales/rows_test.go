package sales_test

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module/moduletest"
	"purser/backend/core/source"
	"purser/backend/modules/sales"
)

// rowsBehind reads all rows behind a number, a few at a time.
func rowsBehind(tb testing.TB, m *sales.Module, q fact.RowsQuery) fact.Rows {
	tb.Helper()
	q.Limit = 7
	var out fact.Rows
	for {
		got, err := m.Rows(tb.Context(), q)
		if err != nil {
			tb.Fatalf("%s of %s: %v", q.Name, q.Subject, err)
		}
		if got.How == "" || len(got.Columns) == 0 {
			tb.Fatalf("%s: rows without words or columns: %+v", q.Name, got)
		}
		got.Rows = append(out.Rows, got.Rows...)
		out = got
		if q.Offset += q.Limit; q.Offset >= got.Total {
			break
		}
	}
	if len(out.Rows) != out.Total {
		tb.Fatalf("%s of %s: %d rows of %d", q.Name, q.Subject, len(out.Rows), out.Total)
	}
	return out
}

// cells gives a row by column; a cell that is not known is absent.
func cells(rows fact.Rows) []map[string]fact.Value {
	out := make([]map[string]fact.Value, len(rows.Rows))
	for i, r := range rows.Rows {
		out[i] = map[string]fact.Value{}
		for j, c := range r.Cells {
			if c.Known() {
				out[i][rows.Columns[j].Name] = c
			}
		}
	}
	return out
}

func amounts(rows []map[string]fact.Value, column string) (sum int64) {
	for _, r := range rows {
		if r["status"].Text != source.OrderCancelled {
			sum += r[column].Money.Minor
		}
	}
	return sum
}

// recompute does with rows what How says; the stem is a name without module and window.
func recompute(stem string, rows fact.Rows) fact.Value {
	list := cells(rows)
	period := func(want string) (out []map[string]fact.Value) {
		for _, r := range list {
			if r["period"].Text == want {
				out = append(out, r)
			}
		}
		return out
	}
	num := func(column string) (sum float64) {
		for _, r := range list {
			sum += r[column].Num
		}
		return sum
	}
	money := func(minor int64) fact.Value { return fact.Value{Money: core.Money{Minor: minor}} }
	var offered, offers, rounded float64
	for _, r := range list {
		if pct, ok := r["featured_offer_pct"]; ok {
			offered, offers = offered+pct.Num*r["page_views"].Num, offers+r["page_views"].Num
			rounded += math.Round(pct.Num * r["page_views"].Num)
		}
	}
	switch stem {
	case "units", "prior_units", "cancelled_units":
		sum := 0.0
		for _, r := range list {
			if (r["status"].Text == source.OrderCancelled) == (stem == "cancelled_units") {
				sum += r["units"].Num
			}
		}
		return fact.Value{Num: sum}
	case "orders":
		ids := map[string]bool{}
		for _, r := range list {
			if id := r["order"].Text; id != "" && r["status"].Text != source.OrderCancelled {
				ids[r["day"].Text+id] = true
			}
		}
		return fact.Value{Num: float64(len(ids)) + num("orders")}
	case "sales", "yesterday_sales":
		return money(amounts(list, "amount"))
	case "change":
		return fact.Value{Num: float64(amounts(period("now"), "amount"))/float64(amounts(period("before"), "amount")) - 1}
	case "yesterday_change":
		return fact.Value{Num: float64(4*amounts(period("now"), "amount"))/float64(amounts(period("before"), "amount")) - 1}
	case "fees", "cogs":
		sum := int64(0)
		for _, r := range list {
			if r["status"].Text != source.OrderCancelled {
				sum += int64(r["units"].Num) * r["per_unit"].Money.Minor
			}
		}
		return money(sum)
	case "refunds":
		return money(amounts(list, "refunded"))
	case "sessions", "page_views":
		return fact.Value{Num: num(stem)}
	case "item_units":
		return fact.Value{Num: num("units")}
	case "unit_session_pct":
		return fact.Value{Num: 100 * num("units") / num("sessions")}
	case "featured_views":
		return fact.Value{Num: rounded}
	case "offer_views":
		return fact.Value{Num: offers}
	case "featured_offer_pct":
		return fact.Value{Num: offered / offers}
	case "settled_through":
		d, _ := core.ParseDay(list[0]["end"].Text)
		return fact.Value{Text: (d - 1).String()}
	case "price":
		n := int64(list[0]["units"].Num)
		return money((list[0]["amount"].Money.Minor + n/2) / n)
	case "fees_per_unit":
		return money(list[0]["fee"].Money.Minor)
	case "unit_cost":
		return money(list[0]["cost"].Money.Minor)
	}
	panic("no one says how " + stem + " comes about")
}

func stemOf(name string) string {
	stem := strings.TrimPrefix(strings.TrimPrefix(name, "sales."), "market_")
	for _, days := range []string{"_7d", "_28d", "_90d"} {
		stem = strings.TrimSuffix(stem, days)
	}
	return stem
}

func wantSame(t *testing.T, what string, got, want fact.Value) {
	t.Helper()
	if math.Abs(got.Num-want.Num) > 1e-9*max(1, math.Abs(want.Num)) || got.Money.Minor != want.Money.Minor || got.Text != want.Text {
		t.Errorf("%s: rows give %v %d %q, shown is %v %d %q", what, got.Num, got.Money.Minor, got.Text, want.Num, want.Money.Minor, want.Text)
	}
}

// checkRows recomputes every fact and base measure of every subject from its rows.
func checkRows(t *testing.T, m *sales.Module, asOf core.Day) (checked map[string]int) {
	t.Helper()
	checked = map[string]int{}
	parts := map[string]bool{}
	for _, d := range m.Manifest().Facts {
		parts[d.Name] = len(d.Parts) > 0
	}
	cols, err := m.Facts(t.Context(), fact.Query{AsOf: asOf})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cols {
		for subject, v := range c.Values {
			if parts[c.Name] || !v.Known() {
				continue
			}
			checked[stemOf(c.Name)]++
			rows := rowsBehind(t, m, fact.RowsQuery{Name: c.Name, Subject: subject, AsOf: asOf})
			wantSame(t, fmt.Sprintf("%s of %s as of %s", c.Name, subject, asOf), recompute(stemOf(c.Name), rows), v)
		}
	}
	p := core.LastDays(asOf-2, 40)
	for _, kind := range []fact.SubjectKind{fact.SKU, fact.Marketplace} {
		got := measure(t, m, kind, p, asOf, "")
		for name, by := range got.by {
			for subject, f := range by {
				market, _ := fact.SplitID(subject)
				if f.missing || got.cover(name, market).Days == 0 {
					continue
				}
				checked[stemOf(name)]++
				rows := rowsBehind(t, m, fact.RowsQuery{Name: name, Subject: subject, AsOf: asOf, Period: p})
				sum := recompute(stemOf(name), rows)
				wantSame(t, fmt.Sprintf("%s of %s as of %s", name, subject, asOf), fact.Value{Num: sum.Num + float64(sum.Money.Minor)}, fact.Value{Num: float64(f.n)})
			}
		}
	}
	return checked
}

// everything puts all streams in, some of it twice, restated and from two kinds of report.
func everything(t *testing.T, m *sales.Module, h *moduletest.Host, d core.Day) {
	t.Helper()
	var rows []source.OrderLine
	for i := range 60 {
		r := line([]string{"US", "DE"}[i%2], fmt.Sprint("S", i%5), d-core.Day(i), 100+i/3, 1+i%3, int64(1000+100*i))
		r.Status, r.HasPrice = []string{"Shipped", "Shipped", source.OrderPending, source.OrderCancelled}[i%4], i%4 < 2
		rows = append(rows, r)
	}
	h.Apply(t, m, orders(1, d+1, core.LastDays(d, 200), rows...))
	for i := range rows { // some change later
		rows[i].UpdatedAt, rows[i].Quantity = rows[i].UpdatedAt+int64(i%2), rows[i].Quantity+int32(i%2)
		rows[i].Status, rows[i].HasPrice = "Shipped", true
	}
	h.Apply(t, m, orders(2, d+4, core.LastDays(d+3, 200), rows...))
	for i := range h.Items {
		if h.Items[i].SKU != "S3" {
			h.Items[i].Cost = core.Money{Minor: 321, Currency: map[string]core.Currency{"US": "USD", "DE": "EUR"}[h.Items[i].Marketplace]}
		}
	}
	fee := func(mkt string, sku core.SKU, c core.Currency, total int64, row int32) source.FeeEstimate {
		return source.FeeEstimate{Row: row, Marketplace: mkt, SKU: sku, Currency: c, TotalFee: total}
	}
	h.Apply(t, m,
		batch(source.FeeEstimates, 3, d, true, fee("US", "S0", "USD", 250, 2), fee("US", "S2", "USD", 300, 3), fee("DE", "S1", "EUR", 275, 4)),
		batch(source.FeeEstimates, 4, d+3, true, fee("US", "S0", "USD", 260, 2)),
		batch(source.Settlements, 5, d+1, true,
			settled("T1", "Refund", "o1", "S0", "ItemPrice", "Principal", d-3, -2000, d-200, d+1, 4), settled("T1", "Refund", "o1", "S0", "ItemPrice", "Tax", d-3, -160, d-200, d+1, 5),
			settled("T1", "Refund", "o2", "", "ItemPrice", "Principal", d-4, -90, d-200, d+1, 6)),
		batch(source.Transactions, 6, d+1, true, refunded("T1", "o1", "S0", d-3, -2000, 9), refunded("T2", "o3", "S2", d-1, -700, 10), refunded("T2", "o4", "S4", d-2, -50, 11)),
		batch(source.Settlements, 7, d+4, true, settled("T2", "Refund", "o3", "S2", "ItemPrice", "Principal", d-1, -700, d+1, d+4, 4)))
	var days []source.TrafficDay
	for i := range 100 {
		days = append(days, source.TrafficDay{
			Row: int32(i + 2), Marketplace: "US", Day: d - core.Day(i), Currency: "USD", Sessions: int32(100 + i), PageViews: int32(151 + i), UnitsOrdered: 5, FeaturedOfferPct: float64(i) + 0.25,
		})
	}
	h.Apply(t, m, batch(source.TrafficDays, 8, d+1, true, days...), items(9, d-30, item("B0S0", core.LastDays(d-31, 30), 300, 420, 30, 97.5)))
	for i := range 31 {
		at := d - core.Day(i)
		p := core.Period{From: at, To: at}
		own := item("B0S2", p, 7, 9, 1, -1)
		own.SKU = "S2"
		h.Apply(t, m, items(int64(20+i), at+1, item("B0S0", p, 10, 20, 2, 33.33), own))
	}
	h.Apply(t, m, items(99, d+3, item("B0S0", core.Period{From: d, To: d}, 15, 25, 3, 44.44)))
}

func TestRowsRecomputeEveryNumber(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	everything(t, m, h, d)
	seen := map[string]int{}
	for _, asOf := range []core.Day{d + 1, d + 2, d + 5} {
		for stem, n := range checkRows(t, m, asOf) {
			seen[stem] += n
		}
	}
	for _, x := range append(m.Manifest().Facts, definitionsOf(m)...) {
		if len(x.Parts) == 0 && seen[stemOf(x.Name)] == 0 {
			t.Errorf("no rows of %s were looked at", x.Name)
		}
	}
}

func definitionsOf(m *sales.Module) (out []fact.Definition) {
	for _, x := range m.Measures() {
		if x.Base() {
			out = append(out, x.Definition)
		}
	}
	return out
}

func TestRowsRecomputeOverlappingDocuments(t *testing.T) {
	t.Parallel()
	for seed := range 6 {
		m, h := start(t)
		docs := histories().Example(seed)
		h.Apply(t, m, docs...)
		for _, back := range []core.Day{-1, 5, 12} {
			checkRows(t, m, lastSeen(docs)-back)
		}
	}
}

func TestRowsNameTheirDocument(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	everything(t, m, h, d)
	rows := rowsBehind(t, m, fact.RowsQuery{Name: "sales.fees", Subject: "US/S0", AsOf: d + 5, Period: core.LastDays(d, 10)})
	if r := rows.Rows[0]; r.Document != 4 || r.Line != 2 || r.Subject != "US/S0" || r.Cells[6].Money.Minor != 260 {
		t.Errorf("fee preview %+v", r)
	}
	if r := rows.Rows[1]; r.Document != 1 && r.Document != 2 || r.Line == 0 || r.Cells[1].Text != "111-0000000-0000100" {
		t.Errorf("order line %+v", r)
	}
	for name, subject := range map[string]string{"sales.profit_day_28d": "US/S0", "sales.nonsense": "US/S0", "sales.units_7d": "US", "sales.units": "FR/S0", "sales.market_units_7d": "US/S0"} {
		var e *core.Error
		if _, err := m.Rows(t.Context(), fact.RowsQuery{Name: name, Subject: subject, AsOf: d}); !errors.As(err, &e) || e.Code != core.CodeNotFound {
			t.Errorf("%s of %s: %v", name, subject, err)
		}
	}
}
