package accounthealth

import (
	"context"
	"database/sql"
	"fmt"
	"sort"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/page"
	"purser/backend/platform/sqlite"
)

// violations draws what is open by type, most first.
func (p *painter) violations(context.Context) (page.Data, error) {
	type sum struct {
		bar   page.Bar
		where []string
	}
	sums, absent := map[string]*sum{}, []string{}
	var open, risen float64
	compared := false
	for _, a := range p.markets {
		t := a.tally(violations)
		for _, n := range t.absent {
			absent = append(absent, (&metric{name: n}).label()+" in "+a.market)
		}
		for i := range t.now {
			m := &t.now[i]
			if sums[m.name] == nil {
				sums[m.name] = &sum{bar: page.Bar{Label: m.label(), Known: true, Name: factCount}}
			}
			s := sums[m.name]
			s.bar.Value += float64(m.count.Int64)
			if m.count.Int64 > 0 {
				s.where, s.bar.Subject = append(s.where, fmt.Sprintf("%s %d", a.market, m.count.Int64)), fact.SubjectID(a.market, m.name)
			}
		}
		open, risen, compared = open+t.open, risen+t.risen, compared || len(t.matched) > 0
	}
	d := page.Data{Unit: "open"}
	for _, n := range sortedKeys(sums) {
		s := sums[n]
		s.bar.Text = fmt.Sprintf("%d", int(s.bar.Value))
		s.bar.Detail = strings.Join(s.where, ", ")
		if len(s.where) > 1 {
			s.bar.Name, s.bar.Subject = "", "" // the sum of several marketplaces is no one fact
		}
		d.Bars = append(d.Bars, s.bar)
	}
	sort.SliceStable(d.Bars, func(i, j int) bool { return d.Bars[i].Value > d.Bars[j].Value })
	if len(absent) > 0 {
		d.Note = p.note("not in the newest report: " + strings.Join(absent, ", "))
	} else {
		d.Note = p.note()
	}
	d.Title = openFinding(d.Bars, open, risen, compared)
	return d, nil
}

func openFinding(bars []page.Bar, open, risen float64, compared bool) string {
	var out string
	switch {
	case len(bars) == 0:
		return "The newest report counts no violations of any type"
	case open == 0:
		return "No violation or complaint is open"
	case open == 1:
		out = "1 violation is open: " + bars[0].Label
	case bars[0].Value == open:
		out = fmt.Sprintf("%d violations are open, all %s", int(open), lowered(bars[0].Label))
	default:
		out = fmt.Sprintf("%d violations are open, %d of them %s", int(open), int(bars[0].Value), lowered(bars[0].Label))
	}
	if compared {
		out += fmt.Sprintf("; %d came in a week", int(risen))
	}
	return out
}

func lowered(s string) string { return strings.ToLower(s[:min(1, len(s))]) + s[min(1, len(s)):] }

// counts draws what was open over time: each day what the report that spoke for it said, over
// all marketplaces, known only where all of them were.
func (p *painter) counts(ctx context.Context) (page.Data, error) {
	period, from := p.span(0)
	d := page.Data{Days: dayNumbers(period), From: from, Unit: "open", Note: p.note()}
	labels := map[string]string{violations: "Violations and complaints", documents: "Document requests"}
	for i, of := range []string{violations, documents} {
		role := page.Main
		if i > 0 {
			role = page.Second
		}
		d.Lines = append(d.Lines, page.Line{Label: labels[of], Role: role, Values: make([]*float64, period.Days())})
	}
	for i, a := range p.markets {
		days, err := p.counted(ctx, a, period)
		if err != nil {
			return page.Data{}, err
		}
		for n, of := range []string{violations, documents} {
			addUp(d.Lines[n].Values, days[of], i == 0)
		}
	}
	d.Title = countsFinding(d.Lines[0].Values)
	if d.Title == "" {
		d.Title, d.Days, d.Lines = "No report of these days counts violations", nil, nil
		d.Note = p.note("import older reports: " + p.kindTitle())
	}
	return d, nil
}

// addUp adds a marketplace to the sum; what one does not know nobody does.
func addUp(sum, more []*float64, first bool) {
	for i := range sum {
		switch {
		case first:
			sum[i] = more[i]
		case sum[i] == nil || more[i] == nil:
			sum[i] = nil
		default:
			v := *sum[i] + *more[i]
			sum[i] = &v
		}
	}
}

// counted is the sum of each kind of counter of a marketplace by day.
func (p *painter) counted(ctx context.Context, a *answer, period core.Period) (map[string][]*float64, error) {
	reports, stale := map[core.Day]*report{}, p.staleDays()
	args := []any{a.market, max(period.From-min(stale, longest), 1), period.To}
	err := sqlite.EachRow(ctx, p.host.DB(), p.sql["Counters"], args, func(r *sql.Rows) error {
		var (
			day core.Day
			m   metric
		)
		if err := r.Scan(&day, &m.name, &m.count, &m.condition); err != nil {
			return err
		}
		if reports[day] == nil {
			reports[day] = &report{day: day, metrics: map[string]metric{}}
		}
		reports[day].metrics[m.name] = m
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the counters of %s: %w", a.market, err)
	}
	out := map[string][]*float64{violations: make([]*float64, period.Days()), documents: make([]*float64, period.Days())}
	for d := period.From; d <= period.To; d++ {
		at := latest(p.days[a.market], d)
		if at == 0 || d-at > stale || reports[at] == nil {
			continue
		}
		then := answer{now: reports[at], standards: a.standards}
		for of, values := range out {
			if t := then.tally(of); len(t.now) > 0 {
				values[d-period.From] = &t.open
			}
		}
	}
	return out, nil
}

// countsFinding is what the line of open violations says; "" where no day is known.
func countsFinding(values []*float64) string {
	var first, last *float64
	most := 0.0
	for _, v := range values {
		if v == nil {
			continue
		}
		if first == nil {
			first = v
		}
		last, most = v, max(most, *v)
	}
	switch {
	case last == nil:
		return ""
	case most == 0:
		return "No violation was open on any known day"
	case *first == *last:
		return fmt.Sprintf("Open violations are at %d as at the beginning, %d at most", int(*last), int(most))
	case *first < *last:
		return fmt.Sprintf("Open violations rose from %d to %d", int(*first), int(*last))
	}
	return fmt.Sprintf("Open violations fell from %d to %d", int(*first), int(*last))
}
