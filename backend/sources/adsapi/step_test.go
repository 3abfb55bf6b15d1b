package adsapi_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"purser/backend/core/source"
	"purser/backend/sources/adsapi"
)

func ask(feed string) source.Ask {
	return source.Ask{
		Feed: feed, Region: "na", Marketplace: "US",
		From: time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC), To: time.Date(2026, 11, 25, 21, 30, 0, 0, time.UTC),
	}
}

// on makes one step and keeps its state, as the engine does.
func on(t *testing.T, c *adsapi.Client, a *source.Ask) source.Step {
	t.Helper()
	s, err := c.Step(t.Context(), *a)
	if err != nil {
		t.Fatal(err)
	}
	a.State = s.State
	return s
}

func read(t *testing.T, f source.Fetched) (head map[string]any, body string) {
	t.Helper()
	r, err := f.File.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	text, err := io.ReadAll(r)
	if err != nil || int64(len(text)) != f.File.Size {
		t.Fatalf("%d bytes of %d, %v", len(text), f.File.Size, err)
	}
	var d struct {
		Purser map[string]any  `json:"purser"`
		Body   json.RawMessage `json:"body"`
	}
	if err := json.Unmarshal(text, &d); err != nil || !strings.HasPrefix(string(text), `{"purser":{"api":"adsapi",`) {
		t.Fatalf("%v: %s", err, text)
	}
	return d.Purser, string(d.Body)
}

const rows = `[ {"date":"2026-11-20","campaignId":123456789012345678,"campaignName":"Spring","cost":26.349999999999998} ]`

// TestReports takes every report through all of its steps.
func TestReports(t *testing.T) {
	t.Parallel()
	for _, f := range adsapi.New(adsapi.Options{}).Feeds() {
		p := newPeer(t)
		p.report = []byte(rows)
		c, a := p.client(), ask(f.Name)
		if s := on(t, c, &a); p.count("createReport") != 0 || s.Done || len(s.State) == 0 {
			t.Errorf("%s: it is not announced: %+v", f.Name, s)
		}
		if s := on(t, c, &a); p.count("createReport") != 1 || s.Wait <= 0 || s.Late {
			t.Errorf("%s: %+v", f.Name, s)
		}
		var waited time.Duration
		for i := range 4 {
			p.clock.move(waited)
			s := on(t, c, &a)
			if s.Done || s.Wait <= 0 || s.Late {
				t.Errorf("%s: %d: %+v", f.Name, i, s)
			}
			waited = s.Wait
			p.made = "PROCESSING"
		}
		p.made = "COMPLETED"
		s := on(t, c, &a)
		if !s.Done || len(s.Documents) != 1 || p.count("createReport") != 1 {
			t.Fatalf("%s: %+v", f.Name, s)
		}
		if want := time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC); !s.Covered.Equal(want) { // midnight in Los Angeles
			t.Errorf("%s: covered until %s", f.Name, s.Covered)
		}
		d := s.Documents[0]
		head, body := read(t, d)
		if body != rows || d.Options.Marketplace != "US" || d.Request != reportID || d.Options.ObservedAt.IsZero() {
			t.Errorf("%s: %s, %+v", f.Name, body, d)
		}
		var q struct {
			Start, End    string
			Configuration struct {
				Columns      []string
				ReportTypeID string
			}
		}
		json.Unmarshal([]byte(strings.NewReplacer("startDate", "start", "endDate", "end").Replace(p.asked[0])), &q)
		want := map[string]any{
			"api": "adsapi", "operation": "getReport", "region": "na", "marketplace": "US", "from": "2026-11-20", "to": "2026-11-24", "report": q.Configuration.ReportTypeID,
			"profile": profile, "currency": "USD", "timezone": "America/Los_Angeles", "fetched_at": head["fetched_at"],
		}
		if fmt.Sprint(head) != fmt.Sprint(want) || q.Start != "2026-11-20" || q.End != "2026-11-24" {
			t.Errorf("%s: %v, want %v; %+v", f.Name, head, want, q)
		}
	}
}

