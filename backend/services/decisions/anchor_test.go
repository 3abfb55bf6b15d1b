package decisions_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sync/errgroup"

	"purser/backend/core"
	"purser/backend/services/decisions"
)

func (l *life) anchorText() string {
	l.tb.Helper()
	text, err := os.ReadFile(l.anchorPath())
	must(l.tb, err)
	return string(text)
}

func (l *life) writeAnchor(text string) {
	l.tb.Helper()
	must(l.tb, os.WriteFile(l.anchorPath(), []byte(text), 0o600))
}

// grow adds rows to the audit, one anchor after each.
func (l *life) grow(n int) {
	l.tb.Helper()
	for i := range n {
		l.clk.days(1)
		apply(l.tb, l.s, [](func(string, string, string) string){never, always}[i%2], l.proposals()[:1-i%2]...)
		l.anchor()
	}
}

func TestAnchorFile(t *testing.T) {
	t.Parallel()
	cut := func(text string, n int) string {
		all := strings.SplitAfter(text, "\n")
		return strings.Join(all[:len(all)-1-n], "")
	}
	for _, c := range []struct {
		name   string
		change func(l *life, text string)
		want   string // "": sound
	}{
		{"untouched", func(*life, string) {}, ""},
		{"a line cut off by a power failure", func(l *life, text string) { l.writeAnchor(text + "7 7f83b1") }, ""},
		{"a whole line without its end", func(l *life, text string) { l.writeAnchor(text + "99 " + hexOf("x") + " 2026-11-25T07:00:00Z") }, ""},
		{"older than the chain", func(l *life, _ string) { apply(l.tb, l.s, never, task("X"), task("Y")) }, ""},
		{"gone", func(l *life, _ string) { must(l.tb, os.Remove(l.anchorPath())) }, "audit.anchor is gone: it held ends of the audit outside the database, the newest of row 6"},
		{"empty", func(l *life, _ string) { l.writeAnchor("") }, "audit.anchor does not hold row 6 any more: it was cut or replaced"},
		{"its newest line cut off", func(l *life, text string) { l.writeAnchor(cut(text, 1)) }, "does not hold row 6 any more"},
		{"the end of its last line cut off", func(l *life, text string) { l.writeAnchor(text[:len(text)-1]) }, "does not hold row 6 any more"},
		{"a line in the middle changed", func(l *life, text string) {
			l.writeAnchor(strings.Replace(text, "\n3 ", "\n3 0", 1))
		}, "line 3 of audit.anchor is not one that Purser wrote"},
		{"another hash", func(l *life, text string) {
			h := strings.Fields(text)[1]
			l.writeAnchor(strings.Replace(text, h, hexOf("forged"), 1))
		}, "row 1 is not the one that was anchored outside the database"},
		{"a row twice", func(l *life, text string) {
			l.writeAnchor(text + "6 " + hexOf("forged") + " 2026-11-25T07:00:00Z\n")
		}, "line 7 of audit.anchor goes back from row 6 to row 6"},
		{"a row that never was", func(l *life, text string) {
			l.writeAnchor(text + "12 " + hexOf("forged") + " 2026-11-25T07:00:00Z\n")
		}, "row 12 was anchored outside the database and is gone; the audit ends with row 6"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := live(t, 1)
			l.grow(6)
			c.change(l, l.anchorText())
			got := l.faults()
			if c.want == "" && got != "" || !strings.Contains(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
			// What is wrong with it does not heal by itself; what is right goes on.
			before, _ := os.ReadFile(l.anchorPath()) // nothing where it is gone
			l.clk.days(1)
			apply(t, l.s, never, task("Z"))
			l.anchor()
			if again := l.faults(); (again == "") != (c.want == "") {
				t.Errorf("after more rows: %q", again)
			}
			if after, _ := os.ReadFile(l.anchorPath()); c.want == "" && string(after) == string(before) || len(before) == 0 && len(after) > 0 {
				t.Errorf("before %q, after %q", before, after)
			}
		})
	}
}

