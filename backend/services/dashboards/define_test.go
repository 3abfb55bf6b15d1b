package dashboards_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/services/dashboards"
)

func parts(out dashboards.DefinitionOutput) []string {
	got := make([]string, 0, len(out.Parts))
	for _, p := range out.Parts {
		got = append(got, strings.TrimSpace(fmt.Sprintf("%s %s of %s: %s", p.Sign, p.Name, p.Subject, p.Value.Text)))
	}
	return got
}

func sold(d *desk) {
	d.skus("US/A", "DE/A")
	for id, n := range map[string]int64{"US/A": 100_00, "US": 120_00, "DE": 80_00} {
		d.on("sales.sales", id, n)
		d.on("sales.cogs", id, n/2)
		d.on("advertising.spend", id, n/10)
		d.on("sales.units", id, n/1000)
	}
	d.a.kinds = []dashboards.Kind{{Name: "orders", Title: "All orders", AsOf: "2026-11-24T08:00:00Z", State: fact.Settling}}
}

func TestDefinitionOfASum(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sold)
	out := d.define(t, "sales.profit", "US/A")
	equal(t, "parts", parts(out), []string{"+ sales.sales of US/A: $100.00", "− sales.cogs of US/A: $50.00", "− advertising.spend of US/A: $10.00"})
	if out.Values[0].Text != "$40.00" || out.Title != "Profit" || out.Label != "A, US · Title of US/A" || out.From != "2026-11-24" || out.To != "2026-11-24" || out.HasRows {
		t.Errorf("%+v", out)
	}
	if len(out.Sources) != 1 || out.Sources[0] != (dashboards.SourceOutput{Kind: "orders", Title: "Report of orders", AsOf: "2026-11-24T08:00:00Z", State: "settling"}) {
		t.Errorf("sources %+v", out.Sources)
	}
	all := d.define(t, "sales.profit", "")
	equal(t, "of the account", texts(all.Values), []string{"€32.00", "$48.00"})
	if all.Label != "Account" || all.Parts[0].Value.Text != "€80.00 · $120.00" {
		t.Errorf("%+v", all)
	}
}

func TestDefinitionOfAQuotient(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sold)
	out := d.define(t, "sales.tacos", "US/A")
	equal(t, "parts", parts(out), []string{"advertising.spend of US/A: $10.00", "÷ sales.sales of US/A: $100.00"})
	if out.Values[0].Text != "10.0 %" || out.Formula != "advertising.spend ÷ sales.sales" {
		t.Errorf("%+v", out)
	}
}

// A total of what a module answers splits by marketplace; of one marketplace it has rows.
func TestDefinitionOfATotal(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sold)
	out := d.define(t, "sales.sales", "")
	equal(t, "parts", parts(out), []string{"+ sales.sales of US: $120.00", "+ sales.sales of DE: €80.00"})
	if out.HasRows || out.Subject != "" {
		t.Errorf("%+v", out)
	}
	one := d.define(t, "sales.sales", "", "US")
	if !one.HasRows || one.Subject != "US" || one.Label != "US" || len(one.Parts) != 0 || one.Values[0].Text != "$120.00" {
		t.Errorf("%+v", one)
	}
}

func TestDefinitionOfFacts(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sold, func(d *desk) {
		d.give("inventory.on_hand", "US/A", num(12))
		d.give("inventory.cover_days", "US/A", num(6))
		d.give("inventory.lead", "US", num(30))
		d.give("inventory.total", "US", num(5))
		d.give("inventory.total", "DE", absent("needs stock"))
		d.give("inventory.lead", "DE", num(40))
		d.give("inventory.low_count", "US", num(1))
	})
	out := d.define(t, "inventory.cover_days", "US/A")
	equal(t, "of the same SKU, of its marketplace, and a measure", parts(out), []string{
		"inventory.on_hand of US/A: 12", "sales.units of US/A: 10", "inventory.lead of US: 30.0",
	})
	if out.HasRows || out.From != "" || out.Values[0].Text != "6.0" {
		t.Errorf("%+v", out)
	}
	if out := d.define(t, "inventory.on_hand", "US/A"); !out.HasRows || len(out.Parts) != 0 {
		t.Errorf("a fact without parts has rows: %+v", out)
	}
	equal(t, "made of a fact of each SKU", parts(d.define(t, "inventory.low_count", "US")), []string{"inventory.low of : one a row"})
	out = d.define(t, "inventory.total", "")
	equal(t, "of the account", parts(out), []string{"inventory.total of US: 5", "inventory.total of DE: ?"})
	if v := out.Values[0]; v.Text != "5" || v.Maturity != string(fact.Estimated) || v.Note != "not known for DE" {
		t.Errorf("%+v", v)
	}
	if out := d.define(t, "inventory.lead", ""); out.Values[0].Text != "40.0" {
		t.Errorf("of what is no sum, the worst: %+v", out.Values)
	}
	if out := d.define(t, "inventory.stock_value", "US/A"); out.Values[0].Text != "?" {
		t.Errorf("not known: %+v", out.Values)
	}
}

