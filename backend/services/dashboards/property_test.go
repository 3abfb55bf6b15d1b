package dashboards_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"purser/backend/core"
	"purser/backend/core/page"
	"purser/backend/services/dashboards"
)

// randomFrames fills a desk with what may have happened: some SKUs without costs, some marketplaces without reports.
func randomFrames(r *rapid.T, d *desk) {
	d.m.events, d.m.missing, d.m.known = nil, map[string]string{}, map[string]core.Period{}
	d.m.version++ // what was kept is old
	amounts := rapid.Int64Range(-500_00, 2_000_00)
	for _, id := range allSKUs() {
		for _, m := range []string{"sales.sales", "sales.units", "sales.cogs", "sales.sessions", "advertising.spend"} {
			if rapid.IntRange(0, 3).Draw(r, "happened") > 0 {
				d.on(m, id, amounts.Draw(r, m+" "+id))
			}
		}
		if rapid.IntRange(0, 4).Draw(r, "no cost") == 0 {
			d.m.missing["sales.cogs "+id] = "no cost given"
		}
	}
	for _, key := range []string{"sales.cogs US", "sales.cogs FR", "advertising.spend DE", "advertising.spend FR", "sales.units JP", "FR"} {
		if rapid.IntRange(0, 4).Draw(r, "no report") == 0 {
			d.m.known[key] = core.Period{}
		}
	}
}

func allSKUs() []string {
	var out []string
	for _, market := range []string{"DE", "FR", "JP", "US"} {
		for _, sku := range []string{"A", "B", "C", "D"} {
			out = append(out, market+"/"+sku)
		}
	}
	return out
}

func bases() []string {
	return []string{"sales.sales", "sales.units", "sales.cogs", "sales.sessions", "advertising.spend"}
}

// shownSums adds up what rows show, by currency: in minor units of money, else in units.
func shownSums(rows []dashboards.TableRowOutput, column int) map[string]int64 {
	out := map[string]int64{}
	for _, row := range rows {
		if c := row.Cells[column]; c.Num != nil {
			out[c.Currency] += core.FromMajor(*c.Num, currencyOr(c.Currency)).Minor
		}
	}
	return out
}

// currencyOr gives whole units for what is not money.
func currencyOr(c string) core.Currency {
	if c == "" {
		return "JPY"
	}
	return core.Currency(c)
}

// one asks for the totals of the SKUs of one currency, so that each is one number.
func (d *desk) totalsOf(t *testing.T, columns []string, codes ...string) dashboards.TableOutput {
	t.Helper()
	return d.table(t, func(in *dashboards.TableInput) {
		in.View, in.Columns = yesterday(codes...), columns
	})
}

// The total of a base measure is the sum of what its rows show; of a sum and of a quotient, what comes of the totals of
// its parts in the marketplaces for which all of them are known.
func TestTotalsComeFromRows(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(d *desk) {
		d.a.markets = []string{"US", "DE", "FR", "JP"}
		d.skus(allSKUs()...)
	})
	rapid.Check(t, func(r *rapid.T) {
		randomFrames(r, d)
		for _, codes := range [][]string{{"US"}, {"DE", "FR"}, {"JP"}} {
			out := d.totalsOf(t, bases(), codes...)
			for i, name := range bases() {
				want, total := shownSums(out.Rows, i), out.Totals[i]
				if total.Num == nil {
					if len(want) > 0 {
						r.Fatalf("%s of %v is not known, its rows are: %v", name, codes, want)
					}
					continue
				}
				if got := core.FromMajor(*total.Num, currencyOr(total.Currency)).Minor; got != want[total.Currency] {
					r.Fatalf("%s of %v: total %d, rows %v", name, codes, got, want)
				}
			}
			checkComposed(t, r, d, codes)
		}
	})
}

