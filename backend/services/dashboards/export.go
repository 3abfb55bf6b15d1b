package dashboards

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/page"
)

// mostRows bounds the rows of a list that are written into one file.
const mostRows = 1_000_000

// Export writes a table (CSV, XLSX) or a page (PDF) into a new file of the folder for exports. The file is named
// after what it shows: page, table, scope, range and as-of.
func (s *Service) Export(ctx context.Context, in ExportInput) (ExportOutput, error) {
	write := map[string]func(context.Context, io.Writer, ExportInput) (int, error){"csv": s.writeCSV, "xlsx": s.writeXLSX, "pdf": s.writePDF}[in.Format]
	if write == nil {
		return ExportOutput{}, core.Invalid("dashboards", "Purser does not write "+in.Format+" files.", "Choose CSV, XLSX or PDF.")
	}
	name, err := s.fileName(ctx, in)
	if err != nil {
		return ExportOutput{}, err
	}
	if err := os.MkdirAll(s.o.Out, 0o700); err != nil {
		return ExportOutput{}, fmt.Errorf("make the folder for exports: %w", err)
	}
	path := filepath.Join(s.o.Out, name)
	part := path + ".part"
	f, err := os.OpenFile(part, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600) //nolint:gosec // the name is made of letters and digits only
	if err != nil {
		return ExportOutput{}, fmt.Errorf("write %s: %w", name, err)
	}
	rows, err := write(ctx, f, in)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(part, path)
	}
	if err != nil {
		_ = os.Remove(part) // half a file would be taken for a whole one; an earlier whole one stays
		return ExportOutput{}, err
	}
	return ExportOutput{Name: name, Path: path, Rows: rows}, nil
}

var notPlain = regexp.MustCompile(`[^A-Za-z0-9.-]+`)

const longestPart = 60 // letters of a part of a file's name

func (s *Service) fileName(ctx context.Context, in ExportInput) (string, error) {
	v, err := s.view(ctx, in.Table.View)
	if err != nil {
		return "", err
	}
	what := in.Table.Page
	if in.Format != "pdf" {
		_, table, _ := strings.Cut("."+in.Table.Table, ".")
		if i := strings.LastIndexByte(table, '.'); i >= 0 {
			table = table[i+1:]
		}
		what += "-" + table
	}
	scope := "all"
	if !v.all {
		scope = strings.Join(v.codes(), "-")
	}
	selection := ""
	switch {
	case len(in.Subjects) > 0:
		selection = "selected"
	case len(in.Table.Filters) > 0 || in.Table.Query != "" || in.Table.Subject != "":
		selection = "filtered"
	}
	var parts []string
	for _, p := range []string{
		what, in.Table.Preset, scope, v.tag, v.group, string(v.into.to), selection, v.period.From.String(), v.period.To.String(), "asof-" + v.asOf.String(),
	} {
		p = notPlain.ReplaceAllString(p, "-")
		if p = strings.Trim(p[:min(len(p), longestPart)], "-."); p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, "_") + "." + in.Format, nil
}

// exported is a table as it is written: heads, then rows of text, int64, float64 or nil.
type exported struct {
	title string
	heads []string
	cols  []ColumnOutput
	rows  func(yield func([]any) error) error
}

// table prepares the whole of a table for writing.
func (s *Service) exported(ctx context.Context, in ExportInput) (exported, error) {
	t, v, err := s.tableView(ctx, in.Table)
	if err != nil {
		return exported{}, err
	}
	if t.List {
		return s.exportedList(ctx, t, v, in)
	}
	in.Table.Group = ""
	a, err := s.arrange(ctx, t, v, in.Table)
	if err != nil {
		return exported{}, err
	}
	x := exported{title: t.Title, heads: []string{"Marketplace", kindWord(t.Subject), "Name"}}
	var cols []column
	for _, c := range a.cols {
		if c.suffix == page.Spark {
			continue
		}
		cols, x.cols = append(cols, c), append(x.cols, c.out)
		x.heads = append(x.heads, headOf(c.out)...)
	}
	x.rows = func(yield func([]any) error) error {
		for _, i := range a.rows {
			id := a.sheet.u.ids[i]
			if len(in.Subjects) > 0 && !slices.Contains(in.Subjects, id) {
				continue
			}
			market, rest := fact.SplitID(id)
			row := []any{market, rest, s.o.Account.Label(id)}
			for _, c := range cols {
				row = append(row, cellsOf(c.out, c.show(i))...)
			}
			if err := yield(row); err != nil {
				return err
			}
		}
		return nil
	}
	return x, nil
}

func kindWord(k fact.SubjectKind) string {
	switch k {
	case fact.SKU:
		return "SKU"
	case fact.Campaign:
		return "Campaign"
	case fact.SearchTerm:
		return "Search term"
	case fact.HealthMetric:
		return "Metric"
	default:
		return "Subject"
	}
}

