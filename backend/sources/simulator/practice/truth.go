package practice

import (
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/sources/simulator"
)

// Truth is what a client that has read everything at a moment ends with, as records of the streams. Rows are not
// numbered. Faults that leave out or repeat rows are not in it.
type Truth struct {
	At             time.Time
	Orders         []source.OrderLine // every line, as it is by then
	TrafficDays    []source.TrafficDay
	TrafficItems   []source.TrafficItem // of one day each
	Stock          []source.StockLevel  // of the morning, with prices, which the inventory API does not tell
	Listings       []source.Listing     // without the ids of listings, which only the report tells
	Returns        []source.Return
	Reimbursements []source.Reimbursement
	Feedback       []source.Feedback
	// Transactions are those of the Finances API: one for each posting, without its settlement. Product sales are
	// without a tax that comes on top, and without one that they contain; such a tax is in Other.
	Transactions  []source.Transaction
	Settlements   []simulator.Settlement // by closing, newest first, marketplace after marketplace
	AdSearchTerms []source.AdRow
	AdTargets     []source.AdRow
	AdProducts    []source.AdRow
	AdCampaigns   []source.AdRow
	Hidden        []simulator.Offer // listings that are suppressed from search
	Stranded      []simulator.Offer // stock without an offer
}

// Truth works out what there is to know at a moment, in all marketplaces.
func (s *Server) Truth(at time.Time) Truth {
	s.mu.Lock()
	defer s.mu.Unlock()
	at = at.UTC()
	s.live(at)
	s.mature(at)
	t := Truth{At: at}
	for _, m := range s.seller.Marketplaces() {
		all := simulator.Span{From: s.seller.First().Time().Add(-48 * time.Hour), To: at}
		t.Orders = append(t.Orders, s.seller.OrderLines(m.Code, true, all, at)...)
		t.Returns = append(t.Returns, s.seller.Returns(m.Code, all, at)...)
		t.Reimbursements = append(t.Reimbursements, s.seller.Reimbursements(m.Code, all, at)...)
		t.Feedback = append(t.Feedback, s.seller.Feedback(m.Code, all, at)...)
		t.Settlements = append(t.Settlements, s.seller.Settlements(m.Code, all, at)...)
		for _, p := range s.seller.Postings(m.Code, all, at) {
			t.Transactions = append(t.Transactions, transactionRecord(m, s.zone(m), p))
		}
		s.truthOfDays(m, &t)
		s.truthOfNow(m, &t)
	}
	return t
}

// truthOfDays adds traffic and advertising, day by day.
func (s *Server) truthOfDays(m core.Marketplace, t *Truth) {
	today := core.DayOf(t.At, s.zone(m))
	for d := s.seller.First(); d < today; d++ {
		day, items := s.seller.Traffic(m.Code, d, today)
		t.TrafficDays = append(t.TrafficDays, day)
		t.TrafficItems = append(t.TrafficItems, items...)
	}
	book := s.known(m.Code)
	for _, k := range []struct {
		name string
		into *[]source.AdRow
	}{{"spSearchTerm", &t.AdSearchTerms}, {"spTargeting", &t.AdTargets}, {"spAdvertisedProduct", &t.AdProducts}, {"spCampaigns", &t.AdCampaigns}} {
		for d := max(s.seller.AdDays(), today-adsHistory); d < today; d++ {
			for _, r := range s.adsRows(m.Code, k.name, d, today) {
				*k.into = append(*k.into, s.adRecord(book, k.name, r))
			}
		}
	}
}

func (s *Server) adRecord(b *adsBook, kind string, r adsRow) source.AdRow {
	out := source.AdRow{
		Marketplace: r.Market, Start: r.Day, End: r.Day, Campaign: r.Campaign, Currency: r.Currency, Impressions: r.Impressions, Clicks: r.Clicks,
		Spend: r.Spend, Sales: r.Sales, Orders: r.Orders, Units: r.Orders, AttributionDay: 7,
	}
	campaign := b.find("campaigns", s.adIDs(r.AdTerm).campaign)
	if name, ok := campaign["name"].(string); ok {
		out.Campaign = name
	}
	if kind == "spCampaigns" {
		out.Status, _ = campaign["state"].(string)
		out.Budget = budgetOf(campaign, r.Currency)
		return out
	}
	out.AdGroup = r.AdGroup
	switch kind {
	case "spAdvertisedProduct":
		out.SKU, out.ASIN = r.SKU, r.ASIN
	case "spSearchTerm":
		out.Targeting, out.MatchType, out.SearchTerm = r.Target, r.Match, r.Text
	case "spTargeting":
		out.Targeting, out.MatchType = r.Target, r.Match
	}
	return out
}

