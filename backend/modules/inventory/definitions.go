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
	factTarget      = "inventory.target_cover_days"
	factValue       = "inventory.stock_value"
	factOrderCost   = "inventory.order_cost"
	factToOrder     = "inventory.skus_to_order"
	factOrderTotal  = "inventory.order_cost_total"
	factTiedUp      = "inventory.market_stock_value"
	factLostTotal   = "inventory.market_lost_sales_day"
	factInboundSum  = "inventory.inbound_units_total"
	factAgedSum     = "inventory.aged_units_total"
	factExcessSum   = "inventory.excess_units_total"

	seriesOnHand    = "inventory.on_hand"
	seriesInbound   = "inventory.inbound"
	seriesTotal     = "inventory.units_on_hand"
	seriesInboundIn = "inventory.inbound_units_total"
	seriesOut       = "inventory.stockout_days"
	seriesOutIn     = "inventory.market_stockout_days"
)

// Facts of other modules.
const (
	factPrice    = "sales.price"
	factUnitCost = "sales.unit_cost"
)

// definitions lists the facts, those a seller looks at first before the others.
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

// definition finds a fact of the module by its name.
func definition(name string) (fact.Definition, bool) {
	all := definitions()
	i := slices.IndexFunc(all, func(d fact.Definition) bool { return d.Name == name })
	if i < 0 {
		return fact.Definition{}, false
	}
	return all[i], true
}

func stockKinds() []string { return []string{kindStock, kindPlanning, kindRestock} }

func stockDefinitions() []fact.Definition {
	count := func(name, title, meaning, formula string) fact.Definition {
		return fact.Definition{
			Name: name, Title: title, Subject: fact.SKU, Type: fact.Count, Unit: "units", Meaning: meaning, Formula: formula, Sources: stockKinds(), Adds: true,
		}
	}
	const from = " of the newest FBA inventory report; of the planning or restock report where that is missing or stale and theirs is newer"
	onHand := count(factOnHand, "On hand", "Units that can be sold now", "fulfillable units"+from+"; 0 once a newer report no longer lists the SKU")
	onHand.Daily = seriesOnHand
	inbound := count(factInbound, "Inbound", "Units on their way to Amazon or being received",
		"inbound shipped + receiving"+from+"; the planning and restock reports' figure includes units not yet shipped")
	inbound.Daily = seriesInbound
	unsellable := count(factUnsellable, "Unsellable", "Units at Amazon that can't be sold", "unsellable units"+from)
	unsellable.Better = "down"
	outDays := fact.Definition{
		Name: factStockouts, Title: "Days out, 28 d", Subject: fact.SKU, Type: fact.Count, Unit: "days", Better: "down", Daily: seriesOnHand,
		Sources: append(stockKinds(), salesKind), Meaning: "Days of the last 28 without stock",
		Formula: "days of the 28 before today whose latest stock report, at most 7 days old, shows none on hand and on which nothing was sold",
	}
	return []fact.Definition{
		onHand,
		count(factReserved, "Reserved", "Units at Amazon that are reserved", "reserved units (customer orders, transfers, processing)"+from),
		inbound,
		count(factWorking, "Not yet sent", "Units of shipments not yet sent",
			"inbound working units of the FBA inventory report; not part of inventory.inbound"),
		unsellable,
		outDays,
	}
}

const noOrders = "; units on order with a supplier aren't known in this version"

func planDefinitions() []fact.Definition {
	return append(append(paceDefinitions(), orderDefinitions()...), amazonDefinitions()...)
}

// figure is a fact of SKUs that rests on stock and sales.
func figure(name, title string, t fact.Type, unit, meaning, formula, better string, parts ...string) fact.Definition {
	return fact.Definition{
		Name: name, Title: title, Subject: fact.SKU, Type: t, Unit: unit, Meaning: meaning, Formula: formula,
		Sources: append([]string{salesKind}, stockKinds()...), Better: better, Parts: parts,
	}
}

