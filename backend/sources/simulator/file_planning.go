package simulator

import (
	"slices"

	"purser/backend/core"
)

// planningColumns are the 99 columns of FBA inventory planning as of 2026.
func planningColumns() []string {
	return slices.Concat(
		[]string{
			"snapshot-date", "sku", "fnsku", "asin", "product-name", "condition", "available", "fc-transfer", "pending-removal-quantity",
			"inv-age-0-to-90-days", "inv-age-91-to-180-days", "inv-age-181-to-270-days", "inv-age-271-to-365-days",
			"inv-age-366-to-455-days", "inv-age-456-plus-days", "currency", "units-shipped-t7", "units-shipped-t30",
			"units-shipped-t60", "units-shipped-t90", "alert", "your-price", "sales-price", "lowest-price-new-plus-shipping",
			"lowest-price-used", "recommended-action", "DEPRECATED healthy-inventory-level", "recommended-sales-price",
			"recommended-sale-duration-days", "recommended-removal-quantity", "estimated-cost-savings-of-recommended-actions",
			"sell-through", "item-volume", "volume-unit-measurement", "storage-type", "storage-volume", "marketplace",
			"product-group", "sales-rank", "days-of-supply", "estimated-excess-quantity", "weeks-of-cover-t30", "weeks-of-cover-t90",
			"featuredoffer-price", "sales-shipped-last-7-days", "sales-shipped-last-30-days", "sales-shipped-last-60-days",
			"sales-shipped-last-90-days", "inv-age-0-to-30-days", "inv-age-31-to-60-days", "inv-age-61-to-90-days",
			"inv-age-181-to-330-days", "inv-age-331-to-365-days", "estimated-storage-cost-next-month", "inbound-quantity",
			"inbound-working", "inbound-shipped", "inbound-received", "no-sale-last-6-months", "Total Reserved Quantity",
			"unfulfillable-quantity",
		},
		surchargeColumns(),
		[]string{
			"historical-days-of-supply", "fba-minimum-inventory-level", "fba-inventory-level-health-status",
			"Recommended ship-in quantity", "Recommended ship-in date", "Last updated date for Historical Days of Supply",
			"Exempted from Low-Inventory-Level fee?", "Low-Inventory-Level fee applied in current week?",
			"Short term historical days of supply", "Long term historical days of supply", "Inventory age snapshot date",
			"Inventory Supply at FBA", "Reserved FC Processing", "Reserved Customer Order", "Reserved Staging",
			"Total Days of Supply (including units from open shipments)", "supplier", "is-seasonal-in-next-3-months",
			"season-name", "season-start-date", "season-end-date", "Fulfillment Service and Programs",
		},
	)
}

// surchargeColumns are the pairs of the aged inventory surcharge.
func surchargeColumns() []string {
	var out []string
	for _, span := range []string{"181-210-days", "211-240-days", "241-270-days", "271-300-days", "301-330-days", "331-365-days", "366-455-days", "456-plus-days"} {
		out = append(out, "quantity-to-be-charged-ais-"+span, "estimated-ais-"+span)
	}
	return out
}

// ages is how old the sellable stock is, in units: up to 30, 60, 90, 180 and 270 days.
func (o *offer) ages(units int32) (a [5]int32) {
	steps := [5]int32{}
	for i, days := range []float64{30, 30, 30, 90, 90} {
		steps[i] = int32(days*o.base*0.9) + 1
	}
	for i, n := range steps {
		a[i] = min(n, units)
		units -= a[i]
	}
	a[4] += units
	return a
}

// planning is FBA inventory planning of day d.
func (s *Seller) planning(m *store, d core.Day) []byte {
	t := newTSV(planningColumns()...)
	for _, o := range s.fbaOffers(m) {
		t.plan(o, d)
	}
	return t.buf
}

func (t *table) plan(o *offer, d core.Day) {
	h, units := o.heldOn(d), o.day(d).stock
	t7, t30, t60, t90 := o.sold(d, 7), o.sold(d, 30), o.sold(d, 60), o.sold(d, 90)
	perDay := float64(t30) / 30
	price := o.priceOn(d)
	age := o.ages(units)
	cover := float64(units) / max(perDay, 1.0/90)
	alert, action, excess := "", "", int32(0)
	switch {
	case cover > 180 && perDay > 0:
		alert, action, excess = "Excess inventory", "Create sale", units-int32(perDay*90)
	case cover < 30 && perDay > 0:
		alert, action = "Low inventory", "Send inventory"
	}
	t.texts(d.String(), string(o.sku), o.fnsku, string(o.asin), o.name(), "New")
	t.counts(units, 0, 0, age[0]+age[1]+age[2], age[3], age[4], 0, 0, 0)
	t.text(string(o.store.Currency))
	t.counts(t7, t30, t60, t90)
	t.text(alert)
	t.money(price)
	t.money(price)
	t.money(price)
	t.texts("", action, "", "", "", "0", "0.00")
	t.ratio(float64(t90)/max(1, float64(units)), 2)
	t.ratio(0.06+float64(o.price)/40000, 2)
	t.texts("cubic feet", "Standard-Size")
	t.ratio(float64(units)*(0.06+float64(o.price)/40000), 2)
	t.texts(o.store.Code, groupNames()[o.group][0])
	t.count(int64(2000 + mix(o.seed, "rank", uint64(d)/7)%9000))
	t.supply(float64(units), perDay)
	t.counts(excess)
	t.ratio(cover/7, 1)
	t.ratio(float64(units)/max(float64(t90)/90, 1.0/90)/7, 1)
	t.money(price)
	t.money(int64(t7) * price)
	t.money(int64(t30) * price)
	t.money(int64(t60) * price)
	t.money(int64(t90) * price)
	t.counts(age[0], age[1], age[2], age[4], 0)
	t.money(int64(units) * 5)
	t.counts(h.shipped+h.receiving, 0, h.shipped, h.receiving, 0, h.reserved, h.unsellable)
	t.surcharges()
	t.planTail(o, d, units, h, cover)
}

func (t *table) surcharges() {
	for range 8 {
		t.texts("0", "0.00")
	}
}

func (t *table) planTail(o *offer, d core.Day, units int32, h held, cover float64) {
	t.ratio(min(365, cover), 1)
	t.counts(int32(o.base * 28))
	t.texts("Healthy", "0", "", d.String(), "No", "No")
	t.ratio(min(365, cover), 1)
	t.ratio(min(365, cover), 1)
	t.text(d.String())
	t.counts(units, 0, h.reserved, 0)
	t.ratio(min(365, cover*float64(units+h.shipped+h.receiving)/max(1, float64(units))), 1)
	t.texts("unassigned", "No", "", "", "", "FBA")
	t.end()
}
