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

// withCharts puts charts on the sales page.
func withCharts(charts ...page.Chart) func(*desk) {
	return func(d *desk) {
		p := d.m.pages["sales"]
		p.Charts = charts
		d.m.pages["sales"] = p
	}
}

func (d *desk) draw(t *testing.T, in dashboards.ChartInput) page.Data {
	t.Helper()
	in.Page = "sales"
	if in.Chart == "" {
		in.Chart = "c"
	}
	out, err := d.Chart(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	x := out.Data
	if x.Days == nil || x.Lines == nil || x.Bars == nil || x.Bullets == nil || x.Points == nil || x.Markers == nil || x.Title == "" {
		t.Errorf("a list is null, or there is no title: %+v", x)
	}
	return x
}

func TestLines(t *testing.T) {
	t.Parallel()
	d := newDesk(t, withCharts(page.Chart{Name: "c", Title: "Sales", Kind: page.Lines, Measures: []string{"sales.units"}}), func(d *desk) {
		d.skus("US/A", "DE/A")
		d.a.marks["US/A"] = dashboards.Marks{Tags: []string{"new"}}
		d.m.series["sales.market_units"] = []fact.Series{
			series("sales.market_units", "US", today-14, 1, 1, 1, 1, 1, 1, 1, 3, 2, -1, 2, 2, 2, 2), series("sales.market_units", "DE", today-7, 10),
		}
		d.m.series["sales.market_units"][0].Points[12].Maturity = fact.Settling
		d.m.series["sales.units"] = []fact.Series{series("sales.units", "US/A", today-7, 4), series("sales.units", "DE/A", today-7, 8)}
		for _, e := range []struct {
			on core.Day
			n  int64
		}{{today - 7, 30}, {today - 14, 20}} {
			d.at("sales.units", "US", e.on, e.n)
			d.at("sales.units", "US/A", e.on, 50-e.n)
		}
		d.a.events = []dashboards.Event{
			{Subject: "US/A", Day: today - 5, Title: "Raised the price"},
			{Subject: "US/A", Day: today - 5, Title: "Waits", Open: true},
			{Subject: "US/A", Day: today - 30, Title: "Long ago"},
			{Subject: "FR/A", Day: today - 5, Title: "Elsewhere"},
		}
	})
	x := d.draw(t, dashboards.ChartInput{View: week()})
	if len(x.Lines) != 2 || len(x.Days) != 7 || x.Days[0] != int(today-7) {
		t.Fatalf("%+v", x)
	}
	if got := values(x.Lines[0].Values); !slices.Equal(got, []float64{13, 2, -1, 2, 2, 2, 2}) || x.Lines[0].Role != page.Main {
		t.Errorf("the sum of marketplaces: %v", got)
	}
	if got := values(x.Lines[1].Values); !slices.Equal(got, []float64{1, 1, 1, 1, 1, 1, 1}) || x.Lines[1].Role != page.Compare || x.Lines[1].Label != "Before, from 11 Nov 2026" {
		t.Errorf("the week before, laid over: %v, %+v", got, x.Lines[1])
	}
	if x.SettlingFrom != int(today-1) || x.Title != "Units rose 50.0 % against the days before" || x.Note != "" || x.Unit != "" {
		t.Errorf("settles from %d, %q", x.SettlingFrom, x.Title)
	}
	if len(x.Markers) != 1 || x.Markers[0].Title != "Raised the price" || x.Markers[0].Day != int(today-5) {
		t.Errorf("markers %+v", x.Markers)
	}
	view := week()
	view.Range.Compare = "none"
	if x = d.draw(t, dashboards.ChartInput{View: view}); len(x.Lines) != 1 || x.Title != "Units, 18 Nov – 24 Nov" {
		t.Errorf("without a comparison: %d lines, %q", len(x.Lines), x.Title)
	}
	x = d.draw(t, dashboards.ChartInput{View: week(), Subject: "DE/A"})
	if got := values(x.Lines[0].Values); got[0] != 8 || len(x.Markers) != 0 {
		t.Errorf("of one SKU: %v, %v", got, x.Markers)
	}
	view = week()
	view.Scope.Tag = "new"
	x = d.draw(t, dashboards.ChartInput{View: view})
	if got := values(x.Lines[0].Values); got[0] != 4 || x.Title != "Units fell 33.3 % against the days before" {
		t.Errorf("of a tag: %v, %q", got, x.Title)
	}
}

// One axis has one currency; which has more money in it can't be said, so the account's first is drawn.
func TestLinesOfCurrencies(t *testing.T) {
	t.Parallel()
	charts := withCharts(
		page.Chart{Name: "c", Title: "Sales", Kind: page.Lines, Measures: []string{"sales.sales", "advertising.spend"}},
		page.Chart{Name: "price", Title: "Price", Kind: page.Lines, Measures: []string{"sales.average_price"}},
		page.Chart{Name: "tacos", Title: "TACoS", Kind: page.Lines, Measures: []string{"sales.tacos"}},
	)
	d := newDesk(t, charts, func(d *desk) {
		d.a.markets = []string{"US", "DE", "JP"}
		d.m.series["sales.market_sales"] = []fact.Series{
			moneySeries("", "JP", "JPY", today-2, 50000), moneySeries("", "DE", "EUR", today-2, 20_00), moneySeries("", "US", "USD", today-2, 10_00, 30_00),
		}
		d.m.series["advertising.market_spend"] = []fact.Series{moneySeries("", "DE", "EUR", today-2, 4_00), moneySeries("", "US", "USD", today-2, 1_00, 0)}
		d.m.series["sales.market_units"] = []fact.Series{series("", "US", today-2, 4, 0)}
		d.m.series["sales.market_sales"][2].Points[1].Maturity = fact.Settling
		d.m.series["advertising.market_spend"][1].Points[0].Maturity = fact.Settling
	})
	view := dashboards.ViewInput{Range: dashboards.RangeInput{Preset: "custom", From: (today - 2).String(), To: (today - 1).String(), Compare: "none"}}
	x := d.draw(t, dashboards.ChartInput{View: view})
	if x.Currency != "USD" || !slices.Equal(values(x.Lines[0].Values), []float64{10, 30}) || !slices.Equal(values(x.Lines[1].Values), []float64{1, 0}) {
		t.Errorf("%+v", x)
	}
	for _, words := range []string{"Only USD", "EUR", "left out"} {
		if !strings.Contains(x.Note, words) {
			t.Errorf("the note lacks %q: %s", words, x.Note)
		}
	}
	if !strings.HasPrefix(x.Title, "Sales in USD") || strings.ContainsAny(x.Title, "$€¥") {
		t.Errorf("title %q", x.Title)
	}
	if x = d.draw(t, dashboards.ChartInput{View: view, Chart: "price"}); x.Currency != "USD" || !slices.Equal(values(x.Lines[0].Values), []float64{2.5, -1}) {
		t.Errorf("a price has a currency, and none on a day without units: %+v", x)
	}
	x = d.draw(t, dashboards.ChartInput{View: view, Chart: "tacos"})
	if x.Unit != "%" || x.Currency != "" || !slices.Equal(values(x.Lines[0].Values), []float64{10, 0}) || x.SettlingFrom != int(today-2) {
		t.Errorf("a rate in per cent that settles from the first day of either part: %+v", x)
	}
	d.rate(t, "USD", "EUR", "2026-01-01", "0.5")
	view.Scope.Currency = "EUR"
	x = d.draw(t, dashboards.ChartInput{View: view})
	if x.Currency != "EUR" || !slices.Equal(values(x.Lines[0].Values), []float64{25, 15}) || !strings.Contains(x.Note, "JPY is left out") {
		t.Errorf("converted, without yen: %+v", x)
	}
	view.Scope.Currency = "JPY"
	view.Scope.Marketplaces = []string{"US"}
	if x = d.draw(t, dashboards.ChartInput{View: view}); len(x.Lines) != 0 || x.Note != "No rate into JPY is known for these amounts." {
		t.Errorf("no rate: %+v", x)
	}
}

func TestLinesWithoutData(t *testing.T) {
	t.Parallel()
	d := newDesk(t, withCharts(page.Chart{Name: "c", Title: "Units", Kind: page.Columns, Measures: []string{"sales.units"}}))
	if x := d.draw(t, dashboards.ChartInput{View: week()}); len(x.Lines) != 0 || x.Note != "No report covers these days." || x.Title != "Units" {
		t.Errorf("%+v", x)
	}
	d.a.markets = nil
	if x := d.draw(t, dashboards.ChartInput{View: week()}); x.Note != "Nothing is imported yet." {
		t.Errorf("%+v", x)
	}
}

func TestLongCharts(t *testing.T) {
	t.Parallel()
	d := newDesk(t, withCharts(page.Chart{Name: "c", Title: "Units", Kind: page.Columns, Measures: []string{"sales.units"}, Days: 120}), func(d *desk) {
		s := fact.Series{Subject: "US"}
		for on := day("2026-08-01"); on < today; on++ {
			n := 1.0
			if on.Time().Month() == 10 {
				n = 5
			}
			s.Points = append(s.Points, fact.Point{Day: on, Num: n, Maturity: fact.Fresh})
		}
		d.m.series["sales.market_units"] = []fact.Series{s}
	})
	x := d.draw(t, dashboards.ChartInput{View: week()})
	if len(x.Days) != 120 || x.From != int(today-7) || len(x.Lines) != 1 {
		t.Errorf("%d days from %d, %d lines", len(x.Days), x.From, len(x.Lines))
	}
	if x.Title != "Units were highest in October 2026, of 3 whole months" {
		t.Errorf("title %q", x.Title)
	}
}

func TestCalendars(t *testing.T) {
	t.Parallel()
	saturdays := func(n float64) func(*desk) {
		return func(d *desk) {
			s := fact.Series{Subject: "US"}
			for on := today - 28; on < today; on++ {
				v := 10.0
				if on.Weekday() == 6 {
					v = n
				}
				s.Points = append(s.Points, fact.Point{Day: on, Num: v, Maturity: fact.Fresh})
			}
			d.m.series["sales.market_units"] = []fact.Series{s}
		}
	}
	chart := withCharts(page.Chart{Name: "c", Title: "Units", Kind: page.Calendar, Measures: []string{"sales.units"}, Days: 28})
	for n, want := range map[float64]string{
		24: "Units are highest on Saturdays, 100 % above the mean", 10: "Units are much the same on all weekdays", 0: "Units are highest on Sundays, 17 % above the mean",
	} {
		x := newDesk(t, chart, saturdays(n)).draw(t, dashboards.ChartInput{View: dashboards.ViewInput{}})
		if x.Title != want || len(x.Lines) != 1 || x.From != 0 {
			t.Errorf("%v on Saturdays: %q, %d lines", n, x.Title, len(x.Lines))
		}
	}
	few := newDesk(t, chart, func(d *desk) { d.m.series["sales.market_units"] = []fact.Series{series("", "US", today-5, 1, 2, 3)} })
	if x := few.draw(t, dashboards.ChartInput{}); x.Title != "Units by day" {
		t.Errorf("a few days: %q", x.Title)
	}
}

func TestWaterfall(t *testing.T) {
	t.Parallel()
	chart := withCharts(page.Chart{Name: "c", Title: "Profit", Kind: page.Waterfall, Measures: []string{"sales.profit"}})
	d := newDesk(t, chart, func(d *desk) {
		d.a.markets = []string{"US", "JP"}
		for code, n := range map[string]int64{"US": 100_00, "JP": 900_000} {
			d.on("sales.sales", code, n)
			d.on("sales.cogs", code, n/2)
			d.on("advertising.spend", code, n/4)
		}
	})
	x := d.draw(t, dashboards.ChartInput{View: yesterday()})
	bars := make([]string, 0, len(x.Bars))
	for _, b := range x.Bars {
		bars = append(bars, fmt.Sprintf("%s %s %v %v", b.Label, b.Text, b.Total, b.Name))
	}
	equal(t, "bars", bars, []string{
		"Sales $100.00 false sales.sales", "Cost of goods −$50.00 false sales.cogs", "Ad spend −$25.00 false advertising.spend", "Profit $25.00 true sales.profit",
	})
	if x.Title != "25 % of sales is left as profit; cost of goods take most" || x.Currency != "USD" || !strings.HasPrefix(x.Note, "Only USD") {
		t.Errorf("%q, %q, %q", x.Title, x.Currency, x.Note)
	}
	if b := x.Bars[1]; b.Value != -50 || !b.Known {
		t.Errorf("%+v", b)
	}
	d.m.known["advertising.spend US"] = core.Period{}
	x = d.draw(t, dashboards.ChartInput{View: yesterday("US")})
	if b := x.Bars[2]; b.Known || b.Text != "?" || x.Bars[3].Text != "$50.00" || !strings.Contains(x.Bars[3].Detail, "without ad spend") {
		t.Errorf("ads are not known: %+v", x.Bars)
	}
	d.m.known["sales.cogs US"] = core.Period{}
	x = d.draw(t, dashboards.ChartInput{View: yesterday("US")})
	if x.Title != "Profit is not known for this range" || x.Bars[3].Known {
		t.Errorf("%q, %+v", x.Title, x.Bars[3])
	}
	loss := newDesk(t, chart, func(d *desk) {
		d.on("sales.sales", "US", 1_00)
		d.on("sales.cogs", "US", 5_00)
	})
	if x := loss.draw(t, dashboards.ChartInput{View: yesterday("US")}); x.Title != "More is spent than sold: profit is negative; cost of goods take most" {
		t.Errorf("%q", x.Title)
	}
}

func TestScatter(t *testing.T) {
	t.Parallel()
	chart := withCharts(
		page.Chart{Name: "c", Title: "Ads", Kind: page.Scatter, Subject: fact.SKU, X: "advertising.spend", Y: "sales.units", Size: "sales.sessions"},
		page.Chart{Name: "rate", Title: "Rates", Kind: page.Scatter, Subject: fact.SKU, X: "sales.sessions", Y: "sales.tacos"},
		page.Chart{Name: "broken", Title: "B", Kind: page.Scatter, Subject: fact.SKU, X: "sales.sessions", Y: "inventory.total"},
	)
	d := newDesk(t, chart, func(d *desk) {
		d.a.markets = []string{"US", "DE", "JP"}
		for i, id := range []string{"US/A", "US/B", "US/C", "US/NONE", "JP/A", "DE/A"} {
			d.skus(id)
			if id == "US/NONE" {
				continue
			}
			d.on("advertising.spend", id, int64(100*(i+1)))
			d.on("sales.units", id, int64(max(2-i, 0)))
			d.on("sales.sessions", id, int64(i+7))
			d.on("sales.sales", id, 1000)
		}
	})
	x := d.draw(t, dashboards.ChartInput{View: yesterday()})
	got := make([]string, 0, len(x.Points))
	for _, p := range x.Points {
		got = append(got, fmt.Sprintf("%s %v %v %v", p.Subject, p.X, p.Y, p.Size))
	}
	equal(t, "dollars, most spent first", got, []string{"US/C 3 0 9", "US/B 2 1 8", "US/A 1 2 7"})
	if x.Title != "1 of 3 had no units" || x.Note != "Only USD; 2 in other currencies are left out." || x.Currency != "USD" || x.XUnit != "USD" || x.XTitle != "Ad spend" {
		t.Errorf("%q, %q, %+v", x.Title, x.Note, x.XUnit)
	}
	if x = d.draw(t, dashboards.ChartInput{View: yesterday("US"), Subject: "US/B"}); len(x.Points) != 1 || x.Note != "" {
		t.Errorf("one SKU: %+v", x)
	}
	x = d.draw(t, dashboards.ChartInput{View: yesterday("US"), Chart: "rate"})
	if x.YUnit != "%" || len(x.Points) != 3 || x.Points[2].Y != 10 {
		t.Errorf("rates in per cent: %+v", x)
	}
	if x = d.draw(t, dashboards.ChartInput{View: dashboards.ViewInput{Range: dashboards.RangeInput{Preset: "custom", From: "2026-01-01", To: "2026-01-02"}}}); x.Note != "Nothing with both ad spend and units in this range." {
		t.Errorf("nothing: %q", x.Note)
	}
	if _, err := d.Chart(t.Context(), dashboards.ChartInput{Page: "sales", Chart: "broken", View: yesterday()}); err == nil || !strings.Contains(err.Error(), "inventory.total") {
		t.Errorf("a fact of marketplaces as an axis of SKUs: %v", err)
	}
}

// The finding counts all, also where only the largest are drawn.
func TestScatterOfMany(t *testing.T) {
	t.Parallel()
	d := newDesk(t, withCharts(page.Chart{Name: "c", Title: "Ads", Kind: page.Scatter, Subject: fact.SKU, X: "sales.sessions", Y: "sales.units"}), func(d *desk) {
		for i := range 450 {
			id := fmt.Sprintf("US/%03d", i)
			d.skus(id)
			d.on("sales.sessions", id, int64(i+1))
		}
	})
	x := d.draw(t, dashboards.ChartInput{View: yesterday()})
	if len(x.Points) != 400 || x.Points[0].X != 450 || x.Title != "450 of 450 had no units" {
		t.Errorf("%d points, %q", len(x.Points), x.Title)
	}
}

func TestChartsOfModules(t *testing.T) {
	t.Parallel()
	var asked page.ChartQuery
	d := newDesk(t, withCharts(page.Chart{Name: "c", Title: "Stock", Kind: page.Bars, Days: 90}), func(d *desk) {
		d.skus("US/A", "DE/A")
		d.a.marks["US/A"] = dashboards.Marks{Tags: []string{"new"}}
		d.m.chart = func(q page.ChartQuery) (page.Data, error) {
			asked = q
			return page.Data{Bars: []page.Bar{{Label: "A"}}}, nil
		}
	})
	view := week()
	x := d.draw(t, dashboards.ChartInput{View: view})
	if len(x.Bars) != 1 || x.Title != "Stock" || asked.Subjects != nil || asked.Period.Days() != 90 || asked.Compare.Days() != 7 || len(asked.Marketplaces) != 2 || asked.AsOf != today {
		t.Errorf("%+v, asked %+v", x, asked)
	}
	view.Scope.Tag = "new"
	d.draw(t, dashboards.ChartInput{View: view})
	equal(t, "narrowed", asked.Subjects, []string{"US/A"})
	view.Scope.Tag = "nothing has it"
	d.draw(t, dashboards.ChartInput{View: view})
	if asked.Subjects == nil || len(asked.Subjects) != 0 {
		t.Errorf("nothing in scope is not everything: %v", asked.Subjects)
	}
	planted := errors.New("planted")
	d.m.chart = func(page.ChartQuery) (page.Data, error) { return page.Data{}, planted }
	if _, err := d.Chart(t.Context(), dashboards.ChartInput{Page: "sales", Chart: "c"}); !errors.Is(err, planted) {
		t.Errorf("%v", err)
	}
	for _, in := range []dashboards.ChartInput{{Page: "nothing", Chart: "c"}, {Page: "sales", Chart: "nothing"}} {
		_, err := d.Chart(t.Context(), in)
		refused(t, in.Page+" "+in.Chart, core.CodeNotFound, err, "nothing")
	}
}

func TestChartsThatDrawNoMeasure(t *testing.T) {
	t.Parallel()
	for _, c := range []page.Chart{
		{Name: "c", Kind: page.Lines, Measures: []string{"inventory.on_hand"}}, {Name: "c", Kind: page.Waterfall, Measures: []string{"sales.sales"}},
	} {
		d := newDesk(t, withCharts(c))
		if _, err := d.Chart(t.Context(), dashboards.ChartInput{Page: "sales", Chart: "c"}); err == nil {
			t.Errorf("%+v was drawn", c)
		}
	}
}
