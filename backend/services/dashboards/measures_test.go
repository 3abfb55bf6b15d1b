package dashboards_test

import (
	"strings"
	"testing"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/services/dashboards"
)

// define asks what a number of yesterday is.
func (d *desk) define(t *testing.T, name, subject string, codes ...string) dashboards.DefinitionOutput {
	t.Helper()
	out, err := d.Define(t.Context(), dashboards.ReferenceInput{Name: name, Subject: subject, View: yesterday(codes...)})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestQuotients(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(d *desk) {
		d.a.markets = []string{"US", "JP"}
		d.skus("US/A", "US/B", "US/C", "JP/A")
		for _, e := range []struct {
			id                     string
			sales, units, sessions int64
		}{{"US/A", 100_00, 3, 9}, {"US/B", 1_00, 2, 0}, {"US/C", 0, 0, 7}, {"JP/A", 1000, 3, 12}} {
			d.on("sales.sales", e.id, e.sales)
			d.on("sales.units", e.id, e.units)
			d.on("sales.sessions", e.id, e.sessions)
		}
	})
	out := d.table(t, func(in *dashboards.TableInput) {
		in.Columns = []string{"sales.average_price", "sales.unit_session_pct"}
	})
	for i, want := range [][]string{{"¥333", "25.0 %"}, {"$33.33", "33.3 %"}, {"$0.50", "?"}, {"?", "0.0 %"}} {
		equal(t, out.Rows[i].Subject, texts(out.Rows[i].Cells), want)
	}
	for _, v := range []dashboards.ValueOutput{out.Rows[2].Cells[1], out.Rows[3].Cells[0]} {
		if v.Num != nil || v.Maturity != string(fact.Missing) || v.Note != "nothing to divide by" {
			t.Errorf("a division by nothing: %+v", v)
		}
	}
	// The price of all is sales ÷ units, not the mean of prices; of two currencies there are two.
	equal(t, "totals", texts(out.Totals), []string{"¥333 · $20.20", "28.6 %"})
	if out.Totals[0].Num != nil || out.Totals[0].Currency != "" {
		t.Errorf("a total of two currencies is one number: %+v", out.Totals[0])
	}
}

func TestRoundingOfMoneyQuotients(t *testing.T) {
	t.Parallel()
	for sales, want := range map[int64]string{5: "$0.03", -5: "−$0.03", 4: "$0.02", 1: "$0.01", -1: "−$0.01"} {
		d := newDesk(t, func(d *desk) {
			d.skus("US/A")
			d.on("sales.sales", "US/A", sales)
			d.on("sales.units", "US/A", 2)
		})
		if got := d.define(t, "sales.average_price", "US/A").Values[0].Text; got != want {
			t.Errorf("%d ÷ 2: got %s, want %s", sales, got, want)
		}
	}
}

func TestOptionalTerm(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(d *desk) {
		d.skus("US/A")
		d.on("sales.sales", "US/A", 100_00)
		d.on("sales.cogs", "US/A", 30_00)
		d.on("advertising.spend", "US/A", 20_00)
	})
	if got := d.define(t, "sales.profit", "US/A").Values[0]; got.Text != "$50.00" || got.Maturity != string(fact.Fresh) || got.Note != "" {
		t.Errorf("with ads: %+v", got)
	}
	d.m.known["advertising.spend US"] = core.Period{}
	got := d.define(t, "sales.profit", "US/A").Values[0]
	if got.Text != "$70.00" || got.Maturity != string(fact.Estimated) || got.Note != "without ad spend: no report covers these days" {
		t.Errorf("before ads: %+v", got)
	}
	d.m.down["advertising"] = "Advertising is not running: planted"
	if got := d.define(t, "sales.profit", "US/A").Values[0]; got.Text != "$70.00" || !strings.Contains(got.Note, "planted") {
		t.Errorf("with the module down: %+v", got)
	}
	if got := d.define(t, "sales.tacos", "US/A").Values[0]; got.Text != "?" || !strings.Contains(got.Note, "planted") {
		t.Errorf("what needs the module: %+v", got)
	}
	if got := d.define(t, "sales.sales", "US/A").Values[0]; got.Text != "$100.00" {
		t.Errorf("what does not: %+v", got)
	}
}

