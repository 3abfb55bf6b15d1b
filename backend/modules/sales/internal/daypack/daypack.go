// Package daypack turns the SKUs of one day of a marketplace into a few bytes each and back.
//
// Input: the day's entries, sorted by SKU and currency.
// Output: a blob with its format version in the first byte, and the same entries read from it.
package daypack

import (
	"encoding/binary"
	"errors"
	"fmt"

	"purser/backend/core"
)

// Entry is what one SKU sold in one currency on one day. Sales and Price are minor units.
type Entry struct {
	SKU       int64
	Currency  int64
	Observed  core.Day // day on which these figures were first known
	Units     int64    // not cancelled, pending included
	Sales     int64
	Orders    int64
	Cancelled int64 // units
	Pending   int64 // units of pending lines without a price
	Price     int64 // of one unit, last paid that day; 0: none
	Lines     int64 // order lines behind the figures, cancelled ones too
}

// Same says whether two entries tell the same figures, whenever they were known and from
// however many lines.
func (e Entry) Same(o Entry) bool {
	e.Observed, o.Observed = 0, 0
	e.Lines, o.Lines = 0, 0
	return e == o
}

// Key orders entries: by SKU, then currency.
func (e Entry) Key(o Entry) int {
	switch {
	case e.SKU != o.SKU:
		return int(e.SKU - o.SKU)
	default:
		return int(e.Currency - o.Currency)
	}
}

// Formats of a blob: the first has no Lines.
const (
	formatPlain = 1
	format      = 2
	fieldsPlain = 9
	fields      = 10
)

// ErrFormat says that a blob is damaged or from a newer Purser.
var ErrFormat = errors.New("packed day cannot be read")

// Encode packs entries, which are sorted by Key. day only makes the numbers smaller.
func Encode(day core.Day, entries []Entry) []byte {
	buf := make([]byte, 0, 2+len(entries)*16)
	buf = append(buf, format)
	buf = binary.AppendUvarint(buf, uint64(len(entries)))
	last := int64(0)
	for _, e := range entries {
		for _, v := range [fields]int64{
			e.SKU - last, e.Currency, int64(e.Observed - day), e.Units, e.Sales, e.Orders, e.Cancelled, e.Pending, e.Price, e.Lines,
		} {
			buf = binary.AppendVarint(buf, v)
		}
		last = e.SKU
	}
	return buf
}

// Decode appends the entries of a blob of day to dst.
func Decode(day core.Day, blob []byte, dst []Entry) ([]Entry, error) {
	rest, n, has, err := open(day, blob)
	if err != nil {
		return dst, err
	}
	sku := int64(0)
	for range n {
		var e Entry
		if e, rest, err = read(day, rest, has); err != nil {
			return dst, err
		}
		sku += e.SKU
		e.SKU = sku
		dst = append(dst, e)
	}
	return dst, nil
}

// open gives the entries' bytes, how many there are and how many numbers each has.
func open(day core.Day, blob []byte) (rest []byte, n uint64, has int, err error) {
	if len(blob) == 0 || blob[0] != format && blob[0] != formatPlain {
		return nil, 0, 0, fmt.Errorf("%s: %w", day, ErrFormat)
	}
	has = fields
	if blob[0] == formatPlain {
		has = fieldsPlain
	}
	n, w := binary.Uvarint(blob[1:])
	if w <= 0 || n > uint64(len(blob)) {
		return nil, 0, 0, fmt.Errorf("%s: %w", day, ErrFormat)
	}
	return blob[1+w:], n, has, nil
}

// read reads one entry of so many numbers; its SKU is the distance from the one before.
func read(day core.Day, blob []byte, has int) (Entry, []byte, error) {
	var v [fields]int64
	for i := range has {
		x, w := binary.Varint(blob)
		if w <= 0 {
			return Entry{}, nil, fmt.Errorf("%s: %w", day, ErrFormat)
		}
		v[i], blob = x, blob[w:]
	}
	return Entry{
		SKU: v[0], Currency: v[1], Observed: day + core.Day(v[2]), Units: v[3], Sales: v[4],
		Orders: v[5], Cancelled: v[6], Pending: v[7], Price: v[8], Lines: v[9],
	}, blob, nil
}

// Find appends the entries of one SKU to dst. It walks over the others without reading them,
// and stops behind the SKU: about a fifth of the time of Decode.
func Find(day core.Day, blob []byte, sku int64, dst []Entry) ([]Entry, error) {
	rest, n, has, err := open(day, blob)
	if err != nil {
		return dst, err
	}
	at := int64(0)
	for range n {
		delta, w := binary.Varint(rest)
		if w <= 0 {
			return dst, fmt.Errorf("%s: %w", day, ErrFormat)
		}
		if at += delta; at > sku {
			return dst, nil
		}
		if at < sku {
			if rest = skip(rest[w:], has-1); rest == nil {
				return dst, fmt.Errorf("%s: %w", day, ErrFormat)
			}
			continue
		}
		var e Entry
		if e, rest, err = read(day, rest, has); err != nil {
			return dst, err
		}
		e.SKU = sku
		dst = append(dst, e)
	}
	return dst, nil
}

// skip passes n numbers; each ends with a byte below 0x80. nil: there are not that many.
func skip(b []byte, n int) []byte {
	for i, c := range b {
		if c < 0x80 {
			if n--; n == 0 {
				return b[i+1:]
			}
		}
	}
	return nil
}
