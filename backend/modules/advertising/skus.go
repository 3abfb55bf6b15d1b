package advertising

import (
	"context"
	"fmt"
	"math"

	"purser/backend/core/fact"
)

// skuFacts answers for every SKU of the catalog and of the reports: one that the covered
// days do not name has no ads, which is known, not missing.
func (x *question) skuFacts(_ context.Context, v *view) error {
	if !v.hasSKUs {
		return nil
	}
	done := map[string]bool{}
	each := func(sku string, key uint64) {
		if sku == "" || done[sku] {
			return
		}
		done[sku] = true
		if subject := fact.SubjectID(v.market, sku); x.cols.about(subject) {
			x.skuFact(v, subject, key)
		}
	}
	for key := range v.products.by[groupSKU] {
		each(x.names.of(uint32(key)), key)
	}
	for _, sku := range x.items[v.market] {
		each(string(sku), math.MaxUint64)
	}
	return nil
}

func (x *question) skuFact(v *view, subject string, key uint64) {
	var f28 figures
	for i, n := range windowDays() {
		f := v.products.figures(groupSKU, key, i, x.names, v.currency)
		if n == 28 {
			f28 = f
		}
		put := func(name string, value func() fact.Value) {
			x.cols.put(fmt.Sprintf("advertising.%s_%dd", name, n), subject, value)
		}
		put("spend", func() fact.Value { return f.amount(f.spend) })
		put("sales", func() fact.Value { return f.amount(f.sales) })
		put("orders", func() fact.Value { return f.count(f.orders) })
		put("clicks", func() fact.Value { return f.count(f.clicks) })
		put("acos", f.acos)
		put("spend_share", func() fact.Value { return share(f, x.sales.sales[i][subject], fmt.Sprintf("sales.sales_%dd", n)) })
	}
	even := breakEven(x.sales.contribution[subject])
	x.cols.put("advertising.breakeven_acos", subject, func() fact.Value { return even })
	x.cols.put("advertising.acos_over_breakeven_28d", subject, func() fact.Value { return over(f28, even) })
	x.cols.put("advertising.profit_after_ads_28d", subject, func() fact.Value { return profit(f28, even) })
	x.cols.put("advertising.advertised", subject, func() fact.Value {
		val := f28.w.value()
		val.Flag = f28.impressions != 0 || f28.clicks != 0 || f28.spend != 0
		return val
	})
}

// breakEven is the contribution ratio as an ACoS.
func breakEven(c fact.Value) fact.Value {
	if c.Known() {
		return c
	}
	note := "needs sales.contribution_ratio, which is missing: enter the unit cost"
	if c.Note != "" {
		note = "needs sales.contribution_ratio: " + c.Note
	}
	return fact.Value{AsOf: c.AsOf, Maturity: fact.Missing, Source: c.Source, Note: note}
}

// with joins the trust of two values under the first's window.
func with(a, b fact.Value) fact.Value {
	if worse := fact.Worst(a.Maturity, b.Maturity); worse != a.Maturity || b.Maturity == a.Maturity {
		a.Maturity = worse
		if b.Note != "" && b.Note != a.Note {
			a.Note = join(a.Note, b.Note)
		}
	}
	return a
}

// share is spend over all sales (TACoS).
func share(f figures, sales fact.Value, name string) fact.Value {
	switch {
	case !f.w.known():
		return f.w.value()
	case f.mixed:
		return f.w.missing(mixedNote)
	case !sales.Known():
		return f.w.missing(join("needs "+name, sales.Note))
	case sales.Money.Currency != f.money && f.spend != 0:
		return f.w.missing(fmt.Sprintf("spend is in %s, sales are in %s", f.money, sales.Money.Currency))
	case sales.Money.Minor <= 0:
		return f.w.missing("no sales in these days")
	}
	v := with(f.w.value(), sales)
	v.Num = float64(f.spend) / float64(sales.Money.Minor)
	return v
}

// over is ACoS against break-even.
func over(f figures, even fact.Value) fact.Value {
	acos := f.acos()
	switch {
	case !acos.Known():
		return acos
	case !even.Known():
		return f.w.missing(even.Note)
	case even.Num <= 0:
		return f.w.missing("the SKU earns nothing before ads, so there is no break-even")
	}
	v := with(acos, even)
	v.Num = acos.Num / even.Num
	return v
}

// profit is what ad sales left after paying for the ads.
func profit(f figures, even fact.Value) fact.Value {
	spend := f.amount(f.spend)
	switch {
	case !spend.Known():
		return spend
	case !even.Known():
		return f.w.missing(even.Note)
	}
	v := with(spend, even)
	v.Money.Minor = int64(math.Round(float64(f.sales)*even.Num)) - f.spend
	return v
}
