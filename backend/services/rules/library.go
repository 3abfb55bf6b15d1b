package rules

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"purser/backend/core"
)

// text is the policy as one text that says everything: with the figures changed beside it, and its version.
func (x *entry) text() string {
	if x.policy.Name == "" || (len(x.figures) == 0 && x.extra == 0) {
		return x.yaml // as it is, also where it cannot be read
	}
	out, err := withFigures(x.yaml, x.figures)
	if err == nil {
		out, err = withVersion(out, x.version())
	}
	if err != nil {
		return x.yaml
	}
	return out
}

// next is the version that a newly kept text gets.
func (s *ruleSet) next(x *entry) int { return max(x.version(), s.account.policies[x.name].version) + 1 }

// Save keeps a draft as a new version of its policy and puts it in force. What is wrong with it is answered, and then
// nothing is kept. The text kept says its new version; the same text again makes no version.
func (e *Engine) Save(ctx context.Context, in SaveInput) (text string, problems []ProblemOutput, err error) {
	text = normal(in.YAML)
	err = e.change(ctx, func(set *ruleSet) error {
		policies, wrong := e.judge(set, []string{text})
		if problems = wrong; len(wrong) > 0 {
			return nil
		}
		name, version := policies[0].Name, 1
		if x, err := set.entry(name); err == nil {
			if in.New {
				problems = []ProblemOutput{{Field: "name", Message: fmt.Sprintf("There is a policy %s already: choose another name.", name)}}
				return nil
			}
			if same, err := withVersion(text, x.version()); err == nil && same == x.text() {
				text = same
				return nil
			}
			version = set.next(x)
		}
		if text, err = withVersion(text, version); err != nil {
			return err
		}
		return e.store.keep(ctx, []savedPolicy{{name: name, version: version, note: strings.TrimSpace(in.Note), yaml: text}})
	})
	return text, problems, err
}

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

// Text gives a policy, or with an empty name all of them, as one YAML stream; figures and versions are those in force.
func (e *Engine) Text(ctx context.Context, policy string) (string, error) {
	set, err := e.snapshot(ctx)
	if err != nil {
		return "", err
	}
	if policy != "" {
		x, err := set.entry(policy)
		if err != nil {
			return "", err
		}
		return x.text(), nil
	}
	var texts []string
	for _, x := range set.entries {
		texts = append(texts, normal(x.text()))
	}
	return stream(texts), nil
}

// Import keeps every policy of a YAML stream, or none when something is wrong with one. One that is in force as it is
// makes no new version; a version that is newer than that in force is kept as it is.
func (e *Engine) Import(ctx context.Context, text string) (ImportOutput, error) {
	out := ImportOutput{Kept: []PolicyRef{}, Problems: []ProblemOutput{}}
	texts := documents(text)
	if len(texts) == 0 {
		out.Problems = append(out.Problems, ProblemOutput{Message: "There is no policy in the text."})
		return out, nil
	}
	err := e.change(ctx, func(set *ruleSet) error {
		policies, problems := e.judge(set, texts)
		if len(problems) > 0 {
			out.Problems = problems
			return nil
		}
		var saved []savedPolicy
		for i, p := range policies {
			version := p.Version
			if x, err := set.entry(p.Name); err == nil {
				if normal(x.text()) == texts[i] {
					continue
				}
				version = max(version, set.next(x))
			}
			kept, err := withVersion(texts[i], version)
			if err != nil {
				return err
			}
			saved = append(saved, savedPolicy{name: p.Name, version: version, note: "Imported", yaml: kept})
		}
		if err := e.store.keep(ctx, saved); err != nil {
			return err
		}
		for _, p := range policies {
			out.Kept = append(out.Kept, p.ref())
		}
		return nil
	})
	return out, err
}

func (p Policy) ref() PolicyRef {
	out := PolicyRef{Name: p.Name, Title: p.Title, Subject: string(p.Subject), Cases: []string{}}
	for _, cs := range p.Cases {
		out.Cases = append(out.Cases, cs.Name)
	}
	return out
}

