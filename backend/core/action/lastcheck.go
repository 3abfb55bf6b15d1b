package action

import (
	"context"
	"errors"
)

// ErrHalted says that everything was stopped before something was sent.
var ErrHalted = errors.New("everything is stopped")

type lastCheck struct{}

// WithLastCheck gives a context what is asked right before something is sent, however long it has waited for its turn: why
// it must not be any more, in words; "": it may.
func WithLastCheck(ctx context.Context, why func() string) context.Context {
	return context.WithValue(ctx, lastCheck{}, why)
}

// MaySend asks for the last time. Whoever sends something that changes anything asks it right before; an error is a
// *RefusedError that is ErrHalted, to be passed on as it is.
func MaySend(ctx context.Context) error {
	why, ok := ctx.Value(lastCheck{}).(func() string)
	if !ok {
		return nil
	}
	if text := why(); text != "" {
		return Refuse(text, ErrHalted)
	}
	return nil
}
