package fact

import (
	"context"

	"purser/backend/core"
)

// Measure declares a figure over any period that a person chooses; a fact has its window in
// its name. A base measure adds up over days and over subjects (units, spend) and is answered
// by its module (Measurer). The others are made of measures, by whoever asks: a sum of terms
// (profit = sales − refunds − fees …) or a quotient (ACoS = spend ÷ ad sales), so that they
// come out right for a SKU, a group of SKUs and the whole account alike.
type Measure struct {
	// Definition is as for a fact. Its Subject is not used; Daily is the series of SKUs, if any.
	Definition
	// Kinds are the kinds of subject that a base measure can be asked of. Totals of a
	// marketplace are asked as kind Marketplace; of the account they are the sum of those.
	Kinds []SubjectKind
	// Series names the daily series of the measure by kind of subject, for charts and sparklines.
	Series map[SubjectKind]string
	// Terms make a sum; empty for base measures and quotients.
	Terms []Term
	// Num and Den make a quotient, Num ÷ Den × Factor (0: 1).
	Num, Den string
	Factor   float64
}

// Base says whether a module answers the measure itself.
func (m Measure) Base() bool { return len(m.Terms) == 0 && m.Num == "" }

// Term is one summand of a measure.
type Term struct {
	Name string
	Sign int64 // +1 or −1
	// Optional: where the term is not known the sum is given without it, as an estimate that
	// says what is missing ("before ads"); else the sum is not known either.
	Optional bool
}

// MeasureQuery asks for base measures of all subjects of a kind over a period.
type MeasureQuery struct {
	Names   []string // base measures of one module
	Kind    SubjectKind
	Period  core.Period
	AsOf    core.Day // what was known at the end of this day; the day itself never counts
	Subject string   // only this subject; "": all
}

// Frame holds measures in columns: it is asked for ten thousand subjects at a time.
type Frame struct {
	Subjects []string // ids; a subject in which nothing happened may be absent: it is zero where covered
	Columns  []FrameColumn
}

// FrameColumn is one measure; Values go with Frame.Subjects.
type FrameColumn struct {
	Name   string
	Values []int64 // whole units, or minor units of the marketplace's currency
	// Missing marks subjects whose value is not known although their days are; nil: none.
	// MissingNote says why ("no cost given").
	Missing     []bool
	MissingNote string
	// Cover says per marketplace what the values rest on. A marketplace that is absent, or has no
	// day, is missing: its subjects are not zero.
	Cover  map[string]Cover
	Source string // kind of document
}

// Cover is how much of a period a marketplace's documents tell.
type Cover struct {
	Days     int      // days of the period that are known
	Through  core.Day // the last of them
	Maturity Maturity // Fresh, Settling, Estimated or Stale; Missing without any day
	Note     string   // what is missing or estimated; "" if nothing
}

// Measurer is a module with measures.
type Measurer interface {
	Measures() []Measure
	// Measure answers base measures of the module. It must be fast: a page waits for it.
	Measure(ctx context.Context, q MeasureQuery) (Frame, error)
}

// RowsQuery asks for rows: those that a number is made of, or those of a list.
type RowsQuery struct {
	Name    string      // fact, base measure, or list
	Subject string      // whose number; "" for lists: all
	Period  core.Period // of measures and lists; facts have their own window
	AsOf    core.Day
	// For lists only.
	Marketplaces []string // none: all
	Filter       string   // text that a row must contain
	Sort         string   // name of a column; "": the list's own order
	Desc         bool

	Offset, Limit int
}

// Rows are lines of documents, with the figures in them that count.
type Rows struct {
	How     string // how the number comes from the rows: "Sum of units of the rows that are not cancelled"
	Columns []RowColumn
	Rows    []Row
	Total   int // of the whole answer; Rows is a window of it
}

// RowColumn heads a column of Rows.
type RowColumn struct {
	Name     string
	Title    string
	Type     Type
	Unit     string
	Sortable bool // lists only
}

// Row is one line of a document.
type Row struct {
	Document int64  // 0: not from a document (a cost that the seller entered)
	Line     int    // as counted in the document, from 1
	Subject  string // SKU or other subject that it speaks of; may be empty
	Cells    []Value
}

// RowProvider lists the rows behind the facts without parts and the base measures of a module.
type RowProvider interface {
	// Rows answers the rows that the value of q.Name for q.Subject is made of: recomputed as Rows.How
	// says, they give that value exactly. Only this and Lister may read single events such as order lines.
	Rows(ctx context.Context, q RowsQuery) (Rows, error)
}

// Lister is a module with lists: tables whose rows are events or lines of documents, sorted,
// filtered and cut in SQLite.
type Lister interface {
	List(ctx context.Context, q RowsQuery) (Rows, error)
}
