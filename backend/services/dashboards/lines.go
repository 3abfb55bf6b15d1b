package dashboards

import (
	"context"
	"fmt"

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

// lines draws the daily series of measures, and of the range compared with over the same days.
func (s *Service) lines(ctx context.Context, in ChartInput, c page.Chart, v view) (page.Data, error) {
	p := drawn(c, v)
	out := page.Data{Title: c.Title}
	for d := p.From; d <= p.To; d++ {
		out.Days = append(out.Days, int(d))
	}
	if p.From < v.period.From {
		out.From = int(v.period.From)
	}
	for n, name := range c.Measures {
		m, ok := s.measures[name]
		if !ok {
			return out, fmt.Errorf("chart %s draws %s, which is not a measure", c.Name, name)
		}
		list, err := s.daily(ctx, m, in.Subject, p, v)
		if err != nil {
			return out, err
		}
		role := page.Main
		if n > 0 {
			role = page.Second
		}
		title := decl{def: m.Definition}.title()
		for _, one := range list {
			l := page.Line{Name: name, Label: title, Role: role, Values: laid(one, p)}
			if len(list) > 1 {
				l.Label += ", " + string(one.currency)
				l.Role = page.Main
				if len(out.Lines) > 0 {
					l.Role = page.Second
				}
			}
			out.Lines = append(out.Lines, l)
			if out.Unit == "" && out.Currency == "" {
				out.Unit, out.Currency = unitOf(m, one)
			}
			if one.settling != 0 && (out.SettlingFrom == 0 || int(one.settling) < out.SettlingFrom) {
				out.SettlingFrom = int(one.settling)
			}
		}
		if n == 0 && len(list) == 1 && len(c.Measures) == 1 && c.Days == 0 && v.before.Days() == p.Days() && c.Kind != page.Calendar {
			if err := s.overlay(ctx, &out, m, in.Subject, v); err != nil {
				return out, err
			}
		}
	}
	if mixed := mixedCurrencies(out); mixed {
		out.Currency = ""
	}
	out.Title = s.lineFinding(ctx, in, c, v)
	if len(out.Lines) == 0 {
		out.Note = "No report covers these days."
	}
	return out, nil
}

func mixedCurrencies(d page.Data) bool {
	if d.Currency == "" {
		return false
	}
	for _, l := range d.Lines {
		if i := len(l.Label) - 5; i > 0 && l.Label[i:i+2] == ", " {
			return true
		}
	}
	return false
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
	if err != nil || len(list) != 1 {
		return err
	}
	out.Lines = append(out.Lines, page.Line{
		Name: m.Name, Label: "Before, from " + v.before.From.Time().Format("2 Jan 2006"), Role: page.Compare, Values: laid(list[0], v.before),
	})
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
	kind := fact.Marketplace
	if subject != "" || v.narrowed() {
		kind = fact.SKU
	}
	series := m.Series[kind]
	if series == "" {
		return nil, nil
	}
	asked := subject
	if kind == fact.Marketplace && len(v.markets) == 1 {
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
				money, _, ok := v.into.convert(pt.Money)
				if !ok {
					continue
				}
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
	if err != nil || len(num) != 1 || len(den) != 1 {
		return nil, err
	}
	factor := m.Factor
	if factor == 0 {
		factor = 1
	}
	if m.Type == fact.Ratio {
		factor *= 100
	}
	out := days{values: map[core.Day]float64{}, settling: max(num[0].settling, den[0].settling)}
	for d, n := range num[0].values {
		if q := den[0].values[d]; q != 0 {
			out.values[d] = n / q * factor
		}
	}
	return []days{out}, nil
}

// lineFinding says how the first measure came to in the range, and against the one before.
func (s *Service) lineFinding(ctx context.Context, in ChartInput, c page.Chart, v view) string {
	m := s.measures[c.Measures[0]]
	title := decl{def: m.Definition}.title()
	now, before, ok := s.findingFigures(ctx, in, m, v)
	if !ok || !now.known {
		return c.Title
	}
	text := s.show(m.Type, m.Unit, now).Text
	if m.Type == fact.Count && m.Unit != "" {
		text += " " + m.Unit
	}
	where := ""
	if m.Type == fact.Money && len(v.markets) > 1 && v.into.to == "" && in.Subject == "" {
		where = " in " + string(now.currency)
	}
	x := change(m.Type, m.Better, now, before)
	switch {
	case x.Num == nil:
		return fmt.Sprintf("%s%s: %s in %s", title, where, text, periodText(v.period))
	case *x.Num > 0:
		return fmt.Sprintf("%s%s rose to %s, %s %s", title, where, text, x.Text, comparedWords(in.View.Range.Compare))
	case *x.Num < 0:
		return fmt.Sprintf("%s%s fell to %s, %s %s", title, where, text, x.Text, comparedWords(in.View.Range.Compare))
	}
	return fmt.Sprintf("%s%s stayed at %s %s", title, where, text, comparedWords(in.View.Range.Compare))
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

func (s *Service) findingFigures(ctx context.Context, in ChartInput, m fact.Measure, v view) (now, before figure, ok bool) {
	kind, subject := fact.Marketplace, ""
	if in.Subject != "" {
		kind, subject = fact.SKU, in.Subject
	} else if v.narrowed() {
		kind = fact.SKU
	}
	u, err := s.universe(ctx, in.Page, kind, v)
	if err != nil {
		return now, before, false
	}
	rows := u.pick(v, kind, "", subject)
	e := s.evaluator(u, kind, v.period, v)
	e.load(ctx, []string{m.Name})
	list := e.sums(m.Name, rows)
	if len(list) == 0 {
		return now, before, false
	}
	at := largest(list)
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
