// Package report draws a page as PDF.
//
// Input: words, tiles, charts and rows as people read them.
// Output: a PDF on A4, light, with the fonts in it; the same input gives the same bytes.
package report

import (
	"fmt"
	"io"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"

	"purser/backend/core/page"
)

// Tile is a primary number.
type Tile struct {
	Title  string
	Values []string
	Detail string
}

// Chart is a chart with its form.
type Chart struct {
	Kind page.ChartKind
	Data page.Data
}

// Table is the table under the charts.
type Table struct {
	Title string
	Heads []string
	Right []bool // which columns are numbers
	Rows  [][]string
	Note  string // what is left out
}

// Report is all that is on paper.
type Report struct {
	Title    string
	Question string
	Lines    []string // scope, range, as-of
	Notices  []string
	Tiles    []Tile
	Charts   []Chart
	Table    Table
	Made     time.Time
}

// Sizes in millimetres; A4 landscape holds a wide table.
const (
	width   = 297.0
	height  = 210.0
	margin  = 12.0
	inner   = width - 2*margin
	gutter  = 6.0
	chartsH = 52.0
)

type rgb struct{ r, g, b int }

func ink() rgb    { return rgb{0x1B, 0x1E, 0x23} }
func faint() rgb  { return rgb{0x5C, 0x64, 0x70} }
func hair() rgb   { return rgb{0xE4, 0xE4, 0xDF} }
func first() rgb  { return rgb{0x0B, 0x62, 0xC4} }
func second() rgb { return rgb{0xC2, 0x5E, 0x00} }

// sheet is the PDF at work.
type sheet struct {
	*fpdf.Fpdf
	r Report
}

// Write draws the report.
func Write(w io.Writer, r Report) error {
	f := fpdf.New("L", "mm", "A4", "")
	f.SetCatalogSort(true)
	f.SetCreationDate(r.Made)
	f.SetModificationDate(r.Made)
	f.SetTitle(r.Title, true)
	f.SetLang("en")
	f.AddUTF8FontFromBytes("go", "", goregular.TTF)
	f.AddUTF8FontFromBytes("go", "B", gobold.TTF)
	f.SetMargins(margin, margin, margin)
	f.SetAutoPageBreak(true, margin+6)
	f.AliasNbPages("{pages}")
	s := &sheet{f, r}
	f.SetFooterFunc(s.footer)
	f.AddPage()
	s.head()
	s.tiles()
	s.charts()
	s.table()
	if err := f.Output(w); err != nil {
		return fmt.Errorf("write the PDF of %s: %w", r.Title, err)
	}
	return nil
}

func (s *sheet) paint(c rgb) {
	s.SetTextColor(c.r, c.g, c.b)
	s.SetDrawColor(c.r, c.g, c.b)
	s.SetFillColor(c.r, c.g, c.b)
}

func (s *sheet) font(style string, size float64, c rgb) {
	s.SetFont("go", style, size)
	s.paint(c)
}

func (s *sheet) footer() {
	s.SetY(-margin - 2)
	s.font("", 7.5, faint())
	s.CellFormat(inner/2, 5, s.r.Title+", made "+s.r.Made.Format("2 Jan 2006 15:04"), "", 0, "L", false, 0, "")
	s.CellFormat(inner/2, 5, fmt.Sprintf("%d of {pages}", s.PageNo()), "", 0, "R", false, 0, "")
}

func (s *sheet) head() {
	s.font("B", 16, ink())
	s.CellFormat(inner, 8, s.r.Title, "", 1, "L", false, 0, "")
	s.font("", 9, faint())
	for _, l := range append([]string{s.r.Question}, s.r.Lines...) {
		if l != "" {
			s.CellFormat(inner, 4.6, l, "", 1, "L", false, 0, "")
		}
	}
	s.font("", 9, second())
	for _, l := range s.r.Notices {
		s.MultiCell(inner, 4.6, l, "", "L", false)
	}
	s.Ln(3)
}

