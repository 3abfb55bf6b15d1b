// Package notices shows a notification on this computer.
//
// Input: a wish with its finding and steps.
// Output: one message handed to the channel. Nobody can read back whether it was looked at, and nothing unshows it.
package notices

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/channel"
)

// Executor shows notifications.
type Executor struct{ to channel.Channel }

var _ action.Executor = (*Executor)(nil)

// New makes an executor on the channel that shows them.
func New(to channel.Channel) *Executor { return &Executor{to} }

// Kind implements action.Executor. It is not repeated by itself: a message whose fate is open may have been shown.
func (*Executor) Kind() action.Kind {
	return action.Kind{Name: action.Notify, Title: "Show a notification", Level: action.Local, Needs: []string{action.PerDay}}
}

// message is the payload.
type message struct {
	Title string `json:"title"`
	Body  string `json:"body"`
}

// Longest texts, in letters: notification services cut or drop what is longer.
const (
	longestTitle = 120
	longestBody  = 500
)

// Prepare implements action.Executor. The finding is the title, the steps are the lines below it.
func (e *Executor) Prepare(_ context.Context, w action.Wish) (action.Request, error) {
	steps := w.Checklist
	if len(steps) == 0 && w.Label != "" {
		steps = []string{w.Label}
	}
	m := message{Title: shortened(w.Title, longestTitle), Body: shortened(strings.Join(steps, "\n"), longestBody)}
	if m.Title == "" {
		return action.Request{}, core.Invalid("notices", "A notification needs a title.", "Give the rule one.")
	}
	text, err := json.Marshal(m)
	if err != nil {
		return action.Request{}, fmt.Errorf("prepare a notification: %w", err)
	}
	return action.Request{
		Kind: action.Notify, Decision: w.Decision, Policy: w.Policy, Version: w.Version, Entity: action.OwnEntity(w.Decision), Field: "notification",
		After: after(string(text)), Payload: string(text),
	}, nil
}

// after binds a request to its payload.
func after(payload string) string { return "shown, " + action.Short(payload) }

// shortened keeps a text within n letters, without characters that only move the cursor.
func shortened(text string, n int) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' || r == 0x7f {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
	letters := []rune(strings.TrimSpace(text))
	if len(letters) > n {
		return string(letters[:n-1]) + "…"
	}
	return string(letters)
}

// Value implements action.Executor.
func (*Executor) Value(_ context.Context, r action.Request) (string, error) { return r.Before, nil }

// Execute implements action.Executor.
func (e *Executor) Execute(ctx context.Context, r action.Request) (action.Receipt, error) {
	var m message
	err := json.Unmarshal([]byte(r.Payload), &m)
	switch {
	case err != nil || m.Title == "" || after(r.Payload) != r.After:
		return action.Receipt{}, action.Refuse("The notification is not what was prepared, so it was not shown. Approve it anew.", err)
	case ctx.Err() != nil:
		return action.Receipt{}, action.Refuse("The notification was called off before it was shown.", ctx.Err())
	}
	err = e.to.Send(ctx, channel.Message{Title: m.Title, Body: m.Body})
	switch {
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return action.Receipt{}, fmt.Errorf("the notification may have been shown: %w", err)
	case err != nil:
		return action.Receipt{}, action.Refuse("The notification was not shown: "+err.Error(), err)
	}
	return action.Receipt{Ref: e.to.Name(), Text: "The notification was handed to this computer."}, nil
}

// Found implements action.Executor: nobody keeps what was shown.
func (*Executor) Found(context.Context, action.Request) (action.Fate, action.Receipt, error) {
	return action.Open, action.Receipt{}, nil
}

// Reverse implements action.Executor.
func (*Executor) Reverse(action.Request) (action.Request, error) {
	return action.Request{}, action.ErrFinal
}
