package decisions_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"

	"purser/backend/platform/sqlite"
	"purser/backend/services/decisions"
)

// BenchmarkVerify checks a chain of a million rows about 200,000 decisions, as a busy account writes in decades.
func BenchmarkVerify(b *testing.B) {
	const rows, each = 1_000_000, 5
	db := openFile(b, filepath.Join(b.TempDir(), "ledger.db"))
	s := service(b, db, start())
	states := [each]string{"proposed", "snoozed", "proposed", "approved", "proposed"}
	chain, ids := make([]line, rows), []string{}
	var prev, last string
	for i := range chain {
		id := decisions.ID(fmt.Sprint("default:restock:DE/SKU-", i/each))
		if i%each == 0 {
			last, ids = "", append(ids, id)
		}
		chain[i] = line{
			seq: int64(i + 1), at: 1_790_000_000 + int64(i), subject: id, from: last, to: states[i%each], who: "purser",
			reason: "it got worse by a fifth or more", payload: hexOf("payload"), prev: prev,
		}
		chain[i].hash = chain[i].digest()
		prev, last = chain[i].hash, states[i%each]
	}
	must(b, db.Write(b.Context(), func(tx *sql.Tx) error {
		if err := store(b.Context(), tx, chain); err != nil {
			return err
		}
		_, err := sqlite.Bulk(b.Context(), tx, `INSERT INTO decisions_decision (id, identity, state, firing, proposal, first_seen, last_seen, state_at)
			SELECT c0, c0, 'proposed', 1, '{}', 0, 0, 0 FROM temp.bulk WHERE handle = ?1`,
			sqlite.RowsOf(ids, func(id *string, _ int) any { return *id }))
		return err
	}))
	b.ReportAllocs()
	for b.Loop() {
		r, err := s.Verify(context.Background())
		if err != nil || !r.Sound() || r.Rows != rows {
			b.Fatalf("%d rows: %v %v", r.Rows, r.Faults, err)
		}
	}
}