// truthOfNow adds what has no past: stock and listings.
func (s *Server) truthOfNow(m core.Marketplace, t *Truth) {
	today := core.DayOf(t.At, s.zone(m))
	t.Stock = append(t.Stock, s.seller.Stock(m.Code, today)...)
	for _, o := range s.seller.Offers(m.Code, today) {
		if o.Hidden {
			t.Hidden = append(t.Hidden, o)
		}
	}
	t.Stranded = append(t.Stranded, s.seller.Stranded(m.Code, today)...)
	for _, l := range s.listingsAt(m, t.At) {
		r := source.Listing{
			Marketplace: m.Code, SKU: l.SKU, ASIN: l.ASIN, Title: l.Title, Currency: m.Currency, Price: l.Price.Minor, OpenedAt: l.Created.Unix(),
			FBA: l.FBA, Status: "Active",
		}
		if l.Closed {
			r.Status = "Inactive"
		}
		if !l.FBA {
			r.HasQuantity, r.Quantity = true, l.Quantity
		}
		t.Listings = append(t.Listings, r)
	}
}

func transactionRecord(m core.Marketplace, zone *time.Location, p simulator.Posting) source.Transaction {
	kind, about := transactionKind(p)
	out := source.Transaction{
		Marketplace: m.Code, Currency: p.Currency, At: p.At.Unix(), Day: core.DayOf(p.At, zone), Type: kind,
		OrderID: p.OrderID, SKU: p.SKU, Description: about, Quantity: p.Quantity, ProductSales: p.Sales, SellingFees: p.Commission + p.RefundFee,
		FBAFees: p.FBAFee, Promotions: p.Promotion, Total: p.Total(),
	}
	if !p.TaxOnTop {
		out.ProductSales, out.Other = p.Sales-p.Tax, p.Tax
	}
	switch kind {
	case "Shipment":
		out.Class = "order"
	case "Refund":
		out.Class = "refund"
	case "Transfer":
		out.Class, out.Other = "transfer", p.Other
	case "ProductAdsPayment":
		out.Class, out.OtherFees = "ads", p.Other
	case "ServiceFee":
		if out.Class = "fee"; about == "FBAStorageBilling" {
			out.FBAFees = p.Other
		} else {
			out.OtherFees = p.Other
		}
	default:
		out.Class, out.OtherFees = "fee", p.Other
	}
	return out
}

// Traffic is a day of a marketplace and of its items as a report says that was made at a moment.
func (s *Server) Traffic(market string, d core.Day, made time.Time) (source.TrafficDay, []source.TrafficItem) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, _ := core.MarketplaceByCode(market)
	s.live(made)
	return s.seller.Traffic(market, d, core.DayOf(made, s.zone(m)))
}

// Ads is a day of advertising as a report says ("spSearchTerm", …) that was asked for at a moment.
func (s *Server) Ads(market, kind string, d core.Day, asked time.Time) []source.AdRow {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, _ := core.MarketplaceByCode(market)
	s.live(asked)
	began := asked
	for _, r := range s.state.AdReports {
		if r.Market == market && r.Config.Type == kind && r.From <= d && d <= r.To && r.Created.Equal(asked) {
			began = r.Started // it tells what was known then
		}
	}
	var out []source.AdRow
	for _, r := range s.adsRows(market, kind, d, core.DayOf(began, s.zone(m))) {
		out = append(out, s.adRecord(s.known(market), kind, r))
	}
	return out
}

// known is book, for those who only read it, made anew only when something was changed.
func (s *Server) known(market string) *adsBook {
	if s.books == nil || s.booked != len(s.state.AdChanges) {
		s.books, s.booked = map[string]*adsBook{}, len(s.state.AdChanges)
	}
	if s.books[market] == nil {
		s.books[market] = s.book(market)
	}
	return s.books[market]
}
