package accounthealth_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"purser/backend/core"
	"purser/backend/core/page"
	"purser/backend/core/source"
	"purser/backend/modules/accounthealth"
)

func chart(tb testing.TB, m page.Charter, q page.ChartQuery) page.Data {
	tb.Helper()
	if q.AsOf == 0 {
		q.AsOf = today
	}
	if q.Period.To == 0 {
		q.Period = core.LastDays(today-1, 28)
	}
	if q.Marketplaces == nil {
		q.Marketplaces = []string{"US"}
	}
	d, err := m.Chart(tb.Context(), q)
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

func bullets(d page.Data) []string {
	var out []string
	for _, b := range d.Bullets {
		out = append(out, strings.Join([]string{b.Subject, b.Text, b.Against, b.State}, "|"))
	}
	return out
}

func TestBulletsWorstFirst(t *testing.T) {
	t.Parallel()
	d := chart(t, filled(t), page.ChartQuery{Name: "targets", Marketplaces: []string{"US", "DE", "FR"}})
	want := []string{
		"US/late_shipment_rate|3.75 %|under 4 %|warning",
		"US/invoice_defect_rate|3 %|under 5 %|good",
		"US/unit_on_time_delivery_rate|95 %|at least 90 %|good",
		"US/valid_tracking_rate|98 %|over 95 %|good",
		"DE/late_shipment_rate|0.5 %|under 4 %|good",
		"US/order_defect_rate_mfn|not known|under 1 %|unknown",
	}
	if diff := cmp.Diff(want, bullets(d)); diff != "" {
		t.Error(diff)
	}
	if d.Title != "Late shipment rate in US uses 94 % of its allowance" {
		t.Errorf("title %q", d.Title)
	}
	if !strings.Contains(d.Note, "FR") || d.Bullets[5].Value != nil || *d.Bullets[0].Value != 3.75 || *d.Bullets[0].Target != 4 {
		t.Errorf("%q, %+v", d.Note, d.Bullets[0])
	}
}

func TestBulletFindings(t *testing.T) {
	t.Parallel()
	for title, rows := range map[string][]source.HealthMetric{
		"Late shipment rate is 4.25 %, Amazon asks for under 4 %":                                           {late(17, 400), rate("x", "LESS_THAN", 0.01, 0.009, 9, 1000)},
		"2 rates miss their targets, X by most":                                                             {late(17, 400), rate("x", "LESS_THAN", 0.01, 0.02, 20, 1000)},
		"2 rates are near their targets: X uses 90 % of its allowance":                                      {late(12, 400), rate("x", "LESS_THAN", 0.01, 0.009, 9, 1000)},
		"All 2 known rates keep well to their targets; Late shipment rate uses most, 25 % of its allowance": {late(4, 400), rate("x", "LESS_THAN", 0.01, 0, 0, 1000)},
		"Late shipment rate uses 99 % of its allowance":                                                     {late(399, 10000)},
		"No rate can be held to a target":                                                                   {counter("other_policy_violations", 1)},
	} {
		m, h := start(t)
		h.Apply(t, m, report(1, today, rows...))
		if d := chart(t, m, page.ChartQuery{Name: "targets"}); d.Title != title {
			t.Errorf("got %q, want %q", d.Title, title)
		}
	}
}

func TestNoReport(t *testing.T) {
	t.Parallel()
	m := accounthealth.New()
	if _, err := m.Chart(t.Context(), page.ChartQuery{Name: "targets"}); core.AsError(err).Code != core.CodeUnavailable {
		t.Errorf("before Init: %v", err)
	}
	started, _ := start(t)
	for _, c := range started.Page().Charts {
		d := chart(t, started, page.ChartQuery{Name: c.Name})
		if d.Title == "" || !strings.Contains(d.Note, "account_health") || d.Lines != nil || d.Bars != nil || d.Bullets != nil {
			t.Errorf("%s: %+v", c.Name, d)
		}
	}
}

func at(d page.Data, line int, day core.Day) *float64 {
	for i, n := range d.Days {
		if core.Day(n) == day {
			return d.Lines[line].Values[i]
		}
	}
	return nil
}

func TestHistoryOfTheWorstRate(t *testing.T) {
	t.Parallel()
	m := filled(t)
	d := chart(t, m, page.ChartQuery{Name: "history"})
	if len(d.Days) != 90 || core.Day(d.Days[89]) != today-1 || core.Day(d.From) != today-28 {
		t.Fatalf("%d days, from %d", len(d.Days), d.From)
	}
	if v := at(d, 0, today-9); v == nil || *v != 1 {
		t.Errorf("rate %v", v)
	}
	if at(d, 0, today-8) != nil || *at(d, 1, today-8) != 4 || at(d, 1, today-10) != nil || d.Lines[1].Role != page.Limit {
		t.Errorf("%+v", d.Lines)
	}
	if want := "Late shipment rate is 3.75 %, Amazon asks for under 4 %; it kept to its target on all 2 reported days"; d.Title != want {
		t.Errorf("title %q", d.Title)
	}
	d = chart(t, m, page.ChartQuery{Name: "history", Subject: "US/valid_tracking_rate"})
	if d.Lines[1].Role != page.Threshold || !strings.Contains(d.Title, "over 95 %") {
		t.Errorf("%+v", d)
	}
	d = chart(t, m, page.ChartQuery{Name: "history", Subject: "US/listing_policy_violations"})
	if want := "Listing policy violations: 3 open, 1 at the first report of these days"; d.Title != want || len(d.Lines) != 1 || d.Unit != "" {
		t.Errorf("%+v", d)
	}
	d = chart(t, m, page.ChartQuery{Name: "history", Subject: "US/account_status"})
	if d.Lines != nil || !strings.Contains(d.Note, "AT_RISK") {
		t.Errorf("%+v", d)
	}
	d = chart(t, m, page.ChartQuery{Name: "history", Subject: "US/late_shipment_rate", Period: core.LastDays(today-1, 400)})
	if len(d.Days) != 400 || d.From != 0 {
		t.Errorf("%d days from %d", len(d.Days), d.From)
	}
}

func TestViolationsByType(t *testing.T) {
	t.Parallel()
	d := chart(t, filled(t), page.ChartQuery{Name: "violations", Marketplaces: []string{"US", "DE"}})
	if len(d.Bars) != 9 || d.Bars[0].Label != "Other policy violations" || d.Bars[0].Value != 5 || d.Bars[0].Detail != "DE 4, US 1" && d.Bars[0].Detail != "US 1, DE 4" {
		t.Fatalf("%+v", d.Bars)
	}
	if d.Bars[0].Subject != "" || d.Bars[1].Subject != "US/listing_policy_violations" || d.Bars[8].Text != "0" {
		t.Errorf("%+v", d.Bars)
	}
	if want := "14 violations are open, 5 of them other policy violations; 2 came in a week"; d.Title != want {
		t.Errorf("title %q", d.Title)
	}
	if !strings.Contains(d.Note, "Listing policy violations in DE") {
		t.Errorf("note %q", d.Note)
	}
}

// A day is known while the report before it is not stale, and only where all marketplaces are.
func TestCountsOverTime(t *testing.T) {
	t.Parallel()
	m := filled(t)
	d := chart(t, m, page.ChartQuery{Name: "counts", Period: core.LastDays(today, 28)})
	// Reports are stale after three days here.
	for day, want := range map[core.Day]float64{today - 9: 10, today - 6: 10, today - 1: 10, today: 10} {
		if v := at(d, 0, day); v == nil || *v != want {
			t.Errorf("%s: %v", day, v)
		}
	}
	for _, day := range []core.Day{today - 10, today - 5, today - 2} {
		if v := at(d, 0, day); v != nil {
			t.Errorf("%s: %v", day, *v)
		}
	}
	if *at(d, 1, today-9) != 1 || *at(d, 1, today) != 3 || d.Title != "Open violations are at 10 as at the beginning, 10 at most" {
		t.Errorf("%q %+v", d.Title, d.Lines[1])
	}
	both := chart(t, m, page.ChartQuery{Name: "counts", Marketplaces: []string{"US", "DE"}})
	if at(both, 0, today-9) != nil || *at(both, 0, today-1) != 14 {
		t.Errorf("%+v", both.Lines)
	}
	if v := one(t, m, today-6, "accounthealth.violations", "US"); v.Num != *at(d, 0, today-6) {
		t.Errorf("the fact of that day is %v", v.Num)
	}
}
