package decisions

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"purser/backend/core/decision"
)

// entry is one row of the audit.
type entry struct {
	Seq      int64
	At       int64
	Decision string
	From, To decision.State
	Who      string
	Reason   string
	Payload  string // hash of the proposal as it was
	Prev     string
	Hash     string
}

// digest chains the entry to the one before it.
func (e entry) digest() string {
	text, err := json.Marshal([]any{e.Seq, e.At, e.Decision, e.From, e.To, e.Who, e.Reason, e.Payload, e.Prev})
	if err != nil {
		return ""
	}
	h := sha256.Sum256(text)
	return hex.EncodeToString(h[:])
}

func scanEntry(sc scanner) (entry, error) {
	var e entry
	err := sc.Scan(&e.Seq, &e.At, &e.Decision, &e.From, &e.To, &e.Who, &e.Reason, &e.Payload, &e.Prev, &e.Hash)
	return e, err
}

// transition stores a decision in its new state together with its audit row.
func (s *Service) transition(ctx context.Context, tx *sql.Tx, r *row, to decision.State, who, reason string) error {
	from := r.State
	now := s.o.Clock.Now().Unix()
	if from != to {
		r.StateAt = now
	}
	r.State = to
	r.Revision++
	if err := s.put(ctx, tx, *r); err != nil {
		return err
	}
	return s.audit(ctx, tx, r, from, who, reason)
}

func (s *Service) audit(ctx context.Context, tx *sql.Tx, r *row, from decision.State, who, reason string) error {
	seq, prev, err := s.head(ctx, tx)
	if err != nil {
		return err
	}
	payload, err := json.Marshal(r.Proposal)
	if err != nil {
		return fmt.Errorf("audit decision %s: %w", r.ID, err)
	}
	sum := sha256.Sum256(payload)
	e := entry{
		Seq: seq + 1, At: s.o.Clock.Now().Unix(), Decision: r.ID, From: from, To: r.State, Who: who, Reason: reason,
		Payload: hex.EncodeToString(sum[:]), Prev: prev,
	}
	e.Hash = e.digest()
	_, err = tx.ExecContext(ctx, s.q["AddAudit"], e.Seq, e.At, e.Decision, string(e.From), string(e.To), e.Who, e.Reason, e.Payload, e.Prev, e.Hash)
	if err != nil {
		return fmt.Errorf("audit decision %s: %w", r.ID, err)
	}
	if _, err := tx.ExecContext(ctx, s.q["SetAuditHead"], e.Seq, e.Hash); err != nil {
		return fmt.Errorf("audit decision %s: %w", r.ID, err)
	}
	return nil
}

func (s *Service) head(ctx context.Context, db querier) (seq int64, hash string, err error) {
	err = db.QueryRowContext(ctx, s.q["AuditHead"]).Scan(&seq, &hash)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, "", nil
	}
	if err != nil {
		return 0, "", fmt.Errorf("read the end of the audit: %w", err)
	}
	return seq, hash, nil
}

// Verify checks the whole audit: numbers without a gap, each row's own hash, the chain,
// its end, and that each decision is in the state its last row says. It returns what it
// found wrong; nil means sound.
func (s *Service) Verify(ctx context.Context) ([]string, error) {
	entries, err := collect(ctx, s.o.DB.Reader(), s.q["AllAudit"], scanEntry)
	if err != nil {
		return nil, err
	}
	var faults []string
	states := map[string]decision.State{}
	prev := ""
	for i, e := range entries {
		switch {
		case e.Seq != int64(i)+1:
			faults = append(faults, fmt.Sprintf("row %d stands where row %d should", e.Seq, i+1))
		case e.Prev != prev:
			faults = append(faults, fmt.Sprintf("row %d does not follow the row before it", e.Seq))
		case e.digest() != e.Hash:
			faults = append(faults, fmt.Sprintf("row %d was changed", e.Seq))
		case e.From != states[e.Decision]:
			faults = append(faults, fmt.Sprintf("row %d starts from %q, decision %s was %q", e.Seq, e.From, e.Decision, states[e.Decision]))
		}
		prev = e.Hash
		states[e.Decision] = e.To
	}
	seq, hash, err := s.head(ctx, s.o.DB.Reader())
	if err != nil {
		return nil, err
	}
	if seq != int64(len(entries)) || hash != prev {
		faults = append(faults, fmt.Sprintf("the audit should end with row %d, it has %d rows", seq, len(entries)))
	}
	more, err := s.verifyStates(ctx, states)
	return append(faults, more...), err
}

func (s *Service) verifyStates(ctx context.Context, audited map[string]decision.State) ([]string, error) {
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
	var faults []string
	for _, p := range now {
		if audited[p.id] != p.state {
			faults = append(faults, fmt.Sprintf("decision %s is %q, the audit says %q", p.id, p.state, audited[p.id]))
		}
		delete(audited, p.id)
	}
	for id := range audited {
		faults = append(faults, "decision "+id+" of the audit is gone")
	}
	return faults, nil
}
