package rules

import (
	"slices"

	"purser/backend/core"
)

// hit is a policy that fires on a subject on one day, as it would have been said on that day.
type hit struct {
	subject  string
	caseName string
	title    string
	stake    core.Money // zero currency: not known
	per      string     // of stake: day or once
	cooldown int        // days
	settled  core.Day   // on which all that it rests on is settled; 0: it was
	heldBy   []string   // titles of the guards that held it back
}

// episode is one time that a policy fired on a subject. Days on which it could not be told do not end it; a day on which
// it did not fire does, unless it fires again within the cooldown of its case.
type episode struct {
	hit        // of its first day
	from, to   core.Day
	days       int      // on which it fired
	held       int      // of them, held back by a guard
	ended      core.Day // first day on which it is known not to have fired; 0: none
	cooldown   int      // of the latest day
	settledOn  core.Day // the latest day on which what it rests on is settled
	guards     []string // that held it back, by title
	alsoBefore bool     // the version compared with fired then too
}

// overlaps says whether two episodes are about one subject and share days.
func (e *episode) overlaps(o *episode) bool {
	return e.subject == o.subject && e.from <= o.to && o.from <= e.to
}

// held back on every day, so that nothing was ever to be done.
func (e *episode) heldThroughout() bool { return e.held == e.days }

// timeline follows a policy from day to day.
type timeline struct {
	all  []*episode          // in the order in which they began
	last map[string]*episode // by subject
}

func newTimeline() *timeline { return &timeline{last: map[string]*episode{}} }

// day adds a day, which must come after those before. told says whether it is known of a subject that does not fire.
func (t *timeline) day(day core.Day, hits []hit, told func(subject string) bool) {
	firing := make(map[string]bool, len(hits))
	for _, h := range hits {
		firing[h.subject] = true
		e := t.last[h.subject]
		if e == nil || (e.ended != 0 && day-e.to > core.Day(e.cooldown)) {
			e = &episode{hit: h, from: day}
			t.all = append(t.all, e)
			t.last[h.subject] = e
		}
		e.fire(day, h)
	}
	for subject, e := range t.last {
		switch {
		case firing[subject]:
		case e.ended == 0 && told(subject):
			e.ended = day
		case e.ended != 0 && day-e.to > core.Day(e.cooldown):
			delete(t.last, subject)
		}
	}
}

func (e *episode) fire(day core.Day, h hit) {
	e.to, e.ended, e.cooldown = day, 0, h.cooldown
	e.days++
	e.settledOn = max(e.settledOn, h.settled)
	if len(h.heldBy) > 0 {
		e.held++
	}
	for _, g := range h.heldBy {
		if !slices.Contains(e.guards, g) {
			e.guards = append(e.guards, g)
		}
	}
}

// match marks the episodes that the other timeline has too, and counts those that it has alone.
func (t *timeline) match(o *timeline) (both, only, onlyOther int) {
	bySubject := map[string][]*episode{}
	for _, e := range o.all {
		bySubject[e.subject] = append(bySubject[e.subject], e)
	}
	shared := map[*episode]bool{}
	for _, e := range t.all {
		for _, x := range bySubject[e.subject] {
			if e.overlaps(x) {
				e.alsoBefore, shared[x] = true, true
			}
		}
		if e.alsoBefore {
			both++
		} else {
			only++
		}
	}
	return both, only, len(o.all) - len(shared)
}
