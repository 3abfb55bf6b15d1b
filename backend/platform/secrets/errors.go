package secrets

import (
	"errors"
	"fmt"
	"time"
)

// Errors of a vault, in words for a person.
var (
	ErrNone       = errors.New("the vault has no such secret")
	ErrNoVault    = errors.New("there is no vault yet; make one first")
	ErrExists     = errors.New("there is a vault already; erase it before making another")
	ErrLocked     = errors.New("the vault is locked; open it first")
	ErrDamaged    = errors.New("the vault is damaged, and so is the copy kept beside it; take both from a backup, or erase the vault and enter the secrets again")
	ErrKeyLost    = errors.New("the keychain no longer has the key of this vault; enter the 24 recovery words, or erase the vault and enter the secrets again")
	ErrNeedsWord  = errors.New("this vault is opened with your passphrase")
	ErrShort      = fmt.Errorf("a passphrase has at least %d characters", minPassphrase)
	ErrWords      = errors.New("these are not 24 recovery words; check their spelling and order")
	ErrOtherVault = errors.New("these recovery words are of another vault")
)

// KeychainError says that the keychain of the computer could not be used. The vault can be kept by a passphrase instead.
type KeychainError struct{ Err error }

// Error implements error.
func (e *KeychainError) Error() string {
	return e.Err.Error() + "; unlock it and try again, or keep the vault with a passphrase"
}

// Unwrap gives the cause.
func (e *KeychainError) Unwrap() error { return e.Err }

// PassphraseError says that a passphrase was wrong, or was not tried because there were too many wrong ones.
type PassphraseError struct {
	Refused bool          // it was not tried
	Left    int           // tries before one has to wait
	Wait    time.Duration // until the next try
}

// Error implements error.
func (e *PassphraseError) Error() string {
	wait := fmt.Sprintf("wait %d s before the next try", int((e.Wait+time.Second-1)/time.Second))
	switch {
	case e.Refused:
		return "too many wrong passphrases, so this one was not tried; " + wait
	case e.Left == 0:
		return "the passphrase is wrong; " + wait
	case e.Left == 1:
		return "the passphrase is wrong; after one more wrong one there is a wait"
	}
	return fmt.Sprintf("the passphrase is wrong; after %d more wrong ones there is a wait", e.Left)
}