// TestColumnsAreThoseThatAreRead, and each of them is documented for its report.
func TestColumnsThatAreRead(t *testing.T) {
	t.Parallel()
	needs := map[string]string{
		"adsapi.sp_campaigns":    "campaignStatus campaignBudgetAmount",
		"adsapi.sp_products":     "adGroupName advertisedSku advertisedAsin",
		"adsapi.sp_search_terms": "adGroupName targeting matchType searchTerm",
		"adsapi.sp_targets":      "adGroupName targeting matchType",
	}
	for feed, columns := range needs {
		p := newPeer(t)
		c, a := p.client(), ask(feed)
		on(t, c, &a)
		on(t, c, &a)
		for _, column := range strings.Fields("date campaignName impressions clicks cost sales7d purchases7d unitsSoldClicks7d campaignBudgetCurrencyCode " + columns) {
			if !strings.Contains(p.asked[0], `"`+column+`"`) {
				t.Errorf("%s does not ask for %s", feed, column)
			}
		}
	}
}

// Mode 31: after three hours it is late, and still waited for by its id; after a day a person is told.
// No second report is asked for while one is under way.
func TestMode31_PendingForHours(t *testing.T) {
	t.Parallel()
	p := newPeer(t)
	c, a := p.client(), ask("adsapi.sp_campaigns")
	on(t, c, &a)
	began := p.clock.Now()
	wait := on(t, c, &a).Wait
	polls := 0
	for {
		p.clock.move(wait)
		s, err := c.Step(t.Context(), a)
		age := p.clock.Now().Sub(began)
		if err != nil {
			var e *source.APIError
			if !errors.As(err, &e) || e.Fault != source.FaultFatal || age < 24*time.Hour {
				t.Errorf("after %s: %v", age, err)
			}
			break
		}
		if s.Late != (age >= 3*time.Hour) {
			t.Errorf("after %s late is %v", age, s.Late)
		}
		if !strings.Contains(string(s.State), reportID) || s.Wait <= 0 || s.Wait > 10*time.Minute {
			t.Fatalf("%s, %+v", s.State, s)
		}
		a.State, wait = s.State, s.Wait
		a.Resumed = polls == 20 // after a restart it goes on by its id
		if polls++; polls > 1000 {
			t.Fatal("it never ends")
		}
	}
	if n := p.count("createReport"); n != 1 {
		t.Errorf("%d reports were asked for", n)
	}
	if polls > 350 {
		t.Errorf("asked after %d times in a day", polls)
	}
}

// Mode 31: what was asked for right before a crash is found by asking again.
func TestMode31_ReusedOn425(t *testing.T) {
	t.Parallel()
	p := newPeer(t)
	c, a := p.client(), ask("adsapi.sp_targets")
	on(t, c, &a)
	lost := a
	on(t, c, &lost) // its answer was not stored
	a.Resumed = true
	s := on(t, p.client(), &a)
	if !strings.Contains(string(s.State), reportID) || p.count("createReport") != 2 {
		t.Errorf("%s", s.State)
	}
	p.made, p.report = "COMPLETED", []byte(`[]`)
	if s := on(t, c, &a); !s.Done || len(s.Documents) != 1 {
		t.Errorf("%+v", s)
	}
	p.override = func(operation string, _ int) (int, http.Header, string) {
		return map[string]int{"createReport": 425}[operation], nil, `{"code":"425","detail":"Try later"}`
	}
	a = ask("adsapi.sp_targets")
	on(t, c, &a)
	if _, err := c.Step(t.Context(), a); err == nil {
		t.Error("a 425 that names no report was taken for one")
	}
}

// Mode 32: each wait is longer than the one before, none is at once, and after a day a
// person hears that files do it too.
func TestMode32_ThrottledWithoutRetryAfter(t *testing.T) {
	t.Parallel()
	p := newPeer(t)
	p.override = func(operation string, _ int) (int, http.Header, string) {
		if operation == "createReport" {
			return 429, nil, `{"code":"429","details":"Too Many Requests"}`
		}
		return 0, nil, ""
	}
	c, a := p.client(), ask("adsapi.sp_campaigns")
	on(t, c, &a)
	began, longest := p.clock.Now(), time.Duration(0)
	for i := range 500 {
		s, err := c.Step(t.Context(), a)
		age := p.clock.Now().Sub(began)
		if err != nil {
			var e *source.APIError
			if !errors.As(err, &e) || e.Fault != source.FaultThrottled || age < 24*time.Hour || !strings.Contains(e.Message, "file") {
				t.Errorf("after %s: %+v", age, err)
			}
			break
		}
		if s.Wait < 5*time.Second || s.Wait > 31*time.Minute || s.Late != (age >= 3*time.Hour) {
			t.Fatalf("%d, after %s: %+v", i, age, s)
		}
		longest = max(longest, s.Wait)
		a.State = s.State
		p.clock.move(s.Wait)
	}
	if n := p.count("createReport"); n > 110 || longest < 15*time.Minute {
		t.Errorf("asked %d times in a day, waited %s at most", n, longest)
	}
}

