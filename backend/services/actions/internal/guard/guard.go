// Package guard holds actions against their limits.
//
// Input: what is to be done, the figures that the seller has set, and what was done before.
// Output: why it may not be done, in words; nothing if it may.
package guard

import (
	"fmt"
	"math"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
)

// Limits are the figures that are set, by name. Those of money are set for each currency: "money_day:EUR".
type Limits map[string]float64

// Money is the name of a limit of money in one currency.
func Money(name string, c core.Currency) string { return name + ":" + string(c) }

// Past is an action that was done, or may have been.
type Past struct {
	At            time.Time
	Entity, Field string
	Size          action.Size
	Reverse       bool // it took another one back
}

// Refusal is one reason against an action.
type Refusal struct {
	Limit string
	Text  string
	Until time.Time // when it may be tried again; zero: not by waiting
}

// Windows of limits are hours, not calendar days: no change of a clock makes a day longer or shorter.
const (
	day   = 24 * time.Hour
	week  = 7 * day
	month = 30 * day
)

// longestPause keeps hours from overflowing; nobody waits for a hundred years.
const longestPause = 100 * 365 * day

func hours(v float64) time.Duration {
	if v > longestPause.Hours() {
		return longestPause
	}
	return time.Duration(v * float64(time.Hour))
}

// LookBack is how far back Check must see what was done: the longest window of the limits of a kind.
func LookBack(k action.Kind, l Limits) time.Duration {
	back := day
	for _, name := range k.Needs {
		switch name {
		case action.PerMonth, action.MoneyMonth:
			back = max(back, month)
		case action.WeekPercent:
			back = max(back, week)
		case action.HoursBetween:
			if v, ok := l[name]; isSet(v, ok) {
				back = max(back, hours(v))
			}
		}
	}
	return back
}

// isSet says whether a figure is a bound at all: what is blank, zero, negative or no number is none.
func isSet(v float64, ok bool) bool {
	return ok && v > 0 && !math.IsNaN(v) && !math.IsInf(v, 0)
}

// Check holds a request against the limits. past are the actions of the same kind that changed something or may
// have, in any order. A reverse request returns to what was and is held only against the values that may be set.
func Check(k action.Kind, r action.Request, l Limits, past []Past, now time.Time, reverse bool) []Refusal {
	c := check{kind: k, r: r, limits: l, past: past, now: now, reverse: reverse}
	if len(k.Needs) == 0 {
		c.refuse("", fmt.Sprintf("%s has no limits. Without one nothing is done.", k.Title), time.Time{})
	}
	for _, name := range k.Needs {
		c.one(name)
	}
	return c.found
}

type check struct {
	kind    action.Kind
	r       action.Request
	limits  Limits
	past    []Past
	now     time.Time
	reverse bool
	found   []Refusal
}

func (c *check) refuse(name, text string, until time.Time) {
	c.found = append(c.found, Refusal{Limit: name, Text: text, Until: until})
}

// bound gives a figure, or refuses because there is none.
func (c *check) bound(name string) (float64, bool) {
	v, ok := c.limits[name]
	if !isSet(v, ok) {
		c.refuse(name, fmt.Sprintf("No limit is set for %s. Without one nothing is done.", Words(name)), time.Time{})
		return 0, false
	}
	return v, true
}

func (c *check) one(name string) {
	switch name {
	case action.ValueMin, action.ValueMax:
		c.value(name)
	case action.MoneyOnce, action.MoneyDay, action.MoneyMonth:
		c.money(name)
	default:
		v, ok := c.bound(name)
		if !ok || c.reverse {
			return
		}
		c.figure(name, v)
	}
}

func (c *check) figure(name string, v float64) {
	switch name {
	case action.PerDay:
		c.count(name, v, day, func(Past) bool { return true })
	case action.PerMonth:
		c.count(name, v, month, func(Past) bool { return true })
	case action.PerEntityDay:
		c.count(name, v, day, func(p Past) bool { return p.Entity == c.r.Entity })
	case action.HoursBetween:
		c.pause(v)
	case action.StepPercent:
		c.step(v)
	case action.WeekPercent:
		c.rise(v)
	case action.UnitsMax:
		switch {
		case c.r.Size.Units < 1:
			c.refuse(name, "It is not known how many units it is for.", time.Time{})
		case float64(c.r.Size.Units) > v:
			c.refuse(name, fmt.Sprintf("%d units are more than the %.0f that one action may have.", c.r.Size.Units, v), time.Time{})
		}
	default:
		c.refuse(name, fmt.Sprintf("Nobody knows how to hold it against %s.", name), time.Time{})
	}
}

// within gives the actions of a window, and when the first of them leaves it. What lies ahead of the clock counts: the clock
// was put back, and nothing is known of how long ago it was.
func (c *check) within(w time.Duration, which func(Past) bool) (in []Past, free time.Time) {
	for _, p := range c.past {
		if !which(p) || c.now.Sub(p.At) >= w {
			continue
		}
		in = append(in, p)
		if free.IsZero() || p.At.Add(w).Before(free) {
			free = p.At.Add(w)
		}
	}
	return in, free
}

