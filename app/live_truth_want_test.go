package app_test

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"slices"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/sources/simulator"
	"purser/backend/sources/simulator/practice"
)

// reach is from when until when a feed says that it has everything of a marketplace.
type reach struct{ from, until time.Time }

// days are the whole days of it.
func (r reach) days(m core.Marketplace) core.Period {
	p := core.Period{From: core.DayOf(r.from, m.Zone()), To: core.DayOf(r.until, m.Zone()) - 1}
	if p.From.Start(m.Zone()).Before(r.from) {
		p.From++
	}
	return p
}

// wanted works out what a folder has to hold.
type wanted struct {
	amazon  *practice.Server
	db      *sql.DB
	markets []string
	gap     int                         // days from one on which the computer was on to the next
	reaches map[string]map[string]reach // by feed and marketplace
	truths  map[int64]practice.Truth
}

func (w *wanted) truth(at time.Time) practice.Truth {
	t, ok := w.truths[at.Unix()]
	if !ok {
		t = w.amazon.Truth(at)
		w.truths[at.Unix()] = t
	}
	return t
}

// spans are the days of which a feed has to have everything, by marketplace.
func (w *wanted) spans(feed string) map[string]core.Period {
	out := map[string]core.Period{}
	for _, code := range w.markets {
		m, _ := core.MarketplaceByCode(code)
		if r, ok := w.reaches[feed][code]; ok {
			out[code] = r.days(m)
		}
	}
	return out
}

// each calls fn with what Amazon knew when a feed last had everything of a marketplace.
func (w *wanted) each(feed string, fn func(market string, r reach, t practice.Truth)) {
	for _, code := range w.markets {
		r := w.reaches[feed][code]
		fn(code, r, w.truth(r.until))
	}
}

// orders are the lines as they were when the live orders were last read: they tell every change, the report the past. What
// changed between until when was asked and the asking is in no answer: moving are the keys of it.
func (w *wanted) orders() (out told, spans map[string]core.Period, moving map[string]bool) {
	out, spans, moving = told{}, map[string]core.Period{}, map[string]bool{}
	for _, code := range w.markets {
		m, _ := core.MarketplaceByCode(code)
		all, live := w.reaches["spapi.all_orders"][code], w.reaches["spapi.orders"][code]
		p := reach{all.from, live.until}.days(m)
		p.To++ // the day that has begun, as far as it has come
		spans[code] = p
		key := func(o *source.OrderLine) string { return row(code, int32(o.Day), packed(o.OrderID), o.SKU, o.Seq) }
		for _, o := range w.truth(live.until.Add(asking)).Orders {
			if o.UpdatedAt >= live.until.Unix() {
				moving[key(&o)] = true
			}
		}
		for _, o := range w.truth(live.until).Orders {
			if o.Marketplace == code && p.Contains(o.Day) && !moving[key(&o)] {
				out.add(key(&o), row(o.PurchasedAt, o.UpdatedAt, o.Status, stateOf(o), bit(o.FBA), o.Quantity,
					o.Currency, bit(o.HasPrice), o.ItemPrice, o.Promotion))
			}
		}
	}
	return out, spans, moving
}

// asking is how long after the end of its window the live orders may be asked for.
const asking = 10 * time.Minute

func packed(id string) string { return id[:3] + id[4:11] + id[12:] }

