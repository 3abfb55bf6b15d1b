package sales_test

import (
	"database/sql"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"purser/backend/core"
	"purser/backend/core/module"
	"purser/backend/core/source"
)

// unitsOf is how many units of A in the US were sold.
func unitsOf(t *testing.T, rows [][]any) int64 {
	t.Helper()
	if len(rows) != 1 {
		t.Fatalf("rows %v", rows)
	}
	n, _ := rows[0][3].(int64)
	return n
}

// inTwo are two lines of an order with the same SKU: one unit and two.
func inTwo(d core.Day) (first, second source.OrderLine) {
	first, second = line("US", "A", d, 1, 1, 1000), line("US", "A", d, 1, 2, 2000)
	second.Seq, second.Row = 1, 9
	return first, second
}

// TestARowThatCouldNotBeReadIsNotGone: of two lines of an order a newer report has one in quarantine; both stay, until a
// report without such rows has one.
func TestARowThatCouldNotBeReadIsNotGone(t *testing.T) {
	t.Parallel()
	d := day(t, "2026-11-20")
	first, second := inTwo(d)
	for name, left := range map[string]source.OrderLine{"the first": second, "the second": first} {
		m, h := start(t)
		h.Apply(t, m, orders(1, d+1, core.Period{}, first, second))
		part := orders(2, d+2, core.Period{}, left)
		part.Partial = true
		if got := h.Apply(t, m, part); got != (module.Applied{Unchanged: 1}) {
			t.Errorf("%s is bad: %+v", name, got)
		}
		if n := unitsOf(t, export(t, m, "sales.daily")); n != 3 {
			t.Errorf("%s is bad: %d units", name, n)
		}
		h.Apply(t, m, orders(3, d+3, core.Period{}, first))
		if n := unitsOf(t, export(t, m, "sales.daily")); n != 1 {
			t.Errorf("%s was bad: %d units", name, n)
		}
	}
}

// TestAnOlderDocumentBringsNoSurplusBack: a row that came twice in an older report is once again as a newer one has it,
// though the older one comes later, and again; one that is no older brings it.
func TestAnOlderDocumentBringsNoSurplusBack(t *testing.T) {
	t.Parallel()
	d := day(t, "2026-11-20")
	first, second := inTwo(d)
	early, twice := orders(1, d+1, core.Period{}, first), orders(2, d+2, core.Period{}, first, second)
	once, late := orders(3, d+3, core.Period{}, first), orders(4, d+4, core.Period{}, first, second)
	for _, c := range []struct {
		docs []source.Batch
		want int64
	}{
		{[]source.Batch{once, twice}, 1},
		{[]source.Batch{twice, once, twice}, 1},
		{[]source.Batch{early, once, twice}, 1}, // what changes nothing counts as well
		{[]source.Batch{once, early, twice, late}, 3},
		{[]source.Batch{late, once, twice, early}, 3},
	} {
		m, h := start(t)
		h.Apply(t, m, c.docs...)
		if n := unitsOf(t, export(t, m, "sales.daily")); n != c.want {
			t.Errorf("%d documents: %d units, want %d", len(c.docs), n, c.want)
		}
	}
	m, h := start(t)
	h.Apply(t, m, once)
	if got := h.Apply(t, m, twice); got != (module.Applied{Unchanged: 1, Older: 1}) {
		t.Errorf("once, then twice: %+v", got)
	}
}

// lineID tells a line of the orders of this file.
type lineID struct {
	order int
	seq   int32
}

// tellings draws documents that tell orders of one SKU in up to three lines, some with rows that could not be read.
func tellings(rt *rapid.T, d core.Day) [][]source.Batch {
	var docs [][]source.Batch
	for doc := range rapid.IntRange(1, 6).Draw(rt, "documents") {
		var rows []source.OrderLine
		partial := rapid.Bool().Draw(rt, "partial")
		behind := int64(rapid.IntRange(0, 2).Draw(rt, "behind"))
		for order := range 4 {
			for seq := range rapid.IntRange(0, 3).Draw(rt, "lines") {
				if partial && rapid.Bool().Draw(rt, "bad") {
					continue
				}
				r := line("US", "A", d-core.Day(order%2), order, 1<<(4*seq), 100)
				r.Seq, r.Row, r.UpdatedAt = int32(seq), int32(len(rows)+2), r.UpdatedAt-behind
				rows = append(rows, r)
			}
		}
		at := noon(d + 1).Add(time.Duration(rapid.IntRange(0, 3).Draw(rt, "hours")) * time.Hour)
		cut := rapid.IntRange(0, len(rows)).Draw(rt, "cut")
		var batches []source.Batch
		for _, part := range [][]source.OrderLine{rows[:cut], rows[cut:]} {
			b := orders(int64(doc+1), d+1, core.Period{}, part...)
			b.ObservedAt, b.Partial, b.Last = at, partial, len(batches) == 1
			batches = append(batches, b)
		}
		docs = append(docs, batches)
	}
	return docs
}

// unitsByDay is what documents come to, the plain way: a further line counts if it was told no earlier than its order was
// told whole for the last time.
func unitsByDay(docs [][]source.Batch) map[string]int64 {
	told, whole, lines := map[lineID]int64{}, map[int]int64{}, map[lineID]source.OrderLine{}
	for _, batches := range docs {
		for _, b := range batches {
			for _, r := range b.Rows.([]source.OrderLine) { //nolint:forcetypeassert // drawn so
				var order int
				_, _ = fmt.Sscanf(r.OrderID, "111-0000000-%d", &order)
				id, at := lineID{order, r.Seq}, b.ObservedAt.Unix()
				lines[id], told[id] = r, max(told[id], at)
				if !b.Partial && r.Seq == 0 {
					whole[order] = max(whole[order], at)
				}
			}
		}
	}
	out := map[string]int64{}
	for id, r := range lines {
		if id.seq == 0 || told[id] >= whole[id.order] {
			out[r.Day.String()] += int64(r.Quantity)
		}
	}
	return out
}

// Documents that tell orders in one line or several, whole or not, in any order, and again, give what the newest say.
func TestFurtherLinesInAnyOrder(t *testing.T) {
	t.Parallel()
	d := day(t, "2026-11-20")
	m, h := start(t)
	rapid.Check(t, func(rt *rapid.T) {
		if err := h.Write(t.Context(), func(tx *sql.Tx) error { return m.Forget(t.Context(), tx) }); err != nil {
			rt.Fatal(err)
		}
		docs := tellings(rt, d)
		order := append(rapid.Permutation(docs).Draw(rt, "order"), rapid.Permutation(docs).Draw(rt, "again")[:rapid.IntRange(0, len(docs)).Draw(rt, "repeats")]...)
		for _, batches := range order {
			for _, b := range batches {
				if a := h.Apply(t, m, b); a.Stored+a.Unchanged+a.Older != b.Len {
					rt.Fatalf("%+v for %d rows", a, b.Len)
				}
			}
		}
		got := map[string]int64{}
		for _, r := range export(t, m, "sales.daily") {
			day, _ := r[0].(string)
			got[day], _ = r[3].(int64)
		}
		if diff := cmp.Diff(unitsByDay(docs), got); diff != "" {
			rt.Fatal(diff)
		}
	})
}
