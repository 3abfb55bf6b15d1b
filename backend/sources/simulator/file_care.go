package simulator

import (
	"fmt"
	"sort"
	"strconv"

	"purser/backend/core"
)

// feedbackOn lists the ratings given on a day.
func (s *Seller) feedbackOn(m *store, d core.Day) []rating {
	return s.feedbackIn(m, core.Period{From: d, To: d})
}

func (s *Seller) feedbackIn(m *store, p core.Period) []rating {
	all := s.feedback[m.index]
	a := sort.Search(len(all), func(i int) bool { return all[i].day >= p.From })
	b := sort.Search(len(all), func(i int) bool { return all[i].day > p.To })
	return all[a:b]
}

// returnsOn lists the units sent back on a day.
func (s *Seller) returnsOn(m *store, d core.Day) []refund {
	return s.returnsIn(m, core.Period{From: d, To: d})
}

func (s *Seller) returnsIn(m *store, p core.Period) []refund {
	all := s.returns[m.index]
	a := sort.Search(len(all), func(i int) bool { return all[i].day >= p.From })
	b := sort.Search(len(all), func(i int) bool { return all[i].day > p.To })
	return all[a:b]
}

// habit lists the downloads of what happened since the last one: monthly, weekly in the last 90 days, and today's.
func (s *Seller) habit() []core.Day {
	return append(s.monthlyThenWeekly(90, s.asOf-1), s.asOf)
}

// overlapping is what a download on day d covers: since the last one, but at least the 30 days that
// Seller Central offers first. Such files name no period, so only their overlap shows that no day is left out.
func overlapping(last, d core.Day) core.Period {
	return core.Period{From: min(last, d-30), To: d - 1}
}

func (s *Seller) feedbackFiles(m *store) []document {
	var docs []document
	last := s.first
	for _, d := range s.habit() {
		p := overlapping(last, d)
		last = d
		if len(s.feedbackIn(m, p)) > 0 {
			docs = append(docs, document{fileName("seller-feedback", m, d, "txt"), download(d), func() []byte { return s.feedbackReport(m, p) }})
		}
	}
	return docs
}

// feedbackReport has a header and dates in the store's language.
func (s *Seller) feedbackReport(m *store, p core.Period) []byte {
	columns, date := []string{"Date", "Rating", "Comments", "Your Response", "Order ID", "Rater Email"}, "1/2/06"
	if m.germany() {
		columns, date = []string{"Datum", "Bewertung", "Kommentare", "Ihre Antwort", "Bestellnummer", "E-Mail des Bewertenden"}, "2.1.06"
	}
	t := newTSV(columns...)
	for i, f := range s.feedbackIn(m, p) {
		t.texts(f.day.Time().Format(date), strconv.Itoa(f.stars), f.comment, f.answer, f.order,
			fmt.Sprintf("buyer%d@marketplace.example", i+1))
		t.end()
	}
	return t.buf
}

func returnColumns() []string {
	return []string{
		"return-date", "order-id", "sku", "asin", "fnsku", "product-name", "quantity", "fulfillment-center-id", //nolint:misspell // Amazon's name
		"detailed-disposition", "reason", "status", "license-plate-number", "customer-comments",
	}
}

func (s *Seller) returnFiles(m *store) []document {
	var docs []document
	last := s.first
	for _, d := range s.habit() {
		p := overlapping(last, d)
		last = d
		if len(s.returnsIn(m, p)) > 0 {
			docs = append(docs, document{fileName("fba-returns", m, d, "txt"), download(d), func() []byte { return s.returnReport(m, p) }})
		}
	}
	start := s.first
	for _, d := range months(s.first, s.asOf) {
		p := core.Period{From: start, To: d - 1}
		start = d
		if t, n := s.reimbursements(m, p); n > 0 {
			docs = append(docs, document{fileName("fba-reimbursements", m, d, "txt"), download(d), func() []byte { return t.buf }})
		}
	}
	return docs
}

func (s *Seller) returnReport(m *store, p core.Period) []byte {
	t := newTSV(returnColumns()...)
	for _, f := range s.returnsIn(m, p) {
		t.sentBack(f)
	}
	return t.buf
}

func (t *table) sentBack(f refund) {
	o := f.line.offer
	t.texts(isoTime(f.at), f.line.order, string(o.sku), string(o.asin), o.fnsku, o.name())
	t.count(1)
	t.texts(f.centre, f.disposition, f.reason, returnStatus, f.plate, f.comment)
	t.end()
}

