package advertising

import (
	"cmp"
	"encoding/binary"
	"errors"
	"slices"
)

// row is one line of a report with every text replaced by its number (0: empty).
// Amounts are minor units of the currency.
type row struct {
	campaign, adGroup, targeting, match, term, sku, asin, status, currency uint32

	impressions, clicks, orders, units, spend, sales, budget int64
}

// line is a row and where in its document it stands; 0: not told.
type line struct {
	row
	at int32
}

// keyOnly is the row without what may be restated.
func (r row) keyOnly() row {
	return row{
		campaign: r.campaign, adGroup: r.adGroup, targeting: r.targeting, match: r.match,
		term: r.term, sku: r.sku, asin: r.asin, currency: r.currency,
	}
}

// texts are the numbers of the row's texts, in packing order.
func (r *row) texts() [9]uint32 {
	return [9]uint32{r.campaign, r.adGroup, r.targeting, r.match, r.term, r.sku, r.asin, r.status, r.currency}
}

// numbers are the row's figures, in packing order.
func (r *row) numbers() [7]int64 {
	return [7]int64{r.impressions, r.clicks, r.orders, r.units, r.spend, r.sales, r.budget}
}

// fields point to what texts and numbers tell, to be read in.
func (r *row) fields() ([9]*uint32, [7]*int64) {
	return [9]*uint32{&r.campaign, &r.adGroup, &r.targeting, &r.match, &r.term, &r.sku, &r.asin, &r.status, &r.currency},
		[7]*int64{&r.impressions, &r.clicks, &r.orders, &r.units, &r.spend, &r.sales, &r.budget}
}

// compareLines orders rows by key, then by numbers, so that equal content packs to equal bytes.
func compareLines(a, b *line) int {
	at, bt := a.texts(), b.texts()
	if c := slices.Compare(at[:], bt[:]); c != 0 {
		return c
	}
	an, bn := a.numbers(), b.numbers()
	if c := slices.Compare(an[:], bn[:]); c != 0 {
		return c
	}
	return cmp.Compare(a.at, b.at)
}

// mergeLines lays newer lines over what is kept of the same document: a line replaces
// itself, so that storing it again changes nothing, and two lines with the same key add up.
// Lines that do not say where they stand are told apart by their key.
func mergeLines(kept, incoming []line) []line {
	byLine := make(map[int32]int, len(kept)+len(incoming))
	byKey := map[row]int{}
	out := make([]line, 0, len(kept)+len(incoming))
	lay := func(l *line) {
		i, ok := byLine[l.at]
		if l.at == 0 {
			i, ok = byKey[l.keyOnly()]
		}
		switch {
		case ok:
			out[i] = *l
			return
		case l.at == 0:
			byKey[l.keyOnly()] = len(out)
		default:
			byLine[l.at] = len(out)
		}
		out = append(out, *l)
	}
	for i := range kept {
		lay(&kept[i])
	}
	for i := range incoming {
		lay(&incoming[i])
	}
	slices.SortFunc(out, func(a, b line) int { return compareLines(&a, &b) })
	return out
}

const sheetFormat = 1 // first byte of packed rows

// packRows writes rows as bytes: format, then per row nine text numbers and seven signed numbers.
func packRows(lines []line) []byte {
	b := make([]byte, 1, 1+len(lines)*24)
	b[0] = sheetFormat
	for i := range lines {
		r := &lines[i].row
		for _, t := range r.texts() {
			b = binary.AppendUvarint(b, uint64(t))
		}
		for _, n := range r.numbers() {
			b = binary.AppendVarint(b, n)
		}
	}
	return b
}

// errPacked says that packed rows are damaged.
var errPacked = errors.New("packed advertising rows are damaged: rebuild from the documents")

// eachRow reads packed rows one by one; r is reused between calls.
func eachRow(b []byte, fn func(r *row)) error {
	if len(b) == 0 || b[0] != sheetFormat {
		return errPacked
	}
	var r row
	texts, numbers := r.fields()
	for at := 1; at < len(b); {
		for _, t := range texts {
			v, n := readUvarint(b, at)
			if n <= 0 {
				return errPacked
			}
			*t, at = uint32(v), at+n
		}
		for _, num := range numbers {
			v, n := readUvarint(b, at)
			if n <= 0 {
				return errPacked
			}
			*num, at = int64(v>>1)^-int64(v&1), at+n
		}
		fn(&r)
	}
	return nil
}

// readUvarint reads a number at b[at:]; most take one byte.
func readUvarint(b []byte, at int) (uint64, int) {
	if at < len(b) && b[at] < 0x80 {
		return uint64(b[at]), 1
	}
	return binary.Uvarint(b[min(at, len(b)):])
}

// packPlaces writes the document lines of rows.
func packPlaces(lines []line) []byte {
	b := make([]byte, 0, len(lines)*2)
	last := int32(0)
	for _, l := range lines {
		b = binary.AppendVarint(b, int64(l.at-last))
		last = l.at
	}
	return b
}

// unpackLines joins packed rows with their document lines.
func unpackLines(rows, places []byte) ([]line, error) {
	var out []line
	bad := false
	last, at := int64(0), 0
	err := eachRow(rows, func(r *row) {
		d, n := binary.Varint(places[min(at, len(places)):])
		if n <= 0 {
			bad = true
			return
		}
		last, at = last+d, at+n
		out = append(out, line{*r, int32(last)})
	})
	if err == nil && bad {
		err = errPacked
	}
	return out, err
}
