package practice

import (
	_ "embed" // for the limits
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"gopkg.in/yaml.v3"

	"purser/backend/core"
	"purser/backend/sources/simulator"
)

//go:embed ads.yaml
var adsFile []byte

// adsLimits are what Amazon takes.
type adsLimits struct {
	AsOf       string `yaml:"as_of"`
	Currencies map[string]struct {
		BidLow     int64 `yaml:"bid_low"`
		BidHigh    int64 `yaml:"bid_high"`
		BudgetLow  int64 `yaml:"budget_low"`
		BudgetHigh int64 `yaml:"budget_high"`
	} `yaml:"currencies"`
	NameLength    int            `yaml:"name_length"`
	KeywordLength int            `yaml:"keyword_length"`
	KeywordWords  int            `yaml:"keyword_words"`
	NegativeWords map[string]int `yaml:"negative_words"`
	Items         int            `yaml:"items"`
}

func limits() (adsLimits, error) {
	var l adsLimits
	err := yaml.Unmarshal(adsFile, &l)
	return l, err
}

// resource is one kind of thing in Sponsored Products.
type resource struct {
	name    string // of operations: "Campaigns"
	path    string
	list    string // key of the list in bodies
	single  string // key of one in answers
	id      string // its own id
	answers string // how answers to changes name the id
	media   string
	change  []string // what may be changed
	needs   []string // what a new one has to have
	filters map[string]string
}

func resources() []resource {
	common := func(m map[string]string) map[string]string {
		maps.Copy(m, map[string]string{"stateFilter": "state", "campaignIdFilter": "campaignId"})
		return m
	}
	v3 := func(s string) string { return "application/vnd.sp" + s + ".v3+json" }
	return []resource{
		{
			"Campaigns", "/sp/campaigns", "campaigns", "campaign", "campaignId", "campaignId", v3("Campaign"),
			[]string{"name", "state", "budget", "dynamicBidding", "startDate", "endDate", "portfolioId", "tags"},
			[]string{"name", "state", "targetingType", "budget"},
			common(map[string]string{"portfolioIdFilter": "portfolioId", "nameFilter": "name"}),
		},
		{
			"AdGroups", "/sp/adGroups", "adGroups", "adGroup", "adGroupId", "adGroupId", v3("AdGroup"),
			[]string{"name", "state", "defaultBid"},
			[]string{"campaignId", "name", "state", "defaultBid"},
			common(map[string]string{"adGroupIdFilter": "adGroupId", "nameFilter": "name"}),
		},
		{
			"ProductAds", "/sp/productAds", "productAds", "productAd", "adId", "adId", v3("ProductAd"),
			[]string{"state"},
			[]string{"campaignId", "adGroupId", "sku", "state"},
			common(map[string]string{"adIdFilter": "adId", "adGroupIdFilter": "adGroupId"}),
		},
		{
			"Keywords", "/sp/keywords", "keywords", "keyword", "keywordId", "keywordId", v3("Keyword"),
			[]string{"state", "bid"},
			[]string{"campaignId", "adGroupId", "keywordText", "matchType", "state"},
			common(map[string]string{"keywordIdFilter": "keywordId", "adGroupIdFilter": "adGroupId", "matchTypeFilter": "matchType", "keywordTextFilter": "keywordText"}),
		},
		{
			"Targets", "/sp/targets", "targetingClauses", "targetingClause", "targetId", "targetId", v3("TargetingClause"),
			[]string{"state", "bid"},
			[]string{"campaignId", "adGroupId", "expression", "expressionType", "state"},
			common(map[string]string{"targetIdFilter": "targetId", "adGroupIdFilter": "adGroupId", "expressionTypeFilter": "expressionType"}),
		},
		{
			"NegativeKeywords", "/sp/negativeKeywords", "negativeKeywords", "negativeKeyword", "keywordId", "negativeKeywordId", v3("NegativeKeyword"),
			[]string{"state"},
			[]string{"campaignId", "adGroupId", "keywordText", "matchType", "state"},
			common(map[string]string{"negativeKeywordIdFilter": "keywordId", "adGroupIdFilter": "adGroupId", "matchTypeFilter": "matchType", "negativeKeywordTextFilter": "keywordText"}),
		},
		{
			"CampaignNegativeKeywords", "/sp/campaignNegativeKeywords", "campaignNegativeKeywords", "campaignNegativeKeyword", "keywordId", "campaignNegativeKeywordId",
			v3("CampaignNegativeKeyword"),
			[]string{"state"},
			[]string{"campaignId", "keywordText", "matchType", "state"},
			common(map[string]string{"campaignNegativeKeywordIdFilter": "keywordId", "matchTypeFilter": "matchType", "campaignNegativeKeywordTextFilter": "keywordText"}),
		},
		{
			"NegativeTargets", "/sp/negativeTargets", "negativeTargetingClauses", "negativeTargetingClause", "targetId", "targetId", v3("NegativeTargetingClause"),
			[]string{"state"},
			[]string{"campaignId", "adGroupId", "expression", "state"},
			common(map[string]string{"negativeTargetIdFilter": "targetId", "adGroupIdFilter": "adGroupId"}),
		},
	}
}

