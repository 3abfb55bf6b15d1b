package rules

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"purser/backend/core"
)

// Exceptions lists what the seller took out of a policy, or with an empty name of all; those that have ended too.
func (e *Engine) Exceptions(ctx context.Context, policy string) (ExceptionsOutput, error) {
	out := ExceptionsOutput{Exceptions: []ExceptionOutput{}}
	set, err := e.snapshot(ctx)
	if err != nil {
		return out, err
	}
	if policy != "" {
		if _, err := set.entry(policy); err != nil {
			return out, err
		}
	}
	for _, x := range set.exceptionsOf(policy) {
		out.Exceptions = append(out.Exceptions, ExceptionOutput{
			Policy: x.policy, Case: x.caseName, Subject: x.subject, Label: e.hooks.label(x.subject), Reason: x.reason,
			Until: x.until.String(), At: instant(x.at),
		})
	}
	return out, nil
}

// AddException takes a subject out of a policy or of one of its cases; naming it again changes the reason and the end.
// today is the day that its end must not lie before.
func (e *Engine) AddException(ctx context.Context, in ExceptionInput, today core.Day) error {
	x := exception{policy: in.Policy, caseName: in.Case, subject: strings.TrimSpace(in.Subject), reason: strings.TrimSpace(in.Reason)}
	switch {
	case x.subject == "" || strings.Contains(x.subject, "|"):
		return core.Invalid("rules", "The exception needs a subject.", "Name one, such as US/SKU-104.")
	case x.reason == "":
		return core.Invalid("rules", "The exception needs a reason.", "Write why, so that it can be judged again later.")
	}
	if in.Until != "" {
		until, err := core.ParseDay(in.Until)
		if err != nil || until < today {
			return core.Invalid("rules", "The last day of the exception cannot be read or has passed.", "Write a day to come as YYYY-MM-DD, or none for good.")
		}
		x.until = until
	}
	return e.change(ctx, func(set *ruleSet) error {
		p, err := set.entry(x.policy)
		if err != nil {
			return err
		}
		if x.caseName != "" && !slices.ContainsFunc(p.policy.Cases, func(c Case) bool { return c.Name == x.caseName }) {
			return core.NotFound("rules", fmt.Sprintf("%s has no case %s.", p.policy.Title, x.caseName))
		}
		return e.store.except(ctx, x)
	})
}

// RemoveException puts a subject back under a policy.
func (e *Engine) RemoveException(ctx context.Context, in ExceptionInput) error {
	return e.change(ctx, func(set *ruleSet) error {
		for _, x := range set.exceptions[in.Policy] {
			if x.caseName == in.Case && x.subject == strings.TrimSpace(in.Subject) {
				return e.store.readmit(ctx, x)
			}
		}
		return core.NotFound("rules", "There is no such exception.")
	})
}

// exceptionsOf is what the seller took out of a policy, or with an empty name of all.
func (s *ruleSet) exceptionsOf(policy string) []exception {
	if policy != "" {
		return s.exceptions[policy]
	}
	var out []exception
	for _, name := range slices.Sorted(maps.Keys(s.exceptions)) {
		out = append(out, s.exceptions[name]...)
	}
	return out
}

// exception says whether the seller took the subject of the row out of a case, and why.
func (r *row) exception(caseName string) (reason string, out bool) {
	if len(r.except) == 0 {
		return "", false
	}
	id := r.tab.ids[r.at]
	if reason, out = r.except[id]; out {
		return reason, true
	}
	reason, out = r.except[exceptionKey(id, caseName)]
	return reason, out
}

// exceptionKey is a subject and a case of a policy; no case has a bar in its name.
func exceptionKey(subject, caseName string) string { return subject + "|" + caseName }
