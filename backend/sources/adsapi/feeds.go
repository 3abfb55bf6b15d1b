package adsapi

import (
	"time"

	"purser/backend/core/source"
)

const (
	day = 24 * time.Hour
	// mostDays is the longest range of one report. Source: Amazon Ads API, Reporting v3, 2026-11.
	mostDays = 31
	// retained is how long Amazon keeps Sponsored Products figures. Source: as above.
	retained = 95 * day
	// settling is how long Amazon restates clicks and spend. Source: Amazon Ads API, service limits, 2025-09.
	settling = 3 * day
	// reportLag is until when clicks of a day can be read. Source: as above.
	reportLag = 12 * time.Hour
)

// parallelReports is how many reports are under way in a region at once: the careful burst of createReport in rates.yaml.
const parallelReports = 4

// reportType is a report of Reporting v3 with the columns that are read. Every one of them is allowed for its groupBy.
type reportType struct {
	feed    string
	title   string
	kind    string
	name    string // reportTypeId
	groupBy string
	columns []string
	order   int
}

func reportTypes() []reportType {
	figures := []string{"impressions", "clicks", "cost", "purchases7d", "unitsSoldClicks7d", "sales7d", "campaignBudgetCurrencyCode"}
	with := func(first ...string) []string {
		return append(append([]string{"date", "campaignId", "campaignName"}, first...), figures...)
	}
	return []reportType{
		{
			"adsapi.sp_campaigns", "Sponsored Products campaigns", "api_ads_campaigns", "spCampaigns", "campaign",
			with("campaignStatus", "campaignBudgetAmount", "campaignBudgetType"), 40,
		},
		{
			"adsapi.sp_products", "Sponsored Products advertised products", "api_ads_products", "spAdvertisedProduct", "advertiser",
			with("adGroupId", "adGroupName", "adId", "advertisedAsin", "advertisedSku"), 41,
		},
		{
			"adsapi.sp_search_terms", "Sponsored Products search terms", "api_ads_search_terms", "spSearchTerm", "searchTerm",
			with("campaignStatus", "adGroupId", "adGroupName", "keywordId", "keyword", "keywordType", "keywordBid", "adKeywordStatus", "matchType", "targeting", "searchTerm"), 42,
		},
		{
			"adsapi.sp_targets", "Sponsored Products targeting", "api_ads_targets", "spTargeting", "targeting",
			with("campaignStatus", "adGroupId", "adGroupName", "keywordId", "keyword", "keywordType", "keywordBid", "adKeywordStatus", "matchType", "targeting"), 43,
		},
	}
}

// Feeds implements source.API.
func (*Client) Feeds() []source.Feed {
	var out []source.Feed
	for _, r := range reportTypes() {
		out = append(out, source.Feed{
			Name: r.feed, Title: r.title, API: Name, Group: "ads_reports", Parallel: parallelReports, Rate: "createReport", Kinds: []string{r.kind}, Needs: CapabilityAds, PerMarketplace: true,
			WholeDays: true, Every: day, Overlap: settling, Slice: mostDays * day, Late: reportLag, History: retained,
			// Orders are credited to clicks for weeks after them, and restated after about 1, 7 and 28 days.
			Again: []source.Again{{Every: 7 * day, Past: mostDays * day}, {Every: 30 * day, Past: 2 * mostDays * day}},
			Order: r.order, Keep: source.KeepRaw,
		})
	}
	return out
}

func typeOf(feed string) (reportType, bool) {
	for _, r := range reportTypes() {
		if r.feed == feed {
			return r, true
		}
	}
	return reportType{}, false
}
