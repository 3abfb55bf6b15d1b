package rules

import (
	"cmp"
	"slices"
	"strings"

	"cel.dev/cel-go/common/types"

	"purser/backend/core"
	"purser/backend/core/decision"
	"purser/backend/core/fact"
)

// liveAt chooses whose conditions are shown: the subject named, else the first match, near miss or subject.
func (t *trial) liveAt(subject string) (int, bool) {
	tab := t.draft().tab
	if subject = strings.TrimSpace(subject); subject != "" {
		found := tab.find(subject)
		if len(found) == 0 {
			return 0, false
		}
		return found[0], true
	}
	best := -1
	for at := range t.marks {
		if best < 0 || t.telling(&t.marks[at], &t.marks[best]) {
			best = at
		}
	}
	return best, best >= 0
}

// telling says whether a subject shows more of the draft than another: a match more than a near miss, that more than
// none; then the dearer, or the nearer.
func (t *trial) telling(m, than *mark) bool {
	rank := func(m *mark) int {
		switch {
		case m.outcome == Decided:
			return 2
		case m.near:
			return 1
		}
		return 0
	}
	if a, b := rank(m), rank(than); a != b {
		return a > b
	}
	if m.outcome == Decided {
		return t.dearer(m, than) < 0
	}
	return m.near && m.distance < than.distance
}

// live writes how each condition stands for a subject.
func (t *trial) live(at int) *LiveOutput {
	rows, f := rowsOf(t.lane), fired{}
	rows.decide(at, f)
	r := rows[len(rows)-1]
	traced := r.traced()
	v := traced.decide(f)
	x := traced.explanation(v, f)
	id := r.tab.ids[at]
	out := &LiveOutput{
		Subject: id, Label: r.hooks.label(id), Outcome: string(v.outcome), Case: x.Case, Summary: x.Summary,
		Clauses: []NamedNode{}, Cases: []NamedNode{}, Facts: r.liveFacts(),
	}
	if t.rows.scope != nil {
		n := t.rows.scope.node(r)
		out.Scope = &n
	}
	for i, cl := range r.Clauses {
		out.Clauses = append(out.Clauses, named(cl.Name, "", t.rows.clauses[i], r))
	}
	for i := range r.cases {
		out.Cases = append(out.Cases, named(r.cases[i].Name, x.Cases[i].Note, t.rows.cases[i], r))
	}
	return out
}

func named(name, note string, n *liveRow, r *row) NamedNode {
	out := NamedNode{Name: name, Note: note}
	if n != nil {
		node := n.node(r)
		out.Node = &node
	}
	return out
}

// node is how a row of the builder stands, its parts below it.
func (n *liveRow) node(r *row) NodeOutput {
	v := n.result(r)
	out := NodeOutput{Result: string(resultOf(v, true)), Note: strings.Join(r.reasons(v), ", "), Parts: []NodeOutput{}}
	for _, p := range n.parts {
		part := p.node(r)
		out.Parts = append(out.Parts, part)
		if part.AsOf != "" && (out.AsOf == "" || part.AsOf < out.AsOf) {
			out.AsOf = part.AsOf
		}
	}
	if v == types.False {
		_, out.Near = n.missing(r, true)
	}
	switch {
	case n.Kind == CondClause:
		out.AsOf = r.oldest(r.compiled.clauses[n.clause].when)
	case n.whole != nil:
		out.AsOf = r.oldest(n.whole)
	}
	switch n.Kind {
	case CondCompare:
		out.Left, out.Right = n.side(r, n.left, n.leftAs), n.side(r, n.right, n.rightAs)
	case CondFlag:
		if n.whole != nil {
			out.Left = r.valueText(n.whole, r.loose(n.whole), shownAs{format: "yesno"})
		}
	}
	return out
}

// side is the value of a side; also one that may not decide, because it is settling, is shown.
func (n *liveRow) side(r *row, e *expression, as shownAs) string {
	if e == nil {
		return ""
	}
	v := r.loose(e)
	if isUnknown(v) {
		return ""
	}
	of := e
	if isMoney(as) && len(r.factsOf(e)) == 0 { // a bare figure has the currency of what it stands beside
		if of = n.left; e == n.left {
			of = n.right
		}
	}
	return r.valueText(of, v, as)
}

// oldest is the oldest day of the facts of an expression; "" without any.
func (r *row) oldest(e *expression) string {
	var day core.Day
	for _, name := range r.factsOf(e) {
		v := r.tab.cols[r.tab.colOf[name]].values[r.at]
		if v.Known() && v.AsOf != 0 && (day == 0 || v.AsOf < day) {
			day = v.AsOf
		}
	}
	if day == 0 {
		return ""
	}
	return day.String()
}

// liveFacts are the facts that the policy reads and its thresholds.
func (r *row) liveFacts() []FactNodeOutput {
	out := []FactNodeOutput{}
	for _, line := range r.factLines(r.facts, "") {
		out = append(out, factNode(line, factTitle(r.defs[line.Expression])))
	}
	w := &writer{row: r}
	for _, t := range r.Thresholds {
		line := decision.Why{Expression: "threshold." + t.Name, Result: decision.True}
		if s := r.slots[line.Expression]; s.kind == slotConst {
			w.thresholdLine(&line, line.Expression, r.consts[s.at])
		} else {
			w.factLine(&line, &r.tab.cols[s.at])
		}
		out = append(out, factNode(line, t.title()))
	}
	slices.SortStableFunc(out, func(a, b FactNodeOutput) int { return cmp.Compare(a.Name, b.Name) })
	return out
}

func factNode(line decision.Why, title string) FactNodeOutput {
	out := FactNodeOutput{
		Name: line.Expression, Title: title, Value: line.Value, AsOf: line.AsOf, Source: line.Source, Maturity: cmp.Or(line.Maturity, fact.Missing), Note: line.Note,
	}
	if line.Value != "" && line.Unit != "" && !strings.HasSuffix(line.Value, line.Unit) {
		out.Value += " " + line.Unit
	}
	if line.Value == "" {
		out.AsOf = ""
	}
	return out
}
