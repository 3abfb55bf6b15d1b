package audits

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"purser/backend/core"
)

// causes are what makes a decision critical.
//
//nolint:gochecknoglobals // words
var causes = map[string]string{
	"entity": "wrong thing", "amount": "wrong amount", "cap": "a limit was broken", "unapproved": "nobody agreed to it", "unlogged": "the audit does not tell of it",
}

// Judge gives a verdict on an item. It is a row of the audit; another verdict later is another row, and the newest
// counts. What follows from it is done at once.
func (s *Service) Judge(ctx context.Context, in JudgeInput) (JudgeOutput, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b, err := s.load(ctx)
	if err != nil {
		return JudgeOutput{}, err
	}
	m, err := b.find(b.reviews(), in.Month)
	if err != nil {
		return JudgeOutput{}, err
	}
	at, err := position(m.items(), m, in.ID)
	if err != nil {
		return JudgeOutput{}, err
	}
	i := m.items()[at]
	r := review{
		month: m.name, action: i.ID, kind: i.Kind, policy: i.Policy, version: i.Version, verdict: in.Verdict, cause: in.Cause,
		note: strings.TrimSpace(in.Note), answers: in.Answers, at: s.now().Unix(),
	}
	if err := s.check(b, i, r); err != nil {
		return JudgeOutput{}, err
	}
	d, _, err := s.inputs(ctx, i.Trail)
	if err != nil {
		return JudgeOutput{}, err
	}
	rerun, err := s.again(ctx, i.Trail, d)
	if err != nil {
		return JudgeOutput{}, err
	}
	r.rerun = rerun.State
	if r.id, err = s.store(ctx, m, i, r); err != nil {
		return JudgeOutput{}, err
	}
	s.seen.book = nil
	demoted, err := s.follow(ctx, b, r)
	if err != nil {
		return JudgeOutput{}, err
	}
	s.o.Changed()
	return s.judged(ctx, r, demoted)
}

// check says why a verdict cannot be given like that.
func (s *Service) check(b *book, i item, r review) error {
	all, err := s.questions(b, i, ItemOutput{})
	if err != nil {
		return err
	}
	given := map[string]string{}
	for _, a := range r.answers {
		if !slices.Contains([]string{Yes, No, Unsure}, a.Answer) || !slices.ContainsFunc(all, func(q QuestionOutput) bool { return q.Name == a.Question }) {
			return core.Invalid("audits", fmt.Sprintf("%q is no answer to %q.", a.Answer, a.Question), "Answer yes, no or not sure.")
		}
		given[a.Question] = a.Answer
	}
	for _, q := range all {
		switch answer := given[q.Name]; {
		case q.Asked && answer == "":
			return core.Invalid("audits", fmt.Sprintf("%q has no answer.", q.Text), "Answer yes, no or not sure.")
		case answer == No && r.verdict == Right:
			return core.Invalid("audits", fmt.Sprintf("You answered no to %q, so it was not right.", q.Text), "Say that it was wrong, or critical, or change the answer.")
		case answer == No && q.Critical && r.verdict == Wrong:
			return core.Invalid("audits", fmt.Sprintf("A no to %q is critical.", q.Text), "Say that it was critical, or change the answer.")
		}
	}
	return checkVerdict(r)
}

func checkVerdict(r review) error {
	switch {
	case !slices.Contains([]string{Right, Wrong, Critical}, r.verdict):
		return core.Invalid("audits", fmt.Sprintf("There is no verdict %q.", r.verdict), "Choose right, wrong or critical.")
	case r.verdict == Critical && causes[r.cause] == "":
		return core.Invalid("audits", "A critical verdict needs its cause.", "Choose wrong thing, wrong amount, limit broken, not agreed to, or not in the audit.")
	case r.verdict != Critical && r.cause != "":
		return core.Invalid("audits", "Only a critical verdict has a cause.", "")
	case r.verdict != Right && r.note == "":
		return core.Invalid("audits", "Say in a few words what was wrong.", "")
	}
	return nil
}

