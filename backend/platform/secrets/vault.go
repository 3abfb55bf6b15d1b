// Package secrets keeps secrets in one sealed file, whose key the keychain of the computer or a passphrase holds.
//
// Input: a folder, names and secrets, and what opens the vault.
// Output: the secrets again, as a type that does not print itself. Neither they nor the key are ever on disk bare.
package secrets

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"sync"
	"time"

	"purser/backend/platform/clock"
	"purser/backend/platform/keychain"
)

// Mode says what holds the key of a vault.
type Mode string

// The modes. There is no third one.
const (
	ByKeychain   Mode = "keychain"
	ByPassphrase Mode = "passphrase"
)

// State says what can be done with a vault.
type State string

// The states.
const (
	StateNone     State = "none"     // there is no vault yet
	StateLocked   State = "locked"   // Unlock opens it
	StateUnlocked State = "unlocked" // secrets can be read and kept
	StateLost     State = "lost"     // its key is gone: recovery words open it
	StateDamaged  State = "damaged"  // it cannot be read at all
)

// keychainLimit bounds all calls of the keychain that one call of the vault makes.
const keychainLimit = 3 * time.Second

// Keychain is the keychain of the computer; Get gives keychain.ErrMissing where it has nothing by that name.
type Keychain interface {
	Get(ctx context.Context, name string) (string, error)
	Set(ctx context.Context, name, secret string) error
	Delete(ctx context.Context, name string) error
}

// Options of Open; the folder, which must be there, the keychain and the clock are needed.
type Options struct {
	Dir      string
	Keychain Keychain
	Clock    clock.Clock
	// Work is the scrypt work factor of new passphrases, as a power of two; 0: 18, which is about a second.
	Work int
}

// Status is how a vault stands.
type Status struct {
	State  State
	Mode   Mode          // "" where there is no vault
	Reason string        // why it cannot be used, and what to do; "" where it can
	Note   string        // what a person should know although it can be used; mostly ""
	Wait   time.Duration // until the next passphrase is tried
	Left   int           // tries before one has to wait
}

// Vault is a file of secrets. It is safe for concurrent use; one process has it open.
type Vault struct {
	o Options

	one   sync.Mutex // one changes the vault at a time, what it asks of the keychain included
	tries *tries

	mu     sync.RWMutex // guards what follows, for no longer than it takes to copy it
	status Status
	im     image
	key    []byte
	all    map[string]string
}

// Open reads the vault in a folder. It does not open it, and does not touch the keychain.
func Open(o Options) (*Vault, error) {
	if o.Dir == "" || o.Keychain == nil || o.Clock == nil {
		return nil, errors.New("a vault needs a folder, a keychain and a clock")
	}
	if o.Work == 0 {
		o.Work = defaultWork
	}
	v := &Vault{o: o}
	var err error
	if v.tries, err = loadTries(o.Dir, o.Clock); err != nil {
		return nil, err
	}
	if err := remove(o.Dir, tempName); err != nil {
		return nil, fmt.Errorf("open the vault: %w", err)
	}
	return v, v.read()
}

// read takes the file, or the one before it where the newest is damaged or gone.
func (v *Vault) read() error {
	im, err := load(filepath.Join(v.o.Dir, fileName))
	if err == nil {
		v.found(im, "")
		return nil
	}
	gone := errors.Is(err, fs.ErrNotExist)
	if !gone && !errors.Is(err, errFile) {
		return fmt.Errorf("open the vault: %w", err)
	}
	previous, perr := load(filepath.Join(v.o.Dir, previousName))
	switch {
	case perr == nil && gone:
		v.found(previous, "The file of the vault was gone; the one before it is used. What was kept last may be missing: enter it again.")
	case perr == nil:
		v.found(previous, "The file of the vault was damaged; the one before it is used. What was kept last may be missing: enter it again.")
	case gone && errors.Is(perr, fs.ErrNotExist):
		v.status = Status{State: StateNone, Reason: ErrNoVault.Error()}
	case errors.Is(perr, fs.ErrNotExist), errors.Is(perr, errFile):
		v.status = Status{State: StateDamaged, Reason: ErrDamaged.Error()}
	default:
		return fmt.Errorf("open the vault: %w", perr)
	}
	return nil
}

