package dashboards

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/page"
)

// days is a daily total of a measure in one currency.
type days struct {
	values   map[core.Day]float64
	settling core.Day
	currency core.Currency
}

// lines draws the daily series of measures, and of the range compared with over the same days. Amounts of one
// currency share an axis; of several, that of the first marketplace is drawn and the others are named.
func (s *Service) lines(ctx context.Context, in ChartInput, c page.Chart, v view) (page.Data, error) {
	p := drawn(c, v)
	out := page.Data{Title: c.Title}
	for d := p.From; d <= p.To; d++ {
		out.Days = append(out.Days, int(d))
	}
	if p.From < v.period.From && c.Kind != page.Calendar {
		out.From = int(v.period.From)
	}
	var drawnOnes []days
	already := v.into.to
	for n, name := range c.Measures {
		m, ok := s.measures[name]
		if !ok {
			return out, fmt.Errorf("chart %s draws %s, which is not a measure", c.Name, name)
		}
		list, err := s.daily(ctx, m, in.Subject, p, v)
		if err != nil {
			return out, err
		}
		one, others := leading(list, already, v)
		if one == nil {
			if len(list) > 0 {
				out.Note = fmt.Sprintf("No rate into %s is known for these amounts.", already)
			}
			continue
		}
		drawnOnes = append(drawnOnes, *one)
		if len(others) > 0 {
			out.Note = fmt.Sprintf("Only %s: %s left out. Choose a marketplace, or a currency to convert into.", one.currency, others)
		}
		role := page.Main
		if n > 0 {
			role = page.Second
		}
		out.Lines = append(out.Lines, page.Line{Name: name, Label: decl{def: m.Definition}.title(), Role: role, Values: laid(*one, p)})
		if n == 0 {
			out.Unit, out.Currency = unitOf(m, *one)
		}
		if already == "" {
			already = one.currency
		}
		if one.settling != 0 && (out.SettlingFrom == 0 || int(one.settling) < out.SettlingFrom) {
			out.SettlingFrom = int(one.settling)
		}
	}
	if len(out.Lines) == 0 {
		if out.Note == "" {
			out.Note = "No report covers these days."
		}
		return out, nil
	}
	if len(c.Measures) == 1 && c.Days == 0 && v.before.Days() == p.Days() && c.Kind != page.Calendar {
		if err := s.overlay(ctx, &out, s.measures[c.Measures[0]], in.Subject, v); err != nil {
			return out, err
		}
	}
	out.Title = s.finding(ctx, in, c, v, drawnOnes[0])
	return out, nil
}

// leading picks the line to draw: of the currency that is drawn already, else of the account's first marketplace that has
// one. Which currency has more money in it can't be said.
func leading(list []days, already core.Currency, v view) (*days, string) {
	best := -1
	for i, d := range list {
		if already != "" && d.currency != "" && d.currency != already {
			continue
		}
		if best < 0 || v.rank(d.currency) < v.rank(list[best].currency) {
			best = i
		}
	}
	if best < 0 {
		return nil, ""
	}
	var others []string
	for i, d := range list {
		if i != best {
			others = append(others, string(d.currency))
		}
	}
	text := strings.Join(others, ", ")
	if len(others) == 1 {
		text += " is"
	} else if len(others) > 1 {
		text += " are"
	}
	return &list[best], text
}

func unitOf(m fact.Measure, one days) (unit, currency string) {
	switch m.Type {
	case fact.Money:
		return "", string(one.currency)
	case fact.Ratio, fact.Percent:
		return "%", ""
	default:
		return m.Unit, ""
	}
}

// overlay lays the range compared with over the chosen one, day for day.
func (s *Service) overlay(ctx context.Context, out *page.Data, m fact.Measure, subject string, v view) error {
	list, err := s.daily(ctx, m, subject, v.before, v)
	if err != nil {
		return err
	}
	if one, _ := leading(list, core.Currency(out.Currency), v); one != nil {
		out.Lines = append(out.Lines, page.Line{
			Name: m.Name, Label: "Before, from " + v.before.From.Time().Format("2 Jan 2006"), Role: page.Compare, Values: laid(*one, v.before),
		})
	}
	return nil
}

