package app_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"purser/app"
	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/decision"
	"purser/backend/core/fact"
	"purser/backend/services/actions"
	"purser/backend/services/audits"
	"purser/backend/services/decisions"
)

var auditDay = time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)

// toDo is a proposal of a shipped rule.
func toDo(subject, sentence string) decision.Proposal {
	return decision.Proposal{
		Policy: "not_sellable", Version: 1, Case: "suppressed", SubjectKind: fact.SKU, Subject: subject, Severity: decision.Warning,
		Title: subject + " is hidden", Sentence: sentence, AsOf: core.Date(2026, 11, 25), Maturity: fact.Fresh,
		Action: action.Action{Kind: action.Task, Label: "Mend it", Checklist: []string{"Open the listing"}},
		Why:    []decision.Why{{Case: "suppressed", Expression: "listings.suppressed", Text: "Hidden", Value: "yes", Maturity: fact.Fresh, Result: decision.True}},
	}
}

// TestAnAuditOfTheMonth goes through what was decided on a real ledger.
func TestAnAuditOfTheMonth(t *testing.T) {
	t.Parallel()
	o := app.OpenOffice(t, t.TempDir(), auditDay)
	ids := o.Propose(t, toDo("US/A", "As it was."), toDo("US/B", "As it was."))
	if _, err := o.Decisions.Approve(decisions.ApproveInput{IDs: ids}); err != nil {
		t.Fatal(err)
	}
	o.Propose(t, toDo("US/A", "As it is later."), toDo("US/B", "As it is later."))
	m, err := o.Audits.Month(audits.MonthInput{})
	if err != nil || m.Month != "2026-11" || len(m.Items) != 2 {
		t.Fatalf("%+v, %v", m, err)
	}
	i, err := o.Audits.Item(audits.ItemInput{Month: m.Month, ID: m.Next})
	if err != nil {
		t.Fatal(err)
	}
	if i.Sentence != "As it was." || !i.InputsWas || !i.Now.Same || !strings.Contains(i.RuleText, "name: not_sellable") || len(i.Log) != 2 {
		t.Errorf("%+v", i)
	}
	if i.Rerun.State != "cannot" || !strings.Contains(i.Rerun.Text, "cannot be run again") {
		t.Errorf("nothing is known of the subject, and running it again says: %+v", i.Rerun)
	}
	in := audits.JudgeInput{Month: m.Month, ID: i.ID, Verdict: audits.Critical, Cause: "entity", Note: "it is another SKU"}
	for _, q := range i.Questions {
		if q.Asked {
			in.Answers = append(in.Answers, audits.AnswerInput{Question: q.Name, Answer: audits.Unsure})
		}
	}
	out, err := o.Audits.Judge(in)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(out.Consequence.Text, "Nothing of this kind acts by itself; it goes on proposing.") || len(out.Consequence.LookAgain) != 1 {
		t.Errorf("%+v", out.Consequence)
	}
	modes, err := o.Actions.Modes()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range modes.Modes {
		if p.Policy == "not_sellable" && (p.Looked != 1 || p.Wrong != 1 || p.Against == "") {
			t.Errorf("the settings say %+v", p)
		}
	}
	if v, err := o.Decisions.Verify(); err != nil || !v.Sound {
		t.Errorf("the audit: %v, %v", v.Faults, err)
	}
}

// TestAFindingBecomesATask: it waits where all tasks do, and goes when it is undone.
func TestAFindingBecomesATask(t *testing.T) {
	t.Parallel()
	o := app.OpenOffice(t, t.TempDir(), auditDay)
	_, err := o.Audits.AnswerCheck(audits.AnswerCheckInput{List: "listing_hygiene", Check: "content", Result: audits.Failed, Note: "A picture is gone"})
	if err != nil {
		t.Fatal(err)
	}
	made, err := o.Audits.TurnIntoTask(audits.CheckInput{List: "listing_hygiene", Check: "content"})
	if err != nil {
		t.Fatal(err)
	}
	if a, err := o.Actions.Get(actions.IDInput{ID: made.Action}); err != nil || a.State != action.Verified {
		t.Fatalf("%s: %s, %v", a.State, a.Reason, err)
	}
	o.Evaluate(t)
	tasks, err := o.Decisions.Tasks()
	if err != nil || len(tasks.Tasks) != 1 || !strings.Contains(tasks.Tasks[0].Steps[0].Text, "A picture is gone") {
		t.Fatalf("%+v, %v", tasks.Tasks, err)
	}
	if d, err := o.Decisions.Get(decisions.IDInput{ID: tasks.Tasks[0].Decision}); err != nil || d.State != "approved" {
		t.Errorf("%s, %v", d.State, err)
	}
	if m, err := o.Audits.Month(audits.MonthInput{}); err != nil || m.Decided != 0 {
		t.Errorf("what a person made of a finding is looked at as a decision of a rule: %d, %v", m.Decided, err)
	}
	if _, err := o.Decisions.Undo(); err != nil {
		t.Fatal(err)
	}
	if tasks, err := o.Decisions.Tasks(); err != nil || len(tasks.Tasks) != 0 {
		t.Errorf("%+v, %v", tasks.Tasks, err)
	}
}

// TestChecksWithoutData: every fact that they name is declared, and of an empty account nothing is said to be well
// but what is about the rules themselves.
func TestChecksWithoutData(t *testing.T) {
	t.Parallel()
	o := app.OpenOffice(t, t.TempDir(), auditDay)
	out, err := o.Audits.RunChecks(audits.RunInput{})
	if err != nil {
		t.Fatal(err)
	}
	if out.Counts.Crashed != 0 || out.Counts.NotRun != 0 || out.Counts.CannotTell < 10 {
		t.Errorf("%+v", out.Counts)
	}
	for _, l := range out.Lists {
		for _, c := range l.Checks {
			if c.Result == audits.Crashed || c.Result == audits.Passed && c.How != "rules" {
				t.Errorf("%s/%s %s: %s", l.Name, c.Name, c.Result, c.ResultText)
			}
		}
	}
}
