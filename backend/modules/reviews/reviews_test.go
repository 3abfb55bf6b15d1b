package reviews_test

import (
	"database/sql"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
	"purser/backend/core/module/moduletest"
	"purser/backend/core/source"
	"purser/backend/modules/reviews"
)

func asOf() core.Day { return core.Date(2026, 11, 25) }

func noon(d core.Day) time.Time { return d.Time().Add(20 * time.Hour) }

func start(tb testing.TB) (*reviews.Module, *moduletest.Host) {
	tb.Helper()
	m := reviews.New()
	h := moduletest.Start(tb, m)
	for _, k := range []string{"seller_feedback", "fba_returns"} {
		h.Kinds[k] = source.Kind{Name: k, Title: k, StaleAge: 10 * 24 * time.Hour}
	}
	return m, h
}

func feedback(day core.Day, order string, rating int32, comment string) source.Feedback {
	return source.Feedback{Marketplace: "US", Day: day, Rating: rating, Comment: comment, OrderID: order}
}

func returned(day core.Day, order, sku, plate, reason string) source.Return {
	return source.Return{Day: day, At: day.Time().Unix() + 3600, OrderID: order, SKU: core.SKU(sku), Quantity: 1, Reason: reason, Plate: plate}
}

func batch[T any](doc int64, st source.Stream, seen core.Day, p core.Period, rows ...T) source.Batch {
	return source.Batch{Stream: st, DocumentID: doc, ObservedAt: noon(seen), Period: p, Rows: rows, Len: len(rows), Last: true}
}

func ask(tb testing.TB, m fact.Provider, day core.Day, names ...string) map[string]map[string]fact.Value {
	tb.Helper()
	cols, err := m.Facts(tb.Context(), fact.Query{AsOf: day, Names: names})
	if err != nil {
		tb.Fatal(err)
	}
	out := map[string]map[string]fact.Value{}
	for _, c := range cols {
		out[c.Name] = c.Values
	}
	return out
}

func one(tb testing.TB, m fact.Provider, day core.Day, name, subject string) fact.Value {
	tb.Helper()
	return ask(tb, m, day, name)[name][subject]
}

// unitsADay sells n units of each subject on each day asked.
func unitsADay(n float64, subjects ...string) func(string, string, core.Period, core.Day) []fact.Series {
	return func(series, _ string, p core.Period, _ core.Day) []fact.Series {
		var out []fact.Series
		for _, s := range subjects {
			l := fact.Series{Name: series, Subject: s}
			for d := p.From; d <= p.To; d++ {
				l.Points = append(l.Points, fact.Point{Day: d, Num: n, Maturity: fact.Fresh})
			}
			out = append(out, l)
		}
		return out
	}
}

func near(t *testing.T, what string, v fact.Value, want float64, mat fact.Maturity) {
	t.Helper()
	if math.Abs(v.Num-want) > 1e-9 || v.Maturity != mat {
		t.Errorf("%s: got %v %s (%s), want %v %s", what, v.Num, v.Maturity, v.Note, want, mat)
	}
}

func TestContract(t *testing.T) {
	t.Parallel()
	moduletest.Run(t, func() module.Module { return reviews.New() }, reviews.Queries())
}

// TestWilsonLow: values for z = 1.6448536, found by bisection of the score test it inverts.
func TestWilsonLow(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ k, n, want float64 }{
		{0, 10, 0}, {1, 1, 0.269866}, {5, 10, 0.269272}, {3, 30, 0.040677}, {10, 10, 0.787058}, {0, 0, 0}, {12, 10, 0.787058}, {50, 1000, 0.039828},
	} {
		if got := reviews.WilsonLow(c.k, c.n); math.Abs(got-c.want) > 1e-6 {
			t.Errorf("WilsonLow(%v, %v) = %.6f, want %.6f", c.k, c.n, got, c.want)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(1, 5000).Draw(rt, "n")
		k := rapid.IntRange(0, n).Draw(rt, "k")
		low := reviews.WilsonLow(float64(k), float64(n))
		if low < 0 || low > float64(k)/float64(n) {
			rt.Errorf("the bound %v lies outside 0 … %d/%d", low, k, n)
		}
	})
}

