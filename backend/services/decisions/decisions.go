// Package decisions keeps what policies propose until a person has dealt with it.
//
// Input: the proposals of an evaluation, and what a person approves, rejects, snoozes, edits or undoes.
// Output: an ordered inbox, draft restock lines, tasks, and a hash-chained audit of every transition.
package decisions

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/decision"
	"purser/backend/platform/clock"
	"purser/backend/platform/sqlite"
)

//go:embed migrations/*.sql
var migrations embed.FS

//go:embed queries.sql
var queriesText string

// Who made a transition, as the audit names it.
const (
	Person = "person"
	Purser = "purser"
)

// Options of Open. DB and Clock are needed.
type Options struct {
	DB    *sqlite.DB // the ledger file
	Clock clock.Clock
	// Zone is where the person's day begins, for "tomorrow" and "Monday"; nil: UTC.
	Zone *time.Location
	// Label is how a person knows a subject; nil: its own name.
	Label func(subject string) string
	// PolicyTitle is the title of a policy; nil: its name.
	PolicyTitle func(policy string) string
	// GroupTitle says in words what several decisions of a case have in common, to follow
	// their number: "SKUs sell out before stock can land"; nil or "": made of the policy's title.
	GroupTitle func(policy, caseName string) string
	// UnitCost is the landed cost of a unit; zero currency: not known. nil: never known.
	UnitCost func(ctx context.Context, marketplace string, sku core.SKU) core.Money
	// Exceptable gives what says whether a subject can still be taken out of a case: false where
	// it is out already, or the policy is off or gone. nil: each can.
	Exceptable func(ctx context.Context) (func(policy, caseName, subject string) bool, error)
	// Observed says whether a policy is only watched: what it proposes is kept apart and asks nobody. nil: none is.
	Observed func(policy string) bool
	// Anchor is the file that holds the end of the audit outside the database; "": none.
	Anchor string
}

// Outbox carries out what is approved here.
type Outbox interface {
	// Prepare is the dry run of wishes: exactly what would be done, and what speaks against it.
	Prepare(ctx context.Context, wishes []action.Wish) ([]action.Draft, error)
	// Approve stores drafts as agreed to, in the given transaction, and gives their ids.
	Approve(ctx context.Context, tx *sql.Tx, drafts []action.Draft, who string) ([]int64, error)
	// Cancel takes one back before it has begun, and says whether it could.
	Cancel(ctx context.Context, tx *sql.Tx, id int64, who, why string) (bool, error)
	// Rollback takes one back that was done, by another one, and gives its id.
	Rollback(ctx context.Context, id int64, who string) (int64, error)
	// Drain carries out what stays on this computer, and waits for it.
	Drain(ctx context.Context, ids []int64) error
	// One gives an action as it stands; Of those of a decision, newest first.
	One(ctx context.Context, id int64) (action.Trail, error)
	Of(ctx context.Context, decision string) ([]action.Trail, error)
	// States gives the state of every action by its name in the audit, "action:12".
	States(ctx context.Context) (map[string]string, error)
}

// Service keeps decisions. It is safe for concurrent use.
type Service struct {
	o   Options
	q   sqlite.Queries
	out Outbox
	end anchor
}

// Use gives the service what carries out its approvals; before that nothing can be approved.
func (s *Service) Use(out Outbox) { s.out = out }

// Open migrates the tables and opens the service.
func Open(ctx context.Context, o Options) (*Service, error) {
	if o.DB == nil || o.Clock == nil {
		return nil, errors.New("decisions need a database and a clock")
	}
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, fmt.Errorf("open the migrations of decisions: %w", err)
	}
	if err := o.DB.Migrate(ctx, "decisions", files); err != nil {
		return nil, err
	}
	q, err := sqlite.ParseQueries(queriesText)
	if err != nil {
		return nil, fmt.Errorf("queries of decisions: %w", err)
	}
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if o.Label == nil {
		o.Label = ownName
	}
	if o.PolicyTitle == nil {
		o.PolicyTitle = func(p string) string { return p }
	}
	if o.GroupTitle == nil {
		o.GroupTitle = func(string, string) string { return "" }
	}
	if o.UnitCost == nil {
		o.UnitCost = func(context.Context, string, core.SKU) core.Money { return core.Money{} }
	}
	if o.Observed == nil {
		o.Observed = func(string) bool { return false }
	}
	return &Service{o: o, q: q, end: anchor{path: o.Anchor}}, nil
}

