package practice_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/sources/internal/adstest"
	"purser/backend/sources/simulator/practice"
)

const (
	mediaCampaign = "application/vnd.spCampaign.v3+json"
	mediaKeyword  = "application/vnd.spKeyword.v3+json"
	mediaNegative = "application/vnd.spNegativeKeyword.v3+json"
	mediaReport   = "application/vnd.createasyncreportrequest.v3+json"
)

func TestProfiles(t *testing.T) {
	t.Parallel()
	a := open(t, practice.Options{})
	r := a.do(http.MethodGet, a.url+"/ads/na/v2/profiles", a.adsHeader("na", "", ""), nil).want(t, 200)
	if !strings.Contains(string(r.body), a.s.ProfileID("US")) || !strings.Contains(string(r.body), a.s.SellerID()) || strings.Contains(string(r.body), `"DE"`) {
		t.Errorf("%s", r.body)
	}
	h := a.adsHeader("na", "DE", mediaCampaign) // a profile of the other region
	a.do(http.MethodPost, a.url+"/ads/na/sp/campaigns/list", h, []byte("{}")).want(t, 403)
	h.Del("Amazon-Advertising-API-Scope")
	a.do(http.MethodPost, a.url+"/ads/na/sp/campaigns/list", h, []byte("{}")).want(t, 401)
	h.Del("Authorization")
	a.do(http.MethodPost, a.url+"/ads/na/sp/campaigns/list", h, []byte("{}")).want(t, 401)
}

// all pages through a list.
func (a *amazon) all(path, media, key string, body map[string]any) []map[string]any {
	a.t.Helper()
	var out []map[string]any
	for range 200 {
		r := a.ads(http.MethodPost, path, media, body).want(a.t, 200)
		var page map[string]json.RawMessage
		r.into(a.t, &page)
		var list []map[string]any
		if err := json.Unmarshal(page[key], &list); err != nil {
			a.t.Fatal(err)
		}
		out = append(out, list...)
		next, _ := r.get(a.t, "nextToken").(string)
		if next == "" {
			return out
		}
		body["nextToken"] = next
	}
	a.t.Fatal("no end of pages")
	return nil
}

func TestAdsLists(t *testing.T) {
	t.Parallel()
	a := open(t, practice.Options{})
	for key, path := range map[string][2]string{
		"campaigns": {"/sp/campaigns", mediaCampaign}, "adGroups": {"/sp/adGroups", "application/vnd.spAdGroup.v3+json"},
		"productAds": {"/sp/productAds", "application/vnd.spProductAd.v3+json"}, "keywords": {"/sp/keywords", mediaKeyword},
		"targetingClauses": {"/sp/targets", "application/vnd.spTargetingClause.v3+json"},
	} {
		body := map[string]any{"maxResults": 5, "stateFilter": map[string]any{"include": []string{"ENABLED"}}}
		if list := a.all(path[0]+"/list", path[1], key, body); len(list) < 6 {
			t.Errorf("%d %s", len(list), key)
		}
	}
	one := a.all("/sp/campaigns/list", mediaCampaign, "campaigns", map[string]any{})[0]
	only := map[string]any{"campaignIdFilter": map[string]any{"include": []any{one["campaignId"]}}}
	if list := a.all("/sp/keywords/list", mediaKeyword, "keywords", only); slices.ContainsFunc(list, func(k map[string]any) bool { return k["campaignId"] != one["campaignId"] }) {
		t.Errorf("%v", list)
	}
	a.ads(http.MethodPost, "/sp/campaigns/list", "application/json", map[string]any{}).want(t, 415)
	a.ads(http.MethodPost, "/sp/campaigns/list", mediaCampaign, map[string]any{"campaignFilter": 1}).want(t, 400)
	h := a.adsHeader("na", "US", mediaCampaign)
	h.Set("Accept", "application/json")
	a.do(http.MethodPost, a.url+"/ads/na/sp/campaigns/list", h, []byte("{}")).want(t, 406)
	a.ads(http.MethodPost, "/sp/campaigns/delete", mediaCampaign, map[string]any{}).want(t, 404)
}