// returnStatus is what the report says became of every return.
const returnStatus = "Unit returned to inventory"

func reimbursementColumns() []string {
	return []string{
		"approval-date", "reimbursement-id", "case-id", "amazon-order-id", "reason", "sku", "fnsku", "asin", "product-name",
		"condition", "currency-unit", "amount-per-unit", "amount-total", "quantity-reimbursed-cash",
		"quantity-reimbursed-inventory", "quantity-reimbursed-total", "original-reimbursement-id", "original-reimbursement-type",
	}
}

// reimbursements of a month: stock lost or damaged at Amazon, a few units.
func (s *Seller) reimbursements(m *store, p core.Period) (*table, int) {
	t := newTSV(reimbursementColumns()...)
	list := s.reimbursed(m, p)
	for _, x := range list {
		t.reimbursed(x)
	}
	return t, len(list)
}

// reimbursement is stock that Amazon paid for.
type reimbursement struct {
	offer  *offer
	day    core.Day
	id     string
	reason string
	each   int64
	units  int64
}

// reimbursed lists those of the days of p, which lie in one month.
func (s *Seller) reimbursed(m *store, p core.Period) []reimbursement {
	var out []reimbursement
	for _, o := range s.fbaOffers(m) {
		r := dice(mix(o.seed, "reimbursed"), monthStart(p.To))
		day := monthStart(p.To) + core.Day(r.IntN(28))
		if r.Float64() > 0.05 || !p.Contains(day) {
			continue
		}
		x := reimbursement{offer: o, day: day, each: o.list * 70 / 100, units: int64(1 + r.IntN(2))}
		x.reason = []string{"Lost_Warehouse", "Damaged_Warehouse", "CustomerReturn"}[r.IntN(3)]
		x.id = fmt.Sprintf("R%d", 1e9+r.IntN(1e9))
		out = append(out, x)
	}
	return out
}

func (t *table) reimbursed(x reimbursement) {
	o := x.offer
	t.texts(x.day.String()+"T09:30:00+00:00", x.id, "", "", x.reason, string(o.sku), o.fnsku, string(o.asin),
		o.name(), "New", string(o.store.Currency))
	t.money(x.each)
	t.money(x.each * x.units)
	t.count(x.units)
	t.count(0)
	t.count(x.units)
	t.texts("", "")
	t.end()
}

func feeColumns() []string {
	return []string{
		"sku", "fnsku", "asin", "product-name", "product-group", "brand", "fulfilled-by", "your-price", "sales-price",
		"longest-side", "median-side", "shortest-side", "length-and-girth", "unit-of-dimension", "item-package-weight",
		"unit-of-weight", "product-size-tier", "currency", "estimated-fee-total", "estimated-referral-fee-per-unit",
		"estimated-variable-closing-fee", "estimated-order-handling-fee-per-order", "estimated-pick-pack-fee-per-unit",
		"estimated-weight-handling-fee-per-unit", "expected-fulfillment-fee-per-unit", "estimated-future-fee",
		"estimated-future-order-handling-fee-per-order", "estimated-future-pick-pack-fee-per-unit",
		"estimated-future-weight-handling-fee-per-unit", "expected-future-fulfillment-fee-per-unit",
		"current-fee-category", "future-fee-category", "future-fee-category-effective-date",
	}
}

// feeFiles are Amazon's fee estimates on the second of each month.
func (s *Seller) feeFiles(m *store) []document {
	var docs []document
	for _, first := range months(s.first, s.asOf-1) {
		d := min(first+1, s.asOf)
		docs = append(docs, document{fileName("fee-preview", m, d, "txt"), download(d), func() []byte { return s.fees(m, d) }})
	}
	return docs
}

func (s *Seller) fees(m *store, d core.Day) []byte {
	t := newTSV(feeColumns()...)
	for _, o := range s.fbaOffers(m) {
		price := o.priceOn(d)
		t.texts(string(o.sku), o.fnsku, string(o.asin), o.name(), groupNames()[o.group][0], AccountName, "Amazon")
		t.money(price)
		t.money(price)
		t.texts("9.8", "6.2", "3.1", "28.4", "inches", "1.10", "pounds", o.tier(), string(m.Currency))
		t.money(referral(price) + o.fulfilment())
		t.money(referral(price))
		t.texts("0.00", "--", "--", "--")
		t.money(o.fulfilment())
		t.texts("--", "--", "--", "--", "--", "--", "--", "--")
		t.end()
	}
	return t.buf
}
