package app_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/sources/simulator"
	"purser/backend/sources/simulator/practice"
)

// finding is what a comparison found.
type finding struct {
	rows        map[string]int // compared, by stream
	differences []string
	documents   int
}

// compared is how many rows were.
func (v *finding) compared() int {
	n := 0
	for _, rows := range v.rows {
		n += rows
	}
	return n
}

func (v *finding) compare(stream string, want, got told) {
	for _, k := range slices.Sorted(maps.Keys(want)) {
		v.rows[stream]++
		if have, ok := got[k]; !ok {
			v.differences = append(v.differences, fmt.Sprintf("%s: %s is missing: %s", stream, k, want[k]))
		} else if have != want[k] {
			v.differences = append(v.differences, fmt.Sprintf("%s: %s\n\twant %s\n\tgot  %s", stream, k, want[k], have))
		}
	}
	for _, k := range slices.Sorted(maps.Keys(got)) {
		if _, ok := want[k]; !ok {
			v.rows[stream]++
			v.differences = append(v.differences, fmt.Sprintf("%s: %s is not so: %s", stream, k, got[k]))
		}
	}
}

// first gives the first differences of each stream.
func (v *finding) first(n int) []string {
	var out []string
	seen := map[string]int{}
	for _, d := range v.differences {
		stream, _, _ := strings.Cut(d, " ")
		if strings.Contains(d, " is not so") {
			stream += " more"
		}
		if seen[stream]++; seen[stream] <= n {
			out = append(out, d)
		}
	}
	for _, stream := range slices.Sorted(maps.Keys(seen)) {
		out = append(out, fmt.Sprintf("%s %d differences", stream, seen[stream]))
	}
	return out
}

// compareAll compares what a folder has with what there was to know.
func compareAll(ctx context.Context, f *folder, amazon *practice.Server, l life) (finding, error) {
	v := finding{rows: map[string]int{}}
	w, err := f.wanted(amazon, l)
	if err != nil {
		return v, err
	}
	stored := map[string]told{}
	for name, q := range storedQueries() {
		if stored[name], err = q.read(ctx, f.market.Reader()); err != nil {
			return v, fmt.Errorf("read %s: %w", name, err)
		}
	}
	dated := func(name string, want told, of map[string]core.Period) {
		v.compare(name, want, stored[name].inDays(of))
	}
	orders, days, moving := w.orders()
	maps.DeleteFunc(stored["orders"], func(k, _ string) bool { return moving[k] })
	dated("orders", orders, days)
	settlements, earlier := w.settlements()
	maps.DeleteFunc(stored["settlements"], func(k, text string) bool { return earlier[k] == text })
	for name, fn := range map[string]func() (told, map[string]core.Period){
		"returns": w.returns, "reimbursements": w.reimbursements, "feedback": w.feedback, "transactions": w.transactions,
	} {
		want, of := fn()
		dated(name, want, of)
	}
	for name, want := range map[string]told{
		"settlements": settlements, "stock": w.stock(), "listings": w.listings(),
		"suppressed": w.snapshot("spapi.suppressed_listings", func(t practice.Truth) []simulator.Offer { return t.Hidden }),
		"stranded":   w.snapshot("spapi.stranded_inventory", func(t practice.Truth) []simulator.Offer { return t.Stranded }),
	} {
		v.compare(name, want, stored[name])
	}
	for name, fn := range map[string]func(context.Context) (told, map[string]core.Period, []string, error){
		"traffic_days": w.trafficDays, "traffic_items": w.trafficItems,
	} {
		want, of, stale, err := fn(ctx)
		if err != nil {
			return v, err
		}
		v.differences = append(v.differences, stale...)
		dated(name, want, of)
	}
	return v, v.advertising(ctx, f, w)
}

// advertising compares what the module of advertising says of each day.
func (v *finding) advertising(ctx context.Context, f *folder, w *wanted) error {
	for _, x := range []struct {
		feed, kind, report, export string
		key                        int
		of                         func(r *source.AdRow) string
	}{
		{"adsapi.sp_products", "api_ads_products", "spAdvertisedProduct", "advertising.daily", 3, func(r *source.AdRow) string { return string(r.SKU) }},
		{"adsapi.sp_campaigns", "api_ads_campaigns", "spCampaigns", "advertising.campaigns", 3, func(r *source.AdRow) string { return r.Campaign }},
		{"adsapi.sp_search_terms", "api_ads_search_terms", "spSearchTerm", "advertising.search_terms", 7, func(r *source.AdRow) string {
			return row(r.Campaign, r.AdGroup, r.Targeting, r.MatchType, r.SearchTerm)
		}},
	} {
		want, of, stale, err := w.ads(ctx, x.feed, x.kind, x.report, x.of)
		if err != nil {
			return err
		}
		got, err := exported(ctx, f.host.Exports(), x.export, x.key)
		if err != nil {
			return err
		}
		v.differences = append(v.differences, stale...)
		v.compare(x.export, want, got.inDays(of))
	}
	return nil
}

// wanted reads how far the streams of a folder reach.
func (f *folder) wanted(amazon *practice.Server, l life) (*wanted, error) {
	w := &wanted{amazon: amazon, db: f.market.Reader(), markets: l.markets, gap: l.every, reaches: map[string]map[string]reach{}, truths: map[int64]practice.Truth{}}
	all, err := f.api.Streams()
	if err != nil {
		return nil, err
	}
	for _, s := range all.Streams {
		from, err1 := time.Parse(time.RFC3339, s.CoveredFrom)
		until, err2 := time.Parse(time.RFC3339, s.CoveredUntil)
		if err2 != nil || err1 != nil && s.CoveredFrom != "" {
			return nil, fmt.Errorf("%s %s reaches from %q until %q: %s %s", s.Feed, s.Marketplace, s.CoveredFrom, s.CoveredUntil, s.Text, s.Note)
		}
		for _, code := range l.markets {
			if m, _ := core.MarketplaceByCode(code); s.Marketplace == code || s.Marketplace == "" && s.Region == strings.ToLower(m.Region) {
				if w.reaches[s.Feed] == nil {
					w.reaches[s.Feed] = map[string]reach{}
				}
				w.reaches[s.Feed][code] = reach{from, until}
			}
		}
	}
	return w, nil
}
