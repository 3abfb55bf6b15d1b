package practice

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/sources/simulator"
)

// orderHistory is how far back orders are told.
const orderHistory = 2 * 365 * 24 * time.Hour

func orderOperations() []*operation {
	return []*operation{
		{
			name: "searchOrders", api: apiSP, family: "orders", method: http.MethodGet, path: "/orders/2026-01-01/orders", handle: (*call).searchOrders,
			query: []string{
				"createdAfter", "createdBefore", "lastUpdatedAfter", "lastUpdatedBefore", "fulfillmentStatuses", "marketplaceIds", "fulfilledBy",
				"maxResultsPerPage", "paginationToken", "includedData",
			},
		},
		{name: "getOrder", api: apiSP, family: "orders", method: http.MethodGet, path: "/orders/2026-01-01/orders/{orderId}", query: []string{"includedData"}, handle: (*call).getOrder},
		{
			name: "getOrderMetrics", api: apiSP, family: "sales", method: http.MethodGet, path: "/sales/v1/orderMetrics", handle: (*call).orderMetrics,
			query: []string{"marketplaceIds", "interval", "granularityTimeZone", "granularity", "buyerType", "fulfillmentNetwork", "firstDayOfWeek", "asin", "sku", "amazonProgram"},
		},
	}
}

// orderSearch is what searchOrders was asked for.
type orderSearch struct {
	byUpdate bool
	span     simulator.Span
	open     bool // no end was given
	markets  []core.Marketplace
	states   []string
	by       []string
	include  []string
}

func (c *call) searchOrders() answer {
	p := pages{token: c.query.Get("paginationToken"), life: 24 * time.Hour, params: repeated(c.query, "paginationToken", "maxResultsPerPage", "includedData")}
	size, ok := c.number("maxResultsPerPage", 100, 1, 100)
	if !ok {
		return c.invalid("maxResultsPerPage must be 1 to 100", "")
	}
	p.size = size
	at, t, ok := c.begin(&p)
	if !ok {
		return c.invalid("The paginationToken is invalid or expired, or other parameters changed.", "")
	}
	q, a, ok := c.readSearch(at)
	if !ok {
		return a
	}
	found := c.foundOrders(q, at)
	page, next := cut(c, found, p, t)
	out := object{"orders": []object{}}
	list := make([]object, 0, len(page))
	for _, o := range page {
		list = append(list, c.order(o, q.include))
	}
	out["orders"] = list
	if next != "" {
		out["pagination"] = object{"nextToken": next}
	}
	if q.byUpdate {
		out["lastUpdatedBefore"] = iso(q.span.To)
	} else {
		out["createdBefore"] = iso(q.span.To)
	}
	return c.ok(http.StatusOK, out)
}

// readSearch checks the parameters as the model and its notes have them.
func (c *call) readSearch(at time.Time) (orderSearch, answer, bool) {
	var q orderSearch
	bad := func(text string) (orderSearch, answer, bool) { return q, c.invalid(text, ""), false }
	created, updated := c.query.Has("createdAfter"), c.query.Has("lastUpdatedAfter")
	switch {
	case created == updated:
		return bad("Exactly one of createdAfter and lastUpdatedAfter is needed.")
	case created && c.query.Has("lastUpdatedBefore"), updated && c.query.Has("createdBefore"):
		return bad("createdAfter goes with createdBefore, lastUpdatedAfter with lastUpdatedBefore.")
	}
	names := [2]string{"createdAfter", "createdBefore"}
	if q.byUpdate = updated; updated {
		names = [2]string{"lastUpdatedAfter", "lastUpdatedBefore"}
	}
	from, ok1 := c.moment(names[0])
	to, ok2 := c.moment(names[1])
	if !ok1 || !ok2 {
		return bad("Times must be in ISO 8601 format.")
	}
	latest := at.Add(-2 * time.Minute).Truncate(time.Second)
	if q.open = to.IsZero(); q.open {
		to = latest
	}
	if to.After(latest) || to.Before(from) {
		return bad(names[1] + " must not be before " + names[0] + ", and at least two minutes before the request.")
	}
	q.span = simulator.Span{From: from, To: to}
	var ok [3]bool
	q.states, ok[0] = c.listOf("fulfillmentStatuses", 7, "PENDING_AVAILABILITY", "PENDING", "UNSHIPPED", "PARTIALLY_SHIPPED", "SHIPPED", "CANCELLED", "UNFULFILLABLE")
	q.by, ok[1] = c.listOf("fulfilledBy", 2, "MERCHANT", "AMAZON")
	q.include, ok[2] = c.included()
	ids, few := c.listOf("marketplaceIds", 50)
	if slices.Contains(ok[:], false) || !few {
		return bad("A parameter has a value that it cannot have.")
	}
	if hasAny(q.include, personal()) {
		return q, c.denied(noPersonal), false
	}
	if slices.ContainsFunc(q.include, func(v string) bool { return v != "PROCEEDS" }) && c.strikes(IncludedData) {
		return bad("includedData has values that are not supported here.")
	}
	return c.searchMarkets(q, ids)
}

