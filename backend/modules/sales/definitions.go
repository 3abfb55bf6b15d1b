package sales

import (
	"fmt"

	"purser/backend/core/fact"
)

// Kinds of document the facts rest on.
const (
	kindOrders       = "all_orders"
	kindTrafficDay   = "sales_and_traffic"
	kindTrafficDay2  = "business_report_by_date"
	kindTrafficItem  = "business_report_by_item"
	kindSettlement   = "settlement"
	kindTransactions = "transactions"
	kindLive         = "api_transactions"
	kindFees         = "fba_fee_estimates"
)

// windowDays are the lengths of the windows facts are given for.
func windowDays() [3]int { return [3]int{7, 28, 90} }

const (
	w28 = 1 // index of the 28-day window

	ends = " The window ends on the last whole day before the as-of day that an orders file covers; the as-of day is still going on and never counts."
)

func ordersKinds() []string  { return []string{kindOrders} }
func trafficKinds() []string { return []string{kindTrafficItem, kindTrafficDay} }
func refundKinds() []string  { return []string{kindSettlement, kindTransactions, kindLive} }

// definitions declares every fact of the module.
func definitions() []fact.Definition {
	var out []fact.Definition
	for _, w := range windowDays() {
		out = append(out, windowDefinitions(w)...)
		out = append(out, marketDefinitions(w)...)
	}
	out = append(out, profitDefinitions()...)
	return append(out,
		fact.Definition{
			Name: "sales.yesterday_sales", Adds: true, Title: "Sales yesterday", Subject: fact.Marketplace, Type: fact.Money, Better: "up", Daily: "sales.market_sales",
			Meaning: "Sales of the day before the as-of day",
			Formula: "Item prices of lines not cancelled on the as-of day − 1; missing until an orders file made after that day is in",
			Sources: ordersKinds(),
		},
		fact.Definition{
			Name: "sales.yesterday_change", Title: "Change yesterday", Subject: fact.Marketplace, Type: fact.Ratio, Better: "up", Daily: "sales.market_sales",
			Meaning: "Yesterday's sales against the mean of the same weekday in the four weeks before",
			Formula: "sales.yesterday_sales ÷ mean sales of the days 7, 14, 21 and 28 days earlier − 1",
			Sources: ordersKinds(),
		},
		fact.Definition{
			Name: "sales.settled_through", Title: "Settled through", Subject: fact.Marketplace, Type: fact.Text, Unit: "day",
			Meaning: "Last whole day that settlements cover",
			Formula: "The day before the latest end of the imported settlements",
			Sources: []string{kindSettlement},
		},
	)
}

func windowDefinitions(w int) []fact.Definition {
	name := func(s string) string { return fmt.Sprintf("sales.%s_%dd", s, w) }
	title := func(s string) string { return fmt.Sprintf("%s %d d", s, w) }
	days := fmt.Sprintf("the last %d days", w)
	return []fact.Definition{
		{
			Name: name("units"), Adds: true, Title: title("Units"), Subject: fact.SKU, Type: fact.Count, Unit: "units", Better: "up", Daily: "sales.units",
			Meaning: "Units ordered in " + days,
			Formula: "Sum of quantities of order lines that are not cancelled, pending ones included." + ends, Sources: ordersKinds(),
		},
		{
			Name: name("sales"), Adds: true, Title: title("Sales"), Subject: fact.SKU, Type: fact.Money, Better: "up", Daily: "sales.sales",
			Meaning: "Sales in " + days,
			Formula: "Sum of item prices of order lines that are not cancelled, before promotions, without shipping; pending lines without a price count as units only." + ends,
			Sources: ordersKinds(),
		},
		{
			Name: name("change"), Title: title("Sales change"), Subject: fact.SKU, Type: fact.Ratio, Better: "up", Daily: "sales.sales",
			Meaning: "Sales in " + days + " against the same weekdays before",
			Formula: name("sales") + " ÷ sales of the nearest earlier window that has the same weekdays and does not overlap − 1; missing where that one has no sales." + ends,
			Sources: ordersKinds(),
		},
		{
			Name: name("prior_units"), Adds: true, Title: title("Units before"), Subject: fact.SKU, Type: fact.Count, Unit: "units", Daily: "sales.units",
			Meaning: "Units ordered in the window that " + name("change") + " compares with",
			Formula: "Sum of quantities of order lines that are not cancelled." + ends, Sources: ordersKinds(),
		},
		{
			Name: name("sessions"), Title: title("Sessions"), Subject: fact.SKU, Type: fact.Count, Unit: "sessions", Better: "up", Daily: "sales.sessions",
			Meaning: "Visits to the item's page in " + days,
			Formula: "Sum of sessions of single-day item reports where every day has one, else of one report over exactly these days." + ends,
			Sources: trafficKinds(),
		},
		{
			Name: name("unit_session_pct"), Title: title("Unit session %"), Subject: fact.SKU, Type: fact.Percent, Unit: "%", Better: "up",
			Meaning: "Units ordered per 100 sessions in " + days,
			Formula: "100 × units ordered ÷ sessions, both of the item reports." + ends, Sources: trafficKinds(),
		},
		{
			Name: name("featured_offer_pct"), Title: title("Featured offer %"), Subject: fact.SKU, Type: fact.Percent, Unit: "%", Better: "up",
			Meaning: "Share of page views with the own offer featured (Buy Box) in " + days,
			Formula: "Featured offer percentage of the item reports, weighted by page views." + ends, Sources: trafficKinds(),
		},
		{
			Name: name("refunds"), Adds: true, Title: title("Refunds"), Subject: fact.SKU, Type: fact.Money, Better: "down", Daily: "sales.refunds",
			Meaning: "Product price refunded in " + days,
			Formula: "Principal of refunds by posting day, as a positive amount, without tax, shipping and fees: from settlements, and from transactions of settlements that are not in; of days that no such file covers, from the account's live transactions. The window ends on the last whole day these cover.",
			Sources: refundKinds(),
		},
	}
}

