package listings_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module/moduletest"
	"purser/backend/core/page"
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

func points(t *testing.T, m fact.DailyProvider, series, subject string, p core.Period, asOf core.Day) map[core.Day]float64 {
	t.Helper()
	all, err := m.Daily(t.Context(), series, subject, p, asOf)
	if err != nil || len(all) > 1 {
		t.Fatalf("%v, %v", all, err)
	}
	out := map[core.Day]float64{}
	for _, s := range all {
		for _, pt := range s.Points {
			out[pt.Day] = pt.Num
		}
	}
	return out
}

func TestSeriesOfSKUs(t *testing.T) {
	t.Parallel()
	m, h := filled(t)
	p := core.LastDays(today, 12)
	for _, c := range []struct {
		series, subject string
		want            map[core.Day]float64
	}{
		// The report of the 8th day did not list A although the later one says since 40 days: only the days after it are told.
		{"listings.suppressed", "US/A", map[core.Day]float64{today - 8: 0, today - 7: 1, today - 6: 1, today - 5: 1, today - 4: 1, today - 3: 1, today - 2: 1, today - 1: 1}},
		{"listings.suppressed", "US/E", map[core.Day]float64{today - 8: 1, today - 1: 1}},
		{"listings.stranded", "US/G", map[core.Day]float64{today - 8: 0, today - 5: 1, today - 4: 1, today - 3: 1, today - 2: 1, today - 1: 1}},
		{"listings.stranded", "US/B", map[core.Day]float64{today - 8: 0, today - 1: 0}},
		{"listings.inactive", "US/B", map[core.Day]float64{today - 8: 0, today - 1: 1}},
		{"listings.trouble", "US/B", map[core.Day]float64{today - 8: 0, today - 1: 1}},
		{"listings.trouble", "US/F", map[core.Day]float64{today - 8: 0, today - 1: 0}},
		{"listings.trouble", "US/G", map[core.Day]float64{today - 8: 0, today - 5: 1, today - 4: 1, today - 3: 1, today - 2: 1, today - 1: 1}},
		{"listings.trouble", "DE/A", map[core.Day]float64{}},
		{"listings.price", "US/A", map[core.Day]float64{today - 8: 24.99, today - 1: 24.99}},
		{"listings.price", "US/F", map[core.Day]float64{}},
	} {
		if d := cmp.Diff(c.want, points(t, m, c.series, c.subject, p, today)); d != "" {
			t.Errorf("%s of %s: %s", c.series, c.subject, d)
		}
	}
	// What a later report says of earlier days is not known before it was made.
	if got := points(t, m, "listings.suppressed", "US/A", p, today-3); len(got) != 1 || got[today-8] != 0 {
		t.Errorf("looking back: %v", got)
	}
	all, err := m.Daily(t.Context(), "listings.suppressed", "", p, today)
	if err != nil || len(all) != 7 {
		t.Errorf("%d series of %d SKUs, %v", len(all), len(h.Items), err)
	}
	for _, s := range all {
		alone := points(t, m, "listings.suppressed", s.Subject, p, today)
		if len(alone) != len(s.Points) {
			t.Errorf("%s: %d points alone, %d among all", s.Subject, len(alone), len(s.Points))
		}
	}
}

// The series on the day of a report says what the fact of that day says.
func TestSeriesEqualFacts(t *testing.T) {
	t.Parallel()
	m, _ := filled(t)
	for _, name := range []string{"listings.suppressed", "listings.stranded", "listings.inactive"} {
		for _, day := range []core.Day{today - 8, today - 1} {
			for id, v := range values(t, m, day, name) {
				got, ok := points(t, m, name, id, core.LastDays(day, 1), day)[day]
				told := v.Known() && v.AsOf == day
				if told != ok || told && (got == 1) != v.Flag {
					t.Errorf("%s of %s on %s: series %v %v, fact %+v", name, id, day, got, ok, v)
				}
			}
		}
	}
}

