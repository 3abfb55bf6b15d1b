package notifications

import (
	"context"
	"database/sql"
	"time"
)

// Preview says how many messages settings would have made of what came up over the last seven days.
func (s *Service) Preview(ctx context.Context, set Settings) (int, error) {
	if err := set.check(); err != nil {
		return 0, err
	}
	now := s.clock.Now().In(s.zone)
	type event struct {
		at time.Time
		Notice
	}
	var events []event
	err := each(ctx, s.db.Reader(), s.q["ListEvents"], func(rows *sql.Rows) error {
		var e event
		var at int64
		err := rows.Scan(&at, &e.Cause, &e.Title, &e.Urgent)
		e.at = time.Unix(at, 0).In(s.zone)
		events = append(events, e)
		return err
	}, now.Add(-eventsKept).Unix())
	if err != nil || len(events) == 0 {
		return 0, err
	}
	var waiting []Notice
	var before []sent
	for t := events[0].at; !t.After(now); t = t.Add(time.Minute) {
		for len(events) > 0 && !events[0].at.After(t) {
			events[0].since = events[0].at
			waiting, events = append(waiting, events[0].Notice), events[1:]
		}
		// As if Purser had been there all the time.
		began, _ := briefTime(set, t)
		tell, brief := due(set, t, began, waiting, before)
		if len(tell) == 0 {
			continue
		}
		before = append(before, sent{t, brief})
		waiting = untold(waiting, brief)
	}
	return len(before), nil
}

// untold is what still waits after a message: a brief tells everything, another one what is urgent.
func untold(waiting []Notice, brief bool) []Notice {
	if brief {
		return nil
	}
	var out []Notice
	for _, n := range waiting {
		if !n.Urgent {
			out = append(out, n)
		}
	}
	return out
}