func TestFeedback(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Items = []module.Item{{Marketplace: "US", SKU: "QUIET"}}
	h.OrdersOf = map[string][]module.OrderItem{
		"o1": {{Marketplace: "US", SKU: "A"}}, "o2": {{Marketplace: "US", SKU: "A"}, {Marketplace: "US", SKU: "B"}}, "o3": {{Marketplace: "US", SKU: "A"}},
	}
	p := core.LastDays(asOf(), 120)
	h.Apply(t, m, batch(1, source.SellerFeedback, asOf(), p,
		feedback(asOf()-3, "o1", 1, strings.Repeat("leaks ", 40)), feedback(asOf()-20, "o2", 2, "late"), feedback(asOf()-30, "o3", 5, ""),
		feedback(asOf()-100, "o4", 1, "old"), feedback(asOf(), "o5", 1, "today is not over"), feedback(asOf()-5, "unknown", 3, "")))
	near(t, "count", one(t, m, asOf(), "reviews.feedback_count_90d", "US/A"), 3, fact.Fresh)
	near(t, "negative", one(t, m, asOf(), "reviews.negative_count_90d", "US/A"), 2, fact.Fresh)
	near(t, "share", one(t, m, asOf(), "reviews.negative_share_90d", "US/B"), 1, fact.Fresh)
	near(t, "low", one(t, m, asOf(), "reviews.negative_share_low_90d", "US/A"), reviews.WilsonLow(2, 3), fact.Fresh)
	near(t, "market", one(t, m, asOf(), "reviews.market_negative_share_90d", "US"), 0.5, fact.Fresh)
	near(t, "new", one(t, m, asOf(), "reviews.new_negative_7d", "US"), 1, fact.Fresh)
	near(t, "quiet", one(t, m, asOf(), "reviews.feedback_count_90d", "US/QUIET"), 0, fact.Fresh)
	if v := one(t, m, asOf(), "reviews.negative_share_low_90d", "US/QUIET"); v.Maturity != fact.Missing || v.Note != "no feedback in 90 days" {
		t.Errorf("no feedback is no share: %+v", v)
	}
	c := one(t, m, asOf(), "reviews.latest_negative_comment", "US/A")
	if n := len([]rune(c.Text)); n > 140 || n < 130 || !strings.HasSuffix(c.Text, "…") || c.AsOf != asOf()-3 {
		t.Errorf("comment of %d characters: %+v", n, c)
	}
	l, err := m.Daily(t.Context(), "reviews.negative", "US", core.LastDays(asOf(), 5), asOf())
	if err != nil || len(l) != 1 || len(l[0].Points) != 4 || l[0].Points[1].Num != 1 {
		t.Errorf("daily %+v %v", l, err)
	}
}

// TestFeedbackChanges: edited feedback counts once, removed feedback no more, and each as-of day sees its own state.
func TestFeedbackChanges(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := asOf() - 30
	h.Apply(t, m,
		batch(1, source.SellerFeedback, asOf()-20, core.LastDays(asOf()-20, 100), feedback(d, "o1", 1, "bad"), feedback(d, "o2", 1, "worse"), feedback(d-50, "o3", 5, "")),
		batch(2, source.SellerFeedback, asOf(), core.LastDays(asOf(), 120), feedback(d, "o1", 4, "mended")),
	)
	near(t, "then", one(t, m, asOf()-10, "reviews.market_negative_share_90d", "US"), 2.0/3, fact.Estimated)
	near(t, "now", one(t, m, asOf(), "reviews.market_negative_share_90d", "US"), 0, fact.Fresh)
	near(t, "count", one(t, m, asOf(), "reviews.market_feedback_count_90d", "US"), 1, fact.Fresh)
	v := one(t, m, asOf()-25, "reviews.market_feedback_count_90d", "US")
	near(t, "before the first report", v, 3, fact.Estimated)
	if !strings.Contains(v.Note, "first known on "+(asOf()-20).String()) {
		t.Errorf("note %q", v.Note)
	}
}

