package rules

import (
	"context"
	"fmt"
	"math"
	"sort"
	"strings"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// Ids of unknown values that are not facts.
const (
	byZero  = int64(-1)
	byFault = int64(-2)
)

// column is one fact for the subjects of a table, boxed once for CEL.
type column struct {
	def     fact.Definition
	id      int64
	values  []fact.Value // as answered; the zero Value where the subject is absent
	boxed   []ref.Val    // nil where there is no value
	unknown ref.Val      // what CEL sees instead of a value that cannot be used
}

// table is the facts of all subjects of one kind on one day.
type table struct {
	kind  fact.SubjectKind
	asOf  core.Day
	ids   []string
	index map[string]int
	cols  []column
	colOf map[string]int
	// related are the subjects of other kinds that belong to each: the SKUs of a campaign.
	related map[fact.SubjectKind][][]string
}

// loadTable asks for the columns wanted and lines them up by subject. Facts about the
// marketplace or the account are repeated for each subject that lies in it.
func (e *Engine) loadTable(ctx context.Context, kind fact.SubjectKind, asOf core.Day, names []string, subject string) (*table, error) {
	t := &table{kind: kind, asOf: asOf, index: map[string]int{}, colOf: map[string]int{}}
	var mine, others []string
	for _, n := range names {
		if e.defs[n].Subject == kind {
			mine = append(mine, n)
		} else {
			others = append(others, n)
		}
	}
	mineCols, err := e.columns(ctx, asOf, mine, subject)
	if err != nil {
		return nil, err
	}
	otherCols, err := e.columns(ctx, asOf, others, "")
	if err != nil {
		return nil, err
	}
	if err := e.collect(ctx, t, mineCols, subject); err != nil {
		return nil, err
	}
	for _, n := range mine {
		t.add(e.defs[n], e.factID[n], mineCols[n], func(id string) string { return id })
	}
	for _, n := range others {
		d := e.defs[n]
		if e.reach(kind, d.Subject) == many {
			t.addMany(d, e.factID[n], otherCols[n], t.related[d.Subject])
			continue
		}
		t.add(d, e.factID[n], otherCols[n], func(id string) string { return ancestor(id, d.Subject) })
	}
	return t, nil
}

// collect finds the subjects of the table, those that have a value or a relation, and what belongs to them: facts
// about that can be read, and guards on it count.
func (e *Engine) collect(ctx context.Context, t *table, cols map[string]map[string]fact.Value, subject string) error {
	belong := map[fact.SubjectKind]map[string][]string{}
	for _, other := range []fact.SubjectKind{fact.SKU, fact.Campaign} {
		if e.reach(t.kind, other) != many {
			continue
		}
		var err error
		if belong[other], err = e.belonging(ctx, t.kind, other, t.asOf); err != nil {
			return err
		}
		if !e.hasRelation(t.kind, other) {
			continue
		}
		for id := range belong[other] {
			if subject == "" || subject == id {
				t.include(id)
			}
		}
	}
	for _, values := range cols {
		for id := range values {
			t.include(id)
		}
	}
	sort.Strings(t.ids)
	for i, id := range t.ids {
		t.index[id] = i
	}
	t.related = map[fact.SubjectKind][][]string{}
	for other, ids := range belong {
		t.related[other] = e.related(t, other, ids)
	}
	return nil
}

func (e *Engine) columns(ctx context.Context, asOf core.Day, names []string, subject string) (map[string]map[string]fact.Value, error) {
	out := map[string]map[string]fact.Value{}
	if len(names) == 0 {
		return out, nil
	}
	cols, err := e.facts.Columns(ctx, fact.Query{AsOf: asOf, Names: names, Subject: subject})
	if err != nil {
		return nil, fmt.Errorf("read the facts of %s: %w", asOf, err)
	}
	for _, c := range cols {
		out[c.Name] = c.Values
	}
	return out, nil
}

func ancestor(id string, kind fact.SubjectKind) string {
	if kind == fact.Account {
		return string(fact.Account)
	}
	marketplace, rest := fact.SplitID(id)
	if kind == fact.Campaign { // "US/Spring launch/steel flask" lies in "US/Spring launch"
		return fact.SubjectID(marketplace, strings.TrimSuffix(rest, "/"+lastPart(rest)))
	}
	return marketplace
}

func (t *table) include(id string) {
	if _, ok := t.index[id]; !ok {
		t.index[id] = 0
		t.ids = append(t.ids, id)
	}
}

func (t *table) add(d fact.Definition, id int64, values map[string]fact.Value, key func(string) string) {
	c := newColumn(d, id, len(t.ids))
	for i, subject := range t.ids {
		v, ok := values[key(subject)]
		if !ok {
			v = fact.Value{Maturity: fact.Missing}
		}
		c.values[i] = v
		if v.Known() {
			c.boxed[i] = box(d.Type, v)
		}
	}
	t.put(c)
}

func newColumn(d fact.Definition, id int64, subjects int) column {
	return column{
		def: d, id: id, values: make([]fact.Value, subjects), boxed: make([]ref.Val, subjects),
		unknown: types.NewUnknown(id, types.NewAttributeTrail(d.Name)),
	}
}

func (t *table) put(c column) {
	t.colOf[c.def.Name] = len(t.cols)
	t.cols = append(t.cols, c)
}

// box turns a value into CEL's; nil where it is not a number after all.
func box(t fact.Type, v fact.Value) ref.Val {
	switch t {
	case fact.Flag:
		return types.Bool(v.Flag)
	case fact.Text:
		return types.String(v.Text)
	case fact.Money:
		return types.Double(v.Money.Major())
	case fact.Count:
		if math.IsNaN(v.Num) || math.IsInf(v.Num, 0) {
			return nil
		}
		return types.Int(int64(math.Round(v.Num)))
	default:
		if math.IsNaN(v.Num) {
			return nil
		}
		return types.Double(v.Num)
	}
}

// usable says whether a value of that maturity may decide under a policy that accepts these.
func usable(m fact.Maturity, accepts map[fact.Maturity]bool) bool {
	switch m {
	case fact.Fresh, fact.Estimated:
		return true
	case fact.Settling, fact.Stale:
		return accepts[m]
	default: // missing
		return false
	}
}

// find lists the subjects that a person may mean: the id itself, or every id whose last
// part, or whose part after the marketplace, is that text.
func (t *table) find(subject string) []int {
	if i, ok := t.index[subject]; ok {
		return []int{i}
	}
	var out []int
	for i, id := range t.ids {
		_, rest := fact.SplitID(id)
		if strings.EqualFold(rest, subject) || strings.EqualFold(lastPart(id), subject) {
			out = append(out, i)
		}
	}
	return out
}

func lastPart(id string) string {
	if i := strings.LastIndexByte(id, '/'); i >= 0 {
		return id[i+1:]
	}
	return id
}
