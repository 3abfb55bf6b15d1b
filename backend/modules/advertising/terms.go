package advertising

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/source"
)

// Windows of the search terms: all of it, and its last 28 days.
const (
	termAll = iota
	termRecent
)

// terms is the search terms of one marketplace with what they are judged by.
type terms struct {
	view      *view
	tally     tally
	campaigns map[uint32]totals // over termAll
	matches   map[uint64][]uint32
	even      map[uint32]fact.Value // break-even of campaigns
	mean      fact.Value            // the marketplace's ACoS
	names     nameTable
	rules     assumptions
}

func (x *question) termFacts(ctx context.Context, v *view) error {
	t, err := x.terms(ctx, v)
	if err == nil {
		x.termColumns(t)
	}
	return err
}

// terms sums the search terms of a marketplace and finds what they are judged by.
func (x *question) terms(ctx context.Context, v *view) (*terms, error) {
	h, _, err := x.recently(ctx, source.AdSearchTerms, v.market)
	if err != nil {
		return nil, err
	}
	t := &terms{view: v, matches: map[uint64][]uint32{}, campaigns: map[uint32]totals{}, names: x.names, rules: x.rules}
	all := h.upTo(termDays)
	t.tally, err = x.tally(ctx, []window{all, h.recent(all)}, []grouping{byTerm}, func(r *row) {
		k := byTerm(r)
		if !slices.Contains(t.matches[k], r.match) {
			t.matches[k] = append(t.matches[k], r.match)
		}
	})
	if err != nil {
		return nil, err
	}
	for k, s := range t.tally.by[0] {
		c, _ := split(k)
		sum := t.campaigns[c]
		sum.plus(s[termAll])
		t.campaigns[c] = sum
	}
	t.mean = t.tally.all(termAll, x.names, v.currency).acos()
	t.even = x.campaignBreakEven(v)
	return t, nil
}

// recent is the last 28 days of a window that is covered day by day.
func (h history) recent(w window) window {
	p := core.LastDays(w.period.To, 28)
	if !w.known() {
		return w
	}
	if p.From < w.period.From || h.lastCovered() == 0 {
		return window{maturity: fact.Missing, kind: h.rules.kind, note: "the 28 days are not covered day by day: import " + h.rules.title + " by day"}
	}
	return h.over(p)
}

func (x *question) termColumns(t *terms) {
	waste := wasteSum{limits: fact.Fresh}
	x.wasted[t.view.market] = map[uint64]bool{}
	for k := range t.tally.by[0] {
		f := t.tally.figures(0, k, termAll, x.names, t.view.currency)
		if f.clicks < 1 {
			continue
		}
		campaign, term := split(k)
		limit := t.limit(campaign, f)
		if f.orders == 0 {
			switch {
			case !limit.Known():
				waste.unjudged++
			case !f.mixed && limit.Money.Currency == f.money && f.spend >= limit.Money.Minor:
				waste.terms++
				x.wasted[t.view.market][k] = true
				waste.limits = fact.Worst(waste.limits, limit.Maturity)
				waste.recent.plus(t.tally.by[0][k][termRecent])
			}
		}
		subject := fact.SubjectID(t.view.market, x.names.of(campaign), x.names.of(term))
		if x.cols.about(subject) {
			x.termFact(t, subject, k, f, limit)
		}
	}
	x.wasteFacts(t, waste)
}

func (x *question) termFact(t *terms, subject string, key uint64, f figures, limit fact.Value) {
	put := func(name string, value func() fact.Value) { x.cols.put("advertising.term_"+name, subject, value) }
	put("spend", func() fact.Value { return f.amount(f.spend) })
	put("clicks", func() fact.Value { return f.count(f.clicks) })
	put("orders", func() fact.Value { return f.count(f.orders) })
	put("sales", func() fact.Value { return f.amount(f.sales) })
	put("acos", f.acos)
	put("limit", func() fact.Value { return limit })
	put("wasted", func() fact.Value {
		if f.orders > 0 {
			return f.amount(0)
		}
		return f.amount(f.spend)
	})
	put("expected_orders", func() fact.Value {
		campaign, _ := split(key)
		return t.expectedOrders(campaign, f)
	})
	put("match_type", func() fact.Value {
		v := f.w.value()
		v.Text = t.matchTypes(key)
		return v
	})
}

