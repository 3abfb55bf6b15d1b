// Package retention keeps data as long as it may be kept, and no longer.
//
// Input: documents with where they came from, modules that count and let go of rows, the seller's choices, a clock.
// Output: for each class of data how long it is kept, what there is of it and what goes next; a purge once a day that can
// be cut at any moment; and a data folder that is erased as a whole, with a receipt.
//
// Amazon's limits bind what came from its APIs. What the seller downloaded as a file is theirs: it is counted, and stays.
package retention

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"sync"
	"time"

	"purser/backend/core"
	"purser/backend/core/module"
	"purser/backend/platform/clock"
	"purser/backend/platform/sqlite"
)

//go:embed migrations/ledger/*.sql migrations/market/*.sql
var migrations embed.FS

//go:embed ledger.sql
var ledgerText string

//go:embed market.sql
var marketText string

const part = "retention"

// Who let something go.
const (
	byPerson = "person"
	byPurser = "purser"
)

// Document is what is known of a document that was taken in.
type Document struct {
	ID       int64
	Kind     string
	API      bool      // an API gave it; otherwise the seller did
	Received time.Time // when it was taken in
	Bytes    int64     // of the original on this computer; 0 where it was cleared
	Rows     int       // that were made of it
	Cleared  bool      // the original is gone
}

// Documents keeps the originals.
type Documents interface {
	Documents(ctx context.Context) ([]Document, error)
	// Clear lets originals go. note is called in the transaction after which they count as gone.
	Clear(ctx context.Context, ids []int64, note func(tx *sql.Tx) error) error
	// Sweep deletes the files of originals that count as gone; a cut Clear left them.
	Sweep(ctx context.Context) error
	// Purge has a module let go in one transaction, and reads what files of the seller's say of the same days again.
	// note is called in that transaction.
	Purge(ctx context.Context, module string, p module.Purge, note func(tx *sql.Tx, gone module.Purged) error) error
}

// Modules keep the rows.
type Modules interface {
	// Keepers names the modules that keep rows only for a time, with how a person knows each.
	Keepers() []Keeper
	// Held counts the rows of a module.
	Held(ctx context.Context, name string, documents []int64) ([]module.Held, error)
}

// Keeper is a module that keeps rows only for a time.
type Keeper struct{ Name, Title string }

// Record is a row of the audit.
type Record struct {
	Subject  string // "retention:purge", "retention:amazon_raw"
	From, To string
	Who      string
	Reason   string
	Content  string // its hash is kept
}

// Options of Open. Market, Ledger, Clock, Documents and Modules are needed.
type Options struct {
	Market, Ledger *sqlite.DB
	Clock          clock.Clock
	Zone           *time.Location // of the days a person reads; nil: UTC
	Documents      Documents
	Modules        Modules
	// Class is the retention class of what an API gives as a kind of document: see the Keep constants of core/source.
	Class func(kind string) string
	// Audit counts the rows of the audit and says when the first was written; nil: they are not counted.
	Audit func(ctx context.Context) (rows int, first time.Time, err error)
	// Record adds a row to the audit, in the transaction of what it tells of; nil: nothing is recorded.
	Record func(ctx context.Context, tx *sql.Tx, r Record) error
	// Changed is told that something was let go, or is to be kept for another time; nil: nobody is.
	Changed func()
	Log     *slog.Logger
}

// Service keeps the classes. It is safe for concurrent use.
type Service struct {
	o       Options
	ledger  sqlite.Queries
	market  sqlite.Queries
	shipped shipped

	one sync.Mutex // one purge at a time
}

// Open migrates the tables and opens the service. Nothing is let go before Run or Purge.
func Open(ctx context.Context, o Options) (*Service, error) {
	if o.Market == nil || o.Ledger == nil || o.Clock == nil || o.Documents == nil || o.Modules == nil {
		return nil, errors.New("retention needs two databases, a clock, documents and modules")
	}
	s := &Service{o: withDefaults(o)}
	var err error
	if s.shipped, err = shippedClasses(); err != nil {
		return nil, err
	}
	if s.ledger, err = tables(ctx, o.Ledger, "migrations/ledger", ledgerText); err != nil {
		return nil, err
	}
	s.market, err = tables(ctx, o.Market, "migrations/market", marketText)
	return s, err
}

func tables(ctx context.Context, db *sqlite.DB, dir, text string) (sqlite.Queries, error) {
	files, err := fs.Sub(migrations, dir)
	if err != nil {
		return nil, fmt.Errorf("open the migrations of retention: %w", err)
	}
	if err := db.Migrate(ctx, part, files); err != nil {
		return nil, err
	}
	q, err := sqlite.ParseQueries(text)
	if err != nil {
		return nil, fmt.Errorf("queries of retention: %w", err)
	}
	return q, db.PrepareAll(ctx, q)
}

func withDefaults(o Options) Options {
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if o.Class == nil {
		o.Class = func(string) string { return classRaw }
	}
	if o.Record == nil {
		o.Record = func(context.Context, *sql.Tx, Record) error { return nil }
	}
	if o.Changed == nil {
		o.Changed = func() {}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

func (s *Service) today() core.Day { return core.DayOf(s.o.Clock.Now(), s.o.Zone) }
