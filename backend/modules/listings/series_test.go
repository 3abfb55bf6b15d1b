package listings_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"purser/backend/core"
	"purser/backend/core/fact"
)

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
