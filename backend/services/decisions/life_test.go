package decisions_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/decision"
	"purser/backend/platform/sqlite"
	"purser/backend/services/actions"
	"purser/backend/services/decisions"
)

// life is an account on which random things happen, anchored outside its database.
type life struct {
	tb  testing.TB
	r   *rand.Rand
	dir string
	db  *sqlite.DB
	clk *ticking
	s   *decisions.Service
	out *actions.Service
}

func live(tb testing.TB, seed uint64) *life {
	tb.Helper()
	l := &life{tb: tb, r: rand.New(rand.NewPCG(seed, 7)), dir: tb.TempDir(), clk: start()}
	l.open()
	return l
}

func (l *life) open() {
	l.tb.Helper()
	l.db = openFile(l.tb, filepath.Join(l.dir, "ledger.db"))
	var err error
	l.s, err = decisions.Open(l.tb.Context(), decisions.Options{DB: l.db, Clock: l.clk, Anchor: l.anchorPath()})
	must(l.tb, err)
	l.out = carriedOut(l.tb, l.s, l.db, l.clk)
}

func (l *life) anchorPath() string { return filepath.Join(l.dir, "audit.anchor") }

func (l *life) anchor() { l.tb.Helper(); must(l.tb, l.s.Anchor(l.tb.Context())) }

// faults checks the audit and gives what is wrong with it, in one text.
func (l *life) faults(notes ...decisions.Head) string {
	l.tb.Helper()
	r, err := l.s.Verify(l.tb.Context(), notes...)
	must(l.tb, err)
	if r.Sound() != (len(r.Faults) == 0) {
		l.tb.Fatalf("sound %v with %v", r.Sound(), r.Faults)
	}
	return strings.Join(r.Faults, "\n")
}

func (l *life) proposals() []decision.Proposal {
	return []decision.Proposal{restock("A", 10), restock("B", 20), restock("C", 30), task("D"), task("E")}
}

func (l *life) some() (ids []string) {
	ps := l.proposals()
	for _, i := range l.r.Perm(len(ps))[:1+l.r.IntN(3)] {
		ids = append(ids, decisions.ID(ps[i].ID()))
	}
	return ids
}

// step does one random thing. What is refused changes nothing, and is as good a step as any.
func (l *life) step() {
	ctx := l.tb.Context()
	verbs := []string{
		"fire", "fire", "clear", "approve", "approve", "approve", "reject", "snooze", "edit", "undo", "undo", "roll back", "roll back",
		"limit", "mode", "stop", "delegate", "day", "anchor", "restart", "torn",
	}
	switch verbs[l.r.IntN(len(verbs))] {
	case "fire":
		ps := l.proposals()
		apply(l.tb, l.s, never, ps[:1+l.r.IntN(len(ps))]...)
	case "clear":
		apply(l.tb, l.s, always, l.proposals()[:l.r.IntN(3)]...)
	case "approve":
		_, _ = l.s.Approve(ctx, decisions.Agreement{IDs: l.some()})
	case "reject":
		_, _ = l.s.Reject(ctx, l.some(), decisions.ReasonWrong, "<no> & \"never\" \u2028 läuft nicht")
	case "snooze":
		_, _ = l.s.Snooze(ctx, l.some(), decisions.SnoozeTomorrow, 0)
	case "edit":
		_, _ = l.s.Edit(ctx, l.some()[0], 1+l.r.IntN(40))
	case "delegate":
		_, _ = l.s.Delegate(ctx, l.some(), "Ada", 0)
	case "undo":
		_, _ = l.s.Undo(ctx)
	case "roll back":
		l.rollBack()
	case "limit":
		l.limit()
	case "mode":
		_ = l.out.SetMode(ctx, actions.Mode{Policy: "default", Mode: []string{actions.Observe, actions.Propose}[l.r.IntN(2)]}, action.Restock, actions.Standing{})
	case "stop":
		must(l.tb, l.out.Stop(ctx, l.r.IntN(3) == 0, actions.Person))
	case "day":
		l.clk.days(1)
	case "anchor":
		l.anchor()
	case "restart":
		must(l.tb, l.db.Close())
		l.open()
	case "torn": // the power fails while a line is written
		f, err := os.OpenFile(l.anchorPath(), os.O_APPEND|os.O_WRONLY, 0)
		if err == nil {
			_, err = f.WriteString("7 7f83b1657ff1fc53b92dc181"[:1+l.r.IntN(25)])
			must(l.tb, err)
			must(l.tb, f.Close())
		}
	}
}

func (l *life) rollBack() {
	ctx := l.tb.Context()
	all, err := l.out.List(ctx, core.Period{From: 1, To: core.Date(2030, 1, 1)}, 0, 100)
	must(l.tb, err)
	for _, t := range all {
		if !t.Reversible {
			continue
		}
		if id, err := l.out.Rollback(ctx, t.ID, actions.Person); err == nil {
			must(l.tb, l.out.Drain(ctx, []int64{id}))
			return
		}
	}
}

func (l *life) limit() {
	kinds := l.out.Kinds()
	k := kinds[l.r.IntN(len(kinds))]
	name := k.Needs[l.r.IntN(len(k.Needs))]
	if strings.HasPrefix(name, "money") {
		name += ":EUR"
	}
	v := []string{"90", "1000", "shipped"}[l.r.IntN(3)]
	must(l.tb, l.out.SetLimit(l.tb.Context(), k.Name, name, v, v))
}

// lived is a life of at least n rows of the audit, whose end is anchored.
func lived(tb testing.TB, seed uint64, n int) *life {
	tb.Helper()
	l := live(tb, seed)
	for len(lines(tb, l.db)) < n {
		l.step()
	}
	l.anchor()
	if got := l.faults(); got != "" {
		tb.Fatalf("seed %d: %s", seed, got)
	}
	return l
}

// Whatever happens by Purser itself is no fault, however often it is looked at.
func TestNoFalseAlarms(t *testing.T) {
	t.Parallel()
	const lives = 200
	steps, rows := 12, 0
	if os.Getenv("PURSER_GATE") != "" {
		steps = 60
	}
	for seed := range uint64(lives) {
		l := live(t, seed)
		for range steps {
			l.step()
			if l.r.IntN(4) > 0 {
				continue
			}
			if got := l.faults(); got != "" {
				t.Fatalf("seed %d: %s", seed, got)
			}
		}
		h, err := l.s.Head(t.Context())
		must(t, err)
		var notes []decisions.Head
		if h.Seq > 0 {
			notes = append(notes, h)
		}
		if got := l.faults(notes...); got != "" {
			t.Fatalf("seed %d: %s", seed, got)
		}
		rows += int(h.Seq)
		must(t, l.db.Close())
	}
	if rows < lives*steps/2 {
		t.Errorf("only %d rows were written in %d lives", rows, lives)
	}
}
