//nolint:misspell // names as Amazon's reports spell them
package sellercentral_test

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"

	"purser/backend/core/source"
	"purser/backend/sources/sellercentral"
)

// check reads any bytes as a file and holds the source to its contract: nothing panics, the
// inspection and the reading count the same, and what is redacted reads the same.
func check(t *testing.T, data []byte) {
	t.Helper()
	s, f, ctx := sellercentral.New(), memFile("fuzz", data), context.Background()
	in, err := s.Inspect(ctx, f, source.Options{Marketplace: "US", Period: periodOf("2026-01-01", "2026-01-07")})
	if err != nil {
		t.Fatalf("inspect: %v", err)
	}
	for _, p := range in.Problems {
		if p.Fatal {
			return
		}
	}
	rows, last := 0, map[source.Stream]bool{}
	sum, err := s.Read(ctx, f, in, func(b source.Batch) error {
		rows += b.Len
		if last[b.Stream] {
			t.Errorf("a batch after the last of %s", b.Stream)
		}
		last[b.Stream] = b.Last
		return nil
	}, nil)
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	if sum.Rows != in.Rows || sum.BadRows != in.BadRows || rows != in.Rows-in.BadRows {
		t.Fatalf("inspection counts %d rows, %d bad; reading %d rows, %d bad, %d handed out", in.Rows, in.BadRows, sum.Rows, sum.BadRows, rows)
	}
	for stream, done := range last {
		if !done {
			t.Errorf("%s has no last batch", stream)
		}
	}
	var out bytes.Buffer
	if err := s.Redact(ctx, f, in, &out); err != nil {
		t.Fatalf("redact: %v", err)
	}
	again, err := s.Read(ctx, memFile("fuzz", out.Bytes()), in, nil, nil)
	// A row of nothing but personal cells is an empty line afterwards.
	if err != nil || again.Rows-again.BadRows != sum.Rows-sum.BadRows || again.BadRows > sum.BadRows {
		t.Fatalf("redacted file: %+v for %+v, %v", again, sum, err)
	}
}

func seed(f *testing.F, suffixes ...string) {
	f.Helper()
	entries, err := os.ReadDir("testdata/samples")
	if err != nil {
		f.Fatal(err)
	}
	for _, e := range entries {
		for _, s := range suffixes {
			if strings.HasSuffix(e.Name(), s) {
				f.Add(sampleBytes(f, e.Name()))
			}
		}
	}
}

func FuzzRecognise(f *testing.F) {
	seed(f, "")
	f.Add(packed(f, []byte(ordersHeader)))
	f.Fuzz(check)
}

func FuzzTSV(f *testing.F) {
	seed(f, ".txt")
	f.Fuzz(func(t *testing.T, rows []byte) { check(t, append([]byte(ordersHeader), rows...)) })
}

func FuzzCSV(f *testing.F) {
	const header = "return-date,order-id,sku,asin,fnsku,product-name,quantity,fulfillment-center-id,detailed-disposition,reason,status,license-plate-number,customer-comments,buyer-name\n"
	f.Add([]byte("2026-11-20,1,A,B,X,\"a, \"\"b\"\"\",1,C,S,N,ok,L,\"x\ny\",\"Ada\nL\"\n2026-11-20,1,A,B,X,\"open,1,C,S,N,ok,L,c,d\n"))
	f.Fuzz(func(t *testing.T, rows []byte) { check(t, append([]byte(header), rows...)) })
}

func FuzzJSON(f *testing.F) {
	seed(f, ".json")
	f.Add([]byte(`[{"performanceMetrics":[{"marketplaceId":"ATVPDKIKX0DER","orderDefectRate":null}]}]`))
	f.Fuzz(check)
}

func FuzzXLSX(f *testing.F) {
	f.Add("Campaign Name", "Spend", "Pans", "1.5", 46346.5)
	f.Fuzz(func(t *testing.T, head, other, a, b string, n float64) {
		for _, s := range []string{head, other, a, b} {
			if len(s) > 1000 {
				return
			}
		}
		header := []string{"Date", "Campaign Name", "Impressions", "Clicks", "Spend", "7 Day Total Sales ", "Currency", head, other}
		check(t, workbook(t, header, [][]any{{n, a, b, n, n, b, "USD", a, b}, {a, b, n}, {46346, "Pans", 1, 1, 0.5, 0, "USD"}}))
	})
}
