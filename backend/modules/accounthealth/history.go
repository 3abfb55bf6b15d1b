package accounthealth

import (
	"context"
	"fmt"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/page"
)

const (
	// historyDays is the least that the chart of a rate shows.
	historyDays = 90
	// longest is the most days that a chart has.
	longest = 2000
)

// history draws one metric over time: the rate with its target, else the count. Of no metric
// in particular it takes the worst rate.
func (p *painter) history(ctx context.Context) (page.Data, error) {
	subject := p.q.Subject
	if subject == "" {
		gauges, err := p.gauges(ctx)
		if err != nil {
			return page.Data{}, err
		}
		if len(gauges) == 0 {
			return page.Data{Title: "No rate is measured", Note: p.note("the newest report measures no rate")}, nil
		}
		subject = gauges[0].bullet.Subject
	}
	market, metric := fact.SplitID(subject)
	period, from := p.span(historyDays)
	all, err := p.started.history(ctx, market, metric, period)
	if err != nil {
		return page.Data{}, err
	}
	d := page.Data{Days: dayNumbers(period), From: from, Note: p.note()}
	if len(all) == 0 || metric == "" {
		d.Title, d.Note, d.Days = "No report of these days has this metric", p.note("import older reports: "+p.kindTitle()), nil
		return d, nil
	}
	name := all[len(all)-1].label()
	if len(p.q.Marketplaces) > 1 {
		name += " in " + market
	}
	if !drawRate(&d, all, period, name) && !drawCount(&d, all, period, name) {
		d.Title, d.Note, d.Days = name+" is words, not a figure", p.note("its newest status is "+all[len(all)-1].status), nil
	}
	return d, nil
}

// span is the days to draw: at least so many up to the end of the range, none after today. from
// is the first day of the range where more is drawn.
func (p *painter) span(least int) (core.Period, int) {
	out := core.Period{From: p.q.Period.From, To: min(p.q.Period.To, p.q.AsOf)}
	if p.q.Period.Days() < least {
		out.From = p.q.Period.To - core.Day(least) + 1
	}
	out.From = max(out.From, out.To-longest+1)
	if out.From < p.q.Period.From {
		return out, int(p.q.Period.From)
	}
	return out, 0
}

func dayNumbers(p core.Period) []int {
	out := make([]int, 0, p.Days())
	for d := p.From; d <= p.To; d++ {
		out = append(out, int(d))
	}
	return out
}

// drawRate draws the rate and, where it is known, the target; false where no report measures a rate.
func drawRate(d *page.Data, all []told, p core.Period, name string) bool {
	rates, limits := make([]*float64, p.Days()), make([]*float64, p.Days())
	var last *told
	reported, held, over, role := 0, 0, 0, page.Limit
	for i := range all {
		t := &all[i]
		rate, ok := t.rateOrCount(seriesRate)
		if !ok {
			continue
		}
		last, reported = t, reported+1
		rates[t.day-p.From] = points(rate)
		if !t.limited {
			continue
		}
		held++
		limits[t.day-p.From] = points(t.limit.target)
		if t.isFloor() {
			role = page.Threshold
		}
		if used, ok := t.used(rate); ok && used >= 1 {
			over++
		}
	}
	if last == nil {
		return false
	}
	d.Unit = "%"
	d.Lines = []page.Line{{Name: seriesRate, Label: name, Role: page.Main, Values: rates}}
	now := fmt.Sprintf("%s is %s", name, short(last.rate.Float64))
	if held == 0 {
		d.Title = now
		return true
	}
	d.Lines = append(d.Lines, page.Line{Name: factTarget, Label: "Target", Role: role, Values: bridged(limits)})
	if last.limited {
		d.Title = fmt.Sprintf("%s, Amazon asks for %s", now, last.words())
	} else {
		d.Title = now
	}
	if over > 0 {
		d.Title += fmt.Sprintf("; it missed its target on %d of %s", over, counted(held, "reported day"))
	} else {
		d.Title += fmt.Sprintf("; it kept to its target on %s", every(held))
	}
	d.Summary = fmt.Sprintf("%s with a rate.", counted(reported, "report"))
	return true
}

// every words a number of days on all of which something holds.
func every(n int) string {
	if n == 1 {
		return "the one reported day"
	}
	return fmt.Sprintf("all %d reported days", n)
}

func counted(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

// drawCount draws a counter; false where no report has a count.
func drawCount(d *page.Data, all []told, p core.Period, name string) bool {
	values := make([]*float64, p.Days())
	var known []float64
	for i := range all {
		if n, ok := all[i].rateOrCount(seriesCount); ok {
			values[all[i].day-p.From] = &n
			known = append(known, n)
		}
	}
	if len(known) == 0 {
		return false
	}
	d.Lines = []page.Line{{Name: seriesCount, Label: name, Role: page.Main, Values: values}}
	d.Title = fmt.Sprintf("%s: %g open, %g at the first report of these days", name, known[len(known)-1], known[0])
	return true
}

// bridged fills the days between two known ones with the earlier: a target holds until another is told.
func bridged(v []*float64) []*float64 {
	last := -1
	for i := range v {
		if v[i] == nil {
			continue
		}
		for j := last + 1; last >= 0 && j < i; j++ {
			v[j] = v[last]
		}
		last = i
	}
	return v
}
