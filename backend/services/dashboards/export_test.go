package dashboards_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/page"
	"purser/backend/services/dashboards"
)

// export writes a file and reads it back.
func (d *desk) export(t *testing.T, in dashboards.ExportInput) (dashboards.ExportOutput, []byte) {
	t.Helper()
	out, err := d.Export(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(out.Path)
	if err != nil || out.Path != filepath.Join(d.dir, "exports", out.Name) {
		t.Fatal(out.Path, err)
	}
	return out, b
}

func readCSV(t *testing.T, b []byte) [][]string {
	t.Helper()
	text, ok := bytes.CutPrefix(b, []byte("\ufeff"))
	if !ok {
		t.Error("a spreadsheet takes a file without a byte order mark for the system's letters")
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func readXLSX(t *testing.T, b []byte) [][]string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetName(0), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

const hostile = `=cmd|' /C calc'!A0`

func exporting(d *desk) {
	d.a.markets = []string{"US", "JP"}
	d.skus("JP/K", "US/A", "US/B")
	d.a.titles["US/A"] = hostile
	d.a.titles["US/B"] = "Kännchen, \"fein\"\nzwei"
	d.give("inventory.state", "US/A", text("+1"))
	d.give("inventory.state", "US/B", text("fine"))
	d.give("inventory.low", "US/A", flag(true))
	d.give("inventory.cover_days", "US/A", num(1.0/3))
	d.give("inventory.stock_value", "US/A", money(-123456, "USD"))
	d.give("inventory.stock_value", "JP/K", money(123456, "JPY"))
	d.on("sales.sales", "US/A", 9007199254740_99)
	d.on("sales.sales", "US/B", 30)
	d.on("advertising.spend", "US/B", 10)
	d.m.known["sales.sales JP"] = core.Period{}
}

func exportColumns() []string {
	return []string{"sales.sales", "inventory.stock_value", "inventory.on_hand", "sales.tacos", "inventory.cover_days", "inventory.state", "inventory.low", "sales.sales~spark", "sales.units~change"}
}

func TestExportsHoldTheTable(t *testing.T) {
	t.Parallel()
	d := newDesk(t, exporting)
	in := dashboards.ExportInput{Format: "csv", Table: tableInput(func(in *dashboards.TableInput) {
		in.Columns, in.Group, in.Limit, in.Offset = exportColumns(), "marketplace", 1, 2
	})}
	out, b := d.export(t, in)
	got := readCSV(t, b)
	want := [][]string{
		{"Marketplace", "SKU", "Name", "Sales", "Sales, currency", "Stock value", "Stock value, currency", "On hand, units", "TACoS, %", "Cover, days", "State", "Low", "Units, change, %"},
		{"JP", "K", "Title of JP/K", "", "", "123456", "JPY", "0", "", "", "", "", ""},
		{"US", "A", "'" + hostile, "9007199254740.99", "USD", "-1234.56", "USD", "1", "0.0000", "0.3333333333333333", "'+1", "yes", ""},
		{"US", "B", "Kännchen, \"fein\"\nzwei", "0.30", "USD", "", "", "2", "33.3333", "", "fine", "", ""},
	}
	if out.Rows != 3 || len(got) != len(want) {
		t.Fatalf("%d rows said, %d written", out.Rows, len(got)-1)
	}
	for i := range want {
		equal(t, fmt.Sprintf("line %d", i), got[i], want[i])
	}
	in.Format = "xlsx"
	_, b = d.export(t, in)
	sheet := readXLSX(t, b)
	for i, row := range want {
		for j, cell := range row {
			have := ""
			if j < len(sheet[i]) {
				have = sheet[i][j]
			}
			cell = strings.TrimPrefix(cell, "'") // a cell of text is never run in a workbook
			if a, err := strconv.ParseFloat(cell, 64); err == nil {
				if b, err := strconv.ParseFloat(have, 64); err == nil && math.Abs(a-b) <= 1e-14*math.Abs(a) { // a workbook keeps 15 digits
					continue
				}
			}
			if have != cell {
				t.Errorf("workbook, line %d, cell %d: got %q, want %q", i, j, have, cell)
			}
		}
	}
}

// A text that a spreadsheet would run is a text in the workbook, not a formula.
func TestWorkbooksHaveNoFormulas(t *testing.T) {
	t.Parallel()
	d := newDesk(t, exporting)
	_, b := d.export(t, dashboards.ExportInput{Format: "xlsx", Table: tableInput(nil)})
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheet := f.GetSheetName(0)
	if formula, err := f.GetCellFormula(sheet, "C3"); err != nil || formula != "" {
		t.Errorf("%q, %v", formula, err)
	}
	if kind, err := f.GetCellType(sheet, "D3"); err != nil || kind == excelize.CellTypeInlineString || kind == excelize.CellTypeSharedString {
		t.Errorf("an amount is of the type %v, %v", kind, err)
	}
}

func TestHostileTextsAreDefused(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1"} {
		d := newDesk(t, func(d *desk) {
			d.skus("US/A")
			d.a.titles["US/A"] = bad
		})
		_, b := d.export(t, dashboards.ExportInput{Format: "csv", Table: tableInput(nil)})
		if got := readCSV(t, b)[1][2]; !strings.HasPrefix(got, "'") {
			t.Errorf("%q was written as %q", bad, got)
		}
	}
}

// All rows are written, however many a window holds, in the order and with the filters of the table.
func TestExportsHoldAllRows(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(d *desk) {
		for i := range 1000 {
			d.skus(fmt.Sprintf("US/%04d", i))
			d.give("inventory.on_hand", fmt.Sprintf("US/%04d", i), num(float64(i)))
		}
	})
	in := dashboards.ExportInput{Format: "csv", Table: tableInput(func(in *dashboards.TableInput) {
		in.Filters = []page.Filter{{Column: "inventory.on_hand", Op: page.AtLeast, Value: "500"}}
		in.Sort, in.Desc, in.Columns = "inventory.on_hand", true, []string{"inventory.on_hand"}
	})}
	out, b := d.export(t, in)
	got := readCSV(t, b)
	if out.Rows != 500 || len(got) != 501 || got[1][1] != "0999" || got[500][1] != "0500" {
		t.Errorf("%d rows, from %v to %v", out.Rows, got[1], got[len(got)-1])
	}
	in.Subjects = []string{"US/0501", "US/0700", "US/0001", "DE/0001"} // the third is filtered out
	out, b = d.export(t, in)
	if got = readCSV(t, b); out.Rows != 2 || got[1][1] != "0700" || got[2][1] != "0501" {
		t.Errorf("selected: %v", got)
	}
}

// orders answers n rows; from the bad one on it fails.
func orders(n, bad int) func(fact.RowsQuery) (fact.Rows, error) {
	return func(q fact.RowsQuery) (fact.Rows, error) {
		out := fact.Rows{Total: n, Columns: []fact.RowColumn{{Name: "order", Title: "Order", Type: fact.Text}, {Name: "amount", Title: "Amount", Type: fact.Money}}}
		for i := q.Offset; i < min(n, q.Offset+q.Limit); i++ {
			if i >= bad {
				return out, errors.New("planted at row " + strconv.Itoa(i))
			}
			out.Rows = append(out.Rows, fact.Row{Document: 3, Line: i + 2, Subject: "US/A", Cells: []fact.Value{
				{Text: fmt.Sprintf("%s-%04d-%s", q.Sort, i, q.Filter), Maturity: fact.Fresh}, {Money: core.Money{Minor: int64(i), Currency: "USD"}, Maturity: fact.Fresh},
			}})
		}
		return out, nil
	}
}

func TestExportsOfLists(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(d *desk) { d.m.list = orders(450, 9999) })
	in := dashboards.ExportInput{Format: "csv", Table: dashboards.TableInput{Page: "sales", Table: "sales.orders", View: yesterday(), Query: "x"}}
	out, b := d.export(t, in)
	got := readCSV(t, b)
	if out.Rows != 450 || len(got) != 451 {
		t.Fatalf("%d rows said, %d written", out.Rows, len(got)-1)
	}
	equal(t, "heads", got[0], []string{"Order", "Amount", "Amount, currency", "Document", "Line"})
	equal(t, "first", got[1], []string{"order-0000-x", "0.00", "USD", "3", "2"}) // in the list's own order
	equal(t, "last", got[450], []string{"order-0449-x", "4.49", "USD", "3", "451"})
}

