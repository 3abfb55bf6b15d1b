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
}

// Same says whether two entries tell the same figures, whenever they were known.
func (e Entry) Same(o Entry) bool {
	e.Observed, o.Observed = 0, 0
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

const format = 1

// ErrFormat says that a blob is damaged or from a newer Purser.
var ErrFormat = errors.New("packed day cannot be read")

// Encode packs entries, which are sorted by Key. day only makes the numbers smaller.
func Encode(day core.Day, entries []Entry) []byte {
	buf := make([]byte, 0, 2+len(entries)*16)
	buf = append(buf, format)
	buf = binary.AppendUvarint(buf, uint64(len(entries)))
	last := int64(0)
	for _, e := range entries {
		for _, v := range [9]int64{e.SKU - last, e.Currency, int64(e.Observed - day), e.Units, e.Sales, e.Orders, e.Cancelled, e.Pending, e.Price} {
			buf = binary.AppendVarint(buf, v)
		}
		last = e.SKU
	}
	return buf
}

// Decode appends the entries of a blob of day to dst.
func Decode(day core.Day, blob []byte, dst []Entry) ([]Entry, error) {
	if len(blob) == 0 || blob[0] != format {
		return dst, fmt.Errorf("%s: %w", day, ErrFormat)
	}
	blob = blob[1:]
	n, w := binary.Uvarint(blob)
	if w <= 0 || n > uint64(len(blob)) {
		return dst, fmt.Errorf("%s: %w", day, ErrFormat)
	}
	blob = blob[w:]
	sku := int64(0)
	for range n {
		var v [9]int64
		for i := range v {
			x, w := binary.Varint(blob)
			if w <= 0 {
				return dst, fmt.Errorf("%s: %w", day, ErrFormat)
			}
			v[i], blob = x, blob[w:]
		}
		sku += v[0]
		dst = append(dst, Entry{
			SKU: sku, Currency: v[1], Observed: day + core.Day(v[2]), Units: v[3], Sales: v[4],
			Orders: v[5], Cancelled: v[6], Pending: v[7], Price: v[8],
		})
	}
	return dst, nil
}
