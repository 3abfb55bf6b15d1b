package audits

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
)

// Verdicts on a decision.
const (
	Right    = "right"
	Wrong    = "wrong"    // not as it should have been, and not critical
	Critical = "critical" // wrong thing, wrong amount, limit broken, not agreed to, or not in the audit
)

// States of a review.
const (
	stateEmpty    = "empty"
	stateOpen     = "open"
	stateUnderWay = "under_way"
	stateDone     = "done"
)

// book is everything that the reviews of all months follow from: the same book gives the same samples.
type book struct {
	f       figures
	zone    *time.Location
	now     string // month that goes on
	actions []action.Trail
	kept    map[int64]keptRow
	latest  map[int64]review
	draws   map[string][]draw // by month and kind
	money   func(t action.Trail) (m core.Money, what string)
	months  map[int64]string // of each action
	built   []*month
}

// item is one decision that is looked at.
type item struct {
	action.Trail
	why    []string
	drawn  bool
	review *review // the verdict that counts; nil: none yet
	again  *review // critical one for which it must be looked at again; nil: none
}

// open says whether it waits for a verdict.
func (i item) open() bool { return i.review == nil || i.again != nil }

// lot is what was dealt with of one kind in a month.
type lot struct {
	month, kind, title string
	all                []action.Trail
	items              []item
	must, rest, sample int // sample is of rest
	tight              bool
	seed, head         string // of the newest part
	through            int64  // last action of the lot
	fixed              bool   // the seed of its newest part is stored
}

type count struct{ looked, wrong, critical int }

func (l *lot) count() (c count) {
	for _, i := range l.items {
		if i.review == nil {
			continue
		}
		if !i.open() {
			c.looked++
		}
		switch i.review.verdict {
		case Wrong:
			c.wrong++
		case Critical:
			c.critical++
		}
	}
	return c
}

func (c count) bad() bool { return c.wrong+c.critical > 0 }

func (l *lot) state() string {
	begun, left := false, false
	for _, i := range l.items {
		begun, left = begun || i.review != nil, left || i.open()
	}
	return stateOf(begun, left)
}

func stateOf(begun, left bool) string {
	switch {
	case !left:
		return stateDone
	case begun:
		return stateUnderWay
	}
	return stateOpen
}

// month is the review of one.
type month struct {
	name string // 2026-11
	over bool
	lots []*lot
}

// reviews works out those of all months, oldest first. What a critical finding asks to be looked at again depends on which
// audits were done before, so it is worked out twice.
func (b *book) reviews() []*month {
	if b.built != nil {
		return b.built
	}
	b.built = b.build(nil)
	if again := b.lookAgain(b.built); len(again) > 0 {
		b.built = b.build(again)
	}
	return b.built
}