func TestNeverAnchoredIsNoFault(t *testing.T) {
	t.Parallel()
	l := live(t, 1)
	apply(t, l.s, never, task("A"))
	r, err := l.s.Verify(t.Context())
	must(t, err)
	if !r.Sound() || r.Anchored != 0 || r.Anchors != 0 || r.Rows != 1 {
		t.Errorf("never anchored: %+v", r)
	}
	l.grow(4)
	r, err = l.s.Verify(t.Context())
	must(t, err)
	h, err := l.s.Head(t.Context())
	must(t, err)
	if !r.Sound() || r.Anchored != r.Rows || r.Anchors != 4 || r.Head != h || !r.First.Before(r.Last) {
		t.Errorf("anchored: %+v", r)
	}
	st, err := os.Stat(l.anchorPath())
	must(t, err)
	if st.Mode().Perm() != 0o600 {
		t.Errorf("others may read it: %v", st.Mode())
	}
}

// The power fails after the line was written and before the ledger knows: nothing is lost, nothing is twice.
func TestAnchorAfterACrash(t *testing.T) {
	t.Parallel()
	l := live(t, 1)
	l.grow(3)
	f := newForger(t, l)
	f.exec(`UPDATE decisions_audit_head SET anchored = 2`)
	before := l.anchorText()
	if got := l.faults(); got != "" {
		t.Fatal(got)
	}
	l.anchor()
	if l.anchorText() != before {
		t.Error("the line is there twice")
	}
	var mark int
	must(t, l.db.Reader().QueryRowContext(t.Context(), `SELECT anchored FROM decisions_audit_head`).Scan(&mark))
	if mark != 3 {
		t.Errorf("anchored up to %d, want 3", mark)
	}
}

func TestAnchorIsMadeShorter(t *testing.T) {
	t.Parallel()
	l := live(t, 1)
	must(t, l.db.Write(t.Context(), func(tx *sql.Tx) error {
		for i := range 2001 {
			if err := l.s.Record(t.Context(), tx, decisions.Record{Subject: fmt.Sprint("review:", i)}); err != nil {
				return err
			}
		}
		return nil
	}))
	var long strings.Builder
	for _, x := range lines(t, l.db)[:2000] {
		_, _ = fmt.Fprintf(&long, "%d %s 2026-11-25T07:00:00Z\n", x.seq, x.hash)
	}
	l.writeAnchor(long.String())
	l.anchor()
	r, err := l.s.Verify(t.Context())
	if err != nil || !r.Sound() || r.Anchored != 2001 || r.Anchors != 1001 || strings.Count(l.anchorText(), "\n") != 1001 {
		t.Errorf("%+v %v", r, err)
	}
	if left, err := filepath.Glob(filepath.Join(l.dir, "anchor-*")); err != nil || len(left) > 0 {
		t.Errorf("left over: %v %v", left, err)
	}
}

func TestAnchorAnew(t *testing.T) {
	t.Parallel()
	l := live(t, 1)
	l.grow(4)
	if _, err := l.s.AnchorAnew(t.Context()); core.AsError(err).Code != core.CodeConflict {
		t.Errorf("a file that fits was begun anew: %v", err)
	}
	must(t, os.Remove(l.anchorPath()))
	kept, err := l.s.AnchorAnew(t.Context())
	if err != nil || kept != "" {
		t.Fatal(kept, err)
	}
	ls := lines(t, l.db)
	if last := ls[len(ls)-1]; len(ls) != 5 || last.subject != "anchor:anew" || last.reason != "audit.anchor was lost; begun anew" || last.who != "person" {
		t.Errorf("the audit says %+v", last)
	}
	l.grow(2)
	r, err := l.s.Verify(t.Context())
	if err != nil || !r.Sound() || r.Anew != 1 || r.Anchors != 3 {
		t.Errorf("begun anew: %+v %v", r, err)
	}
	// An older copy of the database beside the newer file.
	newer := l.anchorText()
	f := newForger(t, l)
	f.rewrite(ls[:3])
	f.exec(`UPDATE decisions_audit_head SET anchored = 3`)
	f.exec(`UPDATE decisions_decision SET state = (SELECT to_state FROM decisions_audit WHERE decision = id ORDER BY seq DESC LIMIT 1)`)
	if got := l.faults(); !strings.Contains(got, "is gone; the audit ends with row 3") {
		t.Errorf("got %q", got)
	}
	kept, err = l.s.AnchorAnew(t.Context())
	must(t, err)
	if old, err := os.ReadFile(kept); err != nil || string(old) != newer {
		t.Errorf("%s is kept: %q %v", kept, old, err)
	}
	if got := l.faults(); got != "" {
		t.Error(got)
	}
}

