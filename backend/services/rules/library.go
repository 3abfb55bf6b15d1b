package rules

import (
	"context"
	"fmt"
	"strings"

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
