// Package dashboards fills the pages that modules declare.
//
// Input: declarations of pages, facts, measures, daily series and rows of the modules; tags, groups and
// decisions through small interfaces.
// Output: tiles, charts, tables, the definition of every number down to the rows of documents, the
// morning checks, the timeline of a SKU, saved views and files.
package dashboards

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"sync"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/page"
	"purser/backend/platform/clock"
	"purser/backend/platform/sqlite"
)

//go:embed migrations/*.sql
var migrations embed.FS

//go:embed queries.sql
var queries string

// Modules is what the modules answer.
type Modules interface {
	Definitions() []fact.Definition
	Measures() []fact.Measure
	Columns(ctx context.Context, q fact.Query) ([]fact.Column, error)
	Frame(ctx context.Context, q fact.MeasureQuery) (fact.Frame, error)
	Daily(ctx context.Context, series, subject string, p core.Period, asOf core.Day) ([]fact.Series, error)
	Rows(ctx context.Context, q fact.RowsQuery) (fact.Rows, error)
	List(ctx context.Context, q fact.RowsQuery) (fact.Rows, error)
	Chart(ctx context.Context, module string, q page.ChartQuery) (page.Data, error)
	PageOf(module string) (p page.Page, state, reason string, ok bool)
	// Reason says why the module of a fact or measure can't answer; "" if it can.
	Reason(name string) string
	// Version rises whenever an answer may have changed.
	Version() int64
}

// Marks are what the seller put on a SKU.
type Marks struct {
	Tags  []string
	Group string
}

// Kind is a kind of document, with how fresh it is.
type Kind struct {
	Name  string
	Title string
	AsOf  string // RFC 3339; "" if none is in
	State fact.Maturity
}

// Late is what an API does not give at present although it is due.
type Late struct {
	Title        string   // of what it gives: "Orders (live)"
	Kinds        []string // of document that tell the same
	Marketplaces []string // codes; empty: all of the account
	AsOf         string   // until when it is here, for people; "" if nothing is
	Why          string   // one sentence: what is the matter with the API, and what to do
	Link         string   // page of the window that helps
}

// File names a document.
type File struct {
	Name string
	Kind string // title
}

// Event is something that a person decided or is asked to decide about a subject.
type Event struct {
	ID      string
	Subject string
	Day     core.Day
	Title   string
	Open    bool // waits for a person
}

// Task is something the seller promised to do.
type Task struct {
	Title   string
	Due     core.Day
	Subject string
	// Fact names the number that led to it; may be empty.
	Fact string
}

// Item is what the catalog knows of a SKU.
type Item struct {
	SKU, ASIN, Title string
}

// Account is what the rest of Purser knows of the account.
type Account interface {
	Today() core.Day
	// Marketplaces lists the account's marketplaces.
	Marketplaces() []core.Marketplace
	// Label names a subject for people.
	Label(subject string) string
	Item(ctx context.Context, subject string) (Item, bool)
	Marks(ctx context.Context) (map[string]Marks, error)
	Kinds(ctx context.Context) ([]Kind, error)
	// Late lists what APIs do not give at present; those with the same Why have the same reason.
	Late(ctx context.Context) ([]Late, error)
	// KindTitle is how people know a kind of document.
	KindTitle(kind string) string
	Files(ctx context.Context, ids []int64) (map[int64]File, error)
	// Events lists decisions, of all subjects if subject is "".
	Events(ctx context.Context, subject string) ([]Event, error)
	Tasks(ctx context.Context) ([]Task, error)
}

// Options are what the service needs.
type Options struct {
	Modules Modules
	Account Account
	Ledger  *sqlite.DB
	Clock   clock.Clock
	// Out is the folder that exports are written to.
	Out string
	// Changed is told when views or rates changed.
	Changed func()
}

// Service answers what pages show.
type Service struct {
	o        Options
	q        sqlite.Queries
	facts    map[string]fact.Definition
	measures map[string]fact.Measure
	order    []string // of all names, as declared

	mu    sync.Mutex
	kept  map[universeKey]*universe
	at    int64 // version of what is kept
	rates []rate
	read  bool // rates were read
}

// New migrates the service's tables and opens it.
func New(ctx context.Context, o Options) (*Service, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, fmt.Errorf("dashboards migrations: %w", err)
	}
	if err := o.Ledger.Migrate(ctx, "dashboards", files); err != nil {
		return nil, err
	}
	s := &Service{o: o, facts: map[string]fact.Definition{}, measures: map[string]fact.Measure{}, kept: map[universeKey]*universe{}}
	if s.q, err = sqlite.ParseQueries(queries); err != nil {
		return nil, fmt.Errorf("queries of dashboards: %w", err)
	}
	for _, m := range o.Modules.Measures() {
		s.measures[m.Name] = m
		s.order = append(s.order, m.Name)
	}
	for _, d := range o.Modules.Definitions() {
		if _, taken := s.measures[d.Name]; !taken {
			s.facts[d.Name] = d
			s.order = append(s.order, d.Name)
		}
	}
	return s, nil
}
