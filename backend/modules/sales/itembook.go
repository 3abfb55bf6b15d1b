package sales

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"

	"purser/backend/core"
	"purser/backend/core/source"
)

// reportKey names a traffic report: the items of a marketplace over some days.
type reportKey struct {
	mkt int64
	core.Period
}

func dayReport(mkt int64, d core.Day) reportKey { return reportKey{mkt, core.Period{From: d, To: d}} }

// itemRow is what a report says of one item, in one version.
type itemRow struct {
	asin, sku int64
	observed  core.Day
	visitCount
	place
	pct float64
}

// itemReport is one report: its rows by item, each in all versions, oldest first.
type itemReport struct {
	first  core.Day // day on which it was first known
	whole  core.Day // the same, of documents made after its last day; 0: none
	kind   string
	print  int64 // tells its documents from others
	loaded bool
	bySKU  []itemRow
	byASIN []itemRow
}

// itemBook is the reports of items that there are; their rows are read when first asked for.
type itemBook struct {
	mu      sync.Mutex
	reports map[reportKey]*itemReport
	singles map[int64]*known // days that have a report of their own
}

// items gives the reports that whole documents made known. Rows of reports of which no document is
// new are kept.
func (v *view) items(ctx context.Context) (*itemBook, error) {
	return keep(v, &v.m.kept.items, []int{changesOfItems, tokenOfNames, changesByForget}, func(old *itemBook) (*itemBook, error) {
		spans, err := v.m.spans(ctx, v.tx, source.TrafficItems, v.n.mkts)
		if err != nil {
			return nil, err
		}
		b := &itemBook{reports: map[reportKey]*itemReport{}, singles: map[int64]*known{}}
		for mkt, list := range spans {
			var days []span
			for _, sp := range list {
				if sp.Days() == 0 || sp.told().To != sp.To {
					continue // its last day was not over: it tells of no whole days
				}
				b.note(reportKey{mkt, sp.Period}, sp)
				if sp.Days() == 1 {
					days = append(days, sp)
				}
			}
			b.singles[mkt] = newKnown(days, false)
		}
		v.late.apply(b.singles)
		if old == nil {
			return b, nil
		}
		old.mu.Lock()
		defer old.mu.Unlock()
		for k, r := range b.reports {
			if had := old.reports[k]; had != nil && had.loaded && had.print == r.print {
				b.reports[k] = had
			}
		}
		return b, nil
	})
}

func (b *itemBook) note(k reportKey, sp span) {
	r := b.reports[k]
	if r == nil {
		r = &itemReport{first: sp.observed}
		b.reports[k] = r
	}
	r.first, r.kind = min(r.first, sp.observed), sp.kind
	if sp.observed > k.To {
		sooner(&r.whole, sp.observed)
	}
	r.print += sp.at*31 + sp.doc*1_000_003 + 1
}

// tiling chooses reports that cover as many days of p as can be, none twice; of several ways the
// one with the shortest reports.
func (b *itemBook) tiling(mkt int64, p core.Period) []reportKey {
	type way struct {
		days, reports int
		last          core.Day // first day of the report that ends here; 0: none does
	}
	ends := map[core.Day][]core.Day{}
	for k := range b.reports {
		if k.mkt == mkt && k.From >= p.From && k.To <= p.To {
			ends[k.To] = append(ends[k.To], k.From)
		}
	}
	if len(ends) == 0 {
		return nil
	}
	ways := make([]way, p.Days()+1)
	for i := 1; i <= p.Days(); i++ {
		to := p.From + core.Day(i) - 1
		ways[i] = way{ways[i-1].days, ways[i-1].reports, 0}
		for _, from := range ends[to] {
			before := ways[from-p.From]
			w := way{before.days + int(to-from) + 1, before.reports + 1, from}
			if w.days > ways[i].days || w.days == ways[i].days && w.reports > ways[i].reports {
				ways[i] = w
			}
		}
	}
	var out []reportKey
	for i := p.Days(); i > 0; {
		if from := ways[i].last; from != 0 {
			out = append(out, reportKey{mkt, core.Period{From: from, To: p.From + core.Day(i) - 1}})
			i = int(from - p.From)
		} else {
			i--
		}
	}
	slices.Reverse(out)
	return out
}

