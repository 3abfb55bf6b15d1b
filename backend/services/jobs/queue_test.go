package jobs_test

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"purser/backend/core/source"
	"purser/backend/platform/ratelimit"
	"purser/backend/platform/sqlite"
	"purser/backend/services/jobs"
)

func TestOneOfAGroupAtATimeAndTheFirstFirst(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var feeds []source.Feed
		for i := range 6 {
			f := planningFeed()
			f.Name, f.Order = fmt.Sprint("spapi.f", 5-i), 5-i
			feeds = append(feeds, f)
		}
		r := newRig(t, feeds...)
		under, most := map[string]bool{}, 0
		r.client().before = func(_ context.Context, a source.Ask) {
			under[a.Feed] = true
			most = max(most, len(under))
			if len(a.State) > 20 { // its last step
				delete(under, a.Feed)
			}
		}
		r.start()
		time.Sleep(30 * time.Minute)
		synctest.Wait()
		i := 0
		for _, q := range r.amz.log() {
			if q.op == "createReport" {
				if want := fmt.Sprint("spapi.f", i); q.feed != want {
					t.Errorf("%s came, not %s", q.feed, want)
				}
				i++
			}
		}
		if i != 6 || most > 2 {
			t.Errorf("%d reports, %d at once", i, most)
		}
		r.end()
	})
}

// TestAsManyOfAGroupAsItAllows: reports are made beside each other, as many as the feed says and no more.
func TestAsManyOfAGroupAsItAllows(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var feeds []source.Feed
		for i := range 9 {
			f := planningFeed()
			f.Name, f.Order, f.Parallel = fmt.Sprint("spapi.f", i), i, 4
			feeds = append(feeds, f)
		}
		r := newRig(t, feeds...)
		under, most := map[string]bool{}, 0
		r.client().before = func(_ context.Context, a source.Ask) {
			under[a.Feed] = true
			most = max(most, len(under))
			if len(a.State) > 20 { // its last step
				delete(under, a.Feed)
			}
		}
		r.start()
		time.Sleep(30 * time.Minute)
		synctest.Wait()
		if n := r.amz.asked("", "createReport"); n != 9 || most < 4 || most > 5 { // the last step of one is not its end yet
			t.Errorf("%d reports, %d at once", n, most)
		}
		r.end()
	})
}

func TestAReportThatTakesHoursKeepsNobody(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, allOrdersFeed(), planningFeed())
		r.amz.script(func(a source.Ask, op string) error {
			if a.Feed == "spapi.all_orders" && op == "getReport" {
				return &source.APIError{Fault: source.FaultThrottled, Message: "Wait.", Status: 429, After: time.Minute}
			}
			return nil
		})
		r.start()
		time.Sleep(20 * time.Minute)
		synctest.Wait()
		if s := r.stream("spapi.planning", ""); s.State != "fresh" {
			t.Errorf("%+v", s)
		}
		r.end()
	})
}

func TestTheOldIsNotStarvedByTheNew(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		orders, all := ordersFeed(), allOrdersFeed()
		all.History = 85 * aDay
		orders.Every, orders.Group = time.Minute, "reports" // there is always something new
		r := newRig(t, orders, all)
		r.client().pages["spapi.orders"] = 1
		r.client().before = func(context.Context, source.Ask) { time.Sleep(70 * time.Second) }
		r.start()
		time.Sleep(3 * aDay)
		synctest.Wait()
		if s := r.stream("spapi.all_orders", ""); s.Filled != 100 {
			t.Errorf("%+v", s)
		}
		r.end()
	})
}

func TestTheBudgetOfADayKeepsBackOnlyWhatIsOld(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := trafficFeed()
		f.Again = nil
		r := newRig(t, f, planningFeed())
		r.opts = func(o *jobs.Options) {
			o.Budget = func(_, group string) int { return map[string]int{"traffic": 8}[group] }
		}
		r.start()
		time.Sleep(14*time.Hour + 30*time.Minute) // the UTC day ends
		synctest.Wait()
		if n := r.amz.asked(f.Name, "createReport"); n != 8 {
			t.Errorf("%d began on the first day", n)
		}
		time.Sleep(5 * aDay)
		synctest.Wait()
		if s := r.stream(f.Name, ""); s.State != "fresh" || s.Filled != 100 {
			t.Errorf("%+v", s)
		}
		q, err := r.api.Quota(jobs.DaysInput{Days: 90})
		if err != nil {
			t.Fatal(err)
		}
		sum := 0
		for _, d := range q.Days {
			if d.Group == f.Group {
				sum += d.Begun
				if d.Begun > 9 || // what is new comes all the same
					d.Planned != 1 || d.Requests < d.Begun {
					t.Errorf("%+v", d)
				}
			}
		}
		if sum != r.amz.asked(f.Name, "createReport") {
			t.Errorf("counted %d", sum)
		}
		r.end()
	})
}

func TestThePaceOfBeginnings(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, trafficFeed())
		r.opts = func(o *jobs.Options) { o.Pace, o.Burst = 5*time.Minute, 2 }
		r.start()
		time.Sleep(5 * time.Hour)
		synctest.Wait()
		if n := perHour(r.amz, "createReport"); n > 14 || n < 12 {
			t.Errorf("%d began in an hour", n)
		}
		p := r.svc.Progress()
		if p.Percent == 100 && p.Left != "" || p.Percent < 100 && p.Left == "" {
			t.Errorf("%+v", p)
		}
		r.end()
	})
}

