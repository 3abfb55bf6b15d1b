package rules

import (
	"fmt"
	"sync"

	"cel.dev/cel-go/common/types"

	"purser/backend/core"
)

// days gives the facts of one kind of subject on several days, each day read once. It is safe for concurrent use:
// different days are read side by side, and who wants a day that is being read waits for it.
type days struct {
	load func(core.Day) (*table, error)

	mu  sync.Mutex
	at  map[core.Day]func() *table
	err error
}

func newDays(load func(core.Day) (*table, error)) *days {
	return &days{load: load, at: map[core.Day]func() *table{}}
}

// table is that of a day; nil where it could not be read, see failed.
func (d *days) table(day core.Day) *table {
	d.mu.Lock()
	read, ok := d.at[day]
	if !ok {
		read = sync.OnceValue(func() *table { return d.read(day) })
		d.at[day] = read
	}
	d.mu.Unlock()
	return read()
}

func (d *days) read(day core.Day) *table {
	t, err := d.load(day)
	if err != nil {
		d.mu.Lock()
		defer d.mu.Unlock()
		if d.err == nil {
			d.err = err
		}
		return nil
	}
	return t
}

// forget drops the days before one, so that a year of them need not be held at a time.
func (d *days) forget(before core.Day) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for day := range d.at {
		if day < before {
			delete(d.at, day)
		}
	}
}

// failed is the first fault of reading.
func (d *days) failed() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.err
}

// on is the same plan on the facts of another day.
func (p *plan) on(t *table) *plan {
	out := *p
	out.tab = t
	return &out
}

// before is the subject of the row some days earlier; nil where nothing is known of it on that day.
func (r *row) before(days int) *row {
	if r.days == nil {
		return nil
	}
	t := r.days.table(r.tab.asOf - core.Day(days))
	if t == nil {
		return nil
	}
	at, ok := t.index[r.tab.ids[r.at]]
	if !ok {
		return nil
	}
	out := r.on(t).row()
	out.move(at)
	return out
}

// held counts the days in a row, up to what the case wants, on which its condition held; the as-of day is the first.
func (r *row) held(caseIndex int) int {
	n := 1
	for n < r.cases[caseIndex].Hold {
		b := r.before(n)
		if b == nil || b.eval(b.cases[caseIndex].when) != types.True {
			return n
		}
		n++
	}
	return n
}

// firstFires says whether the case fires by its own condition, held as long as it must be.
func (r *row) firstFires(caseIndex int) bool {
	cs := &r.cases[caseIndex]
	return r.eval(cs.when) == types.True && r.held(caseIndex) >= cs.Hold
}

// kept says whether a case whose condition no longer holds goes on firing: it fired by itself on an earlier day, and
// from then on what keeps it has been true every day.
func (r *row) kept(caseIndex int) bool {
	keep := r.cases[caseIndex].keep
	if keep == nil || r.eval(keep) != types.True {
		return false
	}
	for n := 1; n <= maxDays; n++ {
		b := r.before(n)
		switch {
		case b == nil:
			return false
		case b.firstFires(caseIndex):
			return true
		case b.eval(keep) != types.True:
			return false
		}
	}
	return false
}

// waiting says how far a case is from firing whose condition holds, but not for long enough.
func waiting(held, wanted int) string {
	return fmt.Sprintf("holds for %d of %d days", held, wanted)
}

// looksBack says whether any case of the policy asks about earlier days.
func (c *compiled) looksBack() bool { return c.reachesBack() > 0 }

// reachesBack is how many days before the as-of day the policy may ask about.
func (c *compiled) reachesBack() int {
	most := 0
	for _, cs := range c.cases {
		n := max(cs.Hold-1, 0)
		if cs.keep != nil {
			n += maxDays
		}
		most = max(most, n)
	}
	return most
}
