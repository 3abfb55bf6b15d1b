package actiontest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"

	"purser/backend/core/action"
)

func brokenIsRefused(ctx context.Context, s Subject) error {
	r, err := prepared(ctx, s, s.Wish, "k1")
	if err != nil {
		return err
	}
	first, whole := s.State(), r.Payload
	for _, text := range []string{
		"", " ", "{", "{}", "[]", "null", "true", "0", `"x"`, `{"set":null}`, `{"set":null,"was":null}`, `{"nonsense":1}`,
		whole[:len(whole)/2], whole[:len(whole)-1], whole + "}", whole + whole, whole + "\n{}", "\x00" + whole, "\xff\xfe",
	} {
		r.Payload = text
		_, err := s.Make().Execute(ctx, r)
		var refused *action.RefusedError
		switch {
		case !errors.As(err, &refused):
			return fmt.Errorf("the payload %q gave %w, not a refusal", text, orNone(err))
		case strings.TrimSpace(refused.Reason) == "":
			return fmt.Errorf("the payload %q was refused without a reason", text)
		case s.State() != first:
			return fmt.Errorf("the payload %q was refused and changed the peer from %s to %s", text, first, s.State())
		}
		if _, err := s.Make().Reverse(r); err == nil && s.Make().Kind().Level == action.Final {
			return fmt.Errorf("the payload %q can be taken back", text)
		}
	}
	return nil
}

// flippedIsRefused changes single bytes. One that makes no difference to what is done may pass; any other is refused.
func flippedIsRefused(ctx context.Context, s Subject) error {
	r, err := prepared(ctx, s, s.Wish, "k1")
	if err != nil {
		return err
	}
	const flips = 200
	first, whole := s.State(), r.Payload
	random := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same each time, so that a failure can be repeated
	for range flips {
		text := []byte(whole)
		at := random.IntN(len(text))
		text[at] ^= byte(1 + random.IntN(255))
		r.Payload = string(text)
		_, err := s.Make().Execute(ctx, r)
		if action.IsRefused(err) && s.State() == first {
			continue
		}
		if err != nil || !s.Make().Kind().Readable {
			return fmt.Errorf("byte %d of the payload was changed to %q; doing it gave %w and the peer is %s", at, text, orNone(err), s.State())
		}
		if err := holds(ctx, s, r, r.After); err != nil {
			return fmt.Errorf("byte %d of the payload was changed to %q and it was done: %w", at, text, err)
		}
		return nil // it is done: nothing more can be learnt from this peer
	}
	return nil
}

func cancelledIsHonest(ctx context.Context, s Subject) error {
	r, err := prepared(ctx, s, s.Wish, "k1")
	if err != nil {
		return err
	}
	first := s.State()
	ended, cancel := context.WithCancel(ctx)
	cancel()
	_, err = s.Make().Execute(ended, r)
	changed := s.State() != first
	switch {
	case err == nil && !changed:
		return errors.New("it was called off, was said to be done and was not")
	case action.IsRefused(err) && changed:
		return errors.New("it was called off, was said not to be done and was")
	}
	fate, _, err := s.Make().Found(ctx, r)
	if err != nil {
		fate = action.Open // it says that it does not know
	}
	switch {
	case fate == action.Done && !changed:
		return errors.New("it was called off and did nothing, and is found done")
	case fate == action.NotDone && changed:
		return errors.New("it was called off and did something, and is found not done")
	}
	return nil
}

// hostileIsHarmless asks with words from listings and files of anybody's making. An executor may refuse to prepare
// them; what it prepares it must do, byte for byte, and nothing else.
func hostileIsHarmless(ctx context.Context, s Subject) error {
	for i, text := range []string{
		"../../etc/passwd", `..\..\x`, "/abs", "C:\\con", "a\tb\nc\rd", "=1+1", "@SUM(A1)", "\u202eevil", "<script>x</script>", "🛒 été ß", "a\x00b",
		"\xff\xfe", "'; DROP TABLE x;--", "\r\nX-Header: y", strings.Repeat("long ", 2000), "null", "{}", "%2e%2e%2f", ".",
	} {
		w := s.Wish
		w.Title, w.Label, w.Link, w.Owner, w.Checklist = text, text, text, text, []string{text, text}
		if err := harmless(ctx, s, w, fmt.Sprintf("h%d", i)); err != nil {
			return fmt.Errorf("asked with %.60q: %w", text, err)
		}
	}
	return nil
}

func harmless(ctx context.Context, s Subject, w action.Wish, key string) error {
	first := s.State()
	r, err := prepared(ctx, s, w, key)
	if err != nil {
		if s.State() != first {
			return errors.New("it could not be prepared and changed the peer")
		}
		return nil
	}
	sent := 0
	if s.Seen != nil {
		sent = len(s.Seen())
	}
	if _, err := s.Make().Execute(ctx, r); err != nil {
		if action.IsRefused(err) && s.State() == first {
			return nil
		}
		return fmt.Errorf("execute: %w", err)
	}
	if s.Seen != nil && r.Before != r.After && !slices.Equal(s.Seen()[sent:], []string{r.Payload}) {
		return fmt.Errorf("%q reached the peer; %q was prepared", s.Seen()[sent:], r.Payload)
	}
	return holds(ctx, s, r, r.After)
}

// manyAtOnce reads, prepares and does from several sides; run with the race detector it also finds shared state.
func manyAtOnce(ctx context.Context, s Subject) error {
	r, err := prepared(ctx, s, s.Wish, "k1")
	if err != nil {
		return err
	}
	e, first := s.Make(), s.State()
	const sides = 8
	errs := make([]error, sides+1)
	var all sync.WaitGroup
	for i := range sides {
		all.Go(func() {
			_, prepare := e.Prepare(ctx, s.Wish)
			if s.State() != first {
				prepare = nil // it was done meanwhile: what is so already may be refused
			}
			_, value := e.Value(ctx, r)
			_, _, found := e.Found(ctx, r)
			errs[i] = errors.Join(prepare, value, found)
		})
	}
	all.Go(func() { _, errs[sides] = e.Execute(ctx, r) })
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	return holds(ctx, s, r, r.After)
}
