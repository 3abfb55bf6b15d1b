package app

import (
	"context"

	"purser/backend/core"
)

// exceptable gives what says whether a subject can still be taken out of a case of a policy:
// the policy is on and has the case, and no exception that is in force today covers it.
func (s *session) exceptable(ctx context.Context) (func(policy, caseName, subject string) bool, error) {
	list, err := s.rules.List(ctx)
	if err != nil {
		return nil, err
	}
	type key struct{ policy, caseName, subject string }
	can, taken := map[key]bool{}, map[key]bool{}
	for _, p := range list.Policies {
		for _, c := range p.Cases {
			can[key{policy: p.Name, caseName: c.Name}] = !p.Off
		}
	}
	exceptions, err := s.rules.Exceptions(ctx, "")
	if err != nil {
		return nil, err
	}
	for _, x := range exceptions.Exceptions {
		until, err := core.ParseDay(x.Until)
		if x.Until == "" || (err == nil && until >= s.today()) {
			taken[key{x.Policy, x.Case, x.Subject}] = true
		}
	}
	return func(policy, caseName, subject string) bool {
		return can[key{policy: policy, caseName: caseName}] && !taken[key{policy, caseName, subject}] && !taken[key{policy, "", subject}]
	}, nil
}