func TestNothingHappenedIsZeroOnlyWhereItIsKnown(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(d *desk) {
		d.a.markets = []string{"US", "DE", "FR"}
		d.skus("US/A", "DE/A", "FR/A", "FR/B")
		d.m.known["DE"] = core.Period{}
		d.on("sales.sales", "FR/A", 10_00)
		d.on("sales.cogs", "FR/B", 4_00)
		d.m.missing["sales.cogs FR/A"] = "no cost given"
	})
	out := d.table(t, func(in *dashboards.TableInput) {
		in.Columns = []string{"sales.sales", "sales.cogs", "sales.profit", "inventory.on_hand"}
	})
	for i, want := range [][]string{{"?", "?", "?", "1"}, {"€10.00", "?", "?", "2"}, {"€0.00", "€4.00", "−€4.00", "3"}, {"$0.00", "$0.00", "$0.00", "0"}} {
		equal(t, out.Rows[i].Subject, texts(out.Rows[i].Cells), want)
	}
	if note := out.Rows[0].Cells[0].Note; note != "no report covers these days" {
		t.Errorf("an uncovered marketplace says %q", note)
	}
	if note := out.Rows[1].Cells[2].Note; note != "Cost of goods not known; no cost given" {
		t.Errorf("a missing cost says %q", note)
	}
	for i, v := range out.Rows[0].Cells[:3] {
		if v.Num != nil || v.Maturity != string(fact.Missing) {
			t.Errorf("what is not known has a number, column %d: %+v", i, v)
		}
	}
	for i, words := range []string{"a part is not known", "no cost given for 1", "DE is left out"} {
		if v := out.Totals[i]; v.Maturity != string(fact.Estimated) || !strings.Contains(v.Note, words) {
			t.Errorf("total %d does not say %q: %+v", i, words, v)
		}
	}
}

// Of a scope in which no cost is known, the cost is not nothing.
func TestTotalOfWhatIsMissingEverywhere(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(d *desk) {
		d.skus("US/A", "US/B")
		d.on("sales.sales", "US/A", 10_00)
		d.on("sales.sales", "US", 10_00)
		d.m.missing["sales.cogs US/A"] = "no cost given"
		d.m.missing["sales.cogs US"] = "no cost given"
		d.a.marks["US/A"] = dashboards.Marks{Tags: []string{"one"}}
	})
	view := yesterday("US")
	for _, tag := range []string{"", "one"} {
		view.Scope.Tag = tag
		for _, name := range []string{"sales.cogs", "sales.profit", "sales.margin"} {
			out, err := d.Define(t.Context(), dashboards.ReferenceInput{Name: name, View: view})
			if err != nil || len(out.Values) != 1 || out.Values[0].Text != "?" || !strings.Contains(out.Values[0].Note, "no cost given") {
				t.Errorf("tag %q, %s: %+v, %v", tag, name, out.Values, err)
			}
		}
	}
}

// Sales of two marketplaces less the cost of one are nobody's profit.
func TestTotalsOfSumsAndQuotientsAreOfWholeMarketplaces(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(d *desk) {
		d.a.markets = []string{"DE", "FR"}
		for _, code := range []string{"DE", "FR"} {
			d.skus(code + "/A")
			d.on("sales.sales", code, 100_00)
			d.on("advertising.spend", code, 10_00)
		}
		d.on("sales.cogs", "DE", 60_00)
		d.m.known["sales.cogs FR"] = core.Period{}
	})
	got := d.define(t, "sales.profit", "").Values
	if len(got) != 1 || got[0].Text != "€30.00" || got[0].Maturity != string(fact.Estimated) || got[0].Note != "FR is left out: no report covers these days" {
		t.Errorf("profit: %+v", got)
	}
	if got := d.define(t, "sales.margin", "").Values; len(got) != 1 || got[0].Text != "30.0 %" {
		t.Errorf("margin: %+v", got)
	}
	d.m.known["advertising.spend FR"] = core.Period{}
	d.on("sales.cogs", "FR", 0)
	delete(d.m.known, "sales.cogs FR")
	if got := d.define(t, "sales.tacos", "").Values; len(got) != 1 || got[0].Text != "10.0 %" || !strings.Contains(got[0].Note, "FR is left out") {
		t.Errorf("a rate of all sales with the ads of one: %+v", got)
	}
	if got := d.define(t, "sales.tacos", "", "FR").Values; got[0].Text != "?" {
		t.Errorf("of the one that is not known: %+v", got)
	}
}

func TestModuleThatIsDown(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(d *desk) {
		d.skus("US/A")
		d.on("sales.sales", "US/A", 1_00)
		d.m.down["sales"] = "Sales is not running: planted"
	})
	out := d.table(t, func(in *dashboards.TableInput) {
		in.Columns = []string{"sales.sales", "sales.price", "inventory.on_hand", "sales.sales" + "~change"}
	})
	equal(t, "row", texts(out.Rows[0].Cells), []string{"?", "?", "0", "?"})
	for _, i := range []int{0, 1} {
		if note := out.Rows[0].Cells[i].Note; note != "Sales is not running: planted" {
			t.Errorf("cell %d says %q", i, note)
		}
	}
	p, err := d.Page(t.Context(), dashboards.PageInput{Page: "sales"})
	if err != nil || p.State != "failed" || p.Reason != "Sales is not running: planted" || len(p.Tiles) != 0 || p.Title != "Sales" || len(p.Tables) != 2 {
		t.Errorf("its page: %+v, %v", p, err)
	}
}

