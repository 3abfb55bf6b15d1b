package sellercentral_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/sources/sellercentral"
)

// told are the fields of records that stand in their row as they are: words anywhere in a cell,
// counts as a cell of their own.
func told() []string {
	return []string{
		"OrderID", "SKU", "ASIN", "FNSKU", "Campaign", "AdGroup", "SearchTerm", "Targeting", "SettlementID", "AmountDesc", "ListingID",
		"Reason", "Comment", "Response", "Plate", "ID", "CaseID", "Description", "Disposition", "Issue", "PrimaryAction", "SizeTier",
		"Quantity", "Rating", "UnitsOrdered", "Sessions", "PageViews", "Clicks", "Impressions", "Fulfillable", "Total30", "Available", "RecommendedQty",
	}
}

// digits keeps what a count is made of, whatever its thousands marks.
func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, strings.TrimSuffix(strings.TrimSuffix(s, ".00"), ".0"))
}

// lacking lists the fields of a record that its original does not show.
func lacking(rec reflect.Value, o source.Original) (missing []string, looked int) {
	text := strings.Join(o.Cells, "\n")
	for _, name := range told() {
		f := rec.FieldByName(name)
		if !f.IsValid() || f.IsZero() {
			continue
		}
		looked++
		switch {
		case f.Kind() == reflect.String && strings.Contains(text, f.String()):
		case f.CanInt() && slices.ContainsFunc(o.Cells, func(c string) bool { return digits(c) == strconv.FormatInt(f.Int(), 10) }):
		default:
			missing = append(missing, fmt.Sprintf("%s %v", name, f.Interface()))
		}
	}
	if h, ok := rec.Interface().(source.HealthMetric); ok {
		looked++
		if !slices.Contains(o.Cells, h.Status) || !strings.Contains(o.Raw, h.Status) {
			missing = append(missing, "status "+h.Status)
		}
	}
	return missing, looked
}

// checkOriginals follows every record of a file to its row, and gives the rows.
func checkOriginals(t *testing.T, f source.File, o source.Options) (kind string, out []source.Original) {
	t.Helper()
	s := sellercentral.New()
	in := inspected(t, f, o)
	_, err := s.Read(t.Context(), f, in, func(b source.Batch) error {
		rows := reflect.ValueOf(b.Rows)
		for i := range rows.Len() {
			rec := rows.Index(i)
			line := int(rec.FieldByName("Row").Int())
			o, err := s.Original(t.Context(), f, in, line)
			if err != nil {
				return err
			}
			missing, looked := lacking(rec, o)
			if len(missing) > 0 || looked == 0 || o.Line != line || o.Lines < line || len(o.Cells) < len(o.Header) || o.Raw == "" {
				t.Errorf("%s line %d (%T, %d fields): lacks %q in %q (raw %q, %d of %d)", f.Name, line, rec.Interface(), looked, missing, o.Cells, o.Raw, o.Line, o.Lines)
			}
			out = append(out, o)
		}
		return nil
	}, nil)
	if err != nil {
		t.Error(err)
	}
	return in.Kind, out
}

// TestRowsLeadToTheirOriginals: the row of every record of every kind is the row that it was made of.
func TestRowsLeadToTheirOriginals(t *testing.T) {
	t.Parallel()
	entries, err := os.ReadDir(filepath.Join("testdata", "samples"))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for _, e := range entries {
		kind, rows := checkOriginals(t, sample(t, e.Name()), sampleOptions(e.Name()))
		seen[kind] += len(rows)
	}
	for _, k := range sellercentral.New().Kinds() {
		if seen[k.Name] == 0 {
			t.Errorf("no row of %s was followed", k.Name)
		}
	}
}

func TestOriginalsInShellsAndEncodings(t *testing.T) {
	t.Parallel()
	feedback := "Date,Rating,Comments,Your Response,Order ID,Rater Email\n" +
		"3/4/26,5,\"fine,\n\nand \"\"quick\"\"\",,111-0000001-0000001,canary\n" +
		"\n" +
		"3/5/26,1,broken,,111-0000002-0000002,canary\n"
	kind, rows := checkOriginals(t, memFile("f.csv", []byte(feedback)), source.Options{Marketplace: "US"})
	if kind != "seller_feedback" || len(rows) != 2 || rows[1].Line != 6 || rows[0].Cells[2] != "fine,\n\nand \"quick\"" || rows[0].Cells[5] != "" {
		t.Fatalf("%s %+v", kind, rows)
	}
	if strings.Contains(fmt.Sprint(rows), "canary") {
		t.Errorf("a buyer's address: %+v", rows)
	}
	if d := cmp.Diff([]source.OriginalRow{{Line: 2, Cells: rows[0].Cells}}, rows[1].Before); d != "" || len(rows[0].After) != 1 || rows[1].After != nil {
		t.Error(d, rows[0].After, rows[1].After)
	}
	checkOriginals(t, memFile("orders.txt.gz", packed(t, sampleBytes(t, "all_orders_utf16.txt"))), source.Options{})
	header := []string{"Date", "Rating", "Comments", "Your Response", "Order ID", "Rater Email"}
	book := workbook(t, header, [][]any{{"3/4/26", "5", "fine", "", "111-0000001-0000001", "canary"}, {"3/5/26", "1", "broken", "", "111-0000002-0000002", "canary"}})
	if _, rows = checkOriginals(t, memFile("f.xlsx", book), source.Options{Marketplace: "US"}); len(rows) != 2 || rows[1].Before[0].Cells[4] != "111-0000001-0000001" || rows[0].Cells[5] != "" {
		t.Errorf("%+v", rows)
	}
}

