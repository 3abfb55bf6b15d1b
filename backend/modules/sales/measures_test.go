package sales_test

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module/moduletest"
	"purser/backend/core/source"
	"purser/backend/modules/sales"
)

// figure is one value of a frame; n is 0 where it is missing.
type figure struct {
	n       int64
	missing bool
}

// asked is a frame by measure and subject.
type asked struct {
	fact.Frame
	by map[string]map[string]figure
}

func (a asked) of(name, subject string) figure { return a.by[name][subject] }

func (a asked) cover(name, market string) fact.Cover {
	for _, c := range a.Columns {
		if c.Name == name {
			return c.Cover[market]
		}
	}
	return fact.Cover{}
}

func baseNames(m *sales.Module) []string {
	var out []string
	for _, x := range m.Measures() {
		if x.Base() {
			out = append(out, x.Name)
		}
	}
	return out
}

func measure(tb testing.TB, m *sales.Module, kind fact.SubjectKind, p core.Period, asOf core.Day, subject string, names ...string) asked {
	tb.Helper()
	if len(names) == 0 {
		names = baseNames(m)
	}
	f, err := m.Measure(tb.Context(), fact.MeasureQuery{Names: names, Kind: kind, Period: p, AsOf: asOf, Subject: subject})
	if err != nil {
		tb.Fatal(err)
	}
	out := asked{f, map[string]map[string]figure{}}
	for _, c := range f.Columns {
		if len(c.Values) != len(f.Subjects) || c.Missing != nil && len(c.Missing) != len(f.Subjects) {
			tb.Fatalf("%s: %d values and %d marks for %d subjects", c.Name, len(c.Values), len(c.Missing), len(f.Subjects))
		}
		out.by[c.Name] = map[string]figure{}
		for i, s := range f.Subjects {
			x := figure{n: c.Values[i]}
			if c.Missing != nil && c.Missing[i] {
				x = figure{missing: true}
			}
			out.by[c.Name][s] = x
		}
	}
	return out
}

// cold is a module that starts on what h's file holds: it has nothing in memory.
func cold(tb testing.TB, h *moduletest.Host) *sales.Module {
	tb.Helper()
	m := sales.New()
	if err := m.Init(tb.Context(), h); err != nil {
		tb.Fatal(err)
	}
	return m
}

