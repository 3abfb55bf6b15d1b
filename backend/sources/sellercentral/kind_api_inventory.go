package sellercentral

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

// apiInventory is a page of getInventorySummaries (with details) of one marketplace: the stock of its SKUs in Amazon's
// warehouses.
//
// It meets the FBA Manage Inventory report in the same rows, by marketplace and SKU. Precedence: the later ObservedAt
// wins; of equal ones the report, because it is a snapshot and comes last. A page is no snapshot: what it does not
// name is not gone. All pages of one pass carry one ObservedAt, so that they may come in any order; a file with all of
// them as a list is one document.
func apiInventory() document {
	return apiDocument(apiKind{
		info: source.Kind{
			Name: "api_inventory", Title: "FBA stock (live)", Streams: []source.Stream{source.Stock},
			Where:    "Comes by itself from the connected account: FBA Inventory API, getInventorySummaries",
			Unlocks:  "Units on hand, reserved and inbound several times a day",
			StaleAge: 48 * time.Hour,
		},
		operations: []string{"getInventorySummaries"}, list: "inventorySummaries",
		open: func(a *apiRows) apiReader {
			return &stockReader{apiRows: a, to: sender[source.StockLevel]{stream: source.Stock, out: a.out}}
		},
	})
}

type stockReader struct {
	*apiRows
	to sender[source.StockLevel]
}

func (r *stockReader) close() error { return r.to.close() }

type jsonStock struct {
	ASIN      loose           `json:"asin"`
	FNSKU     loose           `json:"fnSku"`
	SKU       loose           `json:"sellerSku"`
	Condition loose           `json:"condition"`
	Title     loose           `json:"productName"`
	Total     loose           `json:"totalQuantity"`
	Details   *jsonStockUnits `json:"inventoryDetails"`
}

type jsonStockUnits struct {
	Fulfillable loose `json:"fulfillableQuantity"`
	Working     loose `json:"inboundWorkingQuantity"`
	Shipped     loose `json:"inboundShippedQuantity"`
	Receiving   loose `json:"inboundReceivingQuantity"`
	Reserved    struct {
		Total loose `json:"totalReservedQuantity"`
	} `json:"reservedQuantity"`
	Researching struct {
		Total loose `json:"totalResearchingQuantity"`
	} `json:"researchingQuantity"`
	Unfulfillable struct {
		Total loose `json:"totalUnfulfillableQuantity"`
	} `json:"unfulfillableQuantity"`
}

func (r *stockReader) take(ctx context.Context, raw json.RawMessage, path string) error {
	e := tracedEntry{path: path, over: [][2]string{{"marketplace", r.env.Marketplace}}, raw: raw}
	return addRow(ctx, r.apiRows, e, &r.to, func(row int32) source.StockLevel {
		var s jsonStock
		l := source.StockLevel{Row: row, Marketplace: r.at.code, Currency: r.cur}
		if err := json.Unmarshal(raw, &s); err != nil {
			r.fail("inventorySummaries", "the entry has an unexpected form: "+err.Error())
			return l
		}
		l.SKU, l.FNSKU = core.SKU(r.must("sellerSku", s.SKU)), r.plain("fnSku", s.FNSKU)
		l.ASIN, l.Title = core.ASIN(r.plain("asin", s.ASIN)), r.plain("productName", s.Title)
		l.Condition = strings.TrimSuffix(r.plain("condition", s.Condition), "Item")
		r.units(&l, &s)
		if r.out.emit == nil && !r.faulty && r.before(string(l.SKU), l.FNSKU, l.Condition) {
			r.out.repeated++
		}
		return l
	})
}

// units reads the quantities. Without the details nobody knows what can be sold, so that there is no record; of those
// parts that Amazon leaves out where there are none, nothing is none.
func (r *stockReader) units(l *source.StockLevel, s *jsonStock) {
	d := s.Details
	if d == nil {
		r.fail("inventoryDetails", "it is missing: the stock was asked for without its details")
		return
	}
	l.Fulfillable = r.quantity("inventoryDetails.fulfillableQuantity", d.Fulfillable)
	l.Total = r.quantity("totalQuantity", s.Total)
	l.Reserved = r.tally("inventoryDetails.reservedQuantity.totalReservedQuantity", d.Reserved.Total)
	l.Unsellable = r.tally("inventoryDetails.unfulfillableQuantity.totalUnfulfillableQuantity", d.Unfulfillable.Total)
	l.Researching = r.tally("inventoryDetails.researchingQuantity.totalResearchingQuantity", d.Researching.Total)
	l.InboundWorking = r.tally("inventoryDetails.inboundWorkingQuantity", d.Working)
	l.InboundShipped = r.tally("inventoryDetails.inboundShippedQuantity", d.Shipped)
	l.InboundReceiving = r.tally("inventoryDetails.inboundReceivingQuantity", d.Receiving)
	for name, v := range map[string]int32{"fulfillableQuantity": l.Fulfillable, "totalQuantity": l.Total} {
		if v < 0 {
			r.fail(name, "it is negative")
		}
	}
}
