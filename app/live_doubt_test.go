package app_test

import (
	"io"
	"strings"
	"testing"
	"time"

	"purser/app"
	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/source"
)

// fetchedOrders is a report of orders as the API gives it, of whole days.
func fetchedOrders(t *testing.T, from, to, text string) source.Fetched {
	t.Helper()
	first, e1 := core.ParseDay(from)
	last, e2 := core.ParseDay(to)
	if e1 != nil || e2 != nil {
		t.Fatal(e1, e2)
	}
	made := (last + 1).Time().Add(12 * time.Hour)
	return source.Fetched{
		Options: source.Options{Marketplace: "US", Period: core.Period{From: first, To: last}, ObservedAt: made},
		File: source.File{
			Name: "orders " + from + ".txt", Size: int64(len(text)), ModTime: made,
			Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil },
		},
	}
}

// TestNoSalesYesterdayIsNotKnownWhileItIsNotBelieved: the day of an empty answer is unknown, until the answer is believed.
func TestNoSalesYesterdayIsNotKnownWhileItIsNotBelieved(t *testing.T) {
	t.Parallel()
	d := app.OpenDesk(t, t.TempDir(), time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC))
	one := order("113-0000001-0000001", "2026-11-20T10:00:00+00:00", "2026-11-20T12:00:00+00:00", "Shipped", "Amazon.com", "A-1", 2, "USD", "39.98")
	none := fetchedOrders(t, "2026-11-21", "2026-11-21", ordersHeader)
	none.Doubted = true
	rows, err := d.Fetched(t.Context(), []source.Fetched{fetchedOrders(t, "2026-11-14", "2026-11-20", ordersHeader+one), none})
	if err != nil || rows != 1 {
		t.Fatalf("%d rows, %v", rows, err)
	}
	if v := d.Fact(t, "sales.yesterday_sales", "US"); v.Maturity != fact.Missing {
		t.Errorf("what is not believed is known: %+v", v)
	}
	none.Doubted = false
	if _, err := d.Fetched(t.Context(), []source.Fetched{none}); err != nil {
		t.Fatal(err)
	}
	if v := d.Fact(t, "sales.yesterday_sales", "US"); v.Maturity == fact.Missing || v.Num != 0 {
		t.Errorf("what is believed is not known: %+v", v)
	}
}
