package sellercentral

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

// The reports of the Ads API (Reporting v3, GZIP_JSON) for Sponsored Products: the body is the report's list of rows.
//
// They meet the reports of the advertising console in the same rows, by the names that both have: campaign, ad group,
// targeting, match type, search term, SKU. Match types are written as in the console, where targets that are no
// keywords have "-"; figures are those of 7 days, as for sellers there. Ids are not read: the console has none.
// Precedence: a report tells its days as a whole, and of two that tell a day the later ObservedAt wins; of equal ones
// the one imported last. The window of the envelope is what the report covers: a day in it without rows had none.
// The columns to ask for are the fields below, campaignName and adGroupName among them.
func apiAds(report, name, title, unlocks string, stream source.Stream, fill func(r *adReader, a *jsonAd, row *adRow)) document {
	return apiDocument(apiKind{
		info: source.Kind{
			Name: name, Title: title, Streams: []source.Stream{stream}, Unlocks: unlocks,
			Where:    "Comes by itself from the connected account: Ads API, report " + report,
			StaleAge: 96 * time.Hour, Settles: 72 * time.Hour, // as the reports of the console
		},
		report: report, always: true,
		open: func(a *apiRows) apiReader {
			return &adReader{apiRows: a, fill: fill, to: sender[adRow]{stream: stream, out: a.out}}
		},
	})
}

func apiAdsCampaigns() document {
	return apiAds("spCampaigns", "api_ads_campaigns", "Sponsored Products campaigns (live)", "Spend against budget by campaign and day",
		source.AdCampaigns, func(r *adReader, a *jsonAd, row *adRow) {
			row.Status = r.plain("campaignStatus", a.Status)
			row.Budget = r.cost("campaignBudgetAmount", a.Budget, r.cur)
		})
}

func apiAdsSearchTerms() document {
	return apiAds("spSearchTerm", "api_ads_search_terms", "Sponsored Products search terms (live)", "Wasted spend by search term",
		source.AdSearchTerms, func(r *adReader, a *jsonAd, row *adRow) {
			r.target(a, row, false)
			row.SearchTerm = r.must("searchTerm", a.Term)
		})
}

func apiAdsTargets() document {
	return apiAds("spTargeting", "api_ads_targets", "Sponsored Products targeting (live)", "Bids and keywords that cost more than they bring",
		source.AdTargets, func(r *adReader, a *jsonAd, row *adRow) { r.target(a, row, true) })
}

func apiAdsProducts() document {
	return apiAds("spAdvertisedProduct", "api_ads_products", "Sponsored Products advertised products (live)", "Ad spend and ACoS by SKU",
		source.AdProducts, func(r *adReader, a *jsonAd, row *adRow) {
			row.AdGroup = r.must("adGroupName", a.AdGroup)
			row.SKU, row.ASIN = core.SKU(r.must("advertisedSku", a.SKU)), core.ASIN(r.plain("advertisedAsin", a.ASIN))
		})
}

type adReader struct {
	*apiRows
	to   sender[adRow]
	fill func(r *adReader, a *jsonAd, row *adRow)
}

func (r *adReader) close() error { return r.to.close() }

type jsonAd struct {
	Date        loose `json:"date"`
	Start       loose `json:"startDate"`
	End         loose `json:"endDate"`
	Campaign    loose `json:"campaignName"`
	Status      loose `json:"campaignStatus"`
	Budget      loose `json:"campaignBudgetAmount"`
	Currency    loose `json:"campaignBudgetCurrencyCode"`
	AdGroup     loose `json:"adGroupName"`
	Targeting   loose `json:"targeting"`
	Keyword     loose `json:"keyword"`
	MatchType   loose `json:"matchType"`
	KeywordType loose `json:"keywordType"`
	Term        loose `json:"searchTerm"`
	SKU         loose `json:"advertisedSku"`
	ASIN        loose `json:"advertisedAsin"`
	Impressions loose `json:"impressions"`
	Clicks      loose `json:"clicks"`
	Cost        loose `json:"cost"`
	Spend       loose `json:"spend"`
	Sales       loose `json:"sales7d"`
	Orders      loose `json:"purchases7d"`
	Units       loose `json:"unitsSoldClicks7d"`
}

