package decisions

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// Line is one line of the restock draft.
type Line struct {
	Marketplace string     `json:"marketplace"`
	SKU         string     `json:"sku"`
	Units       int        `json:"units"`
	Decision    string     `json:"decision"`
	UnitCost    core.Money `json:"unit_cost"` // zero currency: not known
	State       string     `json:"state"`     // draft
	CreatedAt   int64      `json:"created_at"`
}

// Task is what an approval asks a person to do.
type Task struct {
	Decision  string `json:"decision"`
	Title     string `json:"title"`
	Label     string `json:"label"`
	Link      string `json:"link"`
	Steps     []Step `json:"steps"`
	Done      bool   `json:"done"`
	CreatedAt int64  `json:"created_at"`
	Owner     string `json:"owner"` // who does it; "": the seller

	Due core.Day `json:"due"` // 0: none
}

// Step is one step of a task.
type Step struct {
	Text string `json:"text"`
	Done bool   `json:"done"`
}

func cut(subject string) (marketplace, rest string) { return fact.SplitID(subject) }

func scanLine(sc scanner) (Line, error) {
	var l Line
	var cost sql.NullInt64
	err := sc.Scan(&l.Marketplace, &l.SKU, &l.Units, &l.Decision, &cost, &l.UnitCost.Currency, &l.State, &l.CreatedAt)
	l.UnitCost.Minor = cost.Int64
	return l, err
}

func (s *Service) line(ctx context.Context, db querier, marketplace, sku string) (*Line, error) {
	l, err := scanLine(db.QueryRowContext(ctx, s.q["OneLine"], marketplace, sku))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the draft line of %s: %w", sku, err)
	}
	return &l, nil
}

func (s *Service) putLine(ctx context.Context, tx *sql.Tx, l Line) error {
	cost := sql.NullInt64{Int64: l.UnitCost.Minor, Valid: l.UnitCost.Currency != ""}
	_, err := tx.ExecContext(ctx, s.q["PutLine"], l.Marketplace, l.SKU, l.Units, l.Decision, cost, string(l.UnitCost.Currency), l.State, l.CreatedAt)
	if err != nil {
		return fmt.Errorf("store the draft line of %s: %w", l.SKU, err)
	}
	return nil
}

// RestockLines lists the draft order.
func (s *Service) RestockLines(ctx context.Context) ([]Line, error) {
	return collect(ctx, s.o.DB.Reader(), s.q["AllLines"], scanLine)
}

func scanTask(sc scanner) (Task, error) {
	var t Task
	var steps []byte
	if err := sc.Scan(&t.Decision, &t.Title, &t.Label, &t.Link, &steps, &t.Done, &t.CreatedAt, &t.Owner, &t.Due); err != nil {
		return t, err
	}
	return t, json.Unmarshal(steps, &t.Steps)
}

func (s *Service) task(ctx context.Context, db querier, id string) (*Task, error) {
	t, err := scanTask(db.QueryRowContext(ctx, s.q["OneTask"], id))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the task of decision %s: %w", id, err)
	}
	return &t, nil
}

func (s *Service) putTask(ctx context.Context, tx *sql.Tx, t Task) error {
	steps, err := json.Marshal(t.Steps)
	if err != nil {
		return fmt.Errorf("store the task of decision %s: %w", t.Decision, err)
	}
	if _, err := tx.ExecContext(ctx, s.q["PutTask"], t.Decision, t.Title, t.Label, t.Link, string(steps), t.Done, t.CreatedAt, t.Owner, int64(t.Due)); err != nil {
		return fmt.Errorf("store the task of decision %s: %w", t.Decision, err)
	}
	return nil
}

// Tasks lists all tasks, oldest first.
func (s *Service) Tasks(ctx context.Context) ([]Task, error) {
	return collect(ctx, s.o.DB.Reader(), s.q["AllTasks"], scanTask)
}

// CheckTask ticks or unticks a step, counted from 0.
func (s *Service) CheckTask(ctx context.Context, id string, stepIndex int, done bool) (Task, error) {
	var out Task
	err := s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		t, err := s.task(ctx, tx, id)
		if err != nil {
			return err
		}
		if t == nil || stepIndex < 0 || stepIndex >= len(t.Steps) {
			return core.NotFound("decisions", "There is no such step.")
		}
		t.Steps[stepIndex].Done = done
		t.Done = true
		for _, st := range t.Steps {
			t.Done = t.Done && st.Done
		}
		out = *t
		return s.putTask(ctx, tx, *t)
	})
	return out, err
}
