package app_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"purser/app"
	"purser/backend/core"
	"purser/backend/core/channel"
	"purser/backend/core/decision"
	"purser/backend/services/ingest"
	"purser/backend/sources/simulator"
)

// yearDays is over how many days the seller is followed.
const yearDays = 365

// Goals of alerts over the year.
const (
	leastPrecision    = 0.9
	leastRecallOthers = 0.95 // of what is not critical; of what is: all
	leastEvents       = 25   // to judge by
	mostMedian        = 3
	mostP95           = 8
)

// silent is a channel that shows nothing: what is sent is read from the service.
type silent struct{}

func (silent) Name() string                                { return "silent" }
func (silent) Send(context.Context, channel.Message) error { return nil }

// alert is a decision that waits for a person.
type alert struct {
	kind    string // policy:case
	subject string
}

// episode is an alert from the day it was first open until it no longer is.
type episode struct {
	alert
	opened   core.Day
	critical core.Day // from when; 0: never
	told     core.Day // 0: not yet
	closed   core.Day // 0: still open
	title    string
}

// diary is what a person was told over the year.
type diary struct {
	life     *app.Life
	zone     *time.Location
	open     map[string]*episode // by decision
	waiting  map[string]bool     // decisions not told yet; whether they can't wait
	all      []*episode
	messages map[core.Day]int
	seen     time.Time // of messages
}

func (d *diary) at(day core.Day, hour, minute int) time.Time {
	y, m, dd := day.Time().Date()
	return time.Date(y, m, dd, hour, minute, 0, 0, d.zone)
}

// live lets one day pass: it is judged at 07:30, and every half hour what is due is sent.
func (d *diary) live(ctx context.Context, day core.Day) error {
	d.life.Clock.Set(d.at(day, 7, 30))
	if err := d.life.Evaluate(ctx); err != nil {
		return err
	}
	if err := d.note(ctx, day); err != nil {
		return err
	}
	for half := 16; half < 48; half++ {
		d.life.Clock.Set(d.at(day, half/2, half%2*30))
		if err := d.life.Tick(ctx); err != nil {
			return err
		}
	}
	return d.told(ctx, day)
}

// note follows which decisions are open.
func (d *diary) note(ctx context.Context, day core.Day) error {
	list, err := d.life.Open(ctx)
	if err != nil {
		return err
	}
	now := map[string]bool{}
	for _, o := range list {
		p := o.Proposal
		if p.Severity == decision.Info {
			continue
		}
		now[o.ID] = true
		e := d.open[o.ID]
		if e == nil {
			e = &episode{alert: alert{p.Policy + ":" + p.Case, p.Subject}, opened: day, title: p.Title}
			d.open[o.ID] = e
			d.all = append(d.all, e)
			d.waiting[o.ID] = p.Severity == decision.Critical
		}
		if p.Severity == decision.Critical && e.critical == 0 {
			e.critical, e.title = day, p.Title
			d.waiting[o.ID] = true // told as critical, even where it was told before
		}
	}
	for id, e := range d.open {
		if !now[id] {
			e.closed = day
			delete(d.open, id)
			delete(d.waiting, id)
		}
	}
	return nil
}

// told marks what the messages of the day were about: a brief tells all that waits, another message what can't wait.
func (d *diary) told(ctx context.Context, day core.Day) error {
	sent, err := d.life.Sent(ctx, d.seen)
	if err != nil {
		return err
	}
	for _, m := range sent {
		if !m.At.After(d.seen) {
			continue
		}
		d.seen = m.At
		d.messages[day]++
		things := 0
		for id, urgent := range d.waiting {
			if !m.Brief && !urgent {
				continue
			}
			things++
			if e := d.open[id]; e.told == 0 {
				e.told = day
			}
			delete(d.waiting, id)
		}
		if things != m.Things {
			return fmt.Errorf("%s: the message %q tells %d things, %d were due", day, m.Title, m.Things, things)
		}
	}
	return nil
}

func TestAlerts(t *testing.T) {
	t.Parallel()
	if raced {
		t.Skip("make test runs it without the race detector, which makes it six times as slow and finds nothing more")
	}
	t.Run("Year", alertsOfAYear)
	t.Run("Storm", alertsOfAStorm)
}

// alertsOfAYear lives through a year of the demo seller to whom things happen, and holds what Purser called critical
// against what truly happened. Truth is the simulator's: what it planted and what it sold, never a fact.
func alertsOfAYear(t *testing.T) {
	t.Parallel()
	us, _ := core.MarketplaceByCode("US")
	today := core.Date(2026, time.November, 25)
	year := simulator.NewYear(simulator.Options{Seed: 104, AsOf: today})
	d := &diary{zone: us.Zone(), open: map[string]*episode{}, waiting: map[string]bool{}, messages: map[core.Day]int{}}
	first := today - yearDays + 1
	d.seen = d.at(first, 0, 0)
	d.life = app.OpenLife(t, t.TempDir(), d.at(today, 12, 0), d.zone, silent{})
	var docs []ingest.Document
	for f := range year.Documents() {
		docs = append(docs, ingest.Document{File: f, Options: simulator.OptionsFor(f)})
	}
	must(t, 0, d.life.Receive(t.Context(), docs))
	must(t, 0, d.life.Own(t.Context(), year.Items()))
	for day := first; day <= today; day++ {
		must(t, 0, d.live(t.Context(), day))
	}
	t.Logf("%d incidents in %d days, %d files", len(year.Incidents()), yearDays, len(docs))
	judge(t, d, year, first)
	volume(t, d, first, today)
}

// volume checks how often a person was disturbed.
func volume(t *testing.T, d *diary, first, today core.Day) {
	t.Helper()
	var days []int
	sum := 0
	for day := first; day <= today; day++ {
		days = append(days, d.messages[day])
		sum += d.messages[day]
	}
	slices.Sort(days)
	median, p95 := days[len(days)/2], days[len(days)*95/100]
	t.Logf("%d messages in %d days: median %d a day, p95 %d, most %d", sum, len(days), median, p95, days[len(days)-1])
	if median > mostMedian || p95 > mostP95 {
		t.Errorf("a person is told median %d and p95 %d times a day; bearable are %d and %d", median, p95, mostMedian, mostP95)
	}
	told, raised := map[string]int{}, 0
	for _, e := range d.all {
		if e.told != 0 && e.told < e.critical {
			raised++
		}
		if e.told != 0 {
			told[e.kind]++
		}
	}
	if sum == 0 {
		t.Error("nothing was told all year")
	}
	t.Logf("  %d were told as a warning and once more when they became critical", raised)
	for _, k := range slices.Sorted(maps.Keys(told)) {
		t.Logf("  told of %s: %d", k, told[k])
	}
}
