package sellercentral

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/sources/sellercentral/internal/charset"
	"purser/backend/sources/sellercentral/internal/table"
	"purser/backend/sources/sellercentral/internal/unpack"
)

// Redact copies the file, without a gzip shell, with its personal cells emptied; all other
// bytes stay. A workbook is copied as it is unless it has personal columns: then only its
// recognised sheet is written, as a new workbook, since the old one would keep the words elsewhere.
func (s *Source) Redact(ctx context.Context, f source.File, in source.Inspection, w io.Writer) error {
	err := redact(ctx, f, in, w)
	if err == nil {
		return nil
	}
	if p, ok := problemOf(err, f); ok {
		return &core.Error{Code: core.CodeInvalid, Module: module, Message: p.Message, Err: err}
	}
	return fmt.Errorf("redact %s: %w", f.Name, err)
}

func redact(ctx context.Context, f source.File, in source.Inspection, w io.Writer) error {
	if d, ok := documentNamed(in.Kind); ok {
		if d.envelope != nil {
			return redactAnswer(f, in, w)
		}
		return copyPlain(ctx, f, w)
	}
	src, err := reopen(f, in)
	if err != nil {
		return err
	}
	b := src.guess.binding
	switch {
	case b.lastBuyer < 0:
		return errors.Join(src.close(), copyPlain(ctx, f, w))
	case b.sheetRows:
		return errors.Join(redactSheet(ctx, src, w), src.close())
	}
	e, err := encodingOf(in)
	if err != nil {
		return err
	}
	return redactText(ctx, f, b, e, w)
}

// redactAnswer empties the personal values of an answer of an API. It stays in its encoding.
func redactAnswer(f source.File, in source.Inspection, w io.Writer) error {
	e, err := encodingOf(in)
	if err != nil {
		return err
	}
	plain, err := unpack.Open(f)
	if err != nil {
		return err
	}
	if e == charset.UTF8 {
		return errors.Join(blankBuyers(w, plain), plain.Close())
	}
	enc := charset.NewWriter(w, e)
	return errors.Join(blankBuyers(enc, charset.NewReader(plain, e)), enc.Close(), plain.Close())
}

func copyPlain(ctx context.Context, f source.File, w io.Writer) error {
	plain, err := unpack.Open(f)
	if err != nil {
		return err
	}
	return errors.Join(drain(ctx, plain, w), plain.Close())
}

// redactText works on the bytes as they are; only UTF-16 is decoded and encoded again, since its
// separators are not single bytes.
func redactText(ctx context.Context, f source.File, b binding, e charset.Encoding, w io.Writer) error {
	plain, err := unpack.Open(f)
	if err != nil {
		return err
	}
	wide := e == charset.UTF16LE || e == charset.UTF16BE
	var rd io.Reader = plain
	out := &gathered{w: w}
	if wide {
		head, err := plain.Peek(2)
		if err == nil && len(charset.BOM(head, e)) > 0 {
			if _, err := w.Write(head); err != nil {
				return errors.Join(err, plain.Close())
			}
		}
		enc := charset.NewWriter(w, e)
		out.w, out.c = enc, enc
		rd = charset.NewReader(plain, e)
	}
	records := table.NewDelimited(rd, b.sep, b.quoted)
	records.Expect(len(b.header))
	err = redactRecords(ctx, records, b, out)
	return errors.Join(err, out.close(), plain.Close())
}

// gathered gathers small writes.
type gathered struct {
	w   io.Writer
	c   io.Closer
	buf []byte
}

// full passes the bytes on once there are many.
func (g *gathered) full() error {
	if len(g.buf) < 64<<10 {
		return nil
	}
	return g.flush()
}

func (g *gathered) flush() error {
	_, err := g.w.Write(g.buf)
	g.buf = g.buf[:0]
	return err
}

func (g *gathered) close() error {
	err := g.flush()
	if g.c != nil {
		err = errors.Join(err, g.c.Close())
	}
	return err
}

