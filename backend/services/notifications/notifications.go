// Package notifications tells a person once what can't wait.
//
// Input: the things that are urgent now.
// Output: one grouped message for those not told before, through each channel.
package notifications

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"log/slog"
	"sort"
	"strings"

	"purser/backend/core/channel"
	"purser/backend/platform/clock"
	"purser/backend/platform/sqlite"
)

//go:embed migrations/*.sql
var migrations embed.FS

//go:embed queries.sql
var queriesSQL string

// Notice is one urgent thing. The same Key is told once until it is absent from a later call.
type Notice struct {
	Key    string
	Group  string // "Critical", "Low stock": one message a group
	Title  string
	Urgent bool
}

// Service remembers what was told.
type Service struct {
	db       *sqlite.DB
	q        sqlite.Queries
	clock    clock.Clock
	log      *slog.Logger
	channels []channel.Channel
}

// New migrates its table in the ledger and opens it.
func New(ctx context.Context, ledger *sqlite.DB, c clock.Clock, log *slog.Logger, channels []channel.Channel) (*Service, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, fmt.Errorf("notifications migrations: %w", err)
	}
	if err := ledger.Migrate(ctx, "notifications", files); err != nil {
		return nil, err
	}
	q, err := sqlite.ParseQueries(queriesSQL)
	if err != nil {
		return nil, err
	}
	return &Service{ledger, q, c, log, channels}, nil
}

// Notify takes everything that is urgent now and tells what was not told yet, grouped.
// A thing is marked as told before it is sent: told once or, when the machine dies in between, not at all.
func (s *Service) Notify(ctx context.Context, now []Notice) error {
	fresh, err := s.note(ctx, now)
	if err != nil || len(fresh) == 0 {
		return err
	}
	for _, m := range messages(fresh) {
		for _, c := range s.channels {
			if err := c.Send(ctx, m); err != nil {
				s.log.LogAttrs(ctx, slog.LevelWarn, "Notification not shown",
					slog.String("channel", c.Name()), slog.String("error", err.Error()))
			}
		}
	}
	return nil
}

func (s *Service) note(ctx context.Context, now []Notice) ([]Notice, error) {
	var fresh []Notice
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		told, err := s.told(ctx, tx)
		if err != nil {
			return err
		}
		for _, n := range now {
			if told[n.Key] {
				delete(told, n.Key)
				continue
			}
			if _, err := tx.ExecContext(ctx, s.q["AddSent"], n.Key, s.clock.Now().Unix(), n.Title); err != nil {
				return fmt.Errorf("note a notification: %w", err)
			}
			fresh = append(fresh, n)
		}
		for key := range told {
			if _, err := tx.ExecContext(ctx, s.q["DropSent"], key); err != nil {
				return fmt.Errorf("forget a notification: %w", err)
			}
		}
		return nil
	})
	return fresh, err
}

func (s *Service) told(ctx context.Context, tx *sql.Tx) (map[string]bool, error) {
	rows, err := tx.QueryContext(ctx, s.q["ListSent"])
	if err != nil {
		return nil, fmt.Errorf("list notifications: %w", err)
	}
	defer func() { _ = rows.Close() }()
	out := map[string]bool{}
	for rows.Next() {
		var k string
		if err := rows.Scan(&k); err != nil {
			return nil, fmt.Errorf("list notifications: %w", err)
		}
		out[k] = true
	}
	return out, rows.Err()
}

// messages makes one message a group: the thing itself, or how many and the first three.
func messages(fresh []Notice) []channel.Message {
	groups := map[string][]Notice{}
	for _, n := range fresh {
		groups[n.Group] = append(groups[n.Group], n)
	}
	names := make([]string, 0, len(groups))
	for g := range groups {
		names = append(names, g)
	}
	sort.Strings(names)
	var out []channel.Message
	for _, g := range names {
		ns := groups[g]
		m := channel.Message{Title: ns[0].Title, Body: g}
		if len(ns) > 1 {
			m.Title = fmt.Sprintf("%s: %d things need you", g, len(ns))
			var lines []string
			for _, n := range ns[:min(3, len(ns))] {
				lines = append(lines, n.Title)
			}
			if len(ns) > 3 {
				lines = append(lines, fmt.Sprintf("and %d more", len(ns)-3))
			}
			m.Body = strings.Join(lines, "\n")
		}
		for _, n := range ns {
			m.Urgent = m.Urgent || n.Urgent
		}
		out = append(out, m)
	}
	return out
}
