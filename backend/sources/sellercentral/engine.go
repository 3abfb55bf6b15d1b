package sellercentral

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/sources/sellercentral/internal/parse"
	"purser/backend/sources/sellercentral/internal/table"
	"purser/backend/sources/sellercentral/internal/unpack"
)

// batchRows is how many rows a batch has at most; maxRows how many a file may have.
const (
	batchRows = 25_000
	maxRows   = 5_000_000
)

// outlet takes what a reading yields: batches when storing, figures when inspecting.
type outlet struct {
	emit     func(source.Batch) error // nil: inspecting
	progress func(rows int)
	trace    *trace       // looks for a line of a document; nil: none
	batch    source.Batch // what all batches have in common
	expected int          // rows, as far as an inspection counted them

	rows, badRows, repeated int
	bad                     []source.BadRow
	period                  core.Period
	observed                int64
	markets                 map[string]bool
	lastMarket              string
	unplaced                bool // a row ended without a marketplace
	assumed                 bool // a row did not name its marketplace
	problems                []source.Problem
}

// send hands a batch out. The rows are reused after emit returns.
func (o *outlet) send(stream source.Stream, rows any, n int, snapshot, last bool) error {
	if o.emit == nil {
		return nil
	}
	b := o.batch
	b.Stream, b.Rows, b.Len, b.Snapshot, b.Last = stream, rows, n, snapshot, last
	return o.emit(b)
}

// room is how many rows a batch has at most. Inspecting keeps none.
func (o *outlet) room() int {
	if o.emit == nil {
		return 1
	}
	return min(o.expected+1, batchRows)
}

func (o *outlet) tick(ctx context.Context) error {
	if o.progress != nil {
		o.progress(o.rows)
	}
	if o.rows > maxRows {
		return unpack.ErrTooLarge
	}
	return ctx.Err()
}

// sold notes the marketplace of a good row.
func (o *outlet) sold(code string) {
	if code == o.lastMarket && code != "" {
		return
	}
	if code == "" {
		o.unplaced = true
		return
	}
	o.lastMarket = code
	if o.markets == nil {
		o.markets = map[string]bool{}
	}
	o.markets[code] = true
}

func (o *outlet) reject(line int, column, reason, text string) {
	o.badRows++
	if len(o.bad) < source.MaxBadRows {
		o.bad = append(o.bad, source.BadRow{Line: line, Column: column, Reason: reason, Text: clip(text, 500-len("…"))})
	}
}

// run reads all rows of a file whose header is bound.
func (d definition[R]) run(ctx context.Context, rd table.Reader, b binding, x *cells, out *outlet) error {
	r := runner[R]{definition: d, binding: b, x: x, out: out, rows: make([]R, 0, out.room())}
	x.name = "" // fill names the column of a fault
	for i, c := range d.columns {
		if at := b.at[i]; at >= 0 && c.set != nil {
			r.bound = append(r.bound, boundColumn[R]{at: at, name: b.header[at], filled: c.filled, key: c.key, set: c.set})
		}
	}
	if d.heading != nil {
		for _, name := range b.header {
			d.heading(parse.Header(name), &r.zero)
		}
	}
	for n := 0; ; n++ {
		fields, line, err := rd.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("line %d: %w", line, err)
		}
		if line <= b.line {
			continue
		}
		if n&4095 == 4095 {
			if err := out.tick(ctx); err != nil {
				return err
			}
		}
		if err := r.take(fields, line, rd.Cut()); err != nil {
			return err
		}
	}
	if d.problems != nil {
		out.problems = append(out.problems, d.problems(x)...)
	}
	if out.progress != nil {
		out.progress(out.rows)
	}
	return out.send(d.info.Streams[0], r.rows, len(r.rows), d.snapshot, true)
}

// boundColumn is a column of the definition that the file has.
type boundColumn[R any] struct {
	at          int
	name        string
	filled, key bool
	set         func(x *cells, b []byte, r *R)
}

// runner is the state of one run.
type runner[R any] struct {
	definition[R]
	binding
	x     *cells
	out   *outlet
	bound []boundColumn[R]
	rows  []R
}

