package rules

import (
	"context"
	"math"
	"slices"
	"strings"
	"sync"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// pastLimit is how many bytes of facts of past days are kept, about 90 days of ten thousand numbers in each of seventy columns.
const pastLimit = 96 << 20

// past keeps the facts of days as they were known on them, so that a backtest does not read again what the one before it
// read. What was known on a day does not change until data does, see version. Values are packed: a number and the place of
// what is said of it. It is safe for concurrent use.
type past struct {
	facts     Facts
	relations fact.RelationProvider
	version   func() int64 // nil: nothing is kept
	groups    map[string][]string
	group     map[string]string

	mu      sync.Mutex
	at      int64
	cols    map[pastKey]*packed
	related map[relatedKey]map[string][]string
	ids     map[string][][]string // by group: lists of subjects that columns share
	size    int
}

type pastKey struct {
	day  core.Day
	name string
}

type relatedKey struct {
	relation fact.Relation
	day      core.Day
}

func newPast(facts Facts, relations fact.RelationProvider, version func() int64) *past {
	p := &past{facts: facts, relations: relations, version: version, groups: map[string][]string{}, group: map[string]string{}}
	for _, d := range facts.Definitions() {
		module, _, _ := strings.Cut(d.Name, ".")
		g := module + " " + string(d.Subject)
		p.groups[g] = append(p.groups[g], d.Name)
		p.group[d.Name] = g
	}
	return p
}

var _ Facts = (*past)(nil)

// Definitions implements Facts.
func (p *past) Definitions() []fact.Definition { return p.facts.Definitions() }

// Columns implements Facts. What is not kept is read with all that its module tells of such subjects: that costs nothing
// more, and a draft that asks another of them finds it.
func (p *past) Columns(ctx context.Context, q fact.Query) ([]fact.Column, error) {
	if p.version == nil || q.Subject != "" {
		return p.facts.Columns(ctx, q)
	}
	at := p.version()
	out, missing := p.known(at, q)
	if len(missing) == 0 {
		return out, nil
	}
	cols, err := p.facts.Columns(ctx, fact.Query{AsOf: q.AsOf, Names: missing})
	if err != nil {
		return nil, err
	}
	if ctx.Err() != nil { // what was given up may have been answered in part
		return nil, ctx.Err()
	}
	p.keep(at, q.AsOf, cols)
	for _, c := range cols {
		if slices.Contains(q.Names, c.Name) {
			out = append(out, c)
		}
	}
	return out, nil
}

// known gives the columns that are kept, and the names to ask for.
func (p *past) known(at int64, q fact.Query) (out []fact.Column, missing []string) {
	p.mu.Lock()
	p.renew(at)
	var found []*packed
	asked := map[string]bool{}
	for _, n := range q.Names {
		if c := p.cols[pastKey{q.AsOf, n}]; c != nil {
			found = append(found, c)
		} else if g := p.group[n]; !asked[g] {
			asked[g] = true
			missing = append(missing, p.groups[g]...)
		}
	}
	p.mu.Unlock()
	for _, c := range found {
		if !asked[p.group[c.name]] {
			out = append(out, c.column())
		}
	}
	return out, missing
}

// renew forgets everything when data changed.
func (p *past) renew(at int64) {
	if p.cols == nil || p.at != at {
		p.at, p.size = at, 0
		p.cols, p.related, p.ids = map[pastKey]*packed{}, map[relatedKey]map[string][]string{}, map[string][][]string{}
	}
}

// keep packs columns, as far as there is room. Nothing is pushed out for them: days are read in a row, and the next
// backtest begins with those that were read first.
func (p *past) keep(at int64, day core.Day, cols []fact.Column) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.version() != at || p.at != at {
		return
	}
	for _, c := range cols {
		key := pastKey{day, c.Name}
		if p.size >= pastLimit || p.cols[key] != nil {
			continue
		}
		x := pack(c, p.subjects(p.group[c.Name], c.Values))
		p.cols[key] = x
		p.size += x.size()
	}
}

// listsKept is how many lists of subjects a group of facts tries before it makes one more.
const listsKept = 8

// subjects is the list of the ids of a column; columns with the same ids share it.
func (p *past) subjects(group string, values map[string]fact.Value) []string {
	for _, ids := range p.ids[group] {
		if sameIDs(ids, values) {
			return ids
		}
	}
	ids := make([]string, 0, len(values))
	for id := range values {
		ids = append(ids, id)
	}
	p.size += 16 * len(ids)
	lists := append([][]string{ids}, p.ids[group]...)
	p.ids[group] = lists[:min(len(lists), listsKept)]
	return ids
}

