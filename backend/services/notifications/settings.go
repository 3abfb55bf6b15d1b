package notifications

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"

	"purser/backend/core"
)

// Settings say when a person may be disturbed.
type Settings struct {
	Brief     string `json:"brief"`      // time of the morning brief, "07:00"; "" for none: what is not urgent is told nowhere
	QuietFrom string `json:"quiet_from"` // from then on only what is urgent is told; equal to QuietTo: never quiet
	QuietTo   string `json:"quiet_to"`
	Budget    int    `json:"budget"` // messages a day; what is urgent beyond it is told together, every few hours
	Paused    string `json:"paused"` // YYYY-MM-DD, the last day on which only what is urgent is told; "" for none
}

// Defaults are one brief at seven, quiet from eight in the evening, and eight messages a day
// (Purser's own, after what sellers bear; 2026-11-26).
func Defaults() Settings {
	return Settings{Brief: "07:00", QuietFrom: "20:00", QuietTo: "07:00", Budget: 8}
}

// maxBudget is more than anybody reads.
const maxBudget = 50

func (s Settings) check() error {
	for what, at := range map[string]string{"The morning brief": s.Brief, "The beginning of the quiet hours": s.QuietFrom, "The end of the quiet hours": s.QuietTo} {
		if _, ok := minuteOf(at); !ok && (at != "" || what != "The morning brief") {
			return core.Invalid("notifications", fmt.Sprintf("%s is set to %q, which is no time of day.", what, at), "Write it as 07:00.")
		}
	}
	if s.Budget < 1 || s.Budget > maxBudget {
		return core.Invalid("notifications", fmt.Sprintf("%d messages a day cannot be set.", s.Budget), fmt.Sprintf("Choose between 1 and %d.", maxBudget))
	}
	if s.Paused != "" {
		if _, err := core.ParseDay(s.Paused); err != nil {
			return core.Invalid("notifications", "The day until which messages are paused cannot be read.", "Write it as YYYY-MM-DD.")
		}
	}
	return nil
}

// minuteOf is a time of day as minutes after midnight.
func minuteOf(text string) (int, bool) {
	t, err := time.Parse("15:04", text)
	if err != nil {
		return 0, false
	}
	return t.Hour()*60 + t.Minute(), true
}

// Settings are the seller's, the defaults where nothing was changed.
func (s *Service) Settings(ctx context.Context) (out Settings, err error) {
	out = Defaults()
	rows, err := s.db.Reader().QueryContext(ctx, s.q["ListSettings"])
	if err != nil {
		return out, fmt.Errorf("read the settings of notifications: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var name, value string
		if err := rows.Scan(&name, &value); err != nil {
			return out, fmt.Errorf("read the settings of notifications: %w", err)
		}
		switch name {
		case "brief":
			out.Brief = value
		case "quiet_from":
			out.QuietFrom = value
		case "quiet_to":
			out.QuietTo = value
		case "paused":
			out.Paused = value
		case "budget":
			if n, err := strconv.Atoi(value); err == nil {
				out.Budget = n
			}
		}
	}
	if out.check() != nil { // written by hand: better the defaults than silence
		out = Defaults()
	}
	return out, rows.Err()
}

// SetSettings stores the seller's settings.
func (s *Service) SetSettings(ctx context.Context, in Settings) error {
	if err := in.check(); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sql.Tx) error {
		for name, value := range map[string]string{
			"brief": in.Brief, "quiet_from": in.QuietFrom, "quiet_to": in.QuietTo, "paused": in.Paused, "budget": strconv.Itoa(in.Budget),
		} {
			if _, err := tx.ExecContext(ctx, s.q["PutSetting"], name, value); err != nil {
				return fmt.Errorf("store the settings of notifications: %w", err)
			}
		}
		return nil
	})
}
