package advertising

import (
	"context"
	"fmt"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/source"
)

// origin is a report that figures of a kind of subject can be taken from, and how its rows are summed.
type origin struct {
	stream source.Stream
	group  groupKind
}

// origins are the reports of a kind of subject, best first.
func origins(kind fact.SubjectKind) []origin {
	switch kind {
	case fact.SKU:
		return []origin{{source.AdProducts, sumSKU}}
	case fact.Campaign:
		return []origin{{source.AdCampaigns, sumCampaign}, {source.AdProducts, sumCampaign}}
	case fact.SearchTerm:
		return []origin{{source.AdSearchTerms, sumTerm}}
	case fact.Marketplace:
		out := make([]origin, 0, len(streams()))
		for _, s := range streams() {
			out = append(out, origin{s, groupOf(s)})
		}
		return out
	default:
		return nil
	}
}

// groupOf is a grouping of a stream that is kept anyway, for totals.
func groupOf(s source.Stream) groupKind {
	switch s {
	case source.AdProducts:
		return sumSKU
	case source.AdSearchTerms:
		return sumTerm
	default:
		return sumCampaign
	}
}

// pick is the report that a period in a marketplace is told by.
type pick struct {
	origin
	h      history
	period core.Period
	told   told
	cover  fact.Cover
	sum    int64 // content of a report that gives the period in one sum; 0: day by day
}

// pick chooses the first report that tells every day of p; else one that gives p in one
// sum; else the one that tells most of its days.
func (s *snapshot) pick(ctx context.Context, market string, from []origin, p core.Period, asOf core.Day) (pick, error) {
	var best pick
	var all []history
	for i, o := range from {
		h, err := s.history(ctx, bookKey{market, o.stream}, asOf)
		if err != nil {
			return pick{}, err
		}
		all = append(all, h)
		t := h.told(p)
		if i == 0 || t.days > best.told.days {
			best = pick{origin: o, h: h, period: p, told: t}
		}
		if t.days == p.Days() {
			break
		}
	}
	if best.told.days == p.Days() {
		best.cover = best.h.cover(p, best.told)
		return best, nil
	}
	for i, h := range all {
		w, ok := h.fromSummary(func(q core.Period) bool { return q == p })
		if ok {
			cover := fact.Cover{Days: p.Days(), Through: p.To, Maturity: w.maturity, Note: join(w.note, "from a report that gives these days in one sum")}
			return pick{from[i], h, p, told{sheets: w.sheets}, cover, w.sheets[0].content}, nil
		}
	}
	best.cover = best.h.cover(p, best.told)
	return best, nil
}

// cover says what the days of p rest on.
func (h history) cover(p core.Period, t told) fact.Cover {
	if t.days == 0 {
		return fact.Cover{Maturity: fact.Missing, Note: h.nothing(p)}
	}
	c := fact.Cover{Days: t.days, Through: t.through}
	c.Maturity, c.Note = h.trust(t)
	if gaps := p.Days() - t.days; gaps > 0 {
		c.Maturity = fact.Worst(c.Maturity, fact.Estimated)
		words := fmt.Sprintf("%d of the %d days are in no report (%s first): import %s for them", gaps, p.Days(), t.gap, h.rules.title)
		if gaps == 1 {
			words = fmt.Sprintf("%s is in no report: import %s for it", t.gap, h.rules.title)
		}
		c.Note = join(c.Note, words)
	}
	// A range that is over is not stale because newer days are not in yet.
	last := h.lastCovered()
	w := window{maturity: c.Maturity, note: c.Note}
	if p.To <= last {
		last = h.asOf - 1
	}
	w = h.aged(w, t.firstKnown, last)
	c.Maturity, c.Note = w.maturity, w.note
	return c
}

// nothing says why no day of p is told.
func (h history) nothing(p core.Period) string {
	for _, s := range h.sums {
		if s.period.From <= p.To && s.period.To >= p.From {
			return fmt.Sprintf("the report gives one sum for %s to %s, which can't be split into days: import %s by day", s.period.From, s.period.To, h.rules.title)
		}
	}
	return "no report of these days yet: import " + h.rules.title
}

// load makes the sums of the pick's days ready and gives their stack. The caller holds the book's lock.
func (k *pick) load(ctx context.Context, s *snapshot, b *book) (*stack, error) {
	if err := b.fresh(ctx, s); err != nil {
		return nil, err
	}
	st := b.stack(k.group)
	ids := make([]int64, 0, len(k.told.sheets))
	for _, at := range k.told.sheets {
		ids = append(ids, at.content)
	}
	return st, st.load(ctx, s, ids)
}

// totals are the sums of a pick, by slot of its stack, with the subjects of the slots.
func (k *pick) totals(ctx context.Context, s *snapshot) ([]totals, []string, error) {
	b := s.m.ledger.book(bookKey{k.h.market, k.stream})
	b.mu.Lock()
	defer b.mu.Unlock()
	st, err := k.load(ctx, s, b)
	if err != nil {
		return nil, nil, err
	}
	sums := make([]totals, len(st.subjects))
	for _, d := range k.digests(st) {
		d.addTo(sums)
	}
	return sums, st.subjects, nil
}

// total is the sum of a pick over all subjects.
func (k *pick) total(ctx context.Context, s *snapshot) (totals, error) {
	b := s.m.ledger.book(bookKey{k.h.market, k.stream})
	b.mu.Lock()
	defer b.mu.Unlock()
	st, err := k.load(ctx, s, b)
	if err != nil {
		return totals{}, err
	}
	var sum totals
	for _, d := range k.digests(st) {
		sum.plus(d.total)
	}
	return sum, nil
}

func (k *pick) digests(st *stack) []*digest {
	if k.sum != 0 {
		return []*digest{st.days[k.sum]}
	}
	return st.over(k.h.days, k.period)
}
