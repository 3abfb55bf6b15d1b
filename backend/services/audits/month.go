package audits

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
)

const monthForm = "2006-01"

// load reads everything that the reviews follow from. s.mu is held.
func (s *Service) load(ctx context.Context) (*book, error) {
	s.fresh()
	now := s.now().In(s.o.Zone).Format(monthForm)
	if b := s.seen.book; b != nil && b.now == now {
		return b, nil
	}
	f, err := sampling()
	if err != nil {
		return nil, err
	}
	b := &book{f: f, zone: s.o.Zone, now: now, months: map[int64]string{}}
	if b.kept, err = s.keep(ctx); err != nil {
		return nil, err
	}
	if b.actions, err = s.actions(ctx); err != nil {
		return nil, err
	}
	for _, t := range b.actions {
		at, err := time.Parse(time.RFC3339, t.ApprovedAt)
		if err != nil {
			return nil, fmt.Errorf("read when action %d was agreed to: %w", t.ID, err)
		}
		b.months[t.ID] = at.In(s.o.Zone).Format(monthForm)
	}
	b.money = func(t action.Trail) (core.Money, string) {
		if m := s.o.Ledger.Committed(t); m.Currency != "" {
			return m, "committed"
		}
		k := b.kept[t.ID]
		return k.stake, "at stake" + map[string]string{"day": " a day"}[k.per]
	}
	all, err := s.reviews(ctx)
	if err != nil {
		return nil, err
	}
	b.latest = latest(all)
	if b.draws, err = s.draws(ctx); err != nil {
		return nil, err
	}
	s.seen.book = b
	return b, nil
}

// Months lists the months in which something was dealt with, and the one that goes on, newest first.
func (s *Service) Months(ctx context.Context) (MonthsOutput, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := MonthsOutput{Months: []MonthOutput{}}
	b, err := s.load(ctx)
	if err != nil {
		return out, err
	}
	all := b.reviews()
	if n := len(all); n == 0 || all[n-1].name < b.now {
		all = append(all, &month{name: b.now})
	}
	for _, m := range slices.Backward(all) {
		out.Months = append(out.Months, m.output())
	}
	return out, nil
}

// output says how the review of a month stands.
func (m *month) output() MonthOutput {
	out := MonthOutput{Month: m.name, Title: monthTitle(m.name), Over: m.over}
	last := int64(0)
	begun := false
	for _, l := range m.lots {
		c := l.count()
		out.Decided += len(l.all)
		out.ToLook += len(l.items)
		out.Looked += c.looked
		out.Wrong += c.wrong
		out.Critical += c.critical
		for _, i := range l.items {
			if i.review != nil {
				begun, last = true, max(last, i.review.at)
			}
		}
	}
	left := out.ToLook - out.Looked
	switch out.State = stateOf(begun, left > 0); {
	case out.Decided == 0:
		out.State, out.StateText = stateEmpty, "Nothing was decided"
	case out.State == stateDone:
		out.DoneAt, out.StateText = stampText(last), "Done"
		if !m.over {
			out.StateText = "Done so far; the month goes on"
		}
	case out.State == stateUnderWay:
		out.StateText = fmt.Sprintf("Under way: %d of %d to go", left, out.ToLook)
	default:
		out.StateText = fmt.Sprintf("Open: %d to look at", left)
	}
	return out
}

func monthTitle(name string) string {
	t, err := time.Parse(monthForm, name)
	if err != nil {
		return name
	}
	return t.Format("January 2006")
}

// find gives a month; "" is the newest with something in it.
func (b *book) find(all []*month, name string) (*month, error) {
	if name == "" {
		if len(all) > 0 {
			return all[len(all)-1], nil
		}
		name = b.now
	}
	if _, err := time.Parse(monthForm, name); err != nil {
		return nil, core.Invalid("audits", fmt.Sprintf("The month %q cannot be read.", name), "Write it as YYYY-MM.")
	}
	for _, m := range all {
		if m.name == name {
			return m, nil
		}
	}
	return &month{name: name, over: name < b.now}, nil
}

// Month gives the review of a month.
func (s *Service) Month(ctx context.Context, name string) (MonthDetailOutput, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b, err := s.load(ctx)
	if err != nil {
		return MonthDetailOutput{}, err
	}
	all := b.reviews()
	m, err := b.find(all, name)
	if err != nil {
		return MonthDetailOutput{}, err
	}
	out := MonthDetailOutput{MonthOutput: m.output(), Lots: s.lots(b, all, m), Items: s.rows(b, m.items())}
	out.Next = nextOpen(m.items(), 0)
	return out, nil
}

// items are those of all kinds, in the order in which to look at them.
func (m *month) items() []item {
	var out []item
	for _, l := range m.lots {
		out = append(out, l.items...)
	}
	return out
}

// nextOpen is the next item without a verdict after one, round the end; 0: none.
func nextOpen(items []item, after int64) int64 {
	at := slices.IndexFunc(items, func(i item) bool { return i.ID == after })
	for n := range items {
		if i := items[(at+1+n)%len(items)]; i.open() && i.ID != after {
			return i.ID
		}
	}
	return 0
}

func (s *Service) rows(b *book, items []item) []ItemRowOutput {
	out := make([]ItemRowOutput, 0, len(items))
	for n, i := range items {
		out = append(out, s.row(b, i, n+1))
	}
	return out
}

