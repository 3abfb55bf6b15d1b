package simulator

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"purser/backend/core"
)

// settlementCount is how many settlements Amazon still shows: about 90 days of them.
const settlementCount = 7

func settlementColumns() []string {
	return []string{
		"settlement-id", "settlement-start-date", "settlement-end-date", "deposit-date", "total-amount", "currency",
		"transaction-type", "order-id", "merchant-order-id", "adjustment-id", "shipment-id", "marketplace-name", "amount-type",
		"amount-description", "amount", "fulfillment-id", "posted-date", "posted-date-time", "order-item-code",
		"merchant-order-item-id", "merchant-adjustment-item-id", "sku", "quantity-purchased", "promotion-id",
	}
}

// posting is a shipment, a refund, or a charge on the account, with its amounts.
type posting struct {
	at       int64
	kind     string // "Order", "Refund", "ServiceFee", "other-transaction"
	text     string // what an account charge is for
	line     *line
	quantity int32
	sales    int64 // principal
	tax      int64 // shown beside the sales: collected and withheld in the US, contained in Germany
	promo    int64 // negative
	selling  int64 // negative
	fba      int64 // negative
	other    int64
}

func (p posting) total() int64 { return p.sales + p.promo + p.selling + p.fba + p.other }

// settlementEnd is the last end of a settlement of the store on or before d; settlements
// end every other Wednesday in the United States and every other Thursday in Germany.
func settlementEnd(m *store, d core.Day) core.Day {
	anchor := core.Day(6 + m.index)
	return d - (d-anchor)%14
}

func (s *Seller) settlementFiles(m *store) []document {
	var docs []document
	for i, end := 0, settlementEnd(m, s.asOf); i < settlementCount; i, end = i+1, end-14 {
		docs = append(docs, document{fileName("settlement", m, end, "txt"), download(end), func() []byte { return s.settlement(m, end) }})
	}
	return docs
}

// settlementID is stable for a store and an end.
func settlementID(m *store, end core.Day) string {
	return fmt.Sprint(20_000_000_000 + int64(end)*1000 + int64(m.index))
}

// postings lists what was posted on the days of p (UTC), oldest first.
func (s *Seller) postings(m *store, p core.Period) []posting {
	from, to := p.From.Time().Unix(), (p.To + 1).Time().Unix()
	var out []posting
	for d := p.From - 7; d <= p.To; d++ {
		for _, l := range s.linesOn(m, d) {
			if !l.cancelled && l.done >= from && l.done < to {
				out = append(out, l.sale())
			}
		}
	}
	for _, f := range s.returnsIn(m, core.Period{From: p.From - 2, To: p.To}) {
		if x := f.payback(); x.at >= from && x.at < to {
			out = append(out, x)
		}
	}
	for d := p.From; d <= p.To; d++ {
		out = append(out, s.charges(m, d)...)
	}
	slices.SortStableFunc(out, func(a, b posting) int { return cmp.Compare(a.at, b.at) })
	return out
}

// sale is the posting of a shipped line.
func (l *line) sale() posting {
	return posting{
		at: l.done, kind: "Order", line: l, quantity: l.quantity, sales: l.total(), tax: l.tax(), promo: -l.promotion,
		selling: -referral(l.total() - l.promotion), fba: -l.offer.fulfilment() * int64(l.quantity),
	}
}

// payback refunds one unit the day after it came back.
func (f refund) payback() posting {
	l := f.line
	price, promo := l.price, l.promotion/int64(l.quantity)
	fee := referral(price - promo)
	return posting{
		at: f.at + 86400, kind: "Refund", line: l, quantity: 1, sales: -price, tax: -l.tax() / int64(l.quantity), promo: promo,
		selling: fee - refundFee(fee),
	}
}

// charges on the account: advertising every day, storage and the subscription once a month.
func (s *Seller) charges(m *store, d core.Day) []posting {
	at := d.Time().Unix() + 4*3600
	var out []posting
	if spend := s.ads.spendIn(m, core.Period{From: d, To: d}); spend > 0 {
		out = append(out, posting{at: at, kind: "ServiceFee", text: "Cost of Advertising", other: -spend})
	}
	switch d.Time().Day() {
	case 2:
		out = append(out, posting{at: at + 60, kind: "other-transaction", text: "Subscription Fee", other: -3999})
	case 9:
		var units int64
		for _, o := range s.fbaOffers(m) {
			units += int64(o.day(d).stock)
		}
		out = append(out, posting{at: at + 60, kind: "other-transaction", text: "Storage Fee", other: -units * 5})
	}
	return out
}

// settlement is flat file V2 of the 14 days before end: its first row carries the total of all others.
func (s *Seller) settlement(m *store, end core.Day) []byte {
	t := newTSV(settlementColumns()...)
	t.comma = m.germany()
	list := s.postings(m, core.Period{From: end - 14, To: end - 1})
	var total int64
	for _, p := range list {
		total += p.total()
	}
	id, layout := settlementID(m, end), "2006-01-02 15:04:05 UTC"
	if m.germany() {
		layout = "02.01.2006 15:04:05 UTC"
	}
	t.texts(id, (end - 14).Time().Format(layout), end.Time().Add(-time.Second).Format(layout), (end + 2).Time().Format(layout))
	t.money(total)
	t.text(string(m.Currency))
	t.blanks(18)
	t.end()
	for i, p := range list {
		t.posting(m, id, layout, i, p)
	}
	return t.buf
}

// posting writes one row for each amount that is not zero.
func (t *table) posting(m *store, id, layout string, n int, p posting) {
	at := time.Unix(p.at, 0).UTC()
	row := func(kind, description string, amount int64) {
		if amount == 0 {
			return
		}
		order, sku, item, quantity, channel := "", "", "", "", ""
		if p.line != nil {
			order, sku, item = p.line.order, string(p.line.offer.sku), fmt.Sprintf("%014d", mix(uint64(p.line.placed), sku)%1e14)
			quantity, channel = fmt.Sprint(p.quantity), "AFN"
			if p.line.offer.fbm {
				channel = "MFN"
			}
		}
		t.texts(id, "", "", "", "", "", p.kind, order, "", "", fmt.Sprintf("S%09d", n), m.Domain, kind, description)
		t.money(amount)
		t.texts(channel, at.Format(strings.Fields(layout)[0]), at.Format(layout), item, "", "", sku, quantity, "")
		t.end()
	}
	if p.line == nil {
		switch p.kind {
		case "ServiceFee":
			row(p.text, "TransactionTotalAmount", p.other)
		default:
			row("other-transaction", p.text, p.other)
		}
		return
	}
	row("ItemPrice", "Principal", p.sales)
	row("Promotion", "Principal", p.promo)
	if p.kind == "Refund" {
		kept := refundFee(referral(-p.sales - p.promo))
		row("ItemFees", "Commission", p.selling+kept)
		row("ItemFees", "RefundCommission", -kept)
		return
	}
	row("ItemFees", "Commission", p.selling)
	row("ItemFees", "FBAPerUnitFulfillmentFee", p.fba)
}
