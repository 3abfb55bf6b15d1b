// Package accounts keeps what the seller's account is connected to, and hands credentials to the clients of Amazon's APIs.
//
// Input: credentials that a person enters, and what Amazon says to them.
// Output: connections with their places and capabilities, credentials for clients, reminders, and words for errors. Secrets
// go into the vault and come out of it only for clients: nothing that a window reads has one.
package accounts

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/platform/clock"
	"purser/backend/platform/secrets"
	"purser/backend/platform/sqlite"
)

//go:embed migrations/*.sql
var migrations embed.FS

//go:embed queries.sql
var queriesText string

// The APIs that have rules of their own here.
const (
	sellingPartner = "spapi"
	advertising    = "adsapi"
)

const part = "accounts"

// tryLimit bounds all that is asked of Amazon to try credentials.
const tryLimit = 90 * time.Second

// Vault keeps secrets. Its errors are in words for a person.
type Vault interface {
	Status() secrets.Status
	Create(ctx context.Context, mode secrets.Mode, passphrase secrets.Text) (words secrets.Text, err error)
	Unlock(ctx context.Context, passphrase secrets.Text) error
	Rewrap(ctx context.Context, mode secrets.Mode, passphrase secrets.Text) error
	// Renew gives the vault a new key with recovery words of its own; the old words open it no more.
	Renew(ctx context.Context, mode secrets.Mode, passphrase secrets.Text) (words secrets.Text, err error)
	Restore(ctx context.Context, words secrets.Text, mode secrets.Mode, passphrase secrets.Text) error
	Erase(ctx context.Context) error
	// GetAll gives several secrets as they were at one moment; those that are not there are absent.
	GetAll(ctx context.Context, names ...string) (map[string]secrets.Text, error)
	// Put keeps several secrets, all of them or none.
	Put(ctx context.Context, all map[string]secrets.Text) error
	Delete(ctx context.Context, names ...string) error
}

// Endpoint is where an account is that is not Amazon's: an address on this computer. Zero: Amazon's own.
type Endpoint struct {
	Base  string // of the API
	Token string // of Login with Amazon
}

// Credentials are what a client needs to be let in.
type Credentials struct {
	ClientID     string
	ClientSecret secrets.Text
	RefreshToken secrets.Text
	Endpoint     Endpoint
	Seller       string // merchant token, as entered or as known; "": nobody has said
}

// Record is a row of the audit.
type Record struct {
	Subject  string // "connection:spapi/na"
	From, To string
	Who      string
	Reason   string
	Content  string // its hash is kept
}

// Site is one place that is to be read.
type Site struct {
	API, Region string
	Marketplace string // code
	Profile     string // of adverts; "" otherwise
	Practice    bool   // an Amazon on this computer is read, not Amazon itself
}

// Options of Open. DB, Clock, Vault and Client are needed.
type Options struct {
	DB    *sqlite.DB // the ledger file
	Clock clock.Clock
	Vault Vault
	// Client makes a client that is let in by c, in one region and nowhere else; it is used to try them, and dropped.
	Client func(api, region string, c Credentials) (source.API, error)
	// APIs that can be connected to, in the order in which they are offered; nil: spapi and adsapi.
	APIs []string
	// Capabilities names what is asked of an API beside what its feeds need, such as what executors need.
	Capabilities map[string][]string
	// Record adds a row to the audit, in the transaction of what it tells of; nil: nothing is recorded.
	Record func(ctx context.Context, tx *sql.Tx, r Record) error
	// Changed is told that a connection or the vault is different, so that clients must not use what they keep; nil:
	// nobody is.
	Changed func()
}

// Service keeps connections. It is safe for concurrent use.
type Service struct {
	o Options
	q sqlite.Queries

	mu sync.Mutex // one keeps or erases at a time, the vault and the tables together
}

// Open migrates the tables and opens the service. It touches neither the vault nor the network.
func Open(ctx context.Context, o Options) (*Service, error) {
	if o.DB == nil || o.Clock == nil || o.Vault == nil || o.Client == nil {
		return nil, errors.New("accounts need a database, a clock, a vault and clients")
	}
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, fmt.Errorf("open the migrations of accounts: %w", err)
	}
	if err := o.DB.Migrate(ctx, part, files); err != nil {
		return nil, err
	}
	q, err := sqlite.ParseQueries(queriesText)
	if err != nil {
		return nil, fmt.Errorf("queries of accounts: %w", err)
	}
	_, werr := allWords()
	_, rerr := rotation()
	_, cerr := checklist()
	if err := errors.Join(werr, rerr, cerr); err != nil {
		return nil, err
	}
	if o.APIs == nil {
		o.APIs = []string{sellingPartner, advertising}
	}
	if o.Changed == nil {
		o.Changed = func() {}
	}
	if o.Record == nil {
		o.Record = func(context.Context, *sql.Tx, Record) error { return nil }
	}
	return &Service{o: o, q: q}, nil
}

func (s *Service) now() time.Time { return s.o.Clock.Now() }

// record notes what a person or Purser did to a connection.
func (s *Service) record(ctx context.Context, tx *sql.Tx, api, region, from, to, who, reason string) error {
	return s.o.Record(ctx, tx, Record{Subject: "connection:" + api + "/" + region, From: from, To: to, Who: who, Reason: reason})
}

// Who did something, as the audit has it.
const (
	byPerson = "person"
	byPurser = "purser"
)

func notConnected(api, region string) error {
	return core.NotFound(part, apiTitle(api)+" is not connected in "+regionTitle(region)+".")
}
