package table

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"
)

// Limits of a workbook: what its parts may unpack to.
const (
	maxWorkbook = 2 << 30
	maxInMemory = 16 << 20
)

// Book is an XLSX workbook. Close it, it may hold temporary files.
type Book struct{ file *excelize.File }

// OpenBook reads a workbook.
func OpenBook(r io.Reader) (*Book, error) {
	f, err := excelize.OpenReader(r, excelize.Options{UnzipSizeLimit: maxWorkbook, UnzipXMLSizeLimit: maxInMemory, RawCellValue: true})
	if err != nil {
		return nil, fmt.Errorf("open workbook: %w", err)
	}
	return &Book{f}, nil
}

// Close removes what opening has left behind.
func (b *Book) Close() error { return b.file.Close() }

// Sheets lists the sheets in their order.
func (b *Book) Sheets() []string { return b.file.GetSheetList() }

// Sheet reads the rows of one sheet, with raw cell values: dates are day numbers.
func (b *Book) Sheet(name string) (*Sheet, error) {
	rows, err := b.file.Rows(name)
	if err != nil {
		return nil, fmt.Errorf("sheet %s: %w", name, err)
	}
	return &Sheet{rows: rows}, nil
}

// Sheet is the rows of one sheet of a workbook.
type Sheet struct {
	rows   *excelize.Rows
	row    int
	fields [][]byte
	buf    []byte
}

// Cut implements Reader: a sheet ends cleanly.
func (s *Sheet) Cut() bool { return false }

// Close ends the reading.
func (s *Sheet) Close() error { return s.rows.Close() }

// Next implements Reader.
func (s *Sheet) Next() ([][]byte, int, error) {
	if !s.rows.Next() {
		if err := s.rows.Error(); err != nil {
			return nil, s.row + 1, fmt.Errorf("sheet row %d: %w", s.row+1, err)
		}
		return nil, s.row + 1, io.EOF
	}
	s.row++
	cells, err := s.rows.Columns()
	if err != nil {
		return nil, s.row, fmt.Errorf("sheet row %d: %w", s.row, err)
	}
	need := 0
	for _, c := range cells {
		need += len(c)
	}
	if need > MaxLine {
		return nil, s.row, ErrLineTooLong
	}
	if cap(s.buf) < need {
		s.buf = make([]byte, 0, 2*need)
	}
	s.buf = s.buf[:0]
	s.fields = s.fields[:0]
	for _, c := range cells {
		from := len(s.buf)
		s.buf = append(s.buf, c...)
		s.fields = append(s.fields, s.buf[from:])
	}
	return s.fields, s.row, nil
}
