package jobs_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/platform/sqlite"
	"purser/backend/services/jobs"
)

// wall is a clock that is set: the bubble's time, and so much more.
type wall struct{ ahead atomic.Int64 }

func (w *wall) Now() time.Time { return time.Now().Add(time.Duration(w.ahead.Load())).UTC().Round(0) }

func (w *wall) set(t time.Time)      { w.ahead.Add(int64(t.Sub(w.Now()))) }
func (w *wall) jump(d time.Duration) { w.ahead.Add(int64(d)) }

// begin is when tests begin; in real time too far away from any change of clocks to matter.
var begin = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)

// amazon is what outlives the program: reports that were made, and what was asked for.
type amazon struct {
	mu       sync.Mutex
	clock    *wall
	next     int
	reports  map[string]string // id → key; gone once its document was fetched
	creates  map[string]int    // by key
	twice    []string          // keys of which a report was made while one was under way
	requests []request
	// rows says how many rows a window has; nil: one for each.
	rows func(a source.Ask) int
	// fail is asked before each request, and after each that changed something; nil: all is well.
	fail func(a source.Ask, op string) error
}

type request struct {
	at               time.Time
	feed, region, op string
	marketplace      string
	from, to         time.Time
	day              core.Day
	failed           bool
}

func newAmazon(c *wall) *amazon {
	return &amazon{clock: c, reports: map[string]string{}, creates: map[string]int{}}
}

func keyOf(a source.Ask) string {
	return fmt.Sprintf("%s|%s|%s|%s|%s|%s", a.Feed, a.Region, a.Marketplace, a.From.Format(time.RFC3339), a.To.Format(time.RFC3339), a.Day)
}

// state is what the client of a report keeps.
type state struct {
	Create bool   `json:"create,omitempty"` // announced
	Report string `json:"report,omitempty"`
	Polls  int    `json:"polls,omitempty"`
	Page   int    `json:"page,omitempty"`
}

// client is a scripted source.API.
type client struct {
	name  string
	feeds []source.Feed
	a     *amazon
	pages map[string]int // feeds that come page by page
	wait  time.Duration
	// before is called at the beginning of each step; nil: nothing is.
	before func(ctx context.Context, a source.Ask)
}

func (c *client) Name() string         { return c.name }
func (c *client) Feeds() []source.Feed { return c.feeds }

func (c *client) Places(context.Context, string) (source.Places, error) { return source.Places{}, nil }

func (c *client) Probe(context.Context, string, string) (source.Capability, error) {
	return source.Capability{}, nil
}

// call notes a request and fails it if the script says so.
func (c *client) call(a source.Ask, op string) error {
	c.a.mu.Lock()
	defer c.a.mu.Unlock()
	r := request{at: c.a.clock.Now(), feed: a.Feed, region: a.Region, marketplace: a.Marketplace, op: op, from: a.From, to: a.To, day: a.Day}
	var err error
	if c.a.fail != nil {
		err = c.a.fail(a, op)
	}
	r.failed = err != nil
	c.a.requests = append(c.a.requests, r)
	return err
}

func (c *client) Step(ctx context.Context, a source.Ask) (source.Step, error) {
	c.a.mu.Lock()
	before := c.before
	c.a.mu.Unlock()
	if before != nil {
		before(ctx, a)
	}
	var s state
	if a.State != nil {
		if err := json.Unmarshal(a.State, &s); err != nil {
			return source.Step{}, err
		}
	}
	if n, ok := c.pages[a.Feed]; ok {
		return c.page(a, s, n)
	}
	switch {
	case s.Report == "" && !s.Create:
		return c.give(state{Create: true}, source.Step{}), nil
	case s.Report == "":
		return c.create(a)
	case s.Polls < 2:
		if err := c.call(a, "getReport"); err != nil {
			return source.Step{}, err
		}
		s.Polls++
		return c.give(s, source.Step{Wait: c.wait}), nil
	}
	if err := c.call(a, "getReportDocument"); err != nil {
		return source.Step{}, err
	}
	c.a.mu.Lock()
	delete(c.a.reports, s.Report)
	c.a.mu.Unlock()
	return c.give(s, source.Step{Done: true, Documents: c.documents(a, 1)}), nil
}

func (c *client) hook(before func(context.Context, source.Ask)) {
	c.a.mu.Lock()
	defer c.a.mu.Unlock()
	c.before = before
}

func (c *client) create(a source.Ask) (source.Step, error) {
	if a.Resumed {
		if err := c.call(a, "getReports"); err != nil {
			return source.Step{}, err
		}
		c.a.mu.Lock()
		defer c.a.mu.Unlock()
		for id, key := range c.a.reports {
			if key == keyOf(a) {
				return c.give(state{Report: id}, source.Step{Wait: c.wait}), nil
			}
		}
		return c.give(state{Create: true, Polls: 0}, source.Step{}), nil
	}
	if err := c.call(a, "createReport"); err != nil {
		return source.Step{}, err
	}
	c.a.mu.Lock()
	c.a.next++
	id, key := fmt.Sprint("r", c.a.next), keyOf(a)
	for _, k := range c.a.reports {
		if k == key {
			c.a.twice = append(c.a.twice, key)
		}
	}
	c.a.reports[id] = key
	c.a.creates[key]++
	var err error
	if c.a.fail != nil {
		if err = c.a.fail(a, "created"); faultIs(err, source.FaultThrottled) {
			err = nil // it would not have been made
		}
	}
	c.a.mu.Unlock()
	if err != nil {
		return source.Step{}, err
	}
	return c.give(state{Report: id}, source.Step{Wait: c.wait}), nil
}

func (c *client) page(a source.Ask, s state, n int) (source.Step, error) {
	if err := c.call(a, "page"); err != nil {
		return source.Step{}, err
	}
	s.Page++
	return c.give(s, source.Step{Documents: c.documents(a, s.Page), Done: s.Page >= n}), nil
}

