package decisions

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/decision"
)

// plan is what approving some decisions would do: a draft for each that is still to be decided.
type plan struct {
	rows   []row
	drafts []action.Draft
}

// seen binds an approval of several lines to all of them, in their order.
func (p plan) seen() string {
	hashes := make([]string, len(p.drafts))
	for i, d := range p.drafts {
		hashes[i] = d.Hash
	}
	return sum([]byte(strings.Join(hashes, "\n")))
}

// shape changes a wish before it is prepared: other units, another owner.
type shape func(w *action.Wish)

// plan prepares decisions, through the same code that carries them out. Decisions that are dealt with are left out.
func (s *Service) plan(ctx context.Context, ids []string, change shape, states ...decision.State) (plan, error) {
	if s.out == nil {
		return plan{}, core.Unavailable("decisions", "What carries out approvals is not running.", nil)
	}
	var p plan
	var wishes []action.Wish
	for _, id := range ids {
		r, err := s.one(ctx, s.o.DB.Reader(), id)
		if err != nil {
			return plan{}, err
		}
		if !isOne(r.State, states) {
			continue
		}
		w := s.wish(ctx, r)
		change(&w)
		p.rows, wishes = append(p.rows, r), append(wishes, w)
	}
	if len(wishes) == 0 {
		return p, nil
	}
	var err error
	p.drafts, err = s.out.Prepare(ctx, wishes)
	return p, err
}

func isOne(s decision.State, of []decision.State) bool {
	for _, o := range of {
		if s == o {
			return true
		}
	}
	return false
}

func (s *Service) wish(ctx context.Context, r row) action.Wish {
	p, marketplace, sku := r.Proposal, "", ""
	w := action.Wish{
		Kind: p.Action.Kind, Decision: r.ID, Policy: p.Policy, Version: p.Version, Subject: p.Subject, SubjectKind: string(p.SubjectKind),
		Title: p.Title, Label: p.Action.Label, Checklist: p.Action.Checklist, Units: unitsOf(r), Link: p.Action.Link, Target: p.Action.Target,
	}
	if w.Kind == action.Restock {
		marketplace, sku = cut(p.Subject)
		w.Price = s.o.UnitCost(ctx, marketplace, core.SKU(sku))
	}
	return w
}

// against says why a draft cannot be approved.
func against(p plan) error {
	for _, d := range p.drafts {
		if unprepared(d) {
			return &core.Error{
				Code: core.CodeConflict, Module: "decisions", Message: fmt.Sprintf("%q cannot be approved now: %s", d.Title, d.Against[0]),
				Hint: "Leave it out, or look at it again later.",
			}
		}
		if len(d.Against) > 0 {
			return &core.Error{
				Code: core.CodeConflict, Module: "decisions", Message: fmt.Sprintf("%q is against its limits: %s", d.Title, d.Against[0]),
				Hint: "Limits are set under Settings, Guardrails.",
			}
		}
	}
	return nil
}

// unprepared says whether a draft tells only why there is nothing that would be done.
func unprepared(d action.Draft) bool { return len(d.Against) > 0 && d.Request.Payload == "" }

// Agreement is what a person agrees to.
type Agreement struct {
	IDs   []string
	Units int // in place of the proposed figure of a restock; 0 keeps it
	// Seen is what the preview said, BatchOutput.Seen: needed for what leaves this computer, so that nothing else is
	// done than what was looked at.
	Seen string
}

// Approve agrees to what is recommended: exactly what the dry run said is stored as approved, and what stays on this
// computer is done at once. Approving again changes nothing.
func (s *Service) Approve(ctx context.Context, a Agreement) (Change, error) {
	if a.Units != 0 {
		if err := checkUnits(a.Units); err != nil {
			return Change{}, err
		}
	}
	p, err := s.plan(ctx, a.IDs, func(w *action.Wish) {
		if a.Units != 0 {
			w.Units = a.Units
		}
	}, decision.Proposed, decision.Snoozed)
	if err != nil {
		return Change{}, err
	}
	if err := p.agreed(a.Seen); err != nil {
		return Change{}, err
	}
	return s.carry(ctx, p, a.IDs, Person, verbApprove, func(r *row, d action.Draft) string {
		if r.Proposal.Action.Kind != action.Restock {
			return "approved"
		}
		if a.Units != 0 {
			r.Units = a.Units
		}
		return fmt.Sprintf("approved %d units", d.Request.Size.Units)
	})
}

// agreed says whether what was looked at is what would be done.
func (p plan) agreed(seen string) error {
	if seen != "" && seen != p.seen() {
		return &core.Error{
			Code: core.CodeConflict, Module: "decisions", Message: "What would be done is not what you looked at any more. Nothing was approved.",
			Hint: "Look at it again.",
		}
	}
	for _, d := range p.drafts {
		if d.Kind.Level >= action.Outbound && seen == "" {
			return &core.Error{
				Code: core.CodeConflict, Module: "decisions", Message: fmt.Sprintf("%q leaves this computer and must be looked at first.", d.Title),
				Hint: "Open its preview and confirm it there.",
			}
		}
	}
	return nil
}