// included reads what is to be told of orders.
func (c *call) included() ([]string, bool) {
	return c.listOf("includedData", 11, append(personal(), "PROCEEDS", "EXPENSE", "PROMOTION", "CANCELLATION", "FULFILLMENT", "PACKAGES", "FULFILLMENT_ORDERS")...)
}

// personal is what is told of buyers.
func personal() []string { return []string{"BUYER", "RECIPIENT", "TAX", "PAYMENT"} }

const noPersonal = "Personal data needs a restricted role, which this application does not have."

func (c *call) getOrder() answer {
	include, ok := c.included()
	switch {
	case !ok:
		return c.invalid("includedData has a value that it cannot have.", "")
	case hasAny(include, personal()):
		return c.denied(noPersonal)
	}
	q := orderSearch{markets: c.markets(c.region), span: simulator.Span{From: c.now.Add(-orderHistory), To: c.now}}
	for _, o := range c.foundOrders(q, c.now) {
		if o.lines[0].OrderID == c.parts["orderId"] {
			return c.ok(http.StatusOK, object{"order": c.order(o, include)})
		}
	}
	return c.fail(http.StatusNotFound, "NotFound", "Order "+c.parts["orderId"]+" was not found", "")
}

func (c *call) searchMarkets(q orderSearch, ids []string) (orderSearch, answer, bool) {
	if len(ids) == 0 {
		q.markets = c.markets(c.region)
		return q, answer{}, true
	}
	ms, a, ok := c.marketsOf(ids)
	q.markets = ms
	return q, a, ok
}

// found is one order: its lines in a marketplace.
type found struct {
	market core.Marketplace
	lines  []source.OrderLine
}

func (f found) when(byUpdate bool) int64 {
	when := int64(0)
	for _, l := range f.lines {
		if when = max(when, l.UpdatedAt); !byUpdate {
			when = l.PurchasedAt
		}
	}
	return when
}

