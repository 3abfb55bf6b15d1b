package decisions

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"purser/backend/core/decision"
)

// Report is what checking the audit found.
type Report struct {
	Rows        int64
	First, Last time.Time // of its rows; zero: it has none
	Head        Head      // its newest row
	Anchored    int64     // newest row that is held outside the database; 0: none ever was
	Anchors     int       // rows that were held against the file outside the database
	Notes       int       // rows that were held against what somebody had written down
	Anew        int       // how often the file outside was begun anew
	Faults      []string  // in words, the first 20 and the number of the others; empty: sound
}

// Sound says that nothing was found wrong.
func (r Report) Sound() bool { return len(r.Faults) == 0 }

// Output is the report as it is shown.
func (r Report) Output() VerifyOutput {
	out := VerifyOutput{
		Sound: r.Sound(), Rows: r.Rows, Anchored: r.Anchored, Anchors: r.Anchors, Notes: r.Notes, Anew: r.Anew, Faults: texts(r.Faults),
	}
	if r.Rows > 0 {
		out.First, out.Last, out.Head = stampText(r.First.Unix()), stampText(r.Last.Unix()), r.Head.String()
	}
	return out
}

// Verify checks the whole audit: numbers without a gap, each row's own hash, the chain, its end here, where it is
// anchored outside the database and in the given notes, and that everything is in the state its last row says. It
// only reads, and may run beside a Purser that writes. An error says that it could not be read, not that it is wrong.
func (s *Service) Verify(ctx context.Context, notes ...Head) (Report, error) {
	mark, err := s.anchored(ctx) // before the file, which may only hold more by then
	if err != nil {
		return Report{}, err
	}
	have, err := s.end.read()
	if err != nil {
		return Report{}, err
	}
	v := newVerification(have, notes)
	if err := s.walk(ctx, v); err != nil {
		return Report{}, err
	}
	for _, f := range have.faults {
		v.fault("%s", f)
	}
	if s.end.path != "" {
		v.r.Anchored = have.last().Seq
		v.held(have, mark, s.end.name())
	}
	v.ends()
	return v.report(), nil
}

// rereads is how often the states are read again because something was written between them and the rows; then
// writing waits for once.
const rereads = 4

// walk goes along the chain and then compares it with the states, as they were at one and the same moment.
func (s *Service) walk(ctx context.Context, v *verification) error {
	for range rereads {
		tx, err := s.o.DB.Reader().BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
		if err != nil {
			return fmt.Errorf("read the audit: %w", err)
		}
		still, err := s.look(ctx, tx, v)
		_ = tx.Rollback() // nothing was written
		if err != nil || still {
			return err
		}
	}
	return s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		_, err := s.look(ctx, tx, v)
		return err
	})
}

// look reads the rows after those that are known, and all states. It says whether nothing was written meanwhile.
func (s *Service) look(ctx context.Context, tx *sql.Tx, v *verification) (bool, error) {
	err := s.rows(ctx, tx, v)
	if err != nil {
		return false, fmt.Errorf("read the audit: %w", err)
	}
	if v.end, err = s.head(ctx, tx); err != nil {
		return false, err
	}
	if err := tx.QueryRowContext(ctx, s.q["AuditLocks"]).Scan(&v.locks); err != nil {
		return false, fmt.Errorf("read the audit: %w", err)
	}
	if v.is, err = s.states(ctx, tx); err != nil {
		return false, err
	}
	now, err := s.head(ctx, s.o.DB.Reader())
	return now == v.end, err
}

func (s *Service) rows(ctx context.Context, tx *sql.Tx, v *verification) error {
	rows, err := tx.QueryContext(ctx, s.q["AuditAfter"], v.after)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	var e entry
	for into := e.columns(); rows.Next(); {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		v.after = e.Seq
		v.step(&e)
	}
	return rows.Err()
}

// states gives the state that everything with one is in, by its name in the audit.
func (s *Service) states(ctx context.Context, tx *sql.Tx) (map[string]string, error) {
	is := map[string]string{}
	if s.out != nil {
		var err error
		if is, err = s.out.States(ctx); err != nil {
			return nil, err
		}
	}
	_, err := collect(ctx, tx, s.q["States"], func(sc scanner) (struct{}, error) {
		var id string
		var state decision.State
		err := sc.Scan(&id, &state)
		is[id] = string(state)
		return struct{}{}, err
	})
	return is, err
}

const actionPrefix = "action:"

// named says what a row of the audit is about.
func named(subject string) string {
	if id, ok := strings.CutPrefix(subject, actionPrefix); ok {
		return "action " + id
	}
	return "decision " + subject
}

