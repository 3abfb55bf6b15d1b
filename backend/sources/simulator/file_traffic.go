package simulator

import (
	"encoding/json"
	"math"

	"purser/backend/core"
)

// How Sales and Traffic is downloaded: one document a day for the last trafficDays, one a
// month before. A day comes after two days, again after five, and final after nine.
const (
	trafficDays  = 100
	trafficFresh = 14 // days kept in all three versions; older ones in the final one only
)

type (
	amount struct {
		Amount       float64 `json:"amount"`
		CurrencyCode string  `json:"currencyCode"`
	}
	trafficReport struct {
		Specification trafficSpec    `json:"reportSpecification"`
		ByDate        []trafficDay   `json:"salesAndTrafficByDate"`
		ByASIN        []trafficOffer `json:"salesAndTrafficByAsin"`
	}
	trafficSpec struct {
		ReportType    string            `json:"reportType"`
		ReportOptions map[string]string `json:"reportOptions"`
		DataStartTime string            `json:"dataStartTime"`
		DataEndTime   string            `json:"dataEndTime"`
		Marketplaces  []string          `json:"marketplaceIds"`
	}
	trafficDay struct {
		Date    string     `json:"date"`
		Sales   daySales   `json:"salesByDate"`
		Traffic dayTraffic `json:"trafficByDate"`
	}
	daySales struct {
		Ordered       amount  `json:"orderedProductSales"`
		Units         int64   `json:"unitsOrdered"`
		Items         int64   `json:"totalOrderItems"`
		PerItem       amount  `json:"averageSalesPerOrderItem"`
		UnitsPerItem  float64 `json:"averageUnitsPerOrderItem"`
		AveragePrice  amount  `json:"averageSellingPrice"`
		Refunded      int64   `json:"unitsRefunded"`
		RefundRate    float64 `json:"refundRate"`
		Claims        int64   `json:"claimsGranted"`
		ClaimsAmount  amount  `json:"claimsAmount"`
		Shipped       amount  `json:"shippedProductSales"`
		UnitsShipped  int64   `json:"unitsShipped"`
		OrdersShipped int64   `json:"ordersShipped"`
	}
	dayTraffic struct {
		BrowserViews    int64   `json:"browserPageViews"`
		AppViews        int64   `json:"mobileAppPageViews"`
		Views           int64   `json:"pageViews"`
		BrowserSessions int64   `json:"browserSessions"`
		AppSessions     int64   `json:"mobileAppSessions"`
		Sessions        int64   `json:"sessions"`
		BuyBox          float64 `json:"buyBoxPercentage"`
		ItemSession     float64 `json:"orderItemSessionPercentage"`
		UnitSession     float64 `json:"unitSessionPercentage"`
		Offers          int64   `json:"averageOfferCount"`
		Parents         int64   `json:"averageParentItems"`
		Feedback        int64   `json:"feedbackReceived"`
		BadFeedback     int64   `json:"negativeFeedbackReceived"`
		BadFeedbackRate float64 `json:"receivedNegativeFeedbackRate"`
	}
	trafficOffer struct {
		Parent  string       `json:"parentAsin"`
		Child   string       `json:"childAsin,omitempty"`
		SKU     string       `json:"sku,omitempty"`
		Sales   offerSales   `json:"salesByAsin"`
		Traffic offerTraffic `json:"trafficByAsin"`
	}
	offerSales struct {
		Units   int64  `json:"unitsOrdered"`
		Ordered amount `json:"orderedProductSales"`
		Items   int64  `json:"totalOrderItems"`
	}
	offerTraffic struct {
		BrowserSessions int64   `json:"browserSessions"`
		AppSessions     int64   `json:"mobileAppSessions"`
		Sessions        int64   `json:"sessions"`
		BrowserShare    float64 `json:"browserSessionPercentage"`
		AppShare        float64 `json:"mobileAppSessionPercentage"`
		SessionShare    float64 `json:"sessionPercentage"`
		BrowserViews    int64   `json:"browserPageViews"`
		AppViews        int64   `json:"mobileAppPageViews"`
		Views           int64   `json:"pageViews"`
		BrowserPages    float64 `json:"browserPageViewsPercentage"`
		AppPages        float64 `json:"mobileAppPageViewsPercentage"`
		ViewShare       float64 `json:"pageViewsPercentage"`
		BuyBox          float64 `json:"buyBoxPercentage"`
		UnitSession     float64 `json:"unitSessionPercentage"`
	}
)

