package daypack_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"purser/backend/core"
	"purser/backend/modules/sales/internal/daypack"
)

// entries draws a sorted day in which every key occurs once.
func entries(rt *rapid.T, label string) []daypack.Entry {
	small := rapid.Int64Range(0, 9)
	list := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) daypack.Entry {
		return daypack.Entry{
			SKU: rapid.Int64Range(1, 30).Draw(t, "sku"), Currency: rapid.Int64Range(1, 3).Draw(t, "currency"),
			Observed: core.Day(rapid.Int32Range(20_000, 20_010).Draw(t, "observed")), Units: small.Draw(t, "units"),
			Sales: rapid.Int64().Draw(t, "sales"), Orders: small.Draw(t, "orders"), Cancelled: small.Draw(t, "cancelled"),
			Pending: small.Draw(t, "pending"), Price: small.Draw(t, "price"),
			Lines: small.Draw(t, "lines"),
		}
	}), 0, 20, func(e daypack.Entry) [2]int64 { return [2]int64{e.SKU, e.Currency} }).Draw(rt, label)
	slices.SortFunc(list, daypack.Entry.Key)
	return list
}

func TestWhatIsPackedComesBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		const day = core.Day(20_000)
		want := entries(rt, "entries")
		got, err := daypack.Decode(day, daypack.Encode(day, want), nil)
		if err != nil || !slices.Equal(want, got) {
			rt.Fatalf("%v: %s", err, cmp.Diff(want, got))
		}
	})
}

func TestFindIsDecodeOfOneSKU(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		const day = core.Day(20_000)
		all := entries(rt, "entries")
		sku := rapid.Int64Range(1, 31).Draw(rt, "wanted")
		want := slices.DeleteFunc(slices.Clone(all), func(e daypack.Entry) bool { return e.SKU != sku })
		got, err := daypack.Find(day, daypack.Encode(day, all), sku, nil)
		if err != nil || !slices.Equal(want, got) {
			rt.Fatalf("%v: %s", err, cmp.Diff(want, got))
		}
	})
}

func TestDamagedBlobsAreRefused(t *testing.T) {
	t.Parallel()
	const day = core.Day(20_000)
	whole := daypack.Encode(day, []daypack.Entry{{SKU: 1, Currency: 1, Units: 300, Sales: 100_000}})
	for name, blob := range map[string][]byte{"Empty": nil, "OtherFormat": {9, 0}, "Cut": whole[:len(whole)-4], "CountTooLarge": {1, 200, 1}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := daypack.Decode(day, blob, nil); !errors.Is(err, daypack.ErrFormat) {
				t.Fatalf("got %v", err)
			}
			for _, sku := range []int64{1, 2} {
				if _, err := daypack.Find(day, blob, sku, nil); !errors.Is(err, daypack.ErrFormat) {
					t.Fatalf("looking for SKU %d: got %v", sku, err)
				}
			}
		})
	}
}

// After a merge the new figures are there, and every replaced figure of an earlier day is kept.
func TestMergeLosesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		old, now := entries(rt, "old"), entries(rt, "now")
		observed := core.Day(rapid.Int32Range(20_000, 20_012).Draw(rt, "at"))
		merged, was := daypack.Merge(old, now, observed)
		if !slices.IsSortedFunc(merged, daypack.Entry.Key) {
			rt.Fatalf("not sorted: %v", merged)
		}
		type key struct{ sku, currency int64 }
		got := map[key]daypack.Entry{}
		for _, e := range merged {
			got[key{e.SKU, e.Currency}] = e
		}
		for _, e := range now {
			if !got[key{e.SKU, e.Currency}].Same(e) {
				rt.Fatalf("lost %+v", e)
			}
		}
		for _, e := range old {
			m := got[key{e.SKU, e.Currency}]
			kept := m == e || slices.Contains(was, e) || e.Observed >= observed && m.Observed == e.Observed
			if !kept || m.Observed < e.Observed {
				rt.Fatalf("%+v became %+v and is not kept", e, m)
			}
		}
	})
}

func TestOrdersAreFound(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		some := rapid.SliceOfDistinct(rapid.Int64Range(-50, 50), rapid.ID[int64])
		day, ask := slices.Sorted(slices.Values(some.Draw(rt, "day"))), slices.Sorted(slices.Values(some.Draw(rt, "ask")))
		var want, got []int64
		for _, id := range ask {
			if slices.Contains(day, id) {
				want = append(want, id)
			}
		}
		if err := daypack.FindOrders(1, daypack.EncodeOrders(day), ask, func(id int64) { got = append(got, id) }); err != nil || !slices.Equal(want, got) {
			rt.Fatalf("%v: got %v, want %v", err, got, want)
		}
	})
}
