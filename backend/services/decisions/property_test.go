package decisions_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"golang.org/x/sync/errgroup"
	"pgregory.net/rapid"

	"purser/backend/core/decision"
	"purser/backend/services/decisions"
)

// Random histories of evaluations, approvals, rejections, snoozes, edits, undos and restarts.
func TestRandomHistories(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		path := filepath.Join(dir, fmt.Sprintf("%d.db", n))
		defer func() { _ = os.Remove(path) }()
		clk := start()
		db := openFile(t, path)
		s := service(t, db, clk)
		skus := []string{"A", "B", "C"}
		h := &history{t: rt, s: s, skus: skus}
		for range rapid.IntRange(1, 25).Draw(rt, "steps") {
			h.step(rapid.SampledFrom([]string{"fire", "fire", "clear", "unknown", "approve", "approve", "reject", "snooze", "edit", "undo", "undo", "day", "restart"}).Draw(rt, "verb"), func() {
				_ = db.Close()
				db = openFile(t, path)
				h.s = service(t, db, clk)
			}, func() { clk.days(1) })
			h.check()
		}
		_ = db.Close()
	})
}

// snapshot is what undo must bring back.
type snapshot struct {
	state string
	units int // of the draft line; 0: none
}

type history struct {
	t     *rapid.T
	s     *decisions.Service
	skus  []string
	stack []map[string]snapshot // before each thing a person did
}

func (h *history) id(sku string) string { p := restock(sku, 10); return decisions.ID(p.ID()) }

func (h *history) step(verb string, restart, day func()) {
	ctx := context.Background()
	chosen := h.skus[:rapid.IntRange(1, len(h.skus)).Draw(h.t, "how many")]
	switch verb {
	case "restart":
		restart()
	case "day":
		day()
		h.stack = nil // snoozes may end: older acts may no longer be undone
		_, err := h.s.Inbox(ctx, decisions.InboxInput{})
		h.must(err)
	case "fire", "clear", "unknown":
		h.evaluate(ctx, verb, chosen)
	case "undo":
		h.undo(ctx)
	default:
		h.person(ctx, verb, chosen)
	}
}

func (h *history) must(err error) {
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *history) evaluate(ctx context.Context, verb string, chosen []string) {
	ev := decisions.Evaluation{AsOf: 20781, Cleared: always}
	if verb == "unknown" {
		ev.Cleared = never
	}
	if verb == "fire" {
		for _, sku := range chosen {
			ev.Proposals = append(ev.Proposals, restock(sku, 10))
		}
	}
	states := h.states(ctx)
	_, err := h.s.Apply(ctx, ev)
	h.must(err)
	if fmt.Sprint(states) != fmt.Sprint(h.states(ctx)) {
		h.stack = nil // an evaluation moved something on
	}
}

func (h *history) states(ctx context.Context) map[string]snapshot {
	out := map[string]snapshot{}
	lines, err := h.s.RestockLines(ctx)
	h.must(err)
	for _, sku := range h.skus {
		d, err := h.s.Get(ctx, h.id(sku))
		if err != nil {
			continue
		}
		sn := snapshot{state: d.State}
		for _, l := range lines {
			if l.SKU == sku {
				sn.units = l.Units
			}
		}
		out[sku] = sn
	}
	return out
}

func (h *history) person(ctx context.Context, verb string, chosen []string) {
	before := h.states(ctx)
	var ids []string
	for _, sku := range chosen {
		ids = append(ids, h.id(sku))
	}
	var c decisions.Change
	var err error
	switch verb {
	case "approve":
		c, err = h.s.Approve(ctx, decisions.Agreement{IDs: ids})
	case "reject":
		c, err = h.s.Reject(ctx, ids, decisions.ReasonKnown, "")
	case "snooze":
		c, err = h.s.Snooze(ctx, ids, decisions.SnoozeMonday, 0)
	case "edit":
		c, err = h.s.Edit(ctx, ids[0], rapid.IntRange(1, 99).Draw(h.t, "units"))
	}
	switch {
	case err != nil || c.Already:
		if fmt.Sprint(before) != fmt.Sprint(h.states(ctx)) {
			h.t.Fatalf("%s changed something though it was refused or already so: %v", verb, err)
		}
	default:
		h.stack = append(h.stack, before)
	}
}

func (h *history) undo(ctx context.Context) {
	_, err := h.s.Undo(ctx)
	if len(h.stack) == 0 {
		return // what may be undone across evaluations is tested as scripts
	}
	h.must(err)
	want := h.stack[len(h.stack)-1]
	h.stack = h.stack[:len(h.stack)-1]
	if got := h.states(ctx); fmt.Sprint(got) != fmt.Sprint(want) {
		h.t.Fatalf("undo restored %v, want %v", got, want)
	}
}

func (h *history) check() {
	ctx := context.Background()
	r, err := h.s.Verify(ctx)
	h.must(err)
	if !r.Sound() {
		h.t.Fatalf("audit: %v", r.Faults)
	}
	out, err := h.s.Stats(ctx, 365)
	h.must(err)
	addUp(h.t, h.s, out)
	lines, err := h.s.RestockLines(ctx)
	h.must(err)
	var skus []string
	for _, l := range lines {
		if slices.Contains(skus, l.SKU) {
			h.t.Fatalf("two draft lines of %s", l.SKU)
		}
		skus = append(skus, l.SKU)
	}
	for sku, sn := range h.states(ctx) {
		if sn.state == string(decision.Approved) && sn.units == 0 {
			h.t.Fatalf("%s is approved without a draft line", sku)
		}
	}
}

// Many hands approving the same decisions at once make each line once.
func TestApprovingAtOnce(t *testing.T) {
	t.Parallel()
	s, _, _ := fresh(t)
	var ps []decision.Proposal
	for i := range 8 {
		ps = append(ps, restock(fmt.Sprintf("SKU-%d", i), 10))
	}
	apply(t, s, always, ps...)
	var g errgroup.Group
	fresh := make([]int, 8)
	for w := range 8 {
		g.Go(func() error {
			for i := range ps {
				c, err := s.Approve(context.Background(), decisions.Agreement{IDs: []string{decisions.ID(ps[(i+w)%8].ID())}})
				if err != nil {
					return err
				}
				if !c.Already {
					fresh[w]++
				}
			}
			_, err := s.Apply(context.Background(), decisions.Evaluation{AsOf: 20781, Proposals: ps, Cleared: always})
			return err
		})
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, n := range fresh {
		total += n
	}
	if lines, err := s.RestockLines(t.Context()); err != nil || len(lines) != 8 || total != 8 {
		t.Errorf("%d lines, %d approvals, want 8 each: %v", len(lines), total, err)
	}
	sound(t, s)
}
