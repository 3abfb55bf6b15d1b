package decisions

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"purser/backend/core"
)

// Kinds of what a step changed besides the decision.
const (
	stepLine = "line"
	stepTask = "task"
)

// step is what one decision was before a person changed it.
type step struct {
	Before   row    `json:"before"`
	Revision int64  `json:"revision"` // of the decision afterwards: undo only while it is still that
	Kind     string `json:"kind"`     // stepLine, stepTask or nothing
	Line     *Line  `json:"line"`     // nil: there was none
	Task     *Task  `json:"task"`
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

func (s *Service) unmoved(ctx context.Context, db querier, d Done) (bool, error) {
	for _, st := range d.steps {
		r, err := s.one(ctx, db, st.Before.ID)
		if err != nil {
			return false, err
		}
		if r.Revision != st.Revision {
			return false, nil
		}
	}
	return true, nil
}

// Undo takes back the newest thing a person did, with the draft line or task it made.
// What evaluations brought in the meantime, such as newer numbers, stays.
func (s *Service) Undo(ctx context.Context) (Done, error) {
	var out Done
	err := s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		d, err := s.lastUndoable(ctx, tx)
		if err != nil {
			return err
		}
		if d == nil {
			return core.NotFound("decisions", "There is nothing to undo.")
		}
		for i := len(d.steps) - 1; i >= 0; i-- {
			if err := s.undoStep(ctx, tx, d.steps[i]); err != nil {
				return err
			}
		}
		out = *d
		_, err = tx.ExecContext(ctx, s.q["MarkUndone"], d.Seq)
		return err
	})
	return out, err
}

func (s *Service) undoStep(ctx context.Context, tx *sql.Tx, st step) error {
	r, err := s.one(ctx, tx, st.Before.ID)
	if err != nil {
		return err
	}
	b := st.Before
	r.Regressed, r.Reason, r.Note, r.Units = b.Regressed, b.Reason, b.Note, b.Units
	r.Snooze, r.SnoozeUntil, r.SnoozeWorse = b.Snooze, b.SnoozeUntil, b.SnoozeWorse
	if err := s.undoMade(ctx, tx, r, st); err != nil {
		return err
	}
	from := r.State
	if err := s.transition(ctx, tx, &r, b.State, Person, undonePrefix+string(from)+" back to "+string(b.State)); err != nil {
		return err
	}
	// An older act on the same decision can be undone next: the decision is again as it left it.
	r.Revision = b.Revision
	return s.put(ctx, tx, r)
}

func (s *Service) undoMade(ctx context.Context, tx *sql.Tx, r row, st step) error {
	var err error
	switch {
	case st.Kind == stepLine:
		err = s.undoLine(ctx, tx, r, st.Line)
	case st.Kind == stepTask && st.Task != nil:
		err = s.putTask(ctx, tx, *st.Task)
	case st.Kind == stepTask:
		_, err = tx.ExecContext(ctx, s.q["DropTask"], r.ID)
	}
	if err != nil {
		return fmt.Errorf("undo decision %s: %w", r.ID, err)
	}
	return nil
}

// undoLine puts the draft line back, unless another decision has made it its own since.
func (s *Service) undoLine(ctx context.Context, tx *sql.Tx, r row, before *Line) error {
	marketplace, sku := cut(r.Proposal.Subject)
	now, err := s.line(ctx, tx, marketplace, sku)
	switch {
	case err != nil || now == nil || now.Decision != r.ID:
		return err
	case before != nil:
		return s.putLine(ctx, tx, *before)
	}
	_, err = tx.ExecContext(ctx, s.q["DropLine"], marketplace, sku)
	return err
}
