package decisions

import (
	"fmt"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/decision"
)

// item writes one decision as a row.
func (s *Service) item(r row) ItemOutput {
	p := r.Proposal
	m, _ := cut(p.Subject)
	out := ItemOutput{
		ID: r.ID, IDs: []string{r.ID}, SubjectKind: string(p.SubjectKind), Subject: p.Subject, Label: s.o.Label(p.Subject), Marketplace: m,
		Policy: p.Policy, PolicyTitle: s.o.PolicyTitle(p.Policy), Version: p.Version, Case: p.Case,
		Severity: string(p.Severity), Title: p.Title, Sentence: p.Sentence, Do: p.Do, IfYouWait: p.IfYouWait,
		Due: p.Due.String(), DueText: s.dueText(p.Due),
		Action: ActionOutput{
			Kind: p.Action.Kind, Label: p.Action.Label, Units: unitsOf(r), Proposed: p.Action.Units, Link: p.Action.Link, Checklist: texts(p.Action.Checklist),
		},
		State: string(r.State), StateText: s.stateText(r), StateAt: stampText(r.StateAt), Regressed: r.Regressed, NotDone: r.NotDone,
		Maturity: string(p.Maturity), Settled: p.Settled.String(), AsOf: p.AsOf.String(),
		AgeDays: int(s.today() - core.DayOf(time.Unix(r.FirstSeen, 0), s.o.Zone)),
		Unknown: texts(p.Unknown), HeldBy: []HeldOutput{}, Against: []OppositeOutput{}, Members: []ItemOutput{}, order: orderOf(r),
	}
	for _, h := range p.HeldBy {
		out.HeldBy = append(out.HeldBy, HeldOutput(h))
	}
	for _, o := range p.Against {
		out.Against = append(out.Against, OppositeOutput(o))
	}
	out.stake(p.AtStake, p.AtStakePer)
	if p.Due != 0 {
		out.DueDays = int(p.Due - s.today())
	}
	if r.Units > 0 && p.Action.Kind == action.Restock {
		out.Action.Label = fmt.Sprintf("Approve order of %d", r.Units)
	}
	return out
}

func texts(in []string) []string { return append([]string{}, in...) }

func moneyOutput(m core.Money) *MoneyOutput {
	if m.Currency == "" {
		return nil
	}
	return &MoneyOutput{Minor: m.Minor, Currency: string(m.Currency), Text: m.Text()}
}

// stake sets the money at stake and how it counts.
func (i *ItemOutput) stake(m core.Money, per string) {
	i.AtStake, i.AtStakePer = moneyOutput(m), ""
	if i.AtStake != nil {
		i.AtStakePer = per
	}
}

func (s *Service) dueText(due core.Day) string {
	if due == 0 {
		return ""
	}
	switch n := due - s.today(); {
	case n < 0:
		return "late since " + shortDay(due)
	case n == 0:
		return "due today"
	case n == 1:
		return "due tomorrow"
	}
	return "due " + shortDay(due)
}

func shortDay(d core.Day) string { return d.Time().Format("2 Jan") }

func (s *Service) stateText(r row) string {
	switch r.State {
	case decision.Snoozed:
		if r.Snooze == SnoozeWorse {
			return "snoozed until it gets worse"
		}
		return "snoozed until " + shortDay(r.SnoozeUntil)
	case decision.Rejected:
		return "dismissed: " + map[string]string{
			ReasonWrong: "wrong", ReasonKnown: "known", ReasonNotWorthIt: "not worth it", ReasonTooLate: "too late",
		}[r.Reason]
	case decision.Expired:
		return r.Reason
	case decision.Approved:
		if r.Proposal.Action.Kind == action.Restock {
			return fmt.Sprintf("approved: %d units in the draft order", unitsOf(r))
		}
		return "approved"
	case decision.Proposed:
		switch {
		case r.NotDone != "":
			return "approved, and not done"
		case r.held():
			return "held back by " + r.Proposal.HeldBy[0].Title
		case r.Regressed:
			return "came back"
		}
	}
	return ""
}
