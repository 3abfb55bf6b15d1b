package sales

import "purser/backend/core/fact"

// series names the daily series of a base measure ("units") by kind of subject.
func series(name string) map[fact.SubjectKind]string {
	return map[fact.SubjectKind]string{fact.SKU: "sales." + name, fact.Marketplace: "sales.market_" + name}
}

// baseMeasure declares a measure that the module answers itself.
func baseMeasure(title string, d fact.Definition, by map[fact.SubjectKind]string) fact.Measure {
	d.Title, d.Daily, d.Adds = title, by[fact.SKU], true
	return fact.Measure{Definition: d, Kinds: []fact.SubjectKind{fact.SKU, fact.Marketplace}, Series: by}
}

func baseMeasures() []fact.Measure {
	const traffic = " SKUs: reports of items that fit into the range, of an ASIN for each of its SKUs. Marketplaces: the daily traffic report."
	visits := append(trafficKinds(), kindTrafficDay2)
	return []fact.Measure{
		baseMeasure("Units", fact.Definition{
			Name: "sales.units", Type: fact.Count, Unit: "units", Better: "up", Sources: ordersKinds(), Meaning: "Units ordered",
			Formula: "Sum of quantities of order lines that are not cancelled, pending ones included",
		}, series("units")),
		baseMeasure("Sales", fact.Definition{
			Name: "sales.sales", Type: fact.Money, Better: "up", Sources: ordersKinds(), Meaning: "Sales",
			Formula: "Sum of item prices of order lines that are not cancelled, before promotions, without shipping; pending lines without a price count as units only",
		}, series("sales")),
		baseMeasure("Orders", fact.Definition{
			Name: "sales.orders", Type: fact.Count, Unit: "orders", Better: "up", Sources: ordersKinds(), Meaning: "Orders with a line that is not cancelled",
			Formula: "Number of different orders with a line that is not cancelled. An order of two SKUs counts for both, and once for the marketplace",
		}, series("orders")),
		baseMeasure("Cancelled", fact.Definition{
			Name: "sales.cancelled_units", Type: fact.Count, Unit: "units", Better: "down", Sources: ordersKinds(), Meaning: "Units of cancelled order lines",
			Formula: "Sum of quantities of cancelled order lines, by purchase day",
		}, series("cancelled_units")),
		baseMeasure("Refunds", fact.Definition{
			Name: "sales.refunds", Type: fact.Money, Better: "down", Sources: refundKinds(), Meaning: "Product price refunded",
			Formula: "Principal of refunds by posting day, as a positive amount, without tax, shipping and fees: from settlements, and from transactions of settlements that are not in; of days that no such file covers, from the account's live transactions",
		}, series("refunds")),
		baseMeasure("Fees", fact.Definition{
			Name: "sales.fees", Type: fact.Money, Better: "down", Sources: []string{kindFees, kindOrders}, Meaning: "Amazon's fees on the units sold, as an estimate",
			Formula: "sales.units × total fee on one unit of the newest fee preview; in a total, SKUs without a preview are left out and counted in its note",
		}, nil),
		baseMeasure("Cost of goods", fact.Definition{
			Name: "sales.cogs", Type: fact.Money, Better: "down", Sources: []string{"catalog", kindOrders}, Meaning: "Landed cost of the units sold",
			Formula: "sales.units × unit cost in the catalog; in a total, SKUs without a cost are left out and counted in its note",
		}, nil),
		baseMeasure("Sessions", fact.Definition{
			Name: "sales.sessions", Type: fact.Count, Unit: "sessions", Better: "up", Sources: visits, Meaning: "Visits to the item's page",
			Formula: "Sum of sessions of the traffic reports." + traffic,
		}, series("sessions")),
		baseMeasure("Page views", fact.Definition{
			Name: "sales.page_views", Type: fact.Count, Unit: "page views", Better: "up", Sources: visits, Meaning: "Views of the item's page",
			Formula: "Sum of page views of the traffic reports." + traffic,
		}, series("page_views")),
		baseMeasure("Units in traffic reports", fact.Definition{
			Name: "sales.item_units", Type: fact.Count, Unit: "units", Better: "up", Sources: visits, Meaning: "Units ordered, as the traffic reports count them",
			Formula: "Sum of units ordered of the traffic reports." + traffic,
		}, series("item_units")),
		baseMeasure("Featured views", fact.Definition{
			Name: "sales.featured_views", Type: fact.Count, Unit: "hundredths of a page view", Better: "up", Sources: visits,
			Meaning: "Page views with the own offer featured (Buy Box), in hundredths",
			Formula: "Sum of page views × featured offer percentage, each rounded to a whole number." + traffic,
		}, nil),
		baseMeasure("Views with an offer share", fact.Definition{
			Name: "sales.offer_views", Type: fact.Count, Unit: "page views", Sources: visits,
			Meaning: "Page views for which the report tells a featured offer percentage",
			Formula: "Sum of page views of rows with a featured offer percentage." + traffic,
		}, nil),
	}
}

