package reviews

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/page"
	"purser/backend/core/source"
)

const (
	weekDays = 7
	// weeksDrawn is how many weeks the control chart has at least, where they are known: a limit
	// made of few weeks says little.
	weeksDrawn = 26
	// sigmas is the usual distance of a control limit from the centre line (W. A. Shewhart, 1931).
	sigmas = 3
)

// week is what was ordered and returned in seven days, of those that are known of both.
type week struct {
	last              core.Day
	returned, ordered float64
	days              int
}

// Control is the centre line of a p-chart and the upper control limit of each of its samples.
type Control struct {
	Centre float64   // hits ÷ cases of all samples
	Limits []float64 // NaN where a sample has no cases
	Above  []int     // samples whose share is above their limit
}

// ControlOf makes a p-chart of samples, each of hits in cases: Centre + 3·√(Centre·(1−Centre) ÷ cases).
func ControlOf(hits, cases []float64) Control {
	var h, n float64
	for i := range cases {
		h, n = h+hits[i], n+cases[i]
	}
	c := Control{Limits: make([]float64, len(cases))}
	if n > 0 {
		c.Centre = h / n
	}
	p := min(c.Centre, 1)
	for i := range cases {
		c.Limits[i] = math.NaN()
		if cases[i] <= 0 {
			continue
		}
		c.Limits[i] = c.Centre + sigmas*math.Sqrt(p*(1-p)/cases[i])
		if hits[i]/cases[i] > c.Limits[i] {
			c.Above = append(c.Above, i)
		}
	}
	return c
}

// returnsChart draws the return rate by week with its control limit.
func (m *Module) returnsChart(ctx context.Context, q page.ChartQuery) (page.Data, error) {
	weeks, note, err := m.weeks(ctx, q)
	if err != nil {
		return page.Data{}, err
	}
	out := page.Data{Title: "The return rate of these weeks is not known", Unit: "%", Note: note}
	var hits, cases []float64
	for _, w := range weeks {
		hits, cases = append(hits, w.returned), append(cases, w.ordered)
	}
	c := ControlOf(hits, cases)
	if !slices.ContainsFunc(cases, func(n float64) bool { return n > 0 }) {
		if note == "" {
			out.Note = "It takes FBA customer returns and All orders of the same weeks: import them."
		}
		return out, nil
	}
	rate := page.Line{Name: "reviews.return_rate", Label: "Return rate", Role: page.Main}
	limit := page.Line{Label: "Upper control limit", Role: page.Limit}
	centre := page.Line{Label: "Centre line", Role: page.Expected}
	for i, w := range weeks {
		out.Days = append(out.Days, int(w.last))
		var share, top *float64
		if w.ordered > 0 {
			share, top = percentage(w.returned/w.ordered), percentage(c.Limits[i])
		}
		rate.Values, limit.Values, centre.Values = append(rate.Values, share), append(limit.Values, top), append(centre.Values, percentage(c.Centre))
	}
	out.Lines = []page.Line{rate, limit, centre}
	if first := weeks[0].last - weekDays + 1; first < q.Period.From {
		out.From = int(q.Period.From)
	}
	out.Title = controlFinding(weeks, c)
	out.Summary = fmt.Sprintf("Weeks by their last day. The centre line is %s; the limit is three standard deviations above it, wider where fewer units were ordered.", percent(c.Centre))
	return out, nil
}

func percentage(share float64) *float64 {
	v := share * 100
	return &v
}

// controlFinding names the weeks above the limit.
func controlFinding(weeks []week, c Control) string {
	if len(c.Above) == 0 {
		return fmt.Sprintf("No week's return rate is above its control limit; %s is usual", percent(c.Centre))
	}
	var days []string
	for _, i := range c.Above[max(0, len(c.Above)-3):] {
		days = append(days, weeks[i].last.Time().Format("2 Jan"))
	}
	last := len(days) - 1
	list := days[last]
	if last > 0 {
		list = strings.Join(days[:last], ", ") + " and " + days[last]
	}
	switch n := len(c.Above); {
	case n == 1:
		return "The return rate was above its control limit in the week to " + list
	case n <= 3:
		return "The return rate was above its control limit in the weeks to " + list
	default:
		return fmt.Sprintf("The return rate was above its control limit in %d weeks, last in those to %s", n, list)
	}
}

// weeks sums up the seven-day runs that end with the last day known of both returns and orders.
func (m *Module) weeks(ctx context.Context, q page.ChartQuery) (list []week, note string, err error) {
	s, err := m.snapshot(ctx, q.AsOf)
	if err != nil {
		return nil, "", err
	}
	in := scopeOf(q)
	to := min(q.Period.To, q.AsOf-1)
	span := core.LastDays(to, max(q.Period.Days(), weeksDrawn*weekDays))
	sold, err := m.soldUnits(ctx, q, in, span)
	if err != nil {
		return nil, "", err
	}
	end := core.Day(0)
	for key := range sold {
		if state, _ := s.calendar[source.Returns][key.market].at(key.day); state != unknownDay {
			end = max(end, key.day)
		}
	}
	if end == 0 {
		return nil, s.why(source.Returns, in, span), nil
	}
	n := int(end-span.From+1) / weekDays
	list = make([]week, n)
	for i := range list {
		list[i].last = end - core.Day(weekDays*(n-1-i))
	}
	at := func(d core.Day) *week {
		if i := n - 1 - int(end-d)/weekDays; d <= end && i >= 0 {
			return &list[i]
		}
		return nil
	}
	for key, units := range sold {
		state, _ := s.calendar[source.Returns][key.market].at(key.day)
		if w := at(key.day); w != nil && state != unknownDay {
			w.ordered += units
			w.days++
		}
	}
	for _, u := range s.units {
		if _, known := sold[marketDay{u.market, u.day}]; !known || !in.holds(fact.SubjectID(u.market, u.sku)) {
			continue
		}
		state, _ := s.calendar[source.Returns][u.market].at(u.day)
		if w := at(u.day); w != nil && state != unknownDay {
			w.returned += float64(u.quantity)
		}
	}
	return slices.Clip(trimmed(list)), s.why(source.Returns, in, core.Period{From: max(span.From, end-core.Day(weekDays*n)+1), To: to}), nil
}

// trimmed leaves out the weeks before the first of which anything is known.
func trimmed(list []week) []week {
	i := slices.IndexFunc(list, func(w week) bool { return w.days > 0 })
	return list[max(i, 0):]
}

// marketDay is a day in a marketplace.
type marketDay struct {
	market string
	day    core.Day
}

// soldUnits asks sales for the units ordered of what a chart is about; only known days are in it.
func (m *Module) soldUnits(ctx context.Context, q page.ChartQuery, in scope, p core.Period) (map[marketDay]float64, error) {
	series := "sales.units"
	if in.subjects == nil {
		series = "sales.market_units"
	}
	list, err := m.host.Daily(ctx, series, q.Subject, p, q.AsOf)
	if err != nil {
		return nil, fmt.Errorf("reviews: read ordered units: %w", err)
	}
	out := map[marketDay]float64{}
	for _, s := range list {
		market, _ := fact.SplitID(s.Subject)
		if in.subjects != nil && !in.holds(s.Subject) || !slices.Contains(in.markets, market) {
			continue
		}
		for _, pt := range s.Points {
			out[marketDay{market, pt.Day}] += pt.Num
		}
	}
	return out, nil
}
