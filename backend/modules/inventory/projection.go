package inventory

import (
	"context"
	"fmt"
	"math"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/page"
)

const (
	projectedBack  = 90  // days of history drawn
	projectedAhead = 180 // days projected at most
	projectedLeast = 30  // and at least
	spread80       = 1.28
)

// course is what a projection is drawn from.
type course struct {
	start    core.Day // of the stock report
	stock    float64  // units on hand and on their way on that day
	perDay   float64
	sigma    float64 // standard deviation of a day's units
	expected []float64
	low      []float64
	high     []float64
}

// project draws units left n days after the start, with the interval in which they lie four times out of
// five where the days' sales are independent of each other: ± 1.28 σ √t. Stock never grows and never
// falls below nothing.
func project(c course, n int) course {
	for t := range n + 1 {
		sold := c.perDay * float64(t)
		spread := spread80 * c.sigma * math.Sqrt(float64(t))
		c.expected = append(c.expected, max(0, c.stock-sold))
		c.low = append(c.low, max(0, c.stock-sold-spread))
		c.high = append(c.high, min(c.stock, max(0, c.stock-sold+spread)))
	}
	return c
}

// deviation is the standard deviation of the units of the days that velocity counts.
func (p *pace) deviation(sku core.SKU, perDay float64) float64 {
	sold := p.demand.units[sku]
	n, c, _ := span(p.history, p.changes, p.demand, sold)
	if c.counted < 2 {
		return 0
	}
	var squares float64
	for i := longWindow - n; i < longWindow; i++ {
		if u, kind := p.demand.day(p.history, p.changes, sold, i); kind == counted || kind == assumed {
			squares += (u - perDay) * (u - perDay)
		}
	}
	return math.Sqrt(squares / float64(c.counted-1))
}

var projectedFacts = []string{ //nolint:gochecknoglobals // a constant list
	factOnHand, factInbound, factVelocity, factLead, factCover, factOrderBy, factDaysShort, factSellsOut, factSuggested,
}

// projectionChart is the stock of one SKU, past and to come: of the one asked for, else of the one in scope
// that would lose most units before an order placed today can land.
func (s *started) projectionChart(ctx context.Context, q page.ChartQuery) (page.Data, error) {
	out := page.Data{Title: "Stock projection", Unit: "units"}
	facts, err := s.shown(ctx, q.AsOf, projectedFacts...)
	if err != nil {
		return out, err
	}
	sc := scopeOf(q)
	id := q.Subject
	if !strings.Contains(id, "/") {
		id = neediest(facts, sc)
	}
	onHand, known := facts.num(factOnHand, id)
	if !known {
		out.Note = noStock
		if id != "" && len(facts[factOnHand]) > 0 {
			out.Note = "No stock report lists " + sc.label(id)
		}
		return out, nil
	}
	p, ok, err := s.paceOf(ctx, id, q.AsOf)
	if err != nil || !ok {
		out.Note = noStock
		return out, err
	}
	f := forecast{facts: facts, id: id, label: sc.label(id), asOf: q.AsOf, pace: p, onHand: onHand}
	return f.draw(), nil
}

// neediest is the SKU that needs an order most; "" if none is known.
func neediest(f shown, sc scope) string {
	best, lost, left := "", 0.0, math.Inf(1)
	for id := range f[factOnHand] {
		if !sc.has(id) {
			continue
		}
		short, _ := f.num(factDaysShort, id)
		perDay, _ := f.num(factVelocity, id)
		days, known := f.num(factOrderBy, id)
		if !known {
			days = math.MaxFloat64
		}
		n := short * perDay
		if n > lost || (n == lost && (days < left || (days == left && id < best))) {
			best, lost, left = id, n, days
		}
	}
	return best
}

// forecast is one projection being drawn.
type forecast struct {
	facts  shown
	id     string
	label  string
	asOf   core.Day
	pace   pace
	onHand float64
}