func TestReturns(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.DailyFn = unitsADay(2, "US/A", "US/B")
	h.Items = []module.Item{{Marketplace: "US", SKU: "A"}, {Marketplace: "US", SKU: "B"}, {Marketplace: "CA", SKU: "B"}}
	h.OrdersOf = map[string][]module.OrderItem{"us": {{Marketplace: "US", SKU: "B"}}, "ca": {{Marketplace: "CA", SKU: "B"}}}
	p := core.LastDays(asOf()-1, 220)
	var rows []source.Return
	for i := range 14 { // 14 of 56 units, most of them defective
		reason := "DEFECTIVE"
		if i > 9 {
			reason = "UNWANTED_ITEM"
		}
		rows = append(rows, returned(asOf()-1-core.Day(i), fmt.Sprint("o", i), "A", fmt.Sprint("LPN", i), reason))
	}
	for i := range 18 { // 18 of 360 before
		rows = append(rows, returned(asOf()-30-core.Day(i*9), fmt.Sprint("b", i), "A", fmt.Sprint("LPNb", i), "DEFECTIVE"))
	}
	same := returned(asOf()-4, "us", "B", "", "DEFECTIVE")
	rows = append(rows, same, same, returned(asOf()-4, "ca", "B", "L9", "DEFECTIVE"), returned(asOf()-4, "?", "B", "L10", "DEFECTIVE"))
	b := batch(1, source.Returns, asOf(), p, rows...)
	h.Apply(t, m, b)
	if a := h.Apply(t, m, b); a != (module.Applied{Unchanged: len(rows)}) {
		t.Errorf("again: %+v", a)
	}
	got := ask(t, m, asOf())
	at := func(name, subject string) fact.Value { return got["reviews."+name][subject] }
	near(t, "units", at("returned_units_28d", "US/A"), 14, fact.Fresh)
	near(t, "rate", at("return_rate_28d", "US/A"), 0.25, fact.Fresh)
	near(t, "baseline", at("return_rate_baseline", "US/A"), 0.05, fact.Fresh)
	near(t, "low", at("return_rate_low_28d", "US/A"), reviews.WilsonLow(14, 56), fact.Fresh)
	near(t, "times", at("return_rate_times_baseline", "US/A"), 5, fact.Fresh)
	near(t, "times without any before", at("return_rate_times_baseline", "US/B"), (2.0/56)/(1.0/360), fact.Fresh)
	near(t, "reason share", at("top_return_reason_share", "US/A"), 10.0/14, fact.Fresh)
	near(t, "two units without plate", at("returned_units_28d", "US/B"), 2, fact.Fresh)
	near(t, "other marketplace", at("returned_units_28d", "CA/B"), 1, fact.Fresh)
	near(t, "market", at("market_return_rate_28d", "US"), 16.0/112, fact.Estimated)
	if v := at("top_return_reason", "US/A"); v.Text != "DEFECTIVE" {
		t.Errorf("reason %+v", v)
	}
	if !at("return_jump", "US/A").Flag || at("return_jump", "US/B").Flag || !at("return_jump", "US/B").Known() {
		t.Errorf("A jumped, two returns of B do not: %+v %+v", at("return_jump", "US/A"), at("return_jump", "US/B"))
	}
	if v := at("return_rate_28d", "CA/B"); v.Maturity != fact.Missing || !strings.Contains(v.Note, "sales.units") {
		t.Errorf("no sales data of CA: %+v", v)
	}
}

