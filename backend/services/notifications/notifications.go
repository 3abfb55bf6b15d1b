// Package notifications tells a person what needs them, once, seldom, and at a time that suits.
//
// Input: the things that need a person now, and when the person may be disturbed.
// Output: few messages, each about everything of one moment grouped by cause: at once where it
// cannot wait, else one brief in the morning.
package notifications

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"time"

	"purser/backend/core/channel"
	"purser/backend/platform/clock"
	"purser/backend/platform/sqlite"
)

//go:embed migrations/*.sql
var migrations embed.FS

//go:embed queries.sql
var queriesSQL string

// Notice is one thing that needs a person. The same Key is told once until it is absent from a later call.
type Notice struct {
	Key    string
	Cause  string // what several of them have in common, to follow their number: "SKUs sell out before stock can land"
	Title  string
	Urgent bool // it cannot wait for the morning brief

	since time.Time
}

// Options of New. DB, Clock and Log are needed.
type Options struct {
	DB       *sqlite.DB // the ledger file
	Clock    clock.Clock
	Log      *slog.Logger
	Channels []channel.Channel
	Zone     *time.Location // where the person's day begins; nil: UTC
}

// Service remembers what was told.
type Service struct {
	db       *sqlite.DB
	q        sqlite.Queries
	clock    clock.Clock
	log      *slog.Logger
	channels []channel.Channel
	zone     *time.Location
}

// New migrates its tables in the ledger and opens it.
func New(ctx context.Context, o Options) (*Service, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, fmt.Errorf("notifications migrations: %w", err)
	}
	if err := o.DB.Migrate(ctx, "notifications", files); err != nil {
		return nil, err
	}
	q, err := sqlite.ParseQueries(queriesSQL)
	if err != nil {
		return nil, err
	}
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	return &Service{o.DB, q, o.Clock, o.Log, o.Channels, o.Zone}, nil
}

// Notify takes everything that needs a person now. What is new waits for its message; what
// cleared before it was told is not told any more. Then it sends what is due.
func (s *Service) Notify(ctx context.Context, now []Notice) error {
	at := s.clock.Now().Unix()
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		told, err := s.told(ctx, tx)
		if err != nil {
			return err
		}
		for _, n := range now {
			known, urged := told[n.Key], told[n.Key+urgedMark]
			delete(told, n.Key)
			delete(told, n.Key+urgedMark)
			if known && (urged || !n.Urgent) {
				continue
			}
			if n.Urgent {
				if err := exec(ctx, tx, s.q["AddSent"], n.Key+urgedMark, at, n.Title); err != nil {
					return err
				}
			}
			if err := exec(ctx, tx, s.q["AddSent"], n.Key, at, n.Title); err != nil {
				return err
			}
			if err := exec(ctx, tx, s.q["AddWaiting"], n.Key, n.Cause, n.Title, n.Urgent, at); err != nil {
				return err
			}
			if err := exec(ctx, tx, s.q["AddEvent"], at, n.Cause, n.Title, n.Urgent); err != nil {
				return err
			}
		}
		for key := range told {
			if err := errors.Join(exec(ctx, tx, s.q["DropSent"], key), exec(ctx, tx, s.q["DropWaiting"], key)); err != nil {
				return err
			}
		}
		return exec(ctx, tx, s.q["DropEvents"], at-int64(eventsKept/time.Second))
	})
	if err != nil {
		return err
	}
	return s.Tick(ctx)
}

// urgedMark is added to the key of what was told as urgent: what becomes so later is told once more.
const urgedMark = " urgent"

// eventsKept is how far Preview looks back.
const eventsKept = 7 * 24 * time.Hour

