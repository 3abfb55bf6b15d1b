package app_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/platform/clock"
	"purser/backend/sources/simulator"
	"purser/backend/sources/simulator/practice"
)

// life is what a seed makes of an account and of the computer that reads it: where it sells, when the computer is on,
// which faults befall which days.
type life struct {
	seed    uint64
	markets []string
	begin   time.Time
	days    int           // with faults
	settle  int           // days without, in which everything is asked for once more that Amazon restates
	past    time.Duration // how far back is asked for
	hours   int           // that the computer is on a day
	every   int           // days from one on which it is on to the next
	volume  float64       // of what the demo sells
}

func lifeOf(seed uint64, days int) life {
	r := rand.New(rand.NewPCG(seed, 104))
	l := life{
		seed: seed, days: days, settle: 11, past: time.Duration(4+r.IntN(16)) * 24 * time.Hour,
		hours: []int{1, 1, 1, 2, 4}[r.IntN(5)], every: []int{1, 2, 3, 3, 4, 4, 5, 5}[r.IntN(8)],
		volume:  0.1 + 0.2*r.Float64(),
		begin:   time.Date(2026, time.Month(1+r.IntN(12)), 1+r.IntN(28), 6, r.IntN(60), 0, 0, time.UTC),
		markets: [][]string{{"DE"}, {"DE"}, {"US"}, {"DE", "US"}}[r.IntN(4)],
	}
	return l
}

func (l life) String() string {
	return fmt.Sprintf("seed %d: %s from %s, %d h every %d days, %d days back", l.seed, strings.Join(l.markets, " "), l.begin.Format(time.DateOnly), l.hours, l.every, int(l.past.Hours()/24))
}

// amazon is the practice Amazon of a life. Its situations are planted so that some come and go while it is read.
func (l life) amazon(stateFile string) (*practice.Server, error) {
	return practice.New(practice.Options{
		Seller: simulator.Options{Seed: l.seed, Days: 400, SKUs: 20, Volume: l.volume, AsOf: core.DayOf(l.begin, time.UTC) + core.Day(l.days/2)},
		Clock:  clock.Real{}, Seed: l.seed, Quotas: true, Faults: l.faults(), StateFile: stateFile,
		Wait: func(ctx context.Context, d time.Duration) {
			select {
			case <-ctx.Done():
			case <-time.After(d):
			}
		},
	})
}

// on is when the computer is on in a day of the life, from when until when.
func (l life) on(day int) (from, to time.Time) {
	r := rand.New(rand.NewPCG(l.seed, uint64(day)+7))
	begin := l.begin.AddDate(0, 0, day)
	if l.hours == 24 {
		return begin, begin.AddDate(0, 0, 1)
	}
	begin = begin.Add(time.Duration(r.IntN(600)) * time.Minute)
	return begin, begin.Add(time.Duration(l.hours)*time.Hour - time.Duration(r.IntN(20))*time.Minute)
}

// end is when a life is compared.
func (l life) end() time.Time {
	return core.DayOf(l.begin.AddDate(0, 0, l.days+l.settle), time.UTC).Time().Add(19 * time.Hour)
}

// live goes on with a life from now until its end.
func (l life) live(ctx context.Context, f *folder) error {
	for day := 0; day < l.days+l.settle; day++ {
		from, to := l.on(day)
		if day%l.every > 0 && day < l.days+l.settle-2 {
			continue
		}
		if !time.Now().Before(to) {
			continue
		}
		time.Sleep(time.Until(from))
		f.run(ctx)
		for time.Now().Before(to) {
			time.Sleep(min(time.Until(to), time.Hour))
			if err := f.reconnect(ctx); err != nil {
				return err
			}
		}
		if err := f.halt(); err != nil {
			return err
		}
	}
	f.run(ctx)
	time.Sleep(time.Until(l.end()))
	if err := f.reconnect(ctx); err != nil {
		return err
	}
	if err := f.idle(ctx); err != nil {
		return err
	}
	return f.halt()
}

// idle waits until nothing is under way, and what changes by the hour was read after all else.
func (f *folder) idle(ctx context.Context) error {
	for range 4 * 24 * 6 { // a day without orders is believed after three
		time.Sleep(10 * time.Minute)
		p, err := f.api.Streams()
		if err != nil {
			return err
		}
		asks, err := f.jobs.Asks(ctx, 0)
		if err != nil {
			return err
		}
		open, orders, reports := 0, time.Time{}, time.Time{}
		for _, a := range asks {
			// Nothing was there, or what is restated was refused: both are asked for once more on other days.
			if a.Status != "suspect" && (a.Status != "held" || a.Kind != "again") {
				open++
			}
		}
		for _, s := range p.Streams {
			if at, _ := time.Parse(time.RFC3339, s.CoveredUntil); s.Feed == "spapi.orders" && (orders.IsZero() || at.Before(orders)) {
				orders = at
			}
			if at, _ := time.Parse(time.RFC3339, s.LastSuccess); s.Feed == "spapi.all_orders" && at.After(reports) {
				reports = at
			}
		}
		if open == 0 && orders.After(reports) {
			return nil
		}
	}
	asks, err := f.jobs.Asks(ctx, 0)
	if err != nil {
		return err
	}
	var words []string
	for _, a := range asks {
		words = append(words, fmt.Sprintf("%s %s %s %s %s to %s, next %s: %s", a.Feed, a.Marketplace, a.Kind, a.Status, a.From, a.To, a.Next, a.Text))
	}
	return fmt.Errorf("it never comes to rest: %s", strings.Join(words, "; "))
}

// faults are those that befall the days of a life: each at a rate and within hours that the seed draws.
func (l life) faults() practice.Faults {
	r := rand.New(rand.NewPCG(l.seed, 61))
	var out practice.Faults
	for _, k := range practice.KnownFaults() {
		k := k.Name
		if slices.Contains(beyond(), k) || r.IntN(5) < 2 || k == practice.GzipBomb && r.IntN(10) > 0 {
			continue
		}
		for range 1 + r.IntN(3) {
			from := l.begin.Add(time.Duration(r.Int64N(int64(l.days) * int64(24*time.Hour))))
			f := practice.Fault{Name: k, From: from, To: from.Add(time.Duration(1+r.IntN(48*l.every)) * time.Hour), Rate: 0.02 + r.Float64()*r.Float64()*0.6}
			if last := l.begin.AddDate(0, 0, l.days); f.To.After(last) {
				f.To = last
			}
			out = append(out, l.tamed(f, r))
		}
	}
	return out
}

// beyond are the faults of what a life does not do.
func beyond() []string {
	return []string{practice.Partial207, practice.PatchRejected, practice.PatchInvalid}
}

// tamed keeps a fault to what can be found out later.
func (l life) tamed(f practice.Fault, r *rand.Rand) practice.Fault {
	switch f.Name {
	case practice.GzipBomb:
		f.Times = 1
	case practice.Slow, practice.Trickle:
		f.Rate = min(f.Rate, 0.1)
	}
	return f
}
