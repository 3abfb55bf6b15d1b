package advertising

import (
	"context"
	"crypto/sha256"
	"fmt"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// groupKind is what rows are summed by.
type groupKind int

// The groupings that are kept.
const (
	sumSKU groupKind = iota
	sumCampaign
	sumTerm
	sumCampaignSKU
)

func (g groupKind) key() grouping {
	switch g {
	case sumSKU:
		return bySKU
	case sumCampaign:
		return byCampaign
	case sumTerm:
		return byTerm
	default:
		return byCampaignSKU
	}
}

// subject is the id of a key; "" if it names none.
func (g groupKind) subject(market string, key uint64, names nameTable) string {
	a, b := split(key)
	switch {
	case g == sumTerm || g == sumCampaignSKU:
		return fact.SubjectID(market, names.of(a), names.of(b))
	case names.of(b) == "":
		return ""
	}
	return fact.SubjectID(market, names.of(b))
}

// stackFactor days, or runs of days, make the next longer run; there are stackLevels of them
// besides the days: 4, 16 and 64 days.
const (
	stackFactor = 4
	stackLevels = 3
)

// maxStackBytes is how much of one book is kept summed; beyond, it is summed anew when asked.
const maxStackBytes = 64 << 20

// stack is a book summed by a grouping: a digest for each content, and digests of runs of
// days made of those, so that a year is some twenty of them.
type stack struct {
	market    string
	group     groupKind
	slots     map[uint64]uint32 // by key; keys of the same subject share one
	subjects  []string          // by slot
	bySubject map[string]uint32
	days      map[int64]*digest // by content
	runs      map[runKey]*run
	bytes     int

	sums    []totals // scratch, by slot: empty between uses
	touched []uint32
}

// runKey names the run of stackFactor^level days that begins on day at×stackFactor^level.
type runKey struct {
	level int
	at    core.Day
}

// run is the sum of a run of days and what it was made of: it holds as long as those are the same.
type run struct {
	parts [stackFactor]*digest
	sum   *digest
}

// stack gives the sums of a book by a grouping. The caller holds b.mu.
func (b *book) stack(g groupKind) *stack {
	if b.stacks[g] == nil {
		b.stacks[g] = &stack{
			market: b.key.market, group: g, slots: map[uint64]uint32{}, bySubject: map[string]uint32{},
			days: map[int64]*digest{}, runs: map[runKey]*run{},
		}
	}
	return b.stacks[g]
}

func (st *stack) drop(content int64) {
	st.bytes -= len(st.days[content].data)
	delete(st.days, content)
}

// slot is the place of a key.
func (st *stack) slot(key uint64, names nameTable) uint32 {
	if s, ok := st.slots[key]; ok {
		return s
	}
	subject := st.group.subject(st.market, key, names)
	s, ok := st.bySubject[subject]
	if !ok {
		s = uint32(len(st.subjects))
		st.subjects = append(st.subjects, subject)
		st.sums = append(st.sums, totals{})
		st.bySubject[subject] = s
	}
	st.slots[key] = s
	return s
}

// load sums the contents that are not summed yet.
func (st *stack) load(ctx context.Context, s *snapshot, contents []int64) error {
	if st.bytes > maxStackBytes {
		clear(st.days)
		clear(st.runs)
		st.bytes = 0
	}
	var ids []int64
	for _, id := range contents {
		if id != 0 && st.days[id] == nil {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	rows, err := s.byID(ctx, "HashedContents", ids)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id int64
		var hash, data []byte
		if err := rows.Scan(&id, &hash, &data); err != nil {
			return fmt.Errorf("advertising: read packed rows: %w", err)
		}
		d, err := st.digest(data, s.names)
		if err != nil {
			return err
		}
		d.hash = [sha256.Size]byte(hash)
		st.days[id] = d
		st.bytes += len(d.data)
	}
	return rows.Err()
}

func (st *stack) digest(data []byte, names nameTable) (*digest, error) {
	st.touched = st.touched[:0]
	seen := make([]bool, len(st.subjects), len(st.subjects)+64)
	key := st.group.key()
	err := eachRow(data, func(r *row) {
		slot := st.slot(key(r), names)
		for int(slot) >= len(seen) {
			seen = append(seen, false)
		}
		if !seen[slot] {
			seen[slot] = true
			st.touched = append(st.touched, slot)
		}
		st.sums[slot].add(r)
	})
	d := packSums(st.sums, st.touched)
	return d, err
}

// over gives the digests that make up the days of p, longest runs first where they fit.
// Their contents are loaded.
func (st *stack) over(days calendar, p core.Period) []*digest {
	var out []*digest
	for d := p.From; d <= p.To; {
		level, size := 0, core.Day(1)
		for level < stackLevels && d%(size*stackFactor) == 0 && d+size*stackFactor-1 <= p.To {
			level++
			size *= stackFactor
		}
		if g := st.run(days, level, d/size); g != nil {
			out = append(out, g)
		}
		d += size
	}
	return out
}

// run is the digest of a run of days; nil if nothing happened in it.
func (st *stack) run(days calendar, level int, at core.Day) *digest {
	if level == 0 {
		return st.days[days.at(at).content]
	}
	var parts [stackFactor]*digest
	for i := range parts {
		parts[i] = st.run(days, level-1, at*stackFactor+core.Day(i))
	}
	k := runKey{level, at}
	if r := st.runs[k]; r != nil && r.parts == parts {
		return r.sum
	}
	r := &run{parts: parts, sum: st.join(parts[:])}
	if old := st.runs[k]; old != nil && old.sum != nil {
		st.bytes -= len(old.sum.data)
	}
	st.runs[k] = r
	if r.sum != nil {
		st.bytes += len(r.sum.data)
	}
	return r.sum
}

// join sums digests; nil if there are none.
func (st *stack) join(parts []*digest) *digest {
	seen := make([]bool, len(st.subjects))
	st.touched = st.touched[:0]
	some := false
	for _, d := range parts {
		if d == nil {
			continue
		}
		some = true
		d.each(func(slot uint32, t *totals) {
			if !seen[slot] {
				seen[slot] = true
				st.touched = append(st.touched, slot)
			}
			st.sums[slot].plus(*t)
		})
	}
	if !some {
		return nil
	}
	return packSums(st.sums, st.touched)
}
