package app_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"purser/app"
	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/platform/clock"
	"purser/backend/platform/httpx"
	"purser/backend/platform/ratelimit"
	"purser/backend/platform/sqlite"
	"purser/backend/services/catalog"
	"purser/backend/services/ingest"
	"purser/backend/services/jobs"
	"purser/backend/services/modulehost"
	"purser/backend/sources/adsapi"
	"purser/backend/sources/simulator/practice"
	"purser/backend/sources/spapi"
)

// folder is an open data folder with what brings data into it: the clients, the engine of jobs, ingest and all modules.
// Rules, decisions and everything that a person sees are left out: they only read.
type folder struct {
	market, ledger *sqlite.DB
	host           *modulehost.Host
	ingest         *ingest.Service
	jobs           *jobs.Service
	api            *jobs.API
	stop           context.CancelFunc
	ran            chan error

	mu        sync.Mutex
	lost      [][2]string // API and region that nothing can be had of until a person connects anew
	documents atomic.Int64
}

// wire carries requests to a practice Amazon of this process. An answer that is broken off reaches its reader so.
type wire struct {
	to    *practice.Server
	asked func() // before each request; nil: nothing
}

// RoundTrip implements http.RoundTripper.
func (w wire) RoundTrip(r *http.Request) (*http.Response, error) {
	if w.asked != nil {
		w.asked()
	}
	rec := httptest.NewRecorder()
	r.RemoteAddr = "127.0.0.1:1"
	broken := func() (broken bool) {
		defer func() {
			if p := recover(); p != nil {
				if p != http.ErrAbortHandler { //nolint:errorlint // it is that very value
					panic(p)
				}
				broken = true
			}
		}()
		w.to.ServeHTTP(rec, r)
		return false
	}()
	if broken && !rec.Flushed {
		return nil, io.EOF
	}
	res := rec.Result()
	if broken {
		res.Body = cut{res.Body}
	}
	return res, nil
}

// cut is a body whose end never came.
type cut struct{ io.ReadCloser }

// Read implements io.Reader.
func (c cut) Read(b []byte) (int, error) {
	n, err := c.ReadCloser.Read(b)
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// openFolder opens a data folder that is connected to the practice Amazon in some marketplaces. Nothing is asked for yet.
func openFolder(ctx context.Context, dir string, amazon *practice.Server, markets []string, past time.Duration, asked func()) (f *folder, err error) {
	f = &folder{}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.close())
		}
	}()
	clk, log := clock.Real{}, slog.New(slog.DiscardHandler)
	if f.market, err = sqlite.Open(ctx, filepath.Join(dir, "market.db"), sqlite.Options{}); err != nil {
		return f, err
	}
	if f.ledger, err = sqlite.Open(ctx, filepath.Join(dir, "ledger.db"), sqlite.Options{Durable: true}); err != nil {
		return f, err
	}
	items, err := catalog.New(ctx, f.market, f.ledger, clk)
	if err != nil {
		return f, err
	}
	files := app.Files()
	kinds := map[string]source.Kind{}
	for _, k := range files.Kinds() {
		kinds[k.Name] = k
	}
	f.host = modulehost.New(modulehost.Deps{Market: f.market, Catalog: items, Clock: clk, Log: log, Kinds: files.Kinds()}, app.Modules())
	f.ingest, err = ingest.New(ctx, ingest.Deps{
		Market: f.market, Source: files, Modules: f.host, Clock: clk, Log: log, Dir: filepath.Join(dir, "documents"), Undone: items.Reset,
		Changed: f.host.Bump,
	})
	if err != nil {
		return f, err
	}
	if err := f.connect(ctx, amazon, markets, past, kinds, asked); err != nil {
		return f, err
	}
	f.host.Start(ctx)
	return f, f.host.Wait(ctx)
}