func TestPlacesComeAndGo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, allOrdersFeed())
		r.start()
		time.Sleep(2 * time.Hour)
		r.at(site("spapi", "US"), site("spapi", "DE"))
		r.svc.Refresh()
		time.Sleep(2 * time.Hour)
		synctest.Wait()
		if s := r.stream("spapi.all_orders", "DE"); s.State != "fresh" || s.Region != "eu" {
			t.Errorf("%+v", s)
		}
		r.at(site("spapi", "DE"))
		time.Sleep(time.Hour)
		r.amz.forget()
		time.Sleep(2 * aDay)
		synctest.Wait()
		for _, q := range r.amz.log() {
			if q.marketplace != "DE" {
				t.Errorf("asked for %s", q.marketplace)
			}
		}
		if n := len(r.svc.Streams()); n != 1 {
			t.Errorf("%d streams", n)
		}
		if err := r.svc.Retain(t.Context(), func(_, region string) bool { return region != "eu" }); err != nil {
			t.Fatal(err)
		}
		if n := len(r.svc.Streams()); n != 0 {
			t.Errorf("%d streams after they were forgotten", n)
		}
		r.end()
	})
}

func TestBucketsOutliveTheProgram(t *testing.T) {
	t.Parallel()
	w := &wall{}
	w.set(begin)
	path := t.TempDir() + "/market.db"
	rate := ratelimit.Rate{PerSecond: 1.0 / 3600, Burst: 3}
	for i := range 2 {
		db, err := sqlite.Open(t.Context(), path, sqlite.Options{})
		if err != nil {
			t.Fatal(err)
		}
		b, err := jobs.NewBuckets(t.Context(), db, w)
		if err != nil {
			t.Fatal(err)
		}
		l := ratelimit.New(w, b)
		for j := range 3 {
			if wait := l.Take("na/createReport", rate); (wait == 0) != (i == 0) {
				t.Errorf("run %d, take %d: wait %s", i, j, wait)
			}
		}
		if err := b.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// While the one writer of the file is taken, tokens are given all the same, and what was taken is stored afterwards.
func TestBucketsWaitForNoFile(t *testing.T) {
	t.Parallel()
	w := &wall{}
	w.set(begin)
	db, err := sqlite.Open(t.Context(), t.TempDir()+"/market.db", sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	b, err := jobs.NewBuckets(t.Context(), db, w)
	if err != nil {
		t.Fatal(err)
	}
	held, release := make(chan struct{}), make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() {
		err := db.Write(context.Background(), func(*sql.Tx) error {
			close(held)
			<-release
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
	<-held
	l, rate := ratelimit.New(w, b), ratelimit.Rate{PerSecond: 1.0 / 3600, Burst: 3}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		l.Take("k", rate)
		all.Go(func() { // writing waits for the file, and nobody for it
			if err := b.Flush(context.Background()); err != nil {
				t.Error(err)
			}
		})
		for range 2 {
			w.jump(time.Minute)
			l.Take("k", rate)
		}
		l.Left("k", rate)
	}()
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		t.Error("who asks for a token waits for the file")
	}
	close(release)
	all.Wait()
	<-ended
	if err := b.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	again, err := jobs.NewBuckets(t.Context(), db, w)
	if err != nil {
		t.Fatal(err)
	}
	if left, _ := ratelimit.New(w, again).Left("k", rate); left > 0.1 {
		t.Errorf("%v tokens are left of what was taken", left)
	}
}

// What could not be written is written with the next, and the newer counts.
func TestBucketsThatCouldNotBeWritten(t *testing.T) {
	t.Parallel()
	w := &wall{}
	w.set(begin)
	db, err := sqlite.Open(t.Context(), t.TempDir()+"/market.db", sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	b, err := jobs.NewBuckets(t.Context(), db, w)
	if err != nil {
		t.Fatal(err)
	}
	l, rate := ratelimit.New(w, b), ratelimit.Rate{PerSecond: 1.0 / 3600, Burst: 3}
	l.Take("a", rate)
	l.Take("b", rate)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := b.Flush(ctx); err == nil {
		t.Error("it was written after it was called off")
	}
	l.Take("b", rate)
	if err := b.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	again, err := jobs.NewBuckets(t.Context(), db, w)
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]float64{"a": 2, "b": 1} {
		if left, _ := ratelimit.New(w, again).Left(key, rate); left < want || left > want+0.1 {
			t.Errorf("%s: %v left, want %v", key, left, want)
		}
	}
}

func TestBeforeAnythingIsConnected(t *testing.T) {
	t.Parallel()
	a := &jobs.API{}
	if out, err := a.Streams(); err == nil || out.Streams == nil {
		t.Error("streams of nothing")
	}
	if out, err := a.Asks(jobs.AsksInput{}); err == nil || out.Asks == nil {
		t.Error("asks of nothing")
	}
	if out, err := a.Quota(jobs.DaysInput{}); err == nil || out.Days == nil {
		t.Error("quotas of nothing")
	}
	if _, err := a.RunNow(jobs.StreamInput{}); err == nil {
		t.Error("nothing ran")
	}
	if _, err := a.Progress(); err == nil {
		t.Error("progress of nothing")
	}
	if _, err := jobs.Open(t.Context(), jobs.Options{}); err == nil {
		t.Error("opened without a database")
	}
}
