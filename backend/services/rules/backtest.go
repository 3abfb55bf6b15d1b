package rules

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"purser/backend/core"
	"purser/backend/core/decision"
)

// Event is what the seller did about a subject, as the decisions tell it.
type Event struct {
	Subject string
	Day     core.Day // on which it was decided; of what waits, on which it was first seen
	Title   string
	State   decision.State
	Policy  string // whose decision it was
}

// Bounds of a backtest and of what it lists.
const (
	defaultBacktestDays = 90
	maxBacktestDays     = 365
	maxEpisodes         = 200
	maxOverlaps         = 20
	secondsPerEpisode   = 12
)

// Backtest says what a draft or a saved policy would have done on each of the last days up to one, with the engine that
// judges every day and on what was known at the end of each. Exceptions that the seller made are not counted: they are
// of today. What other policies would have done to it is. progress may be nil.
func (e *Engine) Backtest(ctx context.Context, in BacktestInput, to core.Day, progress Progress) (out BacktestOutput, err error) {
	n := cmp.Or(in.Days, defaultBacktestDays)
	if n < 1 || n > maxBacktestDays {
		return out, core.Invalid("rules", fmt.Sprintf("A backtest goes over 1 to %d days.", maxBacktestDays), "Choose 30, 90 or 365 days.")
	}
	out = BacktestOutput{
		From: (to - core.Day(n) + 1).String(), To: to.String(),
		Weeks: []WeekOutput{}, Episodes: []EpisodeOutput{}, Overlaps: []OverlapOutput{}, Problems: []ProblemOutput{}, Summary: SummaryOutput{PointedAt: []string{}},
	}
	defer e.timed()(&out.TookMS)
	set, err := e.snapshot(ctx)
	if err != nil {
		return out, err
	}
	variants, problems, err := e.compared(ctx, set, in)
	if err != nil || len(problems) > 0 {
		out.Problems = append(out.Problems, problems...)
		return out, err
	}
	rp, err := e.episodes(ctx, set, variants, to, n, true, progress)
	if err != nil {
		return out, err
	}
	did, err := e.did(ctx)
	if err != nil {
		return out, err
	}
	b := &backtest{e: e, set: set, rp: rp, policy: variants[0], did: did}
	b.write(&out)
	return out, nil
}

// timed gives what writes how many milliseconds have passed since; 0 where there is no clock.
func (e *Engine) timed() func(into *int) {
	if e.store == nil {
		return func(*int) {}
	}
	began := e.store.clock.Now()
	return func(into *int) { *into = int(e.store.clock.Now().Sub(began).Milliseconds()) }
}

// compared resolves what is to be run, and what to compare it with: one or two variants, or what is wrong with the draft.
func (e *Engine) compared(ctx context.Context, set *ruleSet, in BacktestInput) ([]variant, []ProblemOutput, error) {
	if in.YAML == "" && in.Policy == "" {
		return nil, nil, core.Invalid("rules", "No policy was named.", "Name a policy, or give the text of one.")
	}
	var out []variant
	saved := in.Policy
	if in.YAML != "" {
		c, err := e.compileText(set, in.YAML)
		if err != nil {
			return nil, []ProblemOutput{problemOf(err)}, nil
		}
		out = append(out, variant{compiled: c})
		if saved == "" && set.byName[c.Name] != nil {
			saved = c.Name
		}
	}
	if saved == "" {
		return out, nil, nil
	}
	if in.YAML == "" || in.Against == 0 {
		c, figures, err := set.inForce(saved)
		if err != nil {
			return nil, nil, err
		}
		out = append(out, variant{c, figures})
	}
	if in.Against != 0 {
		text, err := e.versionText(ctx, saved, in.Against)
		if err != nil {
			return nil, nil, err
		}
		c, err := e.compileText(set, text)
		if err != nil {
			return nil, nil, core.Unavailable("rules", fmt.Sprintf("Version %d of %s does not run any more: %v", in.Against, saved, err), err)
		}
		out = append(out, variant{compiled: c})
	}
	if len(out) == 2 && out[0].Subject != out[1].Subject {
		return nil, nil, core.Invalid("rules", "Two policies about different kinds of subject cannot be compared.", "Compare it with one about the same kind, or with none.")
	}
	return out, nil, nil
}

