package decisions_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"purser/backend/services/decisions"
)

// TestHashesAreOfJSON holds every hash against its definition, SHA-256 of what encoding/json writes, for any text.
func TestHashesAreOfJSON(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := openFile(t, filepath.Join(dir, "ledger.db"))
	clk := start()
	s := service(t, db, clk)
	text := rapid.OneOf(
		rapid.String(),
		rapid.StringOf(rapid.RuneFrom([]rune("\x00\x01\b\f\n\r\t\x1f\"\\/<>&\x7f\u2028\u2029\ufffd é漢😀"))),
		rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }),
	)
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		r := decisions.Record{
			Subject: "x:" + text.Draw(rt, "subject"), From: text.Draw(rt, "from"), To: text.Draw(rt, "to"),
			Who: text.Draw(rt, "who"), Reason: text.Draw(rt, "reason"), Content: text.Draw(rt, "content"),
		}
		clk.now = clk.now.Add(1e9 * 3600)
		err := db.Write(context.Background(), func(tx *sql.Tx) error { return s.Record(context.Background(), tx, r) })
		if err != nil {
			rt.Fatal(err)
		}
		ls := lines(t, db)
		got := ls[len(ls)-1]
		if got.hash != got.digest() || got.payload != hexOf(r.Content) {
			rt.Fatalf("%+v: want %s", got, got.digest())
		}
		if utf8.ValidString(r.Reason) && got.reason != r.Reason || !utf8.ValidString(got.reason) {
			rt.Fatalf("%q was stored as %q", r.Reason, got.reason)
		}
	})
	if n < 100 {
		t.Errorf("%d texts", n)
	}
	sound(t, s)
}

// What stands behind a zero byte, where some read no further, is held by the hash as well.
func TestZeroByteHidesNothing(t *testing.T) {
	t.Parallel()
	l := live(t, 1)
	apply(t, l.s, never, task("A"))
	f := newForger(t, l)
	ls := lines(t, l.db)
	ls[0].reason += "\x00and more"
	f.rewrite(ls)
	if got := l.faults(); got != "row 1 was changed" {
		t.Errorf("got %q", got)
	}
}

// Without its locks the audit can be changed by any statement: that they are gone is a fault of its own.
func TestMissingLocksAreNoticed(t *testing.T) {
	t.Parallel()
	for _, lock := range []string{"decisions_audit_no_update", "decisions_audit_no_delete"} {
		l := live(t, 1)
		apply(t, l.s, never, task("A"))
		f := newForger(t, l)
		f.exec(`DROP TRIGGER ` + lock)
		if got := l.faults(); !strings.Contains(got, "does not refuse changes to the audit any more") {
			t.Errorf("%s: %q", lock, got)
		}
		f.exec(`CREATE TRIGGER ` + lock + ` BEFORE UPDATE ON decisions_audit BEGIN SELECT 1; END`)
		if l.faults() == "" {
			t.Errorf("%s was replaced by one that locks nothing", lock)
		}
	}
}

func TestRecordChange(t *testing.T) {
	t.Parallel()
	l := live(t, 1)
	for _, to := range []string{"stopped", "stopped", "running", "running", "stopped"} {
		must(t, l.db.Write(t.Context(), func(tx *sql.Tx) error {
			return l.s.RecordChange(t.Context(), tx, decisions.Record{Subject: "stop", To: to, Who: decisions.Person})
		}))
		last, err := l.s.LastOf(t.Context(), "stop")
		if err != nil || last != to {
			t.Errorf("last is %q, want %q: %v", last, to, err)
		}
	}
	if n := len(lines(t, l.db)); n != 3 {
		t.Errorf("%d rows, want 3", n)
	}
	if last, err := l.s.LastOf(t.Context(), "mode:never"); err != nil || last != "" {
		t.Errorf("%q %v", last, err)
	}
}
