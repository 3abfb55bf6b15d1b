package adsapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"time"

	"purser/backend/core/source"
	"purser/backend/platform/httpx"
)

// reportRequest is the body of createReport.
type reportRequest struct {
	Name          string       `json:"name"`
	StartDate     string       `json:"startDate"`
	EndDate       string       `json:"endDate"`
	Configuration reportConfig `json:"configuration"`
}

type reportConfig struct {
	AdProduct    string   `json:"adProduct"`
	GroupBy      []string `json:"groupBy"`
	Columns      []string `json:"columns"`
	ReportTypeID string   `json:"reportTypeId"`
	TimeUnit     string   `json:"timeUnit"`
	Format       string   `json:"format"`
}

// reportStatus is what Amazon says of a report.
type reportStatus struct {
	ID      string `json:"reportId"`
	Status  string `json:"status"`
	Failure string `json:"failureReason"`
	URL     string `json:"url"`
	Created string `json:"createdAt"`
}

// underWay finds the report in the answer to a request that is one already: `{"code":"425","detail":"The Request is a
// duplicate of : a15115d8-3da4-49a4-95d5-cc0a3af5f85d"}`.
var underWay = regexp.MustCompile(`[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}`)

// create asks for a report. Asking again for one that is under way is harmless: Amazon answers 425 with its id, which
// is also how one is found again that was asked for right before a restart.
func (c *Client) create(ctx context.Context, t task) (source.Step, error) {
	q := call{
		operation: "createReport", rate: "createReport", region: t.ask.Region, profile: t.profile.ID.String(), method: http.MethodPost,
		path: "/reporting/reports", media: mediaReport, takes: http.StatusTooEarly,
	}
	got, res, err := ask[struct {
		reportStatus
		Detail  string `json:"detail"`
		Details string `json:"details"`
	}](ctx, c, q, t.request())
	if err != nil {
		return c.heldBack(t, err)
	}
	id := got.ID
	if res.Status == http.StatusTooEarly {
		id = underWay.FindString(got.Detail + " " + got.Details)
	}
	if id == "" {
		return source.Step{}, unreadable(q, res, fmt.Errorf("no report is named in an answer of status %d", res.Status))
	}
	t.state = state{Phase: phasePoll, ID: id, Since: c.o.Clock.Now().Unix()}
	return source.Step{State: t.state.text(), Wait: paces().Report.after(0, t.salt())}, nil
}

func (t task) request() reportRequest {
	return reportRequest{
		Name: fmt.Sprintf("Purser %s %s %s", t.report.name, t.days.From, t.days.To), StartDate: t.days.From.String(), EndDate: t.days.To.String(),
		Configuration: reportConfig{
			AdProduct: "SPONSORED_PRODUCTS", GroupBy: []string{t.report.groupBy}, Columns: t.report.columns, ReportTypeID: t.report.name,
			TimeUnit: "DAILY", Format: "GZIP_JSON",
		},
	}
}

// heldBack waits longer each time that Amazon takes no request for a report and does not say for how long. That has
// lasted for weeks: after a day the person is told.
func (c *Client) heldBack(t task, err error) (source.Step, error) {
	e := asAPI(err)
	if e == nil || e.Fault != source.FaultThrottled {
		return source.Step{}, err
	}
	late, over := t.late(c.o.Clock.Now())
	if over {
		e.Message = "Amazon has taken no request for this report for a day. It is tried again; until then, import the report as a file from the campaign manager."
		return source.Step{}, err
	}
	wait := e.After
	if wait == 0 {
		wait = paces().Backoff.after(t.state.Tries, t.salt())
		c.emptied(t.ask.Region, "createReport", wait)
	}
	if e.Status != 0 {
		t.state.Tries++ // by Amazon itself, not by what is left here
	}
	return source.Step{State: t.state.text(), Wait: wait, Late: late}, nil
}

