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

// expected says why a window without rows is not believed; "" if it may be. What the two weeks before gave decides.
func (s *Service) expected(ctx context.Context, a *ask, f source.Feed) (string, error) {
	if f.Sparse {
		return "", nil
	}
	var past []before
	err := s.each(context.WithoutCancel(ctx), "Before", func(r *sql.Rows) error {
		var from, to int64
		var b before
		if err := r.Scan(&from, &to, &b.rows); err != nil {
			return err
		}
		b.from, b.to = fromMS(from), fromMS(to)
		past = append(past, b)
		return nil
	}, a.stream, toMS(a.since.Add(-suspectPast)), toMS(a.from), toMS(a.next.Add(clockSlack)))
	if err != nil {
		return "", fmt.Errorf("read what came before: %w", err)
	}
	if a.to.Sub(a.from) < wholeDay {
		return likelyInHours(a, past), nil
	}
	return likelyInDays(a, past), nil
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
		return fmt.Sprintf("About %.0f rows were to be expected by the two weeks before", likely)
	case full == len(past) && full >= fewest && a.since.Sub(a.from) <= a.to.Sub(a.since): // else they all had the same rows
		return fmt.Sprintf("All %d answers of the two weeks before had rows", full)
	}
	return ""
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
