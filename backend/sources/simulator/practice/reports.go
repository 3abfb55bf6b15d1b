package practice

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"purser/backend/core"
)

// reportLife is how long a report can be asked for.
const reportLife = 90 * 24 * time.Hour

// The states of a report.
const (
	inQueue    = "IN_QUEUE"
	inProgress = "IN_PROGRESS"
	done       = "DONE"
	cancelled  = "CANCELLED"
	fatal      = "FATAL"
)

// report is one that was asked for.
type report struct {
	ID       string            `json:"id"`
	Region   string            `json:"region"`
	Type     string            `json:"type"`
	Markets  []string          `json:"markets"` // codes
	From     time.Time         `json:"from,omitzero"`
	To       time.Time         `json:"to,omitzero"`
	Options  map[string]string `json:"options,omitempty"`
	Created  time.Time         `json:"created"`
	Started  time.Time         `json:"started"`
	Ended    time.Time         `json:"ended"`
	Outcome  string            `json:"outcome"` // how it ends
	Document string            `json:"document"`
	Error    string            `json:"error,omitempty"`   // text of the document of a report that failed
	Empty    bool              `json:"empty,omitempty"`   // its rows are not there yet
	Settled  string            `json:"settled,omitempty"` // id of the settlement it is of
	End      time.Time         `json:"end,omitzero"`      // of the settlement
}

// status is where a report stands at a moment.
func (r *report) status(now time.Time) string {
	switch {
	case now.Before(r.Started) && (r.Outcome != cancelled || now.Before(r.Ended)):
		return inQueue
	case now.Before(r.Ended):
		return inProgress
	}
	return r.Outcome
}

// youngest is how old the end of a window may be for its last rows to be told again by the windows after it.
const youngest = 14 * 24 * time.Hour

// toldAgain says whether another report will tell the last rows of this one. A settlement says what its rows add up to.
func (r *report) toldAgain(now time.Time) bool {
	return r.Settled != "" || r.To.IsZero() || now.Sub(r.To) < youngest
}

func reportOperations() []*operation {
	const base = "/reports/2021-06-30"
	return []*operation{
		{name: "createReport", api: apiSP, family: "reports", method: http.MethodPost, path: base + "/reports", changes: true, handle: (*call).createReport},
		{
			name: "getReports", api: apiSP, family: "reports", method: http.MethodGet, path: base + "/reports", handle: (*call).getReports,
			query: []string{"reportTypes", "processingStatuses", "marketplaceIds", "pageSize", "createdSince", "createdUntil", "nextToken"},
		},
		{name: "getReport", api: apiSP, family: "reports", method: http.MethodGet, path: base + "/reports/{reportId}", handle: (*call).getReport},
		{name: "cancelReport", api: apiSP, family: "reports", method: http.MethodDelete, path: base + "/reports/{reportId}", changes: true, handle: (*call).cancelReport},
		{
			name: "getReportDocument", api: apiSP, family: "reports", method: http.MethodGet, path: base + "/documents/{reportDocumentId}",
			query: []string{"enableContentEncodingUrlHeader"}, handle: (*call).getReportDocument,
		},
	}
}

type reportRequest struct {
	Options map[string]string `json:"reportOptions"`
	Type    string            `json:"reportType"`
	From    *string           `json:"dataStartTime"`
	To      *string           `json:"dataEndTime"`
	Markets []string          `json:"marketplaceIds"`
}

func (c *call) createReport() answer {
	var q reportRequest
	if a, ok := c.decode(&q); !ok {
		return a
	}
	kind, known := reportTypes()[q.Type]
	switch {
	case q.Type == "":
		return c.invalid("reportType is missing", "")
	case len(q.Markets) == 0 || len(q.Markets) > 25:
		return c.invalid("marketplaceIds must name 1 to 25 marketplaces", "")
	case !known:
		return c.invalid("Invalid Report Type "+q.Type, "")
	case kind.listed:
		return c.fail(http.StatusBadRequest, "InvalidInput", "Request for report type 1118 is not allowed at this time", "")
	}
	c.about = append(c.about, q.Type)
	ms, a, ok := c.marketsOf(q.Markets)
	if !ok {
		return a
	}
	if kind.single && len(ms) > 1 {
		return c.invalid("The report type takes one marketplace", "")
	}
	r := &report{Region: c.region, Type: q.Type, Options: q.Options, Created: c.now.Truncate(time.Second)}
	for _, m := range ms {
		r.Markets = append(r.Markets, m.Code)
	}
	if a, ok := c.reportWindow(kind, q, r); !ok {
		return a
	}
	for k, v := range q.Options {
		words, ok := kind.options[k]
		if !ok || !slices.Contains(words, v) {
			return c.invalid("Invalid report option "+k+": "+v, "")
		}
	}
	if c.strikes(ReportRefused) {
		return c.invalid("Your report could not be applied to any marketplaces.", "")
	}
	c.schedule(r, kind)
	c.state.Reports = append(c.state.Reports, r)
	return c.ok(http.StatusAccepted, object{"reportId": r.ID})
}

