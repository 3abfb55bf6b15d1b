package app_test

import (
	"os"
	"runtime/debug"
	"strconv"
	"testing"
	"testing/synctest"
	"time"
)

// TestLiveTruth lets accounts be read through the APIs for two months in which everything goes wrong that can, and
// compares what is stored in the end with what there was to know.
func TestLiveTruth(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	seeds, days := 2, 12
	if os.Getenv("PURSER_GATE") == "1" {
		seeds, days = 200, 60
	}
	first := uint64(1)
	if n, err := strconv.ParseUint(os.Getenv("TRUTH_FIRST"), 10, 64); err == nil {
		first = n
		seeds, _ = strconv.Atoi(os.Getenv("TRUTH_SEEDS"))
		days, _ = strconv.Atoi(os.Getenv("TRUTH_DAYS"))
	}
	for seed := range uint64(seeds) {
		dir := t.TempDir()
		t.Run(strconv.FormatUint(first+seed, 10), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { liveTruth(t, lifeOf(first+seed, days), dir) })
		})
	}
}

func liveTruth(t *testing.T, l life, dir string) {
	t.Helper()
	time.Sleep(time.Until(l.begin))
	amazon, err := l.amazon("")
	if err != nil {
		t.Fatal(err)
	}
	f, err := openFolder(t.Context(), dir, amazon, l.markets, l.past, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = l.live(t.Context(), f)
	if err != nil {
		t.Errorf("%s: %v", l, err)
	} else if v, err := compareAll(t.Context(), f, amazon, l); err != nil {
		t.Errorf("%s: %v", l, err)
	} else {
		t.Logf("%s: %d documents, %v", l, f.documents.Load(), v.rows)
		for _, d := range v.first(4) {
			t.Log(d)
		}
		if len(v.differences) > 0 {
			t.Errorf("%s: %d differences", l, len(v.differences))
		}
	}
	if err := f.close(); err != nil {
		t.Error(err)
	}
}
