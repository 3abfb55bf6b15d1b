package practice_test

import (
	"context"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"purser/backend/sources/simulator/practice"
)

// Slow answers take as long as they say, and trickling ones come in slices.
func TestFaults_TakeTime(t *testing.T) {
	t.Parallel()
	var waited atomic.Int64
	a := open(t, practice.Options{Wait: func(_ context.Context, d time.Duration) { waited.Add(int64(d)) }})
	a.token("spapi", "na")
	a.switchOn(practice.Fault{Name: practice.Slow, Seconds: 7})
	a.account().want(t, 200)
	if time.Duration(waited.Swap(0)) != 7*time.Second {
		t.Error("it did not take seven seconds")
	}
	plain := a.listPage(t)
	a.switchOn(practice.Fault{Name: practice.Trickle})
	if got := a.listPage(t); string(got.body) != string(plain.body) || waited.Load() < int64(300*time.Millisecond) {
		t.Errorf("%d bytes, not %d, in %v", len(got.body), len(plain.body), time.Duration(waited.Load()))
	}
}

func (a *amazon) listPage(t *testing.T) result {
	t.Helper()
	return a.sp("na", http.MethodGet, "/orders/2026-01-01/orders", map[string][]string{"createdAfter": {"2026-11-20T00:00:00Z"}}, nil).want(t, 200)
}

// A fault befalls what it is aimed at, in its time, as often and as likely as it says.
func TestFaults_AreAimed(t *testing.T) {
	t.Parallel()
	a := open(t, practice.Options{})
	account := func(region string) int { return a.sp(region, http.MethodGet, "/sellers/v1/account", nil, nil).status }
	campaigns := func() int {
		return a.ads(http.MethodPost, "/sp/campaigns/list", mediaCampaign, map[string]any{}).status
	}
	account("na")
	account("eu")
	campaigns()
	for _, c := range []struct {
		on          []string
		na, eu, ads int
	}{
		{[]string{"spapi"}, 503, 503, 200},
		{[]string{"ads"}, 200, 200, 503},
		{[]string{"na"}, 503, 200, 503},
		{[]string{"sellers", "eu"}, 200, 503, 200},
		{[]string{"listCampaigns", "getAccount"}, 503, 503, 503},
		{[]string{"US"}, 200, 200, 200},
		{[]string{"lwa"}, 200, 200, 200},
	} {
		a.switchOn(practice.Fault{Name: practice.Down, On: c.on})
		if na, eu, ads := account("na"), account("eu"), campaigns(); na != c.na || eu != c.eu || ads != c.ads {
			t.Errorf("%v: %d %d %d", c.on, na, eu, ads)
		}
	}
	a.switchOn(practice.Fault{Name: practice.Down, Times: 2})
	if got := [3]int{account("na"), account("na"), account("na")}; got != [3]int{503, 503, 200} {
		t.Errorf("not twice: %v", got)
	}
	a.switchOn(practice.Fault{Name: practice.Down, From: start().Add(time.Minute), To: start().Add(2 * time.Minute)})
	first := account("na")
	a.clock.pass(time.Minute)
	second := account("na")
	a.clock.pass(time.Minute)
	if first != 200 || second != 503 || account("na") != 200 {
		t.Error("not in its time")
	}
	a.switchOn(practice.Fault{Name: practice.Down, Rate: 0.3})
	down := 0
	for range 200 {
		if account("na") == 503 {
			down++
		}
	}
	if down < 35 || down > 85 {
		t.Errorf("%d of 200", down)
	}
	a.switchOn(practice.Fault{Name: practice.ReportFatal, On: []string{"GET_FBA_INVENTORY_PLANNING_DATA"}})
	ends("DONE", true)(t, a)
	if state, _ := a.report("na", map[string]any{"reportType": "GET_FBA_INVENTORY_PLANNING_DATA", "marketplaceIds": []string{id("US")}}); state["processingStatus"] != "FATAL" {
		t.Errorf("%v", state)
	}
}
