package simulator

import (
	"time"

	"purser/backend/core"
)

// AdTerm is a way in which shoppers find an offer through advertising.
type AdTerm struct {
	Market    string
	Currency  core.Currency
	Campaign  string
	Portfolio string
	AdGroup   string
	Auto      bool
	Budget    int64 // of the campaign, a day, minor units
	SKU       core.SKU
	ASIN      core.ASIN
	Target    string // keyword, or "close-match", "loose-match", "substitutes"
	Match     string // "EXACT", "PHRASE", "BROAD"; "-" in campaigns that find shoppers by themselves
	Text      string // what is typed
	Bid       int64  // minor units
}

// AdResult is what one term did on one day, as reported at some age of it.
type AdResult struct {
	AdTerm
	Day         core.Day
	Impressions int32
	Clicks      int32
	Spend       int64
	Orders      int32 // attributed so far
	Sales       int64
}

// shown is a term as others see it; its bid comes with AdTerms alone.
func (t *term) shown() AdTerm {
	c := t.campaign
	return AdTerm{
		Market: c.store.Code, Currency: c.store.Currency, Campaign: c.name, Portfolio: c.portfolio(), AdGroup: c.adGroup(), Auto: c.auto,
		Budget: c.budget, SKU: t.offer.sku, ASIN: t.offer.asin, Target: t.target, Match: t.match, Text: t.text,
	}
}

// AdTerms lists all ways in which offers of a marketplace are found through advertising, campaign by campaign. Bids
// are a quarter above what a click cost when the history began to be kept.
func (s *Seller) AdTerms(market string) []AdTerm {
	var out []AdTerm
	for _, t := range s.ads.terms {
		if t.campaign.store.Code != market {
			continue
		}
		x := t.shown()
		x.Bid = max(2, round(s.adPlanOn(t.offer, s.ads.from).cpc*1.25))
		out = append(out, x)
	}
	return out
}

// AdDays is the first day of which advertising is still reported.
func (s *Seller) AdDays() core.Day { return s.ads.from }

// AdResults lists what advertising did on a day, as reported on the morning of another.
func (s *Seller) AdResults(market string, d, at core.Day) []AdResult {
	m := s.storeOf(market)
	if m == nil || d >= at {
		return nil
	}
	var out []AdResult
	for _, r := range s.ads.rowsOn(m, d) {
		orders := r.ordersKnown(d, s.attributed(int(at-d)))
		out = append(out, AdResult{
			AdTerm: r.term.shown(), Day: d, Impressions: r.impressions, Clicks: r.clicks, Spend: r.spend, Orders: orders,
			Sales: int64(orders) * r.term.offer.priceOn(d),
		})
	}
	return out
}

// StopAds leaves out, in reports and in what is charged, what the seller had stopped on a day: a campaign, a keyword,
// a search term. The function must give the same answer whenever it is asked.
func (s *Seller) StopAds(stopped func(AdTerm, core.Day) bool) { s.ads.stopped = stopped }

// File makes the bytes of one of Amazon's report files, as it would be made at a moment.
type File struct {
	Kind   string // as the demo's files are named: "all-orders", "sales-and-traffic", "fba-inventory", …
	Market string
	Span   Span   // of reports that have one
	By     string // of all-orders: "date" for the day of the order; of sales-and-traffic: PARENT, CHILD, SKU
	End    time.Time
}

// FileAt makes a report file; false where there is no such kind or marketplace.
func (s *Seller) FileAt(f File, at time.Time) ([]byte, bool) {
	m := s.storeOf(f.Market)
	if m == nil {
		return nil, false
	}
	d := m.today(at)
	switch f.Kind {
	case "all-orders":
		return s.ordersFile(m, f, at), true
	case "sales-and-traffic":
		// Amazon takes the dates of a request, both included, for days of the marketplace and ignores hours and zones.
		return s.trafficBy(m, core.Period{From: core.DayOf(f.Span.From, time.UTC), To: core.DayOf(f.Span.To, time.UTC)}, d, f.By), true
	case "fba-inventory":
		return s.stock(m, d), true
	case "fba-inventory-planning":
		return s.planning(m, d), true
	case "restock-report":
		return s.restock(m, d), true
	case "all-listings":
		return s.listings(m, d), true
	case "suppressed-listings":
		return s.suppressed(m, d), true
	case "stranded-inventory":
		return s.stranded(m, d), true
	case "account-health":
		return s.healthOf([]*store{m}, d), true
	case "fee-preview":
		return s.fees(m, d), true
	case "settlement":
		return s.settlement(m, core.DayOf(f.End.Add(time.Second), time.UTC)), true
	}
	return s.careFile(m, f, at)
}

func (s *Seller) careFile(m *store, f File, at time.Time) ([]byte, bool) {
	switch f.Kind {
	case "fba-returns":
		t := newTSV(returnColumns()...)
		for _, x := range s.returned(m, f.Span, at) {
			t.sentBack(x)
		}
		return t.buf, true
	case "fba-reimbursements":
		t := newTSV(reimbursementColumns()...)
		for _, x := range s.paidFor(m, f.Span, at) {
			t.reimbursed(x)
		}
		return t.buf, true
	case "seller-feedback":
		p := m.days(f.Span, at)
		p.To = min(p.To, m.today(at)-1)
		return s.feedbackReport(m, p), true
	}
	return nil, false
}

func (s *Seller) ordersFile(m *store, f File, at time.Time) []byte {
	t := newTSV(orderColumns()...)
	for _, x := range s.linesIn(m, f.By != "date", f.Span, at) {
		t.order(x.line, x.updated)
	}
	return t.buf
}