func (c *check) count(name string, v float64, w time.Duration, which func(Past) bool) {
	in, free := c.within(w, func(p Past) bool { return !p.Reverse && which(p) })
	if float64(len(in))+1 > v {
		c.refuse(name, fmt.Sprintf("%.0f %s are allowed, and %d were done.", v, Words(name), len(in)), free)
	}
}

func (c *check) sameField(p Past) bool { return p.Entity == c.r.Entity && p.Field == c.r.Field }

// pause counts what took another one back too: it changed the field as well.
func (c *check) pause(figure float64) {
	w := hours(figure)
	in, _ := c.within(w, c.sameField)
	var last time.Time
	for _, p := range in {
		if p.At.After(last) {
			last = p.At
		}
	}
	if len(in) > 0 {
		c.refuse(action.HoursBetween, fmt.Sprintf("It was changed on %s; %g hours must lie between two changes.",
			last.UTC().Format("2 Jan, 15:04 UTC"), figure), last.Add(w))
	}
}

func (c *check) step(percent float64) {
	from, to := c.r.Size.From, c.r.Size.To
	if !isSet(from, true) || !isSet(to, true) {
		c.refuse(action.StepPercent, "It is not known what the value was and will be, so the step cannot be measured.", time.Time{})
		return
	}
	if step := math.Abs(to-from) / from * 100; step > percent+1e-9 {
		c.refuse(action.StepPercent, fmt.Sprintf("A step of %.1f %% is more than the %.1f %% that are allowed.", step, percent), time.Time{})
	}
}

// rise holds how far a field would be above the lowest value that it is known to have had within a week against its limit.
func (c *check) rise(percent float64) {
	from, to := c.r.Size.From, c.r.Size.To
	if !isSet(from, true) || !isSet(to, true) {
		c.refuse(action.WeekPercent, "It is not known what the value was and will be, so its rise cannot be measured.", time.Time{})
		return
	}
	in, free := c.within(week, c.sameField)
	lowest := from
	for _, p := range in {
		for _, v := range [...]float64{p.Size.From, p.Size.To} {
			if isSet(v, true) {
				lowest = math.Min(lowest, v)
			}
		}
	}
	if up := (to - lowest) / lowest * 100; to > from && up > percent+1e-9 {
		c.refuse(action.WeekPercent, fmt.Sprintf("It would be %.1f %% above what it was within a week; %.1f %% are allowed.", up, percent), free)
	}
}

func (c *check) value(name string) {
	v, ok := c.bound(name)
	if !ok {
		return
	}
	to := c.r.Size.To
	switch {
	case math.IsNaN(to) || math.IsInf(to, 0):
		c.refuse(name, "The value to be set is no number.", time.Time{})
	case name == action.ValueMin && to < v:
		c.refuse(name, fmt.Sprintf("%g is below the lowest value that may be set, %g.", to, v), time.Time{})
	case name == action.ValueMax && to > v:
		c.refuse(name, fmt.Sprintf("%g is above the highest value that may be set, %g.", to, v), time.Time{})
	}
}

func (c *check) money(name string) {
	m := c.r.Size.Money
	if m.Currency == "" {
		c.refuse(name, "What it costs is not known, so it cannot be held against a limit of money.", time.Time{})
		return
	}
	v, ok := c.bound(Money(name, m.Currency))
	if !ok || c.reverse {
		return
	}
	if m.Minor < 0 {
		c.refuse(name, "A negative amount cannot be held against a limit.", time.Time{})
		return
	}
	sum, w := float64(m.Minor), map[string]time.Duration{action.MoneyDay: day, action.MoneyMonth: month}[name]
	var free time.Time
	if w > 0 {
		var in []Past
		in, free = c.within(w, func(p Past) bool { return !p.Reverse && p.Size.Money.Currency == m.Currency })
		for _, p := range in {
			sum += math.Max(0, float64(p.Size.Money.Minor))
		}
	}
	if sum > v {
		c.refuse(name, fmt.Sprintf("%s would be above %s for %s.", core.Money{Minor: int64(sum), Currency: m.Currency},
			core.Money{Minor: int64(v), Currency: m.Currency}, Words(name)), free)
	}
}

// Words names a limit for people.
func Words(name string) string {
	words := map[string]string{
		action.PerDay: "actions in 24 hours", action.PerMonth: "actions in 30 days", action.PerEntityDay: "actions on one thing in 24 hours",
		action.HoursBetween: "hours between two changes", action.StepPercent: "the size of a step", action.WeekPercent: "the rise in a week",
		action.ValueMin: "the lowest value", action.ValueMax: "the highest value", action.UnitsMax: "units of one action",
		action.MoneyOnce: "the money of one action", action.MoneyDay: "money in 24 hours", action.MoneyMonth: "money in 30 days",
	}
	base, currency, ok := strings.Cut(name, ":")
	switch w, known := words[base]; {
	case !known:
		return name
	case ok:
		return w + " in " + currency
	default:
		return w
	}
}
