// Package audits has a person look at what was decided, month by month, and at the shop by checklists.
//
// Input: what was dealt with and what it rested on, the audit, facts, and a person's verdicts and answers.
// Output: what to look at and why, verdicts in the audit with what follows from them, and results of checks.
package audits

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"sync/atomic"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/fact"
	"purser/backend/platform/clock"
	"purser/backend/platform/sqlite"
)

//go:embed migrations/*.sql
var migrations embed.FS

//go:embed queries.sql
var queriesText string

// Policy names what findings of checklists are decided under: no rule, but a person who made a task of one.
const Policy = "checklists"

// Record is a row of the audit chain.
type Record struct {
	Subject  string // "review:2026-11/12"
	From, To string
	Who      string
	Reason   string
	Content  string // its hash is kept
}

// Decision is a decision as it stands.
type Decision struct {
	Case, Subject string
	Sentence, Do  string
	Units         int
	AsOf          string // last day that its inputs are of
	Evaluated     string // day as of which the rule was asked; set when it is kept
	AtStake       core.Money
	AtStakePer    string // day or once
	Inputs        []InputOutput
	Log           []LogEntry // rows of the audit about it, oldest first
}

// LogEntry is a row of the audit with its hash.
type LogEntry struct {
	LogOutput
	Hash string
}

// Question asks a rule again.
type Question struct {
	Policy  string
	Version int
	Case    string
	Subject string
	Kind    string // of the action
	Units   int    // as proposed
	AsOf    string // day as of which it was asked
}

// Rerun is what the rule said again.
type Rerun struct {
	Possible bool // false: it cannot be run again, and Text says why
	Same     bool
	Text     string
}

// Ledger is what audits must know of decisions and actions.
type Ledger interface {
	// Actions lists everything that was ever agreed to, in any order.
	Actions(ctx context.Context) ([]action.Trail, error)
	// Decision gives a decision as it stands.
	Decision(ctx context.Context, id string) (Decision, error)
	// Evaluated is the day as of which the rules were last asked; "": never.
	Evaluated(ctx context.Context) (string, error)
	// Committed is the money that an action commits; zero currency: none, or not known.
	Committed(t action.Trail) core.Money
	// Now reads what stands at the place that an action changed; false where that cannot be read.
	Now(ctx context.Context, t action.Trail) (value string, known bool, err error)
	// Demote takes policies that act by themselves back to proposing, and gives those that did.
	Demote(ctx context.Context, policies []string, why string) ([]string, error)
	// OpenTask opens a task for a finding, and gives the action that opened it.
	OpenTask(ctx context.Context, f Finding) (action.Trail, error)
}

// Finding is what a checklist found, as a task.
type Finding struct {
	Name  string // "listing_hygiene/suppressed/12", another one for each result
	Title string
	Label string
	Steps []string
	Link  string
}

// Rules is what audits must know of rules.
type Rules interface {
	// Title is how a person knows a policy.
	Title(policy string) string
	// Text gives the words of a version of a policy; false where they are gone.
	Text(ctx context.Context, policy string, version int) (text string, ok bool, err error)
	// Again runs a rule on the inputs of its day, as they were known then.
	Again(ctx context.Context, q Question) (Rerun, error)
	// Of lists the policies that propose actions of a kind.
	Of(kind string) []string
	// States tells how every policy came out of the last evaluation; false before the first one.
	States(ctx context.Context) ([]RuleState, bool, error)
}

// RuleState is how a policy came out of the last evaluation.
type RuleState struct {
	Name, Title string
	Off         bool
	Error       string // why it does not run; "" if it does
	Subjects    int
	CantTell    int
	Excepted    int
	Unknown     string // the most frequent reason for what it cannot tell
}

// Facts is what audits must know of facts and documents.
type Facts interface {
	Definitions() []fact.Definition
	Columns(ctx context.Context, q fact.Query) ([]fact.Column, error)
	// Reason says why a fact cannot be answered at all; "" if it can.
	Reason(name string) string
	// Feeds tells how fresh each kind of document is.
	Feeds(ctx context.Context) ([]Feed, error)
	// Today is the day from which facts are asked.
	Today() core.Day
	// Label is how a person knows a subject.
	Label(subject string) string
}

// Feed is a kind of document.
type Feed struct {
	Kind, Title string
	State       fact.Maturity
	Text        string // the state in words
	Rejected    int    // rows of it that could not be understood
}

// Options of Open; all are needed but Zone, Account and Changed.
type Options struct {
	DB     *sqlite.DB // the ledger file
	Clock  clock.Clock
	Zone   *time.Location // in which months begin; nil: UTC
	Ledger Ledger
	Rules  Rules
	Facts  Facts
	// Record adds a row to the audit, in the transaction of what it tells of.
	Record func(ctx context.Context, tx *sql.Tx, r Record) error
	// Changed is told that something is different now; nil: nobody is.
	Changed func()
}

// Service keeps reviews and checklists. It is safe for concurrent use.
type Service struct {
	o     Options
	q     sqlite.Queries
	began time.Time // since when inputs are kept

	mu      sync.Mutex // one judges, keeps or runs checks at a time
	seen    trails
	touched atomic.Bool // actions have moved on since they were read
}

// Open migrates the tables and opens the service.
func Open(ctx context.Context, o Options) (*Service, error) {
	if o.DB == nil || o.Clock == nil || o.Ledger == nil || o.Rules == nil || o.Facts == nil || o.Record == nil {
		return nil, errors.New("audits need a database, a clock, the ledger, rules, facts and an audit")
	}
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, fmt.Errorf("open the migrations of audits: %w", err)
	}
	if err := o.DB.Migrate(ctx, "audits", files); err != nil {
		return nil, err
	}
	q, err := sqlite.ParseQueries(queriesText)
	if err != nil {
		return nil, fmt.Errorf("queries of audits: %w", err)
	}
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if o.Changed == nil {
		o.Changed = func() {}
	}
	s := &Service{o: o, q: q}
	if s.began, err = s.begin(ctx); err != nil {
		return nil, err
	}
	return s, nil
}

func (s *Service) now() time.Time { return s.o.Clock.Now() }
