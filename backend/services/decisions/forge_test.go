package decisions_test

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"purser/backend/services/decisions"
)

// TestThousandTamperings: every one of 1,000 random forgeries is found while the anchor file is there, also those of somebody who knows how
// the chain is made, mends its end and the states of everything, and puts the locks back.
func TestThousandTamperings(t *testing.T) {
	t.Parallel()
	const ledgers, each = 20, 50
	done := map[string]int{}
	for seed := range uint64(ledgers) {
		l := lived(t, 1000+seed, 40)
		f := newForger(t, l)
		for i := range each {
			what := f.forge(i)
			if l.faults() == "" {
				t.Errorf("ledger %d, forgery %d: %s was not found", seed, i, what)
			}
			f.putBack()
			if got := l.faults(); got != "" {
				t.Fatalf("after %s was put back: %s", what, got)
			}
			done[what]++
		}
		must(t, l.db.Close())
	}
	n := 0
	for _, what := range forgeries {
		n += done[what.name]
		if done[what.name] < ledgers {
			t.Errorf("%s was tried %d times only", what.name, done[what.name])
		}
	}
	if n != ledgers*each {
		t.Errorf("%d forgeries, want %d", n, ledgers*each)
	}
}

// A chain that was made anew without an anchor to tell is still held against itself.
func TestStatesFollowEachOther(t *testing.T) {
	t.Parallel()
	l := live(t, 1)
	apply(t, l.s, never, task("A"), task("B"))
	p := task("A")
	if _, err := agree(t, l.s, 0, decisions.ID(p.ID())); err != nil {
		t.Fatal(err)
	}
	f := newForger(t, l)
	ls := slices.Clone(f.whole)
	i := slices.IndexFunc(ls, func(x line) bool { return x.to == "approved" && x.subject == decisions.ID(p.ID()) })
	ls[i].from = "snoozed"
	rechain(ls, i)
	f.rewrite(ls)
	if got, want := l.faults(), fmt.Sprintf(`row %d starts from "snoozed", decision %s was "proposed"`, i+1, ls[i].subject); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

var forgeries = []struct {
	name string
	make func(r *rand.Rand, ls []line) []line
}{
	{"edit", func(r *rand.Rand, ls []line) []line {
		edit(r, &ls[r.IntN(len(ls))])
		return ls
	}},
	{"delete", func(r *rand.Rand, ls []line) []line {
		i := r.IntN(len(ls) - 1)
		return slices.Delete(ls, i, i+1)
	}},
	{"swap", func(r *rand.Rand, ls []line) []line {
		i, j := two(r, len(ls))
		a, b := &ls[i], &ls[j]
		*a, *b = *b, *a
		a.seq, b.seq = b.seq, a.seq
		if r.IntN(2) == 0 { // all but what chains them
			a.prev, b.prev, a.hash, b.hash = b.prev, a.prev, b.hash, a.hash
		}
		return ls
	}},
	{"insert a copy", func(r *rand.Rand, ls []line) []line {
		c := ls[r.IntN(len(ls))]
		switch r.IntN(3) {
		case 0: // at the end
			c.seq = ls[len(ls)-1].seq + 1
			return append(ls, c)
		case 1: // before everything
			c.seq = -int64(r.IntN(9))
			return append([]line{c}, ls...)
		}
		i := r.IntN(len(ls))
		ls = slices.Insert(ls, i, c)
		for j := i; j < len(ls); j++ {
			ls[j].seq = int64(j + 1)
		}
		return ls
	}},
	{"truncate", func(r *rand.Rand, ls []line) []line { return ls[:len(ls)-1-r.IntN(len(ls)-1)] }},
	{"empty", func(*rand.Rand, []line) []line { return nil }},
	{"edit and chain anew", func(r *rand.Rand, ls []line) []line {
		i := r.IntN(len(ls))
		l := &ls[i]
		for _, to := range []*string{&l.from, &l.to, &l.who, &l.reason, &l.payload}[r.IntN(5):] {
			*to += "."
		}
		rechain(ls, i)
		return ls
	}},
	{"delete and chain anew", func(r *rand.Rand, ls []line) []line {
		i := r.IntN(len(ls) - 1)
		ls = slices.Delete(ls, i, i+1)
		rechain(ls, i)
		return ls
	}},
	{"swap and chain anew", func(r *rand.Rand, ls []line) []line {
		i, j := two(r, len(ls))
		ls[i], ls[j] = ls[j], ls[i]
		rechain(ls, 0)
		return ls
	}},
	{"insert and chain anew", func(r *rand.Rand, ls []line) []line {
		i := r.IntN(len(ls))
		ls = slices.Insert(ls, i, ls[r.IntN(len(ls))])
		rechain(ls, i)
		return ls
	}},
}

func two(r *rand.Rand, n int) (i, j int) {
	i = r.IntN(n)
	return i, (i + 1 + r.IntN(n-1)) % n
}

// edit changes one column of a row to something else.
func edit(r *rand.Rand, l *line) {
	if c := r.IntN(10); c < 2 {
		*[]*int64{&l.seq, &l.at}[c] += int64(1000 + r.IntN(1000))
		return
	}
	texts := []*string{&l.subject, &l.from, &l.to, &l.who, &l.reason, &l.payload, &l.prev, &l.hash}
	s := texts[r.IntN(len(texts))]
	was := *s
	for *s == was {
		i := r.IntN(len(was) + 1)
		switch r.IntN(4) {
		case 0:
			*s = was[:i] + string(rune('a'+r.IntN(26))) + was[i:]
		case 1:
			*s = was[:i] + "\xff" + was[i:] // no text
		case 2:
			*s = ""
		case 3:
			*s = was[:i]
		}
	}
}

// forger changes a ledger behind Purser's back, and puts it back.
type forger struct {
	t     *testing.T
	l     *life
	whole []line
	locks []string
}

func newForger(t *testing.T, l *life) *forger {
	t.Helper()
	f := &forger{t: t, l: l, whole: lines(t, l.db)}
	rows, err := l.db.Reader().QueryContext(t.Context(), `SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'decisions_audit'`)
	must(t, err)
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var lock string
		must(t, rows.Scan(&lock))
		f.locks = append(f.locks, lock)
	}
	must(t, rows.Err())
	f.exec(`CREATE TABLE kept_decision AS SELECT * FROM decisions_decision`, `CREATE TABLE kept_action AS SELECT * FROM actions_action`,
		`CREATE TABLE kept_head AS SELECT * FROM decisions_audit_head`)
	return f
}

