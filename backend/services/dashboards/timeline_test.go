package dashboards_test

import (
	"testing"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/services/dashboards"
)

// series gives a daily series with one point a value, from a day on; what is negative is left out.
func series(name, subject string, from core.Day, values ...float64) fact.Series {
	s := fact.Series{Name: name, Subject: subject, Unit: "units"}
	for i, v := range values {
		if v >= 0 {
			s.Points = append(s.Points, fact.Point{Day: from + core.Day(i), Num: v, Maturity: fact.Fresh})
		}
	}
	return s
}

func moneySeries(name, subject string, c core.Currency, from core.Day, minors ...int64) fact.Series {
	s := fact.Series{Name: name, Subject: subject}
	for i, n := range minors {
		m := core.Money{Minor: n, Currency: c}
		s.Points = append(s.Points, fact.Point{Day: from + core.Day(i), Num: m.Major(), Money: m, Maturity: fact.Fresh})
	}
	return s
}

func values(list []*float64) []float64 {
	out := make([]float64, 0, len(list))
	for _, v := range list {
		if v == nil {
			out = append(out, -1)
		} else {
			out = append(out, *v)
		}
	}
	return out
}

func week() dashboards.ViewInput {
	return dashboards.ViewInput{Range: dashboards.RangeInput{Preset: "7d", Compare: "previous"}}
}

func TestTimeline(t *testing.T) {
	t.Parallel()
	from := today - 7
	d := newDesk(t, func(d *desk) {
		d.skus("US/A", "DE/A", "US/B")
		d.a.marks["US/A"] = dashboards.Marks{Tags: []string{"new"}, Group: "pots"}
		d.m.series = map[string][]fact.Series{
			"inventory.on_hand":   {series("inventory.on_hand", "US/A", from, 0, 0, 5, 0, -1, 0, 2), series("inventory.on_hand", "US/B", from, 0)},
			"listings.suppressed": {series("listings.suppressed", "US/A", from, 0, 1, 1, 1, 0, 0, 1)},
			"listings.inactive":   {series("listings.inactive", "US/A", from, 0, 0)},
			"sales.sales":         {moneySeries("sales.sales", "US/A", "USD", from, 1_00, 2_00)},
			"advertising.spend":   {moneySeries("advertising.spend", "US/A", "USD", from, 50)},
			"advertising.sales":   {moneySeries("advertising.sales", "US/A", "USD", from, 70)},
			"sales.units":         {series("sales.units", "US/A", from-3, 9, 9, 9, 1, 2)},
		}
		d.m.series["sales.units"][0].Points[4].Maturity = fact.Settling
		d.m.down["reviews"] = "Reviews are not running: planted"
		d.a.events = []dashboards.Event{
			{ID: "2", Subject: "US/A", Day: today, Title: "Waits", Open: true},
			{ID: "1", Subject: "US/A", Day: from + 1, Title: "Raised the price"},
			{ID: "3", Subject: "US/A", Day: from - 1, Title: "Long ago"},
			{ID: "4", Subject: "US/B", Day: from + 1, Title: "Of another"},
		}
		d.on("sales.sales", "US/A", 3_00)
	})
	out, err := d.Timeline(t.Context(), dashboards.SubjectInput{Subject: "US/A", View: week()})
	if err != nil {
		t.Fatal(err)
	}
	if out.SKU != "A" || out.ASIN != "B0A" || out.Marketplace != "US" || out.Group != "pots" || out.From != "2026-11-18" || out.To != "2026-11-24" {
		t.Errorf("%+v", out)
	}
	equal(t, "tags", out.Tags, []string{"new"})
	equal(t, "elsewhere", out.Elsewhere, []string{"DE/A"})
	spans := make([]string, 0, len(out.Spans))
	for _, s := range out.Spans {
		spans = append(spans, s.Title+" "+s.From+" "+s.To+" "+s.Kind)
	}
	equal(t, "spans", spans, []string{
		"Out of stock 2026-11-18 2026-11-19 critical", "Out of stock 2026-11-21 2026-11-23 critical",
		"Hidden from search 2026-11-19 2026-11-21 warning", "Hidden from search 2026-11-24 2026-11-24 warning",
	})
	if m := out.Markers; len(m) != 2 || m[0].Title != "Raised the price" || m[0].Kind != "decision" || m[1].Kind != "due" || m[1].Day != int(today-1) || m[1].Link != "/today?sel=2" {
		t.Errorf("markers %+v", m)
	}
	lanes := map[string]dashboards.LaneOutput{}
	for _, l := range out.Lanes {
		lanes[l.Name] = l
		if len(l.Data.Days) != 7 || l.Data.Lines == nil || l.Data.Markers == nil || l.Data.Points == nil {
			t.Errorf("lane %s: %+v", l.Name, l.Data)
		}
	}
	if l := lanes["units"].Data; len(l.Lines) != 1 || l.Unit != "units" || l.SettlingFrom != int(from+1) || values(l.Lines[0].Values)[0] != 1 || values(l.Lines[0].Values)[2] != -1 {
		t.Errorf("units: %+v", l)
	}
	if l := lanes["ads"].Data; len(l.Lines) != 2 || l.Lines[0].Label != "Ad spend" || l.Currency != "USD" || l.Unit != "" || *l.Lines[1].Values[0] != 0.7 {
		t.Errorf("ads: %+v", l)
	}
	if l := lanes["returns"].Data; len(l.Lines) != 0 || l.Note != "Reviews are not running: planted" {
		t.Errorf("returns: %+v", l)
	}
	if l := lanes["price"].Data; l.Note != "no report tells of this on these days." {
		t.Errorf("price: %+v", l)
	}
	if f := out.Figures; len(f) == 0 || f[0].Name != "sales.sales" || f[0].Value.Text != "$3.00" {
		t.Errorf("figures %+v", f)
	}
}

func TestTimelineOfNoSKU(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	out, err := d.Timeline(t.Context(), dashboards.SubjectInput{Subject: "US/GONE"})
	refused(t, "a SKU that is not there", core.CodeNotFound, err, "US/GONE")
	if out.Lanes == nil || out.Spans == nil || out.Figures == nil || out.Markers == nil || out.Elsewhere == nil || out.Tags == nil {
		t.Error("a list is null")
	}
}