// laid lays the values over the days of a period.
func laid(one days, p core.Period) []*float64 {
	out := make([]*float64, 0, p.Days())
	for d := p.From; d <= p.To; d++ {
		if n, ok := one.values[d]; ok {
			out = append(out, &n)
		} else {
			out = append(out, nil)
		}
	}
	return out
}

// daily sums the daily series of a measure over the scope, one line a currency.
func (s *Service) daily(ctx context.Context, m fact.Measure, subject string, p core.Period, v view) ([]days, error) {
	if m.Num != "" {
		return s.dailyQuotient(ctx, m, subject, p, v)
	}
	kind := s.kindOfAll(ctx, subject, v, []string{m.Name})
	series := m.Series[kind]
	if series == "" {
		return nil, nil
	}
	asked := subject
	if kind == fact.Marketplace && subject == "" && len(v.markets) == 1 {
		asked = v.markets[0].Code
	}
	all, err := s.o.Modules.Daily(ctx, series, asked, p, v.asOf)
	if err != nil {
		return nil, err
	}
	var out []days
	at := map[core.Currency]int{}
	for _, one := range all {
		if (subject != "" && one.Subject != subject) || !v.holds(kind, one.Subject) {
			continue
		}
		for _, pt := range one.Points {
			cur, n := core.Currency(""), pt.Num
			if m.Type == fact.Money {
				money, _, _ := v.into.convert(pt.Money) // without a rate it stays what it is, and is named as left out
				cur, n = money.Currency, money.Major()
			}
			i, ok := at[cur]
			if !ok {
				i = len(out)
				at[cur] = i
				out = append(out, days{values: map[core.Day]float64{}, currency: cur})
			}
			out[i].values[pt.Day] += n
			if pt.Maturity == fact.Settling && (out[i].settling == 0 || pt.Day < out[i].settling) {
				out[i].settling = pt.Day
			}
		}
	}
	return out, nil
}

// dailyQuotient divides day by day.
func (s *Service) dailyQuotient(ctx context.Context, m fact.Measure, subject string, p core.Period, v view) ([]days, error) {
	num, err := s.daily(ctx, s.measures[m.Num], subject, p, v)
	if err != nil {
		return nil, err
	}
	den, err := s.daily(ctx, s.measures[m.Den], subject, p, v)
	if err != nil {
		return nil, err
	}
	var out []days
	for _, n := range num {
		for _, d := range den {
			if n.currency == d.currency || n.currency == "" || d.currency == "" {
				out = append(out, divided(m, n, d))
			}
		}
	}
	return out, nil
}

func divided(m fact.Measure, num, den days) days {
	factor := m.Factor
	if factor == 0 {
		factor = 1
	}
	if m.Type == fact.Ratio {
		factor *= 100
	}
	out := days{values: map[core.Day]float64{}, settling: num.settling, currency: num.currency}
	if out.currency == "" {
		out.currency = den.currency
	}
	if den.settling != 0 && (out.settling == 0 || den.settling < out.settling) {
		out.settling = den.settling
	}
	for d, n := range num.values {
		if q := den.values[d]; q != 0 {
			out.values[d] = n / q * factor
		}
	}
	return out
}