// What is kept in memory follows every change of the data: new days, restated days, a transaction
// that came to nothing, and a rebuild.
func TestMemoryFollowsTheData(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	same := func(step string) {
		t.Helper()
		fresh := cold(t, h)
		for _, asOf := range []core.Day{d + 1, d + 2, d + 9} {
			for _, kind := range []fact.SubjectKind{fact.SKU, fact.Marketplace} {
				p := core.LastDays(asOf-1, 20)
				if diff := cmp.Diff(measure(t, fresh, kind, p, asOf, "").Frame, measure(t, m, kind, p, asOf, "").Frame); diff != "" {
					t.Fatalf("%s, as of %s: %s", step, asOf, diff)
				}
			}
			for _, x := range m.Measures() {
				for _, name := range x.Series {
					if diff := cmp.Diff(series(t, fresh, name, "", core.LastDays(d, 20), asOf), series(t, m, name, "", core.LastDays(d, 20), asOf)); diff != "" {
						t.Fatalf("%s, %s: %s", step, name, diff)
					}
				}
			}
		}
	}
	same("empty")
	a, b := line("US", "A", d, 1, 2, 2000), line("DE", "B", d-3, 2, 1, 500)
	first := orders(1, d+1, core.LastDays(d, 20), a, b)
	h.Apply(t, m, first)
	same("first")
	if got := measure(t, m, fact.SKU, core.LastDays(d, 7), d+1, "").of("sales.units", "US/A"); got.n != 2 {
		t.Fatalf("got %+v", got)
	}
	a.Quantity, a.UpdatedAt = 5, a.UpdatedAt+1
	h.Apply(t, m, orders(2, d+2, core.LastDays(d, 20), a))
	same("restated")
	if was, is := measure(t, m, fact.SKU, core.LastDays(d, 7), d+1, ""), measure(t, m, fact.SKU, core.LastDays(d, 7), d+2, ""); was.of("sales.units", "US/A").n != 2 || is.of("sales.units", "US/A").n != 5 {
		t.Fatalf("was %+v, is %+v", was.by, is.by)
	}
	a.Quantity, a.UpdatedAt = 7, a.UpdatedAt+1
	h.Apply(t, m, orders(3, d+2, core.LastDays(d, 20), a)) // on the same day: no version of its own
	same("restated on the same day")
	undone := errors.New("undone")
	if err := h.File.Write(t.Context(), func(tx *sql.Tx) error {
		if _, err := m.Apply(t.Context(), tx, orders(4, d+3, core.Period{}, line("FR", "NEW", d, 9, 9, 900))); err != nil {
			return err
		}
		if err := m.Settle(t.Context(), tx); err != nil {
			return err
		}
		return undone
	}); !errors.Is(err, undone) {
		t.Fatal(err)
	}
	same("rolled back")
	h.Apply(t, m, orders(5, d+3, core.Period{From: d, To: d}, line("JP", "OTHER", d, 8, 3, 300)))
	same("after a rollback")
	h.Apply(t, m,
		batch(source.FeeEstimates, 6, d+1, true, source.FeeEstimate{Marketplace: "US", SKU: "A", Currency: "USD", TotalFee: 300}),
		batch(source.Transactions, 7, d+1, true, refunded("S1", "o1", "A", d-1, -700, 2)), items(8, d+1, item("B0A", core.LastDays(d, 7), 10, 20, 2, 50)),
		batch(source.TrafficDays, 9, d+1, true, source.TrafficDay{Marketplace: "US", Day: d, Currency: "USD", Sessions: 9, PageViews: 12, FeaturedOfferPct: 99}))
	same("other streams")
	h.Apply(t, m, batch(source.Settlements, 10, d+2, true, settled("S1", "Refund", "o1", "A", "ItemPrice", "Principal", d-1, -700, d-14, d+1, 3)),
		items(11, d+2, item("B0A", core.LastDays(d, 7), 11, 22, 3, 51)))
	same("settled")
	if err := h.Write(t.Context(), func(tx *sql.Tx) error { return m.Forget(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
	same("forgotten")
	other := first
	other.Rows = []source.OrderLine{line("DE", "Z", d, 4, 4, 400), line("US", "A", d, 3, 3, 300)}
	other.Len = 2
	h.Apply(t, m, other)
	same("rebuilt")
	if got := measure(t, m, fact.SKU, core.LastDays(d, 7), d+1, ""); got.of("sales.units", "US/A").n != 3 || got.of("sales.units", "DE/Z").n != 4 {
		t.Fatalf("rebuilt: %+v", got.by)
	}
}

// histories are documents that overlap, restate each other, leave gaps and mix currencies.
func histories() *rapid.Generator[[]source.Batch] { return rapid.Custom(drawHistory) }

func lastSeen(batches []source.Batch) core.Day {
	last := core.Date(2026, 9, 1)
	for _, b := range batches {
		last = max(last, core.DayOf(b.ObservedAt, time.UTC))
	}
	return last
}

func drawHistory(rt *rapid.T) (out []source.Batch) {
	first := core.Date(2026, 9, 1)
	for i := range rapid.IntRange(1, 4).Draw(rt, "documents") {
		from := first + core.Day(rapid.IntRange(0, 30).Draw(rt, "from"))
		p := core.Period{From: from, To: from + core.Day(rapid.IntRange(0, 20).Draw(rt, "days"))}
		at := p.To + core.Day(rapid.IntRange(0, 6).Draw(rt, "later"))
		var rows []source.OrderLine
		for j := range rapid.IntRange(0, 25).Draw(rt, "lines") {
			d := p.From + core.Day(rapid.IntRange(0, p.Days()-1).Draw(rt, "day"))
			order := rapid.IntRange(1, 30).Draw(rt, "order")
			r := line(rapid.SampledFrom([]string{"US", "DE", core.NonAmazon}).Draw(rt, "market"), fmt.Sprint("S", rapid.IntRange(1, 5).Draw(rt, "sku")), d, order,
				rapid.SampledFrom([]int{0, 1, 2, 70_000}).Draw(rt, "qty"), rapid.SampledFrom([]int64{0, 999, 3_000_000_000}).Draw(rt, "price"))
			r.UpdatedAt = noon(at).Unix()
			r.Status = rapid.SampledFrom([]string{"Shipped", source.OrderPending, source.OrderCancelled}).Draw(rt, "state")
			r.HasPrice = r.Status == "Shipped"
			r.Row = int32(j + 2)
			if rapid.IntRange(0, 15).Draw(rt, "odd") == 0 {
				r.Currency = "CAD"
			}
			rows = append(rows, r)
		}
		if len(rows) == 0 {
			continue
		}
		out = append(out, orders(int64(i+1), at, p, rows...))
	}
	return out
}

// Frames say what facts say, which are made from the database day by day.
func TestFramesAreFacts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		m, h := start(t)
		docs := histories().Draw(rt, "documents")
		h.Apply(t, m, docs...)
		last := lastSeen(docs)
		asOf := last - core.Day(rapid.IntRange(-3, 25).Draw(rt, "back"))
		cols, err := m.Facts(t.Context(), fact.Query{AsOf: asOf})
		if err != nil {
			rt.Fatal(err)
		}
		frames := map[string]asked{}
		for _, c := range cols {
			for subject, v := range c.Values {
				for _, days := range []int{7, 28, 90} {
					for stem, name := range map[string]string{"units": "sales.units", "sales": "sales.sales", "market_units": "sales.units", "market_sales": "sales.sales"} {
						if c.Name != fmt.Sprintf("sales.%s_%dd", stem, days) || !v.Known() {
							continue
						}
						kind := fact.SKU
						if stem[0] == 'm' {
							kind = fact.Marketplace
						}
						key := fmt.Sprint(kind, v.AsOf, days, name)
						if _, ok := frames[key]; !ok {
							frames[key] = measure(t, m, kind, core.LastDays(v.AsOf, days), asOf, "", name)
						}
						got := frames[key]
						want := int64(v.Num) + v.Money.Minor
						if x := got.of(name, subject); x.n != want || x.missing {
							rt.Fatalf("%s of %s as of %s: fact %d, frame %+v", c.Name, subject, asOf, want, x)
						}
						market, _ := fact.SplitID(subject)
						if c := got.cover(name, market); c.Days != days || c.Through != v.AsOf ||
							v.Maturity != fact.Stale && (c.Maturity != v.Maturity || c.Note != v.Note) { // a range that is known as a whole is not stale
							rt.Fatalf("%s of %s: fact %s to %s, frame %+v", name, subject, v.Maturity, v.AsOf, c)
						}
					}
				}
			}
		}
	})
}

