package reviews

import (
	"context"
	"fmt"
	"slices"

	"purser/backend/core"
	"purser/backend/core/module"
	"purser/backend/core/source"
)

// opinion is one seller feedback as known on the as-of day.
type opinion struct {
	day                              core.Day
	market, order, comment, response string
	rating                           int
	skus                             []string
	document                         int64
	line                             int
	firstSeen, lastSeen              int64
}

// negativeRating is the highest rating that counts as negative: Amazon calls one and two stars so.
const negativeRating = 2

func (o opinion) negative() bool { return o.rating <= negativeRating }

// unit is one return as known on the as-of day.
type unit struct {
	day                 core.Day
	market, sku, reason string
	order               string
	quantity            int64
	document            int64
	line                int
}

// records is what both streams hold as known on the as-of day.
type records struct {
	feedback, returns map[string]coverage
	opinions          []opinion
	units             []unit
	lost              []unit // returns whose marketplace is not known
	byCatalog         bool   // the catalog has a say in where returns belong
	unanswered        bool   // orders were asked for, and none of them is known
	items             []module.Item
}

// seenBy says whether something first seen at t was known by the end of the as-of day, or is
// of a day that only later reports tell.
func (c coverage) seenBy(t int64, day core.Day) bool {
	if t < c.until {
		return true
	}
	state, _ := c.at(day)
	return state != knownNow
}

// open reads the catalog and what the reports cover; readFeedback and readReturns fill in the records.
func (m *Module) open(ctx context.Context, asOf core.Day) (*records, error) {
	r := &records{}
	var err error
	if r.items, err = m.host.Catalog().Items(ctx); err != nil {
		return nil, fmt.Errorf("reviews: read the catalog: %w", err)
	}
	if r.feedback, err = m.coverages(ctx, source.SellerFeedback, asOf); err != nil {
		return nil, err
	}
	r.returns, err = m.coverages(ctx, source.Returns, asOf)
	return r, err
}

// of is the coverage of a marketplace; where no report names it, of the reports that speak for all.
func of(by map[string]coverage, market string, like coverage) coverage {
	if c, ok := by[market]; ok {
		return c
	}
	if c, ok := by[""]; ok {
		return c
	}
	return like
}

