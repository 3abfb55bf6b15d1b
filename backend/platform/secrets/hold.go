package secrets

import (
	"context"
	"errors"
	"fmt"
)

// hold has a mode hold the key from now on and writes the file. Where it fails the vault opens as before: at worst the
// keychain has the key without being asked for it.
func (v *Vault) hold(ctx context.Context, h header, key []byte, all map[string]string, mode Mode, passphrase Text) error {
	var err error
	h.Mode, h.Wrapped = mode, nil
	switch mode {
	case ByPassphrase:
		if err = checkPassphrase(passphrase); err != nil {
			return err
		}
		h.Wrapped, err = wrap(key, passphrase, v.o.Work)
	case ByKeychain:
		err = v.keep(ctx, h.ID, key)
	default:
		return fmt.Errorf("a vault is kept by the %s or by a %s, not by %q", ByKeychain, ByPassphrase, mode)
	}
	if err != nil {
		return err
	}
	b, err := seal(h, key, all)
	if err != nil {
		return fmt.Errorf("seal the vault: %w", err)
	}
	// The copy kept beside it must not be opened by what held the key before.
	if err := save(v.o.Dir, b, true); err != nil {
		return err
	}
	im, err := parse(b)
	if err != nil {
		return err
	}
	v.mu.Lock()
	v.im, v.status.Note = im, ""
	v.mu.Unlock()
	v.opened(key, all)
	return v.tries.right()
}

// keep gives the key to the keychain and asks for it again: what does not come back is not relied on.
func (v *Vault) keep(ctx context.Context, id string, key []byte) error {
	ctx, cancel := context.WithTimeout(ctx, keychainLimit)
	defer cancel()
	if err := v.o.Keychain.Set(ctx, entry(id), keyText(key)); err != nil {
		return &KeychainError{err}
	}
	got, err := v.o.Keychain.Get(ctx, entry(id))
	if err == nil && got != keyText(key) {
		err = errors.New("the keychain of this computer does not give back what it was given")
	}
	if err != nil {
		return &KeychainError{err}
	}
	return nil
}

// Rewrap has the other mode, or another passphrase, hold the key. Secrets and recovery words stay as they are.
func (v *Vault) Rewrap(ctx context.Context, mode Mode, passphrase Text) error {
	v.one.Lock()
	defer v.one.Unlock()
	if v.status.State != StateUnlocked {
		return v.unusable()
	}
	from := v.im.head.Mode
	if err := v.hold(ctx, v.im.head, v.key, v.all, mode, passphrase); err != nil {
		return err
	}
	v.leave(ctx, from, mode)
	return nil
}

// Renew seals the secrets with a new key, held by a mode, and gives its recovery words, separated by spaces. The words
// before, and what held the key before, open nothing any more but copies of the file that were made before. Errors: those
// of Create, and why the vault cannot be used.
func (v *Vault) Renew(ctx context.Context, mode Mode, passphrase Text) (words Text, err error) {
	v.one.Lock()
	defer v.one.Unlock()
	if v.status.State != StateUnlocked {
		return Text{}, v.unusable()
	}
	before, key := v.im.head, newKey()
	if words, err = wordsOf(key); err != nil {
		return Text{}, fmt.Errorf("make recovery words: %w", err)
	}
	if err := v.hold(ctx, header{ID: newID()}, key, v.all, mode, passphrase); err != nil {
		return Text{}, err
	}
	if before.Mode == ByKeychain {
		v.drop(ctx, before.ID, "The vault has a new key, but the keychain still has the old one too: ")
	}
	return words, nil
}

// leave takes the key out of a keychain that no longer holds it.
func (v *Vault) leave(ctx context.Context, from, to Mode) {
	if from == ByKeychain && to != ByKeychain {
		v.drop(ctx, v.im.head.ID, "The passphrase opens the vault now, but the keychain still has its key too: ")
	}
}

// drop takes the key of a vault out of the keychain; where it stays there that is noted.
func (v *Vault) drop(ctx context.Context, id, otherwise string) {
	ctx, cancel := context.WithTimeout(ctx, keychainLimit)
	defer cancel()
	if err := v.o.Keychain.Delete(ctx, entry(id)); err != nil {
		v.mu.Lock()
		v.status.Note = otherwise + err.Error() + ". Remove the entry \"" + entry(id) + "\" there by hand."
		v.mu.Unlock()
	}
}

// Restore opens the vault by its recovery words and has a mode hold the key from now on. Errors: ErrWords,
// ErrOtherVault, and those of Create.
func (v *Vault) Restore(ctx context.Context, words Text, mode Mode, passphrase Text) error {
	v.one.Lock()
	defer v.one.Unlock()
	switch v.status.State {
	case StateNone:
		return ErrNoVault
	case StateDamaged:
		return ErrDamaged
	case StateLocked, StateLost, StateUnlocked:
	}
	key, err := fromWords(words)
	if err != nil {
		return err
	}
	all, err := v.im.open(key)
	if err != nil {
		return ErrOtherVault
	}
	from := v.im.head.Mode
	if err := v.hold(ctx, v.im.head, key, all, mode, passphrase); err != nil {
		return err
	}
	v.leave(ctx, from, mode)
	return nil
}

// Erase takes the vault away: its files, and its key in the keychain. Without the key no copy of the files can be opened
// by anything but the passphrase or the recovery words. An error of the keychain comes after the files are gone.
func (v *Vault) Erase(ctx context.Context) error {
	v.one.Lock()
	defer v.one.Unlock()
	if err := remove(v.o.Dir, fileName, previousName, tempName, triesName); err != nil {
		return fmt.Errorf("erase the vault: %w", err)
	}
	h := v.im.head
	v.mu.Lock()
	clear(v.key)
	v.im, v.key, v.all = image{}, nil, nil
	v.status = Status{State: StateNone, Reason: ErrNoVault.Error()}
	v.mu.Unlock()
	v.tries.count(0)
	if h.Mode != ByKeychain {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, keychainLimit)
	defer cancel()
	if err := v.o.Keychain.Delete(ctx, entry(h.ID)); err != nil {
		return &KeychainError{fmt.Errorf("the vault is gone, but its key is still in the keychain as %q: %w", entry(h.ID), err)}
	}
	return nil
}

// Entry is the name under which the keychain has the key of this vault; "" where there is no vault, or a passphrase keeps
// it. Who erases the vault's files in another way needs it first: it stands in them.
func (v *Vault) Entry() string {
	v.one.Lock()
	defer v.one.Unlock()
	if h := v.im.head; h.Mode == ByKeychain {
		return entry(h.ID)
	}
	return ""
}
