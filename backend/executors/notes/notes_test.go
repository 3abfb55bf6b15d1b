package notes_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"purser/backend/core/action"
	"purser/backend/core/action/actiontest"
	"purser/backend/executors/notes"
)

type book struct {
	mu  sync.Mutex
	all map[string]action.NoteBody
}

func (b *book) Note(_ context.Context, decision string) (*action.NoteBody, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	n, ok := b.all[decision]
	if !ok {
		return nil, nil
	}
	return &n, nil
}

func (b *book) PutNote(_ context.Context, decision string, n *action.NoteBody) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if n == nil {
		delete(b.all, decision)
		return nil
	}
	b.all[decision] = *n
	return nil
}

func (b *book) state() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return fmt.Sprintf("%q", b.all)
}

func wish() action.Wish {
	return action.Wish{
		Kind: action.Note, Decision: "d1", Policy: "odd_week", Version: 1, Subject: "US/SKU-1", Title: "An odd week", Checklist: []string{"Prime Day fell into it"},
	}
}

func TestConformance(t *testing.T) {
	t.Parallel()
	actiontest.Run(t, func(*testing.T) actiontest.Subject {
		b := &book{all: map[string]action.NoteBody{"d9": {Decision: "d9", Subject: "US/SKU-9", Text: "Other"}}}
		return actiontest.Subject{
			Make: func() action.Executor { return notes.New(b) }, Wish: wish(), State: b.state,
			Edit: func() {
				if err := b.PutNote(t.Context(), "d1", &action.NoteBody{Decision: "d1", Subject: "US/SKU-1", Text: "Mine"}); err != nil {
					t.Error(err)
				}
			},
		}
	})
}

func TestNoteSaysTheFindingAndItsSteps(t *testing.T) {
	t.Parallel()
	b := &book{all: map[string]action.NoteBody{}}
	e := notes.New(b)
	r, err := e.Prepare(t.Context(), wish())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Execute(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	if n := b.all["d1"]; n.Text != "An odd week\nPrime Day fell into it" || n.Subject != "US/SKU-1" {
		t.Errorf("%+v", n)
	}
}

func TestNoteNeedsWordsAndAPlace(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*action.Wish){
		"decision": func(w *action.Wish) { w.Decision = "" },
		"subject":  func(w *action.Wish) { w.Subject = "" },
		"words":    func(w *action.Wish) { w.Title, w.Checklist = " ", []string{"", "\n"} },
	} {
		w := wish()
		change(&w)
		if _, err := notes.New(&book{}).Prepare(t.Context(), w); err == nil {
			t.Errorf("prepared without %s", name)
		}
	}
}
