package spapi

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

// adoptAllowance is how far the clocks of this computer and of Amazon may be apart when a report is looked for again.
const adoptAllowance = 10 * time.Minute

// report moves a report on: announced, asked for, waited for, fetched.
func (c *Client) report(ctx context.Context, t task, r reportFeed) (source.Step, error) {
	if t.Resumed && t.state.Phase == phaseCreate {
		t.state.Phase = phaseAdopt // it may have been asked for
	}
	switch t.state.Phase {
	case phaseAdopt:
		return c.adopt(ctx, t, r)
	case phaseCreate:
		return c.create(ctx, t, r)
	case phasePoll:
		return c.poll(ctx, t, r)
	case phaseDocument:
		return c.fetch(ctx, t, r)
	}
	return state{Phase: phaseCreate, At: c.now()}.step(0), nil
}

// request is what the report is made of.
func (t task) request(r reportFeed) ReportRequest {
	q := ReportRequest{Type: r.report, Marketplaces: []string{string(t.market.ID)}, Options: r.options}
	switch {
	case r.Snapshot:
	case r.DayByDay:
		// Days of the marketplace are written without its zone.
		q.Start, q.End = t.Day.String()+"T00:00:00Z", t.Day.String()+"T23:59:59Z"
	default:
		q.Start, q.End = moment(t.From), moment(t.To)
	}
	return q
}

// create asks for the report. It was announced in the step before.
func (c *Client) create(ctx context.Context, t task, r reportFeed) (source.Step, error) {
	if r.DayByDay && t.Day == 0 {
		return source.Step{}, fmt.Errorf("%s is asked for one day at a time", r.Title)
	}
	q := createReport(t.Region, t.request(r), r.report == trafficType)
	got, res, err := ask[struct {
		ID text `json:"reportId"`
	}](ctx, c, q)
	switch {
	case err != nil:
		return source.Step{}, notMade(err)
	case got.ID == "":
		return source.Step{}, unreadable(q, res, errNoStatus)
	}
	return c.waitFor(string(got.ID)), nil
}

func (c *Client) waitFor(id string) source.Step {
	return state{Phase: phasePoll, ID: id, At: c.now()}.step(pollWait(0, 0))
}

// notMade tells a refusal that only says that Amazon does not make this report for the account from one that speaks
// against the request.
func notMade(err error) error {
	e := asAPI(err)
	if !badRequest(e) {
		return err
	}
	t, _ := said([]byte(e.Raw))
	if t.has("could not be applied to any marketplace") || t.has("is not allowed at this time") {
		e.Fault = source.FaultNotOffered
		e.Message = "Amazon does not make this report for the account at the moment. It is asked for again another day."
	}
	return err
}

// adopt looks for a report that may have been asked for right before a restart, or whose answer was lost, and asks for
// it where there is none.
func (c *Client) adopt(ctx context.Context, t task, r reportFeed) (source.Step, error) {
	want := t.request(r)
	page, err := c.reports(ctx, t.Region, ReportFilter{
		Types: []string{r.report}, Marketplaces: want.Marketplaces, Since: time.Unix(t.state.At, 0).Add(-adoptAllowance), PageSize: 100,
	})
	if e := asAPI(err); e != nil && e.Fault == source.FaultThrottled {
		return t.state.step(max(e.After, time.Second)), nil // what is known of the restart must not be lost
	}
	if err != nil {
		return source.Step{}, err
	}
	var found *Report
	for i, p := range page.Reports {
		if p.answers(want) && (found == nil || p.Created.time().After(found.Created.time())) {
			found = &page.Reports[i]
		}
	}
	if found != nil {
		return c.waitFor(string(found.ID)), nil
	}
	return c.create(ctx, t, r) // announced since before the restart
}

// answers says whether a report is what was asked for.
func (p Report) answers(q ReportRequest) bool {
	return string(p.Type) == q.Type && slices.Equal(p.Marketplaces, []text{text(q.Marketplaces[0])}) &&
		(q.Start == "" || same(p.Start, q.Start) && same(p.End, q.End))
}

// same compares two instants to the second.
func same(a text, b string) bool {
	return a.time().Truncate(time.Second).Equal(text(b).time().Truncate(time.Second))
}

func (c *Client) reports(ctx context.Context, region string, f ReportFilter) (ReportPage, error) {
	out, _, err := ask[ReportPage](ctx, c, getReports(region, f))
	return out, err
}

