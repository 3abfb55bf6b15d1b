// Package tasks opens a checklist for a person.
//
// Input: a wish with its steps.
// Output: a task that can be ticked off, or the one that was there before.
package tasks

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
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
type Executor struct{ book Book }

var _ action.Executor = (*Executor)(nil)

// New makes an executor on a book.
func New(book Book) *Executor { return &Executor{book} }

// Kind implements action.Executor.
func (*Executor) Kind() action.Kind {
	return action.Kind{
		Name: action.Task, Title: "Open a task", Level: action.Local, Repeatable: true, Readable: true, Automatic: true,
		Needs: []string{action.PerDay},
	}
}

// payload is what is there before and after.
type payload struct {
	Set *action.TaskBody `json:"set"`
	Was *action.TaskBody `json:"was"`
}

// Prepare implements action.Executor. A wish without steps has one, its label.
func (e *Executor) Prepare(ctx context.Context, w action.Wish) (action.Request, error) {
	was, err := e.book.Task(ctx, w.Decision)
	if err != nil {
		return action.Request{}, err
	}
	steps := w.Checklist
	if len(steps) == 0 {
		steps = []string{w.Label}
	}
	set := &action.TaskBody{Decision: w.Decision, Title: w.Title, Label: w.Label, Link: w.Link, Steps: steps, Owner: w.Owner, Due: w.Due}
	text, err := json.Marshal(payload{set, was})
	if err != nil {
		return action.Request{}, fmt.Errorf("prepare a task: %w", err)
	}
	return action.Request{
		Kind: action.Task, Decision: w.Decision, Policy: w.Policy, Version: w.Version, Entity: "decision:" + w.Decision, Field: "task",
		Before: sign(was), After: sign(set), Payload: string(text),
	}, nil
}

// sign is a short name for what a task says; which steps are ticked is no part of it.
func sign(t *action.TaskBody) string {
	if t == nil {
		return ""
	}
	text, err := json.Marshal(t)
	if err != nil {
		return "unreadable"
	}
	h := sha256.Sum256(text)
	return hex.EncodeToString(h[:6])
}

// Value implements action.Executor.
func (e *Executor) Value(ctx context.Context, r action.Request) (string, error) {
	t, err := e.book.Task(ctx, r.Decision)
	return sign(t), err
}

// Execute implements action.Executor.
func (e *Executor) Execute(ctx context.Context, r action.Request) (action.Receipt, error) {
	var p payload
	if err := json.Unmarshal([]byte(r.Payload), &p); err != nil {
		return action.Receipt{}, action.Refuse("The task cannot be read: "+err.Error(), err)
	}
	if err := e.book.PutTask(ctx, r.Decision, p.Set); err != nil {
		return action.Receipt{}, fmt.Errorf("store the task: %w", err)
	}
	if p.Set == nil {
		return action.Receipt{Ref: r.Decision, Text: "The task was taken away."}, nil
	}
	return action.Receipt{Ref: r.Decision, Text: fmt.Sprintf("A task with %d steps was opened.", len(p.Set.Steps))}, nil
}

// Found implements action.Executor.
func (e *Executor) Found(ctx context.Context, r action.Request) (action.Fate, action.Receipt, error) {
	v, err := e.Value(ctx, r)
	if err != nil {
		return action.Open, action.Receipt{}, err
	}
	if v == r.After {
		return action.Done, action.Receipt{Ref: r.Decision, Text: "The task is there."}, nil
	}
	return action.NotDone, action.Receipt{}, nil
}

// Reverse implements action.Executor.
func (*Executor) Reverse(r action.Request) (action.Request, error) {
	var p payload
	if err := json.Unmarshal([]byte(r.Payload), &p); err != nil {
		return action.Request{}, fmt.Errorf("read the task: %w", err)
	}
	text, err := json.Marshal(payload{p.Was, p.Set})
	if err != nil {
		return action.Request{}, fmt.Errorf("write the task: %w", err)
	}
	r.Key, r.Payload = "", string(text)
	r.Before, r.After = r.After, r.Before
	return r, nil
}
