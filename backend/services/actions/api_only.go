package actions

import (
	"context"
	"fmt"

	"purser/backend/core"
)

// Subjects are what a list of a policy may hold: what is there now, never what may come.
type Subjects struct {
	Proposed []Subject // what it has proposed something for, sorted
	Known    []Subject // what else there is of its kind, sorted
}

// Subject is one of them.
type Subject struct{ ID, Label string }

// Subjects lists what a list of a policy may hold.
func (a *API) Subjects(in SubjectsInput) (SubjectsOutput, error) {
	ctx, _, err := a.service()
	if err != nil {
		return SubjectsOutput{}, err
	}
	all, err := a.account.Subjects(ctx, in.Policy)
	return SubjectsOutput{Proposed: subjectsOutput(all.Proposed), Known: subjectsOutput(all.Known)}, err
}

func subjectsOutput(all []Subject) []SubjectOutput {
	out := make([]SubjectOutput, 0, len(all))
	for _, one := range all {
		out = append(out, SubjectOutput(one))
	}
	return out
}

// Asks says why a decision waits for a person although its policy acts by itself.
func (a *API) Asks(in AsksInput) (AsksOutput, error) {
	ctx, _, err := a.service()
	if err != nil {
		return AsksOutput{}, err
	}
	why, err := a.account.Asks(ctx, in.Decision)
	return AsksOutput{Why: why}, err
}

// known refuses a list that names what is not there: a slip of the pen, or something that would be acted on as soon as
// it comes. What was on the list before may stay.
func (a *API) known(ctx context.Context, s *Service, m Mode) error {
	only, err := checkOnly(m.Band.Only)
	if err != nil {
		return err
	}
	all, err := a.account.Subjects(ctx, m.Policy)
	if err != nil {
		return err
	}
	was, err := s.ModeOf(ctx, m.Policy)
	if err != nil {
		return err
	}
	there := map[string]bool{}
	for _, id := range was.Band.Only {
		there[id] = true
	}
	for _, list := range [][]Subject{all.Proposed, all.Known} {
		for _, one := range list {
			there[one.ID] = true
		}
	}
	for _, id := range only {
		if !there[id] {
			return core.Invalid("actions", fmt.Sprintf("%q is not there: the catalogue does not have it, and this rule never proposed anything for it.", short(id)),
				"Choose from what is there now; what comes later is added when it has come.")
		}
	}
	return nil
}