func adsOperations() []*operation {
	out := []*operation{
		{
			name: "listProfiles", api: apiAds, family: "profiles", method: http.MethodGet, path: "/v2/profiles", handle: (*call).profiles,
			query: []string{"apiProgram", "accessLevel", "profileTypeFilter", "validPaymentMethodFilter"},
		},
		{
			name: "campaignsBudgetUsage", api: apiAds, family: "sp", method: http.MethodPost, path: "/sp/campaigns/budget/usage", scoped: true,
			media: "application/vnd.spcampaignbudgetusage.v1+json", handle: (*call).budgetUsage,
		},
	}
	for _, r := range resources() {
		out = append(
			out,
			&operation{name: "list" + r.name, api: apiAds, family: "sp", method: http.MethodPost, path: r.path + "/list", scoped: true, media: r.media, handle: func(c *call) answer { return c.listAds(r) }},
			&operation{name: "create" + r.name, api: apiAds, family: "sp", method: http.MethodPost, path: r.path, scoped: true, changes: true, media: r.media, handle: func(c *call) answer { return c.changeAds(r, true) }},
			&operation{name: "update" + r.name, api: apiAds, family: "sp", method: http.MethodPut, path: r.path, scoped: true, changes: true, media: r.media, handle: func(c *call) answer { return c.changeAds(r, false) }},
		)
	}
	return out
}

// profileID is the number of the seller's advertiser profile in a marketplace.
func (s *Server) profileID(m core.Marketplace) string { return s.digits(16, "profile", m.Code) }

// ProfileID is the number of the seller's advertiser profile in a marketplace, by its code.
func (s *Server) ProfileID(market string) string { return s.digits(16, "profile", market) }

func (c *call) profiles() answer {
	out := []object{}
	for _, m := range c.markets(c.region) {
		out = append(out, object{
			"profileId": json.Number(c.profileID(m)), "countryCode": m.Code, "currencyCode": string(m.Currency), "timezone": m.ZoneName,
			"accountInfo": object{
				"marketplaceStringId": string(m.ID), "id": sellerID, "type": "seller", "name": simulator.AccountName, "validPaymentMethod": true,
			},
		})
	}
	if v := c.query.Get("profileTypeFilter"); v != "" && !slices.Contains(strings.Split(v, ","), "seller") {
		out = []object{}
	}
	return c.ok(http.StatusOK, out)
}

// adsBook is all there is of Sponsored Products in a marketplace, by kind, in an order that stays.
type adsBook struct {
	lists map[string][]object // by the key of the resource's list
}

// adChange is a change that was made through the API, or by the seller elsewhere.
type adChange struct {
	At     time.Time `json:"at"`
	Market string    `json:"market"`
	List   string    `json:"list"` // key of the resource's list
	ID     string    `json:"id"`
	Fields object    `json:"fields"`
	New    bool      `json:"new,omitempty"`
}

// book is what there is now.
func (s *Server) book(market string) *adsBook {
	b := s.base(market)
	for _, ch := range s.state.AdChanges {
		if ch.Market == market {
			b.apply(ch)
		}
	}
	return b
}

func (b *adsBook) apply(ch adChange) {
	if ch.New {
		b.lists[ch.List] = append(b.lists[ch.List], maps.Clone(ch.Fields))
		return
	}
	id := idOf(ch.List)
	for _, e := range b.lists[ch.List] {
		if e[id] == ch.ID {
			maps.Copy(e, ch.Fields)
		}
	}
}

// idOf is how a thing of a list names itself.
func idOf(list string) string {
	for _, r := range resources() {
		if r.list == list {
			return r.id
		}
	}
	return ""
}

func number(minor int64, currency core.Currency) json.Number {
	return json.Number(core.Money{Minor: minor, Currency: currency}.Decimal())
}

