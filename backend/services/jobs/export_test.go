package jobs

import (
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

// DayForTest is a window of one day.
type DayForTest struct {
	Day      core.Day
	From, To time.Time
}

// DaysForTest cuts the days from first to last as the engine does, the newest first.
func DaysForTest(zone *time.Location, first, last core.Day) []DayForTest {
	var out []DayForTest
	for _, w := range cut(source.Feed{DayByDay: true}, zone, dayStart(first, zone), dayStart(last+1, zone)) {
		out = append(out, DayForTest{w.day, w.from, w.to})
	}
	return out
}