// derivedMeasures are sums and quotients; whoever asks makes them of the measures they name.
func derivedMeasures() []fact.Measure {
	quotient := func(title string, d fact.Definition, num, den string, factor float64) fact.Measure {
		d.Title = title
		return fact.Measure{Definition: d, Num: num, Den: den, Factor: factor}
	}
	return []fact.Measure{
		{
			Definition: fact.Definition{
				Name: "sales.profit", Title: "Profit", Type: fact.Money, Better: "up", Sources: []string{kindOrders, kindSettlement, kindFees, "catalog"},
				Meaning: "What is left of sales after refunds, Amazon's fees, cost of goods and ads",
				Formula: "sales.sales − sales.refunds − sales.fees − sales.cogs − advertising.spend; before ads where these are not known",
			},
			Terms: []fact.Term{
				{Name: "sales.sales", Sign: 1},
				{Name: "sales.refunds", Sign: -1},
				{Name: "sales.fees", Sign: -1},
				{Name: "sales.cogs", Sign: -1},
				{Name: "advertising.spend", Sign: -1, Optional: true},
			},
		},
		quotient("Margin", fact.Definition{
			Name: "sales.margin", Type: fact.Ratio, Better: "up", Sources: []string{kindOrders, kindSettlement, kindFees, "catalog"},
			Meaning: "Share of sales that is left as profit", Formula: "sales.profit ÷ sales.sales",
		}, "sales.profit", "sales.sales", 0),
		quotient("TACoS", fact.Definition{
			Name: "sales.tacos", Type: fact.Ratio, Better: "down", Sources: ordersKinds(),
			Meaning: "Ad spend as a share of all sales", Formula: "advertising.spend ÷ sales.sales",
		}, "advertising.spend", "sales.sales", 0),
		quotient("Unit session %", fact.Definition{
			Name: "sales.unit_session_pct", Type: fact.Percent, Unit: "%", Better: "up", Sources: trafficKinds(),
			Meaning: "Units ordered per 100 sessions", Formula: "100 × sales.item_units ÷ sales.sessions, both of the traffic reports",
		}, "sales.item_units", "sales.sessions", 100),
		quotient("Featured offer %", fact.Definition{
			Name: "sales.featured_offer_pct", Type: fact.Percent, Unit: "%", Better: "up", Sources: trafficKinds(),
			Meaning: "Share of page views with the own offer featured (Buy Box)", Formula: "sales.featured_views ÷ sales.offer_views",
		}, "sales.featured_views", "sales.offer_views", 0),
		quotient("Average price", fact.Definition{
			Name: "sales.average_price", Type: fact.Money, Sources: ordersKinds(),
			Meaning: "Sales per unit", Formula: "sales.sales ÷ sales.units, pending units included",
		}, "sales.sales", "sales.units", 0),
		quotient("Refund rate", fact.Definition{
			Name: "sales.refund_rate", Type: fact.Ratio, Better: "down", Sources: refundKinds(),
			Meaning: "Product price refunded as a share of sales of the same days", Formula: "sales.refunds ÷ sales.sales",
		}, "sales.refunds", "sales.sales", 0),
	}
}

// Measures implements fact.Measurer.
func (m *Module) Measures() []fact.Measure { return append(baseMeasures(), derivedMeasures()...) }
