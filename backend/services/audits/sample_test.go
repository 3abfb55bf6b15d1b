package audits_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/services/audits"
)

// busy is a world in which a rule that is not new decided often in October.
func busy(n int) *world {
	w := newWorld()
	w.decide(inMonth(9, 3), "bid", "bids", nil)
	for i := range n {
		w.decide(inMonth(10, 1).Add(time.Duration(i)*time.Minute), "bid", "bids", nil)
	}
	return w
}

func TestTheRestIsSampled(t *testing.T) {
	w := busy(300)
	for i, minor := range []int64{100, 900, 300, 700, 500, 200, 800} {
		w.money[int64(10+i)] = core.Money{Minor: minor, Currency: "EUR"}
	}
	w.money[50] = core.Money{Minor: 1, Currency: "USD"}
	w.actions[99].State, w.actions[100].State, w.actions[101].State = action.Mismatch, action.Unknown, action.Failed
	w.actions[102].State = action.Cancelled
	w.actions[103].Reverses = 7
	s, _, _ := open(t, w)
	m := month(t, s, "2026-10")
	if m.Decided != 298 || len(m.Lots) != 1 {
		t.Fatalf("%d decided in %d lots", m.Decided, len(m.Lots))
	}
	l := m.Lots[0]
	if l.Must != 9 || l.Rest != 289 || l.Sample != audits.SampleSize(289, 0.05, 0.95) || len(m.Items) != l.Must+l.Sample {
		t.Fatalf("must %d, rest %d, sample %d, items %d", l.Must, l.Rest, l.Sample, len(m.Items))
	}
	var largest []int64
	for _, i := range m.Items {
		if i.Drawn != slices.Equal(i.Why, []string{"drawn by lot"}) || len(i.Why) == 0 {
			t.Errorf("%d is drawn %v for %v", i.ID, i.Drawn, i.Why)
		}
		if i.Money != nil && i.Money.Currency == "EUR" {
			largest = append(largest, i.ID)
		}
	}
	if diff := cmp.Diff([]int64{11, 12, 13, 14, 16}, largest); diff != "" {
		t.Errorf("the largest: %s", diff)
	}
	if got := len(drawnIDs(m)); got != l.Sample {
		t.Errorf("%d are drawn, of a sample of %d", got, l.Sample)
	}
}

func TestTheSameLedgerGivesTheSameSample(t *testing.T) {
	for _, n := range []int{60, 77, 200} {
		one, _, _ := open(t, busy(n))
		two, _, _ := open(t, busy(n))
		first := drawnIDs(month(t, one, "2026-10"))
		if diff := cmp.Diff(first, drawnIDs(month(t, two, "2026-10"))); diff != "" {
			t.Errorf("of %d: %s", n, diff)
		}
		w := busy(n)
		w.decisions[fmt.Sprintf("d%d", n+1)].Log[1].Hash = "another end of the audit"
		other, _, _ := open(t, w)
		if slices.Equal(first, drawnIDs(month(t, other, "2026-10"))) {
			t.Errorf("of %d: another end of the audit gives the same sample", n)
		}
	}
}

// TestEveryoneIsDrawnAlike looks at many months: each place in a month comes up about as often as any other.
func TestEveryoneIsDrawnAlike(t *testing.T) {
	const months, lot = 100, 50
	w := newWorld()
	first := time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)
	w.decide(first, "bid", "bids", nil)
	for m := range months {
		for i := range lot {
			w.decide(first.AddDate(0, m+1, 0).Add(time.Duration(i)*time.Minute), "bid", "bids", nil)
		}
	}
	s, _, _ := open(t, w)
	times := map[int64]int{}
	for m := range months {
		for _, id := range drawnIDs(month(t, s, first.AddDate(0, m+1, 0).Format("2006-01"))) {
			times[(id-2)%lot]++
		}
	}
	want := float64(months) * float64(audits.SampleSize(lot, 0.05, 0.95)) / lot
	for place := range int64(lot) {
		if got := float64(times[place]); got < want*0.75 || got > want*1.25 {
			t.Errorf("place %d came up %g times of about %g", place, got, want)
		}
	}
}

func TestAVerdictFixesTheSample(t *testing.T) {
	w := busy(0)
	for i := range 200 {
		w.decide(inMonth(11, 2).Add(time.Duration(i)*time.Minute), "bid", "bids", nil)
	}
	s, c, db := open(t, w)
	before := month(t, s, "2026-11")
	judge(t, s, "2026-11", before.Items[0].ID, audits.Right, "")
	w.decide(c.now, "bid", "bids", nil)
	s.Touched()
	after := month(t, s, "2026-11")
	if after.Decided != before.Decided+1 {
		t.Fatalf("%d decided, then %d", before.Decided, after.Decided)
	}
	kept := 0
	for _, id := range drawnIDs(after) {
		if slices.Contains(drawnIDs(before), id) {
			kept++
		}
	}
	if kept < len(drawnIDs(before))-1 {
		t.Errorf("%d of %d drawn ones are still drawn", kept, len(drawnIDs(before)))
	}
	again := month(t, service(t, db, w, c), "2026-11")
	if diff := cmp.Diff(after, again); diff != "" {
		t.Errorf("after a restart: %s", diff)
	}
}

