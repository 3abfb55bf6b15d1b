package jobs_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"purser/backend/core/source"
	"purser/backend/services/jobs"
)

func TestWhatWaitsForAnAPIThatGivesNothing(t *testing.T) {
	t.Parallel()
	for _, fault := range []source.APIFault{source.FaultOffline, source.FaultUnavailable} {
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { oneIsAway(t, fault) })
		})
	}
}

// oneIsAway has the Ads API away for two days and back; the Selling Partner API answers all the time.
func oneIsAway(t *testing.T, f source.APIFault) {
	t.Helper()
	r := newRig(t)
	wholeAccount(r)
	r.start()
	time.Sleep(2 * aDay)
	synctest.Wait()
	if b := r.svc.Behind(); len(b) != 0 {
		t.Fatalf("behind though all answer: %+v", b)
	}
	gone := r.clock.Now()
	r.amz.script(func(a source.Ask, op string) error {
		if a.Feed == "adsapi.search_terms" {
			return fault(f, op)
		}
		return nil
	})
	time.Sleep(30 * time.Minute)
	synctest.Wait()
	for _, b := range r.svc.Behind() {
		if b.Overdue {
			t.Fatalf("half an hour is nothing that is missed: %+v", b)
		}
	}
	for range 2 {
		time.Sleep(36 * time.Hour)
		synctest.Wait()
		onlyAds(t, r.svc.Behind(), f, gone)
		r.end() // closing the program forgets nothing of it
		r.start()
		time.Sleep(15 * time.Minute)
		synctest.Wait()
		onlyAds(t, r.svc.Behind(), f, gone)
	}
	if _, err := r.api.Pause(jobs.StreamInput{}); err != nil {
		t.Fatal(err)
	}
	if b := r.svc.Behind(); len(b) != 0 {
		t.Errorf("what a person paused waits for no API: %+v", b)
	}
	if _, err := r.api.Resume(jobs.StreamInput{}); err != nil {
		t.Fatal(err)
	}
	r.amz.script(nil)
	time.Sleep(3 * time.Hour)
	synctest.Wait()
	if b := r.svc.Behind(); len(b) != 0 {
		t.Errorf("behind though it is back: %+v", b)
	}
	r.end()
}

func onlyAds(t *testing.T, all []jobs.Behind, f source.APIFault, gone time.Time) {
	t.Helper()
	if len(all) == 0 {
		t.Fatal("nothing is told")
	}
	for _, b := range all {
		if !b.Overdue || b.API != "adsapi" || b.Fault != f || !slices.Equal(b.Marketplaces, []string{"US"}) || len(b.Kinds) == 0 {
			t.Errorf("%+v", b)
		}
		if b.Until.IsZero() || b.Until.After(gone) || b.Reached.IsZero() || b.Reached.After(gone) {
			t.Errorf("it reaches until %s, last reached %s, gone since %s", b.Until, b.Reached, gone)
		}
	}
}
