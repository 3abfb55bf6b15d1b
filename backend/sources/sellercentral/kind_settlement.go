package sellercentral

import (
	"fmt"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

// payout is a settlement whose header row has been read.
type payout struct {
	start, end, deposit, total int64
	currency                   core.Currency
	sum                        int64
	headed                     bool
	headless                   bool // a line came before that row
}

// settlementBook keeps the settlements of one file, so that each can be checked against its total.
type settlementBook struct {
	byID  map[string]*payout
	order []string
	last  string
	now   *payout
}

func (s *settlementBook) of(id string) *payout {
	if s.now != nil && s.last == id {
		return s.now
	}
	p, ok := s.byID[id]
	if !ok {
		p = &payout{}
		s.byID[id] = p
		s.order = append(s.order, id)
	}
	s.last, s.now = id, p
	return p
}

// settlement is the settlement flat file V2. The first row of a settlement has only its dates,
// total and currency; every other row has one amount. The sum of the amounts is the total.
func settlement() tableKind {
	type line = source.SettlementLine
	book := &settlementBook{byID: map[string]*payout{}}
	return definition[line]{
		info: source.Kind{
			Name: "settlement", Title: "Settlement (flat file V2)", Streams: []source.Stream{source.Settlements},
			Where:    "Seller Central › Payments › Reports repository › Settlement › Download Flat File V2",
			Unlocks:  "What Amazon really paid and charged, by SKU, to the cent",
			StaleAge: 21 * 24 * time.Hour,
		},
		columns: []column[line]{
			channel[line]("marketplace-name"),
			money[line]("currency"),
			text("settlement-id", func(r *line) *string { return &r.SettlementID }).full(),
			instant("settlement-start-date", func(r *line) *int64 { return &r.Start }),
			instant("settlement-end-date", func(r *line) *int64 { return &r.End }),
			instant("deposit-date", func(r *line) *int64 { return &r.Deposit }),
			text("transaction-type", func(r *line) *string { return &r.TransactionType }).must(),
			custom("total-amount", amounts, func(x *cells, b []byte, r *line) { setTotal(book, x, b, r) }).must(),
			ident("order-id", func(r *line) *string { return &r.OrderID }),
			text("amount-type", func(r *line) *string { return &r.AmountType }).must(),
			text("amount-description", func(r *line) *string { return &r.AmountDesc }).must(),
			custom("amount", amounts, func(x *cells, b []byte, r *line) { setAmount(book, x, b, r) }).must(),
			day("posted-date", func(r *line) *core.Day { return &r.Day }),
			instant("posted-date-time", func(r *line) *int64 { return &r.PostedAt }),
			ident("order-item-code", func(r *line) *string { return &r.OrderItemCode }),
			text("sku", func(r *line) *core.SKU { return &r.SKU }),
			count("quantity-purchased", func(r *line) *int32 { return &r.Quantity }),
		},
		known: []string{
			"merchant-order-id", "adjustment-id", "shipment-id", "fulfillment-id", "merchant-order-item-id",
			"merchant-adjustment-item-id", "promotion-id",
		},
		row:      func(r *line) *int32 { return &r.Row },
		market:   func(r *line) *string { return &r.Marketplace },
		currency: func(r *line) *core.Currency { return &r.Currency },
		days:     func(r *line) (core.Day, core.Day) { return r.Day, r.Day },
		observed: func(_ *cells, r *line) int64 { return r.End },
		finish:   func(x *cells, r *line) verdict { return settleLine(book, x, r) },
		problems: func(*cells) []source.Problem { return book.mismatches() },
	}
}

// setTotal reads the total of a header row; it stands before the currency of its lines is known.
func setTotal(book *settlementBook, x *cells, b []byte, r *source.SettlementLine) {
	p := book.of(r.SettlementID)
	p.currency, p.headed = x.cur, true
	p.total = x.amount(b)
}

// setAmount reads an amount in the currency of its settlement.
func setAmount(book *settlementBook, x *cells, b []byte, r *source.SettlementLine) {
	if p := book.of(r.SettlementID); p.currency != "" && !x.bound {
		x.setCurrency(p.currency)
	}
	r.Amount = x.amount(b)
}

// settleLine gives a line what the header row of its settlement says. Header rows are no lines.
func settleLine(book *settlementBook, x *cells, r *source.SettlementLine) verdict {
	p := book.of(r.SettlementID)
	if r.TransactionType == "" && r.AmountType == "" && r.AmountDesc == "" {
		p.start, p.end, p.deposit = r.Start, r.End, r.Deposit
		if !p.headed {
			x.fail("total-amount", "the row has neither an amount nor a total")
		}
		return skip
	}
	r.Start, r.End, r.Deposit, r.Total = p.start, p.end, p.deposit, p.total
	p.sum += r.Amount
	p.headless = p.headless || !p.headed
	switch {
	case r.PostedAt != 0:
		r.Day = x.at.day(r.PostedAt)
	case r.Day != 0:
		r.PostedAt = r.Day.Start(x.at.loc).Unix()
	default:
		x.fail("posted-date", "the row has no date")
	}
	return keep
}

// mismatches names the settlements whose lines do not add up to their total.
func (s *settlementBook) mismatches() []source.Problem {
	var out []source.Problem
	for _, id := range s.order {
		p := s.byID[id]
		if p.headless {
			out = append(out, fatal(source.ProblemTruncated, "The row of settlement "+id+" with its dates and its total does not stand before its lines: the file is incomplete or was sorted. Download it again."))
			continue
		}
		if !p.headed || p.sum == p.total {
			continue
		}
		out = append(out, source.Problem{
			Code: source.ProblemTotalMismatch,
			Message: fmt.Sprintf("The lines of settlement %s add up to %s, but it states %s. The file may be incomplete: download it again.",
				id, core.Money{Minor: p.sum, Currency: p.currency}, core.Money{Minor: p.total, Currency: p.currency}),
		})
	}
	return out
}
