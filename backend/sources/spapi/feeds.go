package spapi

import (
	"time"

	"purser/backend/core/source"
)

const (
	day = 24 * time.Hour
	// history is how far back facts may be kept. Source: Amazon's data protection policy, 2025-11: 18 months.
	history = 540 * day
	// settlementHistory is how long Amazon shows settlement reports, less a day for an ask that waits. Source: Reports
	// API guide, 2026-11: 90 days.
	settlementHistory = 89 * day
)

// parallelReports is how many reports are under way in a region at once: as many as Amazon lets a seller ask for in one go.
const parallelReports = 15

// Feeds of pages.
const (
	FeedOrders       = "spapi.orders"
	FeedStock        = "spapi.stock"
	FeedListings     = "spapi.listings"
	FeedTransactions = "spapi.transactions"
	FeedSettlements  = "spapi.settlements"
)

// settlementType can only be listed: Amazon makes it by itself.
const settlementType = "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2"

// trafficType has a limit of its own.
const trafficType = "GET_SALES_AND_TRAFFIC_REPORT"

// reportFeed is a feed of reports that are asked for.
type reportFeed struct {
	source.Feed
	report string // Amazon's name of it
	// soon: Amazon makes it anew within half an hour; otherwise in four.
	soon    bool
	json    bool
	options map[string]string
	// days: it tells the days of its window whole, so that it is asked for from the first moment of one.
	days bool
}

// snapshot is a feed of how things are now, once a day.
func snapshot(order int, name, title, kind, needs, report string) reportFeed {
	return reportFeed{report: report, Feed: source.Feed{
		Name: "spapi." + name, Title: title, Group: "reports", Kinds: []string{kind}, Needs: needs, Snapshot: true, Every: day, Order: order,
		Keep: source.KeepRaw,
	}}
}

// windowed is a feed of what happened, once a day, with the days before it again.
func windowed(order int, name, title, kind, needs, report string, overlap, slice time.Duration) reportFeed {
	return reportFeed{report: report, Feed: source.Feed{
		Name: "spapi." + name, Title: title, Group: "reports", Kinds: []string{kind}, Needs: needs, Every: day, Overlap: overlap, Slice: slice,
		Late: 30 * time.Minute, History: history, Order: order, Keep: source.KeepRaw,
	}}
}

// reportFeeds are the reports that are asked for. Source of types and windows: Amazon's report type reference, 2026-11.
func reportFeeds() []reportFeed {
	// By order date: only so does a report tell days whole, also those without orders. What changes comes with the live
	// orders, and once a day with the orders of four weeks anew. A window grows by less than a day: 30 are the most.
	orders := windowed(2, "all_orders", "All orders", "all_orders", capOrders, "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL", 27*day, 29*day)
	orders.soon, orders.days = true, true
	stock := snapshot(3, "fba_inventory", "FBA stock report", "fba_inventory", capInventory, "GET_FBA_MYI_UNSUPPRESSED_INVENTORY_DATA")
	stock.soon = true
	listings := snapshot(5, "merchant_listings", "All listings", "merchant_listings", capListings, "GET_MERCHANT_LISTINGS_ALL_DATA")
	listings.soon = true
	health := snapshot(6, "account_health", "Account health", "account_health", capHealth, "GET_V2_SELLER_PERFORMANCE_REPORT")
	health.json = true
	traffic := reportFeed{
		report: trafficType, json: true, options: map[string]string{"dateGranularity": "DAY", "asinGranularity": "CHILD"},
		Feed: source.Feed{
			// A day is told after one to three days, and restated for about a week.
			Name: "spapi.sales_and_traffic", Title: "Sales and traffic", Group: "traffic", Kinds: []string{"sales_and_traffic"}, Needs: capTraffic,
			DayByDay: true, Every: day, Late: 36 * time.Hour, History: 400 * day, Order: 8, Keep: source.KeepRaw,
			Again: []source.Again{{Every: day, Past: 8 * day}},
		},
	}
	reimbursed := windowed(15, "reimbursements", "FBA reimbursements", "reimbursements", capFinances, "GET_FBA_REIMBURSEMENTS_DATA", 30*day, 60*day)
	reimbursed.Keep = source.KeepLegal
	all := []reportFeed{
		orders, stock, listings, health, traffic,
		snapshot(9, "fba_inventory_planning", "FBA inventory planning", "fba_inventory_planning", capInventory, "GET_FBA_INVENTORY_PLANNING_DATA"),
		snapshot(10, "fba_fee_estimates", "FBA fee preview", "fba_fee_estimates", capInventory, "GET_FBA_ESTIMATED_FBA_FEES_TXT_DATA"),
		snapshot(11, "restock_recommendations", "Restock recommendations", "restock_recommendations", capInventory, "GET_RESTOCK_INVENTORY_RECOMMENDATIONS_REPORT"),
		snapshot(12, "suppressed_listings", "Suppressed listings", "suppressed_listings", capListings, "GET_MERCHANTS_LISTINGS_FYP_REPORT"),
		snapshot(13, "stranded_inventory", "Stranded inventory", "stranded_inventory", capInventory, "GET_STRANDED_INVENTORY_UI_DATA"),
		windowed(14, "fba_returns", "FBA customer returns", "fba_returns", capInventory, "GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA", 30*day, 60*day),
		reimbursed,
		windowed(18, "seller_feedback", "Seller feedback", "seller_feedback", capFeedback, "GET_SELLER_FEEDBACK_DATA", 30*day, 180*day),
	}
	for i := range all {
		f := &all[i].Feed
		f.API, f.PerMarketplace, f.Rate = Name, true, "createReport"
		if f.Group == "traffic" {
			f.Rate = trafficType
		} else {
			f.Parallel = parallelReports
		}
	}
	return all
}