// base is what the demo seller began with.
func (s *Server) base(market string) *adsBook {
	b := &adsBook{lists: map[string][]object{}}
	seen := map[string]bool{}
	once := func(list string, key string, e object) {
		if !seen[list+key] {
			seen[list+key] = true
			b.lists[list] = append(b.lists[list], e)
		}
	}
	for _, t := range s.seller.AdTerms(market) {
		ids := s.adIDs(t)
		once("campaigns", ids.campaign, s.campaignOf(t, ids))
		once("adGroups", ids.group, object{"adGroupId": ids.group, "campaignId": ids.campaign, "name": t.AdGroup, "state": "ENABLED", "defaultBid": number(t.Bid, t.Currency)})
		once("productAds", ids.ad, object{"adId": ids.ad, "campaignId": ids.campaign, "adGroupId": ids.group, "sku": string(t.SKU), "asin": string(t.ASIN), "state": "ENABLED"})
		if !t.Auto {
			once("keywords", ids.target, object{
				"keywordId": ids.target, "campaignId": ids.campaign, "adGroupId": ids.group, "keywordText": t.Target, "matchType": t.Match, "state": "ENABLED",
				"bid": number(t.Bid, t.Currency),
			})
			continue
		}
		for _, name := range []string{"close-match", "loose-match", "substitutes", "complements"} {
			t.Target = name
			id := s.adIDs(t).target
			expression := []object{{"type": autoTargets()[name]}}
			once("targetingClauses", id, object{
				"targetId": id, "campaignId": ids.campaign, "adGroupId": ids.group, "expression": expression, "resolvedExpression": expression,
				"expressionType": "AUTO", "state": "ENABLED", "bid": number(t.Bid, t.Currency),
			})
		}
	}
	return b
}

func autoTargets() map[string]string {
	return map[string]string{
		"close-match": "QUERY_HIGH_REL_MATCHES", "loose-match": "QUERY_BROAD_REL_MATCHES", "substitutes": "ASIN_SUBSTITUTE_RELATED",
		"complements": "ASIN_ACCESSORY_RELATED",
	}
}

// adIDs are the numbers of what a term belongs to.
type adIDs struct{ campaign, group, ad, target, portfolio string }

func (s *Server) adIDs(t simulator.AdTerm) adIDs {
	return adIDs{
		campaign:  s.digits(15, "campaign", t.Market, t.Campaign),
		group:     s.digits(15, "ad group", t.Market, t.Campaign),
		ad:        s.digits(15, "ad", t.Market, t.Campaign, string(t.SKU)),
		target:    s.digits(15, "target", t.Market, t.Campaign, t.Target, t.Match),
		portfolio: s.digits(15, "portfolio", t.Market, t.Portfolio),
	}
}

func (s *Server) campaignOf(t simulator.AdTerm, ids adIDs) object {
	targeting := "MANUAL"
	if t.Auto {
		targeting = "AUTO"
	}
	return object{
		"campaignId": ids.campaign, "name": t.Campaign, "state": "ENABLED", "startDate": "2024-01-02", "targetingType": targeting, "portfolioId": ids.portfolio,
		"budget":         object{"budget": number(t.Budget, t.Currency), "budgetType": "DAILY", "effectiveBudget": number(t.Budget, t.Currency)},
		"dynamicBidding": object{"strategy": "LEGACY_FOR_SALES", "placementBidding": []object{}},
	}
}

// adStopped says whether a term was not shown on a day: something of it was not enabled when the day began, or a
// negative keyword held.
func (s *Server) adStopped(t simulator.AdTerm, d core.Day) bool {
	if len(s.state.AdChanges) == 0 {
		return false
	}
	m, ok := core.MarketplaceByCode(t.Market)
	if !ok {
		return false
	}
	start, ids, off := d.Start(s.zone(m)), s.adIDs(t), map[string]bool{}
	for _, ch := range s.state.AdChanges {
		if ch.Market != t.Market || !ch.At.Before(start) {
			continue
		}
		state, has := ch.Fields["state"].(string)
		if !has {
			continue
		}
		switch ch.ID {
		case ids.campaign, ids.group, ids.ad, ids.target:
			off[ch.ID] = state != "ENABLED"
		default:
			if s.negates(ch, t, ids) {
				off[ch.ID] = state == "ENABLED"
			}
		}
	}
	return slices.Contains(slices.Collect(maps.Values(off)), true)
}

// negates says whether a change is about a negative keyword that keeps a term from being shown.
func (s *Server) negates(ch adChange, t simulator.AdTerm, ids adIDs) bool {
	if ch.List != "negativeKeywords" && ch.List != "campaignNegativeKeywords" {
		return false
	}
	for _, made := range s.state.AdChanges {
		if !made.New || made.ID != ch.ID || made.Fields["campaignId"] != ids.campaign {
			continue
		}
		text, _ := made.Fields["keywordText"].(string)
		text = lower(text)
		if made.Fields["matchType"] == "NEGATIVE_EXACT" {
			return text == lower(t.Text)
		}
		return strings.Contains(" "+lower(t.Text)+" ", " "+text+" ")
	}
	return false
}
