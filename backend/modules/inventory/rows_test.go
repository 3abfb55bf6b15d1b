package inventory_test

import (
	"strings"
	"testing"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// recompute makes a value of its rows as Rows.How says.
func recompute(name string, rows fact.Rows) (float64, core.Money) {
	at := func(row fact.Row, column string) fact.Value {
		for i, c := range rows.Columns {
			if c.Name == column {
				return row.Cells[i]
			}
		}
		return fact.Value{}
	}
	var (
		sum, days float64
		money     core.Money
	)
	amount := map[string]string{
		"inventory.market_stock_value": "inventory.stock_value", "inventory.order_cost_total": "inventory.order_cost",
		"inventory.market_lost_sales_day": "inventory.lost_sales_day",
	}[name]
	for _, row := range rows.Rows {
		switch {
		case name == "inventory.velocity":
			if at(row, "counts").Flag {
				sum += at(row, "units").Num
				days++
			}
		case strings.HasPrefix(rows.How, "Number of rows"):
			sum++
		case amount != "":
			if v := at(row, amount); v.Known() {
				money = core.Money{Minor: money.Minor + v.Money.Minor, Currency: v.Money.Currency}
			}
		case rows.How == "Sum of the three ages":
			sum += row.Cells[0].Num + row.Cells[1].Num + row.Cells[2].Num
		default:
			sum += row.Cells[0].Num
		}
	}
	if days > 0 {
		return sum / days, money
	}
	return sum, money
}

// Every fact without parts comes out of its rows; the others name parts that exist.
func TestRowsRecomputeEveryFact(t *testing.T) {
	t.Parallel()
	m, _ := shop(t)
	definitions := map[string]bool{"sales.price": true, "sales.unit_cost": true}
	for _, d := range m.Manifest().Facts {
		definitions[d.Name] = true
	}
	for _, asOf := range []core.Day{today, today - 2, today - 9} {
		for name, values := range facts(t, m, fact.Query{AsOf: asOf}) {
			for id, v := range values {
				if !v.Known() {
					continue
				}
				rows, err := m.Rows(t.Context(), fact.RowsQuery{Name: name, Subject: id, AsOf: asOf})
				if core.AsError(err) != nil && core.AsError(err).Code == core.CodeNotFound {
					continue // checked below
				}
				if err != nil {
					t.Fatal(err)
				}
				if n, money := recompute(name, rows); n != v.Num || (money.Minor != v.Money.Minor) || rows.Total != len(rows.Rows) || rows.How == "" {
					t.Errorf("%s of %s on %s: %v %s of %d rows, want %v %s", name, id, asOf, n, money, rows.Total, v.Num, v.Money)
				}
				for _, row := range rows.Rows {
					if len(row.Cells) != len(rows.Columns) || row.Subject == "" {
						t.Errorf("%s: row %+v", name, row)
					}
				}
			}
		}
	}
	for _, d := range m.Manifest().Facts {
		for _, part := range d.Parts {
			if !definitions[part] {
				t.Errorf("%s: no part %s", d.Name, part)
			}
		}
		_, err := m.Rows(t.Context(), fact.RowsQuery{Name: d.Name, Subject: "US/A", AsOf: today})
		if e := core.AsError(err); (e != nil && e.Code == core.CodeNotFound) != (len(d.Parts) > 0) {
			t.Errorf("%s: %v", d.Name, err)
		}
		if d.Title == "" {
			t.Errorf("%s has no title", d.Name)
		}
	}
}

// What a rule shows leads to the line of the file that says so.
func TestRowsLeadToTheLine(t *testing.T) {
	t.Parallel()
	m, _ := shop(t)
	for _, x := range []struct {
		name, subject string
		document      int64
		line          int
	}{
		{"inventory.on_hand", "US/A", 100, 2},
		{"inventory.on_hand", "US/D", 100, 4},
		{"inventory.on_hand", "US/B", 100, 0}, // no longer listed
		{"inventory.on_hand", "DE/A", 201, 2},
		{"inventory.aged_181_units", "DE/A", 201, 2},
		{"inventory.days_of_supply_amazon", "DE/B", 202, 3},
		{"inventory.amazon_recommended_units", "DE/A", 202, 2},
		{"inventory.lead_time_days", "US/A", 0, 0},
		{"inventory.skus_out_of_stock", "US", 100, 0},
	} {
		rows, err := m.Rows(t.Context(), fact.RowsQuery{Name: x.name, Subject: x.subject, AsOf: today})
		if err != nil || len(rows.Rows) != 1 || rows.Rows[0].Document != x.document || rows.Rows[0].Line != x.line {
			t.Errorf("%s of %s: %+v, %v", x.name, x.subject, rows.Rows, err)
		}
	}
	rows, err := m.Rows(t.Context(), fact.RowsQuery{Name: "inventory.units_on_hand", Subject: "US", AsOf: today, Offset: 1, Limit: 2})
	if err != nil || rows.Total != 4 || len(rows.Rows) != 2 || rows.Rows[0].Subject != "US/B" {
		t.Errorf("window %+v, %v", rows, err)
	}
	if _, err := m.Rows(t.Context(), fact.RowsQuery{Name: "inventory.none", AsOf: today}); core.AsError(err).Code != core.CodeNotFound {
		t.Errorf("got %v", err)
	}
}

func TestOutOfStockRowsWithoutSales(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	serve(h, m, nil)
	h.Apply(t, m, stock(1, today, level("A", 10), level("B", 0)))
	v := one(t, m, today, "inventory.skus_out_of_stock", "US")
	rows, err := m.Rows(t.Context(), fact.RowsQuery{Name: "inventory.skus_out_of_stock", Subject: "US", AsOf: today})
	if err != nil || v.Num != 1 || rows.Total != 1 || rows.Rows[0].Line != 3 {
		t.Errorf("%v: %+v, %v", v.Num, rows, err)
	}
}

// Where sales are known but no SKU had stock on a day that counts, nothing is guessed, in the rows neither.
func TestOutOfStockRowsOfWhatNeverHadStock(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	serve(h, m, nil)
	for ago := 95; ago >= 0; ago -= 5 {
		h.Apply(t, m, stock(int64(100-ago), today-core.Day(ago), level("A", 0)))
	}
	h.DailyFn = sales(map[string]func(int) float64{"US": always(1)}, 95)
	v := one(t, m, today, "inventory.skus_out_of_stock", "US")
	rows, err := m.Rows(t.Context(), fact.RowsQuery{Name: "inventory.skus_out_of_stock", Subject: "US", AsOf: today})
	if err != nil || v.Num != 0 || rows.Total != 0 {
		t.Errorf("%v: %+v, %v", v.Num, rows, err)
	}
}

func TestLists(t *testing.T) {
	t.Parallel()
	m, _ := shop(t)
	ask := func(q fact.RowsQuery) ([]string, int) {
		q.AsOf = today
		rows, err := m.List(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, row := range rows.Rows {
			if len(row.Cells) != len(rows.Columns) || row.Document == 0 || row.Line < 2 {
				t.Errorf("row %+v", row)
			}
			ids = append(ids, row.Subject)
		}
		return ids, rows.Total
	}
	for _, x := range []struct {
		q     fact.RowsQuery
		want  string
		total int
	}{
		{fact.RowsQuery{Name: "inventory.levels"}, "DE/A DE/B US/A US/C US/D", 5},
		{fact.RowsQuery{Name: "inventory.levels", Marketplaces: []string{"US"}, Sort: "on_hand"}, "US/D US/C US/A", 3},
		{fact.RowsQuery{Name: "inventory.levels", Sort: "on_hand", Desc: true, Limit: 2}, "US/A DE/A", 5},
		{fact.RowsQuery{Name: "inventory.levels", Sort: "on_hand", Desc: true, Offset: 3, Limit: 2}, "US/D DE/B", 5},
		{fact.RowsQuery{Name: "inventory.levels", Offset: 50, Limit: 2}, "", 5},
		{fact.RowsQuery{Name: "inventory.levels", Filter: "b0c"}, "US/C", 1},
		{fact.RowsQuery{Name: "inventory.levels", Filter: "%"}, "", 0},
		{fact.RowsQuery{Name: "inventory.levels", Subject: "US/A"}, "US/A", 1},
		{fact.RowsQuery{Name: "inventory.aged", Sort: "age_0_90"}, "DE/B DE/A", 2},
		{fact.RowsQuery{Name: "inventory.aged", Filter: "create"}, "DE/B", 1},
		{fact.RowsQuery{Name: "inventory.aged", Marketplaces: []string{"US"}}, "", 0},
	} {
		if ids, total := ask(x.q); strings.Join(ids, " ") != x.want || total != x.total {
			t.Errorf("%+v: %v of %d", x.q, ids, total)
		}
	}
	for _, q := range []fact.RowsQuery{{Name: "inventory.none"}, {Name: "inventory.levels", Sort: "document_id; DROP TABLE x"}} {
		if _, err := m.List(t.Context(), q); err == nil {
			t.Errorf("%+v was answered", q)
		}
	}
}
