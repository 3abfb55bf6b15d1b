package practice

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"time"

	"purser/backend/core"
)

const adsReportMedia = "application/vnd.createasyncreportrequest.v3+json"

func adsReportOperations() []*operation {
	return []*operation{
		{name: "createAdsReport", api: apiAds, family: "reporting", method: http.MethodPost, path: "/reporting/reports", scoped: true, changes: true, media: adsReportMedia, handle: (*call).createAdsReport},
		{name: "getAdsReport", api: apiAds, family: "reporting", method: http.MethodGet, path: "/reporting/reports/{reportId}", scoped: true, handle: (*call).getAdsReport},
		{name: "cancelAdsReport", api: apiAds, family: "reporting", method: http.MethodDelete, path: "/reporting/reports/{reportId}", scoped: true, changes: true, handle: (*call).cancelAdsReport},
	}
}

// adsConfig is what a report of advertising is made of.
type adsConfig struct {
	Product string      `json:"adProduct"`
	GroupBy []string    `json:"groupBy"`
	Columns []string    `json:"columns"`
	Type    string      `json:"reportTypeId"`
	Unit    string      `json:"timeUnit"`
	Format  string      `json:"format"`
	Filters []adsFilter `json:"filters,omitempty"`
}

type adsFilter struct {
	Field  string   `json:"field"`
	Values []string `json:"values"`
}

// adsReport is a report of advertising that was asked for.
type adsReport struct {
	ID      string    `json:"id"`
	Region  string    `json:"region"`
	Market  string    `json:"market"`
	Name    string    `json:"name"`
	From    core.Day  `json:"from"`
	To      core.Day  `json:"to"`
	Config  adsConfig `json:"config"`
	Created time.Time `json:"created"`
	Started time.Time `json:"started"`
	Ended   time.Time `json:"ended"`
	Failed  bool      `json:"failed,omitempty"`
	Gone    bool      `json:"gone,omitempty"` // cancelled
	Empty   bool      `json:"empty,omitempty"`
}

// status is where a report of advertising stands at a moment.
func (r *adsReport) status(now time.Time) string {
	switch {
	case r.Gone:
		return "CANCELLED"
	case now.Before(r.Started):
		return "PENDING"
	case now.Before(r.Ended):
		return "PROCESSING"
	case r.Failed:
		return "FAILED"
	}
	return "COMPLETED"
}

// How far back reports of advertising go, and how many days one may be of.
const (
	adsHistory = 95
	adsWindow  = 31
)

type adsReportRequest struct {
	Name   string    `json:"name"`
	From   string    `json:"startDate"`
	To     string    `json:"endDate"`
	Config adsConfig `json:"configuration"`
}

func (c *call) createAdsReport() answer {
	var q adsReportRequest
	if a, ok := c.decode(&q); !ok {
		return a
	}
	c.about = append(c.about, q.Config.Type)
	bad := func(text string) answer {
		b, err := json.Marshal(object{"code": "400", "detail": text})
		if err != nil {
			b = nil // strings always marshal
		}
		return answer{status: http.StatusBadRequest, media: "application/json", body: b}
	}
	m, _ := core.MarketplaceByCode(c.profile)
	from, err1 := core.ParseDay(q.From)
	to, err2 := core.ParseDay(q.To)
	today := core.DayOf(c.now, c.zone(m))
	switch {
	case err1 != nil || err2 != nil || to < from || to > today:
		return bad("startDate and endDate are dates, in order and not in the future.")
	case to-from >= adsWindow:
		return bad(fmt.Sprintf("The range must not exceed %d days.", adsWindow))
	case from < today-adsHistory:
		return bad(fmt.Sprintf("startDate must not be more than %d days ago.", adsHistory))
	}
	if text := checkConfig(q.Config); text != "" {
		return bad(text)
	}
	r := &adsReport{Region: c.region, Market: c.profile, Name: q.Name, From: from, To: to, Config: q.Config, Created: c.now.Truncate(time.Second)}
	for _, o := range c.state.AdReports {
		if s := o.status(c.now); (s == "PENDING" || s == "PROCESSING") && o.Market == r.Market && o.From == from && o.To == to && reflect.DeepEqual(o.Config, r.Config) {
			return answer{
				status: http.StatusTooEarly, media: "application/json", body: []byte(`{"code":"425","detail":"The Request is a duplicate of : ` + o.ID + `"}`),
			}
		}
	}
	c.scheduleAds(r)
	c.state.AdReports = append(c.state.AdReports, r)
	a := c.ok(http.StatusOK, c.shownAds(r))
	a.media = "application/vnd.createasyncreportresponse.v3+json"
	return a
}