// Versions lists the versions of a policy, newest first; the shipped one is the last.
func (e *Engine) Versions(ctx context.Context, policy string) (VersionsOutput, error) {
	out := VersionsOutput{Policy: policy, Versions: []VersionOutput{}}
	set, err := e.snapshot(ctx)
	if err != nil {
		return out, err
	}
	x, err := set.entry(policy)
	if err != nil {
		return out, err
	}
	if x.changed.count > 0 {
		out.Versions = append(out.Versions, VersionOutput{Version: x.version(), At: instant(x.changed.last), Note: x.figuresNote(), YAML: x.text(), Current: true})
	}
	var kept []savedPolicy
	if e.store != nil {
		if kept, err = e.store.versions(ctx, policy); err != nil {
			return out, err
		}
	}
	for i, v := range kept {
		current := i == 0 && x.changed.count == 0
		y := v.yaml
		if current {
			y = x.text()
		}
		out.Versions = append(out.Versions, VersionOutput{Version: v.version, At: instant(v.at), Note: v.note, YAML: y, Current: current})
	}
	if !x.own {
		v := VersionOutput{YAML: x.shipped, Shipped: true, Current: len(out.Versions) == 0}
		if p, err := ParsePolicy(x.name, []byte(x.shipped)); err == nil {
			v.Version, v.Note = p.Version, "As it comes with Purser"
		}
		out.Versions = append(out.Versions, v)
	}
	return out, nil
}

// figuresNote says which figures were changed beside the text.
func (x *entry) figuresNote() string {
	var parts []string
	for _, t := range x.policy.Thresholds {
		if v, ok := x.figures[t.Name]; ok {
			parts = append(parts, t.title()+" "+formatter{}.number(formatOfUnit(t.Unit), v))
		}
	}
	if len(parts) == 0 {
		return "Figures back to those of the text"
	}
	return "Figures changed: " + strings.Join(parts, ", ")
}

func instant(unix int64) string { return time.Unix(unix, 0).UTC().Format(time.RFC3339) }

// Restore puts an earlier version in force again, as a new version. With the shipped one later updates of it count too.
func (e *Engine) Restore(ctx context.Context, in VersionInput) (text string, problems []ProblemOutput, err error) {
	err = e.change(ctx, func(set *ruleSet) error {
		v, err := e.versionOf(ctx, in)
		if err != nil {
			return err
		}
		text = v.YAML
		if v.Current {
			return nil
		}
		if _, problems = e.judge(set, []string{v.YAML}); len(problems) > 0 {
			return nil
		}
		x, err := set.entry(in.Policy)
		if err != nil {
			return err
		}
		p := savedPolicy{name: x.name, version: set.next(x), note: fmt.Sprintf("Back to version %d", v.Version), yaml: v.YAML, follows: v.Shipped}
		if text, err = withVersion(v.YAML, p.version); err != nil {
			return err
		}
		if v.Shipped {
			p.note = "Back to the one that comes with Purser"
		} else {
			p.yaml = text
		}
		return e.store.keep(ctx, []savedPolicy{p})
	})
	return text, problems, err
}

func (e *Engine) versionOf(ctx context.Context, in VersionInput) (VersionOutput, error) {
	all, err := e.Versions(ctx, in.Policy)
	if err != nil {
		return VersionOutput{}, err
	}
	for _, v := range all.Versions {
		if v.Version == in.Version && (v.Shipped || !in.Shipped) {
			return v, nil
		}
	}
	return VersionOutput{}, core.NotFound("rules", fmt.Sprintf("There is no version %d of %s.", in.Version, in.Policy))
}

// Switch switches a policy on or off. One that is off is not evaluated, but can be changed and tried.
func (e *Engine) Switch(ctx context.Context, policy string, on bool) error {
	return e.change(ctx, func(set *ruleSet) error {
		x, err := set.entry(policy)
		if err != nil || x.on == on {
			return err
		}
		return e.store.switchTo(ctx, policy, on)
	})
}

// Remove forgets a policy that the seller wrote, with its versions, tests and exceptions.
func (e *Engine) Remove(ctx context.Context, policy string) error {
	return e.change(ctx, func(set *ruleSet) error {
		x, err := set.entry(policy)
		if err != nil {
			return err
		}
		if !x.own {
			return core.Invalid("rules", x.policy.Title+" comes with Purser and cannot be removed.", "Switch it off, or return to the shipped version.")
		}
		for _, y := range e.build(set.account.without(policy), set).entries {
			if was, err := set.entry(y.name); err == nil && was.fault == nil && y.fault != nil {
				return &core.Error{
					Code: core.CodeConflict, Module: "rules", Message: fmt.Sprintf("%s would not run any more: %s.", y.policy.Title, y.fault.Message),
					Hint: "Take it out of what silences that policy first.",
				}
			}
		}
		return e.store.remove(ctx, policy)
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
