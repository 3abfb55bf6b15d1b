package dashboards_test

import (
	"slices"
	"strings"
	"testing"

	"purser/backend/core/fact"
	"purser/backend/core/page"
	"purser/backend/services/dashboards"
)

// The inspector draws charts of the row that is chosen: a SKU, a campaign or a marketplace.
func TestChartsOfOneSubject(t *testing.T) {
	t.Parallel()
	d := newDesk(t, withCharts(
		page.Chart{Name: "c", Title: "Profit", Kind: page.Waterfall, Measures: []string{"sales.profit"}},
		page.Chart{Name: "spend", Title: "Ad spend", Kind: page.Lines, Measures: []string{"advertising.spend"}},
	), func(d *desk) {
		d.skus("US/A", "US/B")
		for id, n := range map[string]int64{"US/A": 10_00, "US/B": 20_00, "US": 30_00} {
			d.on("sales.sales", id, n)
			d.on("sales.cogs", id, n/2)
			d.on("advertising.spend", id, n/10)
		}
		d.on("advertising.spend", "US/Campaign", 3_00)
		for i := range d.m.measures {
			if s := d.m.measures[i].Series; d.m.measures[i].Name == "advertising.spend" {
				s[fact.Campaign] = "advertising.campaign_spend"
			}
		}
		d.m.series["advertising.campaign_spend"] = []fact.Series{moneySeries("", "US/Campaign", "USD", today-1, 3_00), moneySeries("", "US/Campaign 2", "USD", today-1, 9_00)}
		d.m.series["advertising.market_spend"] = []fact.Series{moneySeries("", "US", "USD", today-1, 12_00), moneySeries("", "DE", "EUR", today-1, 5_00)}
	})
	for subject, want := range map[string][]float64{
		"US/A": {10, -5, -1, 4}, "US": {30, -15, -3, 12}, "": {30, -15, -3, 12},
	} {
		var got []float64
		for _, b := range d.draw(t, dashboards.ChartInput{View: yesterday("US"), Subject: subject}).Bars {
			got = append(got, b.Value)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", subject, got, want)
		}
	}
	for subject, want := range map[string]float64{"US/Campaign": 3, "US": 12} {
		x := d.draw(t, dashboards.ChartInput{Chart: "spend", View: yesterday(), Subject: subject})
		if len(x.Lines) != 1 || *x.Lines[0].Values[0] != want || x.Note != "" {
			t.Errorf("%s: %+v", subject, x)
		}
	}
}

// A subject of which a module says nothing is not known for a reason all the same.
func TestWhatIsNotToldSaysSo(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(d *desk) {
		d.skus("US/A", "US/B")
		d.give("inventory.stock_value", "US/A", money(5_00, "USD"))
		d.give("inventory.state", "US/A", fact.Value{Maturity: fact.Missing})
	})
	out := d.table(t, func(in *dashboards.TableInput) { in.Columns = []string{"inventory.stock_value", "inventory.state"} })
	for _, v := range []dashboards.ValueOutput{out.Rows[0].Cells[1], out.Rows[1].Cells[0]} {
		if v.Text != "?" || v.Note != "not told by Report of stock" {
			t.Errorf("%+v", v)
		}
	}
	def, err := d.Define(t.Context(), dashboards.ReferenceInput{Name: "inventory.stock_value", Subject: "US/B", View: yesterday()})
	if err != nil || !strings.Contains(def.Values[0].Note, "not told by") {
		t.Errorf("%+v, %v", def.Values, err)
	}
}