// scheduleAds decides when a report of advertising is made: after half a minute to half an hour.
func (c *call) scheduleAds(r *adsReport) {
	r.ID = c.uuid("ads report", c.next())
	h := hash(c.o.Seed, "ads time", r.ID)
	r.Started = r.Created.Add(c.takes(20 + h%400))
	r.Ended = r.Started.Add(c.takes(10 + h>>16%1400))
	if f := c.happens(ReportStuck); f != nil {
		r.Started = r.Created.Add(f.lasts(48 * time.Hour))
		r.Ended = r.Started.Add(time.Minute)
	}
	r.Failed, r.Empty = c.strikes(ReportFatal), c.strikes(EmptyReport)
}

// checkConfig says what is wrong with a configuration.
func checkConfig(q adsConfig) string {
	kind, ok := adsReportTypes()[q.Type]
	switch {
	case q.Product != "SPONSORED_PRODUCTS":
		return "adProduct must be SPONSORED_PRODUCTS for " + q.Type + "."
	case !ok:
		return "Report type " + q.Type + " is not known."
	case q.Format != "GZIP_JSON":
		return "format must be GZIP_JSON."
	case q.Unit != "DAILY" && q.Unit != "SUMMARY":
		return "timeUnit must be DAILY or SUMMARY."
	case len(q.GroupBy) != 1 || !slices.Contains(kind.groupBy, q.GroupBy[0]):
		return "groupBy must be one of " + strings.Join(kind.groupBy, ", ") + "."
	case len(q.Columns) == 0:
		return "columns are needed."
	}
	var invalid []string
	for _, col := range q.Columns {
		daily := q.Unit == "DAILY"
		if !kind.has(col) || col == "date" && !daily || (col == "startDate" || col == "endDate") && daily {
			invalid = append(invalid, col)
		}
	}
	if len(invalid) > 0 {
		return "configuration columns includes invalid values: (" + strings.Join(invalid, ", ") + "). Allowed values: (" + strings.Join(kind.all(), ", ") + ")"
	}
	for _, f := range q.Filters {
		if !slices.Contains(kind.filters, f.Field) || len(f.Values) == 0 {
			return "filter " + f.Field + " is not allowed for " + q.Type + "."
		}
	}
	return ""
}

func (c *call) shownAds(r *adsReport) object {
	out := object{
		"reportId": r.ID, "name": r.Name, "startDate": r.From.String(), "endDate": r.To.String(), "configuration": r.Config,
		"status": r.status(c.now), "createdAt": iso(r.Created), "updatedAt": iso(earlier(c.now, r.Ended)), "generatedAt": nil, "url": nil,
		"urlExpiresAt": nil, "fileSize": nil, "failureReason": nil,
	}
	switch r.status(c.now) {
	case "FAILED":
		out["failureReason"] = "Internal error while the report was generated."
	case "COMPLETED":
		out["generatedAt"], out["url"], out["urlExpiresAt"] = iso(r.Ended), c.address(r.ID, adsDocumentLife, false), iso(c.now.Add(adsDocumentLife))
		out["fileSize"] = len(pack(c.adsFile(r, false)))
	}
	return out
}

func (c *call) findAdsReport() *adsReport {
	for _, r := range c.state.AdReports {
		if r.ID == c.parts["reportId"] && r.Market == c.profile && c.now.Sub(r.Created) < reportLife {
			c.about = append(c.about, r.Config.Type)
			return r
		}
	}
	return nil
}

func (c *call) getAdsReport() answer {
	r := c.findAdsReport()
	if r == nil {
		return c.fail(http.StatusNotFound, "", "Report "+c.parts["reportId"]+" was not found.", "")
	}
	a := c.ok(http.StatusOK, c.shownAds(r))
	a.media = "application/vnd.getasyncreportresponse.v3+json"
	return a
}

func (c *call) cancelAdsReport() answer {
	r := c.findAdsReport()
	switch {
	case r == nil:
		return c.fail(http.StatusNotFound, "", "Report "+c.parts["reportId"]+" was not found.", "")
	case r.status(c.now) != "PENDING":
		return c.fail(http.StatusBadRequest, "", "Only reports that are PENDING can be cancelled.", "")
	}
	r.Gone = true
	return c.ok(http.StatusOK, object{"reportId": r.ID})
}