// visits is what an offer did on some days, as the report counts it.
type visits struct {
	units, items, sales      int64
	sessions, views, weighed int64 // weighed: sessions with the Featured Offer, in basis points
}

func (v *visits) add(o visits) {
	v.units += o.units
	v.items += o.items
	v.sales += o.sales
	v.sessions += o.sessions
	v.views += o.views
	v.weighed += o.weighed
}

// known is the share of a day that Amazon's first reports already hold, by age in days. The days of an account that
// lives on are settled 72 hours after they end.
func (s *Seller) known(age int) float64 {
	shares := []float64{0, 0.7, 0.90, 0.94, 0.96, 0.975, 0.985, 0.992}
	if s.living() {
		shares = []float64{0, 0.7, 0.92, 0.98}
	}
	if age >= len(shares) {
		return 1
	}
	return shares[max(0, age)]
}

// trafficFiles are one-day documents for the recent past and monthly ones before.
func (s *Seller) trafficFiles(m *store) []document {
	var docs []document
	add := func(p core.Period, at core.Day) {
		name := fileName("sales-and-traffic-"+p.From.String(), m, at, "json")
		docs = append(docs, document{name, download(at), func() []byte { return s.traffic(m, p, at) }})
	}
	start := s.asOf - 1 - trafficDays
	for d := s.first; d < start; d = nextMonth(d) {
		to := min(nextMonth(d)-1, start-1)
		add(core.Period{From: d, To: to}, min(to+10, s.asOf))
	}
	for d := start; d <= s.asOf-2; d++ {
		for _, age := range []core.Day{2, 5, 9} {
			if at := d + age; at <= s.asOf && (age == 9 || d >= s.asOf-trafficFresh) {
				add(core.Period{From: d, To: d}, at)
			}
		}
		if age := s.asOf - d; age < 9 && age != 2 && age != 5 {
			add(core.Period{From: d, To: d}, s.asOf)
		}
	}
	return docs
}

// traffic is Sales and Traffic by day and by child ASIN over p, as Amazon knew it on the morning of at.
func (s *Seller) traffic(m *store, p core.Period, at core.Day) []byte {
	return s.trafficBy(m, p, at, "CHILD")
}

// trafficBy is the same by PARENT, CHILD or SKU; by SKU the rows without orders are missing, as they are at Amazon.
func (s *Seller) trafficBy(m *store, p core.Period, at core.Day, by string) []byte {
	r := trafficReport{Specification: trafficSpec{
		ReportType:    "GET_SALES_AND_TRAFFIC_REPORT",
		ReportOptions: map[string]string{"dateGranularity": "DAY", "asinGranularity": by},
		DataStartTime: p.From.String(), DataEndTime: p.To.String(), Marketplaces: []string{string(m.ID)},
	}}
	byOffer := map[*offer]*visits{}
	var all visits
	for d := p.From; d <= p.To; d++ {
		var day visits
		for o, v := range s.visitsOn(m, d, s.known(int(at-d))) {
			day.add(v)
			if byOffer[o] == nil {
				byOffer[o] = &visits{}
			}
			byOffer[o].add(v)
		}
		all.add(day)
		r.ByDate = append(r.ByDate, s.trafficDay(m, d, day))
	}
	for _, o := range s.offersOf(m) {
		v := byOffer[o]
		if v == nil || v.sessions == 0 || by == "SKU" && v.items == 0 {
			continue
		}
		row := v.row(o, all)
		switch by {
		case "PARENT":
			row.Child = ""
		case "SKU":
			row.SKU = string(o.sku)
		}
		r.ByASIN = append(r.ByASIN, row)
	}
	data, err := json.Marshal(r)
	if err != nil {
		return nil // plain structs of numbers and strings always marshal
	}
	return data
}

