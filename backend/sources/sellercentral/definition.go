package sellercentral

import (
	"context"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/sources/sellercentral/internal/table"
)

// definition says what one kind of report with rows looks like and how a row becomes an R.
// It is made anew for every reading, so its functions may keep state of one file.
type definition[R any] struct {
	info     source.Kind
	columns  []column[R]
	known    []string // columns that are there and not needed
	unless   []string // a header with one of these is another report
	snapshot bool     // the file states the whole of something
	placed   bool     // every record needs a marketplace
	dated    bool     // without a date column, the period must be given
	windowed bool     // it tells every day of the period that was asked for, also those without a row
	zero     R        // what a record is before its cells are set

	row      func(*R) *int32
	market   func(*R) *string
	currency func(*R) *core.Currency
	days     func(*R) (from, to core.Day)    // for the period; nil: none
	seen     func(x *cells, r *R) bool       // whether the key of the row occurred before
	finish   func(x *cells, r *R) verdict    // makes the row whole; nil: keep
	refused  func(x *cells, r *R)            // told of a bad row, as far as it was read; nil: nothing
	observed func(x *cells, r *R) int64      // instant the row vouches for; nil: none
	heading  func(name string, zero *R)      // what a column's name says of every row; nil: nothing
	shape    func(records [][]string) []int  // finds the columns by content where no header is known
	problems func(x *cells) []source.Problem // what is only known at the end of a file; nil: none
}

// verdict is what becomes of a row that could be read.
type verdict int

const (
	keep verdict = iota
	skip         // not a record, and nothing wrong with it
)

// sort is what a column holds; it decides which columns tell decimal sign and date order.
type sort int

const (
	words sort = iota
	counts
	amounts
	reals
	dates
)

// column is one column of a report.
type column[R any] struct {
	colSpec
	set func(x *cells, b []byte, r *R)
}

// colSpec is what recognition and redaction need of a column.
type colSpec struct {
	name   string // normalised, as parse.Header gives it
	also   []string
	sort   sort
	key    bool // without it the file is refused
	filled bool // an empty cell makes the row a bad one
	buyer  bool // personal data: never stored
	// Whether the cells name the marketplace, or the currency, of their row.
	market, currency bool
}

// as adds the spellings of other languages and versions.
func (c column[R]) as(names ...string) column[R] { c.also = append(c.also, names...); return c }

// must says that the file is refused without the column.
func (c column[R]) must() column[R] { c.key = true; return c }

// full says that the file is refused without the column, and a row without a value.
func (c column[R]) full() column[R] { c.key, c.filled = true, true; return c }

// spec is a definition without its record type.
type spec struct {
	info     source.Kind
	columns  []colSpec
	known    []string
	unless   []string
	snapshot bool
	placed   bool
	dated    bool
	windowed bool
	shape    func(records [][]string) []int
	spelling map[string]int // of every column, to its place
}

// tableKind is a definition whose record type is hidden.
type tableKind interface {
	spec() spec
	run(ctx context.Context, rd table.Reader, b binding, x *cells, out *outlet) error
}

func (d definition[R]) spec() spec {
	s := spec{
		info: d.info, known: d.known, unless: d.unless, snapshot: d.snapshot,
		placed: d.placed, dated: d.dated, windowed: d.windowed, shape: d.shape,
	}
	for _, c := range d.columns {
		s.columns = append(s.columns, c.colSpec)
	}
	s.spelling = s.names()
	return s
}

// text is a column of words that repeat from row to row: they are kept once.
func text[R any, S ~string](name string, at func(*R) *S) column[R] {
	return column[R]{
		colSpec: colSpec{name: name},
		set:     func(x *cells, b []byte, r *R) { *at(r) = S(x.word(b)) },
	}
}

// ident is a column of words that are different on nearly every row.
func ident[R any, S ~string](name string, at func(*R) *S) column[R] {
	return column[R]{
		colSpec: colSpec{name: name},
		set:     func(x *cells, b []byte, r *R) { *at(r) = S(x.fresh(b)) },
	}
}

// count is a column of whole numbers.
func count[R any](name string, at func(*R) *int32) column[R] {
	return column[R]{
		colSpec: colSpec{name: name, sort: counts},
		set:     func(x *cells, b []byte, r *R) { *at(r) = x.count(b) },
	}
}

// amount is a column of money in the currency of the row.
func amount[R any](name string, at func(*R) *int64) column[R] {
	return column[R]{
		colSpec: colSpec{name: name, sort: amounts},
		set:     func(x *cells, b []byte, r *R) { *at(r) = x.amount(b) },
	}
}

// figure is a column of numbers that are no money.
func figure[R any](name string, at func(*R) *float64) column[R] {
	return column[R]{
		colSpec: colSpec{name: name, sort: reals},
		set: func(x *cells, b []byte, r *R) {
			if v, ok := x.real(b); ok {
				*at(r) = v
			}
		},
	}
}

// day is a column of calendar days, or of instants of which the day in the marketplace counts.
func day[R any](name string, at func(*R) *core.Day) column[R] {
	return column[R]{
		colSpec: colSpec{name: name, sort: dates},
		set:     func(x *cells, b []byte, r *R) { *at(r) = x.day(b) },
	}
}

// instant is a column of points in time.
func instant[R any](name string, at func(*R) *int64) column[R] {
	return column[R]{
		colSpec: colSpec{name: name, sort: dates},
		set:     func(x *cells, b []byte, r *R) { *at(r) = x.instant(b) },
	}
}

// channel is the column that names the marketplace of a row. It stands before all that depend on it.
func channel[R any](name string) column[R] {
	return column[R]{
		colSpec: colSpec{name: name, market: true},
		set:     func(x *cells, b []byte, _ *R) { x.place(b) },
	}
}

// money is the column that names the currency of a row. It stands before the amounts.
func money[R any](name string) column[R] {
	return column[R]{
		colSpec: colSpec{name: name, currency: true},
		set:     func(x *cells, b []byte, _ *R) { x.denominate(b) },
	}
}

// buyer is a column of personal data: read by nobody, blanked before anything is stored.
func buyer[R any](name string) column[R] {
	return column[R]{colSpec: colSpec{name: name, buyer: true}}
}

// custom is a column with a meaning of its own.
func custom[R any](name string, s sort, set func(x *cells, b []byte, r *R)) column[R] {
	return column[R]{colSpec: colSpec{name: name, sort: s}, set: set}
}
