package adsapi_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"purser/backend/core/action"
	"purser/backend/core/action/actiontest"
	"purser/backend/core/source"
	"purser/backend/executors/adbids"
	"purser/backend/executors/adbudgets"
	"purser/backend/executors/adnegatives"
	"purser/backend/executors/adstates"
	"purser/backend/sources/adsapi"
)

// kind is one executor with a wish that it can carry out at the peer.
type kind struct {
	make        func(*adsapi.Actions) action.Executor
	wish, other action.Wish
	edit        func(*peer)
}

func kinds() map[string]kind {
	wish := func(name, kind, subject, target string) action.Wish {
		return action.Wish{Kind: name, Decision: "d1", Policy: "p", Version: 3, Subject: subject, SubjectKind: kind, Title: "t", Label: "l", Target: target}
	}
	return map[string]kind{
		"keyword's bid": {
			func(a *adsapi.Actions) action.Executor { return adbids.New(a) },
			wish(adbids.Name, "search_term", "US/Spring/steel flask", "-10%"), wish(adbids.Name, "ads_keyword", "US/keyword:31", "0.61"),
			func(p *peer) { p.edit("keywords", "31", thing{"bid": 0.99}) },
		},
		"target's bid": {
			func(a *adsapi.Actions) action.Executor { return adbids.New(a) },
			wish(adbids.Name, "ads_target", "US/target:41", "0.55"), wish(adbids.Name, "ads_target", "US/target:41", "+20%"),
			func(p *peer) { p.of["targetingClauses"][0]["bid"] = 0.01 },
		},
		"budget": {
			func(a *adsapi.Actions) action.Executor { return adbudgets.New(a) },
			wish(adbudgets.Name, "campaign", "US/Spring/flasks", "+20%"), wish(adbudgets.Name, "campaign", "US/Spring/flasks", "13"),
			func(p *peer) { p.edit("campaigns", "12", thing{"budget": thing{"budget": 99, "budgetType": "DAILY"}}) },
		},
		"campaign's state": {
			func(a *adsapi.Actions) action.Executor { return adstates.New(a) },
			wish(adstates.Name, "campaign", "US/Spring", "PAUSED"), wish(adstates.Name, "campaign", "US/Spring", "enabled"),
			func(p *peer) { p.edit("campaigns", "11", thing{"state": "ARCHIVED"}) },
		},
		"negative of a campaign": {
			func(a *adsapi.Actions) action.Executor { return adnegatives.New(a) },
			wish(adnegatives.Name, "search_term", "US/Spring/tin cup & lid", "exact"),
			action.Wish{},
			func(p *peer) {
				p.of["campaignNegativeKeywords"] = append(p.of["campaignNegativeKeywords"],
					thing{"keywordId": "99", "campaignId": "11", "keywordText": "Tin cup & lid", "matchType": "NEGATIVE_EXACT", "state": "PAUSED"})
			},
		},
		"negative of an ad group": {
			func(a *adsapi.Actions) action.Executor { return adnegatives.New(a) },
			wish(adnegatives.Name, adsapi.KindAdGroup, "US/Spring/Flasks", "phrase: tin cup"),
			action.Wish{},
			func(p *peer) {
				p.of["negativeKeywords"] = append(p.of["negativeKeywords"],
					thing{"keywordId": "99", "campaignId": "11", "adGroupId": "21", "keywordText": "tin cup", "matchType": "NEGATIVE_PHRASE", "state": "PAUSED"})
			},
		},
	}
}

// TestConformance holds every executor of adverts against every promise, over HTTP.
func TestConformance(t *testing.T) {
	t.Parallel()
	for name, k := range kinds() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			actiontest.Run(t, func(t *testing.T) actiontest.Subject {
				t.Helper()
				p := newPeer(t)
				return actiontest.Subject{
					Make: func() action.Executor { return k.make(p.eager().Actions()) }, Wish: k.wish, Other: k.other, State: p.state, Seen: p.bodies,
					Edit: func() {
						p.mu.Lock()
						locked := k.edit
						p.mu.Unlock()
						locked(p)
					},
				}
			})
		})
	}
}

