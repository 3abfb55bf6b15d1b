package reviews_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
	"purser/backend/core/module/moduletest"
	"purser/backend/core/page"
	"purser/backend/core/source"
	"purser/backend/modules/reviews"
)

// TestPageNamesExist: the page shows only what the module declares.
func TestPageNamesExist(t *testing.T) {
	t.Parallel()
	m := reviews.New()
	known, subject := map[string]bool{}, map[string]fact.SubjectKind{}
	for _, d := range m.Manifest().Facts {
		known[d.Name], subject[d.Name] = true, d.Subject
		if d.Title == "" || strings.Contains(d.Title, "(") {
			t.Errorf("%s has the title %q", d.Name, d.Title)
		}
		for _, part := range d.Parts {
			known[part] = known[part] || part == "sales.units"
		}
	}
	for _, x := range m.Measures() {
		known[x.Name] = true
		for _, kind := range x.Kinds {
			if x.Series[kind] == "" {
				t.Errorf("%s has no series of a %s", x.Name, kind)
			}
		}
	}
	for _, d := range m.Manifest().Facts {
		for _, part := range d.Parts {
			if !known[part] {
				t.Errorf("%s is made of %s, which does not exist", d.Name, part)
			}
		}
	}
	p := m.Page()
	tables := map[string]page.Table{}
	for _, table := range p.Tables {
		tables[table.Name] = table
		columns := slices.Clone(table.Columns)
		for _, preset := range table.Presets {
			columns = append(append(columns, preset.Columns...), preset.Sort)
			for _, f := range preset.Filters {
				columns = append(columns, f.Column)
			}
		}
		for _, c := range columns {
			name, _, _ := strings.Cut(c, "~")
			if !table.List && (!known[name] || subject[name] == fact.Marketplace) {
				t.Errorf("table %s has the column %s, which no SKU has", table.Name, c)
			}
		}
	}
	for _, tile := range p.Tiles {
		if !known[tile.Name] || subject[tile.Name] == fact.SKU {
			t.Errorf("tile %s is neither a measure nor a fact of marketplaces", tile.Name)
		}
		table, ok := tables[tile.Table]
		if tile.Table != "" && (!ok || tile.Preset != "" && !slices.ContainsFunc(table.Presets, func(p page.Preset) bool { return p.Name == tile.Preset })) {
			t.Errorf("tile %s leads to %s %s, which does not exist", tile.Name, tile.Table, tile.Preset)
		}
	}
	m2, _ := start(t)
	for _, c := range p.Charts {
		if len(c.Measures) > 0 {
			continue
		}
		d, err := m2.Chart(t.Context(), page.ChartQuery{Name: c.Name, Period: core.LastDays(asOf()-1, 28), AsOf: asOf(), Marketplaces: []string{"US"}})
		if err != nil || d.Note == "" || d.Title == "" {
			t.Errorf("chart %s without data: %+v %v", c.Name, d, err)
		}
	}
	if _, err := m2.Chart(t.Context(), page.ChartQuery{Name: "nothing"}); !isCode(err, core.CodeNotFound) {
		t.Error(err)
	}
}

// complaints has returns of A that rise in the last two weeks, of B that do not, one of no marketplace, and feedback.
func complaints(t *testing.T) (*reviews.Module, *moduletest.Host) {
	t.Helper()
	m, h := start(t)
	h.Items = []module.Item{{Marketplace: "US", SKU: "A"}, {Marketplace: "US", SKU: "B"}, {Marketplace: "DE", SKU: "C"}}
	h.OrdersOf = map[string][]module.OrderItem{"us": {{Marketplace: "US", SKU: "A"}}}
	h.DailyFn = func(series, subject string, p core.Period, day core.Day) []fact.Series {
		if series == "sales.market_units" {
			return unitsADay(20, "US", "DE")(series, subject, p, day)
		}
		return unitsADay(10, "US/A", "US/B", "DE/C")(series, subject, p, day)
	}
	var rows []source.Return
	add := func(d core.Day, sku, reason string) {
		r := returned(d, fmt.Sprint("r", len(rows)), sku, fmt.Sprint("L", len(rows)), reason)
		r.Row = int32(len(rows) + 2)
		rows = append(rows, r)
	}
	for i := range 220 {
		d := asOf() - 1 - core.Day(i)
		add(d, "B", "UNWANTED_ITEM")
		if i%10 == 0 {
			add(d, "A", "UNWANTED_ITEM")
		}
		if i < 14 {
			for range 4 {
				add(d, "A", "DEFECTIVE")
			}
		}
	}
	add(asOf()-2, "unknown", "SWITCHEROO")
	fb := []source.Feedback{feedback(asOf()-3, "us", 1, "Leaks"), feedback(asOf()-9, "o2", 5, "Fine"), feedback(asOf()-40, "o3", 2, "Slow")}
	for i := range fb {
		fb[i].Row = int32(i + 2)
	}
	h.Apply(t, m, batch(1, source.Returns, asOf(), core.Period{}, rows...), batch(2, source.SellerFeedback, asOf(), core.Period{}, fb...))
	return m, h
}

