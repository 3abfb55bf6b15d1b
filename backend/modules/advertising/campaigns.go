package advertising

import (
	"context"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/source"
)

// budgetDays is how far back a campaign's budget is looked for.
const budgetDays = 35

// budget is a campaign's daily budget as last reported.
type budget struct {
	money core.Money
	w     window // the report it is from
}

// campaignFacts answers for every campaign that the reports name.
func (x *question) campaignFacts(ctx context.Context, v *view) error {
	h, ok, err := x.recently(ctx, source.AdCampaigns, v.market)
	if err != nil {
		return err
	}
	own, err := x.tally(ctx, standardWindows(h), []grouping{byCampaign}, nil)
	if err != nil {
		return err
	}
	budgets := map[uint32]budget{}
	if ok {
		if budgets, err = x.budgets(ctx, h); err != nil {
			return err
		}
	}
	keys := map[uint64]bool{}
	for k := range own.by[0] {
		keys[k] = true
	}
	for k := range v.products.by[groupCampaign] {
		keys[k] = true
	}
	for k := range budgets {
		keys[uint64(k)] = true
	}
	for k := range keys {
		figuresOf := func(w int) figures {
			if own.windows[w].known() || !v.hasSKUs {
				return own.figures(0, k, w, x.names, v.currency)
			}
			return v.products.figures(groupCampaign, k, w, x.names, v.currency)
		}
		name := x.names.of(uint32(k))
		if subject := fact.SubjectID(v.market, name); name != "" && x.cols.about(subject) {
			x.campaignFact(subject, figuresOf(0), figuresOf(1), budgets[uint32(k)], h.rules)
		}
	}
	return nil
}

func (x *question) campaignFact(subject string, f7, f28 figures, b budget, rules ageRules) {
	put := func(name string, value func() fact.Value) { x.cols.put("advertising."+name, subject, value) }
	put("campaign_spend_7d", func() fact.Value { return f7.amount(f7.spend) })
	put("campaign_spend_28d", func() fact.Value { return f28.amount(f28.spend) })
	put("campaign_sales_28d", func() fact.Value { return f28.amount(f28.sales) })
	put("campaign_acos_28d", f28.acos)
	put("campaign_clicks_28d", func() fact.Value { return f28.count(f28.clicks) })
	put("campaign_orders_28d", func() fact.Value { return f28.count(f28.orders) })
	bv := fact.Value{Maturity: fact.Missing, Source: rules.kind, Note: "no budget reported: import " + rules.title}
	if b.money.Currency != "" {
		bv = b.w.value()
		bv.Money = b.money
	}
	put("campaign_budget", func() fact.Value { return bv })
	put("campaign_budget_used_pct", func() fact.Value {
		spend := f7.amount(f7.spend)
		switch {
		case !spend.Known():
			return spend
		case !bv.Known():
			return f7.w.missing(bv.Note)
		case bv.Money.Minor <= 0 || bv.Money.Currency != spend.Money.Currency:
			return f7.w.missing("the budget is not in the currency of the spend")
		}
		val := with(spend, bv)
		val.Money = core.Money{}
		val.Num = 100 * float64(spend.Money.Minor) / float64(f7.w.period.Days()) / float64(bv.Money.Minor)
		return val
	})
}

// budgets are the newest budgets known before the as-of day.
func (x *question) budgets(ctx context.Context, h history) (map[uint32]budget, error) {
	sources := h.budgetSources()
	ids := map[int64]bool{}
	for _, w := range sources {
		for _, at := range w.sheets {
			ids[at.content] = true
		}
	}
	data, err := x.contents(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := map[uint32]budget{}
	for _, w := range sources { // newest first
		for _, at := range w.sheets {
			err := eachRow(data[at.content], func(r *row) {
				if _, ok := out[r.campaign]; !ok && r.budget > 0 {
					out[r.campaign] = budget{core.Money{Minor: r.budget, Currency: core.Currency(x.names.of(r.currency))}, w}
				}
			})
			if err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// budgetSources are the days to look for budgets in, newest first, then the newest summary.
func (h history) budgetSources() []window {
	var out []window
	last := h.lastCovered()
	for d := last; last != 0 && d > last-budgetDays; d-- {
		k := h.days.at(d)
		if k.content == 0 {
			continue
		}
		day := core.Period{From: d, To: d}
		w := window{period: day, sheets: []sheetOf{{day, k.document, k.content}}, maturity: fact.Fresh, kind: h.rules.kind}
		first := core.Day(0)
		if k.later {
			first = k.seen
		}
		out = append(out, h.aged(w, first, last))
	}
	if w, ok := h.fromSummary(func(core.Period) bool { return true }); ok {
		if w.maturity == fact.Settling { // a budget is not restated
			w.maturity, w.note = fact.Fresh, ""
		}
		out = append(out, w)
	}
	return out
}
