package inventory

import (
	"fmt"
	"hash/fnv"

	"purser/backend/core"
	"purser/backend/core/module"
	"purser/backend/core/source"
)

// level is one SKU of one snapshot, whichever report it comes from.
type level struct {
	marketplace string
	day         core.Day // observed; set when the snapshot is admitted
	sku         core.SKU
	asin        core.ASIN
	fnsku       string
	title       string
	price       core.Money
	asOf        core.Day // day the document says its figures are of; 0: the observed day
	onHand      int32
	reserved    int32
	inbound     int32
	working     any // int64, or nil where the report does not tell it apart
	unsellable  int32
	extra       int64
	row         int32
	record      int // index of the record in the batch
}

// levels reads the rows of a batch as levels; rows that name no marketplace get the batch's.
func levels(b source.Batch) ([]level, string, error) {
	var (
		out  []level
		kind string
	)
	switch rows := b.Rows.(type) {
	case []source.StockLevel:
		kind, out = kindStock, make([]level, len(rows))
		for i := range rows {
			out[i] = stockLevel(&rows[i])
		}
	case []source.StockPlan:
		kind, out = kindPlanning, make([]level, len(rows))
		for i := range rows {
			out[i] = planLevel(&rows[i])
		}
	case []source.RestockRow:
		kind, out = kindRestock, make([]level, len(rows))
		for i := range rows {
			out[i] = restockLevel(&rows[i])
		}
	case nil:
		kind = kindOf(b.Stream)
	}
	if kind == "" || kind != kindOf(b.Stream) {
		return nil, "", fmt.Errorf("inventory: stream %q with rows of type %T", b.Stream, b.Rows)
	}
	for i := range out {
		out[i].record = i
		if out[i].marketplace == "" {
			out[i].marketplace = b.Marketplace
		}
		if out[i].marketplace == "" {
			return nil, "", core.Invalid(name, fmt.Sprintf("Row %d of the stock report names no marketplace.", out[i].row),
				"Say which marketplace the file is of and import it again.")
		}
	}
	return out, kind, nil
}

func kindOf(s source.Stream) string {
	switch s {
	case source.Stock:
		return kindStock
	case source.StockPlanning:
		return kindPlanning
	case source.RestockAdvice:
		return kindRestock
	default:
		return ""
	}
}

func stockLevel(r *source.StockLevel) level {
	return level{
		marketplace: r.Marketplace, sku: r.SKU, asin: r.ASIN, fnsku: r.FNSKU, title: r.Title, price: price(r.Price, r.Currency),
		onHand: r.Fulfillable, reserved: r.Reserved, inbound: r.InboundShipped + r.InboundReceiving,
		working: int64(r.InboundWorking), unsellable: r.Unsellable, row: r.Row,
	}
}

func planLevel(r *source.StockPlan) level {
	return level{
		marketplace: r.Marketplace, sku: r.SKU, asin: r.ASIN, fnsku: r.FNSKU, title: r.Title, price: price(r.Price, r.Currency),
		asOf: r.Day, onHand: r.Available, reserved: r.Reserved, inbound: r.Inbound, unsellable: r.Unfulfillable, row: r.Row,
		extra: fingerprint(r.Age0to90, r.Age91to180, r.Age181to270, r.Age271to365, r.Age365p, r.Shipped7, r.Shipped30,
			r.Shipped60, r.Shipped90, r.Alert, r.RecommendedAction, r.DaysOfSupply, r.HistoricalDaysOfSupply, r.ExcessUnits,
			r.StorageCostNextMonth, r.Currency),
	}
}

func restockLevel(r *source.RestockRow) level {
	return level{
		marketplace: r.Marketplace, sku: r.SKU, asin: r.ASIN, fnsku: r.FNSKU, title: r.Title, price: price(r.Price, r.Currency),
		onHand: r.Available, reserved: r.Reserved, inbound: r.Inbound, unsellable: r.Unfulfillable, row: r.Row,
		extra: fingerprint(r.Supplier, r.Units30, r.DaysOfSupply, r.Alert, r.RecommendedQty, r.RecommendedShip),
	}
}

// price is unknown where the report has none: Amazon writes 0 for that.
func price(minor int64, c core.Currency) core.Money {
	if minor <= 0 {
		return core.Money{}
	}
	return core.Money{Minor: minor, Currency: c}
}

func fingerprint(parts ...any) int64 {
	h := fnv.New64a()
	for _, p := range parts {
		_, _ = fmt.Fprintf(h, "%v\x00", p) // a hash never fails to write
	}
	return int64(h.Sum64())
}

// item is what a level tells the catalog.
func (l *level) item() module.Item {
	return module.Item{Marketplace: l.marketplace, SKU: l.sku, ASIN: l.asin, Title: l.title, Price: l.price}
}

// known is v, or nil where the report has none.
func known(v float64) any {
	if v < 0 {
		return nil
	}
	return v
}

func levelValue(kind string, document, observed int64) func(l *level, col int) any {
	return func(l *level, col int) any {
		switch col {
		case 0:
			return kind
		case 1:
			return l.marketplace
		case 2:
			return int64(l.day)
		case 3:
			return string(l.sku)
		case 4:
			return string(l.asin)
		case 5:
			return l.fnsku
		case 6:
			return int64(l.asOf)
		case 7:
			return int64(l.onHand)
		case 8:
			return int64(l.reserved)
		case 9:
			return int64(l.inbound)
		case 10:
			return l.working
		case 11:
			return int64(l.unsellable)
		case 12:
			return l.extra
		case 13:
			return document
		case 14:
			return int64(l.row)
		case 15:
			return observed
		}
		return nil
	}
}

func planValues(l *level, r *source.StockPlan, document int64) []any {
	return []any{
		l.marketplace, int64(l.day), string(l.sku), int64(r.Age0to90), int64(r.Age91to180), int64(r.Age181to270),
		int64(r.Age271to365), int64(r.Age365p), int64(r.Shipped7), int64(r.Shipped30), int64(r.Shipped60), int64(r.Shipped90),
		known(r.DaysOfSupply), known(r.HistoricalDaysOfSupply), int64(r.ExcessUnits), r.StorageCostNextMonth,
		string(r.Currency), r.Alert, r.RecommendedAction, document, int64(l.row),
	}
}

func adviceValues(l *level, r *source.RestockRow, document int64) []any {
	return []any{
		l.marketplace, int64(l.day), string(l.sku), r.Supplier, int64(r.Units30), known(r.DaysOfSupply), r.Alert,
		int64(r.RecommendedQty), int64(r.RecommendedShip), document, int64(l.row),
	}
}