// Fault 30: a write to the Ads API is done and answered with an error.
// TestLyingPeer: only what was clearly not done is refused; what is found out afterwards is true, and nothing is done twice.
func TestLyingPeer(t *testing.T) {
	t.Parallel()
	for name, k := range kinds() {
		for mood, c := range map[actiontest.Mood]struct {
			ok, refused bool
			done        bool // at once
		}{
			actiontest.Honest: {ok: true, done: true}, actiontest.Refuses: {refused: true}, actiontest.DoneButFail: {done: true}, actiontest.DoneButCut: {done: true},
			actiontest.Fails: {}, actiontest.Cuts: {}, actiontest.Late: {}, actiontest.Idle: {ok: true},
		} {
			p := newPeer(t)
			p.mood = func() actiontest.Mood { return mood }
			e := k.make(p.eager().Actions())
			r, err := e.Prepare(t.Context(), k.wish)
			if err != nil {
				t.Fatal(name, err)
			}
			r.Key = "k1"
			_, err = e.Execute(t.Context(), r)
			if (err == nil) != c.ok || action.IsRefused(err) != c.refused {
				t.Errorf("%s, mood %d: %v", name, mood, err)
			}
			want := map[bool]action.Fate{true: action.Done, false: action.NotDone}[c.done]
			if fate, _, err := e.Found(t.Context(), r); err != nil || fate != want {
				t.Errorf("%s, mood %d: found %s, %v", name, mood, fate, err)
			}
			for _, f := range p.late {
				f()
			}
			if fate, _, err := e.Found(t.Context(), r); mood == actiontest.Late && (err != nil || fate != action.Done) {
				t.Errorf("%s, mood %d: found %s at last, %v", name, mood, fate, err)
			}
			if n := len(p.bodies()); n != 1 {
				t.Errorf("%s, mood %d: sent %d times", name, mood, n)
			}
			if _, err := e.Execute(t.Context(), r); c.done && (err != nil || len(p.bodies()) != 1) {
				t.Errorf("%s, mood %d: done, and again: %v, sent %d times", name, mood, err, len(p.bodies()))
			}
		}
	}
}

// TestWhatIsSent is the wire, byte for byte.
func TestWhatIsSent(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]action.Request{
		"keyword's bid": {
			Entity: "US/keyword:31", Field: "bid", Before: "0.50 USD", After: "0.45 USD", Payload: `{"keywords":[{"keywordId":"31","bid":0.45}]}`, Size: action.Size{From: 50, To: 45},
		},
		"target's bid": {
			Entity: "US/target:41", Field: "bid", Before: "0.60 USD", After: "0.55 USD", Payload: `{"targetingClauses":[{"targetId":"41","bid":0.55}]}`, Size: action.Size{From: 60, To: 55},
		},
		"budget": {
			Entity: "US/campaign:12", Field: "daily_budget", Before: "12.50 USD", After: "15.00 USD",
			Payload: `{"campaigns":[{"campaignId":"12","budget":{"budget":15.00,"budgetType":"DAILY"}}]}`, Size: action.Size{From: 1250, To: 1500},
		},
		"campaign's state": {
			Entity: "US/campaign:11", Field: "state", Before: "ENABLED", After: "PAUSED", Payload: `{"campaigns":[{"campaignId":"11","state":"PAUSED"}]}`,
		},
		"negative of a campaign": {
			Entity: "US/campaign:11", Field: `negative exact "tin cup & lid"`, After: "ENABLED",
			Payload: `{"campaignNegativeKeywords":[{"campaignId":"11","matchType":"NEGATIVE_EXACT","state":"ENABLED","keywordText":"tin cup \u0026 lid"}]}`,
		},
		"negative of an ad group": {
			Entity: "US/campaign:11/ad_group:21", Field: `negative phrase "tin cup"`, After: "ENABLED",
			Payload: `{"negativeKeywords":[{"campaignId":"11","adGroupId":"21","matchType":"NEGATIVE_PHRASE","state":"ENABLED","keywordText":"tin cup"}]}`,
		},
	} {
		p, k := newPeer(t), kinds()[name]
		r, err := k.make(p.eager().Actions()).Prepare(t.Context(), k.wish)
		want.Kind, want.Decision, want.Policy, want.Version = k.wish.Kind, "d1", "p", 3
		if err != nil || r != want {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
	}
}

