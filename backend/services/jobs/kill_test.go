package jobs_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"purser/backend/core/source"
	"purser/backend/platform/sqlite"
	"purser/backend/services/jobs"
)

const (
	childDir = "PURSER_JOBS_TEST_DIR" // set in the process that is killed
	childURL = "PURSER_JOBS_TEST_URL"
)

func killFeeds() []source.Feed {
	traffic, all, stock := trafficFeed(), allOrdersFeed(), stockFeed()
	traffic.Again, traffic.History = nil, 25*aDay
	return []source.Feed{all, traffic, stock}
}

// remote is the client of the process that is killed: what it does, it does in this one.
type remote struct{ url string }

func (c remote) Name() string         { return "spapi" }
func (c remote) Feeds() []source.Feed { return killFeeds() }

func (c remote) Places(context.Context, string) (source.Places, error) { return source.Places{}, nil }

func (c remote) Probe(context.Context, string, string) (source.Capability, error) {
	return source.Capability{}, nil
}

func (c remote) post(ctx context.Context, path string, in, out any) error {
	b, err := json.Marshal(in)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url+path, strings.NewReader(string(b)))
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		return fault(source.FaultUnavailable, path)
	}
	return json.NewDecoder(res.Body).Decode(out)
}

// answer is a step as it goes over the wire.
type answer struct {
	State []byte
	Docs  []string
	Done  bool
}

func (c remote) Step(ctx context.Context, a source.Ask) (source.Step, error) {
	var w answer
	if err := c.post(ctx, "/step", a, &w); err != nil {
		return source.Step{}, err
	}
	out := source.Step{State: w.State, Done: w.Done}
	for _, d := range w.Docs {
		out.Documents = append(out.Documents, source.Fetched{File: source.File{Name: d, Size: 1}})
	}
	return out, nil
}

// TestChild is the process that is killed; it does nothing unless it is one.
func TestChild(t *testing.T) {
	t.Parallel()
	dir := os.Getenv(childDir)
	if dir == "" {
		t.Skip("only for the process that is killed")
	}
	c := remote{os.Getenv(childURL)}
	db, err := sqlite.Open(t.Context(), dir+"/market.db", sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	w := &wall{}
	w.set(begin)
	svc, err := jobs.Open(t.Context(), jobs.Options{
		DB: db, APIs: []source.API{c}, Clock: w, Pace: -1,
		Places: func(context.Context) ([]jobs.Site, error) { return []jobs.Site{site("spapi", "US")}, nil },
		Import: func(ctx context.Context, docs []source.Fetched) (jobs.Imported, error) {
			var ok bool
			err := c.post(ctx, "/import?doc="+url.QueryEscape(docs[0].File.Name), nil, &ok)
			return jobs.Imported{Rows: 1}, err
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	api := &jobs.API{}
	jobs.Attach(t.Context(), api, svc)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	go func() {
		for ctx.Err() == nil {
			if p := svc.Progress(); p.Streams > 0 && p.Whole == p.Streams {
				cancel()
			}
			select {
			case <-time.After(10 * time.Millisecond):
			case <-ctx.Done():
			}
		}
	}()
	if err := svc.Run(ctx); err != nil {
		t.Fatal(err)
	}
	if p := svc.Progress(); p.Whole != p.Streams {
		t.Fatalf("not whole: %+v", p)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	fmt.Println("WHOLE")
}

// TestKilledAtAnyMoment kills the process again and again; what it did is told by who answered it.
func TestKilledAtAnyMoment(t *testing.T) {
	t.Parallel()
	kills := 20
	if os.Getenv("PURSER_GATE") == "1" {
		kills = 100
	}
	rng := rand.New(rand.NewPCG(3, 5))
	w := &wall{}
	w.set(begin)
	var after atomic.Int64 // requests until the process is killed
	kill := make(chan struct{}, 1)
	r := &rig{t: t, clock: w, amz: newAmazon(w), docs: map[string]int{}}
	c := &client{name: "spapi", feeds: killFeeds(), a: r.amz, pages: map[string]int{"spapi.stock": 3}}
	hit := func() bool {
		if after.Add(-1) != 0 {
			return false
		}
		kill <- struct{}{}
		return true
	}
	srv := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, in *http.Request) {
		b, _ := io.ReadAll(in.Body) // or nobody notices that who asked is gone
		r.mu.Lock()
		before := rng.IntN(2) == 0
		r.mu.Unlock()
		if before && hit() {
			<-in.Context().Done()
			return
		}
		var answered any = true
		if doc := in.URL.Query().Get("doc"); doc != "" {
			r.mu.Lock()
			r.docs[doc]++
			r.mu.Unlock()
		} else {
			var a source.Ask
			if err := json.Unmarshal(b, &a); err != nil {
				t.Error(err)
			}
			s, err := c.Step(in.Context(), a)
			if err != nil {
				t.Error(err)
			}
			reply := answer{State: s.State, Done: s.Done}
			for _, d := range s.Documents {
				reply.Docs = append(reply.Docs, d.File.Name)
			}
			answered = reply
		}
		if !before && hit() { // it was done, and nobody hears of it
			<-in.Context().Done()
			return
		}
		_ = json.NewEncoder(out).Encode(answered)
	}))
	defer srv.Close()
	dir := t.TempDir()
	for i := 0; ; i++ {
		if i < kills {
			r.mu.Lock()
			after.Store(1 + rng.Int64N(max(1, int64(400/kills))))
			r.mu.Unlock()
		} else {
			after.Store(0)
		}
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestChild$", "-test.v")
		cmd.Env = append(os.Environ(), childDir+"="+dir, childURL+"="+srv.URL)
		ended := make(chan string, 1)
		var said bytes.Buffer
		cmd.Stdout, cmd.Stderr = &said, &said
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		go func() {
			err := cmd.Wait()
			ended <- fmt.Sprint(said.String(), err)
		}()
		select {
		case <-kill:
			_ = cmd.Process.Kill()
			<-ended
			continue
		case text := <-ended:
			if !strings.Contains(text, "WHOLE") {
				t.Fatalf("run %d: %s", i, text)
			}
			if i < kills {
				t.Logf("whole after %d kills", i)
			}
		}
		break
	}
	if len(r.amz.twice) > 0 {
		t.Errorf("made while one was under way: %v", r.amz.twice)
	}
	days, windows := map[string]bool{}, map[string]bool{}
	for name := range r.received() {
		switch p := strings.Split(name, "|"); p[0] {
		case "spapi.traffic":
			days[p[5]] = true
		case "spapi.all_orders":
			windows[p[3]] = true
		}
	}
	if len(days) != 22 || len(windows) != 12 {
		t.Errorf("%d days and %d windows", len(days), len(windows))
	}
	for k, n := range r.amz.made() {
		if n != 1 {
			t.Errorf("%s was made %d times", k, n)
		}
	}
}