const tilesARow = 6

func (s *sheet) tiles() {
	if len(s.r.Tiles) == 0 {
		return
	}
	w := inner / tilesARow
	for from := 0; from < len(s.r.Tiles); from += tilesARow {
		row := s.r.Tiles[from:min(from+tilesARow, len(s.r.Tiles))]
		top, tall := s.GetY(), 0.0
		for i, t := range row {
			tall = max(tall, s.tile(t, margin+float64(i)*w, top, w-2))
		}
		s.SetXY(margin, top+tall+3)
	}
}

// tile draws one tile and answers how tall it is.
func (s *sheet) tile(t Tile, x, y, w float64) float64 {
	top := y
	line := func(style string, size, h float64, c rgb, text string) {
		s.font(style, size, c)
		s.SetXY(x, y)
		s.CellFormat(w, h, s.fit(text, w), "", 0, "L", false, 0, "")
		y += h
	}
	line("", 7.5, 4, faint(), t.Title)
	for _, v := range t.Values {
		line("B", 11.5, 5.4, ink(), v)
	}
	if t.Detail != "" {
		line("", 7.5, 4, faint(), t.Detail)
	}
	return y - top
}

// fit cuts a text to a width, with an ellipsis.
func (s *sheet) fit(text string, w float64) string {
	if s.GetStringWidth(text) <= w-1 {
		return text
	}
	runes := []rune(text)
	for len(runes) > 0 && s.GetStringWidth(string(runes)+"…") > w-1 {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + "…"
}

// rowsAPage is a bound, so that a table of ten thousand rows is not printed by mistake; the caller says what is left out.
func (s *sheet) table() {
	t := s.r.Table
	if len(t.Heads) == 0 {
		return
	}
	s.room(24)
	s.Ln(2)
	s.font("B", 10, ink())
	s.CellFormat(inner, 6, t.Title, "", 1, "L", false, 0, "")
	widths := s.widths(t)
	s.tableHead(t, widths)
	for _, r := range t.Rows {
		if s.GetY()+5 > height-margin-6 {
			s.AddPage()
			s.tableHead(t, widths)
		}
		s.font("", 8, ink())
		s.cells(r, t.Right, widths)
		s.SetDrawColor(hair().r, hair().g, hair().b)
		s.Line(margin, s.GetY(), margin+inner, s.GetY())
	}
	if t.Note != "" {
		s.font("", 8, faint())
		s.MultiCell(inner, 4.6, t.Note, "", "L", false)
	}
}

func (s *sheet) tableHead(t Table, widths []float64) {
	s.font("B", 7.5, faint())
	s.cells(t.Heads, t.Right, widths)
	s.SetDrawColor(faint().r, faint().g, faint().b)
	s.Line(margin, s.GetY(), margin+inner, s.GetY())
}

func (s *sheet) cells(row []string, right []bool, widths []float64) {
	s.SetX(margin)
	for i, text := range row {
		align := "L"
		if i < len(right) && right[i] {
			align = "R"
		}
		s.CellFormat(widths[i], 5, s.fit(text, widths[i]), "", 0, align, false, 0, "")
	}
	s.Ln(5)
}

// widths shares the page out by what the columns hold.
func (s *sheet) widths(t Table) []float64 {
	s.font("", 8, ink())
	out, sum := make([]float64, len(t.Heads)), 0.0
	for i, h := range t.Heads {
		out[i] = s.GetStringWidth(h)
		for _, r := range t.Rows {
			if i < len(r) {
				out[i] = max(out[i], s.GetStringWidth(r[i]))
			}
		}
		out[i] = min(out[i], 70) + 3
		sum += out[i]
	}
	for i := range out {
		out[i] *= inner / sum
	}
	return out
}

// room starts a page where less than h is left.
func (s *sheet) room(h float64) {
	if s.GetY()+h > height-margin-6 {
		s.AddPage()
	}
}
