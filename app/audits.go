package app

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/decision"
	"purser/backend/core/fact"
	"purser/backend/services/audits"
	"purser/backend/services/decisions"
	"purser/backend/services/rules"
)

// review opens the audits, and does what verdicts lead to that were given just before the program ended.
func (s *session) review(ctx context.Context, write bool) (err error) {
	s.audits, err = audits.Open(ctx, audits.Options{
		DB: s.ledger, Clock: s.clk, Zone: time.Local, Ledger: auditLedger{s}, Rules: auditRules{s}, Facts: auditFacts{s},
		Record: func(ctx context.Context, tx *sql.Tx, r audits.Record) error {
			return s.decisions.Record(ctx, tx, decisions.Record(r))
		},
		Changed: s.audited,
	})
	if err != nil || !write {
		return err
	}
	return s.audits.Enforce(ctx)
}

// audited tells everyone that a verdict was given or a check was run.
func (s *session) audited() {
	if err := s.decisions.Anchor(s.ctx); err != nil && s.ctx.Err() == nil {
		s.log.LogAttrs(s.ctx, slog.LevelWarn, "The audit was not anchored", slog.String("error", err.Error()))
	}
	s.bus.Publish("changed:audits", nil)
}

// auditLedger is what audits must know of decisions and actions.
type auditLedger struct{ s *session }

// Actions implements audits.Ledger.
func (a auditLedger) Actions(ctx context.Context) ([]action.Trail, error) {
	const page = 1000
	ever := core.Period{To: core.DayOf(a.s.clk.Now(), time.UTC) + 366} // a clock that was put back hides nothing
	var out []action.Trail
	for below := int64(0); ; {
		part, err := a.s.actions.List(ctx, ever, below, page)
		if err != nil {
			return nil, err
		}
		out = append(out, part...)
		if len(part) < page {
			return out, nil
		}
		below = part[len(part)-1].ID
	}
}

// Decision implements audits.Ledger.
func (a auditLedger) Decision(ctx context.Context, id string) (audits.Decision, error) {
	d, err := a.s.decisions.Get(ctx, id)
	if err != nil {
		return audits.Decision{}, err
	}
	out := audits.Decision{
		Case: d.Case, Subject: d.Subject, Sentence: d.Sentence, Do: d.Do, Units: d.Action.Proposed, AsOf: d.AsOf, AtStakePer: d.AtStakePer,
		Inputs: []audits.InputOutput{},
	}
	if d.AtStake != nil {
		out.AtStake = core.Money{Minor: d.AtStake.Minor, Currency: core.Currency(d.AtStake.Currency)}
	}
	for _, w := range d.Why {
		out.Inputs = append(out.Inputs, audits.InputOutput{
			Case: w.Case, Clause: w.Clause, Expression: w.Expression, Text: w.Text, Value: w.Value, Unit: w.Unit, Source: w.Source, AsOf: w.AsOf,
			Maturity: string(w.Maturity), Result: w.Result, Depth: w.Depth, Note: w.Note,
		})
	}
	for _, e := range d.History {
		out.Log = append(out.Log, audits.LogEntry{
			LogOutput: audits.LogOutput{Seq: e.Seq, At: e.At, From: e.From, To: e.To, By: e.By, Reason: e.Reason}, Hash: e.Hash,
		})
	}
	return out, nil
}

// Evaluated implements audits.Ledger.
func (a auditLedger) Evaluated(ctx context.Context) (string, error) {
	in, err := a.s.decisions.Inbox(ctx, decisions.InboxInput{})
	return in.AsOf, err
}

// Committed implements audits.Ledger: what the line of an order costs.
func (auditLedger) Committed(t action.Trail) core.Money {
	if t.Kind != action.Restock {
		return core.Money{}
	}
	var p struct {
		Set *action.LineBody `json:"set"`
	}
	if err := json.Unmarshal([]byte(t.Payload), &p); err != nil || p.Set == nil {
		return core.Money{}
	}
	return core.Money{Minor: p.Set.Cost.Minor * int64(p.Set.Units), Currency: p.Set.Cost.Currency}
}