func paceDefinitions() []fact.Definition {
	velocity := figure(factVelocity, "Sells a day", fact.Number, "units/day", "Units sold a day while in stock",
		"units of the 28 days before today ÷ those of the days with known sales on which stock was not known to be out; over 90 days "+
			"where fewer than 7 of the 28 had stock; a stock report speaks for 7 days; a day with a sale had stock; days no report tells of "+
			"count as in stock and make it estimated; the latest days may still be restated", "up")
	velocity.Daily = seriesUnits
	lead := figure(factLead, "Lead time", fact.Number, "days", "Days from ordering to sellable",
		"the seller's lead time in the catalog; the account's default where none is given", "down")
	lead.Sources = []string{"catalog"}
	target := figure(factTarget, "Target cover", fact.Number, "days", "Days that an order is to last after it lands",
		"the setting target_cover_days in force today", "")
	target.Sources = []string{"settings"}
	return []fact.Definition{
		velocity,
		figure(factCover, "Cover", fact.Number, "days", "Days until stock on hand and on its way runs out",
			"(inventory.on_hand + inventory.inbound) ÷ inventory.velocity; reserved units in transfer are left out"+noOrders, "",
			factOnHand, factInbound, factVelocity),
		figure(factCoverOnHand, "Cover on hand", fact.Number, "days", "Days until stock on hand runs out",
			"inventory.on_hand ÷ inventory.velocity", "", factOnHand, factVelocity),
		lead,
		target,
	}
}

func orderDefinitions() []fact.Definition {
	priced := func(d fact.Definition, more string) fact.Definition {
		d.Sources = append(d.Sources, more)
		return d
	}
	value := figure(factValue, "Stock value", fact.Money, "", "What the units on hand cost",
		"inventory.on_hand × sales.unit_cost; not known without a unit cost", "", factOnHand, factUnitCost)
	value.Sources = append(stockKinds(), "catalog")
	adds := func(d fact.Definition) fact.Definition {
		d.Adds = true
		return d
	}
	return []fact.Definition{
		figure(factOrderBy, "Order by", fact.Number, "days", "Days left to order; negative is late",
			"inventory.cover_days − inventory.lead_time_days"+noOrders, "up", factCover, factLead),
		figure(factSellsOut, "Sells out", fact.Text, "", "Day on which stock runs out",
			"day of the stock report + whole days of inventory.cover_days", "up", factOnHand, factCover),
		adds(figure(factSuggested, "Suggested order", fact.Count, "units", "Units to order now",
			"inventory.velocity × (inventory.lead_time_days + inventory.target_cover_days) − inventory.on_hand − inventory.inbound, "+
				"rounded up, at least 0"+noOrders, "", factVelocity, factLead, factTarget, factOnHand, factInbound)),
		figure(factDaysShort, "Days short", fact.Number, "days", "Days without stock before an order placed today can land",
			"max(0, inventory.lead_time_days − inventory.cover_days); 0 for what does not sell"+noOrders, "down", factLead, factCover),
		adds(figure(factLostSales, "Lost sales a day", fact.Money, "", "Sales lost on each day without stock",
			"inventory.velocity × sales.price; the catalog's price where no sale tells one", "down", factVelocity, factPrice)),
		adds(value),
		adds(priced(figure(factOrderCost, "Order cost", fact.Money, "", "What the suggested order costs",
			"inventory.suggested_units × sales.unit_cost; not known without a unit cost", "", factSuggested, factUnitCost), "catalog")),
	}
}

func amazonDefinitions() []fact.Definition {
	counts := func(name, title, meaning, formula, kind, better string) fact.Definition {
		return fact.Definition{
			Name: name, Title: title, Subject: fact.SKU, Type: fact.Count, Unit: "units", Meaning: meaning, Formula: formula,
			Sources: []string{kind}, Better: better, Adds: true,
		}
	}
	return []fact.Definition{
		counts(factAged, "Aged 181+ days", "Units stored for 181 days or longer",
			"units aged 181–270 + 271–365 + 365 days and more in the planning report", kindPlanning, "down"),
		counts(factExcess, "Excess", "Units Amazon counts as excess", "estimated excess quantity of the planning report", kindPlanning, "down"),
		counts(factAmazonUnits, "Amazon suggests", "Units Amazon recommends to send in",
			"recommended replenishment quantity of the restock report", kindRestock, ""),
		{
			Name: factAmazonDays, Title: "Days of supply, Amazon", Subject: fact.SKU, Type: fact.Number, Unit: "days",
			Meaning: "Days of supply as Amazon counts them",
			Formula: "days of supply of the planning report; of the restock report where that has none", Sources: []string{kindPlanning, kindRestock},
		},
	}
}