// reportWindow reads the dates of a request. Without an end it is now; without a start the report has none.
func (c *call) reportWindow(kind reportType, q reportRequest, r *report) (answer, bool) {
	var ok bool
	if q.From != nil {
		if r.From, ok = parseTime(*q.From); !ok {
			return c.invalid("dataStartTime is not an ISO 8601 date-time", *q.From), false
		}
	}
	if q.To != nil {
		if r.To, ok = parseTime(*q.To); !ok {
			return c.invalid("dataEndTime is not an ISO 8601 date-time", *q.To), false
		}
	}
	switch {
	case kind.window == 0:
		r.From, r.To = time.Time{}, time.Time{} // Amazon takes dates and does not mind them
		return answer{}, true
	case kind.needs && r.From.IsZero():
		return c.invalid("dataStartTime is required for "+q.Type, ""), false
	case r.From.IsZero():
		r.To = time.Time{}
		return answer{}, true
	case r.To.IsZero():
		r.To = c.now.Truncate(time.Second)
	}
	switch {
	case r.From.After(c.now) || r.To.Before(r.From):
		return c.invalid("dataStartTime must lie before dataEndTime and not in the future", ""), false
	case r.To.Sub(r.From) > kind.window:
		return c.invalid(fmt.Sprintf("The date range of %s must not exceed %d days", q.Type, int(kind.window.Hours()/24)), ""), false
	}
	return answer{}, true
}

// schedule decides when a report is made and how it ends: in the queue for some seconds, at work for some more.
func (c *call) schedule(r *report, kind reportType) {
	n := c.next()
	r.ID = fmt.Sprintf("%d%s", 50000+n%1000, c.digits(8, "report", strconv.FormatInt(n, 10)))
	r.Document = "amzn1.spdoc.1.4." + c.region + "." + c.uuid("document", n) + ".T" + c.digits(10, "doc", strconv.FormatInt(n, 10)) + ".2600"
	h := hash(c.o.Seed, "report time", r.ID)
	r.Started = r.Created.Add(c.takes(5 + h%55))
	r.Ended = r.Started.Add(c.takes(10 + h>>16%170))
	r.Outcome = done
	if f := c.happens(ReportStuck); f != nil {
		r.Ended = r.Started.Add(f.lasts(48 * time.Hour))
	}
	switch {
	case c.again(r) && c.strikes(ReportRepeated), c.strikes(ReportFatal):
		r.Outcome, r.Document = fatal, ""
	case c.strikes(ReportFatalDoc):
		r.Outcome, r.Error = fatal, "The report could not be generated: the requested window is not available."
	case c.strikes(ReportCancel), kind.cancels && rows(c.reportFile(r)) == 0:
		r.Outcome, r.Document = cancelled, ""
	case c.strikes(EmptyReport):
		r.Empty = true
	}
}

// again says whether the same report was asked for in the last half hour.
func (c *call) again(r *report) bool {
	return slices.ContainsFunc(c.state.Reports, func(o *report) bool {
		return o.Type == r.Type && slices.Equal(o.Markets, r.Markets) && r.Created.Sub(o.Created) < 30*time.Minute
	})
}

// rows counts the rows of a flat file below its header.
func rows(file []byte) int { return max(0, strings.Count(string(file), "\n")-1) }

// shown is a report as the API tells of it.
func (c *call) shown(r *report) object {
	status := r.status(c.now)
	ids := []string{}
	for _, code := range r.Markets {
		if m, ok := core.MarketplaceByCode(code); ok {
			ids = append(ids, string(m.ID))
		}
	}
	out := object{
		"reportId": r.ID, "reportType": r.Type, "marketplaceIds": ids, "createdTime": iso(r.Created), "processingStatus": status,
	}
	if !r.From.IsZero() {
		out["dataStartTime"], out["dataEndTime"] = iso(r.From), iso(r.To)
	}
	if status != inQueue {
		out["processingStartTime"] = iso(r.Started)
	}
	if status != inQueue && status != inProgress {
		out["processingEndTime"] = iso(r.Ended)
		if r.Document != "" {
			out["reportDocumentId"] = r.Document
		}
	}
	return out
}

