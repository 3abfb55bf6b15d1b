// Package history keeps the days of a marketplace in memory, in columns of small numbers, so that a
// year of thousands of SKUs is added up in a few milliseconds.
//
// Input: the entries of packed days, and the totals of these days.
// Output: sums over any days, single SKUs of a day, counts of lines.
package history

import (
	"math"
	"slices"

	"purser/backend/core"
	"purser/backend/modules/sales/internal/daypack"
)

// Day is one day of a marketplace as it is known now. It is never changed.
type Day struct {
	Observed core.Day // day on which the last of its figures was first known
	Totals   []Total  // every version, by currency, oldest first
	Lines    int      // order lines of the day

	// One place each for what fits, sorted by SKU; all in the marketplace's own currency.
	sku    []uint32
	sales  []int32
	units  []uint16
	orders []uint8
	lines  []uint8
	// What is rare, or does not fit.
	cancelled []cancelled
	odd       []daypack.Entry
}

// Total is what the whole marketplace sold in one currency, as known from Observed on.
type Total struct {
	Currency                                 int64
	Observed                                 core.Day
	Units, Sales, Orders, Cancelled, Pending int64
}

type cancelled struct {
	sku   uint32
	units int64
}

// NewDay packs the entries of a day, which are sorted by SKU. own is the marketplace's currency.
func NewDay(observed core.Day, entries []daypack.Entry, own int64) *Day {
	d := &Day{Observed: observed}
	n := 0
	for i := range entries {
		if fits(&entries[i], own) {
			n++
		}
	}
	d.sku, d.sales, d.units = make([]uint32, 0, n), make([]int32, 0, n), make([]uint16, 0, n)
	small := make([]uint8, 2*n)
	d.orders, d.lines = small[:0:n], small[n:n]
	for i := range entries {
		e := &entries[i]
		d.Lines += int(e.Lines)
		if !fits(e, own) {
			d.odd = append(d.odd, *e)
			continue
		}
		if e.Cancelled != 0 {
			d.cancelled = append(d.cancelled, cancelled{uint32(e.SKU), e.Cancelled})
		}
		d.sku, d.sales, d.units = append(d.sku, uint32(e.SKU)), append(d.sales, int32(e.Sales)), append(d.units, uint16(e.Units))
		d.orders, d.lines = append(d.orders, uint8(e.Orders)), append(d.lines, uint8(e.Lines))
	}
	return d
}

func fits(e *daypack.Entry, own int64) bool {
	return e.Currency == own && e.SKU > 0 && e.SKU <= math.MaxUint32 && e.Units >= 0 && e.Units <= math.MaxUint16 &&
		e.Sales >= math.MinInt32 && e.Sales <= math.MaxInt32 && e.Orders >= 0 && e.Orders <= math.MaxUint8 && e.Lines >= 0 && e.Lines <= math.MaxUint8
}

// Of appends what one SKU sold on the day, by currency; without Observed, Pending and Price.
func (d *Day) Of(sku, own int64, dst []daypack.Entry) []daypack.Entry {
	if d == nil {
		return dst
	}
	if i, ok := slices.BinarySearch(d.sku, uint32(sku)); ok && sku <= math.MaxUint32 {
		e := daypack.Entry{
			SKU: sku, Currency: own, Units: int64(d.units[i]), Sales: int64(d.sales[i]), Orders: int64(d.orders[i]), Lines: int64(d.lines[i]),
		}
		for _, c := range d.cancelled {
			if int64(c.sku) == sku {
				e.Cancelled = c.units
			}
		}
		dst = append(dst, e)
	}
	for i := range d.odd {
		if d.odd[i].SKU == sku {
			dst = append(dst, d.odd[i])
		}
	}
	return dst
}

// All appends what every SKU sold on the day; without Observed, Pending and Price.
func (d *Day) All(own int64, dst []daypack.Entry) []daypack.Entry {
	if d == nil {
		return dst
	}
	c := d.cancelled
	for i, sku := range d.sku {
		e := daypack.Entry{
			SKU: int64(sku), Currency: own, Units: int64(d.units[i]), Sales: int64(d.sales[i]), Orders: int64(d.orders[i]), Lines: int64(d.lines[i]),
		}
		if len(c) > 0 && c[0].sku == sku {
			e.Cancelled, c = c[0].units, c[1:]
		}
		dst = append(dst, e)
	}
	return append(dst, d.odd...)
}