func TestReturnCoverage(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		seen core.Day
		p    core.Period
		want fact.Maturity
		num  float64
	}{
		"Covered":       {asOf(), core.LastDays(asOf()-1, 40), fact.Fresh, 1},
		"TooShort":      {asOf(), core.LastDays(asOf()-1, 10), fact.Missing, 0},
		"StillArriving": {asOf() - 3, core.LastDays(asOf()-4, 40), fact.Settling, 1},
		"Old":           {asOf() - 13, core.LastDays(asOf()-14, 60), fact.Stale, 1},
		"KnownLater":    {asOf() + 5, core.LastDays(asOf()+4, 60), fact.Estimated, 1},
		"MadeYesterday": {asOf() - 1, core.LastDays(asOf()-1, 40), fact.Fresh, 1},
		"DayNotYetOver": {asOf(), core.LastDays(asOf(), 40), fact.Fresh, 1},
		"OldAndShort":   {asOf() + 5, core.LastDays(asOf()-200, 10), fact.Missing, 0},
	}
	for label, c := range cases {
		t.Run(label, func(t *testing.T) {
			t.Parallel()
			m, h := start(t)
			h.Items = []module.Item{{Marketplace: "US", SKU: "A"}}
			var rows []source.Return
			for i := range 400 { // dense: the quiet ends are short
				rows = append(rows, returned(c.p.From+core.Day(i%c.p.Days()), fmt.Sprint("x", i), "X", fmt.Sprint("P", i), "R"))
			}
			rows = append(rows, returned(asOf()-16, "o", "A", "LPN", "DEFECTIVE"))
			if !c.p.Contains(asOf() - 16) {
				rows = rows[:400]
			}
			h.Apply(t, m, batch(1, source.Returns, c.seen, c.p, rows...))
			v := one(t, m, asOf(), "reviews.returned_units_28d", "US/A")
			if v.Maturity != c.want || c.want != fact.Missing && v.Num != c.num {
				t.Errorf("got %v %s (%s), want %v %s", v.Num, v.Maturity, v.Note, c.num, c.want)
			}
		})
	}
}

// TestReturnsKnownLater: a return reported late is not known before its report.
func TestReturnsKnownLater(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Items = []module.Item{{Marketplace: "US", SKU: "A"}}
	early, late := returned(asOf()-12, "o1", "A", "L1", "R"), returned(asOf()-11, "o2", "A", "L2", "R")
	h.Apply(t, m,
		batch(2, source.Returns, asOf(), core.LastDays(asOf()-1, 60), early, late),
		batch(1, source.Returns, asOf()-9, core.LastDays(asOf()-10, 60), early))
	near(t, "then", one(t, m, asOf()-9, "reviews.returned_units_28d", "US/A"), 1, fact.Fresh)
	near(t, "now", one(t, m, asOf(), "reviews.returned_units_28d", "US/A"), 2, fact.Fresh)
}

func TestOrderAndRebuild(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Items = []module.Item{{Marketplace: "US", SKU: "A"}}
	h.DailyFn = unitsADay(3, "US/A")
	forget := func(rt *rapid.T) {
		if err := h.Write(t.Context(), func(tx *sql.Tx) error { return m.Forget(t.Context(), tx) }); err != nil {
			rt.Fatal(err)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		var batches []source.Batch
		for doc := range int64(rapid.IntRange(1, 4).Draw(rt, "documents")) {
			seen := asOf() - core.Day(rapid.IntRange(0, 30).Draw(rt, "seen"))
			var fb []source.Feedback
			var ret []source.Return
			for range rapid.IntRange(1, 8).Draw(rt, "rows") {
				d := seen - core.Day(rapid.IntRange(1, 20).Draw(rt, "day"))
				n := rapid.IntRange(1, 4).Draw(rt, "n")
				fb = append(fb, feedback(d, fmt.Sprint("o", n), int32(rapid.IntRange(1, 5).Draw(rt, "rating")), "c"))
				ret = append(ret, returned(d, fmt.Sprint("o", n), "A", fmt.Sprint("L", n), rapid.SampledFrom([]string{"X", "Y"}).Draw(rt, "reason")))
			}
			batches = append(batches, batch(doc+1, source.SellerFeedback, seen, core.LastDays(seen, 60), fb...),
				batch(doc+1, source.Returns, seen, core.LastDays(seen, 60), ret...))
		}
		forget(rt)
		h.Apply(t, m, batches...)
		want := []any{ask(t, m, asOf()), ask(t, m, asOf()-12)}
		forget(rt)
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 1))
		rng.Shuffle(len(batches), func(i, j int) { batches[i], batches[j] = batches[j], batches[i] })
		h.Apply(t, m, append(batches, batches[0])...)
		if d := cmp.Diff(want, []any{ask(t, m, asOf()), ask(t, m, asOf()-12)}); d != "" {
			rt.Errorf("order matters:\n%s", d)
		}
	})
}