func TestDefinitionOfAColumnMadeOfAMeasure(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sold)
	out := d.define(t, "sales.sales~change", "US/A")
	if out.Name != "sales.sales" || out.Title != "Sales" || out.Values[0].Text != "$100.00" {
		t.Errorf("%+v", out)
	}
	for _, name := range []string{"sales.nothing", "", "sales.sales~nothing~", "inventory.on_hand~change"} {
		_, err := d.Define(t.Context(), dashboards.ReferenceInput{Name: name})
		if name == "sales.sales~nothing~" || err == nil {
			refused(t, name, core.CodeNotFound, err)
		}
	}
	if out := d.define(t, "sales.sales", "US/GONE"); out.Values[0].Text != "?" {
		t.Errorf("of a SKU that is not there: %+v", out.Values)
	}
}

// behind answers rows and remembers what was asked.
func behind(d *desk, asked *fact.RowsQuery) {
	d.m.rows = func(q fact.RowsQuery) (fact.Rows, error) {
		*asked = q
		return fact.Rows{
			How: "Sum of amounts", Total: 3, Columns: []fact.RowColumn{{Name: "day", Title: "Day", Type: fact.Text}, {Name: "amount", Title: "Amount", Type: fact.Money}},
			Rows: []fact.Row{
				{Document: 7, Line: 12, Subject: "US/A", Cells: []fact.Value{{Text: "2026-11-24", Maturity: fact.Fresh}, {Money: core.Money{Minor: 100_00, Currency: "USD"}, Maturity: fact.Fresh}}},
				{Document: 7, Line: 13, Subject: "US/A", Cells: []fact.Value{{Maturity: fact.Missing}, {Maturity: fact.Missing}}},
				{Line: 1, Cells: []fact.Value{{Text: "own figure", Maturity: fact.Fresh}}},
			},
		}, nil
	}
}

func TestRowsGoDownToTheFirstLeaf(t *testing.T) {
	t.Parallel()
	var asked fact.RowsQuery
	d := newDesk(t, sold, func(d *desk) {
		behind(d, &asked)
		d.give("inventory.lead", "US", num(30))
		d.m.defs = append(d.m.defs, fact.Definition{Name: "inventory.order_by", Subject: fact.SKU, Type: fact.Number, Parts: []string{"inventory.lead"}})
	})
	for _, c := range []struct{ name, subject, leaf, of string }{
		{"sales.sales", "US/A", "sales.sales", "US/A"},
		{"sales.margin", "US/A", "sales.sales", "US/A"}, // margin → profit → sales
		{"sales.tacos", "US", "advertising.spend", "US"},
		{"sales.sales~change", "US/A", "sales.sales", "US/A"},
		{"sales.profit", "", "sales.sales", "US"}, // of a total, the first marketplace that knows
		{"inventory.cover_days", "US/A", "inventory.on_hand", "US/A"},
		{"inventory.lead", "", "inventory.lead", "US"},
		{"inventory.order_by", "US/A", "inventory.lead", "US"}, // of its marketplace
	} {
		out, err := d.Rows(t.Context(), dashboards.RowsInput{Reference: dashboards.ReferenceInput{Name: c.name, Subject: c.subject, View: yesterday()}, Limit: 50, Offset: 2})
		if err != nil || asked.Name != c.leaf || asked.Subject != c.of || asked.Offset != 2 || asked.Limit != 50 || asked.AsOf != today || asked.Period.To != today-1 {
			t.Errorf("%s of %q: asked %+v, %v", c.name, c.subject, asked, err)
		}
		if out.Total != 3 || out.How != "Sum of amounts" || len(out.Rows) != 3 {
			t.Errorf("%s: %+v", c.name, out)
		}
	}
}

