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
	factNotCount        = "listings.not_sellable_count"
	factStakeTotal      = "listings.sales_at_stake_total"

	seriesSuppressed = "listings.suppressed_count"
	seriesStranded   = "listings.stranded_count"

	// Series of SKUs: 1 on days on which it was so, 0 on days on which a report says that it was not.
	seriesHidden   = "listings.suppressed"
	seriesStray    = "listings.stranded"
	seriesInactive = "listings.inactive"
	seriesTrouble  = "listings.trouble"
	seriesPrice    = "listings.price"

	// What other modules answer.
	factOnHand        = "inventory.on_hand"
	factFeatured      = "sales.featured_offer_pct"
	seriesSales       = "sales.sales"
	seriesMarketSales = "sales.market_sales"
)

func definitions() []fact.Definition {
	out := append(skuDefinitions(), marketDefinitions()...)
	titles, parts, daily := titles(), parts(), daily()
	for i := range out {
		d := &out[i]
		d.Title, d.Parts, d.Daily = titles[d.Name], parts[d.Name], daily[d.Name]
	}
	return out
}

// titles are the facts' column headers.
func titles() map[string]string {
	return map[string]string{
		factStatus: "Offer", factInactive: "Inactive", factSuppressed: "Hidden", factReason: "Hidden because", factSince: "Hidden since",
		factDays: "Hidden for", factStranded: "Stranded", factStrandedUnits: "Stranded units", factStrandedReason: "Stranded because",
		factStrandedDays: "Stranded for", factRemoval: "Removal in", factPrice: "Price", factAtStake: "At stake a day",
		factNotSellable: "Not sellable", factCount: "Offers", factSuppressedCount: "Hidden from search", factStrandedCount: "Stranded SKUs",
		factInactiveCount: "Inactive offers", factStrandedTotal: "Stranded units", factNotCount: "Not sellable",
		factStakeTotal: "Sales at stake a day",
	}
}

// parts are what facts are computed from that rest on other facts; the rest rest on lines of reports.
func parts() map[string][]string {
	return map[string][]string{
		factInactive:    {factStatus},
		factDays:        {factSince},
		factNotSellable: {factSuppressed, factStranded, factStatus, factOnHand},
		factAtStake:     {factNotSellable, factSince, factStrandedDays, factStatus, seriesSales},
		factNotCount:    {factNotSellable},
		factStakeTotal:  {factAtStake},
	}
}

// daily names the series to draw beside a fact.
func daily() map[string]string {
	return map[string]string{
		factSuppressed: seriesHidden, factStranded: seriesStray, factInactive: seriesInactive, factNotSellable: seriesTrouble,
		factPrice: seriesPrice, factAtStake: seriesSales, factSuppressedCount: seriesSuppressed, factStrandedCount: seriesStranded,
	}
}

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
	adds := func(d fact.Definition) fact.Definition {
		d.Adds = true
		return d
	}
	return []fact.Definition{
		def(factStatus, fact.Text, "", "State of the offer: Active, Inactive, Incomplete or Removed",
			"status of "+offers+"; Removed where that does not list the SKU", "", kindOffers),
		def(factInactive, fact.Flag, "", "Whether the offer is inactive", "listings.status is Inactive", "down", kindOffers),
		def(factSuppressed, fact.Flag, "", "Whether the listing is hidden from search",
			"listed in "+hidden+"; false where it is not listed; missing where no such report was imported", "down", kindSuppressed),
		def(factReason, fact.Text, "", "Why the listing is hidden", "reasons of "+hidden, "", kindSuppressed),
		def(factSince, fact.Text, "", "Day since which the listing is hidden",
			"earliest status change of "+hidden+"; where it gives none, the first report of an unbroken run that lists the SKU", "", kindSuppressed),
		def(factDays, fact.Number, "days", "Days for which the listing has been hidden", "today − listings.suppressed_since; 0 where it is not", "down", kindSuppressed),
		def(factStranded, fact.Flag, "", "Whether stock is at Amazon without an offer",
			"listed in "+stray+"; false where it is not listed; missing where no such report was imported", "down", kindStranded),
		adds(def(factStrandedUnits, fact.Count, "units", "Units at Amazon without an offer", "fulfillable + unfulfillable units of "+stray, "down", kindStranded)),
		def(factStrandedReason, fact.Text, "", "Why the stock has no offer", "reasons of "+stray, "", kindStranded),
		def(factStrandedDays, fact.Number, "days", "Days for which stock has been without an offer",
			"today − earliest date stranded of "+stray+"; where it gives none, from the first report of an unbroken run that lists the SKU", "down", kindStranded),
		def(factRemoval, fact.Number, "days", "Days until Amazon removes the stock; negative is past", "earliest date of automatic removal of "+stray+" − today", "up", kindStranded),
		def(factPrice, fact.Money, "", "Own price of the offer", "price of "+offers, "", kindOffers),
		adds(def(factAtStake, fact.Money, "", "Sales a day that the trouble puts at stake",
			"mean of sales.sales over the days with known sales of the 28 before the trouble began, for an offer that is not active on the day "+
				"after the last report in which it was; 0 for what can be sold", "down",
			kindSuppressed, kindStranded, kindOffers, "all_orders")),
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
	return []fact.Definition{
		def(factCount, "listings", "Offers", "SKUs of the newest listings report", "", kindOffers),
		def(factSuppressedCount, "listings", "Listings hidden from search", "SKUs of the newest suppressed listings report", "down", kindSuppressed),
		def(factStrandedCount, "SKUs", "SKUs with stock but no offer", "SKUs of the newest stranded inventory report", "down", kindStranded),
		def(factInactiveCount, "listings", "Offers that are inactive", "SKUs of the newest listings report whose status is Inactive", "down", kindOffers),
		def(factStrandedTotal, "units", "Units at Amazon without an offer", "sum of listings.stranded_units", "down", kindStranded),
		{
			Name: factNotCount, Subject: fact.Marketplace, Type: fact.Count, Unit: "SKUs", Better: "down",
			Meaning: "SKUs whose stock customers can't find or buy", Formula: "SKUs whose listings.not_sellable is true",
			Sources: []string{kindSuppressed, kindStranded, kindOffers, "fba_inventory"},
		},
		{
			Name: factStakeTotal, Subject: fact.Marketplace, Type: fact.Money, Better: "down",
			Meaning: "Sales a day that all trouble with listings puts at stake", Formula: "sum of listings.daily_sales_at_stake",
			Sources: []string{kindSuppressed, kindStranded, kindOffers, "all_orders"},
		},
	}
}
