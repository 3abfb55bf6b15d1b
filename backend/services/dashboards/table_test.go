package dashboards_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/page"
	"purser/backend/services/dashboards"
)

// fiveSKUs have a number, text and flag each; of the last nothing is known.
func fiveSKUs(d *desk) {
	d.skus("DE/A", "DE/B", "DE/C", "US/D", "US/E")
	for id, v := range map[string]struct {
		hand  float64
		state string
		low   bool
	}{"DE/A": {30, "Bad", true}, "DE/B": {9.0, "good", false}, "DE/C": {30, "good", true}, "US/D": {-1, "", false}} {
		d.give("inventory.on_hand", id, num(v.hand))
		d.give("inventory.state", id, text(v.state))
		d.give("inventory.low", id, flag(v.low))
		d.give("inventory.cover_days", id, num(v.hand/4))
		d.give("inventory.stock_value", id, money(int64(v.hand)*150, "EUR"))
	}
	d.give("inventory.on_hand", "US/E", absent("needs a stock report"))
}

func TestSorting(t *testing.T) {
	t.Parallel()
	d := newDesk(t, fiveSKUs)
	for _, c := range []struct {
		sort string
		desc bool
		rows []string
		said string
	}{
		{"inventory.on_hand", false, []string{"US/D", "DE/B", "DE/A", "DE/C", "US/E"}, "inventory.on_hand"},
		{"inventory.on_hand", true, []string{"DE/A", "DE/C", "DE/B", "US/D", "US/E"}, "inventory.on_hand"},
		{"inventory.state", false, []string{"US/D", "DE/A", "DE/B", "DE/C", "US/E"}, "inventory.state"},
		{"inventory.state", true, []string{"DE/B", "DE/C", "DE/A", "US/D", "US/E"}, "inventory.state"},
		{"inventory.low", true, []string{"DE/A", "DE/C", "DE/B", "US/D", "US/E"}, "inventory.low"},
		{"subject", false, []string{"DE/A", "DE/B", "DE/C", "US/D", "US/E"}, "subject"},
		{"subject", true, []string{"US/E", "US/D", "DE/C", "DE/B", "DE/A"}, "subject"},
		{"inventory.nothing", false, []string{"DE/A", "DE/B", "DE/C", "US/D", "US/E"}, "subject"},
		{"", false, []string{"DE/A", "DE/B", "DE/C", "US/D", "US/E"}, "sales.sales"}, // the table's own; nothing was sold
	} {
		out := d.table(t, func(in *dashboards.TableInput) { in.Sort, in.Desc = c.sort, c.desc })
		equal(t, fmt.Sprintf("by %q, descending %v", c.sort, c.desc), labels(out), c.rows)
		if out.Sort != c.said {
			t.Errorf("by %q: it says that it is sorted by %q", c.sort, out.Sort)
		}
	}
}

