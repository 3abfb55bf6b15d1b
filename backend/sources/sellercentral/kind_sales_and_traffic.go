package sellercentral

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

// salesAndTraffic is Amazon's Sales and Traffic report as JSON. A document that covers one day
// gives a history by item; one that covers more gives one figure an item for the whole period.
func salesAndTraffic() document {
	return document{
		info: source.Kind{
			Name: "sales_and_traffic", Title: "Sales and Traffic (JSON)",
			Streams: []source.Stream{source.TrafficDays, source.TrafficItems},
			Where:   "Reports API, type GET_SALES_AND_TRAFFIC_REPORT, by DAY and CHILD; one document a day gives a history by item",
			Unlocks: "Sessions, conversion and featured-offer share by day and by item",
			Settles: 72 * time.Hour, StaleAge: 96 * time.Hour,
		},
		known: func(key string) bool {
			return strings.HasPrefix(key, "salesAndTrafficBy")
		},
		scan: scanTraffic,
		read: readTraffic,
	}
}

type trafficSpec struct {
	Options struct {
		Granularity string `json:"dateGranularity"`
	} `json:"reportOptions"`
	Start        string   `json:"dataStartTime"`
	End          string   `json:"dataEndTime"`
	Marketplaces []string `json:"marketplaceIds"`
}

// scanTraffic takes marketplace and period from reportSpecification.
func scanTraffic(j *jsonFile, x *documentCells) error {
	return j.keys(func(key string) (bool, error) {
		if key != "reportSpecification" {
			return false, nil
		}
		var s trafficSpec
		if err := j.dec.Decode(&s); err != nil {
			return true, err
		}
		x.granularity = s.Options.Granularity
		x.from, x.to = isoDay(s.Start), isoDay(s.End)
		if len(s.Marketplaces) == 1 {
			if st := x.stores.named([]byte(s.Marketplaces[0])); st != nil {
				x.home = st
			}
		}
		x.begin()
		if x.to != 0 {
			x.observed = (x.to + 1).Start(x.home.loc).Unix()
		}
		return true, nil
	})
}

func isoDay(s string) core.Day {
	if len(s) < 10 {
		return 0
	}
	d, err := core.ParseDay(s[:10])
	if err != nil {
		return 0
	}
	return d
}

type jsonMoney struct {
	Amount   json.Number   `json:"amount"`
	Currency core.Currency `json:"currencyCode"`
}

type jsonTrafficDay struct {
	Date  string `json:"date"`
	Sales struct {
		Ordered  jsonMoney   `json:"orderedProductSales"`
		Units    json.Number `json:"unitsOrdered"`
		Items    json.Number `json:"totalOrderItems"`
		Refunded json.Number `json:"unitsRefunded"`
	} `json:"salesByDate"`
	Traffic struct {
		Views    json.Number `json:"pageViews"`
		Sessions json.Number `json:"sessions"`
		BuyBox   json.Number `json:"buyBoxPercentage"`
		UnitRate json.Number `json:"unitSessionPercentage"`
	} `json:"trafficByDate"`
}

type jsonTrafficItem struct {
	Parent core.ASIN `json:"parentAsin"`
	Child  core.ASIN `json:"childAsin"`
	SKU    core.SKU  `json:"sku"`
	Sales  struct {
		Ordered jsonMoney   `json:"orderedProductSales"`
		Units   json.Number `json:"unitsOrdered"`
		Items   json.Number `json:"totalOrderItems"`
	} `json:"salesByAsin"`
	Traffic struct {
		Views    json.Number `json:"pageViews"`
		Sessions json.Number `json:"sessions"`
		BuyBox   json.Number `json:"buyBoxPercentage"`
		UnitRate json.Number `json:"unitSessionPercentage"`
	} `json:"trafficByAsin"`
}

func readTraffic(ctx context.Context, j *jsonFile, x *documentCells, out *outlet) error {
	days := sender[source.TrafficDay]{stream: source.TrafficDays, out: out}
	items := sender[source.TrafficItem]{stream: source.TrafficItems, out: out}
	byDay := x.granularity == "" || strings.EqualFold(x.granularity, "DAY")
	row := 0 // over both lists, so that it tells which entry is meant
	err := j.keys(func(key string) (bool, error) {
		if key != "salesAndTrafficByDate" && key != "salesAndTrafficByAsin" {
			return false, nil
		}
		return true, j.each(func(raw json.RawMessage, place int) error {
			row++
			e := tracedEntry{line: row, path: j.path(key, place), raw: raw}
			switch {
			case key == "salesAndTrafficByAsin":
				return entry(ctx, x, out, e, &items, x.trafficItem)
			case byDay:
				return entry(ctx, x, out, e, &days, x.trafficDay)
			}
			return out.trace.see(e)
		})
	})
	if err != nil {
		return err
	}
	if !byDay {
		out.problems = append(out.problems, source.Problem{
			Code:    source.ProblemUnreadable,
			Message: "This report counts by " + strings.ToLower(x.granularity) + ", so its dates were left out; its items were read. Ask for dateGranularity DAY to see days.",
		})
	}
	if err := days.close(); err != nil {
		return err
	}
	return items.close()
}

