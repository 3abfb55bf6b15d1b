// Package module is the contract of a part of the account.
//
// Input: batches of records from the streams a module consumes, and other modules' facts.
// Output: its own tables, facts, daily series and exports.
package module

import (
	"context"
	"database/sql"
	"io/fs"
	"log/slog"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/source"
)

// Manifest is what a module says of itself; pure data.
type Manifest struct {
	Name       string // package = table prefix = fact prefix = feature
	Title      string // as a person reads it
	Input      string // one line
	Output     string // one line
	Consumes   []source.Stream
	Facts      []fact.Definition
	Migrations fs.FS // goose files at its root, forward only, tables prefixed Name_
	// NeedsFacts lists facts of other modules that its own are made of.
	NeedsFacts []string
}

// Module is a part of the account. New allocates, Manifest and API are trivial and
// callable before Init; Init may fail, and then only this module is down.
type Module interface {
	Manifest() Manifest
	// Init prepares the module after its migrations ran. Called again after a failure or a restart.
	Init(ctx context.Context, h Host) error
	// Run does background work until ctx is done; restarted with backoff on error or panic.
	// A module without any waits for ctx.
	Run(ctx context.Context) error
}

// Projector keeps tables from streams.
type Projector interface {
	// Apply stores one batch inside tx. It is idempotent, upserts by natural key, and
	// never lets an older observation overwrite a newer one. It marks what roll-ups it
	// made dirty in its own tables.
	Apply(ctx context.Context, tx *sql.Tx, b source.Batch) (Applied, error)
	// Settle recomputes what is dirty inside tx; called in the transaction of a document's last batch.
	Settle(ctx context.Context, tx *sql.Tx) error
	// Forget removes what came from documents that are gone, before a rebuild: all rows of its tables.
	Forget(ctx context.Context, tx *sql.Tx) error
}

// Applied counts what a batch changed. Stored + Unchanged + Older = rows of the batch.
type Applied struct {
	Stored    int // new or changed
	Unchanged int // already there, the same
	Older     int // newer data was already there and was kept
}

// Export is one table that can be written out.
type Export struct {
	Name    string // "sales.daily"
	Title   string
	Columns []string
	// Rows calls yield for each row, in key order; values are string, int64, float64 or nil.
	Rows func(ctx context.Context, p core.Period, yield func([]any) error) error
}

// Exporter is a module with tables to write out.
type Exporter interface{ Exports() []Export }

// Stamper says how far the module's data goes, for freshness.
type Stamper interface {
	Stamps(ctx context.Context) ([]fact.Stamp, error)
}

// OrderDirectory knows which SKUs an order held.
type OrderDirectory interface {
	OrderSKUs(ctx context.Context, orderIDs []string) (map[string][]OrderItem, error)
}

// OrderItem is a SKU of an order.
type OrderItem struct {
	Marketplace string
	SKU         core.SKU
}

// Item is what the catalog knows of one SKU in one marketplace.
type Item struct {
	Marketplace string
	SKU         core.SKU
	ASIN        core.ASIN
	Title       string
	Price       core.Money // last known own price; zero currency: unknown
	Cost        core.Money // landed unit cost; zero currency: unknown
	LeadTime    int        // days from order to sellable
	LeadAssumed bool       // LeadTime is the account's default, not the seller's own figure
}

// Catalog is the shared master data: which SKUs exist, their ASIN, title, cost and lead time.
type Catalog interface {
	// Note records what a document says of items, inside the ingest transaction; empty fields change nothing.
	Note(ctx context.Context, tx *sql.Tx, items []Item) error
	// Items lists all items.
	Items(ctx context.Context) ([]Item, error)
	// DefaultLeadTime in days, where the seller gave none.
	DefaultLeadTime(ctx context.Context) int
}

// Host is all a module may use of the rest of Purser.
type Host interface {
	// DB reads the module's tables (several readers, query only).
	DB() *sql.DB
	// Write runs fn in a write transaction; there is one writer, so keep it short.
	Write(ctx context.Context, fn func(tx *sql.Tx) error) error
	Log() *slog.Logger
	Now() time.Time
	Catalog() Catalog
	// Facts answers other modules' facts; a failed module's are Missing with the reason in Note.
	Facts(ctx context.Context, q fact.Query) ([]fact.Column, error)
	// Daily answers other modules' daily series ("sales.units").
	Daily(ctx context.Context, series, subject string, p core.Period, asOf core.Day) ([]fact.Series, error)
	// Orders looks up the SKUs of orders.
	Orders() OrderDirectory
	// Kind describes a kind of document, for staleness and settling.
	Kind(name string) (source.Kind, bool)
}
