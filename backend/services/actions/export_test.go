package actions

import (
	"context"

	"purser/backend/core/action"
)

// Pass is one round of the worker, for tests that move the clock themselves.
func (s *Service) Pass(ctx context.Context, outbound bool) error { return s.pass(ctx, outbound) }

// HashOf is what an approval is bound to.
func HashOf(r action.Request) string { return hashOf(r) }