// pageFeeds are the feeds whose answers are the documents, and the settlements.
func pageFeeds() []source.Feed {
	return []source.Feed{
		{
			Name: FeedOrders, Title: "Orders (live)", API: Name, Group: "orders", Rate: "searchOrders", Kinds: []string{"api_orders"}, Needs: capOrders, PerMarketplace: true,
			// Orders appear some minutes late. It lists what changed: whole days, and what is older, come with the report of
			// all orders.
			Every: time.Hour, Overlap: 15 * time.Minute, Slice: day, Late: 3 * time.Minute, History: 2 * day, Order: 1, Keep: source.KeepRaw,
		},
		{
			Name: FeedStock, Title: "FBA stock (live)", API: Name, Group: "inventory", Rate: "getInventorySummaries", Kinds: []string{"api_inventory"}, Needs: capInventory,
			PerMarketplace: true, Snapshot: true, Every: 3 * time.Hour, Order: 4, Keep: source.KeepRaw,
		},
		{
			// One window for all marketplaces of a region: Amazon lists them mixed.
			Name: FeedSettlements, Title: "Settlements", API: Name, Group: "settlements", Rate: "getReports", Kinds: []string{"settlement"}, Needs: capFinances,
			Every: day, Overlap: time.Hour, Slice: settlementHistory, Late: 10 * time.Minute, Sparse: true, History: settlementHistory, Order: 7, Keep: source.KeepLegal,
		},
		{
			Name: FeedTransactions, Title: "Transactions (live)", API: Name, Group: "finances", Rate: "listTransactions", Kinds: []string{"api_transactions"}, Needs: capFinances,
			// Amazon completes the last 48 hours later, and releases what it held back within weeks.
			PerMarketplace: true, Every: day, Overlap: 2 * day, Slice: transactionsSlice, Late: 5 * time.Minute, History: history,
			Again: []source.Again{{Every: day, Past: 14 * day}, {Every: 7 * day, Past: 60 * day}}, Order: 16, Keep: source.KeepLegal,
		},
		{
			Name: FeedListings, Title: "Listings (live)", API: Name, Group: "listings", Rate: "searchListingsItems", Kinds: []string{"api_listings"}, Needs: capListings,
			PerMarketplace: true, Snapshot: true, Every: 6 * time.Hour, Order: 17, Keep: source.KeepRaw,
		},
	}
}

// Feeds implements source.API.
func (*Client) Feeds() []source.Feed {
	out := pageFeeds()
	for _, f := range reportFeeds() {
		out = append(out, f.Feed)
	}
	return out
}

func reportOf(feed string) (reportFeed, bool) {
	for _, f := range reportFeeds() {
		if f.Name == feed {
			return f, true
		}
	}
	return reportFeed{}, false
}