func TestFilters(t *testing.T) {
	t.Parallel()
	d := newDesk(t, fiveSKUs)
	for _, c := range []struct {
		column string
		op     page.Op
		value  string
		rows   []string
	}{
		{"inventory.on_hand", page.Is, "30", []string{"DE/A", "DE/C"}},
		{"inventory.on_hand", page.IsNot, "30", []string{"DE/B", "US/D"}},
		{"inventory.on_hand", page.Less, "9", []string{"US/D"}},
		{"inventory.on_hand", page.AtMost, "9", []string{"DE/B", "US/D"}},
		{"inventory.on_hand", page.More, "9", []string{"DE/A", "DE/C"}},
		{"inventory.on_hand", page.AtLeast, "9.0", []string{"DE/A", "DE/B", "DE/C"}},
		{"inventory.on_hand", page.AtLeast, "-1", []string{"DE/A", "DE/B", "DE/C", "US/D"}},
		{"inventory.on_hand", page.Known, "", []string{"DE/A", "DE/B", "DE/C", "US/D"}},
		{"inventory.on_hand", page.Unknown, "", []string{"US/E"}},
		{"inventory.stock_value", page.AtLeast, "45", []string{"DE/A", "DE/C"}}, // money in major units
		{"inventory.stock_value", page.Less, "13.51", []string{"DE/B", "US/D"}},
		{"inventory.cover_days", page.Is, "2.25", []string{"DE/B"}},
		{"inventory.low", page.Is, "true", []string{"DE/A", "DE/C"}},
		{"inventory.low", page.Is, "false", []string{"DE/B", "US/D"}},
		{"inventory.low", page.IsNot, "true", []string{"DE/B", "US/D"}},
		{"inventory.low", page.Unknown, "", []string{"US/E"}},
		{"inventory.state", page.Is, "GOOD", []string{"DE/B", "DE/C"}},
		{"inventory.state", page.IsNot, "good", []string{"DE/A", "US/D"}},
		{"inventory.state", page.Has, "oo", []string{"DE/B", "DE/C"}},
		{"inventory.state", page.Less, "c", []string{"DE/A", "US/D"}},
		{"inventory.state", page.More, "c", []string{"DE/B", "DE/C"}},
		{"inventory.state", page.Known, "", []string{"DE/A", "DE/B", "DE/C", "US/D"}},
		{"inventory.state", page.Unknown, "", []string{"US/E"}},
		{"sales.units", page.Is, "0", []string{"DE/A", "DE/B", "DE/C", "US/D", "US/E"}},
		{"sales.units~change", page.Unknown, "", []string{"DE/A", "DE/B", "DE/C", "US/D", "US/E"}},
	} {
		out := d.table(t, func(in *dashboards.TableInput) {
			in.Filters = []page.Filter{{Column: c.column, Op: c.op, Value: c.value}}
		})
		equal(t, fmt.Sprintf("%s %s %s", c.column, c.op, c.value), labels(out), c.rows)
		if out.Found != len(c.rows) || out.Total != len(c.rows) {
			t.Errorf("%s %s: %d found, %d in all", c.column, c.op, out.Found, out.Total)
		}
	}
	both := d.table(t, func(in *dashboards.TableInput) {
		in.Filters = []page.Filter{{Column: "inventory.low", Op: page.Is, Value: "true"}, {Column: "inventory.state", Op: page.Is, Value: "bad"}}
	})
	equal(t, "two filters", labels(both), []string{"DE/A"})
}

func TestFiltersThatMakeNoSense(t *testing.T) {
	t.Parallel()
	d := newDesk(t, fiveSKUs)
	for _, f := range []page.Filter{
		{Column: "inventory.nothing", Op: page.Known},
		{Column: "", Op: page.Known},
		{Column: "advertising.orders", Op: page.Known}, // not of SKUs
		{Column: "inventory.total", Op: page.Known},    // of marketplaces
		{Column: "inventory.on_hand", Op: "like", Value: "3"},
		{Column: "inventory.on_hand", Op: page.Has, Value: "3"},
		{Column: "inventory.on_hand", Op: "", Value: "3"},
		{Column: "inventory.state", Op: page.AtLeast, Value: "a"},
		{Column: "inventory.state", Op: "", Value: "a"},
		{Column: "inventory.on_hand", Op: page.Is, Value: ""},
		{Column: "inventory.on_hand", Op: page.Is, Value: "many"},
		{Column: "inventory.on_hand", Op: page.Is, Value: "1,5"},
		{Column: "inventory.on_hand", Op: page.Less, Value: "NaN"},
		{Column: "inventory.on_hand", Op: page.Less, Value: "Inf"},
		{Column: "inventory.on_hand", Op: page.Is, Value: "true"},
		{Column: "inventory.low", Op: page.Is, Value: "perhaps"},
		{Column: "inventory.low", Op: page.Is, Value: "1"},
	} {
		out, err := d.Table(t.Context(), tableInput(func(in *dashboards.TableInput) { in.Filters = []page.Filter{f} }))
		invalid(t, fmt.Sprintf("%+v", f), err)
		var e *core.Error
		if errors.As(err, &e) && e.Hint == "" {
			t.Errorf("%+v: no hint what to do", f)
		}
		if out.Rows == nil || out.Columns == nil || out.Totals == nil {
			t.Errorf("%+v: a list is null", f)
		}
	}
}