// Half a file would be taken for a whole one; a whole one of before stays.
func TestHalfFilesAreRemoved(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"csv", "xlsx", "pdf"} {
		d := newDesk(t, func(d *desk) { d.m.list = orders(450, 250) })
		in := dashboards.ExportInput{Format: format, Table: dashboards.TableInput{Page: "sales", Table: "sales.orders", View: yesterday()}}
		if format == "pdf" {
			d.m.list = orders(450, 50)
		}
		if _, err := d.Export(t.Context(), in); err == nil || !strings.Contains(err.Error(), "planted") {
			t.Errorf("%s: %v", format, err)
		}
		if files, err := os.ReadDir(filepath.Join(d.dir, "exports")); err != nil || len(files) != 0 {
			t.Errorf("%s: %v is left, %v", format, files, err)
		}
		d.m.list = orders(3, 9999)
		whole, before := d.export(t, in)
		d.m.list = orders(450, 20)
		if _, err := d.Export(t.Context(), in); err == nil {
			t.Fatalf("%s: the error was swallowed", format)
		}
		after, err := os.ReadFile(whole.Path)
		if files, _ := os.ReadDir(filepath.Join(d.dir, "exports")); err != nil || !bytes.Equal(before, after) || len(files) != 1 {
			t.Errorf("%s: the whole file of before was lost: %v, %v", format, files, err)
		}
	}
}

