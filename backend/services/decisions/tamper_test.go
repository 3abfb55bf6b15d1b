package decisions_test

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"purser/backend/services/decisions"
)

func TestTamperingIsNoticed(t *testing.T) {
	t.Parallel()
	const unlock = `DROP TRIGGER decisions_audit_no_update; DROP TRIGGER decisions_audit_no_delete;`
	for _, c := range []struct{ name, sql, want string }{
		{"edit", unlock + `UPDATE decisions_audit SET reason = 'never' WHERE seq = 3`, "row 3 was changed"},
		{"edit who", unlock + `UPDATE decisions_audit SET who = 'purser' WHERE seq = 4`, "row 4 was changed"},
		{"delete in the middle", unlock + `DELETE FROM decisions_audit WHERE seq = 2`, "row 3 stands where row 2 should"},
		{"swap", unlock + `UPDATE decisions_audit SET seq = -1 WHERE seq = 2; UPDATE decisions_audit SET seq = 2 WHERE seq = 3;
			UPDATE decisions_audit SET seq = 3 WHERE seq = -1`, "row 2 does not follow"},
		{"truncate", unlock + `DELETE FROM decisions_audit WHERE seq > 3`, "should end with row 19"},
		{"truncate with its end", unlock + `DELETE FROM decisions_audit WHERE seq > 16;
			UPDATE decisions_audit_head SET seq = 16, hash = (SELECT hash FROM decisions_audit WHERE seq = 16)`, "the audit says"},
		{"another end", `UPDATE decisions_audit_head SET hash = 'never'`, "row 19 is not the one that the audit should end with"},
		{"empty", unlock + `DELETE FROM decisions_audit`, "should end with row 19"},
		{"add", `INSERT INTO decisions_audit SELECT 20, at, decision, from_state, to_state, who, reason, payload_hash, prev_hash, hash
			FROM decisions_audit WHERE seq = 19`, "row 20 does not follow"},
		{"state behind its back", `UPDATE decisions_decision SET state = 'rejected' WHERE state = 'approved'`, `is "rejected", the audit says "approved"`},
		{"decision removed", `DELETE FROM decisions_decision WHERE state = 'approved'`, "is gone"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s, db, _ := fresh(t)
			p, q := restock("A", 10), restock("B", 20)
			apply(t, s, always, p, q)
			for _, id := range []string{decisions.ID(p.ID()), decisions.ID(q.ID())} {
				if _, err := agree(t, s, 0, id); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := s.Undo(t.Context()); err != nil {
				t.Fatal(err)
			}
			sound(t, s)
			if err := db.Write(t.Context(), func(tx *sql.Tx) error { _, err := tx.ExecContext(t.Context(), c.sql); return err }); err != nil {
				t.Fatal(err)
			}
			r, err := s.Verify(t.Context())
			if err != nil || !strings.Contains(strings.Join(r.Faults, "\n"), c.want) {
				t.Errorf("got %v %v, want %q", r.Faults, err, c.want)
			}
		})
	}
}

func TestAuditRefusesChanges(t *testing.T) {
	t.Parallel()
	s, db, _ := fresh(t)
	apply(t, s, always, restock("A", 10))
	for _, q := range []string{`UPDATE decisions_audit SET reason = ''`, `DELETE FROM decisions_audit`} {
		err := db.Write(t.Context(), func(tx *sql.Tx) error { _, err := tx.ExecContext(t.Context(), q); return err })
		if err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: %v", q, err)
		}
	}
	sound(t, s)
}

func TestUndoSurvivesARestart(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "ledger.db")
	c := start()
	db := openFile(t, path)
	s := service(t, db, c)
	p, q := restock("A", 10), task("B")
	apply(t, s, always, p, q)
	if _, err := s.Approve(t.Context(), decisions.Agreement{IDs: []string{decisions.ID(p.ID())}, Units: 12}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Approve(t.Context(), decisions.Agreement{IDs: []string{decisions.ID(q.ID())}}); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s = service(t, openFile(t, path), c)
	last, err := s.LastUndoable(t.Context())
	if err != nil || last == nil || last.Title != "Approved: Re-evaluate B" {
		t.Fatalf("last: %+v %v", last, err)
	}
	for range 2 {
		if _, err := s.Undo(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	lines, err := s.RestockLines(t.Context())
	if err != nil || len(lines) != 0 || stateOf(t, s, p) != "proposed" || stateOf(t, s, q) != "proposed" {
		t.Errorf("after two undos: %v %v", lines, err)
	}
	if last, err := s.LastUndoable(t.Context()); err != nil || last != nil {
		t.Errorf("nothing is left: %+v %v", last, err)
	}
	sound(t, s)
}
