// Package supervise runs long-lived work so that one failure stays one failure.
//
// Input: named functions that run until their context ends.
// Output: each runs under its own supervisor, is restarted with backoff after an error or a
// panic, and tells the caller what happened.
package supervise

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"

	"github.com/thejerf/suture/v4"
)

// Tree is a set of supervised functions.
type Tree struct {
	sup  *suture.Supervisor
	stop context.CancelFunc
	done <-chan error
	wg   sync.WaitGroup
}

// New starts an empty tree that lives until ctx ends or Stop is called.
func New(ctx context.Context, name string) *Tree {
	ctx, stop := context.WithCancel(ctx)
	sup := suture.New(name, suture.Spec{EventHook: func(suture.Event) {}})
	return &Tree{sup: sup, stop: stop, done: sup.ServeBackground(ctx)}
}

// ErrFinished ends a supervised function that returns it, for good and without being a failure.
var ErrFinished = suture.ErrDoNotRestart

// Add runs fn under a branch of its own. A returned error or a panic is told to onFail and
// fn is started again with backoff; nil or ErrFinished ends it. onFail may be nil.
func (t *Tree) Add(name string, fn func(ctx context.Context) error, onFail func(error)) {
	branch := suture.New(name, suture.Spec{EventHook: func(suture.Event) {}})
	branch.Add(&service{name: name, fn: fn, onFail: onFail})
	t.sup.Add(branch)
}

type service struct {
	name   string
	fn     func(context.Context) error
	onFail func(error)
}

// Serve implements suture.Service.
func (s *service) Serve(ctx context.Context) error {
	err := Guard(s.name, func() error { return s.fn(ctx) })
	switch {
	case err == nil, errors.Is(err, ErrFinished):
		return suture.ErrDoNotRestart
	case ctx.Err() != nil:
		return ctx.Err()
	}
	if s.onFail != nil {
		s.onFail(err)
	}
	return err
}

// String implements fmt.Stringer for suture.
func (s *service) String() string { return s.name }

// Go runs fn once in the background; a panic becomes the error given to onExit.
func (t *Tree) Go(name string, fn func() error, onExit func(error)) {
	t.wg.Go(func() { onExit(Guard(name, fn)) })
}

// Stop ends everything and waits for it.
func (t *Tree) Stop() {
	t.stop()
	<-t.done //nolint:errcheck // only says that the context ended
	t.wg.Wait()
}

// PanicError is a panic turned into an error.
type PanicError struct {
	Name  string
	Value any
	Stack []byte
}

// Error implements error.
func (e *PanicError) Error() string { return fmt.Sprintf("%s panicked: %v", e.Name, e.Value) }

// Guard runs fn and turns a panic into a *PanicError.
func Guard(name string, fn func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &PanicError{Name: name, Value: v, Stack: debug.Stack()}
		}
	}()
	return fn()
}