func (f *forger) exec(statements ...string) {
	f.t.Helper()
	must(f.t, f.l.db.Write(f.t.Context(), func(tx *sql.Tx) error {
		for _, s := range statements {
			if _, err := tx.ExecContext(f.t.Context(), s); err != nil {
				return fmt.Errorf("%s: %w", s, err)
			}
		}
		return nil
	}))
}

// rewrite puts other rows in place of those of the audit, and mends its end.
func (f *forger) rewrite(ls []line) {
	f.t.Helper()
	f.exec(`DROP TRIGGER decisions_audit_no_update`, `DROP TRIGGER decisions_audit_no_delete`, `DELETE FROM decisions_audit`)
	must(f.t, f.l.db.Write(f.t.Context(), func(tx *sql.Tx) error { return store(f.t.Context(), tx, ls) }))
	f.exec(f.locks...)
}

// forge does the i-th forgery and names it.
func (f *forger) forge(i int) string {
	what, forged := forgeries[i%len(forgeries)], f.whole
	for slices.Equal(forged, f.whole) { // to swap two rows that say the same changes nothing
		forged = what.make(f.l.r, slices.Clone(f.whole))
	}
	f.rewrite(forged)
	if f.l.r.IntN(3) == 0 { // somebody who does not mend the end
		f.exec(`DELETE FROM decisions_audit_head`, `INSERT INTO decisions_audit_head SELECT * FROM kept_head`)
	}
	if f.l.r.IntN(2) == 0 { // somebody who mends the states as well
		f.exec(`DELETE FROM decisions_decision WHERE id NOT IN (SELECT decision FROM decisions_audit)`,
			`DELETE FROM actions_action WHERE 'action:' || id NOT IN (SELECT decision FROM decisions_audit)`,
			`UPDATE OR IGNORE decisions_decision AS d SET state = (SELECT to_state FROM decisions_audit WHERE decision = d.id ORDER BY seq DESC LIMIT 1)`,
			`UPDATE OR IGNORE actions_action AS a SET state = (SELECT to_state FROM decisions_audit WHERE decision = 'action:' || a.id ORDER BY seq DESC LIMIT 1)`)
	}
	return what.name
}

func (f *forger) putBack() {
	f.t.Helper()
	f.rewrite(f.whole)
	f.exec(`DELETE FROM decisions_audit_head`, `INSERT INTO decisions_audit_head SELECT * FROM kept_head`,
		`DELETE FROM decisions_decision`, `INSERT INTO decisions_decision SELECT * FROM kept_decision`,
		`DELETE FROM actions_action`, `INSERT INTO actions_action SELECT * FROM kept_action`)
}
