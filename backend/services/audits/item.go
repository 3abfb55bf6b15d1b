package audits

import (
	"cmp"
	"context"
	_ "embed" // the questions
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"gopkg.in/yaml.v3"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/decision"
	"purser/backend/core/fact"
)

//go:embed questions.yaml
var questionsText []byte

type question struct {
	Name     string `yaml:"name"`
	Text     string `yaml:"text"`
	Help     string `yaml:"help"`
	Critical bool   `yaml:"critical"`
}

//nolint:gochecknoglobals // read once from what is embedded
var questions = sync.OnceValues(func() ([]question, error) {
	var f struct {
		Questions []question `yaml:"questions"`
	}
	if err := yaml.Unmarshal(questionsText, &f); err != nil {
		return nil, fmt.Errorf("questions of audits: %w", err)
	}
	return f.Questions, nil
})

// Answers to a question.
const (
	Yes    = "yes"
	No     = "no"
	Unsure = "unsure"
)

// What running a rule again came to.
const (
	rerunSame      = "same"
	rerunDifferent = "different"
	rerunCannot    = "cannot"
)

// Item gives one item as a person judges it.
func (s *Service) Item(ctx context.Context, name string, id int64) (ItemOutput, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b, err := s.load(ctx)
	if err != nil {
		return ItemOutput{}, err
	}
	m, err := b.find(b.reviews(), name)
	if err != nil {
		return ItemOutput{}, err
	}
	items := m.items()
	at, err := position(items, m, id)
	if err != nil {
		return ItemOutput{}, err
	}
	i := items[at]
	out := ItemOutput{
		ItemRowOutput: s.row(b, i, at+1), Month: m.name, Of: len(items), NextOpen: nextOpen(items, id), Action: i.Trail,
		Inputs: []InputOutput{}, Log: []LogOutput{}, Questions: []QuestionOutput{}, History: []ReviewOutput{},
	}
	if at > 0 {
		out.Previous = items[at-1].ID
	}
	if at+1 < len(items) {
		out.Next = items[at+1].ID
	}
	return out, s.describe(ctx, b, i, &out)
}

func position(items []item, m *month, id int64) (int, error) {
	at := slices.IndexFunc(items, func(i item) bool { return i.ID == id })
	if at < 0 {
		return 0, core.NotFound("audits", fmt.Sprintf("Action %d is not looked at in %s.", id, monthTitle(m.name)))
	}
	return at, nil
}

func (s *Service) describe(ctx context.Context, b *book, i item, out *ItemOutput) error {
	d, was, err := s.inputs(ctx, i.Trail)
	if err != nil {
		return err
	}
	out.Sentence, out.Do, out.Inputs, out.InputsAt, out.InputsWas = d.Sentence, d.Do, append(out.Inputs, d.Inputs...), d.AsOf, was
	out.InputText = "As they were when it was agreed to."
	if !was {
		out.InputText = "It was agreed to before inputs were kept: these are the last that were known, of " + d.AsOf + "."
	}
	var gone bool
	if out.RuleText, gone, err = s.ruleText(ctx, i.Trail); err != nil {
		return err
	}
	if gone {
		out.RuleNote = fmt.Sprintf("Version %d of this rule is gone; its text cannot be shown.", i.Version)
	}
	if out.Rerun, err = s.again(ctx, i.Trail, d); err != nil {
		return err
	}
	if out.Now, err = s.nowAt(ctx, i.Trail); err != nil {
		return err
	}
	now, err := s.decision(ctx, i.Decision)
	if err != nil {
		return err
	}
	for _, e := range now.Log {
		out.Log = append(out.Log, e.LogOutput)
	}
	if out.Questions, err = s.questions(b, i, *out); err != nil {
		return err
	}
	return s.history(ctx, i, out)
}

func (s *Service) ruleText(ctx context.Context, t action.Trail) (text string, gone bool, err error) {
	text, ok, err := s.o.Rules.Text(ctx, t.Policy, t.Version)
	if !ok {
		text = ""
	}
	return text, !ok, err
}

// again runs the rule on the same inputs once more.
func (s *Service) again(ctx context.Context, t action.Trail, d Decision) (RerunOutput, error) {
	r, err := s.o.Rules.Again(ctx, Question{
		Policy: t.Policy, Version: t.Version, Case: d.Case, Subject: d.Subject, Kind: t.Kind, Units: d.Units, AsOf: d.Evaluated,
	})
	if err != nil {
		return RerunOutput{}, err
	}
	out := RerunOutput{State: rerunDifferent, Text: r.Text}
	switch {
	case !r.Possible:
		out.State = rerunCannot
	case r.Same:
		out.State = rerunSame
	}
	return out, nil
}

// nowAt holds what was written against what stands there now.
func (s *Service) nowAt(ctx context.Context, t action.Trail) (NowOutput, error) {
	if t.State == action.Approved || t.State == action.Sending {
		return NowOutput{Text: "It is not carried out yet."}, nil
	}
	v, known, err := s.o.Ledger.Now(ctx, t)
	if err != nil {
		return NowOutput{}, err
	}
	out := NowOutput{Known: known, Value: v, Same: known && v == t.After}
	switch {
	case !known:
		out.Text = cmp.Or("What stands there now cannot be read. " + t.Receipt)
	case out.Same:
		out.Text = "It stands there as it was written."
	case t.State == action.RolledBack || t.State == action.Failed:
		out.Text = t.StateText + "; what stands there now is not it, as it should be."
	default:
		out.Text = "Something else stands there now."
	}
	return out, nil
}