func TestPresetsAndColumns(t *testing.T) {
	t.Parallel()
	d := newDesk(t, fiveSKUs)
	out := d.table(t, func(in *dashboards.TableInput) { in.Preset, in.Sort = "low", "" })
	equal(t, "rows of the preset", labels(out), []string{"US/D", "DE/B"})
	if len(out.Columns) != 1 || out.Columns[0].Name != "inventory.on_hand" || out.Columns[0].Unit != "units" || out.Columns[0].Part != "Inventory" {
		t.Errorf("its columns: %+v", out.Columns)
	}
	out = d.table(t, func(in *dashboards.TableInput) {
		in.Preset, in.Columns = "low", []string{"sales.units", "inventory.total", "nothing", "sales.units", "inventory.low"}
	})
	if len(out.Columns) != 2 || out.Columns[0].Name != "sales.units" || out.Columns[1].Name != "inventory.low" {
		t.Errorf("columns that are not of SKUs are left out: %+v", out.Columns)
	}
	for what, change := range map[string]func(*dashboards.TableInput){
		"an unknown preset": func(in *dashboards.TableInput) { in.Preset = "nothing" },
		"an unknown table":  func(in *dashboards.TableInput) { in.Table = "nothing" },
		"an unknown page":   func(in *dashboards.TableInput) { in.Page = "nothing" },
	} {
		_, err := d.Table(t.Context(), tableInput(change))
		refused(t, what, core.CodeNotFound, err, "nothing")
	}
	cols, err := d.Columns(t.Context(), dashboards.ColumnsInput{Page: "inventory", Table: "skus"})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range cols.Columns {
		names = append(names, c.Name)
		if c.Title == "" || c.Sources == nil || c.Sortable != (c.Type != "line") {
			t.Errorf("%+v", c)
		}
	}
	for _, want := range []string{"sales.sales", "sales.sales~change", "sales.profit~before", "sales.margin~spark", "inventory.state", "advertising.spend"} {
		if !slices.Contains(names, want) {
			t.Errorf("there is no column %s", want)
		}
	}
	for _, no := range []string{"advertising.orders", "inventory.total", "inventory.on_hand~change"} {
		if slices.Contains(names, no) {
			t.Errorf("there is a column %s", no)
		}
	}
}

func TestTypesOfColumns(t *testing.T) {
	t.Parallel()
	d := newDesk(t, fiveSKUs)
	out := d.table(t, func(in *dashboards.TableInput) {
		in.Columns = []string{"sales.sales", "sales.sales~change", "sales.margin~change", "sales.unit_session_pct~change", "sales.sales~before", "sales.sales~spark", "inventory.low"}
	})
	for i, want := range []string{"money", "ratio", "percent", "percent", "money", "line", "flag"} {
		if out.Columns[i].Type != want {
			t.Errorf("%s is of the type %s, want %s", out.Columns[i].Name, out.Columns[i].Type, want)
		}
	}
	if title := out.Columns[1].Title + "|" + out.Columns[4].Title + "|" + out.Columns[5].Title; title != "Sales, change|Sales, before|Sales by day" {
		t.Errorf("titles %s", title)
	}
}

