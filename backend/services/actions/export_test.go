package actions

import "context"

// Pass is one round of the worker, for tests that move the clock themselves.
func (s *Service) Pass(ctx context.Context, outbound bool) error { return s.pass(ctx, outbound) }
