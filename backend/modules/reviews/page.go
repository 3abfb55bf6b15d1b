package reviews

import (
	"purser/backend/core/fact"
	"purser/backend/core/page"
)

// Page implements page.Pager.
func (m *Module) Page() page.Page {
	return page.Page{
		Title:    "Reviews",
		Question: "What do buyers complain about, is it new?",
		Tiles: []page.Tile{
			{Name: "reviews.return_rate", Title: "Return rate", Table: "skus", Preset: "above"},
			{Name: measureReturned, Title: "Returned units", Table: "skus"},
			{Name: measureNegative, Title: "Negative feedback", Table: "skus", Preset: "negative"},
			{Name: measureFeedback, Title: "Feedback", Table: listFeedback},
			{Name: "reviews.new_negative_7d", Title: "New negative, 7 days", Table: listFeedback},
			{Name: "reviews.market_negative_share_90d", Title: "Negative share, 90 days"},
		},
		Charts: []page.Chart{
			{Name: "returns", Title: "Return rate by week, with its control limit", Kind: page.Lines, PerSubject: true},
			{Name: "reasons", Title: "Why units come back", Kind: page.Bars, PerSubject: true},
			{Name: "skus", Title: "SKUs whose returns have clearly risen above their own baseline", Kind: page.Bars},
			{Name: "feedback", Title: "Negative feedback", Kind: page.Columns, Measures: []string{measureNegative}, Days: 90, PerSubject: true},
		},
		Tables: []page.Table{skuTable(), feedbackList(), returnList()},
	}
}

func skuTable() page.Table {
	return page.Table{
		Name: "skus", Title: "SKUs", Subject: fact.SKU,
		Columns: []string{
			measureReturned, "reviews.return_rate", "reviews.return_rate" + page.Change, "reviews.return_rate_baseline", "reviews.return_jump",
			"reviews.top_return_reason", measureNegative, measureFeedback, "reviews.latest_negative_comment",
		},
		Sort: measureReturned, Desc: true,
		Presets: []page.Preset{
			{
				Name: "above", Title: "Above own baseline", Sort: "reviews.return_rate_times_baseline", Desc: true,
				Filters: []page.Filter{{Column: "reviews.return_jump", Op: page.Is, Value: "true"}},
				Columns: []string{
					"reviews.returned_units_28d", "reviews.return_rate_28d", "reviews.return_rate_low_28d", "reviews.return_rate_baseline",
					"reviews.return_rate_times_baseline", "reviews.top_return_reason", "reviews.top_return_reason_share", measureReturned + page.Spark,
				},
			},
			{
				Name: "negative", Title: "Negative feedback", Sort: measureNegative, Desc: true,
				Filters: []page.Filter{{Column: measureNegative, Op: page.More, Value: "0"}},
				Columns: []string{
					measureNegative, measureNegative + page.Change, measureFeedback, "reviews.negative_share", "reviews.negative_share_low_90d",
					"reviews.latest_negative_comment", "reviews.returned_units_28d", "reviews.return_rate_28d",
				},
			},
		},
		Groups: []string{"marketplace", "tag", "group", "reviews.top_return_reason", "reviews.return_jump"},
	}
}

func feedbackList() page.Table {
	return page.Table{
		Name: listFeedback, Title: "Feedback", List: true, Sort: "day", Desc: true,
		Columns: []string{"day", "marketplace", "order_id", "rating", "comment", "response", "skus"},
	}
}

func returnList() page.Table {
	return page.Table{
		Name: listReturns, Title: "Returns", List: true, Sort: "day", Desc: true,
		Columns: []string{"day", "marketplace", "order_id", "sku", "units", "reason"},
	}
}
