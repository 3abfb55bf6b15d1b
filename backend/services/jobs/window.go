package jobs

import (
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

// window is [from, to); day is set where it is one marketplace day.
type window struct {
	from, to time.Time
	since    time.Time // what lies before is covered already
	day      core.Day
}

// dayStart is the first instant of a day in a zone. Where clocks are set at midnight a day may begin at one o'clock.
func dayStart(d core.Day, zone *time.Location) time.Time {
	t := d.Start(zone)
	for core.DayOf(t, zone) < d {
		_, end := t.ZoneBounds()
		if end.IsZero() {
			break
		}
		t = end
	}
	if begin, _ := t.ZoneBounds(); !begin.IsZero() && core.DayOf(begin.Add(-1), zone) == d {
		_, offset := begin.Add(-1).In(zone).Zone()
		t = d.Time().Add(-time.Duration(offset) * time.Second)
	}
	return t.UTC()
}

// inDays says whether windows begin and end with days of the marketplace.
func inDays(f source.Feed) bool { return f.DayByDay || f.WholeDays }

// nextMidnight is t where a day begins, otherwise the beginning of the next one.
func nextMidnight(t time.Time, zone *time.Location) time.Time {
	if b := dayStart(core.DayOf(t, zone), zone); !b.Before(t) {
		return b
	}
	return dayStart(core.DayOf(t, zone)+1, zone)
}

// edge is until when there may be something: the end of the last whole day of a feed in days.
func edge(f source.Feed, zone *time.Location, now time.Time) time.Time {
	t := now.Add(-f.Late).UTC().Truncate(time.Second)
	if inDays(f) {
		return dayStart(core.DayOf(t, zone), zone)
	}
	return t
}

// horizon is the oldest instant that is asked for.
func horizon(f source.Feed, zone *time.Location, now time.Time, history time.Duration) time.Time {
	t := now.Add(-history).UTC().Truncate(time.Second)
	if inDays(f) {
		return dayStart(core.DayOf(t, zone)+1, zone)
	}
	return t
}

// cut divides [from, to) into windows, the newest first.
func cut(f source.Feed, zone *time.Location, from, to time.Time) []window {
	var out []window
	if f.DayByDay {
		for d := core.DayOf(to.Add(-1), zone); d >= core.DayOf(from, zone) && from.Before(to); d-- {
			out = append(out, window{from: dayStart(d, zone), to: dayStart(d+1, zone), since: dayStart(d, zone), day: d})
		}
		return out
	}
	for to.After(from) {
		begin := from
		if f.Slice > 0 && to.Sub(from) > f.Slice {
			begin = sliceBefore(f, zone, to)
		}
		out = append(out, window{from: begin, to: to, since: begin})
		to = begin
	}
	return out
}

// sliceBefore is where the longest window begins that ends with to. A slice of days has a day at least.
func sliceBefore(f source.Feed, zone *time.Location, to time.Time) time.Time {
	begin := to.Add(-f.Slice)
	if !f.WholeDays {
		return begin
	}
	if begin = nextMidnight(begin, zone); !begin.Before(to) {
		begin = dayStart(core.DayOf(to, zone)-1, zone)
	}
	return begin
}

// newest is what is asked for first of a stream that has nothing.
func newest(f source.Feed, zone *time.Location, now time.Time, history time.Duration) (window, bool) {
	end := edge(f, zone, now)
	begin := horizon(f, zone, now, history)
	switch {
	case f.DayByDay:
		begin = dayStart(core.DayOf(end.Add(-1), zone), zone)
	case f.Slice > 0 && (history <= 0 || begin.Before(end.Add(-f.Slice))):
		begin = sliceBefore(f, zone, end)
	case history <= 0:
		begin = end.Add(-max(f.Every, f.Overlap, time.Hour))
	}
	all := cut(f, zone, begin, end)
	if len(all) == 0 {
		return window{}, false
	}
	return all[0], true
}

// onwards is what has come since high, and a little of what was before it, the newest first.
func onwards(f source.Feed, zone *time.Location, low, high, now time.Time, history time.Duration) []window {
	end := edge(f, zone, now)
	if !end.After(high) {
		return nil
	}
	begin := high.Add(-f.Overlap)
	if f.WholeDays {
		begin = dayStart(core.DayOf(begin, zone), zone)
	}
	if begin.Before(low) {
		begin = low
	}
	if h := horizon(f, zone, now, history); history > 0 && begin.Before(h) {
		begin = h
	}
	all := cut(f, zone, begin, end)
	for i := range all {
		if all[i].since.Before(high) {
			all[i].since = high
		}
	}
	return all
}

// backwards is the window before low, if there is one to be had.
func backwards(f source.Feed, zone *time.Location, low, now time.Time, history time.Duration) (window, bool) {
	begin := horizon(f, zone, now, history)
	if history <= 0 || low.Sub(begin) < min(time.Hour, max(f.Slice, time.Second)) {
		return window{}, false
	}
	all := cut(f, zone, begin, low)
	if len(all) == 0 {
		return window{}, false
	}
	return all[0], true
}

// anew is the past that is asked for again, as far as it was asked for before. Where it was last asked for longer ago
// than it should have been, because the computer was off, it reaches back further by that: every day is asked for once
// more when Amazon restates it no longer.
func anew(f source.Feed, zone *time.Location, a source.Again, last, low, high, now time.Time) []window {
	end := edge(f, zone, now)
	begin := end.Add(-a.Past)
	if missed := now.Sub(last) - a.Every; !last.IsZero() && missed > 0 {
		begin = begin.Add(-missed)
	}
	if inDays(f) {
		begin = dayStart(core.DayOf(begin, zone), zone)
	}
	if h := horizon(f, zone, now, f.History); f.History > 0 && begin.Before(h) { // Amazon refuses what is older
		begin = h
	}
	if begin.Before(low) {
		begin = low
	}
	if end.After(high) {
		end = high
	}
	return cut(f, zone, begin, end)
}
