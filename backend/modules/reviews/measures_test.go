package reviews_test

import (
	"database/sql"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
	"purser/backend/core/module/moduletest"
	"purser/backend/core/source"
	"purser/backend/modules/reviews"
)

func baseNames() []string {
	return []string{"reviews.returned_units", "reviews.feedback", "reviews.negative"}
}

// drawDocuments makes reports of feedback and returns, some overlapping, restated or with gaps.
func drawDocuments(rt *rapid.T) []source.Batch {
	var out []source.Batch
	for doc := range int64(rapid.IntRange(1, 4).Draw(rt, "documents")) {
		seen := asOf() - core.Day(rapid.IntRange(0, 60).Draw(rt, "seen"))
		var fb []source.Feedback
		var ret []source.Return
		for i := range rapid.IntRange(1, 12).Draw(rt, "rows") {
			d := seen - core.Day(rapid.IntRange(0, 40).Draw(rt, "day"))
			n := rapid.IntRange(1, 6).Draw(rt, "n")
			f := feedback(d, fmt.Sprint("o", n), int32(rapid.IntRange(1, 5).Draw(rt, "rating")), rapid.SampledFrom([]string{"", "bad", "late"}).Draw(rt, "comment"))
			f.Row = int32(i + 2)
			r := returned(d, fmt.Sprint("o", n), rapid.SampledFrom([]string{"A", "B"}).Draw(rt, "sku"), fmt.Sprint("L", n), rapid.SampledFrom([]string{"X", "Y"}).Draw(rt, "reason"))
			r.Row, r.Quantity = int32(i+2), int32(rapid.IntRange(1, 3).Draw(rt, "quantity"))
			fb, ret = append(fb, f), append(ret, r)
		}
		p := core.LastDays(seen-1, rapid.IntRange(20, 120).Draw(rt, "length"))
		out = append(out, batch(doc+1, source.SellerFeedback, seen, p, fb...), batch(doc+1, source.Returns, seen, p, ret...))
	}
	return out
}

// stage is a module with two marketplaces and orders of both.
func stage(tb testing.TB) (*reviews.Module, *moduletest.Host) {
	tb.Helper()
	m, h := start(tb)
	h.Items = []module.Item{{Marketplace: "US", SKU: "A"}, {Marketplace: "CA", SKU: "B"}, {Marketplace: "US", SKU: "B"}}
	h.OrdersOf = map[string][]module.OrderItem{
		"o1": {{Marketplace: "US", SKU: "A"}}, "o2": {{Marketplace: "US", SKU: "A"}, {Marketplace: "US", SKU: "B"}},
		"o3": {{Marketplace: "CA", SKU: "B"}}, "o4": {{Marketplace: "US", SKU: "B"}},
	}
	h.DailyFn = unitsADay(3, "US/A", "US/B", "CA/B")
	return m, h
}

// TestFramesAreTheirDailySeries: over any window a frame is the sum of the series, and covers as many days.
func TestFramesAreTheirDailySeries(t *testing.T) {
	t.Parallel()
	m, h := stage(t)
	rapid.Check(t, func(rt *rapid.T) {
		forget(t, m, h)
		h.Apply(t, m, drawDocuments(rt)...)
		day := asOf() - core.Day(rapid.IntRange(0, 50).Draw(rt, "as of"))
		from := day - core.Day(rapid.IntRange(1, 150).Draw(rt, "from"))
		p := core.Period{From: from, To: from + core.Day(rapid.IntRange(0, 160).Draw(rt, "length"))}
		for _, kind := range []fact.SubjectKind{fact.SKU, fact.Marketplace} {
			f, err := m.Measure(t.Context(), fact.MeasureQuery{Names: baseNames(), Kind: kind, Period: p, AsOf: day})
			if err != nil {
				rt.Fatal(err)
			}
			for i, def := range m.Measures()[:3] {
				want, got := map[string]int64{}, map[string]int64{}
				days := map[string]int{}
				list, err := m.Daily(t.Context(), def.Series[kind], "", p, day)
				if err != nil {
					rt.Fatal(err)
				}
				for _, s := range list {
					market, _ := fact.SplitID(s.Subject)
					days[market] = len(s.Points)
					for _, pt := range s.Points {
						want[s.Subject] += int64(pt.Num)
					}
				}
				for k, subject := range f.Subjects {
					got[subject] = f.Columns[i].Values[k]
				}
				for subject := range union(want, got) {
					if want[subject] != got[subject] {
						rt.Errorf("%s of %s over %v as of %s: frame %d, series %d", def.Name, subject, p, day, got[subject], want[subject])
					}
				}
				for market, c := range f.Columns[i].Cover {
					if kind == fact.Marketplace && c.Days != days[market] || (c.Days == 0) != (c.Maturity == fact.Missing) || c.Maturity != fact.Fresh && c.Note == "" {
						rt.Errorf("%s in %s: %+v, series has %d days", def.Name, market, c, days[market])
					}
				}
			}
		}
	})
}

