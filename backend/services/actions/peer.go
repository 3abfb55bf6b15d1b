package actions

import (
	"context"
	"fmt"
	"time"

	"purser/backend/core/action"
)

// Every question to an executor has an end, and a fault in one is an error like any other: what is not known to have
// been done is treated as such.

func (s *Service) value(ctx context.Context, e action.Executor, r action.Request) (v string, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	defer func() { s.heard(ctx, e.Kind(), err) }()
	defer caught(&err)
	return e.Value(ctx, r)
}

func (s *Service) found(ctx context.Context, e action.Executor, r action.Request) (f action.Fate, rc action.Receipt, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	defer func() { s.heard(ctx, e.Kind(), err) }()
	defer caught(&err)
	return e.Found(ctx, r)
}

func (s *Service) do(ctx context.Context, e action.Executor, r action.Request) (rc action.Receipt, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	defer func() { s.heard(ctx, e.Kind(), err) }()
	defer caught(&err)
	return e.Execute(action.WithLastCheck(ctx, s.halted), r)
}

// halted says why nothing may be sent any more: the switch may be thrown while something waits for its turn at the peer.
func (s *Service) halted() string {
	if s.Stopped() {
		return stoppedText
	}
	return ""
}

// prepare is the dry run. It may read long lists and takes the time that it needs.
func (s *Service) prepare(ctx context.Context, e action.Executor, w action.Wish) (r action.Request, err error) {
	defer func() { s.heard(ctx, e.Kind(), err) }()
	defer caught(&err)
	return e.Prepare(action.DryRun(ctx), w)
}

func caught(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("a fault of the program: %v", p)
	}
}

// pauseAfter grows from one second to about two hours.
func pauseAfter(tries int) time.Duration {
	const first, growth = time.Second, 4
	d := first
	for range min(tries, mostTries) - 1 {
		d *= growth
	}
	return min(d, 2*time.Hour)
}
