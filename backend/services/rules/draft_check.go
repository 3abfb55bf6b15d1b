package rules

import (
	"fmt"
	"slices"
	"strings"

	"purser/backend/core/decision"
	"purser/backend/core/fact"
)

// check notes what a policy lacks, field by field. Policy.check has the last word.
func (r *reading) check() {
	p := r.policy
	before := len(r.problems)
	r.checkHead(p)
	seen := map[string]bool{}
	for _, t := range p.Thresholds {
		r.checkThreshold(t, seen)
	}
	for _, cl := range p.Clauses {
		where := "clause " + cl.Name
		switch {
		case !plainName.MatchString(cl.Name):
			r.fault(where, "name", "a clause needs a name of lower case letters, digits and _")
		case seen[where]:
			r.fault(where, "name", "two clauses are named "+cl.Name+": rename one of them")
		}
		seen[where] = true
		if cl.When.Value == "" {
			r.fault(where, "when", "a clause needs a condition")
		}
	}
	for _, cs := range p.Cases {
		r.checkCase(p, cs, seen)
	}
	if err := p.check(); err != nil && len(r.problems) == before {
		pe := asPolicyError(p.Name, err)
		r.fault(pe.Case, pe.Field, pe.Message)
	}
}

func (r *reading) checkHead(p Policy) {
	if p.Name == "" || strings.ContainsAny(p.Name, ":/ ") {
		r.fault("", "name", "a policy needs a name without colon, slash or space, such as low_cover")
	}
	if p.Title == "" {
		r.fault("", "title", "a policy needs a title")
	}
	if p.Version < 1 {
		r.fault("", "version", "a policy needs a version of at least 1")
	}
	if !knownKind(p.Subject) {
		var kinds []string
		for _, k := range subjectKinds() {
			kinds = append(kinds, k.Kind)
		}
		r.fault("", "subject", "the subject is one of "+strings.Join(kinds, ", "))
	}
	if len(p.Cases) == 0 {
		r.fault("", "cases", "a policy needs at least one case")
	}
	if p.Stage != "" && p.Stage != StageGuard && p.Stage != StagePropose {
		r.fault("", "stage", fmt.Sprintf("the stage is guard or propose, not %q", p.Stage))
	}
	switch {
	case p.Unknown == "":
	case p.Stage != StageGuard:
		r.fault("", "unknown", "only a guard says what it does when it cannot tell: remove it")
	case p.Unknown != unknownHolds && p.Unknown != unknownPasses:
		r.fault("", "unknown", fmt.Sprintf("a guard that cannot tell holds or lets pass: write hold or pass, not %q", p.Unknown))
	}
	if p.MinAge < 0 || p.MinAge > maxDays {
		r.fault("", "min_age", fmt.Sprintf("min_age is between 0 and %d days", maxDays))
	}
	for _, m := range p.Accepts {
		if m != fact.Settling && m != fact.Stale {
			r.fault("", "accepts", fmt.Sprintf("accepts can name settling and stale, not %q", m))
		}
	}
	for _, name := range p.AcceptsStale {
		if _, ok := r.engine.defs[name]; !ok {
			r.fault("", "accepts_stale", "there is no fact "+name)
		}
	}
}

func (r *reading) checkThreshold(t Threshold, seen map[string]bool) {
	where := "threshold " + t.Name
	switch {
	case !plainName.MatchString(t.Name):
		r.fault(where, "name", "a threshold needs a name of lower case letters, digits and _")
	case seen[where]:
		r.fault(where, "name", "two thresholds are named "+t.Name+": rename one of them")
	}
	seen[where] = true
	switch d, ok := r.engine.defs[t.From]; {
	case t.Value == nil && t.From == "":
		r.fault(where, "value", "a threshold needs a value, or the fact that it comes from")
	case t.Value != nil && t.From != "":
		r.fault(where, "from", "a threshold has a value or comes from a fact, not both: remove one")
	case t.From != "" && !ok:
		r.fault(where, "from", "there is no fact "+t.From)
	case t.From != "" && celType(d.Type) != celType(fact.Number):
		r.fault(where, "from", t.From+" is no number with decimals")
	case t.Max <= t.Min:
		r.fault(where, "min", "a threshold needs bounds: min below max")
	case t.Value != nil && (*t.Value < t.Min || *t.Value > t.Max):
		r.fault(where, "value", fmt.Sprintf("the value lies outside its own bounds, %s to %s", short(t.Min), short(t.Max)))
	}
	for _, f := range []struct{ field, text string }{{"meaning", t.Meaning}, {"unit", t.Unit}, {"source", t.Source}, {"date", t.Date}} {
		if f.text == "" {
			r.fault(where, f.field, fmt.Sprintf("a threshold needs its %s", f.field))
		}
	}
}

func (r *reading) checkCase(p Policy, cs Case, seen map[string]bool) {
	where := "case " + cs.Name
	switch {
	case cs.Name == "" || strings.ContainsAny(cs.Name, ":/| "):
		r.fault(where, "name", "a case needs a name without colon, slash, bar or space, such as restock")
	case seen[where]:
		r.fault(where, "name", "two cases are named "+cs.Name+": rename one of them")
	}
	seen[where] = true
	if cs.When.Value == "" {
		r.fault(where, "when", "a case needs a condition")
	}
	if cs.Title.Value == "" {
		r.fault(where, "title", "a case needs a title: what is so when it holds")
	}
	if cs.Hold < 0 || cs.Hold > maxDays {
		r.fault(where, "hold", fmt.Sprintf("a case can ask for 0 to %d days in a row", maxDays))
	}
	if cs.Cooldown < 0 || cs.Cooldown > maxCooldown {
		r.fault(where, "cooldown", fmt.Sprintf("the cooldown is 0 to %d days", maxCooldown))
	}
	for _, e := range cs.Effects {
		if err := e.check(); err != nil {
			r.fault(where, "effects", err.Error())
		}
	}
	for _, e := range cs.Blocks {
		if err := e.check(); err != nil {
			r.fault(where, "blocks", err.Error())
		}
	}
	if p.Stage == StageGuard {
		if len(cs.Blocks) == 0 {
			r.fault(where, "blocks", "a case of a guard needs what it holds back, such as growth")
		}
		return
	}
	r.checkProposal(where, cs)
}

func (r *reading) checkProposal(where string, cs Case) {
	if len(cs.Blocks) > 0 {
		r.fault(where, "blocks", "only a guard holds back: set stage to guard, or remove it")
	}
	if !slices.Contains([]decision.Severity{decision.Critical, decision.Warning, decision.Info}, cs.Severity) {
		r.fault(where, "severity", fmt.Sprintf("the severity is critical, warning or info, not %q", cs.Severity))
	}
	if cs.Action.Kind == "" {
		r.fault(where, "kind", "an action needs its kind, such as task")
	}
	if cs.Action.Label.Value == "" {
		r.fault(where, "label", "an action needs a label for its button")
	}
	if cs.AtStake.Money.Value != "" && cs.AtStake.Per != "day" && cs.AtStake.Per != "once" {
		r.fault(where, "per", fmt.Sprintf("money at stake is per day or once, not %q", cs.AtStake.Per))
	}
}