func union(a, b map[string]int64) map[string]bool {
	out := map[string]bool{}
	for _, m := range []map[string]int64{a, b} {
		for k := range m {
			out[k] = true
		}
	}
	return out
}

func forget(t *testing.T, m *reviews.Module, h *moduletest.Host) {
	t.Helper()
	if err := h.Write(t.Context(), func(tx *sql.Tx) error { return m.Forget(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

// figure reads the figure of a column of a row.
func figure(r fact.Rows, row fact.Row, column string) fact.Value {
	return row.Cells[slices.IndexFunc(r.Columns, func(c fact.RowColumn) bool { return c.Name == column })]
}

// recomputed does with the rows of a fact what their How says.
func recomputed(name string, r fact.Rows) fact.Value {
	units, by, negative := 0.0, map[string]float64{}, 0.0
	for _, row := range r.Rows {
		if r.Columns[4].Name == "units" {
			units += figure(r, row, "units").Num
			by[figure(r, row, "reason").Text] += figure(r, row, "units").Num
		} else if figure(r, row, "rating").Num <= 2 {
			negative++
		}
	}
	top := ""
	for reason, n := range by {
		if n > by[top] || n == by[top] && (top == "" || reason < top) {
			top = reason
		}
	}
	var v fact.Value
	switch name {
	case "reviews.returned_units_28d", "reviews.returned_units":
		v.Num = units
	case "reviews.top_return_reason":
		v.Text = top
	case "reviews.top_return_reason_share":
		v.Num = by[top] / units
	case "reviews.latest_negative_comment":
		v.Text = figure(r, r.Rows[0], "comment").Text
	case "reviews.market_negative_share_90d":
		v.Num = negative / float64(len(r.Rows))
	case "reviews.negative_count_90d", "reviews.new_negative_7d", "reviews.negative":
		v.Num = negative
		if int(negative) != len(r.Rows) {
			v.Num = math.NaN()
		}
	default:
		v.Num = float64(len(r.Rows))
	}
	return v
}

// TestRowsGiveTheirValue: every fact without parts, and every base measure, comes out of its rows.
func TestRowsGiveTheirValue(t *testing.T) {
	t.Parallel()
	m, h := stage(t)
	parts := map[string]bool{}
	for _, d := range m.Manifest().Facts {
		parts[d.Name] = len(d.Parts) > 0
	}
	known := map[string]int{}
	rapid.Check(t, func(rt *rapid.T) {
		forget(t, m, h)
		h.Apply(t, m, drawDocuments(rt)...)
		day := asOf() - core.Day(rapid.IntRange(0, 50).Draw(rt, "as of"))
		rows := func(name, subject string, p core.Period) fact.Rows {
			r, err := m.Rows(t.Context(), fact.RowsQuery{Name: name, Subject: subject, AsOf: day, Period: p})
			if err != nil {
				rt.Fatal(err)
			}
			if r.Total != len(r.Rows) || r.How == "" {
				rt.Errorf("%s of %s: %d rows of %d, how %q", name, subject, len(r.Rows), r.Total, r.How)
			}
			for _, row := range r.Rows {
				if row.Document == 0 || row.Line < 2 || len(row.Cells) != len(r.Columns) {
					rt.Errorf("%s of %s: row %+v", name, subject, row)
				}
			}
			return r
		}
		for name, values := range ask(t, m, day) {
			for subject, v := range values {
				if parts[name] {
					continue
				}
				r := rows(name, subject, core.Period{})
				if !v.Known() {
					if name != "reviews.latest_negative_comment" && len(r.Rows) > 0 {
						rt.Errorf("%s of %s is not known (%s) and has %d rows", name, subject, v.Note, len(r.Rows))
					}
					continue
				}
				known[name]++
				if want := recomputed(name, r); want.Num != v.Num || want.Text != v.Text {
					rt.Errorf("%s of %s: shown %v %q, rows give %v %q", name, subject, v.Num, v.Text, want.Num, want.Text)
				}
			}
		}
		p := core.LastDays(day-1, rapid.IntRange(1, 120).Draw(rt, "length"))
		for _, kind := range []fact.SubjectKind{fact.SKU, fact.Marketplace} {
			f, err := m.Measure(t.Context(), fact.MeasureQuery{Names: baseNames(), Kind: kind, Period: p, AsOf: day})
			if err != nil {
				rt.Fatal(err)
			}
			for _, c := range f.Columns {
				for i, subject := range f.Subjects {
					if want := recomputed(c.Name, rows(c.Name, subject, p)); want.Num != float64(c.Values[i]) {
						rt.Errorf("%s of %s over %v: frame %d, rows %v", c.Name, subject, p, c.Values[i], want.Num)
					}
				}
			}
		}
	})
	for name, made := range parts {
		if !made && known[name] == 0 {
			t.Errorf("%s was never known", name)
		}
		if _, err := m.Rows(t.Context(), fact.RowsQuery{Name: name, Subject: "US", AsOf: asOf()}); made && !isCode(err, core.CodeNotFound) {
			t.Errorf("%s is made of parts: %v", name, err)
		}
	}
}

func isCode(err error, code string) bool {
	var e *core.Error
	return errors.As(err, &e) && e.Code == code
}

// TestFactsAreFrames: where every day of a fact's window is known, it is the frame of that window.
func TestFactsAreFrames(t *testing.T) {
	t.Parallel()
	m, h := stage(t)
	var ret []source.Return
	var fb []source.Feedback
	for i := range 120 {
		order := fmt.Sprint("own", i)
		h.OrdersOf[order] = []module.OrderItem{{Marketplace: "US", SKU: core.SKU([]string{"A", "B"}[i%2])}}
		d := asOf() - 1 - core.Day(i)
		ret = append(ret, returned(d, order, []string{"A", "B"}[i%2], fmt.Sprint("L", i), "X"))
		fb = append(fb, feedback(d, order, int32(i%5+1), fmt.Sprint("c", i)))
	}
	h.Apply(t, m, batch(1, source.Returns, asOf(), core.Period{}, ret...), batch(2, source.SellerFeedback, asOf(), core.Period{}, fb...))
	for _, c := range []struct {
		fact, measure string
		kind          fact.SubjectKind
		days          int
	}{
		{"reviews.returned_units_28d", "reviews.returned_units", fact.SKU, 28},
		{"reviews.feedback_count_90d", "reviews.feedback", fact.SKU, 90},
		{"reviews.negative_count_90d", "reviews.negative", fact.SKU, 90},
		{"reviews.market_feedback_count_90d", "reviews.feedback", fact.Marketplace, 90},
		{"reviews.new_negative_7d", "reviews.negative", fact.Marketplace, 7},
	} {
		f, err := m.Measure(t.Context(), fact.MeasureQuery{Names: []string{c.measure}, Kind: c.kind, Period: core.LastDays(asOf()-1, c.days), AsOf: asOf()})
		if err != nil {
			t.Fatal(err)
		}
		values, met := ask(t, m, asOf(), c.fact)[c.fact], 0
		for i, subject := range f.Subjects {
			if v, ok := values[subject]; ok && v.Num > 0 {
				met++
				if v.Num != float64(f.Columns[0].Values[i]) {
					t.Errorf("%s of %s: %v, frame %d", c.fact, subject, v.Num, f.Columns[0].Values[i])
				}
			}
		}
		if met == 0 {
			t.Errorf("%s: nothing to compare", c.fact)
		}
	}
}

// TestMemoryFollowsWhatComesIn: new reports, new orders and new SKUs show at once.
func TestMemoryFollowsWhatComesIn(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	p := core.LastDays(asOf()-1, 30)
	frame := func(kind fact.SubjectKind, names ...string) string {
		t.Helper()
		f, err := m.Measure(t.Context(), fact.MeasureQuery{Names: names, Kind: kind, Period: p, AsOf: asOf()})
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for i, s := range f.Subjects {
			out = append(out, fmt.Sprint(s, " ", f.Columns[0].Values[i]))
		}
		slices.Sort(out)
		return strings.Join(out, ", ")
	}
	expect := func(want, got string) {
		t.Helper()
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	expect("", frame(fact.SKU, "reviews.feedback"))
	h.Apply(t, m, batch(1, source.SellerFeedback, asOf(), p, feedback(asOf()-3, "o1", 1, "x")), batch(2, source.Returns, asOf(), p, returned(asOf()-3, "o2", "B", "L", "R")))
	expect("", frame(fact.SKU, "reviews.feedback"))
	expect("US 1", frame(fact.Marketplace, "reviews.feedback"))
	h.OrdersOf = map[string][]module.OrderItem{"o1": {{Marketplace: "US", SKU: "A"}}}
	expect("US/A 1", frame(fact.SKU, "reviews.feedback"))
	expect("US 0", frame(fact.Marketplace, "reviews.returned_units"))
	h.Items = []module.Item{{Marketplace: "DE", SKU: "B"}}
	expect("DE/B 1", frame(fact.SKU, "reviews.returned_units"))
	h.OrdersOf["o2"] = []module.OrderItem{{Marketplace: "US", SKU: "B"}}
	h.OrdersOf["o1"] = append(h.OrdersOf["o1"], module.OrderItem{Marketplace: "US", SKU: "C"})
	lines := []source.OrderLine{{OrderID: "o2"}, {OrderID: "o1"}}
	if a := h.Apply(t, m, source.Batch{Stream: source.Orders, DocumentID: 3, Rows: lines, Len: 2, Last: true}); a != (module.Applied{Unchanged: 2}) {
		t.Errorf("orders: %+v", a)
	}
	expect("US/B 1", frame(fact.SKU, "reviews.returned_units"))
	expect("US/A 1, US/C 1", frame(fact.SKU, "reviews.feedback"))
}

func TestCoverSaysWhy(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	cover := func(p core.Period, day core.Day) fact.Cover {
		t.Helper()
		f, err := m.Measure(t.Context(), fact.MeasureQuery{Names: []string{"reviews.returned_units"}, Kind: fact.Marketplace, Period: p, AsOf: day})
		if err != nil {
			t.Fatal(err)
		}
		return f.Columns[0].Cover["US"]
	}
	h.Items = []module.Item{{Marketplace: "US", SKU: "A"}}
	var rows []source.Return
	for i := range 400 { // dense: the quiet ends are short
		rows = append(rows, returned(asOf()-10-core.Day(i%40), fmt.Sprint("x", i), "A", fmt.Sprint("P", i), "R"))
	}
	h.Apply(t, m, batch(1, source.Returns, asOf()-9, core.LastDays(asOf()-10, 40), rows...))
	for label, c := range map[string]struct {
		p    core.Period
		day  core.Day
		want fact.Cover
	}{
		"whole":    {core.LastDays(asOf()-12, 20), asOf(), fact.Cover{Days: 20, Through: asOf() - 12, Maturity: fact.Fresh}},
		"arriving": {core.LastDays(asOf()-7, 20), asOf() - 6, fact.Cover{Days: 17, Through: asOf() - 10, Maturity: fact.Settling}},
		"stale":    {core.LastDays(asOf()+2, 20), asOf() + 3, fact.Cover{Days: 8, Through: asOf() - 10, Maturity: fact.Stale}},
		"later":    {core.LastDays(asOf()-12, 20), asOf() - 11, fact.Cover{Days: 20, Through: asOf() - 12, Maturity: fact.Estimated}},
		"before":   {core.LastDays(asOf()-300, 20), asOf(), fact.Cover{Maturity: fact.Missing}},
	} {
		got := cover(c.p, c.day)
		if (got.Note == "") != (label == "whole") {
			t.Errorf("%s: note %q", label, got.Note)
		}
		got.Note = ""
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s: %s", label, d)
		}
	}
}

func TestWrongQuestions(t *testing.T) {
	t.Parallel()
	m, _ := start(t)
	if _, err := m.Measure(t.Context(), fact.MeasureQuery{Names: []string{"reviews.nothing"}, Kind: fact.SKU}); !isCode(err, core.CodeNotFound) {
		t.Error(err)
	}
	if _, err := m.Measure(t.Context(), fact.MeasureQuery{Names: baseNames(), Kind: fact.Campaign}); !isCode(err, core.CodeInvalid) {
		t.Error(err)
	}
	if _, err := m.Daily(t.Context(), "reviews.nothing", "", core.LastDays(asOf(), 5), asOf()); !isCode(err, core.CodeNotFound) {
		t.Error(err)
	}
}

// BenchmarkMeasure asks a year of 2,000 SKUs in 5 marketplaces with 50,000 returns and 7,000 feedbacks.
func BenchmarkMeasure(b *testing.B) {
	m, h := start(b)
	p := core.LastDays(asOf()-1, 365)
	h.OrdersOf = map[string][]module.OrderItem{}
	markets := []string{"US", "DE", "UK", "FR", "CA"}
	for i := range 10_000 {
		h.Items = append(h.Items, module.Item{Marketplace: markets[i%5], SKU: core.SKU(fmt.Sprintf("SKU-%04d", i/5))})
	}
	var rows []source.Return
	var fb []source.Feedback
	for i := range 50_000 {
		order := fmt.Sprintf("111-%07d", i)
		it := h.Items[i%len(h.Items)]
		h.OrdersOf[order] = []module.OrderItem{{Marketplace: it.Marketplace, SKU: it.SKU}}
		day := p.From + core.Day(i%365)
		rows = append(rows, returned(day, order, string(it.SKU), fmt.Sprint("LPN", i), "DEFECTIVE"))
		if i%7 == 0 {
			f := feedback(day, order, int32(i%5+1), "comment")
			f.Marketplace = it.Marketplace
			fb = append(fb, f)
		}
	}
	h.Apply(b, m, batch(1, source.Returns, asOf(), p, rows...), batch(2, source.SellerFeedback, asOf(), p, fb...))
	for _, kind := range []fact.SubjectKind{fact.SKU, fact.Marketplace} {
		b.Run(string(kind), func(b *testing.B) {
			if _, err := m.Measure(b.Context(), fact.MeasureQuery{Names: baseNames(), Kind: kind, Period: p, AsOf: asOf()}); err != nil {
				b.Fatal(err) // warm from here on
			}
			for b.Loop() {
				if _, err := m.Measure(b.Context(), fact.MeasureQuery{Names: baseNames(), Kind: kind, Period: p, AsOf: asOf()}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("cold", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			if _, err := m.Measure(b.Context(), fact.MeasureQuery{Names: baseNames(), Kind: fact.SKU, Period: p, AsOf: asOf() - core.Day(i%5)}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
