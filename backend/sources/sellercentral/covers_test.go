package sellercentral_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"purser/backend/core"
	"purser/backend/core/source"
)

// TestCoverageOfPages: orders that changed cover no day; the last page of a window of transactions covers its whole days.
func TestCoverageOfPages(t *testing.T) {
	t.Parallel()
	head := func(operation, from, to string) string {
		return `"api":"spapi","operation":"` + operation + `","marketplace":"US","from":"` + from + `","to":"` + to + `","fetched_at":"2026-06-20T12:00:00Z"`
	}
	days := func(from, to int) source.Coverage {
		return source.Coverage{Marketplace: "US", Period: core.Period{From: core.Date(2026, 6, from), To: core.Date(2026, 6, to)}}
	}
	none := source.Coverage{None: true}
	order := `{"orders":[` + apiOrder("111-0000001-0000001", "2026-06-17T19:00:00Z", "SHIPPED", "A", "1.00", 1) + `]}`
	const last, more = `{"payload":{"transactions":[]}}`, `{"payload":{"nextToken":"x","transactions":[]}}`
	for name, c := range map[string]struct {
		head, body string
		want       source.Coverage
	}{
		"orders":       {head("searchOrders", "2026-06-15T07:00:00Z", "2026-06-18T07:00:00Z"), order, none},
		"whole days":   {head("listTransactions", "2026-06-15T07:00:00Z", "2026-06-18T07:00:00Z"), last, days(15, 17)},
		"cut days":     {head("listTransactions", "2026-06-15T07:00:01Z", "2026-06-18T06:59:59Z"), last, days(16, 16)},
		"within a day": {head("listTransactions", "2026-06-15T08:00:00Z", "2026-06-15T20:00:00Z"), last, none},
		"more pages":   {head("listTransactions", "2026-06-15T07:00:00Z", "2026-06-18T07:00:00Z"), more, none},
	} {
		in := inspected(t, memFile("f", answer(c.head, c.body)), source.Options{})
		if diff := cmp.Diff(c.want, in.Covers); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestCoverageOfAllOrders: a report covers the window that it was asked for, also without an order; else it does not say.
func TestCoverageOfAllOrders(t *testing.T) {
	t.Parallel()
	header := strings.Join([]string{
		"amazon-order-id", "purchase-date", "last-updated-date", "order-status", "sales-channel", "sku", "quantity", "currency", "item-price",
	}, "\t") + "\n"
	row := "111-0000001-0000001\t2026-06-17T19:00:00+00:00\t2026-06-17T19:00:00+00:00\tShipped\tAmazon.com\tA\t1\tUSD\t1.00\n"
	window := core.Period{From: core.Date(2026, 6, 10), To: core.Date(2026, 6, 18)}
	for _, content := range []string{header, header + row} {
		in := inspected(t, memFile("f.txt", []byte(content)), source.Options{Marketplace: "US", Period: window})
		if want := (source.Coverage{Marketplace: "US", Period: window}); in.Covers != want {
			t.Errorf("asked for: %+v", in.Covers)
		}
		if in := inspected(t, memFile("f.txt", []byte(content)), source.Options{Marketplace: "US"}); in.Covers.Stated() {
			t.Errorf("not asked for: %+v", in.Covers)
		}
	}
}
