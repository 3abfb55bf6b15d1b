package dashboards

import (
	"context"
	"fmt"
	"slices"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/page"
)

// Chart answers the data of one chart.
func (s *Service) Chart(ctx context.Context, in ChartInput) (ChartDataOutput, error) {
	out := ChartDataOutput{Name: in.Chart, Data: emptyData()}
	p, _, _, ok := s.o.Modules.PageOf(in.Page)
	if !ok {
		return out, core.NotFound("dashboards", "There is no page "+in.Page+".")
	}
	at := slices.IndexFunc(p.Charts, func(c page.Chart) bool { return c.Name == in.Chart })
	if at < 0 {
		return out, core.NotFound("dashboards", p.Title+" has no chart "+in.Chart+".")
	}
	c := p.Charts[at]
	out.Kind = string(c.Kind)
	v, err := s.view(ctx, in.View)
	if err != nil {
		return out, err
	}
	switch {
	case len(v.markets) == 0:
		out.Data.Title, out.Data.Note = c.Title, "Nothing is imported yet."
		return out, nil
	case c.X != "":
		out.Data, err = s.scatter(ctx, in, c, v)
	case len(c.Measures) > 0 && c.Kind == page.Waterfall:
		out.Data, err = s.waterfall(ctx, in, c, v)
	case len(c.Measures) > 0:
		out.Data, err = s.lines(ctx, in, c, v)
	default:
		out.Data, err = s.moduleChart(ctx, in, c, v)
	}
	if err != nil {
		return out, err
	}
	out.Data = whole(out.Data)
	if out.Data.Title == "" {
		out.Data.Title = c.Title
	}
	if in.Subject == "" && len(out.Data.Days) > 0 {
		out.Data.Markers, err = s.markers(ctx, out.Data, v)
	}
	return out, err
}

func emptyData() page.Data {
	return whole(page.Data{})
}

// whole makes every list of a chart one, so that the window never meets null.
func whole(d page.Data) page.Data {
	if d.Days == nil {
		d.Days = []int{}
	}
	if d.Lines == nil {
		d.Lines = []page.Line{}
	}
	for i := range d.Lines {
		if d.Lines[i].Values == nil {
			d.Lines[i].Values = []*float64{}
		}
	}
	if d.Markers == nil {
		d.Markers = []page.Marker{}
	}
	if d.Bars == nil {
		d.Bars = []page.Bar{}
	}
	if d.Bullets == nil {
		d.Bullets = []page.Bullet{}
	}
	if d.Points == nil {
		d.Points = []page.Point{}
	}
	return d
}

func (s *Service) moduleChart(ctx context.Context, in ChartInput, c page.Chart, v view) (page.Data, error) {
	q := page.ChartQuery{Name: c.Name, Period: drawn(c, v), Compare: v.before, AsOf: v.asOf, Marketplaces: v.codes(), Subject: in.Subject}
	if v.narrowed() && in.Subject == "" {
		u, err := s.universe(ctx, in.Page, fact.SKU, v)
		if err != nil {
			return page.Data{}, err
		}
		q.Subjects = []string{}
		for _, i := range u.pick(v, fact.SKU, "", "") {
			q.Subjects = append(q.Subjects, u.ids[i])
		}
	}
	return s.o.Modules.Chart(ctx, in.Page, q)
}

// drawn is the range of a chart: the chosen one, or what the chart always shows.
func drawn(c page.Chart, v view) core.Period {
	if c.Days > 0 {
		return core.LastDays(v.period.To, max(c.Days, v.period.Days()))
	}
	return v.period
}

// markers are the decisions that were made on days that a chart shows.
func (s *Service) markers(ctx context.Context, d page.Data, v view) ([]page.Marker, error) {
	out := d.Markers
	events, err := s.o.Account.Events(ctx, "")
	if err != nil {
		return out, err
	}
	first, last := d.Days[0], d.Days[len(d.Days)-1]
	for _, e := range events {
		if e.Open || int(e.Day) < first || int(e.Day) > last || !v.holds(fact.SKU, e.Subject) || len(out) >= 60 {
			continue
		}
		out = append(out, page.Marker{Day: int(e.Day), Title: e.Title, Kind: "decision", Link: "/today?tab=done"})
	}
	return out, nil
}

// waterfall draws how a sum comes about for the scope, or for one subject.
func (s *Service) waterfall(ctx context.Context, in ChartInput, c page.Chart, v view) (page.Data, error) {
	out := page.Data{}
	m, ok := s.measures[c.Measures[0]]
	if !ok || len(m.Terms) == 0 {
		return out, fmt.Errorf("chart %s has no terms to draw", c.Name)
	}
	names := []string{m.Name}
	for _, t := range m.Terms {
		names = append(names, t.Name)
	}
	all, err := s.totals(ctx, v, in.Page, in.Subject, names)
	if err != nil {
		return out, err
	}
	sum := all.now.sums(m.Name, all.rows)
	if len(sum) == 0 {
		out.Note = "Nothing is known of this range."
		return out, nil
	}
	at := firstOfAll(sum, v)
	if len(sum) > 1 {
		out.Note = fmt.Sprintf("Only %s: amounts of different currencies are never added. Choose a marketplace, or a currency to convert into.", sum[at].currency)
	}
	for _, t := range m.Terms {
		out.Bars = append(out.Bars, s.step(all, t, sum[at].currency))
	}
	title := decl{def: m.Definition}.title()
	x := sum[at]
	out.Bars = append(out.Bars, page.Bar{Label: title, Value: x.number(fact.Money), Text: s.show(fact.Money, "", x).Text, Detail: x.note, Total: true, Known: x.known, Name: m.Name})
	out.Currency = string(x.currency)
	out.Title = waterfallFinding(title, x, out.Bars[:len(out.Bars)-1])
	return out, nil
}

