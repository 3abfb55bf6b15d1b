package action

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Place is where an executor keeps one whole thing, or nothing. What it writes can be read back, written again under
// the same key without changing more, and taken back. It has every method of an executor but Kind and Prepare.
type Place[T any] struct {
	// Read finds what is there for a request; nil: nothing.
	Read func(ctx context.Context, r Request) (*T, error)
	// Write puts it there whole or not at all; nil takes away what is there.
	Write func(ctx context.Context, r Request, set *T) error
	// Sign is its value in one line, "" for nil; equal for equal things.
	Sign func(*T) string
	// Said tells a person in one sentence what was written; nil: it was taken away.
	Said func(r Request, set *T) string
	// Check refuses what must never be written there, in words; nil: everything that can be read may be.
	Check func(r Request, set *T) error
}

// swap is the payload: what will be there, and what was.
type swap[T any] struct {
	Set *T `json:"set"`
	Was *T `json:"was"`
}

// Fill completes a request that says what is changed, with the payload that sets it and the values before and after.
func (p Place[T]) Fill(ctx context.Context, r Request, set *T) (Request, error) {
	was, err := p.Read(ctx, r)
	if err != nil {
		return Request{}, err
	}
	r.Payload, err = written(swap[T]{set, was})
	if err != nil {
		return Request{}, err
	}
	again, err := parse[T](r.Payload) // text that is not valid UTF-8 reads back otherwise, and is signed as it reads
	if err != nil {
		return Request{}, err
	}
	r.Before, r.After = p.Sign(was), p.Sign(again.Set)
	return r, nil
}

// Value implements Executor.
func (p Place[T]) Value(ctx context.Context, r Request) (string, error) {
	t, err := p.Read(ctx, r)
	if err != nil {
		return "", err
	}
	return p.Sign(t), nil
}

// Execute implements Executor. It writes only over what was there when it was prepared, and not twice.
func (p Place[T]) Execute(ctx context.Context, r Request) (Receipt, error) {
	s, err := p.checked(r)
	if err != nil {
		return Receipt{}, err
	}
	if ctx.Err() != nil {
		return Receipt{}, Refuse("It was called off before it began.", ctx.Err())
	}
	now, err := p.Value(ctx, r)
	if err != nil {
		return Receipt{}, Refuse("What is there now cannot be read: "+err.Error(), err)
	}
	if now == r.After {
		return Receipt{Ref: r.Entity, Text: p.Said(r, s.Set)}, nil
	}
	if now != r.Before {
		return Receipt{}, Refuse("It was changed since this was prepared. Nothing was done; look at it again.", nil)
	}
	if err := p.Write(ctx, r, s.Set); err != nil {
		return Receipt{}, err
	}
	return Receipt{Ref: r.Entity, Text: p.Said(r, s.Set)}, nil
}

// checked reads the payload and refuses one that does not say what the request says.
func (p Place[T]) checked(r Request) (swap[T], error) {
	s, err := parse[T](r.Payload)
	if err != nil {
		return s, Refuse("What was to be done cannot be read, so nothing was done: "+err.Error(), err)
	}
	if p.Sign(s.Set) != r.After || p.Sign(s.Was) != r.Before {
		return s, Refuse("What was to be done is not what was prepared. Nothing was done; approve it anew.", nil)
	}
	if p.Check == nil {
		return s, nil
	}
	return s, p.Check(r, s.Set)
}

// Found implements Executor.
func (p Place[T]) Found(ctx context.Context, r Request) (Fate, Receipt, error) {
	v, err := p.Value(ctx, r)
	switch {
	case err != nil:
		return Open, Receipt{}, err
	case v == r.After:
		return Done, Receipt{Ref: r.Entity, Text: "It is there as it was to be."}, nil
	default:
		return NotDone, Receipt{}, nil
	}
}

// Reverse implements Executor.
func (p Place[T]) Reverse(r Request) (Request, error) {
	s, err := parse[T](r.Payload)
	if err != nil {
		return Request{}, fmt.Errorf("read what was done: %w", err)
	}
	text, err := written(swap[T]{s.Was, s.Set})
	if err != nil {
		return Request{}, err
	}
	r.Key, r.Payload = "", text
	r.Before, r.After = r.After, r.Before
	r.Size.From, r.Size.To = r.Size.To, r.Size.From
	return r, nil
}

func written[T any](s swap[T]) (string, error) {
	text, err := json.Marshal(s)
	if err != nil {
		return "", fmt.Errorf("write what is to be done: %w", err)
	}
	return string(text), nil
}

// parse takes only what written wrote: both halves, nothing else, nothing behind them. A half that is left out would
// read as "take it away".
func parse[T any](payload string) (swap[T], error) {
	var s swap[T]
	var halves map[string]json.RawMessage
	if err := exactly(payload, &halves); err != nil {
		return s, err
	}
	set, hasSet := halves["set"]
	was, hasWas := halves["was"]
	if !hasSet || !hasWas || len(halves) != 2 {
		return s, errors.New("it does not say what is to be there and what was")
	}
	return s, errors.Join(exactly(string(set), &s.Set), exactly(string(was), &s.Was))
}

// exactly reads one JSON value with no field that is not known and nothing behind it.
func exactly(text string, into any) error {
	d := json.NewDecoder(bytes.NewReader([]byte(text)))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("it is no JSON of this kind: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something stands behind it")
	}
	return nil
}

// Sign is a short name for exactly this thing, from its JSON: 12 hex digits, "" for nil.
func Sign[T any](t *T) string {
	if t == nil {
		return ""
	}
	text, err := json.Marshal(t)
	if err != nil {
		return "unreadable"
	}
	return Short(string(text))
}

// Short is a short name for exactly these bytes: 12 hex digits of their SHA-256.
func Short(text string) string {
	h := sha256.Sum256([]byte(text))
	return hex.EncodeToString(h[:6])
}
