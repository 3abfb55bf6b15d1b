package dashboards

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/page"
)

// totals evaluates measures for the whole scope, now and in the range compared with.
type totals struct {
	s            *Service
	v            view
	kind         fact.SubjectKind
	u            *universe
	rows         []int
	now, earlier *evaluator   // earlier is nil without a comparison
	parts        []*evaluator // equal parts of the range, for sparklines
}

// totals prepares the totals of a scope: of marketplaces, or of SKUs where tags or groups narrow it; or of one subject.
func (s *Service) totals(ctx context.Context, v view, module, subject string, names []string) (*totals, error) {
	t := &totals{s: s, v: v, kind: s.kindOfAll(ctx, subject, v, names)}
	var err error
	if t.u, err = s.universe(ctx, module, t.kind, v); err != nil {
		return nil, err
	}
	t.rows = t.u.pick(v, t.kind, "", subject)
	t.now = s.evaluator(t.u, t.kind, v.period, v)
	t.now.load(ctx, names)
	if v.before.Days() > 0 {
		t.earlier = s.evaluator(t.u, t.kind, v.before, v)
		t.earlier.like = t.now
		t.earlier.load(ctx, names)
	}
	return t, nil
}

// cut prepares the parts of the range that sparklines are made of.
func (t *totals) cut(ctx context.Context, names []string) {
	for _, p := range buckets(t.v.period, lineBuckets) {
		e := t.s.evaluator(t.u, t.kind, p, t.v)
		e.load(ctx, names)
		t.parts = append(t.parts, e)
	}
}

func (s *Service) tiles(ctx context.Context, p page.Page, v view) ([]TileOutput, error) {
	out := []TileOutput{}
	var names []string
	for _, t := range p.Tiles {
		if d, ok := s.find(t.Name); ok && d.measure != nil {
			names = append(names, d.base)
		}
	}
	module := ""
	if len(p.Tiles) > 0 {
		module = moduleOf(p.Tiles[0].Name)
	}
	all, err := s.totals(ctx, v, module, "", names)
	if err != nil {
		return out, err
	}
	all.cut(ctx, names)
	for _, t := range p.Tiles {
		d, ok := s.find(t.Name)
		if !ok {
			continue
		}
		tile := TileOutput{
			Name: t.Name, Title: t.Title, Unit: d.def.Unit, Table: t.Table, Preset: t.Preset, Values: []ValueOutput{},
			Change: ValueOutput{}, Line: nil,
		}
		if tile.Title == "" {
			tile.Title = d.title()
		}
		if d.measure != nil {
			s.measureTile(&tile, d, all)
		} else if err := s.factTile(ctx, &tile, d, v); err != nil {
			return out, err
		}
		out = append(out, tile)
	}
	return out, nil
}

// measureTile shows a measure over the range, one value a currency.
func (s *Service) measureTile(tile *TileOutput, d decl, all *totals) {
	tile.Window = periodText(all.v.period)
	now := all.now.sums(d.base, all.rows)
	var before []figure
	if all.earlier != nil {
		before = all.earlier.sums(d.base, all.rows)
	}
	var changes, befores []string
	good := ""
	tile.Values = s.shown(d.def.Type, d.def.Unit, now)
	for i, x := range now {
		if i >= len(before) {
			continue
		}
		c := change(d.def.Type, d.def.Better, x, before[i])
		changes, befores = append(changes, c.Text), append(befores, s.show(d.def.Type, d.def.Unit, before[i]).Text)
		if i == 0 {
			tile.Change, good = c, c.Good
		} else if good != c.Good {
			good = ""
		}
	}
	tile.Change.Text, tile.Change.Good, tile.Before = strings.Join(changes, " · "), good, strings.Join(befores, " · ")
	if len(now) == 0 {
		tile.Values = append(tile.Values, s.show(d.def.Type, d.def.Unit, unknown("nothing is known of these marketplaces")))
	}
	if len(all.v.markets) == 1 && !all.v.narrowed() {
		tile.Subject = all.v.markets[0].Code
	}
	if len(now) == 1 && s.daysAddUp(d.base, all.kind) {
		tile.Line = all.line(d)
	}
}

// A sparkline has at most so many points: of a tile, and of a row of a table, where ten thousand are worked out at once.
const (
	lineBuckets = 14
	rowBuckets  = 7
)

// line is a total in equal parts of the range.
func (t *totals) line(d decl) []*float64 {
	var out []*float64
	for _, e := range t.parts {
		list := e.sums(d.base, t.rows)
		if len(list) != 1 || !list[0].known {
			out = append(out, nil)
			continue
		}
		n := list[0].number(d.def.Type)
		out = append(out, &n)
	}
	return out
}

// daysAddUp says whether a measure of a part of the range is a part of its value: only what has daily series is.
func (s *Service) daysAddUp(name string, kind fact.SubjectKind) bool {
	for _, b := range s.bases(name, nil) {
		if s.measures[b].Series[kind] == "" {
			return false
		}
	}
	return true
}