func TestExportsAndStamps(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Items = []module.Item{{Marketplace: "US", SKU: "A"}}
	p := core.LastDays(asOf()-1, 30)
	h.Apply(t, m, batch(1, source.Returns, asOf(), p, returned(asOf()-4, "o", "A", "L1", "R"), returned(asOf()-4, "o", "A", "L2", "R")),
		batch(2, source.SellerFeedback, asOf(), p, feedback(asOf()-4, "o", 1, "x")))
	var got []string
	for _, e := range m.Exports() {
		err := e.Rows(t.Context(), p, func(r []any) error {
			if len(r) != len(e.Columns) {
				t.Errorf("%s: %d values for %d columns", e.Name, len(r), len(e.Columns))
			}
			got = append(got, fmt.Sprint(r...))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if want := []string{fmt.Sprint("2026-11-21", "US", "A", int64(2)), fmt.Sprint("2026-11-21", "US", "o", "", int64(1), "x", "")}; cmp.Diff(want, got) != "" {
		t.Error(cmp.Diff(want, got))
	}
	st, err := m.Stamps(t.Context())
	if err != nil || len(st) != 2 || st[0].Kind != "fba_returns" || st[0].Through != asOf()-1 {
		t.Errorf("stamps %+v %v", st, err)
	}
}

// BenchmarkFacts asks all facts of 2 000 SKUs with 20 000 returns and 3 000 feedbacks in 220 days.
func BenchmarkFacts(b *testing.B) {
	m, h := start(b)
	p := core.LastDays(asOf()-1, 220)
	var subjects []string
	for i := range 2000 {
		h.Items = append(h.Items, module.Item{Marketplace: "US", SKU: core.SKU(fmt.Sprintf("SKU-%04d", i))})
		subjects = append(subjects, fmt.Sprintf("US/SKU-%04d", i))
	}
	list := unitsADay(3, subjects...)("sales.units", "", core.LastDays(asOf()-1, 208), asOf())
	h.DailyFn = func(string, string, core.Period, core.Day) []fact.Series { return list }
	h.OrdersOf = map[string][]module.OrderItem{}
	var rows []source.Return
	var fb []source.Feedback
	for i := range 20_000 {
		order := fmt.Sprintf("111-%07d", i)
		sku := core.SKU(fmt.Sprintf("SKU-%04d", i%2000))
		h.OrdersOf[order] = []module.OrderItem{{Marketplace: "US", SKU: sku}}
		day := p.From + core.Day(i%220)
		rows = append(rows, returned(day, order, string(sku), fmt.Sprint("LPN", i), "DEFECTIVE"))
		if i%7 == 0 {
			fb = append(fb, feedback(day, order, int32(i%5+1), "comment"))
		}
	}
	h.Apply(b, m, batch(1, source.Returns, asOf(), p, rows...), batch(2, source.SellerFeedback, asOf(), p, fb...))
	b.ResetTimer()
	for b.Loop() {
		if _, err := m.Facts(b.Context(), fact.Query{AsOf: asOf()}); err != nil {
			b.Fatal(err)
		}
	}
}
