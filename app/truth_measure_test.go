package app_test

import (
	"maps"
	"math"
	"slices"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// combine makes a measure of its base measures, as it is declared.
func (a *audit) combine(name string, base func(string) (figure, error)) (figure, error) {
	m := a.measures[name]
	switch {
	case m.Base():
		return base(name)
	case m.Num != "":
		num, err := a.combine(m.Num, base)
		if err != nil {
			return num, err
		}
		den, err := a.combine(m.Den, base)
		return a.divide(m, num, den), err
	}
	out := figure{known: true}
	for _, t := range m.Terms {
		x, err := a.combine(t.Name, base)
		switch {
		case err != nil:
			return x, err
		case x.known:
			out.n += float64(t.Sign) * x.n
			out.currency = x.currency
		case !t.Optional:
			return figure{}, nil
		}
	}
	return out, nil
}

func (a *audit) divide(m fact.Measure, num, den figure) figure {
	if !num.known || !den.known || den.n == 0 {
		return figure{}
	}
	factor := m.Factor
	if factor == 0 {
		factor = 1
	}
	x := figure{known: true, n: num.n / den.n * factor}
	if m.Type == fact.Money {
		x.n, x.currency = half(x.n), num.currency
	}
	return x
}

// base is a base measure of one subject: known where its cell is, and then what its rows come to.
func (a *audit) base(q ask) (figure, error) {
	cell, err := a.shown(q)
	if err != nil {
		return figure{}, err
	}
	if cell.Text == "" { // nothing happened to it in these days: zero, where the marketplace is covered
		covered, err := a.covered(q)
		if err != nil || !covered {
			return figure{}, err
		}
	}
	if cell.Text == "?" {
		return figure{}, nil
	}
	return a.leaf(q)
}

// covered says whether the days of a question are known for the marketplace, by the other rows of the table.
func (a *audit) covered(q ask) (bool, error) {
	list, err := a.subjects(q.spot, in(q.market(), q.look))
	if err != nil || len(list) == 0 {
		return false, err
	}
	cell, err := a.shown(q.about(q.spot, list[0]))
	return cell.Text != "?" && cell.Text != "", err
}

// measure works a measure of one subject out.
func (a *audit) measure(q ask) (figure, error) {
	return a.combine(q.name, func(b string) (figure, error) { return a.base(q.of(b)) })
}

// earlier is a question about a base measure in the range compared with. Where that is not known to its end in the
// range of today, as many days are left out of the other.
func (a *audit) earlier(q ask) (ask, error) {
	cell, err := a.shown(q)
	if err != nil {
		return q, err
	}
	cut := q.look.before
	through, err := core.ParseDay(cell.AsOf)
	if cell.Text != "?" && err == nil && through < q.look.now.to {
		cut.to -= q.look.now.to - through
	}
	q.look = q.look.over(cut)
	return q, nil
}

// before works a measure out for the range compared with.
func (a *audit) before(q ask) (figure, error) {
	if !q.look.compared {
		return figure{}, nil
	}
	return a.combine(q.name, func(b string) (figure, error) {
		then, err := a.earlier(q.of(b))
		if err != nil || then.look.now.count() < 1 {
			return figure{}, err
		}
		return a.base(then)
	})
}

// difference is how a number changed: a fraction of what it was; of shares in percentage points.
func difference(typ string, now, before figure) (x figure, points bool) {
	points = typ == "ratio" || typ == "percent"
	switch {
	case !now.known || !before.known:
		return figure{}, points
	case typ == "ratio":
		return of((now.n - before.n) * 100), points
	case points:
		return of(now.n - before.n), points
	case before.n == 0:
		return figure{}, points
	}
	return of((now.n - before.n) / math.Abs(before.n)), points
}

// total works a measure out for subjects together: one figure a currency if it speaks of money, else one. What is
// not known of a subject is left out; where it is known of none in a marketplace, neither is the sum of that, and what
// rests on it leaves the marketplace out.
func (a *audit) total(q ask, subjects []string, one func(ask) (figure, error)) ([]figure, error) {
	bases := a.bases(q.name, true)
	by := map[string]map[string]figure{} // marketplace, base measure
	for _, s := range subjects {
		code, _ := fact.SplitID(s)
		if by[code] == nil {
			by[code] = map[string]figure{}
		}
		for _, b := range bases {
			x, err := one(q.about(q.spot, s).of(b))
			if err != nil {
				return nil, err
			}
			if sum := by[code][b]; x.known {
				by[code][b] = figure{known: true, n: sum.n + x.n, currency: x.currency}
			}
		}
	}
	groups := map[string][]map[string]figure{} // by currency
	for _, code := range slices.Sorted(maps.Keys(by)) {
		currency := ""
		if slices.ContainsFunc(bases, func(b string) bool { return a.measures[b].Type == fact.Money }) {
			currency = currencyOf(code)
		}
		groups[currency] = append(groups[currency], by[code])
	}
	var out []figure
	for _, c := range slices.Sorted(maps.Keys(groups)) {
		x, err := a.together(q.name, groups[c])
		if err != nil {
			return nil, err
		}
		x.currency = c
		out = append(out, x)
	}
	return out, nil
}

// together works a measure out for marketplaces of one currency.
func (a *audit) together(name string, list []map[string]figure) (figure, error) {
	whole := slices.DeleteFunc(slices.Clone(list), func(m map[string]figure) bool {
		return slices.ContainsFunc(a.bases(name, false), func(b string) bool { return !m[b].known })
	})
	if len(whole) > 0 {
		list = whole
	}
	return a.combine(name, func(b string) (figure, error) {
		sum := figure{}
		for _, m := range list {
			if x := m[b]; x.known {
				sum = figure{known: true, n: sum.n + x.n, currency: x.currency}
			}
		}
		return sum, nil
	})
}

// bases are the base measures that a measure comes down to, with or without those that it can do without.
func (a *audit) bases(name string, optional bool) []string {
	m := a.measures[name]
	if m.Base() {
		return []string{name}
	}
	parts := []string{m.Num, m.Den}
	for _, t := range m.Terms {
		if optional || !t.Optional {
			parts = append(parts, t.Name)
		}
	}
	var out []string
	for _, p := range parts {
		if p == "" {
			continue
		}
		for _, b := range a.bases(p, optional) {
			if !slices.Contains(out, b) {
				out = append(out, b)
			}
		}
	}
	return out
}

// then is a base measure in the range compared with, for totals.
func (a *audit) then(q ask) (figure, error) {
	if !q.look.compared {
		return figure{}, nil
	}
	e, err := a.earlier(q)
	if err != nil || e.look.now.count() < 1 {
		return figure{}, err
	}
	return a.base(e)
}

// totalFact adds a fact up over subjects, by currency.
func (a *audit) totalFact(q ask, subjects []string) ([]figure, error) {
	by := map[string]figure{}
	for _, s := range subjects {
		x, err := a.fact(q.about(q.spot, s))
		if err != nil {
			return nil, err
		}
		if sum := by[x.currency]; x.known {
			by[x.currency] = figure{known: true, n: sum.n + x.n, currency: x.currency}
		}
	}
	var out []figure
	for _, c := range slices.Sorted(maps.Keys(by)) {
		out = append(out, by[c])
	}
	return out, nil
}
