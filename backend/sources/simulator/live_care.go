package simulator

import (
	"slices"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

// days are those of a span, up to a moment, in the store.
func (m *store) days(w Span, at time.Time) core.Period {
	to := w.To
	if at.Before(to) {
		to = at
	}
	return core.Period{From: m.today(w.From), To: m.today(to.Add(-time.Second))}
}

// returned lists the units that came back within a span, before a moment.
func (s *Seller) returned(m *store, w Span, at time.Time) []refund {
	var out []refund
	for _, f := range s.returnsIn(m, m.days(w, at)) {
		if f.at >= w.From.Unix() && f.at < min(w.To.Unix(), at.Unix()) {
			out = append(out, f)
		}
	}
	return out
}

// Returns lists the units that came back within a span and before a moment.
func (s *Seller) Returns(market string, w Span, at time.Time) []source.Return {
	m := s.storeOf(market)
	if m == nil {
		return nil
	}
	var out []source.Return
	for _, f := range s.returned(m, w, at) {
		o := f.line.offer
		out = append(out, source.Return{
			Marketplace: m.Code, At: f.at, Day: m.today(time.Unix(f.at, 0)), OrderID: f.line.order, SKU: o.sku, ASIN: o.asin, FNSKU: o.fnsku,
			Title: o.name(), Quantity: 1, Disposition: f.disposition, Reason: f.reason, Status: returnStatus, Plate: f.plate, Comment: f.comment,
		})
	}
	return out
}

// paidFor lists the reimbursements approved within a span, before a moment. They are approved at 09:30 UTC.
func (s *Seller) paidFor(m *store, w Span, at time.Time) []reimbursement {
	var out []reimbursement
	p := core.Period{From: core.DayOf(w.From, time.UTC), To: core.DayOf(w.To, time.UTC)}
	for month := monthStart(p.From); month <= p.To; month = nextMonth(month) {
		in := core.Period{From: max(month, p.From), To: min(nextMonth(month)-1, p.To)}
		for _, x := range s.reimbursed(m, in) {
			when := x.day.Time().Add(9*time.Hour + 30*time.Minute)
			if !when.Before(w.From) && when.Before(w.To) && when.Before(at) {
				out = append(out, x)
			}
		}
	}
	return out
}

// Reimbursements lists those approved within a span and before a moment.
func (s *Seller) Reimbursements(market string, w Span, at time.Time) []source.Reimbursement {
	m := s.storeOf(market)
	if m == nil {
		return nil
	}
	var out []source.Reimbursement
	for _, x := range s.paidFor(m, w, at) {
		o := x.offer
		out = append(out, source.Reimbursement{
			Marketplace: m.Code, Day: m.today(x.day.Time().Add(9*time.Hour + 30*time.Minute)), ID: x.id, Reason: x.reason, SKU: o.sku, ASIN: o.asin,
			FNSKU: o.fnsku, Currency: m.Currency, PerUnit: x.each, Total: x.each * x.units, CashUnits: int32(x.units),
		})
	}
	return out
}

// rated lists the ratings of the days of a span that were over at a moment.
func (s *Seller) rated(m *store, w Span, at time.Time) []rating {
	p := m.days(w, at)
	p.To = min(p.To, m.today(at)-1)
	return s.feedbackIn(m, p)
}

// Feedback lists the ratings of the days of a span that were over at a moment.
func (s *Seller) Feedback(market string, w Span, at time.Time) []source.Feedback {
	m := s.storeOf(market)
	if m == nil {
		return nil
	}
	var out []source.Feedback
	for _, f := range s.rated(m, w, at) {
		out = append(out, source.Feedback{
			Marketplace: m.Code, Day: f.day, Rating: int32(f.stars), Comment: f.comment, Response: f.answer, OrderID: f.order,
		})
	}
	return out
}

// Posting is one amount on the account: a shipped line, a refund, a charge, or a payout. Amounts are minor units.
type Posting struct {
	Market     string
	Currency   core.Currency
	At         time.Time
	Kind       string // "Order", "Refund", "ServiceFee", "other-transaction", "Transfer"
	Text       string // what a charge is for: "Cost of Advertising", "Subscription Fee", "Storage Fee"
	OrderID    string
	SKU        core.SKU
	ASIN       core.ASIN
	Title      string
	FBA        bool
	Quantity   int32
	Sales      int64 // with the tax where it is contained in the price
	Tax        int64
	TaxOnTop   bool // the tax is not in Sales; Amazon collects and withholds it
	Promotion  int64
	Commission int64 // given back on a refund
	RefundFee  int64 // what Amazon keeps of it
	FBAFee     int64
	Other      int64
	Settlement string // the settlement it belongs to
}

// Total is what the account changes by.
func (p Posting) Total() int64 {
	return p.Sales + p.Promotion + p.Commission + p.RefundFee + p.FBAFee + p.Other
}

// Postings lists what was posted within a span and before a moment, oldest first.
func (s *Seller) Postings(market string, w Span, at time.Time) []Posting {
	m := s.storeOf(market)
	if m == nil {
		return nil
	}
	to := w.To
	if at.Before(to) {
		to = at
	}
	p := core.Period{From: max(s.first, core.DayOf(w.From, time.UTC)), To: min(s.end-1, core.DayOf(to, time.UTC))}
	var out []Posting
	keep := func(x posting) {
		if x.at >= w.From.Unix() && x.at < to.Unix() {
			out = append(out, s.show(m, x))
		}
	}
	for _, x := range s.postings(m, p) {
		keep(x)
	}
	for end := settlementEnd(m, p.To); end >= p.From && end-14 >= s.first; end -= 14 {
		keep(posting{at: end.Time().Unix() + 7*3600, kind: "Transfer", other: -s.settled(m, end)})
	}
	slices.SortStableFunc(out, func(a, b Posting) int { return a.At.Compare(b.At) })
	return out
}

// settled is the total of the settlement that ends on a day.
func (s *Seller) settled(m *store, end core.Day) int64 {
	var total int64
	for _, p := range s.postings(m, core.Period{From: end - 14, To: end - 1}) {
		total += p.total()
	}
	return total
}

func (s *Seller) show(m *store, x posting) Posting {
	out := Posting{
		Market: m.Code, Currency: m.Currency, At: time.Unix(x.at, 0).UTC(), Kind: x.kind, Text: x.text, Quantity: x.quantity, Sales: x.sales,
		Tax: x.tax, TaxOnTop: !m.germany(), Promotion: x.promo, Commission: x.selling, FBAFee: x.fba, Other: x.other,
		Settlement: settlementID(m, settlementEnd(m, core.DayOf(time.Unix(x.at, 0), time.UTC))+14),
	}
	if x.line != nil {
		o := x.line.offer
		out.OrderID, out.SKU, out.ASIN, out.Title, out.FBA = x.line.order, o.sku, o.asin, o.name(), !o.fbm
	}
	if x.kind == "Refund" {
		kept := refundFee(referral(-x.sales - x.promo))
		out.Commission, out.RefundFee = x.selling+kept, -kept
	}
	return out
}

// Settlement is one that Amazon has closed.
type Settlement struct {
	Market     string
	ID         string
	Start, End time.Time // the last second is in it
	Closed     time.Time // when its report is there
	Total      int64     // minor units
}

// Settlements lists those closed within a span and before a moment, newest first. Reports are there six hours later.
func (s *Seller) Settlements(market string, w Span, at time.Time) []Settlement {
	m := s.storeOf(market)
	if m == nil {
		return nil
	}
	out := s.Closed(market, w, at)
	for i := range out {
		out[i].Total = s.settled(m, core.DayOf(out[i].End.Add(time.Second), time.UTC))
	}
	return out
}

// Closed is Settlements without their totals, which take long to add up.
func (s *Seller) Closed(market string, w Span, at time.Time) []Settlement {
	m := s.storeOf(market)
	if m == nil {
		return nil
	}
	var out []Settlement
	for end := settlementEnd(m, core.DayOf(at, time.UTC)); end-14 >= s.first && !end.Time().Before(w.From); end -= 14 {
		closed := download(end)
		if closed.Before(at) && closed.Before(w.To) {
			out = append(out, Settlement{Market: m.Code, ID: settlementID(m, end), Start: (end - 14).Time(), End: end.Time().Add(-time.Second), Closed: closed})
		}
	}
	return out
}
