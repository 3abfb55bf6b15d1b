package advertising

import (
	"context"
	"slices"

	"purser/backend/core"
	"purser/backend/core/fact"
)

const measureWasted = "advertising.wasted"

// mixedMeasureNote says why an amount of a frame is missing: a frame is in the marketplace's currency.
const mixedMeasureNote = "the reports give amounts in another currency than the marketplace's, or in several, which are not added up"

// base is a base measure: a figure of sums.
type base struct {
	name  string
	of    func(t *totals) int64
	money bool
	kinds []fact.SubjectKind
	from  func(kind fact.SubjectKind) []origin
}

func bases() []base {
	var out []base
	for _, f := range figuresKept() {
		out = append(out, base{"advertising." + f.name, f.of, f.money, kindsKept(), origins})
	}
	return append(out, base{
		measureWasted, wastedOf, true,
		[]fact.SubjectKind{fact.SearchTerm, fact.Marketplace},
		func(fact.SubjectKind) []origin { return origins(fact.SearchTerm) },
	})
}

// wastedOf is the spend of a search term that brought no order.
func wastedOf(t *totals) int64 {
	if t.orders > 0 {
		return 0
	}
	return t.spend
}

func baseOf(name string) (base, bool) {
	i := slices.IndexFunc(bases(), func(b base) bool { return b.name == name })
	if i < 0 {
		return base{}, false
	}
	return bases()[i], true
}

// Measure implements fact.Measurer.
func (m *Module) Measure(ctx context.Context, q fact.MeasureQuery) (fact.Frame, error) {
	var wanted []base
	for _, name := range q.Names {
		b, ok := baseOf(name)
		switch {
		case !ok:
			return fact.Frame{}, core.NotFound("advertising", "There is no measure "+name+".")
		case !slices.Contains(b.kinds, q.Kind):
			return fact.Frame{}, core.Invalid("advertising", name+" is not known of a "+string(q.Kind)+".", "Ask for it by SKU, campaign, search term or marketplace, as it is declared.")
		}
		wanted = append(wanted, b)
	}
	s, err := m.look(ctx)
	if err != nil {
		return fact.Frame{}, err
	}
	defer s.close()
	q.Period.To = min(q.Period.To, q.AsOf-1)
	x := &framing{snapshot: s, q: q}
	x.frame.Columns = make([]fact.FrameColumn, len(wanted))
	for i, b := range wanted {
		x.frame.Columns[i] = fact.FrameColumn{Name: b.name, Cover: map[string]fact.Cover{}}
	}
	if q.Period.Days() == 0 {
		return x.frame, nil
	}
	for _, market := range s.markets(q.Subject) {
		if q.Kind == fact.Marketplace {
			err = x.market(ctx, market, wanted)
		} else {
			err = x.subjects(ctx, market, wanted)
		}
		if err != nil {
			return fact.Frame{}, err
		}
	}
	return x.frame, nil
}

// framing is one call of Measure.
type framing struct {
	*snapshot
	q     fact.MeasureQuery
	frame fact.Frame
}

// subjects adds the subjects of a marketplace.
func (x *framing) subjects(ctx context.Context, market string, wanted []base) error {
	if len(wanted) == 0 {
		return nil
	}
	k, err := x.pick(ctx, market, origins(x.q.Kind), x.q.Period, x.q.AsOf)
	if err != nil {
		return err
	}
	for i := range wanted {
		x.cover(&x.frame.Columns[i], &k)
	}
	if k.cover.Days == 0 {
		return nil
	}
	sums, subjects, err := k.totals(ctx, x.snapshot)
	if err != nil {
		return err
	}
	own := currencyOf(market)
	for slot := range sums {
		t, subject := &sums[slot], subjects[slot]
		if t.empty() || subject == "" || x.q.Subject != "" && x.q.Subject != subject {
			continue
		}
		x.frame.Subjects = append(x.frame.Subjects, subject)
		for i := range wanted {
			x.put(&x.frame.Columns[i], wanted[i].of(t), wanted[i].money && t.foreign(own, x.names))
		}
	}
	return nil
}

// market adds the totals of a marketplace; each column may be from a report of its own.
func (x *framing) market(ctx context.Context, market string, wanted []base) error {
	if x.q.Subject != "" && x.q.Subject != market {
		return nil
	}
	x.frame.Subjects = append(x.frame.Subjects, market)
	own := currencyOf(market)
	picks := map[string]pick{} // by whether the measure has reports of its own
	for i, b := range wanted {
		group := ""
		if b.name == measureWasted {
			group = b.name
		}
		k, ok := picks[group]
		if !ok {
			var err error
			if k, err = x.pick(ctx, market, b.from(x.q.Kind), x.q.Period, x.q.AsOf); err != nil {
				return err
			}
			picks[group] = k
		}
		x.cover(&x.frame.Columns[i], &k)
		n, foreign, err := x.marketValue(ctx, &k, b, own)
		if err != nil {
			return err
		}
		x.put(&x.frame.Columns[i], n, foreign)
	}
	return nil
}

func (x *framing) marketValue(ctx context.Context, k *pick, b base, own core.Currency) (n int64, foreign bool, err error) {
	if k.cover.Days == 0 {
		return 0, false, nil
	}
	if b.name != measureWasted {
		t, err := k.total(ctx, x.snapshot)
		return b.of(&t), b.money && t.foreign(own, x.names), err
	}
	sums, _, err := k.totals(ctx, x.snapshot)
	for i := range sums {
		if v := wastedOf(&sums[i]); v != 0 {
			n += v
			foreign = foreign || sums[i].foreign(own, x.names)
		}
	}
	return n, foreign, err
}

func (x *framing) cover(c *fact.FrameColumn, k *pick) {
	c.Cover[k.h.market] = k.cover
	if c.Source == "" || k.cover.Days > 0 {
		c.Source = k.h.rules.kind
	}
}

// put adds a value; missing is for amounts that are not in the marketplace's currency.
func (x *framing) put(c *fact.FrameColumn, n int64, missing bool) {
	if missing && c.Missing == nil {
		c.Missing, c.MissingNote = make([]bool, len(c.Values)), mixedMeasureNote
	}
	if c.Missing != nil {
		c.Missing = append(c.Missing, missing)
	}
	if missing {
		n = 0
	}
	c.Values = append(c.Values, n)
}

// empty says whether nothing happened.
func (t *totals) empty() bool {
	return t.impressions == 0 && t.clicks == 0 && t.orders == 0 && t.spend == 0 && t.sales == 0
}

// foreign says whether amounts are in another currency than own ("": not known), or in several.
func (t *totals) foreign(own core.Currency, names nameTable) bool {
	return t.mixed || own != "" && t.currency != 0 && names.of(t.currency) != string(own)
}
