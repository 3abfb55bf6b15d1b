package simulator

import (
	"purser/backend/core"
)

// role is what is planted on an offer.
type role int

const (
	ordinary    role = iota
	declining        // sales fall, advertising is dear, feedback is bad
	runningOut       // sells well, will be out before new stock can land
	suppressed       // best-seller hidden from search
	strandedFBA      // stock without an offer
	sentBack         // returns jump
	lowStock         // lower on stock than its lead time, less pressing
	overstocked      // far more stock than it sells
)

// Days before AsOf at which planted situations begin.
const (
	declineDays  = 28
	strandedDays = 9
	suppressDays = 3
	returnsDays  = 28
)

// plan is a planted role with the stock cover it ends with.
type plan struct {
	role    role
	cover   float64 // days of stock on hand on the morning of AsOf
	inbound int32   // units on their way
	landing int     // days until they land
}

// plans says which offers carry which situation, by store code and product number.
func plans() map[string]map[int]plan {
	return map[string]map[int]plan{
		"US": {
			87:  {role: declining, cover: 78},
			104: {role: runningOut, cover: 19},
			76:  {role: strandedFBA, cover: 43},
			52:  {role: sentBack, cover: 72},
			22:  {role: lowStock, cover: 24, inbound: 90, landing: 12},
			115: {role: lowStock, cover: 27},
			93:  {role: overstocked, cover: 265},
		},
		"DE": {
			31: {role: suppressed, cover: 66},
			59: {role: lowStock, cover: 17},
		},
	}
}

// offer is one product in one store, with its simulated days.
type offer struct {
	*product
	store *store
	plan  plan
	seed  uint64
	base  float64 // units a day
	list  int64   // list price, minor units
	moves []move  // prices the seller set since, oldest first
	epoch core.Day
	days  []offerDay // since epoch, up to and including the end
}

// offerDay is the state of an offer on one day.
type offerDay struct {
	units   int32 // sold, net of cancellations
	stock   int32 // sellable on the morning
	inbound int32 // on its way on the morning
}

func (o *offer) day(d core.Day) *offerDay { return &o.days[d-o.epoch] }

// name is the title in the store's language.
func (o *offer) name() string {
	if o.store.germany() {
		return o.titleDE
	}
	return o.title
}

// unitCost is the landed cost in the store's currency; euro costs are 92 % of the dollar figure.
func (o *offer) unitCost() int64 {
	if o.store.germany() {
		return o.cost * 92 / 100
	}
	return o.cost
}

// priceOn is the price on a day. Every quarter an ordinary offer may move by 5 %, ending in 99.
func (o *offer) priceOn(d core.Day) int64 {
	for i := len(o.moves) - 1; i >= 0; i-- {
		if o.moves[i].from <= d {
			return o.moves[i].price
		}
	}
	if o.plan.role != ordinary {
		return o.list
	}
	t := d.Time()
	quarter := uint64(t.Year()*4 + (int(t.Month())-1)/3)
	switch h := mix(o.seed, "price", quarter) % 10; {
	case h < 2:
		return ends99(o.list * 105 / 100)
	case h == 2:
		return ends99(o.list * 95 / 100)
	}
	return o.list
}

// ends99 rounds a price to the nearest that ends in 99.
func ends99(v int64) int64 { return (v+50)/100*100 - 1 }

// makeOffers puts every product on sale in the United States and those with a German title in Germany too.
func (s *Seller) makeOffers() {
	planned := plans()
	for _, m := range s.stores {
		for _, p := range s.products {
			o := &offer{
				product: p, store: m, plan: planned[m.Code][p.no], epoch: s.epoch, base: p.base, list: p.price,
				seed: mix(s.o.Seed, "offer", uint64(m.index), uint64(p.no)),
			}
			if m.germany() {
				if p.titleDE == "" || p.fbm {
					continue
				}
				o.base, o.list = p.baseDE, ends99(p.price*96/100)
			}
			s.offers = append(s.offers, o)
		}
	}
}

// offersOf lists the offers of a store in order of SKU.
func (s *Seller) offersOf(m *store) []*offer {
	var out []*offer
	for _, o := range s.offers {
		if o.store == m {
			out = append(out, o)
		}
	}
	return out
}

// expected is the demand of an offer on a day before chance: weekday, season, growth and events.
// Planted offers are steady, so that only what is planted moves them.
func (s *Seller) expected(o *offer, d core.Day) float64 {
	v := o.base * o.store.weekday[d.Weekday()]
	switch o.plan.role {
	case ordinary:
		lift, _ := event(d)
		return v * season(o.group, d) * growth(d) * lift
	case declining:
		if d >= s.asOf-declineDays {
			return v * 0.57
		}
	case strandedFBA, suppressed:
		if s.isHidden(o, d) {
			return 0
		}
	case runningOut, sentBack, lowStock, overstocked:
	}
	return v
}

// spread is how much an offer's days vary by chance.
func (o *offer) spread() float64 {
	if o.plan.role == ordinary {
		return 0.32
	}
	return 0.16
}

// demand is what would be sold each day with enough stock, from the epoch to the end,
// and expected demand for 120 days beyond.
func (s *Seller) demand(o *offer) (lambda []float64, noisy []float64) {
	n := int(s.end-s.epoch) + 1
	lambda, noisy = make([]float64, n+120), make([]float64, n)
	for i := range lambda {
		d := s.epoch + core.Day(i)
		lambda[i] = s.expected(o, d)
		if i < n {
			noisy[i] = lambda[i] * wobble(dice(o.seed, d), o.spread())
		}
	}
	return lambda, noisy
}
