package reviews

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/source"
)

// snapshotsKept is how many as-of days are kept in memory: today, and what it is compared with.
const snapshotsKept = 3

// memory keeps everything that is known as of a few days, so that a page needs no reading. What is
// kept is right as long as the count of changes, made in the transactions of Apply, is the same.
type memory struct {
	mu      sync.Mutex
	changes int64
	list    []*snapshot // newest use last
}

// snapshot is all feedback and returns as known on one as-of day, up to the day before.
type snapshot struct {
	*records
	asOf     core.Day
	calendar map[source.Stream]map[string]calendar // by marketplace
	sold     int                                   // items of the catalog, where byCatalog
	subjects []string                              // ids of the SKUs that anything is said of
	number   map[string]int32                      // of each in subjects
	markets  []string
	entries  map[fact.SubjectKind]entries
}

// calendar is what is known of each day of one stream in one marketplace.
type calendar struct {
	coverage
	days  core.Period
	state []dayState
	since []core.Day
}

// at says whether a day is known, and if only later, since when.
func (c calendar) at(d core.Day) (dayState, core.Day) {
	if !c.days.Contains(d) {
		return unknownDay, 0
	}
	return c.state[d-c.days.From], c.since[d-c.days.From]
}

// entries are what counts for one kind of subject, by measure and in the order of days.
type entries map[string][]entry

// entry adds n to a subject on a day.
type entry struct {
	day     core.Day
	subject int32 // in snapshot.subjects, or in snapshot.markets
	n       int64
}

// snapshot gives what is known as of a day, from memory where nothing changed.
func (m *Module) snapshot(ctx context.Context, asOf core.Day) (*snapshot, error) {
	var changes int64
	if err := m.host.DB().QueryRowContext(ctx, m.q["Changes"]).Scan(&changes); err != nil {
		return nil, fmt.Errorf("reviews: count changes: %w", err)
	}
	m.memory.mu.Lock()
	defer m.memory.mu.Unlock()
	if changes != m.memory.changes {
		m.memory.changes, m.memory.list = changes, nil
		m.orders.clear()
	}
	if i := slices.IndexFunc(m.memory.list, func(s *snapshot) bool { return s.asOf == asOf }); i >= 0 {
		s := m.memory.list[i]
		m.memory.list = append(slices.Delete(m.memory.list, i, i+1), s)
		if !s.byCatalog {
			return s, nil
		}
		items, err := m.host.Catalog().Items(ctx)
		if err != nil {
			return nil, fmt.Errorf("reviews: read the catalog: %w", err)
		}
		if len(items) == s.sold { // SKUs are only ever added
			return s, nil
		}
		m.memory.list = m.memory.list[:len(m.memory.list)-1]
	}
	s, err := m.read(ctx, asOf)
	if err != nil {
		return nil, err
	}
	if !s.unanswered { // else the module that knows orders may be down
		m.memory.list = append(m.memory.list, s)
		m.memory.list = m.memory.list[max(0, len(m.memory.list)-snapshotsKept):]
	}
	return s, nil
}

// read makes a snapshot.
func (m *Module) read(ctx context.Context, asOf core.Day) (*snapshot, error) {
	r, err := m.open(ctx, asOf)
	if err != nil {
		return nil, err
	}
	if _, all := r.returns[""]; all { // they speak for every marketplace that sells something
		r.byCatalog = true
	}
	s := &snapshot{records: r, asOf: asOf, sold: len(r.items), number: map[string]int32{}}
	ever := core.Period{To: asOf - 1}
	for _, c := range r.feedback {
		ever = c.reach(ever)
	}
	for _, c := range r.returns {
		ever = c.reach(ever)
	}
	if ever.From != 0 {
		if err := m.readFeedback(ctx, r, ever); err != nil {
			return nil, err
		}
		if err := m.readReturns(ctx, r, ever); err != nil {
			return nil, err
		}
	}
	x := &question{m, newColumns(fact.Query{AsOf: asOf}, nil), asOf, r}
	s.markets = x.markets()
	s.calendar = map[source.Stream]map[string]calendar{}
	for stream, by := range map[source.Stream]map[string]coverage{source.SellerFeedback: r.feedback, source.Returns: r.returns} {
		s.calendar[stream] = map[string]calendar{}
		for _, market := range s.markets {
			s.calendar[stream][market] = of(by, market, x.noReport(stream)).calendar(ever)
		}
	}
	s.index()
	return s, nil
}

// reach widens a period to the first day that a report may speak for.
func (c coverage) reach(p core.Period) core.Period {
	for _, r := range c.reports {
		if first := r.sure.From - maxQuietFeedback; p.From == 0 || first < p.From {
			p.From = first
		}
	}
	return p
}

// calendar looks up every day of a period once.
func (c coverage) calendar(p core.Period) calendar {
	out := calendar{coverage: c}
	if p.From == 0 || p.Days() == 0 {
		return out
	}
	out.days, out.state, out.since = p, make([]dayState, p.Days()), make([]core.Day, p.Days())
	for d := p.From; d <= p.To; d++ {
		out.state[d-p.From], out.since[d-p.From] = c.at(d)
	}
	return out
}

// index lays out what counts on the days that are known.
func (s *snapshot) index() {
	s.entries = map[fact.SubjectKind]entries{fact.SKU: {}, fact.Marketplace: {}}
	at := map[string]int32{}
	for i, code := range s.markets {
		at[code] = int32(i)
	}
	add := func(market string, skus []string, measure string, day core.Day, n int64) {
		s.entries[fact.Marketplace][measure] = append(s.entries[fact.Marketplace][measure], entry{day, at[market], n})
		for _, sku := range skus {
			s.entries[fact.SKU][measure] = append(s.entries[fact.SKU][measure], entry{day, s.numberOf(fact.SubjectID(market, sku)), n})
		}
	}
	for _, o := range s.opinions {
		if state, _ := s.calendar[source.SellerFeedback][o.market].at(o.day); state == unknownDay {
			continue
		}
		add(o.market, o.skus, measureFeedback, o.day, 1)
		if o.negative() {
			add(o.market, o.skus, measureNegative, o.day, 1)
		}
	}
	for _, u := range s.units {
		if state, _ := s.calendar[source.Returns][u.market].at(u.day); state != unknownDay {
			add(u.market, []string{u.sku}, measureReturned, u.day, u.quantity)
		}
	}
	for _, by := range s.entries { // an edited feedback stands where its first version stood
		for _, list := range by {
			slices.SortStableFunc(list, func(a, b entry) int { return int(a.day - b.day) })
		}
	}
}

func (s *snapshot) numberOf(subject string) int32 {
	n, ok := s.number[subject]
	if !ok {
		n = int32(len(s.subjects))
		s.number[subject] = n
		s.subjects = append(s.subjects, subject)
	}
	return n
}

// over gives the entries of a period; they lie in the order of days.
func (e entries) over(measure string, p core.Period) []entry {
	list := e[measure]
	from, _ := slices.BinarySearchFunc(list, p.From, func(e entry, d core.Day) int { return int(e.day - d) })
	to, _ := slices.BinarySearchFunc(list, p.To+1, func(e entry, d core.Day) int { return int(e.day - d) })
	return list[from:max(from, to)]
}
