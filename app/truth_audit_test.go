package app_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"purser/app"
	"purser/backend/core/fact"
	"purser/backend/services/dashboards"
)

// spot is a table of subjects.
type spot struct{ page, table string }

// ask names one number: a fact or measure of one subject over the days of a view.
type ask struct {
	spot
	name, subject string
	look          look
}

func (q ask) String() string {
	return fmt.Sprintf("%s of %q on %s/%s, %s to %s, %v", q.name, q.subject, q.page, q.table, q.look.now.from, q.look.now.to, q.look.in)
}

// market is the marketplace of the subject.
func (q ask) market() string { code, _ := fact.SplitID(q.subject); return code }

// of is the same question about another number of the subject.
func (q ask) of(name string) ask { q.name = name; return q }

// about is the same question about another subject.
func (q ask) about(p spot, subject string) ask { q.spot, q.subject = p, subject; return q }

// audit works numbers out again from the rows behind them.
type audit struct {
	desk     *app.Desk
	rand     *rand.Rand
	measures map[string]fact.Measure
	facts    map[string]fact.Definition
	rules    []rule
	leaves   map[string]figure
	cells    map[string]dashboards.ValueOutput
	lists    map[string][]string
	sheets   map[string]sheet
	followed int                        // rows found in their original files
	columns  map[string]map[string]bool // of facts: whether they are known, by subject
	traced   map[string]int             // by kind of file
	traces   map[string]int             // by name
}

// tracesOfName is how often rows of one name are followed to their files.
const tracesOfName = 3

func newAudit(desk *app.Desk, r *rand.Rand) *audit {
	a := &audit{
		desk: desk, rand: r, measures: map[string]fact.Measure{}, facts: map[string]fact.Definition{}, rules: rules(), leaves: map[string]figure{},
		cells: map[string]dashboards.ValueOutput{}, lists: map[string][]string{}, sheets: map[string]sheet{}, columns: map[string]map[string]bool{}, traced: map[string]int{}, traces: map[string]int{},
	}
	for _, m := range desk.Measures() {
		a.measures[m.Name] = m
	}
	for _, f := range desk.Facts() {
		a.facts[f.Name] = f
	}
	return a
}

// typ is the type and unit of a name.
func (a *audit) typ(name string) (string, string) {
	if m, ok := a.measures[name]; ok {
		return string(m.Type), m.Unit
	}
	return string(a.facts[name].Type), a.facts[name].Unit
}

func currencyOf(market string) string { return map[string]string{"US": "USD", "DE": "EUR"}[market] }

// key is what decides a number: facts have windows of their own.
func (a *audit) key(q ask) string {
	if _, ok := a.measures[q.name]; !ok {
		return q.name + "|" + q.subject
	}
	return fmt.Sprintf("%s|%s|%d|%d", q.name, q.subject, q.look.now.from, q.look.now.to)
}

// shown is the cell of a table that shows a number; of a subject without a row the text is empty.
func (a *audit) shown(q ask) (dashboards.ValueOutput, error) {
	k := q.page + q.table + a.key(q)
	if v, ok := a.cells[k]; ok {
		return v, nil
	}
	out, err := a.desk.Pages.Table(dashboards.TableInput{
		Page: q.page, Table: q.table, View: q.look.in, Subject: q.subject, Columns: []string{q.name}, Limit: 1,
	})
	if err != nil || len(out.Columns) != 1 {
		return dashboards.ValueOutput{}, fmt.Errorf("%s is no column of %s: %w", q.name, q, err)
	}
	var v dashboards.ValueOutput
	if len(out.Rows) == 1 {
		v = out.Rows[0].Cells[0]
	}
	a.cells[k] = v
	return v, nil
}

// subjects lists the rows of a table for a scope.
func (a *audit) subjects(p spot, l look) ([]string, error) {
	k := fmt.Sprint(p, l.in)
	if list, ok := a.lists[k]; ok {
		return list, nil
	}
	list := []string{}
	for {
		out, err := a.desk.Pages.Table(dashboards.TableInput{Page: p.page, Table: p.table, View: l.in, Sort: "subject", Offset: len(list), Limit: 200})
		if err != nil {
			return nil, err
		}
		for _, r := range out.Rows {
			list = append(list, r.Subject)
		}
		if len(out.Rows) == 0 || len(list) >= out.Total {
			break
		}
	}
	a.lists[k] = list
	return list, nil
}

// in is the view of one marketplace.
func in(market string, l look) look {
	l.in.Scope.Marketplaces = []string{market}
	return l
}