func TestExportsThatCantBe(t *testing.T) {
	t.Parallel()
	d := newDesk(t, exporting)
	for what, in := range map[string]dashboards.ExportInput{
		"another format": {Format: "docx", Table: tableInput(nil)},
		"no format":      {Table: tableInput(nil)},
		"a bad filter":   {Format: "csv", Table: tableInput(func(in *dashboards.TableInput) { in.Filters = []page.Filter{{Column: "x", Op: page.Known}} })},
		"a bad range":    {Format: "pdf", Table: tableInput(func(in *dashboards.TableInput) { in.View.Range.Preset = "x" })},
	} {
		_, err := d.Export(t.Context(), in)
		invalid(t, what, err)
	}
	for _, format := range []string{"csv", "xlsx", "pdf"} {
		_, err := d.Export(t.Context(), dashboards.ExportInput{Format: format, Table: dashboards.TableInput{Page: "../../etc", Table: "../passwd", View: yesterday()}})
		refused(t, format, core.CodeNotFound, err)
	}
	if files, err := filepath.Glob(filepath.Join(d.dir, "*", "*")); err != nil || len(files) != 0 {
		t.Errorf("files %v, %v", files, err)
	}
}

func TestFileNames(t *testing.T) {
	t.Parallel()
	d := newDesk(t, exporting, func(d *desk) {
		d.a.marks["US/A"] = dashboards.Marks{Tags: []string{"Best/../of #1"}, Group: "Töpfe"}
		d.m.list = orders(1, 9999)
	})
	for want, change := range map[string]func(*dashboards.ExportInput){
		"inventory-skus_all_2026-11-24_2026-11-24_asof-2026-11-25.csv":     func(*dashboards.ExportInput) {},
		"inventory-skus_low_all_2026-11-24_2026-11-24_asof-2026-11-25.csv": func(in *dashboards.ExportInput) { in.Table.Preset = "low" },
		"inventory-skus_US_2026-10-28_2026-11-24_asof-2026-11-25.csv": func(in *dashboards.ExportInput) {
			in.Table.View = dashboards.ViewInput{Scope: dashboards.ScopeInput{Marketplaces: []string{"US"}}}
		},
		"inventory-skus_all_Best-..-of-1_T-pfe_2026-11-24_2026-11-24_asof-2026-11-25.csv": func(in *dashboards.ExportInput) {
			in.Table.View.Scope.Tag, in.Table.View.Scope.Group = "Best/../of #1", "Töpfe"
		},
		"inventory-skus_all_filtered_2026-11-24_2026-11-24_asof-2026-11-25.csv": func(in *dashboards.ExportInput) { in.Table.Query = "a" },
		"inventory-skus_all_selected_2026-11-24_2026-11-24_asof-2026-11-25.csv": func(in *dashboards.ExportInput) { in.Subjects = []string{"US/A"} },
		"inventory_all_2026-11-24_2026-11-24_asof-2026-11-25.pdf":               func(in *dashboards.ExportInput) { in.Format = "pdf" },
		"sales-orders_all_2026-11-24_2026-11-24_asof-2026-11-25.xlsx": func(in *dashboards.ExportInput) {
			in.Format, in.Table.Page, in.Table.Table = "xlsx", "sales", "sales.orders"
		},
	} {
		in := dashboards.ExportInput{Format: "csv", Table: tableInput(nil)}
		change(&in)
		out, _ := d.export(t, in)
		if out.Name != want {
			t.Errorf("got %s, want %s", out.Name, want)
		}
		if st, err := os.Stat(out.Path); err != nil || st.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s can be read by others: %v", out.Name, err)
		}
	}
}

