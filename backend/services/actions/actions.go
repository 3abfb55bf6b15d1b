// Package actions carries out what was approved, and nothing else.
//
// Input: requests that a person agreed to, byte for byte, and limits that the seller set.
// Output: each of them done once, or refused with its reason, or shown as unknown; every step in the audit.
package actions

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/platform/clock"
	"purser/backend/platform/sqlite"
)

//go:embed migrations/*.sql
var migrations embed.FS

//go:embed queries.sql
var queriesText string

// Who did something, as the audit names it.
const (
	Person = "person"
	Purser = "purser"
)

// patience is how long one action may take.
const patience = 30 * time.Second

// Record is a row of the audit.
type Record struct {
	Subject  string // "action:12", "limit:webhook/per_day", "mode:low_cover", "kind:review.request", "stop"
	From, To string
	Who      string
	Reason   string
	Content  string // what it was about, byte for byte; its hash is kept
}

// Soundness is what is known of the audit.
type Soundness int32

// What can be known of the audit.
const (
	Unchecked Soundness = iota // nobody has looked since the start, or it could not be read
	Whole
	Broken
)

// Options of Open. DB, Clock, Log, Executors, Record and StopFile are needed.
type Options struct {
	DB        *sqlite.DB // the ledger file
	Clock     clock.Clock
	Log       *slog.Logger
	Executors []action.Executor
	// Record adds a row to the audit, in the transaction of what it tells of.
	Record func(ctx context.Context, tx *sql.Tx, r Record) error
	// Moved is told that the action of a decision came to a state, in the same transaction; nil: nobody is.
	Moved func(ctx context.Context, tx *sql.Tx, decision string, to action.State, why string) error
	// VersionOf is the version of a policy that is in force; false: it is off or gone. nil: not compared.
	VersionOf func(policy string) (version int, on bool)
	// HandsOff says why a kind must not touch an entity now, such as a running experiment; nil or "": it may.
	HandsOff func(ctx context.Context, k action.Kind, entity string) string
	// NewMode is the mode of a policy that nobody has set one for, and since when; nil: propose.
	NewMode func(policy string) (mode string, since time.Time)
	// StopFile is the file whose existence stops everything.
	StopFile string
	// Sound says what is known of the audit; what acts by itself needs it to be whole. nil: it is.
	Sound func() Soundness
	// Alert tells a person of what must be known at once, each time it comes to it; nil: nobody is told.
	Alert func(ctx context.Context, a Alert)
	// Changed is told that something is different now; nil: nobody is.
	Changed func()
}

// Service carries actions out. It is safe for concurrent use.
type Service struct {
	o         Options
	q         sqlite.Queries
	executors map[string]action.Executor
	shipped   map[string]shipped // what executors come with, by kind
	kinds     []action.Kind
	kick      chan struct{}

	looked looked

	modes   atomic.Pointer[map[string]Mode] // as set; nil: to be read
	reading sync.Mutex                      // while they are read

	lanes [action.Final + 1]sync.Mutex // one action of a level at a time
}

// Open migrates the tables and opens the service. What was under way when the program ended is looked at by Work.
func Open(ctx context.Context, o Options) (*Service, error) {
	if o.DB == nil || o.Clock == nil || o.Log == nil || o.Record == nil || o.StopFile == "" {
		return nil, errors.New("actions need a database, a clock, a log, an audit and a file that stops them")
	}
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, fmt.Errorf("open the migrations of actions: %w", err)
	}
	if err := o.DB.Migrate(ctx, "actions", files); err != nil {
		return nil, err
	}
	q, err := sqlite.ParseQueries(queriesText)
	if err != nil {
		return nil, fmt.Errorf("queries of actions: %w", err)
	}
	defaults(&o)
	s := &Service{o: o, q: q, executors: map[string]action.Executor{}, shipped: map[string]shipped{}, kick: make(chan struct{}, 1)}
	for _, e := range o.Executors {
		k := e.Kind()
		if _, twice := s.executors[k.Name]; twice || k.Name == "" {
			return nil, fmt.Errorf("two executors carry out %q", k.Name)
		}
		if s.shipped[k.Name], err = shippedBy(e); err != nil {
			return nil, err
		}
		s.executors[k.Name] = e
		s.kinds = append(s.kinds, k)
	}
	return s, nil
}

func defaults(o *Options) {
	if o.Moved == nil {
		o.Moved = func(context.Context, *sql.Tx, string, action.State, string) error { return nil }
	}
	if o.HandsOff == nil {
		o.HandsOff = func(context.Context, action.Kind, string) string { return "" }
	}
	if o.NewMode == nil {
		o.NewMode = func(string) (string, time.Time) { return Propose, time.Time{} }
	}
	if o.Sound == nil {
		o.Sound = func() Soundness { return Whole }
	}
	if o.Alert == nil {
		o.Alert = func(context.Context, Alert) {}
	}
	if o.Changed == nil {
		o.Changed = func() {}
	}
}

// Kinds lists what can be carried out, in the order of the executors.
func (s *Service) Kinds() []action.Kind { return s.kinds }

// executor finds who carries out a kind.
func (s *Service) executor(kind string) (action.Executor, error) {
	e, ok := s.executors[kind]
	if !ok {
		return nil, core.Invalid("actions", fmt.Sprintf("Nothing here carries out %q.", kind), "Choose another action in the rule.")
	}
	return e, nil
}

func (s *Service) now() time.Time { return s.o.Clock.Now() }

// Kick asks the worker to look at once.
func (s *Service) Kick() {
	select {
	case s.kick <- struct{}{}:
	default: // it is about to look anyway
	}
}