func sameIDs(ids []string, values map[string]fact.Value) bool {
	if len(ids) != len(values) {
		return false
	}
	for _, id := range ids {
		if _, ok := values[id]; !ok {
			return false
		}
	}
	return true
}

// Relations implements fact.RelationProvider.
func (p *past) Relations() []fact.Relation {
	if p.relations == nil {
		return nil
	}
	return p.relations.Relations()
}

// Related implements fact.RelationProvider.
func (p *past) Related(ctx context.Context, r fact.Relation, asOf core.Day) (map[string][]string, error) {
	if p.version == nil {
		return p.relations.Related(ctx, r, asOf)
	}
	at, key := p.version(), relatedKey{r, asOf}
	p.mu.Lock()
	p.renew(at)
	got, ok := p.related[key]
	p.mu.Unlock()
	if ok {
		return got, nil
	}
	got, err := p.relations.Related(ctx, r, asOf)
	if err != nil {
		return nil, err
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.at == at && p.version() == at && p.size < pastLimit {
		p.related[key] = got
		for _, ids := range got {
			p.size += 64 + 16*len(ids)
		}
	}
	return got, nil
}

// packed is a column in little room.
type packed struct {
	name  string
	ids   []string
	which []uint16    // place in said, of each id
	said  []saidOf    // what is said of values, each once
	nums  []uint64    // the number, the amount in minor units or the flag, of each id
	texts []string    // nil: all empty
	raw   fact.Column // instead of all that, where it would lose something
}

// saidOf is what many values of a column have in common.
type saidOf struct {
	asOf         core.Day
	maturity     fact.Maturity
	source, note string
	currency     core.Currency
	kind         uint8 // which field has the number
}

const (
	packNothing uint8 = iota
	packNum
	packMoney
	packFlag
)

func pack(c fact.Column, ids []string) *packed {
	x := &packed{name: c.Name, ids: ids, which: make([]uint16, len(ids)), nums: make([]uint64, len(ids))}
	places := map[saidOf]uint16{}
	for i, id := range ids {
		v := c.Values[id]
		said, num, ok := packValue(v)
		at, seen := places[said]
		if !seen {
			at = uint16(len(x.said))
			places[said] = at
			x.said = append(x.said, said)
		}
		if !ok || len(x.said) > math.MaxUint16 {
			return &packed{name: c.Name, raw: c}
		}
		x.which[i], x.nums[i] = at, num
		if v.Text != "" {
			if x.texts == nil {
				x.texts = make([]string, len(ids))
			}
			x.texts[i] = v.Text
		}
	}
	return x
}

// packValue takes a value apart; not ok where more than one field holds a number.
func packValue(v fact.Value) (said saidOf, num uint64, ok bool) {
	said = saidOf{asOf: v.AsOf, maturity: v.Maturity, source: v.Source, note: v.Note, currency: v.Money.Currency}
	bits := math.Float64bits(v.Num)
	switch {
	case bits != 0 && v.Money.Minor == 0 && !v.Flag:
		said.kind, num = packNum, bits
	case bits == 0 && v.Money.Minor != 0 && !v.Flag:
		said.kind, num = packMoney, uint64(v.Money.Minor)
	case bits == 0 && v.Money.Minor == 0 && v.Flag:
		said.kind, num = packFlag, 1
	case bits == 0 && v.Money.Minor == 0:
	default:
		return said, 0, false
	}
	return said, num, true
}

func (x *packed) column() fact.Column {
	if x.raw.Values != nil {
		return x.raw
	}
	out := fact.Column{Name: x.name, Values: make(map[string]fact.Value, len(x.ids))}
	for i, id := range x.ids {
		s := &x.said[x.which[i]]
		v := fact.Value{AsOf: s.asOf, Maturity: s.maturity, Source: s.source, Note: s.note, Money: core.Money{Currency: s.currency}}
		switch s.kind {
		case packNum:
			v.Num = math.Float64frombits(x.nums[i])
		case packMoney:
			v.Money.Minor = int64(x.nums[i])
		case packFlag:
			v.Flag = true
		}
		if x.texts != nil {
			v.Text = x.texts[i]
		}
		out.Values[id] = v
	}
	return out
}

// size is about how many bytes it takes.
func (x *packed) size() int {
	n := 200 + 10*len(x.which) + 96*len(x.said) + 200*len(x.raw.Values)
	for _, t := range x.texts {
		n += 16 + len(t)
	}
	return n
}
