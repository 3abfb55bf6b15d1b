package modulehost

import (
	"context"
	"database/sql"
	"fmt"

	"purser/backend/core"
	"purser/backend/core/module"
	"purser/backend/platform/sqlite"
)

// Keepers lists the modules that keep what an API told only for a time, in registry order.
func (h *Host) Keepers() []module.Manifest {
	var out []module.Manifest
	for _, s := range h.slots {
		if _, ok := s.m.(module.Keeper); ok {
			out = append(out, s.mf)
		}
	}
	return out
}

// keeper finds a running module that keeps rows for a time.
func (h *Host) keeper(name string) (*slot, module.Keeper, error) {
	s := h.find(name)
	if s == nil {
		return nil, nil, core.NotFound("modulehost", "There is no module "+name+".")
	}
	if ok, why := h.usable(s); !ok {
		return nil, nil, core.Unavailable(name, "Module "+name+" is not running: "+why, nil)
	}
	k, ok := s.m.(module.Keeper)
	if !ok {
		return nil, nil, core.NotFound(name, "Module "+name+" keeps nothing for a time.")
	}
	return s, k, nil
}

// Held counts the rows of a module; documents are those that came from an API.
func (h *Host) Held(ctx context.Context, name string, documents []int64) (out []module.Held, err error) {
	s, k, err := h.keeper(name)
	if err != nil {
		return nil, err
	}
	err = h.call(s, func() (err error) {
		out, err = k.Held(ctx, documents)
		return err
	})
	return out, err
}

// Purge has one module let go inside tx what is too old, undoing only this module's part on failure.
func (h *Host) Purge(ctx context.Context, tx *sql.Tx, name string, p module.Purge) (out module.Purged, err error) {
	s, k, err := h.keeper(name)
	if err != nil {
		return out, err
	}
	err = sqlite.Savepoint(ctx, tx, "purge", func() error {
		return h.call(s, func() (err error) {
			out, err = k.Purge(ctx, tx, p)
			return err
		})
	})
	if err != nil {
		return module.Purged{}, fmt.Errorf("%s: %w", name, err)
	}
	return out, nil
}

// Settle brings the roll-ups of one module up to date inside tx.
func (h *Host) Settle(ctx context.Context, tx *sql.Tx, name string) error {
	s := h.find(name)
	if s == nil {
		return core.NotFound("modulehost", "There is no module "+name+".")
	}
	p, ok := s.m.(module.Projector)
	if !ok {
		return nil
	}
	if err := h.call(s, func() error { return p.Settle(ctx, tx) }); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
