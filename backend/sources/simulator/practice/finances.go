package practice

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"purser/backend/core"
	"purser/backend/sources/simulator"
)

// How long payments that are held back are, and within what a listing gives an answer at all.
const (
	heldBack      = 8 * 24 * time.Hour
	longestWindow = 180 * 24 * time.Hour
)

func financeOperations() []*operation {
	return []*operation{
		{
			name: "listTransactions", api: apiSP, family: "finances", method: http.MethodGet, path: "/finances/2024-06-19/transactions", handle: (*call).transactions,
			query: []string{"postedAfter", "postedBefore", "marketplaceId", "transactionStatus", "relatedIdentifierName", "relatedIdentifierValue", "nextToken"},
		},
		{
			name: "listBalances", api: apiSP, family: "finances", method: http.MethodGet, path: "/finances/2024-06-19/balances", handle: (*call).balances,
			query: []string{"marketplaceIds", "balanceType", "accountType", "asOfDate", "nextToken"},
		},
	}
}

// transactionsPerPage is how many transactions a page holds.
const transactionsPerPage = 100

func (c *call) transactions() answer {
	name, value := c.query.Get("relatedIdentifierName"), c.query.Get("relatedIdentifierValue")
	from, ok1 := c.moment("postedAfter")
	to, ok2 := c.moment("postedBefore")
	p := pages{token: c.query.Get("nextToken"), size: transactionsPerPage, life: time.Hour, params: repeated(c.query, "nextToken")}
	at, t, ok := c.begin(&p)
	latest := at.Add(-2 * time.Minute)
	if to.IsZero() {
		to = latest
	}
	switch {
	case !ok:
		return c.invalid("Invalid nextToken", "The token is not valid or has expired.")
	case !ok1 || !ok2:
		return c.invalid("postedAfter and postedBefore are ISO 8601 date-times", "")
	case from.IsZero() && name == "":
		return c.invalid("Start date cannot be null", "Start date cannot be null")
	case (name == "") != (value == "") || name != "" && name != "ORDER_ID" && name != "SETTLEMENT_ID" && name != "FINANCIAL_EVENT_GROUP_ID":
		return c.invalid("relatedIdentifierName and relatedIdentifierValue go together", "")
	case to.After(latest) || from.After(latest) || to.Before(from):
		return c.invalid("postedBefore must be later than postedAfter, and both two minutes before the request", "")
	}
	status := c.query.Get("transactionStatus")
	if status != "" && !slices.Contains([]string{"DEFERRED", "RELEASED", "DEFERRED_RELEASED"}, status) {
		return c.invalid("transactionStatus is DEFERRED, RELEASED or DEFERRED_RELEASED", "")
	}
	ms := c.markets(c.region)
	if c.query.Has("marketplaceId") {
		m, a, ok := c.oneMarket("marketplaceId")
		if !ok {
			return a
		}
		ms = []core.Marketplace{m}
	}
	if from.IsZero() {
		from = to.Add(-longestWindow)
	}
	var all []object
	if to.Sub(from) <= longestWindow { // a longer window is empty, and no error
		all = c.posted(ms, simulator.Span{From: from, To: to}, at)
	}
	all = slices.DeleteFunc(all, func(o object) bool {
		return status != "" && o["transactionStatus"] != status || name != "" && !relates(o, name, value)
	})
	page, next := cut(c, all, p, t)
	if page == nil {
		page = []object{}
	}
	out := object{"transactions": page}
	if next != "" {
		out["nextToken"] = next
	}
	return c.ok(http.StatusOK, object{"payload": out})
}

func relates(o object, name, value string) bool {
	list, _ := o["relatedIdentifiers"].([]object)
	return slices.ContainsFunc(list, func(r object) bool {
		return r["relatedIdentifierName"] == name && r["relatedIdentifierValue"] == value
	})
}

// posting is a window that was listed, for the pages that follow.
type posting struct {
	key  string
	list []object
}

// posted lists the transactions of a window, newest first as Amazon does.
func (c *call) posted(ms []core.Marketplace, w simulator.Span, at time.Time) []object {
	key := fmt.Sprint(ms, w, at, len(c.state.Patches), len(c.state.AdChanges), c.active(Deferred))
	if c.listed.key != key {
		c.listed = posting{key, c.postedIn(ms, w, at)}
	}
	return slices.Clone(c.listed.list)
}

