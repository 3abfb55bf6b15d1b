package report_test

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"testing"
	"time"

	"purser/backend/core/page"
	"purser/backend/services/dashboards/internal/report"
)

func p(v float64) *float64 { return &v }

// full is a report with every form of chart and a table over several pages.
func full(rows int) report.Report {
	days := []int{20000, 20001, 20002, 20003}
	lines := []page.Line{
		{Role: page.Main, Values: []*float64{p(1), nil, p(-3), p(4)}},
		{Role: page.Second, Values: []*float64{p(2), p(2), p(2), nil}},
		{Role: page.Compare, Values: []*float64{nil, nil, nil, nil}},
		{Role: page.Limit, Values: []*float64{p(5), p(5), p(5), p(5)}},
	}
	r := report.Report{
		Title: "Größe & <Sales> €", Question: "What?", Lines: []string{"US, DE", "2026-11-01 to 2026-11-24"}, Notices: []string{"Half is missing.", "Old."},
		Made: time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC),
		Charts: []report.Chart{
			{Kind: page.Lines, Data: page.Data{Title: "Lines", Days: days, Lines: lines}},
			{Kind: page.Columns, Data: page.Data{Title: "Columns of a very long title that does not fit into the half of a page and is cut with an ellipsis somewhere", Days: days, Lines: lines[:1]}},
			{Kind: page.Calendar, Data: page.Data{Title: "Calendar", Days: days[:1], Lines: []page.Line{{Role: page.Main, Values: []*float64{p(0)}}}}},
			{Kind: page.Waterfall, Data: page.Data{Title: "Waterfall", Bars: []page.Bar{{Label: "Sales", Value: 10, Known: true}, {Label: "Cost", Value: -12, Known: true}, {Label: "Ads", Text: "?"}, {Label: "Profit", Value: -2, Total: true, Known: true}}}},
			{Kind: page.Bullets, Data: page.Data{Title: "Bullets", Bullets: []page.Bullet{{Label: "Rate", Value: p(3), Target: p(4), Max: 5, State: "critical"}, {Label: "None"}}}},
			{Kind: page.Scatter, Data: page.Data{Title: "Scatter", Points: []page.Point{{X: 1, Y: 2}, {X: 0, Y: 0}}}},
			{Kind: page.Bars, Data: page.Data{Title: "Nothing", Note: "No report covers these days."}},
		},
		Table: report.Table{Title: "SKUs", Heads: []string{"Name", "Sales"}, Right: []bool{false, true}, Note: "The first of many."},
	}
	for i := range 20 {
		r.Charts[3].Data.Bars = append(r.Charts[3].Data.Bars, page.Bar{Label: strconv.Itoa(i), Value: 1, Known: true})
	}
	for i := range 8 {
		r.Tiles = append(r.Tiles, report.Tile{Title: fmt.Sprintf("Tile %d", i), Values: []string{"$1.00", "€2.00"}, Detail: "+1 %"})
	}
	for i := range rows {
		r.Table.Rows = append(r.Table.Rows, []string{fmt.Sprintf("SKU %d", i), "$1.00"})
	}
	return r
}

func write(t *testing.T, r report.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := report.Write(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var (
	pageObject = regexp.MustCompile(`/Type\s*/Page\b[^s]`)
	count      = regexp.MustCompile(`/Count (\d+)`)
	startXref  = regexp.MustCompile(`startxref\s+(\d+)\s+%%EOF\s*$`)
)

// parts checks the frame of a PDF and counts its pages.
func parts(t *testing.T, b []byte) int {
	t.Helper()
	at := startXref.FindSubmatch(b)
	if !bytes.HasPrefix(b, []byte("%PDF-1.")) || at == nil {
		t.Fatalf("not a PDF: %q … %q", b[:8], b[max(len(b)-40, 0):])
	}
	offset, err := strconv.Atoi(string(at[1]))
	if err != nil || offset >= len(b) || !bytes.HasPrefix(b[offset:], []byte("xref")) {
		t.Errorf("the table of objects is not at %s", at[1])
	}
	pages := len(pageObject.FindAll(b, -1))
	if n := count.FindSubmatch(b); n == nil || string(n[1]) != strconv.Itoa(pages) {
		t.Errorf("%q pages are said, %d are there", n, pages)
	}
	return pages
}

func TestReportsArePDF(t *testing.T) {
	t.Parallel()
	for rows, want := range map[int]int{0: 2, 10: 3, 200: 9} {
		if got := parts(t, write(t, full(rows))); got < want-1 || got > want+1 {
			t.Errorf("%d rows: %d pages, about %d are expected", rows, got, want)
		}
	}
	if got := parts(t, write(t, report.Report{Title: "Empty"})); got != 1 {
		t.Errorf("an empty report has %d pages", got)
	}
}

func TestSameReportSameBytes(t *testing.T) {
	t.Parallel()
	a, b := write(t, full(50)), write(t, full(50))
	if !bytes.Equal(a, b) {
		t.Error("the same report gives other bytes")
	}
	other := full(50)
	other.Table.Rows[49][1] = "$2.00"
	if bytes.Equal(a, write(t, other)) {
		t.Error("another report gives the same bytes")
	}
}

// Fonts are in the file, so that it looks the same everywhere; only the letters used are, so that it stays small.
func TestFontsAreInTheFile(t *testing.T) {
	t.Parallel()
	b := write(t, full(50))
	if n := bytes.Count(b, []byte("/FontFile2")); n != 2 {
		t.Errorf("%d fonts are in the file", n)
	}
	if len(b) < 20_000 || len(b) > 500_000 {
		t.Errorf("%d bytes", len(b))
	}
	if !bytes.Contains(b, []byte("/Title")) || !bytes.Contains(b, []byte("/Lang (en)")) {
		t.Error("the file says neither its title nor its language")
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("planted: disk full") }

func TestDiskFullIsSaid(t *testing.T) {
	t.Parallel()
	if err := report.Write(fullDisk{}, report.Report{Title: "X"}); err == nil || !bytes.Contains([]byte(err.Error()), []byte("planted: disk full")) {
		t.Errorf("got %v", err)
	}
}
