package adstest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// mostDays is the longest range of one report.
const mostDays = 31

// columnsOf are the columns that a report allows for its usual groupBy; nil: there is no such report.
func columnsOf(report string) (groupBy string, columns []string) {
	campaign := words("campaignId campaignName campaignStatus campaignBudgetCurrencyCode impressions clicks cost costPerClick clickThroughRate date startDate endDate " +
		"purchases1d purchases7d purchases14d purchases30d sales1d sales7d sales14d sales30d unitsSoldClicks7d attributedSalesSameSku7d unitsSoldSameSku7d purchasesSameSku7d")
	term := words("portfolioId adGroupId adGroupName keywordId keyword keywordType keywordBid adKeywordStatus matchType targeting salesOtherSku7d unitsSoldOtherSku7d " +
		"acosClicks7d roasClicks7d campaignBudgetAmount campaignBudgetType")
	switch report {
	case "spCampaigns":
		return "campaign", append(campaign, words("campaignBudgetAmount campaignBudgetType campaignBiddingStrategy topOfSearchImpressionShare spend")...)
	case "spSearchTerm":
		return "searchTerm", append(append(campaign, term...), "searchTerm")
	case "spTargeting":
		return "targeting", append(append(campaign, term...), "topOfSearchImpressionShare")
	case "spAdvertisedProduct":
		return "advertiser", append(campaign, words("adGroupId adGroupName adId advertisedAsin advertisedSku spend salesOtherSku7d unitsSoldOtherSku7d portfolioId")...)
	}
	return "", nil
}

func words(s string) []string { return strings.Fields(s) }

func reportRequest() shape {
	return object([]string{"startDate", "endDate", "configuration"}, map[string]shape{
		"name": text(0), "startDate": a(aDay), "endDate": a(aDay),
		"configuration": object([]string{"adProduct", "groupBy", "columns", "reportTypeId", "timeUnit", "format"}, map[string]shape{
			"adProduct": enum("SPONSORED_PRODUCTS"), "groupBy": list(text(0), 0), "columns": list(text(0), 0), "reportTypeId": text(0),
			"timeUnit": enum("DAILY", "SUMMARY"), "format": enum("GZIP_JSON"),
			"filters": list(object([]string{"field", "values"}, map[string]shape{"field": text(0), "values": list(text(0), 0)}), 0),
		}),
	})
}

// reportFaults lists what the shape of a request for a report cannot tell: its range, and its columns.
func reportFaults(body []byte) []string {
	var r struct {
		Start string `json:"startDate"`
		End   string `json:"endDate"`
		Of    struct {
			GroupBy []string `json:"groupBy"`
			Columns []string `json:"columns"`
			Report  string   `json:"reportTypeId"`
			Unit    string   `json:"timeUnit"`
		} `json:"configuration"`
	}
	if err := json.Unmarshal(body, &r); err != nil {
		return nil // the shape has said so
	}
	var out []string
	from, err := time.Parse(time.DateOnly, r.Start)
	to, err2 := time.Parse(time.DateOnly, r.End)
	if days := to.Sub(from).Hours()/24 + 1; err == nil && err2 == nil && (days < 1 || days > mostDays) {
		out = append(out, fmt.Sprintf("the range has %.0f days, not 1 to %d", days, mostDays))
	}
	group, allowed := columnsOf(r.Of.Report)
	if allowed == nil {
		return append(out, fmt.Sprintf("there is no report %q", r.Of.Report))
	}
	if !slices.Equal(r.Of.GroupBy, []string{group}) {
		out = append(out, fmt.Sprintf("%s is grouped by %s, not %v", r.Of.Report, group, r.Of.GroupBy))
	}
	for i, c := range r.Of.Columns {
		switch {
		case !slices.Contains(allowed, c):
			out = append(out, fmt.Sprintf("configuration columns includes invalid values: (%s)", c))
		case slices.Contains(r.Of.Columns[:i], c):
			out = append(out, c+" is asked for twice")
		case c == "date" && r.Of.Unit != "DAILY", (c == "startDate" || c == "endDate") && r.Of.Unit != "SUMMARY":
			out = append(out, c+" does not go with "+r.Of.Unit)
		}
	}
	if len(r.Of.Columns) == 0 {
		out = append(out, "no columns are asked for")
	}
	return out
}

// CheckDocument holds the unpacked document of a report against the columns that were asked for: a list of rows with
// just these, ids as numbers.
func CheckDocument(columns []string, body []byte) error {
	row := map[string]shape{}
	for _, c := range columns {
		switch {
		case c == "date" || c == "startDate" || c == "endDate":
			row[c] = a(aDay)
		case strings.HasSuffix(c, "Id"):
			row[c] = a(aCount).orNull()
		case slices.Contains(words("impressions clicks purchases1d purchases7d purchases14d purchases30d unitsSoldClicks7d"), c):
			row[c] = a(aCount).orNull()
		case slices.Contains(words("cost spend sales1d sales7d sales14d sales30d campaignBudgetAmount keywordBid costPerClick clickThroughRate acosClicks7d roasClicks7d"), c):
			row[c] = a(aNumber).orNull()
		default:
			row[c] = a(anything)
		}
	}
	v, err := parse(body)
	if err != nil {
		return err
	}
	return joined(list(object(columns, row), 0).faults("the document", v))
}
