package adsapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

// state is how far an ask came; it is stored between two steps.
type state struct {
	Phase string `json:"phase"`
	// ID is the report that Amazon makes; it is never given up for a second one while it is under way.
	ID      string `json:"id,omitempty"`
	Since   int64  `json:"since,omitempty"` // when it was first asked for
	Tries   int    `json:"tries,omitempty"` // refusals in a row for too many requests
	Polls   int    `json:"polls,omitempty"`
	Fetches int    `json:"fetches,omitempty"` // addresses that gave no document
}

// The phases. A report is announced in one step and asked for in the next.
const (
	phaseCreate = "create"
	phasePoll   = "poll"
)

func (s state) text() []byte {
	b, err := json.Marshal(s)
	if err != nil {
		return nil // plain fields: cannot be
	}
	return b
}

// Step implements source.API.
func (c *Client) Step(ctx context.Context, a source.Ask) (source.Step, error) {
	s, err := c.step(ctx, a)
	return s, plain(err)
}

func (c *Client) step(ctx context.Context, a source.Ask) (source.Step, error) {
	var s state
	if len(a.State) > 0 {
		if err := json.Unmarshal(a.State, &s); err != nil {
			s = state{} // of another version: begun anew; Amazon knows a request that it has already
		}
	}
	r, report := typeOf(a.Feed)
	if !report {
		return source.Step{}, &failure{&source.APIError{Fault: source.FaultInvalid, API: Name, Message: fmt.Sprintf("There is no feed %q.", a.Feed)}, true}
	}
	p, err := c.profile(ctx, a.Region, a.Marketplace)
	if err != nil {
		return source.Step{}, err // also a marketplace without adverts: what is not asked about is not covered
	}
	days, covered := daysOf(a, p.zone(), c.o.Clock.Now())
	if days.Days() == 0 {
		return source.Step{Done: true, Covered: a.From, Nothing: "No day of the marketplace is over yet in this window."}, nil
	}
	t := task{ask: a, report: r, profile: p, days: days, covered: covered, state: s}
	switch {
	case s.Phase == phasePoll && s.ID != "":
		return c.poll(ctx, t)
	case s.Phase == phaseCreate:
		return c.create(ctx, t)
	}
	return source.Step{State: state{Phase: phaseCreate, Since: c.o.Clock.Now().Unix()}.text()}, nil
}

func asAPI(err error) *source.APIError {
	var e *source.APIError
	if errors.As(err, &e) {
		return e
	}
	return nil
}

// task is a report that is asked for.
type task struct {
	ask     source.Ask
	report  reportType
	profile Profile
	days    core.Period
	covered time.Time // until when they tell the window
	state   state
}

// daysOf gives the days of the profile that are over by the end of a window, at most as many as one report may have. The
// days in which the window begins and ends are whole in it: a report tells days, never parts of them. Of a window that
// ends in a day that goes on the rest is left for later.
func daysOf(a source.Ask, zone *time.Location, now time.Time) (core.Period, time.Time) {
	first, last := core.DayOf(a.From, zone), core.DayOf(a.To.Add(-1), zone)
	covered := a.To
	if end := (last + 1).Start(zone); now.Before(end.Add(reportLag)) && a.To.Before(end) {
		covered = last.Start(zone)
		last--
	}
	if last < first {
		return core.Period{}, a.From
	}
	if most := first + mostDays - 1; most < last {
		last, covered = most, (most + 1).Start(zone)
	}
	return core.Period{From: first, To: last}, covered
}

// late says whether a report takes longer than it should, and whether it is given up.
func (t task) late(now time.Time) (late, over bool) {
	p, age := paces(), now.Unix()-t.state.Since
	return age >= p.Report.Late, age >= p.Report.GivenUp
}

// salt tells apart what may wait at the same time.
func (t task) salt() string {
	return fmt.Sprint(t.profile.ID, t.report.name, t.days.From, t.state.Since)
}
