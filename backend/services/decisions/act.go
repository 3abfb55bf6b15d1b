package decisions

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"purser/backend/core"
	"purser/backend/core/decision"
)

// Kinds of snooze.
const (
	SnoozeTomorrow = "tomorrow"
	SnoozeMonday   = "monday"
	SnoozeSettled  = "settled"
	SnoozeWorse    = "worse"
	SnoozeDate     = "date"
)

// Reasons of a rejection.
const (
	ReasonWrong      = "wrong"
	ReasonKnown      = "known"
	ReasonNotWorthIt = "not_worth_it"
	ReasonTooLate    = "too_late"
	maxUnits         = 1_000_000
	verbApprove      = "approve"
	verbReject       = "reject"
	verbSnooze       = "snooze"
	verbEdit         = "edit"
	verbDelegate     = "delegate"
)

// Change is what a person's doing came to.
type Change struct {
	IDs     []string // decisions that changed
	Already bool     // nothing changed: it was so before
	Title   string   // what was done, for the undo button
}

// act is one thing a person does to some decisions, journalled as one.
type act struct {
	verb string
	who  string // "": a person
	ids  []string
	// already says that the decision is in that state, so that doing it twice does nothing.
	already func(r row) bool
	allowed []decision.State
	// do changes the decision and what hangs on it; it returns the audit's reason and the new state.
	do func(ctx context.Context, tx *sql.Tx, r *row, step *step) (decision.State, string, error)
	// after is what all of them do together, in the same transaction; nil: nothing.
	after func(ctx context.Context, tx *sql.Tx, steps []step) error
}

// perform runs an act in one transaction: all of its decisions change, or none. The end of the audit is anchored
// afterwards.
func (s *Service) perform(ctx context.Context, a act) (Change, error) {
	if len(a.ids) == 0 {
		return Change{}, core.Invalid("decisions", "No decision was named.", "Choose one.")
	}
	var out Change
	err := s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		out = Change{Already: true}
		var steps []step
		var titles []string
		for _, id := range a.ids {
			r, err := s.one(ctx, tx, id)
			if err != nil {
				return err
			}
			if a.already(r) {
				continue
			}
			if !slices.Contains(a.allowed, r.State) {
				return &core.Error{
					Code: core.CodeConflict, Module: "decisions",
					Message: fmt.Sprintf("%q is %s and cannot be changed like that.", r.Proposal.Title, r.State), Hint: "Undo that first.",
				}
			}
			if (a.verb == verbApprove || a.verb == verbDelegate) && r.held() {
				return &core.Error{
					Code: core.CodeConflict, Module: "decisions",
					Message: fmt.Sprintf("%q is held back by %s: %s", r.Proposal.Title, r.Proposal.HeldBy[0].Title, r.Proposal.HeldBy[0].Why),
					Hint:    "It can be approved once the guard passes; guards are listed under Rules.",
				}
			}
			st := step{Before: r}
			to, reason, err := a.do(ctx, tx, &r, &st)
			if err != nil {
				return err
			}
			if err := s.transition(ctx, tx, &r, to, cmp.Or(a.who, Person), reason); err != nil {
				return err
			}
			st.Revision = r.Revision
			steps = append(steps, st)
			titles = append(titles, r.Proposal.Title)
			out.IDs, out.Already = append(out.IDs, id), false
		}
		if out.Already {
			out.IDs = a.ids
			return nil
		}
		if a.after != nil {
			if err := a.after(ctx, tx, steps); err != nil {
				return err
			}
		}
		out.Title = actTitle(a.verb, titles)
		if a.who == Purser {
			return nil // undo takes back what the person did; this is reverted in the journal
		}
		return s.journal(ctx, tx, a.verb, out.Title, steps)
	})
	return out, err
}

func actTitle(verb string, titles []string) string {
	past := map[string]string{verbApprove: "Approved", verbReject: "Dismissed", verbSnooze: "Snoozed", verbEdit: "Edited", verbDelegate: "Delegated"}[verb]
	if len(titles) == 1 {
		return past + ": " + titles[0]
	}
	return fmt.Sprintf("%s: %d decisions", past, len(titles))
}

// unitsOf is the figure that counts: the seller's own, else the proposed one.
func unitsOf(r row) int {
	if r.Units > 0 {
		return r.Units
	}
	return r.Proposal.Action.Units
}

func checkUnits(n int) error {
	if n < 1 || n > maxUnits {
		return core.Invalid("decisions", fmt.Sprintf("%d is not a number of units to order.", n), "Say how many units, from 1 to 1,000,000.")
	}
	return nil
}

// Reject says no, with a reason that the policy's author can learn from.
func (s *Service) Reject(ctx context.Context, ids []string, reason, note string) (Change, error) {
	if !slices.Contains([]string{ReasonWrong, ReasonKnown, ReasonNotWorthIt, ReasonTooLate}, reason) {
		return Change{}, core.Invalid("decisions", "Dismissing needs a reason.", "Choose wrong, known, not_worth_it or too_late.")
	}
	return s.perform(ctx, act{
		verb: verbReject, ids: ids,
		already: func(r row) bool { return r.State == decision.Rejected },
		allowed: []decision.State{decision.Proposed, decision.Snoozed},
		do: func(_ context.Context, _ *sql.Tx, r *row, _ *step) (decision.State, string, error) {
			r.awake()
			r.Regressed = false
			r.Reason, r.Note = reason, note
			if note != "" {
				return decision.Rejected, reason + ": " + note, nil
			}
			return decision.Rejected, reason, nil
		},
	})
}

// Snooze puts decisions off: until a day, until the data is settled, or until it gets
// worse by a fifth. day is used by SnoozeDate only.
func (s *Service) Snooze(ctx context.Context, ids []string, until string, day core.Day) (Change, error) {
	return s.perform(ctx, act{
		verb: verbSnooze, ids: ids,
		already: func(row) bool { return false },
		allowed: []decision.State{decision.Proposed, decision.Snoozed},
		do: func(_ context.Context, _ *sql.Tx, r *row, _ *step) (decision.State, string, error) {
			d, err := s.snoozeDay(*r, until, day)
			if err != nil {
				return "", "", err
			}
			r.Snooze, r.SnoozeUntil, r.SnoozeWorse = until, d, 0
			if until == SnoozeWorse {
				r.SnoozeWorse = r.Proposal.Worse
				return decision.Snoozed, "until it gets worse", nil
			}
			return decision.Snoozed, "until " + d.String(), nil
		},
	})
}

func (s *Service) snoozeDay(r row, until string, day core.Day) (core.Day, error) {
	today := s.today()
	switch until {
	case SnoozeTomorrow:
		return today + 1, nil
	case SnoozeMonday:
		ahead := (int(time.Monday) - int(today.Weekday()) + 7) % 7
		if ahead == 0 {
			ahead = 7
		}
		return today + core.Day(ahead), nil
	case SnoozeWorse:
		return 0, nil
	case SnoozeSettled:
		if r.Proposal.Settled <= today {
			return 0, core.Invalid("decisions", "Everything this rests on is settled already.", "Snooze it until a date instead.")
		}
		return r.Proposal.Settled, nil
	case SnoozeDate:
		if day <= today {
			return 0, core.Invalid("decisions", "The date to snooze until must lie ahead.", "Choose tomorrow or later.")
		}
		return day, nil
	}
	return 0, core.Invalid("decisions", "There is no snooze until "+until+".", "Choose tomorrow, monday, settled, worse or date.")
}
