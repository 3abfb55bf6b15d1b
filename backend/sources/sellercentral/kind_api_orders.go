package sellercentral

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

// apiOrders is a page of searchOrders (Orders 2026-01-01, with PROCEEDS and FULFILLMENT): one record for each item of
// each order.
//
// It meets the all-orders report in the same rows: an item is told by order, SKU and how many items before it in its
// order have that SKU, states are written as the report writes them, and prices are totals of the item. Precedence:
// of two sayings of a row the later lastUpdatedTime wins, wherever it comes from; of equal ones the later ObservedAt.
// Where both are equal too, the two say the same.
//
// A page is no snapshot, and it covers no day: it has the orders that changed in its window, whenever they were placed.
// Period is that window on its last page, else the days of its orders.
func apiOrders() document {
	return apiDocument(apiKind{
		info: source.Kind{
			Name: "api_orders", Title: "Orders (live)", Streams: []source.Stream{source.Orders},
			Where:   "Comes by itself from the connected account: Orders API, searchOrders",
			Unlocks: "Orders within minutes; prices and cancellations as they come in",
			// As the all-orders report: pending orders get their price and cancelled ones disappear within days.
			StaleAge: 48 * time.Hour, Settles: 72 * time.Hour,
		},
		operations: []string{"searchOrders"}, list: "orders", whole: true, changed: true,
		open: func(a *apiRows) apiReader {
			return &orderReader{apiRows: a, to: sender[source.OrderLine]{stream: source.Orders, out: a.out}}
		},
	})
}

type orderReader struct {
	*apiRows
	to sender[source.OrderLine]
}

func (r *orderReader) close() error { return r.to.close() }

type jsonOrder struct {
	ID      loose `json:"orderId"`
	Created loose `json:"createdTime"`
	Updated loose `json:"lastUpdatedTime"`
	Channel struct {
		Name        loose `json:"channelName"`
		Marketplace loose `json:"marketplaceId"`
		Title       loose `json:"marketplaceName"`
	} `json:"salesChannel"`
	Fulfillment struct {
		Status loose `json:"fulfillmentStatus"`
		By     loose `json:"fulfilledBy"`
	} `json:"fulfillment"`
	Items []json.RawMessage `json:"orderItems"`
}

type jsonOrderItem struct {
	Quantity loose `json:"quantityOrdered"`
	Product  struct {
		ASIN  loose `json:"asin"`
		Title loose `json:"title"`
		SKU   loose `json:"sellerSku"`
		Price struct {
			Unit looseMoney `json:"unitPrice"`
		} `json:"price"`
	} `json:"product"`
	Proceeds struct {
		Breakdowns []jsonProceeds `json:"breakdowns"`
	} `json:"proceeds"`
	Cancellation struct {
		Execution json.RawMessage `json:"cancellationExecution"`
	} `json:"cancellation"`
}

// jsonProceeds is one kind of money of an item: ITEM, TAX, SHIPPING, DISCOUNT and others.
type jsonProceeds struct {
	Type     loose      `json:"type"`
	Subtotal looseMoney `json:"subtotal"`
	Details  []struct {
		Subtype loose      `json:"subtype"`
		Value   looseMoney `json:"value"`
	} `json:"detailedBreakdowns"`
}

