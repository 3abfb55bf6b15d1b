package sellercentral

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/sources/sellercentral/internal/table"
)

var _ source.Tracer = (*Source)(nil)

const (
	// neighbours is how many rows an Original has before and after it.
	neighbours = 3
	// spanned is how many lines before the one looked for rows are kept: cells may span lines.
	spanned = 128
)

// Original implements source.Tracer.
func (s *Source) Original(ctx context.Context, f source.File, in source.Inspection, line int) (source.Original, error) {
	var o source.Original
	var err error
	if d, ok := documentNamed(in.Kind); ok {
		o, err = originalEntry(ctx, f, in, d, line)
	} else {
		o, err = originalRow(ctx, f, in, line)
	}
	if err == nil {
		return o, nil
	}
	var ce *core.Error
	if errors.As(err, &ce) {
		return o, err
	}
	if p, ok := problemOf(err, f); ok {
		return o, &core.Error{Code: core.CodeInvalid, Module: module, Message: p.Message, Err: err}
	}
	return o, fmt.Errorf("read a row of %s: %w", f.Name, err)
}

func noLine(f source.File, line int, why string) error {
	return core.NotFound(module, fmt.Sprintf("“%s” has no row at line %d: %s.", f.Name, line, why))
}

// originalRow finds a row of a table.
func originalRow(ctx context.Context, f source.File, in source.Inspection, line int) (source.Original, error) {
	src, err := reopen(f, in)
	if err != nil {
		return source.Original{}, err
	}
	defer func() { _ = src.close() }() // read only
	b := src.guess.binding
	if line <= b.line {
		return source.Original{}, noLine(f, line, fmt.Sprintf("its rows begin below the heading in line %d", b.line))
	}
	rd, closer, err := src.rows()
	if err != nil {
		return source.Original{}, err
	}
	defer func() { _ = closer.Close() }() // read only
	if d, ok := rd.(*table.Delimited); ok {
		if err := d.Skip(ctx, max(b.line, line-1-neighbours)); err != nil {
			return source.Original{}, err
		}
	}
	found, last, err := around(ctx, rd, &b, line)
	if err != nil {
		return source.Original{}, err
	}
	if last > 0 && line > last {
		return source.Original{}, noLine(f, line, fmt.Sprintf("it ends at line %d", last))
	}
	o := found.original(&b)
	if o.Line == 0 {
		return o, noLine(f, line, "that line is empty")
	}
	o.Lines = max(last, b.line+in.Rows, o.Line)
	return o, nil
}

// vicinity is the rows around a line.
type vicinity struct {
	line int
	rows []vicinityRow
	raw  string // of the row that holds the line
	at   int    // its place in rows; -1: none
}

type vicinityRow struct {
	line  int
	cells []string
}

// around reads up to a few rows behind line. last is the last line of the file, if it was reached.
func around(ctx context.Context, rd table.Reader, b *binding, line int) (v vicinity, last int, err error) {
	v = vicinity{line: line, at: -1}
	for n := 0; ; n++ {
		fields, at, err := rd.Next()
		if errors.Is(err, io.EOF) {
			return v, at - 1, nil
		}
		if err != nil {
			return v, 0, fmt.Errorf("line %d: %w", at, err)
		}
		if n&4095 == 4095 && ctx.Err() != nil {
			return v, 0, ctx.Err()
		}
		if at <= b.line || at < line-spanned {
			continue
		}
		if v.at >= 0 && len(v.rows) > v.at+neighbours && at > line {
			return v, 0, nil
		}
		v.take(rd, fields, at, b)
	}
}

// take keeps a row; the last one that begins at or before the line is the one looked for.
func (v *vicinity) take(rd table.Reader, fields [][]byte, at int, b *binding) {
	hides, _ := b.hider(fields)
	cells := make([]string, max(len(fields), len(b.header)))
	for i, cell := range fields {
		if !hides(i) {
			cells[i] = strings.ToValidUTF8(string(cell), "\ufffd")
		}
	}
	for len(cells) > len(b.header) && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	v.rows = append(v.rows, vicinityRow{at, cells})
	if at > v.line {
		return
	}
	v.at = len(v.rows) - 1
	if d, ok := rd.(*table.Delimited); ok {
		spans := d.Spans()
		v.raw = strings.ToValidUTF8(string(redactRecord(nil, d.Raw(), spans, b)), "\ufffd")
	} else {
		v.raw = strings.Join(cells, "\t")
	}
}

func (r vicinityRow) blank() bool { return strings.TrimSpace(strings.Join(r.cells, "")) == "" }

// original makes the answer; its Line is 0 where there is no row.
func (v *vicinity) original(b *binding) source.Original {
	if v.at < 0 || v.rows[v.at].blank() {
		return source.Original{}
	}
	row := v.rows[v.at]
	o := source.Original{Header: b.header, Cells: row.cells, Line: row.line, Raw: v.raw}
	for i := range v.rows {
		r := &v.rows[i]
		switch {
		case r.blank():
		case i < v.at && i >= v.at-neighbours:
			o.Before = append(o.Before, source.OriginalRow{Line: r.line, Cells: r.cells})
		case i > v.at && i <= v.at+neighbours:
			o.After = append(o.After, source.OriginalRow{Line: r.line, Cells: r.cells})
		}
	}
	return o
}
