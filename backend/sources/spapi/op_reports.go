package spapi

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"purser/backend/platform/httpx"
)

const reportsPath = "/reports/2021-06-30"

// The states of a report.
const (
	reportQueued    = "IN_QUEUE"
	reportAtWork    = "IN_PROGRESS"
	reportDone      = "DONE"
	reportCancelled = "CANCELLED" // also: there was nothing to report
	reportFatal     = "FATAL"
)

// ReportRequest is what to make a report of.
type ReportRequest struct {
	Type         string            `json:"reportType"`
	Marketplaces []string          `json:"marketplaceIds"`
	Start        string            `json:"dataStartTime,omitempty"`
	End          string            `json:"dataEndTime,omitempty"`
	Options      map[string]string `json:"reportOptions,omitempty"`
}

// Report is one that was asked for.
type Report struct {
	ID           text   `json:"reportId"`
	Type         text   `json:"reportType"`
	Marketplaces []text `json:"marketplaceIds"`
	Start        text   `json:"dataStartTime"`
	End          text   `json:"dataEndTime"`
	Created      text   `json:"createdTime"`
	Started      text   `json:"processingStartTime"`
	Status       text   `json:"processingStatus"`
	Document     text   `json:"reportDocumentId"`
}

// ReportFilter says which reports to list.
type ReportFilter struct {
	Types        []string // at most 10
	Statuses     []string
	Marketplaces []string // ids, at most 10
	Since, Until time.Time
	PageSize     int    // 1–100; 0: Amazon's own
	Next         string // token of the next page: nothing else is sent with it
}

// ReportPage is one page of reports.
type ReportPage struct {
	Reports []Report `json:"reports"`
	Next    text     `json:"nextToken"`
}

// document is where the document of a report is. The address is a secret for five minutes.
type document struct {
	URL text `json:"url"`
}

func createReport(region string, r ReportRequest, strict bool) call {
	q := call{operation: "createReport", region: region, method: http.MethodPost, path: reportsPath + "/reports", body: r}
	if strict {
		q.second = r.Type
	}
	return q
}

func getReport(region, id string) call {
	return get("getReport", region, reportsPath+"/reports/"+part(id), nil)
}

func getReports(region string, f ReportFilter) call {
	q := url.Values{}
	if f.Next != "" {
		q.Set("nextToken", f.Next)
		return get("getReports", region, reportsPath+"/reports", q)
	}
	list(q, "reportTypes", f.Types...)
	list(q, "processingStatuses", f.Statuses...)
	list(q, "marketplaceIds", f.Marketplaces...)
	if f.PageSize > 0 {
		q.Set("pageSize", strconv.Itoa(f.PageSize))
	}
	if !f.Since.IsZero() {
		q.Set("createdSince", moment(f.Since))
	}
	if !f.Until.IsZero() {
		q.Set("createdUntil", moment(f.Until))
	}
	return get("getReports", region, reportsPath+"/reports", q)
}

// Reports lists reports of the account.
func (c *Client) Reports(ctx context.Context, region string, f ReportFilter) (ReportPage, error) {
	out, _, err := ask[ReportPage](ctx, c, getReports(region, f))
	return out, plain(err)
}

// mostReport is how many bytes the document of a report may have, unpacked.
const mostReport = 512 << 20

// download fetches the document of a report: its address first, then, at once, what is there. Nothing of ours goes
// along: the address itself lets one in. gone says that the address is no longer good; another has to be asked for.
func (c *Client) download(ctx context.Context, region, id string) (res *httpx.Response, gone bool, err error) {
	q := get("getReportDocument", region, reportsPath+"/documents/"+part(id), nil)
	at, answer, err := ask[document](ctx, c, q)
	if err != nil {
		return nil, false, err
	}
	if at.URL == "" {
		return nil, false, unreadable(q, answer, errNoAddress)
	}
	q.operation = "downloadReportDocument"
	res, err = c.o.HTTP.Do(ctx, httpx.Request{Method: http.MethodGet, URL: string(at.URL), MaxBody: mostReport, Loopback: c.local(region)})
	var held *httpx.RefusedError
	switch {
	case errors.As(err, &held): // it is Amazon's answer that is wrong, not what was asked for
		return nil, false, unreadable(q, answer, err)
	case err != nil:
		return nil, false, unanswered(ctx, q, err)
	case res.Status == http.StatusOK && !isPage(res.Body):
		return res, false, nil
	case res.Status == http.StatusForbidden, res.Status == http.StatusNotFound, res.Status == http.StatusBadRequest:
		return nil, true, nil
	case res.Status == http.StatusOK:
		return nil, false, unreadable(q, &httpx.Response{Status: res.Status, Body: []byte("<html>"), Header: res.Header}, errPage)
	}
	return nil, false, refused(q, &httpx.Response{Status: http.StatusServiceUnavailable, Body: res.Body, Header: res.Header})
}