// verification is a walk along the chain.
type verification struct {
	r      Report
	after  int64 // number of the newest row that was read
	n      int64 // number of the row before; 0: none
	prev   string
	sha    hasher
	states map[string]string // last state of each subject that has one
	hold   map[int64]string  // anchored hashes by row
	notes  map[int64][]string

	end   Head              // as the ledger says
	is    map[string]string // states as they are
	locks int

	faults []string
	more   int
}

func newVerification(have anchors, notes []Head) *verification {
	v := &verification{after: math.MinInt64, states: map[string]string{}, hold: make(map[int64]string, len(have.heads)), notes: map[int64][]string{}}
	for _, h := range have.heads {
		v.hold[h.Seq] = h.Hash
	}
	for _, h := range notes {
		v.notes[h.Seq] = append(v.notes[h.Seq], h.Hash)
	}
	return v
}

// mostFaults is how many faults are told one by one; the rest are counted.
const mostFaults = 20

func (v *verification) fault(format string, a ...any) {
	if len(v.faults) >= mostFaults {
		v.more++
		return
	}
	v.faults = append(v.faults, fmt.Sprintf(format, a...))
}

func (v *verification) report() Report {
	v.r.Head = Head{v.n, v.prev}
	v.r.Faults = v.faults
	if v.more > 0 {
		v.r.Faults = append(v.r.Faults, fmt.Sprintf("and %d more", v.more))
	}
	return v.r
}

func (v *verification) step(e *entry) {
	v.n++
	// Whatever has a state of its own goes from the one it had to the next.
	kept := !strings.Contains(e.Decision, ":") && e.Decision != "stop" || strings.HasPrefix(e.Decision, actionPrefix)
	switch {
	case e.Seq != v.n:
		v.fault("row %d stands where row %d should", e.Seq, v.n)
		v.n = e.Seq
	case e.Prev != v.prev:
		v.fault("row %d does not follow the row before it", e.Seq)
	case string(v.sha.digest(e)) != e.Hash:
		v.fault("row %d was changed", e.Seq)
	case kept && e.From != v.states[e.Decision]:
		v.fault("row %d starts from %q, %s was %q", e.Seq, e.From, named(e.Decision), v.states[e.Decision])
	}
	v.compare(e)
	v.prev = e.Hash
	if kept {
		v.states[e.Decision] = e.To
	}
	if e.Decision == anewSubject {
		v.r.Anew++
	}
	if v.r.Rows == 0 {
		v.r.First = time.Unix(e.At, 0).UTC()
	}
	v.r.Rows, v.r.Last = v.r.Rows+1, time.Unix(e.At, 0).UTC()
}

// compare holds a row against what is kept of it elsewhere.
func (v *verification) compare(e *entry) {
	if hash, ok := v.hold[e.Seq]; ok {
		v.r.Anchors++
		delete(v.hold, e.Seq)
		if hash != e.Hash {
			v.fault("row %d is not the one that was anchored outside the database", e.Seq)
		}
	}
	for _, hash := range v.notes[e.Seq] {
		v.r.Notes++
		if hash != e.Hash {
			v.fault("row %d is not the one that was written down", e.Seq)
		}
	}
	delete(v.notes, e.Seq)
}

// held tells what is wrong with the file outside, and of rows in it that are gone here.
func (v *verification) held(have anchors, mark int64, file string) {
	switch {
	case mark > 0 && !have.there:
		v.fault("%s is gone: it held ends of the audit outside the database, the newest of row %d", file, mark)
	case mark > 0 && !have.holds(mark):
		v.fault("%s does not hold row %d any more: it was cut or replaced", file, mark)
	}
	gone := int64(0)
	for seq := range v.hold {
		gone = max(gone, seq)
	}
	if gone > 0 {
		v.fault("row %d was anchored outside the database and is gone; the audit ends with row %d", gone, v.n)
	}
}

// ends compares where the chain came to with what should be.
func (v *verification) ends() {
	for seq := range v.notes {
		v.fault("row %d was written down and is gone; the audit ends with row %d", seq, v.n)
	}
	switch {
	case v.end.Seq != v.n:
		v.fault("the audit should end with row %d, and ends with row %d", v.end.Seq, v.n)
	case v.end.Hash != v.prev:
		v.fault("row %d is not the one that the audit should end with", v.n)
	}
	const locks = 2
	if v.locks != locks {
		v.fault("the database does not refuse changes to the audit any more: its locks were taken away")
	}
	var faults []string
	for id, state := range v.is {
		if v.states[id] != state {
			faults = append(faults, fmt.Sprintf("%s is %q, the audit says %q", named(id), state, v.states[id]))
		}
		delete(v.states, id)
	}
	for id := range v.states {
		faults = append(faults, named(id)+" of the audit is gone")
	}
	slices.Sort(faults)
	for _, f := range faults {
		v.fault("%s", f)
	}
}
