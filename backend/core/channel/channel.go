// Package channel is the contract of what carries a message to a person.
//
// Input: a short message.
// Output: it was handed over, or an error that says why not.
package channel

import "context"

// Message is a notice that stands alone: its title says what happened.
type Message struct {
	Title  string
	Body   string
	Urgent bool
}

// Channel hands messages over. Send is called once per message; an error means that it was
// not handed over, and the caller decides whether to try again.
type Channel interface {
	Name() string
	Send(ctx context.Context, m Message) error
}
