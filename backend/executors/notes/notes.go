// Package notes keeps a sentence with what a decision is about.
//
// Input: a wish with its finding and steps.
// Output: one note for each decision, or the one that was there before.
package notes

import (
	"context"
	"strings"

	"purser/backend/core"
	"purser/backend/core/action"
)

// Book keeps the notes.
type Book interface {
	// Note finds the note of a decision; nil: there is none.
	Note(ctx context.Context, decision string) (*action.NoteBody, error)
	// PutNote writes it; nil takes it away.
	PutNote(ctx context.Context, decision string, n *action.NoteBody) error
}

// Executor writes notes.
type Executor struct {
	action.Place[action.NoteBody]
}

var _ action.Executor = (*Executor)(nil)

// New makes an executor on a book.
func New(book Book) *Executor {
	return &Executor{action.Place[action.NoteBody]{
		Read: func(ctx context.Context, r action.Request) (*action.NoteBody, error) {
			return book.Note(ctx, r.Decision)
		},
		Write: func(ctx context.Context, r action.Request, set *action.NoteBody) error {
			return book.PutNote(ctx, r.Decision, set)
		},
		Sign: action.Sign[action.NoteBody],
		Said: func(_ action.Request, set *action.NoteBody) string {
			if set == nil {
				return "The note was taken away."
			}
			return "A note is kept with " + set.Subject + "."
		},
	}}
}

// Kind implements action.Executor.
func (*Executor) Kind() action.Kind {
	return action.Kind{
		Name: action.Note, Title: "Keep a note", Level: action.Local, Repeatable: true, Readable: true, Automatic: true,
		Needs: []string{action.PerDay},
	}
}

// Prepare implements action.Executor. The note is the finding, and each step on a line of its own below it.
func (e *Executor) Prepare(ctx context.Context, w action.Wish) (action.Request, error) {
	text := strings.TrimSpace(strings.Join(append([]string{w.Title}, w.Checklist...), "\n"))
	if w.Decision == "" || w.Subject == "" || text == "" {
		return action.Request{}, core.Invalid("notes", "A note needs a decision, what it is about, and words.", "Give the rule a title.")
	}
	return e.Fill(ctx, action.Request{
		Kind: action.Note, Decision: w.Decision, Policy: w.Policy, Version: w.Version, Entity: action.OwnEntity(w.Decision), Field: "note",
	}, &action.NoteBody{Decision: w.Decision, Subject: w.Subject, Text: text})
}