// take makes one record of one row.
func (r *runner[R]) take(fields [][]byte, line int, cut bool) error {
	x, out := r.x, r.out
	if blank(fields) {
		return nil
	}
	if len(r.rows) == cap(r.rows) {
		if err := out.send(r.info.Streams[0], r.rows, len(r.rows), r.snapshot, false); err != nil {
			return err
		}
		r.rows = r.rows[:0]
	}
	r.rows = append(r.rows, r.zero)
	rec := &r.rows[len(r.rows)-1]
	*r.row(rec) = int32(line)
	x.begin()
	r.fill(fields, rec, cut)
	v := keep
	if !x.faulty && r.finish != nil {
		v = r.finish(x, rec)
	}
	if v == skip && !x.faulty {
		r.rows = r.rows[:len(r.rows)-1]
		return nil
	}
	if x.faulty {
		r.rows = r.rows[:len(r.rows)-1]
		if r.isHeader(fields) {
			return nil
		}
		if r.refused != nil {
			r.refused(x, rec)
		}
		out.rows++
		out.reject(line, x.column, x.column+": "+x.fault, r.text(fields))
		return nil
	}
	out.rows++
	r.note(rec)
	return nil
}

// fill sets the fields of the record.
func (r *runner[R]) fill(fields [][]byte, rec *R, cut bool) {
	x := r.x
	if len(fields) != len(r.header) && !r.sheetRows {
		if r.misshapen(fields, cut) {
			return
		}
	}
	for i := range r.bound {
		c := &r.bound[i]
		var cell []byte
		if c.at < len(fields) {
			if cell = fields[c.at]; !clean(cell) {
				cell = parse.Trim(cell)
			}
		} else if c.key && !r.sheetRows {
			x.fail(c.name, "the row ends before this column")
			return
		}
		if len(cell) == 0 {
			if c.filled {
				x.fail(c.name, "it is empty")
				return
			}
			continue
		}
		if c.filled && len(cell) <= 3 && parse.Blank(cell) {
			x.fail(c.name, "it has no value")
			return
		}
		c.set(x, cell, rec)
		if x.faulty {
			if x.column == "" {
				x.column = c.name
			}
			return
		}
	}
}

// clean says whether a cell surely needs no trimming: its ends are ASCII, no spaces, and not the
// equals sign that spreadsheets put before identifiers.
func clean(b []byte) bool {
	if len(b) == 0 {
		return true
	}
	first, last := b[0], b[len(b)-1]
	return first > ' ' && first < 0x7f && first != '=' && last > ' ' && last < 0x7f
}

// misshapen fails a row that has more cells than the header, or that the end of the file cuts
// off. Where there are personal columns, a short row fails too: nobody can tell where they lie.
func (r *runner[R]) misshapen(fields [][]byte, cut bool) bool {
	if len(fields) > len(r.header) {
		if blank(fields[len(r.header):]) {
			return false
		}
		r.x.fail(r.header[0], "the row has "+strconv.Itoa(len(fields))+" cells, the header "+strconv.Itoa(len(r.header)))
		return true
	}
	switch {
	case cut:
		r.x.fail(r.header[0], "the file ends in the middle of this row")
	case r.lastBuyer >= 0:
		r.x.fail(r.header[0], "the row has only "+strconv.Itoa(len(fields))+" cells, the header "+strconv.Itoa(len(r.header)))
	}
	return r.x.faulty
}

// note finishes a good record and notes what it says of the file.
func (r *runner[R]) note(rec *R) {
	x, out := r.x, r.out
	if r.market != nil {
		*r.market(rec) = x.at.code
		out.sold(x.at.code)
		out.assumed = out.assumed || !x.placed
	}
	if r.currency != nil {
		*r.currency(rec) = x.cur
	}
	if out.emit != nil {
		return
	}
	if r.days != nil {
		if from, to := r.days(rec); to != 0 {
			out.period = out.period.Include(from).Include(to)
		}
	}
	if r.observed != nil {
		out.observed = max(out.observed, r.observed(x, rec))
	}
	if r.seen != nil && r.seen(x, rec) {
		out.repeated++
	}
}

func blank(fields [][]byte) bool {
	for _, f := range fields {
		if len(f) > 0 && len(parse.Trim(f)) > 0 {
			return false
		}
	}
	return true
}

// isHeader says whether the row is the header once more, as in files put together by hand.
func (b *binding) isHeader(fields [][]byte) bool {
	if len(fields) != len(b.header) {
		return false
	}
	for i, f := range fields {
		if parse.Header(string(f)) != parse.Header(b.header[i]) {
			return false
		}
	}
	return true
}

// text is the row for a person to look at, without personal data.
func (b *binding) text(fields [][]byte) string {
	hides, _ := b.hider(fields)
	var s strings.Builder
	for i, f := range fields {
		if i > 0 {
			s.WriteString("\t")
		}
		if !hides(i) {
			s.Write(f)
		}
		if s.Len() > 2000 {
			break
		}
	}
	return strings.ToValidUTF8(s.String(), "\ufffd")
}
