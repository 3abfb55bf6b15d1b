// Package table turns a report file into records of cells.
//
// Input: UTF-8 (or ASCII-compatible) text with tabs, commas or semicolons, or an XLSX sheet.
// Output: one record at a time with the line it starts on; cells alias a buffer that the next record overwrites.
package table

import (
	"bytes"
	"context"
	"errors"
	"io"
)

// MaxLine is the longest record, in bytes (the file security rules set it).
const MaxLine = 1 << 20

// ErrLineTooLong says that a record is longer than MaxLine.
var ErrLineTooLong = errors.New("a line is longer than 1 MB")

// maxQuotedLines is how many lines one quoted cell may span; a longer one is taken for
// a lone quotation mark.
const maxQuotedLines = 100

// Reader gives records; Delimited and Sheet implement it.
type Reader interface {
	// Next gives the cells of the next record and its 1-based line. At the end it is io.EOF.
	Next() ([][]byte, int, error)
	// Cut says whether the record given last was ended by the end of the file, not by a line end.
	Cut() bool
}

// Sizes of the buffer: small files are many, and large ones come in large pieces.
const (
	firstBuffer = 16 << 10
	fullBuffer  = 256 << 10
)

// lines cuts a stream into lines in one buffer, which grows with the file and for long lines.
type lines struct {
	r          io.Reader
	buf        []byte
	start, end int
	more       bool // the last read filled the buffer
	err        error
}

func newLines(r io.Reader) lines { return lines{r: r, buf: make([]byte, firstBuffer)} }

// line finds the line that begins offset bytes into the pending data. It gives its end
// without and with its terminator, both relative to the pending data.
func (l *lines) line(offset int) (end, next int, err error) {
	from := offset
	for {
		pending := l.buf[l.start:l.end]
		if i := bytes.IndexByte(pending[from:], '\n'); i >= 0 {
			end = from + i
			if end > offset && pending[end-1] == '\r' {
				return end - 1, end + 1, nil
			}
			return end, end + 1, nil
		}
		from = len(pending)
		if from > MaxLine {
			return 0, 0, ErrLineTooLong
		}
		if l.err != nil {
			if !errors.Is(l.err, io.EOF) {
				return 0, 0, l.err
			}
			if from == offset {
				return 0, 0, io.EOF
			}
			if pending[from-1] == '\r' {
				return from - 1, from, nil
			}
			return from, from, nil
		}
		l.fill()
	}
}

// skip passes over n lines, or as many as there are with an end.
func (l *lines) skip(ctx context.Context, n int) (skipped int, err error) {
	for skipped < n {
		pending := l.buf[l.start:l.end]
		if c := bytes.Count(pending, []byte{'\n'}); c <= n-skipped {
			skipped += c
			l.start += bytes.LastIndexByte(pending, '\n') + 1
		} else {
			for ; skipped < n; skipped++ {
				l.start += bytes.IndexByte(l.buf[l.start:l.end], '\n') + 1
			}
		}
		switch {
		case skipped == n:
			return skipped, nil
		case l.err != nil && errors.Is(l.err, io.EOF):
			return skipped, nil
		case l.err != nil:
			return skipped, l.err
		case l.end-l.start > MaxLine:
			return skipped, ErrLineTooLong
		case ctx.Err() != nil:
			return skipped, ctx.Err()
		}
		l.fill()
	}
	return skipped, nil
}

// fill reads more, moving the pending data to the front or growing the buffer.
func (l *lines) fill() {
	if l.start > 0 {
		copy(l.buf, l.buf[l.start:l.end])
		l.end -= l.start
		l.start = 0
	}
	if l.end == len(l.buf) || l.more && len(l.buf) < fullBuffer {
		grown := make([]byte, 2*len(l.buf))
		copy(grown, l.buf[:l.end])
		l.buf = grown
	}
	n, err := l.r.Read(l.buf[l.end:])
	l.end += n
	l.more = l.end == len(l.buf)
	l.err = err
}
