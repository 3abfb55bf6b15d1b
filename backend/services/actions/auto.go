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
	var done int
	since := s.now().Add(-24 * time.Hour).Unix()
	if err := s.o.DB.Reader().QueryRowContext(ctx, s.q["DoneBy"], policy, since).Scan(&done); err != nil {
		return "", fmt.Errorf("count what %s did by itself: %w", policy, err)
	}
	return s.InBand(m, d, done), nil
}

// ActsAlone says whether a policy acts by itself at all.
func (s *Service) ActsAlone(ctx context.Context, policy string) (bool, error) {
	m, err := s.ModeOf(ctx, policy)
	return m.Mode == Auto, err
}
