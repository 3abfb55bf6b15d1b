package rules

import (
	"cmp"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/decision"
)

// TracesInput asks how policies ended for a subject in past runs.
type TracesInput struct {
	Subject string `json:"subject"` // whole id: US/SKU-104
	Policy  string `json:"policy"`  // "": all
	Limit   int    `json:"limit"`   // 0: 50; at most 200
}

// TracesOutput lists the runs in which a policy ended in another way than in the run before, newest first. In the runs
// between them it ended as in the older one.
type TracesOutput struct {
	Traces []TraceOutput `json:"traces"`
}

// TraceOutput is how a policy ended for a subject in a run.
type TraceOutput struct {
	Policy      string         `json:"policy"`
	PolicyTitle string         `json:"policy_title"`
	Version     int            `json:"version"`
	Subject     string         `json:"subject"`
	Label       string         `json:"label"`
	Day         string         `json:"day"`  // the as-of day
	Time        string         `json:"time"` // RFC 3339, UTC
	Outcome     string         `json:"outcome"`
	Case        string         `json:"case"` // the deciding one
	Summary     string         `json:"summary"`
	Changed     string         `json:"changed"` // "from continue to decided restock"; "" for the first
	Why         []decision.Why `json:"why"`     // of what decided, and of what waits
}

// Bounds of Traces.
const (
	defaultTraces = 50
	maxTraces     = 200
)

// Traces says how policies ended for a subject in past runs, as far as that changed.
func (a *API) Traces(in TracesInput) (TracesOutput, error) {
	ctx, e, err := a.engine()
	if err != nil {
		return TracesOutput{}, err
	}
	out := TracesOutput{Traces: []TraceOutput{}}
	if strings.TrimSpace(in.Subject) == "" {
		return out, core.Invalid("rules", "No subject was named.", "Name it with its marketplace, such as US/SKU-104.")
	}
	if e.traces == nil {
		return out, nil
	}
	rows, err := e.traces.list(ctx, strings.TrimSpace(in.Subject), in.Policy, min(cmp.Or(max(in.Limit, 0), defaultTraces), maxTraces))
	if err != nil {
		return out, err
	}
	for _, r := range rows {
		out.Traces = append(out.Traces, e.traceOutput(r))
	}
	return out, nil
}

func (e *Engine) traceOutput(r traceRow) TraceOutput {
	t := TraceOutput{
		Policy: r.policy, PolicyTitle: e.PolicyTitle(r.policy), Version: r.version, Subject: r.subject, Label: e.hooks.label(r.subject),
		Day: r.day.String(), Time: time.Unix(r.at, 0).UTC().Format(time.RFC3339), Outcome: string(r.outcome), Case: r.caseName,
		Summary: r.body.Summary, Why: append([]decision.Why{}, r.body.Why...),
	}
	if r.previous != "" {
		t.Changed = "from " + strings.TrimSpace(outcomeWords(r.previous)+" "+r.wasCase) + " to " + strings.TrimSpace(outcomeWords(string(r.outcome))+" "+r.caseName)
		if r.previous == string(r.outcome) && r.wasCase == r.caseName {
			t.Changed = "for another reason"
		}
	}
	return t
}

// outcomeWords writes an outcome for people.
func outcomeWords(o string) string {
	if o == string(CantTell) {
		return "can't tell"
	}
	return strings.ReplaceAll(o, "_", " ")
}
