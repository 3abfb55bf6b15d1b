package sales

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"sync"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
	"purser/backend/core/source"
)

// place is a line of a document.
type place struct {
	doc int64
	row int
}

// feeVersion is what a fee preview said of one unit.
type feeVersion struct {
	core.Money
	observed core.Day
	place
}

// feeBook is all fee previews: per SKU the versions, oldest first.
type feeBook struct {
	by   map[int64][][]feeVersion // marketplace → by number of the SKU
	seen map[int64][]span         // preview files by marketplace
}

// at is the newest version known at the end of day by, else the first there is, which is late.
func (b *feeBook) at(k marketSKU, by core.Day) (f feeVersion, late, ok bool) {
	list := b.by[k.mkt]
	if k.sku >= int64(len(list)) {
		return f, false, false
	}
	for _, x := range list[k.sku] {
		if !ok || x.observed <= by {
			f, ok = x, true
		}
	}
	return f, f.observed > by, ok
}

func (v *view) fees(ctx context.Context) (*feeBook, error) {
	return keep(v, &v.m.kept.fees, []int{changesOfFees, tokenOfNames, changesByForget}, func(*feeBook) (*feeBook, error) {
		seen, err := v.m.spans(ctx, v.tx, source.FeeEstimates, v.n.mkts)
		if err != nil {
			return nil, err
		}
		rows, err := v.tx.QueryContext(ctx, v.m.q["FeePlaces"])
		if err != nil {
			return nil, fmt.Errorf("read fees: %w", err)
		}
		defer func() { _ = rows.Close() }()
		out := &feeBook{by: map[int64][][]feeVersion{}, seen: seen}
		for rows.Next() {
			var k marketSKU
			var f feeVersion
			var currency int64
			if err := rows.Scan(&k.mkt, &k.sku, &f.observed, &currency, &f.Minor, &f.doc, &f.row); err != nil {
				return nil, fmt.Errorf("read fees: %w", err)
			}
			f.Currency = core.Currency(v.n.words[currency])
			if out.by[k.mkt] == nil {
				out.by[k.mkt] = make([][]feeVersion, v.top+1)
			}
			out.by[k.mkt][k.sku] = append(out.by[k.mkt][k.sku], f)
		}
		return out, rows.Err()
	})
}

// visitCount is traffic. Offered is page views × featured offer percentage, offers the page views
// for which there is one.
type visitCount struct{ sessions, views, units, offered, offers int64 }

func (c *visitCount) add(o *visitCount) {
	c.sessions, c.views, c.units = c.sessions+o.sessions, c.views+o.views, c.units+o.units
	c.offered, c.offers = c.offered+o.offered, c.offers+o.offers
}

// featured notes the featured offer percentage of views already set; negative: there is none.
func (c *visitCount) featured(pct float64) {
	if pct >= 0 {
		c.offered, c.offers = int64(math.Round(pct*float64(c.views))), c.views
	}
}

// visitDay is the traffic of a marketplace on a day, in one version.
type visitDay struct {
	day, observed core.Day
	visitCount
	pct float64
	place
}

// visitBook is the daily traffic of each marketplace: all versions, by day.
type visitBook struct {
	cover map[int64]*known
	by    map[int64][]visitDay
}

// each calls yield for the known days of p as known at the end of asOf.
func (b *visitBook) each(mkt int64, p core.Period, asOf core.Day, yield func(*visitDay)) {
	list, k := b.by[mkt], b.cover[mkt]
	i, _ := slices.BinarySearchFunc(list, p.From, func(r visitDay, d core.Day) int { return cmp.Compare(r.day, d) })
	for i < len(list) && list[i].day <= p.To {
		var best *visitDay
		day := list[i].day
		for ; i < len(list) && list[i].day == day; i++ {
			if k.at(day) != 0 && list[i].observed <= k.seenBy(asOf, day) {
				best = &list[i]
			}
		}
		if best != nil {
			yield(best)
		}
	}
}

