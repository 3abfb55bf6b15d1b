package simulator_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/sources/simulator"
)

func asOf() core.Day { return core.Date(2026, time.November, 25) }

func demo() *simulator.Seller { return simulator.New(simulator.Options{Seed: 7, AsOf: asOf()}) }

// read gives the bytes of a file.
func read(tb testing.TB, f source.File) []byte {
	tb.Helper()
	r, err := f.Open()
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	data, err := io.ReadAll(r)
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

// file is a document as a test reads it.
type file struct {
	name   string
	market string
	at     time.Time
	data   []byte
	parsed *[]record // read once
}

// account is everything a demo downloads.
type account struct {
	seller *simulator.Seller
	asOf   core.Day
	files  []file
}

func load(tb testing.TB, o simulator.Options) account {
	tb.Helper()
	a := account{seller: simulator.New(o), asOf: o.AsOf}
	for f := range a.seller.Documents() {
		a.files = append(a.files, file{f.Name, simulator.OptionsFor(f).Marketplace, f.ModTime, read(tb, f), new([]record)})
	}
	return a
}

// of lists the files of a kind and a marketplace, oldest first.
func (a account) of(kind, market string) []file {
	var out []file
	for _, f := range a.files {
		if strings.HasPrefix(f.name, kind+"_"+market) || strings.HasPrefix(f.name, kind+"-2") && f.market == market {
			out = append(out, f)
		}
	}
	return out
}

func last(tb testing.TB, files []file) file {
	tb.Helper()
	if len(files) == 0 {
		tb.Fatal("no such file")
	}
	return files[len(files)-1]
}

// record is one row of a table; its cells are found by column name.
type record struct {
	columns map[string]int
	cells   []string
}

// at is the cell under a column; empty where the row ends earlier.
func (r record) at(col string) string {
	i, ok := r.columns[col]
	if !ok || i >= len(r.cells) {
		return ""
	}
	return r.cells[i]
}

func (r record) int(tb testing.TB, col string) int {
	tb.Helper()
	v, err := strconv.Atoi(r.at(col))
	if err != nil {
		tb.Fatalf("%s: %v in %v", col, err, r)
	}
	return v
}

// cents reads "12.34", "-12,34" or an empty amount.
func (r record) cents(tb testing.TB, col string) int64 {
	tb.Helper()
	if r.at(col) == "" {
		return 0
	}
	v, err := strconv.ParseInt(strings.ReplaceAll(strings.ReplaceAll(r.at(col), ".", ""), ",", ""), 10, 64)
	if err != nil {
		tb.Fatalf("%s: %v in %v", col, err, r)
	}
	return v
}

// rows reads a text or workbook table.
func (f file) rows(tb testing.TB) []record {
	tb.Helper()
	if *f.parsed != nil {
		return *f.parsed
	}
	all := f.grid(tb)
	out, columns := make([]record, 0, len(all)), map[string]int{}
	for i, c := range all[0] {
		columns[c] = i
	}
	for _, cells := range all[1:] {
		if len(cells) > len(all[0]) {
			tb.Fatalf("%s: a row of %d cells under %d columns", f.name, len(cells), len(all[0]))
		}
		out = append(out, record{columns, cells})
	}
	*f.parsed = out
	return out
}

func (f file) grid(tb testing.TB) [][]string {
	tb.Helper()
	switch {
	case strings.HasSuffix(f.name, ".xlsx"):
		x, err := excelize.OpenReader(bytes.NewReader(f.data))
		if err != nil {
			tb.Fatal(err)
		}
		defer func() { _ = x.Close() }()
		all, err := x.GetRows(x.GetSheetName(0), excelize.Options{RawCellValue: true})
		if err != nil {
			tb.Fatal(err)
		}
		return all
	case strings.HasSuffix(f.name, ".csv"):
		data := f.data
		if i := bytes.LastIndex(data[:min(2500, len(data))], []byte("\"date/time\"")); i > 0 {
			data = data[i:]
		} else if i := bytes.Index(data, []byte("\"Datum/Uhrzeit\"")); i > 0 {
			data = data[i:]
		}
		all, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
		if err != nil {
			tb.Fatalf("%s: %v", f.name, err)
		}
		return all
	}
	var all [][]string
	for line := range strings.Lines(string(f.data)) {
		all = append(all, strings.Split(strings.TrimRight(line, "\r\n"), "\t"))
	}
	return all
}

// order is the newest state of an order line.
type order struct {
	id, sku, status, market string
	day                     core.Day
	quantity                int
	price                   int64
}

// orders keeps the newest state of every line, as an importer would.
func (a account) orders(tb testing.TB) []order {
	tb.Helper()
	newest := map[string]order{}
	for _, market := range []string{"US", "DE"} {
		m, _ := core.MarketplaceByCode(market)
		zone := m.Zone()
		for _, f := range a.of("all-orders", market) {
			for _, r := range f.rows(tb) {
				at, err := time.Parse(time.RFC3339, r.at("purchase-date"))
				if err != nil {
					tb.Fatal(err)
				}
				newest[r.at("amazon-order-id")+r.at("sku")] = order{
					r.at("amazon-order-id"), r.at("sku"), r.at("order-status"), market, core.DayOf(at, zone), r.int(tb, "quantity"), r.cents(tb, "item-price"),
				}
			}
		}
	}
	return slices.SortedFunc(maps.Values(newest), func(a, b order) int { return strings.Compare(a.id+a.sku, b.id+b.sku) })
}

func digest(tb testing.TB, o simulator.Options) string {
	tb.Helper()
	h := sha256.New()
	for f := range simulator.New(o).Documents() {
		first, second := read(tb, f), read(tb, f)
		if !bytes.Equal(first, second) || int64(len(first)) != f.Size {
			tb.Fatalf("%s does not give the same bytes each time", f.Name)
		}
		_, _ = fmt.Fprintln(h, f.Name, f.ModTime.UTC(), sha256.Sum256(first))
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

func TestDocuments_SameOptionsGiveTheSameBytes(t *testing.T) {
	t.Parallel()
	o := simulator.Options{Seed: 11, AsOf: asOf()}
	first := digest(t, o)
	if second := digest(t, o); first != second {
		t.Fatal("two runs differ")
	}
}

func TestDocuments_OldestDownloadFirst(t *testing.T) {
	t.Parallel()
	var before time.Time
	names := map[string]bool{}
	morning := asOf().Time().Add(6*time.Hour + 10*time.Minute)
	for f := range demo().Documents() {
		if f.ModTime.Before(before) {
			t.Fatalf("%s comes after a newer file", f.Name)
		}
		if f.ModTime.After(morning) {
			t.Fatalf("%s is from the future", f.Name)
		}
		if names[f.Name] {
			t.Fatalf("%s occurs twice", f.Name)
		}
		if f.Size == 0 {
			t.Fatalf("%s is empty", f.Name)
		}
		names[f.Name], before = true, f.ModTime
	}
	if !before.Equal(morning) {
		t.Fatalf("the newest file is from %v", before)
	}
}

// An ordinary SKU's past stays as it was when a day goes by.
func TestDocuments_ThePastStays(t *testing.T) {
	t.Parallel()
	planted := map[string]bool{}
	for _, p := range demo().Planted() {
		planted[p.Subject] = true
	}
	past := func(day core.Day) map[order]bool {
		out := map[order]bool{}
		for _, o := range load(t, simulator.Options{Seed: 7, AsOf: day}).orders(t) {
			if o.day > asOf()-400 && o.day < asOf()-7 && !planted[o.market+"/"+o.sku] {
				out[o] = true
			}
		}
		return out
	}
	today, tomorrow := past(asOf()), past(asOf()+1)
	if len(today) < 20000 || !maps.Equal(today, tomorrow) {
		t.Fatalf("%d lines today, %d tomorrow, or other lines", len(today), len(tomorrow))
	}
}

func BenchmarkDocuments(b *testing.B) {
	for b.Loop() {
		var n int64
		for f := range demo().Documents() {
			n += f.Size
		}
		b.SetBytes(n)
	}
}
