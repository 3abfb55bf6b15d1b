package rules

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"purser/backend/core/fact"
)

// InForce is how a policy stands.
type InForce struct {
	Name    string
	Title   string
	Version int
	On      bool // it is switched on and runs
	Own     bool // the seller wrote it
	Guard   bool
	Subject fact.SubjectKind // what it is about
	Since   time.Time        // when its text was kept; zero: as shipped
	Kinds   []string         // of the actions of its cases, each once
}

// InForce lists how all policies stand, in the order of their page.
func (e *Engine) InForce() []InForce {
	var out []InForce
	for _, x := range e.set.Load().entries {
		out = append(out, x.inForce())
	}
	return out
}

// InForceOf tells how one policy stands; false: there is none by that name.
func (e *Engine) InForceOf(policy string) (InForce, bool) {
	x, err := e.set.Load().entry(policy)
	if err != nil {
		return InForce{}, false
	}
	return x.inForce(), true
}

func (x *entry) inForce() InForce {
	out := InForce{
		Name: x.name, Title: x.policy.Title, Version: x.version(), On: x.on && x.c != nil, Own: x.own, Guard: x.policy.Stage == StageGuard, Subject: x.policy.Subject,
	}
	if x.at != 0 {
		out.Since = time.Unix(x.at, 0)
	}
	for _, c := range x.policy.Cases {
		if !slices.Contains(out.Kinds, c.Action.Kind) && c.Action.Kind != "" {
			out.Kinds = append(out.Kinds, c.Action.Kind)
		}
	}
	return out
}

// PolicyTitle is the title of a policy; its name where there is none by it.
func (e *Engine) PolicyTitle(policy string) string {
	if x, err := e.set.Load().entry(policy); err == nil && x.policy.Title != "" {
		return x.policy.Title
	}
	return policy
}

// ModuleOf is the module whose fact a case asks first: where a person looks further.
// It is "" for a case that is not there.
func (e *Engine) ModuleOf(policy, caseName string) string {
	x, err := e.set.Load().entry(policy)
	if err != nil {
		return ""
	}
	for _, k := range x.policy.Cases {
		if k.Name == caseName {
			return e.firstModule(x.policy, k.When.Value)
		}
	}
	return ""
}

func (e *Engine) firstModule(p Policy, when string) string {
	for _, word := range regexp.MustCompile(`[a-z_][a-z0-9_.]*`).FindAllString(when, -1) {
		if _, ok := e.defs[word]; ok {
			mod, _, _ := strings.Cut(word, ".")
			return mod
		}
		for _, cl := range p.Clauses {
			if cl.Name == word {
				return e.firstModule(p, cl.When.Value)
			}
		}
	}
	return ""
}
