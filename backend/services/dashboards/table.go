package dashboards

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/page"
)

// window is the most rows that one answer carries, and cellsKept the most cells: an answer stays below 256 KB.
const (
	window    = 200
	cellsKept = 1100
)

func itoa(n int) string { return strconv.Itoa(n) }

// Table answers a window of a table. Facts and measures are columns in memory: they are sorted, filtered,
// grouped and totalled here, which takes a fraction of what writing them into SQLite would; lists of events are
// sorted and filtered in SQLite by their module.
func (s *Service) Table(ctx context.Context, in TableInput) (TableOutput, error) {
	t, v, err := s.tableView(ctx, in)
	if err != nil {
		return emptyTable(), err
	}
	if t.List {
		return s.list(ctx, t, v, in)
	}
	a, err := s.arrange(ctx, t, v, in)
	if err != nil {
		return emptyTable(), err
	}
	out := emptyTable()
	out.Sort, out.Desc, out.AsOf, out.SubKind = a.sort, a.desc, v.asOf.String(), string(t.Subject)
	out.Total, out.Found = len(a.lines), len(a.rows)
	for _, c := range a.cols {
		out.Columns = append(out.Columns, c.out)
		out.Totals = append(out.Totals, c.total(a.rows))
	}
	marks, err := s.marksFor(ctx, t.Subject)
	if err != nil {
		return out, err
	}
	limit := min(clampLimit(in.Limit), rowsFor(len(a.cols)))
	for i := max(in.Offset, 0); i < len(a.lines) && len(out.Rows) < limit; i++ {
		out.Rows = append(out.Rows, a.row(a.lines[i], marks))
	}
	return out, nil
}

func emptyTable() TableOutput {
	return TableOutput{Columns: []ColumnOutput{}, Rows: []TableRowOutput{}, Totals: []ValueOutput{}}
}

func clampLimit(n int) int { return min(max(n, 1), window) }

// rowsFor is how many rows of so many columns one answer carries.
func rowsFor(columns int) int { return max(min(window, cellsKept/max(columns, 1)), 1) }

func (s *Service) tableView(ctx context.Context, in TableInput) (page.Table, view, error) {
	t, err := s.tableOf(in.Page, in.Table)
	if err != nil {
		return t, view{}, err
	}
	v, err := s.view(ctx, in.View)
	return t, v, err
}

func (s *Service) marksFor(ctx context.Context, kind fact.SubjectKind) (map[string]Marks, error) {
	if kind != fact.SKU {
		return map[string]Marks{}, nil
	}
	return s.o.Account.Marks(ctx)
}

// arrangement is a table in its order.
type arrangement struct {
	s     *Service
	kind  fact.SubjectKind
	sheet *sheet
	cols  []column
	rows  []int // of the universe, that pass, in order
	lines []line
	sort  string
	desc  bool
}

// line is a row, or the heading of a group of rows.
type line struct {
	row   int
	group *groupOfRows
	again string // title of the group, where the row stands in another before
}

type groupOfRows struct {
	title string
	rows  []int
}

// key names a group in rows and among those collapsed.
func (g groupOfRows) key() string { return "group:" + g.title }

// arrange sorts, filters and groups a table of subjects.
func (s *Service) arrange(ctx context.Context, t page.Table, v view, in TableInput) (*arrangement, error) {
	preset, err := presetOf(t, in.Preset)
	if err != nil {
		return nil, err
	}
	filters := slices.Concat(preset.Filters, in.Filters)
	a := &arrangement{s: s, kind: t.Subject, sort: in.Sort, desc: in.Desc}
	shown := firstOf(in.Columns, preset.Columns, t.Columns)
	if a.sort == "" {
		a.sort, a.desc = t.Sort, t.Desc
		if preset.Sort != "" {
			a.sort, a.desc = preset.Sort, preset.Desc
		}
	}
	names := slices.Clone(shown)
	for _, f := range filters {
		names = append(names, f.Column)
	}
	names = append(names, a.sort, in.Group)
	sh, cols, err := s.sheet(ctx, in.Page, t.Subject, v, names)
	if err != nil {
		return nil, err
	}
	a.sheet = sh
	byName := map[string]column{}
	for _, c := range cols {
		byName[c.name] = c
		if slices.Contains(shown, c.name) {
			a.cols = append(a.cols, c)
		}
	}
	a.rows = sh.u.pick(v, t.Subject, in.Query, in.Subject)
	for _, f := range filters {
		if a.rows, err = filtered(a.rows, f, byName); err != nil {
			return nil, err
		}
	}
	if c, ok := byName[a.sort]; ok {
		a.rows = c.sorted(a.rows, a.desc)
	} else {
		a.sort = "subject"
		if a.desc {
			slices.Reverse(a.rows)
		}
	}
	return a, a.group(ctx, in, byName)
}

func firstOf(lists ...[]string) []string {
	for _, l := range lists {
		if len(l) > 0 {
			return l
		}
	}
	return nil
}

