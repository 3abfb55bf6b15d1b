package simulator

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"

	"purser/backend/core"
)

// line is one line of an order.
type line struct {
	offer     *offer
	order     string
	alone     bool // the only line of its order
	day       core.Day
	quantity  int32
	price     int64 // of one unit
	promotion int64 // discount on the line
	placed    int64 // Unix seconds
	paid      int64
	done      int64 // shipped or cancelled
	cancelled bool
	ordinal   int // among the lines of its offer on the day
}

// total is the item price of the line before the discount.
func (l *line) total() int64 { return int64(l.quantity) * l.price }

// tax is the tax shown on the line: on top in the United States, contained in the price in Germany.
func (l *line) tax() int64 {
	net := float64(l.total() - l.promotion)
	if l.offer.store.germany() {
		return int64(net - net/(1+l.offer.store.taxRate) + 0.5)
	}
	return int64(net*l.offer.store.taxRate + 0.5)
}

// stateAt is the order status at an instant after it was placed.
func (l *line) stateAt(t int64) string {
	switch {
	case t >= l.done && l.cancelled:
		return "Cancelled"
	case t >= l.done:
		return "Shipped"
	case t >= l.paid:
		return "Unshipped"
	}
	return "Pending"
}

// updatedBefore is the last change of the line before t; zero if it was placed later.
func (l *line) updatedBefore(t int64) int64 {
	var last int64
	for _, u := range []int64{l.placed, l.paid, l.done} {
		if u < t {
			last = max(last, u)
		}
	}
	return last
}

// placeOrders turns units sold into order lines for the days shown.
func (s *Seller) placeOrders() {
	for _, m := range s.stores {
		offers := s.offersOf(m)
		for d := s.first; d < s.end; d++ {
			s.lines[m.index] = append(s.lines[m.index], s.ordersOn(m, offers, d))
		}
	}
}

// linesOn lists the order lines of a day; none outside the days shown.
func (s *Seller) linesOn(m *store, d core.Day) []*line {
	if d < s.first || d >= s.end {
		return nil
	}
	return s.lines[m.index][d-s.first]
}

// ordersOn makes the orders of one day, in the order in which they were placed. About one in 14
// orders has a second line, and beside what is sold about 2.5 % more is ordered and cancelled.
// Each line rests on its own offer's chance alone, and only ordinary offers share orders: so
// nothing moves when a planted offer's past does.
func (s *Seller) ordersOn(m *store, offers []*offer, d core.Day) []*line {
	var lines []*line
	midnight := d.Start(m.loc).Unix()
	for _, o := range offers {
		r := dice(mix(o.seed, "lines"), d)
		start := len(lines)
		add := func(q int32, cancelled bool) {
			l := o.line(d, q)
			l.cancelled, l.ordinal = cancelled, len(lines)-start
			l.pass(r, midnight)
			lines = append(lines, l)
		}
		for left := o.day(d).units; left > 0; {
			q := min(left, int32(1+weighted(r, []float64{90, 7.5, 2.5})))
			add(q, false)
			if r.Float64() < 0.025 {
				add(1, true)
			}
			left -= q
		}
	}
	slices.SortStableFunc(lines, func(a, b *line) int { return cmp.Compare(a.placed, b.placed) })
	var last *line // the last order of an ordinary offer
	for _, l := range lines {
		shared := l.offer.plan.role == ordinary
		if shared && last != nil && last.alone && unit(mix(l.offer.seed, "joins", uint64(l.placed))) < 0.07 && last.joins(l) {
			continue
		}
		h := mix(l.offer.seed, "order id", uint64(l.placed), uint64(l.ordinal))
		l.order = fmt.Sprintf("%03d-%07d-%07d", m.prefixes[h%uint64(len(m.prefixes))], h>>8%1e7, h>>32%1e7)
		l.alone = true
		if shared {
			last = l
		}
	}
	return lines
}

func (o *offer) line(d core.Day, q int32) *line {
	l := &line{offer: o, day: d, quantity: q, price: o.priceOn(d)}
	if _, discount := event(d); discount > 0 && o.plan.role == ordinary && mix(o.seed, "deal")%3 > 0 {
		l.promotion = l.total() * discount / 100
	}
	return l
}

// joins makes other the second line of l's order, if it is another SKU shipped the same way.
func (l *line) joins(other *line) bool {
	if l.offer == other.offer || l.offer.fbm != other.offer.fbm || l.cancelled != other.cancelled {
		return false
	}
	l.alone = false
	other.order, other.placed, other.paid, other.done = l.order, l.placed, l.paid, l.done
	return true
}

// pass lets the order be placed, paid, and shipped or cancelled. One in four
// cancellations comes late, up to four days after the order was paid.
func (l *line) pass(r *rand.Rand, midnight int64) {
	x := (r.Float64() + r.Float64() + r.Float64()) / 3
	l.placed = midnight + 1800 + int64(x*77200)
	l.paid = l.placed + 300 + int64(r.Float64()*r.Float64()*7200)
	if r.Float64() < 0.02 {
		l.paid = l.placed + int64((6+24*r.Float64())*3600) // the bank takes its time
	}
	hours := 6 + 30*r.Float64()
	switch {
	case l.cancelled && r.Float64() < 0.75:
		l.done = l.placed + 600 + int64(r.Float64()*18000)
		l.paid = l.done // never paid
	case l.cancelled:
		l.done = l.paid + int64((20+70*r.Float64())*3600)
	case l.offer.fbm:
		l.done = l.paid + int64((hours+14)*3600)
	default:
		l.done = l.paid + int64(hours*3600)
	}
}