// carry stores a plan as approved, in one transaction with its decisions, and does what stays on this computer.
func (s *Service) carry(ctx context.Context, p plan, ids []string, who, verb string, said func(r *row, d action.Draft) string) (Change, error) {
	byID := map[string]int{}
	for i, r := range p.rows {
		byID[r.ID] = i
	}
	var made []int64
	change, err := s.perform(ctx, act{
		verb: verb, who: who, ids: ids,
		already: func(r row) bool { return r.State == decision.Approved },
		allowed: []decision.State{decision.Proposed, decision.Snoozed},
		do: func(_ context.Context, _ *sql.Tx, r *row, _ *step) (decision.State, string, error) {
			i, planned := byID[r.ID]
			if !planned || p.rows[i].Revision != r.Revision || p.rows[i].Proposal.Version != r.Proposal.Version {
				return "", "", moved(*r)
			}
			if s.o.Observed(r.Proposal.Policy) {
				return "", "", core.Invalid("decisions", fmt.Sprintf("%q comes from a rule that is only watched.", r.Proposal.Title), "Let the rule propose first, under Settings, Guardrails.")
			}
			r.awake()
			r.Regressed, r.NotDone = false, ""
			return decision.Approved, said(r, p.drafts[i]), against(plan{drafts: p.drafts[i : i+1]})
		},
		after: func(ctx context.Context, tx *sql.Tx, steps []step) error {
			drafts := make([]action.Draft, len(steps))
			for i, st := range steps {
				drafts[i] = p.drafts[byID[st.Before.ID]]
			}
			var err error
			if made, err = s.out.Approve(ctx, tx, drafts, who); err != nil {
				return err
			}
			for i := range steps {
				steps[i].Action = made[i]
			}
			return nil
		},
	})
	if err != nil || len(made) == 0 {
		return change, err
	}
	if err := s.out.Drain(ctx, made); err != nil {
		return change, err
	}
	return change, s.allRefused(ctx, made)
}

// allRefused is the reason where nothing at all was done; what a part of a batch came to is shown with its decisions.
func (s *Service) allRefused(ctx context.Context, made []int64) error {
	var last action.Trail
	for _, id := range made {
		t, err := s.out.One(ctx, id)
		if err != nil || t.State != action.Failed {
			return err
		}
		last = t
	}
	return &core.Error{Code: core.CodeConflict, Module: "decisions", Message: fmt.Sprintf("%q was not done. %s", last.Title, last.Reason)}
}

func moved(r row) error {
	return &core.Error{
		Code: core.CodeConflict, Module: "decisions", Message: fmt.Sprintf("%q has changed meanwhile.", r.Proposal.Title), Hint: "Look at it again.",
	}
}

// Edit changes the units of a restock, before or after its approval.
func (s *Service) Edit(ctx context.Context, id string, units int) (Change, error) {
	if err := checkUnits(units); err != nil {
		return Change{}, err
	}
	p, err := s.plan(ctx, []string{id}, func(w *action.Wish) { w.Units = units }, decision.Approved)
	if err != nil {
		return Change{}, err
	}
	if err := against(p); err != nil {
		return Change{}, err
	}
	var made []int64
	change, err := s.perform(ctx, act{
		verb: verbEdit, ids: []string{id},
		already: func(r row) bool { return r.Units == units },
		allowed: []decision.State{decision.Proposed, decision.Snoozed, decision.Approved},
		do: func(_ context.Context, _ *sql.Tx, r *row, _ *step) (decision.State, string, error) {
			if r.Proposal.Action.Kind != action.Restock {
				return "", "", core.Invalid("decisions", "Only an order has units to edit.", "")
			}
			before := unitsOf(*r)
			r.Units = units
			return r.State, fmt.Sprintf("units %d changed to %d", before, units), nil
		},
		after: func(ctx context.Context, tx *sql.Tx, steps []step) error {
			if len(p.drafts) == 0 {
				return nil
			}
			var err error
			if made, err = s.out.Approve(ctx, tx, p.drafts, Person); err == nil {
				steps[0].Action = made[0]
			}
			return err
		},
	})
	if err != nil || len(made) == 0 {
		return change, err
	}
	return change, s.out.Drain(ctx, made)
}

// Delegate gives decisions to somebody as tasks with a day on which they are due; 0: none.
func (s *Service) Delegate(ctx context.Context, ids []string, owner string, due core.Day) (Change, error) {
	owner = strings.TrimSpace(owner)
	if owner == "" {
		return Change{}, core.Invalid("decisions", "Delegating needs a name.", "Say who does it.")
	}
	if due != 0 && due < s.today() {
		return Change{}, core.Invalid("decisions", "The day on which it is due lies behind.", "Choose today or later.")
	}
	p, err := s.plan(ctx, ids, func(w *action.Wish) {
		if w.Kind == action.Restock {
			w.Checklist = []string{w.Label}
		}
		w.Kind, w.Owner, w.Due = action.Task, owner, due
	}, decision.Proposed, decision.Snoozed)
	if err != nil {
		return Change{}, err
	}
	return s.carry(ctx, p, ids, Person, verbDelegate, func(*row, action.Draft) string {
		if due == 0 {
			return "delegated to " + owner
		}
		return fmt.Sprintf("delegated to %s, due %s", owner, due)
	})
}

// Moved is told by what carries actions out that the action of a decision came to a state. What was not done waits
// for a person again, and so does what was taken back.
func (s *Service) Moved(ctx context.Context, tx *sql.Tx, id string, to action.State, why string) error {
	if to != action.Failed && to != action.RolledBack {
		return nil
	}
	r, err := s.one(ctx, tx, id)
	if err != nil || r.State != decision.Approved {
		return err
	}
	reason := "taken back"
	if to == action.Failed {
		r.NotDone, reason = why, "not done: "+why
	}
	return s.transition(ctx, tx, &r, decision.Proposed, Purser, reason)
}
