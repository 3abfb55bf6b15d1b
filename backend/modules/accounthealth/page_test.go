package accounthealth_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/page"
	"purser/backend/core/source"
	"purser/backend/modules/accounthealth"
)

// filled is a module with reports of two marketplaces, nine days apart: rates held from below and
// from above, a rate without a target of its own, one of no orders, counters and words.
func filled(tb testing.TB) *accounthealth.Module {
	tb.Helper()
	m, h := start(tb)
	reportOf := func(lateCount, tracked, n int32, status string) []source.HealthMetric {
		bare := source.HealthMetric{Metric: "unit_on_time_delivery_rate", HasRate: true, Rate: 0.95, HasCount: true, Count: 5, Orders: 100}
		none := rate("order_defect_rate_mfn", "LESS_THAN", 0.01, 0, 0, 0)
		none.Status = "NONE"
		rows := []source.HealthMetric{
			word("account_status", status), word("account_health_rating", "GREAT"), late(lateCount, 400),
			rate("valid_tracking_rate", "GREATER_THAN", 0.95, float64(tracked)/300, tracked, 300), bare, none,
			noCount(rate("invoice_defect_rate", "LESS_THAN", 0.05, 0.03, 0, 200)),
		}
		counters := allCounters(1)
		counters[0].Count, counters[1].Count, counters[9].Count = n, 3-n, n
		return append(rows, counters...)
	}
	german := []source.HealthMetric{word("account_status", "NORMAL"), late(2, 400), counter("other_policy_violations", 4)}
	for i := range german {
		german[i].Marketplace = "DE"
	}
	h.Apply(tb, m, report(11, today-9, reportOf(4, 297, 1, "NORMAL")...), report(12, today-1, append(reportOf(15, 294, 3, "AT_RISK"), german...)...))
	return m
}

func cells(r fact.Rows, name string) []fact.Value {
	var out []fact.Value
	for i, c := range r.Columns {
		if c.Name == name {
			for _, row := range r.Rows {
				out = append(out, row.Cells[i])
			}
		}
	}
	return out
}

// recompute does with the rows what How says.
func recompute(t *testing.T, name string, r fact.Rows) fact.Value {
	t.Helper()
	num := func(column string, i int) float64 { return cells(r, column)[i].Num }
	bad := func(i int) float64 {
		if strings.HasPrefix(r.How, "Orders − count") {
			return num("orders", i) - num("count", i)
		}
		return num("count", i)
	}
	var v fact.Value
	switch strings.TrimPrefix(name, "accounthealth.") {
	case "rate", "orders", "target":
		v.Num = num(strings.TrimPrefix(name, "accounthealth."), 0)
	case "count":
		v.Num = bad(0)
	case "change_count_7d":
		v.Num = bad(0) - bad(1)
	case "window_days":
		parse := func(s string) time.Time {
			at, err := time.Parse("2006-01-02 15:04 UTC", s)
			if err != nil {
				t.Fatal(err)
			}
			return at
		}
		v.Num = math.Round(parse(cells(r, "to")[0].Text).Sub(parse(cells(r, "from")[0].Text)).Hours() / 24)
	case "violations", "document_requests":
		for i := range r.Rows {
			v.Num += num("count", i)
		}
	case "new_violations_7d", "new_document_requests_7d":
		for i := 0; i < len(r.Rows); i += 2 {
			v.Num += max(0, num("count", i)-num("count", i+1))
		}
	case "condition":
		v.Text = cells(r, "condition")[0].Text
	default:
		v.Text = cells(r, "status")[0].Text
	}
	return v
}

func TestRowsGiveEveryValue(t *testing.T) {
	t.Parallel()
	m := filled(t)
	defs := map[string]fact.Definition{}
	for _, d := range m.Manifest().Facts {
		defs[d.Name] = d
		if d.Title == "" {
			t.Errorf("%s has no title", d.Name)
		}
	}
	cols, err := m.Facts(t.Context(), fact.Query{AsOf: today})
	if err != nil {
		t.Fatal(err)
	}
	checked := map[string]bool{}
	for _, c := range cols {
		for _, p := range defs[c.Name].Parts {
			if _, ok := defs[p]; !ok {
				t.Errorf("part %s of %s does not exist", p, c.Name)
			}
		}
		for id, v := range c.Values {
			r, err := m.Rows(t.Context(), fact.RowsQuery{Name: c.Name, Subject: id, AsOf: today})
			if len(defs[c.Name].Parts) > 0 {
				if e := core.AsError(err); e == nil || e.Code != core.CodeNotFound {
					t.Errorf("%s of %s is made of other facts, yet: %v", c.Name, id, err)
				}
				continue
			}
			if err != nil || r.How == "" || r.Total != len(r.Rows) {
				t.Errorf("%s of %s: %+v, %v", c.Name, id, r, err)
				continue
			}
			if !v.Known() {
				continue
			}
			checked[c.Name] = true
			got := recompute(t, c.Name, r)
			if math.Abs(got.Num-v.Num) > 1e-12 || got.Text != v.Text {
				t.Errorf("%s of %s: rows give %v %q, the fact is %v %q (%s)", c.Name, id, got.Num, got.Text, v.Num, v.Text, r.How)
			}
			for _, row := range r.Rows {
				fromPolicy := row.Document == 0 && strings.Contains(r.How, "policy")
				if !fromPolicy && (row.Line < 1 || (row.Document != 11 && row.Document != 12)) {
					t.Errorf("%s of %s: document %d, line %d", c.Name, id, row.Document, row.Line)
				}
			}
		}
	}
	for _, d := range defs {
		if len(d.Parts) == 0 && !checked[d.Name] {
			t.Errorf("no value of %s was recomputed", d.Name)
		}
	}
}

