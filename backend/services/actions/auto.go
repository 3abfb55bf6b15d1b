package actions

import (
	"context"
	"fmt"
	"time"

	"purser/backend/core/action"
)

// MayAct says why a draft of a policy is not done without asking; "" if it is. The drafts of one policy are asked one
// after the other, each after the one before was approved, so that they are counted.
func (s *Service) MayAct(ctx context.Context, policy string, d action.Draft) (string, error) {
	m, err := s.ModeOf(ctx, policy)
	if err != nil {
		return "", err
	}
	done, err := s.doneBy(ctx, s.o.DB.Reader(), policy, 0)
	if err != nil {
		return "", err
	}
	return s.InBand(m, d, done), nil
}

// doneBy counts what a policy did by itself in 24 hours, without one action.
func (s *Service) doneBy(ctx context.Context, db querier, policy string, but int64) (n int, err error) {
	since := s.now().Add(-24 * time.Hour).Unix()
	if err := db.QueryRowContext(ctx, s.q["DoneBy"], policy, since, but).Scan(&n); err != nil {
		return 0, fmt.Errorf("count what %s did by itself: %w", policy, err)
	}
	return n, nil
}

// alone says why what nobody was asked about is not done after all: its rule was taken back, or its band made
// narrower, since it was approved. While the audit is being checked it waits for what that finds.
func (s *Service) alone(ctx context.Context, db querier, e action.Executor, r row) (hindrance, error) {
	if r.Who != Purser || r.Reverses != 0 {
		return hindrance{}, nil
	}
	m, err := s.modeOf(ctx, db, r.Request.Policy)
	if err != nil {
		return hindrance{}, err
	}
	if m.Mode != Auto {
		if m.Since.Unix() < r.ApprovedAt {
			return hindrance{}, nil
		}
		return hindrance{"Its rule does not act by itself any more. Nothing was done.", true}, nil
	}
	if s.o.Sound() == Unchecked {
		return hindrance{uncheckedText, false}, nil
	}
	done, err := s.doneBy(ctx, db, r.Request.Policy, r.ID)
	if err != nil {
		return hindrance{}, err
	}
	return hindrance{s.outside(m.Band, action.Draft{Request: r.Request, Kind: e.Kind(), Subject: r.Subject}, done), true}, nil
}

// ActsAlone says whether a policy acts by itself at all.
func (s *Service) ActsAlone(ctx context.Context, policy string) (bool, error) {
	m, err := s.ModeOf(ctx, policy)
	return m.Mode == Auto, err
}
