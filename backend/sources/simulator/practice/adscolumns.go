package practice

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/sources/simulator"
)

// adsReportType is a kind of report of advertising.
type adsReportType struct {
	groupBy []string
	columns []string // that name things
	figures []string
	filters []string
}

func (k adsReportType) all() []string {
	return slices.Concat([]string{"date", "startDate", "endDate"}, k.columns, k.figures)
}

func (k adsReportType) has(col string) bool { return slices.Contains(k.all(), col) }

// figures that all reports have, and by how many days after a click.
func adFigures(more ...string) []string {
	out := append([]string{"impressions", "clicks", "cost", "costPerClick", "clickThroughRate"}, more...)
	for _, name := range []string{"purchases", "purchasesSameSku", "unitsSoldClicks", "unitsSoldSameSku", "sales", "attributedSalesSameSku"} {
		for _, days := range []string{"1d", "7d", "14d", "30d"} {
			out = append(out, name+days)
		}
	}
	return out
}

func adsReportTypes() map[string]adsReportType {
	ratios := []string{"acosClicks7d", "acosClicks14d", "roasClicks7d", "roasClicks14d", "salesOtherSku7d", "unitsSoldOtherSku7d"}
	campaign := []string{"portfolioId", "campaignId", "campaignName", "campaignStatus", "campaignBudgetCurrencyCode", "campaignBudgetAmount", "campaignBudgetType"}
	group := slices.Concat(campaign, []string{"adGroupId", "adGroupName"})
	target := slices.Concat(group, []string{"keywordId", "keyword", "keywordType", "keywordBid", "adKeywordStatus", "matchType", "targeting"})
	return map[string]adsReportType{
		"spCampaigns": {
			groupBy: []string{"campaign", "adGroup"}, figures: adFigures("spend", "topOfSearchImpressionShare"), filters: []string{"campaignStatus"},
			columns: slices.Concat(group, []string{"campaignBiddingStrategy"}),
		},
		"spSearchTerm":        {groupBy: []string{"searchTerm"}, columns: append(target, "searchTerm"), figures: adFigures(ratios...), filters: []string{"keywordType"}},
		"spTargeting":         {groupBy: []string{"targeting"}, columns: target, figures: adFigures(append(ratios, "topOfSearchImpressionShare")...), filters: []string{"adKeywordStatus", "keywordType"}},
		"spAdvertisedProduct": {groupBy: []string{"advertiser"}, columns: slices.Concat(group, []string{"adId", "advertisedAsin", "advertisedSku"}), figures: adFigures(append(ratios, "spend")...)},
	}
}

// adsRow is one row of a report: results that belong together.
type adsRow struct {
	simulator.AdResult
	key string
}

// adsRows adds the results of a day up as a kind of report has them.
func (s *Server) adsRows(market, kind string, d, at core.Day) []adsRow {
	index := map[string]int{}
	var out []adsRow
	for _, r := range s.seller.AdResults(market, d, at) {
		if kind == "spSearchTerm" && r.Clicks == 0 {
			continue // only terms that were clicked are reported
		}
		key := r.Campaign
		switch kind {
		case "spSearchTerm":
			key += "\x00" + r.Target + "\x00" + r.Match + "\x00" + r.Text
		case "spTargeting":
			key += "\x00" + r.Target + "\x00" + r.Match
		case "spAdvertisedProduct":
			key += "\x00" + string(r.SKU)
		}
		i, ok := index[key]
		if !ok {
			index[key] = len(out)
			out = append(out, adsRow{r, key})
			continue
		}
		x := &out[i]
		x.Impressions += r.Impressions
		x.Clicks += r.Clicks
		x.Spend += r.Spend
		x.Orders += r.Orders
		x.Sales += r.Sales
	}
	slices.SortStableFunc(out, func(a, b adsRow) int { return strings.Compare(a.key, b.key) })
	return out
}

// adsFile makes a report of advertising as it was when Amazon began with it, as it is or with what faults do to it.
func (c *call) adsFile(r *adsReport, spoilt bool) []byte {
	m, _ := core.MarketplaceByCode(r.Market)
	at := core.DayOf(r.Started, c.zone(m))
	b := c.book(r.Market)
	list := []object{}
	sums, order := map[string]*adsRow{}, []string{}
	for d := r.From; d <= r.To && !r.Empty; d++ {
		for _, row := range c.adsRows(r.Market, r.Config.Type, d, at) {
			if !c.kept(b, row, r.Config.Filters) {
				continue
			}
			if r.Config.Unit == "DAILY" {
				list = append(list, c.adsCells(b, row, r))
				continue
			}
			x := sums[row.key]
			if x == nil {
				sums[row.key] = &row
				order = append(order, row.key)
				continue
			}
			x.Impressions += row.Impressions
			x.Clicks += row.Clicks
			x.Spend += row.Spend
			x.Orders += row.Orders
			x.Sales += row.Sales
		}
	}
	for _, k := range order {
		list = append(list, c.adsCells(b, *sums[k], r))
	}
	if spoilt {
		list = c.spoilRows(list, at-r.To < toldAgainDays)
	}
	out, err := json.Marshal(list)
	if err != nil {
		return nil // numbers and strings always marshal
	}
	return out
}