// Mode 32: Retry-After is kept for what says so, and nothing else of its kind is asked meanwhile.
func TestMode32_RetryAfterIsKept(t *testing.T) {
	t.Parallel()
	p := newPeer(t)
	p.override = func(operation string, n int) (int, http.Header, string) {
		if operation == "createReport" && n == 1 {
			return 429, http.Header{"Retry-After": {"1234"}}, `{}`
		}
		return 0, nil, ""
	}
	c, a, b := p.client(), ask("adsapi.sp_campaigns"), ask("adsapi.sp_targets")
	on(t, c, &a)
	on(t, c, &b)
	if s := on(t, c, &a); s.Wait != 1234*time.Second {
		t.Errorf("waits %s", s.Wait)
	}
	if s := on(t, c, &b); s.Wait < 1200*time.Second || p.count("createReport") != 1 {
		t.Errorf("another one waits %s, asked %d times", s.Wait, p.count("createReport"))
	}
	p.clock.move(1235 * time.Second)
	if s := on(t, c, &a); !strings.Contains(string(s.State), reportID) {
		t.Errorf("%s", s.State)
	}
}

// TestDocumentsThatAreNone: what is no report is never given for one.
func TestDocumentsThatAreNone(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		report string
		gone   int
		made   string
		fault  source.APIFault
		waits  bool
	}{
		"a login page": {report: "<html>Sign in</html>", made: "COMPLETED", fault: source.FaultUnavailable},
		"an object":    {report: `{"a":1}`, made: "COMPLETED", fault: source.FaultUnavailable},
		"cut":          {report: `[{"a":1}`, made: "COMPLETED", fault: source.FaultUnavailable},
		"too old":      {report: `[]`, gone: 1, made: "COMPLETED", waits: true},
		"failed":       {made: "FAILED", fault: source.FaultFatal},
	} {
		p := newPeer(t)
		p.report, p.gone, p.made = []byte(c.report), c.gone, c.made
		cl, a := p.client(), ask("adsapi.sp_campaigns")
		on(t, cl, &a)
		on(t, cl, &a)
		s, err := cl.Step(t.Context(), a)
		var e *source.APIError
		switch {
		case c.waits && (err != nil || s.Wait <= 0 || s.Done):
			t.Errorf("%s: %+v, %v", name, s, err)
		case !c.waits && (!errors.As(err, &e) || e.Fault != c.fault || strings.Contains(fmt.Sprintf("%+v", *e), "c4n4ry")):
			t.Errorf("%s: %+v", name, err)
		}
		if !c.waits {
			continue
		}
		a.State = s.State
		if s := on(t, cl, &a); !s.Done {
			t.Errorf("%s: %+v", name, s)
		}
	}
}

// TestAddressThatStaysTooOld: it is not asked for without end.
func TestAddressThatStaysTooOld(t *testing.T) {
	t.Parallel()
	p := newPeer(t)
	p.made, p.gone = "COMPLETED", 100
	c, a := p.eager(), ask("adsapi.sp_campaigns")
	on(t, c, &a)
	on(t, c, &a)
	for range 10 {
		s, err := c.Step(t.Context(), a)
		if err != nil {
			if n := p.count("document"); n != 5 {
				t.Errorf("%d times: %v", n, err)
			}
			return
		}
		a.State = s.State
	}
	t.Error("it goes on without end")
}