func stateOf(o source.OrderLine) int {
	switch o.Status {
	case source.OrderPending:
		return 2
	case "Cancelled":
		return 1
	}
	return 0
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// happened are rows of a day each, of all days that a feed reaches.
func happened[T any](w *wanted, feed string, of func(practice.Truth) []T, fn func(*T) (market string, day core.Day, key, text string)) (told, map[string]core.Period) {
	out, spans := told{}, w.spans(feed)
	w.each(feed, func(code string, _ reach, t practice.Truth) {
		for _, x := range of(t) {
			market, day, key, text := fn(&x)
			if p := spans[code]; market == code && p.Contains(day) {
				out.add(row(market, int32(day), key), text)
			}
		}
	})
	return out, spans
}

func (w *wanted) returns() (told, map[string]core.Period) {
	return happened(w, "spapi.fba_returns", func(t practice.Truth) []source.Return { return t.Returns }, func(r *source.Return) (string, core.Day, string, string) {
		return r.Marketplace, r.Day, row(r.OrderID, r.SKU, r.Plate, 0), row(r.At, r.Quantity, r.Reason)
	})
}

func (w *wanted) reimbursements() (told, map[string]core.Period) {
	return happened(w, "spapi.reimbursements", func(t practice.Truth) []source.Reimbursement { return t.Reimbursements }, func(r *source.Reimbursement) (string, core.Day, string, string) {
		return r.Marketplace, r.Day, row(r.ID, r.SKU), row(0, r.Currency, r.PerUnit, r.Total, r.CashUnits, r.StockUnits, r.Reason)
	})
}

func (w *wanted) feedback() (told, map[string]core.Period) {
	return happened(w, "spapi.seller_feedback", func(t practice.Truth) []source.Feedback { return t.Feedback }, func(f *source.Feedback) (string, core.Day, string, string) {
		return f.Marketplace, f.Day, row(f.OrderID), row(f.Rating, f.Comment, f.Response)
	})
}

func (w *wanted) transactions() (told, map[string]core.Period) {
	return happened(w, "spapi.transactions", func(t practice.Truth) []source.Transaction { return t.Transactions }, func(x *source.Transaction) (string, core.Day, string, string) {
		return x.Marketplace, x.Day, row(x.At, x.Type, x.OrderID, x.SKU), row(x.Class, x.Quantity, x.ProductSales, x.SellingFees, x.FBAFees, x.OtherFees,
			x.Promotions, x.Other, x.Total, x.Currency)
	})
}

// settlements are those whose report was there within what the feed of the region reaches. Amazon's list may name an
// earlier one as well: earlier are those.
func (w *wanted) settlements() (out, earlier told) {
	out, earlier = told{}, told{}
	w.each("spapi.settlements", func(code string, r reach, t practice.Truth) {
		m, _ := core.MarketplaceByCode(code)
		for _, s := range t.Settlements {
			if s.Market != code || !s.Closed.Before(r.until) {
				continue
			}
			to := out
			if !s.Closed.After(r.from) {
				to = earlier
			}
			to.add(row(code, s.ID), row(s.Start.Unix(), s.End.Unix(), s.Total, m.Currency, s.Total))
		}
	})
	return out, earlier
}

func (w *wanted) stock() told {
	out := told{}
	w.each("spapi.stock", func(code string, _ reach, t practice.Truth) {
		for _, x := range t.Stock {
			if x.Marketplace == code {
				out.add(row(code, x.SKU), row(x.ASIN, x.FNSKU, x.Fulfillable, x.Reserved, x.InboundShipped+x.InboundReceiving, x.InboundWorking, x.Unsellable))
			}
		}
	})
	return out
}

func (w *wanted) listings() told {
	out := told{}
	w.each("spapi.listings", func(code string, _ reach, t practice.Truth) {
		for _, x := range t.Listings {
			quantity := int32(-1)
			if x.HasQuantity {
				quantity = x.Quantity
			}
			if x.Marketplace == code {
				out.add(row(code, x.SKU), row(x.ASIN, x.Title, x.Status, bit(x.FBA), quantity, x.Price, x.Currency, x.OpenedAt))
			}
		}
	})
	return out
}

// snapshot are the SKUs of a report of which nothing else is compared.
func (w *wanted) snapshot(feed string, of func(practice.Truth) []simulator.Offer) told {
	out := told{}
	w.each(feed, func(code string, _ reach, t practice.Truth) {
		for _, x := range of(t) {
			if x.Market == code {
				out.add(row(code, x.SKU), row(x.ASIN))
			}
		}
	})
	return out
}

// sheets reads when the days of a kind of document were last told.
func (w *wanted) sheets(ctx context.Context, kind, market string) (map[core.Day]time.Time, error) {
	rows, err := w.db.QueryContext(ctx, `SELECT first_day, last_day, observed_at FROM ingest_document WHERE kind = ?1 AND marketplace = ?2 AND state = 'stored' AND rows > 0`, kind, market)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	out := map[core.Day]time.Time{}
	for rows.Next() {
		var from, to core.Day
		var at int64
		if err := rows.Scan(&from, &to, &at); err != nil {
			return nil, err
		}
		for d := from; d <= to; d++ {
			if t := time.Unix(at, 0).UTC(); t.After(out[d]) {
				out[d] = t
			}
		}
	}
	return out, rows.Err()
}

// daily works out what days have to say that Amazon restates: what it said of each when it was last asked.
func (w *wanted) daily(ctx context.Context, feed, kind string, fn func(m core.Marketplace, d core.Day, at time.Time, out told)) (told, map[string]core.Period, []string, error) {
	out, spans := told{}, w.spans(feed)
	var stale []string
	for _, code := range w.markets {
		m, _ := core.MarketplaceByCode(code)
		sheets, err := w.sheets(ctx, kind, code)
		if err != nil {
			return nil, nil, nil, err
		}
		last := core.DayOf(w.reaches[feed][code].until, m.Zone())
		for d := spans[code].From; d <= spans[code].To; d++ {
			at, ok := sheets[d]
			if !ok {
				stale = append(stale, fmt.Sprintf("%s %s %s was never told", feed, code, d))
				continue
			}
			if age, need := int(core.DayOf(at, m.Zone())-d), w.seenAt(kind, int(last-d)); age < need {
				stale = append(stale, fmt.Sprintf("%s %s %s was last told %d days after it, %d were to be", feed, code, d, age, need))
			}
			fn(m, d, at, out)
		}
	}
	return out, spans, stale, nil
}

// seenAt is how old a day has to have been when it was last told, if it is now so many days old. Traffic is read anew
// for eight days, once a day; advertising for 31 days once a week and for 62 once a month. Beside that there are the
// days on which the computer is off, and a day for the time that it takes.
func (w *wanted) seenAt(kind string, age int) int {
	slack := w.gap + 1
	if kind == "sales_and_traffic" {
		return min(age-2, 8-slack)
	}
	switch {
	case age <= 31:
		return min(age-7-slack, 31-7-slack)
	case age <= 62:
		return 31 - 7 - slack
	}
	return 62 - 30 - slack
}

func (w *wanted) trafficDays(ctx context.Context) (told, map[string]core.Period, []string, error) {
	return w.daily(ctx, "spapi.sales_and_traffic", "sales_and_traffic", func(m core.Marketplace, d core.Day, at time.Time, out told) {
		t, _ := w.amazon.Traffic(m.Code, d, at)
		out.add(row(m.Code, int32(d)), row(t.Currency, t.OrderedSales, t.UnitsOrdered, t.OrderItems, t.UnitsRefunded, t.Sessions, t.PageViews, pct(t.FeaturedOfferPct)))
	})
}

func (w *wanted) trafficItems(ctx context.Context) (told, map[string]core.Period, []string, error) {
	return w.daily(ctx, "spapi.sales_and_traffic", "sales_and_traffic", func(m core.Marketplace, d core.Day, at time.Time, out told) {
		_, items := w.amazon.Traffic(m.Code, d, at)
		for _, t := range items {
			out.add(row(m.Code, int32(d), t.ASIN), row(int32(d), t.Currency, t.OrderedSales, t.UnitsOrdered, t.OrderItems, t.Sessions, t.PageViews, pct(t.FeaturedOfferPct)))
		}
	})
}

func pct(v float64) float64 { return math.Round(v*100) / 100 }

// ads works out an export of advertising, in which rows of equal texts are one.
func (w *wanted) ads(ctx context.Context, feed, kind, report string, key func(r *source.AdRow) string) (told, map[string]core.Period, []string, error) {
	return w.daily(ctx, feed, kind, func(m core.Marketplace, d core.Day, at time.Time, out told) {
		sums, names := map[string]*source.AdRow{}, []string{}
		for _, r := range w.amazon.Ads(m.Code, report, d, at) {
			k := key(&r)
			s := sums[k]
			if s == nil {
				s = &source.AdRow{Currency: r.Currency}
				sums[k] = s
				names = append(names, k)
			}
			s.Spend, s.Sales, s.Clicks, s.Orders, s.Impressions = s.Spend+r.Spend, s.Sales+r.Sales, s.Clicks+r.Clicks, s.Orders+r.Orders, s.Impressions+r.Impressions
		}
		slices.Sort(names)
		for _, k := range names {
			s := sums[k]
			out.add(row(m.Code, int32(d), k), row(s.Spend, s.Sales, s.Clicks, s.Orders, s.Impressions, s.Currency))
		}
	})
}
