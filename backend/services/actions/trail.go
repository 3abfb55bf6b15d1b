package actions

import (
	"context"
	"fmt"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
)

// trail shows an action to people.
func (s *Service) trail(r row) action.Trail {
	q := r.Request
	t := action.Trail{
		ID: r.ID, Decision: q.Decision, Title: r.Title, Policy: q.Policy, Version: q.Version, Kind: q.Kind, KindTitle: q.Kind,
		Entity: q.Entity, Field: q.Field, Before: q.Before, After: q.After, Seen: r.Seen, Payload: q.Payload, Hash: r.Hash,
		State: r.State, StateText: stateWords(r.State), Waits: r.Waits, Reason: r.Reason, Ref: r.Receipt.Ref, Receipt: r.Receipt.Text,
		Who: r.Who, Batch: r.Batch, Position: r.Position, Reverses: r.Reverses,
		ApprovedAt: stamp(r.ApprovedAt), ExpiresAt: stamp(r.ExpiresAt), NotBefore: stamp(r.NotBefore), BeganAt: stamp(r.BeganAt), EndedAt: stamp(r.EndedAt),
	}
	if e, err := s.executor(q.Kind); err == nil {
		k := e.Kind()
		_, final := e.Reverse(q)
		t.KindTitle, t.Level, t.Risk = k.Title, k.Level, riskOf(k, q)
		t.Reversible = r.State == action.Verified && r.Reverses == 0 && final == nil
	}
	if r.State == action.Approved && r.Waits == "" { // what waits for something was held before
		t.HeldMs = max(0, r.NotBefore*1000-s.now().UnixMilli())
	}
	return t
}

func stamp(unix int64) string {
	if unix == 0 {
		return ""
	}
	return time.Unix(unix, 0).UTC().Format(time.RFC3339)
}

// Of gives the actions of a decision, newest first.
func (s *Service) Of(ctx context.Context, decision string) ([]action.Trail, error) {
	return s.trails(ctx, s.o.DB.Reader(), "OfDecision", decision)
}

func (s *Service) trails(ctx context.Context, db querier, query string, args ...any) ([]action.Trail, error) {
	rows, err := collect(ctx, db, s.q[query], scanRow, args...)
	out := make([]action.Trail, 0, len(rows))
	for _, r := range rows {
		out = append(out, s.trail(r))
	}
	return out, err
}

// One gives one action.
func (s *Service) One(ctx context.Context, id int64) (action.Trail, error) {
	r, err := s.one(ctx, s.o.DB.Reader(), id)
	if err != nil {
		return action.Trail{}, err
	}
	return s.trail(r), nil
}

// List gives the actions that were approved in a period of days of UTC, newest first, at most n of them, from below
// an id down; 0: from the newest.
func (s *Service) List(ctx context.Context, p core.Period, below int64, n int) ([]action.Trail, error) {
	if below <= 0 {
		below = 1 << 62
	}
	return s.trails(ctx, s.o.DB.Reader(), "Newest", below, p.From.Time().Unix(), (p.To + 1).Time().Unix(), n)
}

// Status is how the executor stands.
type Status struct {
	Stopped  bool
	StopFile string
	Counts   map[action.State]int // of what is not over, and of what a person must look at
	Kinds    []StoppedKind        // that are stopped, each by itself
}

// Status tells how the executor stands.
func (s *Service) Status(ctx context.Context) (Status, error) {
	out := Status{Stopped: s.Stopped(), StopFile: s.o.StopFile, Counts: map[action.State]int{}}
	_, err := collect(ctx, s.o.DB.Reader(), s.q["StateCounts"], func(sc scanner) (int, error) {
		var st action.State
		var n int
		err := sc.Scan(&st, &n)
		out.Counts[st] = n
		return n, err
	})
	if err != nil {
		return out, err
	}
	out.Kinds, err = s.StoppedKinds(ctx)
	return out, err
}

// States gives the state of every action by its name in the audit, to hold one against the other.
func (s *Service) States(ctx context.Context) (map[string]string, error) {
	out := map[string]string{}
	_, err := collect(ctx, s.o.DB.Reader(), s.q["ActionStates"], func(sc scanner) (int64, error) {
		var id int64
		var state string
		err := sc.Scan(&id, &state)
		out[fmt.Sprintf("action:%d", id)] = state
		return id, err
	})
	return out, err
}