// checkComposed works sums and quotients out again from the totals of their parts.
func checkComposed(t *testing.T, r *rapid.T, d *desk, codes []string) {
	t.Helper()
	got := d.totalsOf(t, []string{"sales.profit", "sales.margin", "sales.tacos", "sales.average_price"}, codes...).Totals
	whole := func(needs ...int) []dashboards.ValueOutput {
		sum := make([]dashboards.ValueOutput, len(bases()))
		for _, code := range codes {
			one := d.totalsOf(t, bases(), code).Totals
			if slices.ContainsFunc(needs, func(i int) bool { return one[i].Num == nil }) {
				continue
			}
			for i, v := range one {
				if v.Num == nil {
					continue
				}
				n := *v.Num
				if sum[i].Num != nil {
					n += *sum[i].Num
				}
				sum[i].Num = &n
			}
		}
		return sum
	}
	const sales, units, cogs, spend = 0, 1, 2, 4
	of := func(v dashboards.ValueOutput) float64 {
		if v.Num == nil {
			return 0
		}
		return *v.Num
	}
	compare := func(name string, got dashboards.ValueOutput, known bool, want, within float64) {
		switch {
		case (got.Num != nil) != known:
			r.Fatalf("%s of %v is %q, known: %v", name, codes, got.Text, known)
		case known && math.Abs(*got.Num-want) > within:
			r.Fatalf("%s of %v is %v, want %v", name, codes, *got.Num, want)
		}
	}
	w := whole(sales, cogs)
	profit := of(w[sales]) - of(w[cogs]) - of(w[spend])
	compare("profit", got[0], w[sales].Num != nil, profit, 0.001)
	compare("margin", got[1], of(w[sales]) != 0, profit/of(w[sales]), 1e-9*math.Max(1, math.Abs(profit/of(w[sales]))))
	w = whole(sales, spend)
	compare("tacos", got[2], of(w[sales]) != 0, of(w[spend])/of(w[sales]), 1e-9*math.Max(1, math.Abs(of(w[spend])/of(w[sales]))))
	w = whole(sales, units)
	price := of(w[sales]) / of(w[units])
	compare("price", got[3], of(w[units]) != 0, price, 0.5*minorOf(codes[0])+1e-9*math.Abs(price))
}

// minorOf is the smallest amount of a marketplace's money.
func minorOf(code string) float64 {
	m, _ := core.MarketplaceByCode(code)
	return core.Money{Minor: 1, Currency: m.Currency}.Major()
}

// Where all rows are known, the profit of all is the sum of what the rows show.
func TestProfitOfAllIsTheSumOfRows(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(d *desk) {
		d.a.markets = []string{"US"}
		d.skus("US/A", "US/B", "US/C", "US/D")
	})
	rapid.Check(t, func(r *rapid.T) {
		randomFrames(r, d)
		d.m.missing, d.m.known = nil, nil
		out := d.totalsOf(t, []string{"sales.profit"}, "US")
		if want, got := shownSums(out.Rows, 0)["USD"], core.FromMajor(*out.Totals[0].Num, "USD").Minor; got != want {
			r.Fatalf("total %d, rows %d", got, want)
		}
	})
}

// Headings of groups that hold each row once add up to the totals.
func TestSubtotalsAddUp(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(d *desk) {
		d.a.markets = []string{"DE", "FR"}
		d.skus(allSKUs()[:8]...)
		for i, id := range allSKUs()[:8] {
			d.give("inventory.state", id, text([]string{"good", "bad", "", "gone"}[i%4]))
		}
	})
	columns := append(bases(), "inventory.on_hand")
	rapid.Check(t, func(r *rapid.T) {
		randomFrames(r, d)
		out := d.table(t, func(in *dashboards.TableInput) {
			in.Columns, in.Group = columns, rapid.SampledFrom([]string{"marketplace", "inventory.state"}).Draw(r, "group")
		})
		for i := range columns {
			var groups, rows []dashboards.TableRowOutput
			for _, row := range out.Rows {
				if row.Kind == "group" {
					groups = append(groups, row)
				} else {
					rows = append(rows, row)
				}
			}
			total := shownSums([]dashboards.TableRowOutput{{Cells: out.Totals}}, i)
			of := func(list []dashboards.TableRowOutput) int64 {
				sum := int64(0)
				for _, n := range shownSums(list, i) {
					sum += n
				}
				return sum
			}
			if all := of([]dashboards.TableRowOutput{{Cells: out.Totals}}); of(groups) != all || of(rows) != all {
				r.Fatalf("%s: groups %d, rows %d, total %v", columns[i], of(groups), of(rows), total)
			}
		}
	})
}

