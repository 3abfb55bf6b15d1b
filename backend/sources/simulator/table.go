package simulator

import (
	"math"
	"strconv"
	"strings"

	"purser/backend/core"
)

// rowWriter takes the cells of a table one by one.
type rowWriter interface {
	text(v string)
	count(v int64)
	money(minor int64)        // two decimals
	ratio(v float64, dec int) // plain decimal
	share(v float64, dec int) // fraction shown as a percentage
	end()
}

// table writes a delimited text file: tab separated without quoting, or CSV.
type table struct {
	buf      []byte
	sep      byte
	quoteAll bool
	comma    bool // decimal comma
	started  bool
}

func newTSV(columns ...string) *table {
	t := &table{sep: '\t'}
	return t.header(columns)
}

func newCSV(columns ...string) *table {
	t := &table{sep: ','}
	return t.header(columns)
}

func (t *table) header(columns []string) *table {
	for _, c := range columns {
		t.text(c)
	}
	t.end()
	return t
}

func (t *table) next() {
	if t.started {
		t.buf = append(t.buf, t.sep)
	}
	t.started = true
}

func (t *table) text(v string) {
	t.next()
	if t.sep == ',' && (t.quoteAll || strings.ContainsAny(v, ",\"\n")) {
		t.buf = append(t.buf, '"')
		t.buf = append(t.buf, strings.ReplaceAll(v, `"`, `""`)...)
		t.buf = append(t.buf, '"')
		return
	}
	t.buf = append(t.buf, v...)
}

// texts writes several text cells.
func (t *table) texts(v ...string) {
	for _, x := range v {
		t.text(x)
	}
}

// blanks leaves n cells empty.
func (t *table) blanks(n int) {
	for range n {
		t.text("")
	}
}

func (t *table) count(v int64) {
	if t.quoteAll {
		t.text(strconv.FormatInt(v, 10))
		return
	}
	t.next()
	t.buf = strconv.AppendInt(t.buf, v, 10)
}

// counts writes several counts.
func (t *table) counts(v ...int32) {
	for _, x := range v {
		t.count(int64(x))
	}
}

func (t *table) money(minor int64) {
	s := core.Money{Minor: minor}.Decimal()
	if t.comma {
		s = strings.Replace(s, ".", ",", 1)
	}
	t.text(s)
}

func (t *table) ratio(v float64, dec int) {
	t.next()
	t.buf = strconv.AppendFloat(t.buf, v, 'f', dec, 64)
}

func (t *table) share(v float64, dec int) {
	t.text(strconv.FormatFloat(v*100, 'f', dec, 64) + "%")
}

func (t *table) end() {
	t.buf = append(t.buf, '\r', '\n')
	t.started = false
}

// round to whole numbers, half away from zero.
func round(v float64) int64 { return int64(math.Round(v)) }
