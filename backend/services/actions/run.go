package actions

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"time"

	"purser/backend/core/action"
	"purser/backend/services/actions/internal/guard"
)

const (
	// pulse is how often the worker looks by itself.
	pulse = time.Second
	// mostTries is how often what may be repeated is tried, longest how long.
	mostTries = 8
	longest   = 24 * time.Hour
)

// Work carries out what is approved until ctx ends: what leaves the computer if outbound, else what stays on it.
// What was under way when the program ended is looked at first.
func (s *Service) Work(ctx context.Context, outbound bool) error {
	tick := time.NewTicker(pulse)
	defer tick.Stop()
	for {
		if err := s.pass(ctx, outbound); err != nil && ctx.Err() == nil {
			s.o.Log.LogAttrs(ctx, slog.LevelError, "Actions not carried out", slog.String("error", err.Error()))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		case <-s.kick:
		}
	}
}

func (s *Service) pass(ctx context.Context, outbound bool) error {
	rows, err := collect(ctx, s.o.DB.Reader(), s.q["Pending"], scanRow)
	if err != nil {
		return err
	}
	for _, r := range rows {
		e, err := s.executor(r.Request.Kind)
		if err != nil || (e.Kind().Level >= action.Outbound) != outbound {
			continue
		}
		if err := s.step(ctx, r.ID); err != nil {
			return err
		}
	}
	return nil
}

// Drain carries out some actions now, as far as they stay on this computer, and waits for them.
func (s *Service) Drain(ctx context.Context, ids []int64) error {
	for _, id := range ids {
		r, err := s.one(ctx, s.o.DB.Reader(), id)
		if err != nil {
			return err
		}
		if e, err := s.executor(r.Request.Kind); err != nil || e.Kind().Level >= action.Outbound {
			continue
		}
		if err := s.step(ctx, id); err != nil {
			return err
		}
	}
	s.Kick()
	return nil
}

// step brings one action on by as much as can be done now.
func (s *Service) step(ctx context.Context, id int64) error {
	r, err := s.one(ctx, s.o.DB.Reader(), id)
	if err != nil {
		return err
	}
	e, err := s.executor(r.Request.Kind)
	if err != nil {
		return err
	}
	lane := &s.lanes[e.Kind().Level]
	lane.Lock()
	defer lane.Unlock()
	if r, err = s.one(ctx, s.o.DB.Reader(), id); err != nil {
		return err
	}
	if s.now().Unix() < r.NotBefore {
		return nil
	}
	switch r.State {
	case action.Approved:
		return s.begin(ctx, e, r)
	case action.Sending:
		return s.look(ctx, e, r)
	case action.Sent:
		return s.readBack(ctx, e, r)
	default:
		return nil
	}
}

// hindrance is what keeps an action from being done. What waiting cannot change ends it.
type hindrance struct {
	why  string
	ends bool
}

// begin holds an approved action against everything once more, stores that it is being sent, and does it.
func (s *Service) begin(ctx context.Context, e action.Executor, r row) error {
	if s.Stopped() {
		return s.wait(ctx, r, stoppedText)
	}
	value, err := e.Value(ctx, r.Request)
	if err != nil {
		return s.wait(ctx, r, "What is there now cannot be read: "+err.Error())
	}
	armed := false
	err = s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		armed = false
		if r, err = s.one(ctx, tx, r.ID); err != nil || r.State != action.Approved {
			return err
		}
		h, err := s.hinders(ctx, tx, e, r, value)
		switch {
		case err != nil:
			return err
		case h.ends:
			return s.move(ctx, tx, &r, action.Failed, Purser, h.why)
		case h.why != "":
			r.Waits = h.why
			return s.put(ctx, tx, r)
		}
		armed = true
		r.BeganAt, r.Tries = s.now().Unix(), 1
		return s.move(ctx, tx, &r, action.Sending, Purser, "all conditions hold")
	})
	s.o.Changed()
	if err != nil || !armed {
		return err
	}
	return s.execute(ctx, e, r)
}

