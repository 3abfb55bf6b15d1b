package sales_test

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/page"
	"purser/backend/core/source"
	"purser/backend/modules/sales"
)

func list(tb testing.TB, m *sales.Module, q fact.RowsQuery) fact.Rows {
	tb.Helper()
	got, err := m.List(tb.Context(), q)
	if err != nil {
		tb.Fatal(err)
	}
	return got
}

// column gives one column of rows as text.
func column(rows fact.Rows, name string) []string {
	i := slices.IndexFunc(rows.Columns, func(c fact.RowColumn) bool { return c.Name == name })
	out := make([]string, 0, len(rows.Rows))
	for _, r := range rows.Rows {
		switch c := r.Cells[i]; rows.Columns[i].Type {
		case fact.Money:
			out = append(out, fmt.Sprintf("%12d", c.Money.Minor))
		case fact.Count:
			out = append(out, fmt.Sprintf("%12.0f", c.Num))
		default:
			out = append(out, c.Text)
		}
	}
	return out
}

func TestOrdersAreListed(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	var rows []source.OrderLine
	for i := range 50 {
		r := line([]string{"US", "DE", core.NonAmazon}[i%3], fmt.Sprint("SKU-", i%7), d-core.Day(i/4), i+1, 1+i%3, int64(7919*i%1000))
		r.Status, r.Promotion, r.FBA = []string{"Shipped", source.OrderPending, source.OrderCancelled}[i%3], int64(i), i%2 == 0
		r.HasPrice = r.Status != source.OrderPending
		rows = append(rows, r)
	}
	rows[7].OrderID = "S01-1234567-1234567"
	h.Apply(t, m, orders(1, d+1, core.LastDays(d, 30), rows...))
	all := list(t, m, fact.RowsQuery{Name: "sales.orders", Limit: 100})
	if all.Total != 50 || len(all.Rows) != 50 || !slices.IsSortedFunc(column(all, "day"), func(a, b string) int { return cmp.Compare(b, a) }) {
		t.Fatalf("%d rows of %d", len(all.Rows), all.Total)
	}
	for i, r := range all.Rows {
		src := rows[r.Line-3]
		if r.Document != 1 || r.Cells[1].Text != src.OrderID || r.Cells[2].Text != string(src.SKU) || r.Cells[4].Text != src.Status ||
			int32(r.Cells[5].Num) != src.Quantity || r.Cells[6].Known() != src.HasPrice || r.Cells[7].Money.Minor != src.Promotion {
			t.Fatalf("row %d is %+v, in the document %+v", i, r, src)
		}
		if (r.Subject == "") != (src.Marketplace == core.NonAmazon) {
			t.Fatalf("subject %q of an order in %s", r.Subject, src.Marketplace)
		}
	}
	t.Run("Windows", func(t *testing.T) {
		t.Parallel()
		for _, sort := range []string{"", "day", "amount", "units", "sku", "status", "order", "promotion", "fulfilment"} {
			for _, desc := range []bool{false, true} {
				q := fact.RowsQuery{Name: "sales.orders", Sort: sort, Desc: desc}
				whole := list(t, m, q)
				var joined fact.Rows
				for q.Limit = 9; q.Offset < 50; q.Offset += 9 {
					got := list(t, m, q)
					joined.Rows = append(joined.Rows, got.Rows...)
					if got.Total != 50 {
						t.Fatalf("%s: %d in all", sort, got.Total)
					}
				}
				for i := range whole.Rows {
					if whole.Rows[i].Line != joined.Rows[i].Line {
						t.Fatalf("%s: row %d differs in windows", sort, i)
					}
				}
				if sort == "" || sort == "order" {
					continue // the list's own order; odd ids sort before Amazon's
				}
				got := column(whole, sort)
				if desc {
					slices.Reverse(got)
				}
				if sort == "fulfilment" {
					slices.Reverse(got)
				}
				if !slices.IsSorted(got) {
					t.Errorf("%s, %v: %v", sort, desc, got)
				}
			}
		}
	})
	t.Run("Narrowed", func(t *testing.T) {
		t.Parallel()
		for name, c := range map[string]struct {
			q    fact.RowsQuery
			keep func(source.OrderLine) bool
		}{
			"Market":    {fact.RowsQuery{Marketplaces: []string{"DE"}}, func(r source.OrderLine) bool { return r.Marketplace == "DE" }},
			"Subject":   {fact.RowsQuery{Subject: "US/SKU-3"}, func(r source.OrderLine) bool { return r.Marketplace == "US" && r.SKU == "SKU-3" }},
			"Days":      {fact.RowsQuery{Period: core.LastDays(d-2, 3)}, func(r source.OrderLine) bool { return r.Day <= d-2 && r.Day > d-5 }},
			"SKU":       {fact.RowsQuery{Filter: "sku-5"}, func(r source.OrderLine) bool { return r.SKU == "SKU-5" }},
			"ASIN":      {fact.RowsQuery{Filter: "b0sku-2"}, func(r source.OrderLine) bool { return r.SKU == "SKU-2" }},
			"Title":     {fact.RowsQuery{Filter: "item SKU-1"}, func(r source.OrderLine) bool { return r.SKU == "SKU-1" }},
			"State":     {fact.RowsQuery{Filter: "cancel"}, func(r source.OrderLine) bool { return r.Status == source.OrderCancelled }},
			"Order":     {fact.RowsQuery{Filter: rows[11].OrderID}, func(r source.OrderLine) bool { return r.OrderID == rows[11].OrderID }},
			"OddOrder":  {fact.RowsQuery{Filter: "s01-1234567-1234567"}, func(r source.OrderLine) bool { return r.OrderID == rows[7].OrderID }},
			"PartOf":    {fact.RowsQuery{Filter: "-000000001"}, func(r source.OrderLine) bool { return strings.Contains(r.OrderID, "-000000001") }},
			"Wildcards": {fact.RowsQuery{Filter: "%"}, func(source.OrderLine) bool { return false }},
			"Elsewhere": {fact.RowsQuery{Marketplaces: []string{"FR"}}, func(source.OrderLine) bool { return false }},
			"OrderOfOther": {
				fact.RowsQuery{Filter: rows[11].OrderID, Period: core.LastDays(d-9, 2)},
				func(source.OrderLine) bool { return false },
			},
			"Sorted": {
				fact.RowsQuery{Filter: "sku-5", Sort: "amount", Marketplaces: []string{"US"}},
				func(r source.OrderLine) bool { return r.SKU == "SKU-5" && r.Marketplace == "US" },
			},
		} {
			c.q.Name = "sales.orders"
			var want, got []int
			for _, r := range rows {
				if c.keep(r) {
					want = append(want, int(r.Row))
				}
			}
			out := list(t, m, c.q)
			for _, r := range out.Rows {
				got = append(got, r.Line)
			}
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) || out.Total != len(want) {
				t.Errorf("%s: got lines %v (%d), want %v", name, got, out.Total, want)
			}
		}
	})
	var e *core.Error
	if _, err := m.List(t.Context(), fact.RowsQuery{Name: "sales.orders", Sort: "o.qty; --"}); !errors.As(err, &e) || e.Code != core.CodeInvalid {
		t.Errorf("an unknown column sorts: %v", err)
	}
	if _, err := m.List(t.Context(), fact.RowsQuery{Name: "sales.nothing"}); !errors.As(err, &e) || e.Code != core.CodeNotFound {
		t.Errorf("an unknown list: %v", err)
	}
}

