// Command genorders writes an all-orders report for measuring.
//
// Input: the number of lines (default 1,000,000), of SKUs (2,000) and of days (90) that end before a day.
// Output: the report on standard output, the same bytes each time: five marketplaces, 33 columns.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"time"
)

const header = "amazon-order-id\tmerchant-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel\torder-channel\turl\tship-service-level\tproduct-name\tsku\tasin\titem-status\tquantity\tcurrency\titem-price\titem-tax\tshipping-price\tshipping-tax\tgift-wrap-price\tgift-wrap-tax\titem-promotion-discount\tship-promotion-discount\tship-city\tship-state\tship-postal-code\tship-country\tpromotion-ids\tis-business-order\tpurchase-order-number\tprice-designation\tis-replacement-order\n"

func main() {
	lines := flag.Int("lines", 1_000_000, "order lines")
	skus := flag.Int("skus", 2000, "SKUs")
	days := flag.Int("days", 90, "days of purchases")
	until := flag.String("until", "2026-11-24", "the day on which the last one ends, YYYY-MM-DD")
	flag.Parse()
	end, err := time.Parse(time.DateOnly, *until)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	w := bufio.NewWriterSize(os.Stdout, 1<<20)
	_, _ = w.WriteString(header)
	r := rand.New(rand.NewPCG(1, uint64(end.Unix()))) //nolint:gosec // the same file each time, not a secret
	shops := []struct{ domain, currency, country string }{
		{"Amazon.com", "USD", "US"}, {"Amazon.de", "EUR", "DE"}, {"Amazon.co.uk", "GBP", "GB"}, {"Amazon.fr", "EUR", "FR"}, {"Amazon.co.jp", "JPY", "JP"},
	}
	span := time.Duration(*days) * 24 * time.Hour
	step := span / time.Duration(*lines)
	for i := range *lines {
		at := end.Add(-span + time.Duration(i)*step)
		s := shops[r.IntN(len(shops))]
		sku, qty := r.IntN(*skus), 1+r.IntN(3)
		cents := (500 + sku*3%4500) * qty
		price := fmt.Sprintf("%d.%02d", cents/100, cents%100)
		if s.currency == "JPY" {
			price = fmt.Sprint(cents)
		}
		status := "Shipped"
		if r.IntN(40) == 0 {
			status = "Cancelled"
		}
		_, _ = fmt.Fprintf(w, "%03d-%07d-%07d\t\t%s\t%s\t%s\tAmazon\t%s\t\t\tExpedited\tMeasuring item %04d, stainless steel, 750 ml, with two lids and a brush\tSKU-%04d\tB0%08d\t%s\t%d\t%s\t%s\t0.00\t0.00\t0.00\t\t\t0.00\t0.00\tSpringfield\tIL\t62704\t%s\tPAWS-V2-%09d-FREE-SHIPPING\tfalse\t\t\tfalse\n",
			100+r.IntN(800), i%10_000_000, r.IntN(10_000_000), at.Format("2006-01-02T15:04:05+00:00"), at.Add(36*time.Hour).Format("2006-01-02T15:04:05+00:00"),
			status, s.domain, sku, sku, sku, status, qty, s.currency, price, s.country, r.IntN(1_000_000_000))
	}
	_ = w.Flush()
}
