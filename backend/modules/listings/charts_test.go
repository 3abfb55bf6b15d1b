package listings_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/page"
	"purser/backend/core/source"
)

func chart(tb testing.TB, m page.Charter, name string, change ...func(*page.ChartQuery)) page.Data {
	tb.Helper()
	q := page.ChartQuery{Name: name, AsOf: today, Period: core.LastDays(today-1, 10), Marketplaces: []string{"US"}}
	for _, c := range change {
		c(&q)
	}
	d, err := m.Chart(tb.Context(), q)
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

func bars(d page.Data) []string {
	var out []string
	for _, b := range d.Bars {
		out = append(out, strings.Join([]string{b.Label, b.Text, b.Detail}, "|"))
	}
	return out
}

func TestIssuesOverTime(t *testing.T) {
	t.Parallel()
	m, _ := filled(t)
	d := chart(t, m, "issues")
	// Reports are stale after three days here.
	show := func(v []*float64) string {
		var out strings.Builder
		for _, n := range v {
			if n == nil {
				out.WriteString("?")
				continue
			}
			fmt.Fprint(&out, *n)
		}
		return out.String()
	}
	if got := show(d.Lines[0].Values) + " " + show(d.Lines[1].Values); got != "??1111???2 ??0000???2" {
		t.Errorf("lines %s", got)
	}
	if want := "Hidden listings rose from 1 to 2, stranded SKUs rose from 0 to 2"; d.Title != want || d.Note != "" {
		t.Errorf("%q %q", d.Title, d.Note)
	}
	narrow := chart(t, m, "issues", func(q *page.ChartQuery) { q.Subjects = []string{"US/G"} })
	if got := show(narrow.Lines[0].Values) + " " + show(narrow.Lines[1].Values); got != "??0000???0 ??0000???1" {
		t.Errorf("narrowed %s", got)
	}
	if two := chart(t, m, "issues", func(q *page.ChartQuery) { q.Marketplaces = []string{"US", "DE"} }); !strings.Contains(two.Note, "DE") {
		t.Errorf("note %q", two.Note)
	}
	older := chart(t, m, "issues", func(q *page.ChartQuery) { q.Period = core.LastDays(today-20, 5) })
	if older.Lines != nil || !strings.Contains(older.Note, "suppressed_listings") {
		t.Errorf("%+v", older)
	}
}

func TestReasons(t *testing.T) {
	t.Parallel()
	m, _ := filled(t)
	d := chart(t, m, "reasons")
	want := []string{"No image|2|Hidden from search", "Listing closed|1|Stranded", "Other|1|Stranded", "Title too long|1|Hidden from search"}
	if diff := cmp.Diff(want, bars(d)); diff != "" {
		t.Error(diff)
	}
	if want := "No image concerns 2 of 3 SKUs that are hidden or stranded"; d.Title != want {
		t.Errorf("title %q", d.Title)
	}
	if d := chart(t, m, "reasons", func(q *page.ChartQuery) { q.Marketplaces = []string{"DE"} }); d.Title != "Whether anything is hidden or stranded is not known" || d.Note == "" {
		t.Errorf("%+v", d)
	}
}

func TestAtStake(t *testing.T) {
	t.Parallel()
	m, h := filled(t)
	d := chart(t, m, "at_stake")
	if len(d.Bars) != 4 || d.Currency != "USD" || d.Bars[0].Subject != "US/A" || d.Bars[0].Text != "$10.00" {
		t.Fatalf("%+v", d)
	}
	for _, b := range d.Bars {
		if v := one(t, m, today, b.Name, b.Subject); v.Money.Major() != b.Value {
			t.Errorf("%s: bar %v, fact %v", b.Subject, b.Value, v.Money)
		}
	}
	if want := "A loses most: 25 % of what 4 SKUs that can't be sold lose a day"; d.Title != want {
		t.Errorf("title %q", d.Title)
	}
	// Amounts of another currency are not drawn beside, and said to be left out.
	german := hidden(20, today-1, source.Suppressed{Row: 2, SKU: "A", Reason: "x", ChangedDay: today - 9})
	german.Marketplace = "DE"
	h.Apply(t, m, german)
	h.DailyFn = euros(h.DailyFn)
	both := chart(t, m, "at_stake", func(q *page.ChartQuery) { q.Marketplaces = []string{"US", "DE"} })
	if len(both.Bars) != 4 || !strings.Contains(both.Note, "EUR") {
		t.Errorf("%+v", both)
	}
	h.DailyFn = nil
	if d := chart(t, m, "at_stake"); d.Bars != nil || !strings.Contains(d.Title, "4 SKUs") {
		t.Errorf("%+v", d)
	}
}

func TestAge(t *testing.T) {
	t.Parallel()
	m, _ := filled(t)
	d := chart(t, m, "age")
	// A since 40 days; C since the day after it last was active, E since the first of its reports, G since 5 days.
	want := []string{"Up to 7 days|2|", "8 to 30 days|1|", "31 to 90 days|1|", "More than 90 days|0|"}
	if diff := cmp.Diff(want, bars(d)); diff != "" {
		t.Error(diff)
	}
	if want := "Of 4 SKUs that can't be sold, 1 has been so for more than 30 days; A longest, since " + (today - 40).String(); d.Title != want {
		t.Errorf("title %q", d.Title)
	}
	if !strings.Contains(d.Note, "1 SKU may be so for longer") {
		t.Errorf("note %q", d.Note)
	}
}

func TestNothingInTrouble(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	if d := chart(t, m, "age"); d.Title != "No SKU is known" || !strings.Contains(d.Note, "merchant_listings") {
		t.Errorf("%+v", d)
	}
	h.Apply(t, m, offers(1, today, offer("A", "Active")))
	if d := chart(t, m, "at_stake"); d.Title != "What can't be sold is not known" {
		t.Errorf("%+v", d)
	}
	h.Apply(t, m, hidden(2, today), stray(3, today))
	for _, name := range []string{"age", "at_stake"} {
		if d := chart(t, m, name); d.Title != "Everything in stock can be found and bought" || d.Note != "" {
			t.Errorf("%s: %+v", name, d)
		}
	}
	if d := chart(t, m, "reasons"); d.Title != "The newest reports list nothing as hidden or stranded" {
		t.Errorf("%+v", d)
	}
}

// euros answers sales of DE in euros.
func euros(of func(string, string, core.Period, core.Day) []fact.Series) func(string, string, core.Period, core.Day) []fact.Series {
	return func(series, subject string, p core.Period, asOf core.Day) []fact.Series {
		out := of(series, subject, p, asOf)
		for _, s := range out {
			for i := range s.Points {
				if strings.HasPrefix(subject, "DE") {
					s.Points[i].Money.Currency = "EUR"
				}
			}
		}
		return out
	}
}