// Frames add up to the daily series over any days, known or not.
func TestFramesAreSeries(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		m, h := start(t)
		docs := histories().Draw(rt, "documents")
		h.Apply(t, m, docs...)
		last := lastSeen(docs)
		asOf := last - core.Day(rapid.IntRange(-3, 25).Draw(rt, "back"))
		p := core.LastDays(last-core.Day(rapid.IntRange(-2, 20).Draw(rt, "end")), rapid.IntRange(1, 40).Draw(rt, "range"))
		for _, x := range m.Measures()[:4] { // what orders tell
			for kind, name := range x.Series {
				got := measure(t, m, kind, p, asOf, "", x.Name)
				for subject, points := range series(t, m, name, "", p, asOf) {
					sum := int64(0)
					for _, pt := range points {
						if sum += pt.Money.Minor; x.Type != fact.Money {
							sum += int64(pt.Num)
						}
					}
					market, _ := fact.SplitID(subject)
					if market == core.NonAmazon {
						continue // orders from elsewhere have series, but belong to no marketplace
					}
					if c := got.cover(x.Name, market); c.Days != len(points) {
						rt.Fatalf("%s: %d points, %d days", name, len(points), c.Days)
					}
					if f := got.of(x.Name, subject); f.n != sum && !f.missing {
						rt.Fatalf("%s of %s as of %s over %v: series %d, frame %+v", x.Name, subject, asOf, p, sum, f)
					}
					if x.Name != "sales.sales" {
						continue
					}
					one := measure(t, m, kind, p, asOf, subject, x.Name)
					if len(one.Subjects) != 1 || one.of(x.Name, subject) != got.of(x.Name, subject) {
						rt.Fatalf("%s of %s alone: %+v", x.Name, subject, one.by)
					}
				}
			}
		}
	})
}

