package sales

import (
	"context"
	"fmt"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/modules/sales/internal/daypack"
	"purser/backend/modules/sales/internal/history"
)

// notCancelled ends most explanations of rows of orders.
const notCancelled = "of the rows whose status is not Cancelled"

// howOf says how a number comes from the rows of orders.
func howOf(stem string) string {
	const sales = "the sum of the amounts " + notCancelled + "; a row without an amount counts as nothing"
	return map[string]string{
		"units": "Sum of the units " + notCancelled, "prior_units": "Sum of the units " + notCancelled,
		"sales": "S" + sales[5:], "yesterday_sales": "S" + sales[5:],
		"orders":           "Number of different orders of each day " + notCancelled + ", plus the number in rows that have one instead of an order",
		"cancelled_units":  "Sum of the units of the rows whose status is Cancelled",
		"change":           "Sales of the rows of the period now ÷ sales of those of the period before − 1. Sales are " + sales,
		"yesterday_change": "Sales of the rows of the period now ÷ a quarter of the sales of those of the period before − 1. Sales are " + sales,
		"fees":             "Sum of units × fee on one unit " + notCancelled + " and that have units; the fees on one unit come from the fee previews, which stand first",
		"cogs":             "Sum of units × cost of one unit " + notCancelled + " and that have units; the costs of one unit come from the catalog, which stand first",
	}[stem]
}

// segment is one day's rows: lines of orders, or what was known of the day before it was restated.
type segment struct {
	day    core.Day
	period string
	then   []daypack.Entry // instead of lines
	lines  int
}

func (s *segment) len() int {
	if s.then != nil {
		return len(s.then)
	}
	return s.lines
}

// orders answers the order lines of the days that count, newest first.
func (r *rowsRequest) orders(ctx context.Context) (fact.Rows, error) {
	out := fact.Rows{How: howOf(r.what.stem), Columns: r.lineColumns()}
	k, periods, why, err := r.days(ctx)
	if err != nil {
		return out, err
	}
	if why != "" {
		out.How = why
		return out, nil
	}
	var all []segment
	restated := false
	for i, p := range periods {
		list, then, err := r.segments(ctx, k, p, r.periodName(i))
		if err != nil {
			return out, err
		}
		all, restated = append(all, list...), restated || then
	}
	if restated {
		out.How += fmt.Sprintf(". Days that were restated after %s stand as they were known then, in rows without a document", r.q.AsOf)
	}
	per, err := r.perUnit(ctx, k, periods)
	if err != nil {
		return out, err
	}
	for _, s := range all {
		out.Total += s.len()
	}
	out.Total += len(per.rows)
	return out, r.window(ctx, all, per, &out)
}

// periodName names the periods of a comparison.
func (r *rowsRequest) periodName(i int) string {
	switch {
	case r.what.stem != "change" && r.what.stem != "yesterday_change":
		return ""
	case i == 0:
		return "now"
	}
	return "before"
}

// days gives the periods whose lines count; why says that the number is not known.
func (r *rowsRequest) days(ctx context.Context) (k *known, periods []core.Period, why string, err error) {
	if r.what.measure {
		cover, err := r.v.cover(ctx)
		return cover[r.st.id], []core.Period{r.q.Period}, "", err
	}
	mk, i := r.mk, r.what.window
	day := func(d core.Day) window { return mk.known.window(core.Period{From: d, To: d}, r.q.AsOf) }
	wins := []window{mk.now[i]}
	switch r.what.stem {
	case "prior_units":
		wins = []window{mk.prior[i]}
	case "change":
		wins = append(wins, mk.prior[i])
	case "yesterday_sales":
		wins = []window{day(r.q.AsOf - 1)}
	case "yesterday_change":
		wins = []window{day(r.q.AsOf - 1)}
		for w := core.Day(1); w <= 4; w++ {
			wins = append(wins, day(r.q.AsOf-1-7*w))
		}
	}
	for _, w := range wins {
		if v := r.s.past(w, kindOrders); !v.Known() {
			return nil, nil, v.Note, nil
		}
		periods = append(periods, w.Period)
	}
	return mk.known, periods, "", nil
}

// segments cuts a period into days, newest first; then says whether some were restated.
func (r *rowsRequest) segments(ctx context.Context, k *known, p core.Period, period string) (out []segment, then bool, err error) {
	packs, err := r.v.packs(ctx)
	if err != nil {
		return nil, false, err
	}
	q := daysAsked{mkt: r.st.id, h: packs[r.st.id], k: k, p: p, asOf: r.q.AsOf, sku: r.st.sku}
	old, err := r.before(ctx, q)
	if err != nil {
		return nil, false, err
	}
	for d := p.To; d >= p.From && p.Days() > 0; d-- {
		day := q.h.At(d)
		if k.at(d) == 0 || day == nil {
			continue
		}
		s := segment{day: d, period: period, lines: day.Lines}
		if r.st.sku != 0 {
			s.lines = day.LinesOf([]int64{r.st.sku})
		}
		if list, ok := old[d]; ok {
			s.then, then = list, true
		}
		out = append(out, s)
	}
	return out, then, nil
}

