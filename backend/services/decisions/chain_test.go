package decisions_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"testing"

	"purser/backend/platform/sqlite"
)

// line is a row of the audit as a forger reads and writes it.
type line struct {
	seq, at                                             int64
	subject, from, to, who, reason, payload, prev, hash string
}

// digest is what the row's hash must be, by its definition: SHA-256 of a JSON array.
func (l line) digest() string {
	text, _ := json.Marshal([]any{l.seq, l.at, l.subject, l.from, l.to, l.who, l.reason, l.payload, l.prev})
	return hexOf(string(text))
}

func hexOf(text string) string {
	h := sha256.Sum256([]byte(text))
	return hex.EncodeToString(h[:])
}

// rechain gives rows from i on the numbers and hashes that they need to look untouched.
func rechain(ls []line, i int) {
	for ; i < len(ls); i++ {
		ls[i].seq, ls[i].prev = 1, ""
		if i > 0 {
			ls[i].seq, ls[i].prev = ls[i-1].seq+1, ls[i-1].hash
		}
		ls[i].hash = ls[i].digest()
	}
}

func lines(tb testing.TB, db *sqlite.DB) (out []line) {
	tb.Helper()
	rows, err := db.Reader().QueryContext(tb.Context(), `SELECT seq, at, decision, from_state, to_state, who, reason, payload_hash, prev_hash, hash
		FROM decisions_audit ORDER BY seq`)
	must(tb, err)
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var l line
		must(tb, rows.Scan(&l.seq, &l.at, &l.subject, &l.from, &l.to, &l.who, &l.reason, &l.payload, &l.prev, &l.hash))
		out = append(out, l)
	}
	must(tb, rows.Err())
	return out
}

// store puts rows where there are none, and the end as the last of them says.
func store(ctx context.Context, tx *sql.Tx, ls []line) error {
	_, err := sqlite.Bulk(ctx, tx, `INSERT INTO decisions_audit SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c9 FROM temp.bulk WHERE handle = ?1`,
		sqlite.RowsOf(ls, func(l *line, col int) any {
			return [...]any{l.seq, l.at, l.subject, l.from, l.to, l.who, l.reason, l.payload, l.prev, l.hash}[col]
		}))
	if err != nil || len(ls) == 0 {
		return err
	}
	end := ls[len(ls)-1]
	_, err = tx.ExecContext(ctx, `INSERT INTO decisions_audit_head (one, seq, hash) VALUES (1, ?1, ?2)
		ON CONFLICT (one) DO UPDATE SET seq = excluded.seq, hash = excluded.hash`, end.seq, end.hash)
	return err
}

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}
