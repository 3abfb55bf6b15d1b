package sellercentral

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"purser/backend/core/source"
	"purser/backend/sources/sellercentral/internal/parse"
)

// accountHealth is the seller performance report. A section that is missing gives no metric:
// no data is not the same as good.
func accountHealth() document {
	return document{
		info: source.Kind{
			Name: "account_health", Title: "Account health (seller performance, JSON)",
			Streams: []source.Stream{source.AccountHealth},
			Where:   "Reports API, type GET_V2_SELLER_PERFORMANCE_REPORT",
			Unlocks: "Distance of every account-health metric to Amazon's target, and the violations on record",
			// Metrics are windows that end some days back; a new document replaces the old.
			StaleAge: 48 * time.Hour,
		},
		snapshot: true,
		known:    func(key string) bool { return key == "performanceMetrics" || key == "accountStatuses" },
		read:     readHealth,
	}
}

// healthSection is one section of the report: the spellings of its key, and where its counts stand.
type healthSection struct {
	metric, title string
	keys          []string
	count, of     []string // fields of the defects and of what they are measured over
}

func healthSections() []healthSection {
	orders, defects := []string{"orderCount"}, []string{"defectsCount"}
	return []healthSection{
		{"order_defect_rate_mfn", "Order defect rate (seller fulfilled)", []string{"orderDefectRate.mfn"}, []string{"orderWithDefects"}, orders},
		{"order_defect_rate_afn", "Order defect rate (fulfilled by Amazon)", []string{"orderDefectRate.afn"}, []string{"orderWithDefects"}, orders},
		{"late_shipment_rate", "Late shipment rate", []string{"lateShipmentRate"}, []string{"lateShipmentCount"}, orders},
		{"pre_fulfillment_cancellation_rate", "Pre-fulfilment cancel rate", []string{"preFulfillmentCancellationRate", "prefulfillmentCancelRate", "preFulfillmentCancelRate"}, []string{"cancellationCount"}, orders},
		{"valid_tracking_rate", "Valid tracking rate", []string{"validTrackingRate"}, []string{"validTrackingCount"}, []string{"shipmentCount"}},
		{"on_time_delivery_rate", "On-time delivery rate", []string{"onTimeDeliveryRate"}, []string{"onTimeDeliveryCount"}, []string{"shipmentCountWithValidTracking"}},
		{"unit_on_time_delivery_rate", "Unit on-time delivery rate", []string{"unitOnTimeDeliveryRate"}, []string{"unitOnTimeDeliveryCount"}, []string{"totalUnitCount"}},
		{"invoice_defect_rate", "Invoice defect rate", []string{"invoiceDefectRate"}, []string{"invoiceDefect"}, orders},
		{"listing_policy_violations", "Listing policy violations", []string{"listingPolicyViolations"}, defects, nil},
		{"product_authenticity_customer_complaints", "Product authenticity complaints", []string{"productAuthenticityCustomerComplaints"}, defects, nil},
		{"product_condition_customer_complaints", "Product condition complaints", []string{"productConditionCustomerComplaints"}, defects, nil},
		{"product_safety_customer_complaints", "Product safety complaints", []string{"productSafetyCustomerComplaints"}, defects, nil},
		{"received_intellectual_property_complaints", "Received intellectual property complaints", []string{"receivedIntellectualPropertyComplaints"}, defects, nil},
		{"suspected_intellectual_property_violations", "Suspected intellectual property violations", []string{"suspectedIntellectualPropertyViolations"}, defects, nil},
		{"restricted_product_policy_violations", "Restricted product policy violations", []string{"restrictedProductPolicyViolations"}, defects, nil},
		{"food_and_product_safety_issues", "Food and product safety issues", []string{"foodAndProductSafetyIssues"}, defects, nil},
		{"other_policy_violations", "Other policy violations", []string{"otherPolicyViolations"}, defects, nil},
		{"document_requests", "Document requests", []string{"documentRequests", "documentRequest"}, defects, nil},
	}
}

