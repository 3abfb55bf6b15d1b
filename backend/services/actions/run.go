package actions

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"slices"
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

// pass brings everything on by as much as can be done now; what fails keeps nothing else from its turn.
func (s *Service) pass(ctx context.Context, outbound bool) error {
	rows, err := collect(ctx, s.o.DB.Reader(), s.q["Pending"], scanRow)
	if err != nil || len(rows) == 0 {
		return err
	}
	if back, err := s.putBack(ctx); err != nil || back {
		return err
	}
	var errs []error
	for _, r := range rows {
		if ctx.Err() != nil {
			break
		}
		e, err := s.executor(r.Request.Kind)
		switch {
		case err != nil && !outbound:
			errs = append(errs, s.orphan(ctx, r))
		case err == nil && (e.Kind().Level >= action.Outbound) == outbound && s.now().Unix() >= r.NotBefore:
			errs = append(errs, s.step(ctx, e, r.ID))
		}
	}
	return errors.Join(errs...)
}

// Drain carries out some actions now, as far as they stay on this computer, and waits for them.
func (s *Service) Drain(ctx context.Context, ids []int64) error {
	defer s.Kick()
	var errs []error
	for _, id := range ids {
		r, err := s.one(ctx, s.o.DB.Reader(), id)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		if e, err := s.executor(r.Request.Kind); err == nil && e.Kind().Level < action.Outbound {
			errs = append(errs, s.step(ctx, e, id))
		}
	}
	return errors.Join(errs...)
}

// step brings one action on by as much as can be done now.
func (s *Service) step(ctx context.Context, e action.Executor, id int64) error {
	lane := &s.lanes[e.Kind().Level]
	lane.Lock()
	defer lane.Unlock()
	r, err := s.one(ctx, s.o.DB.Reader(), id)
	if err != nil || s.now().Unix() < r.NotBefore {
		return err
	}
	switch r.State {
	case action.Approved:
		err = s.begin(ctx, e, r)
	case action.Sending:
		err = s.look(ctx, e, r)
	case action.Sent:
		err = s.readBack(ctx, e, r)
	default: // it is over
	}
	if errors.Is(err, errMoved) {
		return nil
	}
	return err
}

// orphan ends what nothing here carries out any more.
func (s *Service) orphan(ctx context.Context, r row) error {
	why := fmt.Sprintf("Nothing here carries out %q any more.", r.Request.Kind)
	if r.State == action.Approved {
		return s.wait(ctx, r, why)
	}
	return s.end(ctx, r, action.Unknown, Purser, "It is not known whether this was done. "+why)
}

// hindrance is what keeps an action from being done. What waiting cannot change ends it.
type hindrance struct {
	why  string
	ends bool
}

// begin holds an approved action against everything once more, stores that it is being sent, and does it.
func (s *Service) begin(ctx context.Context, e action.Executor, r row) error {
	if back, err := s.putBack(ctx); err != nil || back {
		return err
	}
	if s.Stopped() {
		return s.wait(ctx, r, stoppedText)
	}
	// What is held up by something known here needs no question to the peer, and no transaction each second.
	h, err := s.hinders(ctx, s.o.DB.Reader(), e, r, r.Request.Before)
	if err != nil || h.why != "" && !h.ends {
		return errors.Join(err, s.wait(ctx, r, h.why))
	}
	value, err := s.value(ctx, e, r.Request)
	if err != nil {
		return s.waitFor(ctx, r, err)
	}
	if armed, err := s.arm(ctx, e, &r, value); err != nil || !armed {
		return err
	}
	// Until all of that was stored, time has passed: what is there is read once more, as late as can be.
	now, err := s.value(ctx, e, r.Request)
	switch {
	case err != nil:
		return s.back(ctx, r, unreadable(err), err)
	case now != value:
		return s.end(context.WithoutCancel(ctx), r, action.Failed, Purser, changedText(value, now))
	}
	return s.execute(ctx, e, r)
}

// arm stores that an action is being sent, or why it is not.
func (s *Service) arm(ctx context.Context, e action.Executor, r *row, value string) (armed bool, err error) {
	defer s.o.Changed()
	err = s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		armed = false
		now, err := s.one(ctx, tx, r.ID)
		if err != nil || now.State != action.Approved {
			return err
		}
		*r = now
		h, err := s.hinders(ctx, tx, e, *r, value)
		switch {
		case err != nil:
			return err
		case h.ends:
			return s.move(ctx, tx, r, action.Failed, Purser, h.why)
		case h.why != "":
			r.Waits = h.why
			return s.put(ctx, tx, r)
		}
		armed = true
		r.BeganAt, r.Tries, r.NotBefore = s.now().Unix(), 1, 0
		return s.move(ctx, tx, r, action.Sending, Purser, "all conditions hold")
	})
	return armed && err == nil, err
}