func (s *Service) row(b *book, i item, position int) ItemRowOutput {
	out := ItemRowOutput{
		ID: i.ID, Position: position, Kind: i.Kind, KindTitle: i.KindTitle, Title: i.Title, Decision: i.Decision, Policy: i.Policy,
		PolicyTitle: s.o.Rules.Title(i.Policy), Version: i.Version, Subject: b.kept[i.ID].subject, State: string(i.State), StateText: i.StateText,
		Why: append([]string{}, i.why...), Drawn: i.drawn, DecidedAt: i.ApprovedAt, DecidedBy: i.Who,
	}
	out.Label = s.o.Facts.Label(out.Subject)
	if m, what := b.money(i.Trail); m.Currency != "" {
		out.Money, out.MoneyText = moneyOutput(m), what
	}
	if i.review != nil {
		out.Verdict, out.VerdictText = i.review.verdict, verdictText(*i.review)
	}
	if i.again != nil {
		out.LookAgain = true
		out.LookAgainFor = fmt.Sprintf("One like it was found critical on %s: %s", i.again.on(s.o.Zone), i.again.note)
	}
	return out
}

func (r review) on(zone *time.Location) string {
	return core.DayOf(time.Unix(r.at, 0), zone).Time().Format("2 Jan")
}

func verdictText(r review) string {
	switch r.verdict {
	case Right:
		return "Right"
	case Wrong:
		return "Wrong, not critical"
	}
	return "Critical: " + causes[r.cause]
}

// lots says how each kind of a month stands.
func (s *Service) lots(b *book, all []*month, m *month) []LotOutput {
	out := make([]LotOutput, 0, len(m.lots))
	for _, l := range m.lots {
		c := l.count()
		o := LotOutput{
			Kind: l.kind, KindTitle: l.title, Lot: len(l.all), Must: l.must, Rest: l.rest, Sample: l.sample, Seed: l.seed,
			SeedText: "Made of the month and of the row of the audit by which the last of them was agreed to, so that nobody can choose.",
			Looked:   c.looked, Wrong: c.wrong, Critical: c.critical, State: l.state(), AtRisk: []RiskOutput{},
		}
		share, why := b.f.Normal, "the usual plan"
		if l.tight {
			share, why = b.f.Tight, fmt.Sprintf("the tight plan, because %d of %d months were not clean; %d clean ones end it", b.f.Bad, b.f.BadOf, b.f.Clean)
		}
		o.PlanPct = share * 100
		o.PlanText = fmt.Sprintf("If %g in 100 are wrong, one of them is found with %g %% certainty: %s.", o.PlanPct, b.f.Certainty*100, why)
		upper, text := l.upper(b.f)
		o.UpperPct, o.UpperText = upper*100, text
		o.AtRisk = b.atRisk(l, upper)
		if r := blocked(all, l.kind, b.latest); r != nil {
			o.Blocked = blockedText(*r, s.o.Zone)
		}
		out = append(out, o)
	}
	return out
}

func blockedText(r review, zone *time.Location) string {
	return fmt.Sprintf("One of this kind was found critical on %s. None of it acts by itself until a later month is over and clean.", r.on(zone))
}

// upper is the largest share of the lot that can be wrong, as far as it was looked at: what is looked at one by one
// counts as it is, what was not looked at yet as wrong, and of the rest the sample speaks.
func (l *lot) upper(f figures) (share float64, text string) {
	var certain, sampled, wrong, bad int
	for _, i := range l.items {
		found := i.review != nil && i.review.bad()
		switch {
		case found:
			bad++
			if i.drawn {
				sampled, wrong = sampled+1, wrong+1
				continue
			}
			certain++
		case i.open():
			if !i.drawn {
				certain++
			}
		case i.drawn:
			sampled++
		}
	}
	extra := 0 // looked at, and neither drawn nor for a reason of its own
	for _, i := range l.items {
		if !i.drawn {
			extra++
		}
	}
	rest := len(l.all) - extra
	of := float64(len(l.all))
	if sampled == rest && l.state() == stateDone {
		return float64(bad) / of, fmt.Sprintf("All %d were looked at: %d wrong.", len(l.all), bad)
	}
	share = float64(certain)
	switch {
	case rest > 0 && sampled == rest:
		share += float64(wrong)
	case rest > 0:
		share += float64(rest) * UpperShare(wrong, sampled, f.Certainty)
	}
	share = min(1, share/of)
	return share, fmt.Sprintf("With %g %% certainty at most %.1f in 100 are wrong.", f.Certainty*100, share*100)
}

// atRisk is the money of a lot, and how much of it the bound leaves open.
func (b *book) atRisk(l *lot, upper float64) []RiskOutput {
	sums, known := map[string]int64{}, map[string]int{}
	for _, t := range l.all {
		if m, what := b.money(t); m.Currency != "" {
			key := string(m.Currency) + " " + what
			sums[key] += m.Minor
			known[key]++
		}
	}
	out := []RiskOutput{}
	for _, key := range sortedKeys(sums) {
		currency, what, _ := strings.Cut(key, " ")
		whole := core.Money{Minor: sums[key], Currency: core.Currency(currency)}
		risk := core.Money{Minor: int64(math.Round(float64(whole.Minor) * upper)), Currency: whole.Currency}
		out = append(out, RiskOutput{Decided: *moneyOutput(whole), AtRisk: *moneyOutput(risk), What: what, Known: known[key]})
	}
	return out
}
