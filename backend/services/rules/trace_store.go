package rules

import (
	"cmp"
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/klauspost/compress/zstd"

	"purser/backend/core"
	"purser/backend/core/decision"
	"purser/backend/platform/sqlite"
)

//go:embed trace.sql
var traceQueries string

// Bounds of what is kept of how policies ended.
const (
	defaultTraceBudget = 20 << 20 // bytes
	mostOfPair         = 30       // rows of one policy and one subject, so that one that goes to and fro pushes out no other
	rowOverhead        = 90       // bytes of a row and its place in the index beside texts
)

// traceStore keeps how policies ended for subjects: one row for each time that this was another way than in the run
// before. It is safe for concurrent use.
type traceStore struct {
	store  *Store
	budget int
	q      sqlite.Queries
	pack   *zstd.Encoder
	unpack *zstd.Decoder

	mu   sync.Mutex
	last map[[2]string]string // sign by policy and subject; nil: not read so far
	size int
}

// newTraceStore gives nil where there is no store.
func newTraceStore(s *Store, budget int) (*traceStore, error) {
	if s == nil {
		return nil, nil
	}
	t := &traceStore{store: s, budget: cmp.Or(budget, defaultTraceBudget)}
	var err error
	if t.q, err = sqlite.ParseQueries(traceQueries); err != nil {
		return nil, fmt.Errorf("queries of traces: %w", err)
	}
	t.pack, err = zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(64<<10))
	if err != nil {
		return nil, fmt.Errorf("compress traces: %w", err)
	}
	if t.unpack, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1)); err != nil {
		return nil, fmt.Errorf("read traces: %w", err)
	}
	return t, nil
}

// KeepTraces keeps how each policy ended for each subject, as far as that changed since the run before, within the
// budget of Options; the oldest go first.
func (e *Engine) KeepTraces(ctx context.Context, run Run) error {
	if e.traces == nil {
		return nil
	}
	return e.traces.keep(ctx, run)
}

// traceRow is a row of the table.
type traceRow struct {
	policy, subject   string
	version           int
	outcome           Outcome
	caseName, sign    string
	body              traceBody
	previous, wasCase string // how it ended before; "" first
	day               core.Day
	at                int64
}

type traceBody struct {
	Summary string         `json:"summary"`
	Why     []decision.Why `json:"why,omitempty"`
}

func (t *traceStore) keep(ctx context.Context, run Run) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := t.open(ctx); err != nil {
		return err
	}
	rows := t.changed(run)
	if len(rows) == 0 {
		return nil
	}
	at := t.store.clock.Now().Unix()
	size := t.size
	err := t.store.db.Write(ctx, func(tx *sql.Tx) error {
		size = t.size
		for i := range rows {
			n, err := t.add(ctx, tx, &rows[i], run.AsOf, at)
			if err != nil {
				return err
			}
			size += n
		}
		var err error
		size, err = t.prune(ctx, tx, size)
		return err
	})
	if err != nil {
		t.last = nil // what is there is read again
		return fmt.Errorf("keep how the policies ended: %w", err)
	}
	t.size = size
	for _, r := range rows {
		t.last[[2]string{r.policy, r.subject}] = r.sign
	}
	return nil
}