// firstOfAll is, of sums in several currencies, the known one of the account's first marketplace; where none is known, the first.
func firstOfAll(list []figure, v view) int {
	at := 0
	for i, x := range list {
		if x.known && (!list[at].known || v.rank(x.currency) < v.rank(list[at].currency)) {
			at = i
		}
	}
	return at
}

func (s *Service) step(all *totals, t fact.Term, currency core.Currency) page.Bar {
	def := s.measures[t.Name]
	b := page.Bar{Label: decl{def: def.Definition}.title(), Name: t.Name, Text: "?"}
	for _, x := range all.now.sums(t.Name, all.rows) {
		if x.currency != currency && x.known {
			continue
		}
		b.Known, b.Detail = x.known, x.note
		x.n *= t.Sign
		b.Value, b.Text = x.number(fact.Money), s.show(fact.Money, "", x).Text
	}
	return b
}

// waterfallFinding says what share is left, without amounts, since those can be hidden.
func waterfallFinding(title string, sum figure, steps []page.Bar) string {
	if !sum.known || len(steps) == 0 || steps[0].Value == 0 {
		return title + " is not known for this range"
	}
	worst := -1
	for i, b := range steps {
		if b.Known && b.Value < 0 && (worst < 0 || b.Value < steps[worst].Value) {
			worst = i
		}
	}
	text := fmt.Sprintf("%.0f %% of %s is left as %s", sum.number(fact.Money)/steps[0].Value*100, lowerFirst(steps[0].Label), lowerFirst(title))
	if sum.n < 0 {
		text = "More is spent than sold: " + lowerFirst(title) + " is negative"
	}
	if worst >= 0 {
		text += "; " + lowerFirst(steps[worst].Label) + " take most"
	}
	return text
}

// scatterMost bounds the points of a scatter; those with the largest x are drawn.
const scatterMost = 400

// scatter draws subjects by two values.
func (s *Service) scatter(ctx context.Context, in ChartInput, c page.Chart, v view) (page.Data, error) {
	out := page.Data{Title: c.Title}
	t, cols, err := s.sheet(ctx, in.Page, c.Subject, v, []string{c.X, c.Y, c.Size})
	if err != nil {
		return out, err
	}
	byName := map[string]column{}
	for _, x := range cols {
		byName[x.name] = x
	}
	x, okX := byName[c.X]
	y, okY := byName[c.Y]
	if !okX || !okY {
		return out, fmt.Errorf("chart %s: %s or %s is not a column of %s", c.Name, c.X, c.Y, c.Subject)
	}
	rows := t.u.pick(v, c.Subject, "", in.Subject)
	rows = x.sorted(rows, true)
	rows = slices.DeleteFunc(rows, func(i int) bool {
		px, ok := x.number(i)
		py, ok2 := y.number(i)
		return !ok || !ok2 || px == 0 && py == 0
	})
	money := func(i int) core.Currency {
		if x.def.Type == fact.Money {
			return core.Currency(x.show(i).Currency)
		}
		return core.Currency(y.show(i).Currency)
	}
	currency := core.Currency("")
	for n, i := range rows {
		if c := money(i); n == 0 || v.rank(c) < v.rank(currency) {
			currency = c
		}
	}
	skipped, zero, all := 0, 0, 0
	for _, i := range rows {
		if money(i) != currency {
			skipped++
			continue
		}
		px, _ := x.number(i)
		py, _ := y.number(i)
		all++
		if py == 0 {
			zero++
		}
		if len(out.Points) < scatterMost {
			pt := page.Point{X: scaled(x, px), Y: scaled(y, py), Size: 1, Subject: t.u.ids[i]}
			pt.Label, _ = s.names(c.Subject, t.u.ids[i])
			if z, ok := byName[c.Size]; ok {
				pt.Size, _ = z.number(i)
			}
			out.Points = append(out.Points, pt)
		}
	}
	out.XTitle, out.YTitle = x.out.Title, y.out.Title
	out.XUnit, out.YUnit = axisUnit(x, currency), axisUnit(y, currency)
	out.Currency = string(currency)
	if len(out.Points) == 0 {
		out.Note = "Nothing with both " + lowerFirst(x.out.Title) + " and " + lowerFirst(y.out.Title) + " in this range."
		return out, nil
	}
	out.Title = fmt.Sprintf("%s of %s had no %s", grouped(itoa(zero)), grouped(itoa(all)), lowerFirst(y.out.Title))
	if skipped > 0 {
		out.Note = fmt.Sprintf("Only %s; %d in other currencies are left out.", currency, skipped)
	}
	return out, nil
}

// scaled is a value as an axis shows it: ratios in per cent.
func scaled(c column, v float64) float64 {
	if c.def.Type == fact.Ratio {
		return v * 100
	}
	return v
}

func axisUnit(c column, currency core.Currency) string {
	switch c.def.Type {
	case fact.Money:
		return string(currency)
	case fact.Ratio, fact.Percent:
		return "%"
	default:
		return c.def.Unit
	}
}
