package audits

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
)

// result is the result of a check as it was stored.
type result struct {
	id         int64
	list, name string
	at         int64
	outcome
	note string
}

func scanResult(sc scanner) (result, error) {
	var r result
	var evidence []byte
	err := sc.Scan(&r.id, &r.list, &r.name, &r.at, &r.result, &r.text, &evidence, &r.total, &r.checked, &r.unknown, &r.stale, &r.note)
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal(evidence, &r.evidence)
}

// results gives the newest result of each check by list and name.
func (s *Service) results(ctx context.Context) (map[string]result, error) {
	all, err := collect(ctx, s, "LastResults", scanResult)
	out := map[string]result{}
	for _, r := range all {
		out[r.list+"/"+r.name] = r
	}
	return out, err
}

// schedule is when a list was run, and how often it is due.
type schedule struct {
	list, every string
	ran         int64
}

func (s *Service) schedules(ctx context.Context) (map[string]schedule, error) {
	all, err := collect(ctx, s, "Schedules", func(sc scanner) (schedule, error) {
		var x schedule
		return x, sc.Scan(&x.list, &x.every, &x.ran)
	})
	out := map[string]schedule{}
	for _, x := range all {
		out[x.list] = x
	}
	return out, err
}

type findingTask struct {
	list, name         string
	result, action, at int64
}

func (s *Service) tasks(ctx context.Context) (map[int64]findingTask, error) {
	all, err := collect(ctx, s, "Tasks", func(sc scanner) (findingTask, error) {
		var t findingTask
		return t, sc.Scan(&t.list, &t.name, &t.result, &t.action, &t.at)
	})
	out := map[int64]findingTask{}
	for _, t := range all {
		out[t.result] = t
	}
	return out, err
}

// Checklists gives all lists with the last result of each check.
func (s *Service) Checklists(ctx context.Context) (ChecklistsOutput, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.allLists(ctx)
}

func (s *Service) allLists(ctx context.Context) (ChecklistsOutput, error) {
	out := ChecklistsOutput{Lists: []ChecklistOutput{}, Trend: []TrendOutput{}}
	all, err := checklists()
	if err != nil {
		return out, err
	}
	last, err := s.results(ctx)
	if err != nil {
		return out, err
	}
	when, err := s.schedules(ctx)
	if err != nil {
		return out, err
	}
	tasks, err := s.tasks(ctx)
	if err != nil {
		return out, err
	}
	for _, l := range all {
		o := s.listOutput(l, when[l.Name])
		for _, c := range l.Checks {
			r := last[l.Name+"/"+c.Name]
			co := checkOutput(l, c, r)
			if t, ok := tasks[r.id]; ok && r.id != 0 {
				co.TaskAt, co.TaskNote = stampText(t.at), "A task was made of it; it waits under Today."
			}
			o.Counts.add(r)
			out.Counts.add(r)
			o.Checks = append(o.Checks, co)
		}
		out.Lists = append(out.Lists, o)
	}
	out.Trend, err = s.trend(ctx, all)
	return out, err
}

// listOutput says when a list is due. One that never ran is due at once.
func (s *Service) listOutput(l checklist, x schedule) ChecklistOutput {
	o := ChecklistOutput{
		Name: l.Name, Title: l.Title, Question: l.Question, Every: cmp.Or(x.every, l.Every), Checks: []CheckOutput{}, Source: l.Source, Date: l.Date,
		LastRun: stampText(x.ran),
	}
	o.EveryText = map[string]string{"weekly": "every week", "monthly": "every month", "quarterly": "every quarter"}[o.Every]
	due := s.today()
	if x.ran != 0 {
		due = core.DayOf(time.Unix(x.ran, 0), s.o.Zone) + days(o.Every)
	}
	o.DueOn = due.String()
	switch n := int(due - s.today()); {
	case x.ran == 0:
		o.DueText = "never run"
	case n < 0:
		o.Late, o.DueText = true, fmt.Sprintf("late by %d days", -n)
	case n == 0:
		o.DueText = "due today"
	default:
		o.DueText = "due " + due.Time().Format("2 Jan")
	}
	return o
}

// stillAnswered says whether a person's answer to a check by hand holds: until its list is due again.
func (s *Service) stillAnswered(every string, r result) bool {
	if r.id == 0 || r.result == ByHand {
		return false
	}
	return s.today()-core.DayOf(time.Unix(r.at, 0), s.o.Zone) < days(every)
}

func checkOutput(l checklist, c check, r result) CheckOutput {
	o := CheckOutput{
		Name: c.Name, Title: c.Title, Why: c.Why, How: c.how(), HowText: c.howText(), Fix: c.Fix, Link: c.Link, Seller: c.Seller,
		Result: NotRun, ResultText: "Not run yet", Evidence: []EvidenceOutput{}, Source: cmp.Or(c.Source, l.Source), Date: l.Date,
	}
	if r.id == 0 {
		return o
	}
	o.Result, o.ResultText, o.Evidence, o.EvidenceAll = r.result, r.text, append(o.Evidence, r.evidence...), r.total
	o.Checked, o.Unknown, o.LastRun, o.Note = r.checked, r.unknown, stampText(r.at), r.note
	if r.stale != "" {
		o.Stale, o.StaleText = true, "It rests on old reports: "+r.stale
	}
	return o
}

