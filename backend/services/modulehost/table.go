package modulehost

import (
	"fmt"
	"sort"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// FactTableInput asks for a window of a module's facts.
type FactTableInput struct {
	Module      string `json:"module"`
	SubjectKind string `json:"subject_kind"` // empty: the module's first
	Filter      string `json:"filter"`       // part of subject or label
	Sort        string `json:"sort"`         // fact name; empty: by subject
	Desc        bool   `json:"desc"`
	Offset      int    `json:"offset"`
	Limit       int    `json:"limit"`   // at most 200
	AsOf        string `json:"as_of"`   // empty: today
	Subject     string `json:"subject"` // exact subject id; empty: all
}

// SubjectKindOutput is one kind of subject the module has facts of.
type SubjectKindOutput struct {
	Kind  string `json:"kind"`
	Title string `json:"title"`
	Count int    `json:"count"`
}

// ColumnOutput is a fact's definition.
type ColumnOutput struct {
	Name    string   `json:"name"`
	Title   string   `json:"title"`
	Type    string   `json:"type"`
	Unit    string   `json:"unit"`
	Meaning string   `json:"meaning"`
	Formula string   `json:"formula"`
	Sources []string `json:"sources"`
	Daily   string   `json:"daily"`
	Better  string   `json:"better"`
}

// CellOutput is one value.
type CellOutput struct {
	Text     string   `json:"text"`
	Num      *float64 `json:"num"` // null for text and what is not known; money in major units
	Maturity string   `json:"maturity"`
	AsOf     string   `json:"as_of"`
	Source   string   `json:"source"`
	Note     string   `json:"note"`
}

// RowOutput is one subject with a cell per column.
type RowOutput struct {
	Subject string       `json:"subject"`
	Label   string       `json:"label"`
	Detail  string       `json:"detail"`
	Cells   []CellOutput `json:"cells"`
}

// FactTableOutput is a window of a module's facts.
type FactTableOutput struct {
	Module       string              `json:"module"`
	Title        string              `json:"title"`
	AsOf         string              `json:"as_of"`
	SubjectKinds []SubjectKindOutput `json:"subject_kinds"`
	Columns      []ColumnOutput      `json:"columns"`
	Rows         []RowOutput         `json:"rows"`
	Total        int                 `json:"total"`
}

// FactTable answers facts as a table: sorted, filtered and paged here, never in the window.
func (a *API) FactTable(in FactTableInput) (FactTableOutput, error) {
	out := FactTableOutput{Module: in.Module, SubjectKinds: []SubjectKindOutput{}, Columns: []ColumnOutput{}, Rows: []RowOutput{}}
	at, err := a.ready()
	if err != nil {
		return out, err
	}
	s := at.h.find(in.Module)
	if s == nil {
		return out, core.NotFound("modulehost", "There is no module "+in.Module+".")
	}
	asOf := at.today()
	if in.AsOf != "" {
		var err error
		if asOf, err = core.ParseDay(in.AsOf); err != nil {
			return out, core.Invalid("modulehost", err.Error()+".", "")
		}
	}
	out.Title, out.AsOf = s.mf.Title, asOf.String()
	cols, err := at.h.columnsOf(at.ctx, s, asOf)
	if err != nil {
		return out, err
	}
	t := newTable(s.mf.Facts, cols, in)
	out.SubjectKinds, out.Columns = t.kinds, t.columns()
	subjects := t.subjects(at.label)
	out.Total = len(subjects)
	for i := max(in.Offset, 0); i < len(subjects) && len(out.Rows) < min(max(in.Limit, 1), 200); i++ {
		out.Rows = append(out.Rows, t.row(subjects[i], at.label))
	}
	return out, nil
}

type table struct {
	in     FactTableInput
	kind   fact.SubjectKind
	kinds  []SubjectKindOutput
	defs   []fact.Definition
	values []map[string]fact.Value
}

func newTable(all []fact.Definition, cols []fact.Column, in FactTableInput) *table {
	byName := map[string]map[string]fact.Value{}
	for _, c := range cols {
		byName[c.Name] = c.Values
	}
	t := &table{in: in, kind: fact.SubjectKind(in.SubjectKind), kinds: []SubjectKindOutput{}}
	subjects := map[fact.SubjectKind]map[string]bool{}
	var order []fact.SubjectKind
	for _, d := range all {
		if subjects[d.Subject] == nil {
			subjects[d.Subject] = map[string]bool{}
			order = append(order, d.Subject)
		}
		for id := range byName[d.Name] {
			subjects[d.Subject][id] = true
		}
	}
	for _, k := range order {
		t.kinds = append(t.kinds, SubjectKindOutput{string(k), kindTitle(k), len(subjects[k])})
	}
	if t.kind == "" && len(order) > 0 {
		t.kind = order[0]
	}
	for _, d := range all {
		if d.Subject == t.kind {
			t.defs = append(t.defs, d)
			t.values = append(t.values, byName[d.Name])
		}
	}
	return t
}

func kindTitle(k fact.SubjectKind) string {
	switch k {
	case fact.SKU:
		return "SKUs"
	case fact.Marketplace:
		return "Marketplaces"
	case fact.Campaign:
		return "Campaigns"
	case fact.SearchTerm:
		return "Search terms"
	case fact.HealthMetric:
		return "Health metrics"
	default:
		return "Account"
	}
}

func (t *table) columns() []ColumnOutput {
	out := []ColumnOutput{}
	for _, d := range t.defs {
		out = append(out, ColumnOutput{
			Name: d.Name, Title: Title(d), Type: string(d.Type), Unit: d.Unit, Meaning: d.Meaning, Formula: d.Formula,
			Sources: append([]string{}, d.Sources...), Daily: d.Daily, Better: d.Better,
		})
	}
	return out
}

// Title words a fact's name for a column header: "inventory.cover_days" is "Cover days".
func Title(d fact.Definition) string {
	_, n, _ := strings.Cut(d.Name, ".")
	n = strings.ReplaceAll(n, "_", " ")
	for _, w := range []string{"7d", "28d", "60d", "90d"} {
		n = strings.Replace(n, " "+w, ", "+strings.TrimSuffix(w, "d")+" d", 1)
	}
	for from, to := range map[string]string{"acos": "ACoS", "pct": "%", "skus": "SKUs"} {
		n = strings.ReplaceAll(n, from, to)
	}
	if n == "" {
		return d.Name
	}
	return strings.ToUpper(n[:1]) + n[1:]
}

func (t *table) subjects(label func(string) string) []string {
	seen := map[string]bool{}
	var out []string
	f := strings.ToLower(strings.TrimSpace(t.in.Filter))
	for _, col := range t.values {
		for id := range col {
			if seen[id] || (t.in.Subject != "" && id != t.in.Subject) {
				continue
			}
			seen[id] = true
			if f == "" || strings.Contains(strings.ToLower(id+" "+label(id)), f) {
				out = append(out, id)
			}
		}
	}
	sort.Strings(out)
	t.sort(out)
	return out
}

// sort orders by a fact; what is not known comes last either way.
func (t *table) sort(ids []string) {
	at := -1
	for i, d := range t.defs {
		if d.Name == t.in.Sort {
			at = i
		}
	}
	if at < 0 {
		if t.in.Desc {
			sort.Sort(sort.Reverse(sort.StringSlice(ids)))
		}
		return
	}
	col, typ := t.values[at], t.defs[at].Type
	sort.SliceStable(ids, func(i, j int) bool {
		a, b := col[ids[i]], col[ids[j]]
		if a.Known() != b.Known() {
			return a.Known()
		}
		if t.in.Desc {
			a, b = b, a
		}
		if typ == fact.Text {
			return a.Text < b.Text
		}
		return number(typ, a) < number(typ, b)
	})
}

func number(t fact.Type, v fact.Value) float64 {
	switch t {
	case fact.Money:
		return v.Money.Major()
	case fact.Flag:
		if v.Flag {
			return 1
		}
		return 0
	default:
		return v.Num
	}
}

func (t *table) row(id string, label func(string) string) RowOutput {
	mkt, rest := fact.SplitID(id)
	r := RowOutput{Subject: id, Label: rest, Detail: mkt, Cells: []CellOutput{}}
	if rest == "" {
		r.Label, r.Detail = mkt, ""
	}
	if name := label(id); name != "" && name != rest {
		r.Detail = mkt + " · " + name
	}
	for i, d := range t.defs {
		v, ok := t.values[i][id]
		if !ok {
			v = fact.Value{Maturity: fact.Missing}
		}
		r.Cells = append(r.Cells, cell(d, v))
	}
	return r
}

func cell(d fact.Definition, v fact.Value) CellOutput {
	c := CellOutput{Maturity: string(v.Maturity), AsOf: v.AsOf.String(), Source: v.Source, Note: v.Note}
	if !v.Known() {
		c.Text, c.Maturity = "?", string(fact.Missing)
		return c
	}
	c.Text = Format(d, v)
	if d.Type != fact.Text {
		n := number(d.Type, v)
		c.Num = &n
	}
	return c
}

// Format writes a value for people who read a terminal or a table: a decimal point, no grouping.
func Format(d fact.Definition, v fact.Value) string {
	switch d.Type {
	case fact.Money:
		return v.Money.Text()
	case fact.Flag:
		if v.Flag {
			return "yes"
		}
		return "no"
	case fact.Text:
		return v.Text
	case fact.Ratio:
		return fmt.Sprintf("%.1f %%", v.Num*100)
	case fact.Percent:
		return fmt.Sprintf("%.1f %%", v.Num)
	case fact.Count:
		return fmt.Sprintf("%.0f", v.Num)
	default:
		return fmt.Sprintf("%.1f", v.Num)
	}
}
