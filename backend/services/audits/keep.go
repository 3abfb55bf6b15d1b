package audits

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/decision"
)

// trails are the actions as they were last read.
type trails struct {
	all  []action.Trail
	read bool
	book *book // made of them; nil: not yet
}

// Touched says that actions have moved on. It may be called while a verdict is dealt with.
func (s *Service) Touched() { s.touched.Store(true) }

// fresh forgets what was read when something has moved on since. s.mu is held.
func (s *Service) fresh() {
	if s.touched.Swap(false) {
		s.seen = trails{}
	}
}

// actions gives what was decided, oldest first: what takes another action back and what was taken back before it
// began are no decisions of their own, and what a person made of a finding is none of a rule's. s.mu is held.
func (s *Service) actions(ctx context.Context) ([]action.Trail, error) {
	s.fresh()
	if s.seen.read {
		return s.seen.all, nil
	}
	all, err := s.o.Ledger.Actions(ctx)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(slices.Clone(all), func(t action.Trail) bool {
		return t.Reverses != 0 || t.Decision == "" || t.Policy == Policy || t.State == action.Cancelled
	})
	slices.SortFunc(all, func(a, b action.Trail) int { return cmp.Compare(a.ID, b.ID) })
	s.seen = trails{all: all, read: true}
	return all, nil
}

// Keep stores what newly agreed actions rest on, before an evaluation brings their decisions up to date. It must be
// called before each.
func (s *Service) Keep(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen = trails{}
	_, err := s.keep(ctx)
	return err
}

// keep is Keep for those that hold s.mu; it gives all that is kept.
func (s *Service) keep(ctx context.Context) (map[int64]keptRow, error) {
	all, err := s.actions(ctx)
	if err != nil {
		return nil, err
	}
	have, err := s.kept(ctx)
	if err != nil {
		return nil, err
	}
	type inputs struct {
		t action.Trail
		d Decision
	}
	var fresh []inputs
	for _, t := range all {
		if _, ok := have[t.ID]; ok {
			continue
		}
		d, err := s.decision(ctx, t.Decision)
		if err != nil {
			return nil, fmt.Errorf("keep what action %d rests on: %w", t.ID, err)
		}
		fresh = append(fresh, inputs{t, d})
	}
	if len(fresh) == 0 {
		return have, nil
	}
	day, err := s.o.Ledger.Evaluated(ctx)
	if err != nil {
		return nil, err
	}
	err = s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		for _, in := range fresh {
			in.d.Evaluated = day
			text, err := json.Marshal(in.d)
			if err != nil {
				return fmt.Errorf("keep what action %d rests on: %w", in.t.ID, err)
			}
			_, err = tx.ExecContext(ctx, s.q["Keep"], in.t.ID, in.t.Decision, in.d.Subject, s.now().Unix(), in.d.AtStake.Minor, string(in.d.AtStake.Currency),
				in.d.AtStakePer, agreedIn(in.d.Log, in.t.ApprovedAt), string(text))
			if err != nil {
				return fmt.Errorf("keep what action %d rests on: %w", in.t.ID, err)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return s.kept(ctx)
}

// decision gives a decision as it stands; one that is gone is empty, and says by that that it is not in the ledger.
func (s *Service) decision(ctx context.Context, id string) (Decision, error) {
	d, err := s.o.Ledger.Decision(ctx, id)
	if e := core.AsError(err); e != nil && e.Code == core.CodeNotFound {
		return Decision{}, nil
	}
	return d, err
}

// agreedIn is the hash of the row of the audit by which something was agreed to at a moment: the last row that is no
// later. The chain makes it stand for everything before it.
func agreedIn(log []LogEntry, at string) string {
	hash := ""
	for _, e := range log {
		if e.At > at {
			break
		}
		if e.To == string(decision.Approved) || hash == "" {
			hash = e.Hash
		}
	}
	return hash
}

// inputs gives what an action rested on, and whether that is as it was when it was agreed to.
func (s *Service) inputs(ctx context.Context, t action.Trail) (d Decision, was bool, err error) {
	var at int64
	var text []byte
	if err := s.o.DB.Reader().QueryRowContext(ctx, s.q["KeptInputs"], t.ID).Scan(&at, &text); err != nil {
		return d, false, fmt.Errorf("read what action %d rested on: %w", t.ID, err)
	}
	if err := json.Unmarshal(text, &d); err != nil {
		return d, false, fmt.Errorf("read what action %d rested on: %w", t.ID, err)
	}
	agreed, err := time.Parse(time.RFC3339, t.ApprovedAt)
	if err != nil {
		return d, false, fmt.Errorf("read when action %d was agreed to: %w", t.ID, err)
	}
	return d, !agreed.Before(s.began), nil
}