func (v *view) visits(ctx context.Context) (*visitBook, error) {
	return keep(v, &v.m.kept.visits, []int{changesOfVisits, tokenOfNames, changesByForget}, func(*visitBook) (*visitBook, error) {
		b := &visitBook{by: map[int64][]visitDay{}}
		var err error
		if b.cover, err = v.m.coverage(ctx, v.tx, source.TrafficDays, v.n.mkts, false); err != nil {
			return nil, err
		}
		rows, err := v.tx.QueryContext(ctx, v.m.q["AllTrafficDays"])
		if err != nil {
			return nil, fmt.Errorf("read traffic: %w", err)
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var mkt int64
			var d visitDay
			if err := rows.Scan(&mkt, &d.day, &d.observed, &d.sessions, &d.views, &d.units, &d.pct, &d.doc, &d.row); err != nil {
				return nil, fmt.Errorf("read traffic: %w", err)
			}
			d.featured(d.pct)
			b.by[mkt] = append(b.by[mkt], d)
		}
		return b, rows.Err()
	})
}

// catalogIndex is the catalog by numbers; made again when the catalog says something else.
type catalogIndex struct {
	mu    sync.Mutex
	names *subjectIDs // of the names that the numbers are from
	items []module.Item
	by    map[int64]*marketItems
}

// marketItems are the items of one marketplace by number of the SKU.
type marketItems struct {
	listed []bool
	cost   []core.Money
	asin   []int64 // number of its word; 0: not known
	title  []string
	skus   map[int64][]int64 // by ASIN
}

// asinOf is the number of a SKU's ASIN; 0: not known.
func (mi *marketItems) asinOf(sku int64) int64 {
	if mi == nil {
		return 0
	}
	return mi.asin[sku]
}

// index gives the catalog by numbers.
func (v *view) index(items []module.Item) map[int64]*marketItems {
	c := &v.m.kept.catalog
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.by != nil && c.names == v.subject && slices.Equal(c.items, items) {
		return c.by
	}
	words := make(map[string]int64, len(v.n.words))
	for id, w := range v.n.words {
		words[w] = id
	}
	mkts := make(map[string]int64, len(v.n.mkts))
	for id, code := range v.n.mkts {
		mkts[code] = id
	}
	by := map[int64]*marketItems{}
	for i := range items {
		it := &items[i]
		mkt, sku := mkts[it.Marketplace], v.ids[string(it.SKU)]
		if mkt == 0 || sku == 0 {
			continue
		}
		mi := by[mkt]
		if mi == nil {
			n := v.top + 1
			mi = &marketItems{listed: make([]bool, n), cost: make([]core.Money, n), asin: make([]int64, n), title: make([]string, n), skus: map[int64][]int64{}}
			by[mkt] = mi
		}
		mi.listed[sku], mi.cost[sku], mi.title[sku] = true, it.Cost, it.Title
		if asin := words[string(it.ASIN)]; it.ASIN != "" && asin != 0 {
			mi.asin[sku] = asin
			mi.skus[asin] = append(mi.skus[asin], sku)
		}
	}
	c.names, c.items, c.by = v.subject, slices.Clone(items), by
	return by
}

// store is one marketplace that measures are asked of.
type store struct {
	id       int64
	code     string
	currency core.Currency
	own      int64 // number of the currency; −1: no row was in it yet
	sku      int64 // the only SKU asked for; 0: all
}

// stores gives the marketplaces of a question, by code; orders from elsewhere belong to none.
func (v *view) stores(subject string) []store {
	only, sku := fact.SplitID(subject)
	var out []store
	for id, code := range v.n.mkts {
		if code == "" || code == core.NonAmazon || only != "" && code != only {
			continue
		}
		mp, _ := core.MarketplaceByCode(code)
		st := store{id: id, code: code, currency: mp.Currency, own: v.currencyID(id)}
		if sku != "" {
			if st.sku = v.ids[sku]; st.sku == 0 {
				continue
			}
		}
		out = append(out, st)
	}
	slices.SortFunc(out, func(a, b store) int { return cmp.Compare(a.code, b.code) })
	return out
}