func (f *forecast) draw() page.Data {
	_, sku := fact.SplitID(f.id)
	out := page.Data{Title: f.finding(), Unit: "units"}
	c := course{start: f.facts[factOnHand][f.id].AsOf, stock: f.onHand}
	inbound, _ := f.facts.num(factInbound, f.id)
	c.stock += inbound
	perDay, known := f.facts.num(factVelocity, f.id)
	ahead := 0
	if known {
		c.perDay, c.sigma = perDay, f.pace.deviation(core.SKU(sku), perDay)
		ahead = f.horizon()
		c = project(c, int(f.asOf-c.start)+ahead)
	}
	p := core.Period{From: f.asOf - projectedBack, To: f.asOf + core.Day(ahead)}
	for d := p.From; d <= p.To; d++ {
		out.Days = append(out.Days, int(d))
	}
	var points []dayUnits
	for _, l := range begun(f.pace.lines, f.pace.changes) {
		points = append(points, dayUnits{l.day, float64(l.onHand)})
	}
	past := carry(points, core.Period{From: p.From, To: f.asOf})
	for i := range past { // the last report speaks for its own day: from there on it is projected
		if known && p.From+core.Day(i) > c.start {
			past[i] = nil
		}
	}
	out.Lines = []page.Line{{Name: seriesOnHand, Label: "On hand", Role: page.Main, Values: padded(past, p.Days())}}
	if known {
		out.Lines = append(out.Lines,
			page.Line{Label: "Expected", Role: page.Expected, Values: placed(c.expected, c.start, p)},
			page.Line{Label: "Low, 80 %", Role: page.BandLow, Values: placed(c.low, c.start, p)},
			page.Line{Label: "High, 80 %", Role: page.BandHigh, Values: placed(c.high, c.start, p)},
		)
	}
	zero := make([]float64, p.Days())
	out.Lines = append(out.Lines, page.Line{Label: "Out of stock", Role: page.Threshold, Values: placed(zero, p.From, p)})
	out.Markers = f.markers(p)
	out.Summary = f.summary(c)
	if inbound > 0 {
		out.Note = many(int64(inbound), "unit") + " on the way counted from the first day: reports don't say when they land"
	}
	if !known {
		out.Note = "Not projected: " + f.facts[factVelocity][f.id].Note
	}
	return out
}

// horizon is how many days ahead are worth seeing: the lead time and the sell-out day, with two weeks more.
func (f *forecast) horizon() int {
	lead, _ := f.facts.num(factLead, f.id)
	cover, _ := f.facts.num(factCover, f.id)
	return int(min(max(lead, min(cover, projectedAhead), projectedLeast)+14, projectedAhead))
}

func (f *forecast) finding() string {
	perDay, known := f.facts.num(factVelocity, f.id)
	lead, _ := f.facts.num(factLead, f.id)
	lands := dated(f.asOf+core.Day(math.Ceil(lead)), f.asOf)
	short, _ := f.facts.num(factDaysShort, f.id)
	out := f.facts[factSellsOut][f.id]
	switch {
	case !known:
		return f.label + " has " + many(int64(f.onHand), "unit") + " on hand; its pace is not known"
	case perDay == 0:
		return f.label + " sells nothing: " + many(int64(f.onHand), "unit") + " stay on hand"
	case f.onHand == 0 && out.Known() && f.facts[factCover][f.id].Num == 0:
		return f.label + " is out of stock; an order placed today can land " + lands
	case !out.Known():
		return f.label + " lasts longer than ten years"
	}
	day, err := core.ParseDay(out.Text)
	if err != nil { // the fact is written by Day.String
		return f.label
	}
	if short > 0 {
		return fmt.Sprintf("%s sells out %s, %s before stock can land", f.label, dated(day, f.asOf), many(int64(max(1, math.Round(short))), "day"))
	}
	left, _ := f.facts.num(factOrderBy, f.id)
	return fmt.Sprintf("%s sells out %s; order by %s", f.label, dated(day, f.asOf), dated(f.asOf+core.Day(math.Floor(left)), f.asOf))
}

// markers are the days to know: order by, sell-out, and when an order placed today can land.
func (f *forecast) markers(p core.Period) []page.Marker {
	var out []page.Marker
	add := func(d core.Day, title, kind string) {
		if p.Contains(d) {
			out = append(out, page.Marker{Day: int(d), Title: title, Kind: kind})
		}
	}
	if left, known := f.facts.num(factOrderBy, f.id); known {
		add(f.asOf+core.Day(math.Floor(left)), "Order by", "due")
	}
	if v := f.facts[factSellsOut][f.id]; v.Known() {
		if d, err := core.ParseDay(v.Text); err == nil {
			add(d, "Sells out", "event")
		}
	}
	if lead, known := f.facts.num(factLead, f.id); known {
		add(f.asOf+core.Day(math.Ceil(lead)), "An order placed today can land", "event")
	}
	return out
}

func (f *forecast) summary(c course) string {
	if c.expected == nil {
		return f.finding() + "."
	}
	return fmt.Sprintf("%s. From %s on, stock on hand and on its way falls by %.1f units a day, the pace while in stock. "+
		"The band holds four outcomes out of five: ± 1.28 × %.1f units × √days, %.1f being the standard deviation of a day's units "+
		"over the days with stock, taken as independent of each other.", f.finding(), c.start, c.perDay, c.sigma, c.sigma)
}

// placed puts values that begin on a day into a period.
func placed(values []float64, start core.Day, p core.Period) []*float64 {
	out := make([]*float64, p.Days())
	for t := range values {
		if d := start + core.Day(t); p.Contains(d) {
			out[d-p.From] = &values[t]
		}
	}
	return out
}

func padded(values []*float64, n int) []*float64 {
	return append(values, make([]*float64, max(0, n-len(values)))...)
}