// compareRow gives the value, the change and the value before of the first row, over seven days.
func (d *desk) compareRow(t *testing.T, measure string) []dashboards.ValueOutput {
	t.Helper()
	out := d.table(t, func(in *dashboards.TableInput) {
		in.View.Range = dashboards.RangeInput{Preset: "7d", Compare: "previous"}
		in.Columns = []string{measure, measure + "~change", measure + "~before"}
	})
	return out.Rows[0].Cells
}

func TestChanges(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		now, before int64
		text, good  string
	}{
		{150, 100, "+50.0 %", "good"},
		{50, 100, "−50.0 %", "bad"},
		{100, 100, "0.0 %", ""},
		{0, 100, "−100.0 %", "bad"},
		{100, 0, "—", ""},
		{10001, 10000, "0.0 %", "good"}, // a hundredth of a per cent, but up
		{50, -100, "+150.0 %", "good"},
	} {
		d := newDesk(t, func(d *desk) {
			d.skus("US/A")
			d.at("sales.units", "US/A", today-1, c.now)
			d.at("sales.units", "US/A", today-8, c.before)
		})
		got := d.compareRow(t, "sales.units")
		if got[1].Text != c.text || got[1].Good != c.good || (got[1].Num == nil) != (c.text == "—") {
			t.Errorf("%d after %d: got %+v, want %s", c.now, c.before, got[1], c.text)
		}
	}
	d := newDesk(t, func(d *desk) {
		d.skus("US/A")
		for n, sessions := range map[core.Day]int64{today - 1: 10, today - 8: 20} {
			d.at("sales.units", "US/A", n, 5)
			d.at("sales.sessions", "US/A", n, sessions)
		}
	})
	equal(t, "rates change by points", texts(d.compareRow(t, "sales.unit_session_pct")), []string{"50.0 %", "+25.0 pp", "25.0 %"})
	out := d.table(t, func(in *dashboards.TableInput) { in.Columns = []string{"sales.units~change", "sales.units~before"} })
	equal(t, "without a comparison", texts(out.Rows[0].Cells), []string{"?", "?"})
}

// Where the newest days are not known yet, the range compared with is cut as well, in each marketplace by its own days.
func TestComparisonIsCutToTheDaysKnown(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(d *desk) {
		d.a.markets = []string{"DE", "FR"}
		d.skus("DE/A", "FR/A")
		for n := core.Day(1); n <= 14; n++ {
			for _, id := range []string{"DE/A", "FR/A", "DE", "FR"} {
				d.at("sales.units", id, today-n, 10)
			}
		}
		d.m.known["FR"] = core.Period{From: 1, To: today - 4} // three days behind
		d.m.pages["inventory"] = withTiles("sales.units")
	})
	view := dashboards.RangeInput{Preset: "7d", Compare: "previous"}
	out := d.table(t, func(in *dashboards.TableInput) {
		in.View.Range, in.Columns = view, []string{"sales.units", "sales.units~before", "sales.units~change"}
	})
	equal(t, "known to the end", texts(out.Rows[0].Cells), []string{"70", "70", "0.0 %"})
	equal(t, "three days behind", texts(out.Rows[1].Cells), []string{"40", "40", "0.0 %"})
	equal(t, "totals", texts(out.Totals), []string{"110", "", "0.0 %"})
	p, err := d.Page(t.Context(), dashboards.PageInput{Page: "inventory", View: dashboards.ViewInput{Range: view}})
	if err != nil || p.Tiles[0].Values[0].Text != "110" || p.Tiles[0].Before != "110" || p.Tiles[0].Change.Text != "0.0 %" {
		t.Errorf("tile: %+v, %v", p.Tiles, err)
	}
}