func (f *folder) connect(ctx context.Context, amazon *practice.Server, markets []string, past time.Duration, kinds map[string]source.Kind, asked func()) error {
	clk := clock.Real{}
	buckets, err := jobs.NewBuckets(ctx, f.market, clk)
	if err != nil {
		return err
	}
	hc := httpx.New(httpx.Options{UserAgent: httpx.UserAgent("Purser", "test"), Clock: clk, Transport: wire{amazon, asked}})
	limits := ratelimit.New(clk, buckets)
	at := func(api string) (map[string]string, string, func(context.Context, string) (spapi.Credentials, error)) {
		const base = "http://127.0.0.1:8099"
		ends := map[string]string{}
		for _, r := range amazon.Regions() {
			ends[r] = base + "/" + api + "/" + r
		}
		return ends, base + "/auth/o2/token", func(_ context.Context, region string) (spapi.Credentials, error) {
			return spapi.Credentials(amazon.Credentials(api, region)), nil
		}
	}
	ends, token, let := at("spapi")
	sp := spapi.New(spapi.Options{
		HTTP: hc, Limits: limits, Clock: clk, Endpoints: ends, TokenURL: token, Credentials: let,
		Seller: func(context.Context, string) (string, error) { return amazon.SellerID(), nil },
	})
	ends, token, let = at("ads")
	ads := adsapi.New(adsapi.Options{HTTP: hc, Limits: limits, Clock: clk, Endpoints: ends, TokenURL: token, Credentials: let})
	f.jobs, err = jobs.Open(ctx, jobs.Options{
		DB: f.market, APIs: []source.API{sp, ads}, Places: sites(markets), Import: f.fetched, Clock: clk, Buckets: buckets, Seed: 1,
		Settles:     func(kind string) time.Duration { return kinds[kind].Settles },
		History:     func(feed source.Feed) time.Duration { return min(feed.History, past) },
		OnReconnect: func(api, region string, _ time.Time, _ error) { f.lose(api, region) },
	})
	f.api = &jobs.API{}
	jobs.Attach(ctx, f.api, f.jobs)
	for _, api := range []string{spapi.Name, adsapi.Name} { // whoever opens it sees what had been lost before
		for _, r := range amazon.Regions() {
			f.lose(api, r)
		}
	}
	return err
}

func sites(markets []string) func(context.Context) ([]jobs.Site, error) {
	return func(context.Context) ([]jobs.Site, error) {
		var out []jobs.Site
		for _, code := range markets {
			m, _ := core.MarketplaceByCode(code)
			for _, api := range []string{spapi.Name, adsapi.Name} {
				out = append(out, jobs.Site{API: api, Region: strings.ToLower(m.Region), Marketplace: code, Zone: m.Zone()})
			}
		}
		return out, nil
	}
}

func (f *folder) lose(api, region string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.lost = append(f.lost, [2]string{api, region})
}

// reconnect is what a person does who was told that access is lost.
func (f *folder) reconnect(ctx context.Context) error {
	f.mu.Lock()
	lost := f.lost
	f.lost = nil
	f.mu.Unlock()
	var errs []error
	for _, l := range lost {
		errs = append(errs, f.jobs.Reconnected(ctx, l[0], l[1]))
	}
	return errors.Join(errs...)
}

// fetched stores documents as the session does.
func (f *folder) fetched(ctx context.Context, docs []source.Fetched) (jobs.Imported, error) {
	in := make([]ingest.Document, len(docs))
	for i, d := range docs {
		in[i] = ingest.Document{File: d.File, Options: d.Options, Doubted: d.Doubted}
	}
	f.documents.Add(int64(len(docs)))
	results, err := f.ingest.ImportDocuments(ctx, in, func(string, int, int) {})
	if err != nil {
		return jobs.Imported{}, err
	}
	var out jobs.Imported
	for _, r := range results {
		out.Rows += r.Rows
		out.Changed += r.Stored
		if r.Refused {
			words := r.File
			for _, p := range r.Problems {
				words += " " + p.Message
			}
			out.Refused = append(out.Refused, words+" "+strings.Join(r.Needs, " "))
		}
	}
	return out, nil
}

// run fetches until halt.
func (f *folder) run(ctx context.Context) {
	ctx, f.stop = context.WithCancel(ctx)
	f.ran = make(chan error, 1)
	go func() { f.ran <- f.jobs.Run(ctx) }()
}

// halt ends run; what is under way is broken off.
func (f *folder) halt() error {
	if f.stop == nil {
		return nil
	}
	f.stop()
	f.stop = nil
	return <-f.ran
}

func (f *folder) close() error {
	err := f.halt()
	if f.host != nil {
		f.host.Stop()
	}
	for _, db := range []*sqlite.DB{f.market, f.ledger} {
		if db != nil {
			err = errors.Join(err, db.Close())
		}
	}
	return err
}
