package jobs_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"purser/backend/core/source"
	"purser/backend/services/jobs"
)

// given are documents that were given to be stored.
type given struct {
	name    string
	rows    int64
	doubted bool
}

// noting has the rig note what is given to be stored, as often as it is.
func (r *rig) noting(into *[]given) {
	r.opts = func(o *jobs.Options) {
		o.Import = func(ctx context.Context, docs []source.Fetched) (jobs.Imported, error) {
			r.mu.Lock()
			for _, d := range docs {
				*into = append(*into, given{d.File.Name, d.File.Size, d.Doubted})
			}
			r.mu.Unlock()
			return r.importing(ctx, docs)
		}
	}
}

// TestWhatIsNotBelievedIsGivenAsDoubted: before an answer is stored it is said whether it counts should it have no rows.
func TestWhatIsNotBelievedIsGivenAsDoubted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := trafficFeed()
		f.Again = nil
		r := newRig(t, f)
		var docs []given
		r.noting(&docs)
		r.start()
		time.Sleep(20*aDay + 40*time.Minute)
		synctest.Wait()
		past := len(docs)
		empty := r.clock.Now().AddDate(0, 0, -2).Truncate(aDay)
		r.amz.sells(func(a source.Ask) int {
			if a.Day.Time().Equal(empty) {
				return 0
			}
			return 5
		})
		time.Sleep(2 * aDay)
		synctest.Wait()
		r.end()
		r.start()
		time.Sleep(2 * aDay)
		synctest.Wait()
		var doubts []bool
		for _, d := range docs[past:] {
			if d.rows == 0 {
				doubts = append(doubts, d.doubted)
			}
		}
		if len(doubts) != 13 {
			t.Fatalf("given %d times: %v", len(doubts), doubts)
		}
		for i, doubted := range doubts {
			if doubted != (i < 12) {
				t.Errorf("time %d: doubted %v", i+1, doubted)
			}
		}
		if s := r.stream(f.Name, ""); s.State != "fresh" {
			t.Errorf("%+v", s)
		}
		r.end()
	})
}

// pair gives two documents at once, of which the first has no rows from a day on.
type pair struct {
	client
	from time.Time
}

func (c *pair) Step(_ context.Context, a source.Ask) (source.Step, error) {
	docs := append(c.documents(a, 1), c.documents(a, 2)...)
	if a.To.After(c.from) {
		docs[0].File.Size = 0
	}
	return source.Step{Done: true, Documents: docs}, nil
}

// TestNoRowsBesideRowsAreBelieved: of one answer that has rows every document counts.
func TestNoRowsBesideRowsAreBelieved(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		f := allOrdersFeed()
		c := &pair{client{name: "spapi", feeds: []source.Feed{f}, a: r.amz}, begin.Add(15 * aDay)}
		r.amz.sells(func(source.Ask) int { return 5 })
		r.apis = []source.API{c}
		var docs []given
		r.noting(&docs)
		r.start()
		time.Sleep(20 * aDay)
		synctest.Wait()
		last := map[string]given{} // what was said of a document in the end
		empty := 0
		for _, d := range docs {
			last[d.name] = d
		}
		for _, d := range last {
			if d.rows > 0 || !strings.HasSuffix(d.name, "|1") {
				continue
			}
			if empty++; d.doubted {
				t.Errorf("%+v is left out", d)
			}
		}
		if s := r.stream(f.Name, ""); empty < 4 || s.State != "fresh" {
			t.Errorf("%d without rows, %+v", empty, s)
		}
		r.end()
	})
}