// A range of which little is known is no measure of growth.
func TestComparisonWithDaysThatAreNotKnown(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(d *desk) {
		d.skus("US/A")
		for n := core.Day(1); n <= 14; n++ {
			d.at("sales.units", "US/A", today-n, 10)
			d.at("sales.sales", "US/A", today-n, 10_00)
		}
		d.m.known["US"] = core.Period{From: today - 9, To: today - 1} // two days of the week before
	})
	got := d.compareRow(t, "sales.units")
	if got[1].Text != "?" || !strings.Contains(got[1].Note, "only 2 of 7 days are known") {
		t.Errorf("got %+v", got[1])
	}
	if got := d.compareRow(t, "sales.average_price"); got[1].Text != "0.0 %" {
		t.Errorf("a price of two days is a price: %+v", got[1])
	}
	d.m.known["US"] = core.Period{From: today - 7, To: today - 1}
	if got := d.compareRow(t, "sales.units"); got[1].Text != "?" || got[2].Text != "?" || got[0].Text != "70" {
		t.Errorf("nothing before is known: %q", texts(got))
	}
}

func TestTiles(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(d *desk) {
		d.m.pages["inventory"] = withTiles("sales.sales", "sales.margin", "inventory.total", "inventory.tied_up", "inventory.lead", "inventory.word", "inventory.own", "inventory.nothing")
		d.skus("US/A")
		for n := core.Day(1); n <= 56; n++ {
			d.at("sales.sales", "US", today-n, 1_00)
			d.at("sales.sales", "DE", today-n, 2_00)
		}
		d.give("inventory.total", "US", num(1000))
		d.give("inventory.total", "DE", num(500))
		d.give("inventory.tied_up", "DE", money(5_00, "EUR"))
		d.give("inventory.lead", "US", num(20))
		d.give("inventory.lead", "DE", num(30)) // better is down: the worst
		d.give("inventory.word", "US", text("fine"))
		d.give("inventory.word", "DE", text("bad"))
		d.give("inventory.own", "account", num(7))
	})
	p, err := d.Page(t.Context(), dashboards.PageInput{Page: "inventory"})
	if err != nil || len(p.Tiles) != 7 {
		t.Fatal(len(p.Tiles), err)
	}
	for i, want := range []struct {
		values  []string
		subject string
	}{
		{[]string{"€56.00", "$28.00"}, ""},
		{[]string{"100.0 % EUR", "100.0 % USD"}, ""},
		{[]string{"1,500"}, ""},
		{[]string{"€5.00"}, ""},
		{[]string{"30.0"}, "DE"},
		{[]string{"fine"}, "US"},
		{[]string{"7"}, "account"},
	} {
		tile := p.Tiles[i]
		equal(t, tile.Name, texts(tile.Values), want.values)
		if tile.Subject != want.subject {
			t.Errorf("%s is of %q", tile.Name, tile.Subject)
		}
	}
	if sales := p.Tiles[0]; sales.Change.Text != "0.0 % · 0.0 %" || sales.Before != "€56.00 · $28.00" || sales.Window != "28 Oct – 24 Nov" {
		t.Errorf("sales: %+v", sales)
	}
	if tied := p.Tiles[3].Values[0]; tied.Maturity != string(fact.Estimated) || tied.Note != "not known for US" {
		t.Errorf("a sum without one marketplace: %+v", tied)
	}
	one, err := d.Page(t.Context(), dashboards.PageInput{Page: "inventory", View: dashboards.ViewInput{Scope: dashboards.ScopeInput{Marketplaces: []string{"US"}}}})
	if err != nil || one.Tiles[0].Subject != "US" || one.Tiles[3].Values[0].Text != "?" {
		t.Errorf("of one marketplace: %+v, %v", one.Tiles, err)
	}
	if line := one.Tiles[0].Line; len(line) != 14 || *line[0] != 2 || *line[13] != 2 {
		t.Errorf("the line of 28 days has %d points", len(line))
	}
}

func TestNotices(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(d *desk) {
		d.skus("US/A")
		d.on("sales.sales", "US", 1_00)
		d.m.known["advertising.spend US"] = core.Period{}
		d.a.kinds = []dashboards.Kind{
			{Name: "orders", Title: "All orders", AsOf: "2026-10-01T10:00:00Z", State: fact.Stale}, {Name: "other", Title: "Other", State: fact.Stale},
		}
	})
	p, err := d.Page(t.Context(), dashboards.PageInput{Page: "sales", View: yesterday("US")})
	if err != nil || p.Empty || len(p.Notices) != 2 {
		t.Fatalf("%+v, %v", p.Notices, err)
	}
	if n := p.Notices[0]; n.Kind != "stale" || !strings.Contains(n.Text, "All orders of 2026-10-01") || strings.Contains(n.Text, "Other") || n.Link != "/data" {
		t.Errorf("stale: %+v", n)
	}
	if n := p.Notices[1]; n.Kind != "partial" || !strings.Contains(n.Text, "Profit: without ad spend") {
		t.Errorf("partial: %+v", n)
	}
}
