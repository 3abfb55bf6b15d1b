package sales

import (
	"purser/backend/core"
)

// origins says which days of a marketplace's money are known, and who tells them: settlements and date-range reports
// ("files"), or transactions of the Finances API ("live"). Both tell the same money and share no key, so that of each
// day only one of them counts:
//
//  1. files, where a settlement or a date-range report covers the day;
//  2. else live, where the API covers it;
//  3. else files, where the day lies in a short gap between two that they cover.
//
// Looking back, that is as it was known then: live counts until the first file that covers the day was seen.
// Between a settlement and a date-range report, see refundBook.
type origins struct {
	*known             // by either
	files, live *known // nil: none
}

// joinOrigins joins what files and the API make known. late: see lateDays.
func joinOrigins(files, live *known, late core.Day) *origins {
	o := &origins{files: files, live: live}
	if live == nil {
		files.late = late
		o.known = files
		return o
	}
	hull := core.Period{}
	for _, k := range []*known{files, live} {
		if k != nil && len(k.first) > 0 {
			hull = hull.Include(k.from).Include(k.from + core.Day(len(k.first)) - 1)
		}
	}
	n := hull.Days()
	k := &known{from: hull.From, first: make([]core.Day, n), whole: make([]core.Day, n), quiet: make([]bool, n), late: late}
	for d := hull.From; d <= hull.To && n > 0; d++ {
		i := d - k.from
		if at := files.at(d); at != 0 && (!files.guessed(d) || live.at(d) == 0) {
			k.first[i], k.whole[i], k.quiet[i] = at, files.whole[d-files.from], files.guessed(d)
		}
		if at := live.at(d); at != 0 {
			sooner(&k.first[i], at)
			if whole := live.whole[d-live.from]; whole != 0 {
				sooner(&k.whole[i], whole)
			}
		}
	}
	o.known = k
	return o
}

// guessed says whether d is known only as a quiet day between two that documents cover.
func (k *known) guessed(d core.Day) bool { return k.at(d) != 0 && k.quiet[d-k.from] }

// told says whether the API tells day d, as known at the end of asOf.
func (o *origins) told(d, asOf core.Day) (live bool) {
	if o.live.at(d) == 0 {
		return false
	}
	return o.files.at(d) == 0 || o.files.guessed(d) || o.files.at(d) > o.seenBy(asOf, d)
}

// kind is the kind of document that tells day d.
func (o *origins) kind(d, asOf core.Day) string {
	if o != nil && o.told(d, asOf) {
		return kindLive
	}
	return kindSettlement
}

// end is the last known day before asOf; 0: none.
func (o *origins) end(asOf core.Day) core.Day {
	if o == nil {
		return 0
	}
	return o.known.end(asOf)
}

// days is what is known by either.
func (o *origins) days() *known {
	if o == nil {
		return nil
	}
	return o.known
}

// sighting is when a version of a transaction was first and last observed, in Unix seconds.
type sighting struct{ content, first, last int64 }

// newest is the version in force at the end of day by in a zone: the one observed last by then.
func newest(all []sighting, by core.Day, dayOf func(int64) core.Day) (content int64) {
	best := int64(-1)
	for _, s := range all {
		at := s.first
		switch {
		case dayOf(s.first) > by:
			continue
		case dayOf(s.last) <= by:
			at = s.last
		}
		if at > best || at == best && s.content > content {
			best, content = at, s.content
		}
	}
	return content
}