func TestLists(t *testing.T) {
	t.Parallel()
	m, _ := filled(t)
	for name, c := range map[string]struct {
		q     fact.RowsQuery
		want  []string
		total int
	}{
		"Issues":       {fact.RowsQuery{Name: "listings.issues"}, []string{"US/G 16/2", "US/G 16/3", "US/A 16/4", "US/A 14/2", "US/A 14/3", "US/E 14/4", " 14/5"}, 7},
		"IssueFilter":  {fact.RowsQuery{Name: "listings.issues", Filter: "MAIN image"}, []string{"US/A 14/2"}, 1},
		"IssueSince":   {fact.RowsQuery{Name: "listings.issues", Sort: "since", Limit: 3}, []string{"US/A 14/2", "US/G 16/2", "US/A 14/3"}, 7},
		"IssueUnits":   {fact.RowsQuery{Name: "listings.issues", Sort: "units", Desc: true, Limit: 4}, []string{"US/G 16/3", "US/G 16/2", "US/A 16/4", "US/A 14/2"}, 7},
		"IssueSubject": {fact.RowsQuery{Name: "listings.issues", Subject: "US/E"}, []string{"US/E 14/4"}, 1},
		"IssuesThen":   {fact.RowsQuery{Name: "listings.issues", AsOf: today - 2}, []string{"US/E 13/2"}, 1},
		"Offers":       {fact.RowsQuery{Name: "listings.offers", Limit: 2}, []string{"DE/A 17/2", "US/A 12/2"}, 7},
		"OfferStatus":  {fact.RowsQuery{Name: "listings.offers", Marketplaces: []string{"US"}, Sort: "status", Desc: true, Limit: 3}, []string{"US/D 12/5", "US/B 12/3", "US/C 12/4"}, 6},
		"OfferPrice":   {fact.RowsQuery{Name: "listings.offers", Sort: "price", Desc: true, Offset: 5}, []string{"US/E 12/6", "US/F 12/7"}, 7},
		"PastTheEnd":   {fact.RowsQuery{Name: "listings.offers", Offset: 50, Limit: 5}, nil, 7},
		"OtherMarket":  {fact.RowsQuery{Name: "listings.offers", Marketplaces: []string{"FR"}}, nil, 0},
	} {
		if c.q.AsOf == 0 {
			c.q.AsOf = today
		}
		r, err := m.List(t.Context(), c.q)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, row := range r.Rows {
			got = append(got, fmt.Sprintf("%s %d/%d", row.Subject, row.Document, row.Line))
			if len(row.Cells) != len(r.Columns) {
				t.Errorf("%s: %d cells for %d columns", name, len(row.Cells), len(r.Columns))
			}
		}
		if d := cmp.Diff(c.want, got); d != "" || r.Total != c.total {
			t.Errorf("%s: total %d, %s", name, r.Total, d)
		}
	}
	_, err := m.List(t.Context(), fact.RowsQuery{Name: "listings.offers", AsOf: today, Sort: "nothing"})
	if e := core.AsError(err); e == nil || e.Code != core.CodeInvalid {
		t.Errorf("got %v", err)
	}
}

func TestPageNamesExist(t *testing.T) {
	t.Parallel()
	m, _ := filled(t)
	kinds := map[string]fact.SubjectKind{"inventory.on_hand": fact.SKU, "sales.featured_offer_pct": fact.SKU}
	for _, d := range m.Manifest().Facts {
		kinds[d.Name] = d.Subject
	}
	p := m.Page()
	tables := map[string]bool{}
	for _, table := range p.Tables {
		tables[table.Name] = true
		columns := append([]string{}, table.Columns...)
		if table.List {
			r, err := m.List(t.Context(), fact.RowsQuery{Name: table.Name, AsOf: today})
			if err != nil || len(r.Columns) != len(columns) {
				t.Errorf("list %s: %v", table.Name, err)
			}
			continue
		}
		for _, preset := range table.Presets {
			tables[table.Name+"/"+preset.Name] = true
			columns = append(columns, preset.Columns...)
			for _, f := range preset.Filters {
				columns = append(columns, f.Column)
			}
		}
		for _, c := range append(columns, table.Sort) {
			if kinds[c] != table.Subject {
				t.Errorf("%s shows %s", table.Name, c)
			}
		}
	}
	for _, tile := range p.Tiles {
		if kinds[tile.Name] != fact.Marketplace || !tables[strings.TrimSuffix(tile.Table+"/"+tile.Preset, "/")] {
			t.Errorf("tile %+v", tile)
		}
	}
	for _, c := range p.Charts {
		q := page.ChartQuery{Name: c.Name, AsOf: today, Period: core.LastDays(today-1, 28), Marketplaces: []string{"US", "DE"}}
		if d, err := m.Chart(t.Context(), q); err != nil || d.Title == "" {
			t.Errorf("chart %s: %v", c.Name, err)
		}
	}
}
