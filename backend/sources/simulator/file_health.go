package simulator

import (
	"encoding/json"
	"time"

	"purser/backend/core"
)

// healthFiles are the account health report: weekly, and daily for the last 30 days.
func (s *Seller) healthFiles() []document {
	var docs []document
	for _, d := range s.weeklyThenDaily(s.first, 30) {
		docs = append(docs, document{"account-health_" + d.String() + ".json", download(d), func() []byte { return s.health(d) }})
	}
	return docs
}

// object is one JSON object of the report; the encoder sorts its keys.
type object map[string]any

// window is the reporting range of n days that ends the day before the report.
func window(d core.Day, n int) object {
	p := core.LastDays(d-1, n)
	return object{"reportingDateFrom": p.From.Time().Format("2006-01-02T15:04Z"), "reportingDateTo": p.To.Time().Add(24*time.Hour - time.Minute).Format("2006-01-02T15:04Z")}
}

// measured is a rate against its target. less: good below it; otherwise good above.
func measured(d core.Day, days int, count, of int64, target float64, less bool, countName, ofName string) object {
	o := object{"reportingDateRange": window(d, days), ofName: of, countName: count, "targetValue": target, "targetCondition": "GREATER_THAN", "status": "NONE", "rate": 0.0}
	if less {
		o["targetCondition"] = "LESS_THAN"
	}
	if of > 0 {
		rate := float64(count) / float64(of)
		o["rate"], o["status"] = rounded(rate, 6), "BAD"
		if less == (rate < target) {
			o["status"] = "GOOD"
		}
	}
	return o
}

// defects is a count that should be zero.
func defects(d core.Day, count int64) object {
	o := object{"reportingDateRange": window(d, 180), "defectsCount": count, "targetValue": 0, "targetCondition": "EQUALS", "status": "GOOD"}
	if count > 0 {
		o["status"] = "BAD"
	}
	return o
}

// orderDefects of one fulfilment channel over 60 days.
func orderDefects(d core.Day, channel string, orders, claims, negative int64) object {
	bad := claims + negative
	o := measured(d, 60, bad, orders, 0.01, true, "unused", "orderCount")
	delete(o, "unused")
	o["orderWithDefects"] = object{"count": bad, "status": o["status"]}
	o["claims"] = object{"count": claims, "status": "NONE"}
	o["chargebacks"] = object{"count": 0, "status": "NONE"}
	o["negativeFeedback"] = object{"count": negative, "status": "NONE"}
	o["fulfillmentType"] = channel
	return o
}

// The late shipments planted: on AsOf six of 157 orders were late, 3.82 % against a target of 4 %;
// a seventh would breach it. They crept up over the last weeks.
const (
	lateOrders = 157
	lateNow    = 6
)

// late gives late shipments and orders of the 30 days before d.
func (s *Seller) late(d core.Day) (count, orders int64) {
	ago := int64(s.asOf - d)
	orders = lateOrders - ago%5
	switch {
	case ago < 3:
		return lateNow, lateOrders
	case ago < 7:
		return 5, orders
	case ago < 12:
		return 4, orders
	case ago < 18:
		return 3, orders
	}
	return 1 + ago/7%2, orders
}

// documentRequestDays: Amazon's request for a document is in the reports since so many days before AsOf.
const documentRequestDays = 1

// health is the seller performance report of the morning of d, for both stores.
func (s *Seller) health(d core.Day) []byte { return s.healthOf(s.stores, d) }

// healthOf is the report for some of the stores.
func (s *Seller) healthOf(stores []*store, d core.Day) []byte {
	root := object{}
	var statuses, metrics []object
	for _, m := range stores {
		statuses = append(statuses, object{"marketplaceId": string(m.ID), "status": "NORMAL"})
		metrics = append(metrics, s.performance(m, d))
	}
	root["accountStatuses"], root["performanceMetrics"] = statuses, metrics
	data, err := json.Marshal(root)
	if err != nil {
		return nil // maps of numbers and strings always marshal
	}
	return data
}

func (s *Seller) performance(m *store, d core.Day) object {
	var count, orders, requests int64
	merchant := int64(0)
	if !m.germany() {
		count, orders = s.late(d)
		merchant = 2 * orders
		if d >= s.asOf-documentRequestDays {
			requests = 1
		}
	}
	shipped := int64(0)
	for x := d - 60; x < d; x++ {
		shipped += int64(len(s.linesOn(m, x)))
	}
	o := object{
		"marketplaceId":                  string(m.ID),
		"orderDefectRate":                object{"mfn": orderDefects(d, "mfn", merchant, min(merchant, 1), 0), "afn": orderDefects(d, "afn", shipped, shipped/900, shipped/1500)},
		"lateShipmentRate":               measured(d, 30, count, orders, 0.04, true, "lateShipmentCount", "orderCount"),
		"preFulfillmentCancellationRate": measured(d, 7, 0, orders/4, 0.025, true, "cancellationCount", "orderCount"),
		"validTrackingRate":              measured(d, 30, orders-min(orders, 1), orders, 0.95, false, "validTrackingCount", "shipmentCount"),
		"onTimeDeliveryRate":             measured(d, 30, orders-orders/40, orders, 0.9, false, "onTimeDeliveryCount", "shipmentCountWithValidTracking"),
		"accountHealthRating":            object{"ahrStatus": "GREAT", "accountHealthRatingStatus": "GREAT", "reportingDateRange": window(d, 180)},
		"warningStates":                  []object{},
		"documentRequests":               defects(d, requests),
	}
	for _, name := range []string{
		"listingPolicyViolations", "productAuthenticityCustomerComplaints", "productConditionCustomerComplaints",
		"productSafetyCustomerComplaints", "receivedIntellectualPropertyComplaints", "suspectedIntellectualPropertyViolations",
		"restrictedProductPolicyViolations", "foodAndProductSafetyIssues", "otherPolicyViolations",
	} {
		o[name] = defects(d, 0)
	}
	// Amazon names both metrics everywhere, with nothing measured where they do not apply: invoices
	// count in Europe, units delivered in time in the United States.
	invoiced, units := shipped/20, int64(0)
	if !m.germany() {
		invoiced, units = 0, orders
	}
	o["invoiceDefectRate"] = invoices(d, invoiced)
	o["unitOnTimeDeliveryRate"] = measured(d, 14, units-units/40, units, 0.9, false, "unitOnTimeDeliveryCount", "totalUnitCount")
	return o
}

// invoices is the invoice defect rate over so many business orders, none of them defective.
func invoices(d core.Day, orders int64) object {
	o := measured(d, 7, 0, orders, 0.05, true, "unused", "orderCount")
	delete(o, "unused")
	for _, part := range []string{"invoiceDefect", "missingInvoice", "lateInvoice"} {
		o[part] = object{"count": 0, "status": o["status"]}
	}
	return o
}
