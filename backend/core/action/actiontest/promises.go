package actiontest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"purser/backend/core/action"
)

func kindIsWhole(_ context.Context, s Subject) error {
	k, known := s.Make().Kind(), limitNames()
	var errs []error
	must := func(ok bool, format string, args ...any) {
		if !ok {
			errs = append(errs, fmt.Errorf(format, args...))
		}
	}
	must(k.Name != "" && k.Name == s.Wish.Kind, "the kind is named %q and carries out %q", k.Name, s.Wish.Kind)
	must(strings.TrimSpace(k.Title) != "", "the kind needs a title")
	must(k.Level >= action.Local && k.Level <= action.Final, "level %d is none of an action", k.Level)
	must(len(k.Needs) > 0, "the kind needs at least one limit: without one nothing bounds it")
	for i, n := range k.Needs {
		must(known[n], "nobody knows the limit %q", n)
		must(!slices.Contains(k.Needs[:i], n), "the limit %q is named twice", n)
	}
	must(k.Settles >= 0 && (k.Settles == 0 || k.Readable), "what settles in %s must be readable", k.Settles)
	must(k.Level != action.Final || !k.Automatic, "what cannot be taken back is never done without asking")
	return errors.Join(errs...)
}

func limitNames() map[string]bool {
	out := map[string]bool{}
	for _, n := range []string{
		action.PerDay, action.PerMonth, action.PerEntityDay, action.HoursBetween, action.StepPercent, action.WeekPercent, action.ValueMin,
		action.ValueMax, action.UnitsMax, action.MoneyOnce, action.MoneyDay, action.MoneyMonth,
	} {
		out[n] = true
	}
	return out
}

func prepareIsDry(ctx context.Context, s Subject) error {
	before := s.State()
	r, err := s.Make().Prepare(ctx, s.Wish)
	if err != nil {
		return fmt.Errorf("prepare: %w", err)
	}
	again, err := s.Make().Prepare(ctx, s.Wish)
	w := s.Wish
	switch {
	case err != nil:
		return fmt.Errorf("prepare again: %w", err)
	case again != r:
		return fmt.Errorf("preparing again says %+v, before %+v", again, r)
	case s.State() != before:
		return fmt.Errorf("preparing changed the peer from %s to %s", before, s.State())
	case s.Seen != nil && len(s.Seen()) > 0:
		return fmt.Errorf("preparing sent %q", s.Seen())
	case r.Key != "":
		return fmt.Errorf("the key is given by who carries it out, and is %q", r.Key)
	case r.Kind != w.Kind || r.Decision != w.Decision || r.Policy != w.Policy || r.Version != w.Version:
		return fmt.Errorf("the request is of %s %s %s/%d, the wish of %s %s %s/%d", r.Kind, r.Decision, r.Policy, r.Version, w.Kind, w.Decision, w.Policy, w.Version)
	case r.Entity == "" || r.Field == "" || r.Payload == "":
		return fmt.Errorf("the request does not say what is changed, and how: %+v", r)
	case r.Before == r.After:
		return fmt.Errorf("before and after are both %q", r.After)
	}
	return holds(ctx, s, r, r.Before)
}

func executeDoesIt(ctx context.Context, s Subject) error {
	before := s.State()
	r, err := prepared(ctx, s, s.Wish, "k1")
	if err != nil {
		return err
	}
	receipt, err := s.Make().Execute(ctx, r)
	switch {
	case err != nil:
		return fmt.Errorf("execute: %w", err)
	case strings.TrimSpace(receipt.Text) == "":
		return errors.New("the receipt says nothing")
	case s.State() == before:
		return errors.New("it said that it was done, and nothing changed")
	case s.Seen != nil && !slices.Equal(s.Seen(), []string{r.Payload}):
		return fmt.Errorf("%q reached the peer; %q was prepared", s.Seen(), r.Payload)
	}
	return holds(ctx, s, r, r.After)
}

func againDoesNoMore(ctx context.Context, s Subject) error {
	if !s.Make().Kind().Repeatable {
		return nil
	}
	r, err := done(ctx, s, s.Wish, "k1")
	if err != nil {
		return err
	}
	after := s.State()
	if _, err := s.Make().Execute(ctx, r); err != nil {
		return fmt.Errorf("execute again: %w", err)
	}
	if s.State() != after {
		return fmt.Errorf("the same key again changed the peer from %s to %s", after, s.State())
	}
	return holds(ctx, s, r, r.After)
}

