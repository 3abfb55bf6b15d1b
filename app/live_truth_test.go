package app_test

import (
	"context"
	"maps"
	"os"
	"runtime/debug"
	"slices"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"purser/backend/sources/simulator/practice"
)

// lived are the figures of all lives of a run.
type lived struct {
	mu                                               sync.Mutex
	lives, requests, documents, rows, kills, differs int
	shown                                            map[string]int // faults that befell something, by name
}

// TestLiveTruth lets accounts be read through the APIs while everything goes wrong that can, and compares what is
// stored in the end with what there was to know. PURSER_GATE=1: 200 accounts, two months each, and 100 kills;
// PURSER_SEED=7: that account alone.
func TestLiveTruth(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	first, lives, days, killed, kills := uint64(1), 3, 12, 3, 4
	if os.Getenv("PURSER_GATE") == "1" {
		lives, days, killed, kills = 200, 60, 20, 10
	}
	if n, err := strconv.ParseUint(os.Getenv("PURSER_SEED"), 10, 64); err == nil { // one account alone, whole
		first, lives, days, killed = n, 1, 60, 1<<30
	}
	all := &lived{shown: map[string]int{}}
	t.Run("lives", func(t *testing.T) {
		for seed := first; seed < first+uint64(lives); seed++ {
			l, dir := lifeOf(seed, days), t.TempDir()
			t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) {
				t.Parallel()
				if int(seed)%killed == 0 {
					all.killed(t, l, dir, kills)
					return
				}
				synctest.Test(t, func(t *testing.T) { all.whole(t, l, dir) })
			})
		}
	})
	t.Logf("%d accounts of %d days, %d requests, %d documents, %d rows compared, %d differences, %d kills, %d kinds of faults: %v",
		all.lives, days, all.requests, all.documents, all.rows, all.differs, all.kills, len(all.shown), slices.Sorted(maps.Keys(all.shown)))
}

// whole lives a life in this process.
func (s *lived) whole(t *testing.T, l life, dir string) {
	t.Helper()
	time.Sleep(time.Until(l.begin))
	amazon, err := l.amazon("")
	if err != nil {
		t.Fatal(err)
	}
	v, err := l.whole(t.Context(), dir, amazon, nil)
	if err != nil {
		t.Errorf("%s: %v", l, err)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lives, s.rows, s.documents, s.differs = s.lives+1, s.rows+v.compared(), s.documents+v.documents, s.differs+len(v.differences)
	for _, c := range amazon.Counts() {
		s.requests += c.Requests
	}
	for name, n := range amazon.Shown() {
		s.shown[name] += n
	}
	if len(v.differences) > 0 {
		t.Errorf("%s: %d differences", l, len(v.differences))
		for _, d := range v.first(4) {
			t.Log(d)
		}
	}
}

// killed has a life lived by processes that are killed.
func (s *lived) killed(t *testing.T, l life, dir string, kills int) {
	t.Helper()
	rows, differences, said, err := l.killed(t.Context(), dir, kills)
	if err != nil || differences > 0 {
		t.Errorf("%s, killed: %v\n%s", l, err, said)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lives, s.rows, s.differs, s.kills = s.lives+1, s.rows+rows, s.differs+differences, s.kills+kills
}

// whole opens a folder, goes on with a life until its end, and compares.
func (l life) whole(ctx context.Context, dir string, amazon *practice.Server, asked func()) (v finding, err error) {
	f, err := openFolder(ctx, dir, amazon, l.markets, l.past, asked)
	if err != nil {
		return v, err
	}
	if err = l.live(ctx, f); err == nil {
		v, err = compareAll(ctx, f, amazon, l)
	}
	v.documents = int(f.documents.Load())
	if closed := f.close(); err == nil {
		err = closed
	}
	return v, err
}
