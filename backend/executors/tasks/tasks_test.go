package tasks_test

import (
	"context"
	"encoding/json"
	"sync"
	"testing"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/action/actiontest"
	"purser/backend/executors/tasks"
)

type book struct {
	mu  sync.Mutex
	all map[string]action.TaskBody
}

func (b *book) Task(_ context.Context, decision string) (*action.TaskBody, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	t, ok := b.all[decision]
	if !ok {
		return nil, nil
	}
	return &t, nil
}

func (b *book) PutTask(_ context.Context, decision string, t *action.TaskBody) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if t == nil {
		delete(b.all, decision)
		return nil
	}
	b.all[decision] = *t
	return nil
}

func (b *book) state() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	text, err := json.Marshal(b.all)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

func wish() action.Wish {
	return action.Wish{
		Kind: action.Task, Decision: "d1", Policy: "low_rating", Version: 2, Subject: "US/SKU-1", Title: "Rating below 4", Label: "Open a task",
		Checklist: []string{"Read the last reviews", "Answer them"}, Owner: "Kim", Due: core.Date(2026, 12, 1),
	}
}

func TestConformance(t *testing.T) {
	t.Parallel()
	actiontest.Run(t, func(*testing.T) actiontest.Subject {
		b := &book{all: map[string]action.TaskBody{"d9": {Decision: "d9", Steps: []string{"Other"}}}}
		return actiontest.Subject{
			Make: func() action.Executor { return tasks.New(b) }, Wish: wish(), State: b.state,
			Edit: func() {
				if err := b.PutTask(t.Context(), "d1", &action.TaskBody{Decision: "d1", Steps: []string{"Mine"}}); err != nil {
					t.Error(err)
				}
			},
		}
	})
}

func TestTaskWithoutStepsHasItsLabel(t *testing.T) {
	t.Parallel()
	b := &book{all: map[string]action.TaskBody{}}
	e := tasks.New(b)
	w := wish()
	w.Checklist = nil
	r, err := e.Prepare(t.Context(), w)
	if err != nil {
		t.Fatal(err)
	}
	got, err := e.Execute(t.Context(), r)
	if err != nil || got.Text != "A task with one step is open." {
		t.Errorf("%+v, %v", got, err)
	}
	if s := b.all["d1"].Steps; len(s) != 1 || s[0] != "Open a task" {
		t.Errorf("steps %q", s)
	}
}
