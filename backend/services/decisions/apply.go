package decisions

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"time"

	"purser/backend/core"
	"purser/backend/core/decision"
)

// Evaluation is what the rules came to on one day.
type Evaluation struct {
	AsOf      core.Day
	Proposals []decision.Proposal
	// Cleared says why a decision no longer stands, such as "cleared by itself"; it must be
	// "" where the policy could not be evaluated or something was unknown.
	Cleared func(policy, caseName, subject string) string
}

// Applied counts what an evaluation changed.
type Applied struct {
	New       int `json:"new"`       // proposed for the first time, or again after they had cleared by themselves
	Updated   int `json:"updated"`   // still firing, their numbers brought up to date
	Regressed int `json:"regressed"` // dealt with, cleared, and back
	Woken     int `json:"woken"`     // snooze over
	Expired   int `json:"expired"`   // cleared by themselves
	Urgent    int `json:"urgent"`    // of New, Regressed and Woken: critical ones
}

// worseBy is how much the watched figure must grow to end an "until worse": a fifth.
const worseBy = 0.2

// Apply brings the decisions up to date with an evaluation, in one transaction.
func (s *Service) Apply(ctx context.Context, ev Evaluation) (Applied, error) {
	var sum Applied
	err := s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		sum = Applied{}
		rows, err := s.all(ctx, tx)
		if err != nil {
			return err
		}
		have := make(map[string]*row, len(rows))
		for i := range rows {
			have[rows[i].ID] = &rows[i]
		}
		firing := map[string]bool{}
		for _, p := range ev.Proposals {
			id := ID(p.ID())
			if firing[id] {
				continue // the same twice in one evaluation is one decision
			}
			firing[id] = true
			if err := s.fires(ctx, tx, have[id], p, &sum); err != nil {
				return err
			}
		}
		for i := range rows {
			r := &rows[i]
			p := r.Proposal
			if firing[r.ID] || (!r.Firing && !r.open()) || ev.Cleared == nil {
				continue
			}
			why := ev.Cleared(p.Policy, p.Case, p.Subject)
			if why == "" {
				continue
			}
			if err := s.clears(ctx, tx, r, why, &sum); err != nil {
				return err
			}
		}
		n, err := s.wake(ctx, tx)
		if err != nil {
			return err
		}
		sum.Woken += n
		_, err = tx.ExecContext(ctx, s.q["SetApplied"], int64(ev.AsOf), s.o.Clock.Now().Unix())
		return err
	})
	if err != nil {
		return Applied{}, fmt.Errorf("apply the evaluation of %s: %w", ev.AsOf, err)
	}
	return sum, nil
}

// fires handles a proposal: r is its decision so far, nil for a new one.
func (s *Service) fires(ctx context.Context, tx *sql.Tx, r *row, p decision.Proposal, sum *Applied) error {
	now := s.o.Clock.Now().Unix()
	if r == nil {
		sum.New++
		sum.urgent(p)
		r = &row{ID: ID(p.ID()), Identity: p.ID(), Proposal: p, Firing: true, FirstSeen: now, LastSeen: now}
		return s.transition(ctx, tx, r, decision.Proposed, Purser, "a policy proposed it")
	}
	wasFiring := r.Firing
	if !wasFiring && s.cools(r, p) {
		return nil
	}
	if p.DueFixed && r.Proposal.Due != 0 && wasFiring {
		p.Due = min(p.Due, r.Proposal.Due)
	}
	r.Proposal, r.LastSeen, r.Firing = p, now, true
	switch {
	case r.State == decision.Expired:
		sum.New++
		sum.urgent(p)
		r.fresh(now)
		return s.transition(ctx, tx, r, decision.Proposed, Purser, "it fired again after it had cleared by itself")
	case !wasFiring && !r.open():
		sum.Regressed++
		sum.urgent(p)
		r.fresh(now)
		r.Regressed = true
		return s.transition(ctx, tx, r, decision.Proposed, Purser, "it came back after it had been "+string(r.State))
	case r.State == decision.Snoozed && r.Snooze == SnoozeWorse && worse(r.SnoozeWorse, p.Worse):
		sum.Woken++
		sum.urgent(p)
		r.awake()
		return s.transition(ctx, tx, r, decision.Proposed, Purser, "it got worse by a fifth or more")
	}
	sum.Updated++
	return s.put(ctx, tx, *r)
}

// cools says whether a person dealt with it so lately that it is not to be proposed again; one that is worse now is.
func (s *Service) cools(r *row, p decision.Proposal) bool {
	if r.State != decision.Approved && r.State != decision.Rejected {
		return false
	}
	if severityRank(p.Severity) < severityRank(r.Proposal.Severity) {
		return false
	}
	return s.today()-core.DayOf(time.Unix(r.StateAt, 0), s.o.Zone) < core.Day(p.Cooldown)
}

func (a *Applied) urgent(p decision.Proposal) {
	if p.Severity == decision.Critical {
		a.Urgent++
	}
}

// fresh starts a new episode.
func (r *row) fresh(now int64) {
	r.FirstSeen, r.Reason, r.Note, r.Units, r.Regressed = now, "", "", 0, false
	r.awake()
}

// open says whether a person still has to decide.
func (r *row) open() bool { return r.State == decision.Proposed || r.State == decision.Snoozed }

func (r *row) awake() { r.Snooze, r.SnoozeUntil, r.SnoozeWorse = "", 0, 0 }

// worse says whether the figure grew by a fifth of its size.
func worse(before, now float64) bool {
	return now > before && now-before >= worseBy*math.Abs(before)-1e-9
}

// clears handles a decision whose case is known to hold no longer.
func (s *Service) clears(ctx context.Context, tx *sql.Tx, r *row, why string, sum *Applied) error {
	r.Firing = false
	if !r.open() {
		return s.put(ctx, tx, *r)
	}
	sum.Expired++
	r.awake()
	r.Reason = why
	return s.transition(ctx, tx, r, decision.Expired, Purser, why)
}

// wake ends the snoozes whose day has come.
func (s *Service) wake(ctx context.Context, tx *sql.Tx) (int, error) {
	rows, err := s.all(ctx, tx)
	if err != nil {
		return 0, err
	}
	n := 0
	for i := range rows {
		r := &rows[i]
		if r.State != decision.Snoozed || r.SnoozeUntil == 0 || s.today() < r.SnoozeUntil {
			continue
		}
		n++
		until := r.SnoozeUntil
		r.awake()
		if err := s.transition(ctx, tx, r, decision.Proposed, Purser, "its snooze ended on "+until.String()); err != nil {
			return 0, err
		}
	}
	return n, nil
}
