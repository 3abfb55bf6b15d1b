package listings

import (
	"context"
	"database/sql"
	"fmt"
	"sort"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/platform/sqlite"
)

// ofSKUs answers a series of SKUs. A report says on its own day whether a SKU was in trouble.
// Where it says since when, the days from then on, after the report before, were trouble too.
// listings.trouble is 1 where one of the three reports says so and 0 where all three say no.
func (s *started) ofSKUs(ctx context.Context, series, subject string, p core.Period, asOf core.Day) ([]fact.Series, error) {
	lines, err := s.timelines(ctx)
	if err != nil || p.Days() == 0 {
		return nil, err
	}
	catalog, err := s.catalogSKUs(ctx)
	if err != nil {
		return nil, err
	}
	var out []fact.Series
	only, sku := fact.SplitID(subject)
	for _, code := range lines.marketplaces() {
		if subject != "" && code != only {
			continue
		}
		h := states{started: s, market: code, days: lines[code], sku: core.SKU(sku), period: p, asOf: asOf}
		points, err := h.series(ctx, series, catalog[code])
		if err != nil {
			return nil, err
		}
		for _, one := range sortedSKUs(points) {
			if pts := points[one]; len(pts) > 0 {
				out = append(out, fact.Series{Name: series, Subject: fact.SubjectID(code, string(one)), Points: pts})
			}
		}
	}
	return out, nil
}

func sortedSKUs[V any](m map[core.SKU]V) []core.SKU {
	out := make([]core.SKU, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Slice(out, func(i, j int) bool { return out[i] < out[j] })
	return out
}

// states reads what SKUs of one marketplace were on the days of a period.
type states struct {
	*started
	market string
	days   map[string][]core.Day // with a report, by kind
	sku    core.SKU              // only this one; "": all
	period core.Period           // ends with asOf at the latest
	asOf   core.Day
}

// history says of each SKU on which days it was so; a day that is absent is not known.
type history map[core.SKU]map[core.Day]bool

func (h *states) series(ctx context.Context, series string, catalog []core.SKU) (map[core.SKU][]fact.Point, error) {
	if series == seriesPrice {
		return h.prices(ctx)
	}
	var (
		parts []history
		err   error
	)
	add := func(wanted string, read func() (history, error)) {
		if err != nil || (series != wanted && series != seriesTrouble) {
			return
		}
		var one history
		one, err = read()
		parts = append(parts, one)
	}
	add(seriesHidden, func() (history, error) { return h.listed(ctx, kindSuppressed, "HiddenHistory", catalog) })
	add(seriesStray, func() (history, error) { return h.listed(ctx, kindStranded, "StrayHistory", catalog) })
	add(seriesInactive, func() (history, error) { return h.inactive(ctx, catalog) })
	if err != nil {
		return nil, err
	}
	return h.merged(parts), nil
}

// merged is 1 where any part says yes, 0 where all say no.
func (h *states) merged(parts []history) map[core.SKU][]fact.Point {
	out := map[core.SKU][]fact.Point{}
	skus := map[core.SKU]bool{}
	for _, part := range parts {
		for sku := range part {
			skus[sku] = true
		}
	}
	for sku := range skus {
		for d := h.period.From; d <= h.period.To; d++ {
			yes, told := false, 0
			for _, part := range parts {
				is, ok := part[sku][d]
				yes = yes || is
				if ok {
					told++
				}
			}
			switch {
			case yes:
				out[sku] = append(out[sku], fact.Point{Day: d, Num: 1, Maturity: fact.Fresh})
			case told == len(parts):
				out[sku] = append(out[sku], fact.Point{Day: d, Maturity: fact.Fresh})
			}
		}
	}
	return out
}

// told makes a history in which every SKU was not so on the days with a report.
func (h *states) told(kind string, skus []core.SKU) (history, func(core.SKU) map[core.Day]bool) {
	out := history{}
	of := func(sku core.SKU) map[core.Day]bool {
		if out[sku] == nil {
			out[sku] = map[core.Day]bool{}
			for _, d := range h.days[kind] {
				if h.period.Contains(d) {
					out[sku][d] = false
				}
			}
		}
		return out[sku]
	}
	for _, sku := range skus {
		if h.sku == "" || sku == h.sku {
			of(sku)
		}
	}
	return out, of
}

// listed reads the days on which a report of trouble lists SKUs. Reports after the period, made by
// asOf, may still say that the trouble began in it.
func (h *states) listed(ctx context.Context, kind, query string, catalog []core.SKU) (history, error) {
	out, of := h.told(kind, catalog)
	days := h.days[kind]
	err := sqlite.EachRow(ctx, h.host.DB(), h.sql[query], []any{h.market, h.period.From, h.asOf, string(h.sku)}, func(r *sql.Rows) error {
		var (
			sku        core.SKU
			day, since core.Day
		)
		if err := r.Scan(&sku, &day, &since); err != nil {
			return err
		}
		on := of(sku)
		if day <= h.period.To {
			on[day] = true
		}
		if since == 0 {
			return nil
		}
		before := core.Day(0) // the report before this one
		if i := sort.Search(len(days), func(i int) bool { return days[i] >= day }); i > 0 {
			before = days[i-1]
		}
		for d := max(since, before+1, h.period.From); d <= min(day-1, h.period.To); d++ {
			on[d] = true
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the listing history of %s: %w", h.market, err)
	}
	return out, nil
}

// offerDay is an offer on a day.
type offerDay struct {
	sku    core.SKU
	day    core.Day
	status string
	price  core.Money
}

func (h *states) offersByDay(ctx context.Context) ([]offerDay, error) {
	args := []any{h.market, h.period.From, h.period.To, string(h.sku)}
	out, err := sqlite.Collect(ctx, h.host.DB(), h.sql["OfferHistory"], args, func(r *sql.Rows, o *offerDay) error {
		return r.Scan(&o.sku, &o.day, &o.status, &o.price.Minor, &o.price.Currency)
	})
	if err != nil {
		return nil, fmt.Errorf("read the offer history of %s: %w", h.market, err)
	}
	return out, nil
}

func (h *states) inactive(ctx context.Context, catalog []core.SKU) (history, error) {
	out, of := h.told(kindOffers, catalog)
	offers, err := h.offersByDay(ctx)
	if err != nil {
		return nil, err
	}
	for _, o := range offers {
		of(o.sku)[o.day] = o.status == inactive
	}
	return out, nil
}

func (h *states) prices(ctx context.Context) (map[core.SKU][]fact.Point, error) {
	offers, err := h.offersByDay(ctx)
	if err != nil {
		return nil, err
	}
	out := map[core.SKU][]fact.Point{}
	for _, o := range offers {
		if o.price.Minor > 0 && o.price.Currency != "" {
			out[o.sku] = append(out[o.sku], fact.Point{Day: o.day, Num: o.price.Major(), Money: o.price, Maturity: fact.Fresh})
		}
	}
	return out, nil
}