func TestRowsWindowAndUnknown(t *testing.T) {
	t.Parallel()
	m := filled(t)
	q := fact.RowsQuery{Name: "accounthealth.violations", Subject: "US", AsOf: today, Offset: 7, Limit: 5}
	r, err := m.Rows(t.Context(), q)
	if err != nil || r.Total != 9 || len(r.Rows) != 2 {
		t.Errorf("%d of %d, %v", len(r.Rows), r.Total, err)
	}
	q.Subject = "FR"
	if r, err = m.Rows(t.Context(), q); err != nil || r.Total != 0 || !strings.Contains(r.How, "FR") {
		t.Errorf("%+v, %v", r, err)
	}
	if _, err = m.Rows(t.Context(), fact.RowsQuery{Name: "accounthealth.none", Subject: "US", AsOf: today}); core.AsError(err).Code != core.CodeNotFound {
		t.Errorf("got %v", err)
	}
}

func TestPageNamesExist(t *testing.T) {
	t.Parallel()
	m := accounthealth.New()
	kinds := map[string]fact.SubjectKind{}
	for _, d := range m.Manifest().Facts {
		kinds[d.Name] = d.Subject
	}
	p := m.Page()
	tables := map[string]bool{}
	for _, table := range p.Tables {
		tables[table.Name] = true
		for _, preset := range table.Presets {
			tables[table.Name+"/"+preset.Name] = true
			for _, f := range preset.Filters {
				if kinds[f.Column] != table.Subject {
					t.Errorf("%s/%s filters by %s", table.Name, preset.Name, f.Column)
				}
			}
		}
		for _, c := range append([]string{table.Sort}, table.Columns...) {
			if !table.List && kinds[c] != table.Subject {
				t.Errorf("%s shows %s", table.Name, c)
			}
		}
	}
	for _, tile := range p.Tiles {
		key := strings.TrimSuffix(tile.Table+"/"+tile.Preset, "/")
		if kinds[tile.Name] != fact.Marketplace || !tables[key] {
			t.Errorf("tile %+v", tile)
		}
	}
	for _, c := range p.Charts {
		if _, err := filled(t).Chart(t.Context(), page.ChartQuery{Name: c.Name, AsOf: today, Period: core.LastDays(today-1, 28), Marketplaces: []string{"US"}}); err != nil {
			t.Errorf("chart %s: %v", c.Name, err)
		}
	}
}

func TestList(t *testing.T) {
	t.Parallel()
	m := filled(t)
	list := func(q fact.RowsQuery) ([]string, int) {
		t.Helper()
		q.Name, q.AsOf = "accounthealth.metrics", today
		r, err := m.List(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		ids := []string{}
		for _, row := range r.Rows {
			ids = append(ids, fmt.Sprintf("%s %d/%d", row.Subject, row.Document, row.Line))
			if len(row.Cells) != len(r.Columns) {
				t.Errorf("%d cells for %d columns", len(row.Cells), len(r.Columns))
			}
		}
		return ids, r.Total
	}
	for name, c := range map[string]struct {
		q     fact.RowsQuery
		want  []string
		total int
	}{
		"Marketplace":  {fact.RowsQuery{Marketplaces: []string{"DE"}, Limit: 2}, []string{"DE/account_status 12/18", "DE/late_shipment_rate 12/19"}, 3},
		"Filter":       {fact.RowsQuery{Filter: "LATE ship"}, []string{"DE/late_shipment_rate 12/19", "US/late_shipment_rate 12/3"}, 2},
		"SortDown":     {fact.RowsQuery{Filter: "late", Sort: "rate", Desc: true}, []string{"US/late_shipment_rate 12/3", "DE/late_shipment_rate 12/19"}, 2},
		"UnknownLast":  {fact.RowsQuery{Marketplaces: []string{"DE"}, Sort: "count"}, []string{"DE/late_shipment_rate 12/19", "DE/other_policy_violations 12/20", "DE/account_status 12/18"}, 3},
		"Subject":      {fact.RowsQuery{Subject: "US/document_requests"}, []string{"US/document_requests 12/17"}, 1},
		"SecondWindow": {fact.RowsQuery{Marketplaces: []string{"DE"}, Limit: 2, Offset: 2}, []string{"DE/other_policy_violations 12/20"}, 3},
		"PastTheEnd":   {fact.RowsQuery{Marketplaces: []string{"DE"}, Limit: 2, Offset: 9}, []string{}, 3},
	} {
		got, total := list(c.q)
		if d := cmp.Diff(c.want, got); d != "" || total != c.total {
			t.Errorf("%s: total %d, %s", name, total, d)
		}
	}
	_, err := m.List(t.Context(), fact.RowsQuery{Name: "accounthealth.metrics", AsOf: today, Sort: "condition; DROP"})
	if e := core.AsError(err); e == nil || e.Code != core.CodeInvalid {
		t.Errorf("got %v", err)
	}
}
