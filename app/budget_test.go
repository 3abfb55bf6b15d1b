package app_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"purser/app"
	"purser/backend/core"
	"purser/backend/core/page"
	"purser/backend/services/dashboards"
	"purser/backend/sources/simulator"
)

const (
	largestReply = 256 << 10 // bytes that may cross the bridge in one answer
	mostPoints   = 2000      // of one series
)

// question is one thing that a page asks.
type question struct {
	name string
	rows bool // leads down to single events, which nothing else may read
	ask  func(v dashboards.ViewInput) (any, error)
}

var pageNames = []string{"accounthealth", "sales", "inventory", "advertising", "listings", "reviews"}

// questions lists everything that the pages ask, with every table in every order that it opens in.
func questions(tb testing.TB, d *app.Desk) []question {
	tb.Helper()
	var out []question
	add := func(name string, ask func(v dashboards.ViewInput) (any, error)) {
		out = append(out, question{name: name, ask: ask})
	}
	for _, p := range pageNames {
		spec, err := d.Pages.Page(dashboards.PageInput{Page: p})
		if err != nil {
			tb.Fatal(err)
		}
		add(p+": tiles", func(v dashboards.ViewInput) (any, error) {
			return d.Pages.Page(dashboards.PageInput{Page: p, View: v})
		})
		for _, c := range spec.Charts {
			add(p+": chart "+c.Name, func(v dashboards.ViewInput) (any, error) {
				return d.Pages.Chart(dashboards.ChartInput{Page: p, Chart: c.Name, View: v})
			})
		}
		for _, tb := range spec.Tables {
			table := func(change func(*dashboards.TableInput)) func(v dashboards.ViewInput) (any, error) {
				return func(v dashboards.ViewInput) (any, error) {
					in := dashboards.TableInput{Page: p, Table: tb.Name, View: v, Limit: 200}
					if change != nil {
						change(&in)
					}
					return d.Pages.Table(in)
				}
			}
			add(p+": table "+tb.Name, table(nil))
			out[len(out)-1].rows = tb.Name == "sales.orders"
			if tb.List {
				continue
			}
			add(p+": table "+tb.Name+", sorted up", table(func(in *dashboards.TableInput) { in.Sort, in.Desc = tb.Columns[len(tb.Columns)/2], false }))
			add(p+": table "+tb.Name+", filtered", table(func(in *dashboards.TableInput) { in.Query = "1" }))
			for _, pr := range tb.Presets {
				add(p+": table "+tb.Name+", "+pr.Name, table(func(in *dashboards.TableInput) { in.Preset = pr.Name }))
			}
			for _, g := range tb.Groups {
				add(p+": table "+tb.Name+", by "+g.Name, table(func(in *dashboards.TableInput) { in.Group = g.Name }))
			}
			add(p+": columns of "+tb.Name, func(dashboards.ViewInput) (any, error) {
				return d.Pages.Columns(dashboards.ColumnsInput{Page: p, Table: tb.Name})
			})
		}
	}
	return append(out, others(tb, d)...)
}

// others are the questions that belong to no page of a module.
func others(tb testing.TB, d *app.Desk) []question {
	tb.Helper()
	best, err := d.Pages.Table(dashboards.TableInput{Page: "sales", Table: "skus", Limit: 1})
	if err != nil || len(best.Rows) == 0 {
		tb.Fatalf("no SKU sold anything: %v", err)
	}
	sku := best.Rows[0].Subject
	return []question{
		{name: "today: checks", ask: func(dashboards.ViewInput) (any, error) { return d.Pages.Checks() }},
		{name: "SKU page", ask: func(v dashboards.ViewInput) (any, error) {
			return d.Pages.Timeline(dashboards.SubjectInput{Subject: sku, View: v})
		}},
		{name: "SKU page over a year", ask: func(dashboards.ViewInput) (any, error) {
			return d.Pages.Timeline(dashboards.SubjectInput{Subject: sku, View: dashboards.ViewInput{Range: dashboards.RangeInput{Preset: "365d"}}})
		}},
		{name: "search", ask: func(dashboards.ViewInput) (any, error) { return d.Pages.Search(dashboards.SearchInput{Query: "0104"}) }},
		{name: "scopes", ask: func(dashboards.ViewInput) (any, error) { return d.Pages.Scopes() }},
		{name: "definition of a total", ask: func(v dashboards.ViewInput) (any, error) {
			return d.Pages.Define(dashboards.ReferenceInput{Name: "sales.profit", View: v})
		}},
		{name: "definition of a SKU's", ask: func(v dashboards.ViewInput) (any, error) {
			return d.Pages.Define(dashboards.ReferenceInput{Name: "sales.profit", Subject: sku, View: v})
		}},
		{name: "rows behind a number", rows: true, ask: func(v dashboards.ViewInput) (any, error) {
			return d.Pages.Rows(dashboards.RowsInput{Reference: dashboards.ReferenceInput{Name: "sales.units", Subject: sku, View: v}, Limit: 200})
		}},
	}
}

// size is what an answer weighs on the bridge.
func size(tb testing.TB, answer any) int {
	tb.Helper()
	b, err := json.Marshal(answer)
	if err != nil {
		tb.Fatal(err)
	}
	return len(b)
}

