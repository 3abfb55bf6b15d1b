package reviews

import "purser/backend/core/fact"

const (
	feedbackRule = " Window: 90 days to the last covered day before the as-of day; a feedback that a newer report no longer has was removed and does not count."
	returnRule   = " Window: 28 days to the last covered day before the as-of day, by return date; every day must be covered. " +
		"Reports name no period: covered are the days from their first to their last row and quiet ends of at most three mean gaps (7 days at most)."
	wilsonRule = "Lower end of the Wilson interval: with 95 % confidence (one-sided) the true share is at least this."
)

// definitions are all facts of the module.
func definitions() []fact.Definition {
	return append(append(feedbackDefinitions(), returnDefinitions()...), marketDefinitions()...)
}

func feedbackDefinitions() []fact.Definition {
	def := func(name string, t fact.Type, unit, better, meaning, formula string) fact.Definition {
		return fact.Definition{
			Name: "reviews." + name, Subject: fact.SKU, Type: t, Unit: unit, Better: better,
			Meaning: meaning, Formula: formula + feedbackRule, Sources: []string{"seller_feedback", "all_orders"}, Daily: "reviews.negative",
		}
	}
	return []fact.Definition{
		def("feedback_count_90d", fact.Count, "feedbacks", "", "Seller feedback on orders that held the SKU", "Count; an order's feedback counts for each of its SKUs."),
		def("negative_count_90d", fact.Count, "feedbacks", "down", "Feedback of one or two stars on orders that held the SKU", "Count of ratings of at most 2."),
		def("negative_share_90d", fact.Ratio, "", "down", "Share of the feedback that is negative", "reviews.negative_count_90d ÷ reviews.feedback_count_90d."),
		def("negative_share_low_90d", fact.Ratio, "", "down", "Share of the feedback that is negative, at least", wilsonRule),
		def("latest_negative_comment", fact.Text, "", "", "What the latest negative feedback says", "The first 140 characters of the newest comment with a rating of at most 2."),
	}
}

func returnDefinitions() []fact.Definition {
	def := func(name string, t fact.Type, unit, better, meaning, formula string) fact.Definition {
		return fact.Definition{
			Name: "reviews." + name, Subject: fact.SKU, Type: t, Unit: unit, Better: better,
			Meaning: meaning, Formula: formula + returnRule, Sources: []string{"fba_returns", "all_orders"}, Daily: "reviews.returned_units",
		}
	}
	return []fact.Definition{
		def("returned_units_28d", fact.Count, "units", "down", "Units returned", "Sum of quantity."),
		def("return_rate_28d", fact.Ratio, "", "down", "Returned units per unit ordered",
			"Returned units ÷ units ordered (sales.units) on the same days; days without sales data are left out of both."),
		def("return_rate_baseline", fact.Ratio, "", "down", "The SKU's own return rate before",
			"As reviews.return_rate_28d over the 180 days before its window (days 29 to 208), of which at least 56 must be known."),
		def("return_rate_low_28d", fact.Ratio, "", "down", "Returned units per unit ordered, at least", wilsonRule),
		def("return_rate_times_baseline", fact.Number, "times", "down", "Return rate against the SKU's own before",
			"reviews.return_rate_28d ÷ baseline, the baseline taken as at least one returned unit over its units ordered, so that a spotless past does not make one return infinite."),
		def("return_jump", fact.Flag, "", "", "Returns have clearly risen", "reviews.return_rate_low_28d > reviews.return_rate_baseline and at least 5 returned units."),
		def("top_return_reason", fact.Text, "", "", "Most frequent return reason", "The reason with most units, as Amazon writes it; of equals the first by alphabet."),
		def("top_return_reason_share", fact.Ratio, "", "", "Share of the most frequent return reason", "Its units ÷ returned units."),
	}
}

func marketDefinitions() []fact.Definition {
	def := func(name string, t fact.Type, unit, meaning, formula, daily string, sources ...string) fact.Definition {
		return fact.Definition{
			Name: "reviews." + name, Subject: fact.Marketplace, Type: t, Unit: unit, Better: "down",
			Meaning: meaning, Formula: formula, Sources: sources, Daily: daily,
		}
	}
	count := def("market_feedback_count_90d", fact.Count, "feedbacks", "Seller feedback in the marketplace", "Count."+feedbackRule, "", "seller_feedback")
	count.Better = ""
	return []fact.Definition{
		count,
		def("market_negative_share_90d", fact.Ratio, "", "Share of the marketplace's feedback that is negative", "Ratings of at most 2 ÷ all."+feedbackRule, "reviews.negative", "seller_feedback"),
		def("market_negative_share_low_90d", fact.Ratio, "", "Share of the marketplace's feedback that is negative, at least", wilsonRule+feedbackRule, "reviews.negative", "seller_feedback"),
		def("new_negative_7d", fact.Count, "feedbacks", "Negative feedback of the last seven days", "Ratings of at most 2 in the last 7 covered days.", "reviews.negative", "seller_feedback"),
		def("market_return_rate_28d", fact.Ratio, "", "Returned units per unit ordered in the marketplace",
			"Returned units ÷ units ordered (sales.units) on the same days."+returnRule, "", "fba_returns", "all_orders"),
	}
}
