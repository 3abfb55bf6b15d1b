package table

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"math/bits"
)

// Delimited reads text whose cells are separated by one byte.
//
// With quoting off, as Amazon writes tab-separated files, a quotation mark is a character
// like any other. With quoting on, a cell that starts with one ends at the next single one
// and may span lines; one that is never closed counts as text of its line only, so that it
// cannot swallow the rows after it.
type Delimited struct {
	lines
	sep     byte
	quoted  bool
	number  int // lines consumed so far
	cut     bool
	fields  [][]byte
	scratch []byte
	raw     []byte
	end     []byte
	loose   bool // the current record has an unclosed quotation mark
	want    int  // cells of a whole record; 0: not known
}

// NewDelimited reads r; sep is '\t', ',' or ';'.
func NewDelimited(r io.Reader, sep byte, quoted bool) *Delimited {
	return &Delimited{lines: newLines(r), sep: sep, quoted: quoted}
}

// Expect says how many cells a record has. It helps to tell a lone quotation mark from a cell that
// spans lines: where two lines in a row are whole records by themselves, the mark is a lone one.
func (d *Delimited) Expect(cells int) { d.want = cells }

// Cut implements Reader.
func (d *Delimited) Cut() bool { return d.cut }

// Next implements Reader.
func (d *Delimited) Next() ([][]byte, int, error) {
	raw, _, line, err := d.Record()
	if err != nil {
		return nil, line, err
	}
	d.fields = d.fields[:0]
	if !d.quoted || d.loose {
		d.split(raw)
	} else {
		d.splitQuoted(raw)
	}
	return d.fields, line, nil
}

// Skip passes over the lines up to line n without looking at them, where no cell can span lines;
// elsewhere, and at the end of the data, it does less. Nothing may have been read before.
func (d *Delimited) Skip(ctx context.Context, n int) error {
	if d.quoted {
		return nil
	}
	skipped, err := d.skip(ctx, n)
	d.number += skipped
	return err
}

// Raw is the record given last as it stands in the file.
func (d *Delimited) Raw() []byte { return d.raw }

// Record gives the next record as it stands in the file, its line end, and its line.
func (d *Delimited) Record() (raw, end []byte, line int, err error) {
	stop, next, err := d.line(0)
	if err != nil {
		return nil, nil, d.number + 1, err
	}
	first := d.number + 1
	d.loose = false
	spanned := 1
	if d.quoted && bytes.IndexByte(d.buf[d.start:d.start+stop], '"') >= 0 {
		if stop, next, spanned, err = d.quotedEnd(stop, next); err != nil {
			return nil, nil, first, err
		}
	}
	d.number += spanned
	d.cut = stop == next
	d.raw = d.buf[d.start : d.start+stop]
	d.end = d.buf[d.start+stop : d.start+next]
	d.start += next
	return d.raw, d.end, first, nil
}

// quotedEnd extends a record over the lines its quoted cells span.
func (d *Delimited) quotedEnd(stop, next int) (newStop, newNext, spanned int, err error) {
	state := quoteState{sep: d.sep, fresh: true}
	from, s, n := 0, stop, next
	for spanned = 1; spanned <= maxQuotedLines; spanned++ {
		if !state.open(d.buf[d.start+from : d.start+s]) {
			if spanned > 1 && d.lone(stop, next) {
				break
			}
			return s, n, spanned, nil
		}
		from = s
		s, n, err = d.line(n)
		if errors.Is(err, io.EOF) || errors.Is(err, ErrLineTooLong) {
			break
		}
		if err != nil {
			return 0, 0, 0, err
		}
	}
	d.loose = true
	return stop, next, 1, nil
}

// lone says whether the line that ends at stop and the one that begins at next are whole records.
func (d *Delimited) lone(stop, next int) bool {
	if d.want < 2 || bytes.Count(d.buf[d.start:d.start+stop], []byte{d.sep}) != d.want-1 {
		return false
	}
	end, _, err := d.line(next)
	if err != nil {
		return false
	}
	line := d.buf[d.start+next : d.start+end]
	n, raw := 1, line
	for {
		_, rest, more := cutCell(raw, d.sep)
		if !more {
			break
		}
		raw = rest
		n++
	}
	return n == d.want || bytes.Count(line, []byte{d.sep}) == d.want-1
}