// foundOrders lists whole orders, oldest change first.
func (c *call) foundOrders(q orderSearch, at time.Time) []found {
	if late := c.happens(LateOrders); late != nil {
		q.span.To = earlier(q.span.To, at.Add(-late.lasts(20*time.Minute)))
	}
	if oldest := at.Add(-orderHistory); q.span.From.Before(oldest) {
		q.span.From = oldest
	}
	var out []found
	for _, m := range q.markets {
		index := map[string]int{}
		for _, l := range c.seller.OrderLines(m.Code, q.byUpdate, q.span, at) {
			if i, ok := index[l.OrderID]; ok {
				out[i].lines = append(out[i].lines, l)
				continue
			}
			if !q.wants(l) {
				continue
			}
			index[l.OrderID] = len(out)
			out = append(out, found{m, []source.OrderLine{l}})
		}
	}
	slices.SortStableFunc(out, func(a, b found) int {
		if d := a.when(q.byUpdate) - b.when(q.byUpdate); d != 0 {
			return int(d)
		}
		return strings.Compare(a.lines[0].OrderID, b.lines[0].OrderID)
	})
	return out
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func (q orderSearch) wants(l source.OrderLine) bool {
	by := "MERCHANT"
	if l.FBA {
		by = "AMAZON"
	}
	return (len(q.states) == 0 || slices.Contains(q.states, strings.ToUpper(l.Status))) && (len(q.by) == 0 || slices.Contains(q.by, by))
}

func money(minor int64, currency core.Currency) object {
	return object{"amount": core.Money{Minor: minor, Currency: currency}.Decimal(), "currencyCode": string(currency)}
}

// order is one order as the API tells it: what was not asked for is left out.
func (c *call) order(f found, include []string) object {
	first := f.lines[0]
	out := object{
		"orderId": first.OrderID, "createdTime": iso(time.Unix(first.PurchasedAt, 0)), "lastUpdatedTime": iso(time.Unix(f.when(true), 0)),
		"programs":     []string{},
		"salesChannel": object{"channelName": "AMAZON", "marketplaceId": string(f.market.ID), "marketplaceName": f.market.Domain},
	}
	var items []object
	for _, l := range f.lines {
		items = append(items, c.orderItem(l, include))
	}
	out["orderItems"] = items
	if slices.Contains(include, "PROCEEDS") && first.HasPrice {
		out["proceeds"] = c.orderProceeds(f)
	}
	if slices.Contains(include, "FULFILLMENT") {
		out["fulfillment"] = fulfilment(first)
	}
	if slices.Contains(include, "PACKAGES") && !first.FBA && first.Status == "Shipped" {
		out["packages"] = []object{{
			"packageReferenceId": "1", "createdTime": iso(time.Unix(first.UpdatedAt, 0)), "packageStatus": object{"status": "SHIPPED"}, "carrier": "USPS",
			"shipTime": iso(time.Unix(first.UpdatedAt, 0)), "trackingNumber": c.digits(12, "track", first.OrderID),
			"packageItems": []object{{"orderItemId": c.itemID(first), "quantity": first.Quantity}},
		}}
	}
	return out
}

func fulfilment(l source.OrderLine) object {
	by := "MERCHANT"
	if l.FBA {
		by = "AMAZON"
	}
	earliest, latest := delivery(l)
	placed := time.Unix(l.PurchasedAt, 0)
	return object{
		"fulfillmentStatus": strings.ToUpper(l.Status), "fulfilledBy": by, "fulfillmentServiceLevel": "STANDARD",
		"shipByWindow":    object{"earliestDateTime": iso(placed), "latestDateTime": iso(placed.Add(72 * time.Hour))},
		"deliverByWindow": object{"earliestDateTime": iso(earliest), "latestDateTime": iso(latest)},
	}
}

// delivery is when an order is to be delivered: three to six days after it was placed.
func delivery(l source.OrderLine) (earliest, latest time.Time) {
	placed := time.Unix(l.PurchasedAt, 0).UTC()
	return placed.Add(72 * time.Hour), placed.Add(144 * time.Hour)
}

func (c *call) itemID(l source.OrderLine) string {
	return c.digits(14, "item", l.OrderID, string(l.SKU))
}

// taxOnTop says whether tax comes on top of prices in a marketplace.
func taxOnTop(market string) bool { return market == "US" }

func (c *call) orderItem(l source.OrderLine, include []string) object {
	product := object{"asin": string(l.ASIN), "title": l.Title, "sellerSku": string(l.SKU), "condition": object{"conditionType": "NEW", "conditionSubtype": "NEW"}}
	if l.HasPrice {
		product["price"] = object{"unitPrice": money(l.ItemPrice/int64(l.Quantity), l.Currency)}
	}
	out := object{"orderItemId": c.itemID(l), "quantityOrdered": l.Quantity, "product": product}
	if slices.Contains(include, "PROCEEDS") && l.HasPrice {
		parts, total := breakdowns([]source.OrderLine{l})
		out["proceeds"] = object{"proceedsTotal": money(total, l.Currency), "breakdowns": parts}
	}
	if slices.Contains(include, "PROMOTION") && l.Promotion > 0 {
		out["promotion"] = object{"breakdowns": []object{{"promotionId": "PLM-event-deal"}}}
	}
	if slices.Contains(include, "CANCELLATION") && l.Status == source.OrderCancelled {
		out["cancellation"] = object{"cancellationExecution": object{"cancelledBy": "BUYER", "cancelReason": "Buyer cancelled the order"}}
	}
	if slices.Contains(include, "FULFILLMENT") {
		shipped := int32(0)
		if l.Status == "Shipped" {
			shipped = l.Quantity
		}
		left := l.Quantity - shipped
		if l.Status == source.OrderCancelled {
			left = 0
		}
		out["fulfillment"] = object{"quantityFulfilled": shipped, "quantityUnfulfilled": left}
	}
	return out
}

// breakdowns are what lines bring, by what for, and their sum. A tax that a price contains is shown and not added.
func breakdowns(lines []source.OrderLine) ([]object, int64) {
	var item, tax, discount int64
	for _, l := range lines {
		item += l.ItemPrice
		tax += l.ItemTax
		discount += l.Promotion
	}
	cur := lines[0].Currency
	out := []object{{"type": "ITEM", "subtotal": money(item, cur)}}
	total := item - discount
	if tax > 0 {
		out = append(out, object{"type": "TAX", "subtotal": money(tax, cur)})
		if taxOnTop(lines[0].Marketplace) {
			total += tax
		}
	}
	if discount > 0 {
		out = append(out, object{"type": "DISCOUNT", "subtotal": money(-discount, cur)})
	}
	return out, total
}

func (c *call) orderProceeds(f found) object {
	parts, total := breakdowns(f.lines)
	return object{"grandTotal": money(total, f.lines[0].Currency), "breakdowns": parts}
}
