package dashboards

import (
	"cmp"
	"context"
	"math"
	"slices"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/page"
)

// column is one column of a table at work; i is a row of the universe.
type column struct {
	decl
	out ColumnOutput
	// number is the value to sort, filter and total by; false where not known. Text columns have words instead.
	number func(i int) (float64, bool)
	words  func(i int) (string, bool)
	show   func(i int) ValueOutput
	total  func(rows []int) ValueOutput
}

func (c column) isText() bool { return c.out.Type == string(fact.Text) }

// sheet is a table at work: its universe and the evaluators of its columns.
type sheet struct {
	s            *Service
	ctx          context.Context //nolint:containedctx // lives for one question
	kind         fact.SubjectKind
	v            view
	u            *universe
	now, earlier *evaluator
	parts        []*evaluator // of sparklines
}

// sheet prepares a table of subjects with the columns named; unknown names are left out.
func (s *Service) sheet(ctx context.Context, module string, kind fact.SubjectKind, v view, names []string) (*sheet, []column, error) {
	u, err := s.universe(ctx, module, kind, v)
	if err != nil {
		return nil, nil, err
	}
	t := &sheet{s: s, ctx: ctx, kind: kind, v: v, u: u, now: s.evaluator(u, kind, v.period, v)}
	var measures, compared, lines []string
	var decls []decl
	for _, n := range names {
		d, ok := s.find(n)
		if !ok || !s.has(d, kind) || slices.ContainsFunc(decls, func(o decl) bool { return o.name == n }) {
			continue
		}
		decls = append(decls, d)
		switch {
		case d.measure == nil:
		case d.suffix == page.Spark:
			lines = append(lines, d.base)
		case d.suffix == "":
			measures = append(measures, d.base)
		default:
			measures, compared = append(measures, d.base), append(compared, d.base)
		}
	}
	t.now.load(ctx, measures)
	if len(compared) > 0 && v.before.Days() > 0 {
		t.earlier = s.evaluator(u, kind, v.before, v)
		t.earlier.like = t.now
		t.earlier.load(ctx, compared)
	}
	if len(lines) > 0 {
		for _, p := range buckets(v.period, rowBuckets) {
			e := s.evaluator(u, kind, p, v)
			e.load(ctx, lines)
			t.parts = append(t.parts, e)
		}
	}
	var cols []column
	for _, d := range decls {
		c, err := t.column(d)
		if err != nil {
			return nil, nil, err
		}
		cols = append(cols, c)
	}
	return t, cols, nil
}

func (t *sheet) column(d decl) (column, error) {
	c := column{decl: d, out: t.s.column(d)}
	if d.measure == nil {
		return t.factColumn(c)
	}
	typ, unit := d.def.Type, d.def.Unit
	one := func(i int) figure { return t.now.figure(d.base, i) }
	c.total = func(rows []int) ValueOutput { return t.s.joined(typ, unit, t.now.sums(d.base, rows)) }
	switch d.suffix {
	case page.Spark:
		c.show = func(i int) ValueOutput { return t.line(d, i) }
		c.number = func(int) (float64, bool) { return 0, false }
		c.total = nothing
		return c, nil
	case page.Change:
		c.show = func(i int) ValueOutput { return change(typ, d.def.Better, one(i), t.before(d.base, i)) }
		c.number = func(i int) (float64, bool) {
			v := c.show(i)
			if v.Num == nil {
				return 0, false
			}
			return *v.Num, true
		}
		c.total = func(rows []int) ValueOutput { return t.totalChange(d, rows) }
		return c, nil
	case page.Before:
		one = func(i int) figure { return t.before(d.base, i) }
		c.total = nothing
	}
	c.show = func(i int) ValueOutput { return t.s.show(typ, unit, one(i)) }
	c.number = func(i int) (float64, bool) {
		x := one(i)
		return x.number(typ), x.known
	}
	return c, nil
}

func nothing([]int) ValueOutput { return ValueOutput{} }

func (t *sheet) before(name string, i int) figure {
	if t.earlier == nil {
		return unknown("nothing is compared with")
	}
	return t.earlier.figure(name, i)
}

func (t *sheet) totalChange(d decl, rows []int) ValueOutput {
	if t.earlier == nil {
		return ValueOutput{}
	}
	now, before := t.now.sums(d.base, rows), t.earlier.sums(d.base, rows)
	if len(now) != 1 || len(before) != 1 {
		return ValueOutput{}
	}
	return change(d.def.Type, d.def.Better, now[0], before[0])
}

// line is a measure of one row in equal parts of the range.
func (t *sheet) line(d decl, i int) ValueOutput {
	out := ValueOutput{Line: []*float64{}, Maturity: string(fact.Fresh)}
	for _, e := range t.parts {
		x := e.figure(d.base, i)
		if !x.known {
			out.Line = append(out.Line, nil)
			continue
		}
		n := x.number(d.def.Type)
		out.Line = append(out.Line, &n)
	}
	return out
}

