package simulator

import (
	"strings"

	"purser/backend/core"
)

func stockColumns() []string {
	return []string{
		"sku", "fnsku", "asin", "product-name", "condition", "your-price", "mfn-listing-exists", "mfn-fulfillable-quantity",
		"afn-listing-exists", "afn-warehouse-quantity", "afn-fulfillable-quantity", "afn-unsellable-quantity",
		"afn-reserved-quantity", "afn-total-quantity", "per-unit-volume", "afn-inbound-working-quantity",
		"afn-inbound-shipped-quantity", "afn-inbound-receiving-quantity", "afn-researching-quantity",
		"afn-reserved-future-supply", "afn-future-supply-buyable",
	}
}

// stockFiles are FBA inventory weekly and daily for the last 60 days, inventory planning weekly
// for the last 90, and the newest restock recommendations.
func (s *Seller) stockFiles(m *store) []document {
	var docs []document
	for _, d := range s.weeklyThenDaily(s.first, 60) {
		docs = append(docs, document{fileName("fba-inventory", m, d, "txt"), download(d), func() []byte { return s.stock(m, d) }})
	}
	for _, d := range append(mondays(s.asOf-90, s.asOf-1), s.asOf) {
		docs = append(docs, document{fileName("fba-inventory-planning", m, d, "txt"), download(d), func() []byte { return s.planning(m, d) }})
	}
	return append(docs, document{fileName("restock-report", m, s.asOf, "txt"), download(s.asOf), func() []byte { return s.restock(m, s.asOf) }})
}

// fbaOffers lists the offers of a store that Amazon ships.
func (s *Seller) fbaOffers(m *store) []*offer {
	var out []*offer
	for _, o := range s.offersOf(m) {
		if !o.fbm {
			out = append(out, o)
		}
	}
	return out
}

// held is what an offer has at Amazon besides sellable stock, on the morning of d.
type held struct{ reserved, unsellable, shipped, receiving int32 }

func (o *offer) heldOn(d core.Day) held {
	h := held{shipped: o.day(d).inbound, unsellable: int32(mix(o.seed, "unsellable", uint64(d)/28) % 3)}
	h.reserved = int32(o.base + 0.5)
	if d-1 >= o.epoch {
		h.reserved = o.day(d - 1).units
	}
	if o.day(min(d+2, o.epoch+core.Day(len(o.days))-1)).inbound < h.shipped && o.plan.inbound == 0 {
		h.shipped, h.receiving = 0, h.shipped
	}
	return h
}

// stock is FBA Manage Inventory on the morning of d.
func (s *Seller) stock(m *store, d core.Day) []byte {
	t := newTSV(stockColumns()...)
	for _, o := range s.fbaOffers(m) {
		h, units := o.heldOn(d), o.day(d).stock
		t.texts(string(o.sku), o.fnsku, string(o.asin), o.name(), "New")
		t.money(o.priceOn(d))
		t.texts("No", "", "Yes")
		t.counts(units+h.unsellable+h.reserved, units, h.unsellable, h.reserved, units+h.unsellable+h.reserved+h.shipped+h.receiving)
		t.ratio(0.06+float64(o.price)/40000, 2)
		t.counts(0, h.shipped, h.receiving, 0, 0, 0)
		t.end()
	}
	return t.buf
}

// sold is units sold in the n days before d, in stock or not.
func (o *offer) sold(d core.Day, n int) int32 {
	var units int32
	for x := max(o.epoch, d-core.Day(n)); x < d; x++ {
		units += o.day(x).units
	}
	return units
}

func restockColumns() []string {
	return strings.Split("Country\tProduct Name\tFNSKU\tMerchant SKU\tASIN\tCondition\tSupplier\tSupplier part no.\tCurrency code\tPrice\t"+
		"Sales last 30 days\tUnits Sold Last 30 Days\tTotal Units\tInbound\tAvailable\tFC transfer\tFC Processing\tCustomer Order\t"+
		"Unfulfillable\tWorking\tShipped\tReceiving\tFulfilled by\tTotal Days of Supply (including units from open shipments)\t"+
		"Days of Supply at Amazon Fulfillment Network\tAlert\tRecommended replenishment qty\tRecommended ship date\tRecommended action\tUnit storage size", "\t")
}

// restock is Amazon's own advice on the morning of d.
func (s *Seller) restock(m *store, d core.Day) []byte {
	t := newTSV(restockColumns()...)
	for _, o := range s.fbaOffers(m) {
		h, units, sold := o.heldOn(d), o.day(d).stock, o.sold(d, 30)
		inbound := h.shipped + h.receiving
		perDay := float64(sold) / 30
		t.texts(m.Code, o.name(), o.fnsku, string(o.sku), string(o.asin), "New", "unassigned", "", string(m.Currency))
		t.money(o.priceOn(d))
		t.money(int64(sold) * o.priceOn(d))
		t.counts(sold, units+inbound+h.reserved+h.unsellable, inbound, units, 0, 0, h.reserved, h.unsellable, 0, h.shipped, h.receiving)
		t.text("Amazon")
		t.supply(float64(units+inbound), perDay)
		t.supply(float64(units), perDay)
		alert, action, ship, qty := "", "No action required", "", int32(0)
		if cover := float64(units+inbound) / max(perDay, 0.01); perDay > 0 && cover < 35 {
			alert, action, ship = "low_stock", "Create shipping plan", d.Time().Format("01/02/2006")
			qty = int32(perDay*60) - units - inbound
		}
		t.text(alert)
		t.counts(qty)
		t.texts(ship, action, "0.10 ft3")
		t.end()
	}
	return t.buf
}

// supply is a cover in whole days; empty without sales.
func (t *table) supply(units, perDay float64) {
	if perDay == 0 {
		t.text("")
		return
	}
	t.count(min(365, round(units/perDay)))
}
