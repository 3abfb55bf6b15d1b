package retention

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"purser/backend/platform/sqlite"
)

// run is a purge.
type run struct {
	id           int64
	began, ended time.Time
	who          string
	freed        int64
	parts        []step
	waiting      []string
}

// quietRuns is how long a purge that let nothing go is remembered.
const quietRuns = 14 * 24 * time.Hour

// begin opens a run, or finds the one that was cut.
func (s *Service) begin(ctx context.Context, who string) (id int64, began time.Time, err error) {
	began = s.o.Clock.Now()
	err = s.o.Ledger.Write(ctx, func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, s.ledger["OpenRun"]).Scan(&id)
		if errors.Is(err, sql.ErrNoRows) {
			err = tx.QueryRowContext(ctx, s.ledger["AddRun"], began.Unix(), who).Scan(&id)
		}
		return err
	})
	if err != nil {
		return 0, began, fmt.Errorf("begin to let go what is too old: %w", err)
	}
	return id, began, nil
}

// end stores what a run let go, with its row of the audit, and forgets its steps.
func (s *Service) end(ctx context.Context, r *run) error {
	r.ended = s.o.Clock.Now()
	parts, err := json.Marshal(append([]step{}, r.parts...))
	if err != nil {
		return fmt.Errorf("note what was let go: %w", err)
	}
	waiting, err := json.Marshal(append([]string{}, r.waiting...))
	if err != nil {
		return fmt.Errorf("note what was let go: %w", err)
	}
	text := runText(s.runOutput(*r))
	err = s.o.Ledger.Write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, s.ledger["EndRun"], r.id, r.ended.Unix(), r.freed, string(parts), string(waiting)); err != nil {
			return fmt.Errorf("note what was let go: %w", err)
		}
		if _, err := tx.ExecContext(ctx, s.ledger["ForgetRuns"], r.ended.Add(-quietRuns).Unix()); err != nil {
			return fmt.Errorf("forget old purges: %w", err)
		}
		if len(r.parts) == 0 {
			return nil
		}
		return s.o.Record(ctx, tx, Record{
			Subject: fmt.Sprintf("retention:run/%d", r.id), To: "deleted", Who: r.who, Reason: text, Content: string(parts),
		})
	})
	if err != nil {
		return err
	}
	return s.o.Market.Write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, s.market["ForgetSteps"], r.id); err != nil {
			return fmt.Errorf("forget what was noted: %w", err)
		}
		return nil
	})
}

// runs lists the last purges, newest first.
func (s *Service) runs(ctx context.Context, n int) ([]RunOutput, error) {
	all, err := sqlite.Collect(ctx, s.o.Ledger.Reader(), s.ledger["Runs"], []any{n}, func(rows *sql.Rows, r *run) error {
		var began, ended int64
		var parts, waiting string
		if err := rows.Scan(&r.id, &began, &ended, &r.who, &r.freed, &parts, &waiting); err != nil {
			return err
		}
		r.began = time.Unix(began, 0)
		if ended != 0 {
			r.ended = time.Unix(ended, 0)
		}
		return errors.Join(json.Unmarshal([]byte(parts), &r.parts), json.Unmarshal([]byte(waiting), &r.waiting))
	})
	out := make([]RunOutput, 0, len(all))
	for _, r := range all {
		out = append(out, s.runOutput(r))
	}
	return out, err
}

func (s *Service) runOutput(r run) RunOutput {
	o := noRun()
	o.ID, o.Who, o.Freed, o.Waiting = r.id, r.who, r.freed, append(o.Waiting, r.waiting...)
	if !r.began.IsZero() {
		o.BeganAt = r.began.UTC().Format(time.RFC3339)
	}
	if !r.ended.IsZero() {
		o.EndedAt = r.ended.UTC().Format(time.RFC3339)
	}
	parts := slices.Clone(r.parts)
	slices.SortStableFunc(parts, func(a, b step) int { return s.rank(a.Part) - s.rank(b.Part) })
	for _, st := range parts {
		o.Parts = append(o.Parts, s.partOutput(st))
		o.Documents += st.Documents
		o.Rows += st.Rows
		o.Bytes += st.Bytes
	}
	o.Text = runText(o)
	if r.id != 0 && r.ended.IsZero() {
		o.Text = "Under way, or cut: it goes on as soon as it can."
	}
	return o
}

// rank puts parts in the order in which they let go.
func (s *Service) rank(part string) int {
	switch part {
	case partOriginals:
		return 0
	case partCopies:
		return 1
	}
	return 2 + slices.IndexFunc(s.o.Modules.Keepers(), func(k Keeper) bool { return k.Name == part })
}
