// Package ingest takes documents in.
//
// Input: files, through a source that can read them.
// Output: each document kept as received, its rows stored by the modules that consume them, bad
// rows in quarantine, and a result that says what happened to every row. Importing a file
// again changes nothing; an import that was cut goes on where it can be trusted.
package ingest

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"log/slog"
	"slices"
	"sync"

	"purser/backend/core"
	"purser/backend/core/module"
	"purser/backend/core/source"
	"purser/backend/platform/clock"
	"purser/backend/platform/sqlite"
)

//go:embed migrations/*.sql
var migrations embed.FS

//go:embed queries.sql
var queriesSQL string

// Modules is what ingest needs of the module host.
type Modules interface {
	Consumers(st source.Stream) []string
	Apply(ctx context.Context, tx *sql.Tx, module string, b source.Batch, settle bool) (module.Applied, error)
	Forget(ctx context.Context, tx *sql.Tx) error
	// Purge has a module let go what is too old, undoing only its part on failure; Settle brings its roll-ups up to date.
	Purge(ctx context.Context, tx *sql.Tx, name string, p module.Purge) (module.Purged, error)
	Settle(ctx context.Context, tx *sql.Tx, name string) error
}

// Deps are the parts ingest works with.
type Deps struct {
	Market  *sqlite.DB
	Source  source.FileSource
	Modules Modules
	Clock   clock.Clock
	Log     *slog.Logger
	Dir     string // where documents are kept
	// MarketplaceOf works out the marketplace of a report that does not say it from its SKUs,
	// with the reason in words; "" where it is not plain. May be nil.
	MarketplaceOf func(ctx context.Context, skus []core.SKU) (code, why string)
	// Undone is told when a transaction was rolled back, so that caches of what it wrote are dropped.
	Undone func()
	// Changed is told after documents were stored.
	Changed func()
}

// Service is the ingest engine. One import runs at a time; others wait.
type Service struct {
	d     Deps
	q     sqlite.Queries
	kinds map[string]source.Kind
	vault vault

	one  sync.Mutex // held while an import, a preview or a rebuild writes
	jobs jobTable
}

// New migrates ingest's tables and opens it.
func New(ctx context.Context, d Deps) (*Service, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, fmt.Errorf("ingest migrations: %w", err)
	}
	if err := d.Market.Migrate(ctx, "ingest", files); err != nil {
		return nil, err
	}
	q, err := sqlite.ParseQueries(queriesSQL)
	if err != nil {
		return nil, err
	}
	if err := d.Market.PrepareAll(ctx, q); err != nil {
		return nil, err
	}
	s := &Service{d: d, q: q, kinds: map[string]source.Kind{}, vault: vault{dir: d.Dir, encoders: &sync.Pool{}}}
	for _, k := range d.Source.Kinds() {
		s.kinds[k.Name] = k
	}
	if s.d.Undone == nil {
		s.d.Undone = func() {}
	}
	if s.d.Changed == nil {
		s.d.Changed = func() {}
	}
	return s, nil
}

// FileResult is what became of one file (or one member of a zip).
type FileResult struct {
	File           string           `json:"file"`
	Path           string           `json:"path"`
	SHA256         string           `json:"sha256"`
	Kind           string           `json:"kind"`
	KindTitle      string           `json:"kind_title"`
	Marketplace    string           `json:"marketplace"`
	Rows           int              `json:"rows"`
	Stored         int              `json:"stored"`
	Duplicates     int              `json:"duplicates"` // already there, or older than what is
	Quarantined    int              `json:"quarantined"`
	FirstDay       string           `json:"first_day"`
	LastDay        string           `json:"last_day"`
	Encoding       string           `json:"encoding"`
	ObservedAt     string           `json:"observed_at"`
	UnknownColumns []string         `json:"unknown_columns"`
	Needs          []string         `json:"needs"`
	Problems       []source.Problem `json:"problems"`
	Bad            []source.BadRow  `json:"bad"`
	Refused        bool             `json:"refused"`
}

// Choice is what a person decided about one file.
type Choice struct {
	Path    string
	Options source.Options
}

// Progress is told while files are read: the stage, rows done and the expected total (0: not known yet).
type Progress func(stage string, done, total int)

func (s *Service) result(f source.File, path, sha string, in source.Inspection) FileResult {
	r := FileResult{
		File: f.Name, Path: path, SHA256: sha, Kind: in.Kind, KindTitle: s.kinds[in.Kind].Title,
		Marketplace: in.Marketplace, Rows: in.Rows, Quarantined: in.BadRows,
		FirstDay: in.Period.From.String(), LastDay: in.Period.To.String(), Encoding: in.Encoding,
		UnknownColumns: append([]string{}, in.UnknownColumns...), Needs: append([]string{}, in.Needs...),
		Problems: append([]source.Problem{}, in.Problems...), Bad: append([]source.BadRow{}, in.Bad...),
	}
	if !in.ObservedAt.IsZero() {
		r.ObservedAt = in.ObservedAt.UTC().Format("2006-01-02T15:04:05Z")
	}
	if r.Marketplace == "" && len(in.Marketplaces) > 0 {
		r.Marketplace = join(in.Marketplaces)
	}
	if r.Refused = refused(in); r.Refused {
		r.Quarantined = 0
	}
	return r
}

// refused says whether a file can't be stored as it is.
func refused(in source.Inspection) bool {
	return len(in.Needs) > 0 || slices.ContainsFunc(in.Problems, func(p source.Problem) bool { return p.Fatal })
}

func join(codes []string) string {
	out := ""
	for i, c := range codes {
		if i > 0 {
			out += ","
		}
		out += c
	}
	return out
}

// refuse makes the result of a file that could not even be opened.
func refuse(f source.File, path string, err error) FileResult {
	e := core.AsError(err)
	return FileResult{
		File: f.Name, Path: path, UnknownColumns: []string{}, Needs: []string{}, Bad: []source.BadRow{}, Refused: true,
		Problems: []source.Problem{{Code: source.ProblemUnreadable, Message: e.Error(), Fatal: true}},
	}
}
