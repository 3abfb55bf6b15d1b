package sellercentral

import (
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

// businessReportByItem is the business report by child or parent item. It has no date column:
// the person who downloaded it knows the days. The same child may stand under two parents.
func businessReportByItem() tableKind {
	type line = source.TrafficItem
	return definition[line]{
		info: source.Kind{
			Name: "business_report_by_item", Title: "Business report by item", Streams: []source.Stream{source.TrafficItems},
			Where:   "Seller Central › Reports › Business Reports › Detail Page Sales and Traffic By Child Item › Download CSV; note the dates",
			Unlocks: "Sessions, conversion and featured-offer share by item",
			Settles: 72 * time.Hour, StaleAge: 96 * time.Hour,
		},
		columns: []column[line]{
			text("(child)-asin", func(r *line) *core.ASIN { return &r.ASIN }).as("（子）ASIN", "(子)asin", "child-asin"),
			text("(parent)-asin", func(r *line) *core.ASIN { return &r.ParentASIN }).as("（父）ASIN", "(父)asin", "(親)asin", "parent-asin").full(),
			text("sku", func(r *line) *core.SKU { return &r.SKU }),
			text("title", func(r *line) *string { return &r.Title }).as("标题", "商品名", "タイトル"),
			count("sessions-total", func(r *line) *int32 { return &r.Sessions }).must().as("sessions", "会话数 - 总计", "会话数", "セッション", "セッション数 - 合計", "セッション - 合計"),
			count("page-views-total", func(r *line) *int32 { return &r.PageViews }).as("page-views", "页面浏览量 - 总计", "页面浏览次数 - 总计", "ページビュー", "ページビュー数 - 合計", "ページビュー - 合計"),
			figure("featured-offer-(buy-box)-percentage", func(r *line) *float64 { return &r.FeaturedOfferPct }).
				as("buy-box-percentage", "featured-offer-percentage", "推荐报价(推荐报价展示位)百分比", "推荐报价百分比", "おすすめ出品(カートボックス)の割合", "カートボックス獲得率"),
			count("units-ordered", func(r *line) *int32 { return &r.UnitsOrdered }).must().as("已订购商品数量", "注文された商品点数"),
			figure("unit-session-percentage", func(r *line) *float64 { return &r.UnitSessionPct }).as("商品会话百分比", "ユニットセッション率"),
			amount("ordered-product-sales", func(r *line) *int64 { return &r.OrderedSales }).must().as("已订购商品销售额", "注文商品売上"),
			count("total-order-items", func(r *line) *int32 { return &r.OrderItems }).as("订单商品总数", "注文品目総数"),
		},
		known:  businessKnown(),
		placed: true, dated: true,
		zero:     line{FeaturedOfferPct: -1, UnitSessionPct: -1},
		row:      func(r *line) *int32 { return &r.Row },
		market:   func(r *line) *string { return &r.Marketplace },
		currency: func(r *line) *core.Currency { return &r.Currency },
		seen:     func(x *cells, r *line) bool { return x.before(string(r.ParentASIN), string(r.ASIN), string(r.SKU)) },
		finish: func(x *cells, r *line) verdict {
			if r.Period = x.period; r.ASIN == "" {
				r.ASIN = r.ParentASIN
			}
			return keep
		},
	}
}

// businessReportByDate is the business report by day.
func businessReportByDate() tableKind {
	type line = source.TrafficDay
	return definition[line]{
		info: source.Kind{
			Name: "business_report_by_date", Title: "Business report by date", Streams: []source.Stream{source.TrafficDays},
			Where:   "Seller Central › Reports › Business Reports › Sales and Traffic (by date) › by day › Download CSV",
			Unlocks: "Sales, sessions and conversion by day",
			Settles: 72 * time.Hour, StaleAge: 96 * time.Hour,
		},
		columns: []column[line]{
			day("date", func(r *line) *core.Day { return &r.Day }).full().as("日期", "日付"),
			amount("ordered-product-sales", func(r *line) *int64 { return &r.OrderedSales }).must().as("已订购商品销售额", "注文商品売上"),
			count("units-ordered", func(r *line) *int32 { return &r.UnitsOrdered }).must().as("已订购商品数量", "注文された商品点数"),
			count("total-order-items", func(r *line) *int32 { return &r.OrderItems }).as("订单商品总数", "注文品目総数"),
			count("units-refunded", func(r *line) *int32 { return &r.UnitsRefunded }),
			count("sessions-total", func(r *line) *int32 { return &r.Sessions }).as("sessions", "会话数 - 总计", "会话数", "セッション数 - 合計"),
			count("page-views-total", func(r *line) *int32 { return &r.PageViews }).as("page-views", "页面浏览量 - 总计", "ページビュー数 - 合計"),
			figure("featured-offer-(buy-box)-percentage", func(r *line) *float64 { return &r.FeaturedOfferPct }).as("buy-box-percentage", "featured-offer-percentage"),
			figure("unit-session-percentage", func(r *line) *float64 { return &r.UnitSessionPct }).as("商品会话百分比"),
		},
		known:  businessKnown(),
		unless: []string{"(parent)-asin", "(child)-asin", "(父)asin", "(子)asin"},
		placed: true, dated: true,
		zero:     line{FeaturedOfferPct: -1, UnitSessionPct: -1},
		row:      func(r *line) *int32 { return &r.Row },
		market:   func(r *line) *string { return &r.Marketplace },
		currency: func(r *line) *core.Currency { return &r.Currency },
		days:     func(r *line) (core.Day, core.Day) { return r.Day, r.Day },
		observed: func(x *cells, r *line) int64 { return (r.Day + 1).Start(x.at.loc).Unix() },
		seen:     func(x *cells, r *line) bool { return x.before(r.Day.String(), r.Marketplace, "") },
	}
}

// businessKnown lists the shares and the business-customer twins of the business reports.
func businessKnown() []string {
	base := []string{
		"sessions-total", "session-percentage-total", "page-views-total", "page-views-percentage-total", "featured-offer-(buy-box)-percentage",
		"units-ordered", "unit-session-percentage", "ordered-product-sales", "total-order-items", "average-sales-per-order-item",
		"average-units-per-order-item", "average-selling-price", "order-item-session-percentage", "average-offer-count", "average-parent-items",
		"refund-rate", "feedback-received", "negative-feedback-received", "received-negative-feedback-rate", "a-to-z-claims-granted",
		"claims-amount", "shipped-product-sales", "units-shipped", "orders-shipped", "session-percentage", "page-views-percentage",
		"sessions-mobile-app", "sessions-browser", "session-percentage-mobile-app", "session-percentage-browser", "page-views-mobile-app",
		"page-views-browser", "page-views-percentage-mobile-app", "page-views-percentage-browser", "sessions", "page-views", "units-refunded",
		"buy-box-percentage", "featured-offer-percentage",
	}
	known := append([]string(nil), base...)
	for _, name := range base {
		known = append(known, name+"-b2b")
	}
	return known
}