// finding says what a chart of daily values shows. It has no amounts in it, since those can be hidden.
func (s *Service) finding(ctx context.Context, in ChartInput, c page.Chart, v view, one days) string {
	m := s.measures[c.Measures[0]]
	title := decl{def: m.Definition}.title()
	if m.Type == fact.Money && len(v.markets) > 1 && v.into.to == "" && in.Subject == "" {
		title += " in " + string(one.currency)
	}
	switch {
	case c.Kind == page.Calendar:
		return bestWeekday(title, one)
	case c.Days > 0:
		return bestMonth(title, one)
	}
	now, before, ok := s.findingFigures(ctx, in, m, v, one.currency)
	if !ok || !now.known {
		return c.Title
	}
	x := change(m.Type, m.Better, now, before)
	switch {
	case x.Num == nil:
		return fmt.Sprintf("%s, %s", title, periodText(v.period))
	case *x.Num > 0:
		return fmt.Sprintf("%s rose %s %s", title, strings.TrimPrefix(x.Text, "+"), comparedWords(in.View.Range.Compare))
	case *x.Num < 0:
		return fmt.Sprintf("%s fell %s %s", title, strings.TrimPrefix(x.Text, "−"), comparedWords(in.View.Range.Compare))
	}
	return fmt.Sprintf("%s stayed level %s", title, comparedWords(in.View.Range.Compare))
}

// bestWeekday names the weekday with most, if it has clearly more than the mean.
func bestWeekday(title string, one days) string {
	var sum [7]float64
	var n [7]int
	all := 0.0
	for d, x := range one.values {
		sum[d.Weekday()] += x
		n[d.Weekday()]++
		all += x
	}
	if len(one.values) < 14 || all <= 0 {
		return title + " by day"
	}
	best := time.Sunday
	mean := func(w time.Weekday) float64 { return sum[w] / float64(max(n[w], 1)) }
	for w := time.Sunday; w <= time.Saturday; w++ {
		if mean(w) > mean(best) {
			best = w
		}
	}
	more := mean(best)/(all/float64(len(one.values))) - 1
	if more < 0.05 {
		return title + " are much the same on all weekdays"
	}
	return fmt.Sprintf("%s are highest on %ss, %.0f %% above the mean", title, best, more*100)
}

// bestMonth names the whole month with most.
func bestMonth(title string, one days) string {
	type month struct {
		y int
		m time.Month
	}
	sums, counts := map[month]float64{}, map[month]int{}
	for d, x := range one.values {
		y, m, _ := d.Time().Date()
		sums[month{y, m}] += x
		counts[month{y, m}]++
	}
	best, found := month{}, 0
	for k, x := range sums {
		if counts[k] < time.Date(k.y, k.m+1, 0, 0, 0, 0, 0, time.UTC).Day() {
			continue
		}
		found++
		if b, ok := sums[best]; !ok || x > b || x == b && (k.y < best.y || k.y == best.y && k.m < best.m) {
			best = k
		}
	}
	if found < 2 {
		return title + " by day"
	}
	return fmt.Sprintf("%s were highest in %s %d, of %d whole months", title, best.m, best.y, found)
}

func comparedWords(mode string) string {
	switch mode {
	case "previous":
		return "against the days before"
	case "year":
		return "against a year before"
	}
	return "against the same weekdays before"
}

func (s *Service) findingFigures(ctx context.Context, in ChartInput, m fact.Measure, v view, currency core.Currency) (now, before figure, ok bool) {
	kind := s.kindOfAll(ctx, in.Subject, v, []string{m.Name})
	u, err := s.universe(ctx, in.Page, kind, v)
	if err != nil {
		return now, before, false
	}
	rows := u.pick(v, kind, "", in.Subject)
	e := s.evaluator(u, kind, v.period, v)
	e.load(ctx, []string{m.Name})
	list := e.sums(m.Name, rows)
	if len(list) == 0 {
		return now, before, false
	}
	at := max(slices.IndexFunc(list, func(x figure) bool { return x.currency == currency }), 0)
	before = unknown("")
	if v.before.Days() > 0 {
		old := s.evaluator(u, kind, v.before, v)
		old.like = e
		old.load(ctx, []string{m.Name})
		if olds := old.sums(m.Name, rows); len(olds) == len(list) {
			before = olds[at]
		}
	}
	return list[at], before, true
}