var pdfTitle = regexp.MustCompile(`(?s)/Title \((.*?)\)`)

func TestPDF(t *testing.T) {
	t.Parallel()
	d := newDesk(t, exporting, withCharts(
		page.Chart{Name: "c", Title: "Units", Kind: page.Columns, Measures: []string{"sales.units"}},
		page.Chart{Name: "p", Title: "Profit", Kind: page.Waterfall, Measures: []string{"sales.profit"}},
		page.Chart{Name: "broken", Title: "Drawn by a module that fails", Kind: page.Bars},
	), func(d *desk) {
		d.m.series["sales.market_units"] = []fact.Series{series("", "US", today-1, 4)}
		d.on("sales.sales", "US", 500)
	})
	in := dashboards.ExportInput{Format: "pdf", Table: dashboards.TableInput{Page: "sales", Table: "skus", View: yesterday(), Limit: 1}}
	out, first := d.export(t, in)
	if !bytes.HasPrefix(first, []byte("%PDF-")) || !bytes.Contains(first[len(first)-10:], []byte("%%EOF")) || out.Rows != 3 {
		t.Errorf("%q…, %d rows", first[:8], out.Rows)
	}
	if m := pdfTitle.FindSubmatch(first); m == nil || strings.ReplaceAll(strings.TrimPrefix(string(m[1]), "\xfe\xff"), "\x00", "") != "Sales" {
		t.Errorf("the title is %q", m)
	}
	_, second := d.export(t, in)
	if !bytes.Equal(first, second) || !bytes.Contains(first, []byte("/CreationDate (D:20261125120000")) {
		t.Error("the same page gives other bytes, or was not made when the clock says")
	}
	if n := len(first); n < 20_000 || n > 600_000 {
		t.Errorf("%d bytes", n)
	}
	d.m.down["sales"] = "planted"
	if out, err := d.Export(t.Context(), in); err != nil || out.Rows != 3 {
		t.Errorf("of a page whose module is down: %+v, %v", out, err)
	}
}