// Now implements audits.Ledger.
func (a auditLedger) Now(ctx context.Context, t action.Trail) (value string, known bool, err error) {
	all := Executors(around{book: a.s.decisions.Book(), uploads: filepath.Join(a.s.dir, "uploads"), clk: a.s.clk})
	at := slices.IndexFunc(all, func(e action.Executor) bool { return e.Kind().Name == t.Kind })
	if at < 0 || !all[at].Kind().Readable {
		return "", false, nil
	}
	v, err := all[at].Value(ctx, action.Request{
		Kind: t.Kind, Decision: t.Decision, Policy: t.Policy, Version: t.Version, Entity: t.Entity, Field: t.Field, Before: t.Before, After: t.After,
		Payload: t.Payload,
	})
	return v, err == nil, err
}

// Demote implements audits.Ledger.
func (a auditLedger) Demote(ctx context.Context, policies []string, why string) ([]string, error) {
	return a.s.actions.Demote(ctx, policies, why)
}

// OpenTask implements audits.Ledger: the finding becomes a decision of its own that is agreed to at once, so that its
// task waits where all tasks do, is limited like them and can be undone.
func (a auditLedger) OpenTask(ctx context.Context, f audits.Finding) (action.Trail, error) {
	p := decision.Proposal{
		Policy: audits.Policy, Version: 1, Case: f.Name, SubjectKind: fact.Account, Subject: string(fact.Account), Severity: decision.Warning,
		Title: f.Title, Sentence: f.Title, Do: f.Label, Maturity: fact.Fresh, AsOf: a.s.today(),
		Action: action.Action{Kind: action.Task, Label: f.Label, Checklist: f.Steps, Link: f.Link},
	}
	if _, err := a.s.decisions.Apply(ctx, decisions.Evaluation{AsOf: p.AsOf, Proposals: []decision.Proposal{p}}); err != nil {
		return action.Trail{}, err
	}
	id := decisions.ID(p.ID())
	if _, err := a.s.decisions.Approve(ctx, decisions.Agreement{IDs: []string{id}}); err != nil {
		return action.Trail{}, err
	}
	made, err := a.s.actions.Of(ctx, id)
	if err != nil || len(made) == 0 {
		return action.Trail{}, errors.Join(err, fmt.Errorf("the task of %s was not opened", f.Name))
	}
	return made[0], nil
}

// auditRules is what audits must know of rules.
type auditRules struct{ s *session }

// Title implements audits.Rules.
func (a auditRules) Title(policy string) string { return a.s.rules.PolicyTitle(policy) }

// Text implements audits.Rules.
func (a auditRules) Text(ctx context.Context, policy string, version int) (text string, ok bool, err error) {
	all, err := a.s.rules.Versions(ctx, policy)
	if core.AsError(err) != nil && core.AsError(err).Code == core.CodeNotFound {
		return "", false, nil // the rule was removed
	}
	if err != nil {
		return "", false, err
	}
	for _, v := range all.Versions {
		if v.Version == version {
			return v.YAML, true, nil
		}
	}
	return "", false, nil
}

// Again implements audits.Rules: the rule as it is in force, where that is the version that decided.
func (a auditRules) Again(ctx context.Context, q audits.Question) (audits.Rerun, error) {
	cannot := func(why string) (audits.Rerun, error) {
		return audits.Rerun{Text: "It cannot be run again: " + why}, nil
	}
	p, there := a.s.rules.InForceOf(q.Policy)
	day, err := core.ParseDay(q.AsOf)
	switch {
	case !there:
		return cannot("the rule was removed.")
	case p.Version != q.Version:
		return cannot(fmt.Sprintf("version %d of the rule decided, version %d is in force.", q.Version, p.Version))
	case !p.On:
		return cannot("the rule is switched off or does not run.")
	case err != nil:
		return cannot("the day of its inputs is not known.")
	}
	all, err := a.s.rules.Explain(ctx, day, q.Subject, q.Policy)
	if core.AsError(err) != nil && core.AsError(err).Code == core.CodeNotFound {
		return cannot("nothing is known any more of its subject on that day.")
	}
	if err != nil {
		return audits.Rerun{}, err
	}
	at := slices.IndexFunc(all, func(x rules.Explanation) bool { return x.Subject == q.Subject && x.Policy == q.Policy })
	if at < 0 {
		return cannot("nothing is known any more of its subject on that day.")
	}
	return sameAgain(all[at], q), nil
}