// open reads what was kept last of each policy and subject, once.
func (t *traceStore) open(ctx context.Context) (err error) {
	if t.last != nil {
		return nil
	}
	last := map[[2]string]string{}
	rows, err := t.store.db.Reader().QueryContext(ctx, t.q["LastTraces"])
	if err != nil {
		return fmt.Errorf("read how the policies ended: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var key [2]string
		var sign string
		if err := rows.Scan(&key[0], &key[1], &sign); err != nil {
			return fmt.Errorf("read how the policies ended: %w", err)
		}
		last[key] = sign
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read how the policies ended: %w", err)
	}
	if err := t.store.db.Reader().QueryRowContext(ctx, t.q["TraceSize"]).Scan(&t.size); err != nil {
		return fmt.Errorf("measure what is kept of how the policies ended: %w", err)
	}
	t.last = last
	return nil
}

// changed lists what ended in another way than in the run before. What could not be told comes first, so that it is the
// first to go.
func (t *traceStore) changed(run Run) []traceRow {
	proposals := map[string]*decision.Proposal{}
	for i := range run.Proposals {
		proposals[run.Proposals[i].ID()] = &run.Proposals[i]
	}
	var out []traceRow
	for i := range run.Policies {
		p := &run.Policies[i]
		if p.tab == nil {
			continue
		}
		said := map[string]bool{}
		for j := range p.endings {
			x := &p.endings[j]
			r := p.traceRow(x, &run, proposals)
			said[r.subject] = true
			if t.last[[2]string{r.policy, r.subject}] != r.sign {
				out = append(out, r)
			}
		}
		out = append(out, t.silent(p, said)...)
	}
	rank := func(o Outcome) int {
		return slices.Index([]Outcome{CantTell, OutOfScope, Excepted, Continue, Decided}, o)
	}
	slices.SortStableFunc(out, func(a, b traceRow) int { return rank(a.outcome) - rank(b.outcome) })
	return out
}

// silent lists the subjects for which the policy had something to say in the run before, and has not now.
func (t *traceStore) silent(p *PolicyRun, said map[string]bool) []traceRow {
	var out []traceRow
	for at, subject := range p.tab.ids {
		sign, ok := t.last[[2]string{p.Name, subject}]
		if !ok || said[subject] {
			continue
		}
		x := ending{at: at, outcome: Continue}
		if p.outside[at] {
			x.outcome = OutOfScope
		}
		if r := p.traceRow(&x, nil, nil); r.sign != sign {
			out = append(out, r)
		}
	}
	return out
}

func (p *PolicyRun) traceRow(x *ending, run *Run, proposals map[string]*decision.Proposal) traceRow {
	r := traceRow{policy: p.Name, subject: p.tab.ids[x.at], version: p.Version, outcome: x.outcome, caseName: x.caseName}
	title, why := x.summary, x.why
	var held []decision.HeldBack
	if x.outcome == Decided && !p.Guard {
		id := decision.Proposal{Policy: r.policy, Case: r.caseName, Subject: r.subject}.ID()
		if d := proposals[id]; d != nil {
			title, why, held = d.Title, d.Why, d.HeldBy
		} else {
			title = "part of: " + run.absorbed[id]
		}
	}
	r.sign = x.sign(held)
	r.body = traceBody{Summary: x.words(title, cmp.Or(p.otherwise, "continue")), Why: why}
	return r
}

// add writes a row, and gives how many bytes it takes more; rows that are one too many of their kind go.
func (t *traceStore) add(ctx context.Context, tx *sql.Tx, r *traceRow, day core.Day, at int64) (int, error) {
	text, err := json.Marshal(r.body)
	if err != nil {
		return 0, fmt.Errorf("write a trace: %w", err)
	}
	body := t.pack.EncodeAll(text, nil)
	size := len(body) + 2*(len(r.policy)+len(r.subject)) + len(r.sign) + rowOverhead
	_, err = tx.ExecContext(ctx, t.q["AddTrace"], r.policy, r.subject, int64(day), at, r.version, string(r.outcome), r.caseName, r.sign, body, size)
	if err != nil {
		return 0, fmt.Errorf("add a trace: %w", err)
	}
	if _, known := t.last[[2]string{r.policy, r.subject}]; !known {
		return size, nil
	}
	if _, err := tx.ExecContext(ctx, t.q["TrimTraces"], r.subject, r.policy, mostOfPair); err != nil {
		return 0, fmt.Errorf("trim traces: %w", err)
	}
	return size, nil
}

// prune drops the oldest rows when there is no room, a tenth of the room at a time.
func (t *traceStore) prune(ctx context.Context, tx *sql.Tx, size int) (int, error) {
	if size <= t.budget {
		return size, nil
	}
	measure := func() error { return tx.QueryRowContext(ctx, t.q["TraceSize"]).Scan(&size) }
	if err := measure(); err != nil { // trimmed rows are not in the count
		return 0, fmt.Errorf("measure traces: %w", err)
	}
	if size <= t.budget {
		return size, nil
	}
	if _, err := tx.ExecContext(ctx, t.q["PruneTraces"], size-t.budget+t.budget/10); err != nil {
		return 0, fmt.Errorf("prune traces: %w", err)
	}
	if err := measure(); err != nil {
		return 0, fmt.Errorf("measure traces: %w", err)
	}
	return size, nil
}

// list gives the newest rows of a subject.
func (t *traceStore) list(ctx context.Context, subject, policy string, limit int) (out []traceRow, err error) {
	rows, err := t.store.db.Reader().QueryContext(ctx, t.q["TracesOf"], subject, policy, limit)
	if err != nil {
		return nil, fmt.Errorf("read traces: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var r traceRow
		var body []byte
		var previous, wasCase sql.NullString
		if err := rows.Scan(&r.policy, &r.subject, &r.day, &r.at, &r.version, &r.outcome, &r.caseName, &body, &previous, &wasCase); err != nil {
			return nil, fmt.Errorf("read traces: %w", err)
		}
		r.previous, r.wasCase = previous.String, wasCase.String
		text, err := t.unpack.DecodeAll(body, nil)
		if err == nil {
			err = json.Unmarshal(text, &r.body)
		}
		if err != nil {
			return nil, fmt.Errorf("read a trace: %w", err)
		}
		out = append(out, r)
	}
	return out, rows.Err()
}
