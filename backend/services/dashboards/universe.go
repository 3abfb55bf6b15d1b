package dashboards

import (
	"context"
	"slices"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
)

type universeKey struct {
	module string
	kind   fact.SubjectKind
	asOf   core.Day
	period core.Period // only where the range decides which subjects there are
}

// universe is the subjects that a table can show, with what is needed to pick among them quickly.
type universe struct {
	ids     []string // sorted
	lower   []string // id and label in lower case, for the text filter
	market  []uint8  // index into codes
	codes   []string
	columns map[string]map[string]fact.Value // facts by name, then subject
	aligned map[frameKey][]int32             // rows of a frame beside ours
}

// frameKey tells the subjects of a frame from those of others by where they are kept, and how many of them.
type frameKey struct {
	first *string
	n     int
}

// byRange says whether only what did something in the range is worth a row.
func byRange(kind fact.SubjectKind) bool { return kind == fact.Campaign || kind == fact.SearchTerm }

// universe gives the subjects of a kind that a module knows. It is kept until data changes.
func (s *Service) universe(ctx context.Context, module string, kind fact.SubjectKind, v view) (*universe, error) {
	key := universeKey{module: module, kind: kind, asOf: v.asOf}
	if byRange(kind) {
		key.period = v.period
	}
	version := s.o.Modules.Version()
	s.mu.Lock()
	if s.at != version {
		clear(s.kept)
		s.at = version
	}
	u := s.kept[key]
	s.mu.Unlock()
	if u != nil {
		return u, nil
	}
	u, err := s.newUniverse(ctx, key, v)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.at == version {
		s.kept[key] = u
	}
	return u, nil
}

func (s *Service) newUniverse(ctx context.Context, key universeKey, v view) (*universe, error) {
	ids, err := s.subjects(ctx, key, v)
	if err != nil {
		return nil, err
	}
	u := &universe{ids: ids, lower: make([]string, len(ids)), market: make([]uint8, len(ids)), columns: map[string]map[string]fact.Value{}, aligned: map[frameKey][]int32{}}
	for i, id := range ids {
		code, _ := fact.SplitID(id)
		at := slices.Index(u.codes, code)
		if at < 0 {
			at = len(u.codes)
			u.codes = append(u.codes, code)
		}
		u.market[i] = uint8(at)
		u.lower[i] = strings.ToLower(id + " " + s.o.Account.Label(id))
	}
	return u, nil
}

// subjects lists what a module has facts of, or, where only the range counts, what its measures speak of.
func (s *Service) subjects(ctx context.Context, key universeKey, v view) ([]string, error) {
	switch {
	case key.kind == fact.Account:
		return []string{"account"}, nil
	case key.kind == fact.Marketplace:
		var out []string
		for _, m := range s.o.Account.Marketplaces() {
			out = append(out, m.Code)
		}
		slices.Sort(out)
		return out, nil
	case byRange(key.kind):
		if ids, ok, err := s.active(ctx, key, v); ok || err != nil {
			return ids, err
		}
	}
	var names []string
	for _, d := range s.facts {
		if d.Subject == key.kind && moduleOf(d.Name) == key.module {
			names = append(names, d.Name)
		}
	}
	if len(names) == 0 {
		return nil, nil
	}
	cols, err := s.o.Modules.Columns(ctx, fact.Query{AsOf: v.asOf, Names: names})
	if err != nil {
		return nil, err
	}
	seen := map[string]struct{}{}
	for _, c := range cols {
		for id := range c.Values {
			seen[id] = struct{}{}
		}
	}
	out := make([]string, 0, len(seen))
	for id := range seen {
		out = append(out, id)
	}
	slices.Sort(out)
	return out, nil
}

// active lists the subjects that the module's measures speak of in the range; false if it has none of the kind.
func (s *Service) active(ctx context.Context, key universeKey, v view) ([]string, bool, error) {
	var names []string
	for _, n := range s.order {
		m, ok := s.measures[n]
		if ok && moduleOf(n) == key.module && m.Base() && slices.Contains(m.Kinds, key.kind) {
			names = append(names, n)
		}
	}
	if len(names) == 0 {
		return nil, false, nil
	}
	slices.Sort(names)
	f, err := s.o.Modules.Frame(ctx, fact.MeasureQuery{Names: names, Kind: key.kind, Period: v.period, AsOf: v.asOf})
	if err != nil {
		return nil, true, err
	}
	out := slices.Clone(f.Subjects)
	slices.Sort(out)
	return slices.Compact(out), true, nil
}

// factColumn gives the values of a fact by subject, read once.
func (s *Service) factColumn(ctx context.Context, u *universe, name string, asOf core.Day) (map[string]fact.Value, error) {
	s.mu.Lock()
	col, ok := u.columns[name]
	s.mu.Unlock()
	if ok {
		return col, nil
	}
	cols, err := s.o.Modules.Columns(ctx, fact.Query{AsOf: asOf, Names: []string{name}})
	if err != nil {
		return nil, err
	}
	col = map[string]fact.Value{}
	if len(cols) > 0 {
		col = cols[0].Values
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	u.columns[name] = col
	return col, nil
}

// pick lists the rows of the universe that are in scope and hold the text.
func (u *universe) pick(v view, kind fact.SubjectKind, query, subject string) []int {
	q := strings.ToLower(strings.TrimSpace(query))
	in := make([]bool, len(u.codes))
	for i, c := range u.codes {
		in[i] = kind == fact.Account || slices.Contains(v.codes(), c)
	}
	out := make([]int, 0, len(u.ids))
	for i, id := range u.ids {
		switch {
		case !in[u.market[i]]:
		case subject != "" && id != subject:
		case q != "" && !strings.Contains(u.lower[i], q):
		case kind == fact.SKU && v.narrowed() && !v.holds(kind, id):
		default:
			out = append(out, i)
		}
	}
	return out
}
