package jobs_test

import (
	"time"

	"purser/backend/core/source"
)

const aDay = 24 * time.Hour

func ordersFeed() source.Feed {
	return source.Feed{
		Name: "spapi.orders", Title: "Orders", API: "spapi", Group: "orders", Kinds: []string{"api_orders"}, Needs: "orders",
		Every: time.Hour, Overlap: 10 * time.Minute, Slice: aDay, Late: 2 * time.Minute, History: 3 * aDay, Order: 1,
	}
}

func allOrdersFeed() source.Feed {
	return source.Feed{
		Name: "spapi.all_orders", Title: "All orders", API: "spapi", Group: "reports", Kinds: []string{"all_orders"}, Needs: "reports",
		PerMarketplace: true, Every: aDay, Overlap: aDay, Slice: 30 * aDay, Late: 15 * time.Minute, History: 360 * aDay, Order: 2,
	}
}

func trafficFeed() source.Feed {
	return source.Feed{
		Name: "spapi.traffic", Title: "Sales and traffic", API: "spapi", Group: "traffic", Kinds: []string{"sales_traffic"}, Needs: "analytics",
		PerMarketplace: true, DayByDay: true, Every: aDay, Late: 2 * aDay, History: 40 * aDay, Order: 3,
		Again: []source.Again{{Every: aDay, Past: 4 * aDay}, {Every: 7 * aDay, Past: 14 * aDay}},
	}
}

func stockFeed() source.Feed {
	return source.Feed{
		Name: "spapi.stock", Title: "Stock", API: "spapi", Group: "stock", Kinds: []string{"api_inventory"}, Needs: "inventory",
		Snapshot: true, Every: 3 * time.Hour, Order: 4,
	}
}

func planningFeed() source.Feed {
	return source.Feed{
		Name: "spapi.planning", Title: "Stock planning", API: "spapi", Group: "reports", Kinds: []string{"planning"}, Needs: "inventory",
		PerMarketplace: true, Snapshot: true, Every: aDay, Order: 5,
	}
}

func moneyFeed() source.Feed {
	return source.Feed{
		Name: "spapi.transactions", Title: "Transactions", API: "spapi", Group: "finances", Kinds: []string{"api_transactions"}, Needs: "finances",
		Every: aDay, Overlap: 2 * aDay, Slice: 14 * aDay, Late: time.Hour, History: 180 * aDay, Order: 6,
		Again: []source.Again{{Every: aDay, Past: 14 * aDay}, {Every: 7 * aDay, Past: 60 * aDay}},
	}
}

func adsFeed() source.Feed {
	return source.Feed{
		Name: "adsapi.search_terms", Title: "Search terms", API: "adsapi", Group: "reporting", Kinds: []string{"api_ads_search_terms"},
		PerMarketplace: true, Every: aDay, Overlap: 3 * aDay, Slice: 31 * aDay, Late: 6 * time.Hour, History: 60 * aDay, Order: 7,
		Again: []source.Again{{Every: 7 * aDay, Past: 31 * aDay}},
	}
}

// wholeAccount is a rig with two APIs.
func wholeAccount(r *rig) {
	c := r.client()
	c.feeds = []source.Feed{ordersFeed(), allOrdersFeed(), trafficFeed(), stockFeed(), planningFeed(), moneyFeed()}
	c.pages = map[string]int{"spapi.orders": 1, "spapi.stock": 2, "spapi.transactions": 1}
	ads := &client{name: "adsapi", feeds: []source.Feed{adsFeed()}, a: r.amz, wait: time.Minute}
	r.apis = []source.API{c, ads}
	r.sites = []jobsSite{site("spapi", "US"), site("spapi", "CA"), site("adsapi", "US")}
}