// entry makes one record of one entry of a list.
func entry[R any](ctx context.Context, x *documentCells, out *outlet, e tracedEntry, to *sender[R], makeRow func(json.RawMessage, int, *outlet) R) error {
	if err := out.trace.see(e); err != nil {
		return err
	}
	if out.rows&1023 == 1023 {
		if err := out.tick(ctx); err != nil {
			return err
		}
	}
	x.begin()
	out.rows++
	r := makeRow(e.raw, e.line, out)
	if x.faulty {
		out.reject(e.line, x.column, x.column+": "+x.fault, string(e.raw))
		return nil
	}
	out.sold(x.at.code)
	return to.add(r)
}

func (x *documentCells) denominated(m jsonMoney) core.Currency {
	if m.Currency != "" {
		return m.Currency
	}
	return x.at.currency
}

func (x *documentCells) trafficDay(raw json.RawMessage, row int, out *outlet) source.TrafficDay {
	var d jsonTrafficDay
	x.name = "salesAndTrafficByDate"
	if err := json.Unmarshal(raw, &d); err != nil {
		x.fail(x.name, "the entry has an unexpected form: "+err.Error())
		return source.TrafficDay{}
	}
	r := source.TrafficDay{
		Row: int32(row), Marketplace: x.at.code, Day: isoDay(d.Date), Currency: x.denominated(d.Sales.Ordered),
		UnitsOrdered: x.whole(d.Sales.Units), OrderItems: x.whole(d.Sales.Items), UnitsRefunded: x.whole(d.Sales.Refunded),
		Sessions: x.whole(d.Traffic.Sessions), PageViews: x.whole(d.Traffic.Views),
		FeaturedOfferPct: x.percent(d.Traffic.BuyBox), UnitSessionPct: x.percent(d.Traffic.UnitRate),
	}
	r.OrderedSales = x.minor(d.Sales.Ordered.Amount, r.Currency)
	if r.Day == 0 {
		x.name = "date"
		x.reject([]byte(d.Date), "a date")
		return r
	}
	out.period = out.period.Include(r.Day)
	out.observed = max(out.observed, (r.Day + 1).Start(x.at.loc).Unix())
	if out.emit == nil && x.before("day", d.Date, x.at.code) {
		out.repeated++
	}
	return r
}

func (x *documentCells) trafficItem(raw json.RawMessage, row int, out *outlet) source.TrafficItem {
	var d jsonTrafficItem
	x.name = "salesAndTrafficByAsin"
	if err := json.Unmarshal(raw, &d); err != nil {
		x.fail(x.name, "the entry has an unexpected form: "+err.Error())
		return source.TrafficItem{}
	}
	period := x.period
	if x.from != 0 {
		period = core.Period{From: x.from, To: x.to}
	}
	r := source.TrafficItem{
		Row: int32(row), Marketplace: x.at.code, Period: period, ParentASIN: d.Parent, ASIN: d.Child, SKU: d.SKU,
		Currency:     x.denominated(d.Sales.Ordered),
		UnitsOrdered: x.whole(d.Sales.Units), OrderItems: x.whole(d.Sales.Items),
		Sessions: x.whole(d.Traffic.Sessions), PageViews: x.whole(d.Traffic.Views),
		FeaturedOfferPct: x.percent(d.Traffic.BuyBox), UnitSessionPct: x.percent(d.Traffic.UnitRate),
	}
	r.OrderedSales = x.minor(d.Sales.Ordered.Amount, r.Currency)
	if r.ASIN == "" {
		r.ASIN = d.Parent
	}
	if r.ASIN == "" && r.SKU == "" {
		x.fail("childAsin", "the entry names no item")
	}
	if out.emit == nil && x.before(string(d.Parent), string(r.ASIN), string(r.SKU)) {
		out.repeated++
	}
	return r
}