func TestNotes(t *testing.T) {
	t.Parallel()
	l := live(t, 1)
	l.grow(6)
	ls := lines(t, l.db)
	note := func(i int) decisions.Head {
		h, err := decisions.ParseHead(fmt.Sprintf(" %d:%s\n", ls[i].seq, strings.ToUpper(ls[i].hash)))
		must(t, err)
		return h
	}
	r, err := l.s.Verify(t.Context(), note(2), note(4))
	if err != nil || !r.Sound() || r.Notes != 2 {
		t.Errorf("%+v %v", r, err)
	}
	if h := note(5); h.String() != fmt.Sprintf("6:%s", ls[5].hash) {
		t.Errorf("written as %s", h)
	}
	// Whoever may write every file can forge all of it; what was written down tells.
	old := note(4)
	f := newForger(t, l)
	forged := append([]line{}, ls...)
	forged[1].at++
	rechain(forged, 1)
	f.rewrite(forged)
	text := ""
	for _, x := range forged {
		text += fmt.Sprintf("%d %s 2026-11-25T07:00:00Z\n", x.seq, x.hash)
	}
	l.writeAnchor(text)
	if got := l.faults(); got != "" {
		t.Fatalf("not forged well: %s", got)
	}
	if got := l.faults(old); got != "row 5 is not the one that was written down" {
		t.Errorf("got %q", got)
	}
	f.rewrite(ls[:3])
	if got := l.faults(old); !strings.Contains(got, "row 5 was written down and is gone; the audit ends with row 3") {
		t.Errorf("got %q", got)
	}
	for _, text := range []string{"", "5", "5:", "x:" + ls[0].hash, "0:" + ls[0].hash, "5:" + ls[0].hash[1:], "5:" + ls[0].hash + "0"} {
		if h, err := decisions.ParseHead(text); err == nil {
			t.Errorf("%q was read as %v", text, h)
		}
	}
}

// The check never takes what is being written for a fault.
func TestVerifyBesideWriting(t *testing.T) {
	t.Parallel()
	l := live(t, 1)
	apply(t, l.s, always, l.proposals()...)
	a := api(t, l.s)
	var g errgroup.Group
	ctx, done := context.WithCancel(t.Context())
	for _, p := range l.proposals()[:3] {
		g.Go(func() error {
			for ctx.Err() == nil {
				//nolint:contextcheck // bound methods have no context parameter
				_, err := a.Approve(decisions.ApproveInput{ID: decisions.ID(p.ID())})
				_, back := a.Undo()                      //nolint:contextcheck // as above
				for _, err := range []error{err, back} { // what another hand did meanwhile is refused
					if err != nil && !slices.Contains([]string{core.CodeNotFound, core.CodeConflict}, core.AsError(err).Code) {
						return err
					}
				}
			}
			return nil
		})
	}
	rows := int64(0)
	for i := 0; i < 60 || rows < 200 && i < 2000; i++ {
		r, err := l.s.Verify(t.Context())
		if err != nil || !r.Sound() || r.Rows < rows {
			t.Errorf("%d rows after %d: %v %v", r.Rows, rows, r.Faults, err)
			break
		}
		rows = r.Rows
	}
	done()
	if err := g.Wait(); err != nil {
		t.Error(err)
	}
	if rows < 100 {
		t.Errorf("only %d rows were written", rows)
	}
}