// Tick sends what is due by now; to be called now and then.
// A thing is marked as told before it is sent: told once or, when the machine dies in between, not at all.
// Where there is no channel everything goes on waiting for one.
func (s *Service) Tick(ctx context.Context) error {
	if len(s.channels) == 0 {
		return nil
	}
	set, err := s.Settings(ctx)
	if err != nil {
		return err
	}
	now := s.clock.Now().In(s.zone)
	var m channel.Message
	var things int
	err = s.db.Write(ctx, func(tx *sql.Tx) error {
		things = 0
		began, err := s.began(ctx, tx, set, now)
		if err != nil {
			return err
		}
		waiting, err := s.waiting(ctx, tx)
		if err != nil || len(waiting) == 0 {
			return err
		}
		before, err := s.messages(ctx, tx, now.Add(-24*time.Hour))
		if err != nil {
			return err
		}
		tell, brief := due(set, now, began, waiting, marks(before))
		if len(tell) == 0 {
			return nil
		}
		m, things = write(tell, brief), len(tell)
		for _, n := range tell {
			if err := exec(ctx, tx, s.q["DropWaiting"], n.Key); err != nil {
				return err
			}
		}
		return exec(ctx, tx, s.q["AddMessage"], now.Unix(), brief, things, m.Title, m.Body)
	})
	if err != nil || things == 0 {
		return err
	}
	for _, c := range s.channels {
		if err := c.Send(ctx, m); err != nil {
			s.log.LogAttrs(ctx, slog.LevelWarn, "Notification not shown",
				slog.String("channel", c.Name()), slog.String("error", err.Error()))
		}
	}
	return nil
}

// began is when Purser was first there today after the time of the brief; it notes the moment if it is this one.
func (s *Service) began(ctx context.Context, tx *sql.Tx, set Settings, now time.Time) (time.Time, error) {
	at, ok := briefTime(set, now)
	if !ok || now.Before(at) {
		return time.Time{}, nil
	}
	var text string
	err := tx.QueryRowContext(ctx, s.q["GetSetting"], "morning").Scan(&text)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, fmt.Errorf("read the morning of notifications: %w", err)
	}
	if began, err := time.Parse(time.RFC3339, text); err == nil && sameDay(began.In(s.zone), now) && !began.Before(at) {
		return began, nil
	}
	return now, exec(ctx, tx, s.q["PutSetting"], "morning", now.Format(time.RFC3339))
}

func marks(all []Message) []sent {
	out := make([]sent, len(all))
	for i, m := range all {
		out[i] = sent{m.At, m.Brief}
	}
	return out
}

// Message is one that was sent.
type Message struct {
	At     time.Time
	Brief  bool
	Things int
	Title  string
	Body   string
}

// Messages lists what was sent since an instant, oldest first.
func (s *Service) Messages(ctx context.Context, since time.Time) ([]Message, error) {
	return s.messages(ctx, s.db.Reader(), since)
}

type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

func exec(ctx context.Context, tx *sql.Tx, query string, args ...any) error {
	if _, err := tx.ExecContext(ctx, query, args...); err != nil {
		return fmt.Errorf("store notifications: %w", err)
	}
	return nil
}

func (s *Service) told(ctx context.Context, db querier) (map[string]bool, error) {
	out := map[string]bool{}
	err := each(ctx, db, s.q["ListSent"], func(rows *sql.Rows) error {
		var k string
		err := rows.Scan(&k)
		out[k] = true
		return err
	})
	return out, err
}

func (s *Service) waiting(ctx context.Context, db querier) ([]Notice, error) {
	var out []Notice
	err := each(ctx, db, s.q["ListWaiting"], func(rows *sql.Rows) error {
		var n Notice
		var since int64
		err := rows.Scan(&n.Key, &n.Cause, &n.Title, &n.Urgent, &since)
		n.since = time.Unix(since, 0)
		out = append(out, n)
		return err
	})
	return out, err
}

func (s *Service) messages(ctx context.Context, db querier, since time.Time) ([]Message, error) {
	var out []Message
	err := each(ctx, db, s.q["ListMessages"], func(rows *sql.Rows) error {
		var m Message
		var at int64
		err := rows.Scan(&at, &m.Brief, &m.Things, &m.Title, &m.Body)
		m.At = time.Unix(at, 0)
		out = append(out, m)
		return err
	}, since.Unix())
	return out, err
}

func each(ctx context.Context, db querier, query string, scan func(*sql.Rows) error, args ...any) (err error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("read notifications: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return fmt.Errorf("read notifications: %w", err)
		}
	}
	return rows.Err()
}
