package sellercentral

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"purser/backend/core/source"
)

// trace picks out what the records around one line of a document were made of, while it is read.
type trace struct {
	line    int
	last    int // highest line met
	entries []tracedEntry
}

// tracedEntry is the part of a document that one line stands for.
type tracedEntry struct {
	line   int
	path   string
	market string      // of a part that does not say it itself
	over   [][2]string // names and values of what stands above the part and belongs to it
	raw    json.RawMessage
}

// see is told every line of a document; errStop says that the rest is of no interest.
func (t *trace) see(e tracedEntry) error {
	if t == nil {
		return nil
	}
	t.last = e.line
	if e.line > t.line+neighbours {
		return errStop
	}
	if e.line >= t.line-neighbours {
		t.entries = append(t.entries, e)
	}
	return nil
}

// originalEntry finds the part of a JSON document that a record was made of by reading it again,
// so that it counts exactly as the records do.
func originalEntry(ctx context.Context, f source.File, in source.Inspection, d document, line int) (source.Original, error) {
	t := &trace{line: line}
	out := &outlet{trace: t, emit: func(source.Batch) error { return nil }}
	if err := readDocument(ctx, f, in, d, out); err != nil && !errors.Is(err, errStop) {
		return source.Original{}, err
	}
	var o source.Original
	for _, e := range t.entries {
		if d.envelope != nil {
			e.raw = blanked(e.raw)
		}
		header, cells, err := e.flat()
		if err != nil {
			return o, err
		}
		switch {
		case e.line < line:
			o.Before = append(o.Before, source.OriginalRow{Line: e.line, Cells: cells})
		case e.line > line:
			o.After = append(o.After, source.OriginalRow{Line: e.line, Cells: cells})
		default:
			o.Header, o.Cells, o.Line, o.Path = header, cells, line, e.path
			var b bytes.Buffer
			if len(e.raw) == 0 {
				continue
			}
			if err := json.Indent(&b, e.raw, "", "  "); err != nil {
				return o, err
			}
			o.Raw = b.String()
		}
	}
	if o.Line == 0 {
		return source.Original{}, noLine(f, line, fmt.Sprintf("it has %d entries", t.last))
	}
	o.Lines = max(in.Rows, t.last)
	return o, nil
}

// flat lists the plain values of an entry by their paths.
func (e tracedEntry) flat() (header, cells []string, err error) {
	if e.market != "" {
		header, cells = append(header, "marketplaceId"), append(cells, e.market)
	}
	for _, o := range e.over {
		header, cells = append(header, o[0]), append(cells, o[1])
	}
	if len(e.raw) == 0 {
		return header, cells, nil
	}
	dec := json.NewDecoder(bytes.NewReader(e.raw))
	dec.UseNumber()
	err = flatten(dec, "", func(path, value string) {
		header, cells = append(header, path), append(cells, value)
	})
	return header, cells, err
}

// flatten walks the next value; the reader bounded how deep it nests.
func flatten(dec *json.Decoder, path string, add func(path, value string)) error {
	tok, err := dec.Token()
	if err != nil {
		return err
	}
	switch tok {
	case json.Delim('{'):
		for dec.More() {
			key, err := dec.Token()
			if err != nil {
				return err
			}
			name := fmt.Sprint(key)
			if path != "" {
				name = path + "." + name
			}
			if err := flatten(dec, name, add); err != nil {
				return err
			}
		}
	case json.Delim('['):
		for i := 0; dec.More(); i++ {
			if err := flatten(dec, path+"["+strconv.Itoa(i)+"]", add); err != nil {
				return err
			}
		}
	case nil:
		add(path, "")
		return nil
	default:
		add(path, fmt.Sprint(tok))
		return nil
	}
	if _, err = dec.Token(); errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