func foundIsTrue(ctx context.Context, s Subject) error {
	r, err := prepared(ctx, s, s.Wish, "k1")
	if err != nil {
		return err
	}
	fate, _, err := s.Make().Found(ctx, r)
	if err == nil && fate != action.NotDone && fate != action.Open {
		return fmt.Errorf("before anything was done its fate was %q", fate)
	}
	if _, err := s.Make().Execute(ctx, r); err != nil {
		return fmt.Errorf("execute: %w", err)
	}
	fate, receipt, err := s.Make().Found(ctx, r)
	switch {
	case err != nil:
		return fmt.Errorf("found: %w", err)
	case fate == action.Done && strings.TrimSpace(receipt.Text) == "":
		return errors.New("it was found done, and the receipt says nothing")
	case fate == action.Done, fate == action.Open && !s.Make().Kind().Readable:
		return nil
	}
	return fmt.Errorf("after it was done its fate was %q", fate)
}

func reverseReturns(ctx context.Context, s Subject) error {
	r, err := prepared(ctx, s, s.Wish, "k1")
	if err != nil {
		return err
	}
	k := s.Make().Kind()
	_, err = s.Make().Reverse(r)
	switch {
	case errors.Is(err, action.ErrFinal) && k.Automatic:
		return errors.New("what cannot be taken back is never done without asking")
	case errors.Is(err, action.ErrFinal):
		return nil
	case k.Level == action.Final:
		return fmt.Errorf("what leaves for good must say so when it is to be taken back, not %w", err)
	case err != nil:
		return fmt.Errorf("reverse: %w", err)
	}
	// Once over nothing, and once over what was set before.
	if err := roundTrip(ctx, s, s.Wish, "k1"); err != nil {
		return err
	}
	if _, err := done(ctx, s, s.Wish, "k3"); err != nil {
		return err
	}
	if err := roundTrip(ctx, s, other(s), "k4"); err != nil {
		return fmt.Errorf("over what was there: %w", err)
	}
	return nil
}

func roundTrip(ctx context.Context, s Subject, w action.Wish, key string) error {
	first := s.State()
	r, err := done(ctx, s, w, key)
	if err != nil {
		return err
	}
	if s.State() == first {
		return errors.New("nothing changed")
	}
	back, err := s.Make().Reverse(r)
	if err != nil {
		return fmt.Errorf("reverse: %w", err)
	}
	forth, err := s.Make().Reverse(back)
	if err != nil {
		return fmt.Errorf("reverse what takes back: %w", err)
	}
	r.Key = ""
	switch {
	case back.Key != "":
		return errors.New("what takes an action back is another action and has no key yet")
	case back.Before != r.After || back.After != r.Before || back.Entity != r.Entity || back.Field != r.Field || back.Kind != r.Kind:
		return fmt.Errorf("%+v does not take back %+v", back, r)
	case forth != r:
		return fmt.Errorf("taking back twice gives %+v, not %+v", forth, r)
	}
	back.Key = key + "back"
	if _, err := s.Make().Execute(ctx, back); err != nil {
		return fmt.Errorf("execute what takes back: %w", err)
	}
	if s.State() != first {
		return fmt.Errorf("the peer was %s and is %s", first, s.State())
	}
	return holds(ctx, s, r, r.Before)
}

// editsAreKept: the outbox compares the value before it begins; between that and the writing lies a moment in which an
// executor that can read looks once more.
func editsAreKept(ctx context.Context, s Subject) error {
	if !s.Make().Kind().Readable {
		return nil
	}
	r, err := prepared(ctx, s, s.Wish, "k1")
	if err != nil {
		return err
	}
	s.Edit()
	edited := s.State()
	v, err := s.Make().Value(ctx, r)
	if err != nil {
		return fmt.Errorf("value: %w", err)
	}
	if v == r.Before || v == r.After {
		return fmt.Errorf("somebody changed it, and its value is still %q", v)
	}
	_, err = s.Make().Execute(ctx, r)
	if !action.IsRefused(err) {
		return fmt.Errorf("it was changed by somebody, and doing it gave %w, not a refusal", orNone(err))
	}
	if s.State() != edited {
		return fmt.Errorf("it was refused and changed the peer from %s to %s", edited, s.State())
	}
	return nil
}

// lateIsTold: whoever asks waits for as long as the kind says; an executor that waits by itself, or says that what was
// taken is there, would leave nothing to wait for.
func lateIsTold(ctx context.Context, s Subject) error {
	if s.Late == nil {
		return nil
	}
	if s.Make().Kind().Settles == 0 {
		return errors.New("the peer shows values late, and the kind does not say for how long")
	}
	show := s.Late()
	r, err := done(ctx, s, s.Wish, "k1")
	if err != nil {
		return err
	}
	if err := holds(ctx, s, r, r.Before); err != nil {
		return fmt.Errorf("while it is not shown: %w", err)
	}
	if fate, _, err := s.Make().Found(ctx, r); err == nil && fate == action.Done {
		return errors.New("it is found done while nothing shows that")
	}
	show()
	return holds(ctx, s, r, r.After)
}
