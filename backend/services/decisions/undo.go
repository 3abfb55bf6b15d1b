package decisions

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
)

// step is what one decision was before a person changed it.
type step struct {
	Before   row   `json:"before"`
	Revision int64 `json:"revision"` // of the decision afterwards: undo only while it is still that
	Action   int64 `json:"action"`   // what was approved by it; 0: nothing
}

// Done is something a person did that can be undone.
type Done struct {
	Seq   int64     `json:"seq"`
	At    time.Time `json:"-"`
	Verb  string    `json:"verb"`
	Title string    `json:"title"`
	IDs   []string  `json:"ids"`

	steps []step
}

func (s *Service) journal(ctx context.Context, tx *sql.Tx, verb, title string, steps []step) error {
	text, err := json.Marshal(steps)
	if err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	if _, err := tx.ExecContext(ctx, s.q["AddJournal"], s.o.Clock.Now().Unix(), verb, title, string(text)); err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	return nil
}

func scanDone(sc scanner) (Done, error) {
	var d Done
	var at int64
	var steps []byte
	if err := sc.Scan(&d.Seq, &at, &d.Verb, &d.Title, &steps); err != nil {
		return d, err
	}
	d.At = time.Unix(at, 0).UTC()
	if err := json.Unmarshal(steps, &d.steps); err != nil {
		return d, err
	}
	for _, st := range d.steps {
		d.IDs = append(d.IDs, st.Before.ID)
	}
	return d, nil
}

// LastUndoable is the newest thing a person did whose decisions have not moved on since; nil if none.
func (s *Service) LastUndoable(ctx context.Context) (*Done, error) {
	return s.lastUndoable(ctx, s.o.DB.Reader())
}

func (s *Service) lastUndoable(ctx context.Context, db querier) (*Done, error) {
	all, err := collect(ctx, db, s.q["Undoable"], scanDone)
	if err != nil {
		return nil, err
	}
	for i := range all {
		ok, err := s.unmoved(ctx, db, all[i])
		if err != nil {
			return nil, err
		}
		if ok {
			return &all[i], nil
		}
	}
	return nil, nil
}

// unmoved says whether what was done can be taken back: its decisions are as it left them, and what was approved by
// it has not begun, or has been done here and can be reverted.
func (s *Service) unmoved(ctx context.Context, db querier, d Done) (bool, error) {
	for _, st := range d.steps {
		r, err := s.one(ctx, db, st.Before.ID)
		if err != nil {
			return false, err
		}
		if r.Revision != st.Revision {
			return false, nil
		}
		if st.Action == 0 || s.out == nil {
			continue
		}
		t, err := s.out.One(ctx, st.Action)
		if err != nil {
			return false, err
		}
		if back := t.Reversible && t.Level <= action.Local; t.State != action.Approved && !back {
			return false, nil
		}
	}
	return true, nil
}

// Undo takes back the newest thing a person did, with what it made on this computer. What has not begun is
// cancelled. What evaluations brought in the meantime, such as newer numbers, stays.
func (s *Service) Undo(ctx context.Context) (Done, error) {
	d, err := s.LastUndoable(ctx)
	if err != nil {
		return Done{}, err
	}
	if d == nil {
		return Done{}, core.NotFound("decisions", "There is nothing to undo.")
	}
	for i := len(d.steps) - 1; i >= 0; i-- {
		if err := s.revert(ctx, d.steps[i].Action); err != nil {
			return Done{}, err
		}
	}
	err = s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, s.q["MarkUndone"], d.Seq)
		if err != nil {
			return fmt.Errorf("undo: %w", err)
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, core.NotFound("decisions", "That is undone already."))
		}
		for i := len(d.steps) - 1; i >= 0; i-- {
			if err := s.undoStep(ctx, tx, d.steps[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return *d, err
}

// revert takes back what was done on this computer, by an action of its own.
func (s *Service) revert(ctx context.Context, id int64) error {
	if id == 0 {
		return nil
	}
	t, err := s.out.One(ctx, id)
	if err != nil || t.State != action.Verified {
		return err
	}
	back, err := s.out.Rollback(ctx, id, Person)
	if err != nil {
		return err
	}
	if err := s.out.Drain(ctx, []int64{back}); err != nil {
		return err
	}
	if t, err = s.out.One(ctx, back); err != nil || t.State == action.Verified {
		return err
	}
	return &core.Error{
		Code: core.CodeConflict, Module: "decisions", Message: fmt.Sprintf("%q could not be taken back: %s", t.Title, t.Reason+t.Waits),
		Hint: "The journal shows how it stands.",
	}
}

func (s *Service) undoStep(ctx context.Context, tx *sql.Tx, st step) error {
	r, err := s.one(ctx, tx, st.Before.ID)
	if err != nil {
		return err
	}
	if st.Action != 0 {
		if _, err := s.out.Cancel(ctx, tx, st.Action, Person, "undone before it began"); err != nil {
			return err
		}
	}
	b := st.Before
	r.Regressed, r.Reason, r.Note, r.Units, r.NotDone = b.Regressed, b.Reason, b.Note, b.Units, b.NotDone
	r.Snooze, r.SnoozeUntil, r.SnoozeWorse = b.Snooze, b.SnoozeUntil, b.SnoozeWorse
	from := r.State
	if err := s.transition(ctx, tx, &r, b.State, Person, undonePrefix+string(from)+" back to "+string(b.State)); err != nil {
		return err
	}
	// An older act on the same decision can be undone next: the decision is again as it left it.
	r.Revision = b.Revision
	return s.put(ctx, tx, r)
}
