package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// judge says what would be wrong if the texts were kept together: a fault of one of them, or of another policy that
// they would break.
func (e *Engine) judge(set *ruleSet, texts []string) ([]Policy, []ProblemOutput) {
	var policies []Policy
	var problems []ProblemOutput
	var saved []savedPolicy
	for i, t := range texts {
		p, err := ParsePolicy("", []byte(t))
		switch {
		case err != nil:
			problems = append(problems, problemIn(texts, i, asPolicyError(p.Name, err)))
		case slices.ContainsFunc(policies, func(o Policy) bool { return o.Name == p.Name }):
			problems = append(problems, ProblemOutput{Where: whereIn(texts, p.Name, ""), Field: "name", Message: "policy " + p.Name + " is there twice"})
		}
		policies = append(policies, p)
		saved = append(saved, savedPolicy{name: p.Name, version: p.Version, yaml: t})
	}
	if len(problems) > 0 {
		return nil, problems
	}
	for _, x := range e.build(set.account.with(saved...), set).entries {
		if x.fault == nil {
			continue
		}
		if at := slices.IndexFunc(policies, func(p Policy) bool { return p.Name == x.name }); at >= 0 {
			problems = append(problems, problemIn(texts, at, *x.fault))
		} else if was, err := set.entry(x.name); err == nil && was.fault == nil {
			problems = append(problems, ProblemOutput{Message: fmt.Sprintf("Policy %s would not run any more: %s.", x.name, x.fault.Message)})
		}
	}
	return policies, problems
}

// problemIn is a fault of one of several texts; its line is counted in the whole of them.
func problemIn(texts []string, at int, fault PolicyError) ProblemOutput {
	out := problemOf(fault)
	if m := regexp.MustCompile(`line (\d+)`).FindStringSubmatch(fault.Message); out.Line == 0 && m != nil {
		out.Line, _ = strconv.Atoi(m[1])
	}
	out.Where = whereIn(texts, fault.Policy, fault.Case)
	if out.Line > 0 {
		for _, before := range texts[:at] {
			out.Line += strings.Count(before, "\n") + 1
		}
	}
	return out
}

// whereIn names the part of a policy, and the policy too where there are several.
func whereIn(texts []string, policy, part string) string {
	if len(texts) < 2 {
		return part
	}
	return strings.TrimSpace("policy " + policy + " " + part)
}
