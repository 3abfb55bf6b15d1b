package accounts

import (
	"context"
	"errors"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/platform/secrets"
)

// VaultState says how the vault stands.
func (s *Service) VaultState() VaultOutput {
	st := s.o.Vault.Status()
	return VaultOutput{
		State: string(st.State), Mode: string(st.Mode), Reason: sentence(st.Reason), Note: st.Note,
		Wait: int((st.Wait + time.Second - 1) / time.Second), Left: st.Left,
	}
}

// sentence writes a reason as one, for a person.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:] + "."
}

// vaultGone says that nothing opens the vault any more. One that lost its key is opened by its recovery words.
func (s *Service) vaultGone() bool {
	switch s.o.Vault.Status().State {
	case secrets.StateNone, secrets.StateDamaged:
		return true
	case secrets.StateLocked, secrets.StateLost, secrets.StateUnlocked:
	}
	return false
}

func modeOf(in string) (secrets.Mode, error) {
	switch m := secrets.Mode(in); m {
	case secrets.ByKeychain, secrets.ByPassphrase:
		return m, nil
	}
	return "", core.Invalid(part, "A vault is kept by the keychain or by a passphrase.", "Choose one of them.")
}

// vaultRefusal is why the vault did not do what a person asked for.
func vaultRefusal(err error) error {
	if err == nil {
		return nil
	}
	code := core.CodeUnavailable
	var wrong *secrets.PassphraseError
	switch {
	case errors.As(err, &wrong), errors.Is(err, secrets.ErrShort), errors.Is(err, secrets.ErrWords), errors.Is(err, secrets.ErrOtherVault), errors.Is(err, secrets.ErrNeedsWord):
		code = core.CodeInvalid
	case errors.Is(err, secrets.ErrExists):
		code = core.CodeConflict
	}
	return &core.Error{Code: code, Module: part, Message: sentence(err.Error()), Err: err}
}

// CreateVault makes the vault and gives its recovery words, which are never told again.
func (s *Service) CreateVault(ctx context.Context, in VaultInput) (RecoveryOutput, error) {
	mode, err := modeOf(in.Mode)
	if err != nil {
		return RecoveryOutput{}, err
	}
	return s.recovery(s.o.Vault.Create(ctx, mode, secrets.NewText(in.Passphrase)))
}

// RenewVault gives the vault a new key and tells its recovery words, the only time that they are told.
func (s *Service) RenewVault(ctx context.Context, in VaultInput) (RecoveryOutput, error) {
	mode, err := modeOf(in.Mode)
	if err != nil {
		return RecoveryOutput{}, err
	}
	return s.recovery(s.o.Vault.Renew(ctx, mode, secrets.NewText(in.Passphrase)))
}

func (s *Service) recovery(words secrets.Text, err error) (RecoveryOutput, error) {
	if err != nil {
		return RecoveryOutput{}, s.vault(err)
	}
	s.o.Changed()
	return RecoveryOutput{Words: strings.Fields(words.Reveal()), Vault: s.VaultState()}, nil
}

// Unlock opens the vault.
func (s *Service) Unlock(ctx context.Context, passphrase secrets.Text) error {
	return s.vault(s.o.Vault.Unlock(ctx, passphrase))
}

// MoveVault has the other mode, or another passphrase, keep the vault.
func (s *Service) MoveVault(ctx context.Context, in VaultInput) error {
	mode, err := modeOf(in.Mode)
	if err != nil {
		return err
	}
	return s.vault(s.o.Vault.Rewrap(ctx, mode, secrets.NewText(in.Passphrase)))
}

// RestoreVault opens the vault by its recovery words.
func (s *Service) RestoreVault(ctx context.Context, in RestoreInput) error {
	mode, err := modeOf(in.Mode)
	if err != nil {
		return err
	}
	return s.vault(s.o.Vault.Restore(ctx, secrets.NewText(in.Words), mode, secrets.NewText(in.Passphrase)))
}

// EraseVault takes the vault away with all that is in it. Connections stay, and have to be connected anew.
func (s *Service) EraseVault(ctx context.Context, confirm string) error {
	if confirm != "erase" {
		return core.Invalid(part, "The vault was not erased.", "Type the word erase to do it: every secret in it is gone then.")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.o.Vault.Erase(ctx)
	if s.o.Vault.Status().State != secrets.StateNone {
		return s.vault(err)
	}
	return s.vault(errors.Join(err, s.orphan(ctx)))
}

// orphan notes on every connection that its secrets are gone.
func (s *Service) orphan(ctx context.Context) error {
	all, err := s.all(ctx)
	if err != nil {
		return err
	}
	gone := &source.APIError{Fault: source.FaultReconnect, Message: "The vault was erased."}
	for _, c := range all {
		if _, err := s.MarkReconnect(ctx, c.api, c.region, time.Time{}, gone); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) vault(err error) error {
	s.o.Changed() // also where it failed: the state may be another one now
	return vaultRefusal(err)
}
