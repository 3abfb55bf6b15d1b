package rules

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// reach is how a policy about one kind of subject sees the facts about another.
type reach uint8

const (
	unseen reach = iota
	own          // the same kind
	wider        // the marketplace, the account or the campaign that it lies in: one value
	many         // subjects related to it: a list of values
)

func (e *Engine) reach(kind, other fact.SubjectKind) reach {
	switch {
	case other == kind:
		return own
	case liesIn(kind, other):
		return wider
	case e.hasRelation(kind, other), kind == fact.SearchTerm && e.hasRelation(fact.Campaign, other):
		return many
	}
	return unseen
}

// liesIn says whether every subject of a kind lies in exactly one of another.
func liesIn(kind, other fact.SubjectKind) bool {
	switch other {
	case fact.Account:
		return true
	case fact.Marketplace:
		return kind != fact.Account
	case fact.Campaign:
		return kind == fact.SearchTerm
	case fact.SKU, fact.SearchTerm, fact.HealthMetric:
	}
	return false
}

func (e *Engine) hasRelation(from, to fact.SubjectKind) bool {
	if e.relations == nil {
		return false
	}
	all := e.relations.Relations()
	return slices.Contains(all, fact.Relation{From: from, To: to}) || slices.Contains(all, fact.Relation{From: to, To: from})
}

// belonging gives the subjects of another kind by those of a kind, or by the campaigns that search terms lie in.
func (e *Engine) belonging(ctx context.Context, kind, other fact.SubjectKind, asOf core.Day) (map[string][]string, error) {
	if !e.hasRelation(kind, other) {
		kind = fact.Campaign
	}
	return e.relation(ctx, kind, other, asOf)
}

// related lines up what belonging gave by the ids of a table.
func (e *Engine) related(t *table, other fact.SubjectKind, byID map[string][]string) [][]string {
	direct := e.hasRelation(t.kind, other)
	out := make([][]string, len(t.ids))
	for i, id := range t.ids {
		if !direct {
			id = ancestor(id, fact.Campaign)
		}
		out[i] = byID[id]
	}
	return out
}

func (e *Engine) relation(ctx context.Context, from, to fact.SubjectKind, asOf core.Day) (map[string][]string, error) {
	r, turned := fact.Relation{From: from, To: to}, false
	if !slices.Contains(e.relations.Relations(), r) {
		r, turned = fact.Relation{From: to, To: from}, true
	}
	got, err := e.relations.Related(ctx, r, asOf)
	if err != nil {
		return nil, fmt.Errorf("read which %s belong to which %s: %w", to, from, err)
	}
	if !turned {
		return got, nil
	}
	out := map[string][]string{}
	for id, others := range got {
		for _, o := range others {
			out[o] = append(out[o], id)
		}
	}
	for _, ids := range out {
		slices.Sort(ids)
	}
	return out, nil
}

// addMany adds a fact about related subjects: the list of its values, unknown where there is none or one is not known.
func (t *table) addMany(d fact.Definition, id int64, values map[string]fact.Value, related [][]string) {
	c := newColumn(d, id, len(t.ids))
	for i := range t.ids {
		v := fact.Value{Maturity: fact.Fresh}
		list := make([]ref.Val, 0, len(related[i]))
		for _, other := range related[i] {
			o, ok := values[other]
			b := ref.Val(nil)
			if ok && o.Known() {
				b = box(d.Type, o)
			}
			if b == nil {
				v.Maturity, v.Note = fact.Missing, "not known of "+lastPart(other)
				break
			}
			list = append(list, b)
			v.Maturity = fact.Worst(v.Maturity, o.Maturity)
			v.Source = o.Source
			if v.AsOf == 0 || o.AsOf < v.AsOf {
				v.AsOf = o.AsOf
			}
		}
		if len(related[i]) == 0 {
			v.Maturity, v.Note = fact.Missing, "nothing belongs to it"
		}
		c.values[i] = v
		if v.Known() {
			c.boxed[i] = types.NewRefValList(types.DefaultTypeAdapter, list)
		}
	}
	t.put(c)
}

// listFunctions make one value of the values of related subjects.
func listFunctions() []cel.EnvOption {
	doubles, ints, flags := cel.ListType(cel.DoubleType), cel.ListType(cel.IntType), cel.ListType(cel.BoolType)
	pick := func(name string, choose func(a, b ref.Val) ref.Val) cel.EnvOption {
		fold := cel.UnaryBinding(func(v ref.Val) ref.Val { return foldList(v, choose) })
		return cel.Function(name,
			cel.Overload(name+"_double", []*cel.Type{doubles}, cel.DoubleType, fold),
			cel.Overload(name+"_int", []*cel.Type{ints}, cel.IntType, fold))
	}
	flag := func(name string, when ref.Val) cel.EnvOption {
		return cel.Function(name, cel.Overload(name+"_bool", []*cel.Type{flags}, cel.BoolType, cel.UnaryBinding(func(v ref.Val) ref.Val {
			return foldList(v, func(a, b ref.Val) ref.Val {
				if a == when {
					return a
				}
				return b
			})
		})))
	}
	return []cel.EnvOption{
		pick("lowest", func(a, b ref.Val) ref.Val { return chosen(a, b, types.IntNegOne) }),
		pick("highest", func(a, b ref.Val) ref.Val { return chosen(a, b, types.IntOne) }),
		pick("total", func(a, b ref.Val) ref.Val {
			if x, ok := a.(traits.Adder); ok {
				return x.Add(b)
			}
			return a
		}),
		flag("any", types.True), flag("every", types.False),
	}
}

func chosen(a, b ref.Val, want types.Int) ref.Val {
	if x, ok := a.(traits.Comparer); ok && x.Compare(b) == want {
		return a
	}
	return b
}

var errEmptyList = errors.New("nothing to choose from")

func foldList(v ref.Val, join func(a, b ref.Val) ref.Val) ref.Val {
	l, ok := v.(traits.Lister)
	if !ok {
		return types.MaybeNoSuchOverloadErr(v)
	}
	var out ref.Val
	for it := l.Iterator(); it.HasNext() == types.True; {
		if x := it.Next(); out == nil {
			out = x
		} else {
			out = join(out, x)
		}
	}
	if out == nil {
		return types.WrapErr(errEmptyList)
	}
	return out
}
