package app_test

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"purser/app"
	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/services/ingest"
	"purser/backend/sources/simulator"
)

// stormSKUs run out at once.
const stormSKUs = 1000

// form is a report of the demo seller of which rows are written anew.
type form struct {
	columns []string
	sample  []string
}

// formOf takes the header and a row of the demo seller's newest report of the kind.
func formOf(t *testing.T, kind string) form {
	t.Helper()
	var out form
	for f := range simulator.New(simulator.Options{Seed: 104, SKUs: 20, Days: 400, AsOf: core.Date(2026, time.November, 25)}).Documents() {
		if !strings.HasPrefix(f.Name, kind+"_US_") {
			continue
		}
		r, err := f.Open()
		must(t, 0, err)
		data, err := io.ReadAll(r)
		must(t, 0, err)
		lines := strings.Split(string(data), "\r\n")
		out = form{strings.Split(lines[0], "\t"), strings.Split(lines[1], "\t")}
	}
	if out.columns == nil {
		t.Fatalf("the demo seller has no %s", kind)
	}
	return out
}

// row is the sample with some cells replaced.
func (f form) row(cells map[string]string) string {
	out := make([]string, len(f.columns))
	for i, c := range f.columns {
		if out[i] = f.sample[i]; cells[c] != "" {
			out[i] = cells[c]
		}
	}
	return strings.Join(out, "\t")
}

func (f form) document(name string, at time.Time, rows []string) ingest.Document {
	data := []byte(strings.Join(f.columns, "\t") + "\r\n" + strings.Join(rows, "\r\n") + "\r\n")
	return ingest.Document{Options: source.Options{Marketplace: "US", ObservedAt: at}, File: source.File{
		Name: name, Size: int64(len(data)), ModTime: at,
		Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil },
	}}
}

func stormSKU(i int) map[string]string {
	sku := fmt.Sprintf("STORM-%04d", i)
	return map[string]string{
		"sku": sku, "asin": fmt.Sprintf("B0STORM%03d", i%1000), "fnsku": fmt.Sprintf("X00STRM%03d", i%1000), "product-name": "Thing " + sku,
	}
}

// stormStock is the stock report of a morning.
func stormStock(f form, at time.Time, units int) ingest.Document {
	var rows []string
	for i := range stormSKUs {
		c := stormSKU(i)
		for _, name := range f.columns {
			if strings.HasPrefix(name, "afn-") && strings.HasSuffix(name, "-quantity") {
				c[name] = "0"
			}
		}
		c["afn-fulfillable-quantity"], c["afn-warehouse-quantity"], c["afn-total-quantity"] = fmt.Sprint(units), fmt.Sprint(units), fmt.Sprint(units)
		rows = append(rows, f.row(c))
	}
	return f.document("fba-inventory_US_"+at.Format(time.DateOnly)+".txt", at, rows)
}

// stormOrders are ten units a week of each SKU, over five weeks.
func stormOrders(f form, at time.Time) ingest.Document {
	var rows []string
	for i := range stormSKUs {
		for week := range 5 {
			c := stormSKU(i)
			day := at.AddDate(0, 0, -1-7*week-i%7)
			c["amazon-order-id"] = fmt.Sprintf("111-%07d-%07d", i, week)
			c["purchase-date"], c["last-updated-date"] = day.Format(time.RFC3339), day.Add(time.Hour).Format(time.RFC3339)
			c["order-status"], c["item-status"], c["quantity"] = "Shipped", "Shipped", "10"
			c["currency"], c["item-price"] = "USD", "200.00"
			rows = append(rows, f.row(c))
		}
	}
	return f.document("all-orders_US_"+at.Format(time.DateOnly)+".txt", at, rows)
}

// alertsOfAStorm lets a thousand SKUs run out from one day to the next: a person gets one message about all of them.
func alertsOfAStorm(t *testing.T) {
	t.Parallel()
	us, _ := core.MarketplaceByCode("US")
	day := core.Date(2026, time.November, 24).Start(us.Zone())
	life := app.OpenLife(t, t.TempDir(), day.Add(9*time.Hour), us.Zone(), silent{})
	orders, stock := formOf(t, "all-orders"), formOf(t, "fba-inventory")
	sent := func() (n int, last string, things int) {
		list, err := life.Sent(t.Context(), day.AddDate(0, 0, -2))
		must(t, 0, err)
		for _, m := range list {
			n, last, things = n+1, m.Title, m.Things
		}
		return n, last, things
	}

	must(t, 0, life.Receive(t.Context(), []ingest.Document{stormOrders(orders, day.Add(8*time.Hour)), stormStock(stock, day.Add(8*time.Hour), 300)}))
	must(t, 0, life.Evaluate(t.Context()))
	if n, title, _ := sent(); n != 0 {
		t.Fatalf("with stock for 200 days a person is told %d times, last %q", n, title)
	}

	day = day.AddDate(0, 0, 1)
	life.Clock.Set(day.Add(11 * time.Hour))
	must(t, 0, life.Receive(t.Context(), []ingest.Document{stormOrders(orders, day.Add(10*time.Hour)), stormStock(stock, day.Add(10*time.Hour), 0)}))
	must(t, 0, life.Evaluate(t.Context()))
	if n, title, things := sent(); n != 1 || things != stormSKUs || !strings.Contains(title, fmt.Sprint(stormSKUs)) {
		t.Fatalf("%d SKUs ran out: %d messages, the last %q of %d things", stormSKUs, n, title, things)
	}
	for hour := range 36 { // through the night and the next morning
		life.Clock.Set(day.Add(time.Duration(11+hour) * time.Hour))
		if hour%12 == 8 {
			must(t, 0, life.Evaluate(t.Context()))
		}
		must(t, 0, life.Tick(t.Context()))
	}
	n, title, _ := sent()
	if n != 1 {
		t.Errorf("in the day and a half after it a person is told %d times, last %q", n, title)
	}
	t.Logf("%d SKUs ran out: %d message, %q", stormSKUs, n, title)
}
