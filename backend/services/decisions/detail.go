package decisions

import (
	"context"
	"sort"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
)

// Get gives one decision with its reasons, its history and what it made.
func (s *Service) Get(ctx context.Context, id string) (DetailOutput, error) {
	db := s.o.DB.Reader()
	r, err := s.one(ctx, db, id)
	if err != nil {
		return DetailOutput{}, err
	}
	out := DetailOutput{
		ItemOutput: s.item(r), Why: []WhyOutput{}, History: []AuditOutput{}, Note: r.Note, Reason: r.Reason,
		Snooze: r.Snooze, Until: r.SnoozeUntil.String(), Actions: []action.Trail{},
	}
	for _, w := range r.Proposal.Why {
		out.Why = append(out.Why, WhyOutput{
			Case: w.Case, Clause: w.Clause, Expression: w.Expression, Text: w.Text, Value: w.Value, Unit: w.Unit, Source: w.Source,
			AsOf: w.AsOf, Maturity: w.Maturity, Result: string(w.Result), Depth: w.Depth, Note: w.Note,
		})
	}
	history, err := collect(ctx, db, s.q["History"], scanEntry, id)
	if err != nil {
		return DetailOutput{}, err
	}
	for _, e := range history {
		out.History = append(out.History, AuditOutput{
			Seq: e.Seq, At: stampText(e.At), From: e.From, To: e.To, By: e.Who, Reason: e.Reason, Hash: e.Hash,
		})
	}
	if s.out != nil {
		if out.Actions, err = s.out.Of(ctx, id); err != nil {
			return DetailOutput{}, err
		}
	}
	return out, s.addMade(ctx, r, &out)
}

func (s *Service) addMade(ctx context.Context, r row, out *DetailOutput) error {
	db := s.o.DB.Reader()
	marketplace, sku := cut(r.Proposal.Subject)
	l, err := s.line(ctx, db, marketplace, sku)
	if err != nil {
		return err
	}
	if l != nil && l.Decision == r.ID {
		o := s.lineOutput(*l)
		out.RestockLine = &o
	}
	t, err := s.task(ctx, db, r.ID)
	if err != nil {
		return err
	}
	if t != nil {
		o := taskOutput(*t)
		out.Task = &o
	}
	return nil
}

func (s *Service) lineOutput(l Line) LineOutput {
	total := core.Money{Minor: l.UnitCost.Minor * int64(l.Units), Currency: l.UnitCost.Currency}
	return LineOutput{
		Marketplace: l.Marketplace, SKU: l.SKU, Label: s.o.Label(l.Marketplace + "/" + l.SKU), Units: l.Units, Decision: l.Decision,
		UnitCost: moneyOutput(l.UnitCost), Total: moneyOutput(total), State: l.State, CreatedAt: stampText(l.CreatedAt),
	}
}

func (s *Service) linesOutput(lines []Line) LinesOutput {
	out := LinesOutput{Lines: []LineOutput{}, Totals: []MoneyOutput{}}
	totals := map[core.Currency]int64{}
	for _, l := range lines {
		out.Lines = append(out.Lines, s.lineOutput(l))
		if l.UnitCost.Currency == "" {
			out.WithoutCost++
			continue
		}
		totals[l.UnitCost.Currency] += l.UnitCost.Minor * int64(l.Units)
	}
	for c, minor := range totals {
		m := core.Money{Minor: minor, Currency: c}
		out.Totals = append(out.Totals, MoneyOutput{Minor: minor, Currency: string(c), Text: m.Text()})
	}
	sort.Slice(out.Totals, func(i, j int) bool { return out.Totals[i].Currency < out.Totals[j].Currency })
	return out
}

func taskOutput(t Task) TaskOutput {
	out := TaskOutput{Decision: t.Decision, Title: t.Title, Label: t.Label, Link: t.Link, Steps: []StepOutput{}, Done: t.Done, Owner: t.Owner, CreatedAt: stampText(t.CreatedAt)}
	if t.Due != 0 {
		out.Due = t.Due.String()
	}
	for _, st := range t.Steps {
		out.Steps = append(out.Steps, StepOutput(st))
	}
	return out
}

// changeOutput gathers what a page needs after a change.
func (s *Service) changeOutput(ctx context.Context, c Change) (ChangeOutput, error) {
	out := ChangeOutput{Already: c.Already, Title: c.Title, Items: []ItemOutput{}}
	rows, err := s.awakeRows(ctx)
	if err != nil {
		return out, err
	}
	changed := map[string]bool{}
	for _, id := range c.IDs {
		changed[id] = true
	}
	for _, r := range rows {
		if changed[r.ID] {
			out.Items = append(out.Items, s.item(r))
		}
	}
	open, err := s.openTasks(ctx)
	if err != nil {
		return out, err
	}
	out.Tabs = s.tabs(rows, open)
	lines, err := s.RestockLines(ctx)
	if err != nil {
		return out, err
	}
	out.Lines = s.linesOutput(lines).Lines
	out.Undoable, err = s.undoable(ctx)
	return out, err
}

func (s *Service) undoable(ctx context.Context) (UndoOutput, error) {
	d, err := s.LastUndoable(ctx)
	if err != nil || d == nil {
		return UndoOutput{IDs: []string{}}, err
	}
	return UndoOutput{Possible: true, Title: d.Title, Verb: d.Verb, At: d.At.Format(time.RFC3339), IDs: d.IDs}, nil
}