func TestRowsNameTheirFiles(t *testing.T) {
	t.Parallel()
	var asked fact.RowsQuery
	d := newDesk(t, sold, func(d *desk) { behind(d, &asked) })
	in := dashboards.RowsInput{Reference: dashboards.ReferenceInput{Name: "sales.sales", Subject: "US/A", View: yesterday()}, Limit: 9999}
	out, err := d.Rows(t.Context(), in)
	if err != nil || asked.Limit != 200 {
		t.Fatal(asked.Limit, err)
	}
	if len(out.Files) != 1 || out.Files[0] != (dashboards.FileOutput{Document: 7, Name: "file.txt", Kind: "Report of orders"}) {
		t.Errorf("files %+v", out.Files)
	}
	equal(t, "first", texts(out.Rows[0].Cells), []string{"2026-11-24", "$100.00"})
	equal(t, "second", texts(out.Rows[1].Cells), []string{"?", "?"})
	if r := out.Rows[0]; r.Document != 7 || r.Line != 12 || r.Label != "A" {
		t.Errorf("%+v", r)
	}
	if out.Title != "Sales, A, US · Title of US/A" {
		t.Errorf("title %q", out.Title)
	}
	d.m.rows = func(fact.RowsQuery) (fact.Rows, error) { return fact.Rows{}, errors.New("planted") }
	if out, err = d.Rows(t.Context(), in); err == nil || out.Rows == nil || out.Files == nil {
		t.Errorf("%+v, %v", out, err)
	}
	in.Reference.Name = "nothing"
	_, err = d.Rows(t.Context(), in)
	refused(t, "no such number", core.CodeNotFound, err)
}

// One answer stays small, however wide the rows are.
func TestWindowsOfRowsAndLists(t *testing.T) {
	t.Parallel()
	wide := func(q fact.RowsQuery) (fact.Rows, error) {
		out := fact.Rows{Total: 1000}
		for i := range 12 {
			out.Columns = append(out.Columns, fact.RowColumn{Name: fmt.Sprint(i), Type: fact.Count})
		}
		for i := range q.Limit {
			r := fact.Row{Line: q.Offset + i}
			for range 12 {
				r.Cells = append(r.Cells, fact.Value{Num: 1, Maturity: fact.Fresh})
			}
			out.Rows = append(out.Rows, r)
		}
		return out, nil
	}
	d := newDesk(t, sold, func(d *desk) { d.m.rows, d.m.list = wide, wide })
	rows, err := d.Rows(t.Context(), dashboards.RowsInput{Reference: dashboards.ReferenceInput{Name: "sales.sales", Subject: "US/A", View: yesterday()}, Limit: 500})
	if n := len(rows.Rows); err != nil || n == 0 || n*12 > 1200 || rows.Total != 1000 {
		t.Errorf("%d rows of %d, %v", len(rows.Rows), rows.Total, err)
	}
	list, err := d.Table(t.Context(), dashboards.TableInput{Page: "sales", Table: "sales.orders", View: yesterday(), Limit: 500, Offset: 100})
	if n := len(list.Rows); err != nil || n == 0 || n*12 > 1200 || list.Total != 1000 || list.Rows[0].Line != 100 {
		t.Errorf("%d rows of %d, %v", len(list.Rows), list.Total, err)
	}
}

func TestLists(t *testing.T) {
	t.Parallel()
	var asked fact.RowsQuery
	d := newDesk(t, sold, func(d *desk) {
		behind(d, &asked)
		d.m.list = d.m.rows
	})
	in := dashboards.TableInput{Page: "sales", Table: "sales.orders", View: yesterday("US"), Limit: 10, Query: "flask", Subject: "US/A"}
	out, err := d.Table(t.Context(), in)
	if err != nil || len(out.Rows) != 3 || out.Total != 3 || out.Sort != "order" || !out.Desc || len(out.Totals) != 2 {
		t.Fatalf("%+v, %v", out, err)
	}
	if asked.Name != "sales.orders" || asked.Filter != "flask" || asked.Subject != "US/A" || len(asked.Marketplaces) != 1 || asked.Sort != "order" || !asked.Desc {
		t.Errorf("asked %+v", asked)
	}
	in.Sort = "amount"
	if _, err := d.Table(t.Context(), in); err != nil || asked.Sort != "amount" || asked.Desc {
		t.Errorf("asked %+v, %v", asked, err)
	}
	cols, err := d.Columns(t.Context(), dashboards.ColumnsInput{Page: "sales", Table: "sales.orders"})
	if err != nil || len(cols.Columns) != 2 || cols.Columns[1].Name != "amount" || cols.Columns[1].Sources == nil {
		t.Errorf("%+v, %v", cols, err)
	}
	d.m.list = nil
	if _, err := d.Table(t.Context(), in); err == nil {
		t.Error("the module's error was swallowed")
	}
}

func TestNumbersOfCampaignsAndTerms(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(d *desk) {
		d.on("advertising.spend", "US/Campaign one", 5_00)
		d.on("advertising.spend", "US/Campaign one/steel flask", 3_00)
	})
	if out := d.define(t, "advertising.spend", "US/Campaign one"); out.Values[0].Text != "$5.00" || !out.HasRows {
		t.Errorf("campaign: %+v", out)
	}
	if out := d.define(t, "advertising.spend", "US/Campaign one/steel flask"); out.Values[0].Text != "$3.00" {
		t.Errorf("search term: %+v", out)
	}
}