// before gives, for restated days whose lines no longer add up to what was known, what that was.
func (r *rowsRequest) before(ctx context.Context, q daysAsked) (map[core.Day][]daypack.Entry, error) {
	days := q.restated()
	out := map[core.Day][]daypack.Entry{}
	if len(days) == 0 {
		return out, nil
	}
	bySKU := r.st.sku != 0 || r.what.stem == "fees" || r.what.stem == "cogs"
	if !bySKU {
		for d := range days {
			then := totalsOf(q.h.At(d), q.k.seenBy(q.asOf, d), nil)
			if !sameTotals(then, totalsOf(q.h.At(d), q.h.At(d).Observed+1<<20, nil)) {
				out[d] = entriesOf(then)
			}
		}
		return out, nil
	}
	told := map[core.Day]bool{}
	err := r.v.asThen(ctx, q, days, func(d core.Day, list []daypack.Entry) {
		told[d] = true
		now := q.h.At(d).All(q.h.Own(), nil)
		if r.st.sku != 0 {
			now = q.h.At(d).Of(r.st.sku, q.h.Own(), nil)
		}
		if !sameEntries(list, now) {
			out[d] = append([]daypack.Entry{}, list...)
		}
	})
	return out, err
}

func entriesOf(list []history.Total) []daypack.Entry {
	out := []daypack.Entry{}
	for _, t := range list {
		out = append(out, daypack.Entry{Currency: t.Currency, Units: t.Units, Sales: t.Sales, Orders: t.Orders, Cancelled: t.Cancelled})
	}
	return out
}

func sameTotals(a, b []history.Total) bool { return sameEntries(entriesOf(a), entriesOf(b)) }

// sameEntries compares what two lists add up to, by SKU and currency.
func sameEntries(a, b []daypack.Entry) bool {
	type key struct{ sku, currency int64 }
	sum := map[key]daypack.Entry{}
	for i, list := range [2][]daypack.Entry{a, b} {
		sign := int64(1 - 2*i)
		for _, e := range list {
			k := key{e.SKU, e.Currency}
			s := sum[k]
			s.Units, s.Sales, s.Orders, s.Cancelled = s.Units+sign*e.Units, s.Sales+sign*e.Sales, s.Orders+sign*e.Orders, s.Cancelled+sign*e.Cancelled
			sum[k] = s
		}
	}
	for _, s := range sum {
		if s != (daypack.Entry{}) {
			return false
		}
	}
	return true
}

// perUnits is what one unit of each SKU costs, and the rows that say so.
type perUnits struct {
	of   map[int64]core.Money
	rows []fact.Row
}

// perUnit gives the fees or costs of one unit of what was sold; nothing for other numbers.
func (r *rowsRequest) perUnit(ctx context.Context, k *known, periods []core.Period) (perUnits, error) {
	out := perUnits{of: map[int64]core.Money{}}
	if r.what.stem != "fees" && r.what.stem != "cogs" {
		return out, nil
	}
	packs, err := r.v.packs(ctx)
	if err != nil {
		return out, err
	}
	sums := history.NewSums(r.v.top, false, false)
	q := daysAsked{mkt: r.st.id, h: packs[r.st.id], k: k, p: periods[0], asOf: r.q.AsOf}
	if err := r.v.sum(ctx, q, sums); err != nil {
		return out, err
	}
	one, err := r.oneUnit(ctx)
	if err != nil {
		return out, err
	}
	for sku := range sums.Sold {
		if sums.Sold[sku].Units == 0 || r.st.sku != 0 && int64(sku) != r.st.sku {
			continue
		}
		cost, label, day, at, ok := one(int64(sku))
		if !ok || cost.Currency != r.st.currency {
			continue
		}
		out.of[int64(sku)] = cost
		name := r.v.n.skus[int64(sku)]
		out.rows = append(out.rows, fact.Row{
			Document: at.doc, Line: at.row, Subject: fact.SubjectID(r.st.code, name),
			Cells: []fact.Value{textCell(day), noCell(""), textCell(name), textCell(label), noCell(""), noCell(""), moneyCell(cost.Minor, cost.Currency)},
		})
	}
	return out, nil
}

type oneUnitOf = func(sku int64) (cost core.Money, label, day string, at place, ok bool)

// oneUnit finds the fee or cost of one unit.
func (r *rowsRequest) oneUnit(ctx context.Context) (oneUnitOf, error) {
	if r.what.stem == "fees" {
		book, err := r.v.fees(ctx)
		return func(sku int64) (core.Money, string, string, place, bool) {
			f, _, ok := book.at(marketSKU{r.st.id, sku}, r.q.AsOf+r.v.late[r.st.id])
			return f.Money, "Fee preview", f.observed.String(), f.place, ok
		}, err
	}
	mi := r.v.index(r.items)[r.st.id]
	return func(sku int64) (core.Money, string, string, place, bool) {
		if mi == nil || mi.cost[sku].Currency == "" {
			return core.Money{}, "", "", place{}, false
		}
		return mi.cost[sku], "Cost in the catalog", "", place{}, true
	}, nil
}
