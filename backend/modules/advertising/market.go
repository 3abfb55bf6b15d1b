package advertising

import (
	"context"
	"fmt"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// marketFacts answers for a marketplace from the first report that covers each window.
func (x *question) marketFacts(ctx context.Context, v *view) error {
	if !x.cols.about(v.market) {
		return nil
	}
	sums := v.products
	for _, s := range streams()[1:] {
		open := false
		for i := range windowCount {
			open = open || !sums.windows[i].known()
		}
		if !open {
			break
		}
		h, ok, err := x.recently(ctx, s, v.market)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		next, err := x.tally(ctx, standardWindows(h), nil, nil)
		if err != nil {
			return err
		}
		sums = firstKnown(sums, next)
	}
	for i, n := range windowDays() {
		f := sums.all(i, x.names, v.currency)
		put := func(name string, value func() fact.Value) {
			x.cols.put(fmt.Sprintf("advertising.%s_%dd", name, n), v.market, value)
		}
		put("market_spend", func() fact.Value { return f.amount(f.spend) })
		put("market_sales", func() fact.Value { return f.amount(f.sales) })
		put("market_acos", f.acos)
	}
	return x.settledThrough(ctx, v)
}

// firstKnown takes each window from a, or from b where a cannot tell it.
func firstKnown(a, b tally) tally {
	out := tally{windows: make([]window, windowCount), total: make([]totals, windowCount)}
	for i := range windowCount {
		from := a
		if !a.windows[i].known() && b.windows[i].known() {
			from = b
		}
		out.windows[i], out.total[i] = from.windows[i], from.total[i]
	}
	return out
}

func (x *question) settledThrough(ctx context.Context, v *view) error {
	for _, s := range streams() {
		h, ok, err := x.recently(ctx, s, v.market)
		if err != nil {
			return err
		}
		day := h.lastSettled()
		if !ok || day == 0 {
			continue
		}
		w := h.over(core.Period{From: day, To: day})
		x.cols.put("advertising.settled_through", v.market, func() fact.Value {
			val := w.value()
			val.Text = day.String()
			return val
		})
		return nil
	}
	return nil
}
