package sellercentral_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/sources/sellercentral"
)

func packed(tb testing.TB, data []byte) []byte {
	tb.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		tb.Fatal(err)
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func sampleBytes(tb testing.TB, name string) []byte {
	tb.Helper()
	data, err := os.ReadFile("testdata/samples/" + name)
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

// lineOf makes an order line with the given cells changed.
func orderLine(change map[int]string) string {
	cells := strings.Split(strings.Split(string(ordersFile(1)), "\n")[1], "\t")
	for i, v := range change {
		cells[i] = v
	}
	return strings.Join(cells, "\t") + "\n"
}

func problemCodes(in source.Inspection) string {
	var codes []string
	for _, p := range in.Problems {
		c := p.Code
		if p.Fatal {
			c += "!"
		}
		codes = append(codes, c)
	}
	return strings.Join(codes, " ")
}

func TestInspectNamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	orders := ordersFile(50)
	bad := orderLine(map[int]string{14: "two"})
	gz := packed(t, ordersFile(3000))
	bomb := packed(t, make([]byte, 300<<20))
	rowBomb := packed(t, append([]byte(ordersHeader), bytes.Repeat([]byte(orderLine(nil)), 700_000)...))
	noSKU := strings.Replace(string(orders), "\tsku\t", "\tstock-unit\t", 1)
	for _, tc := range []struct {
		name, want, says string
		data             []byte
	}{
		{"empty file", "empty_file!", "empty", nil},
		{"only line ends", "empty_file!", "empty", []byte("\r\n\r\n")},
		{"sign-in page", "html_page!", "Sign in", []byte("\n<!DOCTYPE html><html><body>Sign in</body></html>")},
		{"cut gzip", "truncated!", "cut off", gz[:len(gz)/2]},
		{"gzip with a wrong byte", "unreadable!", "damaged", append(append(bytes.Clone(gz[:len(gz)-6]), gz[len(gz)-6]^0xff), gz[len(gz)-5:]...)},
		{"bomb of zeros", "wrong_encoding!", "not text", bomb},
		{"bomb of rows", "too_large!", "200 times", rowBomb},
		{"random bytes", "wrong_encoding!", "not text", []byte("\x00\x01\x02\x93\x07\xff\x00\x10\x9c\x00\x03\x04abc\x05\x06\x07\x08")},
		{"missing column", "missing_column!", "“All orders”, but has no column “sku”", []byte(noSKU)},
		{"another table", "unknown_kind!", "no report Purser knows", []byte("name,age\nAda,36\n")},
		{"near another kind", "unknown_kind!", "nearest to", []byte("sku,asin,quantity,colour\nA,B,1,red\n")},
		{"JSON of another kind", "unknown_kind!", "no report Purser knows", []byte(`{"hello": [1, 2, {"a": null}]}`)},
		{"cut JSON", "truncated!", "cut off", sampleBytes(t, "sales_and_traffic_us.json")[:900]},
		{"pdf", "unknown_kind!", "PDF", []byte("%PDF-1.7 bla")},
		{"old workbook", "unreadable!", ".xlsx", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")},
		{"damaged zip", "unreadable!", "workbook", []byte("PK\x03\x04 and nothing more")},
		{"header only", "no_rows", "no rows", []byte(ordersHeader)},
		{"one bad row of few", "", "", []byte(string(orders) + bad)},
		{"two bad rows of 52", "too_many_bad_rows!", "line 52", []byte(string(orders) + bad + bad)},
		{"all rows bad", "too_many_bad_rows!", "line 2", []byte(ordersHeader + bad)},
		{"a line of 2 MB", "too_large!", "1 MB", []byte(string(orders) + orderLine(map[int]string{10: strings.Repeat("x", 2<<20)}))},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			in, err := sellercentral.New().Inspect(context.Background(), memFile("report.txt", tc.data), source.Options{Marketplace: "US"})
			if err != nil {
				t.Fatal(err)
			}
			if got := problemCodes(in); got != tc.want {
				t.Errorf("got problems %q, want %q: %+v", got, tc.want, in.Problems)
			}
			if len(in.Problems) > 0 && !strings.Contains(in.Problems[0].Message, tc.says) {
				t.Errorf("message %q does not say %q", in.Problems[0].Message, tc.says)
			}
		})
	}
}