// sheet reads all rows behind a number.
func (a *audit) sheet(q ask) (sheet, error) {
	k := a.key(q)
	if s, ok := a.sheets[k]; ok {
		return s, nil
	}
	s := sheet{at: map[string]int{}}
	for {
		out, err := a.desk.Pages.Rows(dashboards.RowsInput{
			Reference: dashboards.ReferenceInput{Name: q.name, Subject: q.subject, View: q.look.in}, Offset: len(s.rows), Limit: 200,
		})
		if err != nil {
			return s, fmt.Errorf("rows of %s: %w", q, err)
		}
		s.how = out.How
		for i, c := range out.Columns {
			s.at[c.Name] = i
		}
		for _, r := range out.Rows {
			s.rows = append(s.rows, line{r, s.at})
		}
		if len(s.rows) >= out.Total {
			break
		}
		if len(out.Rows) == 0 {
			return s, fmt.Errorf("rows of %s: %d were listed of %d", q, len(s.rows), out.Total)
		}
	}
	a.sheets[k] = s
	return s, nil
}

// leaf works a number out from its rows as the sentence beside them says.
func (a *audit) leaf(q ask) (figure, error) {
	k := a.key(q)
	if x, ok := a.leaves[k]; ok {
		return x, nil
	}
	s, err := a.sheet(q)
	if err != nil {
		return figure{}, err
	}
	at := slices.IndexFunc(a.rules, func(r rule) bool { return strings.HasPrefix(s.how, r.how) })
	if at < 0 {
		return figure{}, fmt.Errorf("%s: the test knows no rule for %q", q, s.how)
	}
	x, err := a.rules[at].of(a, q, s)
	if err != nil {
		return x, fmt.Errorf("%s: %w", q, err)
	}
	if typ, _ := a.typ(q.name); typ == "money" {
		x.currency = currencyOf(q.market())
	}
	a.leaves[k] = x
	if a.traces[q.name]++; a.traces[q.name] > tracesOfName {
		return x, nil
	}
	return x, a.trace(q, s)
}

// homes are the tables that list all subjects of a kind.
func homes() map[fact.SubjectKind]spot {
	return map[fact.SubjectKind]spot{
		fact.SKU: {"sales", "skus"}, fact.Marketplace: {"sales", "marketplaces"}, fact.Campaign: {"advertising", "campaigns"}, fact.SearchTerm: terms,
		fact.HealthMetric: {"accounthealth", "metrics"},
	}
}

// knows says whether the program shows a fact of the subject, by its column in the table of its kind.
func (a *audit) knows(q ask, kind fact.SubjectKind) (bool, error) {
	shown, ok := a.columns[q.name]
	for at := 0; !ok; {
		if shown == nil {
			shown = map[string]bool{}
		}
		today := a.desk.Today()
		l := q.look.over(days{today - 90, today - 1})
		l.in.Scope.Marketplaces = nil
		out, err := a.desk.Pages.Table(dashboards.TableInput{
			Page: homes()[kind].page, Table: homes()[kind].table, View: l.in, Columns: []string{q.name}, Sort: "subject", Offset: at, Limit: 200,
		})
		if err != nil || len(out.Columns) != 1 {
			return false, fmt.Errorf("%s is no column of %v: %w", q.name, homes()[kind], err)
		}
		for _, r := range out.Rows {
			shown[r.Subject] = r.Cells[0].Text != "?"
		}
		at += len(out.Rows)
		ok = at >= out.Total || len(out.Rows) == 0
		a.columns[q.name] = shown
	}
	if is, ok := shown[q.subject]; ok {
		return is, nil
	}
	out, err := a.desk.Pages.Define(dashboards.ReferenceInput{Name: q.name, Subject: q.subject, View: q.look.in})
	if err != nil || len(out.Values) != 1 {
		return false, fmt.Errorf("%s: %v: %w", q, out.Values, err)
	}
	shown[q.subject] = out.Values[0].Text != "?"
	return shown[q.subject], nil
}

// fact works a fact out: from its rows, or by what its formula says from its parts.
func (a *audit) fact(q ask) (figure, error) {
	d, ok := a.facts[q.name]
	if !ok {
		return figure{}, fmt.Errorf("%s is no fact", q.name)
	}
	if known, err := a.knows(q, d.Subject); err != nil || !known {
		return figure{}, err
	}
	if len(d.Parts) == 0 {
		return a.leaf(q)
	}
	k := a.key(q)
	if x, ok := a.leaves[k]; ok {
		return x, nil
	}
	f, ok := formulas()[q.name]
	if !ok {
		f, ok = windowed(q.name)
	}
	if !ok {
		return figure{}, fmt.Errorf("%s: the test has no arithmetic for %q", q, d.Formula)
	}
	m := &maker{a: a, q: q}
	x := f(m)
	if m.err != nil {
		return x, fmt.Errorf("%s: %w", q, m.err)
	}
	if d.Type == fact.Money {
		x.currency = currencyOf(q.market())
	}
	a.leaves[k] = x
	return x, nil
}

// must is for what can't fail unless the program is broken.
func must[T any](t *testing.T, v T, err error) T {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return v
}
