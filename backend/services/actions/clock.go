package actions

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"purser/backend/core/action"
)

const (
	// slack is how far the clock may be set back without anything coming of it: time servers do that.
	slack = time.Minute

	putBackText = "The clock of this computer was put back while it waited, so that nobody knows how old the approval is. " +
		"Nothing was done; approve it anew."
)

// putBack ends approvals once the clock was put back: they would hold for longer than they should. It says whether it was.
func (s *Service) putBack(ctx context.Context) (bool, error) {
	latest, err := s.latest(ctx, s.o.DB.Reader())
	if err != nil {
		return false, err
	}
	now := s.now()
	switch {
	case now.Before(latest.Add(-slack)):
		defer s.o.Changed()
		return true, s.o.DB.Write(ctx, func(tx *sql.Tx) error { return s.tick(ctx, tx) })
	case now.After(latest.Add(slack)):
		return false, s.o.DB.Write(ctx, func(tx *sql.Tx) error { return s.tick(ctx, tx) })
	}
	return false, nil
}

func (s *Service) latest(ctx context.Context, db querier) (time.Time, error) {
	var at int64
	if err := db.QueryRowContext(ctx, s.q["Latest"]).Scan(&at); err != nil {
		return time.Time{}, fmt.Errorf("read the latest time that was seen: %w", err)
	}
	return time.Unix(at, 0), nil
}

// tick notes the time; if the clock was put back, what waits ends.
func (s *Service) tick(ctx context.Context, tx *sql.Tx) error {
	latest, err := s.latest(ctx, tx)
	if err != nil {
		return err
	}
	now := s.now()
	switch {
	case now.Before(latest.Add(-slack)):
		if err := s.endWaiting(ctx, tx); err != nil {
			return err
		}
	case !now.After(latest):
		return nil
	}
	if _, err := tx.ExecContext(ctx, s.q["SetLatest"], now.Unix()); err != nil {
		return fmt.Errorf("store the latest time that was seen: %w", err)
	}
	return nil
}

func (s *Service) endWaiting(ctx context.Context, tx *sql.Tx) error {
	rows, err := collect(ctx, tx, s.q["Awaiting"], scanRow)
	if err != nil {
		return err
	}
	for _, r := range rows {
		if err := s.move(ctx, tx, &r, action.Failed, Purser, putBackText); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, s.q["Sooner"], s.now().Unix()); err != nil {
		return fmt.Errorf("look at what is under way: %w", err)
	}
	return nil
}