// howText says how a check is answered.
func (c check) howText() string {
	switch c.how() {
	case howFacts:
		text := "Looks at " + c.Facts.Fact
		if c.Facts.When != nil {
			text += ", where " + c.Facts.When.Fact + " " + c.Facts.When.words()
		}
		return text + "; it fails where that " + c.Facts.Fails.words()
	case howRules:
		return map[string]string{
			"broken": "Looks at the rules that are switched on", "cannot_tell": fmt.Sprintf("Looks at what the rules came to; it fails where one cannot tell of %g in 100 of its subjects", c.Share*100),
			"excepted": "Looks at what you took out of rules",
		}[c.Rules]
	case howFeeds:
		return map[string]string{
			"stale": "Looks at the age of each kind of report", "missing": "Looks at which kinds of report were ever imported",
			"rejected": "Looks at rows that were not understood",
		}[c.Feeds]
	}
	return "By hand: " + c.Hand
}

// words says a bound.
func (b bound) words() string {
	times := ""
	if b.Times != 0 {
		times = fmt.Sprintf("%g × ", b.Times)
	}
	switch {
	case b.Unknown:
		return "is not known"
	case b.Is != nil:
		if yes, ok := b.Is.(bool); ok {
			return map[bool]string{true: "is yes", false: "is no"}[yes]
		}
		return fmt.Sprintf("is %v", b.Is)
	case b.Above != nil:
		return fmt.Sprintf("is above %s%v", times, b.Above)
	}
	return fmt.Sprintf("is below %s%v", times, b.Below)
}

// add counts a result; one without id was never run.
func (c *CountsOutput) add(r result) {
	c.Checks++
	switch r.result {
	case Passed:
		c.Passed++
	case Failed:
		c.Failed++
	case CannotTell:
		c.CannotTell++
	case Crashed:
		c.Crashed++
	case ByHand:
		c.ByHand++
	default:
		c.NotRun++
	}
	if r.stale != "" && (r.result == Passed || r.result == Failed) {
		c.Stale++
	}
}

// trendDays is how far back the trend goes.
const trendDays = 365

// trend counts, for each day on which something was run, the last results of all checks by then.
func (s *Service) trend(ctx context.Context, all []checklist) ([]TrendOutput, error) {
	out := []TrendOutput{}
	rows, err := collect(ctx, s, "ResultsSince", func(sc scanner) (result, error) {
		var r result
		return r, sc.Scan(&r.list, &r.name, &r.at, &r.result, &r.stale)
	}, s.now().AddDate(0, 0, -trendDays).Unix())
	if err != nil {
		return out, err
	}
	now := map[string]result{}
	count := func() (c CountsOutput) {
		for _, l := range all {
			for _, x := range l.Checks {
				c.add(now[l.Name+"/"+x.Name])
			}
		}
		return c
	}
	for i, r := range rows {
		now[r.list+"/"+r.name] = r
		day := core.DayOf(time.Unix(r.at, 0), s.o.Zone)
		if i+1 < len(rows) && core.DayOf(time.Unix(rows[i+1].at, 0), s.o.Zone) == day {
			continue
		}
		out = append(out, TrendOutput{Day: day.String(), CountsOutput: count()})
	}
	return out, nil
}

// TurnIntoTask makes a task of what a check found; the same finding makes one task.
func (s *Service) TurnIntoTask(ctx context.Context, list, name string) (FindingTaskOutput, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	l, c, err := findCheck(list, name)
	if err != nil {
		return FindingTaskOutput{}, err
	}
	last, err := s.results(ctx)
	if err != nil {
		return FindingTaskOutput{}, err
	}
	r := last[list+"/"+name]
	if r.result != Failed {
		return FindingTaskOutput{}, core.Invalid("audits", fmt.Sprintf("%q has found nothing to do.", c.Title), "Only a check that failed makes a task.")
	}
	tasks, err := s.tasks(ctx)
	if err != nil {
		return FindingTaskOutput{}, err
	}
	if t, ok := tasks[r.id]; ok {
		return FindingTaskOutput{}, &core.Error{
			Code: core.CodeConflict, Module: "audits", Message: "A task was made of this finding on " + review{at: t.at}.on(s.o.Zone) + ".", Hint: "It waits under Today.",
		}
	}
	f := Finding{Name: fmt.Sprintf("%s/%s/%d", list, name, r.id), Title: c.Title + " " + r.text, Label: c.Fix, Link: c.Seller, Steps: steps(c, r)}
	t, err := s.o.Ledger.OpenTask(ctx, f)
	if err != nil {
		return FindingTaskOutput{}, err
	}
	err = s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, s.q["AddTask"], list, name, r.id, t.ID, s.now().Unix())
		return err
	})
	if err != nil {
		return FindingTaskOutput{}, fmt.Errorf("note the task of %s: %w", f.Name, err)
	}
	s.seen = trails{}
	s.o.Changed()
	out := FindingTaskOutput{Action: t.ID, Title: f.Title, Text: "Opened: " + f.Title, Check: checkOutput(l, c, r)}
	if t.State == action.Approved {
		out.Text = "It waits to be opened: " + t.Waits
	}
	out.Check.TaskAt, out.Check.TaskNote = stampText(s.now().Unix()), "A task was made of it; it waits under Today."
	return out, nil
}

// mostSteps is how many findings are steps of their own.
const mostSteps = 20

// steps are what is to be done, one for each finding.
func steps(c check, r result) []string {
	var out []string
	for _, e := range r.evidence[:min(mostSteps, len(r.evidence))] {
		out = append(out, e.Label+": "+e.Text)
	}
	if more := r.total - len(out); more > 0 {
		out = append(out, fmt.Sprintf("and %d more", more))
	}
	return append(out, c.Fix)
}