func (b *book) build(again map[int64]review) []*month {
	byMonth := map[string]map[string]*lot{}
	first := map[string]string{} // month of the first decision of each policy
	for _, t := range b.actions {
		m := b.months[t.ID]
		if _, ok := first[t.Policy]; !ok {
			first[t.Policy] = m
		}
		if byMonth[m] == nil {
			byMonth[m] = map[string]*lot{}
		}
		l := byMonth[m][t.Kind]
		if l == nil {
			l = &lot{month: m, kind: t.Kind, title: t.KindTitle}
			byMonth[m][t.Kind] = l
		}
		l.all, l.through = append(l.all, t), t.ID
	}
	var out []*month
	past := map[string][]bool{} // by kind, of the months that are done: was it bad?
	for _, name := range sortedKeys(byMonth) {
		m := &month{name: name, over: name < b.now}
		for _, kind := range sortedKeys(byMonth[name]) {
			l := byMonth[name][kind]
			l.tight = b.f.tight(past[kind])
			b.fill(l, first, again)
			if m.over && l.state() == stateDone {
				past[kind] = append(past[kind], l.count().bad())
			}
			m.lots = append(m.lots, l)
		}
		out = append(out, m)
	}
	return out
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// fill chooses the items of a lot.
func (b *book) fill(l *lot, first map[string]string, again map[int64]review) {
	must := b.must(l, first, again)
	var rest []place
	seeds := b.seeds(l)
	for _, t := range l.all {
		if len(must[t.ID]) == 0 {
			rest = append(rest, place{t.ID, rank(seeds(t.ID), t.ID)})
		}
	}
	slices.SortFunc(rest, func(x, y place) int {
		return cmp.Or(bytes.Compare(x.rank[:], y.rank[:]), cmp.Compare(x.id, y.id))
	})
	share := b.f.Normal
	if l.tight {
		share = b.f.Tight
	}
	l.must, l.rest, l.sample = len(l.all)-len(rest), len(rest), SampleSize(len(rest), share, b.f.Certainty)
	drawn := map[int64]bool{}
	for i, p := range rest {
		switch _, looked := b.latest[p.id]; {
		case i < l.sample:
			drawn[p.id] = true
		case looked:
			must[p.id] = []string{"it was looked at before"}
		}
	}
	for _, t := range l.all {
		if !drawn[t.ID] && len(must[t.ID]) == 0 {
			continue
		}
		i := item{Trail: t, why: must[t.ID], drawn: drawn[t.ID]}
		if i.drawn {
			i.why = []string{"drawn by lot"}
		}
		if r, ok := b.latest[t.ID]; ok {
			i.review = &r
		}
		if r, ok := again[t.ID]; ok {
			i.again = &r
		}
		l.items = append(l.items, i)
	}
}

// must says which actions of a lot are looked at for a reason of their own.
func (b *book) must(l *lot, first map[string]string, again map[int64]review) map[int64][]string {
	out := map[int64][]string{}
	add := func(t action.Trail, why string) { out[t.ID] = append(out[t.ID], why) }
	b.largest(l, add)
	news := map[string]int{}
	for _, t := range l.all {
		switch t.State {
		case action.Mismatch, action.Unknown, action.Failed:
			add(t, "it ended as: "+t.StateText)
		default: // it went as agreed, or is under way
		}
		if first[t.Policy] == l.month && news[t.Policy] < b.f.FirstOfRule {
			news[t.Policy]++
			add(t, fmt.Sprintf("one of the first %d of a new rule", b.f.FirstOfRule))
		}
		for _, a := range b.f.Always {
			if a.Kind == t.Kind && t.Level >= action.Level(a.Level) {
				add(t, a.Why)
			}
		}
		if _, ok := again[t.ID]; ok {
			add(t, "one like it was found critical")
		}
	}
	return out
}

// largest are the largest by money, in each currency: amounts of two are never held against each other, nor is what is
// spent against what is at stake.
func (b *book) largest(l *lot, add func(action.Trail, string)) {
	type sum struct {
		t     action.Trail
		minor int64
	}
	by := map[string][]sum{}
	for _, t := range l.all {
		if m, what := b.money(t); m.Currency != "" && m.Minor > 0 {
			key := string(m.Currency) + " " + what
			by[key] = append(by[key], sum{t, m.Minor})
		}
	}
	for _, key := range sortedKeys(by) {
		all := by[key]
		slices.SortStableFunc(all, func(x, y sum) int { return cmp.Compare(y.minor, x.minor) })
		for _, x := range all[:min(b.f.TopByMoney, len(all))] {
			add(x.t, fmt.Sprintf("one of the %d largest: %s", b.f.TopByMoney, key))
		}
	}
}

// seeds gives the seed of each action of a lot: of those that a verdict has fixed, else of the audit as it stands.
func (b *book) seeds(l *lot) func(id int64) string {
	fixed := b.draws[l.month+" "+l.kind]
	if n := len(fixed); n > 0 {
		last := fixed[n-1]
		l.seed, l.head, l.fixed = last.seed, last.head, last.through >= l.through
	}
	if !l.fixed {
		l.head = b.kept[l.through].head
		l.seed = seedOf(l.month, l.kind, l.head)
	}
	tail := l.seed
	return func(id int64) string {
		for _, d := range fixed {
			if id <= d.through {
				return d.seed
			}
		}
		return tail
	}
}

// seedOf makes the seed of a sample of the end of the audit and the month, so that nobody can choose it.
func seedOf(month, kind, head string) string {
	h := sha256.Sum256([]byte(month + "\n" + kind + "\n" + head))
	return hex.EncodeToString(h[:])
}

// place is an action in the draw.
type place struct {
	id   int64
	rank [sha256.Size]byte
}

// rank is the place of an action in the draw: those with the lowest are drawn.
func rank(seed string, id int64) [sha256.Size]byte {
	return sha256.Sum256(strconv.AppendInt([]byte(seed+":"), id, 10))
}

// lookAgain says which actions must be looked at again, and for which critical finding: all of its kind that were
// agreed to since the last audit of the kind that was done, and until it was found.
func (b *book) lookAgain(all []*month) map[int64]review {
	out := map[int64]review{}
	for _, critical := range b.latest {
		if critical.verdict != Critical {
			continue
		}
		done := ""
		for _, m := range all {
			for _, l := range m.lots {
				if l.kind == critical.kind && m.name < critical.month && m.over && l.state() == stateDone {
					done = m.name
				}
			}
		}
		for _, t := range b.actions {
			r, looked := b.latest[t.ID]
			if t.Kind != critical.kind || t.ID == critical.action || b.months[t.ID] <= done || t.ApprovedAt > stampText(critical.at) {
				continue
			}
			if looked && (r.bad() || r.id > critical.id) {
				continue
			}
			if was, ok := out[t.ID]; !ok || was.id < critical.id {
				out[t.ID] = critical
			}
		}
	}
	return out
}

// blocked says since which critical finding nothing of a kind may act by itself; nil: it may. A month after it, over
// and looked at without a fault, ends that.
func blocked(all []*month, kind string, latest map[int64]review) *review {
	var worst *review
	for _, r := range latest {
		if r.kind == kind && r.verdict == Critical && (worst == nil || r.month > worst.month || r.month == worst.month && r.id > worst.id) {
			worst = &r
		}
	}
	if worst == nil {
		return nil
	}
	for _, m := range all {
		for _, l := range m.lots {
			if m.over && m.name > worst.month && l.kind == kind && l.state() == stateDone && !l.count().bad() {
				return nil
			}
		}
	}
	return worst
}
