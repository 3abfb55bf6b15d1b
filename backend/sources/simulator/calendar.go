package simulator

import (
	"math"
	"time"

	"purser/backend/core"
)

// store is one of the account's two marketplaces with its own habits.
type store struct {
	core.Marketplace
	loc      *time.Location
	weekday  [7]float64 // Sunday first; mean 1
	prefixes []int      // of order ids
	taxRate  float64    // US: on top, withheld by Amazon; DE: contained in the price
	centres  []string   // fulfilment centres
	index    int
}

func stores() []*store {
	us, _ := core.MarketplaceByCode("US")
	de, _ := core.MarketplaceByCode("DE")
	return []*store{
		{
			Marketplace: us, loc: us.Zone(), weekday: [7]float64{1.05, 1.07, 1.03, 1.0, 0.97, 0.92, 0.96},
			prefixes: []int{111, 112, 113, 114}, taxRate: 0.07, centres: []string{"ONT8", "DFW7", "PHX3", "CMH1"}, index: 0,
		},
		{
			Marketplace: de, loc: de.Zone(), weekday: [7]float64{1.14, 1.06, 1.01, 0.99, 0.96, 0.93, 0.91},
			prefixes: []int{302, 303, 304, 305, 306}, taxRate: 0.19, centres: []string{"LEJ1", "BER3", "DTM2"}, index: 1,
		},
	}
}

// germany says whether the store is Amazon.de.
func (m *store) germany() bool { return m.Code == "DE" }

// season is the yearly swing of a group: mean about 1, peak in its own weeks.
func season(g group, d core.Day) float64 {
	swing := [8]struct {
		size float64
		peak int // day of the year
	}{
		hydration: {0.10, 195}, kitchen: {0.08, 340}, storage: {0.07, 15}, bath: {0.06, 350},
		garden: {0.26, 140}, camping: {0.24, 190}, home: {0.10, 335}, pets: {0.03, 90},
	}
	s := swing[g]
	return 1 + s.size*math.Cos(2*math.Pi*float64(d.Time().YearDay()-s.peak)/365.25)
}

// growth is the account's slow rise, 9 % a year around the start of 2026, held between bounds.
func growth(d core.Day) float64 {
	years := float64(d-core.Date(2026, time.January, 1)) / 365.25
	return max(0.7, min(1.6, 1+0.09*years))
}

// event is the lift of a sales event and its discount in per cent: a two-day Prime-like event in
// the second week of July and of October, Black Friday to Cyber Monday, and the weeks before Christmas.
func event(d core.Day) (lift float64, discount int64) {
	t := d.Time()
	month := t.Month()
	if month == time.July || month == time.October {
		start := nthWeekday(t.Year(), month, time.Tuesday, 2)
		if d != start && d != start+1 {
			return 1, 0
		}
		if month == time.July {
			return 2.4, 15
		}
		return 1.9, 12
	}
	friday := nthWeekday(t.Year(), time.November, time.Thursday, 4) + 1
	switch {
	case d >= friday && d <= friday+3:
		return 1.9, 15
	case month == time.December && t.Day() <= 19:
		return 1.12, 0
	case month == time.December && t.Day() >= 24 && t.Day() <= 26:
		return 0.7, 0
	}
	return 1, 0
}

// nthWeekday is the n-th given weekday of a month.
func nthWeekday(year int, month time.Month, w time.Weekday, n int) core.Day {
	first := core.Date(year, month, 1)
	ahead := (int(w) - int(first.Weekday()) + 7) % 7
	return first + core.Day(ahead+7*(n-1))
}

// monthStart is the first day of d's month.
func monthStart(d core.Day) core.Day {
	y, m, _ := d.Time().Date()
	return core.Date(y, m, 1)
}

// nextMonth is the first day of the month after d's.
func nextMonth(d core.Day) core.Day {
	y, m, _ := d.Time().Date()
	return core.Date(y, m+1, 1)
}
