//nolint:misspell // names as Amazon's reports spell them
package sellercentral_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/sources/sellercentral"
)

func TestShellsChangeNothing(t *testing.T) {
	t.Parallel()
	plain := sampleBytes(t, "all_orders_us.txt")
	want := readAll(t, memFile("o.txt", plain), source.Options{})
	for name, data := range map[string][]byte{
		"gzip":        packed(t, plain),
		"two gzips":   append(packed(t, plain[:700]), packed(t, plain[700:])...),
		"BOM":         append([]byte("\xef\xbb\xbf"), plain...),
		"CRLF":        bytes.ReplaceAll(plain, []byte("\n"), []byte("\r\n")),
		"no last end": bytes.TrimSuffix(plain, []byte("\n")),
		"blank lines": append(bytes.Clone(plain), []byte("\n\t\t\t\n\n")...),
	} {
		got := readAll(t, memFile("o.txt", data), source.Options{})
		if diff := cmp.Diff(want.Records, got.Records); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestTheSameFileGivesTheSameBatches(t *testing.T) {
	t.Parallel()
	f := memFile("o.txt", ordersFile(60_000))
	a, b := readAll(t, f, source.Options{}), readAll(t, f, source.Options{})
	if diff := cmp.Diff(a.Batches, b.Batches); diff != "" || len(a.Batches) != 3 {
		t.Errorf("%d batches: %s", len(a.Batches), diff)
	}
	if len(a.Records) != 60_000 || a.Records[59_999] != b.Records[59_999] {
		t.Errorf("got %d records", len(a.Records))
	}
	if !strings.HasSuffix(a.Batches[1], "last=false") || !strings.HasSuffix(a.Batches[2], "last=true") {
		t.Errorf("flags: %v", a.Batches)
	}
}

func TestAFullLastBatchIsTheLast(t *testing.T) {
	t.Parallel()
	got := readAll(t, memFile("o.txt", ordersFile(25_000)), source.Options{})
	if len(got.Batches) != 1 || !strings.HasSuffix(got.Batches[0], "last=true") {
		t.Errorf("got %v", got.Batches)
	}
}

func TestOrderLinesAreNumberedWithinOrderAndSKU(t *testing.T) {
	t.Parallel()
	a := orderLine(map[int]string{0: "111-0000001-0000001", 11: "A"})
	b := orderLine(map[int]string{0: "111-0000001-0000001", 11: "B"})
	c := orderLine(map[int]string{0: "111-0000001-0000002", 11: "A"})
	var seqs []int32
	f := memFile("o.txt", []byte(ordersHeader+a+b+a+c+a+b))
	in := inspected(t, f, source.Options{})
	_, err := sellercentral.New().Read(context.Background(), f, in, func(bt source.Batch) error {
		for _, l := range bt.Rows.([]source.OrderLine) {
			seqs = append(seqs, l.Seq)
		}
		return nil
	}, nil)
	if want := "[0 0 1 0 2 1]"; err != nil || fmt.Sprint(seqs) != want || in.Repeated != 3 {
		t.Errorf("got %v, %d repeated, %v", seqs, in.Repeated, err)
	}
}

func TestAMillionLinesStaySmall(t *testing.T) {
	if testing.Short() || raced {
		t.Skip("reads a million lines and looks at the memory; make test runs it without the race detector, which needs memory itself")
	}
	f := generatedFile(1_000_000)
	in := source.Inspection{Kind: "all_orders", Encoding: "utf-8"}
	var peak uint64
	sum, err := sellercentral.New().Read(context.Background(), f, in, func(source.Batch) error {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		peak = max(peak, m.HeapInuse)
		return nil
	}, nil)
	if err != nil || sum.Rows != 1_000_000 {
		t.Fatal(sum.Rows, err)
	}
	// The generator keeps one piece of 340 kB for each thousand lines only while it is read.
	if limit := uint64(110 << 20); peak > limit {
		t.Errorf("heap grew to %d MB", peak>>20)
	}
}

func TestProgressCountsRows(t *testing.T) {
	t.Parallel()
	f := memFile("o.txt", ordersFile(30_000))
	last, calls := 0, 0
	_, err := sellercentral.New().Read(context.Background(), f, inspected(t, f, source.Options{}), nil, func(n int) {
		if calls++; n < last {
			t.Errorf("went back from %d to %d", last, n)
		}
		last = n
	})
	if err != nil || last != 30_000 || calls < 5 {
		t.Errorf("%d rows in %d calls, %v", last, calls, err)
	}
}

func TestPutTogetherFilesSkipTheSecondHeader(t *testing.T) {
	t.Parallel()
	one := ordersFile(5)
	got := readAll(t, memFile("o.txt", append(bytes.Clone(one), one...)), source.Options{})
	if got.Summary.Rows != 10 || got.Summary.BadRows != 0 || got.Inspection.Repeated != 5 {
		t.Errorf("got %+v, %d repeated", got.Summary, got.Inspection.Repeated)
	}
}

// Mode 12: a quotation mark that nobody closed swallows no row.
func TestLoneQuotesSwallowNothing(t *testing.T) {
	t.Parallel()
	header := "return-date,order-id,sku,asin,fnsku,product-name,quantity,fulfillment-center-id,detailed-disposition,reason,status,license-plate-number,customer-comments\n"
	row := func(title string) string {
		return "2026-11-20T06:30:00+00:00,111-0000001-0000001,A,B,X," + title + ",1,ABE2,SELLABLE,NO_REASON,ok,LPN,fine\n"
	}
	got := readAll(t, memFile("r.csv", []byte(header+row("plain")+row(`"never closed`)+row(`12" pan`)+row(`"a, ""b"""`)+row("plain"))), source.Options{})
	if got.Summary.Rows != 5 || got.Summary.BadRows != 0 {
		t.Fatalf("got %+v", got.Summary)
	}
	for i, want := range []string{`Title="plain"`, `Title="\"never closed"`, `Title="12\" pan"`, `Title="a, \"b\""`, `Title="plain"`} {
		if !strings.Contains(got.Records[i], want) {
			t.Errorf("row %d: want %s in %s", i, want, got.Records[i])
		}
	}
}

// workbook turns a CSV sample into a workbook with typed cells, a cover sheet and dates as day numbers.
func workbook(tb testing.TB, header []string, rows [][]any) []byte {
	tb.Helper()
	book := excelize.NewFile()
	if _, err := book.NewSheet("Data"); err != nil {
		tb.Fatal(err)
	}
	if err := book.SetSheetRow("Sheet1", "A1", &[]string{"Read me first"}); err != nil {
		tb.Fatal(err)
	}
	if err := book.SetSheetRow("Data", "A1", &header); err != nil {
		tb.Fatal(err)
	}
	for i, r := range rows {
		if err := book.SetSheetRow("Data", fmt.Sprintf("A%d", i+2), &r); err != nil {
			tb.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func TestAdWorkbook(t *testing.T) {
	t.Parallel()
	header := []string{
		"Date", "Portfolio name", "Currency", "Campaign Name", "Ad Group Name", "Retailer", "Country", "Targeting", "Match Type",
		"Customer Search Term", "Impressions", "Clicks", "Click-Thru Rate (CTR)", "Cost Per Click (CPC)", "Spend", "7 Day Total Sales ",
		"Total Advertising Cost of Sales (ACOS) ", "Total Return on Advertising Spend (ROAS)", "7 Day Total Orders (#)", "7 Day Total Units (#)",
	}
	day := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	f := memFile("report.xlsx", workbook(t, header, [][]any{
		{day, "Kitchen", "USD", "Pans", "G", "Amazon", "United States", "pan", "EXACT", "iron pan", 1200, 31, 0.0258, 0.85, 0.1 + 0.2, 119.97, 0.22, 4.5, 3, 3},
		{"Nov 21, 2026", "Kitchen", "USD", "Pans", "G", "Amazon", "United States", "pan", "EXACT", "iron pan", 1, 0, nil, nil, 0, 0, nil, nil, 0, 0},
		{day, "", "USD", "Pans", "G", "Amazon", "United States", "pan", "EXACT", "pan", 5, 1, 0.2, 17.99, 17.989999999999998, 0},
	}))
	got := readAll(t, f, source.Options{})
	want := []string{
		`Row=2 Marketplace="US" Start=2026-11-20 End=2026-11-20 Portfolio="Kitchen" Campaign="Pans" AdGroup="G" Targeting="pan" MatchType="EXACT" SearchTerm="iron pan" Currency="USD" Impressions=1200 Clicks=31 Spend=30 Sales=11997 Orders=3 Units=3 AttributionDay=7`,
		`Row=3 Marketplace="US" Start=2026-11-21 End=2026-11-21 Portfolio="Kitchen" Campaign="Pans" AdGroup="G" Targeting="pan" MatchType="EXACT" SearchTerm="iron pan" Currency="USD" Impressions=1 AttributionDay=7`,
		`Row=4 Marketplace="US" Start=2026-11-20 End=2026-11-20 Campaign="Pans" AdGroup="G" Targeting="pan" MatchType="EXACT" SearchTerm="pan" Currency="USD" Impressions=5 Clicks=1 Spend=1799 AttributionDay=7`,
	}
	if diff := cmp.Diff(want, got.Records); diff != "" || got.Inspection.Kind != "sp_search_terms" {
		t.Errorf("%s: %s", got.Inspection.Kind, diff)
	}
}

func TestAdReportWithoutDatesNeedsAPeriod(t *testing.T) {
	t.Parallel()
	csv := "Campaign Name,Status,Currency,Budget Amount,Impressions,Clicks,Spend,7 Day Total Sales\nPans,ENABLED,USD,25,10,1,0.50,0\n"
	in := inspected(t, memFile("c.csv", []byte(csv)), source.Options{})
	if in.Kind != "sp_campaigns" || fmt.Sprint(in.Needs) != "[period]" {
		t.Errorf("got %s, needs %v", in.Kind, in.Needs)
	}
	got := readAll(t, memFile("c.csv", []byte(csv)), source.Options{Period: periodOf("2026-11-01", "2026-11-07")})
	if len(got.Records) != 1 || !strings.Contains(got.Records[0], "Start=2026-11-01 End=2026-11-07") || got.Inspection.Period.Days() != 7 {
		t.Errorf("got %v for %v", got.Records, got.Inspection.Period)
	}
}

func TestOptionsOverrideDetection(t *testing.T) {
	t.Parallel()
	feedback := "Date\tRating\tComments\tYour Response\tOrder ID\tRater Email\n3/4/26\t5\tok\t\t111-0000001-0000001\ta@b.c\n"
	for _, tc := range []struct {
		o    source.Options
		want string
	}{
		{source.Options{Marketplace: "US"}, "Day=2026-03-04"},
		{source.Options{Marketplace: "UK"}, "Day=2026-04-03"},
		{source.Options{Marketplace: "US", DateOrder: "dmy"}, "Day=2026-04-03"},
		{source.Options{Marketplace: "JP", DateOrder: "mdy"}, "Day=2026-03-04"},
	} {
		got := readAll(t, memFile("f.txt", []byte(feedback)), tc.o)
		if len(got.Records) != 1 || !strings.Contains(got.Records[0], tc.want) {
			t.Errorf("%+v: got %v", tc.o, got.Records)
		}
	}
	got := readAll(t, memFile("o.txt", sampleBytes(t, "all_orders_de.cp1252.txt")), source.Options{Encoding: "shift_jis"})
	if got.Inspection.Encoding != "shift_jis" {
		t.Errorf("got %s", got.Inspection.Encoding)
	}
}

func TestKindsAreCompleteAndStable(t *testing.T) {
	t.Parallel()
	var names []string
	for _, k := range sellercentral.New().Kinds() {
		names = append(names, k.Name)
		if k.Title == "" || k.Where == "" || k.Unlocks == "" || len(k.Streams) == 0 || k.StaleAge < 24*time.Hour {
			t.Errorf("incomplete: %+v", k)
		}
	}
	want := "all_orders settlement fba_inventory sp_search_terms sp_advertised_products sp_targeting sp_campaigns fba_inventory_planning " +
		"restock_recommendations business_report_by_item business_report_by_date transactions seller_feedback fba_returns reimbursements " +
		"merchant_listings suppressed_listings stranded_inventory fba_fee_estimates sales_and_traffic account_health " +
		"api_orders api_transactions api_inventory api_listings api_ads_campaigns api_ads_search_terms api_ads_targets api_ads_products"
	if got := strings.Join(names, " "); got != want {
		t.Errorf("got %s", got)
	}
}

func TestDaysFollowTheMarketplaceThroughDST(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ channel, at, want string }{
		{"Amazon.com", "2026-03-08T07:59:59+00:00", "2026-03-07"},
		{"Amazon.com", "2026-03-08T08:00:00+00:00", "2026-03-08"},
		{"Amazon.com", "2026-03-09T06:59:59+00:00", "2026-03-08"},
		{"Amazon.com", "2026-03-09T07:00:00+00:00", "2026-03-09"},
		{"Amazon.de", "2026-10-24T22:00:00+00:00", "2026-10-25"},
		{"Amazon.de", "2026-10-25T22:59:59+00:00", "2026-10-25"},
		{"Amazon.co.jp", "2026-01-01T14:59:59+00:00", "2026-01-01"},
		{"Amazon.co.jp", "2026-01-01T15:00:00+00:00", "2026-01-02"},
	} {
		f := memFile("o.txt", []byte(ordersHeader+orderLine(map[int]string{6: tc.channel, 2: tc.at})))
		in := inspected(t, f, source.Options{})
		_, err := sellercentral.New().Read(context.Background(), f, in, func(b source.Batch) error {
			l := b.Rows.([]source.OrderLine)[0]
			m, _ := core.MarketplaceByCode(l.Marketplace)
			if l.Day.String() != tc.want || l.Day != core.DayOf(time.Unix(l.PurchasedAt, 0), m.Zone()) {
				t.Errorf("%s at %s: got %s, want %s", tc.channel, tc.at, l.Day, tc.want)
			}
			return nil
		}, nil)
		if err != nil {
			t.Error(err)
		}
	}
}

func TestRedact(t *testing.T) {
	t.Parallel()
	secrets := []string{"Springfield", "62701", "Köln", "50667", "Lyon", "69001", "東京都", "千代田区", "100-0001", "Leeds", "LS1 1AA", "Puebla", "72000", "Torino", "Sevilla", "@marketplace"}
	for _, name := range []string{
		"all_orders_us.txt", "all_orders_jp.sjis.txt", "all_orders_de.cp1252.txt", "all_orders_cn.gbk.csv", "all_orders_utf16.txt",
		"transactions_us.csv", "transactions_de.csv", "transactions_fr.cp1252.csv", "transactions_it.csv", "transactions_es.csv",
		"transactions_mx.csv", "transactions_jp.sjis.csv", "transactions_uk.csv", "seller_feedback_us.txt", "seller_feedback_xx.txt",
		"seller_feedback_jp.sjis.txt", "fba_inventory_us.txt", "account_health.json", "fba_returns_us.csv",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, o := sample(t, name), sampleOptions(name)
			before := readAll(t, f, o)
			var out bytes.Buffer
			if err := sellercentral.New().Redact(context.Background(), f, before.Inspection, &out); err != nil {
				t.Fatal(err)
			}
			if a, b := bytes.Count(sampleBytes(t, name), []byte("\n")), bytes.Count(out.Bytes(), []byte("\n")); a != b {
				t.Errorf("%d line ends became %d", a, b)
			}
			if !bytes.HasPrefix(out.Bytes(), sampleBytes(t, name)[:2]) {
				t.Errorf("starts with %q", out.Bytes()[:2]) // a byte order mark stays
			}
			clean := memFile(name, out.Bytes())
			clean.ModTime = f.ModTime
			o.Encoding = before.Inspection.Encoding
			after := readAll(t, clean, o)
			if diff := cmp.Diff(before.Records, after.Records); diff != "" {
				t.Error(diff)
			}
			for _, s := range secrets {
				if strings.Contains(decoded(t, out.Bytes(), before.Inspection.Encoding), s) {
					t.Errorf("still holds %s", s)
				}
			}
		})
	}
}

func TestRedactWorkbookWithBuyerColumns(t *testing.T) {
	t.Parallel()
	header := strings.Split(strings.TrimSpace(ordersHeader), "\t")
	cells := strings.Split(orderLine(nil), "\t")
	row := make([]any, len(cells))
	for i, c := range cells {
		row[i] = strings.TrimSpace(c)
	}
	f := memFile("orders.xlsx", workbook(t, header, [][]any{row}))
	before := readAll(t, f, source.Options{})
	var out bytes.Buffer
	if err := sellercentral.New().Redact(context.Background(), f, before.Inspection, &out); err != nil {
		t.Fatal(err)
	}
	after := readAll(t, memFile("orders.xlsx", out.Bytes()), source.Options{})
	if diff := cmp.Diff(before.Records, after.Records); diff != "" || len(after.Records) != 1 {
		t.Error(diff)
	}
	book, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	hits, err := book.SearchSheet("Data", "Springfield")
	if err != nil || len(hits) > 0 {
		t.Errorf("found the city at %v, %v", hits, err)
	}
}

func TestRedactShiftedRowsHideMore(t *testing.T) {
	t.Parallel()
	data := ordersHeader + strings.Repeat(orderLine(nil), 300) + orderLine(map[int]string{10: "a\tb"}) + strings.Replace(orderLine(nil), "\tdishwasher", "\n", 1) +
		strings.Replace(orderLine(nil), " with a lid", "\n", 1)
	f := memFile("o.txt", []byte(data))
	in := inspected(t, f, source.Options{})
	var out bytes.Buffer
	if err := sellercentral.New().Redact(context.Background(), f, in, &out); err != nil {
		t.Fatal(err)
	}
	if s := out.String(); strings.Contains(s, "Springfield") || strings.Contains(s, "62701") || in.BadRows != 3 {
		t.Errorf("buyer data left, or %d bad rows", in.BadRows)
	}
}

func decoded(tb testing.TB, data []byte, encoding string) string {
	tb.Helper()
	e := encodings()[encoding]
	if e == nil {
		return string(data)
	}
	out, err := io.ReadAll(e.NewDecoder().Reader(bytes.NewReader(data)))
	if err != nil {
		tb.Fatal(err)
	}
	return string(out)
}