// buckets cuts a range into at most so many equal parts that end with it; days left over at its beginning are left out.
func buckets(p core.Period, most int) []core.Period {
	n := p.Days()
	if n < 3 {
		return nil
	}
	parts := min(n, most)
	size := core.Day(n / parts)
	var out []core.Period
	for i := parts - 1; i >= 0; i-- {
		to := p.To - core.Day(i)*size
		out = append(out, core.Period{From: to - size + 1, To: to})
	}
	return out
}

// factTile shows a fact of marketplaces: counts and amounts are summed, of others the worst is shown and named.
func (s *Service) factTile(ctx context.Context, tile *TileOutput, d decl, v view) error {
	tile.Window = "now"
	cols, err := s.o.Modules.Columns(ctx, fact.Query{AsOf: v.asOf, Names: []string{d.base}})
	if err != nil {
		return err
	}
	values := map[string]fact.Value{}
	if len(cols) > 0 {
		values = cols[0].Values
	}
	if d.def.Subject == fact.Account {
		tile.Values = append(tile.Values, s.showFact(d.def.Type, d.def.Unit, ofFact(d.def.Type, values["account"])))
		tile.Subject = "account"
		return nil
	}
	if d.def.Subject != fact.Marketplace {
		return fmt.Errorf("tile %s shows a fact of %s", tile.Name, d.def.Subject)
	}
	if v.narrowed() {
		tile.Window = "now, all SKUs" // the marketplace's own number knows no tags
	}
	switch d.def.Type {
	case fact.Count, fact.Money:
		for _, x := range s.sumFact(d, values, v) {
			tile.Values = append(tile.Values, s.show(d.def.Type, d.def.Unit, x))
		}
		if len(v.markets) == 1 {
			tile.Subject = v.markets[0].Code
		}
	default:
		code, x := s.worstOf(d, values, v)
		shown := s.showFact(d.def.Type, d.def.Unit, x)
		tile.Subject = code
		tile.Values = append(tile.Values, shown)
	}
	if d.def.Daily != "" && len(v.markets) == 1 {
		tile.Line = s.factLine(ctx, d.def.Daily, v.markets[0].Code, v)
	}
	return nil
}

// sumFact adds a fact of marketplaces up, by currency.
func (s *Service) sumFact(d decl, values map[string]fact.Value, v view) []figure {
	by, order := map[core.Currency]figure{}, []core.Currency{}
	var lost []string
	for _, m := range v.markets {
		x := ofFact(d.def.Type, values[m.Code]).in(v.into)
		if !x.known {
			lost = append(lost, m.Code)
			continue
		}
		if _, ok := by[x.currency]; !ok {
			order = append(order, x.currency)
		}
		by[x.currency] = addUp(by[x.currency], x)
	}
	var out []figure
	for _, c := range order {
		x := by[c]
		if len(lost) > 0 {
			x = x.blame(figure{maturity: fact.Estimated, note: "not known for " + strings.Join(lost, ", ")})
		}
		out = append(out, x)
	}
	if len(out) == 0 {
		note := s.o.Modules.Reason(d.base)
		for _, m := range v.markets {
			note = joinNotes(note, values[m.Code].Note)
		}
		return []figure{unknown(note).or(s.untold(d))}
	}
	return out
}

// worstOf picks the marketplace whose value is worst; of words, the first that differs from what most have.
func (s *Service) worstOf(d decl, values map[string]fact.Value, v view) (string, figure) {
	best, code := unknown(""), ""
	counts := map[string]int{}
	for _, m := range v.markets {
		counts[values[m.Code].Text]++
	}
	for _, m := range v.markets {
		x := ofFact(d.def.Type, values[m.Code])
		switch {
		case !x.known:
			if code == "" {
				best.note = joinNotes(best.note, x.note)
			}
			continue
		case code == "":
		case d.def.Type == fact.Text:
			if counts[x.text] >= counts[best.text] {
				continue
			}
		case d.def.Better == "up" && x.number(d.def.Type) >= best.number(d.def.Type):
			continue
		case d.def.Better != "up" && x.number(d.def.Type) <= best.number(d.def.Type):
			continue
		}
		best, code = x, m.Code
	}
	return code, best.or(s.untold(d))
}

func (s *Service) factLine(ctx context.Context, series, subject string, v view) []*float64 {
	all, err := s.o.Modules.Daily(ctx, series, subject, v.period, v.asOf)
	if err != nil {
		return nil
	}
	for _, one := range all {
		if one.Subject != subject || len(one.Points) < 2 {
			continue
		}
		step := max(1, len(one.Points)/lineBuckets)
		var out []*float64
		for i := (len(one.Points) - 1) % step; i < len(one.Points); i += step {
			n := one.Points[i].Num
			out = append(out, &n)
		}
		return out
	}
	return nil
}

// periodText words a range: "28 Oct – 24 Nov".
func periodText(p core.Period) string {
	from, to := p.From.Time(), p.To.Time()
	if p.From == p.To {
		return to.Format("2 Jan")
	}
	if from.Year() != to.Year() {
		return from.Format("2 Jan 2006") + " – " + to.Format("2 Jan 2006")
	}
	return from.Format("2 Jan") + " – " + to.Format("2 Jan")
}

func codesOf(v view) string { return strings.Join(slices.Sorted(slices.Values(v.codes())), ", ") }
