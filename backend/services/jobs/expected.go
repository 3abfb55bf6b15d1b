package jobs

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"purser/backend/core/source"
)

const (
	suspectPast = 14 * 24 * time.Hour
	// wholeDay is from how long on a window has its share of day and night.
	wholeDay = 20 * time.Hour
	// likelyDay and likelyHour are how many rows have to be likely in a window for none to be no chance: a day of three
	// orders may be followed by one without, but the past decides; an hour of the day has its own past, and there are many
	// hours, so that far more have to be likely.
	likelyDay, likelyHour = 3, 12
	fewest                = 5 // answers before it that have to have rows
)

// before is one answer of the two weeks before a window.
type before struct {
	from, to time.Time
	rows     int
}

// expected says why a window without rows is not believed; "" if it may be. What the two weeks beside it gave decides, and
// what the window itself had when it was asked for before.
func (s *Service) expected(ctx context.Context, a *ask, f source.Feed) (string, error) {
	if f.Sparse {
		return "", nil
	}
	if a.kind == kindAgain {
		had, err := s.answers(ctx, "Within", a.stream, toMS(a.from), toMS(a.to))
		return hadRows(a, had), err
	}
	from, to := a.since.Add(-suspectPast), a.from
	if a.kind == kindBackfill { // which goes backwards: what was asked for before it came later
		from, to = a.to, a.to.Add(max(suspectPast, a.to.Sub(a.from)))
	}
	past, err := s.answers(ctx, "Before", a.stream, toMS(from), toMS(to), toMS(a.next.Add(clockSlack)))
	if err != nil {
		return "", err
	}
	if a.to.Sub(a.from) < wholeDay {
		return likelyInHours(a, past), nil
	}
	return likelyInDays(a, past), nil
}

// answers reads what windows gave.
func (s *Service) answers(ctx context.Context, query string, args ...any) ([]before, error) {
	var out []before
	err := s.each(context.WithoutCancel(ctx), query, func(r *sql.Rows) error {
		var from, to int64
		var b before
		if err := r.Scan(&from, &to, &b.rows); err != nil {
			return err
		}
		b.from, b.to = fromMS(from), fromMS(to)
		out = append(out, b)
		return nil
	}, args...)
	if err != nil {
		return nil, fmt.Errorf("read what came before: %w", err)
	}
	return out, nil
}

// hadRows compares a window that is asked for again with what it had before. Amazon restates figures; it does not take
// all of them back.
func hadRows(a *ask, had []before) string {
	most := 0.0
	for _, b := range had {
		common := minTime(b.to, a.to).Sub(maxTime(b.from, a.from))
		if length := b.to.Sub(b.from); length > 0 && common > 0 {
			most = max(most, float64(b.rows)*float64(common)/float64(length))
		}
	}
	if most < 1 {
		return ""
	}
	return fmt.Sprintf("About %.0f rows were in it when it was asked for before", most)
}

func likelyInDays(a *ask, past []before) string {
	rows, full, length := 0, 0, time.Duration(0)
	for _, b := range past {
		rows, length = rows+b.rows, length+b.to.Sub(b.from)
		if b.rows > 0 {
			full++
		}
	}
	if rows == 0 || length == 0 {
		return ""
	}
	likely := float64(rows) / float64(length) * float64(a.to.Sub(a.from))
	switch {
	case likely >= likelyDay:
		return fmt.Sprintf("About %.0f rows were to be expected by the weeks beside it", likely)
	case full == len(past) && full >= fewest && regular(a, length/time.Duration(len(past))):
		return fmt.Sprintf("All %d answers of the weeks beside it had rows", full)
	}
	return ""
}

// regular says whether a window that is empty can be compared with those before it, which were so long: one that mostly
// repeats them has their rows, and a shorter one may well have none.
func regular(a *ask, length time.Duration) bool {
	return a.since.Sub(a.from) <= a.to.Sub(a.since) && a.to.Sub(a.from) >= length
}

// likelyInHours compares a window with the same hours of the days before: at night less is sold than by day.
func likelyInHours(a *ask, past []before) string {
	days, rows := 0, 0.0
	for k := 1; k <= int(suspectPast/day); k++ {
		from, to := a.from.Add(-time.Duration(k)*day), a.to.Add(-time.Duration(k)*day)
		seen, got := false, 0.0
		for _, b := range past {
			length := b.to.Sub(b.from)
			common := minTime(b.to, to).Sub(maxTime(b.from, from))
			if length >= wholeDay || length <= 0 || common <= 0 { // a whole day says nothing of its hours
				continue
			}
			seen, got = true, got+float64(b.rows)*float64(common)/float64(length)
		}
		switch {
		case seen && got == 0:
			return ""
		case seen:
			days, rows = days+1, rows+got
		}
	}
	if days < fewest || rows/float64(days) < likelyHour {
		return ""
	}
	return fmt.Sprintf("About %.0f rows were to be expected by the same hours of %d days before", rows/float64(days), days)
}

func minTime(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func maxTime(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
