// Package tasks opens a checklist for a person.
//
// Input: a wish with its steps.
// Output: a task that can be ticked off, or the one that was there before.
package tasks

import (
	"context"
	"fmt"

	"purser/backend/core/action"
)

// Book keeps the tasks.
type Book interface {
	// Task finds the task of a decision; nil: there is none.
	Task(ctx context.Context, decision string) (*action.TaskBody, error)
	// PutTask writes it; nil takes it away.
	PutTask(ctx context.Context, decision string, t *action.TaskBody) error
}

// Executor opens tasks.
type Executor struct {
	action.Place[action.TaskBody]
}

var _ action.Executor = (*Executor)(nil)

// New makes an executor on a book. Which steps are ticked is no part of what a task says.
func New(book Book) *Executor {
	return &Executor{action.Place[action.TaskBody]{
		Read: func(ctx context.Context, r action.Request) (*action.TaskBody, error) {
			return book.Task(ctx, r.Decision)
		},
		Write: func(ctx context.Context, r action.Request, set *action.TaskBody) error {
			return book.PutTask(ctx, r.Decision, set)
		},
		Sign: action.Sign[action.TaskBody],
		Said: func(_ action.Request, set *action.TaskBody) string {
			switch {
			case set == nil:
				return "The task was taken away."
			case len(set.Steps) == 1:
				return "A task with one step is open."
			}
			return fmt.Sprintf("A task with %d steps is open.", len(set.Steps))
		},
	}}
}

// Kind implements action.Executor.
func (*Executor) Kind() action.Kind {
	return action.Kind{
		Name: action.Task, Title: "Open a task", Level: action.Local, Repeatable: true, Readable: true, Automatic: true,
		Needs: []string{action.PerDay},
	}
}

// Prepare implements action.Executor. A wish without steps has one, its label.
func (e *Executor) Prepare(ctx context.Context, w action.Wish) (action.Request, error) {
	steps := w.Checklist
	if len(steps) == 0 {
		steps = []string{w.Label}
	}
	return e.Fill(ctx, action.Request{
		Kind: action.Task, Decision: w.Decision, Policy: w.Policy, Version: w.Version, Entity: action.OwnEntity(w.Decision), Field: "task",
	}, &action.TaskBody{Decision: w.Decision, Title: w.Title, Label: w.Label, Link: w.Link, Steps: steps, Owner: w.Owner, Due: w.Due})
}
