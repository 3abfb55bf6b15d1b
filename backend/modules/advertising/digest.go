package advertising

import (
	"encoding/binary"
	"slices"
)

// digest is the sums of one content, or of a run of days, by slot: packed, since a year of a
// large account is millions of them.
type digest struct {
	hash  [32]byte // of the content; zero for runs of days
	main  uint32   // currency of most sums
	data  []byte
	total totals
}

// What a packed sum says of its currency; any other is its number plus otherCurrency.
const (
	mainCurrency = iota
	noCurrency
	mixedCurrency
	otherCurrency
)

// packSums packs the sums of the slots that were touched, and empties them.
func packSums(sums []totals, touched []uint32) *digest {
	slices.Sort(touched)
	d := &digest{data: make([]byte, 0, len(touched)*10)}
	for _, slot := range touched {
		if d.main = sums[slot].currency; d.main != 0 {
			break
		}
	}
	last := uint32(0)
	for _, slot := range touched {
		t := &sums[slot]
		d.total.plus(*t)
		d.data = binary.AppendUvarint(d.data, uint64(slot-last))
		d.data = binary.AppendUvarint(d.data, d.currencyTag(t))
		for _, n := range [...]int64{t.impressions, t.clicks, t.orders, t.spend, t.sales} {
			d.data = binary.AppendVarint(d.data, n)
		}
		last = slot
		*t = totals{}
	}
	d.data = slices.Clip(d.data)
	return d
}

func (d *digest) currencyTag(t *totals) uint64 {
	switch {
	case t.mixed:
		return mixedCurrency
	case t.currency == 0:
		return noCurrency
	case t.currency == d.main:
		return mainCurrency
	}
	return uint64(t.currency) + otherCurrency
}

// each gives the sums by ascending slot; t is reused between calls.
func (d *digest) each(fn func(slot uint32, t *totals)) {
	b := d.data
	slot := uint32(0)
	var t totals
	fields := [...]*int64{&t.impressions, &t.clicks, &t.orders, &t.spend, &t.sales}
	for at := 0; at < len(b); {
		v, n := readUvarint(b, at)
		slot, at = slot+uint32(v), at+n
		v, n = readUvarint(b, at)
		at += n
		t.currency, t.mixed = d.main, v == mixedCurrency
		if v == noCurrency {
			t.currency = 0
		} else if v >= otherCurrency {
			t.currency = uint32(v - otherCurrency)
		}
		for _, f := range fields {
			if at < len(b) && b[at] < 0x80 {
				v, n = uint64(b[at]), 1
			} else {
				v, n = binary.Uvarint(b[at:])
			}
			*f, at = int64(v>>1)^-int64(v&1), at+n
		}
		fn(slot, &t)
	}
}

// addTo adds the sums to those of their slots.
func (d *digest) addTo(sums []totals) {
	d.each(func(slot uint32, t *totals) { sums[slot].plus(*t) })
}