func TestSettlementLinesAreListed(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	var rows []source.SettlementLine
	for i := range 30 {
		rows = append(rows, settled("S1", []string{"Order", "Refund"}[i%2], fmt.Sprint("o", i), fmt.Sprint("K", i%4), "ItemPrice", "Principal", d-core.Day(i%9), int64(100-7*i), d-14, d+1, int32(i+3)))
	}
	h.Apply(t, m, batch(source.Settlements, 5, d+1, true, rows...))
	lines := func(q fact.RowsQuery) (out []int) {
		q.Name = "sales.settlements"
		got := list(t, m, q)
		for _, r := range got.Rows {
			out = append(out, r.Line)
			if src := rows[r.Line-3]; r.Document != 5 || r.Cells[8].Money.Minor != src.Amount || r.Subject != "US/"+string(src.SKU) || r.Cells[0].Text != src.Day.String() {
				t.Fatalf("row %+v of %+v", r, src)
			}
		}
		return out
	}
	want := func(keep func(source.SettlementLine) bool) (out []int) {
		list := slices.Clone(rows)
		slices.SortFunc(list, func(a, b source.SettlementLine) int {
			return cmp.Or(cmp.Compare(b.Day, a.Day), cmp.Compare(b.Row, a.Row))
		})
		for _, r := range list {
			if keep(r) {
				out = append(out, int(r.Row))
			}
		}
		return out
	}
	for name, c := range map[string]struct {
		q    fact.RowsQuery
		keep func(source.SettlementLine) bool
	}{
		"All":     {fact.RowsQuery{}, func(source.SettlementLine) bool { return true }},
		"Days":    {fact.RowsQuery{Period: core.LastDays(d-1, 3)}, func(r source.SettlementLine) bool { return r.Day <= d-1 && r.Day > d-4 }},
		"SKU":     {fact.RowsQuery{Subject: "US/K2"}, func(r source.SettlementLine) bool { return r.SKU == "K2" }},
		"Refunds": {fact.RowsQuery{Filter: "refund"}, func(r source.SettlementLine) bool { return r.TransactionType == "Refund" }},
		"Other":   {fact.RowsQuery{Marketplaces: []string{"DE"}}, func(source.SettlementLine) bool { return false }},
	} {
		if got := lines(c.q); !slices.Equal(got, want(c.keep)) {
			t.Errorf("%s: got %v, want %v", name, got, want(c.keep))
		}
	}
	whole := lines(fact.RowsQuery{})
	if got := lines(fact.RowsQuery{Offset: 10, Limit: 5}); !slices.Equal(got, whole[10:15]) {
		t.Errorf("window %v", got)
	}
	if got := lines(fact.RowsQuery{Sort: "amount"}); !slices.IsSortedFunc(got, func(a, b int) int { return b - a }) {
		t.Errorf("by amount: %v", got) // later lines are smaller amounts
	}
}

