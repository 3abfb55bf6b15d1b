// Package webhooks posts what was decided to an address of the seller's.
//
// Input: a wish with its finding, subject, figures and steps.
// Output: one signed message, handed over once; what became of one without an answer a person finds out.
package webhooks

import (
	"context"
	"encoding/json"
	"fmt"

	"purser/backend/core"
	"purser/backend/core/action"
)

// Post is what carries messages.
type Post interface {
	// Address names where messages go, with nothing secret; it changes when the address does.
	Address(ctx context.Context) (string, error)
	// Post hands a message over under its event id, to the address named so and no other. A RefusedError says that it was not taken; any other error leaves
	// that open.
	Post(ctx context.Context, to, id, body string) (action.Receipt, error)
}

// Executor posts messages.
type Executor struct{ post Post }

var _ action.Executor = (*Executor)(nil)

// New makes an executor on what carries messages.
func New(post Post) *Executor { return &Executor{post} }

// Kind implements action.Executor.
//
// It is not repeatable. The contract with the receiver is "at least once, drop an event id that you have had", but
// nothing tells Purser that a receiver keeps to it: many, such as a chat room, show every message. A message whose
// answer was lost is therefore unknown until a person has looked, and is not sent again by itself.
func (*Executor) Kind() action.Kind {
	return action.Kind{
		Name: action.Webhook, Title: "Send a message to your address", Level: action.Final, Needs: []string{action.PerDay, action.PerEntityDay},
	}
}

// Message is the body: what a receiver gets, byte for byte as it was approved. Fields are only ever added.
type Message struct {
	Type     string   `json:"type"` // "purser.decision"
	Decision string   `json:"decision"`
	Rule     string   `json:"rule"`
	Version  int      `json:"version"`
	Subject  string   `json:"subject"`      // "US/SKU-104"
	Kind     string   `json:"subject_kind"` // "sku"
	Title    string   `json:"title"`        // the finding
	Label    string   `json:"label"`        // what was recommended
	Steps    []string `json:"steps"`
	Units    int      `json:"units"` // 0: none
	Link     string   `json:"link"`  // page of Seller Central; may be empty
}

const (
	messageType = "purser.decision"
	largest     = 256 << 10
)

// Prepare implements action.Executor. The value after it names the address and the bytes: if the seller changes the
// address after the approval, nothing is sent.
func (e *Executor) Prepare(ctx context.Context, w action.Wish) (action.Request, error) {
	address, err := e.post.Address(ctx)
	if err != nil {
		return action.Request{}, err
	}
	text, err := json.Marshal(Message{
		Type: messageType, Decision: w.Decision, Rule: w.Policy, Version: w.Version, Subject: w.Subject, Kind: w.SubjectKind, Title: w.Title,
		Label: w.Label, Steps: append([]string{}, w.Checklist...), Units: w.Units, Link: w.Link,
	})
	if err != nil {
		return action.Request{}, fmt.Errorf("prepare a message: %w", err)
	}
	if len(text) > largest {
		return action.Request{}, core.Invalid("webhooks", "The message would be larger than 256 KB.", "Give the rule fewer or shorter steps.")
	}
	entity := w.Subject
	if entity == "" {
		entity = "account"
	}
	return action.Request{
		Kind: action.Webhook, Decision: w.Decision, Policy: w.Policy, Version: w.Version, Entity: entity, Field: "message",
		After: after(address, string(text)), Payload: string(text), Size: action.Size{Units: w.Units},
	}, nil
}

// after binds a request to its address and its payload.
func after(address, payload string) string {
	return "sent to " + address + ", message " + action.Short(payload)
}

// Value implements action.Executor.
func (*Executor) Value(_ context.Context, r action.Request) (string, error) { return r.Before, nil }

// Execute implements action.Executor.
func (e *Executor) Execute(ctx context.Context, r action.Request) (action.Receipt, error) {
	if ctx.Err() != nil {
		return action.Receipt{}, action.Refuse("The message was called off before it was sent.", ctx.Err())
	}
	address, err := e.post.Address(ctx)
	if err != nil {
		return action.Receipt{}, action.Refuse("The message was not sent. "+err.Error(), err)
	}
	if after(address, r.Payload) != r.After {
		return action.Receipt{}, action.Refuse("The address or the message is not what was approved any more. Nothing was sent; approve it anew.", nil)
	}
	return e.post.Post(ctx, address, r.Key, r.Payload)
}

// Found implements action.Executor: the receiver cannot be asked.
func (*Executor) Found(context.Context, action.Request) (action.Fate, action.Receipt, error) {
	return action.Open, action.Receipt{}, nil
}

// Reverse implements action.Executor.
func (*Executor) Reverse(action.Request) (action.Request, error) {
	return action.Request{}, action.ErrFinal
}
