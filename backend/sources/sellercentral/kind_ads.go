package sellercentral

import (
	"bytes"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

type adRow = source.AdRow

// adKind is what the four Sponsored Products reports have in common.
func adKind(info source.Kind, own []column[adRow], unless ...string) tableKind {
	// Spend is re-validated for about three days, and sales are attributed for seven.
	info.StaleAge, info.Settles = 96*time.Hour, 72*time.Hour
	shared := []column[adRow]{
		channel[adRow]("country").as("advertised-product-marketplace", "marketplace"),
		money[adRow]("currency").as("budget-currency", "currency-code"),
		custom("start-date", dates, func(x *cells, b []byte, r *adRow) { r.Start = x.day(b) }),
		custom("end-date", dates, func(x *cells, b []byte, r *adRow) { r.End = x.day(b) }),
		custom("date", dates, func(x *cells, b []byte, r *adRow) { r.Start = x.day(b); r.End = r.Start }),
		custom("date-range", dates, setRange),
		text("portfolio-name", func(r *adRow) *string { return &r.Portfolio }),
		text("campaign-name", func(r *adRow) *string { return &r.Campaign }).full().as("campaign"),
		count("impressions", func(r *adRow) *int32 { return &r.Impressions }).must(),
		count("clicks", func(r *adRow) *int32 { return &r.Clicks }).must(),
		amount("spend", func(r *adRow) *int64 { return &r.Spend }).must().as("total-cost", "cost", "total-spend"),
		custom("7-day-total-sales", amounts, func(x *cells, b []byte, r *adRow) { r.Sales = x.amount(b) }).must().
			as("14-day-total-sales", "sales", "7-day-sales", "total-sales"),
		count("7-day-total-orders-(#)", func(r *adRow) *int32 { return &r.Orders }).
			as("14-day-total-orders-(#)", "7-day-total-orders", "14-day-total-orders", "purchases", "orders"),
		count("7-day-total-units-(#)", func(r *adRow) *int32 { return &r.Units }).
			as("14-day-total-units-(#)", "7-day-total-units", "14-day-total-units", "units-sold", "units"),
	}
	return adDefinition(info, append(shared, own...), unless)
}

func adDefinition(info source.Kind, columns []column[adRow], unless []string) tableKind {
	return definition[adRow]{
		info: info, columns: columns, known: adKnown(), placed: true, dated: true,
		unless:   append(unless, "purchased-asin", "placement", "start-time", "hour", "search-term-impression-share", "search-term-impression-rank"),
		zero:     adRow{AttributionDay: 7},
		row:      func(r *adRow) *int32 { return &r.Row },
		market:   func(r *adRow) *string { return &r.Marketplace },
		currency: func(r *adRow) *core.Currency { return &r.Currency },
		days:     func(r *adRow) (core.Day, core.Day) { return r.Start, r.End },
		heading: func(name string, r *adRow) {
			if bytes.HasPrefix([]byte(name), []byte("14-day-")) {
				r.AttributionDay = 14
			}
		},
		seen: func(x *cells, r *adRow) bool {
			return x.before(r.Marketplace+"\x00"+r.Campaign+"\x00"+r.AdGroup, r.Targeting+"\x00"+r.MatchType+"\x00"+r.SearchTerm,
				string(r.SKU)+"\x00"+string(r.ASIN)+"\x00"+r.Start.String()+r.End.String()+r.Portfolio)
		},
		finish: func(x *cells, r *adRow) verdict {
			if r.Start == 0 && r.End == 0 {
				r.Start, r.End = x.period.From, x.period.To
			}
			if r.End == 0 || r.Start == 0 {
				r.Start, r.End = max(r.Start, r.End), max(r.Start, r.End)
			}
			if r.End < r.Start {
				x.fail("end-date", "it is before the start date")
			}
			return placeByCurrency(x, r)
		},
	}
}

// setRange reads the "Jul 06, 2026 - Jul 29, 2026" of the unified console.
func setRange(x *cells, b []byte, r *adRow) {
	from, to, ok := bytes.Cut(b, []byte(" - "))
	if !ok {
		to = from
	}
	r.Start, r.End = x.day(bytes.TrimSpace(from)), x.day(bytes.TrimSpace(to))
}

// adKnown lists the columns of the advertising console that Purser does not need: rates it
// works out itself, and splits by own and other SKUs.
func adKnown() []string {
	known := []string{
		"retailer", "program-type", "click-thru-rate-(ctr)", "ctr", "cost-per-click-(cpc)", "cpc", "last-year-impressions", "last-year-clicks",
		"last-year-spend", "last-year-cost-per-click-(cpc)", "total-advertising-cost-of-sales-(acos)", "total-return-on-advertising-spend-(roas)",
		"acos", "roas", "targeting-type", "bidding-strategy", "top-of-search-impression-share", "advertiser-account-id", "advertiser-account-name",
		"portfolio-id", "campaign-id", "ad-group-id", "ad-id", "advertised-product-id", "target-id", "keyword-id", "cost-per-purchase", "purchase-rate",
		"ad-product", "viewable-impressions", "budget-type", "cost-type", "campaign-type", "ad-type", "campaign-bidding-strategy",
		"total-return-on-advertising-spend-(roas)-(total)", "invalid-clicks", "invalid-click-rate",
	}
	for _, days := range []string{"7", "14"} {
		for _, rest := range []string{
			"conversion-rate", "advertised-sku-units-(#)", "other-sku-units-(#)", "advertised-sku-sales", "other-sku-sales",
			"advertised-asin-units-(#)", "brand-halo-units-(#)",
		} {
			known = append(known, days+"-day-"+rest)
		}
	}
	return known
}

func adGroup() column[adRow] {
	return text("ad-group-name", func(r *adRow) *string { return &r.AdGroup }).must().as("ad-group")
}

func targeting() column[adRow] {
	return text("targeting", func(r *adRow) *string { return &r.Targeting }).as("target-value", "target", "keyword")
}

func matchType() column[adRow] {
	return text("match-type", func(r *adRow) *string { return &r.MatchType }).as("target-match-type")
}

func adSearchTerms() tableKind {
	return adKind(source.Kind{
		Name: "sp_search_terms", Title: "Sponsored Products search terms", Streams: []source.Stream{source.AdSearchTerms},
		Where:   "Advertising console › Measurement & reporting › Sponsored Products › Search term; time unit Daily, up to 65 days back",
		Unlocks: "Wasted spend by search term, terms worth their own keyword, negative keyword proposals",
	}, []column[adRow]{
		adGroup(), targeting(), matchType(),
		text("customer-search-term", func(r *adRow) *string { return &r.SearchTerm }).full().as("search-term"),
	})
}

func adProducts() tableKind {
	return adKind(source.Kind{
		Name: "sp_advertised_products", Title: "Sponsored Products advertised products", Streams: []source.Stream{source.AdProducts},
		Where:   "Advertising console › Measurement & reporting › Sponsored Products › Advertised product; time unit Daily",
		Unlocks: "Ad spend and ACoS by SKU, total ACoS beside all sales, break-even checks",
	}, []column[adRow]{
		adGroup(),
		text("advertised-sku", func(r *adRow) *core.SKU { return &r.SKU }).full().as("advertised-product-sku"),
		text("advertised-asin", func(r *adRow) *core.ASIN { return &r.ASIN }).as("advertised-product-asin"),
	}, "customer-search-term", "targeting")
}

func adTargets() tableKind {
	return adKind(source.Kind{
		Name: "sp_targeting", Title: "Sponsored Products targeting", Streams: []source.Stream{source.AdTargets},
		Where:   "Advertising console › Measurement & reporting › Sponsored Products › Targeting; time unit Daily",
		Unlocks: "Bids and keywords that cost more than they bring",
	}, []column[adRow]{adGroup(), targeting().full(), matchType()}, "customer-search-term", "search-term", "advertised-sku")
}

func adCampaigns() tableKind {
	return adKind(source.Kind{
		Name: "sp_campaigns", Title: "Sponsored Products campaigns", Streams: []source.Stream{source.AdCampaigns},
		Where:   "Advertising console › Measurement & reporting › Sponsored Products › Campaign; time unit Daily",
		Unlocks: "Spend against budget by campaign and day",
	}, []column[adRow]{
		text("status", func(r *adRow) *string { return &r.Status }).as("campaign-status", "state"),
		amount("budget-amount", func(r *adRow) *int64 { return &r.Budget }).as("budget", "campaign-budget-amount", "daily-budget"),
	}, "ad-group-name", "ad-group", "targeting", "customer-search-term", "search-term", "advertised-sku", "advertised-asin", "advertised-product-sku")
}
