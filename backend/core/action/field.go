package action

import (
	"context"
	"fmt"
)

// Field is one value of something outside this computer, such as a bid, that is set by sending bytes. Payload is those
// bytes: they follow from the request and its value alone, so that they can be made again and compared. It has every
// method of an executor but Kind and Prepare.
type Field struct {
	// Read tells the value now, as Before and After write it; "" for none.
	Read func(ctx context.Context, r Request) (string, error)
	// Body makes the bytes that set a value; it asks nobody.
	Body func(r Request, value string) (string, error)
	// Send hands the bytes over. A RefusedError says that nothing was done; any other error leaves that open.
	Send func(ctx context.Context, r Request) (Receipt, error)
	// Check refuses what must never be set, in words; nil: whatever Body can write may be.
	Check func(r Request) error
	// Said tells a person in one sentence that the value is there.
	Said func(r Request) string
	// Once: it is not repeatable, so that what cannot have been done is refused rather than left open.
	Once bool
}

// Fill completes a request that says what is changed, with the values before and after and the bytes.
func (f Field) Fill(r Request, before, after string) (Request, error) {
	var err error
	r.Before, r.After = before, after
	r.Payload, err = f.Body(r, after)
	return r, err
}

// Value implements Executor.
func (f Field) Value(ctx context.Context, r Request) (string, error) { return f.Read(ctx, r) }

// Execute implements Executor. It sends only over what was there when it was prepared, and not twice.
func (f Field) Execute(ctx context.Context, r Request) (Receipt, error) {
	body, err := f.Body(r, r.After)
	if err != nil || body != r.Payload {
		return Receipt{}, Refuse("What was to be sent is not what was prepared. Nothing was done; approve it anew.", err)
	}
	if ctx.Err() != nil {
		return Receipt{}, Refuse("It was called off before it began.", ctx.Err())
	}
	if f.Check != nil {
		if err := f.Check(r); err != nil {
			return Receipt{}, err
		}
	}
	now, err := f.Read(ctx, r)
	switch {
	case err != nil && (f.Once || ctx.Err() != nil):
		return Receipt{}, Refuse("What is there now cannot be read, so nothing was done: "+err.Error(), err)
	case err != nil:
		return Receipt{}, fmt.Errorf("what is there now cannot be read: %w", err)
	case now == r.After:
		return Receipt{Ref: r.Entity, Text: f.Said(r)}, nil
	case now != r.Before:
		return Receipt{}, Refuse("It was changed since this was prepared. Nothing was done; look at it again.", nil)
	}
	return f.Send(ctx, r)
}

// Found implements Executor: the value tells.
func (f Field) Found(ctx context.Context, r Request) (Fate, Receipt, error) {
	now, err := f.Read(ctx, r)
	switch {
	case err != nil:
		return Open, Receipt{}, err
	case now == r.After:
		return Done, Receipt{Ref: r.Entity, Text: f.Said(r)}, nil
	case now == r.Before:
		return NotDone, Receipt{}, nil
	}
	return Open, Receipt{}, nil
}

// Reverse implements Executor.
func (f Field) Reverse(r Request) (Request, error) {
	body, err := f.Body(r, r.Before)
	if err != nil {
		return Request{}, fmt.Errorf("write what takes it back: %w", err)
	}
	r.Key, r.Payload = "", body
	r.Before, r.After = r.After, r.Before
	r.Size.From, r.Size.To = r.Size.To, r.Size.From
	return r, nil
}