// loadReports reads the rows of reports that have not been read yet.
func (v *view) loadReports(ctx context.Context, b *itemBook, keys []reportKey) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	span := core.Period{}
	for _, k := range keys {
		if !b.reports[k].loaded {
			span = span.Include(k.From).Include(k.To)
		}
	}
	if span.Days() == 0 {
		return nil
	}
	rows, err := v.tx.QueryContext(ctx, v.m.q["ItemRows"], keys[0].mkt, int64(span.From), int64(span.To))
	if err != nil {
		return fmt.Errorf("read item traffic: %w", err)
	}
	defer func() { _ = rows.Close() }()
	fresh := map[reportKey]*itemReport{}
	for _, k := range keys {
		if r := b.reports[k]; !r.loaded {
			fresh[k] = r
		}
	}
	for rows.Next() {
		k := reportKey{mkt: keys[0].mkt}
		var r itemRow
		if err := rows.Scan(&k.From, &k.To, &r.asin, &r.sku, &r.observed, &r.sessions, &r.views, &r.units, &r.pct, &r.doc, &r.row); err != nil {
			return fmt.Errorf("read item traffic: %w", err)
		}
		rep := fresh[k]
		if rep == nil {
			continue
		}
		r.featured(r.pct)
		if v.n.skus[r.sku] == "" {
			rep.byASIN = append(rep.byASIN, r)
		} else {
			rep.bySKU = append(rep.bySKU, r)
		}
	}
	if err := rows.Err(); err != nil {
		for _, r := range fresh {
			r.bySKU, r.byASIN = nil, nil
		}
		return fmt.Errorf("read item traffic: %w", err)
	}
	for _, r := range fresh {
		r.loaded = true
	}
	return nil
}

// eachItem calls yield for the rows of a list in the version known by day by.
func eachItem(list []itemRow, by core.Day, yield func(*itemRow)) {
	for i := 0; i < len(list); {
		var best *itemRow
		j := i
		for ; j < len(list) && list[j].asin == list[i].asin && list[j].sku == list[i].sku; j++ {
			if list[j].observed <= by {
				best = &list[j]
			}
		}
		if best != nil {
			yield(best)
		}
		i = j
	}
}

// eachVisit calls yield for every row of the reports with the SKUs it counts for: the SKU of the
// row, else the SKUs of its ASIN that have no row of their own in the report.
func (v *view) eachVisit(b *itemBook, keys []reportKey, by core.Day, mi *marketItems, yield func(k reportKey, r *itemRow, skus []int64)) {
	for _, k := range keys {
		rep := b.reports[k]
		at := max(by, rep.first)
		own := map[int64]bool{}
		eachItem(rep.bySKU, at, func(r *itemRow) {
			own[r.sku] = true
			yield(k, r, []int64{r.sku})
		})
		if mi == nil {
			continue
		}
		eachItem(rep.byASIN, at, func(r *itemRow) {
			skus := mi.skus[r.asin]
			if len(own) > 0 {
				skus = slices.DeleteFunc(slices.Clone(skus), func(sku int64) bool { return own[sku] })
			}
			yield(k, r, skus)
		})
	}
}

// tiled is the window that chosen reports make, to say how far it can be trusted.
func (b *itemBook) tiled(keys []reportKey, by core.Day) (days int, through, late core.Day, kind string) {
	for _, k := range keys {
		r := b.reports[k]
		days, through, kind = days+k.Days(), max(through, k.To), cmp.Or(r.kind, kind)
		if r.first > by {
			late = max(late, r.first)
		}
	}
	return days, through, late, kind
}
