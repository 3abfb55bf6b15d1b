package accounthealth_test

import (
	"database/sql"
	"fmt"
	"math"
	"os"
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
	"purser/backend/modules/accounthealth"
)

const today = core.Day(20782) // 2026-11-25

func start(tb testing.TB) (*accounthealth.Module, *moduletest.Host) {
	tb.Helper()
	m := accounthealth.New()
	return m, moduletest.Start(tb, m)
}

// report is a whole performance report made at noon (US time) of a day.
func report(doc int64, d core.Day, rows ...source.HealthMetric) source.Batch {
	for i := range rows {
		rows[i].Row = int32(i + 1)
		if rows[i].Marketplace == "" {
			rows[i].Marketplace = "US"
		}
	}
	return source.Batch{
		Stream: source.AccountHealth, DocumentID: doc, Kind: "account_health", ObservedAt: d.Time().Add(20 * time.Hour),
		Rows: rows, Len: len(rows), Snapshot: true, Last: true,
	}
}

func late(count, orders int32) source.HealthMetric {
	to := time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
	return source.HealthMetric{
		Metric: "late_shipment_rate", Title: "Late shipment rate", Status: "GOOD", HasRate: true, Rate: float64(count) / float64(orders),
		HasTarget: true, Target: 0.04, Condition: "LESS_THAN", HasCount: true, Count: count, Orders: orders, From: to.AddDate(0, 0, -30), To: to,
	}
}

func counter(metric string, n int32) source.HealthMetric {
	return source.HealthMetric{Metric: metric, Status: "GOOD", HasTarget: true, Condition: "EQUALS", HasCount: true, Count: n}
}

func word(metric, status string) source.HealthMetric {
	return source.HealthMetric{Metric: metric, Status: status}
}

func one(tb testing.TB, m fact.Provider, asOf core.Day, name, subject string) fact.Value {
	tb.Helper()
	cols, err := m.Facts(tb.Context(), fact.Query{AsOf: asOf, Names: []string{name}, Subject: subject})
	if err != nil {
		tb.Fatal(err)
	}
	if v, ok := cols[0].Values[subject]; ok {
		return v
	}
	return fact.Value{Maturity: fact.Missing, Note: "absent"}
}

func wantNum(t *testing.T, what string, v fact.Value, want float64, m fact.Maturity) {
	t.Helper()
	if v.Maturity != m || (m != fact.Missing && math.Abs(v.Num-want) > 1e-9) {
		t.Errorf("%s: got %v (%s, %q), want %v (%s)", what, v.Num, v.Maturity, v.Note, want, m)
	}
}

func TestContract(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("queries.sql")
	if err != nil {
		t.Fatal(err)
	}
	moduletest.Run(t, func() module.Module { return accounthealth.New() }, string(text))
}

func TestRateAgainstItsTarget(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Apply(t, m, report(1, today-9, late(5, 400)), report(2, today, late(12, 400)))
	for name, want := range map[string]float64{
		"rate": 0.03, "target": 0.04, "target_share": 0.75, "count": 12, "orders": 400, "change_count_7d": 7, "window_days": 30,
		"headroom_orders": 3, // 16 of 400 would be 4 %, which is a breach: 15 at most
	} {
		wantNum(t, name, one(t, m, today, "accounthealth."+name, "US/late_shipment_rate"), want, fact.Fresh)
	}
	for name, want := range map[string]string{"condition": "LESS_THAN", "status": "GOOD"} {
		if got := one(t, m, today, "accounthealth."+name, "US/late_shipment_rate"); got.Text != want || got.AsOf != today {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestHeadroomIsExact(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		m    source.HealthMetric
		want float64
		mat  fact.Maturity
	}{
		"TargetTimesOrdersWhole":  {m: rate("x", "LESS_THAN", 0.07, 0.02, 2, 100), want: 4, mat: fact.Fresh}, // 7 breaches, 6 at most
		"TargetTimesOrdersBroken": {m: rate("x", "LESS_THAN", 0.01, 0, 0, 250), want: 2, mat: fact.Fresh},    // below 2.5
		"Breached":                {m: rate("x", "LESS_THAN", 0.01, 0.03, 3, 100), want: -3, mat: fact.Fresh},
		"SuccessesCounted":        {m: rate("x", "GREATER_THAN", 0.9, 0.95, 95, 100), want: 4, mat: fact.Fresh}, // 10 misses breach, 9 at most, 5 made
		"MissesCounted":           {m: rate("x", "GREATER_THAN", 0.9, 0.95, 5, 100), want: 4, mat: fact.Fresh},
		"OnlyTheRate":             {m: noCount(rate("x", "LESS_THAN", 0.04, 0.03, 0, 400)), want: 3, mat: fact.Estimated},
		"WithoutOrders":           {m: rate("x", "LESS_THAN", 0.04, 0.03, 3, 0), mat: fact.Missing},
		"NoAllowance":             {m: rate("x", "LESS_THAN", 0, 0, 0, 100), mat: fact.Missing},
		"CounterHasNone":          {m: counter("x", 2), mat: fact.Missing},
		"NoTargetAnywhere":        {m: source.HealthMetric{Metric: "x", HasRate: true, Rate: 0.1, Orders: 10}, mat: fact.Missing},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, h := start(t)
			h.Apply(t, m, report(1, today, c.m))
			wantNum(t, "headroom", one(t, m, today, "accounthealth.headroom_orders", "US/x"), c.want, c.mat)
		})
	}
}