func (c *call) postedIn(ms []core.Marketplace, w simulator.Span, at time.Time) []object {
	type dated struct {
		at time.Time
		o  object
	}
	var list []dated
	held := c.active(Deferred)
	for _, m := range ms {
		wide := simulator.Span{From: w.From.Add(-heldBack), To: w.To}
		seen := map[string]int{}
		for _, p := range c.seller.Postings(m.Code, wide, at) {
			key := fmt.Sprint(m.Code, p.At.Unix(), p.Kind, p.Text, p.OrderID, p.SKU)
			seen[key]++
			id := c.transactionID(key, seen[key])
			deferred := held != nil && p.Kind == "Order" && (held.Rate == 0 || fraction(hash(c.o.Seed, "held", p.OrderID)) < held.Rate)
			release := p.At.Add(heldBack)
			status, link := "RELEASED", ""
			if deferred {
				if status = "DEFERRED"; !release.After(at) {
					status, link = "DEFERRED_RELEASED", c.transactionID(id+" release", 1)
				}
			}
			if !p.At.Before(w.From) {
				list = append(list, dated{p.At, c.transaction(m, p, id, status, "RELEASE_TRANSACTION_ID", link, p.At)})
			}
			if deferred && !release.After(at) && !release.Before(w.From) && release.Before(w.To) {
				list = append(list, dated{release, c.transaction(m, p, c.transactionID(id+" release", 1), "RELEASED", "DEFERRED_TRANSACTION_ID", id, release)})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b dated) int { return b.at.Compare(a.at) })
	out := make([]object, 0, len(list))
	for _, d := range list {
		out = append(out, d.o)
	}
	return out
}

func (s *Server) transactionID(key string, n int) string {
	return s.sign("transaction", key, strconv.Itoa(n))[:43]
}

// amount is a sum as the Finances API writes it: a number.
func amount(minor int64, currency core.Currency) object {
	return object{"currencyCode": string(currency), "currencyAmount": json.Number(core.Money{Minor: minor, Currency: currency}.Decimal())}
}

// part is a sum that is made of others; those of zero are left out.
func part(currency core.Currency, name string, minor int64, parts ...object) object {
	parts = slices.DeleteFunc(parts, func(o object) bool { return o == nil })
	if parts == nil {
		parts = []object{}
	}
	return object{"breakdownType": name, "breakdownAmount": amount(minor, currency), "breakdowns": parts}
}

func leaf(currency core.Currency, name string, minor int64) object {
	if minor == 0 {
		return nil
	}
	return part(currency, name, minor)
}

func (c *call) transaction(m core.Marketplace, p simulator.Posting, id, status, linkName, link string, at time.Time) object {
	kind, about := transactionKind(p)
	related := []object{{"relatedIdentifierName": "FINANCIAL_EVENT_GROUP_ID", "relatedIdentifierValue": c.transactionID("group "+p.Settlement, 1)}}
	if p.OrderID != "" {
		related = append(related, object{"relatedIdentifierName": "ORDER_ID", "relatedIdentifierValue": p.OrderID})
	}
	if at.Before(c.now.Add(-14 * 24 * time.Hour)) {
		related = append(related, object{"relatedIdentifierName": "SETTLEMENT_ID", "relatedIdentifierValue": p.Settlement})
	}
	if link != "" {
		related = append(related, object{"relatedIdentifierName": linkName, "relatedIdentifierValue": link})
	}
	out := object{
		"sellingPartnerMetadata": object{"sellingPartnerId": sellerID, "accountType": "Standard Orders", "marketplaceId": string(m.ID)},
		"relatedIdentifiers":     related, "transactionType": kind, "transactionId": id, "transactionStatus": status, "description": about,
		"postedDate": iso(at), "totalAmount": amount(p.Total(), p.Currency), "contexts": []object{},
		"marketplaceDetails": object{"marketplaceId": string(m.ID), "marketplaceName": m.Domain}, "items": []object{},
	}
	if p.OrderID == "" {
		out["breakdowns"] = []object{chargePart(p)}
		return out
	}
	if status == "DEFERRED" {
		out["contexts"] = []object{{"contextType": "DeferredContext", "deferralReason": "DD7", "maturityDate": iso(p.At.Add(heldBack))}}
	}
	network := "MFN"
	if p.FBA {
		network = "AFN"
	}
	sales, costs := orderParts(p)
	out["items"] = []object{{
		"description": p.Title, "totalAmount": amount(p.Total(), p.Currency), "breakdowns": append(sales, costs...),
		"relatedIdentifiers": []object{{"itemRelatedIdentifierName": "ORDER_ADJUSTMENT_ITEM_ID", "itemRelatedIdentifierValue": c.digits(13, "adjustment", id)}},
		"contexts": []object{{
			"contextType": "ProductContext", "asin": string(p.ASIN), "sku": string(p.SKU), "quantityShipped": p.Quantity, "fulfillmentNetwork": network,
		}},
	}}
	income := p.Sales + p.Promotion
	out["breakdowns"] = []object{part(p.Currency, "Sales", income), part(p.Currency, "Expenses", p.Total()-income)}
	return out
}

// orderParts are what a shipped or refunded line brought, and what it cost. A tax that Amazon collects and keeps adds
// up to nothing.
func orderParts(p simulator.Posting) (sales, costs []object) {
	cur := p.Currency
	principal, withheld := p.Sales, int64(0)
	if p.TaxOnTop {
		withheld = -p.Tax
	} else {
		principal -= p.Tax
	}
	sales = []object{part(cur, "ProductCharges", principal, leaf(cur, "OurPricePrincipal", principal))}
	if p.Tax != 0 {
		sales = append(sales, part(cur, "Tax", p.Tax, leaf(cur, "OurPriceTax", p.Tax)))
	}
	if p.Promotion != 0 {
		sales = append(sales, part(cur, "PromoRebates", p.Promotion, leaf(cur, "OurPriceDiscount", p.Promotion)))
	}
	if withheld != 0 {
		costs = append(costs, part(cur, "MarketplaceWithheldTax", withheld, leaf(cur, "MarketplaceFacilitatorTax-Principal", withheld)))
	}
	if fees := p.Commission + p.RefundFee + p.FBAFee; fees != 0 {
		costs = append(costs, part(cur, "AmazonFees", fees, leaf(cur, "Commission", p.Commission), leaf(cur, "RefundCommission", p.RefundFee),
			leaf(cur, "FBAPerUnitFulfillmentFee", p.FBAFee)))
	}
	return sales, costs
}

func transactionKind(p simulator.Posting) (kind, about string) {
	switch {
	case p.Kind == "Order":
		return "Shipment", "Order Payment"
	case p.Kind == "Refund":
		return "Refund", "Refund Order"
	case p.Kind == "Transfer":
		return "Transfer", "Funds Transfer"
	case p.Text == "Cost of Advertising":
		return "ProductAdsPayment", p.Text
	case p.Text == "Storage Fee":
		return "ServiceFee", "FBAStorageBilling"
	}
	return "ServiceFee", "Subscription"
}

func chargePart(p simulator.Posting) object {
	name := map[string]string{"Cost of Advertising": "AdvertisingFee", "Storage Fee": "FBAStorageFee", "Subscription Fee": "Subscription"}[p.Text]
	if p.Kind == "Transfer" {
		return part(p.Currency, "FundTransfer", p.Other)
	}
	return part(p.Currency, "Expenses", p.Other, leaf(p.Currency, name, p.Other))
}

// balances tells what Amazon owes, per marketplace: what was posted since the last settlement.
func (c *call) balances() answer {
	ids, few := c.listOf("marketplaceIds", 50)
	if !few {
		return c.invalid("marketplaceIds names too many", "")
	}
	ms, a, ok := c.marketsOf(ids)
	if !ok {
		return a
	}
	if len(ids) == 0 {
		ms = c.markets(c.region)
	}
	if v := c.query.Get("balanceType"); v != "" && !slices.Contains([]string{"AVAILABLE", "RESERVED", "ACCOUNT_LEVEL_RESERVE", "DEFERRED", "TOTAL"}, v) {
		return c.invalid("balanceType is not known", "")
	}
	asOf := core.DayOf(c.now, time.UTC)
	if c.query.Has("asOfDate") {
		d, err := core.ParseDay(c.query.Get("asOfDate"))
		if err != nil || d > asOf {
			return c.invalid("asOfDate is a date that is not in the future", "")
		}
		asOf = d
	}
	out := []object{}
	for _, m := range ms {
		out = append(out, c.balance(m, asOf)...)
	}
	return c.ok(http.StatusOK, object{"balances": out})
}

func (c *call) balance(m core.Marketplace, asOf core.Day) []object {
	at := earlier(c.now, (asOf + 1).Time())
	from := at.Add(-15 * 24 * time.Hour)
	if list := c.seller.Closed(m.Code, simulator.Span{From: at.Add(-30 * 24 * time.Hour), To: at}, at); len(list) > 0 {
		from = list[0].End
	}
	var total, reserved int64
	for _, p := range c.seller.Postings(m.Code, simulator.Span{From: from, To: at}, at) {
		if p.Kind == "Transfer" {
			continue
		}
		if total += p.Total(); p.Kind == "Order" && at.Sub(p.At) < 7*24*time.Hour {
			reserved += p.Total()
		}
	}
	var out []object
	for _, b := range []struct {
		kind  string
		minor int64
	}{{"TOTAL", total}, {"AVAILABLE", total - reserved}, {"RESERVED", reserved}} {
		if v := c.query.Get("balanceType"); v != "" && v != b.kind {
			continue
		}
		out = append(out, object{
			"partnerMetadata": object{"partnerId": sellerID, "accountType": "Standard Orders", "marketplaceId": string(m.ID)},
			"balanceType":     b.kind, "amount": amount(b.minor, m.Currency), "balances": []object{}, "asOfDate": iso(asOf.Time()), "lastUpdatedTime": iso(at),
		})
	}
	return out
}
