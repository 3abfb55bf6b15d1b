package simulator

import (
	"fmt"

	"purser/backend/core"
)

func listingColumns() []string {
	return []string{
		"item-name", "item-description", "listing-id", "seller-sku", "price", "quantity", "open-date", "image-url",
		"item-is-marketplace", "product-id-type", "zshop-shipping-fee", "item-note", "item-condition", "zshop-category1",
		"zshop-browse-path", "zshop-storefront-feature", "asin1", "asin2", "asin3", "will-ship-internationally",
		"expedited-shipping", "zshop-boldface", "product-id", "bid-for-featured-placement", "add-delete", "pending-quantity",
		"fulfillment-channel", "merchant-shipping-group", "status",
	}
}

// An old matter that was put right: it is in the files up to its last day and in none after it.
const (
	mendedNo   = 118
	mendedDays = 5 // days before AsOf of the first file without it
)

// listingFiles are merchant listings monthly, weekly for half a year and daily for the last week, and, daily for the
// last two weeks, suppressed listings and stranded inventory; with none, the file has only its header.
func (s *Seller) listingFiles(m *store) []document {
	var docs []document
	for _, d := range append(s.monthlyThenWeekly(180, s.asOf-7), s.daily(7)...) {
		docs = append(docs, document{fileName("all-listings", m, d, "txt"), download(d), func() []byte { return s.listings(m, d) }})
	}
	for _, d := range s.daily(14) {
		docs = append(docs,
			document{fileName("suppressed-listings", m, d, "txt"), download(d), func() []byte { return s.suppressed(m, d) }},
			document{fileName("stranded-inventory", m, d, "txt"), download(d), func() []byte { return s.stranded(m, d) }})
	}
	return docs
}

// listings is the all-listings report. A listing hidden from search is still Active in it.
func (s *Seller) listings(m *store, d core.Day) []byte {
	t := newTSV(listingColumns()...)
	for i, o := range s.offersOf(m) {
		status := "Active"
		if o.plan.role == strandedFBA && d >= s.asOf-strandedDays {
			status = "Inactive"
		}
		channel, quantity, group := "AMAZON_NA", "", ""
		if m.germany() {
			channel = "AMAZON_EU"
		}
		if o.fbm {
			channel, quantity, group = "DEFAULT", fmt.Sprint(o.day(d).stock), "Migrated Template"
		}
		t.texts(o.name(), "", fmt.Sprintf("%04d%s", d.Time().Year()%100*100+1, base36(mix(o.seed, "listing"), 7)), string(o.sku))
		t.money(o.priceOn(d))
		t.texts(quantity, openDate(o, i), "", "y", "1", "", "", "11", "", "", "", string(o.asin), "", "", "", "", "", string(o.asin),
			"", "", "0", channel, group, status)
		t.end()
	}
	return t.buf
}

func openDate(o *offer, i int) string {
	zone := "PST"
	if o.store.germany() {
		zone = "MEZ"
	}
	return fmt.Sprintf("2023-%02d-%02d 07:35:42 %s", 1+i%12, 1+i%27, zone)
}

// hidden lists the offers hidden from search on the morning of d, planted first.
func (s *Seller) hidden(m *store, d core.Day) []*offer {
	var out []*offer
	for _, o := range s.offersOf(m) {
		if o.plan.role == suppressed && d >= s.asOf-suppressDays {
			out = append(out, o)
		}
	}
	return out
}

func (s *Seller) suppressed(m *store, d core.Day) []byte {
	t := newTSV("Status", "Reason", "SKU", "ASIN", "Product name", "Condition", "Status Change Date", "Issue Description")
	for _, o := range s.hidden(m, d) {
		t.texts("Search Suppressed", "Missing Image", string(o.sku), string(o.asin), o.name(), "New",
			(s.asOf - suppressDays).String(), "The main image is missing. Add a main image to make the listing appear in search.")
		t.end()
	}
	return t.buf
}

// stray is stock without an offer on the morning of d.
func (s *Seller) stray(m *store, d core.Day) []*offer {
	var out []*offer
	for _, o := range s.offersOf(m) {
		planted := o.plan.role == strandedFBA && d >= s.asOf-strandedDays
		mended := !m.germany() && o.no == mendedNo && d < s.asOf-mendedDays
		if planted || mended {
			out = append(out, o)
		}
	}
	return out
}

func strandedColumns() []string {
	return []string{
		"primary-action", "date-stranded", "Date-to-take-auto-removal", "status-primary", "status-secondary", "error-message",
		"stranded-reason", "asin", "sku", "fnsku", "product-name", "condition", "fulfilled-by", "fulfillable-qty", "your-price",
		"unfulfillable-qty", "reserved-quantity", "inbound-shipped-qty",
	}
}

func (s *Seller) stranded(m *store, d core.Day) []byte {
	t := newTSV(strandedColumns()...)
	for _, o := range s.stray(m, d) {
		since, action, reason, why := s.asOf-strandedDays, "Relist", "Listing closed", "The listing was closed while stock is at Amazon."
		units := o.day(d).stock
		if o.plan.role != strandedFBA {
			since, action, reason, why, units = s.asOf-20, "Edit listing", "Detail page removed from catalogue", "The stock belongs to an old listing.", 6
		}
		t.texts(action, since.String(), (since + 90).String(), "Stranded", "Inactive", why, reason, string(o.asin), string(o.sku), o.fnsku,
			o.name(), "New", "Amazon")
		t.counts(units)
		t.money(o.priceOn(d))
		t.counts(0, 0, 0)
		t.end()
	}
	return t.buf
}