func presetOf(t page.Table, name string) (page.Preset, error) {
	if name == "" {
		return page.Preset{}, nil
	}
	for _, p := range t.Presets {
		if p.Name == name {
			return p, nil
		}
	}
	return page.Preset{}, core.NotFound("dashboards", t.Title+" has no view "+name+".")
}

// row writes one line of the window.
func (a *arrangement) row(l line, marks map[string]Marks) TableRowOutput {
	if l.group != nil {
		r := TableRowOutput{Kind: "group", Key: l.group.key(), Label: l.group.title, Count: len(l.group.rows), Tags: []string{}, Cells: []ValueOutput{}}
		for _, c := range a.cols {
			r.Cells = append(r.Cells, c.total(l.group.rows))
		}
		return r
	}
	id := a.sheet.u.ids[l.row]
	r := TableRowOutput{Kind: "row", Key: id, Subject: id, Tags: append([]string{}, marks[id].Tags...), Cells: []ValueOutput{}}
	if l.again != "" {
		r.Key += "#" + l.again
	}
	r.Label, r.Detail = a.s.names(a.kind, id)
	for _, c := range a.cols {
		r.Cells = append(r.Cells, brief(c.show(l.row)))
	}
	return r
}

// longestNote bounds the note of a cell; Define gives the whole of it.
const longestNote = 90

// brief leaves out of a cell what its column says already.
func brief(v ValueOutput) ValueOutput {
	v.Source = ""
	if v.Maturity == string(fact.Settling) || v.Maturity == string(fact.Stale) {
		v.Note = ""
	}
	if r := []rune(v.Note); len(r) > longestNote {
		v.Note = string(r[:longestNote]) + "…"
	}
	return v
}

// names are the two lines by which people know a subject.
func (s *Service) names(kind fact.SubjectKind, id string) (label, detail string) {
	market, rest := fact.SplitID(id)
	if rest == "" {
		return market, ""
	}
	name := s.o.Account.Label(id)
	switch kind {
	case fact.SKU:
		if name == "" || name == rest {
			return rest, market
		}
		return rest, market + " · " + name
	case fact.SearchTerm:
		campaign, term := cutLast(rest)
		return term, market + " · " + campaign
	default:
		if name == "" {
			name = rest
		}
		return name, market
	}
}

// filtered keeps the rows that pass.
func filtered(rows []int, f page.Filter, byName map[string]column) ([]int, error) {
	c, ok := byName[f.Column]
	if !ok {
		return nil, core.Invalid("dashboards", "There is no column "+f.Column+" to filter by.", "Remove the filter.")
	}
	pass, err := passes(c, f)
	if err != nil {
		return nil, err
	}
	out := rows[:0:0]
	for _, i := range rows {
		if pass(i) {
			out = append(out, i)
		}
	}
	return out, nil
}

func passes(c column, f page.Filter) (func(i int) bool, error) {
	known := func(i int) bool { _, ok := c.number(i); return ok }
	if c.isText() {
		known = func(i int) bool { _, ok := c.words(i); return ok }
	}
	if f.Op == page.Known {
		return known, nil
	}
	if f.Op == page.Unknown {
		return func(i int) bool { return !known(i) }, nil
	}
	if c.isText() {
		return passesText(c, f)
	}
	value, err := filterValue(c, f)
	if err != nil {
		return nil, err
	}
	compare, ok := comparisons()[f.Op]
	if !ok {
		return nil, core.Invalid("dashboards", fmt.Sprintf("Numbers can't be compared by %q.", string(f.Op)), "Choose another comparison.")
	}
	return func(i int) bool {
		n, ok := c.number(i)
		return ok && compare(n, value)
	}, nil
}

func comparisons() map[page.Op]func(a, b float64) bool {
	return map[page.Op]func(a, b float64) bool{
		page.Is:      func(a, b float64) bool { return a == b },
		page.IsNot:   func(a, b float64) bool { return a != b },
		page.Less:    func(a, b float64) bool { return a < b },
		page.AtMost:  func(a, b float64) bool { return a <= b },
		page.More:    func(a, b float64) bool { return a > b },
		page.AtLeast: func(a, b float64) bool { return a >= b },
	}
}

func filterValue(c column, f page.Filter) (float64, error) {
	if c.out.Type == string(fact.Flag) {
		switch f.Value {
		case "true":
			return 1, nil
		case "false":
			return 0, nil
		}
		return 0, core.Invalid("dashboards", fmt.Sprintf("%s is yes or no; %q is neither.", c.out.Title, f.Value), "Choose one of them.")
	}
	v, err := strconv.ParseFloat(f.Value, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return 0, core.Invalid("dashboards", fmt.Sprintf("%q is not a number to compare %s with.", f.Value, c.out.Title), "Write it with a decimal point: 12.5.")
	}
	return v, nil
}
