package rules

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"sync"

	"purser/backend/core"
	"purser/backend/core/decision"
)

// API is what the window, the command line and the web host call. Before Attach every
// method answers that rules are not running.
type API struct {
	mu      sync.RWMutex
	ctx     context.Context //nolint:containedctx // bound methods have no context parameter
	e       *Engine
	today   func() core.Day
	changed func()
}

// Attach gives the API its engine. today is the day to explain where none is named;
// changed is called after the rules were changed, to evaluate anew. Both may be nil.
func Attach(ctx context.Context, a *API, e *Engine, today func() core.Day, changed func()) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.ctx, a.e, a.today, a.changed = ctx, e, today, changed
}

func (a *API) engine() (context.Context, *Engine, error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	if a.e == nil {
		return nil, nil, core.Unavailable("rules", "Rules are not running yet.", nil)
	}
	return a.ctx, a.e, nil
}

// Policies lists the policies with their thresholds, health and matches.
func (a *API) Policies() (PoliciesOutput, error) {
	ctx, e, err := a.engine()
	if err != nil {
		return PoliciesOutput{}, err
	}
	return e.List(ctx)
}

// List lists the policies, those that are off or do not run included, with what came of the last evaluation.
func (e *Engine) List(ctx context.Context) (PoliciesOutput, error) {
	set, err := e.snapshot(ctx)
	if err != nil {
		return PoliciesOutput{}, err
	}
	last := e.LastRun()
	runs := map[string]PolicyRun{}
	for _, p := range last.Policies {
		runs[p.Name] = p
	}
	out := PoliciesOutput{AsOf: last.AsOf.String(), Policies: []PolicyOutput{}}
	for _, x := range set.entries {
		out.Policies = append(out.Policies, set.policyOutput(x, runs[x.name]))
	}
	return out, nil
}

func (s *ruleSet) policyOutput(x *entry, run PolicyRun) PolicyOutput {
	p := x.policy
	out := PolicyOutput{
		Name: x.name, Title: cmp.Or(p.Title, x.name), Subject: string(p.Subject), Version: x.version(), Description: p.Description,
		Source: p.Source, Date: p.Date, Scope: p.Scope.Value, Otherwise: p.Otherwise, Health: "ok",
		Topic: p.Topic, Off: !x.on, Own: x.own, Changed: x.differs(), Guard: p.Stage == StageGuard, Stage: string(cmp.Or(p.Stage, StagePropose)),
		Priority: p.Priority, Effects: p.effects(),
		Unknown: []ReasonOutput{}, Clauses: []ClauseOutput{}, Cases: []CaseOutput{}, Thresholds: []ThresholdOutput{},
	}
	if x.fault != nil {
		out.Health, out.LastError = "err", x.fault.Error()
	}
	if x.fault == nil && x.on {
		out.Subjects, out.Matches, out.CantTell, out.Inhibited = run.Subjects, run.Decided, run.CantTell, run.Inhibited
		out.Held, out.Waiting, out.Excepted = run.Held, run.Waiting, run.Excepted
		for _, u := range run.Unknown {
			out.Unknown = append(out.Unknown, ReasonOutput(u))
		}
	}
	p.parts(&out)
	if x.fault == nil {
		for _, t := range p.Thresholds {
			out.Thresholds = append(out.Thresholds, s.thresholdOutput(x.name, t))
		}
	}
	return out
}

// parts writes the clauses and cases of a policy.
func (p Policy) parts(out *PolicyOutput) {
	for _, cl := range p.Clauses {
		out.Clauses = append(out.Clauses, ClauseOutput{Name: cl.Name, Title: cl.Title, When: cl.When.Value})
	}
	for _, cs := range p.Cases {
		out.Cases = append(out.Cases, CaseOutput{
			Name: cs.Name, When: cs.When.Value, Needed: cs.Needed, Severity: string(cs.Severity),
			InhibitedBy: append([]string{}, cs.InhibitedBy...), Title: cs.Title.Value, Action: cs.Action.Label.Value,
		})
	}
}

// effects is what the cases of a policy would change, or hold back, each once.
func (p Policy) effects() []string {
	out := []string{}
	for _, cs := range p.Cases {
		for _, e := range append(slices.Clone(cs.Effects), cs.Blocks...) {
			if !slices.Contains(out, string(e)) {
				out = append(out, string(e))
			}
		}
	}
	return out
}

func (s *ruleSet) thresholdOutput(policy string, t Threshold) ThresholdOutput {
	out := ThresholdOutput{
		Name: t.Name, Title: t.title(), Default: t.Value, From: t.From, Unit: t.Unit, Meaning: t.Meaning, Min: t.Min, Max: t.Max,
		Source: t.Source, Date: t.Date, Changed: s.changed(policy, t.Name), Text: t.From,
	}
	if v := s.at(policy, t); !math.IsNaN(v) {
		out.Value, out.Text = &v, formatter{}.number(formatOfUnit(t.Unit), v)
	}
	return out
}