// take reads a row. A row with the id of its campaign and every other cell as in one before it is that row told twice: a
// report tells each of its rows once.
func (r *adReader) take(ctx context.Context, raw json.RawMessage, path string) error {
	if bytes.Contains(raw, []byte(`"campaignId"`)) && r.before(string(raw), "", "") {
		r.out.repeated++
		return nil
	}
	e := tracedEntry{path: path, over: [][2]string{{"marketplace", r.env.Marketplace}}, raw: raw}
	return addRow(ctx, r.apiRows, e, &r.to, func(row int32) adRow {
		var a jsonAd
		out := adRow{Row: row, Marketplace: r.at.code, AttributionDay: 7}
		if err := json.Unmarshal(raw, &a); err != nil {
			r.fail("body", "the row has an unexpected form: "+err.Error())
			return out
		}
		if r.name = "campaignBudgetCurrencyCode"; a.Currency.text != "" {
			r.denominate([]byte(r.plain(r.name, a.Currency)))
		}
		out.Currency, out.Campaign = r.cur, r.must("campaignName", a.Campaign)
		r.dates(&a, &out)
		r.figures(&a, &out)
		r.fill(r, &a, &out)
		if r.out.emit == nil && !r.faulty {
			r.out.period = r.out.period.Include(out.Start).Include(out.End)
			if r.before(out.Campaign+"\x00"+out.AdGroup, out.Targeting+"\x00"+out.MatchType+"\x00"+out.SearchTerm,
				string(out.SKU)+"\x00"+string(out.ASIN)+"\x00"+out.Start.String()+out.End.String()) {
				r.out.repeated++
			}
		}
		return out
	})
}

// dates reads the day of a row, or the days it is the sum of.
func (r *adReader) dates(a *jsonAd, out *adRow) {
	from, to, name := a.Start, a.End, "startDate"
	if a.Date.text != "" {
		from, to, name = a.Date, a.Date, "date"
	}
	out.Start, out.End = isoDay(r.must(name, from)), isoDay(r.must(name, to))
	if out.Start == 0 || out.End < out.Start {
		r.fail(name, quotedValue(from.text)+" is not a date")
	}
}

// figures reads what is counted. Null is none; a column that is not there at all was not asked for, and nobody knows.
func (r *adReader) figures(a *jsonAd, out *adRow) {
	cost := a.Cost
	if !cost.given {
		cost = a.Spend
	}
	for _, c := range []struct {
		name string
		of   loose
	}{{"impressions", a.Impressions}, {"clicks", a.Clicks}, {"cost", cost}, {"sales7d", a.Sales}, {"purchases7d", a.Orders}} {
		if !c.of.given {
			r.fail(c.name, "the report has no such column")
			return
		}
	}
	out.Impressions, out.Clicks = r.tally("impressions", a.Impressions), r.tally("clicks", a.Clicks)
	out.Spend, out.Sales = r.cost("cost", cost, r.cur), r.cost("sales7d", a.Sales, r.cur)
	out.Orders, out.Units = r.tally("purchases7d", a.Orders), r.tally("unitsSoldClicks7d", a.Units)
}

// target reads what was bid on. full says that the row is of nothing else.
func (r *adReader) target(a *jsonAd, out *adRow, full bool) {
	out.AdGroup = r.must("adGroupName", a.AdGroup)
	of := a.Targeting
	if of.text == "" {
		of = a.Keyword
	}
	if full {
		out.Targeting = r.must("targeting", of)
	} else {
		out.Targeting = r.plain("targeting", of)
	}
	kind := a.MatchType
	if kind.text == "" {
		kind = a.KeywordType
	}
	out.MatchType = matchOf(r.plain("matchType", kind))
}

// matchOf writes a match type as the console does.
func matchOf(s string) string {
	switch up := strings.ToUpper(s); up {
	case "BROAD", "PHRASE", "EXACT":
		return up
	case "TARGETING_EXPRESSION", "TARGETING_EXPRESSION_PREDEFINED":
		return "-"
	}
	return s
}