func draw(t *testing.T, m *reviews.Module, q page.ChartQuery) page.Data {
	t.Helper()
	q.Period, q.AsOf = core.LastDays(asOf()-1, 28), asOf()
	if q.Marketplaces == nil {
		q.Marketplaces = []string{"US"}
	}
	d, err := m.Chart(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestControlChart(t *testing.T) {
	t.Parallel()
	m, _ := complaints(t)
	d := draw(t, m, page.ChartQuery{Name: "returns"})
	if len(d.Days) != 26 || len(d.Lines) != 3 || len(d.Lines[0].Values) != 26 || d.From != int(asOf()-28) || d.Unit != "%" {
		t.Fatalf("%+v", d)
	}
	// The last two weeks: 7 of B, 28 defective ones of A, and one of A in each; of 140 units.
	if got := *d.Lines[0].Values[25]; math.Abs(got-100*36.0/140) > 1e-9 {
		t.Errorf("rate of the last week %v", got)
	}
	if want := "The return rate was above its control limit in the weeks to 17 Nov and 24 Nov"; d.Title != want {
		t.Errorf("title %q, want %q", d.Title, want)
	}
	centre := *d.Lines[2].Values[0] / 100
	if got, want := *d.Lines[1].Values[0]/100, centre+3*math.Sqrt(centre*(1-centre)/140); math.Abs(got-want) > 1e-12 {
		t.Errorf("limit %v, want %v", got, want)
	}
	d = draw(t, m, page.ChartQuery{Name: "returns", Subject: "US/B"})
	if !strings.HasPrefix(d.Title, "No week's return rate is above") || math.Abs(*d.Lines[0].Values[3]-10) > 1e-9 {
		t.Errorf("B: %q %v", d.Title, *d.Lines[0].Values[3])
	}
	d = draw(t, m, page.ChartQuery{Name: "returns", Subjects: []string{"US/A"}})
	if got := *d.Lines[0].Values[25]; math.Abs(got-100*29.0/70) > 1e-9 {
		t.Errorf("A alone: %v", got)
	}
}

// TestControlOf: samples worked by hand, one of them without cases.
func TestControlOf(t *testing.T) {
	t.Parallel()
	c := reviews.ControlOf([]float64{5, 5, 30, 0}, []float64{100, 100, 100, 0})
	if math.Abs(c.Centre-40.0/300) > 1e-12 || math.Abs(c.Limits[0]-0.2353137) > 1e-6 || !math.IsNaN(c.Limits[3]) || cmp.Diff([]int{2}, c.Above) != "" {
		t.Errorf("%+v", c)
	}
	if c := reviews.ControlOf(nil, nil); c.Centre != 0 || c.Above != nil {
		t.Errorf("%+v", c)
	}
}

func TestReasonsAndRisen(t *testing.T) {
	t.Parallel()
	m, _ := complaints(t)
	d := draw(t, m, page.ChartQuery{Name: "reasons"})
	if want := "“Defective” is the most frequent reason: 56 of 87 returned units"; d.Title != want || len(d.Bars) != 2 || d.Bars[1].Label != "Unwanted item" || d.Bars[1].Value != 31 {
		t.Errorf("%q, want %q; %+v", d.Title, want, d.Bars)
	}
	if d = draw(t, m, page.ChartQuery{Name: "reasons", Subject: "US/B"}); len(d.Bars) != 1 || d.Bars[0].Value != 28 {
		t.Errorf("B: %+v", d.Bars)
	}
	d = draw(t, m, page.ChartQuery{Name: "skus"})
	if d.Title != "Returns of 1 SKU are above its own baseline" || len(d.Bars) != 1 || d.Bars[0].Subject != "US/A" || math.Abs(d.Bars[0].Value-100*59.0/280) > 1e-9 {
		t.Errorf("%q %+v", d.Title, d.Bars)
	}
	if d = draw(t, m, page.ChartQuery{Name: "skus", Subjects: []string{"US/B"}}); d.Title != "No SKU is above its own baseline" || d.Note != "" {
		t.Errorf("%q %q", d.Title, d.Note)
	}
	if d = draw(t, m, page.ChartQuery{Name: "reasons", Subjects: []string{}}); d.Title != "No units were returned in these days" && d.Title != "Returns of these days are not known" {
		t.Errorf("%q", d.Title)
	}
}

func TestLists(t *testing.T) {
	t.Parallel()
	m, _ := complaints(t)
	list := func(q fact.RowsQuery) (fact.Rows, string) {
		t.Helper()
		q.AsOf = asOf()
		if q.Period.To == 0 {
			q.Period = core.LastDays(asOf()-1, 60)
		}
		r, err := m.List(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, row := range r.Rows {
			if len(row.Cells) != len(r.Columns) || row.Document == 0 || row.Line == 0 {
				t.Errorf("row %+v", row)
			}
			out = append(out, figure(r, row, "order_id").Text)
		}
		return r, strings.Join(out, " ")
	}
	for name, c := range map[string]struct {
		q    fact.RowsQuery
		want string
	}{
		"newest first": {fact.RowsQuery{Name: "reviews.feedback"}, "us o2 o3"},
		"by rating":    {fact.RowsQuery{Name: "reviews.feedback", Sort: "rating"}, "us o3 o2"},
		"worst last":   {fact.RowsQuery{Name: "reviews.feedback", Sort: "rating", Desc: true}, "o2 o3 us"},
		"filtered":     {fact.RowsQuery{Name: "reviews.feedback", Filter: " LEAK "}, "us"},
		"of a SKU":     {fact.RowsQuery{Name: "reviews.feedback", Subject: "US/A"}, "us"},
		"a period":     {fact.RowsQuery{Name: "reviews.feedback", Period: core.LastDays(asOf()-5, 10)}, "o2"},
		"elsewhere":    {fact.RowsQuery{Name: "reviews.feedback", Marketplaces: []string{"DE"}}, ""},
		"a window":     {fact.RowsQuery{Name: "reviews.feedback", Offset: 1, Limit: 1}, "o2"},
	} {
		if _, got := list(c.q); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	r, _ := list(fact.RowsQuery{Name: "reviews.returns", Filter: "switcheroo"})
	if r.Total != 1 || r.Rows[0].Subject != "" || figure(r, r.Rows[0], "sku").Text != "unknown" {
		t.Errorf("%+v", r)
	}
	if r, _ = list(fact.RowsQuery{Name: "reviews.returns", Subject: "US/A", Limit: 5}); r.Total != 62 || len(r.Rows) != 5 || r.Rows[0].Subject != "US/A" {
		t.Errorf("%d of %d, %+v", len(r.Rows), r.Total, r.Rows)
	}
	page := m.Page()
	for _, table := range page.Tables {
		if !table.List {
			continue
		}
		r, _ := list(fact.RowsQuery{Name: table.Name})
		for _, c := range append(slices.Clone(table.Columns), table.Sort) {
			if !slices.ContainsFunc(r.Columns, func(x fact.RowColumn) bool { return x.Name == c && x.Sortable && x.Title != "" }) {
				t.Errorf("list %s has no column %s", table.Name, c)
			}
		}
	}
	if _, err := m.List(t.Context(), fact.RowsQuery{Name: "reviews.feedback", Sort: "x; drop"}); !isCode(err, core.CodeInvalid) {
		t.Error(err)
	}
	if _, err := m.List(t.Context(), fact.RowsQuery{Name: "reviews.nothing"}); !isCode(err, core.CodeNotFound) {
		t.Error(err)
	}
}
