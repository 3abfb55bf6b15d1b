package advertising

import (
	"context"
	"database/sql"
	"fmt"
	"math"

	"purser/backend/core"
)

// assumptions are the choices behind the facts of search terms: dated, sourced rows of
// advertising_setting.
type assumptions struct {
	// limitFactor: a term without orders has had its chance once it has cost this many
	// times what an order may cost.
	limitFactor float64
	// minClicks: with fewer clicks a campaign's conversion says nothing; the marketplace's is used.
	minClicks int64
}

const (
	settingLimit  = "term_limit_factor"
	settingClicks = "term_min_clicks"
)

// maxLimitFactor is more than anyone would pay for an order that does not come.
const maxLimitFactor = 100

// assumptions are those in force on a day.
func (s *snapshot) assumptions(ctx context.Context, on core.Day) (assumptions, error) {
	read := func(name string) (v float64, err error) {
		if err = s.tx.QueryRowContext(ctx, s.m.q["Setting"], name, on.String()).Scan(&v); err != nil {
			err = fmt.Errorf("advertising: read the setting %s: %w", name, err)
		}
		return v, err
	}
	factor, err := read(settingLimit)
	if err != nil {
		return assumptions{}, err
	}
	clicks, err := read(settingClicks)
	return assumptions{limitFactor: factor, minClicks: int64(clicks)}, err
}

// SetTermLimit stores, from a day on, how many times what an order may cost a search term
// without orders may spend before it has had its chance; source says who says so.
func (m *Module) SetTermLimit(ctx context.Context, from core.Day, factor float64, source string) error {
	if !(factor > 0) || factor > maxLimitFactor || from == 0 || math.IsNaN(factor) {
		return core.Invalid("advertising", fmt.Sprintf("%g from %q is no limit of search terms.", factor, from.String()),
			fmt.Sprintf("Give more than 0 and at most %d times the cost of an order, and the day from which it holds.", maxLimitFactor))
	}
	return m.host.Write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, m.q["PutSetting"], settingLimit, from.String(), factor, "orders", source); err != nil {
			return fmt.Errorf("advertising: store the limit of search terms: %w", err)
		}
		return nil
	})
}
