package inventory

import "purser/backend/core/fact"

// orderSoonDays is the window of inventory.skus_to_order; its formula states it.
const orderSoonDays = 7

// marketFact is a fact of marketplaces, made of the rows of their SKUs.
func marketFact(name, title string, t fact.Type, unit, meaning, formula, better string, sources ...string) fact.Definition {
	return fact.Definition{
		Name: name, Title: title, Subject: fact.Marketplace, Type: t, Unit: unit, Meaning: meaning, Formula: formula, Sources: sources, Better: better,
	}
}

func marketDefinitions() []fact.Definition {
	stock := stockKinds()
	selling := append([]string{salesKind}, stock...)
	ordering := append([]string{"catalog"}, selling...)
	total := marketFact(factTotal, "Units on hand", fact.Count, "units", "Units that can be sold now", "sum of inventory.on_hand", "", stock...)
	total.Daily = seriesTotal
	inbound := marketFact(factInboundSum, "Inbound", fact.Count, "units", "Units on their way to Amazon or being received",
		"sum of inventory.inbound", "", stock...)
	inbound.Daily = seriesInboundIn
	out := marketFact(factOut, "SKUs out of stock", fact.Count, "SKUs", "SKUs that sell but are out of stock",
		"SKUs with inventory.on_hand 0 and inventory.velocity above 0; without sales data, the listed SKUs with none on hand", "down", selling...)
	out.Daily = seriesOutIn
	return []fact.Definition{
		out,
		marketFact(factLow, "SKUs that run out", fact.Count, "SKUs", "SKUs that run out before an order placed today can land",
			"SKUs with inventory.cover_days below inventory.lead_time_days, those out of stock included", "down", ordering...),
		marketFact(factToOrder, "SKUs to order", fact.Count, "SKUs", "SKUs to order within seven days or already late",
			"SKUs with inventory.order_by_days of 7 or less and inventory.suggested_units above 0", "down", ordering...),
		marketFact(factOrderTotal, "Cost of orders due", fact.Money, "", "What the orders due within seven days cost",
			"sum of inventory.order_cost of the SKUs of inventory.skus_to_order; SKUs without a unit cost are left out, which makes it estimated",
			"", ordering...),
		total,
		marketFact(factTiedUp, "Cash tied up", fact.Money, "", "What the units on hand cost",
			"sum of inventory.stock_value; SKUs without a unit cost are left out, which makes it estimated", "", append([]string{"catalog"}, stock...)...),
		inbound,
		marketFact(factLostTotal, "Lost sales a day", fact.Money, "", "Sales that SKUs out of stock lose each day",
			"sum of inventory.lost_sales_day of the SKUs of inventory.skus_out_of_stock", "down", selling...),
		marketFact(factAgedSum, "Aged units", fact.Count, "units", "Units stored for 181 days or longer", "sum of inventory.aged_181_units", "down", kindPlanning),
		marketFact(factExcessSum, "Excess units", fact.Count, "units", "Units Amazon counts as excess", "sum of inventory.excess_units", "down", kindPlanning),
	}
}