func TestPageNamesWhatThereIs(t *testing.T) {
	t.Parallel()
	m, _ := start(t)
	names := map[string]bool{"advertising.spend": true, "reviews.return_rate": true}
	for _, d := range m.Manifest().Facts {
		names[d.Name] = true
	}
	for _, x := range m.Measures() {
		names[x.Name] = true
	}
	known := func(where, name string) {
		t.Helper()
		for _, suffix := range []string{page.Change, page.Before, page.Spark} {
			name = strings.TrimSuffix(name, suffix)
		}
		if !names[name] {
			t.Errorf("%s names %s, which is not there", where, name)
		}
	}
	p := m.Page()
	tables := map[string]map[string]bool{}
	for _, x := range p.Tables {
		presets := map[string]bool{"": true}
		tables[x.Name] = presets
		if x.List {
			var have []string
			for _, c := range list(t, m, fact.RowsQuery{Name: x.Name}).Columns {
				have = append(have, c.Name)
			}
			if !slices.Equal(have, x.Columns) {
				t.Errorf("%s has columns %v, the page shows %v", x.Name, have, x.Columns)
			}
			continue
		}
		for _, c := range append(slices.Clone(x.Columns), x.Sort) {
			known(x.Name, c)
		}
		for _, preset := range x.Presets {
			presets[preset.Name] = true
			for _, c := range append(slices.Clone(preset.Columns), preset.Sort) {
				known(preset.Name, c)
			}
			for _, f := range preset.Filters {
				known(preset.Name, f.Column)
			}
		}
	}
	for _, tile := range p.Tiles {
		known("tile "+tile.Title, tile.Name)
		if !tables[tile.Table][tile.Preset] {
			t.Errorf("tile %s leads to %s %s, which is not there", tile.Title, tile.Table, tile.Preset)
		}
	}
	for _, c := range p.Charts {
		for _, name := range c.Measures {
			known("chart "+c.Name, name)
		}
	}
}