// Figure is a number as the page writes it: a JSON number or a text such as "20 %".
type Figure string

// UnmarshalJSON implements json.Unmarshaler.
func (f *Figure) UnmarshalJSON(b []byte) error {
	*f = Figure(strings.Trim(string(b), `"`))
	return nil
}

// Thresholds lists the policies with their thresholds; the same as Policies.
func (a *API) Thresholds() (PoliciesOutput, error) { return a.Policies() }

// SetThreshold changes a threshold and evaluates anew.
func (a *API) SetThreshold(in SetThresholdInput) (ThresholdOutput, error) {
	return a.change(in.Policy, in.Name, func(ctx context.Context, e *Engine) error {
		return e.SetThreshold(ctx, in.Policy, in.Name, string(in.Value))
	})
}

// ResetThreshold returns a threshold to its default and evaluates anew.
func (a *API) ResetThreshold(in ThresholdInput) (ThresholdOutput, error) {
	return a.change(in.Policy, in.Name, func(ctx context.Context, e *Engine) error {
		return e.ResetThreshold(ctx, in.Policy, in.Name)
	})
}

func (a *API) change(policy, name string, do func(context.Context, *Engine) error) (ThresholdOutput, error) {
	ctx, e, err := a.engine()
	if err != nil {
		return ThresholdOutput{}, err
	}
	if err := do(ctx, e); err != nil {
		return ThresholdOutput{}, err
	}
	a.tellChanged()
	set, err := e.snapshot(ctx)
	if err != nil {
		return ThresholdOutput{}, err
	}
	_, t, err := set.find(policy, name)
	if err != nil {
		return ThresholdOutput{}, err
	}
	return set.thresholdOutput(policy, t), nil
}

// tellChanged lets the app evaluate anew.
func (a *API) tellChanged() {
	a.mu.RLock()
	changed := a.changed
	a.mu.RUnlock()
	if changed != nil {
		changed()
	}
}

// Explain says how policies judged a subject, case by case.
func (a *API) Explain(in ExplainInput) (ExplainOutput, error) {
	ctx, e, err := a.engine()
	if err != nil {
		return ExplainOutput{}, err
	}
	day, err := a.day(in.AsOf, e)
	if err != nil {
		return ExplainOutput{}, err
	}
	out := ExplainOutput{Explanations: []ExplanationOutput{}}
	all, err := e.Explain(ctx, day, strings.TrimSpace(in.Subject), in.Policy)
	if in.Policy == "" && isNotFound(err) {
		return out, nil // a module may show subjects that no policy reads a fact of
	}
	if err != nil {
		return ExplainOutput{}, err
	}
	for _, x := range all {
		out.Explanations = append(out.Explanations, explanationOutput(x))
	}
	return out, nil
}

func isNotFound(err error) bool {
	var e *core.Error
	return errors.As(err, &e) && e.Code == core.CodeNotFound
}

func (a *API) day(text string, e *Engine) (core.Day, error) {
	if text != "" {
		d, err := core.ParseDay(text)
		if err != nil {
			return 0, core.Invalid("rules", "The day cannot be read.", "Write it as YYYY-MM-DD.")
		}
		return d, nil
	}
	a.mu.RLock()
	today := a.today
	a.mu.RUnlock()
	if today != nil {
		return today(), nil
	}
	if d := e.LastRun().AsOf; d != 0 {
		return d, nil
	}
	return 0, core.Invalid("rules", "No day was named and nothing has been evaluated yet.", "Name the day.")
}

func explanationOutput(x Explanation) ExplanationOutput {
	out := ExplanationOutput{
		Policy: x.Policy, Title: x.PolicyTitle, Version: x.Version, SubjectKind: string(x.SubjectKind), Subject: x.Subject, Label: x.Label,
		AsOf: x.AsOf.String(), Outcome: string(x.Outcome), Case: x.Case, Summary: x.Summary,
		Cases: []CaseTraceOutput{}, PassedOver: append([]string{}, x.Unknown...),
		Waiting: append([]string{}, x.Waiting...), Guard: x.Guard, Effects: []string{}, HeldBy: []HeldByOutput{},
	}
	for _, e := range x.Effects {
		out.Effects = append(out.Effects, e.words())
	}
	if x.Scope != nil {
		scope := traceOutput(*x.Scope)
		out.Scope = &scope
	}
	for _, c := range x.Cases {
		out.Cases = append(out.Cases, traceOutput(c))
	}
	if x.Proposal != nil {
		out.Sentence, out.Do = x.Proposal.Sentence, x.Proposal.Do
		for _, h := range x.Proposal.HeldBy {
			out.HeldBy = append(out.HeldBy, HeldByOutput(h))
		}
	}
	return out
}

func traceOutput(c CaseTrace) CaseTraceOutput {
	return CaseTraceOutput{
		Case: c.Name, When: c.When, Needed: c.Needed, Result: string(c.Result), Note: c.Note, Why: append([]decision.Why{}, c.Lines...),
	}
}
