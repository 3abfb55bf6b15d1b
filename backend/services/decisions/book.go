package decisions

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"purser/backend/core/action"
)

// Book is where executors write what stays on this computer: tasks, lines of the draft order, notes, whose buyers were asked.
type Book struct{ s *Service }

// Book gives the place where local executors write.
func (s *Service) Book() Book { return Book{s} }

// Task finds the task of a decision; nil: there is none.
func (b Book) Task(ctx context.Context, decision string) (*action.TaskBody, error) {
	t, err := b.s.task(ctx, b.s.o.DB.Reader(), decision)
	if err != nil || t == nil {
		return nil, err
	}
	body := &action.TaskBody{Decision: t.Decision, Title: t.Title, Label: t.Label, Link: t.Link, Steps: []string{}, Owner: t.Owner, Due: t.Due}
	for _, st := range t.Steps {
		body.Steps = append(body.Steps, st.Text)
	}
	return body, nil
}

// PutTask writes the task of a decision with no step ticked; nil takes it away.
func (b Book) PutTask(ctx context.Context, decision string, t *action.TaskBody) error {
	return b.s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		if t == nil {
			return b.drop(ctx, tx, "DropTask", decision)
		}
		out := Task{
			Decision: decision, Title: t.Title, Label: t.Label, Link: t.Link, Steps: []Step{}, Owner: t.Owner, Due: t.Due,
			CreatedAt: b.s.o.Clock.Now().Unix(),
		}
		for _, text := range t.Steps {
			out.Steps = append(out.Steps, Step{Text: text})
		}
		return b.s.putTask(ctx, tx, out)
	})
}

// Line finds a line of the draft order; nil: there is none.
func (b Book) Line(ctx context.Context, marketplace, sku string) (*action.LineBody, error) {
	l, err := b.s.line(ctx, b.s.o.DB.Reader(), marketplace, sku)
	if err != nil || l == nil {
		return nil, err
	}
	return &action.LineBody{Marketplace: l.Marketplace, SKU: l.SKU, Units: l.Units, Decision: l.Decision, Cost: l.UnitCost}, nil
}

// PutLine writes a line of the draft order; nil takes it away.
func (b Book) PutLine(ctx context.Context, marketplace, sku string, l *action.LineBody) error {
	return b.s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		if l == nil {
			return b.drop(ctx, tx, "DropLine", marketplace, sku)
		}
		return b.s.putLine(ctx, tx, Line{
			Marketplace: marketplace, SKU: sku, Units: l.Units, Decision: l.Decision, UnitCost: l.Cost, State: "draft",
			CreatedAt: b.s.o.Clock.Now().Unix(),
		})
	})
}

// Note finds the note that a decision made; nil: there is none.
func (b Book) Note(ctx context.Context, decision string) (*action.NoteBody, error) {
	var n action.NoteBody
	err := b.s.o.DB.Reader().QueryRowContext(ctx, b.s.q["OneNote"], decision).Scan(&n.Decision, &n.Subject, &n.Text)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the note of decision %s: %w", decision, err)
	}
	return &n, nil
}

// PutNote writes the note of a decision; nil takes it away.
func (b Book) PutNote(ctx context.Context, decision string, n *action.NoteBody) error {
	return b.s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		if n == nil {
			return b.drop(ctx, tx, "DropNote", decision)
		}
		if _, err := tx.ExecContext(ctx, b.s.q["PutNote"], decision, n.Subject, n.Text, b.s.o.Clock.Now().Unix()); err != nil {
			return fmt.Errorf("store the note of decision %s: %w", decision, err)
		}
		return nil
	})
}

func (b Book) drop(ctx context.Context, tx *sql.Tx, query string, args ...any) error {
	if _, err := tx.ExecContext(ctx, b.s.q[query], args...); err != nil {
		return fmt.Errorf("take it away: %w", err)
	}
	return nil
}
