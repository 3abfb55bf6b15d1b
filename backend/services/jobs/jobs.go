// Package jobs keeps an account up to date through the APIs it is connected to.
//
// Input: feeds of APIs, the places an account sells in, a clock, and a function that imports documents.
// Output: documents asked for window by window and imported, cursors that outlive crashes, and for each stream how far
// it reaches, when it goes on and what stands in its way.
package jobs

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/platform/clock"
	"purser/backend/platform/sqlite"
)

//go:embed migrations/*.sql
var migrations embed.FS

//go:embed queries.sql
var queriesText string

// Topic is what Changed is told when streams or asks are different.
const Topic = "jobs"

// Site is one marketplace that an API of the account may be asked for.
type Site struct {
	API         string // "spapi"
	Region      string // "na"
	Marketplace string // code: "US"
	Zone        *time.Location
	Pace        time.Duration // of its region, where it is another than Options.Pace; 0: it is not
}

// Imported is what became of documents.
type Imported struct {
	Rows    int      // rows they have, known ones too; 0: Amazon gave nothing
	Changed int      // rows that were new or different
	Refused []string // for each document that is wrong in itself, why
}

// Alert is something that a person has to look at; it is told once.
type Alert struct {
	Key   string // stable: "jobs:held:spapi.all_orders:na:US"
	Title string
	Text  string // what happened and what to do
}

// Options of Open. DB, Places, Import and Clock are needed. Denied, OnReconnect, Alert and Import may call the Service;
// the other functions are called while it is locked.
type Options struct {
	DB   *sqlite.DB // the market file: what is in it can be had again
	APIs []source.API
	// Places lists what the account is connected to; it is asked at the start, on Refresh and every ten minutes.
	Places func(ctx context.Context) ([]Site, error)
	// Capability tells what is known of a capability (Feed.Needs); nil: nothing is.
	Capability func(ctx context.Context, api, region, name string) source.CapabilityState
	// Denied is told that an API refused for want of a capability; nil: nobody is.
	Denied func(ctx context.Context, api, region, capability string, err *source.APIError)
	// Import stores documents; the same ones again must change nothing. An error means that they could not be stored, whatever
	// is in them, and have to be given again.
	Import func(ctx context.Context, docs []source.Fetched) (Imported, error)
	Clock  clock.Clock
	Log    *slog.Logger
	// Changed is told that something is different; nil: nobody is.
	Changed func(topic string)
	// OnReconnect is told once that nothing works in a region until a person connects anew, and when what failed was asked;
	// nil: nobody is.
	OnReconnect func(api, region string, asked time.Time, err error)
	// Alert is told of what waits for a person; nil: nobody is.
	Alert func(ctx context.Context, a Alert)
	// History limits how far back a feed is asked for; nil: as far as the feed says.
	History func(f source.Feed) time.Duration
	// Settles says how long Amazon may restate a day of a kind of document; nil: it never does.
	Settles func(kind string) time.Duration
	// Title is how a person knows a kind of document; nil: by its name.
	Title func(kind string) string
	// Left words what is left of Amazon's quota for a group of operations; nil: nothing is said of it.
	Left func(api, region, group string) string
	// Budget is how many asks of a group may begin in a UTC day before what is old has to wait for the next; nil or 0:
	// no limit. What is new never waits for it.
	Budget func(api, group string) int
	// Pace is the shortest time between the beginnings of two asks of a region once Burst have begun; 0: 20 s, negative: none.
	Pace time.Duration
	// Burst is how many asks may begin one after the other; 0: 15, what Amazon allows of reports.
	Burst int
	// Buckets is written to the file by Run; nil: there is none. See NewBuckets.
	Buckets *Buckets
	// Seed of the jitter; 0: another one each time.
	Seed uint64
}

