package audits

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// Run runs the checks of a list, or of all; "" is all. A check that crashes says so and keeps no other from running.
func (s *Service) Run(ctx context.Context, list string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	all, err := checklists()
	if err != nil {
		return err
	}
	if list != "" {
		one, err := findList(list)
		if err != nil {
			return err
		}
		all = []checklist{one}
	}
	last, err := s.results(ctx)
	if err != nil {
		return err
	}
	when, err := s.schedules(ctx)
	if err != nil {
		return err
	}
	outcomes := map[string]outcome{}
	for _, l := range all {
		for _, c := range l.Checks {
			key := l.Name + "/" + c.Name
			o := s.run(ctx, c)
			if err := ctx.Err(); err != nil {
				return core.AsError(err)
			}
			if o.result == ByHand && s.stillAnswered(cmp.Or(when[l.Name].every, l.Every), last[key]) {
				continue // what a person found holds until the list is due again
			}
			outcomes[key] = o
		}
	}
	defer s.o.Changed()
	return s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		for _, l := range all {
			for _, c := range l.Checks {
				if o, ok := outcomes[l.Name+"/"+c.Name]; ok {
					if err := s.putResult(ctx, tx, l.Name, c.Name, o, ""); err != nil {
						return err
					}
				}
			}
			if _, err := tx.ExecContext(ctx, s.q["SetRan"], l.Name, s.now().Unix()); err != nil {
				return fmt.Errorf("store when a checklist was run: %w", err)
			}
		}
		return nil
	})
}

// run answers one check. A fault of Purser's is an outcome too, and another one than a fault of the shop's.
func (s *Service) run(ctx context.Context, c check) (o outcome) {
	crashed := func(why string) outcome { return outcome{result: Crashed, text: "The check crashed: " + why} }
	defer func() {
		if r := recover(); r != nil {
			o = crashed(fmt.Sprint(r))
		}
	}()
	var err error
	switch c.how() {
	case howFacts:
		o, err = s.runFacts(ctx, *c.Facts)
	case howRules:
		o, err = s.runRules(ctx, c.Rules, c.Share)
	case howFeeds:
		o, err = s.runFeeds(ctx, c.Feeds)
	default:
		return outcome{result: ByHand, text: "Look by hand: " + c.Hand}
	}
	if err != nil {
		return crashed(err.Error())
	}
	return o
}

func (s *Service) putResult(ctx context.Context, tx *sql.Tx, list, name string, o outcome, note string) error {
	evidence, err := json.Marshal(append([]EvidenceOutput{}, o.evidence...))
	if err != nil {
		return fmt.Errorf("store the result of %s: %w", name, err)
	}
	_, err = tx.ExecContext(ctx, s.q["AddResult"], list, name, s.now().Unix(), o.result, o.text, string(evidence), o.total, o.checked, o.unknown, o.stale, note)
	if err != nil {
		return fmt.Errorf("store the result of %s: %w", name, err)
	}
	return nil
}

// runRules looks at how the rules came out of the last evaluation.
func (s *Service) runRules(ctx context.Context, what string, share float64) (outcome, error) {
	all, ran, err := s.o.Rules.States(ctx)
	if err != nil {
		return outcome{}, err
	}
	if !ran && what != "broken" {
		return cannot("the rules have not been evaluated yet"), nil
	}
	var o outcome
	for _, r := range all {
		if r.Off {
			continue
		}
		o.checked++
		text := ""
		switch {
		case what == "broken" && r.Error != "":
			text = r.Error
		case what == "cannot_tell" && r.Subjects > 0 && float64(r.CantTell) >= share*float64(r.Subjects):
			text = fmt.Sprintf("cannot tell of %d of %d: %s", r.CantTell, r.Subjects, r.Unknown)
		case what == "excepted" && r.Excepted > 0:
			text = fmt.Sprintf("%d taken out", r.Excepted)
		default:
			continue
		}
		o.found(EvidenceOutput{Subject: r.Name, Label: r.Title, Text: text, Maturity: string(fact.Fresh)})
	}
	o.conclude("rules", "")
	return o, nil
}

// runFeeds looks at what was taken in.
func (s *Service) runFeeds(ctx context.Context, what string) (outcome, error) {
	all, err := s.o.Facts.Feeds(ctx)
	if err != nil {
		return outcome{}, err
	}
	var o outcome
	for _, f := range all {
		if f.State == fact.Missing && what != "missing" {
			continue // the check about missing ones tells of it
		}
		o.checked++
		hit, text := false, f.Text
		switch what {
		case "stale":
			hit = f.State == fact.Stale
		case "missing":
			hit = f.State == fact.Missing
		case "rejected":
			hit, text = f.Rejected > 0, fmt.Sprintf("%d rows not understood", f.Rejected)
		}
		if hit {
			o.found(EvidenceOutput{Subject: f.Kind, Label: f.Title, Text: text, Maturity: string(f.State)})
		}
	}
	o.conclude("kinds of report", "")
	return o, nil
}

// feedTitles gives the names of kinds of document; where they cannot be read, their own names do.
func (s *Service) feedTitles(ctx context.Context) map[string]string {
	all, err := s.o.Facts.Feeds(ctx)
	if err != nil {
		return nil
	}
	out := map[string]string{}
	for _, f := range all {
		out[f.Kind] = f.Title
	}
	return out
}

// Answer keeps what a person found who looked by hand.
func (s *Service) Answer(ctx context.Context, in AnswerCheckInput) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	l, c, err := findCheck(in.List, in.Check)
	if err != nil {
		return err
	}
	note := strings.TrimSpace(in.Note)
	switch {
	case c.how() != howHand:
		return core.Invalid("audits", fmt.Sprintf("%q is answered by Purser.", c.Title), "Run it again.")
	case byHand(in.Result) == "":
		return core.Invalid("audits", fmt.Sprintf("There is no result %q.", in.Result), "Choose passed, failed or cannot tell.")
	case in.Result != Passed && note == "":
		return core.Invalid("audits", "Say in a few words what you found.", "")
	}
	o := outcome{result: in.Result, text: byHand(in.Result), checked: 1}
	if note != "" {
		o.text += ": " + note
	}
	switch in.Result {
	case Failed:
		o.found(EvidenceOutput{Label: c.Title, Text: note, AsOf: s.today().String(), Maturity: string(fact.Fresh)})
	case CannotTell:
		o.checked, o.unknown = 0, 1
	}
	defer s.o.Changed()
	return s.o.DB.Write(ctx, func(tx *sql.Tx) error { return s.putResult(ctx, tx, l.Name, c.Name, o, note) })
}

// byHand says a result that a person found; "" where it is none.
func byHand(result string) string {
	switch result {
	case Passed:
		return "Looked by hand, and in order"
	case Failed:
		return "Looked by hand, and not in order"
	case CannotTell:
		return "Cannot tell, also by hand"
	}
	return ""
}

// Schedule sets how often a list is due.
func (s *Service) Schedule(ctx context.Context, list, every string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	l, err := findList(list)
	if err != nil {
		return err
	}
	if days(every) == 0 {
		return core.Invalid("audits", fmt.Sprintf("There is no schedule %q.", every), "Choose weekly, monthly or quarterly.")
	}
	defer s.o.Changed()
	return s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, s.q["SetEvery"], l.Name, every); err != nil {
			return fmt.Errorf("store a schedule: %w", err)
		}
		return nil
	})
}

// today is the person's calendar day.
func (s *Service) today() core.Day { return core.DayOf(s.now(), s.o.Zone) }
