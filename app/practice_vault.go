package app

import (
	"context"
	"maps"
	"sync"

	"purser/backend/core"
	"purser/backend/platform/secrets"
)

// practiceVault keeps what lets the demo shop into the practice Amazon, in memory: anybody can make these credentials anew,
// and they are good for nothing else.
type practiceVault struct {
	mu  sync.Mutex
	all map[string]secrets.Text
}

func newPracticeVault() *practiceVault { return &practiceVault{all: map[string]secrets.Text{}} }

var errPracticeVault = core.Invalid("app", "This is the demo shop: it has no vault.", "Make one in your own data.")

// Status implements accounts.Vault.
func (*practiceVault) Status() secrets.Status {
	return secrets.Status{State: secrets.StateUnlocked, Note: "The demo shop keeps nothing that is secret."}
}

// Create implements accounts.Vault.
func (*practiceVault) Create(context.Context, secrets.Mode, secrets.Text) (secrets.Text, error) {
	return secrets.Text{}, errPracticeVault
}

// Unlock implements accounts.Vault.
func (*practiceVault) Unlock(context.Context, secrets.Text) error { return nil }

// Rewrap implements accounts.Vault.
func (*practiceVault) Rewrap(context.Context, secrets.Mode, secrets.Text) error {
	return errPracticeVault
}

// Renew implements accounts.Vault.
func (*practiceVault) Renew(context.Context, secrets.Mode, secrets.Text) (secrets.Text, error) {
	return secrets.Text{}, errPracticeVault
}

// Restore implements accounts.Vault.
func (*practiceVault) Restore(context.Context, secrets.Text, secrets.Mode, secrets.Text) error {
	return errPracticeVault
}

// Erase implements accounts.Vault.
func (v *practiceVault) Erase(context.Context) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	clear(v.all)
	return nil
}

// GetAll implements accounts.Vault.
func (v *practiceVault) GetAll(_ context.Context, names ...string) (map[string]secrets.Text, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	out := map[string]secrets.Text{}
	for _, n := range names {
		if t, ok := v.all[n]; ok {
			out[n] = t
		}
	}
	return out, nil
}

// Put implements accounts.Vault.
func (v *practiceVault) Put(_ context.Context, all map[string]secrets.Text) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	maps.Copy(v.all, all)
	return nil
}

// Delete implements accounts.Vault.
func (v *practiceVault) Delete(_ context.Context, names ...string) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, n := range names {
		delete(v.all, n)
	}
	return nil
}