func rate(metric, condition string, target, r float64, count, orders int32) source.HealthMetric {
	return source.HealthMetric{
		Metric: metric, Status: "GOOD", HasRate: true, Rate: r, HasTarget: true, Target: target, Condition: condition,
		HasCount: true, Count: count, Orders: orders,
	}
}

func noCount(h source.HealthMetric) source.HealthMetric {
	h.HasCount = false
	return h
}

// Adding defects up to the headroom keeps to the target, one more breaks it: checked in whole numbers.
func TestHeadroomIsTheLastGoodOrder(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	doc := int64(0)
	rapid.Check(t, func(r *rapid.T) {
		doc++
		percents := rapid.Int64Range(1, 99).Draw(r, "target in tenths of a percent")
		orders := rapid.Int64Range(1, 5000).Draw(r, "orders")
		bad := rapid.Int64Range(0, orders).Draw(r, "defects")
		day := core.Day(20000) + core.Day(doc)
		h.Apply(t, m, report(doc, day, rate("x", "LESS_THAN", float64(percents)/1000, float64(bad)/float64(orders), int32(bad), int32(orders))))
		n := bad + int64(one(t, m, day, "accounthealth.headroom_orders", "US/x").Num)
		keeps := func(d int64) bool { return d*1000 < percents*orders }
		if (n >= 0 && !keeps(n) && n != 0) || keeps(n+1) {
			r.Fatalf("%d of %d at %d/1000", n, orders, percents)
		}
	})
}

func TestTargetFromPolicyIsNamed(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	bare := func(metric string) source.HealthMetric {
		return source.HealthMetric{Metric: metric, HasRate: true, Rate: 0.95, HasCount: true, Count: 5, Orders: 100}
	}
	de := bare("unit_on_time_delivery_rate")
	de.Marketplace = "DE"
	h.Apply(t, m, report(1, today, bare("unit_on_time_delivery_rate"), bare("valid_tracking_rate"), de))
	otdr := one(t, m, today, "accounthealth.target", "US/unit_on_time_delivery_rate")
	wantNum(t, "target", otdr, 0.9, fact.Estimated)
	if !strings.Contains(otdr.Note, "2024-09-25") {
		t.Errorf("note %q", otdr.Note)
	}
	wantNum(t, "share", one(t, m, today, "accounthealth.target_share", "US/unit_on_time_delivery_rate"), 0.5, fact.Estimated)
	wantNum(t, "headroom", one(t, m, today, "accounthealth.headroom_orders", "US/unit_on_time_delivery_rate"), 5, fact.Estimated)
	wantNum(t, "at the target, which at least allows", one(t, m, today, "accounthealth.headroom_orders", "US/valid_tracking_rate"), 0, fact.Estimated)
	wantNum(t, "DE has no such policy", one(t, m, today, "accounthealth.target", "DE/unit_on_time_delivery_rate"), 0, fact.Missing)
}

func TestRateOfNoOrdersIsNotGood(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	none := rate("order_defect_rate_mfn", "LESS_THAN", 0.01, 0, 0, 0)
	none.Status = "NONE"
	h.Apply(t, m, report(1, today, none))
	for _, name := range []string{"accounthealth.rate", "accounthealth.target_share", "accounthealth.headroom_orders"} {
		wantNum(t, name, one(t, m, today, name, "US/order_defect_rate_mfn"), 0, fact.Missing)
	}
	wantNum(t, "worst", one(t, m, today, "accounthealth.worst_target_share", "US"), 0, fact.Missing)
}