func TestAdsChanges(t *testing.T) {
	t.Parallel()
	a := open(t, practice.Options{})
	keyword := a.all("/sp/keywords/list", mediaKeyword, "keywords", map[string]any{})[0]
	r := a.ads(http.MethodPut, "/sp/keywords", mediaKeyword, map[string]any{"keywords": []any{
		map[string]any{"keywordId": keyword["keywordId"], "bid": 0.77},
		map[string]any{"keywordId": "123", "bid": 0.77},
		map[string]any{"keywordId": keyword["keywordId"], "bid": 0.01},
		map[string]any{"keywordId": keyword["keywordId"], "state": "ARCHIVED"},
		map[string]any{"keywordId": keyword["keywordId"], "bid": 0.777},
	}}).want(t, 207)
	if len(r.list(t, "keywords.success")) != 1 || len(r.list(t, "keywords.error")) != 4 || !strings.Contains(string(r.body), "rangeError") {
		t.Errorf("%s", r.body)
	}
	only := map[string]any{"keywordIdFilter": map[string]any{"include": []any{keyword["keywordId"]}}}
	if now := a.all("/sp/keywords/list", mediaKeyword, "keywords", only)[0]; now["bid"] != 0.77 {
		t.Errorf("%v", now)
	}
	negative := map[string]any{"campaignId": keyword["campaignId"], "adGroupId": keyword["adGroupId"], "keywordText": "steel flask", "matchType": "NEGATIVE_EXACT", "state": "ENABLED"}
	body := map[string]any{"negativeKeywords": []any{negative}}
	made := a.ads(http.MethodPost, "/sp/negativeKeywords", mediaNegative, body).want(t, 207)
	again := a.ads(http.MethodPost, "/sp/negativeKeywords", mediaNegative, body).want(t, 207)
	if len(made.list(t, "negativeKeywords.success")) != 1 || !strings.Contains(string(made.body), "negativeKeywordId") || !strings.Contains(string(again.body), "duplicateValueError") {
		t.Errorf("%s %s", made.body, again.body)
	}
	if list := a.all("/sp/negativeKeywords/list", mediaNegative, "negativeKeywords", map[string]any{}); len(list) != 1 || list[0]["keywordText"] != "steel flask" {
		t.Errorf("%v", list)
	}
	a.ads(http.MethodPut, "/sp/keywords", mediaKeyword, map[string]any{"campaigns": []any{}}).want(t, 400)
	budget := map[string]any{"campaigns": []any{map[string]any{"campaignId": keyword["campaignId"], "budget": map[string]any{"budget": 31.5, "budgetType": "DAILY"}}}}
	a.ads(http.MethodPut, "/sp/campaigns", mediaCampaign, budget).want(t, 207)
	usage := a.ads(http.MethodPost, "/sp/campaigns/budget/usage", "application/vnd.spcampaignbudgetusage.v1+json", map[string]any{"campaignIds": []any{keyword["campaignId"], "9"}}).want(t, 207)
	if l := usage.list(t, "success"); len(l) != 1 || l[0].(map[string]any)["budget"] != 31.5 || len(usage.list(t, "error")) != 1 {
		t.Errorf("%s", usage.body)
	}
}

var termColumns = []string{"date", "campaignId", "campaignName", "adGroupName", "keywordId", "keywordType", "matchType", "targeting", "searchTerm", "impressions", "clicks", "cost", "purchases7d", "sales7d"}

func reportBody(kind, group string, columns []string, from, to string) map[string]any {
	return map[string]any{"name": "practice", "startDate": from, "endDate": to, "configuration": map[string]any{
		"adProduct": "SPONSORED_PRODUCTS", "groupBy": []string{group}, "columns": columns, "reportTypeId": kind, "timeUnit": "DAILY", "format": "GZIP_JSON",
	}}
}

