package sellercentral_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"testing"
	"time"

	"purser/backend/core/source"
	"purser/backend/sources/sellercentral"
)

// memFile is a file in memory.
func memFile(name string, data []byte) source.File {
	return source.File{Name: name, Size: int64(len(data)), Open: func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(data)), nil
	}}
}

const ordersHeader = "amazon-order-id\tmerchant-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel\torder-channel\turl\tship-service-level\tproduct-name\tsku\tasin\titem-status\tquantity\tcurrency\titem-price\titem-tax\tshipping-price\tshipping-tax\tgift-wrap-price\tgift-wrap-tax\titem-promotion-discount\tship-promotion-discount\tship-city\tship-state\tship-postal-code\tship-country\tpromotion-ids\tis-business-order\tpurchase-order-number\tprice-designation\tfulfilled-by\n"

// ordersFile makes an all-orders report of n lines over 2,000 SKUs, 5 marketplaces and 90 days, about 330 bytes a line.
func ordersFile(n int) []byte {
	markets := []struct{ channel, currency string }{
		{"Amazon.com", "USD"}, {"Amazon.de", "EUR"}, {"Amazon.co.uk", "GBP"}, {"Amazon.fr", "EUR"}, {"Amazon.ca", "CAD"},
	}
	start := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	var b bytes.Buffer
	b.Grow(n*340 + len(ordersHeader))
	b.WriteString(ordersHeader)
	seed := uint64(42)
	for i := range n {
		seed = seed*6364136223846793005 + 1442695040888963407
		r := int(seed >> 33)
		sku, m := r%2000, markets[r%5]
		at := start.Add(time.Duration(i) * 90 * 24 * time.Hour / time.Duration(n))
		fmt.Fprintf(&b, "%03d-%07d-%07d\t\t%s\t%s\tShipped\tAmazon\t%s\tWebsiteOrderChannel\t\tExpedited\tNorth Harbour stainless bottle number %04d with a lid that closes, 750 ml, dishwasher safe\tNH-%04d-BLU\tB0%08d\tShipped\t%d\t%s\t%d.%02d\t%d.%02d\t0.00\t0.00\t\t\t0.00\t0.00\tSpringfield\tIL\t62701\tUS\t\tfalse\t\t\tAmazon\n",
			100+r%800, i, r%9999999, at.Format("2006-01-02T15:04:05+00:00"), at.Add(time.Hour).Format("2006-01-02T15:04:05+00:00"),
			m.channel, sku, sku, sku, 1+r%3, m.currency, 10+r%40, r%100, r%5, r%100)
	}
	return b.Bytes()
}

func inspected(tb testing.TB, f source.File, o source.Options) source.Inspection {
	tb.Helper()
	in, err := sellercentral.New().Inspect(context.Background(), f, o)
	if err != nil {
		tb.Fatal(err)
	}
	for _, p := range in.Problems {
		if p.Fatal {
			tb.Fatalf("fatal problem: %+v", p)
		}
	}
	return in
}

func BenchmarkReadOrders(b *testing.B) {
	const n = 1_000_000
	f := memFile("orders.txt", ordersFile(n))
	in := inspected(b, f, source.Options{})
	b.SetBytes(f.Size)
	b.ReportAllocs()
	for b.Loop() {
		rows := 0
		sum, err := sellercentral.New().Read(context.Background(), f, in, func(bt source.Batch) error { rows += bt.Len; return nil }, nil)
		if err != nil || rows != n || sum.BadRows != 0 {
			b.Fatal(rows, sum.BadRows, err)
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mlines/s")
}

func BenchmarkInspectOrders(b *testing.B) {
	const n = 1_000_000
	f := memFile("orders.txt", ordersFile(n))
	b.SetBytes(f.Size)
	for b.Loop() {
		inspected(b, f, source.Options{})
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mlines/s")
}

// generatedFile gives n order lines from a generator, so that the memory measured is the reader's own.
func generatedFile(n int) source.File {
	return source.File{Name: "orders.txt", Open: func() (io.ReadCloser, error) {
		return io.NopCloser(&generator{left: n, piece: ordersFile(1000)[len(ordersHeader):], rest: []byte(ordersHeader)}), nil
	}}
}

// generator repeats a piece of a thousand lines with other order numbers.
type generator struct {
	left, round int
	piece, rest []byte
}

// Read implements io.Reader.
func (g *generator) Read(p []byte) (int, error) {
	if len(g.rest) == 0 {
		if g.left <= 0 {
			return 0, io.EOF
		}
		g.left -= 1000
		g.round++
		number := fmt.Sprintf("-%04d", g.round)
		for i := 0; i < len(g.piece); i++ {
			if i == 0 || g.piece[i-1] == '\n' {
				copy(g.piece[i+3:], number)
			}
		}
		g.rest = g.piece
	}
	n := copy(p, g.rest)
	g.rest = g.rest[n:]
	return n, nil
}
