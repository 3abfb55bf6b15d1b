package rules

import (
	"regexp"
	"strings"
)

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
