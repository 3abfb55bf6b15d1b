package inventory

import (
	"slices"

	"purser/backend/core/fact"
)

// Names of the facts.
const (
	factOnHand      = "inventory.on_hand"
	factReserved    = "inventory.reserved"
	factInbound     = "inventory.inbound"
	factWorking     = "inventory.inbound_working"
	factUnsellable  = "inventory.unsellable"
	factVelocity    = "inventory.velocity"
	factStockouts   = "inventory.stockout_days_28d"
	factCover       = "inventory.cover_days"
	factCoverOnHand = "inventory.cover_on_hand_days"
	factLead        = "inventory.lead_time_days"
	factOrderBy     = "inventory.order_by_days"
	factSellsOut    = "inventory.sells_out_day"
	factSuggested   = "inventory.suggested_units"
	factDaysShort   = "inventory.days_short"
	factLostSales   = "inventory.lost_sales_day"
	factAged        = "inventory.aged_181_units"
	factExcess      = "inventory.excess_units"
	factAmazonUnits = "inventory.amazon_recommended_units"
	factAmazonDays  = "inventory.days_of_supply_amazon"
	factOut         = "inventory.skus_out_of_stock"
	factLow         = "inventory.skus_low"
	factTotal       = "inventory.units_on_hand"

	seriesOnHand = "inventory.on_hand"
	seriesTotal  = "inventory.units_on_hand"
)

// definitions lists the facts, those a seller looks at first before the others.
func definitions() []fact.Definition {
	first := []string{factOnHand, factInbound, factVelocity, factCover, factLead, factOrderBy, factSuggested, factLostSales}
	all := append(append(stockDefinitions(), planDefinitions()...), marketDefinitions()...)
	rank := func(d fact.Definition) int {
		if i := slices.Index(first, d.Name); i >= 0 {
			return i
		}
		return len(first)
	}
	slices.SortStableFunc(all, func(a, b fact.Definition) int { return rank(a) - rank(b) })
	return all
}

func stockDefinitions() []fact.Definition {
	stock := []string{kindStock, kindPlanning, kindRestock}
	count := func(name, meaning, formula string) fact.Definition {
		return fact.Definition{Name: name, Subject: fact.SKU, Type: fact.Count, Unit: "units", Meaning: meaning, Formula: formula, Sources: stock}
	}
	const from = " of the newest FBA inventory report; of the planning or restock report where that is missing or stale and theirs is newer"
	onHand := count(factOnHand, "Units that can be sold now", "fulfillable units"+from+"; 0 once a newer report no longer lists the SKU")
	onHand.Daily = seriesOnHand
	inbound := count(factInbound, "Units on their way to Amazon or being received",
		"inbound shipped + receiving"+from+"; the planning and restock reports' figure includes units not yet shipped")
	unsellable := count(factUnsellable, "Units at Amazon that can't be sold", "unsellable units"+from)
	unsellable.Better = "down"
	outDays := fact.Definition{
		Name: factStockouts, Subject: fact.SKU, Type: fact.Count, Unit: "days", Better: "down", Daily: seriesOnHand, Sources: append(stock, salesKind),
		Meaning: "Days of the last 28 without stock",
		Formula: "days of the 28 before today whose latest stock report, at most 7 days old, shows none on hand and on which nothing was sold",
	}
	return []fact.Definition{
		onHand,
		count(factReserved, "Units at Amazon that are reserved", "reserved units (customer orders, transfers, processing)"+from),
		inbound,
		count(factWorking, "Units of shipments not yet sent", "inbound working units of the FBA inventory report; not part of inventory.inbound"),
		unsellable,
		outDays,
	}
}