// quoteState follows quotation marks through the lines of a record.
type quoteState struct {
	sep    byte
	inside bool
	fresh  bool // at the start of a cell
}

// open says whether a quoted cell is still open after b.
func (q *quoteState) open(b []byte) bool {
	for i := 0; i < len(b); i++ {
		c := b[i]
		switch {
		case q.inside && c == '"' && i+1 < len(b) && b[i+1] == '"':
			i++
		case q.inside:
			// A closing mark stands at the end of a cell.
			q.inside = c != '"' || (i+1 < len(b) && b[i+1] != q.sep)
			q.fresh = false
		case c == '"' && q.fresh:
			q.inside = true
		default:
			q.fresh = c == q.sep
		}
	}
	return q.inside
}

// split cuts at every separator. It looks at eight bytes at once: cells are short, so calling
// bytes.IndexByte for each costs twice as much.
func (d *Delimited) split(raw []byte) {
	const low, high = 0x7f7f7f7f7f7f7f7f, 0x8080808080808080
	pattern := uint64(d.sep) * 0x0101010101010101
	fields, from, i := d.fields, 0, 0
	for ; i+8 <= len(raw); i += 8 {
		w := binary.LittleEndian.Uint64(raw[i:]) ^ pattern
		// A byte of m is 0x80 where the byte of w is zero, which is where the separator stands.
		for m := ^((w&low + low) | w) & high; m != 0; m &= m - 1 {
			at := i + bits.TrailingZeros64(m)>>3
			fields = append(fields, raw[from:at])
			from = at + 1
		}
	}
	for ; i < len(raw); i++ {
		if raw[i] == d.sep {
			fields = append(fields, raw[from:i])
			from = i + 1
		}
	}
	fields = append(fields, raw[from:])
	d.fields = fields
}

func (d *Delimited) splitQuoted(raw []byte) {
	d.scratch = d.scratch[:0]
	for {
		cell, rest, more := cutCell(raw, d.sep)
		d.fields = append(d.fields, d.unquote(cell))
		if !more {
			return
		}
		raw = rest
	}
}

// cutCell cuts the first cell, with its quotation marks, off a record.
func cutCell(raw []byte, sep byte) (cell, rest []byte, more bool) {
	i := 0
	if len(raw) > 0 && raw[0] == '"' {
		for i = 1; i < len(raw); i++ {
			if raw[i] != '"' {
				continue
			}
			if i+1 < len(raw) && raw[i+1] == '"' {
				i++
				continue
			}
			if i+1 == len(raw) || raw[i+1] == sep {
				break
			}
		}
		i = min(i+1, len(raw))
	}
	j := bytes.IndexByte(raw[i:], sep)
	if j < 0 {
		return raw, nil, false
	}
	return raw[:i+j], raw[i+j+1:], true
}

// unquote gives the text of a quoted cell.
func (d *Delimited) unquote(cell []byte) []byte {
	if len(cell) < 2 || cell[0] != '"' || cell[len(cell)-1] != '"' {
		return cell
	}
	inner := cell[1 : len(cell)-1]
	if bytes.IndexByte(inner, '"') < 0 {
		return inner
	}
	from := len(d.scratch)
	for i := 0; i < len(inner); i++ {
		d.scratch = append(d.scratch, inner[i])
		if inner[i] == '"' && i+1 < len(inner) && inner[i+1] == '"' {
			i++
		}
	}
	return d.scratch[from:]
}

// Spans gives the cells of the record that Record gave last, with their quotation marks.
func (d *Delimited) Spans() [][]byte {
	d.fields = d.fields[:0]
	if !d.quoted || d.loose {
		d.split(d.raw)
		return d.fields
	}
	raw := d.raw
	for {
		cell, rest, more := cutCell(raw, d.sep)
		d.fields = append(d.fields, cell)
		if !more {
			return d.fields
		}
		raw = rest
	}
}