func (s *Service) history(ctx context.Context, i item, out *ItemOutput) error {
	all, err := collect(ctx, s, "ReviewsOf", scanReview, i.ID)
	if err != nil {
		return err
	}
	for _, r := range slices.Backward(all) {
		o := r.output()
		out.History = append(out.History, o)
		if out.Review == nil {
			out.Review = &o
		}
	}
	if out.Review != nil && !out.LookAgain {
		for n := range out.Questions {
			q := &out.Questions[n]
			for _, a := range out.Review.Answers {
				if a.Question == q.Name {
					q.Answer = a.Answer
				}
			}
		}
	}
	return nil
}

func (r review) output() ReviewOutput {
	return ReviewOutput{
		ID: r.id, At: stampText(r.at), Verdict: r.verdict, VerdictText: verdictText(r), Cause: r.cause, Note: r.note,
		Answers: append([]AnswerInput{}, r.answers...),
	}
}

// questions are those about an item, each with what Purser can say about it. The answer is the person's.
func (s *Service) questions(b *book, i item, out ItemOutput) ([]QuestionOutput, error) {
	all, err := questions()
	if err != nil {
		return nil, err
	}
	var asked []QuestionOutput
	for _, q := range all {
		o := QuestionOutput{Name: q.Name, Text: q.Text, Help: q.Help, Critical: q.Critical, Asked: true}
		o.Evidence, o.Points = evidence(q.Name, i, out)
		if q.Name == "harm" {
			o.Asked, o.NotYet = s.harmIsKnown(b, i)
		}
		asked = append(asked, o)
	}
	return asked, nil
}

// harmIsKnown says whether enough days have gone by to tell whether it did harm.
func (s *Service) harmIsKnown(b *book, i item) (asked bool, notYet string) {
	at, err := time.Parse(time.RFC3339, cmp.Or(i.EndedAt, i.ApprovedAt))
	if err != nil {
		return true, ""
	}
	from := core.DayOf(at, s.o.Zone) + core.Day(b.f.HarmAfterDays)
	if core.DayOf(s.now(), s.o.Zone) >= from {
		return true, ""
	}
	return false, fmt.Sprintf("It can be told from %s, %d days after.", from.Time().Format("2 Jan"), b.f.HarmAfterDays)
}

// evidence is what the ledger says about a question.
func evidence(name string, i item, out ItemOutput) (text, points string) {
	switch name {
	case "entity":
		return fmt.Sprintf("%s (%s)", out.Label, out.Subject), ""
	case "data":
		return immature(out.Inputs)
	case "rule":
		return out.Rerun.Text, map[string]string{rerunSame: Yes, rerunDifferent: No}[out.Rerun.State]
	case "limits":
		if i.State == action.Failed {
			return "It was refused and not done: " + i.Reason, Yes
		}
		return "Every limit was checked when it was agreed to and once more when it was carried out; nothing spoke against it.", Yes
	case "payload":
		if !out.Now.Known {
			return out.Now.Text, ""
		}
		if out.Now.Same || i.State == action.RolledBack || i.State == action.Failed {
			return out.Now.Text, Yes
		}
		return fmt.Sprintf("%s Written: %s. Now: %s.", out.Now.Text, cmp.Or(i.After, "nothing"), cmp.Or(out.Now.Value, "nothing")), No
	case "approval":
		return approval(i, out.Log)
	}
	return "", ""
}

// immature names the inputs that were not settled. What still settles is no fault by itself: rules say where they
// take it.
func immature(inputs []InputOutput) (text, points string) {
	var bad, settling []string
	for _, in := range inputs {
		if in.Result == string(decision.NotNeeded) {
			continue
		}
		words := cmp.Or(in.Text, in.Expression)
		switch m := fact.Maturity(in.Maturity); m {
		case fact.Stale, fact.Missing:
			bad = append(bad, fmt.Sprintf("%s (%s)", words, m))
		case fact.Settling:
			settling = append(settling, words)
		default: // it can be relied on
		}
	}
	switch {
	case len(inputs) == 0:
		return "No inputs were kept.", ""
	case len(bad) > 0:
		return "Not to be relied on: " + strings.Join(distinct(bad), "; "), No
	case len(settling) > 0:
		return "Amazon could still restate: " + strings.Join(distinct(settling), "; "), ""
	}
	return "All of its figures were settled, or estimates that say so.", Yes
}

func distinct(in []string) []string {
	slices.Sort(in)
	return slices.Compact(in)
}

// approval says who agreed to it, by the audit.
func approval(i item, log []LogOutput) (text, points string) {
	for _, e := range log {
		if e.To == string(decision.Approved) && e.At <= i.ApprovedAt {
			text = fmt.Sprintf("Row %d of the audit: %s by %s on %s.", e.Seq, e.Reason, by(e.By), momentText(e.At))
		}
	}
	if text == "" {
		return "The audit has no row in which it was agreed to.", No
	}
	return text, Yes
}

// momentText writes a moment of the audit for people; what cannot be read stays as it is.
func momentText(at string) string {
	t, err := time.Parse(time.RFC3339, at)
	if err != nil {
		return at
	}
	return t.UTC().Format("2 Jan 2006, 15:04 UTC")
}

func by(who string) string {
	if who == "person" {
		return "you"
	}
	return "Purser, within what you let it do"
}
