package dashboards

import (
	"fmt"
	"slices"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// sums works a measure out for rows together: one figure a currency where it speaks of money, else one.
func (e *evaluator) sums(name string, rows []int) []figure {
	bases := e.s.bases(name, nil)
	parts, money := map[string][]figure{}, false
	for _, b := range bases {
		parts[b] = e.byMarket(b, rows)
		money = money || e.s.measures[b].Type == fact.Money
	}
	markets, order := map[core.Currency][]int{}, []core.Currency{}
	for m := range e.u.codes {
		if !slices.ContainsFunc(rows, func(i int) bool { return int(e.u.market[i]) == m }) {
			continue
		}
		key := core.Currency("")
		if money {
			key = e.keyOf(m)
		}
		if markets[key] == nil {
			order = append(order, key)
		}
		markets[key] = append(markets[key], m)
	}
	slices.Sort(order)
	var out []figure
	for _, key := range order {
		whole, left := e.whole(name, parts, markets[key])
		x := e.combine(name, func(b string) figure {
			var sum figure
			for _, m := range whole {
				sum = addUp(sum, parts[b][m])
			}
			return sum
		})
		if left != "" && x.known {
			x = x.blame(figure{maturity: fact.Estimated, note: left})
		}
		x.of = key
		out = append(out, x)
	}
	return out
}

// shown writes sums, one a currency; rates of several say which is whose.
func (s *Service) shown(t fact.Type, unit string, list []figure) []ValueOutput {
	out := make([]ValueOutput, 0, len(list))
	for _, x := range list {
		v := s.show(t, unit, x)
		if len(list) > 1 && x.known && t != fact.Money && x.of != "" {
			v.Text += " " + string(x.of)
		}
		out = append(out, v)
	}
	return out
}

// keyOf is the currency that amounts of a marketplace are summed in.
func (e *evaluator) keyOf(market int) core.Currency {
	if e.into.to != "" {
		return e.into.to
	}
	return e.money[market]
}

// whole leaves out the marketplaces for which a part of a sum or quotient is not known, and names them: sales of two
// marketplaces less the fees of one would be nobody's profit. Where none is left all stay, and the result says why it is
// not known.
func (e *evaluator) whole(name string, parts map[string][]figure, markets []int) (kept []int, left string) {
	if e.s.measures[name].Base() {
		return markets, "" // the sum itself says that a part is not known
	}
	for _, m := range markets {
		why, ok := "", true
		for _, b := range e.s.essential(name, nil) {
			if x := parts[b][m]; !x.known {
				why, ok = x.note, false
				break
			}
		}
		if ok {
			kept = append(kept, m)
			continue
		}
		left = joinNotes(left, fmt.Sprintf("%s is left out: %s", e.u.codes[m], why))
	}
	if len(kept) == 0 {
		return markets, ""
	}
	return kept, left
}

// essential lists the base measures that a measure can't do without.
func (s *Service) essential(name string, into []string) []string {
	m := s.measures[name]
	if m.Base() {
		return append(into, name)
	}
	for _, n := range needed(m) {
		into = s.essential(n, into)
	}
	return into
}

// addUp adds two sums; the zero figure is none yet.
func addUp(a, b figure) figure {
	switch {
	case a == (figure{}):
		return b
	case !a.known && !b.known:
		a.note = joinNotes(a.note, b.note)
		return a
	case !a.known || !b.known:
		if !a.known {
			a, b = b, a
		}
		a.maturity, a.note = fact.Worst(a.maturity, fact.Estimated), joinNotes(a.note, "a part is not known: "+b.note)
		return a
	}
	a.n += b.n
	return a.blame(b)
}

// byMarket sums a base measure for each marketplace of the universe, after conversion. Of rows that are not known it is a
// part, which it says; where no row is, it is not known.
func (e *evaluator) byMarket(name string, rows []int) []figure {
	type part struct {
		a              *aligned
		c              *fact.FrameColumn
		down           string
		sum            int64
		known, missing int
	}
	parts := make([]part, len(e.u.codes))
	for m := range parts {
		p := &parts[m]
		p.a, p.c, p.down = e.columnOf(name, m)
	}
	for _, i := range rows {
		p := &parts[e.u.market[i]]
		if p.down != "" {
			continue
		}
		r := p.a.at[i]
		if r >= 0 && p.c.Missing != nil && p.c.Missing[r] {
			p.missing++
			continue
		}
		p.known++
		if r >= 0 {
			p.sum += p.c.Values[r]
		}
	}
	out := make([]figure, len(parts))
	for m, p := range parts {
		if p.down != "" {
			out[m] = unknown(p.down)
			continue
		}
		x := covered(p.c, e.u.codes[m])
		switch {
		case !x.known:
		case p.missing > 0 && p.known == 0:
			x = unknown(p.c.MissingNote)
			x.source = p.c.Source
		case p.missing > 0:
			x = x.blame(figure{maturity: fact.Estimated, note: fmt.Sprintf("%s for %d", p.c.MissingNote, p.missing)})
		}
		if x.known {
			x.n = p.sum
		}
		if x.known && e.s.measures[name].Type == fact.Money {
			x.currency = e.money[m]
			x = x.in(e.into)
		}
		out[m] = x
	}
	return out
}
