package notices_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"purser/backend/core/action"
	"purser/backend/core/action/actiontest"
	"purser/backend/core/channel"
	"purser/backend/executors/notices"
)

// screen is a channel that keeps what it was handed.
type screen struct {
	mu    sync.Mutex
	shown []channel.Message
	err   error // what Send answers after it has shown, or not
	deaf  bool  // it shows nothing
}

func (s *screen) Name() string { return "screen" }

func (s *screen) Send(_ context.Context, m channel.Message) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.deaf {
		s.shown = append(s.shown, m)
	}
	return s.err
}

func (s *screen) all() []channel.Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]channel.Message(nil), s.shown...)
}

func (s *screen) state() string { return fmt.Sprintf("%+v", s.all()) }

// seen writes what was shown as the payload that was to be.
func (s *screen) seen() []string {
	var out []string
	for _, m := range s.all() {
		text, err := json.Marshal(struct {
			Title string `json:"title"`
			Body  string `json:"body"`
		}{m.Title, m.Body})
		if err != nil {
			return []string{err.Error()}
		}
		out = append(out, string(text))
	}
	return out
}

func wish() action.Wish {
	return action.Wish{
		Kind: action.Notify, Decision: "d1", Policy: "deal_ends", Version: 1, Subject: "US/SKU-1", Title: "The deal ends <today>", Checklist: []string{"Check the price", "Check stock"},
	}
}

func TestConformance(t *testing.T) {
	t.Parallel()
	actiontest.Run(t, func(*testing.T) actiontest.Subject {
		s := &screen{}
		return actiontest.Subject{Make: func() action.Executor { return notices.New(s) }, Wish: wish(), State: s.state, Seen: s.seen}
	})
}

func TestFate(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err     error
		refused bool
	}{
		"no service":           {errors.New("no such bus"), true},
		"no answer in time":    {fmt.Errorf("did not answer: %w", context.DeadlineExceeded), false},
		"called off meanwhile": {context.Canceled, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := notices.New(&screen{err: c.err, deaf: c.refused})
			r, err := e.Prepare(t.Context(), wish())
			if err != nil {
				t.Fatal(err)
			}
			if _, err := e.Execute(t.Context(), r); err == nil || action.IsRefused(err) != c.refused || !errors.Is(err, c.err) {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestTextsAreBounded(t *testing.T) {
	t.Parallel()
	s := &screen{}
	e := notices.New(s)
	w := wish()
	w.Title, w.Checklist = strings.Repeat("ß", 500)+"\n", []string{strings.Repeat("🛒", 5000), "a\x1b[31m"}
	r, err := e.Prepare(t.Context(), w)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Execute(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	m := s.all()[0]
	if utf8.RuneCountInString(m.Title) != 120 || utf8.RuneCountInString(m.Body) != 500 || strings.Contains(m.Body, "\x1b") {
		t.Errorf("%d and %d letters", utf8.RuneCountInString(m.Title), utf8.RuneCountInString(m.Body))
	}
}

func TestNoticeNeedsATitle(t *testing.T) {
	t.Parallel()
	w := wish()
	w.Title = "\x00 "
	if _, err := notices.New(&screen{}).Prepare(t.Context(), w); err == nil {
		t.Error("prepared without a title")
	}
}