// compileText compiles the text of a policy as it would be beside the others.
func (e *Engine) compileText(set *ruleSet, text string) (*compiled, error) {
	p, err := ParsePolicy("draft", []byte(text))
	if err != nil {
		return nil, err
	}
	env, err := e.envOf(p.Subject)
	if err != nil {
		return nil, err
	}
	c, err := e.compile(p, env)
	if err != nil {
		return nil, err
	}
	all, placed := map[string]Policy{}, map[string]bool{}
	for _, o := range set.policies {
		all[o.Name], placed[o.Name] = o.Policy, true
	}
	all[p.Name], placed[p.Name] = p, true
	if _, problem := blockedBy(c, all, placed); problem != "" {
		return nil, PolicyError{Policy: p.Name, Field: "inhibited_by", Message: problem}
	}
	return c, nil
}

func problemOf(err error) ProblemOutput {
	var pe PolicyError
	if !errors.As(err, &pe) {
		return ProblemOutput{Message: err.Error()}
	}
	return ProblemOutput{Where: pe.Case, Field: pe.Field, Line: pe.Line, Column: pe.Column, Message: pe.Message}
}

// inForce is a policy with the figures that the seller set, also one that is switched off.
func (s *ruleSet) inForce(policy string) (*compiled, map[string]float64, error) {
	x, err := s.entry(policy)
	if err != nil {
		return nil, nil, err
	}
	if x.c == nil {
		return nil, nil, core.Unavailable("rules", "The policy does not run: "+x.fault.Error(), *x.fault)
	}
	return x.c, s.set[policy], nil
}

// did lists what the seller did, by subject.
func (e *Engine) did(ctx context.Context) (map[string][]Event, error) {
	out := map[string][]Event{}
	if e.events == nil {
		return out, nil
	}
	all, err := e.events(ctx, "")
	if err != nil {
		return nil, fmt.Errorf("read what was decided: %w", err)
	}
	for _, x := range all {
		out[x.Subject] = append(out[x.Subject], x)
	}
	return out, nil
}

// backtest writes what came of a replay.
type backtest struct {
	e      *Engine
	set    *ruleSet
	rp     *replay
	policy variant
	did    map[string][]Event
}

func (b *backtest) write(out *BacktestOutput) {
	l := b.rp.lanes[0]
	n := int(b.rp.to-b.rp.from) + 1
	first := l.known
	if first == 0 {
		first = b.rp.to + 1
	}
	out.Skipped = int(first - b.rp.from)
	out.Days = n - out.Skipped
	out.Unsettled = min(out.Days, b.settling())
	var before *lane
	if len(b.rp.lanes) > 1 {
		before = b.rp.lanes[1]
		out.Both, out.Only, out.OnlyBefore = l.match(before.timeline)
		s := b.summary(before, out.Days)
		out.Before = &s
	}
	out.Summary = b.summary(l, out.Days)
	out.Weeks = b.weeks(l, before, out.Unsettled)
	out.Overlaps = b.overlaps(l)
	out.Episodes = b.list(l)
}

// settling is how many of the last days rest on data that can still change: the longest settling time of the documents
// that tell the facts of the policy.
func (b *backtest) settling() int {
	longest := time.Duration(0)
	for _, name := range b.policy.facts {
		for _, s := range b.e.defs[name].Sources {
			if k, ok := b.e.hooks.kind(s); ok {
				longest = max(longest, k.Settles)
			}
		}
	}
	return int((longest + 24*time.Hour - 1) / (24 * time.Hour))
}

func (b *backtest) unsettled(x *episode) bool { return x.settledOn > b.rp.to }

// meanwhile is what the seller did about the subject while the episode ran, the last first.
func (b *backtest) meanwhile(x *episode) (acted, dismissed bool, words string) {
	until := x.to
	if x.ended == 0 {
		until = b.rp.to
	}
	for _, ev := range b.did[x.subject] {
		if ev.Day < x.from || ev.Day > until {
			continue
		}
		switch ev.State {
		case decision.Approved:
			acted, words = true, "approved: "+ev.Title
		case decision.Rejected:
			if ev.Policy != "" && ev.Policy != b.policy.Name {
				continue
			}
			dismissed = true
			words = cmp.Or(words, "dismissed: "+ev.Title)
		case decision.Proposed, decision.Snoozed, decision.Expired:
		}
	}
	return acted, dismissed, words
}