func readHealth(ctx context.Context, j *jsonFile, x *documentCells, out *outlet) error {
	h := health{x: x, out: out, to: sender[source.HealthMetric]{stream: source.AccountHealth, snapshot: true, out: out}}
	err := j.keys(func(key string) (bool, error) {
		switch key {
		case "accountStatuses":
			return true, j.each(func(raw json.RawMessage, place int) error {
				return h.status(tracedEntry{path: j.path(key, place), raw: raw})
			})
		case "performanceMetrics":
			return true, j.each(func(raw json.RawMessage, place int) error {
				if err := ctx.Err(); err != nil {
					return err
				}
				return h.marketplace(tracedEntry{path: j.path(key, place), raw: raw})
			})
		}
		return false, nil
	})
	if err != nil {
		return err
	}
	return h.to.close()
}

// health makes the metrics of one document. Each metric gets the next number as its row, and so
// does what can't be understood, so that a number means one thing.
type health struct {
	x   *documentCells
	out *outlet
	to  sender[source.HealthMetric]
	row int32
	id  string // of the marketplace, as the document has it
}

// begin starts the entry of one marketplace.
func (h *health) begin(id string, e tracedEntry) (ok bool, err error) {
	h.x.begin()
	h.x.name = "marketplaceId"
	h.x.place([]byte(id))
	if h.x.faulty {
		return false, h.reject(e, h.x.column, h.x.fault)
	}
	h.id = id
	return true, nil
}

// reject notes an entry that can't be understood.
func (h *health) reject(e tracedEntry, column, reason string) error {
	h.row++
	h.out.rows++
	h.out.reject(int(h.row), column, column+": "+reason, string(e.raw))
	e.line = int(h.row)
	return h.out.trace.see(e)
}

// add makes a record of a metric and the entry that says it.
func (h *health) add(m source.HealthMetric, e tracedEntry) error {
	h.row++
	m.Row, m.Marketplace = h.row, h.x.at.code
	e.line, e.market = int(h.row), h.id
	if err := h.out.trace.see(e); err != nil {
		return err
	}
	h.out.rows++
	h.out.sold(m.Marketplace)
	if h.out.emit == nil {
		if h.x.before(m.Marketplace, m.Metric, m.Title) {
			h.out.repeated++
		}
		if !m.To.IsZero() {
			h.out.observed = max(h.out.observed, m.To.Unix())
		}
		for _, t := range []time.Time{m.From, m.To} {
			if !t.IsZero() {
				h.out.period = h.out.period.Include(h.x.at.day(t.Unix()))
			}
		}
	}
	return h.to.add(m)
}

// decode reads an entry; one of another form is a bad row.
func (h *health) decode(e tracedEntry, to any, name string) (ok bool, err error) {
	if err := json.Unmarshal(e.raw, to); err != nil {
		return false, h.reject(e, name, err.Error())
	}
	return true, nil
}

func (h *health) status(e tracedEntry) error {
	var s struct {
		ID     string `json:"marketplaceId"`
		Status string `json:"status"`
	}
	if ok, err := h.decode(e, &s, "accountStatuses"); !ok {
		return err
	}
	if ok, err := h.begin(s.ID, e); !ok {
		return err
	}
	return h.add(source.HealthMetric{Metric: "account_status", Title: "Account status", Status: s.Status}, e)
}

// marketplace makes the metrics of one entry of performanceMetrics.
func (h *health) marketplace(e tracedEntry) error {
	var sections map[string]json.RawMessage
	if ok, err := h.decode(e, &sections, "performanceMetrics"); !ok {
		return err
	}
	var id string
	_ = json.Unmarshal(sections["marketplaceId"], &id) // an id that is no text is no marketplace
	if ok, err := h.begin(id, e); !ok {
		return err
	}
	var defectRate map[string]json.RawMessage
	if err := json.Unmarshal(sections["orderDefectRate"], &defectRate); err == nil {
		sections["orderDefectRate.mfn"], sections["orderDefectRate.afn"] = defectRate["mfn"], defectRate["afn"]
	}
	for _, s := range healthSections() {
		if err := h.section(s, sections, e.path); err != nil {
			return err
		}
	}
	if err := h.rating(sections, e.path); err != nil {
		return err
	}
	return h.warnings(sections, e.path)
}