func (s *Service) exportedList(ctx context.Context, t page.Table, v view, in ExportInput) (exported, error) {
	q := fact.RowsQuery{
		Name: t.Name, Subject: in.Table.Subject, Period: v.period, AsOf: v.asOf, Marketplaces: v.codes(), Filter: in.Table.Query,
		Sort: in.Table.Sort, Desc: in.Table.Desc, Limit: window,
	}
	if q.Sort == "" {
		q.Sort, q.Desc = t.Sort, t.Desc
	}
	list, err := s.o.Modules.List(ctx, q)
	if err != nil {
		return exported{}, err
	}
	x := exported{title: t.Title, cols: listColumns(list.Columns)}
	for _, c := range x.cols {
		x.heads = append(x.heads, headOf(c)...)
	}
	x.heads = append(x.heads, "Document", "Line")
	x.rows = func(yield func([]any) error) error {
		for at := 0; at < min(list.Total, mostRows); {
			for n, r := range s.rowsOutput(list, at) {
				var row []any
				for i, c := range r.Cells {
					row = append(row, cellsOf(x.cols[i], c)...)
				}
				if err := yield(append(row, r.Document, int64(list.Rows[n].Line))); err != nil {
					return err
				}
			}
			if len(list.Rows) == 0 {
				return nil
			}
			at += len(list.Rows)
			q.Offset = at
			if list, err = s.o.Modules.List(ctx, q); err != nil {
				return err
			}
		}
		return nil
	}
	return x, nil
}

// headOf heads a column; money has its currency in a column of its own, so that amounts stay numbers.
func headOf(c ColumnOutput) []string {
	t := c.Title
	switch {
	case c.Type == string(fact.Money):
		return []string{t, t + ", currency"}
	case c.Type == string(fact.Ratio), c.Type == string(fact.Percent):
		t += ", %"
	case c.Unit != "":
		t += ", " + c.Unit
	}
	return []string{t}
}

// cellsOf writes a value as data: exact decimals, per cent as numbers, nothing where it is not known.
func cellsOf(c ColumnOutput, v ValueOutput) []any {
	switch {
	case c.Type == string(fact.Money):
		if v.Num == nil {
			return []any{nil, nil}
		}
		m := core.FromMajor(*v.Num, core.Currency(v.Currency))
		return []any{number(m.Decimal()), v.Currency}
	case v.Maturity == string(fact.Missing):
		return []any{nil}
	case c.Type == string(fact.Ratio) && v.Num != nil:
		return []any{number(strconv.FormatFloat(*v.Num*100, 'f', 4, 64))}
	case c.Type == string(fact.Count) && v.Num != nil:
		return []any{int64(*v.Num)}
	case c.Type == string(fact.Flag), v.Num == nil:
		return []any{v.Text}
	}
	return []any{number(strconv.FormatFloat(*v.Num, 'f', -1, 64))}
}

// number is a decimal written exactly.
type number string

// harmless keeps a spreadsheet from running a text as a formula.
func harmless(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r\n", rune(text[0])) {
		return "'" + text
	}
	return text
}

func (s *Service) writeCSV(ctx context.Context, w io.Writer, in ExportInput) (int, error) {
	x, err := s.exported(ctx, in)
	if err != nil {
		return 0, err
	}
	if _, err := io.WriteString(w, "\ufeff"); err != nil { // spreadsheets take UTF-8 for the system's letters without it
		return 0, fmt.Errorf("write the table: %w", err)
	}
	out := csv.NewWriter(w)
	if err := out.Write(x.heads); err != nil {
		return 0, fmt.Errorf("write the table: %w", err)
	}
	n := 0
	err = x.rows(func(row []any) error {
		n++
		record := make([]string, len(row))
		for i, v := range row {
			switch v := v.(type) {
			case string:
				record[i] = harmless(v)
			case number:
				record[i] = string(v)
			case int64:
				record[i] = strconv.FormatInt(v, 10)
			}
		}
		return out.Write(record)
	})
	out.Flush()
	if err == nil {
		err = out.Error()
	}
	if err != nil {
		return n, fmt.Errorf("write the table: %w", err)
	}
	return n, nil
}

func (s *Service) writeXLSX(ctx context.Context, w io.Writer, in ExportInput) (int, error) {
	x, err := s.exported(ctx, in)
	if err != nil {
		return 0, err
	}
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	const sheet = "Sheet1"
	out, err := f.NewStreamWriter(sheet)
	if err != nil {
		return 0, fmt.Errorf("write the workbook: %w", err)
	}
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return 0, fmt.Errorf("write the workbook: %w", err)
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return 0, fmt.Errorf("write the workbook: %w", err)
	}
	head := make([]any, len(x.heads))
	for i, h := range x.heads {
		head[i] = excelize.Cell{StyleID: bold, Value: h}
	}
	if err := out.SetRow("A1", head); err != nil {
		return 0, fmt.Errorf("write the workbook: %w", err)
	}
	n := 0
	err = x.rows(func(row []any) error {
		n++
		for i, v := range row {
			if d, ok := v.(number); ok {
				f, err := strconv.ParseFloat(string(d), 64)
				if err != nil {
					return err
				}
				row[i] = f
			}
		}
		return out.SetRow("A"+itoa(n+1), row)
	})
	if err == nil {
		err = out.Flush()
	}
	if err == nil {
		err = f.Write(w)
	}
	if err != nil {
		return n, fmt.Errorf("write the workbook: %w", err)
	}
	return n, nil
}