func (b *backtest) summary(l *lane, days int) SummaryOutput {
	s := SummaryOutput{Episodes: len(l.all), PointedAt: []string{}}
	subjects, begun := map[string]bool{}, map[core.Day]int{}
	var lengths []int
	var money totals
	for _, x := range l.all {
		subjects[x.subject] = true
		lengths = append(lengths, x.days)
		money.add(x)
		if x.from > b.rp.from || len(l.all) == 1 { // on the first day it may have been running already
			begun[x.from]++
		}
		if x.heldThroughout() {
			s.Held++
		}
		acted, dismissed, _ := b.meanwhile(x)
		switch {
		case x.ended == 0:
			s.Running++
		case !acted && !dismissed:
			s.Cleared++
		}
		if acted {
			s.Acted++
		}
		if dismissed {
			s.Dismissed++
		}
	}
	for _, n := range begun {
		s.Busiest = max(s.Busiest, n)
	}
	s.Subjects, s.MedianDays, s.PointedAt = len(subjects), median(lengths), money.texts()
	if days > 0 {
		s.PerWeek = float64(s.Episodes) * 7 / float64(days)
		s.SecondsPerWeek = float64(s.Episodes-s.Held) * secondsPerEpisode * 7 / float64(days)
	}
	return s
}

func median(n []int) float64 {
	if len(n) == 0 {
		return 0
	}
	slices.Sort(n)
	half := len(n) / 2
	if len(n)%2 == 1 {
		return float64(n[half])
	}
	return float64(n[half-1]+n[half]) / 2
}

// totals are amounts of money per currency, in minor units.
type totals map[core.Currency]int64

// add takes what an episode pointed at: what was at stake on its first day, for each day that it fired where that was
// money a day.
func (t *totals) add(x *episode) {
	if x.stake.Currency == "" {
		return
	}
	if *t == nil {
		*t = totals{}
	}
	(*t)[x.stake.Currency] += x.pointedAt().Minor
}

func (x *episode) pointedAt() core.Money {
	m := x.stake
	if x.per == "day" {
		m.Minor *= int64(x.days)
	}
	return m
}

// texts writes the amounts by currency.
func (t totals) texts() []string {
	currencies := make([]core.Currency, 0, len(t))
	for c := range t {
		currencies = append(currencies, c)
	}
	slices.Sort(currencies)
	out := make([]string, 0, len(t))
	for _, c := range currencies {
		out = append(out, core.Money{Minor: t[c], Currency: c}.Text())
	}
	return out
}

// weeks counts the episodes that began in each week, Monday to Sunday; the first and the last may be shorter.
func (b *backtest) weeks(l, before *lane, unsettled int) []WeekOutput {
	monday := func(d core.Day) core.Day { return d - core.Day((int(d.Weekday())+6)%7) }
	first := monday(b.rp.from)
	out := make([]WeekOutput, int(monday(b.rp.to)-first)/7+1)
	for i := range out {
		from := first + core.Day(7*i)
		out[i] = WeekOutput{From: max(from, b.rp.from).String(), Unsettled: from+6 > b.rp.to-core.Day(unsettled) && unsettled > 0}
	}
	for _, x := range l.all {
		out[int(monday(x.from)-first)/7].Episodes++
	}
	if before != nil {
		for _, x := range before.all {
			out[int(monday(x.from)-first)/7].Before++
		}
	}
	return out
}

func (b *backtest) overlaps(l *lane) []OverlapOutput {
	out := []OverlapOutput{}
	for name, n := range l.also {
		out = append(out, OverlapOutput{Policy: name, Title: b.set.byName[name].Title, Share: float64(n) / float64(l.fired)})
	}
	slices.SortFunc(out, func(x, y OverlapOutput) int {
		return cmp.Or(cmp.Compare(y.Share, x.Share), cmp.Compare(x.Policy, y.Policy))
	})
	return out[:min(len(out), maxOverlaps)]
}

// list writes the newest episodes.
func (b *backtest) list(l *lane) []EpisodeOutput {
	all := slices.Clone(l.all)
	slices.SortStableFunc(all, func(x, y *episode) int {
		return cmp.Or(cmp.Compare(y.from, x.from), cmp.Compare(y.to, x.to), cmp.Compare(x.subject, y.subject))
	})
	out := []EpisodeOutput{}
	for _, x := range all[:min(len(all), maxEpisodes)] {
		_, _, did := b.meanwhile(x)
		o := EpisodeOutput{
			Subject: x.subject, Label: b.e.hooks.label(x.subject), Case: x.caseName, Title: x.title, From: x.from.String(), To: x.to.String(),
			Days: x.days, Running: x.ended == 0, Did: did, Unsettled: b.unsettled(x), Before: x.alsoBefore, Held: x.held, HeldBy: append([]string{}, x.guards...),
		}
		if x.stake.Currency != "" {
			o.AtStake = x.stake.Text()
			if x.per == "day" {
				o.AtStake += " a day"
			}
		}
		out = append(out, o)
	}
	return out
}
