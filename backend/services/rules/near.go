package rules

import (
	"fmt"
	"math"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// nearShare is how far a figure may be from what is wanted for a miss to be near: a tenth of the larger of the two.
const nearShare = 0.1

// liveRow is a row of the builder that can be evaluated, with its parts.
type liveRow struct {
	Condition
	whole       *expression // of flags, formulas and comparisons; of groups the parts tell
	left, right *expression // of comparisons; nil where a side does not compile alone
	leftAs      shownAs
	rightAs     shownAs
	clause      int      // place of the clause
	inside      *liveRow // of a clause: its own condition
	parts       []*liveRow
}

// liveRows makes the rows of the conditions of a draft.
type liveRows struct {
	c       *compiler
	policy  *compiled
	clauses []*liveRow
	scope   *liveRow // nil: none
	cases   []*liveRow
	desk    *desk
	key     string
}

func (r *reading) liveRows() (*liveRows, error) {
	env, err := r.engine.envOf(r.policy.Subject)
	if err != nil {
		return nil, err
	}
	l := &liveRows{policy: r.compiled, desk: r.engine.desk, c: &compiler{policy: r.policy, defs: r.engine.defs, used: map[string]bool{}}}
	if err := l.c.environments(env); err != nil {
		return nil, err
	}
	var key strings.Builder
	key.WriteString(string(r.policy.Subject))
	for _, t := range r.policy.Thresholds {
		key.WriteString(" threshold." + t.Name)
	}
	for _, cl := range r.policy.Clauses {
		key.WriteString(" " + cl.Name)
	}
	l.key = key.String() + "|"
	m := modelOf(r.policy)
	for _, cl := range m.Clauses {
		l.clauses = append(l.clauses, l.row(cl.When.Tree))
	}
	l.scope = l.row(m.Scope.Tree)
	for _, cs := range m.Cases {
		l.cases = append(l.cases, l.row(cs.When.Tree))
	}
	return l, nil
}

func (l *liveRows) row(c *Condition) *liveRow {
	if c == nil {
		return nil
	}
	n := &liveRow{Condition: *c, clause: -1}
	switch c.Kind {
	case CondAll, CondAny, CondNot:
		for i := range c.Parts {
			n.parts = append(n.parts, l.row(&c.Parts[i]))
		}
		return n
	case CondClause:
		n.clause = l.policy.clause[c.Left]
		if n.clause < len(l.clauses) {
			n.inside = l.clauses[n.clause]
		}
		return n
	case CondCompare:
		n.left, n.right = l.expr(c.Left, nil), l.expr(c.Right, nil)
		if n.left != nil && n.right != nil {
			n.leftAs = l.policy.shownAs(n.left.tree.NativeRep().Expr())
			n.rightAs = l.policy.shownAs(n.right.tree.NativeRep().Expr())
			n.leftAs, n.rightAs = beside(n.leftAs, n.rightAs), beside(n.rightAs, n.leftAs)
		}
	}
	n.whole = l.expr(c.Text(), cel.BoolType)
	return n
}

func (l *liveRows) expr(text string, want *cel.Type) *expression {
	return l.desk.expr(l.key, text, func() *expression {
		x, err := l.c.expr(l.c.full, "", "", Text{Value: text}, want)
		if err != nil {
			return nil
		}
		return x
	})
}

// result is how a row stands for the subject: true, false or unknown.
func (n *liveRow) result(r *row) ref.Val {
	switch n.Kind {
	case CondClause:
		return r.evalClause(n.clause)
	case CondNot:
		switch v := n.parts[0].result(r); v {
		case types.True:
			return types.False
		case types.False:
			return types.True
		default:
			return v
		}
	case CondAll:
		return n.joined(r, types.False)
	case CondAny:
		return n.joined(r, types.True)
	}
	if n.whole == nil {
		return types.NewUnknown(byFault, types.NewAttributeTrail("it cannot be read alone"))
	}
	return r.eval(n.whole)
}

// joined is that of an and, which one false part decides, or of an or, which a true one does.
func (n *liveRow) joined(r *row, decides ref.Val) ref.Val {
	var out ref.Val
	for _, p := range n.parts {
		v := p.result(r)
		if v == decides {
			return v
		}
		if u, ok := v.(*types.Unknown); ok {
			if was, ok := out.(*types.Unknown); ok {
				u = types.MergeUnknowns(was, u)
			}
			out = u
		}
	}
	switch {
	case out != nil:
		return out
	case decides == types.False:
		return types.True
	}
	return types.False
}

// missing is the largest share by which a figure must move for the row to become what is wanted; 0 where it is so.
// It is false where it cannot, or where a figure would have to move by more than nearShare. Unknown is never near.
func (n *liveRow) missing(r *row, want bool) (float64, bool) {
	switch n.Kind {
	case CondClause:
		if n.inside == nil {
			return 0, is(r.evalClause(n.clause), want)
		}
		return n.inside.missing(r, want)
	case CondNot:
		return n.parts[0].missing(r, !want)
	case CondAll, CondAny:
		if (n.Kind == CondAll) == want {
			return n.missingAll(r, want)
		}
		_, share, ok := n.nearest(r, want)
		return share, ok
	}
	switch n.result(r) {
	case types.Bool(want):
		return 0, true
	case types.Bool(!want):
		return n.gap(r)
	}
	return 0, false
}

func is(v ref.Val, want bool) bool { return v == types.Bool(want) }

func (n *liveRow) missingAll(r *row, want bool) (float64, bool) {
	worst := 0.0
	for _, p := range n.parts {
		share, ok := p.missing(r, want)
		if !ok {
			return 0, false
		}
		worst = max(worst, share)
	}
	return worst, true
}

// nearest is the part that is least far from what is wanted.
func (n *liveRow) nearest(r *row, want bool) (part *liveRow, share float64, ok bool) {
	share = math.Inf(1)
	for _, p := range n.parts {
		if s, can := p.missing(r, want); can && s < share {
			part, share, ok = p, s, true
		}
	}
	return part, share, ok
}

// gap is how far a comparison of numbers is from turning over, as a share of the larger figure.
func (n *liveRow) gap(r *row) (float64, bool) {
	if n.Kind != CondCompare || n.left == nil || n.right == nil || n.Op == "in" {
		return 0, false
	}
	left, known := r.number(n.left)
	right, both := r.number(n.right)
	most := max(math.Abs(left), math.Abs(right))
	if !known || !both || most == 0 {
		return 0, false
	}
	share := math.Abs(left-right) / most
	return share, share <= nearShare+1e-9
}

// lacks says in words which figures keep the row from being what is wanted.
func (n *liveRow) lacks(r *row, want bool) []string {
	switch n.Kind {
	case CondClause:
		if n.inside != nil {
			return n.inside.lacks(r, want)
		}
		return nil
	case CondNot:
		return n.parts[0].lacks(r, !want)
	case CondAll, CondAny:
		if (n.Kind == CondAll) != want {
			if p, _, ok := n.nearest(r, want); ok {
				return p.lacks(r, want)
			}
			return nil
		}
		var out []string
		for _, p := range n.parts {
			out = append(out, p.lacks(r, want)...)
		}
		return out
	}
	if n.Kind != CondCompare || is(n.result(r), want) || n.left == nil || n.right == nil {
		return nil
	}
	return []string{n.lack(r, want)}
}

// lack says what a comparison lacks: "Days of cover 36.2, below 35.0 wanted".
func (n *liveRow) lack(r *row, want bool) string {
	left, right, leftAs, rightAs, op := n.left, n.right, n.leftAs, n.rightAs, n.Op
	if len(r.factsOf(left)) == 0 && len(r.factsOf(right)) > 0 {
		left, right, leftAs, rightAs, op = right, left, rightAs, leftAs, turned(op)
	}
	if !want {
		op = opposed(op)
	}
	title := r.sideWords(left)
	of := left
	if isMoney(rightAs) && len(r.factsOf(right)) > 0 {
		of = right
	}
	write := func(e *expression, as shownAs) string {
		as.unit = ""
		s := r.valueText(of, r.eval(e), as)
		if strings.Contains(strings.ToLower(title), "days") {
			s = bare(s, "days")
		}
		return s
	}
	return fmt.Sprintf("%s %s, %s %s wanted", title, write(left, leftAs), opWords(op), write(right, rightAs))
}

// turned is the operator with its sides changed over.
func turned(op string) string {
	switch op[0] {
	case '<':
		return ">" + op[1:]
	case '>':
		return "<" + op[1:]
	}
	return op
}

// opposed is the operator that is true where the other is false.
func opposed(op string) string {
	return map[string]string{"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}[op]
}

func opWords(op string) string {
	return map[string]string{"<": "below", "<=": "at most", ">": "above", ">=": "at least", "==": "exactly", "!=": "other than"}[op]
}