func (r *orderReader) take(ctx context.Context, raw json.RawMessage, path string) error {
	var o jsonOrder
	if err := json.Unmarshal(raw, &o); err != nil {
		return r.bad(path, raw, "orders", "the order has an unexpected form: "+err.Error())
	}
	if len(o.Items) == 0 {
		return r.bad(path, raw, "orderItems", "the order has no items")
	}
	over := [][2]string{
		{"orderId", o.ID.text},
		{"createdTime", o.Created.text},
		{"lastUpdatedTime", o.Updated.text},
		{"salesChannel.channelName", o.Channel.Name.text},
		{"salesChannel.marketplaceId", o.Channel.Marketplace.text},
		{"fulfillment.fulfillmentStatus", o.Fulfillment.Status.text},
		{"fulfillment.fulfilledBy", o.Fulfillment.By.text},
	}
	seen := map[core.SKU]int32{}
	for i, item := range o.Items {
		e := tracedEntry{path: path + ".orderItems[" + strconv.Itoa(i) + "]", over: over, raw: item}
		err := addRow(ctx, r.apiRows, e, &r.to, func(row int32) source.OrderLine {
			l := r.line(&o, item)
			l.Row, l.Seq = row, seen[l.SKU]
			seen[l.SKU]++
			return l
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// line makes the record of one item.
func (r *orderReader) line(o *jsonOrder, raw json.RawMessage) source.OrderLine {
	l := r.order(o)
	var it jsonOrderItem
	if err := json.Unmarshal(raw, &it); err != nil {
		r.fail("orderItems", "the item has an unexpected form: "+err.Error())
		return l
	}
	l.SKU, l.ASIN = core.SKU(r.must("product.sellerSku", it.Product.SKU)), core.ASIN(r.plain("product.asin", it.Product.ASIN))
	l.Title, l.Quantity = r.plain("product.title", it.Product.Title), r.quantity("quantityOrdered", it.Quantity)
	if l.Quantity < 0 {
		r.fail("quantityOrdered", "it is negative")
	}
	if e := string(it.Cancellation.Execution); e != "" && e != "null" && e != "{}" {
		l.Status = source.OrderCancelled
	}
	for i := range it.Proceeds.Breakdowns {
		r.proceeds(&l, &it.Proceeds.Breakdowns[i])
	}
	if l.Status == source.OrderPending { // what Amazon says of it then is not yet what the buyer pays
		l.HasPrice, l.ItemPrice, l.ItemTax, l.Shipping, l.Promotion = false, 0, 0, 0, 0
	}
	if !r.bound { // no amount: the price of the listing still names the currency
		r.pay("product.price.unitPrice", looseMoney{Currency: it.Product.Price.Unit.Currency})
	}
	l.Currency = r.cur
	if r.out.emit == nil && !r.faulty && r.before(l.OrderID, string(l.SKU), strconv.Itoa(int(l.Seq))) {
		r.out.repeated++
	}
	return l
}

// order makes what all lines of an order have in common.
func (r *orderReader) order(o *jsonOrder) source.OrderLine {
	r.where(o)
	l := source.OrderLine{
		OrderID: r.must("orderId", o.ID), PurchasedAt: r.when("createdTime", o.Created),
		Status: orderStatus(r.must("fulfillment.fulfillmentStatus", o.Fulfillment.Status)),
		FBA:    strings.EqualFold(r.plain("fulfillment.fulfilledBy", o.Fulfillment.By), "AMAZON"),
	}
	if l.UpdatedAt = l.PurchasedAt; o.Updated.text != "" {
		l.UpdatedAt = r.when("lastUpdatedTime", o.Updated)
	}
	l.Marketplace, l.Day = r.at.code, r.at.day(l.PurchasedAt)
	if !r.faulty {
		r.out.period = r.out.period.Include(l.Day)
	}
	return l
}

// where takes the marketplace that an order names.
func (r *orderReader) where(o *jsonOrder) {
	r.name = "salesChannel.marketplaceId"
	switch name := r.plain("salesChannel.channelName", o.Channel.Name); {
	case strings.EqualFold(name, "NON_AMAZON"):
		r.place([]byte("Non-Amazon"))
	case o.Channel.Marketplace.text != "":
		r.place([]byte(r.plain(r.name, o.Channel.Marketplace)))
	case o.Channel.Title.text != "":
		r.place([]byte(r.plain("salesChannel.marketplaceName", o.Channel.Title)))
	}
}

// orderStatus writes a state as the all-orders report does, so that both count the same.
func orderStatus(s string) string {
	switch strings.ToUpper(s) {
	case "PENDING", "PENDING_AVAILABILITY":
		return source.OrderPending
	case "CANCELLED", "CANCELED":
		return source.OrderCancelled
	case "UNSHIPPED":
		return "Unshipped"
	case "PARTIALLY_SHIPPED":
		return "PartiallyShipped"
	case "SHIPPED":
		return "Shipped"
	case "UNFULFILLABLE":
		return "Unfulfillable"
	}
	return s
}

// proceeds adds one kind of money to a line. Tax and discount are those of the item where Amazon tells them apart, as
// in the all-orders report; what is neither item, tax, shipping nor discount is in no column of it.
func (r *orderReader) proceeds(l *source.OrderLine, p *jsonProceeds) {
	kind := strings.ToUpper(r.plain("proceeds.breakdowns.type", p.Type))
	if !slices.Contains([]string{"ITEM", "TAX", "SHIPPING", "DISCOUNT"}, kind) {
		return
	}
	if !p.Subtotal.Amount.given && len(p.Details) == 0 {
		return
	}
	amount := r.pay("proceeds.breakdowns.subtotal", p.Subtotal)
	if kind == "TAX" || kind == "DISCOUNT" {
		amount = r.ofItem(p, amount)
	}
	switch kind {
	case "ITEM":
		l.ItemPrice += amount
		l.HasPrice = l.HasPrice || p.Subtotal.Amount.text != ""
	case "TAX":
		l.ItemTax += amount
	case "SHIPPING":
		l.Shipping += amount
	case "DISCOUNT":
		l.Promotion += max(amount, -amount)
	}
}

// ofItem is the part of an amount that belongs to the item itself.
func (r *orderReader) ofItem(p *jsonProceeds, whole int64) int64 {
	if len(p.Details) == 0 {
		return whole
	}
	part := int64(0)
	for i := range p.Details {
		v := r.pay("proceeds.breakdowns.detailedBreakdowns.value", p.Details[i].Value)
		if strings.EqualFold(p.Details[i].Subtype.text, "ITEM") {
			part += v
		}
	}
	return part
}
