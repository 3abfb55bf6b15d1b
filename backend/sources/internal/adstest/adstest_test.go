package adstest_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"purser/backend/sources/internal/adstest"
)

const (
	keyword     = "application/vnd.spKeyword.v3+json"
	reportMedia = "application/vnd.createasyncreportrequest.v3+json"
	goodReport  = `{"name":"n","startDate":"2026-11-01","endDate":"2026-11-30","configuration":{"adProduct":"SPONSORED_PRODUCTS","groupBy":["campaign"],` +
		`"columns":["date","campaignName","clicks"],"reportTypeId":"spCampaigns","timeUnit":"DAILY","format":"GZIP_JSON"}}`
)

// request is a good one of this kind, with headers changed: "" takes one away.
func request(method, path, media string, headers ...string) *http.Request {
	r := httptest.NewRequest(method, path, nil)
	r.Header.Set("Authorization", "Bearer x")
	r.Header.Set("Amazon-Advertising-API-ClientId", "c")
	r.Header.Set("Amazon-Advertising-API-Scope", "123")
	r.Header.Set("Content-Type", media)
	r.Header.Set("Accept", media)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}

func TestRequests(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		r    *http.Request
		body string
		want string // in the error; "": it is good
	}{
		"bid":                   {request("PUT", "/sp/keywords", keyword), `{"keywords":[{"keywordId":"1","bid":0.5}]}`, ""},
		"state":                 {request("PUT", "/sp/keywords", keyword), `{"keywords":[{"keywordId":"1","state":"PAUSED"}]}`, ""},
		"for good":              {request("PUT", "/sp/keywords", keyword), `{"keywords":[{"keywordId":"1","state":"ARCHIVED"}]}`, "ENABLED, PAUSED"},
		"id as a number":        {request("PUT", "/sp/keywords", keyword), `{"keywords":[{"keywordId":1,"bid":0.5}]}`, "an id"},
		"bid as a text":         {request("PUT", "/sp/keywords", keyword), `{"keywords":[{"keywordId":"1","bid":"0.5"}]}`, "a number"},
		"no id":                 {request("PUT", "/sp/keywords", keyword), `{"keywords":[{"bid":0.5}]}`, "no keywordId"},
		"more":                  {request("PUT", "/sp/keywords", keyword), `{"keywords":[{"keywordId":"1","bidd":0.5}]}`, "nothing documents"},
		"no list":               {request("PUT", "/sp/keywords", keyword), `{}`, "no keywords"},
		"no body":               {request("PUT", "/sp/keywords", keyword), ``, "no JSON"},
		"two bodies":            {request("PUT", "/sp/keywords", keyword), `{"keywords":[]}{}`, "behind"},
		"1001 items":            {request("PUT", "/sp/keywords", keyword), `{"keywords":[` + strings.Repeat(`{"keywordId":"1"},`, 1000) + `{"keywordId":"1"}]}`, "more than 1000"},
		"plain media":           {request("PUT", "/sp/keywords", "application/json"), `{"keywords":[]}`, "Content-Type"},
		"accepts anything":      {request("PUT", "/sp/keywords", keyword, "Accept", "*/*"), `{"keywords":[]}`, "Accept"},
		"no profile":            {request("PUT", "/sp/keywords", keyword, "Amazon-Advertising-API-Scope", ""), `{"keywords":[]}`, "Scope"},
		"no client":             {request("PUT", "/sp/keywords", keyword, "Amazon-Advertising-API-ClientId", ""), `{"keywords":[]}`, "ClientId"},
		"no token":              {request("PUT", "/sp/keywords", keyword, "Authorization", "Basic x"), `{"keywords":[]}`, "bearer"},
		"query":                 {request("PUT", "/sp/keywords?x=1", keyword), `{"keywords":[]}`, "the query"},
		"list":                  {request("POST", "/sp/keywords/list", keyword), `{"maxResults":10,"campaignIdFilter":{"include":["1"]}}`, ""},
		"list by other things":  {request("POST", "/sp/keywords/list", keyword), `{"targetIdFilter":{"include":["1"]}}`, "targetIdFilter"},
		"delete":                {request("POST", "/sp/keywords/delete", keyword), `{}`, "nothing documents"},
		"negatives are added":   {request("PUT", "/sp/negativeKeywords", "application/vnd.spNegativeKeyword.v3+json"), `{}`, "nothing documents"},
		"keywords are not":      {request("POST", "/sp/keywords", keyword), `{}`, "nothing documents"},
		"profiles":              {request("GET", "/v2/profiles?profileTypeFilter=seller&accessLevel=edit", "", "Accept", "application/json", "Amazon-Advertising-API-Scope", ""), "", ""},
		"profiles of a profile": {request("GET", "/v2/profiles", "", "Accept", "application/json"), "", "names no profile"},
		"profiles of others":    {request("GET", "/v2/profiles?profileTypeFilter=all", "", "Accept", "application/json", "Amazon-Advertising-API-Scope", ""), "", "profileTypeFilter"},
		"profiles, body":        {request("GET", "/v2/profiles", "", "Accept", "application/json", "Amazon-Advertising-API-Scope", ""), "{}", "has no body"},
		"report":                {request("POST", "/reporting/reports", reportMedia), goodReport, ""},
		"report, 31 days":       {request("POST", "/reporting/reports", reportMedia), strings.Replace(goodReport, "2026-11-30", "2026-12-01", 1), ""},
		"report, 32 days":       {request("POST", "/reporting/reports", reportMedia), strings.Replace(goodReport, "2026-11-30", "2026-12-02", 1), "32 days"},
		"report, backwards":     {request("POST", "/reporting/reports", reportMedia), strings.Replace(goodReport, "2026-11-30", "2026-10-01", 1), "days"},
		"report, column":        {request("POST", "/reporting/reports", reportMedia), strings.Replace(goodReport, "clicks", "searchTerm", 1), "invalid values: (searchTerm)"},
		"report, twice":         {request("POST", "/reporting/reports", reportMedia), strings.Replace(goodReport, `"clicks"`, `"clicks","clicks"`, 1), "twice"},
		"report, group":         {request("POST", "/reporting/reports", reportMedia), strings.Replace(goodReport, `["campaign"]`, `["searchTerm"]`, 1), "grouped by"},
		"report, sum with days": {request("POST", "/reporting/reports", reportMedia), strings.Replace(goodReport, "DAILY", "SUMMARY", 1), "does not go"},
		"report, other":         {request("POST", "/reporting/reports", reportMedia), strings.Replace(goodReport, "spCampaigns", "sbCampaigns", 1), "no report"},
		"report, no columns":    {request("POST", "/reporting/reports", reportMedia), strings.Replace(goodReport, `"date","campaignName","clicks"`, "", 1), "no columns"},
		"report, status":        {request("GET", "/reporting/reports/a-1", "", "Accept", "application/json"), "", ""},
		"report, no id":         {request("GET", "/reporting/reports/", "", "Accept", "application/json"), "", "nothing documents"},
	} {
		err := adstest.CheckRequest(c.r, c.r.URL.Path, []byte(c.body))
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestResponses(t *testing.T) {
	t.Parallel()
	const good = `{"keywords":{"success":[{"index":0,"keywordId":"1"}],"error":[{"index":1,"errors":[{"errorType":"biddingError","errorValue":{"biddingError":{"reason":"R"}}}]}]}}`
	for name, c := range map[string]struct {
		method, path string
		status       int
		body, want   string
	}{
		"partial":           {"PUT", "/sp/keywords", 207, good, ""},
		"partial, 201":      {"PUT", "/sp/keywords", 201, good, "never answers"},
		"index as a text":   {"PUT", "/sp/keywords", 207, strings.Replace(good, `"index":1`, `"index":"1"`, 1), "whole number"},
		"id as a number":    {"PUT", "/sp/keywords", 207, strings.Replace(good, `"1"`, `1`, 1), "an id"},
		"refused":           {"PUT", "/sp/keywords", 422, `{"code":"422","details":"x"}`, ""},
		"refused, list":     {"PUT", "/sp/keywords", 422, `[]`, "an object"},
		"page":              {"POST", "/sp/keywords/list", 200, `{"keywords":[],"totalResults":0}`, ""},
		"page without list": {"POST", "/sp/keywords/list", 200, `{"totalResults":0}`, "no keywords"},
		"row without state": {"POST", "/sp/adGroups/list", 200, `{"adGroups":[{"adGroupId":"1","campaignId":"2","name":"n"}]}`, "no state"},
		"profile id":        {"GET", "/v2/profiles", 200, `[{"profileId":"1","countryCode":"US","currencyCode":"USD","timezone":"UTC","accountInfo":{"marketplaceStringId":"A","id":"B","type":"seller"}}]`, "whole number"},
		"duplicate":         {"POST", "/reporting/reports", 425, `{"code":"425","detail":"d"}`, ""},
		"report":            {"GET", "/reporting/reports/1", 200, `{"reportId":"1","status":"COMPLETED","url":"https://x","fileSize":10,"failureReason":null}`, ""},
		"report, status":    {"GET", "/reporting/reports/1", 200, `{"reportId":"1","status":"DONE"}`, "PENDING"},
		"report, time":      {"GET", "/reporting/reports/1", 200, `{"reportId":"1","status":"PENDING","createdAt":"yesterday"}`, "an instant"},
		"html":              {"GET", "/reporting/reports/1", 200, `<html>`, "no JSON"},
	} {
		err := adstest.CheckResponse(c.method, c.path, c.status, []byte(c.body))
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestDocuments(t *testing.T) {
	t.Parallel()
	columns := []string{"date", "campaignId", "campaignName", "clicks", "cost"}
	for body, want := range map[string]string{
		`[]`: "",
		`[{"date":"2026-11-01","campaignId":123456789012345678,"campaignName":"a","clicks":1,"cost":0.5}]`: "",
		`[{"date":"2026-11-01","campaignId":"123","campaignName":"a","clicks":1,"cost":0.5}]`:              "whole number",
		`[{"date":"2026-11-01","campaignId":1.5e17,"campaignName":"a","clicks":1,"cost":0.5}]`:             "whole number",
		`[{"date":"1 Nov","campaignId":1,"campaignName":"a","clicks":1,"cost":0.5}]`:                       "a day",
		`[{"date":"2026-11-01","campaignId":1,"campaignName":"a","clicks":1}]`:                             "no cost",
		`[{"date":"2026-11-01","campaignId":1,"campaignName":"a","clicks":1,"cost":0.5,"spend":1}]`:        "spend",
		`{}`: "a list",
	} {
		err := adstest.CheckDocument(columns, []byte(body))
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func TestOperations(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"PUT /sp/campaigns": "updateCampaigns", "POST /sp/campaignNegativeKeywords": "createCampaignNegativeKeywords", "GET /reporting/reports/7": "getReport",
		"POST /sp/campaigns/delete": "", "DELETE /reporting/reports/7": "", "POST /sp/campaigns": "", "PUT /sp/adGroups": "",
	} {
		method, path, _ := strings.Cut(path, " ")
		if got := adstest.Operation(method, path); got != want {
			t.Errorf("%s %s is %q, not %q", method, path, got, want)
		}
	}
}
