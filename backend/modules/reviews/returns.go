package reviews

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/source"
)

const (
	// jumpUnits is how many returns it takes to speak of a jump.
	jumpUnits = 5
	// settleLag: returns still arrive if the newest covered day is before as-of − settleLag.
	settleLag = 2
	// minSalesDays is how many days of the 28 must have sales data to tell a rate.
	minSalesDays = 14
)

// returned sums the returns of one SKU by day.
type returned struct {
	byDay   map[core.Day]int64
	reasons map[string]int64 // in the window
	units   int64            // in the window
}

// rate is returned units over ordered units of the same days.
type rate struct {
	returned, ordered float64
	days              int // with both
	trust             fact.Maturity
}

func (r rate) value() float64 { return r.returned / r.ordered }

// rateOver sums returns and orders over the days of a window that have sales data.
func rateOver(w window, r returned, points []fact.Point) rate {
	out := rate{trust: fact.Fresh}
	for _, p := range points {
		if !w.has(p.Day) {
			continue
		}
		out.days++
		out.ordered += p.Num
		out.returned += float64(r.byDay[p.Day])
		if p.Maturity == fact.Estimated {
			out.trust = fact.Estimated
		}
	}
	return out
}

func (x *question) returnFacts(market string, ordered map[string][]fact.Point) {
	c := of(x.returns, market, x.noReport(source.Returns))
	end := c.end()
	w := c.last(end, returnDays, returnDays)
	if w.ok() && end < x.asOf-settleLag {
		w.maturity = fact.Worst(w.maturity, fact.Settling)
		w.note = join(w.note, "returns of the last days are still arriving")
	}
	w = c.aged(w, end)
	base := window{kind: kindOf(source.Returns), maturity: fact.Missing, note: w.note}
	if end != 0 {
		base = c.aged(c.last(end-returnDays, baselineDays, minBaselineDays), end)
	}
	bySKU, named := x.returnsOf(market, w)
	for sku := range ordered {
		named[sku] = true
	}
	sum := rate{trust: fact.Fresh}
	for _, sku := range x.skus(market, named) {
		r := bySKU[sku]
		now := rateOver(w, r, ordered[sku])
		sum.ordered += now.ordered
		sum.returned += now.returned
		sum.days = max(sum.days, now.days)
		sum.trust = fact.Worst(sum.trust, now.trust)
		if subject := fact.SubjectID(market, sku); x.cols.about(subject) {
			x.returnFact(subject, r, now, rateOver(base, r, ordered[sku]), w, base)
		}
	}
	x.cols.put(marketReturnRate, market, func() fact.Value {
		v := rateValue(w, sum)
		if n := unitsOf(x.lost); v.Known() && n > 0 {
			v.Maturity = fact.Worst(v.Maturity, fact.Estimated)
			v.Note = join(v.Note, fmt.Sprintf("%d returned units of the last year are of no known marketplace and left out", n))
		}
		return v
	})
}

// unitsOf sums up returns.
func unitsOf(list []unit) (n int64) {
	for _, u := range list {
		n += u.quantity
	}
	return n
}

// returnsOf sums the returns of a marketplace by SKU.
func (x *question) returnsOf(market string, w window) (map[string]returned, map[string]bool) {
	out, named := map[string]returned{}, map[string]bool{}
	for _, u := range x.units {
		if u.market != market {
			continue
		}
		r, ok := out[u.sku]
		if !ok {
			r = returned{byDay: map[core.Day]int64{}, reasons: map[string]int64{}}
		}
		named[u.sku] = true
		r.byDay[u.day] += u.quantity
		if w.ok() && w.has(u.day) {
			r.units += u.quantity
			r.reasons[u.reason] += u.quantity
		}
		out[u.sku] = r
	}
	return out, named
}

func (x *question) returnFact(subject string, r returned, now, before rate, w, base window) {
	put := func(name string, value func() fact.Value) { x.cols.put("reviews."+name, subject, value) }
	put("returned_units_28d", func() fact.Value { return counted(w, int(r.units)) })
	rateNow := rateValue(w, now)
	rateBefore := baselineValue(base, before)
	low := rateNow
	if low.Known() {
		low.Num = WilsonLow(now.returned, now.ordered)
	}
	put("return_rate_28d", func() fact.Value { return rateNow })
	put("return_rate_baseline", func() fact.Value { return rateBefore })
	put("return_rate_low_28d", func() fact.Value { return low })
	put("return_rate_times_baseline", func() fact.Value {
		v := with(rateNow, rateBefore)
		if v.Known() {
			v.Num = rateNow.Num / max(rateBefore.Num, 1/before.ordered)
		}
		return v
	})
	put("return_jump", func() fact.Value {
		if w.ok() && r.units < jumpUnits { // false whatever the baseline
			return w.value()
		}
		v := with(low, rateBefore)
		v.Num = 0
		v.Flag = v.Known() && low.Num > rateBefore.Num
		return v
	})
	x.reasonFacts(subject, r, w)
}

func (x *question) reasonFacts(subject string, r returned, w window) {
	reason := ""
	if len(r.reasons) > 0 {
		reason = slices.MinFunc(slices.Collect(maps.Keys(r.reasons)), func(a, b string) int {
			return cmp.Or(cmp.Compare(r.reasons[b], r.reasons[a]), cmp.Compare(a, b))
		})
	}
	value := func(fill func(v *fact.Value)) func() fact.Value {
		return func() fact.Value {
			if !w.ok() {
				return w.value()
			}
			if r.units == 0 {
				return w.missing(fmt.Sprintf("no returns in %d days", returnDays))
			}
			v := w.value()
			fill(&v)
			return v
		}
	}
	x.cols.put("reviews.top_return_reason", subject, value(func(v *fact.Value) { v.Text = reason }))
	x.cols.put("reviews.top_return_reason_share", subject, value(func(v *fact.Value) {
		v.Num = float64(r.reasons[reason]) / float64(r.units)
	}))
}

// rateValue is a rate as a fact of its window.
func rateValue(w window, r rate) fact.Value {
	switch {
	case !w.ok():
		return w.value()
	case r.days < minSalesDays:
		return w.missing(fmt.Sprintf("sales.units is known for %d of the %d days: import All orders for them", r.days, w.period.Days()))
	case r.ordered <= 0:
		return w.missing("no units ordered in these days")
	}
	if r.days < w.period.Days() {
		w = w.estimated(fmt.Sprintf("sales are known for %d of the %d days", r.days, w.period.Days()))
	}
	if r.trust == fact.Estimated {
		w = w.estimated("ordered units are estimated")
	}
	v := w.value()
	v.Num = r.value()
	return v
}

// baselineValue is the rate before; it needs minBaselineDays days of both returns and sales.
func baselineValue(w window, r rate) fact.Value {
	if w.ok() && r.days < minBaselineDays {
		return w.missing(fmt.Sprintf("returns and sales are both known for %d of the %d days before; %d are needed", r.days, w.period.Days(), minBaselineDays))
	}
	return rateValue(w, r)
}

// with joins the trust of two values; a missing one makes the first missing with its reason.
func with(a, b fact.Value) fact.Value {
	switch {
	case !a.Known():
		return a
	case !b.Known():
		return fact.Value{AsOf: a.AsOf, Maturity: fact.Missing, Source: a.Source, Note: b.Note}
	case fact.Worst(a.Maturity, b.Maturity) != a.Maturity:
		a.Maturity = b.Maturity
		a.Note = join(a.Note, b.Note)
	}
	return a
}
