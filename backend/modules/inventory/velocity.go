package inventory

import (
	"fmt"
	"sort"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// What velocity is measured over. These belong to the stated formula of the facts (two of
// them bear the 28 in their name); they are nobody's policy.
const (
	shortWindow = 28 // days: whole weeks, so that every weekday counts alike
	longWindow  = 90 // days, where the short one has too few with stock
	enoughDays  = 7  // days with stock that the short window must have
	carriedDays = 7  // days for which a snapshot speaks
	lateDays    = 2  // days by which sales may lag before it is worth a note
	salesKind   = "all_orders"
	seriesUnits = "sales.units"
	factPrice   = "sales.price"
)

// change is a snapshot at which a SKU came into stock or ran out.
type change struct {
	day core.Day
	in  bool
}

// history is what the snapshots of one marketplace say of stock over time.
type history struct {
	days    []core.Day // of snapshots, ascending
	changes map[core.SKU][]change
}

// Stock of a SKU on a day, as far as snapshots tell.
type stockState int

const (
	unknownStock stockState = iota
	inStock
	outOfStock
)

// state of the SKU whose changes are given at the end of day d. The last snapshot speaks for
// carriedDays; a SKU it does not name has no stock.
func (h history) state(changes []change, d core.Day) stockState {
	i := sort.Search(len(h.days), func(i int) bool { return h.days[i] > d })
	if i == 0 || d-h.days[i-1] > carriedDays {
		return unknownStock
	}
	j := sort.Search(len(changes), func(j int) bool { return changes[j].day > d })
	if j > 0 && changes[j-1].in {
		return inStock
	}
	return outOfStock
}

// demand is the units sold in one marketplace, day by day.
type demand struct {
	window  core.Period // longWindow days
	covered []bool      // by day of the window: sales are known
	units   map[core.SKU][]float64
	last    core.Day // last covered day; 0: none
	problem string   // why nothing is known, for people
}

// days is what the days of a window come to for one SKU.
type dayCount struct {
	counted int // known sales, not known to be out of stock
	assumed int // of these: no snapshot tells the stock
	left    int // known sales, known to be out of stock: left out
	covered int
	units   float64
}

func count(h history, changes []change, d demand, sold []float64, n int) dayCount {
	var c dayCount
	first := d.window.Days() - n
	for i := max(first, 0); i < d.window.Days(); i++ {
		if !d.covered[i] {
			continue
		}
		c.covered++
		var u float64
		if i < len(sold) {
			u = sold[i]
		}
		st := h.state(changes, d.window.From+core.Day(i))
		switch {
		case u > 0: // sold, so it was there
		case st == outOfStock:
			c.left++
			continue
		case st == unknownStock:
			c.assumed++
		}
		c.counted++
		c.units += u
	}
	return c
}

// rate is units a day with its origin; known is false where it can't be told.
type rate struct {
	perDay float64
	origin
}

// velocity is units sold a day over the days with stock of the last 28, or of the last 90
// where fewer than 7 of the 28 had stock.
func velocity(h history, changes []change, d demand, sku core.SKU) rate {
	r := rate{origin: origin{source: salesKind, asOf: d.last, maturity: fact.Fresh}}
	if d.problem != "" {
		r.maturity, r.note = fact.Missing, d.problem
		return r
	}
	sold := d.units[sku]
	n := shortWindow
	c := count(h, changes, d, sold, n)
	if c.counted < enoughDays {
		few := c.counted
		n = longWindow
		c = count(h, changes, d, sold, n)
		r.origin = r.noting(fmt.Sprintf("measured over 90 days: only %s of the last 28 had stock", plural(few, "day")))
	}
	if c.counted == 0 {
		r.maturity, r.note = fact.Missing, "no day with stock and known sales in the last 90"
		return r
	}
	r.perDay = c.units / float64(c.counted)
	if c.left > 0 {
		r.origin = r.noting(plural(c.left, "day") + " out of stock left out")
	}
	if gap := n - c.covered; gap > lateDays || (gap > 0 && int(d.window.To-d.last) < gap) {
		r.origin = r.noting(fmt.Sprintf("sales known on %d of %d days", c.covered, n))
	}
	if c.assumed > 0 {
		r.maturity = fact.Estimated
		r.origin = r.noting("stock not known on " + plural(c.assumed, "day") + ", taken as in stock")
	}
	if c.counted < enoughDays {
		r.maturity = fact.Estimated
		r.origin = r.noting("only " + plural(c.counted, "day") + " with stock")
	}
	return r
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// stockouts counts the days of the last 28 on which the SKU is known to have been out of
// stock, those on which its stock is known, and those of which a report tells it.
func stockouts(h history, changes []change, d demand, sku core.SKU) (out, told, reported int) {
	sold := d.units[sku]
	for i := longWindow - shortWindow; i < longWindow; i++ {
		st := h.state(changes, d.window.From+core.Day(i))
		if st != unknownStock {
			reported++
		}
		if i < len(sold) && sold[i] > 0 {
			st = inStock
		}
		if st == outOfStock {
			out++
		}
		if st != unknownStock {
			told++
		}
	}
	return out, told, reported
}