// adsReport asks for a report of advertising, waits, and gives its rows.
func (a *amazon) adsReport(body map[string]any) []map[string]any {
	a.t.Helper()
	name := a.ads(http.MethodPost, "/reporting/reports", mediaReport, body).want(a.t, 200).get(a.t, "reportId").(string)
	a.clock.pass(40 * time.Minute)
	r := a.ads(http.MethodGet, "/reporting/reports/"+name, "", nil).want(a.t, 200)
	if r.get(a.t, "status") != "COMPLETED" {
		a.t.Fatalf("%s", r.body)
	}
	file := unpack(a.t, a.do(http.MethodGet, r.get(a.t, "url").(string), nil, nil).want(a.t, 200).body)
	columns := body["configuration"].(map[string]any)["columns"].([]string)
	if err := adstest.CheckDocument(columns, file); err != nil {
		a.t.Error(err)
	}
	var rows []map[string]any
	result{body: file}.into(a.t, &rows)
	return rows
}

func TestAdsReports(t *testing.T) {
	t.Parallel()
	a := open(t, practice.Options{})
	rows := a.adsReport(reportBody("spSearchTerm", "searchTerm", termColumns, "2026-11-01", "2026-11-24"))
	clicks, want := 0.0, int32(0)
	for _, r := range rows {
		clicks += r["clicks"].(float64)
	}
	for _, r := range a.s.Truth(a.clock.Now()).AdSearchTerms {
		if r.Marketplace == "US" && r.Start >= core.Date(2026, 11, 1) && r.Start <= core.Date(2026, 11, 24) {
			want += r.Clicks
		}
	}
	if want == 0 || int32(clicks) != want {
		t.Errorf("%v clicks, not %d", clicks, want)
	}
	for _, k := range [][2]string{{"spCampaigns", "campaign"}, {"spTargeting", "targeting"}, {"spAdvertisedProduct", "advertiser"}} {
		if got := a.adsReport(reportBody(k[0], k[1], []string{"date", "campaignId", "campaignName", "impressions", "clicks", "cost"}, "2026-11-20", "2026-11-22")); len(got) == 0 {
			t.Errorf("%s has no rows", k[0])
		}
	}
	post := func(body map[string]any) result {
		return a.ads(http.MethodPost, "/reporting/reports", mediaReport, body)
	}
	if r := post(reportBody("spCampaigns", "campaign", []string{"date", "searchTerm"}, "2026-11-20", "2026-11-22")).want(t, 400); !strings.Contains(string(r.body), "searchTerm") {
		t.Errorf("%s", r.body)
	}
	post(reportBody("spCampaigns", "campaign", []string{"date"}, "2026-10-01", "2026-11-22")).want(t, 400)
	post(reportBody("spCampaigns", "campaign", []string{"date"}, "2026-07-01", "2026-07-02")).want(t, 400)
	body := reportBody("spCampaigns", "campaign", []string{"date", "cost"}, "2026-11-20", "2026-11-22")
	first := post(body).want(t, 200).get(t, "reportId").(string)
	if r := post(body).want(t, http.StatusTooEarly); !strings.HasSuffix(r.get(t, "detail").(string), first) {
		t.Errorf("%s", r.body)
	}
	a.ads(http.MethodDelete, "/reporting/reports/"+first, "", nil).want(t, 200)
	post(body).want(t, 200)
}

// What was stopped brings no rows from the day after on.
func TestAdsReports_KnowWhatWasStopped(t *testing.T) {
	t.Parallel()
	a := open(t, practice.Options{})
	campaigns := a.all("/sp/campaigns/list", mediaCampaign, "campaigns", map[string]any{})
	stopped := campaigns[0]
	a.ads(http.MethodPut, "/sp/campaigns", mediaCampaign, map[string]any{"campaigns": []any{map[string]any{"campaignId": stopped["campaignId"], "state": "PAUSED"}}}).want(t, 207)
	a.clock.pass(6 * 24 * time.Hour)
	days := map[string]bool{}
	for _, r := range a.adsReport(reportBody("spCampaigns", "campaign", []string{"date", "campaignName"}, "2026-11-20", "2026-11-30")) {
		if r["campaignName"] == stopped["name"] {
			days[r["date"].(string)] = true
		}
	}
	if !days["2026-11-24"] || days["2026-11-27"] || days["2026-11-30"] {
		t.Errorf("%v", days)
	}
}
