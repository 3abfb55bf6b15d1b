package inventory

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// settingTarget is how many days an order is to last after it lands.
const settingTarget = "target_cover_days"

// setting is the target cover in force on a day, and since when.
type setting struct {
	origin
	days  float64
	since string // YYYY-MM-DD
	from  string // who or what says so
}

// targetCover is how many days an order is to last after it lands, in force on a day.
func (s *started) targetCover(ctx context.Context, on core.Day) (setting, error) {
	out := setting{origin: origin{asOf: on, maturity: fact.Fresh, source: "settings"}}
	err := s.host.DB().QueryRowContext(ctx, s.sql["Setting"], settingTarget, on.String()).Scan(&out.days, &out.since, &out.from)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return setting{}, fmt.Errorf("read the target cover: %w", err)
	}
	return out, nil
}

// SetTargetCover stores how many days an order is to last after it lands, from a day on.
func (m *Module) SetTargetCover(ctx context.Context, from core.Day, days float64, source string) error {
	s, err := m.running()
	if err != nil {
		return err
	}
	if days < 0 || days > farAway || from == 0 {
		return core.Invalid(name, fmt.Sprintf("%g days from %q is no target cover.", days, from.String()), "Give 0 to 3650 days and the day from which they hold.")
	}
	return s.host.Write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, s.sql["PutSetting"], settingTarget, from.String(), days, "days", source); err != nil {
			return fmt.Errorf("store the target cover: %w", err)
		}
		return nil
	})
}
