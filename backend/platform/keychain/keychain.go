// Package keychain keeps small secrets in the keychain of the system.
//
// Input: a name and a secret.
// Output: the secret again, or an error that says why the keychain did not give it. Nothing is ever kept elsewhere.
package keychain

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/zalando/go-keyring"

	"purser/backend/platform/supervise"
)

// ErrMissing says that the keychain answers and has nothing by that name.
var ErrMissing = errors.New("the keychain has no such entry")

// limit bounds one call: a locked keychain with a display waits for its password dialog.
const limit = 3 * time.Second

var errSilent = errors.New("the keychain of this computer does not answer; it may be locked and wait for its password")

// Keychain is the system's keychain, with the entries of one service. It is safe for concurrent use, one call at a time.
type Keychain struct {
	service string
	tree    *supervise.Tree
	turn    chan struct{} // taken by the call that is under way, also after it was given up
}

// New opens the entries of a service. A call that hangs stays in tree, at most one, so nobody should wait for tree.
func New(service string, tree *supervise.Tree) *Keychain {
	return &Keychain{service: service, tree: tree, turn: make(chan struct{}, 1)}
}

// Get reads a secret; ErrMissing where there is none.
func (k *Keychain) Get(ctx context.Context, name string) (string, error) {
	var secret string
	err := k.call(ctx, func() (err error) { secret, err = keyring.Get(k.service, name); return err })
	if err != nil {
		return "", err
	}
	return secret, nil
}

// Set writes a secret.
func (k *Keychain) Set(ctx context.Context, name, secret string) error {
	return k.call(ctx, func() error { return keyring.Set(k.service, name, secret) })
}

// Delete removes a secret; it is no error where there is none.
func (k *Keychain) Delete(ctx context.Context, name string) error {
	err := k.call(ctx, func() error { return keyring.Delete(k.service, name) })
	if errors.Is(err, ErrMissing) {
		return nil
	}
	return err
}

func (k *Keychain) call(ctx context.Context, fn func() error) error {
	if err := nameBus(); err != nil {
		return fmt.Errorf("the keychain of this computer cannot be used: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	select {
	case k.turn <- struct{}{}:
	case <-ctx.Done():
		return errSilent
	}
	done := make(chan error, 1)
	k.tree.Go("keychain", fn, func(err error) { <-k.turn; done <- err })
	select {
	case err := <-done:
		if errors.Is(err, keyring.ErrNotFound) {
			return ErrMissing
		}
		var unreached *net.OpError
		if errors.As(err, &unreached) {
			return fmt.Errorf("the keychain of this computer cannot be reached: this session has no message bus to ask it through (%w)", err)
		}
		if err != nil {
			return fmt.Errorf("the keychain of this computer cannot be used: %w", err)
		}
		return nil
	case <-ctx.Done():
		return errSilent
	}
}
