package app_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"purser/app"
	"purser/backend/core/source"
	"purser/backend/platform/clock"
	"purser/backend/services/dashboards"
	"purser/backend/services/jobs"
	"purser/backend/sources/simulator"
	"purser/backend/sources/simulator/practice"
)

func TestConnectedIsNoFirstRun(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	state, err := app.OpenAPI(t, "web", t.TempDir(), time.Date(2026, 11, 25, 20, 0, 0, 0, time.UTC)).State()
	if err != nil || !state.FirstRun || state.Offline != nil {
		t.Fatalf("an empty folder: %t %+v %v", state.FirstRun, state.Offline, err)
	}
	amazon, err := practice.New(practice.Options{Seller: simulator.Options{Seed: 104, Days: 40, SKUs: 3}, Clock: clock.Real{}, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	state, err = app.Connect(t, dir, amazon).State()
	if err != nil || state.FirstRun {
		t.Fatalf("connected, and nothing is here yet: %t %v", state.FirstRun, err)
	}
}

// staleOf lists the notices of each page that say what is not given at present.
func staleOf(t *testing.T, all *dashboards.API) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for _, name := range pages() {
		p, err := all.Page(dashboards.PageInput{Page: name})
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range p.Notices {
			if strings.Contains(n.Text, "no answer") || strings.Contains(n.Text, "connect it anew") {
				out[name] = append(out[name], n.Text)
			}
		}
	}
	return out
}

// TestWhatIsAwayIsToldOnThePagesConcerned has each API away for two days.
func TestWhatIsAwayIsToldOnThePagesConcerned(t *testing.T) {
	t.Parallel()
	today := time.Date(2026, 11, 25, 20, 0, 0, 0, time.UTC)
	d := app.OpenDesk(t, t.TempDir(), today)
	if err := d.Load(t.Context(), simulator.Options{Seed: 104, Days: 60, SKUs: 4, AsOf: d.Today()}); err != nil {
		t.Fatal(err)
	}
	told := func(all ...jobs.Behind) map[string][]string {
		t.Helper()
		d.Behind(all...)
		return staleOf(t, d.Pages)
	}
	if got := told(); len(got) != 0 {
		t.Errorf("all answer: %v", got)
	}
	of := func(api string, f source.APIFault, overdue bool) (out []jobs.Behind) {
		for _, b := range d.Feeds() {
			if b.API == api {
				b.Fault, b.Overdue, b.Until, b.Reached = f, overdue, today.Add(-48*time.Hour), today.Add(-47*time.Hour)
				out = append(out, b)
			}
		}
		return out
	}
	day := today.Add(-47 * time.Hour).In(time.Local).Format("2 Jan, 15:04")
	until := today.Add(-48 * time.Hour).In(time.Local).Format("2 Jan, 15:04")
	got := told(of("adsapi", source.FaultUnavailable, true)...)
	// What adverts cost is part of profit, so Sales rests on them too; no other page does.
	if len(got) != 2 || len(got["sales"]) != 1 || len(got["advertising"]) != 1 || !strings.HasPrefix(got["advertising"][0], "Amazon Ads, North America: no answer since "+day) ||
		!strings.HasSuffix(got["advertising"][0], "Sponsored Products search terms and 1 more as of "+until+".") {
		t.Errorf("the Ads API is away: %v", got)
	}
	got = told(of("spapi", source.FaultReconnect, true)...)
	for _, page := range pages() {
		if len(got[page]) != 1 || !strings.Contains(got[page][0], "connect it anew") {
			t.Errorf("the Selling Partner API is away, %s: %v", page, got[page])
		}
	}
	health := slices.DeleteFunc(of("spapi", source.FaultOffline, true), func(b jobs.Behind) bool { return b.Title != "Account health" })
	if got = told(health...); len(got) != 1 || len(got["accounthealth"]) != 1 {
		t.Errorf("account health is away: %v", got)
	}
	if got = told(of("spapi", source.FaultOffline, false)...); len(got) != 0 {
		t.Errorf("nothing is due: %v", got)
	}
	// Each feed is told on some page: what is fetched is shown. Each is away since another moment, so that none hides in few.
	feeds := d.Feeds()
	for i := range feeds {
		feeds[i].Fault, feeds[i].Reached = source.FaultOffline, today.Add(-time.Duration(i)*time.Hour)
	}
	all := ""
	for _, notices := range told(feeds...) {
		all += strings.Join(notices, "\n")
	}
	for _, b := range feeds {
		if strings.Contains(all, " "+b.Title+": nothing yet.") == slices.Contains(unseen(), b.Title) {
			t.Errorf("%s is away: %s", b.Title, all)
		}
	}
}

// unseen are feeds that no page rests on.
func unseen() []string { return []string{"FBA reimbursements"} }

func TestOfflineIsTold(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 25, 20, 0, 0, 0, time.UTC)
	d := app.OpenDesk(t, t.TempDir(), now)
	orders := jobs.Behind{Title: "Orders (live)", API: "spapi", Region: "eu", Fault: source.FaultOffline, Until: now.Add(-3 * time.Hour), Reached: now.Add(-time.Hour)}
	ads := jobs.Behind{Title: "Campaigns", API: "adsapi", Region: "eu", Fault: source.FaultOffline, Reached: now.Add(-2 * time.Hour)}
	busy := jobs.Behind{Title: "Stock", API: "spapi", Region: "na", Fault: source.FaultUnavailable}
	for name, c := range map[string]struct {
		all  []jobs.Behind
		want *app.OfflineOutput
	}{
		"all are reached":       {nil, nil},
		"reached, no answer":    {[]jobs.Behind{busy}, nil},
		"one":                   {[]jobs.Behind{orders}, &app.OfflineOutput{Whose: "Amazon", Since: "2026-11-25T19:00:00Z", Title: "Orders (live)", AsOf: "2026-11-25T17:00:00Z"}},
		"two, and what is here": {[]jobs.Behind{ads, busy, orders}, &app.OfflineOutput{Whose: "Amazon", Since: "2026-11-25T19:00:00Z", Title: "Orders (live)", AsOf: "2026-11-25T17:00:00Z"}},
		"nothing is here":       {[]jobs.Behind{ads}, &app.OfflineOutput{Whose: "Amazon", Since: "2026-11-25T18:00:00Z"}},
	} {
		d.Behind(c.all...)
		state, err := d.State()
		if err != nil {
			t.Fatal(err)
		}
		if (state.Offline == nil) != (c.want == nil) || c.want != nil && *state.Offline != *c.want {
			t.Errorf("%s: %+v", name, state.Offline)
		}
	}
	if o := app.OfflineOf(2, orders, busy); o.Whose != "Seller Central, Europe" {
		t.Errorf("one of two: %+v", o)
	}
	if o := app.OfflineOf(2, orders, ads); o.Whose != "Amazon" {
		t.Errorf("both of two: %+v", o)
	}
}
