// Package simulator turns a seed and a day into a demo seller: the report files that "Harbour Goods",
// a seller of household goods in the United States and Germany, would have downloaded by then.
//
// Input: a seed, the day it is, how many days of history and how many SKUs.
// Output: report files in Amazon's formats, oldest download first, and what the seller would have typed in.
//
// The same options give the same bytes. An ordinary SKU's past does not change when the day moves
// on; what is planted for the demo (see Seller.Planted) is placed relative to the day, so the recent
// past of those few SKUs moves with it. Stores close early here: nobody buys after 21:57 local time,
// so that the files of 06:10 UTC hold the whole of the day before, in California too.
package simulator

import (
	"bytes"
	"io"
	"iter"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/module"
	"purser/backend/core/source"
)

// AccountName is the name of the demo account.
const AccountName = "Harbour Goods"

// Options say which demo seller.
type Options struct {
	Seed    uint64
	AsOf    core.Day // the day it is: data is complete up to the day before
	Days    int      // history; 0: 430, at least 400
	SKUs    int      // products; 0: 60, at least 20
	Hostile bool     // plant scripts, event handlers and formulas in titles, search terms, comments and campaign names
	// Volume is how much is sold of what is usual; 0: all of it. Of planted situations some need more than little.
	Volume float64
	// Ahead is for how many days beyond AsOf the account lives on; see Live. Documents end with AsOf all the same.
	// More days ahead leave what was before them as it was, but for stock of the last two days.
	Ahead int
}

// Seller is the demo account.
type Seller struct {
	o        Options
	asOf     core.Day
	first    core.Day // first day with documents
	epoch    core.Day // first simulated day
	end      core.Day // data is complete up to the day before: AsOf, or later where the account lives on
	stores   []*store
	products []*product
	offers   []*offer
	lines    [2][][]*line // by store, by day since first
	ads      *adWorld
	feedback [2][]rating
	returns  [2][]refund
}

// New simulates the account up to the day before o.AsOf.
func New(o Options) *Seller {
	if o.Days == 0 {
		o.Days = 430
	}
	if o.SKUs == 0 {
		o.SKUs = 60
	}
	o.Days, o.SKUs = max(o.Days, 400), max(o.SKUs, 20)
	s := &Seller{o: o, asOf: o.AsOf, first: o.AsOf - core.Day(o.Days), stores: stores()}
	s.end = o.AsOf + core.Day(max(0, o.Ahead))
	s.epoch = epochBefore(s.first - 180)
	s.products = pick(o.SKUs, o.Seed)
	for _, p := range s.products {
		p.base, p.baseDE = p.base*s.volume(), p.baseDE*s.volume()
	}
	if o.Hostile {
		poisonTitles(s.products)
	}
	s.makeOffers()
	s.simulateStock()
	s.placeOrders()
	s.ads = s.runAds()
	s.collectFeedback()
	s.takeReturns()
	return s
}

func (s *Seller) volume() float64 {
	if s.o.Volume > 0 {
		return s.o.Volume
	}
	return 1
}

// epochBefore is a fixed day from which the simulation runs, so that the past does not
// depend on where the history shown begins: the start of 2024, or ten-year steps before it.
func epochBefore(d core.Day) core.Day {
	epoch := core.Date(2024, time.January, 1)
	for epoch > d {
		epoch -= 3653
	}
	return epoch
}

// Documents yields the files in the order in which they would have been downloaded, oldest first.
// ModTime is the moment of the download. Each file is made when it is reached.
func (s *Seller) Documents() iter.Seq[source.File] {
	return func(yield func(source.File) bool) {
		for _, d := range s.schedule() {
			data := d.build()
			f := source.File{
				Name: d.name, Size: int64(len(data)), ModTime: d.at,
				Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil },
			}
			if !yield(f) {
				return
			}
		}
	}
}

// OptionsFor is what the seller would have answered when importing the named file: its marketplace,
// which some of Amazon's files do not say.
func OptionsFor(f source.File) source.Options {
	o := source.Options{ObservedAt: f.ModTime}
	for _, m := range stores() {
		if strings.Contains(f.Name, "_"+m.Code+"_") {
			o.Marketplace = m.Code
		}
	}
	return o
}

// Items is the master data as the seller would have entered it: cost for about 85 % of the SKUs, and lead times.
func (s *Seller) Items() []module.Item {
	items := make([]module.Item, 0, len(s.offers))
	for _, o := range s.offers {
		it := module.Item{
			Marketplace: o.store.Code, SKU: o.sku, ASIN: o.asin, Title: o.name(),
			Price: core.Money{Minor: o.priceOn(s.asOf - 1), Currency: o.store.Currency}, LeadTime: o.lead,
		}
		if !o.noCost {
			it.Cost = core.Money{Minor: o.unitCost(), Currency: o.store.Currency}
		}
		items = append(items, it)
	}
	return items
}