// Service is the engine. It is safe for concurrent use.
type Service struct {
	o     Options
	q     sqlite.Queries
	apis  map[string]source.API
	feeds map[string]source.Feed
	wake  chan struct{}

	seekNow atomic.Bool // the places have changed
	write   sync.Mutex  // held by who changes anything, over what is written to the database
	mu      sync.Mutex  // held while what follows is read, or replaced by what was written
	model
	rand *rand.Rand // for who holds write
}

// model is all that is known, as it is in the database. Streams and asks are never changed but replaced.
type model struct {
	streams map[int64]*stream
	byKey   map[streamKey]int64
	asks    map[int64]*ask // what is not done
	lanes   map[laneKey]*lane
	quota   map[quotaKey]*counts // of this UTC day and the last
	paused  bool                 // everything is
	sites   []Site
	sitesAt time.Time
	last    time.Time // when the clock was last looked at
	pruned  core.Day
	cancel  map[int64]context.CancelFunc // of steps under way
}

type streamKey struct{ feed, region, marketplace string }

type laneKey struct{ api, region string }

type quotaKey struct {
	day                core.Day
	api, region, group string
}

type counts struct{ requests, begun int }

// Open migrates the tables and reads what was under way. Nothing is asked for before Run.
func Open(ctx context.Context, o Options) (*Service, error) {
	if o.DB == nil || o.Places == nil || o.Import == nil || o.Clock == nil {
		return nil, errors.New("jobs need a database, places, an import and a clock")
	}
	q, err := prepare(ctx, o.DB)
	if err != nil {
		return nil, err
	}
	o = withDefaults(o)
	s := &Service{
		o: o, q: q, apis: map[string]source.API{}, feeds: map[string]source.Feed{}, wake: make(chan struct{}, 1),
		rand: rand.New(rand.NewPCG(o.Seed, o.Seed^0x9e3779b97f4a7c15)), //nolint:gosec // jitter is no secret
	}
	for _, a := range o.APIs {
		s.apis[a.Name()] = a
		for _, f := range a.Feeds() {
			s.feeds[f.Name] = f
		}
	}
	if err := s.load(ctx); err != nil {
		return nil, err
	}
	return s, nil
}

// prepare migrates the tables and parses the queries.
func prepare(ctx context.Context, db *sqlite.DB) (sqlite.Queries, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, fmt.Errorf("open the migrations of jobs: %w", err)
	}
	if err := db.Migrate(ctx, "jobs", files); err != nil {
		return nil, err
	}
	q, err := sqlite.ParseQueries(queriesText)
	if err != nil {
		return nil, fmt.Errorf("queries of jobs: %w", err)
	}
	return q, db.PrepareAll(ctx, q)
}

func withDefaults(o Options) Options {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Changed == nil {
		o.Changed = func(string) {}
	}
	if o.OnReconnect == nil {
		o.OnReconnect = func(string, string, time.Time, error) {}
	}
	if o.Denied == nil {
		o.Denied = func(context.Context, string, string, string, *source.APIError) {}
	}
	if o.Alert == nil {
		o.Alert = func(context.Context, Alert) {}
	}
	if o.Capability == nil {
		o.Capability = func(context.Context, string, string, string) source.CapabilityState { return source.UnknownGrant }
	}
	if o.History == nil {
		o.History = func(f source.Feed) time.Duration { return f.History }
	}
	if o.Settles == nil {
		o.Settles = func(string) time.Duration { return 0 }
	}
	if o.Title == nil {
		o.Title = func(kind string) string { return kind }
	}
	if o.Left == nil {
		o.Left = func(string, string, string) string { return "" }
	}
	if o.Budget == nil {
		o.Budget = func(string, string) int { return 0 }
	}
	if o.Pace == 0 {
		o.Pace = 20 * time.Second
	}
	if o.Burst == 0 {
		o.Burst = 15
	}
	if o.Seed == 0 {
		o.Seed = rand.Uint64() //nolint:gosec // jitter is no secret
	}
	return o
}

// poke has Run look again.
func (s *Service) poke() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// Refresh has the places read again: the account was connected to another one.
func (s *Service) Refresh() {
	s.seekNow.Store(true)
	s.poke()
}