func TestCostsOfWhatWasSold(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	h.Apply(t, m, orders(1, d+1, core.LastDays(d, 28), line("US", "A", d, 1, 2, 6000), line("US", "B", d-1, 2, 1, 2000), line("US", "C", d, 3, 0, 0)))
	p := core.LastDays(d, 7)
	none := measure(t, m, fact.Marketplace, p, d+1, "", "sales.fees", "sales.cogs")
	if c := measure(t, m, fact.SKU, core.LastDays(d-90, 7), d+1, "", "sales.fees").cover("sales.fees", "US"); c.Days != 0 || c.Maturity != fact.Missing ||
		c.Note != "Nothing covers 2026-08-16 to 2026-08-22: import all_orders for these days" {
		t.Errorf("days of which nothing is known: %+v", c)
	}
	if !none.of("sales.fees", "US").missing || !none.of("sales.cogs", "US").missing {
		t.Fatalf("nothing is known of fees and costs: %+v", none.by)
	}
	h.Apply(t, m, batch(source.FeeEstimates, 2, d+1, true, source.FeeEstimate{Marketplace: "US", SKU: "A", Currency: "USD", TotalFee: 700}))
	for i := range h.Items {
		if h.Items[i].SKU == "A" {
			h.Items[i].Cost = core.Money{Minor: 800, Currency: "USD"}
		}
	}
	skus := measure(t, m, fact.SKU, p, d+1, "", "sales.fees", "sales.cogs", "sales.units")
	want := map[string]map[string]figure{
		"sales.fees":  {"US/A": {n: 1400}, "US/B": {missing: true}},
		"sales.cogs":  {"US/A": {n: 1600}, "US/B": {missing: true}},
		"sales.units": {"US/A": {n: 2}, "US/B": {n: 1}},
	}
	if diff := cmp.Diff(want, skus.by, cmp.AllowUnexported(figure{})); diff != "" {
		t.Fatal(diff)
	}
	all := measure(t, m, fact.Marketplace, p, d+1, "", "sales.fees", "sales.cogs")
	if all.of("sales.fees", "US").n != 1400 || all.of("sales.cogs", "US").n != 1600 {
		t.Fatalf("got %+v", all.by)
	}
	for name, note := range map[string]string{
		"sales.fees": "at the fees of the preview of 2026-11-21; no fee preview for 1 SKU, 25.0 % of sales",
		"sales.cogs": "no cost in USD given for 1 SKU, 25.0 % of sales",
	} {
		if c := all.cover(name, "US"); c.Maturity != fact.Estimated || c.Note != note {
			t.Errorf("%s: %+v", name, c)
		}
	}
	h.Items[0].Cost.Currency = "CNY"
	if got := measure(t, m, fact.SKU, p, d+1, "US/A", "sales.cogs"); !got.of("sales.cogs", "US/A").missing {
		t.Errorf("a cost in another currency counts: %+v", got.by)
	}
}

// Reports of a month and of single days fit together; no day is counted twice.
func TestTrafficIsTiled(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	h.Apply(t, m, orders(1, d+1, core.LastDays(d, 60), line("US", "A", d, 1, 1, 100)))
	h.Apply(t, m, items(2, d-9, item("B0A", core.LastDays(d-10, 20), 200, 300, 10, 50)))
	for i := range 12 { // two of the days lie in the report above
		at := d - core.Day(i)
		h.Apply(t, m, items(int64(10+i), at+1, item("B0A", core.Period{From: at, To: at}, 10, 20, 2, 100)))
	}
	got := measure(t, m, fact.SKU, core.Period{From: d - 29, To: d}, d+1, "")
	want := map[string]int64{"sales.sessions": 300, "sales.page_views": 500, "sales.item_units": 30, "sales.featured_views": 300*50 + 200*100, "sales.offer_views": 500}
	for name, n := range want {
		if x := got.of(name, "US/A"); x.n != n {
			t.Errorf("%s: %+v, want %d", name, x, n)
		}
		if c := got.cover(name, "US"); c.Days != 30 || c.Through != d || c.Maturity != fact.Fresh {
			t.Errorf("%s: %+v", name, c)
		}
	}
	part := measure(t, m, fact.SKU, core.Period{From: d - 20, To: d}, d+1, "", "sales.sessions")
	if c := part.cover("sales.sessions", "US"); part.of("sales.sessions", "US/A").n != 120 || c.Days != 12 || c.Note == "" {
		t.Errorf("a report that begins before the range counts: %+v %+v", part.by, c)
	}
}

func TestMeasuresAreDeclaredWhole(t *testing.T) {
	t.Parallel()
	m, _ := start(t)
	names := map[string]bool{"advertising.spend": true}
	for _, x := range m.Measures() {
		if names[x.Name] || x.Title == "" || x.Meaning == "" || x.Formula == "" || x.Type == "" || len(x.Sources) == 0 {
			t.Errorf("%s is there twice or not whole", x.Name)
		}
		names[x.Name] = true
	}
	for _, x := range m.Measures() {
		parts := []string{x.Num, x.Den}
		for _, term := range x.Terms {
			parts = append(parts, term.Name)
		}
		for _, p := range parts {
			if p != "" && !names[p] {
				t.Errorf("%s is made of %s, which is not there", x.Name, p)
			}
		}
		for kind, s := range x.Series {
			if !slices.Contains(x.Kinds, kind) {
				t.Errorf("%s has a series of %s, but no values", x.Name, kind)
			}
			if _, err := m.Daily(t.Context(), s, "", core.LastDays(core.Date(2026, 11, 20), 3), core.Date(2026, 11, 25)); err != nil {
				t.Error(err)
			}
		}
	}
	var e *core.Error
	if _, err := m.Measure(t.Context(), fact.MeasureQuery{Names: []string{"sales.profit"}, Kind: fact.SKU}); !errors.As(err, &e) || e.Code != core.CodeNotFound {
		t.Errorf("a sum is answered: %v", err)
	}
}