// TestDays: only whole days of the profile, at most 31, and what is covered is what was asked for. The day in which a
// window ends is told where it is over by now; else the next window, which begins in it, tells it.
func TestDays(t *testing.T) {
	t.Parallel()
	at := func(s string) time.Time {
		v, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for name, c := range map[string]struct{ from, to, first, last, covered string }{
		"whole days":        {"2026-11-20T08:00:00Z", "2026-11-22T08:00:00Z", "2026-11-20", "2026-11-21", "2026-11-22T08:00:00Z"},
		"parts of days":     {"2026-11-20T20:00:00Z", "2026-11-22T20:00:00Z", "2026-11-20", "2026-11-22", "2026-11-22T20:00:00Z"},
		"part of a day":     {"2026-11-20T09:00:00Z", "2026-11-20T19:00:00Z", "2026-11-20", "2026-11-20", "2026-11-20T19:00:00Z"},
		"none is over":      {"2026-11-26T08:10:00Z", "2026-11-26T09:00:00Z", "", "", "2026-11-26T08:10:00Z"},
		"one goes on":       {"2026-11-24T08:00:00Z", "2026-11-26T09:00:00Z", "2026-11-24", "2026-11-25", "2026-11-26T08:00:00Z"},
		"one is just over":  {"2026-11-24T08:00:00Z", "2026-11-26T05:00:00Z", "2026-11-24", "2026-11-24", "2026-11-25T08:00:00Z"},
		"clocks go back":    {"2026-10-31T07:00:00Z", "2026-11-03T08:00:00Z", "2026-10-31", "2026-11-02", "2026-11-03T08:00:00Z"},
		"more than 31 days": {"2026-09-01T07:00:00Z", "2026-11-01T07:00:00Z", "2026-09-01", "2026-10-01", "2026-10-02T07:00:00Z"},
		"clocks go forward": {"2026-02-20T07:59:00Z", "2026-03-23T07:59:00Z", "2026-02-19", "2026-03-21", "2026-03-22T07:00:00Z"},
	} {
		p := newPeer(t)
		p.made, p.report = "COMPLETED", []byte(`[]`)
		cl, a := p.client(), ask("adsapi.sp_campaigns")
		a.From, a.To = at(c.from), at(c.to)
		s := on(t, cl, &a)
		for !s.Done {
			s = on(t, cl, &a)
		}
		if !s.Covered.Equal(at(c.covered)) {
			t.Errorf("%s: covered until %s", name, s.Covered.UTC())
		}
		if c.first == "" {
			if len(s.Documents) != 0 || s.Nothing == "" || len(p.asked) != 0 {
				t.Errorf("%s: %+v", name, s)
			}
			continue
		}
		if !strings.Contains(p.asked[0], `"startDate":"`+c.first+`","endDate":"`+c.last+`"`) {
			t.Errorf("%s: %s", name, p.asked[0])
		}
	}
}

// TestMarketplacesWithoutAProfile are asked about another day: nothing of the window is fetched, whatever was begun.
func TestMarketplacesWithoutAProfile(t *testing.T) {
	t.Parallel()
	p := newPeer(t)
	for market, region := range map[string]string{"BR": "na", "MX": "na", "DE": "eu"} { // MX has two
		for _, state := range []string{"", `{"phase":"create","since":1}`, `{"phase":"poll","id":"r-1","since":1}`} {
			a := ask("adsapi.sp_campaigns")
			a.Marketplace, a.Region, a.State = market, region, []byte(state)
			var e *source.APIError
			if s, err := p.client().Step(t.Context(), a); !errors.As(err, &e) || e.Fault != source.FaultNotOffered || !strings.Contains(e.Message, market) || s.Done {
				t.Errorf("%s, %s: %+v, %v", market, state, s, err)
			}
		}
	}
	a := ask("adsapi.nonsense")
	var e *source.APIError
	if _, err := p.client().Step(t.Context(), a); !errors.As(err, &e) || e.Fault != source.FaultInvalid {
		t.Errorf("%v", err)
	}
}

// TestStateOfAnotherVersion begins anew.
func TestStateOfAnotherVersion(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"{", "[]", `{"phase":"other"}`, `{"phase":"poll"}`, "null", `{"phase":7}`} {
		p := newPeer(t)
		a := ask("adsapi.sp_campaigns")
		a.State = []byte(text)
		if s := on(t, p.client(), &a); s.Done || !strings.Contains(string(s.State), "create") || p.count("createReport") != 0 {
			t.Errorf("%s: %+v", text, s)
		}
	}
}