// visitsOn counts each offer's day, as far as the share already known goes.
func (s *Seller) visitsOn(m *store, d core.Day, share float64) map[*offer]visits {
	out := map[*offer]visits{}
	for _, l := range s.linesOn(m, d) {
		if l.cancelled || share < 1 && unit(mix(s.o.Seed, l.order, uint64(l.offer.no))) >= share {
			continue
		}
		v := out[l.offer]
		v.units += int64(l.quantity)
		v.items++
		v.sales += l.total()
		out[l.offer] = v
	}
	for _, o := range s.offersOf(m) {
		v := out[o]
		r := dice(mix(o.seed, "sessions"), d)
		full := o.sessions(int64(o.day(d).units), o.day(d).stock, r.Float64())
		if s.isHidden(o, d) {
			full /= 30
		}
		v.sessions = max(round(full*share), v.units)
		v.views = v.sessions + v.sessions*int64(25+r.IntN(20))/100
		v.weighed = v.sessions * int64(9600+r.IntN(380))
		out[o] = v
	}
	return out
}

// isHidden says whether an offer was out of search or without a page on d.
func (s *Seller) isHidden(o *offer, d core.Day) bool {
	return o.plan.role == suppressed && d >= s.asOf-suppressDays || o.plan.role == strandedFBA && d >= s.asOf-strandedDays
}

// conversion is units per session: 8 to 14 % by offer.
func (o *offer) conversion() float64 { return 0.08 + 0.06*unit(mix(o.seed, "conversion")) }

// sessions that brought the units, with some luck; fewer while out of stock.
func (o *offer) sessions(units int64, stock int32, luck float64) float64 {
	expected := (float64(units) + 3*o.base) / 4 / o.conversion() // visits vary less than sales
	if stock == 0 {
		expected = o.base / o.conversion() / 4
	}
	return expected * (0.85 + 0.3*luck)
}

func percent(part, of int64) float64 {
	if of == 0 {
		return 0
	}
	return math.Round(float64(part)/float64(of)*10000) / 100
}

func (v *visits) row(o *offer, all visits) trafficOffer {
	const appPart = 2 // of three visits, two are made in the app
	app, allApp := v.sessions*appPart/3, all.sessions*appPart/3
	appViews, allAppViews := v.views*appPart/3, all.views*appPart/3
	return trafficOffer{
		Parent: string(o.asin), Child: string(o.asin),
		Sales: offerSales{v.units, major(v.sales, o.store), v.items},
		Traffic: offerTraffic{
			BrowserSessions: v.sessions - app, AppSessions: app, Sessions: v.sessions, SessionShare: percent(v.sessions, all.sessions),
			BrowserShare: percent(v.sessions-app, all.sessions-allApp), AppShare: percent(app, allApp),
			BrowserPages: percent(v.views-appViews, all.views-allAppViews), AppPages: percent(appViews, allAppViews),
			BrowserViews: v.views - appViews, AppViews: appViews, Views: v.views, ViewShare: percent(v.views, all.views),
			BuyBox: percent(v.weighed, v.sessions*10000), UnitSession: percent(v.units, v.sessions),
		},
	}
}

func major(minor int64, m *store) amount {
	return amount{core.Money{Minor: minor, Currency: m.Currency}.Major(), string(m.Currency)}
}

// trafficDay is the marketplace's day.
func (s *Seller) trafficDay(m *store, d core.Day, v visits) trafficDay {
	var feedback, bad int64
	refunded := int64(len(s.returnsOn(m, d)))
	for _, f := range s.feedbackOn(m, d) {
		feedback++
		if f.stars <= 2 {
			bad++
		}
	}
	app, appViews := v.sessions*2/3, v.views*2/3
	units, items := max(1, v.units), max(1, v.items)
	return trafficDay{
		Date: d.String(),
		Sales: daySales{
			Ordered: major(v.sales, m), Units: v.units, Items: v.items, PerItem: major(v.sales/items, m),
			UnitsPerItem: math.Round(float64(v.units)/float64(items)*100) / 100, AveragePrice: major(v.sales/units, m),
			Refunded: refunded, RefundRate: percent(refunded, v.units), ClaimsAmount: major(0, m),
			Shipped: major(v.sales, m), UnitsShipped: v.units, OrdersShipped: v.items,
		},
		Traffic: dayTraffic{
			BrowserViews: v.views - appViews, AppViews: appViews, Views: v.views,
			BrowserSessions: v.sessions - app, AppSessions: app, Sessions: v.sessions,
			BuyBox: percent(v.weighed, v.sessions*10000), ItemSession: percent(v.items, v.sessions), UnitSession: percent(v.units, v.sessions),
			Offers: int64(len(s.offersOf(m))), Parents: int64(len(s.offersOf(m))),
			Feedback: feedback, BadFeedback: bad, BadFeedbackRate: percent(bad, feedback),
		},
	}
}
