package dashboards

import (
	"context"
	"fmt"
	"slices"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// view is what a page is looked at through, worked out.
type view struct {
	asOf    core.Day
	period  core.Period
	before  core.Period // empty: nothing is compared
	markets []core.Marketplace
	all     bool // every marketplace of the account
	tag     string
	group   string
	marks   map[string]Marks // nil unless a tag or group narrows
	into    converter
}

func (v view) codes() []string {
	out := make([]string, 0, len(v.markets))
	for _, m := range v.markets {
		out = append(out, m.Code)
	}
	return out
}

// rank is the place of the first marketplace with a currency.
func (v view) rank(c core.Currency) int {
	if i := slices.IndexFunc(v.markets, func(m core.Marketplace) bool { return m.Currency == c }); i >= 0 {
		return i
	}
	return len(v.markets)
}

// narrowed says whether tags or groups leave SKUs out.
func (v view) narrowed() bool { return v.tag != "" || v.group != "" }

// holds says whether a subject is in scope.
func (v view) holds(kind fact.SubjectKind, subject string) bool {
	if kind == fact.Account {
		return true
	}
	code, _ := fact.SplitID(subject)
	if !slices.ContainsFunc(v.markets, func(m core.Marketplace) bool { return m.Code == code }) {
		return false
	}
	if kind != fact.SKU || !v.narrowed() {
		return true
	}
	m := v.marks[subject]
	return (v.tag == "" || slices.Contains(m.Tags, v.tag)) && (v.group == "" || m.Group == v.group)
}

// view works out scope and range.
func (s *Service) view(ctx context.Context, in ViewInput) (view, error) {
	v := view{asOf: s.o.Account.Today(), tag: in.Scope.Tag, group: in.Scope.Group}
	var err error
	if v.period, err = rangeOf(in.Range, v.asOf); err != nil {
		return v, err
	}
	if v.before, err = compared(in.Range.Compare, v.period); err != nil {
		return v, err
	}
	all := s.o.Account.Marketplaces()
	for _, m := range all {
		if len(in.Scope.Marketplaces) == 0 || slices.Contains(in.Scope.Marketplaces, m.Code) {
			v.markets = append(v.markets, m)
		}
	}
	v.all = len(v.markets) == len(all)
	if len(v.markets) == 0 && len(all) > 0 {
		return v, core.Invalid("dashboards", "None of the account's marketplaces is chosen.", "Choose one in the header.")
	}
	if v.narrowed() {
		if v.marks, err = s.o.Account.Marks(ctx); err != nil {
			return v, err
		}
	}
	v.into, err = s.converterTo(ctx, in.Scope.Currency, v.period.To)
	return v, err
}

// longestRange bounds a free range: what a chart can show a point of per day.
const longestRange = 2000

// rangeOf works out the days of a range; the as-of day is still going on and never in it.
func rangeOf(in RangeInput, asOf core.Day) (core.Period, error) {
	to := asOf - 1
	y, m, _ := to.Time().Date()
	switch in.Preset {
	case "yesterday":
		return core.Period{From: to, To: to}, nil
	case "7d":
		return core.LastDays(to, 7), nil
	case "", "28d":
		return core.LastDays(to, 28), nil
	case "90d":
		return core.LastDays(to, 90), nil
	case "365d":
		return core.LastDays(to, 365), nil
	case "month":
		return core.Period{From: core.Date(y, m, 1), To: to}, nil
	case "last_month": // of today: on the first of a month "month" still shows the same days
		y, m, _ = asOf.Time().Date()
		first := core.Date(y, m, 1)
		py, pm, _ := (first - 1).Time().Date()
		return core.Period{From: core.Date(py, pm, 1), To: first - 1}, nil
	case "custom":
		return customRange(in, to)
	}
	return core.Period{}, core.Invalid("dashboards", "There is no range "+in.Preset+".", "Choose one of the list.")
}

func customRange(in RangeInput, last core.Day) (core.Period, error) {
	from, err := core.ParseDay(in.From)
	if err != nil {
		return core.Period{}, core.Invalid("dashboards", "The first day is not one: "+err.Error()+".", "")
	}
	to, err := core.ParseDay(in.To)
	if err != nil {
		return core.Period{}, core.Invalid("dashboards", "The last day is not one: "+err.Error()+".", "")
	}
	p := core.Period{From: from, To: min(to, last)}
	if p.Days() < 1 || p.Days() > longestRange {
		return p, core.Invalid("dashboards", fmt.Sprintf("From %s to %s is not a range that can be shown.", in.From, in.To),
			fmt.Sprintf("Choose 1 to %d days that are over.", longestRange))
	}
	return p, nil
}

// compared is the range that a range is compared with.
func compared(mode string, p core.Period) (core.Period, error) {
	n := core.Day(p.Days())
	switch mode {
	case "", "weekdays":
		return p.SameWeekdaysBefore(), nil
	case "previous":
		return core.Period{From: p.From - n, To: p.From - 1}, nil
	case "year":
		from := sameDayLastYear(p.From)
		return core.Period{From: from, To: from + n - 1}, nil
	case "none":
		return core.Period{}, nil
	}
	return core.Period{}, core.Invalid("dashboards", "There is no comparison "+mode+".", "Choose one of the list.")
}

// sameDayLastYear is the date a year before; 29 February has 28 February.
func sameDayLastYear(d core.Day) core.Day {
	y, m, day := d.Time().Date()
	if m == time.February && day == 29 {
		day = 28
	}
	return core.Date(y-1, m, day)
}

// Scopes answers what pages can be narrowed to.
func (s *Service) Scopes(ctx context.Context) (ScopesOutput, error) {
	out := ScopesOutput{Marketplaces: []MarketplaceOutput{}, Tags: []string{}, Groups: []string{}, Currencies: []string{}}
	var have []core.Currency
	for _, m := range s.o.Account.Marketplaces() {
		out.Marketplaces = append(out.Marketplaces, MarketplaceOutput{m.Code, m.Domain, string(m.Currency)})
		if !slices.Contains(have, m.Currency) {
			have = append(have, m.Currency)
		}
	}
	marks, err := s.o.Account.Marks(ctx)
	if err != nil {
		return out, err
	}
	for _, m := range marks {
		for _, t := range m.Tags {
			if !slices.Contains(out.Tags, t) {
				out.Tags = append(out.Tags, t)
			}
		}
		if m.Group != "" && !slices.Contains(out.Groups, m.Group) {
			out.Groups = append(out.Groups, m.Group)
		}
	}
	slices.Sort(out.Tags)
	slices.Sort(out.Groups)
	out.Currencies, err = s.reachable(ctx, have)
	return out, err
}

// reachable lists the currencies that all amounts of the account can be converted into today.
func (s *Service) reachable(ctx context.Context, have []core.Currency) ([]string, error) {
	out := []string{}
	if len(have) < 2 {
		return out, nil
	}
	all, err := s.allRates(ctx)
	if err != nil {
		return out, err
	}
	candidates := slices.Clone(have)
	for _, r := range all {
		for _, c := range []core.Currency{r.from, r.to} {
			if !slices.Contains(candidates, c) {
				candidates = append(candidates, c)
			}
		}
	}
	for _, to := range candidates {
		c := converter{to, s.o.Account.Today(), all}
		ok := !slices.ContainsFunc(have, func(from core.Currency) bool {
			_, _, can := c.convert(core.Money{Currency: from})
			return !can
		})
		if ok {
			out = append(out, string(to))
		}
	}
	return out, nil
}