func TestMissingSectionIsMissing(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Apply(t, m, report(1, today-1, late(5, 400), word("account_status", "NORMAL")), report(2, today, counter("listing_policy_violations", 0)))
	v := one(t, m, today, "accounthealth.rate", "US/late_shipment_rate")
	if v.Maturity != fact.Missing || v.Note != "not in the report of "+today.String() {
		t.Errorf("rate %+v", v)
	}
	for _, name := range []string{"accounthealth.account_status", "accounthealth.at_risk", "accounthealth.document_requests"} {
		wantNum(t, name, one(t, m, today, name, "US"), 0, fact.Missing)
	}
	sum := one(t, m, today, "accounthealth.violations", "US")
	wantNum(t, "violations", sum, 0, fact.Estimated)
	if !strings.Contains(sum.Note, "other_policy_violations") {
		t.Errorf("the note does not name what is missing: %q", sum.Note)
	}
}

func allCounters(n int32) []source.HealthMetric {
	var out []source.HealthMetric
	for _, metric := range []string{
		"listing_policy_violations", "product_authenticity_customer_complaints", "product_condition_customer_complaints",
		"product_safety_customer_complaints", "received_intellectual_property_complaints", "suspected_intellectual_property_violations",
		"restricted_product_policy_violations", "food_and_product_safety_issues", "other_policy_violations", "document_requests",
	} {
		out = append(out, counter(metric, n))
	}
	return out
}

func TestMarketplaceSums(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	then, now := allCounters(1), allCounters(1)
	now[0].Count, now[1].Count, now[9].Count = 3, 0, 2
	now = append(now, word("account_status", "AT_RISK"), word("account_health_rating", "WARNED"), late(2, 100), rate("order_defect_rate_afn", "LESS_THAN", 0.01, 0.009, 9, 1000))
	h.Apply(t, m, report(1, today-8, then...), report(2, today, now...))
	for name, want := range map[string]float64{
		"violations": 10, "new_violations_7d": 2, "document_requests": 2, "new_document_requests_7d": 1, "worst_target_share": 0.9,
	} {
		wantNum(t, name, one(t, m, today, "accounthealth."+name, "US"), want, fact.Fresh)
	}
	if v := one(t, m, today, "accounthealth.at_risk", "US"); !v.Flag || v.Maturity != fact.Fresh {
		t.Errorf("at risk: %+v", v)
	}
	if v := one(t, m, today, "accounthealth.rating", "US"); v.Text != "WARNED" {
		t.Errorf("rating: %+v", v)
	}
	if v := one(t, m, today, "accounthealth.worst_target_share", "US"); v.Note != "order_defect_rate_afn" {
		t.Errorf("worst: %q", v.Note)
	}
	wantNum(t, "new, a day earlier", one(t, m, today-1, "accounthealth.new_violations_7d", "US"), 0, fact.Missing)
}

// Amazon counts the shipments with valid tracking, not those without.
func TestCountIsOfWhatWentWrong(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Apply(t, m, report(1, today-7, rate("valid_tracking_rate", "GREATER_THAN", 0.95, 0.99, 297, 300)),
		report(2, today, rate("valid_tracking_rate", "GREATER_THAN", 0.95, 0.98, 294, 300)))
	id := "US/valid_tracking_rate"
	wantNum(t, "count", one(t, m, today, "accounthealth.count", id), 6, fact.Fresh)
	wantNum(t, "change", one(t, m, today, "accounthealth.change_count_7d", id), 3, fact.Fresh)
	wantNum(t, "share", one(t, m, today, "accounthealth.target_share", id), 0.4, fact.Fresh)
	wantNum(t, "headroom", one(t, m, today, "accounthealth.headroom_orders", id), 8, fact.Fresh) // 15 breach
	series, err := m.Daily(t.Context(), "accounthealth.count", id, core.LastDays(today, 1), today)
	if err != nil || len(series) != 1 || series[0].Points[0].Num != 6 {
		t.Errorf("series %+v, %v", series, err)
	}
}

func TestWarningsAreToldApart(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Apply(t, m, report(1, today, source.HealthMetric{Metric: "warning_states", Title: "spamming", Status: "BAD"},
		source.HealthMetric{Metric: "warning_states", Title: "other", Status: "GOOD"}))
	for kind, want := range map[string]string{"spamming": "BAD", "other": "GOOD"} {
		if v := one(t, m, today, "accounthealth.status", "US/warning_states/"+kind); v.Text != want {
			t.Errorf("%s: %+v", kind, v)
		}
	}
}

func TestUnknownAccountStatusIsNotGood(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Apply(t, m, report(1, today, word("account_status", "UNDER_REVIEW")))
	wantNum(t, "at risk", one(t, m, today, "accounthealth.at_risk", "US"), 0, fact.Missing)
	if v := one(t, m, today, "accounthealth.account_status", "US"); v.Text != "UNDER_REVIEW" {
		t.Errorf("status %+v", v)
	}
}