func (v *Vault) found(im image, note string) {
	v.im = im
	v.status = Status{State: StateLocked, Mode: im.head.Mode, Note: note, Reason: ErrLocked.Error()}
	if im.head.Mode == ByPassphrase {
		v.status.Reason = ErrNeedsWord.Error()
	}
}

// Status says how the vault stands. It does not wait for what is under way.
func (v *Vault) Status() Status {
	v.mu.RLock()
	defer v.mu.RUnlock()
	s := v.status
	s.Left = v.tries.left()
	if s.State == StateLocked && s.Mode == ByPassphrase {
		s.Wait = v.tries.wait()
	}
	return s
}

// Create makes a new vault and gives its recovery words, separated by spaces. They are told here only.
func (v *Vault) Create(ctx context.Context, mode Mode, passphrase Text) (words Text, err error) {
	v.one.Lock()
	defer v.one.Unlock()
	if v.status.State != StateNone {
		return Text{}, ErrExists
	}
	h, key := header{ID: newID()}, newKey()
	if words, err = wordsOf(key); err != nil {
		return Text{}, fmt.Errorf("make recovery words: %w", err)
	}
	if err := v.hold(ctx, h, key, map[string]string{}, mode, passphrase); err != nil {
		return Text{}, err
	}
	return words, nil
}

// Unlock opens the vault: by the keychain, which needs no passphrase, or by the passphrase. Errors: ErrNoVault,
// ErrDamaged, ErrKeyLost, ErrNeedsWord, *KeychainError (after 3 s at the latest), *PassphraseError.
func (v *Vault) Unlock(ctx context.Context, passphrase Text) error {
	v.one.Lock()
	defer v.one.Unlock()
	switch v.status.State {
	case StateUnlocked:
		return nil
	case StateNone:
		return ErrNoVault
	case StateDamaged:
		return ErrDamaged
	case StateLocked, StateLost:
	}
	if v.im.head.Mode == ByPassphrase {
		return v.byPassphrase(passphrase)
	}
	return v.byKeychain(ctx)
}

func (v *Vault) byKeychain(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, keychainLimit)
	defer cancel()
	text, err := v.o.Keychain.Get(ctx, entry(v.im.head.ID))
	if err != nil && !errors.Is(err, keychain.ErrMissing) {
		e := &KeychainError{err}
		return v.cannot(StateLocked, e)
	}
	key, ok := keyOf(text)
	if err != nil || !ok {
		return v.cannot(StateLost, ErrKeyLost)
	}
	all, err := v.im.open(key)
	if err != nil {
		return v.cannot(StateLost, ErrKeyLost)
	}
	v.opened(key, all)
	return nil
}

func (v *Vault) byPassphrase(passphrase Text) error {
	if passphrase.Empty() {
		return ErrNeedsWord
	}
	if wait := v.tries.wait(); wait > 0 {
		return &PassphraseError{Refused: true, Wait: wait}
	}
	if err := v.tries.begin(); err != nil {
		return err
	}
	key, err := unwrap(v.im.head.Wrapped, passphrase)
	if err != nil || len(key) != keySize {
		return v.tries.wrong()
	}
	all, err := v.im.open(key)
	if err != nil {
		return v.cannot(StateDamaged, ErrDamaged)
	}
	if err := v.tries.right(); err != nil {
		return err
	}
	v.opened(key, all)
	return nil
}

// entry names the key of a vault in the keychain.
func entry(id string) string { return "vault key " + id }

func (v *Vault) cannot(s State, err error) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.status.State, v.status.Reason = s, err.Error()
	return err
}

func (v *Vault) opened(key []byte, all map[string]string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.key, v.all = key, all
	v.status.State, v.status.Mode, v.status.Reason = StateUnlocked, v.im.head.Mode, ""
}