func marketDefinitions(w int) []fact.Definition {
	name := func(s string) string { return fmt.Sprintf("sales.market_%s_%dd", s, w) }
	title := func(s string) string { return fmt.Sprintf("%s %d d", s, w) }
	days := fmt.Sprintf("the last %d days", w)
	return []fact.Definition{
		{
			Name: name("units"), Adds: true, Title: title("Units"), Subject: fact.Marketplace, Type: fact.Count, Unit: "units", Better: "up", Daily: "sales.market_units",
			Meaning: "Units ordered in the marketplace in " + days,
			Formula: "Sum of quantities of order lines that are not cancelled." + ends, Sources: ordersKinds(),
		},
		{
			Name: name("sales"), Adds: true, Title: title("Sales"), Subject: fact.Marketplace, Type: fact.Money, Better: "up", Daily: "sales.market_sales",
			Meaning: "Sales of the marketplace in " + days,
			Formula: "Sum of item prices of order lines that are not cancelled." + ends, Sources: ordersKinds(),
		},
		{
			Name: name("change"), Title: title("Sales change"), Subject: fact.Marketplace, Type: fact.Ratio, Better: "up", Daily: "sales.market_sales",
			Meaning: "Sales of the marketplace in " + days + " against the same weekdays before",
			Formula: name("sales") + " ÷ sales of the nearest earlier window that has the same weekdays and does not overlap − 1." + ends,
			Sources: ordersKinds(),
		},
		{
			Name: name("sessions"), Adds: true, Title: title("Sessions"), Subject: fact.Marketplace, Type: fact.Count, Unit: "sessions", Better: "up", Daily: "sales.market_sessions",
			Meaning: "Visits in the marketplace in " + days,
			Formula: "Sum of sessions of the daily traffic report; missing unless every day is there. The window ends on the last day of that report before the as-of day.",
			Sources: []string{kindTrafficDay, kindTrafficDay2},
		},
		{
			Name: name("unit_session_pct"), Title: title("Unit session %"), Subject: fact.Marketplace, Type: fact.Percent, Unit: "%", Better: "up",
			Meaning: "Units ordered per 100 sessions in the marketplace in " + days,
			Formula: "100 × units ordered ÷ sessions, both of the daily traffic report.",
			Sources: []string{kindTrafficDay, kindTrafficDay2},
		},
		{
			Name: name("refunds"), Adds: true, Title: title("Refunds"), Subject: fact.Marketplace, Type: fact.Money, Better: "down", Daily: "sales.market_refunds",
			Meaning: "Product price refunded in the marketplace in " + days,
			Formula: "Principal of refunds by posting day, as a positive amount, without tax, shipping and fees: from settlements, and from transactions of settlements that are not in; of days that no such file covers, from the account's live transactions.",
			Sources: refundKinds(),
		},
	}
}

func profitDefinitions() []fact.Definition {
	return []fact.Definition{
		{
			Name: "sales.daily_sales_28d", Adds: true, Title: "Sales a day", Subject: fact.SKU, Type: fact.Money, Better: "up", Daily: "sales.sales",
			Meaning: "Sales a day, mean of the last 28 days", Formula: "sales.sales_28d ÷ 28, rounded to the minor unit", Sources: ordersKinds(),
			Parts: []string{"sales.sales_28d"},
		},
		{
			Name: "sales.price", Title: "Price", Subject: fact.SKU, Type: fact.Money, Daily: "sales.price",
			Meaning: "Own price last paid for one unit",
			Formula: "Item price ÷ quantity of the latest priced order line of the last 28 days; else the listing's price, as an estimate", Sources: ordersKinds(),
		},
		{
			Name: "sales.fees_per_unit", Title: "Fees a unit", Subject: fact.SKU, Type: fact.Money, Better: "down",
			Meaning: "Amazon's estimate of all fees on one unit", Formula: "Total fee of the newest fee preview", Sources: []string{kindFees},
		},
		{
			Name: "sales.unit_cost", Title: "Unit cost", Subject: fact.SKU, Type: fact.Money, Better: "down",
			Meaning: "Landed cost of one unit", Formula: "The seller's own figure in the catalog", Sources: []string{"catalog"},
		},
		{
			Name: "sales.contribution_ratio", Title: "Contribution", Subject: fact.SKU, Type: fact.Ratio, Better: "up",
			Meaning: "Share of the price that is left after fees and cost, before ads",
			Formula: "(sales.price − sales.fees_per_unit − sales.unit_cost) ÷ sales.price", Sources: []string{kindOrders, kindFees, "catalog"},
			Parts: []string{"sales.price", "sales.fees_per_unit", "sales.unit_cost"},
		},
		{
			Name: "sales.profit_day_28d", Adds: true, Title: "Profit a day", Subject: fact.SKU, Type: fact.Money, Better: "up", Daily: "sales.units",
			Meaning: "Profit a day before ads, at the pace of the last 28 days",
			Formula: "sales.units_28d ÷ 28 × (sales.price − sales.fees_per_unit − sales.unit_cost)", Sources: []string{kindOrders, kindFees, "catalog"},
			Parts: []string{"sales.units_28d", "sales.price", "sales.fees_per_unit", "sales.unit_cost"},
		},
	}
}
