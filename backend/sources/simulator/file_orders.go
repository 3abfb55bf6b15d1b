package simulator

import (
	"time"

	"purser/backend/core"
)

func orderColumns() []string {
	return []string{
		"amazon-order-id", "merchant-order-id", "purchase-date", "last-updated-date", "order-status", "fulfillment-channel",
		"sales-channel", "order-channel", "url", "ship-service-level", "product-name", "sku", "asin", "item-status", "quantity",
		"currency", "item-price", "item-tax", "shipping-price", "shipping-tax", "gift-wrap-price", "gift-wrap-tax",
		"item-promotion-discount", "ship-promotion-discount", "ship-city", "ship-state", "ship-postal-code", "ship-country",
		"promotion-ids", "is-business-order", "purchase-order-number", "price-designation",
	}
}

// orderFiles are all orders by last update: monthly, then weekly for five weeks, then
// every day of the last two weeks with the three days before.
func (s *Seller) orderFiles(m *store) []document {
	var docs []document
	add := func(from, to time.Time, d core.Day) {
		docs = append(docs, document{fileName("all-orders", m, d, "txt"), download(d), func() []byte { return s.orders(m, from, to) }})
	}
	last := s.first.Time()
	for _, d := range months(s.first, s.asOf-49) {
		add(last, download(d), d)
		last = download(d)
	}
	for d := core.DayOf(last, time.UTC) + 7; d <= s.asOf-14; d += 7 {
		add(last, download(d), d)
		last = download(d)
	}
	for i, d := range s.daily(14) {
		from := download(d - 3)
		if i == 0 && last.Before(from) {
			from = last
		}
		add(from, download(d), d)
	}
	return docs
}

// orders lists the lines last changed in [from, to), in the state they had at to.
func (s *Seller) orders(m *store, from, to time.Time) []byte {
	t := newTSV(orderColumns()...)
	a, b := from.Unix(), to.Unix()
	for d := core.DayOf(from, time.UTC) - 7; d <= core.DayOf(to, time.UTC); d++ {
		for _, l := range s.linesOn(m, d) {
			if u := l.updatedBefore(b); u >= a {
				t.order(l, u)
			}
		}
	}
	return t.buf
}

func (t *table) order(l *line, updated int64) {
	o, m := l.offer, l.offer.store
	state := l.stateAt(updated)
	item := state
	if item == "Pending" {
		item = "Unshipped"
	}
	channel := "Amazon"
	if o.fbm {
		channel = "Merchant"
	}
	t.texts(l.order, "", isoTime(l.placed), isoTime(updated), state, channel, m.Domain, "", "", "Standard",
		o.name(), string(o.sku), string(o.asin), item)
	t.count(int64(l.quantity))
	if state == "Pending" || l.cancelled && l.paid == l.done {
		t.blanks(9) // a price is known once the order is paid
	} else {
		t.text(string(m.Currency))
		t.money(l.total())
		t.money(l.tax())
		t.blanks(4)
		t.discount(l.promotion)
		t.blanks(1)
	}
	t.place(m, uint64(l.placed))
	promo := ""
	if l.promotion > 0 {
		promo = "PLM-event-deal"
	}
	t.texts(promo, "false", "", "")
	t.end()
}

func (t *table) discount(v int64) {
	if v == 0 {
		t.text("")
		return
	}
	t.money(v)
}

// place writes where an order went: what an importer must drop.
func (t *table) place(m *store, h uint64) {
	us := [][3]string{{"AUSTIN", "TX", "78701"}, {"Portland", "OR", "97205"}, {"Columbus", "OH", "43215"}, {"DENVER", "CO", "80202"}}
	de := [][3]string{{"Hamburg", "", "20095"}, {"Köln", "NRW", "50667"}, {"München", "Bayern", "80331"}, {"Leipzig", "", "04109"}}
	if m.germany() {
		p := de[h%4]
		t.texts(p[0], p[1], p[2], "DE")
		return
	}
	p := us[h%4]
	t.texts(p[0], p[1], p[2], "US")
}

// isoTime is an instant as the order reports write it.
func isoTime(unix int64) string { return time.Unix(unix, 0).UTC().Format("2006-01-02T15:04:05+00:00") }