// store adds the verdict with its row of the audit, and fixes the sample that it belongs to.
func (s *Service) store(ctx context.Context, m *month, i item, r review) (id int64, err error) {
	answers, err := json.Marshal(append([]AnswerInput{}, r.answers...))
	if err != nil {
		return 0, fmt.Errorf("store the verdict on action %d: %w", r.action, err)
	}
	from := ""
	if i.review != nil {
		from = i.review.verdict
	}
	err = s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		for _, l := range m.lots {
			if l.fixed {
				continue
			}
			if _, err := tx.ExecContext(ctx, s.q["AddDraw"], l.month, l.kind, l.through, l.seed, l.head, r.at); err != nil {
				return fmt.Errorf("fix the sample of %s: %w", l.month, err)
			}
		}
		err := tx.QueryRowContext(ctx, s.q["AddReview"], r.month, r.action, r.kind, r.policy, r.version, r.verdict, r.cause, r.note,
			string(answers), r.rerun, r.at).Scan(&id)
		if err != nil {
			return fmt.Errorf("store the verdict on action %d: %w", r.action, err)
		}
		content, err := json.Marshal([]any{id, r.month, r.action, i.Hash, r.kind, r.policy, r.version, r.verdict, r.cause, r.note, r.answers, r.rerun})
		if err != nil {
			return fmt.Errorf("store the verdict on action %d: %w", r.action, err)
		}
		return s.o.Record(ctx, tx, Record{
			Subject: fmt.Sprintf("review:%s/%d", r.month, r.action), From: from, To: r.verdict, Who: "person",
			Reason: strings.TrimSpace(causes[r.cause] + " " + r.note), Content: string(content),
		})
	})
	return id, err
}

// follow does what a verdict leads to: a wrong one takes its policy back to proposing, a critical one every policy of
// its kind. It gives those that acted by themselves.
func (s *Service) follow(ctx context.Context, b *book, r review) ([]string, error) {
	if !r.bad() {
		return nil, nil
	}
	demoted, err := s.o.Ledger.Demote(ctx, s.concerned(b, r), fmt.Sprintf("Found %s in the audit of %s: %s", r.verdict, monthTitle(r.month), r.note))
	if err != nil {
		return nil, fmt.Errorf("the verdict is stored, but its rules were not taken back: %w", err)
	}
	return demoted, s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		for _, text := range s.followed(r, demoted) {
			if _, err := tx.ExecContext(ctx, s.q["AddEffect"], r.id, text); err != nil {
				return fmt.Errorf("store what followed: %w", err)
			}
		}
		return nil
	})
}

// concerned are the policies that a verdict is about.
func (s *Service) concerned(b *book, r review) []string {
	if r.verdict != Critical {
		return []string{r.policy}
	}
	out := append([]string{r.policy}, s.o.Rules.Of(r.kind)...)
	for _, t := range b.actions {
		if t.Kind == r.kind {
			out = append(out, t.Policy)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// followed says in words what followed.
func (s *Service) followed(r review, demoted []string) []string {
	var out []string
	for _, p := range demoted {
		out = append(out, fmt.Sprintf("%s acted by itself and goes back to proposing.", s.o.Rules.Title(p)))
	}
	switch {
	case len(demoted) == 0 && r.verdict == Critical:
		out = append(out, "Nothing of this kind acts by itself; it goes on proposing.")
	case len(demoted) == 0:
		out = append(out, "This rule does not act by itself; it goes on proposing.")
	}
	if r.verdict == Critical {
		out = append(out, "Nothing of this kind may act by itself until a later month is over and clean.")
	}
	return out
}

// judged is the answer to a verdict.
func (s *Service) judged(ctx context.Context, r review, demoted []string) (JudgeOutput, error) {
	b, err := s.load(ctx)
	if err != nil {
		return JudgeOutput{}, err
	}
	all := b.reviews()
	m, err := b.find(all, r.month)
	if err != nil {
		return JudgeOutput{}, err
	}
	items := m.items()
	at, err := position(items, m, r.action)
	if err != nil {
		return JudgeOutput{}, err
	}
	out := JudgeOutput{
		Month: m.output(), Item: s.row(b, items[at], at+1), NextOpen: nextOpen(items, r.action),
		Consequence: ConsequenceOutput{Text: []string{}, Demoted: append([]string{}, demoted...), LookAgain: []ItemRowOutput{}},
	}
	if r.bad() {
		out.Consequence.Text = append(out.Consequence.Text, s.followed(r, demoted)...)
	}
	if r.verdict == Critical {
		out.Consequence.LookAgain = s.lookedAgain(b, all, func(by review) bool { return by.id == r.id })
		if n := len(out.Consequence.LookAgain); n > 0 {
			out.Consequence.Text = append(out.Consequence.Text, fmt.Sprintf("%d like it since the last audit are to be looked at again.", n))
		} else {
			out.Consequence.Text = append(out.Consequence.Text, "There is no other one like it since the last audit.")
		}
	}
	return out, nil
}

// lookedAgain lists what must be looked at again for some critical findings, of all months.
func (s *Service) lookedAgain(b *book, all []*month, of func(review) bool) []ItemRowOutput {
	out := []ItemRowOutput{}
	for _, m := range all {
		for n, i := range m.items() {
			if i.again != nil && of(*i.again) {
				out = append(out, s.row(b, i, n+1))
			}
		}
	}
	return out
}