func TestWindows(t *testing.T) {
	t.Parallel()
	var ids []string
	for i := range 700 {
		ids = append(ids, fmt.Sprintf("US/%04d", i))
	}
	d := newDesk(t, func(d *desk) { d.skus(ids...) })
	var all []string
	for _, n := range measures() {
		all = append(all, n.Name, n.Name+"~change", n.Name+"~before", n.Name+"~spark")
	}
	for _, columns := range [][]string{{"sales.units"}, all[:6], all[:7], all[:12], all} {
		var got []string
		for offset := 0; offset < len(ids); {
			out := d.table(t, func(in *dashboards.TableInput) { in.Columns, in.Offset, in.Limit = columns, offset, 100_000 })
			cells := 0
			for _, r := range out.Rows {
				cells += len(r.Cells)
			}
			if len(out.Rows) == 0 || len(out.Rows) > 200 || cells > 1200 || out.Total != len(ids) {
				t.Fatalf("%d columns: %d rows with %d cells of %d", len(columns), len(out.Rows), cells, out.Total)
			}
			got = append(got, labels(out)...)
			offset += len(out.Rows)
		}
		equal(t, fmt.Sprintf("all windows of %d columns", len(columns)), got, ids)
	}
	for _, c := range []struct {
		offset, limit int
		rows          []string
	}{{0, 0, ids[:1]}, {0, -5, ids[:1]}, {-3, 2, ids[:2]}, {699, 5, ids[699:]}, {700, 5, nil}, {9999, 5, nil}} {
		out := d.table(t, func(in *dashboards.TableInput) {
			in.Offset, in.Limit, in.Columns = c.offset, c.limit, []string{"sales.units"}
		})
		equal(t, fmt.Sprintf("%d from %d", c.limit, c.offset), labels(out), c.rows)
	}
}

func TestSparkLines(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(d *desk) {
		d.skus("DE/A", "US/A")
		for n := core.Day(1); n <= 28; n++ {
			d.at("sales.units", "US/A", today-n, int64(n))
		}
		d.m.known["DE"] = core.Period{}
	})
	for preset, want := range map[string][]float64{
		"7d":        {7, 6, 5, 4, 3, 2, 1},
		"28d":       {106, 90, 74, 58, 42, 26, 10},
		"yesterday": {}, // one day is no line
	} {
		out := d.table(t, func(in *dashboards.TableInput) {
			in.View.Range.Preset, in.Columns = preset, []string{"sales.units~spark", "sales.units"}
		})
		line := out.Rows[1].Cells[0].Line
		if line == nil || len(line) != len(want) {
			t.Errorf("%s: %d points, want %d", preset, len(line), len(want))
			continue
		}
		for i, n := range line {
			if n == nil || *n != want[i] {
				t.Errorf("%s, point %d: %v, want %v", preset, i, n, want[i])
			}
		}
		for _, n := range out.Rows[0].Cells[0].Line {
			if n != nil {
				t.Errorf("%s: a marketplace without reports has a point %v", preset, *n)
			}
		}
		if out.Rows[1].Cells[1].Line != nil {
			t.Error("a number has a line")
		}
	}
}

func TestTextFilter(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(d *desk) {
		d.skus("DE/FLASK-1", "US/FLASK-2", "US/POT")
		d.a.titles["US/POT"] = "Pot beside a flask"
	})
	for query, want := range map[string][]string{
		"":         {"DE/FLASK-1", "US/FLASK-2", "US/POT"},
		" FLASK ":  {"DE/FLASK-1", "US/FLASK-2", "US/POT"},
		"flask-2":  {"US/FLASK-2"},
		"beside a": {"US/POT"},
		"us/":      {"US/FLASK-2", "US/POT"},
		"nothing":  nil,
	} {
		out := d.table(t, func(in *dashboards.TableInput) { in.Query = query })
		equal(t, query, labels(out), want)
	}
	one := d.table(t, func(in *dashboards.TableInput) { in.Subject = "US/POT" })
	equal(t, "one subject", labels(one), []string{"US/POT"})
	if r := one.Rows[0]; r.Label != "POT" || r.Detail != "US · Pot beside a flask" || r.Tags == nil {
		t.Errorf("%+v", r)
	}
}

