package listings_test

import (
	"slices"
	"strings"
	"testing"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module/moduletest"
	"purser/backend/core/source"
	"purser/backend/modules/listings"
)

// filled is a module with two days of reports of the US and one of DE: listings hidden with and
// without a day, stranded stock, inactive, incomplete and removed offers.
func filled(tb testing.TB) (*listings.Module, *moduletest.Host) {
	tb.Helper()
	m, h := start(tb)
	h.FactsFn = stocked(map[string]float64{"US/C": 7, "US/B": 0})
	h.DailyFn = sold(today)
	number := func(rows []source.Listing) []source.Listing {
		for i := range rows {
			rows[i].Row = int32(i + 2)
		}
		return rows
	}
	free := offer("F", "Active")
	free.Price = 0
	h.Apply(tb, m,
		offers(11, today-8, number([]source.Listing{offer("A", "Active"), offer("B", "Active"), offer("C", "Active"), offer("G", "Active")})...),
		offers(12, today-1, number([]source.Listing{offer("A", "Active"), offer("B", "Inactive"), offer("C", "Inactive"), offer("D", "Incomplete"), offer("E", "Active"), free})...),
		hidden(13, today-8, source.Suppressed{Row: 2, SKU: "E", Reason: "No image"}),
		hidden(14, today-1,
			source.Suppressed{Row: 2, SKU: "A", ASIN: "B0A", Reason: "No image", Issue: "Main image is missing", ChangedDay: today - 40},
			source.Suppressed{Row: 3, SKU: "A", ASIN: "B0A", Issue: "Title too long", ChangedDay: today - 4},
			source.Suppressed{Row: 4, SKU: "E", Reason: "No image"},
			source.Suppressed{Row: 5, ASIN: "B0X", Reason: "No image"}),
		stray(15, today-8),
		stray(16, today-1,
			source.StrandedItem{Row: 2, SKU: "G", FNSKU: "X1", Reason: "Listing closed", StrandedDay: today - 5, RemovalDay: today + 9, Fulfillable: 3, Unfulfillable: 1},
			source.StrandedItem{Row: 3, SKU: "G", FNSKU: "X2", Reason: "Listing closed", StrandedDay: today - 3, RemovalDay: today + 20, Fulfillable: 5},
			source.StrandedItem{Row: 4, SKU: "A", FNSKU: "X3", Reason: "Other", Fulfillable: 2}))
	german := offers(17, today-1, source.Listing{Row: 2, SKU: "A", Title: "Ding", Status: "Active", FBA: true, Currency: "EUR", Price: 1999})
	german.Marketplace = "DE"
	h.Apply(tb, m, german)
	return m, h
}

func cells(r fact.Rows, name string) []fact.Value {
	var out []fact.Value
	for i, c := range r.Columns {
		if c.Name == name {
			for _, row := range r.Rows {
				out = append(out, row.Cells[i])
			}
		}
	}
	return out
}

func distinct(values []fact.Value) []string {
	var out []string
	for _, v := range values {
		if v.Known() && !slices.Contains(out, v.Text) {
			out = append(out, v.Text)
		}
	}
	return out
}

