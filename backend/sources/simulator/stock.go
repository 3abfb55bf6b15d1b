package simulator

import (
	"math"
	"time"

	"purser/backend/core"
)

// How an ordinary SKU is kept in stock, in days of expected demand: new stock is
// ordered so that about keepDays are left when it lands, and an order lasts orderDays.
const (
	keepDays  = 62
	orderDays = 28
)

// shipment is stock that lands on a day.
type shipment struct {
	arrives core.Day
	shipped core.Day // from then on it is inbound
	units   int32
}

// simulateStock runs every offer from the epoch to the end.
func (s *Seller) simulateStock() {
	for _, o := range s.offers {
		o.days = make([]offerDay, s.end-s.epoch+1)
		lambda, noisy := s.demand(o)
		if o.plan.role == ordinary {
			s.replenish(o, lambda, noisy)
		} else {
			s.endWith(o, lambda, noisy)
		}
	}
}

// replenish sells and restocks day by day; a shipment caught in a delay may let the offer run out.
func (s *Seller) replenish(o *offer, lambda, noisy []float64) {
	ahead := coming60(lambda)
	s.sellOn(o, ahead, noisy, situation{stock: int32(math.Ceil(ahead(0) * 80)), sold: meter(unit(mix(o.seed, "phase")))})
}

// situation is what an offer goes on from, on the morning of the day so many days after the epoch.
type situation struct {
	at     int
	stock  int32
	sold   meter
	coming []shipment
}

// coming60 gives the mean demand of the 60 days from a day.
func coming60(lambda []float64) func(int) float64 {
	prefix := make([]float64, len(lambda)+1)
	for i, v := range lambda {
		prefix[i+1] = prefix[i] + v
	}
	return func(i int) float64 { return (prefix[i+60] - prefix[i]) / 60 }
}

// sellOn sells and restocks day by day from a situation.
func (s *Seller) sellOn(o *offer, ahead func(int) float64, noisy []float64, from situation) {
	stock, sold, coming := from.stock, from.sold, from.coming
	for i := from.at; i < len(noisy); i++ {
		d := s.epoch + core.Day(i)
		var inbound, ordered int32
		kept := coming[:0]
		for _, c := range coming {
			if c.arrives <= d {
				stock += c.units
				continue
			}
			kept = append(kept, c)
			ordered += c.units
			if c.shipped <= d {
				inbound += c.units
			}
		}
		coming = kept
		units := int32(0)
		if stock > 0 {
			units = min(sold.add(noisy[i]), stock)
		}
		o.days[i] = offerDay{units: units, stock: stock, inbound: inbound}
		stock -= units
		if need := ahead(i); float64(stock+ordered) < need*float64(o.lead+keepDays) {
			coming = append(coming, o.order(d, max(12, int32(math.Ceil(need*orderDays)))))
		}
	}
}

// order places an order to the supplier: it lands after the lead time give or take
// a few days, or when the delay it was caught in ends.
func (o *offer) order(d core.Day, units int32) shipment {
	arrives := d + core.Day(o.lead) + core.Day(mix(o.seed, "jitter", uint64(d))%6) - 2
	if end, caught := o.delay(arrives); caught {
		arrives = end
	}
	return shipment{arrives: arrives, shipped: d + core.Day(o.lead/3), units: units}
}

// delay says whether shipments due on d are held up, and until when. About one offer in
// sixteen has such a time each year, of 82 days: long enough to run out for two weeks or so.
func (o *offer) delay(d core.Day) (core.Day, bool) {
	for year := d.Time().Year() - 1; year <= d.Time().Year(); year++ {
		h := mix(o.seed, "delay", uint64(year))
		if h%16 != 0 || o.base < 0.6 {
			continue
		}
		start := core.Date(year, time.January, 1) + core.Day(h>>8%365)
		if d >= start && d < start+82 {
			return start + 82, true
		}
	}
	return 0, false
}

// endWith sells without running out and lays the deliveries backwards from AsOf, so
// that the offer ends with exactly the cover planned. Deliveries of 40 days' stock
// land whenever less than 55 days' would have been left.
func (s *Seller) endWith(o *offer, lambda, noisy []float64) {
	sold := meter(unit(mix(o.seed, "phase")))
	n := int(s.asOf - s.epoch) // AsOf itself: its morning only
	for i := range n {
		o.days[i].units = sold.add(noisy[i])
	}
	perDay := s.pace(o)
	stock := int32(math.Round(o.plan.cover * perDay))
	top := int32(math.Ceil(max(95, o.plan.cover+20) * o.base))
	lot := int32(math.Ceil(40 * o.base))
	o.days[n].stock, o.days[n].inbound = stock, o.plan.inbound
	arrivals := make([]int32, n+1)
	for i := n - 1; i >= 0; i-- {
		stock += o.days[i].units
		if stock > top {
			stock -= lot
			arrivals[i+1] = lot
		}
		o.days[i].stock = stock
	}
	o.layInbound(n, arrivals)
	if s.living() {
		s.sellOn(o, coming60(lambda), noisy, o.situationAt(s.asOf, sold))
	}
}

// situationAt is how a planted offer goes on from the day of the plan: with what is on its way, and restocked as any other.
func (o *offer) situationAt(d core.Day, sold meter) situation {
	from := situation{at: int(d - o.epoch), stock: o.day(d).stock, sold: sold}
	if o.plan.inbound > 0 {
		from.coming = []shipment{{arrives: d + core.Day(o.plan.landing), shipped: d, units: o.plan.inbound}}
	}
	return from
}

// layInbound shows each delivery as inbound for two thirds of the lead time before it landed.
func (o *offer) layInbound(n int, arrivals []int32) {
	sea := o.lead * 2 / 3
	for at, units := range arrivals {
		for i := max(0, at-sea); units > 0 && i < at; i++ {
			o.days[i].inbound += units
		}
	}
	for i := max(0, n+o.plan.landing-sea); o.plan.inbound > 0 && i < n; i++ {
		o.days[i].inbound += o.plan.inbound
	}
}

// pace is the daily sales that cover is measured with: the last 28 days, or before it
// was stranded or suppressed the 28 days before that.
func (s *Seller) pace(o *offer) float64 {
	to := s.asOf - 1
	for s.isHidden(o, to) {
		to--
	}
	var units int32
	for d := to - 27; d <= to; d++ {
		units += o.day(d).units
	}
	return float64(units) / 28
}
