package core

import (
	"fmt"
	"strconv"
	"time"
)

// Day is a calendar day in some marketplace: days since 1970-01-01. The zero Day means "no day".
type Day int32

// DayOf is the calendar day of instant t in zone loc.
func DayOf(t time.Time, loc *time.Location) Day {
	y, m, d := t.In(loc).Date()
	return Date(y, m, d)
}

// Date makes a Day from a calendar date.
func Date(y int, m time.Month, d int) Day {
	return Day(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// ParseDay reads "2026-11-25".
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("day %s: write it as YYYY-MM-DD: %w", strconv.Quote(s), err)
	}
	return Day(t.Unix() / 86400), nil
}

// Time is midnight UTC of the day: for arithmetic and formatting, not an instant of the marketplace.
func (d Day) Time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// Start is the instant at which the day begins in zone loc.
func (d Day) Start(loc *time.Location) time.Time {
	y, m, dd := d.Time().Date()
	return time.Date(y, m, dd, 0, 0, 0, 0, loc)
}

// Weekday of the day.
func (d Day) Weekday() time.Weekday { return d.Time().Weekday() }

// String is the ISO form; "" for no day.
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// Period is a run of days, both ends included. The zero Period is empty.
type Period struct{ From, To Day }

// LastDays is the n days that end with to.
func LastDays(to Day, n int) Period { return Period{to - Day(n) + 1, to} }

// Days is the number of days in the period.
func (p Period) Days() int {
	if p.To < p.From || p.To == 0 {
		return 0
	}
	return int(p.To-p.From) + 1
}

// Contains says whether d lies in the period.
func (p Period) Contains(d Day) bool { return d >= p.From && d <= p.To }

// Include widens the period to hold d.
func (p Period) Include(d Day) Period {
	if p.To == 0 {
		return Period{d, d}
	}
	return Period{min(p.From, d), max(p.To, d)}
}

// SameWeekdaysBefore is the nearest earlier period of the same length that starts
// on the same weekday and does not overlap: 7 days earlier for 7, 28 for 28, 91 for 90.
func (p Period) SameWeekdaysBefore() Period {
	shift := Day((p.Days() + 6) / 7 * 7)
	return Period{p.From - shift, p.To - shift}
}