func seriesFit(t *testing.T, name string, answer any) {
	t.Helper()
	fits := func(d page.Data) {
		for _, l := range d.Lines {
			if len(l.Values) > mostPoints {
				t.Errorf("%s: a line of %d points", name, len(l.Values))
			}
		}
		if len(d.Points) > mostPoints {
			t.Errorf("%s: %d points", name, len(d.Points))
		}
	}
	switch a := answer.(type) {
	case dashboards.ChartDataOutput:
		fits(a.Data)
	case dashboards.TimelineOutput:
		for _, l := range a.Lanes {
			fits(l.Data)
		}
	}
}

// TestPagesKeepTheirBounds asks everything that pages ask, over several ranges, once as it is and once with the
// table of order lines out of reach: the answers are small, and the same.
func TestPagesKeepTheirBounds(t *testing.T) {
	if raced {
		t.Skip("make test runs it without the race detector, which makes it six times as slow and finds nothing more")
	}
	t.Parallel()
	d := app.OpenDesk(t, t.TempDir(), time.Date(2026, 11, 25, 20, 0, 0, 0, time.UTC))
	if err := d.Load(t.Context(), simulator.Options{Seed: 11, AsOf: core.Date(2026, 11, 25)}); err != nil {
		t.Fatal(err)
	}
	all := questions(t, d)
	views := []dashboards.ViewInput{
		{}, {Range: dashboards.RangeInput{Preset: "365d", Compare: "year"}}, {Range: dashboards.RangeInput{Preset: "custom", From: "2023-12-01", To: "2026-11-24"}},
	}
	answers := map[string]string{}
	for i, v := range views {
		for _, q := range all {
			a, err := q.ask(v)
			if err != nil {
				t.Errorf("%s: %v", q.name, err)
				continue
			}
			if n := size(t, a); n > largestReply {
				t.Errorf("%s answers %d bytes", q.name, n)
			}
			seriesFit(t, q.name, a)
			b, _ := json.Marshal(a)
			answers[fmt.Sprint(i, q.name)] = string(b)
		}
	}
	d.HideOrderLines(t)
	for i, v := range views {
		for _, q := range all {
			a, err := q.ask(v)
			b, _ := json.Marshal(a)
			switch {
			case q.rows && err == nil:
				t.Errorf("%s does not read order lines: then what does it show?", q.name)
			case !q.rows && err != nil:
				t.Errorf("%s reads order lines: %v", q.name, err)
			case !q.rows && string(b) != answers[fmt.Sprint(i, q.name)]:
				t.Errorf("%s answers something else without order lines", q.name)
			}
		}
	}
}

// TestQueryBudget measures everything that pages ask on the data folder that build/ci/bigshop.sh makes: ten
// million order lines. It prints, and fails only where an answer is too large; how long is too long depends on the machine.
func TestQueryBudget(t *testing.T) {
	dir := os.Getenv("PURSER_BIG_SHOP")
	if dir == "" {
		t.Skip("PURSER_BIG_SHOP names no data folder; make one with build/ci/bigshop.sh (make bench does)")
	}
	d := app.OpenDesk(t, dir, time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC))
	start := time.Now()
	all := questions(t, d)
	t.Logf("first look at every page (nothing is in memory yet): %d ms", time.Since(start).Milliseconds())
	r := rand.New(rand.NewPCG(1, 2))
	fixed := func() dashboards.ViewInput {
		presets := []string{"7d", "28d", "90d", "365d", "month", "last_month"}
		return dashboards.ViewInput{Range: dashboards.RangeInput{Preset: presets[r.IntN(len(presets))]}}
	}
	free := func() dashboards.ViewInput {
		to := core.Date(2026, 11, 23) - core.Day(r.IntN(700))
		from := to - core.Day(r.IntN(380))
		return dashboards.ViewInput{Range: dashboards.RangeInput{Preset: "custom", From: from.String(), To: to.String()}}
	}
	t.Logf("%-48s %9s %9s %9s %9s %7s", "query", "p50 ms", "p95 ms", "free p50", "free p95", "KB")
	over := 0
	for _, q := range all {
		warm, a := timed(t, q, fixed, 40)
		cold, b := timed(t, q, free, 20)
		kb := max(size(t, a), size(t, b)) >> 10
		mark := ""
		if warm[1] > 15 || cold[1] > 20 {
			mark, over = " *", over+1
		}
		t.Logf("%-48s %9.2f %9.2f %9.2f %9.2f %7d%s", q.name, warm[0], warm[1], cold[0], cold[1], kb, mark)
		if kb > largestReply>>10 {
			t.Errorf("%s answers %d KB", q.name, kb)
		}
	}
	t.Logf("%d of %d over the goal (p95 15 ms, any date range 20 ms)", over, len(all))
}

// timed asks n times and answers the median and the 95th percentile in milliseconds.
func timed(t *testing.T, q question, view func() dashboards.ViewInput, n int) (p [2]float64, last any) {
	t.Helper()
	var ms []float64
	for range n {
		v := view()
		start := time.Now()
		a, err := q.ask(v)
		ms = append(ms, float64(time.Since(start).Microseconds())/1000)
		if err != nil && !strings.Contains(err.Error(), "no longer") {
			t.Errorf("%s: %v", q.name, err)
		}
		last = a
	}
	slices.Sort(ms)
	return [2]float64{ms[n/2], ms[n*95/100]}, last
}