// hinders checks everything that may have changed since the approval.
func (s *Service) hinders(ctx context.Context, tx *sql.Tx, e action.Executor, r row, value string) (hindrance, error) {
	if why := s.stale(r, value); why != "" {
		return hindrance{why, true}, nil
	}
	if why := s.o.HandsOff(ctx, r.Request.Entity); why != "" {
		return hindrance{why, false}, nil
	}
	if h, err := s.blocked(ctx, tx, r); err != nil || h.why != "" {
		return h, err
	}
	if h, err := s.gate(ctx, tx, e, r); err != nil || h.why != "" {
		return h, err
	}
	limits, err := s.limits(ctx)
	if err != nil {
		return hindrance{}, err
	}
	past, err := s.past(ctx, tx, r.Request.Kind)
	if err != nil {
		return hindrance{}, err
	}
	h := hindrance{}
	for _, f := range guard.Check(e.Kind(), r.Request, limits[r.Request.Kind], past, s.now(), r.Reverses != 0) {
		h.why, h.ends = f.Text, h.ends || f.Until.IsZero()
		if f.Until.IsZero() {
			return h, nil
		}
	}
	return h, nil
}

// stale says why an approval no longer holds, each reason in its own words.
func (s *Service) stale(r row, value string) string {
	switch {
	case hashOf(r.Request) != r.Hash:
		return "What was stored is not what was approved. Nothing was done; approve it anew."
	case s.now().Unix() >= r.ExpiresAt:
		return "The approval is older than 48 hours. Nothing was done; approve it anew."
	case s.now().Unix() < r.ApprovedAt-60:
		return "The clock of this computer was put back to before the approval. Nothing was done; approve it anew."
	case value != r.Request.Before:
		return fmt.Sprintf("It was changed since the approval, from %s to %s. Nothing was done; look at it again.", quoted(r.Request.Before), quoted(value))
	}
	if r.Request.Policy == "" || r.Reverses != 0 || s.o.VersionOf == nil {
		return ""
	}
	version, on := s.o.VersionOf(r.Request.Policy)
	switch {
	case !on:
		return "The rule that proposed it is switched off or gone. Nothing was done."
	case version != r.Request.Version:
		return fmt.Sprintf("The rule that proposed it was changed since, from version %d to %d. Nothing was done; approve it anew.", r.Request.Version, version)
	}
	return ""
}

// blocked keeps away from an entity whose state a person has to look at first.
func (s *Service) blocked(ctx context.Context, tx *sql.Tx, r row) (hindrance, error) {
	var id int64
	var title string
	var state action.State
	rows, err := collect(ctx, tx, s.q["Blocking"], func(sc scanner) (int, error) { return 0, sc.Scan(&id, &title, &state) },
		r.Request.Entity, r.Request.Field, r.ID)
	if err != nil || len(rows) == 0 || id == r.Reverses {
		return hindrance{}, err
	}
	if state.Blocks() {
		return hindrance{why: fmt.Sprintf("%q is %s: look at it first.", title, stateWords(state))}, nil
	}
	return hindrance{why: fmt.Sprintf("%q is still under way.", title)}, nil
}

// groups are how many actions of a batch go before the next may: one, five more, the rest.
var groups = [...]int{1, 6} //nolint:gochecknoglobals // a table

// gate lets the rest of a batch go when those before it have ended well.
func (s *Service) gate(ctx context.Context, tx *sql.Tx, e action.Executor, r row) (hindrance, error) {
	if r.Batch == "" {
		return hindrance{}, nil
	}
	need := 0
	for _, g := range groups {
		if r.Position >= g {
			need = g
		}
	}
	if need == 0 {
		return hindrance{}, nil
	}
	all, err := collect(ctx, tx, s.q["OfBatch"], scanRow, r.Batch)
	if err != nil {
		return hindrance{}, err
	}
	for _, b := range all {
		if b.State.Blocks() {
			return hindrance{why: fmt.Sprintf("Number %d of these, %q, is %s: the rest waits until you looked.", b.Position+1, b.Title, stateWords(b.State))}, nil
		}
		if b.Position < need && !b.State.Over() && (b.State != action.Sent || e.Kind().Readable) {
			return hindrance{why: fmt.Sprintf("Waits until number %d of these is confirmed.", b.Position+1)}, nil
		}
	}
	return hindrance{}, nil
}

// wait notes why an action has not begun; nothing else changes.
func (s *Service) wait(ctx context.Context, r row, why string) error {
	if r.State == action.Approved && s.now().Unix() >= r.ExpiresAt {
		return s.end(ctx, r, action.Failed, Purser, s.stale(r, r.Request.Before))
	}
	if r.Waits == why {
		return nil
	}
	defer s.o.Changed()
	return s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		r.Waits = why
		return s.put(ctx, tx, r)
	})
}

// end moves an action on in a transaction of its own.
func (s *Service) end(ctx context.Context, r row, to action.State, who, why string) error {
	defer s.o.Changed()
	return s.o.DB.Write(ctx, func(tx *sql.Tx) error { return s.move(ctx, tx, &r, to, who, why) })
}