func planDefinitions() []fact.Definition {
	stock := []string{kindStock, kindPlanning, kindRestock}
	all := append([]string{salesKind}, stock...)
	const noOrders = "; units on order with a supplier aren't known in this version"
	number := func(name, unit, meaning, formula, better string) fact.Definition {
		return fact.Definition{Name: name, Subject: fact.SKU, Type: fact.Number, Unit: unit, Meaning: meaning, Formula: formula, Sources: all, Better: better}
	}
	counts := func(name, meaning, formula, kind string) fact.Definition {
		return fact.Definition{Name: name, Subject: fact.SKU, Type: fact.Count, Unit: "units", Meaning: meaning, Formula: formula, Sources: []string{kind}}
	}
	velocity := number(factVelocity, "units/day", "Units sold a day while in stock",
		"units of the 28 days before today ÷ those of the days with known sales on which stock was not known to be out; over 90 days "+
			"where fewer than 7 of the 28 had stock; a stock report speaks for 7 days; a day with a sale had stock; days no report tells of "+
			"count as in stock and make it estimated; the latest days may still be restated", "up")
	velocity.Daily = seriesUnits
	sellsOut := number(factSellsOut, "", "Day on which stock runs out",
		"day of the stock report + whole days of inventory.cover_days", "up")
	sellsOut.Type = fact.Text
	suggested := number(factSuggested, "units", "Units to order now",
		"inventory.velocity × (inventory.lead_time_days + target cover) − inventory.on_hand − inventory.inbound, rounded up, at least 0; "+
			"target cover is the setting target_cover_days, 45 at first"+noOrders, "")
	suggested.Type = fact.Count
	lost := number(factLostSales, "", "Sales lost on each day without stock",
		"inventory.velocity × sales.price; the catalog's price where no sale tells one", "down")
	lost.Type = fact.Money
	excess := counts(factExcess, "Units Amazon counts as excess", "estimated excess quantity of the planning report", kindPlanning)
	excess.Better = "down"
	aged := counts(factAged, "Units stored for 181 days or longer",
		"units aged 181–270 + 271–365 + 365 days and more in the planning report", kindPlanning)
	aged.Better = "down"
	lead := number(factLead, "days", "Days from ordering to sellable", "the seller's lead time in the catalog; the account's default where none is given", "down")
	return []fact.Definition{
		velocity,
		number(factCover, "days", "Days until stock on hand and on its way runs out",
			"(inventory.on_hand + inventory.inbound) ÷ inventory.velocity; reserved units in transfer are left out"+noOrders, ""),
		number(factCoverOnHand, "days", "Days until stock on hand runs out", "inventory.on_hand ÷ inventory.velocity", ""),
		lead,
		number(factOrderBy, "days", "Days left to order; negative is late", "inventory.cover_days − inventory.lead_time_days"+noOrders, "up"),
		sellsOut,
		suggested,
		number(factDaysShort, "days", "Days without stock before an order placed today can land",
			"max(0, inventory.lead_time_days − inventory.cover_days)"+noOrders, "down"),
		lost, aged, excess,
		counts(factAmazonUnits, "Units Amazon recommends to send in", "recommended replenishment quantity of the restock report", kindRestock),
		{
			Name: factAmazonDays, Subject: fact.SKU, Type: fact.Number, Unit: "days", Meaning: "Days of supply as Amazon counts them",
			Formula: "days of supply of the planning report; of the restock report where that has none", Sources: []string{kindPlanning, kindRestock},
		},
	}
}

func marketDefinitions() []fact.Definition {
	count := func(name, unit, meaning, formula, better string) fact.Definition {
		return fact.Definition{
			Name: name, Subject: fact.Marketplace, Type: fact.Count, Unit: unit, Meaning: meaning, Formula: formula,
			Sources: []string{kindStock, kindPlanning, kindRestock, salesKind}, Better: better,
		}
	}
	total := count(factTotal, "units", "Units that can be sold now", "sum of inventory.on_hand", "")
	total.Daily = seriesTotal
	return []fact.Definition{
		count(factOut, "SKUs", "SKUs that sell but are out of stock",
			"SKUs with inventory.on_hand 0 and inventory.velocity above 0; without sales data, the listed SKUs with none on hand", "down"),
		count(factLow, "SKUs", "SKUs that run out before an order placed today can land",
			"SKUs with inventory.cover_days below inventory.lead_time_days, those out of stock included", "down"),
		total,
	}
}