func TestNewRulesAndOrdersAreLookedAtOneByOne(t *testing.T) {
	w := newWorld()
	w.decide(inMonth(9, 1), "bid", "bids", nil)
	w.decide(inMonth(9, 1), action.Restock, "orders", nil)
	for range 100 {
		w.decide(inMonth(10, 2), "bid", "fresh", nil)
	}
	out := w.decide(inMonth(10, 3), action.Restock, "orders", func(t *action.Trail) { t.Level = action.Outbound })
	here := w.decide(inMonth(10, 3), action.Restock, "orders", nil)
	patch := w.decide(inMonth(10, 3), "listings.patch", "orders", nil)
	s, _, _ := open(t, w)
	m := month(t, s, "2026-10")
	why := map[int64][]string{}
	for _, i := range m.Items {
		why[i.ID] = i.Why
	}
	for id := int64(3); id < 13; id++ {
		if !slices.Contains(why[id], "one of the first 10 of a new rule") {
			t.Errorf("%d is looked at for %v", id, why[id])
		}
	}
	if got := m.Lots[0].Must; got != 10 {
		t.Errorf("%d of the new rule are looked at for a reason of their own", got)
	}
	if !slices.Contains(why[out.ID], "every order that leaves this computer is looked at") || !slices.Contains(why[patch.ID], "every change of a listing is looked at") {
		t.Errorf("%v, %v", why[out.ID], why[patch.ID])
	}
	if !slices.Equal(why[here.ID], []string{"drawn by lot"}) {
		t.Errorf("an order that stays here is looked at for %v", why[here.ID])
	}
}

func TestBadMonthsTightenThePlan(t *testing.T) {
	w := newWorld()
	w.decide(time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC), "bid", "bids", nil)
	months := []string{}
	for m := 1; m <= 11; m++ {
		months = append(months, fmt.Sprintf("2026-%02d", m))
		for i := range 12 {
			w.decide(inMonth(m, 1).Add(time.Duration(i)*time.Minute), "bid", "bids", nil)
		}
	}
	s, c, _ := open(t, w)
	c.now = time.Date(2026, 12, 5, 0, 0, 0, 0, time.UTC)
	var plans []float64
	for n, name := range months {
		m := month(t, s, name)
		plans = append(plans, m.Lots[0].PlanPct)
		if n == 1 || n == 3 {
			judge(t, s, name, m.Next, audits.Wrong, "")
		}
		judgeAll(t, s, name)
		if got := month(t, s, name); got.State != "done" {
			t.Fatalf("%s is %s: %s", name, got.State, got.StateText)
		}
	}
	if diff := cmp.Diff([]float64{5, 5, 5, 5, 2, 2, 2, 2, 2, 5, 5}, plans); diff != "" {
		t.Error(diff)
	}
}

func TestMonths(t *testing.T) {
	w := busy(3)
	s, _, _ := open(t, w)
	out, err := s.Months(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range out.Months {
		got = append(got, fmt.Sprintf("%s %s %v %d", m.Month, m.State, m.Over, m.Decided))
	}
	if diff := cmp.Diff([]string{"2026-11 empty false 0", "2026-10 open true 3", "2026-09 open true 1"}, got); diff != "" {
		t.Error(diff)
	}
	if _, err := s.Month(context.Background(), "October"); err == nil {
		t.Error("a month that cannot be read is answered")
	}
	if m := month(t, s, "2020-01"); m.State != "empty" || len(m.Items) != 0 {
		t.Errorf("a month in which nothing was decided: %+v", m)
	}
}

// TestMonthsBeginWhereTheSellerIs: half past midnight in Berlin is the month before in UTC.
func TestMonthsBeginWhereTheSellerIs(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld()
	w.decide(time.Date(2026, 10, 31, 23, 30, 0, 0, time.UTC), "bid", "bids", nil)
	s, err := audits.Open(context.Background(), audits.Options{
		DB: openFile(t, filepath.Join(t.TempDir(), "l.db")), Clock: &ticking{inMonth(11, 20)}, Zone: berlin, Ledger: w, Rules: w, Facts: w, Record: noRecord,
	})
	if err != nil {
		t.Fatal(err)
	}
	if m := month(t, s, ""); m.Month != "2026-11" || m.Decided != 1 {
		t.Errorf("%s with %d", m.Month, m.Decided)
	}
}