func (m *Module) readFeedback(ctx context.Context, r *records, p core.Period) error {
	rows, err := m.host.DB().QueryContext(ctx, m.q["Feedback"], int64(p.From), int64(p.To))
	if err != nil {
		return fmt.Errorf("reviews: read feedback: %w", err)
	}
	defer func() { _ = rows.Close() }()
	at := map[string]int{} // of an order's feedback in r.opinions
	for rows.Next() {
		var o opinion
		if err := rows.Scan(&o.day, &o.market, &o.order, &o.rating, &o.comment, &o.response, &o.document, &o.line, &o.firstSeen, &o.lastSeen); err != nil {
			return fmt.Errorf("reviews: read feedback: %w", err)
		}
		c := of(r.feedback, o.market, coverage{})
		if !c.seenBy(o.firstSeen, o.day) || c.removed(o.day, o.lastSeen) {
			continue
		}
		key := o.market + "\x00" + o.order
		i, ok := at[key]
		switch {
		case o.order == "" || !ok:
			at[key] = len(r.opinions)
			r.opinions = append(r.opinions, o)
		case c.prefers(o.firstSeen, o.lastSeen, r.opinions[i].firstSeen, r.opinions[i].lastSeen):
			r.opinions[i] = o
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("reviews: read feedback: %w", err)
	}
	return m.attachSKUs(ctx, r)
}

// prefers says whether the first of two versions of the same thing is the one to believe: of
// those known by the as-of day the one seen last, else the one seen first.
func (c coverage) prefers(first, last, otherFirst, otherLast int64) bool {
	known, otherKnown := first < c.until, otherFirst < c.until
	switch {
	case known != otherKnown:
		return known
	case !known:
		return first < otherFirst
	}
	last, otherLast = min(last, c.until), min(otherLast, c.until)
	return last > otherLast || last == otherLast && first > otherFirst
}

func (m *Module) attachSKUs(ctx context.Context, r *records) error {
	ids := make([]string, 0, len(r.opinions))
	for _, o := range r.opinions {
		ids = append(ids, o.order)
	}
	orders, err := m.orderItems(ctx, ids)
	if err != nil {
		return err
	}
	r.unanswered = r.unanswered || len(ids) > 0 && len(orders) == 0
	for i := range r.opinions {
		o := &r.opinions[i]
		for _, it := range orders[o.order] {
			if o.market == "" {
				o.market = it.Marketplace
			}
			if it.Marketplace == o.market && !slices.Contains(o.skus, string(it.SKU)) {
				o.skus = append(o.skus, string(it.SKU))
			}
		}
	}
	return nil
}

// storedReturn is a row of the returns table: a version of one returned unit.
type storedReturn struct {
	unit
	plate               string
	at, seq             int64
	firstSeen, lastSeen int64
}

func (s storedReturn) sameUnit(o storedReturn) bool {
	return s.day == o.day && s.order == o.order && s.sku == o.sku && s.plate == o.plate && s.at == o.at && s.seq == o.seq
}

func (m *Module) readReturns(ctx context.Context, r *records, p core.Period) error {
	rows, err := m.host.DB().QueryContext(ctx, m.q["Returns"], int64(p.From), int64(p.To))
	if err != nil {
		return fmt.Errorf("reviews: read returns: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var all []storedReturn
	for rows.Next() {
		var s storedReturn
		err := rows.Scan(&s.day, &s.order, &s.sku, &s.plate, &s.at, &s.seq, &s.quantity, &s.reason, &s.market, &s.document, &s.line, &s.firstSeen, &s.lastSeen)
		if err != nil {
			return fmt.Errorf("reviews: read returns: %w", err)
		}
		all = append(all, s)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("reviews: read returns: %w", err)
	}
	return m.place(ctx, r, all)
}

// place finds each return's marketplace and keeps the version of it that was known.
func (m *Module) place(ctx context.Context, r *records, all []storedReturn) error {
	var ids []string
	for i := range all {
		if all[i].market == "" {
			ids = append(ids, all[i].order)
		}
	}
	orders, err := m.orderItems(ctx, ids)
	if err != nil {
		return err
	}
	r.unanswered = r.unanswered || len(ids) > 0 && len(orders) == 0
	sold := marketsOf(r.items)
	var last storedReturn
	for _, s := range all {
		if s.market == "" {
			s.market = marketOf(s, orders[s.order], sold)
			r.byCatalog = r.byCatalog || len(orders[s.order]) == 0
		}
		c := of(r.returns, s.market, coverage{})
		if !c.seenBy(s.firstSeen, s.day) {
			continue
		}
		if s.market == "" {
			r.lost = append(r.lost, s.unit)
			continue
		}
		if last.sameUnit(s) {
			if c.prefers(s.firstSeen, s.lastSeen, last.firstSeen, last.lastSeen) {
				r.units[len(r.units)-1], last = s.unit, s
			}
			continue
		}
		r.units, last = append(r.units, s.unit), s
	}
	return nil
}

func marketsOf(items []module.Item) map[string][]string {
	out := map[string][]string{}
	for _, it := range items {
		out[string(it.SKU)] = append(out[string(it.SKU)], it.Marketplace)
	}
	return out
}

// marketOf is where the order was placed, else the only marketplace that knows the SKU, else "".
func marketOf(s storedReturn, order []module.OrderItem, sold map[string][]string) string {
	for _, it := range order {
		if string(it.SKU) == s.sku {
			return it.Marketplace
		}
	}
	if len(order) > 0 {
		return order[0].Marketplace
	}
	if list := sold[s.sku]; len(list) == 1 {
		return list[0]
	}
	return ""
}