// poll asks how far the report is. One that takes days is late and waited for; there is never a second beside it.
func (c *Client) poll(ctx context.Context, t task, r reportFeed) (source.Step, error) {
	q := getReport(t.Region, t.state.ID)
	got, res, err := ask[Report](ctx, c, q)
	if e := asAPI(err); e != nil && e.Status == http.StatusNotFound {
		e.Fault, e.Message = source.FaultExpiredPage, "Amazon no longer knows the report that was asked for. It is asked for anew."
	}
	if err != nil {
		return source.Step{}, err
	}
	switch got.Status {
	case reportDone:
		if got.Document == "" {
			return source.Step{}, unreadable(q, res, errNoAddress)
		}
		// What it tells was so when Amazon began to make it, not when it was done: that may be days later, and meanwhile
		// newer answers have come.
		made := max(got.Started.time().Unix(), got.Created.time().Unix(), 0)
		return state{Phase: phaseDocument, ID: t.state.ID, Doc: string(got.Document), Made: made, At: t.state.At}.step(0), nil
	case reportCancelled:
		return t.nothing(r, madeAt(max(got.Started.time().Unix(), got.Created.time().Unix(), 0), res.At)), nil
	case reportFatal:
		return source.Step{}, c.fatal(ctx, t, r, got)
	}
	// IN_QUEUE, IN_PROGRESS, and whatever else Amazon may call it.
	age := time.Duration(c.now()-t.state.At) * time.Second
	t.state.Polls++
	s := t.state.step(pollWait(t.state.Polls, age))
	s.Late = late(age)
	return s, nil
}

// nothing ends with a report that was cancelled. Of a snapshot that is told so, the document that would have said that
// there is nothing says it: what was there before is not any more.
func (t task) nothing(r reportFeed, at time.Time) source.Step {
	s := source.Step{State: t.state.text(), Done: true, Nothing: "Amazon had nothing to report."}
	if len(r.none) == 0 {
		return s
	}
	name := fmt.Sprintf("%s %s %s none.txt", r.Title, t.market.Code, t.state.ID)
	s.Documents = []source.Fetched{{
		File: file(name, []byte(strings.Join(r.none, "\t")+"\r\n"), at), Request: t.state.ID,
		Options: source.Options{Marketplace: t.market.Code, ObservedAt: at},
	}}
	return s
}

// fatal makes the error of a report that Amazon could not make. Some come with a document that says why. Asking again
// soon ends the same way: a report that is made within minutes may be asked for again after half an hour, others after
// four hours. Whoever asks counts how often.
func (c *Client) fatal(ctx context.Context, t task, r reportFeed, got Report) error {
	e := &source.APIError{
		Fault: source.FaultFatal, API: Name, Operation: "getReport", Request: string(got.ID), Status: http.StatusOK,
		Message: "Amazon could not make the report “" + r.Title + "” and does not say why.", After: seconds(pace().Report.FatalDay),
	}
	if r.soon {
		e.After = seconds(pace().Report.FatalSoon)
	}
	if got.Document == "" {
		return e
	}
	res, _, err := c.download(ctx, t.Region, string(got.Document))
	if err != nil || res == nil {
		e.Err = plain(err)
		return e
	}
	e.Raw = clip(strings.ToValidUTF8(httpxRedact(res.Body), "?"), mostRaw)
	if why := strings.TrimSpace(e.Raw); why != "" {
		e.Message = "Amazon could not make the report “" + r.Title + "”. It said: " + clip(why, 300)
	}
	return e
}

// fetch brings the document. The address is good for five minutes: where it is not any more, another one is asked for.
func (c *Client) fetch(ctx context.Context, t task, r reportFeed) (source.Step, error) {
	res, gone, err := c.download(ctx, t.Region, t.state.Doc)
	if err != nil {
		return source.Step{}, err
	}
	if gone {
		return t.again()
	}
	ending := "txt"
	if r.json {
		ending = "json"
	}
	name := fmt.Sprintf("%s %s %s.%s", r.Title, t.market.Code, t.state.ID, ending)
	if span := t.span(r); span != "" {
		name = fmt.Sprintf("%s %s %s %s.%s", r.Title, t.market.Code, span, t.state.ID, ending)
	}
	d := fetched(name, res, madeAt(t.state.Made, res.At), t.state.ID)
	d.Options.Marketplace = t.market.Code
	if r.days {
		d.Options.Period = t.days()
	}
	return source.Step{State: t.state.text(), Documents: []source.Fetched{d}, Done: true}, nil
}

// days are the whole days of a window that begins with one; none where it ends on its first.
func (t task) days() core.Period {
	p := core.Period{From: core.DayOf(t.From, t.market.Zone()), To: core.DayOf(t.To, t.market.Zone()) - 1}
	if p.Days() == 0 {
		return core.Period{}
	}
	return p
}

// span names the window in the name of a file.
func (t task) span(r reportFeed) string {
	switch {
	case r.Snapshot:
		return ""
	case r.DayByDay:
		return t.Day.String()
	}
	return t.From.UTC().Format(time.DateOnly) + " to " + t.To.UTC().Format(time.DateOnly)
}

// again asks for another address of a document.
func (t task) again() (source.Step, error) {
	if t.state.Gone++; t.state.Gone >= mostGone {
		return source.Step{}, &source.APIError{
			Fault: source.FaultExpiredPage, API: Name, Operation: "downloadReportDocument", Request: t.state.ID,
			Message: "Amazon's store has refused the document of this report several times. The report is asked for anew.",
		}
	}
	return t.state.step(pollWait(t.state.Gone, 0)), nil
}

// madeAt is when Amazon made a document, as far as it said so and that is not yet to come.
func madeAt(made int64, now time.Time) time.Time {
	if at := time.Unix(made, 0).UTC(); made > 0 && at.Before(now) {
		return at
	}
	return now
}
