package practice

import (
	"net/http"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/sources/simulator"
)

// orderMetrics counts orders over intervals.
func (c *call) orderMetrics() answer {
	m, a, ok := c.oneMarket("marketplaceIds")
	if !ok {
		return a
	}
	grain := c.query.Get("granularity")
	steps, ok := map[string]func(time.Time) time.Time{
		"Hour":  func(t time.Time) time.Time { return t.Add(time.Hour) },
		"Day":   func(t time.Time) time.Time { return t.AddDate(0, 0, 1) },
		"Week":  func(t time.Time) time.Time { return t.AddDate(0, 0, 7) },
		"Month": func(t time.Time) time.Time { return t.AddDate(0, 1, 0) },
		"Year":  func(t time.Time) time.Time { return t.AddDate(1, 0, 0) },
		"Total": nil,
	}[grain]
	if !ok {
		return c.invalid("granularity is Hour, Day, Week, Month, Year or Total", "")
	}
	from, to, a, ok := c.interval(grain)
	if !ok {
		return a
	}
	if c.query.Has("asin") && c.query.Has("sku") {
		return c.invalid("asin and sku exclude each other", "")
	}
	if v := c.query.Get("fulfillmentNetwork"); v != "" && v != "MFN" && v != "AFN" {
		return c.invalid("fulfillmentNetwork is MFN or AFN", "")
	}
	out := []object{}
	for start := from; start.Before(to); {
		end := to
		if steps != nil {
			end = earlier(steps(start), to)
		}
		out = append(out, c.counted(m, start, end))
		start = end
	}
	return c.ok(http.StatusOK, object{"payload": out})
}

// interval reads the interval and holds its offsets to the zone of the days.
func (c *call) interval(grain string) (from, to time.Time, a answer, ok bool) {
	bad := func(text string) (time.Time, time.Time, answer, bool) {
		return time.Time{}, time.Time{}, c.invalid(text, ""), false
	}
	first, last, found := strings.Cut(c.query.Get("interval"), "--")
	from, err1 := time.Parse(time.RFC3339, first)
	to, err2 := time.Parse(time.RFC3339, last)
	switch {
	case !found || err1 != nil || err2 != nil || !from.Before(to):
		return bad("interval is two ISO 8601 times with two hyphens between them")
	case c.now.Sub(from) > 2*366*24*time.Hour:
		return bad("interval begins more than two years ago")
	case grain == "Hour" && to.Sub(from) > 30*24*time.Hour:
		return bad("hours are told for at most 30 days")
	}
	zone := c.query.Get("granularityTimeZone")
	if zone == "" {
		if grain != "Hour" && grain != "Total" {
			return bad("granularityTimeZone is needed for " + grain)
		}
		return from, to, answer{}, true
	}
	loc, err := time.LoadLocation(zone)
	if err != nil || zone == "Local" {
		return bad("granularityTimeZone is no zone")
	}
	_, o1 := from.Zone()
	_, o2 := to.Zone()
	_, z1 := from.In(loc).Zone()
	_, z2 := to.In(loc).Zone()
	if o1 != z1 || o2 != z2 {
		return bad("the offsets of interval must match granularityTimeZone on those days")
	}
	return from.In(loc), to.In(loc), answer{}, true
}

func (c *call) counted(m core.Marketplace, from, to time.Time) object {
	var units, items, sales int64
	orders := map[string]bool{}
	for _, l := range c.seller.OrderLines(m.Code, false, simulator.Span{From: from, To: to}, c.now) {
		if l.Status == source.OrderCancelled || !c.countsIn(l) {
			continue
		}
		units += int64(l.Quantity)
		items++
		sales += l.ItemPrice
		orders[l.OrderID] = true
	}
	average := int64(0)
	if units > 0 {
		average = sales / units
	}
	stamp := func(t time.Time) string { return t.Format("2006-01-02T15:04:05-07:00") }
	return object{
		"interval": stamp(from) + "--" + stamp(to), "unitCount": units, "orderItemCount": items, "orderCount": len(orders),
		"averageUnitPrice": money(average, m.Currency), "totalSales": money(sales, m.Currency),
	}
}

func (c *call) countsIn(l source.OrderLine) bool {
	network := c.query.Get("fulfillmentNetwork")
	return (!c.query.Has("asin") || c.query.Get("asin") == string(l.ASIN)) && (!c.query.Has("sku") || c.query.Get("sku") == string(l.SKU)) &&
		(network == "" || (network == "AFN") == l.FBA) && c.query.Get("buyerType") != "B2B"
}
