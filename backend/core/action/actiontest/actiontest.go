// Package actiontest is the conformance suite of executors, and a peer that lies.
//
// Input: an executor on a fresh peer, with a wish that it can carry out.
// Output: the promises that every executor must keep, each as a test of its own.
package actiontest

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"purser/backend/core/action"
)

// Subject is an executor with what stands around it: a peer that nothing has been done to yet.
type Subject struct {
	// Make gives an executor on the peer; called again, another one on the same peer, as after a restart.
	Make func() action.Executor
	// Wish is what it is asked to do; it can be done.
	Wish action.Wish
	// Other is what else it may be asked for at the same place; the zero value: the same with other words and one unit more.
	Other action.Wish
	// State is all that the peer holds, as one text: equal for equal states.
	State func() string
	// Seen lists what has reached the peer, oldest first, as the bytes that were to be sent. nil: nothing is sent.
	Seen func() []string
	// Edit changes at the peer what the wish changes, as somebody else would. nil for kinds that are not readable.
	Edit func()
	// Late makes the peer take what comes from now on and go on showing the values before, until show is called. nil: it
	// cannot, and nothing is asked of how late values are told.
	Late func() (show func())
}

// promise is one thing that every executor must keep. It gives what is wrong, or nil.
type promise struct {
	name string
	kept func(ctx context.Context, s Subject) error
}

func promises() []promise {
	return []promise{
		{"the kind says everything", kindIsWhole},
		{"a dry run changes nothing and says the same twice", prepareIsDry},
		{"what is done is what was prepared", executeDoesIt},
		{"doing it again does no more", againDoesNoMore},
		{"what became of it is told truly", foundIsTrue},
		{"taking it back returns the first state", reverseReturns},
		{"what was changed by others is not overwritten", editsAreKept},
		{"what is shown late is told as it is shown", lateIsTold},
		{"a broken payload is refused", brokenIsRefused},
		{"a payload with one byte changed is refused", flippedIsRefused},
		{"what has been called off is told honestly", cancelledIsHonest},
		{"hostile words do no harm", hostileIsHarmless},
		{"many at once do not disturb each other", manyAtOnce},
	}
}

// Run holds an executor against every promise, each on a fresh subject.
func Run(t *testing.T, fresh func(t *testing.T) Subject) {
	t.Helper()
	for _, p := range promises() {
		t.Run(p.name, func(t *testing.T) {
			if err := keeps(t, p, fresh(t)); err != nil {
				t.Error(err)
			}
		})
	}
}

// Broken lists the promises that an executor breaks, with how: what Run would fail on.
func Broken(t *testing.T, fresh func(t *testing.T) Subject) map[string]error {
	t.Helper()
	out := map[string]error{}
	for _, p := range promises() {
		if err := keeps(t, p, fresh(t)); err != nil {
			out[p.name] = err
		}
	}
	return out
}

func keeps(t *testing.T, p promise, s Subject) (err error) {
	t.Helper()
	if s.Make == nil || s.State == nil || s.Wish.Kind == "" {
		t.Fatal("a subject needs Make, Wish and State")
	}
	k := s.Make().Kind()
	if k.Readable && s.Edit == nil {
		t.Fatal("a subject whose kind is readable needs Edit")
	}
	if k.Level >= action.Outbound && s.Seen == nil {
		t.Fatal("a subject that leaves the computer needs Seen")
	}
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("it panicked: %v", v)
		}
	}()
	return p.kept(t.Context(), s)
}

// prepared is the dry run of a wish with the key that the outbox would give it.
func prepared(ctx context.Context, s Subject, w action.Wish, key string) (action.Request, error) {
	r, err := s.Make().Prepare(ctx, w)
	if err != nil {
		return r, fmt.Errorf("prepare: %w", err)
	}
	r.Key = key
	return r, nil
}

// done prepares a wish and does it.
func done(ctx context.Context, s Subject, w action.Wish, key string) (action.Request, error) {
	r, err := prepared(ctx, s, w, key)
	if err != nil {
		return r, err
	}
	if _, err := s.Make().Execute(ctx, r); err != nil {
		return r, fmt.Errorf("execute: %w", err)
	}
	return r, nil
}

// holds says whether the peer has the value that it must have; what cannot be read has the value before.
func holds(ctx context.Context, s Subject, r action.Request, want string) error {
	e := s.Make()
	if !e.Kind().Readable {
		want = r.Before
	}
	v, err := e.Value(ctx, r)
	switch {
	case err != nil:
		return fmt.Errorf("value: %w", err)
	case v != want:
		return fmt.Errorf("the value is %q, want %q", v, want)
	}
	return nil
}

// other is a wish for something else at the same place.
func other(s Subject) action.Wish {
	if s.Other.Kind != "" {
		return s.Other
	}
	w := s.Wish
	w.Title, w.Label, w.Units = w.Title+", later", w.Label+", later", w.Units+1
	w.Checklist = append([]string{"Look again"}, w.Checklist...)
	return w
}

// errNone stands in a sentence where an error was due.
var errNone = errors.New("no error")

func orNone(err error) error {
	if err == nil {
		return errNone
	}
	return err
}
