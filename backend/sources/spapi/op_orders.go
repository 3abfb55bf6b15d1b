package spapi

import (
	"context"
	"net/url"
	"strconv"
	"time"

	"purser/backend/core/action"
)

const ordersPath = "/orders/2026-01-01/orders"

// OrderSearch says which orders to list: those that changed in [From, To).
type OrderSearch struct {
	Marketplaces []string // ids, at most 50
	From, To     time.Time
	Included     []string
	PageSize     int    // 1–100; 0: 100
	Next         string // token of the next page: everything else is repeated with it
}

// orderPage is what is read of a page of orders; the page itself is the document.
type orderPage struct {
	Orders     entries `json:"orders"`
	Pagination struct {
		Next text `json:"nextToken"`
	} `json:"pagination"`
	Until text `json:"lastUpdatedBefore"`
}

// included are the data that come with orders, richest first: in some regions Amazon refuses some of them. Without
// PROCEEDS an order has no money, without FULFILLMENT no state. Never BUYER or RECIPIENT.
func included() [][]string {
	return [][]string{
		{"PROCEEDS", "EXPENSE", "PROMOTION", "CANCELLATION", "FULFILLMENT", "PACKAGES"},
		{"PROCEEDS", "CANCELLATION", "FULFILLMENT"},
		{"PROCEEDS", "FULFILLMENT"},
	}
}

func searchOrders(region string, s OrderSearch) call {
	q := url.Values{}
	list(q, "marketplaceIds", s.Marketplaces...)
	q.Set("lastUpdatedAfter", moment(s.From))
	q.Set("lastUpdatedBefore", moment(s.To))
	list(q, "includedData", s.Included...)
	if s.PageSize == 0 {
		s.PageSize = 100
	}
	q.Set("maxResultsPerPage", strconv.Itoa(s.PageSize))
	if s.Next != "" {
		q.Set("paginationToken", s.Next)
	}
	return get("searchOrders", region, ordersPath, q)
}

// Order is what executors need of an order.
type Order struct {
	ID               text              `json:"orderId"`
	Created          text              `json:"createdTime"`
	AssociatedOrders []AssociatedOrder `json:"associatedOrders"`
	Fulfillment      OrderFulfillment  `json:"fulfillment"`
}

// AssociatedOrder is another order that an order belongs to.
type AssociatedOrder struct {
	ID   text `json:"orderId"`
	Type text `json:"associationType"` // "REPLACEMENT_ORIGINAL_ID": the order replaces that one
}

// OrderFulfillment is how far an order is.
type OrderFulfillment struct {
	Status    text `json:"fulfillmentStatus"`
	DeliverBy struct {
		Earliest text `json:"earliestDateTime"`
		Latest   text `json:"latestDateTime"`
	} `json:"deliverByWindow"`
}

// Cancelled says whether an order was called off.
func (o Order) Cancelled() bool { return o.Fulfillment.Status == "CANCELLED" }

// Replacement says whether an order replaces another.
func (o Order) Replacement() bool {
	for _, a := range o.AssociatedOrders {
		if a.Type == "REPLACEMENT_ORIGINAL_ID" {
			return true
		}
	}
	return false
}

// Delivery is when an order was to be delivered, at the earliest and at the latest; zero where Amazon does not say.
func (o Order) Delivery() (earliest, latest time.Time) {
	return o.Fulfillment.DeliverBy.Earliest.time(), o.Fulfillment.DeliverBy.Latest.time()
}

func getOrder(region, id string) call {
	q := url.Values{}
	list(q, "includedData", "FULFILLMENT")
	return get("getOrder", region, ordersPath+"/"+part(id), q)
}

// Order reads an order by Amazon's number; marketplace is a code. A dry run (action.DryRun) is told what was read some
// minutes ago.
func (c *Client) Order(ctx context.Context, marketplace, id string) (Order, error) {
	m, err := market(marketplace)
	if err != nil {
		return Order{}, err
	}
	key := m.Code + "/" + id
	if action.IsDryRun(ctx) {
		if o, ok := c.looked.orders.of(key, c.o.Clock.Now()); ok {
			return o, nil
		}
	}
	out, _, err := ask[struct {
		Order Order `json:"order"`
	}](ctx, c.waiting(), getOrder(m.Region, id))
	if err != nil {
		return Order{}, plain(err)
	}
	c.looked.orders.keep(key, out.Order, c.o.Clock.Now())
	return out.Order, nil
}

// MetricsQuery asks for sales over an interval, which the marketplace's own clock cuts into parts.
type MetricsQuery struct {
	Marketplace string // code
	From, To    time.Time
	Granularity string // "Hour", "Day", "Week", "Month", "Year", "Total"
	SKU         string // "": all
}

// Metric is what was sold in one part of an interval.
type Metric struct {
	Interval   text   `json:"interval"`
	Units      text   `json:"unitCount"`
	OrderItems text   `json:"orderItemCount"`
	Orders     text   `json:"orderCount"`
	Sales      Amount `json:"totalSales"`
}

func orderMetrics(q MetricsQuery) (call, error) {
	m, err := market(q.Marketplace)
	if err != nil {
		return call{}, err
	}
	const offset = "2006-01-02T15:04:05-07:00"
	v := url.Values{}
	list(v, "marketplaceIds", string(m.ID))
	v.Set("interval", q.From.In(m.Zone()).Format(offset)+"--"+q.To.In(m.Zone()).Format(offset))
	v.Set("granularity", q.Granularity)
	if q.Granularity != "Total" {
		v.Set("granularityTimeZone", m.ZoneName)
	}
	if q.SKU != "" {
		v.Set("sku", q.SKU)
	}
	return get("getOrderMetrics", m.Region, "/sales/v1/orderMetrics", v), nil
}

// Metrics reads what was sold, within minutes. An interval must not span a change of the clocks: Amazon wants its
// offset to be that of the whole of it.
func (c *Client) Metrics(ctx context.Context, q MetricsQuery) ([]Metric, error) {
	r, err := orderMetrics(q)
	if err != nil {
		return nil, err
	}
	out, _, err := ask[payload[[]Metric]](ctx, c, r)
	return out.Payload, plain(err)
}