// sameAgain holds what a rule says of a day again against what it said then.
func sameAgain(x rules.Explanation, q audits.Question) audits.Rerun {
	out := audits.Rerun{Possible: true}
	switch {
	case x.Proposal == nil:
		out.Text = fmt.Sprintf("As of %s, the rule comes to something else: %s.", q.AsOf, x.Summary)
	case x.Case != q.Case:
		out.Text = fmt.Sprintf("As of %s, case %s decides, not %s.", q.AsOf, x.Case, q.Case)
	case q.Kind == x.Proposal.Action.Kind && x.Proposal.Action.Units != q.Units:
		out.Text = fmt.Sprintf("As of %s, the same case asks for %d units, not %d.", q.AsOf, x.Proposal.Action.Units, q.Units)
	default:
		out.Same, out.Text = true, fmt.Sprintf("As of %s, the rule says the same: %s", q.AsOf, x.Summary)
	}
	return out
}

// Of implements audits.Rules.
func (a auditRules) Of(kind string) []string {
	var out []string
	for _, p := range a.s.rules.InForce() {
		if slices.Contains(p.Kinds, kind) {
			out = append(out, p.Name)
		}
	}
	return out
}

// States implements audits.Rules.
func (a auditRules) States(ctx context.Context) ([]audits.RuleState, bool, error) {
	all, err := a.s.rules.List(ctx)
	var out []audits.RuleState
	for _, p := range all.Policies {
		st := audits.RuleState{Name: p.Name, Title: p.Title, Off: p.Off, Error: p.LastError, Subjects: p.Subjects, CantTell: p.CantTell, Excepted: p.Excepted}
		if len(p.Unknown) > 0 {
			st.Unknown = p.Unknown[0].Reason
		}
		out = append(out, st)
	}
	return out, all.AsOf != "", err
}

// auditFacts is what audits must know of facts and documents.
type auditFacts struct{ s *session }

// Definitions implements audits.Facts.
func (a auditFacts) Definitions() []fact.Definition { return a.s.host.Definitions() }

// Columns implements audits.Facts.
func (a auditFacts) Columns(ctx context.Context, q fact.Query) ([]fact.Column, error) {
	return a.s.host.Columns(ctx, q)
}

// Reason implements audits.Facts.
func (a auditFacts) Reason(name string) string { return a.s.host.Reason(name) }

// Today implements audits.Facts.
func (a auditFacts) Today() core.Day { return a.s.today() }

// Label implements audits.Facts.
func (a auditFacts) Label(subject string) string {
	if subject == string(fact.Account) {
		return "Your account"
	}
	return cmp.Or(a.s.label(subject), subject)
}

// Feeds implements audits.Facts.
func (a auditFacts) Feeds(ctx context.Context) ([]audits.Feed, error) {
	all, err := a.s.ingest.Freshness(ctx)
	if err != nil {
		return nil, err
	}
	rejected := map[string]int{}
	for offset, total := 0, 1; offset < total; {
		const page = 500
		var part []documentOf
		if part, total, err = a.documents(ctx, offset, page); err != nil {
			return nil, err
		}
		for _, d := range part {
			rejected[d.kind] += d.rejected
		}
		offset += page
	}
	var out []audits.Feed
	for _, k := range all {
		out = append(out, audits.Feed{Kind: k.Kind, Title: k.Title, State: k.State, Text: k.Text, Rejected: rejected[k.Kind]})
	}
	return out, nil
}

type documentOf struct {
	kind     string
	rejected int
}

func (a auditFacts) documents(ctx context.Context, offset, limit int) ([]documentOf, int, error) {
	rows, total, err := a.s.ingest.ListDocuments(ctx, offset, limit)
	var out []documentOf
	for _, d := range rows {
		out = append(out, documentOf{d.Kind, d.Quarantined})
	}
	return out, total, err
}
