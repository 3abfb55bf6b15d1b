package app

import (
	"context"

	"github.com/spf13/cobra"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/decision"
	"purser/backend/core/fact"
	"purser/backend/services/decisions"
)

// briefAnswer is the brief command's answer.
type briefAnswer struct {
	AsOf      string          `json:"as_of"`
	Decisions []briefDecision `json:"decisions"`
}

type briefDecision struct {
	ID          string            `json:"id"`
	SubjectKind fact.SubjectKind  `json:"subject_kind"`
	Subject     string            `json:"subject"`
	Policy      string            `json:"policy"`
	Version     int               `json:"version"`
	Case        string            `json:"case"`
	Severity    decision.Severity `json:"severity"`
	Title       string            `json:"title"`
	Sentence    string            `json:"sentence"`
	AtStake     *core.Money       `json:"at_stake"` // null: not known
	AtStakePer  string            `json:"at_stake_per"`
	Due         string            `json:"due"`
	Action      action.Action     `json:"action"`
	Do          string            `json:"do"`
	IfYouWait   string            `json:"if_you_wait"`
	Maturity    fact.Maturity     `json:"maturity"`
	Why         []decision.Why    `json:"why"`
	Unknown     []string          `json:"unknown"`
}

func (e *env) briefCommand() *cobra.Command {
	var asOf string
	c := &cobra.Command{
		Use:   "brief",
		Short: "Say what needs attention, why, what it is worth and what to do",
		Long:  "Today's brief leaves out what you have decided already; with --as-of it says what the rules said on what was known that day.",
		Args:  noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return e.with(c.Context(), false, func(s *session) error { return e.brief(c.Context(), s, asOf) })
		},
	}
	c.Flags().StringVar(&asOf, "as-of", "", "day, YYYY-MM-DD (default: today)")
	return c
}

func (e *env) brief(ctx context.Context, s *session, asOf string) error {
	day, err := s.dayFlag(asOf)
	if err != nil {
		return err
	}
	run, err := s.rules.Evaluate(ctx, day)
	if err != nil {
		return err
	}
	proposals := run.Proposals
	if asOf == "" {
		if proposals, err = s.decisions.Undecided(ctx, proposals); err != nil {
			return err
		}
	}
	ans := briefAnswer{AsOf: run.AsOf.String(), Decisions: []briefDecision{}}
	for _, p := range decisions.InOrder(proposals) {
		ans.Decisions = append(ans.Decisions, newBriefDecision(p))
	}
	if e.json {
		return e.answer(ans)
	}
	return e.printBrief(ctx, s, ans)
}

func newBriefDecision(p decision.Proposal) briefDecision {
	d := briefDecision{
		ID: decisions.ID(p.ID()), SubjectKind: p.SubjectKind, Subject: p.Subject, Policy: p.Policy, Version: p.Version, Case: p.Case,
		Severity: p.Severity, Title: p.Title, Sentence: p.Sentence, AtStakePer: p.AtStakePer, Due: p.Due.String(), Action: p.Action,
		Do: p.Do, IfYouWait: p.IfYouWait, Maturity: p.Maturity, Why: append([]decision.Why{}, p.Why...), Unknown: append([]string{}, p.Unknown...),
	}
	if d.Action.Checklist == nil {
		d.Action.Checklist = []string{}
	}
	if p.AtStake.Currency != "" {
		m := p.AtStake
		d.AtStake = &m
	}
	return d
}

func (e *env) printBrief(ctx context.Context, s *session, ans briefAnswer) error {
	docs, err := s.ingest.Count(ctx)
	if err != nil {
		return err
	}
	if docs == 0 {
		e.print("Nothing is imported yet. Start with: purser import FILE…, or look at the demo seller: purser brief --demo")
		return nil
	}
	e.print("%s · %d things need you", ans.AsOf, len(ans.Decisions))
	for i, d := range ans.Decisions {
		e.print("\n%2d. [%s] %s  (%s)", i+1, d.Severity, d.Title, d.Subject)
		e.print("    %s", d.Sentence)
		line := "    "
		if d.AtStake != nil {
			line += d.AtStake.Text()
			if d.AtStakePer == "day" {
				line += " a day"
			}
			line += " at stake · "
		}
		if d.Due != "" {
			line += "due " + d.Due + " · "
		}
		e.print("%s%s", line, d.Action.Label)
		for _, w := range d.Why {
			if w.Depth == 0 {
				e.whyLine(w, "      ")
			}
		}
		for _, u := range d.Unknown {
			e.print("      ? %s", u)
		}
	}
	return nil
}
