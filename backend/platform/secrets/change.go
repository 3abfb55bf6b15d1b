package secrets

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// Get gives a secret. Errors: ErrNone, and why the vault cannot be used.
func (v *Vault) Get(ctx context.Context, name string) (Text, error) {
	if err := ctx.Err(); err != nil {
		return Text{}, err
	}
	v.mu.RLock()
	defer v.mu.RUnlock()
	if v.status.State != StateUnlocked {
		return Text{}, v.unusable()
	}
	s, ok := v.all[name]
	if !ok {
		return Text{}, ErrNone
	}
	return NewText(s), nil
}

// GetAll gives several secrets as they were at one moment; those that are not there are absent.
func (v *Vault) GetAll(ctx context.Context, names ...string) (map[string]Text, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	v.mu.RLock()
	defer v.mu.RUnlock()
	if v.status.State != StateUnlocked {
		return nil, v.unusable()
	}
	out := make(map[string]Text, len(names))
	for _, n := range names {
		if s, ok := v.all[n]; ok {
			out[n] = NewText(s)
		}
	}
	return out, nil
}

// Names lists the names of all secrets, sorted.
func (v *Vault) Names() ([]string, error) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	if v.status.State != StateUnlocked {
		return nil, v.unusable()
	}
	return slices.Sorted(maps.Keys(v.all)), nil
}

// Set keeps one secret.
func (v *Vault) Set(ctx context.Context, name string, secret Text) error {
	return v.Put(ctx, map[string]Text{name: secret})
}

// Put keeps several secrets, all of them or none. When it returns they are on disk.
func (v *Vault) Put(ctx context.Context, secrets map[string]Text) error {
	for name, s := range secrets {
		if name == "" || len(name) > 200 || strings.ContainsFunc(name, func(r rune) bool { return r < ' ' }) || !utf8.ValidString(name) {
			return fmt.Errorf("%q cannot name a secret", name)
		}
		if s.Empty() || !utf8.ValidString(s.Reveal()) {
			return fmt.Errorf("the secret %s is empty or no text", name)
		}
	}
	return v.change(ctx, false, func(all map[string]string) {
		for name, s := range secrets {
			all[name] = s.Reveal()
		}
	})
}

// Delete forgets secrets, in the copy kept beside the vault too; those that are not there are no error.
func (v *Vault) Delete(ctx context.Context, names ...string) error {
	return v.change(ctx, true, func(all map[string]string) {
		for _, n := range names {
			delete(all, n)
		}
	})
}

func (v *Vault) change(ctx context.Context, forget bool, how func(all map[string]string)) error {
	v.one.Lock()
	defer v.one.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	if v.status.State != StateUnlocked {
		return v.unusable()
	}
	all := maps.Clone(v.all)
	how(all)
	b, err := seal(v.im.head, v.key, all)
	if err != nil {
		return fmt.Errorf("seal the vault: %w", err)
	}
	if err := save(v.o.Dir, b, forget); err != nil {
		return err
	}
	im, err := parse(b)
	if err != nil {
		return err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.im, v.all = im, all
	return nil
}

// unusable says why the vault cannot be used.
func (v *Vault) unusable() error {
	switch v.status.State {
	case StateNone:
		return ErrNoVault
	case StateLost:
		return ErrKeyLost
	case StateDamaged:
		return ErrDamaged
	case StateLocked, StateUnlocked:
	}
	if v.im.head.Mode == ByPassphrase {
		return fmt.Errorf("%w; %w", ErrLocked, ErrNeedsWord)
	}
	return ErrLocked
}
