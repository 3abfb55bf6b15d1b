package decisions

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"purser/backend/core/decision"
)

// mostFaults is how many faults are told one by one; the rest are counted.
const mostFaults = 20

// Verify checks the whole audit: numbers without a gap, each row's own hash, the chain, its end here and where it is
// anchored outside the database, and that each decision is in the state its last row says. It returns what it found
// wrong; nil means sound.
func (s *Service) Verify(ctx context.Context) ([]string, error) {
	anchors, err := s.end.read()
	if err != nil {
		return nil, err
	}
	v := verification{states: map[string]string{}, anchors: anchors}
	rows, err := s.o.DB.Reader().QueryContext(ctx, s.q["AllAudit"])
	if err != nil {
		return nil, fmt.Errorf("read the audit: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		e, err := scanEntry(rows)
		if err != nil {
			return nil, fmt.Errorf("read the audit: %w", err)
		}
		v.row(e)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read the audit: %w", err)
	}
	seq, hash, err := s.head(ctx, s.o.DB.Reader())
	if err != nil {
		return nil, err
	}
	if seq != v.n || hash != v.prev {
		v.fault(fmt.Sprintf("the audit should end with row %d, it has %d rows", seq, v.n))
	}
	v.beyond()
	more, err := s.verifyStates(ctx, v.states)
	for _, f := range more {
		v.fault(f)
	}
	return v.told(), err
}

// verification is a walk along the chain.
type verification struct {
	n       int64
	prev    string
	states  map[string]string // last state of each decision
	anchors map[int64]string
	faults  []string
	more    int
}

func (v *verification) fault(text string) {
	if len(v.faults) >= mostFaults {
		v.more++
		return
	}
	v.faults = append(v.faults, text)
}

func (v *verification) told() []string {
	if v.more > 0 {
		return append(v.faults, fmt.Sprintf("and %d more", v.more))
	}
	return v.faults
}

func (v *verification) row(e entry) {
	v.n++
	// Whatever has a state of its own goes from the one it had to the next.
	kept := !strings.Contains(e.Decision, ":") && e.Decision != "stop" || strings.HasPrefix(e.Decision, actionPrefix)
	anchored, held := v.anchors[e.Seq]
	delete(v.anchors, e.Seq)
	switch {
	case e.Seq != v.n:
		v.fault(fmt.Sprintf("row %d stands where row %d should", e.Seq, v.n))
		v.n = e.Seq
	case e.Prev != v.prev:
		v.fault(fmt.Sprintf("row %d does not follow the row before it", e.Seq))
	case e.digest() != e.Hash:
		v.fault(fmt.Sprintf("row %d was changed", e.Seq))
	case held && anchored != e.Hash:
		v.fault(fmt.Sprintf("row %d is not the one that was anchored", e.Seq))
	case kept && e.From != v.states[e.Decision]:
		v.fault(fmt.Sprintf("row %d starts from %q, %s was %q", e.Seq, e.From, named(e.Decision), v.states[e.Decision]))
	}
	v.prev = e.Hash
	if kept {
		v.states[e.Decision] = e.To
	}
}

// beyond tells of anchors that hold rows which are gone.
func (v *verification) beyond() {
	for seq := range v.anchors {
		if seq > v.n {
			v.fault(fmt.Sprintf("row %d was anchored outside the database and is gone; the audit ends with row %d", seq, v.n))
			return
		}
	}
}

func (s *Service) verifyStates(ctx context.Context, audited map[string]string) ([]string, error) {
	type pair struct {
		id    string
		state decision.State
	}
	now, err := collect(ctx, s.o.DB.Reader(), s.q["States"], func(sc scanner) (pair, error) {
		var p pair
		err := sc.Scan(&p.id, &p.state)
		return p, err
	})
	if err != nil {
		return nil, err
	}
	is := map[string]string{}
	if s.out != nil {
		if is, err = s.out.States(ctx); err != nil {
			return nil, err
		}
	}
	for _, p := range now {
		is[p.id] = string(p.state)
	}
	var faults []string
	for id, state := range is {
		if audited[id] != state {
			faults = append(faults, fmt.Sprintf("%s is %q, the audit says %q", named(id), state, audited[id]))
		}
		delete(audited, id)
	}
	for id := range audited {
		faults = append(faults, named(id)+" of the audit is gone")
	}
	slices.Sort(faults)
	return faults, nil
}

const actionPrefix = "action:"

// named says what a row of the audit is about.
func named(subject string) string {
	if id, ok := strings.CutPrefix(subject, actionPrefix); ok {
		return "action " + id
	}
	return "decision " + subject
}