// Campaigns that did nothing in the range are not worth a row.
func TestCampaignsOfTheRange(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(d *desk) {
		d.on("advertising.spend", "US/Campaign one", 5_00)
		d.at("advertising.spend", "US/Campaign two", today-10, 7_00)
	})
	in := dashboards.TableInput{Page: "advertising", Table: "campaigns", View: yesterday(), Limit: 10}
	out, err := d.Table(t.Context(), in)
	if err != nil || len(out.Rows) != 1 || out.Rows[0].Label != "Campaign one" || out.Rows[0].Cells[0].Text != "$5.00" {
		t.Errorf("yesterday: %+v, %v", out.Rows, err)
	}
	in.View.Range.Preset = "28d"
	if out, err = d.Table(t.Context(), in); err != nil || len(out.Rows) != 2 || out.Rows[0].Subject != "US/Campaign two" {
		t.Errorf("four weeks: %+v, %v", out.Rows, err)
	}
	d.m.down["advertising"] = "Advertising is not running: planted"
	d.m.version++
	_, err = d.Table(t.Context(), in)
	refused(t, "the module is down", core.CodeUnavailable, err, "planted")
}

// What was worked out is dropped when data changes, and only then.
func TestChangedDataIsSeen(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(d *desk) { d.skus("US/A") })
	equal(t, "before", labels(d.table(t, nil)), []string{"US/A"})
	d.skus("US/A", "US/B")
	d.m.version++
	equal(t, "after", labels(d.table(t, nil)), []string{"US/A", "US/B"})
}

func TestNotesOfCellsAreShort(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(d *desk) {
		d.skus("US/A")
		d.give("inventory.on_hand", "US/A", fact.Value{Num: 1, Maturity: fact.Estimated, Note: strings.Repeat("ä", 300), Source: "stock"})
		d.give("inventory.cover_days", "US/A", fact.Value{Num: 1, Maturity: fact.Settling, Note: "may change"})
	})
	cells := d.table(t, func(in *dashboards.TableInput) { in.Columns = []string{"inventory.on_hand", "inventory.cover_days"} }).Rows[0].Cells
	if n := []rune(cells[0].Note); len(n) != 91 || n[90] != '…' || cells[0].Source != "" || cells[1].Note != "" || cells[1].Maturity != "settling" {
		t.Errorf("%+v", cells)
	}
	def := d.define(t, "inventory.on_hand", "US/A").Values[0]
	if len([]rune(def.Note)) != 300 || def.Source != "Report of stock" {
		t.Errorf("the definition has the whole of it: %+v", def)
	}
}

// Modules may keep the ids of their subjects and answer with the first of them.
func TestFramesMayShareTheirSubjects(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(d *desk) {
		d.m.shared = []string{"US/A", "US/B", "US/C"}
		d.skus(d.m.shared...)
		for i, id := range d.m.shared {
			for n := range core.Day(i + 1) {
				d.at("sales.units", id, today-1-n, int64(10*(i+1)))
			}
		}
		d.at("sales.units", "US/A", today-2, 7)
	})
	out := d.table(t, func(in *dashboards.TableInput) {
		in.View.Range = dashboards.RangeInput{Preset: "yesterday", Compare: "previous"}
		in.Columns = []string{"sales.units", "sales.units~before"}
	})
	for i, want := range [][]string{{"10", "7"}, {"20", "20"}, {"30", "30"}} {
		equal(t, out.Rows[i].Subject, texts(out.Rows[i].Cells), want)
	}
	d.m.events = slices.DeleteFunc(d.m.events, func(e happened) bool { return e.subject != "US/A" && e.day == today-2 })
	d.m.version++
	out = d.table(t, func(in *dashboards.TableInput) {
		in.View.Range = dashboards.RangeInput{Preset: "yesterday", Compare: "previous"}
		in.Columns = []string{"sales.units", "sales.units~before"}
	})
	for i, want := range [][]string{{"10", "7"}, {"20", "0"}, {"30", "0"}} {
		equal(t, out.Rows[i].Subject, texts(out.Rows[i].Cells), want)
	}
}