// LinesOf counts the lines of some SKUs, which are sorted.
func (d *Day) LinesOf(skus []int64) int {
	if d == nil {
		return 0
	}
	n := 0
	for _, sku := range skus {
		if i, ok := slices.BinarySearch(d.sku, uint32(sku)); ok && sku <= math.MaxUint32 {
			n += int(d.lines[i])
		}
	}
	for i := range d.odd {
		if _, ok := slices.BinarySearch(skus, d.odd[i].SKU); ok {
			n += int(d.odd[i].Lines)
		}
	}
	return n
}

// Sums are what SKUs sold over days, by number of the SKU. Sales are of the own currency.
type Sums struct {
	Sold              []Sold
	Orders, Cancelled []int64 // nil: not wanted
	Foreign           []bool  // sold in another currency too
}

// Sold is the units and sales of one SKU.
type Sold struct{ Units, Sales int64 }

// NewSums makes room for SKUs numbered up to top.
func NewSums(top int64, orders, cancelled bool) *Sums {
	s := &Sums{Sold: make([]Sold, top+1), Foreign: make([]bool, top+1)}
	if orders {
		s.Orders = make([]int64, top+1)
	}
	if cancelled {
		s.Cancelled = make([]int64, top+1)
	}
	return s
}

// Add adds a day. SKUs beyond the top are those of a later day than the question: left out.
func (s *Sums) Add(d *Day, own int64) {
	if d == nil {
		return
	}
	sold := s.Sold
	sales, units := d.sales[:len(d.sku)], d.units[:len(d.sku)]
	for i, sku := range d.sku {
		if int(sku) < len(sold) {
			t := &sold[sku]
			t.Units += int64(units[i])
			t.Sales += int64(sales[i])
		}
	}
	if s.Orders != nil {
		orders := d.orders[:len(d.sku)]
		for i, sku := range d.sku {
			if int(sku) < len(s.Orders) {
				s.Orders[sku] += int64(orders[i])
			}
		}
	}
	if s.Cancelled != nil {
		for _, c := range d.cancelled {
			if int(c.sku) < len(s.Cancelled) {
				s.Cancelled[c.sku] += c.units
			}
		}
	}
	s.Entries(d.odd, own)
}

// Entries adds entries of any currency.
func (s *Sums) Entries(list []daypack.Entry, own int64) {
	for i := range list {
		e := &list[i]
		if e.SKU >= int64(len(s.Sold)) {
			continue
		}
		s.Sold[e.SKU].Units += e.Units
		if e.Currency == own {
			s.Sold[e.SKU].Sales += e.Sales
		} else if e.Sales != 0 {
			s.Foreign[e.SKU] = true
		}
		if s.Orders != nil {
			s.Orders[e.SKU] += e.Orders
		}
		if s.Cancelled != nil {
			s.Cancelled[e.SKU] += e.Cancelled
		}
	}
}

// Market is all days of a marketplace. It is never changed; With makes another.
type Market struct {
	currency int64
	first    core.Day
	days     []*Day
}

// Own is the number of the marketplace's own currency; −1: it was not seen yet.
func (m *Market) Own() int64 {
	if m == nil {
		return -1
	}
	return m.currency
}

// With is the market with some days replaced, and its own currency, which may only just have been seen.
func (m *Market) With(changed map[core.Day]*Day, currency int64) *Market {
	p := core.Period{}
	if len(m.days) > 0 {
		p = core.LastDays(m.first+core.Day(len(m.days))-1, len(m.days))
	}
	for d := range changed {
		p = p.Include(d)
	}
	out := &Market{currency: currency, first: p.From, days: make([]*Day, p.Days())}
	if len(m.days) > 0 {
		copy(out.days[m.first-p.From:], m.days)
	}
	for d, day := range changed {
		out.days[d-p.From] = day
	}
	return out
}

// At is a day; nil: nothing is known of it.
func (m *Market) At(d core.Day) *Day {
	if m == nil || d < m.first || int(d-m.first) >= len(m.days) {
		return nil
	}
	return m.days[d-m.first]
}

// Span is the days there are.
func (m *Market) Span() core.Period {
	if m == nil || len(m.days) == 0 {
		return core.Period{}
	}
	return core.LastDays(m.first+core.Day(len(m.days))-1, len(m.days))
}
