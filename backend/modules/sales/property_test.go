package sales_test

import (
	"fmt"
	"sort"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"purser/backend/core"
	"purser/backend/core/source"
)

// generate draws order lines of three currencies, with restated versions of some.
func generate(rt *rapid.T) []source.OrderLine {
	first := core.Date(2026, 11, 1)
	mkts := []string{"US", "DE", "JP", core.NonAmazon}
	states := []string{"Shipped", source.OrderPending, source.OrderCancelled}
	n := rapid.IntRange(1, 60).Draw(rt, "lines")
	var out []source.OrderLine
	for i := range n {
		r := line(rapid.SampledFrom(mkts).Draw(rt, "market"), fmt.Sprint("S", rapid.IntRange(1, 4).Draw(rt, "sku")),
			first+core.Day(rapid.IntRange(0, 4).Draw(rt, "day")), i/2, rapid.IntRange(1, 5).Draw(rt, "qty"), int64(rapid.IntRange(0, 99_999).Draw(rt, "price")))
		if r.Marketplace == core.NonAmazon {
			r.OrderID, r.Currency = fmt.Sprintf("S01-%07d-%07d", i, i), "USD"
		}
		r.Seq = int32(i % 2)
		r.Row = int32(i + 2)
		for v := range rapid.IntRange(1, 3).Draw(rt, "versions") {
			r.UpdatedAt += int64(v)
			r.Status = rapid.SampledFrom(states).Draw(rt, "state")
			r.HasPrice = r.Status != source.OrderPending
			out = append(out, r)
		}
	}
	return out
}

// independent adds the newest version of every line up, the plain way.
func independent(rows []source.OrderLine) [][]any {
	type key struct {
		order, sku string
		seq        int32
		day        core.Day
	}
	newest := map[key]source.OrderLine{}
	for _, r := range rows {
		k := key{r.OrderID, string(r.SKU), r.Seq, r.Day}
		if have, ok := newest[k]; !ok || r.UpdatedAt > have.UpdatedAt {
			newest[k] = r
		}
	}
	sums := map[string][]any{}
	for _, r := range newest {
		k := fmt.Sprint(r.Day, r.Marketplace, r.SKU, r.Currency)
		if sums[k] == nil {
			sums[k] = []any{r.Day.String(), r.Marketplace, string(r.SKU), int64(0), int64(0), string(r.Currency)}
		}
		if r.Status == source.OrderCancelled {
			continue
		}
		sums[k][3] = sums[k][3].(int64) + int64(r.Quantity)
		if r.HasPrice {
			sums[k][4] = sums[k][4].(int64) + r.ItemPrice
		}
	}
	keys := make([]string, 0, len(sums))
	for k := range sums {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	out := make([][]any, 0, len(keys))
	for _, k := range keys {
		out = append(out, sums[k])
	}
	return out
}

// Batches in any order, with repeats, give what the newest lines add up to.
func TestShuffledAndRepeatedBatchesAddUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		m, h := start(t)
		rows := generate(rt)
		shuffled := rapid.Permutation(rows).Draw(rt, "order")
		var batches []source.Batch
		for len(shuffled) > 0 {
			n := min(len(shuffled), rapid.IntRange(1, 25).Draw(rt, "batch"))
			b := orders(int64(len(batches)+1), core.Date(2026, 11, 10), core.Period{}, shuffled[:n]...)
			batches, shuffled = append(batches, b), shuffled[n:]
		}
		batches = append(batches, rapid.Permutation(batches).Draw(rt, "again")...)
		for _, b := range batches {
			a := h.Apply(t, m, b)
			if a.Stored+a.Unchanged+a.Older != b.Len {
				rt.Fatalf("%+v for %d rows", a, b.Len)
			}
		}
		want, got := independent(rows), export(t, m, "sales.daily")
		if diff := cmp.Diff(want, got); diff != "" {
			rt.Fatal(diff)
		}
		totals := map[string]int64{}
		for _, r := range got {
			totals[fmt.Sprint(r[0], r[1], r[5])] += r[4].(int64)
		}
		for _, r := range export(t, m, "sales.market_daily") {
			if k := fmt.Sprint(r[0], r[1], r[7]); totals[k] != r[3].(int64) {
				rt.Fatalf("%s: SKUs add up to %d, the marketplace says %d", k, totals[k], r[3])
			}
		}
	})
}