func (t *sheet) factColumn(c column) (column, error) {
	values, err := t.s.factColumn(t.ctx, t.u, c.base, t.v.asOf)
	if err != nil {
		return c, err
	}
	typ := c.def.Type
	why := t.s.untold(c.decl)
	at := func(i int) figure { return ofFact(typ, values[t.u.ids[i]]).or(why).in(t.v.into) }
	c.show = func(i int) ValueOutput { return t.s.showFact(typ, c.def.Unit, at(i)) }
	c.number = func(i int) (float64, bool) {
		x := at(i)
		return x.number(typ), x.known
	}
	if typ == fact.Text {
		c.words = func(i int) (string, bool) {
			x := at(i)
			return x.text, x.known
		}
	}
	c.total = nothing
	if c.def.Adds {
		c.total = func(rows []int) ValueOutput { return t.totalFact(c, at, rows) }
	}
	return c, nil
}

// totalFact adds the known values of a fact up.
func (t *sheet) totalFact(c column, at func(int) figure, rows []int) ValueOutput {
	by, order, lost := map[core.Currency]figure{}, []core.Currency{}, 0
	for _, i := range rows {
		x := at(i)
		if !x.known {
			lost++
			continue
		}
		if _, ok := by[x.currency]; !ok {
			order = append(order, x.currency)
		}
		sum := by[x.currency]
		if sum == (figure{}) {
			x.note = ""
			by[x.currency] = x
			continue
		}
		sum.n, sum.f, sum.maturity = sum.n+x.n, sum.f+x.f, fact.Worst(sum.maturity, x.maturity)
		by[x.currency] = sum
	}
	slices.Sort(order)
	var list []figure
	for _, k := range order {
		x := by[k]
		if lost > 0 {
			x.maturity, x.note = fact.Worst(x.maturity, fact.Estimated), "not known for "+grouped(itoa(lost))+" of them"
		}
		list = append(list, x)
	}
	return t.s.joined(c.def.Type, c.def.Unit, list)
}

// joined shows several sums in one cell, one a currency.
func (s *Service) joined(t fact.Type, unit string, list []figure) ValueOutput {
	values := s.shown(t, unit, list)
	switch len(values) {
	case 0:
		return ValueOutput{}
	case 1:
		return values[0]
	}
	out := values[0]
	out.Num = nil
	for _, v := range values[1:] {
		out.Text += " · " + v.Text
		out.Maturity = string(fact.Worst(fact.Maturity(out.Maturity), fact.Maturity(v.Maturity)))
		out.Note = joinNotes(out.Note, v.Note)
	}
	out.Currency = ""
	return out
}

// sorted puts rows in the order of the column; what is not known comes last either way. Each value is asked for once.
func (c column) sorted(rows []int, desc bool) []int {
	if c.isText() {
		return byKey(rows, desc, c.words)
	}
	return byKey(rows, desc, func(i int) (float64, bool) {
		n, ok := c.number(i)
		return n, ok && !math.IsNaN(n)
	})
}

type keyed[T cmp.Ordered] struct {
	key T
	row int
}

func byKey[T cmp.Ordered](rows []int, desc bool, value func(i int) (T, bool)) []int {
	known, rest := make([]keyed[T], 0, len(rows)), []int(nil)
	for _, i := range rows {
		if v, ok := value(i); ok {
			known = append(known, keyed[T]{v, i})
		} else {
			rest = append(rest, i)
		}
	}
	slices.SortFunc(known, func(a, b keyed[T]) int {
		x, y := a.key, b.key
		if desc {
			x, y = y, x
		}
		switch {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return a.row - b.row // equals stay in the order of their ids
	})
	out := make([]int, 0, len(rows))
	for _, k := range known {
		out = append(out, k.row)
	}
	return append(out, rest...)
}

// Columns answers what columns a table can show.
func (s *Service) Columns(ctx context.Context, in ColumnsInput) (ColumnsOutput, error) {
	out := ColumnsOutput{Columns: []ColumnOutput{}}
	t, err := s.tableOf(in.Page, in.Table)
	if err != nil {
		return out, err
	}
	if t.List {
		list, err := s.o.Modules.List(ctx, fact.RowsQuery{Name: t.Name, AsOf: s.o.Account.Today(), Period: core.LastDays(s.o.Account.Today()-1, 1), Limit: 1})
		if err != nil {
			return out, err
		}
		out.Columns = listColumns(list.Columns)
		return out, nil
	}
	for _, n := range s.order {
		d, _ := s.find(n)
		if !s.has(d, t.Subject) {
			continue
		}
		out.Columns = append(out.Columns, s.column(d))
		if d.measure == nil {
			continue
		}
		for _, suffix := range []string{page.Change, page.Before, page.Spark} {
			d, _ := s.find(n + suffix)
			out.Columns = append(out.Columns, s.column(d))
		}
	}
	return out, nil
}

// tableOf finds a declared table.
func (s *Service) tableOf(module, name string) (page.Table, error) {
	p, _, _, ok := s.o.Modules.PageOf(module)
	if !ok {
		return page.Table{}, core.NotFound("dashboards", "There is no page "+module+".")
	}
	for _, t := range p.Tables {
		if t.Name == name || name == "" {
			return t, nil
		}
	}
	return page.Table{}, core.NotFound("dashboards", p.Title+" has no table "+name+".")
}
