package sellercentral

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"purser/backend/core"
	"purser/backend/sources/sellercentral/internal/parse"
)

// arenaSize is the piece of memory that strings of their own are cut from.
const arenaSize = 64 << 10

// style is how a file writes numbers and dates.
type style struct {
	comma  bool
	order  string // "mdy", "dmy", "ymd" or ""
	serial bool   // a workbook: dates may be day numbers
}

// cells turns the cells of one row after the other into values. It knows what the file and
// the row so far have said of marketplace, currency and style, and remembers the first fault of a row.
type cells struct {
	style
	stores   *stores
	home     *store        // marketplace of the whole file
	currency core.Currency // currency of the whole file, if it states one
	period   core.Period   // of the whole file, if its rows have no date

	// Of the current row.
	at     *store
	cur    core.Currency
	exp    int
	bound  bool   // the row names its currency
	placed bool   // the row names its marketplace
	name   string // of the value being read; "" where the caller names it
	fault  string
	faulty bool
	column string

	words wordSet
	arena strings.Builder
	last  string
	keys  *keySet
	// unique says that the inspection saw no key twice, so that they need no counting again.
	unique bool

	dayText [10]byte // the calendar day read last, as written, and its value
	dayRead core.Day
}

func newCells(st style, home string, period core.Period) *cells {
	all := newStores()
	return &cells{
		style: st, stores: all, home: all.code(home), period: period,
		words: newWordSet(), keys: newKeySet(),
	}
}

// begin starts a row.
func (x *cells) begin() {
	x.faulty, x.bound, x.placed = false, false, false
	if x.at != x.home || x.cur == "" {
		x.settle(x.home)
	} else if c := x.fallback(); c != x.cur {
		x.setCurrency(c)
	}
}

// settle makes st the marketplace of the row, and its currency that of the amounts unless they have their own.
func (x *cells) settle(st *store) {
	x.at = st
	if !x.bound {
		x.setCurrency(x.fallback())
	}
}

// fallback is the currency of a row that names none: the file's, else the marketplace's.
func (x *cells) fallback() core.Currency {
	if x.currency != "" {
		return x.currency
	}
	return x.at.currency
}

func (x *cells) setCurrency(c core.Currency) {
	if x.cur != c || c == "" {
		x.cur, x.exp = c, c.Exponent()
	}
}

// fail records what is wrong with the row; the first fault counts.
func (x *cells) fail(column, reason string) {
	if !x.faulty {
		x.faulty, x.column, x.fault = true, column, reason
	}
}

// reject says that a cell is not what its column holds.
func (x *cells) reject(b []byte, what string) {
	x.fail(x.name, strconv.Quote(clip(string(b), 60))+" is not "+what)
}

func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}

// place takes the cell that names the marketplace.
func (x *cells) place(b []byte) {
	st := x.stores.named(b)
	if st == nil {
		if !parse.Blank(b) {
			x.reject(b, "a marketplace Purser knows")
		}
		return
	}
	x.placed = true
	if st != x.at {
		x.settle(st)
	}
}

// denominate takes the cell that names the currency.
func (x *cells) denominate(b []byte) {
	if x.bound = string(b) == string(x.cur); x.bound {
		return
	}
	if len(b) != 3 {
		if !parse.Blank(b) {
			x.reject(b, "a currency")
		}
		return
	}
	for _, c := range b {
		if c|0x20 < 'a' || c|0x20 > 'z' {
			x.reject(b, "a currency")
			return
		}
	}
	x.bound = true
	x.setCurrency(core.Currency(strings.ToUpper(x.word(b))))
}

// word gives the cell as a string that is shared with equal cells of the file.
func (x *cells) word(b []byte) string {
	return x.words.get(b)
}

// fresh gives the cell as a string of its own, cut from a larger piece of memory to spare the collector.
func (x *cells) fresh(b []byte) string {
	if string(b) == x.last {
		return x.last
	}
	if !utf8.Valid(b) {
		return strings.ToValidUTF8(string(b), "\ufffd")
	}
	if len(b) > arenaSize/8 {
		return string(b)
	}
	if x.arena.Cap()-x.arena.Len() < len(b) {
		x.arena = strings.Builder{}
		x.arena.Grow(arenaSize)
	}
	from := x.arena.Len()
	x.arena.Write(b)
	x.last = x.arena.String()[from:]
	return x.last
}

// count reads a whole number; nothing is zero.
func (x *cells) count(b []byte) int32 {
	v, ok := parse.Int(b, x.comma)
	if !ok && !parse.Blank(b) {
		x.reject(b, "a whole number")
	}
	return v
}

// amount reads money of the row's currency; nothing is zero.
func (x *cells) amount(b []byte) int64 {
	v, ok := parse.Minor(b, x.exp, x.comma)
	if !ok && !parse.Blank(b) {
		x.reject(b, "an amount")
	}
	return v
}

// real reads a number that is no money; false if the cell is empty or not one.
func (x *cells) real(b []byte) (float64, bool) {
	v, ok := parse.Real(b, x.comma)
	if !ok && !parse.Blank(b) {
		x.reject(b, "a number")
	}
	return v, ok
}

// stamp reads a date.
func (x *cells) stamp(b []byte) (parse.Stamp, bool) {
	s, ok := parse.Date(b, x.order, x.serial)
	if !ok && !parse.Blank(b) {
		x.reject(b, "a date")
	}
	return s, ok
}

// day reads a calendar day; an instant with a zone counts as its day in the marketplace.
func (x *cells) day(b []byte) core.Day {
	s, ok := x.stamp(b)
	if !ok {
		return 0
	}
	if s.HasTime && s.HasZone {
		return x.at.day(s.Unix(nil))
	}
	return s.Day
}

// instant reads a point in time; without a zone it is the marketplace's.
func (x *cells) instant(b []byte) int64 {
	if len(b) == 25 && string(b[19:]) == "+00:00" && string(b[:10]) == string(x.dayText[:]) {
		if sec, ok := parse.Clock(b[11:19]); ok && b[10] == 'T' {
			return int64(x.dayRead)*86400 + int64(sec)
		}
	}
	s, ok := x.stamp(b)
	if !ok {
		return 0
	}
	if len(b) == 25 && b[4] == '-' && b[10] == 'T' {
		copy(x.dayText[:], b)
		x.dayRead = s.Day
	}
	return s.Unix(x.at.loc)
}

// earlier says how often a key of two parts occurred before in the file, and remembers it.
func (x *cells) earlier(a, b string) int32 {
	if x.unique {
		return 0
	}
	return x.keys.add(x.keys.hash(a, b, ""))
}

// before says whether a key of up to three parts occurred before in the file, and remembers it.
func (x *cells) before(a, b, c string) bool { return x.keys.add(x.keys.hash(a, b, c)) > 0 }

// equalFold compares a cell with an ASCII word.
func equalFold(b []byte, word string) bool { return bytes.EqualFold(b, []byte(word)) }