func TestAsOf(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Apply(t, m, report(1, today-10, late(1, 100)), report(2, today, late(3, 100)))
	id := "US/late_shipment_rate"
	wantNum(t, "then", one(t, m, today-9, "accounthealth.count", id), 1, fact.Fresh)
	wantNum(t, "stale", one(t, m, today-1, "accounthealth.count", id), 1, fact.Stale)
	before := one(t, m, today-30, "accounthealth.count", id)
	wantNum(t, "before", before, 1, fact.Estimated)
	if before.Note != "first known on "+(today-10).String() {
		t.Errorf("note %q", before.Note)
	}
}

func TestDailyExportStampsForget(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Apply(t, m, report(1, today-1, late(1, 100)), report(2, today, late(3, 100), counter("other_policy_violations", 4)))
	got, err := m.Daily(t.Context(), "accounthealth.count", "", core.LastDays(today, 3), today)
	if err != nil {
		t.Fatal(err)
	}
	want := []fact.Series{
		{Name: "accounthealth.count", Subject: "US/late_shipment_rate", Points: []fact.Point{
			{Day: today - 1, Num: 1, Maturity: fact.Fresh}, {Day: today, Num: 3, Maturity: fact.Fresh},
		}},
		{Name: "accounthealth.count", Subject: "US/other_policy_violations", Points: []fact.Point{{Day: today, Num: 4, Maturity: fact.Fresh}}},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	var rows [][]any
	if err := m.Exports()[0].Rows(t.Context(), core.LastDays(today, 1), func(r []any) error { rows = append(rows, r); return nil }); err != nil {
		t.Fatal(err)
	}
	wantRows := [][]any{
		{today.String(), "US", "late_shipment_rate", 0.03, 0.04, int64(3), int64(100), "GOOD"},
		{today.String(), "US", "other_policy_violations", nil, 0.0, int64(4), nil, "GOOD"},
	}
	if d := cmp.Diff(wantRows, rows); d != "" {
		t.Error(d)
	}
	stamps, err := m.Stamps(t.Context())
	if err != nil || len(stamps) != 1 || stamps[0].Through != today {
		t.Errorf("stamps %v, %v", stamps, err)
	}
	if err := h.Write(t.Context(), func(tx *sql.Tx) error { return m.Forget(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
	wantNum(t, "forgotten", one(t, m, today, "accounthealth.count", "US/late_shipment_rate"), 0, fact.Missing)
}

func TestImportingTwiceAndOlder(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	b := report(1, today, late(3, 100), counter("other_policy_violations", 1))
	h.Apply(t, m, b)
	b.DocumentID = 2
	older := report(3, today, late(9, 100))
	older.ObservedAt = b.ObservedAt.Add(-time.Hour)
	if got, want := h.Apply(t, m, b, older), (module.Applied{Unchanged: 2, Older: 1}); got != want {
		t.Errorf("got %+v", got)
	}
	wantNum(t, "count", one(t, m, today, "accounthealth.count", "US/late_shipment_rate"), 3, fact.Fresh)
}

// Whatever the order in which reports are imported, the newest of each day wins.
func TestOrderOfImportDoesNotMatter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		var docs []source.Batch
		for i := range rapid.IntRange(1, 6).Draw(r, "docs") {
			var rows []source.HealthMetric
			for _, metric := range []string{"a_violations", "b_violations"} {
				if n := rapid.IntRange(-1, 3).Draw(r, "count"); n >= 0 {
					rows = append(rows, counter(metric, int32(n)))
				}
			}
			if len(rows) == 0 {
				rows = append(rows, word("account_status", "NORMAL"))
			}
			b := report(int64(i+1), today-core.Day(rapid.IntRange(0, 2).Draw(r, "ago")), rows...)
			b.ObservedAt = b.ObservedAt.Add(time.Duration(i) * time.Minute)
			docs = append(docs, b)
		}
		if a, b := dump(t, docs), dump(t, rapid.Permutation(docs).Draw(r, "order")); a != b {
			r.Fatalf("in order:\n%s\nshuffled:\n%s", a, b)
		}
	})
}

func dump(t *testing.T, docs []source.Batch) string {
	t.Helper()
	m, h := start(t)
	defer func() { _ = h.File.Close() }()
	for _, b := range docs {
		h.Apply(t, m, b)
	}
	var out strings.Builder
	if err := m.Exports()[0].Rows(t.Context(), core.LastDays(today, 10), func(r []any) error {
		_, err := fmt.Fprintln(&out, r...)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