// earliest is the first day of a column, else of the reports.
func earliest(t *testing.T, r fact.Rows, column string) core.Day {
	t.Helper()
	days := distinct(cells(r, column))
	if len(days) == 0 {
		days = distinct(cells(r, "report"))
	}
	d, err := core.ParseDay(slices.Min(days))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// recompute does with the rows what How says.
func recompute(t *testing.T, name string, r fact.Rows) fact.Value {
	t.Helper()
	var v fact.Value
	total := func(columns ...string) {
		for _, c := range columns {
			for _, cell := range cells(r, c) {
				v.Num += cell.Num
			}
		}
	}
	switch strings.TrimPrefix(name, "listings.") {
	case "status":
		v.Text = "Removed"
		if len(r.Rows) == 1 {
			v.Text = cells(r, "status")[0].Text
		}
	case "price":
		v.Money = cells(r, "price")[0].Money
	case "suppressed", "stranded":
		v.Flag = len(r.Rows) > 0
	case "suppressed_reason", "stranded_reason":
		reasons := cells(r, "reason")
		for i, issue := range cells(r, "issue") {
			if !reasons[i].Known() {
				reasons[i] = issue
			}
		}
		v.Text = strings.Join(distinct(reasons), "; ")
	case "suppressed_since":
		if len(r.Rows) > 0 {
			v.Text = earliest(t, r, "since").String()
		}
	case "stranded_days":
		if len(r.Rows) > 0 {
			v.Num = float64(today - earliest(t, r, "since"))
		}
	case "removal_in_days":
		v.Num = float64(earliest(t, r, "removal") - today)
	case "stranded_units", "stranded_units_total":
		total("fulfillable", "unfulfillable")
	case "suppressed_count", "stranded_count":
		v.Num = float64(len(distinct(cells(r, "sku"))))
	case "count", "inactive_count":
		v.Num = float64(len(r.Rows))
	default:
		t.Errorf("no way to recompute %s", name)
	}
	return v
}

func TestRowsGiveEveryValue(t *testing.T) {
	t.Parallel()
	m, _ := filled(t)
	defs := map[string]fact.Definition{}
	for _, d := range m.Manifest().Facts {
		defs[d.Name] = d
		if d.Title == "" {
			t.Errorf("%s has no title", d.Name)
		}
	}
	cols, err := m.Facts(t.Context(), fact.Query{AsOf: today})
	if err != nil {
		t.Fatal(err)
	}
	checked := map[string]bool{}
	for _, c := range cols {
		for _, p := range defs[c.Name].Parts {
			if _, ok := defs[p]; !ok && p != "inventory.on_hand" && p != "sales.sales" {
				t.Errorf("part %s of %s does not exist", p, c.Name)
			}
		}
		for id, v := range c.Values {
			r, err := m.Rows(t.Context(), fact.RowsQuery{Name: c.Name, Subject: id, AsOf: today})
			if len(defs[c.Name].Parts) > 0 {
				if e := core.AsError(err); e == nil || e.Code != core.CodeNotFound {
					t.Errorf("%s of %s is made of other facts, yet: %v", c.Name, id, err)
				}
				continue
			}
			if err != nil || r.How == "" || r.Total != len(r.Rows) {
				t.Errorf("%s of %s: %+v, %v", c.Name, id, r, err)
				continue
			}
			if !v.Known() {
				continue
			}
			checked[c.Name] = true
			got := recompute(t, c.Name, r)
			if got.Num != v.Num || got.Text != v.Text || got.Flag != v.Flag || got.Money != v.Money {
				t.Errorf("%s of %s: rows give %+v, the fact is %+v (%s)", c.Name, id, got, v, r.How)
			}
			for _, row := range r.Rows {
				if row.Line < 2 || row.Document < 11 || row.Document > 17 {
					t.Errorf("%s of %s: document %d, line %d", c.Name, id, row.Document, row.Line)
				}
			}
		}
	}
	for _, d := range defs {
		if len(d.Parts) == 0 && !checked[d.Name] {
			t.Errorf("no value of %s was recomputed", d.Name)
		}
	}
}

func TestRowsWindowAndUnknown(t *testing.T) {
	t.Parallel()
	m, _ := filled(t)
	r, err := m.Rows(t.Context(), fact.RowsQuery{Name: "listings.count", Subject: "US", AsOf: today, Offset: 4, Limit: 10})
	if err != nil || r.Total != 6 || len(r.Rows) != 2 || r.Rows[1].Subject != "US/F" {
		t.Errorf("%+v, %v", r, err)
	}
	r, err = m.Rows(t.Context(), fact.RowsQuery{Name: "listings.suppressed", Subject: "DE/A", AsOf: today})
	if err != nil || r.Total != 0 || !strings.Contains(r.How, "suppressed_listings") {
		t.Errorf("%+v, %v", r, err)
	}
	r, err = m.Rows(t.Context(), fact.RowsQuery{Name: "listings.suppressed_since", Subject: "US/E", AsOf: today})
	if err != nil || r.Total != 2 || r.Rows[0].Document != 13 {
		t.Errorf("the run: %+v, %v", r, err)
	}
	if _, err = m.Rows(t.Context(), fact.RowsQuery{Name: "listings.none", Subject: "US", AsOf: today}); core.AsError(err).Code != core.CodeNotFound {
		t.Errorf("got %v", err)
	}
}

func TestTotalsOfTheMarketplace(t *testing.T) {
	t.Parallel()
	m, h := filled(t)
	// A and E hidden, G stranded, C inactive with stock; of D stock is none, as inventory knows others.
	v := one(t, m, today, "listings.not_sellable_count", "US")
	wantNum(t, "not sellable", v, 4, fact.Fresh)
	stake := one(t, m, today, "listings.sales_at_stake_total", "US")
	var sum core.Money
	for id, one := range values(t, m, today, "listings.daily_sales_at_stake") {
		if strings.HasPrefix(id, "US/") {
			var err error
			if sum, err = sum.Add(one.Money); err != nil {
				t.Fatal(err)
			}
		}
	}
	if stake.Money != sum || stake.Money.Minor == 0 || stake.Maturity != fact.Estimated || stake.Note == "" {
		t.Errorf("at stake %+v, sum %v", stake, sum)
	}
	// DE has no report of trouble: nothing is known, which is not zero.
	wantNum(t, "DE", one(t, m, today, "listings.not_sellable_count", "DE"), 0, fact.Missing)
	if v := one(t, m, today, "listings.sales_at_stake_total", "DE"); v.Maturity != fact.Missing || v.Note == "" {
		t.Errorf("DE %+v", v)
	}
	h.DailyFn = nil
	if v := one(t, m, today, "listings.sales_at_stake_total", "US"); v.Maturity != fact.Missing {
		t.Errorf("sales not known: %+v", v)
	}
	h.FactsFn = nil // then stock is not known of B, C and D, which are not active
	v = one(t, m, today, "listings.not_sellable_count", "US")
	if v.Num != 3 || v.Maturity != fact.Estimated || !strings.Contains(v.Note, "not known of 3 SKUs") {
		t.Errorf("stock not known: %+v", v)
	}
}
