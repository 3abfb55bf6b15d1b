package rules

import (
	"fmt"
	"slices"
	"strings"

	"cel.dev/cel-go/cel"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// ruleSet is the policies with everything that is set about them at one moment. It never changes: a change makes a new one.
type ruleSet struct {
	entries    []*entry                      // all policies, as they are listed
	policies   []*compiled                   // in force, inhibitors before what they silence
	byName     map[string]*compiled          // those in force
	broken     []PolicyError                 // those that do not run, though they are switched on or not
	set        map[string]map[string]float64 // thresholds changed beside the text
	changes    map[string]int                // to add to the version of the text
	exceptions map[string][]exception
	account    account
	complete   bool // what the seller changed is in it
}

// build makes the set of an account. What compiled in the set before, from the same text, is taken over.
func (e *Engine) build(a account, before *ruleSet) *ruleSet {
	s := &ruleSet{
		entries: e.entries(a, before), byName: map[string]*compiled{}, set: a.figures, changes: map[string]int{}, exceptions: a.exceptions, account: a,
	}
	for _, x := range s.entries {
		s.changes[x.name] = x.extra
		if x.fault == nil && x.c == nil {
			x.compile(e)
		}
	}
	s.order()
	for _, x := range s.entries {
		if x.fault != nil {
			s.broken = append(s.broken, *x.fault)
		}
	}
	return s
}

func (x *entry) compile(e *Engine) {
	env, err := e.envOf(x.policy.Subject)
	if err == nil {
		x.c, err = e.compile(x.policy, env)
	}
	if err != nil {
		fault := asPolicyError(x.name, err)
		x.c, x.fault = nil, &fault
	}
}

// envOf declares what policies about a kind of subject can say, once.
func (e *Engine) envOf(kind fact.SubjectKind) (*cel.Env, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if env, ok := e.envs[kind]; ok {
		return env, nil
	}
	env, err := e.baseEnv(kind)
	if err != nil {
		return nil, err
	}
	e.envs[kind] = env
	return env, nil
}

// order puts inhibitors before what they silence. A policy that names one that does not exist, is about another kind of
// subject, or is silenced by itself in the end, is broken. One that is switched off or broken silences nothing.
func (s *ruleSet) order() {
	all := map[string]Policy{}
	placed := map[string]bool{}
	var waiting []*entry
	for _, x := range s.entries {
		all[x.name] = x.policy
		if x.fault != nil {
			placed[x.name] = true
			continue
		}
		waiting = append(waiting, x)
	}
	for len(waiting) > 0 {
		var next []*entry
		for _, x := range waiting {
			switch by, problem := blockedBy(x.c, all, placed); {
			case problem != "":
				x.fault = &PolicyError{Policy: x.name, Field: "inhibited_by", Message: problem}
				placed[x.name] = true
			case by != "":
				next = append(next, x)
			default:
				placed[x.name] = true
				s.activate(x)
			}
		}
		if len(next) == len(waiting) {
			for _, x := range next {
				x.fault = &PolicyError{Policy: x.name, Field: "inhibited_by", Message: "it is silenced by itself, through others"}
			}
			return
		}
		waiting = next
	}
}

func (s *ruleSet) activate(x *entry) {
	if x.on {
		s.policies = append(s.policies, x.c)
		s.byName[x.name] = x.c
	}
}

func blockedBy(c *compiled, all map[string]Policy, placed map[string]bool) (by, problem string) {
	for _, cs := range c.Cases {
		for _, name := range cs.InhibitedBy {
			policy, caseName, _ := strings.Cut(name, ":")
			p, ok := all[policy]
			switch {
			case !ok:
				return "", "there is no policy " + policy
			case len(p.Cases) == 0: // it cannot be read, and says so itself
			case p.Subject != c.Subject:
				return "", fmt.Sprintf("policy %s is about %s, not %s", policy, p.Subject, c.Subject)
			case caseName != "" && !slices.ContainsFunc(p.Cases, func(x Case) bool { return x.Name == caseName }):
				return "", fmt.Sprintf("policy %s has no case %s", policy, caseName)
			case !placed[policy]:
				by = policy
			}
		}
	}
	return by, ""
}

// entry gives a policy, or says that there is none by the name.
func (s *ruleSet) entry(policy string) (*entry, error) {
	for _, x := range s.entries {
		if x.name == policy {
			return x, nil
		}
	}
	if policy == "" {
		return nil, core.NotFound("rules", "A policy must be named.")
	}
	return nil, core.NotFound("rules", "There is no policy "+policy+".")
}

// knows says why a policy cannot be asked; an empty name means all of them.
func (s *ruleSet) knows(policy string) error {
	if policy == "" || s.byName[policy] != nil {
		return nil
	}
	x, err := s.entry(policy)
	switch {
	case err != nil:
		return err
	case x.fault != nil:
		return core.Unavailable("rules", "The policy does not run: "+x.fault.Error(), *x.fault)
	}
	return core.Unavailable("rules", x.policy.Title+" is switched off, so it says nothing. Switch it on first.", nil)
}

// exceptOn gives what the seller took out of a policy, as it is on a day: by subject, or subject and case, the reason.
func (s *ruleSet) exceptOn(policy string, asOf core.Day) map[string]string {
	var out map[string]string
	for _, x := range s.exceptions[policy] {
		if x.until != 0 && x.until < asOf {
			continue
		}
		if out == nil {
			out = map[string]string{}
		}
		key := x.subject
		if x.caseName != "" {
			key = exceptionKey(x.subject, x.caseName)
		}
		out[key] = x.reason
	}
	return out
}

func (s *ruleSet) kinds() []fact.SubjectKind {
	var out []fact.SubjectKind
	for _, c := range s.policies {
		if !slices.Contains(out, c.Subject) {
			out = append(out, c.Subject)
		}
	}
	return out
}

// of is the set with only the policies of a stage.
func (s *ruleSet) of(stage Stage) *ruleSet {
	return s.only(func(c *compiled) bool { return (c.Stage == StageGuard) == (stage == StageGuard) })
}

// only is the set with some of its policies in force.
func (s *ruleSet) only(keep func(*compiled) bool) *ruleSet {
	out := *s
	out.policies = nil
	for _, c := range s.policies {
		if keep(c) {
			out.policies = append(out.policies, c)
		}
	}
	return &out
}