// However a table is sorted, it holds each row once, in the order of the column, what is not known last.
func TestSortingIsAPermutation(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(d *desk) {
		d.a.markets = []string{"US", "DE", "FR", "JP"}
		d.skus(allSKUs()...)
		for i, id := range allSKUs() {
			if i%3 > 0 {
				d.give("inventory.state", id, text(string(rune('z'-i%5))))
			}
		}
	})
	columns := append(bases(), "sales.profit", "sales.margin", "sales.average_price", "inventory.on_hand", "inventory.state")
	rapid.Check(t, func(r *rapid.T) {
		randomFrames(r, d)
		at := rapid.IntRange(0, len(columns)-1).Draw(r, "column")
		desc := rapid.Bool().Draw(r, "desc")
		out := d.table(t, func(in *dashboards.TableInput) { in.Columns, in.Sort, in.Desc = columns, columns[at], desc })
		ids := labels(out)
		slices.Sort(ids)
		if want := allSKUs(); !slices.Equal(ids, want) {
			r.Fatalf("rows %q", ids)
		}
		for i := 1; i < len(out.Rows); i++ {
			if a, b := out.Rows[i-1], out.Rows[i]; !inOrder(a.Cells[at], b.Cells[at], a.Subject < b.Subject, desc) {
				r.Fatalf("%s, desc %v: %s %q stands before %s %q", columns[at], desc, a.Subject, a.Cells[at].Text, b.Subject, b.Cells[at].Text)
			}
		}
	})
}

// inOrder says whether a may stand before b; bySubject is the order where both are the same.
func inOrder(a, b dashboards.ValueOutput, bySubject, desc bool) bool {
	switch {
	case a.Text == "?" || b.Text == "?":
		return b.Text == "?" && (a.Text != "?" || bySubject)
	case a.Num == nil: // text
		return a.Text == b.Text && bySubject || a.Text != b.Text && (a.Text < b.Text) != desc
	}
	return *a.Num == *b.Num && bySubject || *a.Num != *b.Num && (*a.Num < *b.Num) != desc
}

// A filter and its opposite part the known rows, and "unknown" holds the rest.
func TestFiltersPartTheRows(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(d *desk) {
		d.a.markets = []string{"US", "DE", "FR", "JP"}
		d.skus(allSKUs()...)
	})
	opposite := map[page.Op]page.Op{page.Is: page.IsNot, page.Less: page.AtLeast, page.More: page.AtMost, page.Known: page.Unknown}
	rapid.Check(t, func(r *rapid.T) {
		randomFrames(r, d)
		column := rapid.SampledFrom([]string{"sales.sales", "sales.profit", "sales.margin", "sales.units", "inventory.on_hand"}).Draw(r, "column")
		op := rapid.SampledFrom([]page.Op{page.Is, page.Less, page.More, page.Known}).Draw(r, "op")
		count := func(op page.Op) int {
			return d.table(t, func(in *dashboards.TableInput) { in.Filters = []page.Filter{{Column: column, Op: op, Value: "10"}} }).Found
		}
		all := count(op) + count(opposite[op])
		if op != page.Known {
			all += count(page.Unknown)
		}
		if all != len(allSKUs()) {
			r.Fatalf("%s %s: %d rows of %d", column, op, all, len(allSKUs()))
		}
	})
}