// ID is the stable id of a decision: a short hash of what it is about.
func ID(identity string) string {
	h := sha256.Sum256([]byte(identity))
	return hex.EncodeToString(h[:8])
}

// ownName is a subject without its marketplace.
func ownName(subject string) string {
	marketplace, rest := cut(subject)
	if rest == "" {
		return marketplace
	}
	return rest
}

// today is the person's calendar day.
func (s *Service) today() core.Day { return core.DayOf(s.o.Clock.Now(), s.o.Zone) }

// row is a decision as stored.
type row struct {
	ID          string            `json:"id"`
	Identity    string            `json:"identity"`
	State       decision.State    `json:"state"`
	Firing      bool              `json:"firing"`
	Regressed   bool              `json:"regressed"`
	Proposal    decision.Proposal `json:"-"`
	FirstSeen   int64             `json:"first_seen"`
	LastSeen    int64             `json:"last_seen"`
	StateAt     int64             `json:"state_at"`
	Reason      string            `json:"reason"`
	Note        string            `json:"note"`
	Units       int               `json:"units"`
	Snooze      string            `json:"snooze"`
	SnoozeUntil core.Day          `json:"snooze_until"`
	SnoozeWorse float64           `json:"snooze_worse"`
	Revision    int64             `json:"revision"`
	NotDone     string            `json:"not_done"`
}

// held says whether a guard holds it back.
func (r row) held() bool { return len(r.Proposal.HeldBy) > 0 }

type scanner interface{ Scan(dest ...any) error }

func scanRow(sc scanner) (row, error) {
	var r row
	var proposal []byte
	err := sc.Scan(&r.ID, &r.Identity, &r.State, &r.Firing, &r.Regressed, &proposal, &r.FirstSeen, &r.LastSeen, &r.StateAt,
		&r.Reason, &r.Note, &r.Units, &r.Snooze, &r.SnoozeUntil, &r.SnoozeWorse, &r.Revision, &r.NotDone)
	if err != nil {
		return row{}, err
	}
	if err := json.Unmarshal(proposal, &r.Proposal); err != nil {
		return row{}, fmt.Errorf("decision %s: read its proposal: %w", r.ID, err)
	}
	return r, nil
}

// querier is a transaction or the reader pool.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func (s *Service) all(ctx context.Context, db querier) ([]row, error) {
	return collect(ctx, db, s.q["AllDecisions"], scanRow)
}

// one finds a decision; a *core.Error where there is none.
func (s *Service) one(ctx context.Context, db querier, id string) (row, error) {
	r, err := scanRow(db.QueryRowContext(ctx, s.q["OneDecision"], id))
	if errors.Is(err, sql.ErrNoRows) {
		return row{}, core.NotFound("decisions", "There is no decision "+id+".")
	}
	return r, err
}

func (s *Service) put(ctx context.Context, tx *sql.Tx, r row) error {
	proposal, err := json.Marshal(r.Proposal)
	if err != nil {
		return fmt.Errorf("decision %s: write its proposal: %w", r.ID, err)
	}
	_, err = tx.ExecContext(ctx, s.q["PutDecision"], r.ID, r.Identity, string(r.State), r.Firing, r.Regressed, string(proposal),
		r.FirstSeen, r.LastSeen, r.StateAt, r.Reason, r.Note, r.Units, r.Snooze, int64(r.SnoozeUntil), r.SnoozeWorse, r.Revision, r.NotDone)
	if err != nil {
		return fmt.Errorf("store decision %s: %w", r.ID, err)
	}
	return nil
}

func collect[T any](ctx context.Context, db querier, query string, scan func(scanner) (T, error), args ...any) (out []T, err error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("read decisions: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("read decisions: %w", err)
		}
		out = append(out, v)
	}
	return out, rows.Err()
}