// toldAgainDays is how old the last day of a report may be for others to tell it again.
const toldAgainDays = core.Day(youngest / (24 * time.Hour))

// spoilRows repeats, leaves out and mixes rows. again: a later report tells the last ones too; what is left out of the last
// one that tells it nobody could know.
func (c *call) spoilRows(list []object, again bool) []object {
	if len(list) > 2 {
		if again && c.strikes(MissingRows) {
			list = list[:len(list)-1]
		}
		if c.strikes(DuplicateRows) {
			list = append(list, list[0], list[len(list)/2])
		}
		if c.strikes(ShuffledRows) {
			slices.Reverse(list)
		}
	}
	return list
}

// keywordType is what Amazon calls the kind of a target.
func keywordType(t simulator.AdTerm) string {
	if t.Auto {
		return "TARGETING_EXPRESSION_PREDEFINED"
	}
	return t.Match
}

func (b *adsBook) find(list, id string) object {
	name := idOf(list)
	for _, e := range b.lists[list] {
		if e[name] == id {
			return e
		}
	}
	return object{}
}

func (c *call) targetOf(b *adsBook, t simulator.AdTerm) object {
	if t.Auto {
		return b.find("targetingClauses", c.adIDs(t).target)
	}
	return b.find("keywords", c.adIDs(t).target)
}

func (c *call) kept(b *adsBook, r adsRow, filters []adsFilter) bool {
	for _, f := range filters {
		var v any
		switch f.Field {
		case "keywordType":
			v = keywordType(r.AdTerm)
		case "adKeywordStatus":
			v = c.targetOf(b, r.AdTerm)["state"]
		case "campaignStatus":
			v = b.find("campaigns", c.adIDs(r.AdTerm).campaign)["state"]
		}
		if s, _ := v.(string); !slices.Contains(f.Values, s) {
			return false
		}
	}
	return true
}

// adsCells are the columns asked for.
func (c *call) adsCells(b *adsBook, r adsRow, of *adsReport) object {
	ids := c.adIDs(r.AdTerm)
	campaign, target := b.find("campaigns", ids.campaign), c.targetOf(b, r.AdTerm)
	all := object{
		"date": r.Day.String(), "startDate": of.From.String(), "endDate": of.To.String(), "portfolioId": json.Number(ids.portfolio),
		"campaignId": json.Number(ids.campaign), "campaignName": campaign["name"], "campaignStatus": campaign["state"],
		"campaignBudgetCurrencyCode": string(r.Currency), "campaignBudgetAmount": number(budgetOf(campaign, r.Currency), r.Currency), "campaignBudgetType": "DAILY_BUDGET",
		"campaignBiddingStrategy": "legacy", "adGroupId": json.Number(ids.group), "adGroupName": r.AdGroup, "keywordId": json.Number(ids.target),
		"keyword": r.Target, "keywordType": keywordType(r.AdTerm), "keywordBid": target["bid"], "adKeywordStatus": target["state"],
		"matchType": keywordType(r.AdTerm), "targeting": r.Target, "searchTerm": r.Text, "adId": json.Number(ids.ad),
		"advertisedAsin": string(r.ASIN), "advertisedSku": string(r.SKU),
	}
	out := object{}
	for _, col := range of.Config.Columns {
		v, named := all[col]
		if !named {
			v = r.figure(col)
		}
		out[col] = v
	}
	return out
}

// figure is one figure of a row; null where it is undefined. The seller's buyers buy what was advertised, soon.
func (r adsRow) figure(col string) any {
	switch name := strings.TrimRight(strings.TrimSuffix(col, "d"), "0123456789"); name {
	case "impressions":
		return r.Impressions
	case "clicks":
		return r.Clicks
	case "cost", "spend":
		return number(r.Spend, r.Currency)
	case "purchases", "purchasesSameSku", "unitsSoldClicks", "unitsSoldSameSku":
		return r.Orders
	case "sales", "attributedSalesSameSku":
		return number(r.Sales, r.Currency)
	case "salesOtherSku":
		return json.Number("0.00")
	case "unitsSoldOtherSku":
		return 0
	case "costPerClick":
		return ratio(float64(r.Spend)/100, float64(r.Clicks))
	case "clickThroughRate":
		return ratio(float64(r.Clicks)*100, float64(r.Impressions))
	case "acosClicks":
		return ratio(float64(r.Spend)*100, float64(r.Sales))
	case "roasClicks":
		return ratio(float64(r.Sales), float64(r.Spend))
	case "topOfSearchImpressionShare":
		return math.Round((2+float64(r.Clicks%7)*2)*100) / 100
	}
	return nil
}

func ratio(a, b float64) any {
	if b == 0 {
		return nil
	}
	return math.Round(a/b*10000) / 10000
}
