package advertising

import (
	"context"

	"purser/backend/core"
)

// grouping gives the key under which a row is summed.
type grouping func(r *row) uint64

func bySKU(r *row) uint64      { return uint64(r.sku) }
func byCampaign(r *row) uint64 { return uint64(r.campaign) }
func byTerm(r *row) uint64     { return pair(r.campaign, r.term) }

func byCampaignSKU(r *row) uint64 { return pair(r.campaign, r.sku) }

func pair(a, b uint32) uint64 { return uint64(a)<<32 | uint64(b) }

func split(key uint64) (a, b uint32) { return uint32(key >> 32), uint32(key) }

// tally is sums over several windows of one stream in one marketplace.
type tally struct {
	windows []window
	total   []totals              // by window
	by      []map[uint64][]totals // by grouping, key, window
}

// tally sums the rows of windows by each grouping; each packed sheet is read once. Also
// calls see, if not nil, for each row.
func (s *snapshot) tally(ctx context.Context, windows []window, groups []grouping, see func(r *row)) (tally, error) {
	t := tally{windows, make([]totals, len(windows)), make([]map[uint64][]totals, len(groups))}
	for g := range groups {
		t.by[g] = map[uint64][]totals{}
	}
	// How often a window holds a content: quiet days may share one.
	times := map[int64][]int64{}
	ids := map[int64]bool{}
	for w := range windows {
		for _, at := range windows[w].sheets {
			c := at.content
			if times[c] == nil {
				times[c] = make([]int64, len(windows))
				ids[c] = true
			}
			times[c][w]++
		}
	}
	data, err := s.contents(ctx, ids)
	if err != nil {
		return tally{}, err
	}
	for c, b := range data {
		n := times[c]
		err := eachRow(b, func(r *row) {
			addTimes(t.total, r, n)
			for g, key := range groups {
				t.sumsOf(g, key(r)).add(r, n)
			}
			if see != nil {
				see(r)
			}
		})
		if err != nil {
			return tally{}, err
		}
	}
	return t, nil
}

type sums []totals

func (s sums) add(r *row, n []int64) { addTimes(s, r, n) }

func addTimes(s []totals, r *row, n []int64) {
	for w := range s {
		for range n[w] {
			s[w].add(r)
		}
	}
}

func (t tally) sumsOf(group int, key uint64) sums {
	s, ok := t.by[group][key]
	if !ok {
		s = make([]totals, len(t.windows))
		t.by[group][key] = s
	}
	return s
}

// figures are the sums of a key in a window; a key without rows is zero.
func (t tally) figures(group int, key uint64, w int, names nameTable, fallback core.Currency) figures {
	f := figures{w: t.windows[w], money: fallback}
	if s, ok := t.by[group][key]; ok {
		f.totals = s[w]
	}
	return f.named(names)
}

// all are the sums of a window.
func (t tally) all(w int, names nameTable, fallback core.Currency) figures {
	return figures{totals: t.total[w], w: t.windows[w], money: fallback}.named(names)
}

func (f figures) named(names nameTable) figures {
	if f.currency != 0 {
		f.money = core.Currency(names.of(f.currency))
	}
	return f
}