// section makes one metric, if the document has it under one of its spellings.
func (h *health) section(s healthSection, sections map[string]json.RawMessage, path string) error {
	for _, key := range s.keys {
		raw := sections[key]
		if len(raw) == 0 || string(raw) == "null" {
			continue
		}
		e := tracedEntry{path: path + "." + key, raw: raw}
		var fields map[string]json.RawMessage
		if ok, err := h.decode(e, &fields, key); !ok {
			return err
		}
		m := source.HealthMetric{Metric: s.metric, Title: s.title, Status: jsonText(fields["status"]), Condition: jsonText(fields["targetCondition"])}
		m.Rate, m.HasRate = jsonReal(fields["rate"])
		m.Target, m.HasTarget = jsonReal(fields["targetValue"])
		m.Count, m.HasCount = jsonCount(fields, s.count)
		m.Orders, _ = jsonCount(fields, s.of)
		m.From, m.To = h.window(fields["reportingDateRange"])
		return h.add(m, e)
	}
	return nil
}

func (h *health) rating(sections map[string]json.RawMessage, path string) error {
	var r struct {
		Status string          `json:"accountHealthRatingStatus"`
		Short  string          `json:"ahrStatus"`
		Range  json.RawMessage `json:"reportingDateRange"`
	}
	_ = json.Unmarshal(sections["accountHealthRating"], &r) // the section is optional
	if r.Status+r.Short == "" {
		return nil
	}
	m := source.HealthMetric{Metric: "account_health_rating", Title: "Account health rating", Status: r.Status}
	if m.Status == "" {
		m.Status = r.Short
	}
	m.From, m.To = h.window(r.Range)
	return h.add(m, tracedEntry{path: path + ".accountHealthRating", raw: sections["accountHealthRating"]})
}

func (h *health) warnings(sections map[string]json.RawMessage, path string) error {
	for _, key := range []string{"warningStates", "warningState"} {
		var list []struct {
			Type   string `json:"warningType"`
			Status string `json:"status"`
		}
		var raw []json.RawMessage
		if errors.Join(json.Unmarshal(sections[key], &list), json.Unmarshal(sections[key], &raw)) != nil {
			continue
		}
		for i, w := range list {
			e := tracedEntry{path: fmt.Sprintf("%s.%s[%d]", path, key, i), raw: raw[i]}
			if err := h.add(source.HealthMetric{Metric: "warning_states", Title: w.Type, Status: w.Status}, e); err != nil {
				return err
			}
		}
		return nil
	}
	return nil
}

func jsonText(raw json.RawMessage) string {
	var s string
	_ = json.Unmarshal(raw, &s) // absent or of another type: none
	return s
}

func jsonReal(raw json.RawMessage) (float64, bool) {
	var v *float64
	if err := json.Unmarshal(raw, &v); err != nil || v == nil {
		return 0, false
	}
	return *v, true
}

// jsonCount reads a count that is a number or an object with one, such as {"count": 3, "status": "GOOD"}.
func jsonCount(fields map[string]json.RawMessage, names []string) (int32, bool) {
	for _, name := range names {
		raw := fields[name]
		var nested struct {
			Count json.Number `json:"count"`
		}
		var n json.Number
		if json.Unmarshal(raw, &n) != nil {
			if json.Unmarshal(raw, &nested) != nil {
				continue
			}
			n = nested.Count
		}
		if v, ok := parse.Int([]byte(n), false); ok {
			return v, true
		}
	}
	return 0, false
}

// window reads the window of a metric. Amazon writes its ends as 00:00Z and 23:59Z whatever the
// store, so they are days of the marketplace and not instants of UTC (schema accountHealthReport-2020-11-18).
func (h *health) window(raw json.RawMessage) (from, to time.Time) {
	var r struct {
		From string `json:"reportingDateFrom"`
		To   string `json:"reportingDateTo"`
	}
	if err := json.Unmarshal(raw, &r); err != nil {
		return from, to
	}
	return h.local(jsonInstant(r.From)), h.local(jsonInstant(r.To))
}

// local is the instant at which clocks in the marketplace show what t shows in UTC.
func (h *health) local(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, h.x.at.loc).UTC()
}

func jsonInstant(s string) time.Time {
	stamp, ok := parse.Date([]byte(s), parse.YearFirst, false)
	if !ok {
		return time.Time{}
	}
	return time.Unix(stamp.Unix(time.UTC), 0).UTC()
}
