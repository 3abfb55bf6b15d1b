package accounts

import (
	"context"
	"sync"

	"purser/backend/core"
	"purser/backend/platform/secrets"
)

// API is what the window and the web host call. Before Attach every method answers that accounts are not running.
// Secrets go in and never come out.
type API struct {
	mu  sync.RWMutex
	ctx context.Context //nolint:containedctx // bound methods have no context parameter
	s   *Service
}

// Attach gives the API its service; ctx ends with the session.
func Attach(ctx context.Context, a *API, s *Service) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.ctx, a.s = ctx, s
}

func (a *API) service() (context.Context, *Service, error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	if a.s == nil {
		return nil, nil, core.Unavailable(part, "Connections are not running yet.", nil)
	}
	return a.ctx, a.s, nil
}

// Overview tells of all connections and of the vault.
func (a *API) Overview() (OverviewOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return OverviewOutput{}, err
	}
	return s.Overview(ctx)
}

// after gives the overview once something was done.
func (a *API) after(do func(ctx context.Context, s *Service) error) (OverviewOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return OverviewOutput{}, err
	}
	if err := do(ctx, s); err != nil {
		return OverviewOutput{}, err
	}
	return s.Overview(ctx)
}

// Try asks Amazon what was entered is good for, and keeps nothing.
func (a *API) Try(in DraftInput) (TryOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return TryOutput{}, err
	}
	return s.Try(ctx, in)
}

// Connect tries what was entered and keeps it if it works.
func (a *API) Connect(in DraftInput) (TryOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return TryOutput{}, err
	}
	return s.Connect(ctx, in)
}

// Reconnect tries what was entered and puts it in the place of what there is if it works.
func (a *API) Reconnect(in DraftInput) (TryOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return TryOutput{}, err
	}
	return s.Reconnect(ctx, in)
}

// Check asks Amazon again with the credentials there are.
func (a *API) Check(in ConnectionInput) (TryOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return TryOutput{}, err
	}
	return s.Check(ctx, in.API, in.Region)
}

// SetPlaces says which places are read.
func (a *API) SetPlaces(in PlacesInput) (OverviewOutput, error) {
	return a.after(func(ctx context.Context, s *Service) error { return s.SetPlaces(ctx, in) })
}

// Pause stops reading and doing anything through a connection until it is resumed.
func (a *API) Pause(in ConnectionInput) (OverviewOutput, error) {
	return a.after(func(ctx context.Context, s *Service) error { return s.SetPause(ctx, in.API, in.Region, true) })
}

// Resume ends a pause.
func (a *API) Resume(in ConnectionInput) (OverviewOutput, error) {
	return a.after(func(ctx context.Context, s *Service) error { return s.SetPause(ctx, in.API, in.Region, false) })
}

// Disconnect ends a connection and erases its secrets.
func (a *API) Disconnect(in ConnectionInput) (OverviewOutput, error) {
	return a.after(func(ctx context.Context, s *Service) error { return s.Erase(ctx, in.API, in.Region) })
}

// Checklist gives what a private developer has to do.
func (a *API) Checklist() (ChecklistOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return ChecklistOutput{}, err
	}
	return s.Checklist(ctx)
}

// Tick ticks an item of the checklist, or takes the tick away.
func (a *API) Tick(in TickInput) (ChecklistOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return ChecklistOutput{}, err
	}
	if err := s.Tick(ctx, in.Name, in.Done); err != nil {
		return ChecklistOutput{}, err
	}
	return s.Checklist(ctx)
}

// VaultState says how the vault stands.
func (a *API) VaultState() (VaultOutput, error) {
	_, s, err := a.service()
	if err != nil {
		return VaultOutput{}, err
	}
	return s.VaultState(), nil
}

// CreateVault makes the vault and gives its recovery words, the only time that they are told.
func (a *API) CreateVault(in VaultInput) (RecoveryOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return RecoveryOutput{}, err
	}
	return s.CreateVault(ctx, in)
}

// onVault gives how the vault stands once something was done to it.
func (a *API) onVault(do func(ctx context.Context, s *Service) error) (VaultOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return VaultOutput{}, err
	}
	if err := do(ctx, s); err != nil {
		return VaultOutput{}, err
	}
	return s.VaultState(), nil
}

// Unlock opens the vault.
func (a *API) Unlock(in UnlockInput) (VaultOutput, error) {
	return a.onVault(func(ctx context.Context, s *Service) error { return s.Unlock(ctx, secrets.NewText(in.Passphrase)) })
}

// MoveVault has the other mode, or another passphrase, keep the vault.
func (a *API) MoveVault(in VaultInput) (VaultOutput, error) {
	return a.onVault(func(ctx context.Context, s *Service) error { return s.MoveVault(ctx, in) })
}

// RenewVault gives the vault a new key and new recovery words, the only time that they are told; the old words are
// good for nothing any more.
func (a *API) RenewVault(in VaultInput) (RecoveryOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return RecoveryOutput{}, err
	}
	return s.RenewVault(ctx, in)
}

// Restore opens the vault by its recovery words.
func (a *API) Restore(in RestoreInput) (VaultOutput, error) {
	return a.onVault(func(ctx context.Context, s *Service) error { return s.RestoreVault(ctx, in) })
}

// EraseVault takes the vault away with every secret in it.
func (a *API) EraseVault(in EraseVaultInput) (VaultOutput, error) {
	return a.onVault(func(ctx context.Context, s *Service) error { return s.EraseVault(ctx, in.Confirm) })
}