// poll asks how far a report is, and fetches it where it is made: its address is good for an hour only.
func (c *Client) poll(ctx context.Context, t task) (source.Step, error) {
	q := call{
		operation: "getReport", rate: "getReport", region: t.ask.Region, profile: t.profile.ID.String(), method: http.MethodGet,
		path: "/reporting/reports/" + url.PathEscape(t.state.ID), media: mediaReport, accept: "application/json",
	}
	got, res, err := ask[reportStatus](ctx, c, q, nil)
	if e := asAPI(err); e != nil && e.Status == http.StatusNotFound {
		e.Fault, e.Message = source.FaultFatal, "Amazon no longer knows the report that it was asked for. It is asked for anew."
	}
	if err != nil {
		return source.Step{}, err
	}
	late, over := t.late(c.o.Clock.Now())
	switch got.Status {
	case "COMPLETED":
		return c.fetch(ctx, t, q, got)
	case "FAILED", "CANCELLED":
		return source.Step{}, &failure{fault(q, source.FaultFatal, res, "Amazon could not make this report: "+reason(got.Failure), nil), false}
	}
	if over {
		return source.Step{}, &failure{fault(q, source.FaultFatal, res, "Amazon has not made this report within a day. It is asked for anew.", nil), false}
	}
	t.state.Polls++
	return source.Step{State: t.state.text(), Wait: paces().Report.after(t.state.Polls, t.salt()), Late: late}, nil
}

func reason(s string) string {
	if s == "" {
		return "it did not say why."
	}
	return clip(httpx.Redact(s))
}

const (
	// mostReport is how many bytes a report may have, unpacked.
	mostReport = 256 << 20
	// mostFetches is how many addresses are tried.
	mostFetches = 5
)

// fetch brings the document of a report. The address carries what lets one in; nothing of ours goes with it.
func (c *Client) fetch(ctx context.Context, t task, q call, made reportStatus) (source.Step, error) {
	q.operation = "getReportDocument"
	if wait := c.take(q.region, q.operation, Rates()[q.operation]); wait > 0 {
		return source.Step{State: t.state.text(), Wait: wait}, nil
	}
	loopback := local(c.o.Endpoints[q.region])
	res, err := c.o.HTTP.Do(ctx, httpx.Request{Method: http.MethodGet, URL: made.URL, MaxBody: mostReport, Loopback: loopback})
	var held *httpx.RefusedError
	switch {
	case errors.As(err, &held):
		return source.Step{}, &failure{fault(q, source.FaultUnavailable, nil, "Amazon names an address of the report that cannot be used. It is asked again by itself.", err), true}
	case err != nil:
		return source.Step{}, unanswered(ctx, q, err)
	case res.Status == http.StatusOK:
	case t.state.Fetches+1 < mostFetches && (res.Status == http.StatusForbidden || res.Status == http.StatusNotFound):
		t.state.Fetches++ // the address is too old: the next question gives another one
		return source.Step{State: t.state.text(), Wait: paces().Report.after(t.state.Fetches, t.salt())}, nil
	default:
		return source.Step{}, &failure{fault(q, source.FaultUnavailable, res, "Amazon has made the report and does not hand it out. It is asked again by itself.", nil), false}
	}
	var rows []json.RawMessage
	if err := json.Unmarshal(res.Body, &rows); err != nil {
		return source.Step{}, unreadable(q, res, err)
	}
	p := t.profile
	d, err := document(
		fmt.Sprintf("ads %s %s %s %s.json", t.report.name, t.ask.Marketplace, t.days.From, t.days.To),
		about{
			Operation: "getReport", Region: q.region, Marketplace: t.ask.Marketplace, From: t.days.From.String(), To: t.days.To.String(),
			Report: t.report.name, Profile: p.ID.String(), Currency: string(p.Currency), Zone: p.Zone,
		}, res.Body, observed(made, res.At), t.state.ID)
	if err != nil {
		return source.Step{}, unreadable(q, res, err)
	}
	return source.Step{State: t.state.text(), Documents: []source.Fetched{d}, Done: true, Covered: t.covered}, nil
}

// observed is when a report was asked for, which is the latest that it is sure to be as new as: Amazon may be days in
// making it. The same report fetched twice is the same document.
func observed(made reportStatus, now time.Time) time.Time {
	at, err := time.Parse(time.RFC3339, made.Created)
	if err != nil || at.After(now) {
		return now
	}
	return at
}
