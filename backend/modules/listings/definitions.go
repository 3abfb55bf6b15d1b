package listings

import "purser/backend/core/fact"

// Names of the facts.
const (
	factStatus          = "listings.status"
	factInactive        = "listings.inactive"
	factSuppressed      = "listings.suppressed"
	factReason          = "listings.suppressed_reason"
	factSince           = "listings.suppressed_since"
	factDays            = "listings.suppressed_days"
	factStranded        = "listings.stranded"
	factStrandedUnits   = "listings.stranded_units"
	factStrandedReason  = "listings.stranded_reason"
	factStrandedDays    = "listings.stranded_days"
	factRemoval         = "listings.removal_in_days"
	factPrice           = "listings.price"
	factAtStake         = "listings.daily_sales_at_stake"
	factNotSellable     = "listings.not_sellable"
	factCount           = "listings.count"
	factSuppressedCount = "listings.suppressed_count"
	factStrandedCount   = "listings.stranded_count"
	factInactiveCount   = "listings.inactive_count"
	factStrandedTotal   = "listings.stranded_units_total"

	seriesSuppressed = "listings.suppressed_count"
	seriesStranded   = "listings.stranded_count"

	// What other modules answer.
	factOnHand        = "inventory.on_hand"
	seriesSales       = "sales.sales"
	seriesMarketSales = "sales.market_sales"
)

func definitions() []fact.Definition { return append(skuDefinitions(), marketDefinitions()...) }

func skuDefinitions() []fact.Definition {
	def := func(name string, t fact.Type, unit, meaning, formula, better string, kinds ...string) fact.Definition {
		return fact.Definition{
			Name: name, Subject: fact.SKU, Type: t, Unit: unit, Meaning: meaning, Formula: formula, Sources: kinds, Better: better,
		}
	}
	const (
		hidden = "the newest suppressed listings report"
		stray  = "the newest stranded inventory report"
		offers = "the newest listings report"
	)
	suppressed := def(factSuppressed, fact.Flag, "", "Whether the listing is hidden from search",
		"listed in "+hidden+"; false where it is not listed; missing where no such report was imported", "down", kindSuppressed)
	suppressed.Daily = seriesSuppressed
	stranded := def(factStranded, fact.Flag, "", "Whether stock is at Amazon without an offer",
		"listed in "+stray+"; false where it is not listed; missing where no such report was imported", "down", kindStranded)
	stranded.Daily = seriesStranded
	stake := def(factAtStake, fact.Money, "", "Sales a day that the trouble puts at stake",
		"mean of sales.sales over the days with known sales of the 28 before the trouble began; 0 for what can be sold", "down",
		kindSuppressed, kindStranded, kindOffers, "all_orders")
	stake.Daily = seriesSales
	return []fact.Definition{
		def(factStatus, fact.Text, "", "State of the offer: Active, Inactive, Incomplete or Removed",
			"status of "+offers+"; Removed where that does not list the SKU", "", kindOffers),
		def(factInactive, fact.Flag, "", "Whether the offer is inactive", "listings.status is Inactive", "down", kindOffers),
		suppressed,
		def(factReason, fact.Text, "", "Why the listing is hidden", "reasons of "+hidden, "", kindSuppressed),
		def(factSince, fact.Text, "", "Day since which the listing is hidden",
			"earliest status change of "+hidden+"; where it gives none, the first report of an unbroken run that lists the SKU", "", kindSuppressed),
		def(factDays, fact.Number, "days", "Days for which the listing has been hidden", "today − listings.suppressed_since; 0 where it is not", "down", kindSuppressed),
		stranded,
		def(factStrandedUnits, fact.Count, "units", "Units at Amazon without an offer", "fulfillable + unfulfillable units of "+stray, "down", kindStranded),
		def(factStrandedReason, fact.Text, "", "Why the stock has no offer", "reasons of "+stray, "", kindStranded),
		def(factStrandedDays, fact.Number, "days", "Days for which stock has been without an offer",
			"today − earliest date stranded of "+stray+"; where it gives none, from the first report of an unbroken run that lists the SKU", "down", kindStranded),
		def(factRemoval, fact.Number, "days", "Days until Amazon removes the stock; negative is past", "earliest date of automatic removal of "+stray+" − today", "up", kindStranded),
		def(factPrice, fact.Money, "", "Own price of the offer", "price of "+offers, "", kindOffers),
		stake,
		def(factNotSellable, fact.Flag, "", "Whether customers can't find or buy what is in stock",
			"listings.suppressed, or listings.stranded, or an offer that is not active while there is stock (inventory.on_hand, or the report's own quantity)",
			"down", kindSuppressed, kindStranded, kindOffers, "fba_inventory"),
	}
}

func marketDefinitions() []fact.Definition {
	def := func(name, unit, meaning, formula, better, kind string) fact.Definition {
		return fact.Definition{
			Name: name, Subject: fact.Marketplace, Type: fact.Count, Unit: unit, Meaning: meaning, Formula: formula,
			Sources: []string{kind}, Better: better,
		}
	}
	suppressed := def(factSuppressedCount, "listings", "Listings hidden from search", "SKUs of the newest suppressed listings report", "down", kindSuppressed)
	suppressed.Daily = seriesSuppressed
	stranded := def(factStrandedCount, "SKUs", "SKUs with stock but no offer", "SKUs of the newest stranded inventory report", "down", kindStranded)
	stranded.Daily = seriesStranded
	return []fact.Definition{
		def(factCount, "listings", "Offers", "SKUs of the newest listings report", "", kindOffers),
		suppressed, stranded,
		def(factInactiveCount, "listings", "Offers that are inactive", "SKUs of the newest listings report whose status is Inactive", "down", kindOffers),
		def(factStrandedTotal, "units", "Units at Amazon without an offer", "sum of listings.stranded_units", "down", kindStranded),
	}
}
