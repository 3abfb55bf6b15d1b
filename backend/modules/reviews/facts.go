package reviews

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// Lengths of the windows, in days.
const (
	feedbackDays    = 90
	newDays         = 7
	returnDays      = 28
	baselineDays    = 180
	minBaselineDays = 56
	lookBack        = 366
)

// question is one call of Facts with what it has read.
type question struct {
	m    *Module
	cols *columns
	asOf core.Day
	*records
}

// Facts implements fact.Provider.
func (m *Module) Facts(ctx context.Context, q fact.Query) ([]fact.Column, error) {
	cols := newColumns(q, definitions())
	if len(cols.wanted) == 0 {
		return nil, nil
	}
	r, err := m.open(ctx, q.AsOf)
	if err != nil {
		return nil, err
	}
	x := &question{m, cols, q.AsOf, r}
	days := core.Period{From: q.AsOf - lookBack, To: q.AsOf - 1}
	var units map[string]map[string][]fact.Point
	if x.wantsFeedback() {
		if err := m.readFeedback(ctx, r, days); err != nil {
			return nil, err
		}
	}
	if x.wantsReturns() {
		if err := m.readReturns(ctx, r, days); err != nil {
			return nil, err
		}
		if units, err = x.orderedUnits(ctx); err != nil {
			return nil, err
		}
	}
	for _, market := range x.markets() {
		if x.wantsFeedback() {
			x.feedbackFacts(market)
		}
		if x.wantsReturns() {
			x.returnFacts(market, units[market])
		}
	}
	return cols.list(definitions()), nil
}

// marketReturnRate is the one marketplace fact that is made of returns.
const marketReturnRate = "reviews.market_return_rate_28d"

func (x *question) wantsReturns() bool {
	return x.cols.any(returnDefinitions()) || x.cols.wanted[marketReturnRate]
}

func (x *question) wantsFeedback() bool {
	return x.cols.any(feedbackDefinitions()) || x.cols.any(slices.DeleteFunc(marketDefinitions(), func(d fact.Definition) bool { return d.Name == marketReturnRate }))
}

// markets are the codes of all marketplaces with a report or a record, or the one asked about.
func (x *question) markets() []string {
	set := map[string]bool{}
	for _, by := range []map[string]coverage{x.feedback, x.returns} {
		for code := range by {
			set[code] = true
		}
	}
	for _, u := range x.units {
		set[u.market] = true
	}
	if _, all := x.returns[""]; all {
		for _, it := range x.items {
			set[it.Marketplace] = true
		}
	}
	delete(set, "")
	if x.cols.q.Subject != "" {
		code, _ := fact.SplitID(x.cols.q.Subject)
		return slices.DeleteFunc([]string{code}, func(c string) bool { return !set[c] })
	}
	return slices.Sorted(maps.Keys(set))
}

// skus are the SKUs of the catalog and those named, in one marketplace.
func (x *question) skus(market string, named map[string]bool) []string {
	for _, it := range x.items {
		if it.Marketplace == market {
			named[string(it.SKU)] = true
		}
	}
	delete(named, "")
	return slices.Sorted(maps.Keys(named))
}

// orderedUnits asks sales for the units of each day, by marketplace and SKU.
func (x *question) orderedUnits(ctx context.Context) (map[string]map[string][]fact.Point, error) {
	ends := core.Period{}
	for _, c := range x.returns {
		if e := c.end(); e != 0 {
			ends = ends.Include(e)
		}
	}
	if ends.Days() == 0 {
		return nil, nil
	}
	subject := x.cols.q.Subject
	if _, rest := fact.SplitID(subject); rest == "" {
		subject = ""
	}
	p := core.Period{From: ends.From - returnDays - baselineDays, To: ends.To}
	list, err := x.m.host.Daily(ctx, "sales.units", subject, p, x.asOf)
	if err != nil {
		return nil, fmt.Errorf("reviews: read ordered units: %w", err)
	}
	out := map[string]map[string][]fact.Point{}
	for _, s := range list {
		market, sku := fact.SplitID(s.Subject)
		if sku == "" {
			continue
		}
		if out[market] == nil {
			out[market] = map[string][]fact.Point{}
		}
		out[market][sku] = s.Points
	}
	return out, nil
}
