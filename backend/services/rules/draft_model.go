package rules

import "strings"

// modelOf is a policy as the builder shows it.
func modelOf(p Policy) PolicyModel {
	var clauses []string
	for _, cl := range p.Clauses {
		clauses = append(clauses, cl.Name)
	}
	m := PolicyModel{
		Name: p.Name, Title: p.Title, Version: p.Version, Subject: string(p.Subject), Topic: p.Topic, Off: p.Off, Stage: string(p.Stage),
		Priority: p.Priority, Description: p.Description, Source: p.Source, Date: p.Date, Scope: conditionModel(p.Scope.Value, nil),
		Accepts: words(p.Accepts), AcceptsStale: words(p.AcceptsStale), MinAge: p.MinAge, Unknown: p.Unknown,
		Thresholds: []ThresholdModel{}, Clauses: []ClauseModel{}, Cases: []CaseModel{}, Otherwise: p.Otherwise,
	}
	for _, t := range p.Thresholds {
		m.Thresholds = append(m.Thresholds, ThresholdModel(t))
	}
	for _, cl := range p.Clauses {
		m.Clauses = append(m.Clauses, ClauseModel{Name: cl.Name, Title: cl.Title, When: conditionModel(cl.When.Value, nil), Words: cl.Words.Value})
	}
	for _, cs := range p.Cases {
		m.Cases = append(m.Cases, caseModel(cs, clauses))
	}
	return m
}

func caseModel(cs Case, clauses []string) CaseModel {
	m := CaseModel{
		Name: cs.Name, When: conditionModel(cs.When.Value, clauses), Needed: cs.Needed, Hold: cs.Hold, Keep: cs.Keep.Value, Cooldown: cs.Cooldown,
		Severity: string(cs.Severity), CriticalWhen: cs.CriticalWhen.Value, InhibitedBy: words(cs.InhibitedBy), Effects: words(cs.Effects),
		Blocks: words(cs.Blocks), Group: cs.Group, Title: cs.Title.Value, Sentence: cs.Sentence.Value, Do: cs.Do.Value, IfYouWait: cs.IfYouWait.Value,
		Money: cs.AtStake.Money.Value, Per: cs.AtStake.Per, Worse: cs.Worse.Value, Due: cs.Due.Value, DueFixed: cs.DueFixed,
		ActionKind: cs.Action.Kind, ActionLabel: cs.Action.Label.Value, Checklist: []string{}, Link: cs.Action.Link, Units: cs.Action.Units.Value,
		Target: cs.Action.Target.Value,
	}
	for _, step := range cs.Action.Checklist {
		m.Checklist = append(m.Checklist, step.Value)
	}
	return m
}

func conditionModel(text string, clauses []string) ConditionModel {
	tree, err := ParseCondition(text, clauses)
	if err != nil {
		return ConditionModel{Text: text}
	}
	return ConditionModel{Text: text, Tree: tree}
}

func words[T ~string](list []T) []string {
	out := []string{}
	for _, x := range list {
		out = append(out, string(x))
	}
	return out
}

// keepRows gives back the rows of conditions that are not complete yet, so that the builder does not lose them.
func keepRows(got, sent *PolicyModel) {
	keep := func(g, s *ConditionModel) {
		if g.Tree == nil && s.Tree != nil && g.Text == strings.TrimSpace(s.written()) {
			g.Tree = s.Tree
		}
	}
	keep(&got.Scope, &sent.Scope)
	if len(got.Clauses) == len(sent.Clauses) {
		for i := range got.Clauses {
			keep(&got.Clauses[i].When, &sent.Clauses[i].When)
		}
	}
	if len(got.Cases) == len(sent.Cases) {
		for i := range got.Cases {
			keep(&got.Cases[i].When, &sent.Cases[i].When)
		}
	}
}
