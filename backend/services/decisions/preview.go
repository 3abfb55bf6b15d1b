package decisions

import (
	"context"
	"sort"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/decision"
)

const riskiest = 3

// Preview is the dry run of approving, through the same code that carries it out.
func (s *Service) Preview(ctx context.Context, a Agreement) (BatchOutput, error) {
	out := BatchOutput{Lines: []LineDraft{}, Riskiest: []string{}, Totals: []MoneyOutput{}, ValidHours: int(action.ValidFor.Hours())}
	if a.Units != 0 {
		if err := checkUnits(a.Units); err != nil {
			return out, err
		}
	}
	p, err := s.plan(ctx, a.IDs, func(w *action.Wish) {
		if a.Units != 0 {
			w.Units = a.Units
		}
	}, decision.Proposed, decision.Snoozed)
	if err != nil {
		return out, err
	}
	out.Seen = p.seen()
	totals := map[core.Currency]int64{}
	for i, d := range p.drafts {
		l := s.lineDraft(p.rows[i], d)
		out.Lines = append(out.Lines, l)
		out.Level = max(out.Level, d.Kind.Level)
		if len(l.Against) > 0 {
			out.Against++
		}
		if m := d.Request.Size.Money; m.Currency != "" {
			totals[m.Currency] += m.Minor
		}
	}
	if out.Level >= action.Outbound {
		out.HoldS = int(action.HeldFor.Seconds())
	}
	for c, minor := range totals {
		out.Totals = append(out.Totals, *moneyOutput(core.Money{Minor: minor, Currency: c}))
	}
	sort.Slice(out.Totals, func(i, j int) bool { return out.Totals[i].Currency < out.Totals[j].Currency })
	byRisk := append([]action.Draft(nil), p.drafts...)
	sort.SliceStable(byRisk, func(i, j int) bool { return byRisk[i].Risk > byRisk[j].Risk })
	for _, d := range byRisk[:min(riskiest, len(byRisk))] {
		out.Riskiest = append(out.Riskiest, d.Request.Decision)
	}
	return out, nil
}

func (s *Service) lineDraft(r row, d action.Draft) LineDraft {
	q := d.Request
	against := texts(d.Against)
	if r.held() {
		against = append(against, r.Proposal.HeldBy[0].Why)
	}
	return LineDraft{
		Decision: r.ID, Title: d.Title, Label: s.o.Label(r.Proposal.Subject), Kind: d.Kind.Name, KindTitle: d.Kind.Title, Level: d.Kind.Level,
		Entity: q.Entity, Before: q.Before, After: q.After, Payload: q.Payload, Hash: d.Hash, Money: moneyOutput(q.Size.Money), Units: q.Size.Units,
		Against: against, Note: d.Note,
	}
}