// hinders checks everything that may have changed since the approval, before the first try and before each later one.
func (s *Service) hinders(ctx context.Context, db querier, e action.Executor, r row, value string) (hindrance, error) {
	if why := s.stale(r, value); why != "" {
		return hindrance{why, true}, nil
	}
	if h, err := s.alone(ctx, db, e, r); err != nil || h.why != "" {
		return h, err
	}
	if why := s.o.HandsOff(ctx, e.Kind(), r.Request.Entity); why != "" {
		return hindrance{why, false}, nil
	}
	if why, err := s.kindHalted(ctx, db, r.Request.Kind); err != nil || why != "" {
		return hindrance{why, false}, err
	}
	if why, err := s.blocked(ctx, db, r); err != nil || why != "" {
		return hindrance{why, false}, err
	}
	if why, err := s.gate(ctx, db, r); err != nil || why != "" {
		return hindrance{why, false}, err
	}
	limits, err := s.limits(ctx)
	if err != nil {
		return hindrance{}, err
	}
	mine := limits[r.Request.Kind]
	past, err := s.past(ctx, db, e.Kind(), mine, r.ID)
	if err != nil {
		return hindrance{}, err
	}
	h := hindrance{}
	for _, f := range guard.Check(e.Kind(), r.Request, mine, past, s.now(), r.Reverses != 0) {
		h.why, h.ends = f.Text, h.ends || f.Until.IsZero()
		if f.Until.IsZero() {
			return h, nil
		}
	}
	return h, nil
}

func changedText(from, to string) string {
	return fmt.Sprintf("It was changed since the approval, from %s to %s. Nothing was done; look at it again.", quoted(from), quoted(to))
}

func unreadable(err error) string { return "What is there now cannot be read: " + err.Error() }

// stale says why an approval no longer holds, each reason in its own words.
func (s *Service) stale(r row, value string) string {
	switch {
	case hashOf(r.Request) != r.Hash:
		return "What was stored is not what was approved. Nothing was done; approve it anew."
	case s.now().Unix() >= r.ExpiresAt:
		return fmt.Sprintf("The approval is older than %.0f hours. Nothing was done; approve it anew.", action.ValidFor.Hours())
	case s.now().Unix() < r.ApprovedAt-60:
		return "The clock of this computer was put back to before the approval. Nothing was done; approve it anew."
	case r.State == action.Sending && value == r.Request.After:
		// an earlier try did it, or somebody else: another one changes nothing more
	case value != r.Request.Before:
		return changedText(r.Request.Before, value)
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

// blocked keeps away from a field that is under way, and from an entity that a person has to look at first.
func (s *Service) blocked(ctx context.Context, db querier, r row) (string, error) {
	var title string
	var state action.State
	err := db.QueryRowContext(ctx, s.q["Blocking"], r.Request.Entity, r.Request.Field, r.ID).Scan(&title, &state)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return "", nil
	case err != nil:
		return "", fmt.Errorf("read what is under way on %s: %w", r.Request.Entity, err)
	case state.Blocks():
		return fmt.Sprintf("%q is %s: look at it first.", title, stateWords(state)), nil
	}
	return fmt.Sprintf("%q is still under way.", title), nil
}

// groups are how many actions of a batch must have ended well before the next may go: one, then five more, then the rest.
var groups = [...]int{1, 6} //nolint:gochecknoglobals // a table

// gate lets the rest of a batch go when those before it have ended well. What was refused or taken back shows nothing:
// the next one takes its place.
func (s *Service) gate(ctx context.Context, db querier, r row) (string, error) {
	if r.Batch == "" {
		return "", nil
	}
	var title string
	var state action.State
	var position int
	err := db.QueryRowContext(ctx, s.q["BadOfBatch"], r.Batch).Scan(&title, &state, &position)
	if err == nil {
		return fmt.Sprintf("Number %d of these, %q, is %s: the rest waits until you looked.", position+1, title, stateWords(state)), nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("read the batch of action %d: %w", r.ID, err)
	}
	type member struct {
		id       int64
		position int
		well     bool
	}
	first, err := collect(ctx, db, s.q["FirstOfBatch"], func(sc scanner) (m member, err error) {
		return m, sc.Scan(&m.id, &m.position, &m.well)
	}, r.Batch, groups[len(groups)-1])
	if err != nil {
		return "", err
	}
	rank := slices.IndexFunc(first, func(m member) bool { return m.id == r.ID })
	if rank < 0 {
		rank = len(first)
	}
	for _, g := range slices.Backward(groups[:]) {
		if rank < g {
			continue
		}
		for _, m := range first[:g] {
			if !m.well {
				return fmt.Sprintf("Waits until number %d of these is confirmed.", m.position+1), nil
			}
		}
		break
	}
	return "", nil
}

// wait notes why an action has not begun, or is not tried again; nothing else changes.
func (s *Service) wait(ctx context.Context, r row, why string) error {
	if r.State == action.Approved && s.now().Unix() >= r.ExpiresAt {
		return s.end(ctx, r, action.Failed, Purser, s.stale(r, r.Request.Before))
	}
	if r.Waits == why {
		return nil
	}
	r.Waits = why
	return s.store(ctx, r)
}

// end moves an action on in a transaction of its own.
func (s *Service) end(ctx context.Context, r row, to action.State, who, why string) error {
	defer s.o.Changed()
	return s.o.DB.Write(ctx, func(tx *sql.Tx) error { return s.move(ctx, tx, &r, to, who, why) })
}