func (c *client) documents(a source.Ask, page int) []source.Fetched {
	c.a.mu.Lock()
	defer c.a.mu.Unlock()
	n := 1
	if c.a.rows != nil {
		n = c.a.rows(a)
	}
	return []source.Fetched{{File: source.File{Name: fmt.Sprint(keyOf(a), "|", page), Size: int64(n)}, Request: "req"}}
}

func (c *client) give(s state, out source.Step) source.Step {
	out.State, _ = json.Marshal(s)
	return out
}

func faultIs(err error, f source.APIFault) bool {
	var e *source.APIError
	return errors.As(err, &e) && e.Fault == f
}

// fault makes an *APIError.
func fault(f source.APIFault, op string) error {
	return &source.APIError{
		Fault: f, API: "spapi", Operation: op, Message: "Amazon says " + string(f) + ".", Raw: `{"errors":[{"code":"X"}]}`, Request: "amzn-1", Status: 500,
	}
}

// rig is an engine with what it needs.
type rig struct {
	t     *testing.T
	dir   string
	clock *wall
	amz   *amazon
	apis  []source.API
	sites []jobs.Site
	opts  func(o *jobs.Options)

	mu     sync.Mutex
	docs   map[string]int // documents by name: how often they were imported
	alerts []jobs.Alert
	relink []string

	db   *sqlite.DB
	svc  *jobs.Service
	api  *jobs.API
	stop context.CancelFunc
	done chan struct{}
}

func newRig(t *testing.T, feeds ...source.Feed) *rig {
	t.Helper()
	c := &wall{}
	c.set(begin)
	a := newAmazon(c)
	r := &rig{t: t, dir: t.TempDir(), clock: c, amz: a, docs: map[string]int{}}
	r.apis = []source.API{&client{name: "spapi", feeds: feeds, a: a, pages: map[string]int{}, wait: 30 * time.Second}}
	r.sites = []jobs.Site{site("spapi", "US")}
	return r
}

func site(api, code string) jobs.Site {
	m, _ := core.MarketplaceByCode(code)
	return jobs.Site{API: api, Region: strings.ToLower(m.Region), Marketplace: m.Code, Zone: m.Zone()}
}

func (r *rig) client() *client { return r.apis[0].(*client) }

func (r *rig) importing(_ context.Context, docs []source.Fetched) (jobs.Imported, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out jobs.Imported
	for _, d := range docs {
		if r.docs[d.File.Name] == 0 {
			out.Changed += int(d.File.Size)
		}
		r.docs[d.File.Name]++
		out.Rows += int(d.File.Size)
	}
	return out, nil
}

// start opens the engine; the database is what it was.
func (r *rig) start() {
	r.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	db, err := sqlite.Open(ctx, r.dir+"/market.db", sqlite.Options{Readers: 1})
	if err != nil {
		r.t.Fatal(err)
	}
	o := jobs.Options{
		DB: db, APIs: r.apis, Clock: r.clock, Import: r.importing, Seed: 7, Pace: -1,
		Places: func(context.Context) ([]jobs.Site, error) {
			r.mu.Lock()
			defer r.mu.Unlock()
			return r.sites, nil
		},
		Alert: func(_ context.Context, a jobs.Alert) {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.alerts = append(r.alerts, a)
		},
		OnReconnect: func(api, region string, _ time.Time, _ error) {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.relink = append(r.relink, api+"/"+region)
		},
	}
	if r.opts != nil {
		r.opts(&o)
	}
	svc, err := jobs.Open(ctx, o)
	if err != nil {
		r.t.Fatal(err)
	}
	done := make(chan struct{})
	r.db, r.svc, r.stop, r.done, r.api = db, svc, cancel, done, &jobs.API{}
	jobs.Attach(ctx, r.api, svc)
	go func() { defer close(done); _ = svc.Run(ctx) }()
}

// end closes the engine as a person does.
func (r *rig) end() {
	r.t.Helper()
	r.stop()
	<-r.done
	if err := r.db.Close(); err != nil {
		r.t.Fatal(err)
	}
}

// stream finds a stream.
func (r *rig) stream(feed, marketplace string) jobs.StreamOutput {
	r.t.Helper()
	for _, s := range r.svc.Streams() {
		if s.Feed == feed && (marketplace == "" || s.Marketplace == marketplace) {
			return s
		}
	}
	r.t.Fatalf("no stream %s %s", feed, marketplace)
	return jobs.StreamOutput{}
}

// asked counts the requests of a feed and an operation ("" for all).
func (a *amazon) asked(feed, op string) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	n := 0
	for _, r := range a.requests {
		if (feed == "" || r.feed == feed) && (op == "" || r.op == op) {
			n++
		}
	}
	return n
}

func (a *amazon) forget() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.requests = nil
}

func (a *amazon) script(f func(a source.Ask, op string) error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.fail = f
}

// log is what was asked for.
func (a *amazon) log() []request {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.requests)
}

// made counts the reports by key.
func (a *amazon) made() map[string]int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return maps.Clone(a.creates)
}

func (a *amazon) sells(rows func(source.Ask) int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.rows = rows
}

func (r *rig) at(sites ...jobs.Site) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sites = sites
}

func (r *rig) told() []jobs.Alert {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.alerts)
}

func (r *rig) received() map[string]int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return maps.Clone(r.docs)
}

// dice are faults at random.
func dice(rng *rand.Rand, share float64, faults ...source.APIFault) func(source.Ask, string) error {
	return func(_ source.Ask, op string) error {
		if rng.Float64() < share {
			return fault(faults[rng.IntN(len(faults))], op)
		}
		return nil
	}
}
