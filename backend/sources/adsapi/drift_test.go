package adsapi_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/source"
	"purser/backend/sources/adsapi"
)

// TestNothingReachesAmazon: what was not sent may be tried again where that is harmless, and is refused where not.
func TestNothingReachesAmazon(t *testing.T) {
	t.Parallel()
	p := newPeer(t)
	a := p.client().Actions()
	if _, err := a.Bid(t.Context(), "US/keyword:31"); err != nil {
		t.Fatal(err)
	}
	p.close()
	_, err := a.SetBid(t.Context(), "US/keyword:31", `{"keywords":[{"keywordId":"31","bid":0.45}]}`)
	var e *source.APIError
	if action.IsRefused(err) || !errors.As(err, &e) || e.Fault != source.FaultOffline {
		t.Errorf("%v", err)
	}
	if _, err := a.AddNegative(t.Context(), "US/campaign:11", `{}`); !action.IsRefused(err) {
		t.Errorf("%v", err)
	}
}

// TestSendingToNothing: an entity that is none is refused before anything is asked.
func TestSendingToNothing(t *testing.T) {
	t.Parallel()
	p := newPeer(t)
	a := p.client().Actions()
	for _, entity := range []string{"", "US", "US/", "US/keyword:", "US/keyword:1 ", "US/campaign:1/keyword:2", "DE/campaign:1/ad_group:", "ZZ/keyword:1", "US/keyword:-1", "US/keyword:１"} {
		_, bid := a.SetBid(t.Context(), entity, "{}")
		_, negative := a.AddNegative(t.Context(), entity, "{}")
		_, value := a.Bid(t.Context(), entity)
		_, body := a.BidBody(entity, core.Money{Minor: 1, Currency: "USD"})
		_, state := a.StateBody(entity, "PAUSED")
		_, budget := a.BudgetBody(entity, core.Money{Minor: 1, Currency: "USD"})
		_, words := a.NegativeBody(entity, "exact", "x")
		if !action.IsRefused(bid) || !action.IsRefused(negative) || value == nil || body == nil || state == nil || budget == nil || words == nil {
			t.Errorf("%q: %v, %v, %v, %v, %v, %v, %v", entity, bid, negative, value, body, state, budget, words)
		}
	}
	if len(p.bodies()) != 0 {
		t.Errorf("%q", p.bodies())
	}
	if text, err := a.StateBody("US/keyword:31", "ARCHIVED"); err == nil {
		t.Error(text)
	}
}

// TestAnswerToAWriteIsCut: with what status it began tells whether it may have been done.
func TestAnswerToAWriteIsCut(t *testing.T) {
	t.Parallel()
	for status, refused := range map[int]bool{207: false, 422: true, 500: false} {
		p := newPeer(t)
		p.override = func(operation string, _ int) (int, http.Header, string) {
			if operation != "updateKeywords" {
				return 0, nil, ""
			}
			return status, http.Header{"Content-Length": {"900"}}, `{"keywords":{"success":[{"index":0}]`
		}
		_, err := p.client().Actions().SetBid(t.Context(), "US/keyword:31", `{"keywords":[{"keywordId":"31","bid":0.45}]}`)
		if err == nil || refused != action.IsRefused(err) {
			t.Errorf("%d: %v", status, err)
		}
	}
}

// TestReportThatIsForgotten is asked for anew.
func TestReportThatIsForgotten(t *testing.T) {
	t.Parallel()
	p := newPeer(t)
	p.override = func(operation string, _ int) (int, http.Header, string) {
		return map[string]int{"getReport": 404}[operation], nil, `{"code":"404","detail":"Report not found"}`
	}
	c, a := p.client(), ask("adsapi.sp_campaigns")
	on(t, c, &a)
	on(t, c, &a)
	var e *source.APIError
	if _, err := c.Step(t.Context(), a); !errors.As(err, &e) || e.Fault != source.FaultFatal {
		t.Errorf("%v", err)
	}
}

// TestAnswersThatDrift changes bytes of good answers: nothing panics, and what is no longer there is not made up.
func TestAnswersThatDrift(t *testing.T) {
	t.Parallel()
	good := map[string]string{
		"listProfiles":   `[{"profileId":123456789012345678,"countryCode":"US","currencyCode":"USD","timezone":"America/Los_Angeles","accountInfo":{"marketplaceStringId":"ATVPDKIKX0DER","id":"A","type":"seller"}}]`,
		"listKeywords":   `{"keywords":[{"keywordId":"31","campaignId":"11","adGroupId":"21","keywordText":"x","matchType":"EXACT","state":"ENABLED","bid":0.5}],"nextToken":null}`,
		"updateKeywords": `{"keywords":{"success":[{"index":0,"keywordId":"31"}],"error":[]}}`,
		"createReport":   `{"reportId":"r1","status":"PENDING","failureReason":null}`,
		"getReport":      `{"reportId":"r1","status":"PROCESSING","url":null}`,
		"listCampaigns":  `{"campaigns":[{"campaignId":"11","name":"Spring","state":"ENABLED","budget":{"budget":5,"budgetType":"DAILY"}}],"totalResults":1}`,
	}
	random := rand.New(rand.NewPCG(1, 2))
	pieces := []string{"null", "{}", "[]", `""`, "-1", "1e999", "true", `"\u0000"`, "[[", ",", "0.5.5", strings.Repeat("9", 60)}
	p := newPeer(t)
	drifted, text := "", ""
	p.override = func(operation string, _ int) (int, http.Header, string) {
		if operation == drifted {
			return 200, nil, text
		}
		return 200, nil, good[operation]
	}
	names := []string{"listProfiles", "listKeywords", "updateKeywords", "createReport", "getReport", "listCampaigns"}
	for i := range 400 {
		name := names[i%len(names)]
		b := []byte(good[name])
		at := random.IntN(len(b))
		switch random.IntN(3) {
		case 0:
			b[at] = byte(random.IntN(256))
		case 1:
			b = append(b[:at:at], b[min(len(b), at+1+random.IntN(12)):]...)
		default:
			b = bytes.Join([][]byte{b[:at:at], b[at:]}, []byte(pieces[random.IntN(len(pieces))]))
		}
		p.mu.Lock()
		drifted, text = name, string(b)
		p.mu.Unlock()
		c := p.eager()
		bid, err := c.Actions().Bid(t.Context(), "US/keyword:31")
		if err == nil && bid.Currency != "" && bid.Minor != 50 && name != "listKeywords" {
			t.Errorf("%s: %s became %s", name, text, bid)
		}
		if _, err := c.Actions().SetBid(t.Context(), "US/keyword:31", `{"keywords":[{"keywordId":"31","bid":0.45}]}`); err == nil && name == "updateKeywords" && !strings.Contains(text, `"index":0`) {
			t.Errorf("%s was taken for a yes", text)
		}
		for _, feed := range []string{"adsapi.sp_campaigns", "adsapi.sp_targets"} {
			a := ask(feed)
			for range 3 {
				s, err := c.Step(t.Context(), a)
				var e *source.APIError
				if err != nil && !errors.As(err, &e) {
					t.Fatalf("%s: %s: %v is no error of an API", name, text, err)
				}
				if err != nil || s.Done {
					break
				}
				a.State = s.State
			}
		}
	}
}
