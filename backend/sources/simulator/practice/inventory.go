package practice

import (
	"net/http"
	"slices"
	"time"

	"purser/backend/core"
)

func inventoryOperations() []*operation {
	return []*operation{{
		name: "getInventorySummaries", api: apiSP, family: "inventory", method: http.MethodGet, path: "/fba/inventory/v1/summaries", handle: (*call).inventory,
		query: []string{"details", "granularityType", "granularityId", "startDateTime", "sellerSkus", "sellerSku", "nextToken", "marketplaceIds"},
	}}
}

// inventory tells what is at Amazon, 50 SKUs a page. A token is good for 30 seconds. What changed since a moment is
// not told apart: Amazon does not do it reliably either.
func (c *call) inventory() answer {
	if c.query.Get("granularityType") != "Marketplace" {
		return c.invalid("granularityType must be Marketplace", "")
	}
	m, a, ok := c.oneMarket("marketplaceIds")
	if !ok {
		return a
	}
	since, ok := c.moment("startDateTime")
	skus, few := c.listOf("sellerSkus", 50)
	switch v := c.query.Get("details"); {
	case c.query.Get("granularityId") != string(m.ID):
		return c.invalid("granularityId must be the marketplace", "")
	case !ok || !since.IsZero() && (since.After(c.now) || c.now.Sub(since) > 549*24*time.Hour):
		return c.invalid("startDateTime is a time of the last 18 months", "")
	case !few:
		return c.invalid("at most 50 sellerSkus", "")
	case v != "" && v != "true" && v != "false":
		return c.invalid("details is true or false", "")
	}
	p := pages{token: c.query.Get("nextToken"), size: 50, life: 30 * time.Second, params: repeated(c.query, "nextToken")}
	at, t, ok := c.begin(&p)
	if !ok {
		return c.invalid("Next token is not valid", "")
	}
	list, next := cut(c, c.summaries(m, skus, at), p, t)
	out := object{"payload": object{
		"granularity":        object{"granularityType": "Marketplace", "granularityId": string(m.ID)},
		"inventorySummaries": list,
	}}
	if next != "" {
		out["pagination"] = object{"nextToken": next}
	}
	return c.ok(http.StatusOK, out)
}

func (c *call) summaries(m core.Marketplace, skus []string, at time.Time) []object {
	today := core.DayOf(at, c.zone(m))
	out := []object{}
	for _, l := range c.seller.Stock(m.Code, today) {
		if len(skus) > 0 && !slices.Contains(skus, string(l.SKU)) || c.query.Has("sellerSku") && c.query.Get("sellerSku") != string(l.SKU) {
			continue
		}
		o := object{
			"asin": string(l.ASIN), "fnSku": l.FNSKU, "sellerSku": string(l.SKU), "condition": "NewItem", "productName": l.Title,
			"lastUpdatedTime": iso(today.Start(c.zone(m))), "totalQuantity": l.Total, "stores": []string{},
		}
		if c.query.Get("details") == "true" {
			o["inventoryDetails"] = object{
				"fulfillableQuantity": l.Fulfillable, "inboundWorkingQuantity": l.InboundWorking, "inboundShippedQuantity": l.InboundShipped,
				"inboundReceivingQuantity": l.InboundReceiving,
				"reservedQuantity": object{
					"totalReservedQuantity": l.Reserved, "pendingCustomerOrderQuantity": l.Reserved, "pendingTransshipmentQuantity": 0, "fcProcessingQuantity": 0,
				},
				"researchingQuantity": object{"totalResearchingQuantity": 0, "researchingQuantityBreakdown": []object{}},
				"unfulfillableQuantity": object{
					"totalUnfulfillableQuantity": l.Unsellable, "customerDamagedQuantity": l.Unsellable, "warehouseDamagedQuantity": 0,
					"distributorDamagedQuantity": 0, "carrierDamagedQuantity": 0, "defectiveQuantity": 0, "expiredQuantity": 0,
				},
			}
		}
		out = append(out, o)
	}
	return out
}