// findReport finds a report of the region that is not too old.
func (c *call) findReport(ok func(*report) bool) *report {
	for _, r := range c.allReports() {
		if r.Region == c.region && c.now.Sub(r.Created) < reportLife && !r.Created.After(c.now) && ok(r) {
			c.about = append(c.about, append([]string{r.Type}, r.Markets...)...)
			return r
		}
	}
	return nil
}

// allReports are those asked for, and the settlements that Amazon made by itself.
func (c *call) allReports() []*report { return append(c.settlementReports(), c.state.Reports...) }

func (c *call) getReport() answer {
	r := c.findReport(func(r *report) bool { return r.ID == c.parts["reportId"] })
	if r == nil {
		return c.fail(http.StatusNotFound, "NotFound", "Report "+c.parts["reportId"]+" was not found", "")
	}
	return c.ok(http.StatusOK, c.shown(r))
}

func (c *call) cancelReport() answer {
	r := c.findReport(func(r *report) bool { return r.ID == c.parts["reportId"] })
	switch {
	case r == nil:
		return c.fail(http.StatusNotFound, "NotFound", "Report "+c.parts["reportId"]+" was not found", "")
	case r.status(c.now) != inQueue:
		return c.invalid("Only reports that are IN_QUEUE can be cancelled", r.status(c.now))
	}
	r.Outcome, r.Document, r.Ended = cancelled, "", c.now
	return answer{status: http.StatusOK, media: "application/json"}
}

func (c *call) getReports() answer {
	q, p := c.query, pages{token: c.query.Get("nextToken"), life: 24 * time.Hour, whole: true}
	if p.token != "" && len(q) > 1 {
		return c.invalid("nextToken must be the only parameter", "")
	}
	at, t, ok := c.begin(&p)
	if !ok {
		return c.invalid("Invalid nextToken", "")
	}
	if p.token != "" {
		q, _ = url.ParseQuery(t.Query) // the server wrote it itself
		c.query = q
	}
	list, a, ok := c.chosenReports(at, &p)
	if !ok {
		return a
	}
	t.Query = q.Encode()
	page, next := cut(c, list, p, t)
	out := object{"reports": []object{}}
	shown := make([]object, 0, len(page))
	for _, r := range page {
		shown = append(shown, c.shown(r))
	}
	out["reports"] = shown
	if next != "" {
		out["nextToken"] = next
	}
	return c.ok(http.StatusOK, out)
}

// chosenReports are those that the parameters ask for, newest first.
func (c *call) chosenReports(at time.Time, p *pages) ([]*report, answer, bool) {
	types, ok1 := c.listOf("reportTypes", 10)
	states, ok2 := c.listOf("processingStatuses", 5, cancelled, done, fatal, inProgress, inQueue)
	ids, ok3 := c.listOf("marketplaceIds", 10)
	size, ok4 := c.number("pageSize", 10, 1, 100)
	since, ok5 := c.moment("createdSince")
	until, ok6 := c.moment("createdUntil")
	if !ok1 || !ok2 || !ok3 || !ok4 || !ok5 || !ok6 || len(types) == 0 {
		return nil, c.invalid("Invalid request parameters", "reportTypes are needed, at most 10; pageSize is 1 to 100; times are ISO 8601"), false
	}
	p.size = size
	ms, a, ok := c.marketsOf(ids)
	if !ok {
		return nil, a, false
	}
	c.about = append(c.about, types...)
	mixed := slices.Contains(types, settlementType) && c.strikes(MixedSettled)
	var out []*report
	for _, r := range c.allReports() {
		switch {
		case r.Region != c.region || r.Created.After(at) || at.Sub(r.Created) >= reportLife, !slices.Contains(types, r.Type):
		case len(states) > 0 && !slices.Contains(states, r.status(at)):
		case r.Created.Before(since) || !until.IsZero() && r.Created.After(until):
		case len(ms) > 0 && !mixed && !slices.ContainsFunc(ms, func(m core.Marketplace) bool { return slices.Contains(r.Markets, m.Code) }):
		default:
			out = append(out, r)
			if mixed && len(out)%2 == 1 {
				out = append(out, r)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b *report) int { return b.Created.Compare(a.Created) })
	return out, answer{}, true
}

// iso is an instant as answers write it.
func iso(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

func lower(s string) string { return strings.ToLower(s) }