func TestAFileThatCannotBeOpenedIsAnError(t *testing.T) {
	t.Parallel()
	gone := source.File{Name: "gone.txt", Open: func() (io.ReadCloser, error) { return nil, os.ErrNotExist }}
	if _, err := sellercentral.New().Inspect(context.Background(), gone, source.Options{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
	if _, err := sellercentral.New().Expand(context.Background(), gone); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

func TestWrongOptionsAreRefused(t *testing.T) {
	t.Parallel()
	for _, o := range []source.Options{{Marketplace: "QQ"}, {Encoding: "ebcdic"}, {DateOrder: "ydm"}} {
		_, err := sellercentral.New().Inspect(context.Background(), sample(t, "all_orders_us.txt"), o)
		if core.AsError(err).Code != core.CodeInvalid {
			t.Errorf("%+v: got %v", o, err)
		}
	}
}

func TestNeeds(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, want string }{
		{"business_report_by_item_us.csv", "[period]"},
		{"business_report_by_item_eur.csv", "[period marketplace]"},
		{"fba_inventory_us.txt", "[marketplace]"},
		{"fba_inventory_empty.txt", "[marketplace]"},
		{"seller_feedback_us.txt", "[marketplace]"},
		{"fba_returns_us.csv", "[]"},
		{"all_orders_us.txt", "[]"},
		{"sp_search_terms_us.csv", "[]"},
	} {
		in := inspected(t, sample(t, tc.name), source.Options{})
		if got := fmt.Sprint(in.Needs); got != tc.want {
			t.Errorf("%s: needs %s, want %s", tc.name, got, tc.want)
		}
	}
}

func TestBadRowsAreNamedWithoutBuyerData(t *testing.T) {
	t.Parallel()
	data := string(ordersFile(3)) + orderLine(map[int]string{16: "12,99"}) + orderLine(map[int]string{2: "2026-02-30T00:00:00+00:00"}) +
		orderLine(map[int]string{11: ""}) + orderLine(map[int]string{6: "Amazon.mars"}) + orderLine(map[int]string{10: "a\tb"}) +
		strings.TrimSuffix(orderLine(nil), "\t\tAmazon\n")
	in, err := sellercentral.New().Inspect(context.Background(), memFile("o.txt", []byte(data)), source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		`5 item-price: "12,99" is not an amount`,
		`6 purchase-date: "2026-02-30T00:00:00+00:00" is not a date`,
		`7 sku: it is empty`,
		`8 sales-channel: "Amazon.mars" is not a marketplace Purser knows`,
		`9 amazon-order-id: the row has 34 cells, the header 33`,
		`10 amazon-order-id: the file ends in the middle of this row`,
	}
	if in.Rows != 9 || in.BadRows != len(want) {
		t.Fatalf("got %d rows, %d bad", in.Rows, in.BadRows)
	}
	for i, b := range in.Bad {
		if got := fmt.Sprintf("%d %s", b.Line, b.Reason); got != want[i] {
			t.Errorf("got %s, want %s", got, want[i])
		}
		if strings.Contains(b.Text, "Springfield") || strings.Contains(b.Text, "62701") || len(b.Text) > 500 {
			t.Errorf("text has buyer data or is too long: %s", b.Text)
		}
	}
}

func TestExpand(t *testing.T) {
	t.Parallel()
	inner := zipped(t, map[string][]byte{"deep/settlement.txt": sampleBytes(t, "settlement_us.txt")})
	outer := zipped(t, map[string][]byte{
		"a/orders.txt": sampleBytes(t, "all_orders_us.txt"), "__MACOSX/a/._orders.txt": []byte("x"), ".DS_Store": []byte("x"),
		"inner.zip": inner, "../../evil.txt": []byte("x"), "orders.gz": packed(t, sampleBytes(t, "all_orders_us.txt")),
	})
	files, err := sellercentral.New().Expand(context.Background(), memFile("all.zip", outer))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, f := range files {
		in, err := sellercentral.New().Inspect(context.Background(), f, source.Options{})
		if err != nil {
			t.Fatal(err)
		}
		got[f.Name] = fmt.Sprint(in.Kind, " ", in.Rows)
	}
	want := map[string]string{
		"all.zip/a/orders.txt": "all_orders 5", "all.zip/inner.zip/deep/settlement.txt": "settlement 4",
		"all.zip/orders.gz": "all_orders 5", "all.zip/evil.txt": " 0",
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// Fault 27: files that unpack to more than reports can be.
func TestExpandRefusesBombs(t *testing.T) {
	t.Parallel()
	bomb := zipped(t, map[string][]byte{"a.txt": make([]byte, 100<<20)})
	_, err := sellercentral.New().Expand(context.Background(), memFile("bomb.zip", bomb))
	if core.AsError(err).Code != core.CodeInvalid {
		t.Errorf("got %v", err)
	}
	_, err = sellercentral.New().Expand(context.Background(), memFile("x.zip", bomb[:len(bomb)/2]))
	if core.AsError(err).Code != core.CodeInvalid {
		t.Errorf("got %v", err)
	}
}

func zipped(tb testing.TB, members map[string][]byte) []byte {
	tb.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, data := range members {
		m, err := w.Create(name)
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := m.Write(data); err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func TestStopsWithTheContext(t *testing.T) {
	t.Parallel()
	f := memFile("o.txt", ordersFile(20_000))
	in := inspected(t, f, source.Options{})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := sellercentral.New().Inspect(ctx, f, source.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("inspect: %v", err)
	}
	if _, err := sellercentral.New().Read(ctx, f, in, nil, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("read: %v", err)
	}
	stop := errors.New("disk full")
	if _, err := sellercentral.New().Read(context.Background(), f, in, func(source.Batch) error { return stop }, nil); !errors.Is(err, stop) {
		t.Errorf("emit: %v", err)
	}
}

func TestObservedAtByThePersonWins(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	in := inspected(t, sample(t, "all_orders_us.txt"), source.Options{ObservedAt: at})
	if !in.ObservedAt.Equal(at) {
		t.Errorf("got %s", in.ObservedAt)
	}
}
