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
	def := func(name, title string, t fact.Type, unit, better, meaning, formula string, parts ...string) fact.Definition {
		return fact.Definition{
			Name: "reviews." + name, Title: title, Parts: parts, Subject: fact.SKU, Type: t, Unit: unit, Better: better,
			Meaning: meaning, Formula: formula + feedbackRule, Sources: []string{"seller_feedback", "all_orders"}, Daily: measureNegative,
		}
	}
	return []fact.Definition{
		def("feedback_count_90d", "Feedback 90 d", fact.Count, "feedbacks", "", "Seller feedback on orders that held the SKU", "Count; an order's feedback counts for each of its SKUs."),
		def("negative_count_90d", "Negative 90 d", fact.Count, "feedbacks", "down", "Feedback of one or two stars on orders that held the SKU", "Count of ratings of at most 2."),
		def("negative_share_90d", "Negative share 90 d", fact.Ratio, "", "down", "Share of the feedback that is negative", "reviews.negative_count_90d ÷ reviews.feedback_count_90d.", "reviews.negative_count_90d", "reviews.feedback_count_90d"),
		def("negative_share_low_90d", "Negative share, at least", fact.Ratio, "", "down", "Share of the feedback that is negative, at least", wilsonRule, "reviews.negative_count_90d", "reviews.feedback_count_90d"),
		def("latest_negative_comment", "Latest complaint", fact.Text, "", "", "What the latest negative feedback says", "The first 140 characters of the newest comment with a rating of at most 2."),
	}
}

func returnDefinitions() []fact.Definition {
	def := func(name, title string, t fact.Type, unit, better, meaning, formula string, parts ...string) fact.Definition {
		return fact.Definition{
			Name: "reviews." + name, Title: title, Parts: parts, Subject: fact.SKU, Type: t, Unit: unit, Better: better,
			Meaning: meaning, Formula: formula + returnRule, Sources: []string{"fba_returns", "all_orders"}, Daily: measureReturned,
		}
	}
	units := def("returned_units_28d", "Returned 28 d", fact.Count, "units", "down", "Units returned", "Sum of quantity.")
	units.Adds = true
	return []fact.Definition{
		units,
		def("return_rate_28d", "Return rate 28 d", fact.Ratio, "", "down", "Returned units per unit ordered",
			"Returned units ÷ units ordered (sales.units) on the same days; days without sales data are left out of both.", "reviews.returned_units_28d", "sales.units"),
		def("return_rate_baseline", "Own baseline", fact.Ratio, "", "down", "The SKU's own return rate before",
			"As reviews.return_rate_28d over the 180 days before its window (days 29 to 208), of which at least 56 must be known.", "reviews.returned_units", "sales.units"),
		def("return_rate_low_28d", "Return rate, at least", fact.Ratio, "", "down", "Returned units per unit ordered, at least", wilsonRule, "reviews.returned_units_28d", "sales.units"),
		def("return_rate_times_baseline", "Times baseline", fact.Number, "times", "down", "Return rate against the SKU's own before",
			"reviews.return_rate_28d ÷ baseline, the baseline taken as at least one returned unit over its units ordered, so that a spotless past does not make one return infinite.", "reviews.return_rate_28d", "reviews.return_rate_baseline"),
		def("return_jump", "Returns rose", fact.Flag, "", "", "Returns have clearly risen", "reviews.return_rate_low_28d > reviews.return_rate_baseline and at least 5 returned units.", "reviews.return_rate_low_28d", "reviews.return_rate_baseline", "reviews.returned_units_28d"),
		def("top_return_reason", "Top reason", fact.Text, "", "", "Most frequent return reason", "The reason with most units, as Amazon writes it; of equals the first by alphabet."),
		def("top_return_reason_share", "Share of top reason", fact.Ratio, "", "", "Share of the most frequent return reason", "Its units ÷ returned units."),
	}
}

func marketDefinitions() []fact.Definition {
	def := func(name, title string, t fact.Type, unit, meaning, formula, daily string, sources ...string) fact.Definition {
		return fact.Definition{
			Name: "reviews." + name, Title: title, Subject: fact.Marketplace, Type: t, Unit: unit, Better: "down",
			Meaning: meaning, Formula: formula, Sources: sources, Daily: daily,
		}
	}
	count := def("market_feedback_count_90d", "Feedback 90 d", fact.Count, "feedbacks", "Seller feedback in the marketplace", "Count."+feedbackRule, "", "seller_feedback")
	count.Better, count.Adds = "", true
	fresh := def("new_negative_7d", "New negative 7 d", fact.Count, "feedbacks", "Negative feedback of the last seven days", "Ratings of at most 2 in the last 7 covered days.", measureNegative, "seller_feedback")
	fresh.Adds = true
	low := def("market_negative_share_low_90d", "Negative share, at least", fact.Ratio, "", "Share of the marketplace's feedback that is negative, at least", wilsonRule+feedbackRule, measureNegative, "seller_feedback")
	low.Parts = []string{"reviews.market_negative_share_90d", "reviews.market_feedback_count_90d"}
	rate := def("market_return_rate_28d", "Return rate 28 d", fact.Ratio, "", "Returned units per unit ordered in the marketplace",
		"Returned units ÷ units ordered (sales.units) on the same days."+returnRule, "", "fba_returns", "all_orders")
	rate.Parts = []string{measureReturned, "sales.units"}
	return []fact.Definition{
		count,
		def("market_negative_share_90d", "Negative share 90 d", fact.Ratio, "", "Share of the marketplace's feedback that is negative", "Ratings of at most 2 ÷ all."+feedbackRule, measureNegative, "seller_feedback"),
		low,
		fresh,
		rate,
	}
}