// Fault 31: of several items of a 207 each has a fate of its own.
// TestItemsByIndex: an answer to a write counts for the item it names, and only where it says one thing of it.
func TestItemsByIndex(t *testing.T) {
	t.Parallel()
	fault := func(errorType string) string {
		return `{"keywords":{"success":[],"error":[{"index":0,"errors":[{"errorType":"` + errorType + `","errorValue":{"x":{"reason":"R","message":"words of theirs"}}}]}]}}`
	}
	for name, c := range map[string]struct {
		status      int
		body        string
		ok, refused bool
		fault       source.APIFault
	}{
		"done":              {207, `{"keywords":{"success":[{"index":0,"keywordId":"31"}],"error":[]}}`, true, false, ""},
		"done, 200":         {200, `{"keywords":{"success":[{"index":0}]}}`, true, false, ""},
		"another item":      {207, `{"keywords":{"success":[{"index":1}],"error":[]}}`, false, false, source.FaultUnavailable},
		"no index":          {207, `{"keywords":{"success":[{"keywordId":"31"}],"error":[]}}`, false, false, source.FaultUnavailable},
		"nothing":           {207, `{"keywords":{"success":[],"error":[]}}`, false, false, source.FaultUnavailable},
		"both":              {207, `{"keywords":{"success":[{"index":0}],"error":[{"index":0,"errors":[]}]}}`, false, false, source.FaultUnavailable},
		"another list":      {207, `{"campaigns":{"success":[{"index":0}]}}`, false, false, source.FaultUnavailable},
		"a login page":      {200, `<html>Sign in</html>`, false, false, source.FaultUnavailable},
		"refused":           {207, fault("biddingError"), false, true, ""},
		"a fault of theirs": {207, fault("internalServerError"), false, false, source.FaultUnavailable},
		"too many":          {207, fault("throttledError"), false, false, source.FaultThrottled},
		"400":               {400, `{"code":"400","details":"words of theirs"}`, false, true, ""},
		"404":               {404, `{"code":"404"}`, false, true, ""},
		"415":               {415, `{"code":"415"}`, false, true, ""},
		"422":               {422, `{"code":"422"}`, false, true, ""},
		"429":               {429, `{"code":"429"}`, false, false, source.FaultThrottled},
		"408":               {408, `{}`, false, false, source.FaultUnavailable},
		"500":               {500, `{}`, false, false, source.FaultUnavailable},
		"504":               {504, `<html>`, false, false, source.FaultUnavailable},
		"moved":             {302, ``, false, false, source.FaultUnavailable},
	} {
		p := newPeer(t)
		p.override = func(operation string, _ int) (int, http.Header, string) {
			if operation != "updateKeywords" {
				return 0, nil, ""
			}
			return c.status, http.Header{"Location": {"http://127.0.0.1:1/"}}, c.body
		}
		e := adbids.New(p.eager().Actions())
		r, err := e.Prepare(t.Context(), kinds()["keyword's bid"].wish)
		if err != nil {
			t.Fatal(err)
		}
		_, err = e.Execute(t.Context(), r)
		var api *source.APIError
		if (err == nil) != c.ok || action.IsRefused(err) != c.refused || c.fault != "" && (!errors.As(err, &api) || api.Fault != c.fault) {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && c.refused && strings.Contains(err.Error(), "words of theirs") {
			t.Errorf("%s: words of Amazon's in a refusal: %v", name, err)
		}
		if n := p.count("updateKeywords"); n != 1 {
			t.Errorf("%s: sent %d times", name, n)
		}
	}
}

// TestNegativeThatWasNotSent: what is not repeated is refused where it is sure that it was not sent.
func TestNegativeThatWasNotSent(t *testing.T) {
	t.Parallel()
	k := kinds()["negative of a campaign"]
	for name, c := range map[string]struct {
		status  int
		refused bool
	}{"too many": {429, true}, "refused": {422, true}, "open": {503, false}} {
		p := newPeer(t)
		p.override = func(operation string, _ int) (int, http.Header, string) {
			if strings.HasPrefix(operation, "create") {
				return c.status, nil, `{}`
			}
			return 0, nil, ""
		}
		e := k.make(p.eager().Actions())
		r, err := e.Prepare(t.Context(), k.wish)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := e.Execute(t.Context(), r); err == nil || action.IsRefused(err) != c.refused {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestExpiredTokenIsReplacedOnce, for a write too: what is not taken was not done.
func TestExpiredTokenIsReplacedOnce(t *testing.T) {
	t.Parallel()
	p := newPeer(t)
	e := adbids.New(p.eager().Actions())
	r, err := e.Prepare(t.Context(), kinds()["keyword's bid"].wish)
	if err != nil {
		t.Fatal(err)
	}
	before := p.tokens
	p.mu.Lock()
	p.expire = 1
	p.mu.Unlock()
	if _, err := e.Execute(t.Context(), r); err != nil || p.tokens != before+1 {
		t.Errorf("%v, %d tokens", err, p.tokens-before)
	}
	p.mu.Lock()
	p.expire = 100
	p.mu.Unlock()
	_, err = e.Value(t.Context(), r)
	var api *source.APIError
	if !errors.As(err, &api) || api.Fault != source.FaultDenied || p.expire != 98 {
		t.Errorf("%v, asked %d times", err, 100-p.expire)
	}
	if strings.Contains(api.Message+api.Raw, secret) {
		t.Errorf("a secret is in %+v", api)
	}
}

// TestSubjects: what a subject means, and what it does not.
func TestSubjects(t *testing.T) {
	t.Parallel()
	p := newPeer(t)
	a := p.eager().Actions()
	for _, c := range []struct {
		of, kind, subject, want string
	}{
		{"campaign", "campaign", "US/Spring", "US/campaign:11"},
		{"campaign", "campaign", "US/Spring/flasks", "US/campaign:12"},
		{"campaign", "campaign", "US/spring", ""},
		{"campaign", "campaign", "US/Gone", ""},
		{"campaign", "campaign", "US/Twin", ""},
		{"campaign", "search_term", "US/Spring/steel flask", ""},
		{"campaign", "", "US/campaign:11", "US/campaign:11"},
		{"campaign", "", "US/keyword:31", ""},
		{"bid", "search_term", "US/Spring/STEEL flask", "US/keyword:31"},
		{"bid", "search_term", "US/Spring/flasks/steel flask", "US/keyword:35"},
		{"bid", "search_term", "US/Spring/flask", "US/keyword:32"}, // two keywords, of which one is exact
		{"bid", "search_term", "US/Spring/mug", ""},                // two of exact match
		{"bid", "search_term", "US/Spring/something else", ""},
		{"bid", "", "US/keyword:31", "US/keyword:31"},
		{"bid", "", "US/campaign:11", ""},
		{"bid", "", "US/keyword:31x", ""},
		{"bid", "", "US/keyword:", ""},
		{"bid", "", "US/keyword:31/x", ""},
		{"bid", "", "XX/keyword:31", ""},
		{"bid", "", "US/product:31", ""},
		{"part", "campaign", "US/Spring", "US/campaign:11"},
		{"part", "search_term", "US/Spring/steel flask", "US/keyword:31"},
		{"part", "", "US/campaign:11/ad_group:21", ""},
		{"scope", "ad_group", "US/Spring/Flasks", "US/campaign:11/ad_group:21"},
		{"scope", "ad_group", "US/Spring/None", ""},
		{"scope", "", "US/campaign:11/ad_group:21", "US/campaign:11/ad_group:21"},
		{"scope", "", "US/ad_group:21", ""},
		{"scope", "", "US/keyword:31", ""},
	} {
		got, err := "", error(nil)
		switch c.of {
		case "campaign":
			got, err = a.FindCampaign(t.Context(), c.kind, c.subject)
		case "bid":
			got, err = a.FindBid(t.Context(), c.kind, c.subject)
		case "part":
			got, err = a.FindPart(t.Context(), c.kind, c.subject)
		case "scope":
			got, _, err = a.FindScope(t.Context(), c.kind, c.subject)
		}
		if c.want == "" && err == nil || c.want != "" && (err != nil || got != c.want) {
			t.Errorf("%s of %s %s: %q, %v", c.of, c.kind, c.subject, got, err)
		}
	}
	entity, term, err := a.FindScope(t.Context(), "search_term", "US/Spring/flasks/steel/flask")
	if err != nil || entity != "US/campaign:12" || term != "steel/flask" {
		t.Errorf("%s, %q, %v", entity, term, err)
	}
}

// TestNoBidOfItsOwn: missing is not zero.
func TestNoBidOfItsOwn(t *testing.T) {
	t.Parallel()
	p := newPeer(t)
	w := kinds()["keyword's bid"].wish
	w.SubjectKind, w.Subject = "", "US/keyword:34"
	if r, err := adbids.New(p.eager().Actions()).Prepare(t.Context(), w); err == nil {
		t.Errorf("prepared %+v", r)
	}
	w.Subject = "US/keyword:77"
	if r, err := adbids.New(p.eager().Actions()).Prepare(t.Context(), w); err == nil {
		t.Errorf("prepared %+v", r)
	}
}

// TestItsOwnLimitIsNotAsked: where no token is left nothing is sent, and the wait is told.
func TestItsOwnLimitIsNotAsked(t *testing.T) {
	t.Parallel()
	p := newPeer(t)
	c := p.client()
	var api *source.APIError
	for range 50 {
		if _, err := c.Profiles(t.Context(), "na"); errors.As(err, &api) {
			break
		}
	}
	if n := p.count("listProfiles"); api == nil || api.Fault != source.FaultThrottled || api.After <= 0 || api.After > 10*time.Second || n != 3 {
		t.Errorf("%+v after %d", api, n)
	}
}

// Mode 33: a report leaves out what had no activity. Campaigns are looked up in the list, which does not.
func TestMode33_QuietCampaignsComeFromTheList(t *testing.T) {
	t.Parallel()
	id, err := newPeer(t).client().Actions().FindCampaign(t.Context(), "campaign", "US/Quiet")
	if err != nil || id == "" {
		t.Errorf("%q, %v", id, err)
	}
}