func redactRecords(ctx context.Context, rd *table.Delimited, b binding, out *gathered) error {
	for n := 0; ; n++ {
		raw, end, line, err := rd.Record()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("line %d: %w", line, err)
		}
		if n&4095 == 4095 && ctx.Err() != nil {
			return ctx.Err()
		}
		if line <= b.line {
			out.buf = append(out.buf, raw...)
		} else {
			out.buf = redactRecord(out.buf, raw, rd.Spans(), &b)
		}
		out.buf = append(out.buf, end...)
		if err := out.full(); err != nil {
			return err
		}
	}
}

// redactRecord appends a record, given whole and in cells, with its personal cells emptied; what
// stands between them is copied in one piece.
func redactRecord(dst, raw []byte, cells [][]byte, b *binding) []byte {
	hides, shifted := b.hider(cells)
	from, at := 0, 0
	for i, cell := range cells {
		if len(cell) > 0 && hides(i) {
			dst = append(dst, raw[from:at]...)
			dst = append(dst, emptied(cell, shifted)...)
			from = at + len(cell)
		}
		at += len(cell) + 1 // the separator
	}
	return append(dst, raw[from:]...)
}

// emptied is a personal cell without its content. The line ends inside it stay, so that line
// numbers do. In a shifted record a question mark stays too: the record must remain one that
// does not fit, or it could be read as a good one with its cells in the wrong places.
func emptied(cell []byte, shifted bool) []byte {
	var out []byte
	if shifted && !readsEmpty(cell) {
		out = append(out, '?')
	}
	n := bytes.Count(cell, []byte{'\n'})
	if n == 0 {
		return out
	}
	return append(append(append([]byte{'"'}, out...), bytes.Repeat([]byte{'\n'}, n)...), '"')
}

// readsEmpty says whether a cell as it stands in the file reads as empty: also with quotes around it, and with the spaces of
// encodings of one byte.
func readsEmpty(cell []byte) bool {
	if n := len(cell); n >= 2 && cell[0] == '"' && cell[n-1] == '"' {
		cell = cell[1 : n-1]
	}
	for _, c := range bytes.TrimSpace(cell) {
		if c != ' ' && c != nbsp {
			return false
		}
	}
	return true
}

// nbsp is the space that does not break, in windows-1252.
const nbsp = 0xA0

// redactSheet writes the recognised sheet to a new workbook, row by row in its place.
func redactSheet(ctx context.Context, src *opened, w io.Writer) error {
	b := src.guess.binding
	rd, closer, err := src.rows()
	if err != nil {
		return err
	}
	defer func() { _ = closer.Close() }() // read only
	book := excelize.NewFile()
	defer func() { _ = book.Close() }() // temporary files only
	if err := book.SetSheetName("Sheet1", b.sheet); err != nil {
		return fmt.Errorf("name sheet: %w", err)
	}
	sw, err := book.NewStreamWriter(b.sheet)
	if err != nil {
		return fmt.Errorf("write sheet: %w", err)
	}
	for {
		cells, row, err := rd.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err = errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		if err := writeSheetRow(sw, row, cells, b); err != nil {
			return err
		}
	}
	if err := sw.Flush(); err != nil {
		return fmt.Errorf("write sheet: %w", err)
	}
	if err := book.Write(w); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}

func writeSheetRow(sw *excelize.StreamWriter, row int, cells [][]byte, b binding) error {
	values := make([]any, len(cells))
	for i, cell := range cells {
		if row > b.line && i < len(b.buyers) && b.buyers[i] {
			continue
		}
		values[i] = string(cell)
	}
	at, err := excelize.CoordinatesToCellName(1, row)
	if err != nil {
		return fmt.Errorf("row %d: %w", row, err)
	}
	if err := sw.SetRow(at, values); err != nil {
		return fmt.Errorf("write row %d: %w", row, err)
	}
	return nil
}