func (t *terms) matchTypes(key uint64) string {
	var out []string
	for _, id := range t.matches[key] {
		if name := strings.ToLower(t.names.of(id)); name != "" && name != "-" {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return strings.Join(slices.Compact(out), ", ")
}

// expectedOrders is what the clicks would bring at the conversion of the other terms.
func (t *terms) expectedOrders(campaign uint32, f figures) fact.Value {
	others, note := t.campaigns[campaign].minus(f.totals), ""
	if others.clicks < t.rules.minClicks {
		others, note = t.tally.total[termAll].minus(f.totals), "conversion of all campaigns: this one's other terms have too few clicks"
	}
	if others.clicks < t.rules.minClicks {
		return f.w.missing(fmt.Sprintf("the other terms have %d clicks; %d are needed to tell a conversion", others.clicks, t.rules.minClicks))
	}
	v := f.w.value()
	v.Num = float64(f.clicks) * float64(others.orders) / float64(others.clicks)
	v.Note = join(v.Note, note)
	return v
}

// limit is order value × break-even × the factor of the settings.
func (t *terms) limit(campaign uint32, f figures) fact.Value {
	orders := t.campaigns[campaign]
	note := ""
	if orders.orders == 0 || orders.sales <= 0 {
		orders, note = t.tally.total[termAll], "order value of all campaigns: this one has no orders"
	}
	switch {
	case orders.orders == 0 || orders.sales <= 0:
		return f.w.missing("no ad order yet to tell the order value")
	case orders.mixed || f.mixed || f.currency != 0 && orders.currency != f.currency:
		return f.w.missing(mixedNote)
	}
	even := t.even[campaign]
	if !even.Known() {
		if !t.mean.Known() {
			return f.w.missing("neither unit costs nor ad sales to tell what an order may cost")
		}
		even = t.mean
		even.Maturity = fact.Worst(fact.Estimated, even.Maturity)
		even.Note = "no unit cost known in this campaign: the marketplace's mean ACoS stands in for break-even"
	}
	v := with(f.w.value(), even)
	v.Note = join(v.Note, note)
	order := float64(orders.sales) / float64(orders.orders)
	v.Money = core.Money{Minor: int64(math.Round(order * max(even.Num, 0) * t.rules.limitFactor)), Currency: f.money}
	return v
}

// wasteSum is what terms that have had their chance come to.
type wasteSum struct {
	recent   totals
	terms    int
	unjudged int           // terms without orders whose limit is not known
	limits   fact.Maturity // the least trustworthy limit that was applied
}

// wasteFacts are the marketplace's sums over terms that have had their chance.
func (x *question) wasteFacts(t *terms, waste wasteSum) {
	finish := func(v fact.Value) fact.Value {
		if !v.Known() {
			return v
		}
		v.Maturity = fact.Worst(v.Maturity, waste.limits)
		if waste.unjudged > 0 {
			v.Maturity = fact.Worst(v.Maturity, fact.Estimated)
			v.Note = join(v.Note, fmt.Sprintf("%d terms without orders could not be judged", waste.unjudged))
		}
		return v
	}
	all := t.tally.windows[termAll]
	recent := figures{totals: waste.recent, w: t.tally.windows[termRecent], money: t.view.currency}.named(x.names)
	unknown := waste.terms == 0 && waste.unjudged > 0
	const why = "no order value or break-even to judge the terms without orders by"
	x.cols.put("advertising.wasted_spend_28d", t.view.market, func() fact.Value {
		if unknown && recent.w.known() {
			return recent.w.missing(why)
		}
		return finish(recent.amount(waste.recent.spend))
	})
	x.cols.put("advertising.market_wasted_terms", t.view.market, func() fact.Value {
		if unknown {
			return all.missing(why)
		}
		v := all.value()
		v.Num = float64(waste.terms)
		return finish(v)
	})
}

// campaignBreakEven weighs the break-even of a campaign's SKUs by their ad sales, or by
// spend where the campaign has none.
func (x *question) campaignBreakEven(v *view) map[uint32]fact.Value {
	type sum struct {
		bySales, sales, bySpend, spend, unknown float64
		worst                                   fact.Value
		known                                   bool
	}
	sums := map[uint32]*sum{}
	for k, s := range v.products.by[groupCampaignSKU] {
		c, sku := split(k)
		if sums[c] == nil {
			sums[c] = &sum{worst: fact.Value{Maturity: fact.Fresh}}
		}
		even := breakEven(x.sales.contribution[fact.SubjectID(v.market, x.names.of(sku))])
		t := s[termWindow]
		if !even.Known() {
			sums[c].unknown += float64(t.sales + t.spend)
			continue
		}
		a := sums[c]
		a.known = true
		a.bySales += float64(t.sales) * even.Num
		a.sales += float64(t.sales)
		a.bySpend += float64(t.spend) * even.Num
		a.spend += float64(t.spend)
		a.worst.Maturity = fact.Worst(a.worst.Maturity, even.Maturity)
		a.worst.Source = even.Source
	}
	out := make(map[uint32]fact.Value, len(sums))
	for c, a := range sums {
		val := a.worst
		switch {
		case !a.known || a.sales <= 0 && a.spend <= 0:
			continue
		case a.sales > 0:
			val.Num = a.bySales / a.sales
		default:
			val.Num = a.bySpend / a.spend
		}
		if a.unknown > 0 {
			val.Maturity = fact.Worst(val.Maturity, fact.Estimated)
			val.Note = "break-even of the campaign's SKUs with a known cost only"
		} else if val.Maturity != fact.Fresh {
			val.Note = "break-even rests on a contribution that is " + string(val.Maturity)
		}
		out[c] = val
	}
	return out
}