func TestOriginalsOfDocuments(t *testing.T) {
	t.Parallel()
	_, rows := checkOriginals(t, sample(t, "account_health.json"), source.Options{})
	var paths []string
	for _, o := range rows {
		paths = append(paths, o.Path)
	}
	want := []string{"accountStatuses[0]", "accountStatuses[1]", "performanceMetrics[0].orderDefectRate.mfn"}
	if d := cmp.Diff(want, paths[:3]); d != "" {
		t.Error(d)
	}
	if o := rows[3]; o.Header[0] != "marketplaceId" || !strings.Contains(o.Raw, "\n  \"") || len(o.Before) != 3 || len(o.After) != 3 {
		t.Errorf("%+v", o)
	}
	// Twice the same report in one file, as some tools join them.
	one := bytes.TrimSpace(sampleBytes(t, "sales_and_traffic_us.json"))
	twice := append(append(append([]byte("["), one...), ','), append(one, ']')...)
	if _, rows = checkOriginals(t, memFile("t.json", twice), source.Options{}); len(rows) != 6 || rows[0].Path != "[0].salesAndTrafficByDate[0]" || !slices.ContainsFunc(rows, func(o source.Original) bool { return o.Path == "[1].salesAndTrafficByAsin[1]" }) {
		t.Errorf("%d rows, %+v", len(rows), rows)
	}
}

// TestBadRowsHaveOriginals: the line of a row in quarantine leads to it too.
func TestBadRowsHaveOriginals(t *testing.T) {
	t.Parallel()
	health := strings.Replace(string(sampleBytes(t, "account_health.json")), "ATVPDKIKX0DER", "NOWHERE", 1)
	f := memFile("h.json", []byte(health))
	in := inspected(t, f, source.Options{})
	if in.BadRows == 0 {
		t.Fatal("nothing was bad")
	}
	for _, b := range in.Bad {
		o, err := sellercentral.New().Original(t.Context(), f, in, b.Line)
		if err != nil || !strings.Contains(o.Raw, "NOWHERE") {
			t.Errorf("%+v %v", o, err)
		}
	}
	checkOriginals(t, f, source.Options{})
}

func TestNoOriginal(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file source.File
		line int
		say  string
	}{
		"heading":   {sample(t, "all_orders_us.txt"), 1, "heading in line 1"},
		"text":      {sample(t, "all_orders_us.txt"), 99, "ends at line 6"},
		"quoted":    {sample(t, "transactions_us.csv"), 99, "ends at line 11"},
		"document":  {sample(t, "account_health.json"), 99, "has 13 entries"},
		"no number": {sample(t, "account_health.json"), 0, "has"},
		"empty":     {memFile("o.txt", []byte(ordersHeader+orderLine(nil)+"\n"+orderLine(nil))), 3, "empty"},
	} {
		in := inspected(t, c.file, source.Options{})
		_, err := sellercentral.New().Original(t.Context(), c.file, in, c.line)
		var e *core.Error
		if !errors.As(err, &e) || e.Code != core.CodeNotFound || !strings.Contains(e.Message, c.say) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// BenchmarkOriginal finds the last rows of a packed report of a million lines.
func BenchmarkOriginal(b *testing.B) {
	const n = 1_000_000
	data := ordersFile(n)
	var z bytes.Buffer
	w, err := zstd.NewWriter(&z, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithWindowSize(1<<20))
	if err != nil {
		b.Fatal(err)
	}
	if _, err := w.Write(data); err != nil || w.Close() != nil {
		b.Fatal(err)
	}
	f := source.File{Name: "orders.txt", Size: int64(len(data)), Open: func() (io.ReadCloser, error) {
		r, err := zstd.NewReader(bytes.NewReader(z.Bytes()), zstd.WithDecoderConcurrency(1))
		if err != nil {
			return nil, err
		}
		return r.IOReadCloser(), nil
	}}
	in := source.Inspection{Kind: "all_orders", Encoding: "utf-8", Rows: n}
	for _, line := range []int{2, n / 2, n} {
		b.Run(strconv.Itoa(line), func(b *testing.B) {
			for b.Loop() {
				if o, err := sellercentral.New().Original(context.Background(), f, in, line); err != nil || o.Line != line {
					b.Fatal(o.Line, err)
				}
			}
		})
	}
}
