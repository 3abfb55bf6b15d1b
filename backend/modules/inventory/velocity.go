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
	until   core.Day // later changes are not known yet
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

// dayKind is what one day says of the pace at which a SKU sells.
type dayKind int

const (
	unsold  dayKind = iota // sales are not known
	left                   // known sales, known to be out of stock: left out
	assumed                // counted; no snapshot tells the stock
	counted                // counted
)

// day is what day i of the window says of a SKU of which sold is known.
func (d demand) day(h history, changes []change, sold []float64, i int) (units float64, kind dayKind) {
	if !d.covered[i] {
		return 0, unsold
	}
	if i < len(sold) {
		units = sold[i]
	}
	switch st := h.state(changes, d.window.From+core.Day(i)); {
	case units > 0: // sold, so it was there
		return units, counted
	case st == outOfStock:
		return units, left
	case st == unknownStock:
		return units, assumed
	}
	return units, counted
}

// dayCount is what the days of a window come to for one SKU.
type dayCount struct {
	counted int // known sales, not known to be out of stock
	assumed int // of these: no snapshot tells the stock
	left    int // known sales, known to be out of stock: left out
	covered int
	units   float64
}

func count(h history, changes []change, d demand, sold []float64, n int) dayCount {
	var c dayCount
	for i := max(d.window.Days()-n, 0); i < d.window.Days(); i++ {
		u, kind := d.day(h, changes, sold, i)
		switch kind {
		case unsold:
			continue
		case left:
			c.left++
		case assumed:
			c.assumed++
		case counted:
		}
		c.covered++
		if kind != left {
			c.counted++
			c.units += u
		}
	}
	return c
}

// span chooses the days that velocity is measured over, up to the end of the window: 28, or 90 where
// fewer than 7 of the 28 had stock.
func span(h history, changes []change, d demand, sold []float64) (n int, c, short dayCount) {
	short = count(h, changes, d, sold, shortWindow)
	if short.counted >= enoughDays {
		return shortWindow, short, short
	}
	return longWindow, count(h, changes, d, sold, longWindow), short
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
	n, c, short := span(h, changes, d, d.units[sku])
	if n == longWindow {
		r.origin = r.noting(fmt.Sprintf("measured over 90 days: only %s of the last 28 had stock", plural(short.counted, "day")))
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
	for i := longWindow - shortWindow; i < longWindow; i++ {
		st, byReport := d.stock(h, changes, d.units[sku], i)
		if byReport {
			reported++
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

// stock is the state of a SKU on day i of the window, and whether a report tells it: a day with a sale had stock.
func (d demand) stock(h history, changes []change, sold []float64, i int) (st stockState, byReport bool) {
	st = h.state(changes, d.window.From+core.Day(i))
	byReport = st != unknownStock
	if i < len(sold) && sold[i] > 0 {
		st = inStock
	}
	return st, byReport
}
