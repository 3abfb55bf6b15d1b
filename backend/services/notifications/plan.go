package notifications

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/channel"
)

// Between two messages about urgent things, so that a storm is one message; longer once the
// budget of the day is spent: what is urgent is never dropped.
const (
	betweenUrgent = 30 * time.Minute
	beyondBudget  = 4 * time.Hour
)

// morning is how long after its time, or after the first look at Purser on that day, the brief may still be sent.
const morning = 2 * time.Hour

// sent is a message that was sent.
type sent struct {
	at    time.Time
	brief bool
}

// due says which of the things that wait are told now, and whether as the morning brief. Times are in the person's
// zone; began is when Purser was first there on this day after the time of the brief.
func due(set Settings, now, began time.Time, waiting []Notice, before []sent) (tell []Notice, brief bool) {
	var urgent, rest []Notice
	for _, n := range waiting {
		if n.Urgent {
			urgent = append(urgent, n)
		} else {
			rest = append(rest, n)
		}
	}
	if len(rest) > 0 && briefIsDue(set, now, began, rest, before) {
		return append(urgent, rest...), true
	}
	if len(urgent) > 0 && now.Sub(lastSent(before)) >= pause(set, now, before) {
		return urgent, false
	}
	return nil, false
}

func pause(set Settings, now time.Time, before []sent) time.Duration {
	if sentToday(now, before) >= set.Budget {
		return beyondBudget
	}
	return betweenUrgent
}

func lastSent(before []sent) time.Time {
	var last time.Time
	for _, b := range before {
		if b.at.After(last) {
			last = b.at
		}
	}
	return last
}

func sentToday(now time.Time, before []sent) int {
	n := 0
	for _, b := range before {
		if sameDay(b.at.In(now.Location()), now) {
			n++
		}
	}
	return n
}

func sameDay(a, b time.Time) bool {
	return a.Year() == b.Year() && a.YearDay() == b.YearDay()
}

// briefIsDue says whether it is morning, or something has waited since before the morning, and no brief was sent today.
func briefIsDue(set Settings, now, began time.Time, waiting []Notice, before []sent) bool {
	at, ok := briefTime(set, now)
	if !ok || now.Before(at) || quiet(set, now) {
		return false
	}
	if now.Sub(began) > morning && !slices.ContainsFunc(waiting, func(n Notice) bool { return n.since.Before(at) }) {
		return false
	}
	for _, b := range before {
		if b.brief && sameDay(b.at.In(now.Location()), now) {
			return false
		}
	}
	return true
}

// briefTime is when the brief of the day is due; false where there is none.
func briefTime(set Settings, now time.Time) (time.Time, bool) {
	at, ok := minuteOf(set.Brief)
	return time.Date(now.Year(), now.Month(), now.Day(), at/60, at%60, 0, 0, now.Location()), ok
}

// quiet says whether only what is urgent may be told.
func quiet(set Settings, now time.Time) bool {
	if day, err := core.ParseDay(set.Paused); err == nil && core.DayOf(now, now.Location()) <= day {
		return true
	}
	from, ok := minuteOf(set.QuietFrom)
	to, too := minuteOf(set.QuietTo)
	if !ok || !too || from == to {
		return false
	}
	at := now.Hour()*60 + now.Minute()
	if from < to {
		return at >= from && at < to
	}
	return at >= from || at < to
}

// Lines of a message, and titles of one cause in it.
const (
	mostLines  = 5
	mostTitles = 3
)

// write makes one message of the things, those of one cause together.
func write(things []Notice, brief bool) channel.Message {
	causes := byCause(things)
	m := channel.Message{Urgent: slices.ContainsFunc(things, func(n Notice) bool { return n.Urgent })}
	switch {
	case len(things) == 1:
		m.Title = things[0].Title
		m.Body = "Open Purser to see why."
		if things[0].Urgent {
			m.Body = "Critical. " + m.Body
		}
	case len(causes) == 1:
		m.Title = heading(causes[0])
		for _, n := range causes[0][:min(mostTitles, len(things))] {
			m.Body += n.Title + "\n"
		}
		m.Body += more(len(things)-mostTitles, "")
	default:
		m.Title = fmt.Sprintf("%d things can't wait", len(things))
		if brief {
			m.Title = fmt.Sprintf("Your morning: %d things", len(things))
		}
		for _, c := range causes[:min(mostLines, len(causes))] {
			m.Body += heading(c) + "\n"
		}
		m.Body += more(len(causes)-mostLines, " causes")
	}
	m.Body = strings.TrimSpace(m.Body)
	return m
}

func more(n int, what string) string {
	if n <= 0 {
		return ""
	}
	return fmt.Sprintf("and %d more%s", n, what)
}

func heading(same []Notice) string {
	if len(same) == 1 || same[0].Cause == "" {
		return same[0].Title
	}
	return fmt.Sprintf("%d %s", len(same), same[0].Cause)
}

// byCause groups things: urgent ones first, then those of which there are most.
func byCause(things []Notice) [][]Notice {
	var names []string
	groups := map[string][]Notice{}
	for _, n := range things {
		name := cmp.Or(n.Cause, n.Key)
		if len(groups[name]) == 0 {
			names = append(names, name)
		}
		groups[name] = append(groups[name], n)
	}
	var out [][]Notice
	for _, name := range names {
		out = append(out, groups[name])
	}
	slices.SortStableFunc(out, func(a, b []Notice) int {
		rank := func(g []Notice) int {
			if slices.ContainsFunc(g, func(n Notice) bool { return n.Urgent }) {
				return 0
			}
			return 1
		}
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(len(b), len(a)))
	})
	return out
}
