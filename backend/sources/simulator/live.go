package simulator

import (
	"slices"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

// What follows shows the account as Amazon holds it at a moment, for whoever plays Amazon. Where it is about a
// moment, nothing later than that is told; `market` is a marketplace's code, and one the seller is not in has nothing.

// living says whether the account goes on beyond AsOf.
func (s *Seller) living() bool { return s.end > s.asOf }

// First is the first day with orders; End is the day before which data is complete.
func (s *Seller) First() core.Day { return s.first }

// End is the day up to which the account was simulated; that day has a morning only.
func (s *Seller) End() core.Day { return s.end }

// Marketplaces lists where the account sells.
func (s *Seller) Marketplaces() []core.Marketplace {
	out := make([]core.Marketplace, 0, len(s.stores))
	for _, m := range s.stores {
		out = append(out, m.Marketplace)
	}
	return out
}

func (s *Seller) storeOf(market string) *store {
	for _, m := range s.stores {
		if m.Code == market {
			return m
		}
	}
	return nil
}

// today is the business day of a moment in a store.
func (m *store) today(at time.Time) core.Day { return core.DayOf(at, m.loc) }

// Span is a time from, up to but not including To.
type Span struct{ From, To time.Time }

// move is a price the seller set from a day on.
type move struct {
	from  core.Day
	price int64
}

// SetPrice has an offer sold at another price, in minor units, from a day on. Orders of earlier days stay as they were.
// It says whether there is such an offer.
func (s *Seller) SetPrice(market string, sku core.SKU, from core.Day, price int64) bool {
	o := s.offer(market + "/" + string(sku))
	if o == nil {
		return false
	}
	o.moves = append(o.moves, move{from, price})
	for d := max(from, s.first); d < s.end; d++ {
		_, discount := event(d)
		for _, l := range s.linesOn(o.store, d) {
			if l.offer != o {
				continue
			}
			l.price = o.priceOn(d)
			if l.promotion > 0 {
				l.promotion = l.total() * discount / 100
			}
		}
	}
	return true
}

// dated is a line with its last change before a moment.
type dated struct {
	line    *line
	updated int64
}

// linesIn lists the lines last changed before `at` within a span, or placed within it.
func (s *Seller) linesIn(m *store, byUpdate bool, w Span, at time.Time) []dated {
	var out []dated
	from, to, now := w.From.Unix(), min(w.To.Unix(), at.Unix()), at.Unix()
	for d := max(s.first, core.DayOf(w.From, time.UTC)-8); d <= min(s.end, core.DayOf(w.To, time.UTC)+1); d++ {
		for _, l := range s.linesOn(m, d) {
			u := l.updatedBefore(now)
			when := l.placed
			if byUpdate {
				when = u
			}
			if u > 0 && when >= from && when < to {
				out = append(out, dated{l, u})
			}
		}
	}
	return out
}

// OrderLines lists the lines last changed before `at` within a span, or with byUpdate false those placed within it,
// in the state they have at that moment. Rows are not numbered.
func (s *Seller) OrderLines(market string, byUpdate bool, w Span, at time.Time) []source.OrderLine {
	m := s.storeOf(market)
	if m == nil {
		return nil
	}
	var out []source.OrderLine
	for _, x := range s.linesIn(m, byUpdate, w, at) {
		out = append(out, x.record())
	}
	return out
}

func (x dated) record() source.OrderLine {
	l, o, m := x.line, x.line.offer, x.line.offer.store
	r := source.OrderLine{
		OrderID: l.order, SKU: o.sku, ASIN: o.asin, Title: o.name(), Marketplace: m.Code, Day: m.today(time.Unix(l.placed, 0)),
		PurchasedAt: l.placed, UpdatedAt: x.updated, Status: l.stateAt(x.updated), FBA: !o.fbm, Quantity: l.quantity, Currency: m.Currency,
	}
	if l.priced(r.Status) {
		r.HasPrice, r.ItemPrice, r.ItemTax, r.Promotion = true, l.total(), l.tax(), l.promotion
	}
	return r
}

// priced says whether the price of a line is told in a state: not before it was paid, nor where it never was.
func (l *line) priced(state string) bool {
	return state != source.OrderPending && (!l.cancelled || l.paid != l.done)
}

// Offer is one SKU on sale, on the morning of a day.
type Offer struct {
	Market    string
	SKU       core.SKU
	ASIN      core.ASIN
	FNSKU     string
	Title     string
	Group     string // product group, in English
	Price     core.Money
	FBA       bool
	Quantity  int32 // sellable units
	Hidden    bool  // from search: its main image is missing
	Closed    bool  // the listing was closed
	Created   time.Time
	Fulfilled int64 // FBA fee of a unit in minor units; 0 where the seller ships
}

// Offers lists the offers of a marketplace on the morning of a day, by SKU.
func (s *Seller) Offers(market string, d core.Day) []Offer {
	m := s.storeOf(market)
	if m == nil {
		return nil
	}
	hidden := map[*offer]bool{}
	for _, o := range s.hidden(m, d) {
		hidden[o] = true
	}
	var out []Offer
	for i, o := range s.offersOf(m) {
		out = append(out, Offer{
			Market: m.Code, SKU: o.sku, ASIN: o.asin, FNSKU: o.fnsku, Title: o.name(), Group: groupNames()[o.group][0],
			Price: core.Money{Minor: o.priceOn(d), Currency: m.Currency}, FBA: !o.fbm, Quantity: o.day(d).stock, Hidden: hidden[o],
			Closed:  o.plan.role == strandedFBA && d >= s.asOf-strandedDays,
			Created: opened(o, i), Fulfilled: o.fulfilment(),
		})
	}
	return out
}

// opened is when an offer was made, at the hour that the report of listings names.
func opened(o *offer, i int) time.Time {
	hour := 15
	if o.store.germany() {
		hour = 6
	}
	return time.Date(2023, time.Month(1+i%12), 1+i%27, hour, 35, 42, 0, time.UTC)
}

// Stranded lists the offers of a marketplace whose stock at Amazon is without one on the morning of a day, by SKU.
func (s *Seller) Stranded(market string, d core.Day) []Offer {
	m := s.storeOf(market)
	if m == nil {
		return nil
	}
	var out []Offer
	for _, o := range s.Offers(market, d) {
		if slices.ContainsFunc(s.stray(m, d), func(x *offer) bool { return x.sku == o.SKU }) {
			out = append(out, o)
		}
	}
	return out
}

// Referral is the referral fee on an amount, in minor units of the same currency.
func Referral(amount int64) int64 { return referral(amount) }

// Stock lists what is at Amazon on the morning of a day.
func (s *Seller) Stock(market string, d core.Day) []source.StockLevel {
	m := s.storeOf(market)
	if m == nil {
		return nil
	}
	var out []source.StockLevel
	for _, o := range s.fbaOffers(m) {
		h, units := o.heldOn(d), o.day(d).stock
		out = append(out, source.StockLevel{
			Marketplace: m.Code, SKU: o.sku, FNSKU: o.fnsku, ASIN: o.asin, Title: o.name(), Condition: "New", Currency: m.Currency,
			Price: o.priceOn(d), Fulfillable: units, Unsellable: h.unsellable, Reserved: h.reserved,
			Total: units + h.unsellable + h.reserved + h.shipped + h.receiving, InboundShipped: h.shipped, InboundReceiving: h.receiving,
		})
	}
	return out
}

// Traffic is a day of a marketplace and of its items as Amazon knows it on the morning of another.
func (s *Seller) Traffic(market string, d, at core.Day) (source.TrafficDay, []source.TrafficItem) {
	m := s.storeOf(market)
	if m == nil {
		return source.TrafficDay{}, nil
	}
	visited := s.visitsOn(m, d, s.known(int(at-d)))
	var all visits
	for _, v := range visited {
		all.add(v)
	}
	day := source.TrafficDay{
		Marketplace: m.Code, Day: d, Currency: m.Currency, OrderedSales: all.sales, UnitsOrdered: int32(all.units), OrderItems: int32(all.items),
		UnitsRefunded: int32(len(s.returnsOn(m, d))), Sessions: int32(all.sessions), PageViews: int32(all.views),
		FeaturedOfferPct: percent(all.weighed, all.sessions*10000), UnitSessionPct: percent(all.units, all.sessions),
	}
	var items []source.TrafficItem
	for _, o := range s.offersOf(m) {
		v := visited[o]
		if v.sessions == 0 {
			continue
		}
		items = append(items, source.TrafficItem{
			Marketplace: m.Code, Period: core.Period{From: d, To: d}, ParentASIN: o.asin, ASIN: o.asin, Currency: m.Currency,
			OrderedSales: v.sales, UnitsOrdered: int32(v.units), OrderItems: int32(v.items), Sessions: int32(v.sessions), PageViews: int32(v.views),
			FeaturedOfferPct: percent(v.weighed, v.sessions*10000), UnitSessionPct: percent(v.units, v.sessions),
		})
	}
	return day, items
}
